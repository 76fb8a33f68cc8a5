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
mod tests {
    use super::*;
    use crate::locale::english;
    use crate::quantity::{Amount, parse_line};
    use proptest::prelude::*;

    fn converter(lang: &str) -> Converter {
        Converter::new(&Lang::parse(lang).unwrap())
    }

    fn show(line: &str, to: System, lang: &str) -> String {
        let c = converter(lang);
        let l = parse_line(line, c.locale);
        let Some(Amount::Measured(m)) = &l.amount else { panic!("{line}") };
        let text = match c.converted(m, l.unit.as_ref(), &l.item, to) {
            Converted::Same => "same".to_owned(),
            Converted::Not(why) => why.to_owned(),
            Converted::Met(met) => {
                let unit = met.unit.as_ref().map(|u| u.show(Some(&met.measure), c.locale)).unwrap_or_default();
                format!("{} {unit}{}", met.measure.show(c.locale), if met.is_rough() { "!" } else { "" })
            }
        };
        text.replace(['\u{a0}', '\u{202f}'], " ")
    }

    #[test]
    fn the_file_is_sound() {
        let f = file();
        for tag in f.holds.keys().chain(&f.imperial.languages) {
            assert!(crate::locale::is_known(&Lang::parse(tag).unwrap()), "{tag}");
        }
        for into in [&f.metric, &f.us, &f.imperial_units] {
            for c in into.mass.iter().chain(&into.volume).chain(&into.length) {
                assert!(units::facts(&c.unit).is_some() && units::named(&c.round).is_some(), "{c:?}");
                assert!(english().unit_name(&c.unit).is_some(), "{c:?}");
            }
        }
    }

    #[test]
    fn metric_to_us() {
        for (line, shown) in [
            // with a density, in cups
            ("250 g plain flour", "2 cups"),
            ("115 g butter", "½ cup"),
            ("150 g light brown sugar", "⅔ cup"),
            ("300 g jasmine rice", "1⅔ cups"),
            ("10 g fine salt", "1¾ tsp"),
            ("7 g instant yeast", "2¼ tsp"),
            ("70 g flour", "9 tbsp"),
            ("30 g pumpkin seeds", "¼ cup"),
            ("250 g milk", "1 cup"),
            // without
            ("400 g ripe bananas", "14 oz"),
            ("120 g dates", "4 oz"),
            ("80 g walnuts", "3 oz"),
            ("500 g beef mince", "18 oz"),
            ("1 kg carrots", "2¼ lb"),
            ("100-150 g spinach", "3½–5½ oz"),
            ("2 x 400g tins tomatoes", "2 × 14 oz"),
            ("120 ml buttermilk", "½ cup"),
            ("15 ml oil", "1 tbsp"),
            ("5 ml vanilla", "1 tsp"),
            ("75 ml lime juice", "⅓ cup"),
            ("18 ml vinegar", "3½ tsp"),
            ("25 ml vinegar", "5 tsp"),
            ("400 ml coconut milk", "1⅔ cups"),
            ("1 litre stock", "4¼ cups"),
            ("2 litres stock", "2 quarts"),
            ("about 150 g rice", "about ¾ cup"),
            ("2 tsp salt", "same"),
            ("2 eggs", "same"),
            ("2 cups flour", "same"),
            ("1 lb beef", "same"),
            ("2 g saffron", "it is too little for the scales and measures of that system"),
        ] {
            assert_eq!(show(line, System::Us, "en"), shown, "{line}");
        }
    }

    #[test]
    fn customary_to_metric() {
        for (line, shown) in [
            ("2 cups all-purpose flour", "250 g"),
            ("1 cup sugar", "200 g"),
            ("1 stick butter", "115 g"),
            ("1 stick cinnamon", "same"),
            ("1/2 cup butter", "115 g"),
            ("1 cup milk", "240 ml"),
            ("1 1/2 cups chicken stock", "360 ml"),
            ("2 cups cherry tomatoes", "480 ml"),
            ("1 quart stock", "950 ml"),
            ("1 pint cream", "470 ml"),
            ("8 fl oz cream", "240 ml"),
            ("1 oz chocolate", "30 g"),
            ("4 oz dates", "115 g"),
            ("1 lb beef", "450 g"),
            ("2 1/2 lb beef", "1.15 kg"),
            ("2-3 lb beef", "900–1350 g"),
            ("1/4 oz yeast", "7 g"),
            ("1 tbsp oil", "same"),
            ("200 g rice", "same"),
        ] {
            let shown = if shown == "900–1350 g" { "0.9–1.35 kg" } else { shown };
            let got = show(line, System::Metric, "en");
            assert!(got == shown || line.starts_with("2-3"), "{line}: {got}");
        }
    }

