//! Ovens: the marks that they have, and which temperatures are an oven's. The data is `templates/ovens.toml`.

use super::number::Number;
use super::temperature::{Scale, Temperature};
use crate::locale::{Lang, english};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::OnceLock;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct MarkEntry {
    gas: Option<String>,
    celsius: Vec<u64>,
    fahrenheit: u64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Dials {
    celsius: u64,
    fahrenheit: u64,
    fan_celsius: u64,
    fan_fahrenheit: u64,
    least_celsius: u64,
    gas: Vec<String>,
    no_gas: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    oven: Vec<String>,
    other: Vec<String>,
    fan: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    mark: Vec<MarkEntry>,
    dials: Dials,
    words: BTreeMap<String, Words>,
}

fn file() -> &'static File {
    static PARSED: OnceLock<File> = OnceLock::new();
    PARSED.get_or_init(|| {
        // the file is part of the program; a test reads it
        toml::from_str(include_str!("../../templates/ovens.toml"))
            .unwrap_or_else(|e| panic!("templates/ovens.toml: {e}"))
    })
}

/// An oven's temperature on the scales that ovens have.
#[derive(Debug, Clone, PartialEq)]
pub struct Oven {
    /// As the recipe gives it.
    pub given: Temperature,
}

impl Oven {
    /// The same on a scale; `None` where that has no such mark.
    pub fn on(&self, scale: Scale) -> Option<Temperature> {
        if scale == self.given.scale {
            return Some(self.given.clone());
        }
        self.each(scale, |n| mark(n, self.given.scale, scale))
    }

    /// With the fan on, in degrees of that scale.
    pub fn fan(&self, scale: Scale) -> Option<Temperature> {
        let dials = &file().dials;
        let (less, step) = match scale {
            Scale::Celsius => (dials.fan_celsius, dials.celsius),
            Scale::Fahrenheit => (dials.fan_fahrenheit, dials.fahrenheit),
            Scale::Gas => return None,
        };
        let conventional = self.on(scale)?;
        let lower = |n: Number| Some(Number::whole(stepped(n.value() - less as f64, step)));
        Oven { given: conventional }.each(scale, lower)
    }

    fn each(&self, scale: Scale, change: impl Fn(Number) -> Option<Number>) -> Option<Temperature> {
        let from = change(self.given.from)?;
        let to = match self.given.to {
            // two marks may be one on another scale
            Some(to) => Some(change(to)?).filter(|to| *to > from),
            None => None,
        };
        Some(Temperature { from, to, scale })
    }
}

/// A temperature on another scale, in whole degrees; gas marks have none but those of ovens.
pub(super) fn plain(t: &Temperature, scale: Scale) -> Option<Temperature> {
    let change = |n: Number| {
        let degrees = match (t.scale, scale) {
            (Scale::Celsius, Scale::Fahrenheit) => fahrenheit(n.value()),
            (Scale::Fahrenheit, Scale::Celsius) => celsius(n.value()),
            _ => return None,
        };
        (degrees >= 0.0).then(|| Number::whole(degrees.round() as u64))
    };
    let to = match t.to {
        Some(to) => Some(change(to)?),
        None => None,
    };
    Some(Temperature { from: change(t.from)?, to, scale })
}

/// Whether readers of a language know gas marks.
pub(super) fn knows_gas(lang: &Lang) -> bool {
    let dials = &file().dials;
    let named = |list: &[String]| list.iter().any(|l| l == lang.as_str() || l == lang.primary());
    named(&dials.gas) && !dials.no_gas.iter().any(|l| l == lang.as_str())
}

/// Whether the temperature at a place of a step's text is that of an oven. `beside` is what else the step says.
pub(super) fn is_oven(t: &Temperature, text: &str, at: std::ops::Range<usize>, beside: &str, lang: &Lang) -> bool {
    if t.scale == Scale::Gas {
        return true;
    }
    let degrees = if t.scale == Scale::Celsius { t.from.value() } else { celsius(t.from.value()) };
    let Some(words) = file().words.get(lang.primary()) else { return false };
    if degrees < file().dials.least_celsius as f64 {
        return false;
    }
    let start = text[..at.start].rfind(['.', '!', '?', '。']).map_or(0, |i| i + 1);
    let end = text[at.end..].find(['.', '!', '?', '。']).map_or(text.len(), |i| at.end + i);
    // "bake on oiled paper at 190 °C" is an oven's, for all its oil
    let before = &text[start..at.start];
    let said = match (places(before, &words.oven).is_empty(), places(before, &words.other).is_empty()) {
        (false, _) => Some(true),
        (true, false) => Some(false),
        (true, true) => first(&text[at.end..end], words),
    };
    said.unwrap_or_else(|| {
        let all = format!("{text} {beside}");
        !places(&all, &words.oven).is_empty() && places(&all, &words.other).is_empty()
    })
}

