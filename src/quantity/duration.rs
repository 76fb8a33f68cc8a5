//! Lengths of time.

use super::number::Number;
use crate::locale::Locale;

/// A length of time, or a range of it, in seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Duration {
    /// The length, or the shorter end.
    pub from: u64,
    /// The longer end.
    pub to: Option<u64>,
}

/// A time as a recipe gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Time {
    /// Measured.
    Measured {
        /// How long.
        duration: Duration,
        /// The word before it ("about"), as written.
        about: Option<String>,
    },
    /// Words: "overnight".
    Words(String),
}

impl Time {
    /// Reads `10 min`, `15-20 min`, `1 h 20 min`, `1:30 h`, `1 1/2 hours`, `PT1H20M`, `overnight`, in the language's words
    /// or English ones. A bare number is minutes only when written as a number with a unit, so it is an error here.
    ///
    /// # Errors
    /// The piece of text that could not be read.
    pub fn parse(text: &str, locale: &Locale) -> Result<Time, String> {
        let text = text.trim();
        let lower = text.to_lowercase();
        if locale.time_words.iter().any(|w| w.eq_ignore_ascii_case(text) || *w == lower) {
            return Ok(Time::Words(text.to_owned()));
        }
        if let Some(duration) = iso(text) {
            return Ok(Time::Measured { duration, about: None });
        }
        let about = locale.about.iter().find(|w| {
            lower.len() == text.len()
                && lower.starts_with(w.as_str())
                && text[w.len()..].trim_start().starts_with(|c: char| c.is_ascii_digit() || "½¼¾⅓⅔".contains(c))
        });
        let rest = about.map_or(text, |w| text[w.len()..].trim_start());
        let duration = Duration::parse(rest, locale)?;
        Ok(Time::Measured { duration, about: about.map(|w| text[..w.len()].to_owned()) })
    }

    /// As printed: `1 h 20 min`.
    pub fn show(&self, locale: &Locale) -> String {
        match self {
            Time::Words(words) => words.clone(),
            Time::Measured { duration, about: None } => duration.show(locale),
            Time::Measured { duration, about: Some(word) } => format!("{word}\u{a0}{}", duration.show(locale)),
        }
    }

    /// The length, when it is measured.
    pub fn duration(&self) -> Option<Duration> {
        match self {
            Time::Measured { duration, .. } => Some(*duration),
            Time::Words(_) => None,
        }
    }
}

impl Duration {
    /// Reads a length of time with its units.
    ///
    /// # Errors
    /// The piece of text that could not be read.
    pub fn parse(text: &str, locale: &Locale) -> Result<Duration, String> {
        let (duration, used) = Duration::prefix(text, locale).ok_or_else(|| text.to_owned())?;
        // the point of an abbreviation may follow
        let rest = text[used..].trim().trim_start_matches('.').trim();
        if rest.is_empty() { Ok(duration) } else { Err(rest.to_owned()) }
    }

    /// Reads a length of time at the beginning of `text`; gives it and the bytes read.
    pub fn prefix(text: &str, locale: &Locale) -> Option<(Duration, usize)> {
        let (first, mut used) = part(text, locale)?;
        let (mut from, mut to) = (first.from, first.to);
        let mut last = first.unit;
        // "1 h 20 min": smaller and smaller units follow
        while to.is_none() {
            let rest = &text[used..];
            let gap = rest.len() - rest.trim_start_matches([' ', '\u{a0}', '\u{202f}', ',', '.']).len();
            let and = [locale.label(crate::locale::Label::And), "and"]
                .into_iter()
                .find(|a| rest[gap..].strip_prefix(a).is_some_and(|r| r.starts_with(' ')));
            let joined = gap + and.map_or(0, |a| a.len() + 1);
            let Some((next, more)) = part(&rest[joined..], locale).filter(|(p, _)| p.unit < last) else {
                if let Some((minutes, more)) = bare_minutes(rest, last, locale) {
                    from += minutes;
                    used += more;
                }
                break;
            };
            to = next.to.map(|t| from + t);
            from += next.from;
            last = next.unit;
            used += joined + more;
        }
        // "1 h - 1 h 20 min"
        if to.is_none() {
            let rest = text[used..].trim_start();
            let dash = rest.chars().next().filter(|c| matches!(c, '-' | '–')).map(char::len_utf8);
            let word = locale
                .range_words
                .iter()
                .find(|w| rest.starts_with(w.as_str()) && rest[w.len()..].starts_with(' '))
                .map(String::len);
            if let Some(skip) = dash.or(word)
                && let Some((second, more)) = Duration::prefix(rest[skip..].trim_start(), locale)
                && second.to.is_none()
                && second.from > from
            {
                to = Some(second.from);
                used = text.len() - rest[skip..].trim_start().len() + more;
            }
        }
        Some((Duration { from, to }, used))
    }

