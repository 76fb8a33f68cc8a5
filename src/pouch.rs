//! Lamination pouches: which card fits which, with how much film sealed round it.

use crate::geom::{CardSize, Size, mm, to_mm};
use serde::Deserialize;
use std::fmt;

/// The film that must lie beyond the paper on every side, in points, or the pouch opens (print specification, 2).
pub const LEAST_BORDER: f32 = mm(3.0);
/// The film that stands steam and washing up.
pub const KITCHEN_BORDER: f32 = mm(5.0);
/// A little play, for sizes given in inches.
const PLAY: f32 = mm(0.05);

/// A pouch.
#[derive(Debug, Clone, PartialEq)]
pub struct Pouch {
    /// Its name, or its size as the user wrote it.
    pub name: String,
    /// Its outer size, upright.
    pub size: Size,
    /// The card that it is made for, by its size's name.
    card: Option<String>,
    /// What it is used for.
    pub what: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    pouch: Vec<Entry>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    name: String,
    width: f32,
    height: f32,
    card: String,
    what: String,
}

impl Pouch {
    /// The pouches that are known by name, smallest first.
    pub fn known() -> Vec<Pouch> {
        // the file is part of the program; a test reads it
        let file: File = toml::from_str(include_str!("../templates/pouches.toml")).unwrap_or_else(|e| panic!("{e}"));
        let pouch = |e: Entry| Pouch {
            name: e.name,
            size: Size::mm(e.width, e.height).portrait(),
            card: Some(e.card),
            what: e.what,
        };
        let mut all: Vec<Pouch> = file.pouch.into_iter().map(pouch).collect();
        all.sort_by(|a, b| a.size.area_mm2().total_cmp(&b.size.area_mm2()));
        all
    }

    /// Reads a name, or `WxHmm`, `WxHcm`, `WxHin`.
    ///
    /// # Errors
    /// A sentence that says what would do.
    pub fn parse(text: &str) -> Result<Pouch, String> {
        let known = Pouch::known();
        let wanted = text.trim().to_lowercase();
        if let Some(pouch) = known.iter().find(|p| p.name == wanted) {
            return Ok(pouch.clone());
        }
        let own = CardSize::parse(&wanted).ok().filter(|s| s.oriented && wanted.ends_with(['m', 'n']));
        own.map(|s| Pouch { name: s.name, size: s.size.portrait(), card: None, what: String::new() }).ok_or_else(|| {
            let names: Vec<&str> = known.iter().map(|p| p.name.as_str()).collect();
            format!(
                "`{text}` is not a pouch: write one of {}, or its size, such as 110x162mm; --laminate alone takes the smallest that fits, and stands after the recipes",
                names.join(", ")
            )
        })
    }

    /// The film on each side of a card that lies in the middle, at its narrowest, in points; negative when it does not fit.
    pub fn border(&self, card: Size) -> f32 {
        let card = card.portrait();
        ((self.size.w - card.w) / 2.0).min((self.size.h - card.h) / 2.0)
    }

    /// Whether a card is sealed all round.
    pub fn seals(&self, card: Size) -> bool {
        self.border(card) >= LEAST_BORDER - PLAY
    }

    /// The largest card that it seals: the one it is made for, or what the least border leaves of it.
    ///
    /// # Errors
    /// A sentence, when that is no size for a card.
    pub fn largest_card(&self) -> Result<CardSize, String> {
        if let Some(size) = self.card.as_ref().and_then(|c| CardSize::parse(c).ok()) {
            return Ok(size);
        }
        let side = |v: f32| ((to_mm(v - 2.0 * LEAST_BORDER) * 10.0).floor() / 10.0).max(0.0);
        let name = format!("{}x{}mm", side(self.size.w), side(self.size.h));
        CardSize::parse(&name).map(|s| CardSize { oriented: false, ..s }).map_err(|_| {
            format!("a pouch of {} holds a card of {}, and cards measure from 60 to 600 mm each way", self.name, name)
        })
    }
}

/// The smallest of the known pouches that seals a card.
pub fn smallest(card: Size) -> Option<Pouch> {
    Pouch::known().into_iter().find(|p| p.seals(card))
}

impl fmt::Display for Pouch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let size = millimetres(self.size);
        if self.card.is_some() { write!(f, "{} ({size})", self.name) } else { f.write_str(&size) }
    }
}

/// "111 × 154 mm": whole where it is.
pub fn millimetres(size: Size) -> String {
    let figure = |v: f32| {
        let tenths = (to_mm(v) * 10.0).round() / 10.0;
        if tenths.fract() == 0.0 { format!("{tenths:.0}") } else { format!("{tenths:.1}") }
    };
    format!("{} × {} mm", figure(size.w), figure(size.h))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_known_pouch_seals_the_card_that_it_is_made_for() {
        for pouch in Pouch::known() {
            let card = pouch.largest_card().unwrap();
            assert!(pouch.seals(card.size), "{pouch}: {}", to_mm(pouch.border(card.size)));
        }
    }

    #[test]
    fn cards_find_the_smallest_pouch_that_seals_them() {
        let pouch = |name: &str| smallest(CardSize::parse(name).unwrap().size).map(|p| p.name);
        assert_eq!(pouch("a6").as_deref(), Some("a6"));
        assert_eq!(pouch("3x5").as_deref(), Some("a6"));
        assert_eq!(pouch("8x5").as_deref(), Some("a5"));
        assert_eq!(pouch("a4").as_deref(), Some("a4"));
        assert_eq!(pouch("letter").as_deref(), Some("letter"));
        assert_eq!(pouch("300x500mm"), None);
    }

    #[test]
    fn pouches_are_read_by_name_and_by_size() {
        assert_eq!(Pouch::parse("A6").unwrap().size, Size::mm(111.0, 154.0));
        let own = Pouch::parse("162 x 110 mm").unwrap();
        assert_eq!(own.to_string(), "110 × 162 mm");
        assert_eq!(own.largest_card().unwrap().name, "104x156mm");
        assert!(Pouch::parse("61x61mm").unwrap().largest_card().unwrap_err().contains("60 to 600"));
        assert!(Pouch::parse("recipes").unwrap_err().contains("a7, a6, a5"));
    }
}
