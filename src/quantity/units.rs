//! What is known of units, read from `templates/units.toml`: their size, and which figures of them can be measured.

use super::number::Number;
use crate::locale::Locale;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// What a unit measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Grams.
    Mass,
    /// Millilitres.
    Volume,
    /// Centimetres.
    Length,
    /// Things.
    Count,
}

/// To which system a unit belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Belongs {
    /// The metric one.
    Metric,
    /// That of the United States.
    Us,
    /// That and the imperial one.
    Both,
    /// Spoons are spoons everywhere.
    Spoon,
}

/// The larger unit that a cook goes on to.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Up {
    /// Its key.
    pub unit: String,
    /// How many of the smaller one it holds.
    pub of: u64,
    /// From so many of it.
    pub from: f64,
    /// Only to multiples of one over these.
    #[serde(default)]
    pub parts: Vec<u64>,
}

/// The smaller unit that a cook goes back to.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Down {
    /// Its key.
    pub unit: String,
    /// How many of it the larger one holds.
    pub of: u64,
    /// Below so many of the larger one.
    pub below: f64,
    /// Below so many too where the larger one has no figure that is near.
    #[serde(default)]
    pub rough_below: f64,
}

/// What is known of a unit.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Facts {
    /// What it measures.
    pub kind: Kind,
    /// Its system, unless it is no system's.
    pub system: Option<Belongs>,
    /// In grams, millilitres or centimetres; nought for counted things.
    #[serde(default)]
    pub size: f64,
    /// The imperial size, where that differs.
    pub imperial: Option<f64>,
    round: String,
    /// What is above it.
    pub up: Option<Up>,
    /// What is below it.
    pub down: Option<Down>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Band {
    to: Option<f64>,
    #[serde(default)]
    parts: Vec<u64>,
    step: Option<u64>,
}

/// Which figures can be measured.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rounding {
    /// Measured by eye anyway.
    #[serde(default)]
    pub rough: bool,
    bands: Vec<Band>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    unit: BTreeMap<String, Facts>,
    round: BTreeMap<String, Rounding>,
    whole: BTreeMap<String, Vec<String>>,
}

fn file() -> &'static File {
    static PARSED: OnceLock<File> = OnceLock::new();
    PARSED.get_or_init(|| {
        // the file is part of the program; a test reads it
        toml::from_str(include_str!("../../templates/units.toml"))
            .unwrap_or_else(|e| panic!("templates/units.toml: {e}"))
    })
}

/// What is known of a unit by its key in the locale files.
pub fn facts(key: &str) -> Option<&'static Facts> {
    file().unit.get(key)
}

/// The figures of a unit that can be measured; of counted things when it is none that we know.
pub fn rounding(key: Option<&str>) -> &'static Rounding {
    let name = key.and_then(facts).map_or("count", |f| f.round.as_str());
    &file().round[name]
}

/// Figures by their name in the file.
pub fn named(name: &str) -> Option<&'static Rounding> {
    file().round.get(name)
}

/// The figures of things that nobody halves.
pub fn whole() -> &'static Rounding {
    &file().round["whole"]
}

/// Whether `item` is something that nobody halves, such as eggs.
pub fn is_whole(item: &str, locale: &Locale) -> bool {
    let Some(words) = file().whole.get(&locale.tag) else { return false };
    let item = item.to_lowercase();
    let unspaced = matches!(locale.tag.as_str(), "ja" | "zh" | "ko" | "th");
    words.iter().map(|w| w.to_lowercase()).any(|word| {
        if unspaced { item.contains(&word) } else { item.split(|c: char| !c.is_alphabetic()).any(|w| w == word) }
    })
}

impl Rounding {
    /// The figure nearest to a value that can be measured, never nought. Of two that are equally near the larger one.
    pub fn nearest(&self, value: f64) -> Option<Number> {
        let (mut low, mut best) = (0.0, None::<(f64, Number)>);
        for band in &self.bands {
            if band.to.is_some_and(|to| value > to) {
                low = band.to.unwrap_or(low);
                continue;
            }
            let grids = band.parts.iter().map(|p| (1, *p)).chain(band.step.map(|s| (s, 1)));
            for (step, parts) in grids {
                let unit = step as f64 / parts as f64;
                let below = (value / unit + 1e-9).floor();
                for count in [below, below + 1.0] {
                    let figure = count * unit;
                    if !(1.0..=1e12).contains(&count) || figure < low - 1e-9 {
                        continue;
                    }
                    let off = (figure - value).abs();
                    let nearer = |(b, n): &(f64, Number)| off < b - 1e-9 || off < b + 1e-9 && figure > n.value() + 1e-9;
                    if best.as_ref().is_none_or(nearer) {
                        best = Some((off, Number::fraction(count as u64 * step, parts)?));
                    }
                }
            }
            break;
        }
        best.map(|(_, n)| n)
    }

    /// The next figure above one.
    pub fn above(&self, figure: Number) -> Option<Number> {
        let value = figure.value();
        let mut step = value * 0.01;
        for _ in 0..400 {
            let next = self.nearest(value + step)?;
            if next > figure {
                return Some(next);
            }
            step *= 1.1;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::{Lang, english, locale};

    #[test]
    fn the_file_is_sound() {
        let f = file();
        for (key, facts) in &f.unit {
            assert!(english().unit_name(key).is_some(), "{key} has no name");
            assert!(f.round.contains_key(&facts.round), "{key}: {}", facts.round);
            assert!(facts.kind == Kind::Count || facts.size > 0.0, "{key}");
            for other in facts.up.iter().map(|u| &u.unit).chain(facts.down.iter().map(|d| &d.unit)) {
                assert!(f.unit.contains_key(other), "{key}: {other}");
            }
        }
        for tag in f.whole.keys() {
            assert_eq!(&locale(&Lang::parse(tag).unwrap()).tag, tag);
        }
        for rounding in f.round.values() {
            assert!(rounding.bands.last().is_some_and(|b| b.to.is_none()), "the last band has no end");
        }
    }

    #[test]
    fn figures_that_can_be_measured() {
        let near = |key: &str, v: f64| rounding(Some(key)).nearest(v).unwrap().show(english());
        for (key, value, shown) in [
            ("teaspoon", 0.1, "⅛"),
            ("teaspoon", 0.19, "¼"),
            ("teaspoon", 0.375, "⅜"),
            ("teaspoon", 0.66, "¾"),
            ("cup", 0.66, "⅔"),
            ("cup", 1.4, "1⅓"),
            ("tablespoon", 5.2, "5"),
            ("gram", 62.5, "65"),
            ("gram", 37.5, "38"),
            ("gram", 1234.0, "1230"),
            ("gram", 0.1, "½"),
            ("ounce", 14.1, "14"),
        ] {
            assert_eq!(near(key, value), shown, "{value} {key}");
        }
        assert_eq!(whole().nearest(0.5).unwrap(), Number::whole(1));
        assert_eq!(whole().nearest(1.5).unwrap(), Number::whole(2));
    }

    #[test]
    fn eggs_are_whole() {
        assert!(is_whole("large Eggs", english()));
        assert!(!is_whole("eggplant", english()));
        assert!(is_whole("卵", locale(&Lang::parse("ja").unwrap())));
    }
}
