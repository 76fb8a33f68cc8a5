//! Temperatures and degrees of heat.

use super::amount::Measure;
use super::number::Number;
use crate::locale::Locale;

/// A scale of temperature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scale {
    /// °C
    Celsius,
    /// °F
    Fahrenheit,
    /// Gas mark.
    Gas,
}

/// A temperature or a range of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Temperature {
    /// The temperature, or the lower end.
    pub from: Number,
    /// The upper end.
    pub to: Option<Number>,
    /// On which scale.
    pub scale: Scale,
}

impl Temperature {
    /// Reads `180 °C`, `350°F`, `180-200 C`, `gas 4` at the beginning of `text`; gives it and the bytes read.
    ///
    /// Without a degree sign only a lone `C` or `F` counts.
    pub fn prefix(text: &str, locale: &Locale) -> Option<(Temperature, usize)> {
        if let Some(used) =
            ["gas mark ", "Gas mark ", "gas ", "Gas "].iter().find(|g| text.starts_with(**g)).map(|g| g.len())
        {
            let (from, more) = Number::prefix(&text[used..], locale)?;
            return Some((Temperature { from, to: None, scale: Scale::Gas }, used + more));
        }
        let (measure, used) = Measure::prefix(text, locale).filter(|(m, _)| m.about.is_none() && m.times.is_none())?;
        let rest = &text[used..];
        let sign = rest.trim_start_matches([' ', '\u{a0}', '\u{202f}', '\u{2009}']);
        let (scale, length) = scale(sign)?;
        Some((Temperature { from: measure.from, to: measure.to, scale }, text.len() - sign.len() + length))
    }

    /// As printed: `180 °C`.
    pub fn show(&self, locale: &Locale) -> String {
        let range = self.to.map_or(String::new(), |t| format!("\u{2013}{}", t.show(locale)));
        let number = format!("{}{range}", self.from.show(locale));
        match self.scale {
            Scale::Celsius => format!("{number}\u{202f}°C"),
            Scale::Fahrenheit => format!("{number}\u{202f}°F"),
            Scale::Gas => format!("gas\u{a0}{number}"),
        }
    }
}

/// The scale's sign at the beginning, and its length.
fn scale(text: &str) -> Option<(Scale, usize)> {
    let degree: usize = text
        .chars()
        .take_while(|c| matches!(c, '°' | 'º' | '˚' | ' ' | '\u{a0}' | '\u{202f}'))
        .map(char::len_utf8)
        .sum();
    if let Some(found) = scale_in_words(text) {
        return Some(found);
    }
    let mut rest = text[degree..].chars();
    let (letter, next) = (rest.next(), rest.next());
    match letter {
        Some('℃') => Some((Scale::Celsius, degree + '℃'.len_utf8())),
        Some('℉') => Some((Scale::Fahrenheit, degree + '℉'.len_utf8())),
        Some('C' | 'С') if !next.is_some_and(char::is_alphanumeric) => {
            Some((Scale::Celsius, degree + letter.map_or(0, char::len_utf8)))
        }
        Some('F') if !next.is_some_and(char::is_alphanumeric) => Some((Scale::Fahrenheit, degree + 1)),
        _ => None,
    }
}

/// "degrees F", "degrees Celsius": as people write who can't find the sign.
fn scale_in_words(text: &str) -> Option<(Scale, usize)> {
    let words = ["degrees ", "degree ", "deg. ", "deg ", "Degrees "];
    let start = words.iter().find(|w| text.starts_with(**w)).map(|w| w.len())?;
    let names = [
        ("Celsius", Scale::Celsius),
        ("Fahrenheit", Scale::Fahrenheit),
        ("C", Scale::Celsius),
        ("F", Scale::Fahrenheit),
    ];
    names.into_iter().find_map(|(name, scale)| {
        let after = text[start..].strip_prefix(name)?;
        (!after.starts_with(char::is_alphanumeric)).then_some((scale, start + name.len()))
    })
}

/// The `heat:` of a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heat {
    /// An oven or fat temperature; the same on other scales may follow it.
    Temperature {
        /// The first one given.
        main: Temperature,
        /// What else is said: other scales, "fan 180 °C", "th. 6"; as written.
        rest: Option<String>,
    },
    /// Words: "medium-high".
    Words(String),
}

impl Heat {
    /// Reads a step's heat. Words are always possible, so nothing is an error but a number without a scale.
    ///
    /// # Errors
    /// The text, when it is a bare number.
    pub fn parse(text: &str, locale: &Locale) -> Result<Heat, String> {
        let text = text.trim();
        match Temperature::prefix(text, locale) {
            Some((main, used)) => {
                let rest = text[used..].trim().trim_start_matches(['/', ',', ';']).trim();
                let bare = rest
                    .strip_prefix('(')
                    .and_then(|r| r.strip_suffix(')'))
                    .filter(|r| !r.contains(['(', ')']))
                    .unwrap_or(rest);
                Ok(Heat::Temperature { main, rest: (!bare.is_empty()).then(|| bare.to_owned()) })
            }
            None if Number::prefix(text, locale).is_some_and(|(_, used)| text[used..].trim().is_empty()) => {
                Err(text.to_owned())
            }
            None => Ok(Heat::Words(text.to_owned())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::english;

    #[test]
    fn temperatures_and_words() {
        let show = |t: &str| match Heat::parse(t, english()).unwrap() {
            Heat::Temperature { main, rest } => format!("{}|{}", main.show(english()), rest.unwrap_or_default()),
            Heat::Words(w) => w,
        };
        assert_eq!(show("180 °C"), "180\u{202f}°C|");
        assert_eq!(show("200 °C (400 °F)"), "200\u{202f}°C|400 °F");
        assert_eq!(show("200°C / 400°F"), "200\u{202f}°C|400°F");
        assert_eq!(show("350ºF"), "350\u{202f}°F|");
        assert_eq!(show("160-170 °C"), "160–170\u{202f}°C|");
        assert_eq!(show("gas 4"), "gas\u{a0}4|");
        assert_eq!(show("350 degrees F"), "350\u{202f}°F|");
        assert_eq!(show("180 degrees Celsius"), "180\u{202f}°C|");
        assert_eq!(show("medium-high"), "medium-high");
        assert!(Heat::parse("180", english()).is_err());
    }
}
