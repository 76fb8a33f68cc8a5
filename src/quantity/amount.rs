//! Amounts: a number, a range, a multiple, or words.

use super::number::{Form, Number};
use crate::locale::Locale;

/// A number or a range, perhaps so many times, perhaps only near.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measure {
    /// The word before it that says it is only near ("about"), as written.
    pub about: Option<String>,
    /// How many times, as in `2 × 400 g`.
    pub times: Option<Number>,
    /// The number, or the lower end.
    pub from: Number,
    /// The upper end of a range.
    pub to: Option<Number>,
}

/// How much.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Amount {
    /// Something that can be computed with.
    Measured(Measure),
    /// Words: "a splash".
    Words(String),
}

impl Measure {
    /// Reads an amount at the beginning of `text`; gives it and the bytes read.
    pub fn prefix(text: &str, locale: &Locale) -> Option<(Measure, usize)> {
        let (about, mut used) = about(text, locale);
        let (mut from, more) = Number::prefix(&text[used..], locale)?;
        used += more;
        let mut times = None;
        if let Some((next, more)) = multiple(&text[used..], locale) {
            (times, from) = (Some(from), next);
            used += more;
        }
        let to = range(&text[used..], from, locale);
        used += to.map_or(0, |(_, more)| more);
        Some((Measure { about, times, from, to: to.map(|(n, _)| n) }, used))
    }

    /// As printed: `1½`, `2–3`, `2 × 400`.
    pub fn show(&self, locale: &Locale) -> String {
        if self.about.is_none() && self.times.is_none() && self.to.is_none() {
            return self.from.show(locale);
        }
        let mut out = String::new();
        if let Some(about) = &self.about {
            out += about;
            out += if about == "~" { "" } else { "\u{a0}" };
        }
        if let Some(times) = self.times {
            out += &format!("{}\u{a0}×\u{a0}", times.show(locale));
        }
        out += &self.from.show(locale);
        if let Some(to) = self.to {
            out += &format!("\u{2013}{}", to.show(locale));
        }
        out
    }

    /// Whether a unit after it stands in the singular.
    pub fn is_singular(&self, locale: &Locale) -> bool {
        self.to.unwrap_or(self.from).value() <= locale.singular_below
    }

    /// Decimals that are kitchen fractions become fractions ("0.5 tsp" is ½ tsp); done for units that spoons and cups
    /// come in, never for metric ones.
    pub fn with_kitchen_fractions(mut self) -> Self {
        self.from = self.from.as_kitchen_fraction();
        self.to = self.to.map(Number::as_kitchen_fraction);
        self
    }

    /// Whether some number in it is written with decimals.
    pub fn has_decimals(&self) -> bool {
        [Some(self.from), self.to].into_iter().flatten().any(|n| matches!(n.form(), Form::Decimal(_)))
    }
}

impl Amount {
    /// Reads the `amount:` of a map: a whole measured amount, or words.
    ///
    /// # Errors
    /// When it begins like a number but does not end like one; the error says where it went wrong.
    pub fn parse(text: &str, locale: &Locale) -> Result<(Amount, Option<String>), String> {
        let text = text.trim();
        let Some((measure, used)) = Measure::prefix(text, locale) else {
            return Ok((Amount::Words(text.to_owned()), None));
        };
        let rest = text[used..].trim();
        if rest.is_empty() {
            return Ok((Amount::Measured(measure), None));
        }
        if locale.unit(rest).is_some() {
            return Ok((Amount::Measured(measure), Some(rest.to_owned())));
        }
        // "2 or 3 handfuls", "1 cup + 2 tbsp": words that begin with a number
        let joined = rest.starts_with(char::is_alphabetic) || rest.starts_with(['+', '&', '(']);
        if joined && !rest.starts_with(['x', 'X']) {
            return Ok((Amount::Words(text.to_owned()), None));
        }
        Err(rest.to_owned())
    }

    /// The measured amount, if it is one.
    pub fn measure(&self) -> Option<&Measure> {
        match self {
            Amount::Measured(m) => Some(m),
            Amount::Words(_) => None,
        }
    }
}

