//! What is added beside amounts and temperatures of a text for readers of another system: the same in theirs, in brackets after the
//! author's own words.

use super::amount::Measure;
use super::convert::{Converted, Converter, System};
use super::density::leading_food;
use super::ingredient::Unit;
use super::kitchen::Met;
use super::mention::{Mention, MentionKind, mentions};
use super::oven::{self, Oven};
use super::temperature::{Scale, Temperature};
use super::units::{self, Kind};
use crate::locale::{Label, Lang, Locale};
use std::ops::Range;

/// In which units a recipe is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    /// In those of one system.
    One(System),
    /// In its own and in those of another system.
    Both,
}

/// Something to add to a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addition {
    /// After this byte.
    pub at: usize,
    /// The words, with the space before them.
    pub text: String,
    /// Figures among them that no text would be searched for: those of fans and gas marks.
    pub keys: Vec<Range<usize>>,
}

/// Words with such figures.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words {
    /// The words.
    pub text: String,
    /// Where figures of fans and gas marks are.
    pub keys: Vec<Range<usize>>,
}

impl Words {
    fn push(&mut self, comma: &str, before: &str, figure: &str, is_key: bool) {
        if !self.text.is_empty() {
            self.text += comma;
        }
        self.text += before;
        let start = self.text.len();
        self.text += figure;
        if is_key {
            self.keys.push(start..self.text.len());
        }
    }

    /// The same as the end of a list.
    fn joined(self, comma: &str) -> Words {
        let by = comma.len();
        let keys = self.keys.into_iter().map(|k| k.start + by..k.end + by).collect();
        Words { text: format!("{comma}{}", self.text), keys }
    }

    /// The same in brackets, as they are set after others.
    fn bracketed(self, lang: &Lang) -> Words {
        let (open, close) = if lang.is_cjk() { ("（", "）") } else { (" (", ")") };
        let by = open.len();
        Words {
            text: format!("{open}{}{close}", self.text),
            keys: self.keys.into_iter().map(|k| k.start + by..k.end + by).collect(),
        }
    }
}

/// A recipe's wish, with what is needed to fulfil it.
#[derive(Debug, Clone)]
pub struct Equivalents {
    /// Converts amounts.
    pub converter: Converter,
    /// The recipe's language.
    pub lang: Lang,
    /// In which units; `None` as written.
    pub wish: Option<Wish>,
    /// Whether ovens are given with their fan on as well.
    pub fan: bool,
    /// The recipe's own system.
    pub own: System,
    /// The other one, where both are wanted.
    pub second: System,
}

/// A quantity of a text, as far as additions are concerned.
struct Found {
    mention: Mention,
    what: What,
    /// Whether another one beside it says the same in another system already.
    paired: bool,
}

enum What {
    Temperature(Temperature),
    Amount(Measure, Unit),
}

impl Equivalents {
    /// What to add to a text. `beside` is what else is said around it.
    pub fn of_text(&self, text: &str, beside: &str) -> Vec<Addition> {
        let mut out = Vec::new();
        let mut taken = 0;
        for found in self.found(text) {
            let range = found.mention.range.clone();
            let said = match &found.what {
                // the author's own bracket holds what is said of what stands before it
                _ if found.paired || range.start < taken => None,
                What::Temperature(t) => self.temperature_beside(t, text, &range, beside),
                What::Amount(measure, unit) => {
                    let words = self.amount_beside(measure, unit, &text[range.end..]);
                    words.map(|text| Words { text, keys: Vec::new() })
                }
            };
            let Some(words) = said else { continue };
            // a bracket of the author's takes it in: "180 °C (th. 6, 350 °F)"
            let (at, Words { text, keys }) = match own_bracket(text, range.end) {
                Some(close) => {
                    taken = close;
                    (close, words.joined(self.converter.locale.comma()))
                }
                None => (range.end, words.bracketed(&self.lang)),
            };
            out.push(Addition { at, text, keys });
        }
        out
    }