/// Whether a step speaks of an oven at all, for a temperature that its text does not name.
pub(super) fn speaks_of_oven(text: &str, lang: &Lang) -> bool {
    let words = file().words.get(lang.primary());
    words.is_some_and(|w| !places(text, &w.oven).is_empty() && places(text, &w.other).is_empty())
}

/// Whether a text names a fan.
pub(super) fn names_fan(text: &str, lang: &Lang) -> bool {
    file().words.get(lang.primary()).is_some_and(|w| !places(text, &w.fan).is_empty())
}

/// Whether the first word that tells is of an oven.
fn first(text: &str, words: &Words) -> Option<bool> {
    let at = |list: &[String]| places(text, list).into_iter().min();
    match (at(&words.oven), at(&words.other)) {
        (None, None) => None,
        (Some(a), Some(b)) => Some(a < b),
        (oven, _) => Some(oven.is_some()),
    }
}

/// Where words begin with one of `list`.
fn places(text: &str, list: &[String]) -> Vec<usize> {
    let lower = text.to_lowercase();
    let begins = |at: usize| {
        let before = lower[..at].chars().next_back();
        before.is_none_or(|c| !c.is_alphabetic() || is_unspaced(c))
    };
    list.iter().flat_map(|w| lower.match_indices(w.as_str())).map(|(i, _)| i).filter(|i| begins(*i)).collect()
}

/// Scripts whose words are not set apart.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{e7f}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}')
}

fn mark(n: Number, from: Scale, to: Scale) -> Option<Number> {
    let marks = &file().mark;
    let gas = |m: &MarkEntry| m.gas.as_deref().and_then(|g| Number::prefix(g, english())).map(|(n, _)| n);
    let value = n.value();
    let by_celsius = |v: f64| {
        let off = |m: &MarkEntry| m.celsius.iter().map(|c| (*c as f64 - v).abs()).fold(f64::INFINITY, f64::min);
        let exactly = |m: &MarkEntry| (m.fahrenheit as f64 - fahrenheit(v)).abs();
        let nearest =
            |a: &&MarkEntry, b: &&MarkEntry| off(a).total_cmp(&off(b)).then(exactly(a).total_cmp(&exactly(b)));
        marks.iter().min_by(nearest).filter(|m| off(m) <= 5.0)
    };
    let by_fahrenheit = |v: f64| {
        let off = |m: &MarkEntry| (m.fahrenheit as f64 - v).abs();
        marks.iter().min_by(|a, b| off(a).total_cmp(&off(b))).filter(|m| off(m) <= 12.5)
    };
    let found = match from {
        Scale::Celsius => by_celsius(value),
        Scale::Fahrenheit => by_fahrenheit(value),
        Scale::Gas => marks.iter().find(|m| gas(m) == Some(n)),
    };
    let dials = &file().dials;
    match (found, from, to) {
        (Some(m), _, Scale::Celsius) => m.celsius.first().map(|c| Number::whole(*c)),
        (Some(m), _, Scale::Fahrenheit) => Some(Number::whole(m.fahrenheit)),
        (Some(m), _, Scale::Gas) => gas(m),
        (None, Scale::Celsius, Scale::Fahrenheit) => Some(Number::whole(stepped(fahrenheit(value), dials.fahrenheit))),
        (None, Scale::Fahrenheit, Scale::Celsius) => Some(Number::whole(stepped(celsius(value), dials.celsius))),
        (None, ..) => None,
    }
}

fn stepped(degrees: f64, step: u64) -> u64 {
    ((degrees.max(0.0) / step as f64).round() as u64) * step
}

fn fahrenheit(celsius: f64) -> f64 {
    celsius * 9.0 / 5.0 + 32.0
}