/// A word for "about" at the beginning, and the bytes up to the number.
fn about(text: &str, locale: &Locale) -> (Option<String>, usize) {
    // no such word begins with a figure, as most amounts do
    let figure = text.as_bytes().first().is_some_and(u8::is_ascii_digit);
    if figure || !locale.about.iter().any(|word| may_begin(text, word)) {
        return (None, 0);
    }
    let lower = text.to_lowercase();
    for word in &locale.about {
        if lower.len() == text.len() && lower.starts_with(word.as_str()) {
            let rest = &text[word.len()..];
            let gap = rest.len() - rest.trim_start().len();
            let starts_number = Number::prefix(rest.trim_start(), locale).is_some();
            if starts_number
                && (gap > 0
                    || !word.is_ascii() && matches!(locale.tag.as_str(), "ja" | "zh" | "ko")
                    || !word.ends_with(char::is_alphabetic))
            {
                return (Some(text[..word.len()].to_owned()), word.len() + gap);
            }
        }
    }
    (None, 0)
}

/// Whether a text may begin with a word in lower case, as far as its letters of ASCII tell.
fn may_begin(text: &str, word: &str) -> bool {
    for (letter, wanted) in text.bytes().zip(word.bytes()) {
        if !letter.is_ascii() {
            return true;
        }
        if letter.to_ascii_lowercase() != wanted {
            return false;
        }
    }
    true
}

/// ` x 400` after a number.
fn multiple(text: &str, locale: &Locale) -> Option<(Number, usize)> {
    let after_gap = text.trim_start();
    let sign = after_gap.chars().next().filter(|c| matches!(c, 'x' | 'X' | '×'))?;
    let rest = &after_gap[sign.len_utf8()..];
    let number = rest.trim_start();
    let (n, used) = Number::prefix(number, locale)?;
    Some((n, text.len() - number.len() + used))
}

/// `-3`, ` – 3`, ` to 3` after a number smaller than that; the upper end and the bytes read.
fn range(text: &str, from: Number, locale: &Locale) -> Option<(Number, usize)> {
    let after_gap = text.trim_start();
    let gap = text.len() - after_gap.len();
    let sign = after_gap.chars().next()?;
    let rest = if matches!(sign, '-' | '–' | '—' | '~' | '〜' | '～') {
        &after_gap[sign.len_utf8()..]
    } else {
        let first = after_gap.as_bytes().first();
        let word = locale.range_words.iter().filter(|w| w.as_bytes().first() == first).find(|w| {
            let next = after_gap.strip_prefix(w.as_str()).and_then(|r| r.chars().next());
            next.is_some_and(|c| c.is_whitespace() || !w.is_ascii())
        })?;
        if gap == 0 && word.is_ascii() {
            return None;
        }
        &after_gap[word.len()..]
    };
    let number = rest.trim_start();
    let (to, used) = Number::prefix(number, locale)?;
    (to > from).then_some((to, text.len() - number.len() + used))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::english;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn no_word_for_about_is_passed_over(text in "[aAbBkK\u{212a}éÉİ~. ]{0,4}", word in "[abké~.]{0,3}") {
            prop_assert!(may_begin(&text, &word) || !text.to_lowercase().starts_with(&word));
        }
    }

    fn show(text: &str) -> String {
        match Amount::parse(text, english()).unwrap().0 {
            Amount::Measured(m) => m.show(english()),
            Amount::Words(w) => format!("“{w}”"),
        }
    }

    #[test]
    fn ranges_multiples_and_words() {
        for (text, shown) in [
            ("2-3", "2–3"),
            ("2 – 3", "2–3"),
            ("2 to 3", "2–3"),
            ("1/2-1", "½–1"),
            ("1 1/2 - 2", "1½–2"),
            ("1-1/2", "1½"),
            ("2 x 400", "2\u{a0}×\u{a0}400"),
            ("about 150", "about\u{a0}150"),
            ("~3", "~3"),
            ("a splash", "“a splash”"),
            ("1 or 2", "1–2"),
            ("3 heaped", "“3 heaped”"),
        ] {
            assert_eq!(show(text), shown, "{text}");
        }
    }

    #[test]
    fn nonsense_is_an_error() {
        assert_eq!(Amount::parse("1/x", english()), Err("/x".to_owned()));
        assert_eq!(Amount::parse("3-2", english()), Err("-2".to_owned()));
        assert!(Amount::parse("1..2", english()).is_err());
    }
}