    /// What to add to the note of an ingredient: nothing to a piece of it that is an amount, for that is the author's own equivalent.
    pub fn of_note(&self, text: &str) -> Vec<Addition> {
        let mut all = self.of_text(text, "");
        all.retain(|a| {
            let start = text[..a.at].rfind([',', ';', '，', '；']).map_or(0, |i| i + 1);
            let whole =
                text[a.at..].trim_start().is_empty() || text[a.at..].trim_start().starts_with([',', ';', '，', '；']);
            let piece = text[start..a.at].trim();
            let is_amount = Measure::prefix(piece, self.converter.locale)
                .is_some_and(|(_, used)| self.converter.locale.unit(piece[used..].trim()).is_some());
            !(whole && is_amount)
        });
        all
    }

    /// The temperatures that a text gives.
    pub fn temperatures_of(&self, text: &str) -> Vec<Temperature> {
        let found = self.found(text).into_iter();
        found.filter_map(|f| if let What::Temperature(t) = f.what { Some(t) } else { None }).collect()
    }

    /// An amount in the system that is wanted beside it or in its place.
    pub fn amount(&self, measure: &Measure, unit: Option<&Unit>, item: &str) -> Converted {
        match unit.and_then(|u| self.target(u)) {
            Some(to) => self.converter.converted(measure, unit, item, to),
            None => Converted::Same,
        }
    }

    /// The system that an amount in this unit is wanted in.
    pub fn target(&self, unit: &Unit) -> Option<System> {
        match self.wish? {
            Wish::One(to) => Some(to),
            Wish::Both => match self.converter.system(unit)? {
                system if system == self.own => Some(self.second),
                _ => Some(self.own),
            },
        }
    }

    fn found(&self, text: &str) -> Vec<Found> {
        let locale = self.converter.locale;
        let what = |m: &Mention| {
            let words = &text[m.range.clone()];
            match m.kind {
                // frost
                MentionKind::Temperature if text[..m.range.start].ends_with(['-', '−', '–']) => None,
                MentionKind::Temperature => Temperature::prefix(words, locale).map(|(t, _)| What::Temperature(t)),
                MentionKind::Measure => {
                    let (measure, used) = Measure::prefix(words, locale)?;
                    let written = words[used..].trim();
                    let key = locale.unit(written)?;
                    Some(What::Amount(measure, Unit { key: Some(key.to_owned()), written: written.to_owned() }))
                }
                _ => None,
            }
        };
        let gas = |m: Mention| match (m.kind, gas_mark(&text[..m.range.start])) {
            (MentionKind::Bare, Some(start)) => {
                Mention { range: start..m.range.end, kind: MentionKind::Temperature, duration: None }
            }
            _ => m,
        };
        let mut all: Vec<Found> = mentions(text, locale)
            .into_iter()
            .map(gas)
            .filter_map(|m| Some(Found { what: what(&m)?, mention: m, paired: false }))
            .collect();
        for i in 1..all.len() {
            let between = &text[all[i - 1].mention.range.end..all[i].mention.range.start];
            if self.are_one(&all[i - 1].what, &all[i].what, between) {
                (all[i - 1].paired, all[i].paired) = (true, true);
            }
        }
        all
    }

    /// Whether two quantities are the same in two systems ("200 °C (400 °F)"), or one in two units ("1 lb 2 oz").
    fn are_one(&self, a: &What, b: &What, between: &str) -> bool {
        const JOINTS: [&str; 13] = ["", "(", "/", "=", "≈", ",", ";", "(about", "(ca.", "or", "（", "／", "["];
        let between = between.trim();
        let or = self.converter.locale.label(Label::Or);
        if !JOINTS.contains(&between) && between != or {
            return false;
        }
        match (a, b) {
            (What::Temperature(a), What::Temperature(b)) => a.scale != b.scale,
            (What::Amount(_, a), What::Amount(_, b)) => {
                let (x, y) = (self.converter.system(a), self.converter.system(b));
                x != y || between.is_empty() && a != b
            }
            _ => false,
        }
    }

    fn amount_beside(&self, measure: &Measure, unit: &Unit, after: &str) -> Option<String> {
        let to = self.target(unit)?;
        let food = leading_food(after.trim_start(), self.lang.primary());
        match self.converter.of_food(measure, Some(unit), food, to) {
            Converted::Met(met) => {
                let is_length = unit.key.as_deref().and_then(units::facts).is_some_and(|f| f.kind == Kind::Length);
                let most = if is_length { ROUGH_LENGTH } else { Met::ROUGH };
                let plain = Measure { about: None, ..met.measure };
                (met.off <= most).then(|| match met.unit.as_ref().filter(|_| is_length) {
                    // "30 cm (12 inch) pan": it stands before a noun as often as not
                    Some(unit) => {
                        let gap = if self.lang.is_cjk() { "" } else { "\u{a0}" };
                        format!("{}{gap}{}", plain.show(self.converter.locale), unit.show(None, self.converter.locale))
                    }
                    None => self.shown(&plain, met.unit.as_ref()),
                })
            }
            Converted::Same | Converted::Not(_) => None,
        }
    }

