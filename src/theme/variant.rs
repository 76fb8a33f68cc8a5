//! What becomes of a theme when it is printed otherwise than it was made for.

use super::{TextRole, Theme};
use crate::frame::Rgb;

/// The thinnest rule that one black ink prints without gaps, in points (print specification, 8).
const BLACK_RULE: f32 = 0.5;

/// Below this contrast to white text counts as grey: black on white has 21.
const FULL_INK: f64 = 12.0;

/// The light that film throws back, as a share of what white paper does: one surface of a plastic of refractive index 1.5
/// returns 4 % (Fresnel), and matt film scatters it over the whole card.
const VEIL: f64 = 0.04;

/// The least contrast of text on paper (print specification, 7), which is to hold behind film too.
const LEGIBLE: f64 = 7.0;
/// The least contrast of rules and icons (WCAG 2.1, 1.4.11).
const VISIBLE: f64 = 3.0;

/// The contrast of two colours by WCAG 2, with the veil of film over both.
pub fn contrast_behind_film(one: Rgb, other: Rgb) -> f64 {
    let (a, b) = (one.luminance() + VEIL, other.luminance() + VEIL);
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// A colour made dark enough to be seen on white behind film.
fn darkened(color: Rgb, least: f64) -> Rgb {
    let shade = |k: u32| Rgb(color.0.map(|v| (u32::from(v) * (50 - k) / 50) as u8));
    (0..50).map(shade).find(|c| contrast_behind_film(*c, Rgb::WHITE) >= least).unwrap_or(Rgb::BLACK)
}

impl Theme {
    /// The theme behind film: text, rules and icons as dark as it takes to be read through the veil.
    #[must_use]
    pub fn behind_film(mut self) -> Theme {
        self.roles.iter_mut().for_each(|r| r.color = darkened(r.color, LEGIBLE));
        let parts = &mut self.parts;
        for color in [&mut parts.icon, &mut parts.rule, &mut parts.soft, &mut parts.hair] {
            *color = darkened(*color, VISIBLE);
        }
        self
    }

    /// The theme without grey: whatever is paler than the text, and no accent, takes the text's colour.
    pub(super) fn in_full_ink(mut self) -> Theme {
        let ink = self.role(TextRole::Text).color;
        let is_grey = |c: Rgb| c.0.iter().max().zip(c.0.iter().min()).is_some_and(|(a, b)| a - b < 32);
        let is_pale = |c: Rgb| is_grey(c) && c.contrast(Rgb::WHITE) < FULL_INK;
        self.roles.iter_mut().filter(|r| is_pale(r.color)).for_each(|r| r.color = ink);
        (self.parts.soft, self.parts.hair) = (ink, ink);
        self
    }

    /// The theme in one black ink: every colour becomes black, areas of colour become rules, and no rule is so thin that it
    /// would be dithered away.
    #[must_use]
    pub fn in_black(mut self) -> Theme {
        for role in &mut self.roles {
            role.color = Rgb::BLACK;
        }
        let parts = &mut self.parts;
        parts.fills = false;
        parts.least_rule = parts.least_rule.max(BLACK_RULE);
        for color in [&mut parts.icon, &mut parts.rule, &mut parts.soft, &mut parts.hair, &mut parts.accent] {
            *color = Rgb::BLACK;
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fonts::FontBook;
    use crate::theme::{BUILT_IN, TextRole};

    /// Text 7 : 1 behind film as without it, rules 3 : 1; on a bar of colour text is large, and has 6 : 1.
    #[test]
    fn contrast_holds_behind_film() {
        let book = FontBook::new();
        for (name, _) in BUILT_IN {
            let theme = Theme::built_in(name, &book).unwrap().behind_film();
            for (role, key) in TextRole::ALL {
                let c = contrast_behind_film(theme.role(*role).color, Rgb::WHITE);
                assert!(c >= 7.0, "{name}: {key} has {c:.1}");
            }
            for color in [theme.parts.rule, theme.parts.hair, theme.parts.soft, theme.parts.icon] {
                assert!(contrast_behind_film(color, Rgb::WHITE) >= 3.0, "{name}");
            }
        }
        let modern = Theme::built_in("modern", &book).unwrap().behind_film();
        let c = contrast_behind_film(modern.role(TextRole::Title).color, modern.parts.accent);
        assert!(c >= 6.0, "{c:.1}");
        // the veil costs something: without the theme's help the accent of Classic would fall short
        let classic = Theme::built_in("classic", &book).unwrap();
        assert!(contrast_behind_film(classic.role(TextRole::Cue).color, Rgb::WHITE) < 7.0);
    }

    #[test]
    fn one_ink_leaves_no_other_colour() {
        let book = FontBook::new();
        for (name, _) in BUILT_IN {
            let theme = Theme::built_in(name, &book).unwrap().in_black();
            assert!(TextRole::ALL.iter().all(|(r, _)| theme.role(*r).color == Rgb::BLACK), "{name}");
            assert!(!theme.parts.fills && theme.parts.least_rule >= BLACK_RULE);
        }
    }
}