    /// As printed: minutes up to an hour, then hours and minutes; days when they are whole.
    pub fn show(&self, locale: &Locale) -> String {
        let Some(to) = self.to else { return show_seconds(self.from, locale) };
        for unit in UNITS {
            let size = unit.1;
            if self.from.is_multiple_of(size) && to.is_multiple_of(size) && (size < 3600 || self.from > 0) {
                return with_unit(&format!("{}\u{2013}{}", self.from / size, to / size), to / size, unit.0, locale);
            }
        }
        format!("{}\u{2013}{}", show_seconds(self.from, locale), show_seconds(to, locale))
    }

    /// The longer end.
    pub fn upper(&self) -> u64 {
        self.to.unwrap_or(self.from)
    }
}

/// The minutes of "1h30", and of "1 h 30" where the language writes so.
fn bare_minutes(rest: &str, last: u64, locale: &Locale) -> Option<(u64, usize)> {
    let digits = rest.trim_start_matches([' ', '\u{a0}', '\u{202f}']);
    let gap = rest.len() - digits.len();
    if last != 3600 || gap > 0 && locale.tag != "fr" {
        return None;
    }
    let minutes: u64 = digits.get(..2)?.parse().ok().filter(|m| *m < 60)?;
    let after = digits[2..].trim_start_matches([' ', '\u{a0}', '\u{202f}']);
    let goes_on = digits[2..].starts_with(|c: char| {
        c.is_alphanumeric()
            || matches!(c, ',' | '-' | '–') && digits[2 + c.len_utf8()..].starts_with(|d: char| d.is_ascii_digit())
    });
    let counts =
        after.starts_with(['°', '%']) || after.split([' ', ',', '.']).next().is_some_and(|w| locale.unit(w).is_some());
    (!goes_on && !counts).then_some((minutes * 60, gap + 2))
}

/// Units of time with their seconds, the longest first. Weeks and months only stay such when so written, and are read only.
const UNITS: [(&str, u64); 4] = [("day", 86_400), ("hour", 3600), ("minute", 60), ("second", 1)];

fn seconds_in(unit: &str) -> u64 {
    match unit {
        "month" => 30 * 86_400,
        "week" => 7 * 86_400,
        other => UNITS.iter().find(|(u, _)| *u == other).map_or(60, |(_, s)| *s),
    }
}

fn show_seconds(total: u64, locale: &Locale) -> String {
    if total >= 2 * 86_400 && total.is_multiple_of(86_400) || total == 86_400 {
        return with_unit(&(total / 86_400).to_string(), total / 86_400, "day", locale);
    }
    let mut out = String::new();
    for (unit, n) in [("hour", total / 3600), ("minute", total % 3600 / 60), ("second", total % 60)] {
        if n > 0 {
            out += if out.is_empty() { "" } else { " " };
            out += &with_unit(&n.to_string(), n, unit, locale);
        }
    }
    if out.is_empty() { with_unit("0", 0, "minute", locale) } else { out }
}

fn with_unit(number: &str, n: u64, unit: &str, locale: &Locale) -> String {
    let name = locale.time_name(unit);
    let word = name.map_or(unit, |u| if n as f64 <= locale.singular_below { &u.one } else { &u.other });
    let gap = if matches!(locale.tag.as_str(), "ja" | "zh" | "ko") { "" } else { "\u{202f}" };
    [number, gap, word].concat()
}

struct Part {
    from: u64,
    to: Option<u64>,
    /// Seconds of its unit.
    unit: u64,
}

/// A number or range with one unit: `15-20 min`, `1½ hours`, `1:30 h`.
fn part(text: &str, locale: &Locale) -> Option<(Part, usize)> {
    let (measure, mut used) =
        super::amount::Measure::prefix(text, locale).filter(|(m, _)| m.times.is_none() && m.about.is_none())?;
    let mut clock = None;
    if let Some(rest) = text[used..].strip_prefix(':') {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        clock = rest[..digits].parse::<u64>().ok().filter(|m| digits == 2 && *m < 60);
        clock?;
        used += 1 + digits;
    }
    let rest = &text[used..];
    let gap = rest.len() - rest.trim_start_matches([' ', '\u{a0}', '\u{202f}', '\u{2009}', '-']).len();
    let word_end = rest[gap..]
        .find(|c: char| !(c.is_alphabetic() || c == '\'' || c == '׳' || c == '’' || is_mark(c)))
        .unwrap_or(rest.len() - gap);
    let word = &rest[gap..gap + word_end];
    let (unit, length) = unit_word(word, &rest[gap..], locale)?;
    let size = seconds_in(unit);
    let seconds = |n: Number| (n.value() * size as f64).round() as u64;
    let from = seconds(measure.from) + clock.map_or(0, |m| m * size / 60);
    Some((Part { from, to: measure.to.map(seconds), unit: size }, used + gap + length))
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{64b}'..='\u{65f}' | '\u{e31}' | '\u{e34}'..='\u{e4e}')
}