    /// An amount with its unit, for a text.
    pub fn shown(&self, measure: &Measure, unit: Option<&Unit>) -> String {
        let number = measure.show(self.converter.locale);
        let gap = if self.lang.is_cjk() { "" } else { "\u{a0}" };
        unit.map_or(number.clone(), |u| format!("{number}{gap}{}", u.show(Some(measure), self.converter.locale)))
    }

    fn temperature_beside(&self, t: &Temperature, text: &str, at: &Range<usize>, beside: &str) -> Option<Words> {
        let is_oven = oven::is_oven(t, text, at.clone(), beside, &self.lang);
        let kind = match (is_oven, self.is_fan(text, at)) {
            (false, _) => Heats::Food,
            (true, true) => Heats::Fan,
            (true, false) if oven::names_fan(text, &self.lang) => Heats::OvenWithFan,
            (true, false) => Heats::Oven,
        };
        self.temperatures(t, kind, &[])
    }

    /// Whether the words beside a temperature say that the fan is on.
    pub fn is_fan(&self, text: &str, at: &Range<usize>) -> bool {
        let near = |part: &str, from_end: bool| {
            let cut: String = if from_end {
                part.chars()
                    .rev()
                    .take_while(|c| !".;()".contains(*c))
                    .take(FAN_BEFORE)
                    .collect::<Vec<_>>()
                    .into_iter()
                    .rev()
                    .collect()
            } else {
                part.chars().take_while(|c| !".;(".contains(*c)).take(FAN_AFTER).collect()
            };
            oven::names_fan(&cut, &self.lang)
        };
        near(&text[at.end..], false) || near(&text[..at.start], true)
    }

    /// A temperature on other scales, in words: "fan 160, 350 °F, gas 4". `None` when nothing is to be added.
    /// `given` are scales that the author gives it on as well.
    pub fn temperatures(&self, t: &Temperature, kind: Heats, given: &[Scale]) -> Option<Words> {
        let locale = self.converter.locale;
        let oven = Oven { given: t.clone() };
        let mut scales = self.wanted(t.scale, kind);
        scales.retain(|s| !given.contains(s));
        let on = |scale| if kind == Heats::Food { oven::plain(t, scale) } else { oven.on(scale) };
        let celsius = t.scale == Scale::Celsius || scales.contains(&Scale::Celsius);
        let fahrenheit = t.scale == Scale::Fahrenheit || scales.contains(&Scale::Fahrenheit);
        let fan_scale = if celsius || !fahrenheit { Scale::Celsius } else { Scale::Fahrenheit };
        let fan = (self.fan && kind == Heats::Oven).then(|| oven.fan(fan_scale)).flatten();
        let mut out = Words::default();
        for scale in [Scale::Celsius, Scale::Fahrenheit, Scale::Gas] {
            if let Some(t) = scales.contains(&scale).then(|| on(scale)).flatten() {
                match scale {
                    Scale::Gas => {
                        let word = locale.label(Label::Gas).to_lowercase();
                        out.push(locale.comma(), &format!("{word}\u{a0}"), &figure(&t, locale), true);
                    }
                    _ => out.push(locale.comma(), "", &t.show(locale), false),
                }
            }
            if let Some(f) = fan.as_ref().filter(|f| f.scale == scale) {
                // beside a temperature of the same scale the figure is enough
                let shown = if celsius || fahrenheit { figure(f, locale) } else { f.show(locale) };
                out.push(locale.comma(), &format!("{}\u{a0}", self.fan_word()), &shown, true);
            }
        }
        (!out.text.is_empty()).then_some(out)
    }

    /// "fan", as it stands within a sentence.
    fn fan_word(&self) -> String {
        let word = self.converter.locale.label(Label::Fan);
        if self.lang.primary() == "de" { word.to_owned() } else { word.to_lowercase() }
    }