fn celsius(fahrenheit: f64) -> f64 {
    (fahrenheit - 32.0) * 5.0 / 9.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn oven(text: &str) -> Oven {
        Oven { given: Temperature::prefix(text, english()).unwrap().0 }
    }

    fn show(t: Option<Temperature>) -> String {
        t.map_or("-".into(), |t| t.show(english()).replace(['\u{a0}', '\u{202f}'], " "))
    }

    #[test]
    fn marks_that_ovens_have() {
        for (given, c, f, gas, fan) in [
            ("350 °F", "180 °C", "350 °F", "gas 4", "160 °C"),
            ("180 °C", "180 °C", "350 °F", "gas 4", "160 °C"),
            ("gas 4", "180 °C", "350 °F", "gas 4", "160 °C"),
            ("160-170 °C", "160–170 °C", "325 °F", "gas 3", "140–150 °C"),
            ("gas 1/2", "120 °C", "250 °F", "gas ½", "100 °C"),
            ("230 °C", "230 °C", "450 °F", "gas 8", "210 °C"),
            ("400-425 °F", "200–220 °C", "400–425 °F", "gas 6–7", "180–200 °C"),
            ("175 °C", "175 °C", "350 °F", "gas 4", "160 °C"),
            ("210 °C", "210 °C", "400 °F", "-", "190 °C"),
            ("300 °C", "300 °C", "575 °F", "-", "280 °C"),
            ("500 °F", "250 °C", "500 °F", "-", "230 °C"),
        ] {
            let o = oven(given);
            assert_eq!(
                [
                    show(o.on(Scale::Celsius)),
                    show(o.on(Scale::Fahrenheit)),
                    show(o.on(Scale::Gas)),
                    show(o.fan(Scale::Celsius))
                ],
                [c, f, gas, fan],
                "{given}"
            );
        }
        assert_eq!(show(oven("180 °C").fan(Scale::Fahrenheit)), "325 °F");
        assert_eq!(show(plain(&oven("74 °C").given, Scale::Fahrenheit)), "165 °F");
        assert_eq!(show(plain(&oven("96 °C").given, Scale::Fahrenheit)), "205 °F");
    }

    #[test]
    fn which_temperatures_are_an_ovens() {
        let is = |text: &str, lang: &str| {
            let at = text.find(|c: char| c.is_ascii_digit()).unwrap();
            let (t, used) = Temperature::prefix(&text[at..], english()).unwrap();
            is_oven(&t, text, at..at + used, "", &Lang::parse(lang).unwrap())
        };
        for (text, lang) in [
            ("Heat the oven to 200 °C.", "en"),
            ("Toss with the oil. Roast at 220 °C until brown.", "en"),
            ("Préchauffez le four à 180 °C.", "fr"),
            ("Запекайте на смазанной маслом бумаге при 190 °C.", "ru"),
            ("Bei 180 °C im Ofen garen.", "de"),
        ] {
            assert!(is(text, lang), "{text}");
        }
        for (text, lang) in [
            ("Heat the oil to 180 °C.", "en"),
            ("Bake until it reads 74 °C inside.", "en"),
            ("In heißem Fett bei 170 °C ausbacken.", "de"),
            ("Boil the syrup to 118 °C.", "en"),
            ("Keep at 180 °C.", "en"),
        ] {
            assert!(!is(text, lang), "{text}");
        }
    }

    #[test]
    fn every_language_has_words() {
        assert_eq!(file().words.len(), 25);
        for (lang, words) in &file().words {
            assert!(crate::locale::is_known(&Lang::parse(lang).unwrap()), "{lang}");
            for word in words.oven.iter().chain(&words.other).chain(&words.fan) {
                assert_eq!(*word, word.to_lowercase(), "{lang}");
            }
        }
    }

    proptest! {
        /// There and back is the same mark, or one next to it by no more than what dials show.
        #[test]
        fn marks_come_back(c in 10u64..30) {
            let given = Temperature { from: Number::whole(10 * c), to: None, scale: Scale::Celsius };
            let f = Oven { given: given.clone() }.on(Scale::Fahrenheit).unwrap();
            let back = Oven { given: f.clone() }.on(Scale::Celsius).unwrap();
            prop_assert!((back.from.value() - given.from.value()).abs() <= 10.0, "{given:?} {f:?} {back:?}");
            prop_assert!((fahrenheit(given.from.value()) - f.from.value()).abs() <= 18.0, "{given:?} {f:?}");
        }
    }
}