/// The unit that `word` names, or that it begins with where words run together (Chinese, Japanese).
fn unit_word<'l>(word: &str, rest: &str, locale: &'l Locale) -> Option<(&'l str, usize)> {
    if word.is_empty() {
        return None;
    }
    // "min." with its point, when the point is part of the abbreviation and not the end of the sentence
    if let Some(unit) = locale.time_unit(word) {
        return Some((unit, word.len()));
    }
    let with_point = rest.get(..word.len() + 1).filter(|w| w.ends_with('.'));
    if let Some(unit) = with_point.and_then(|w| locale.time_unit(w)) {
        return Some((unit, word.len() + 1));
    }
    if word.is_ascii() {
        return None;
    }
    locale
        .time_spellings()
        .filter(|s| !s.is_ascii() && matches!(locale.tag.as_str(), "ja" | "zh" | "ko" | "th") && word.starts_with(s))
        .max_by_key(|s| s.len())
        .and_then(|s| locale.time_unit(s).map(|u| (u, s.len())))
}

/// ISO 8601: `PT1H20M`, `P1DT2H`.
fn iso(text: &str) -> Option<Duration> {
    let rest = text.strip_prefix('P')?;
    let (date, time) = rest.split_once('T').unwrap_or((rest, ""));
    let mut total = 0.0;
    for (part, units) in [
        (date, [('W', 604_800.0), ('D', 86_400.0), ('M', 2_592_000.0)]),
        (time, [('H', 3600.0), ('M', 60.0), ('S', 1.0)]),
    ] {
        let mut number = String::new();
        for c in part.chars() {
            if c.is_ascii_digit() || c == '.' {
                number.push(c);
            } else {
                let size = units.iter().find(|(u, _)| *u == c)?.1;
                total += number.parse::<f64>().ok()? * size;
                number.clear();
            }
        }
        if !number.is_empty() {
            return None;
        }
    }
    (!date.is_empty() || !time.is_empty()).then_some(Duration { from: total.round() as u64, to: None })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::english;

    /// A dash of several bytes after minutes without a unit.
    #[test]
    fn a_dash_after_bare_minutes() {
        for text in ["1 h 10–ấ", "1h10–a", "1h10–20", "1h10–"] {
            let _ = Duration::prefix(text, english());
        }
        let (read, used) = Duration::prefix("1h30–x", english()).expect("a time");
        assert_eq!((read.from, used), (5400, 4));
    }

    #[test]
    fn every_notation() {
        for (text, shown) in [
            ("10 min", "10\u{202f}min"),
            ("15-20 min", "15–20\u{202f}min"),
            ("1 h 20 min", "1\u{202f}h 20\u{202f}min"),
            ("80 minutes", "1\u{202f}h 20\u{202f}min"),
            ("1 1/2 hours", "1\u{202f}h 30\u{202f}min"),
            ("PT1H5M", "1\u{202f}h 5\u{202f}min"),
            ("2 days", "2\u{202f}days"),
            ("1:30 h", "1\u{202f}h 30\u{202f}min"),
            ("1h20m", "1\u{202f}h 20\u{202f}min"),
            ("about 2 hours", "about\u{a0}2\u{202f}h"),
            ("overnight", "overnight"),
            ("1 to 2 h", "1–2\u{202f}h"),
            ("90 s", "1\u{202f}min 30\u{202f}s"),
            ("1 hour and 10 minutes", "1\u{202f}h 10\u{202f}min"),
            ("45 min - 1 h", "45–60\u{202f}min"),
            ("24 h", "1\u{202f}day"),
            ("12-24 h", "12–24\u{202f}h"),
        ] {
            let time = Time::parse(text, english()).unwrap_or_else(|e| panic!("{text}: {e}"));
            assert_eq!(time.show(english()), shown, "{text}");
        }
    }

    #[test]
    fn nonsense_is_an_error() {
        for text in ["10", "10 mni", "soon", "", "PT", "PTNaNM", "1 min 2 h"] {
            assert!(Time::parse(text, english()).is_err(), "{text}");
        }
    }
}
