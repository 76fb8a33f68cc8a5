//! What becomes of a theme when it is printed otherwise than it was made for.

use super::{TextRole, Theme};
use crate::frame::Rgb;

/// The thinnest rule that one black ink prints without gaps, in points (print specification, 8).
const BLACK_RULE: f32 = 0.5;

/// Below this contrast to white text counts as grey: black on white has 21.
const FULL_INK: f64 = 12.0;

impl Theme {
    /// The theme without grey: whatever is paler than the text, and no accent, takes the text's colour.
    pub(super) fn in_full_ink(mut self) -> Theme {
        let ink = self.roles[&TextRole::Text].color;
        let is_grey = |c: Rgb| c.0.iter().max().zip(c.0.iter().min()).is_some_and(|(a, b)| a - b < 32);
        let is_pale = |c: Rgb| is_grey(c) && c.contrast(Rgb::WHITE) < FULL_INK;
        self.roles.values_mut().filter(|r| is_pale(r.color)).for_each(|r| r.color = ink);
        (self.parts.soft, self.parts.hair) = (ink, ink);
        self
    }

    /// The theme in one black ink: every colour becomes black, areas of colour become rules, and no rule is so thin that it
    /// would be dithered away.
    #[must_use]
    pub fn in_black(mut self) -> Theme {
        for role in self.roles.values_mut() {
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