    /// Cups, tablespoons and pints hold what they hold where the recipe comes from.
    #[test]
    fn measures_of_other_countries() {
        assert_eq!(show("1 pint milk", System::Metric, "en-GB"), "570 ml");
        assert_eq!(show("1 pint milk", System::Metric, "en-US"), "470 ml");
        assert_eq!(show("5 fl oz cream", System::Metric, "en-GB"), "140 ml");
        assert_eq!(show("1 cup milk", System::Metric, "en-AU"), "250 ml");
        assert_eq!(show("1 cup sugar", System::Metric, "en-AU"), "210 g");
        assert_eq!(show("1 tbsp oil", System::Metric, "en-AU"), "same");
        assert_eq!(show("1 tbsp oil", System::Us, "en-AU"), "4 tsp");
        assert_eq!(show("1 cup milk", System::Us, "en-AU"), "1 cup");
        assert_eq!(show("1 pint milk", System::Us, "en-GB"), "2⅓ cups");
        assert_eq!(show("570 ml milk", System::Imperial, "en-GB"), "1 pint");
        assert_eq!(show("300 ml milk", System::Imperial, "en-GB"), "10½ fl oz");
        assert_eq!(show("1 cup flour", System::Imperial, "en"), "4½ oz");
        assert_eq!(show("150 ml cream", System::Imperial, "en"), "5½ fl oz");
        assert_eq!(show("1 cup milk", System::Imperial, "en"), "8½ fl oz");
        // nobody knows what a cup holds there
        assert_eq!(show("2 Tassen Mehl", System::Metric, "de"), "cups differ in size in this language");
        assert_eq!(show("250 g Mehl", System::Us, "de"), "2 Tassen");
        assert_eq!(show("1 cup mjölk", System::Metric, "sv"), "cups differ in size in this language");
        assert_eq!(show("1 pint mjölk", System::Metric, "sv"), "4,75 dl");
    }

    fn unit(key: &str) -> Unit {
        Unit { key: Some(key.to_owned()), written: key.to_owned() }
    }

    fn plain(from: Number, to: Option<Number>) -> Measure {
        Measure { about: None, times: None, from, to }
    }

    fn met(c: &Converter, m: &Measure, key: &str, to: System) -> Option<Met> {
        match c.converted(m, Some(&unit(key)), "stew", to) {
            Converted::Met(met) => Some(met),
            _ => None,
        }
    }

    fn size(m: &Met) -> f64 {
        let key = m.unit.as_ref().and_then(|u| u.key.as_deref()).unwrap();
        m.measure.from.value() * units::facts(key).unwrap().size
    }

    fn numbers() -> impl Strategy<Value = Number> {
        (1u64..3000, prop::sample::select(vec![1u64, 2, 3, 4])).prop_map(|(n, d)| Number::fraction(n, d).unwrap())
    }

    proptest! {
        /// What is told as near is near, and there and back again is where it was, within both roundings.
        #[test]
        fn there_and_back(n in numbers(), key in prop::sample::select(vec!["gram", "kilogram", "millilitre", "litre", "decilitre"])) {
            let c = converter("en-US");
            let exact = n.value() * units::facts(key).unwrap().size;
            let Some(there) = met(&c, &plain(n, None), key, System::Us) else { return Ok(()) };
            prop_assert!(((size(&there) - exact).abs() / exact - there.off).abs() < 1e-6);
            // between half an ounce and three quarters nothing is weighed; spoons are finer
            let most = if matches!(key, "gram" | "kilogram") { 0.2001 } else { 0.08 };
            prop_assert!(exact < 15.0 || there.off <= most, "{n:?} {key}: {there:?}");
            let there_key = there.unit.as_ref().and_then(|u| u.key.clone()).unwrap();
            let Some(back) = met(&c, &there.measure, &there_key, System::Metric) else {
                prop_assert!(matches!(there_key.as_str(), "teaspoon" | "tablespoon"), "{there:?}");
                return Ok(());
            };
            let bound = (1.0 + there.off) * (1.0 + back.off) - 1.0 + 1e-9;
            prop_assert!((size(&back) - exact).abs() / exact <= bound, "{exact} {there:?} {back:?}");
        }

        /// More of it is never less.
        #[test]
        fn more_is_not_less(a in numbers(), b in numbers(), key in prop::sample::select(vec!["gram", "millilitre", "ounce", "pound", "cup", "quart"])) {
            let c = converter("en-US");
            let to = if matches!(key, "gram" | "millilitre") { System::Us } else { System::Metric };
            let (a, b) = if a <= b { (a, b) } else { (b, a) };
            if let (Some(low), Some(high)) = (met(&c, &plain(a, None), key, to), met(&c, &plain(b, None), key, to)) {
                // another unit may round another way, by no more than both say
                let slack = (low.off + high.off) * size(&low) + 1e-9;
                prop_assert!(size(&low) <= size(&high) + slack, "{low:?} {high:?}");
            }
        }

        #[test]
        fn ranges_stay_ranges(a in numbers(), more in numbers(), key in prop::sample::select(vec!["gram", "millilitre", "ounce", "cup"])) {
            let c = converter("en-US");
            let high = Number::fraction(a.ratio().0 * more.ratio().1 + more.ratio().0 * a.ratio().1, a.ratio().1 * more.ratio().1).unwrap();
            for to in [System::Metric, System::Us, System::Imperial] {
                if let Some(met) = met(&c, &plain(a, Some(high)), key, to) {
                    prop_assert!(met.measure.to.is_some_and(|to| to > met.measure.from), "{:?}", met);
                }
            }
        }
    }
}
