//! Amounts in the units of another system, read from `templates/conversion.toml`: computed, then brought to a unit and a figure that a
//! kitchen of that system can measure.

use super::amount::Measure;
use super::density::{Food, food};
use super::ingredient::Unit;
use super::kitchen::Met;
use super::number::Number;
use super::units::{self, Belongs, Kind};
use crate::locale::{Lang, Locale, locale};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// A system of units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum System {
    /// Grams and millilitres.
    Metric,
    /// Cups, ounces and pounds.
    Us,
    /// Ounces and pounds, with pints of twenty fluid ounces.
    Imperial,
}

/// What becomes of an amount.
#[derive(Debug, Clone, PartialEq)]
pub enum Converted {
    /// It belongs to the system, or to all of them.
    Same,
    /// It is this in the system.
    Met(Met),
    /// It can't be said in the system; why not, in words.
    Not(&'static str),
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Holds {
    cup: f64,
    #[serde(default = "tablespoon")]
    tablespoon: f64,
}

fn tablespoon() -> f64 {
    15.0
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Candidate {
    unit: String,
    #[serde(default)]
    from: f64,
    to: Option<f64>,
    round: String,
    near: Option<f64>,
    #[serde(default)]
    liquid: bool,
    #[serde(default)]
    languages: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Into {
    mass: Vec<Candidate>,
    volume: Vec<Candidate>,
    length: Vec<Candidate>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Imperial {
    languages: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    holds: BTreeMap<String, Holds>,
    imperial: Imperial,
    metric: Into,
    us: Into,
    imperial_units: Into,
}

fn file() -> &'static File {
    static PARSED: OnceLock<File> = OnceLock::new();
    PARSED.get_or_init(|| {
        // the file is part of the program; a test reads it
        toml::from_str(include_str!("../../templates/conversion.toml"))
            .unwrap_or_else(|e| panic!("templates/conversion.toml: {e}"))
    })
}

/// What a cup of the United States holds, in millilitres.
pub const US_CUP: f64 = 240.0;
const US_TABLESPOON: f64 = 15.0;

/// Converts amounts of recipes in a language.
#[derive(Debug, Clone)]
pub struct Converter {
    /// The language's words.
    pub locale: &'static Locale,
    lang: Lang,
    /// What a cup holds in millilitres, if that is known.
    pub cup: Option<f64>,
    /// What a tablespoon holds in millilitres.
    pub tablespoon: f64,
    /// Whether pints, fluid ounces and gallons are imperial ones.
    pub imperial: bool,
}

impl Converter {
    /// A converter for a language; its region says what cups, tablespoons and pints hold.
    pub fn new(lang: &Lang) -> Self {
        let holds = file().holds.get(lang.as_str()).or_else(|| file().holds.get(lang.primary()));
        Converter {
            locale: locale(lang),
            lang: lang.clone(),
            cup: holds.map(|h| h.cup),
            tablespoon: holds.map_or(US_TABLESPOON, |h| h.tablespoon),
            imperial: file().imperial.languages.iter().any(|l| l == lang.as_str()),
        }
    }

    /// The system that a unit belongs to, when it is not at home in all of them. `None` for spoons, for what is counted, and for
    /// what we do not know.
    pub fn system(&self, unit: &Unit) -> Option<System> {
        let key = unit.key.as_deref()?;
        let customary = if self.imperial { System::Imperial } else { System::Us };
        match units::facts(key) {
            Some(f) => match f.system? {
                Belongs::Metric => Some(System::Metric),
                Belongs::Us => Some(System::Us),
                Belongs::Both => Some(customary),
                Belongs::Spoon => None,
            },
            None => None,
        }
    }

    /// What a unit of an item measures, with its size in grams, millilitres or centimetres.
    fn size(&self, key: &str, food: Option<&Food>) -> Option<(Kind, f64)> {
        let facts = units::facts(key)?;
        let size = match key {
            "cup" => self.cup?,
            "tablespoon" => self.tablespoon,
            "stick" => return Some((Kind::Mass, food?.stick?)),
            _ if self.imperial => facts.imperial.unwrap_or(facts.size),
            _ => facts.size,
        };
        (facts.kind != Kind::Count).then_some((facts.kind, size))
    }

    /// How much an amount is, in grams, millilitres or centimetres; of a range the lower end.
    pub fn size_of(&self, measure: &Measure, unit: &Unit) -> Option<(Kind, f64)> {
        let (kind, size) = self.size(unit.key.as_deref()?, None)?;
        Some((kind, measure.times.map_or(1.0, |t| t.value()) * measure.from.value() * size))
    }

    /// Whether a unit can stay as it is.
    fn is_at_home(&self, key: &str, system: Option<System>, to: System) -> bool {
        let own_size = units::facts(key).is_some_and(|f| f.imperial.is_some());
        match (system, to) {
            // tablespoons of another size are at home only where they come from
            (None, _) => key != "tablespoon" || self.tablespoon == US_TABLESPOON || to == System::Metric,
            (Some(a), b) if a == b => key != "cup" || self.cup == Some(US_CUP),
            (Some(System::Metric), _) | (_, System::Metric) => false,
            // ounces and pounds are the same in both
            (Some(_), _) => !own_size && !matches!(key, "cup" | "quart" | "stick"),
        }
    }

    /// An amount of `item` in a system.
    pub fn converted(&self, measure: &Measure, unit: Option<&Unit>, item: &str, to: System) -> Converted {
        self.of_food(measure, unit, food(item, self.lang.primary()), to)
    }

    /// The same, of a food that is known already.
    pub fn of_food(&self, measure: &Measure, unit: Option<&Unit>, food: Option<&Food>, to: System) -> Converted {
        let Some(key) = unit.and_then(|u| u.key.as_deref()) else { return Converted::Same };
        let system = unit.and_then(|u| self.system(u));
        let stick = key == "stick" && food.is_some_and(|f| f.stick.is_some());
        let home = if stick { to == System::Us } else { self.is_at_home(key, system, to) };
        if home || units::facts(key).is_none_or(|f| f.kind == Kind::Count && !stick) {
            return Converted::Same;
        }
        let Some((kind, size)) = self.size(key, food) else {
            return Converted::Not("cups differ in size in this language");
        };
        let value = |n: Number| n.value() * size;
        let ends = (value(measure.from), measure.to.map(value));
        // a length such as 23 × 33 cm is two
        let times = if kind == Kind::Length { measure.times.map(value) } else { None };
        let met = match self.best(kind, ends, times, food, to) {
            Some(Picked { unit, figures: (from, to), times, off }) => {
                let kept = if kind == Kind::Length { times } else { measure.times };
                let metric = unit.is_metric();
                let form = |n: Number| if metric { n.as_decimal() } else { n.as_kitchen_fraction() };
                let measure =
                    Measure { about: measure.about.clone(), times: kept.map(form), from: form(from), to: to.map(form) };
                Met { measure, unit: Some(unit), off }
            }
            None => return Converted::Not("it is too little for the scales and measures of that system"),
        };
        Converted::Met(met)
    }

    /// The unit and the figures for so much of a food. Mass becomes volume, or the other way round, only with its density.
    fn best(
        &self,
        kind: Kind,
        ends: (f64, Option<f64>),
        times: Option<f64>,
        food: Option<&Food>,
        to: System,
    ) -> Option<Picked> {
        let f = file();
        let into = match to {
            System::Metric => &f.metric,
            System::Us => &f.us,
            System::Imperial => &f.imperial_units,
        };
        let by = |factor: f64| (ends.0 * factor, ends.1.map(|e| e * factor));
        let pick = |list: &[Candidate], ends, pour| self.pick(list, ends, times, pour, to);
        match (kind, food, to) {
            (Kind::Length, ..) => pick(&into.length, ends, false),
            (Kind::Mass, Some(food), System::Us) if !food.weighed => {
                let volume = pick(&into.volume, by(US_CUP / food.cup), food.liquid);
                let mass = || pick(&into.mass, ends, false);
                let near = |p: &Picked| p.off <= NEAR_ENOUGH;
                match volume {
                    Some(v) if near(&v) => Some(v),
                    Some(v) => mass().filter(|m| m.off < v.off).or(Some(v)),
                    None => mass(),
                }
            }
            (Kind::Mass, ..) => pick(&into.mass, ends, false),
            (Kind::Volume, Some(food), System::Metric | System::Imperial) if !food.liquid => {
                pick(&into.mass, by(food.cup / US_CUP), false).or_else(|| pick(&into.volume, ends, true))
            }
            (Kind::Volume, ..) => pick(&into.volume, ends, true),
            (Kind::Count, ..) => None,
        }
    }

    fn pick(
        &self,
        list: &[Candidate],
        (from, to): (f64, Option<f64>),
        times: Option<f64>,
        pour: bool,
        to_system: System,
    ) -> Option<Picked> {
        let mut best: Option<Picked> = None;
        for c in list {
            let low = times.map_or(from, |t| t.min(from));
            let fits = low >= c.from
                && c.to.is_none_or(|most| to.unwrap_or(from) <= most)
                && (pour || !c.liquid)
                && (c.languages.is_empty() || c.languages.iter().any(|l| l == self.lang.primary()));
            let Some(picked) = fits.then(|| self.figures(c, (from, to), times, to_system)).flatten() else { continue };
            if picked.off <= c.near.unwrap_or(0.0) {
                return Some(picked);
            }
            if best.as_ref().is_none_or(|b| picked.off < b.off) {
                best = Some(picked);
            }
        }
        best
    }

    fn figures(
        &self,
        c: &Candidate,
        (from, to): (f64, Option<f64>),
        times: Option<f64>,
        to_system: System,
    ) -> Option<Picked> {
        let name = self.locale.unit_name(&c.unit)?;
        let unit = Unit { key: Some(c.unit.clone()), written: name.one.clone() };
        let facts = units::facts(&c.unit)?;
        let size = facts.imperial.filter(|_| to_system == System::Imperial).unwrap_or(facts.size);
        let rounding = units::named(&c.round)?;
        let mut off = 0.0f64;
        let mut figure = |exact: f64| {
            let near = rounding.nearest(exact / size)?;
            off = off.max((near.value() * size - exact).abs() / exact);
            Some(near)
        };
        let low = figure(from)?;
        let high = match to {
            Some(to) => Some(figure(to)?).map(|h| if h > low { Some(h) } else { rounding.above(low) }),
            None => None,
        };
        let high = match high {
            Some(h) => Some(h?),
            None => None,
        };
        let times = match times {
            Some(t) => Some(figure(t)?),
            None => None,
        };
        Some(Picked { unit, figures: (low, high), times, off })
    }
}

/// A volume for a mass may be so far off before ounces are better.
const NEAR_ENOUGH: f64 = 0.08;

struct Picked {
    unit: Unit,
    figures: (Number, Option<Number>),
    times: Option<Number>,
    off: f64,
}

#[cfg(test)]
mod tests;