    /// The scales that are wanted besides one that is given.
    pub fn wanted(&self, given: Scale, kind: Heats) -> Vec<Scale> {
        let gas = matches!(kind, Heats::Oven | Heats::OvenWithFan) && oven::knows_gas(&self.lang);
        let (first, mut all) = match self.wish {
            None => return Vec::new(),
            Some(Wish::One(System::Metric)) => (Some(Scale::Celsius), vec![Scale::Celsius, Scale::Gas]),
            Some(Wish::One(System::Us)) => (Some(Scale::Fahrenheit), vec![Scale::Fahrenheit]),
            Some(Wish::One(System::Imperial)) => (Some(Scale::Fahrenheit), vec![Scale::Fahrenheit, Scale::Gas]),
            Some(Wish::Both) => (None, vec![Scale::Celsius, Scale::Fahrenheit, Scale::Gas]),
        };
        if first == Some(given) {
            return Vec::new();
        }
        all.retain(|s| *s != given && (*s != Scale::Gas || gas));
        all
    }

    /// Whether a text that does not name a step's temperature speaks of an oven.
    pub fn speaks_of_oven(&self, text: &str) -> bool {
        oven::speaks_of_oven(text, &self.lang)
    }

    /// Whether a text says that the fan is on.
    pub fn names_fan(&self, text: &str) -> bool {
        oven::names_fan(text, &self.lang)
    }

    /// The oven's temperature that a text names, with all scales that the author gives it on.
    pub fn ovens(&self, text: &str, beside: &str) -> Vec<(Vec<Temperature>, bool)> {
        let mut out: Vec<(Vec<Temperature>, bool)> = Vec::new();
        let mut last_end = None;
        for found in self.found(text) {
            let What::Temperature(t) = found.what else { continue };
            let range = found.mention.range;
            if !oven::is_oven(&t, text, range.clone(), beside, &self.lang) {
                continue;
            }
            let fan = self.is_fan(text, &range);
            match (out.last_mut(), last_end) {
                (Some((group, _)), Some(end)) if found.paired && text[end..range.start].chars().count() < 9 => {
                    group.push(t);
                }
                _ => out.push((vec![t], fan)),
            }
            last_end = Some(range.end);
        }
        out
    }
}

/// What a temperature is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heats {
    /// An oven.
    Oven,
    /// An oven of which the author gives the temperature with the fan on as well.
    OvenWithFan,
    /// An oven with its fan on.
    Fan,
    /// Fat, sugar, a roast's inside.
    Food,
}

/// A length in brackets may be so far off: nobody measures a dice.
const ROUGH_LENGTH: f64 = 0.3;
/// Words that say the fan is on stand so near to the temperature, in characters.
const FAN_AFTER: usize = 22;
const FAN_BEFORE: usize = 10;

/// Where a short bracket ends that follows at once and holds a figure.
fn own_bracket(text: &str, at: usize) -> Option<usize> {
    let after = text[at..].trim_start_matches([' ', '\u{a0}', '\u{202f}']);
    let inside = after.strip_prefix('(')?;
    let close = inside.find([')', '('])?;
    let short = inside[close..].starts_with(')') && inside[..close].chars().count() <= 16;
    let start = text.len() - inside.len();
    (short && inside[..close].contains(|c: char| c.is_ascii_digit())).then_some(start + close)
}

/// Where the words "gas mark" begin that a text ends with.
fn gas_mark(before: &str) -> Option<usize> {
    let words = ["gas mark ", "Gas mark ", "gas ", "Gas "];
    words.iter().find(|w| before.ends_with(**w)).map(|w| before.len() - w.len())
}

/// A temperature without its scale.
fn figure(t: &Temperature, locale: &Locale) -> String {
    Measure { about: None, times: None, from: t.from, to: t.to }.show(locale)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(wish: Option<Wish>, fan: bool, lang: &str) -> Equivalents {
        let lang = Lang::parse(lang).unwrap();
        Equivalents { converter: Converter::new(&lang), lang, wish, fan, own: System::Metric, second: System::Us }
    }

    fn added(e: &Equivalents, text: &str) -> String {
        let mut out = text.to_owned();
        for a in e.of_text(text, "").iter().rev() {
            out.insert_str(a.at, &a.text);
        }
        out.replace(['\u{a0}', '\u{202f}'], " ")
    }

    #[test]
    fn what_is_added_to_a_step() {
        let both = with(Some(Wish::Both), false, "en-GB");
        let fan = with(Some(Wish::Both), true, "en-GB");
        let us = with(Some(Wish::One(System::Us)), false, "en");
        let metric = with(Some(Wish::One(System::Metric)), false, "en");
        let written = with(None, true, "en");
        for (e, text, shown) in [
            (&both, "Heat the oven to 180 °C.", "Heat the oven to 180 °C (350 °F, gas 4)."),
            (&fan, "Heat the oven to 180 °C.", "Heat the oven to 180 °C (fan 160, 350 °F, gas 4)."),
            (&fan, "Heat the oven to 350 °F.", "Heat the oven to 350 °F (180 °C, fan 160, gas 4)."),
            (&written, "Heat the oven to 180 °C.", "Heat the oven to 180 °C (fan 160)."),
            (&written, "Heat the oven to gas 4.", "Heat the oven to gas 4 (fan 160 °C)."),
            (&written, "Heat the oven to 350 °F.", "Heat the oven to 350 °F (fan 325)."),
            (&us, "Heat the oven to 180 °C.", "Heat the oven to 180 °C (350 °F)."),
            (
                &us,
                "Heat the oven to 200 °C (400 °F), or 180 °C with the fan on.",
                "Heat the oven to 200 °C (400 °F), or 180 °C (350 °F) with the fan on.",
            ),
            (&metric, "Heat the oven to 350 °F.", "Heat the oven to 350 °F (180 °C, gas 4)."),
            (&both, "Bake to 96 °C inside.", "Bake to 96 °C (205 °F) inside."),
            (&both, "Heat the oil to 180 °C.", "Heat the oil to 180 °C (356 °F)."),
            (&both, "Freeze at -18 °C.", "Freeze at -18 °C."),
            (&both, "Roast at 200 °C (400 °F, gas 6).", "Roast at 200 °C (400 °F, gas 6)."),
            (
                &both,
                "Roast at 180 °C (fan 160 °C) in the oven.",
                "Roast at 180 °C (fan 160 °C, 350 °F, gas 4) in the oven.",
            ),
            (&metric, "Bake at 350 degrees F.", "Bake at 350 degrees F (180 °C, gas 4)."),
            (&metric, "Add 1 cup of the flour.", "Add 1 cup (125 g) of the flour."),
            (&metric, "Add 1 cup stock.", "Add 1 cup (240 ml) stock."),
            (&us, "Add 60 g flour.", "Add 60 g (½ cup) flour."),
            (&us, "Cut into 2 cm pieces.", "Cut into 2 cm (¾ inch) pieces."),
            (&us, "Add 1 tbsp oil and 2 eggs.", "Add 1 tbsp oil and 2 eggs."),
            (&metric, "In a 9 x 13 inch tin.", "In a 9 x 13 inch (23 × 33 cm) tin."),
            (&us, "Add 500 g (1 lb 2 oz) beef.", "Add 500 g (1 lb 2 oz) beef."),
            (&us, "Add 1 litre/4 cups stock.", "Add 1 litre/4 cups stock."),
            (&us, "Simmer 10 min.", "Simmer 10 min."),
            (&us, "In a 30 cm pan.", "In a 30 cm (12 inch) pan."),
        ] {
            assert_eq!(added(e, text), shown, "{:?}", e.wish);
        }
    }

    #[test]
    fn other_languages() {
        let fan = |lang| with(Some(Wish::Both), true, lang);
        assert_eq!(
            added(&fan("fr"), "Préchauffez le four à 180 °C."),
            "Préchauffez le four à 180 °C (chaleur tournante 160, 350 °F)."
        );
        let both = with(Some(Wish::Both), false, "fr");
        assert_eq!(
            added(&both, "Préchauffez le four à 180 °C (th. 6)."),
            "Préchauffez le four à 180 °C (th. 6, 350 °F)."
        );
        assert_eq!(added(&fan("de"), "Im Ofen bei 180 °C backen."), "Im Ofen bei 180 °C (Umluft 160, 350 °F) backen.");
        assert_eq!(added(&fan("ja"), "オーブンを180℃に予熱する。"), "オーブンを180℃（ファン 160、350 °F）に予熱する。");
    }
}
