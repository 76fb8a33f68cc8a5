//! Numbers as cooks write them.

use crate::locale::Locale;

/// How a number was written, and so how it is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Whole, or with a fraction ("1½").
    Fraction,
    /// With this many decimals ("1.50" has two).
    Decimal(u8),
}

/// A number of nought or more, exact.
#[derive(Debug, Clone, Copy)]
pub struct Number {
    numerator: u64,
    denominator: u64,
    form: Form,
}

/// Fractions with a character of their own: numerator, denominator, character.
pub(crate) const VULGAR: &[(u64, u64, char)] = &[
    (1, 2, '½'),
    (1, 3, '⅓'),
    (2, 3, '⅔'),
    (1, 4, '¼'),
    (3, 4, '¾'),
    (1, 5, '⅕'),
    (2, 5, '⅖'),
    (3, 5, '⅗'),
    (4, 5, '⅘'),
    (1, 6, '⅙'),
    (5, 6, '⅚'),
    (1, 7, '⅐'),
    (1, 8, '⅛'),
    (3, 8, '⅜'),
    (5, 8, '⅝'),
    (7, 8, '⅞'),
    (1, 9, '⅑'),
    (1, 10, '⅒'),
];

impl Number {
    /// A whole number.
    pub fn whole(n: u64) -> Self {
        Number { numerator: n, denominator: 1, form: Form::Fraction }
    }

    /// `numerator / denominator`; `None` when the denominator is 0.
    pub fn fraction(numerator: u64, denominator: u64) -> Option<Self> {
        (denominator > 0).then(|| Number { numerator, denominator, form: Form::Fraction }.reduced())
    }

    /// `numerator / denominator`, printed the way this one is; `None` when the denominator is 0, or when it would have more decimals.
    pub fn like(&self, numerator: u64, denominator: u64) -> Option<Self> {
        let number = Number { form: self.form, ..Number::fraction(numerator, denominator)? };
        let shown = match self.form {
            Form::Fraction => true,
            Form::Decimal(places) => 10u64.checked_pow(places.into())? % number.denominator == 0,
        };
        shown.then_some(number)
    }

    fn reduced(self) -> Self {
        let g = gcd(self.numerator, self.denominator).max(1);
        Number { numerator: self.numerator / g, denominator: self.denominator / g, ..self }
    }

    /// Numerator and denominator in lowest terms.
    pub fn ratio(&self) -> (u64, u64) {
        (self.numerator, self.denominator)
    }

    /// How it was written.
    pub fn form(&self) -> Form {
        self.form
    }

    /// The value.
    pub fn value(&self) -> f64 {
        self.numerator as f64 / self.denominator as f64
    }

    /// Reads a number at the beginning of `text`; gives it and the bytes read.
    ///
    /// Understood: `12`, `1.5`, `.25`, `1,5` (where the language has a decimal comma or no three digits follow), `1/2`,
    /// `1⁄2`, `½`, `1 1/2`, `1½`, `1 ½`, `1-1/2`.
    pub fn prefix(text: &str, locale: &Locale) -> Option<(Number, usize)> {
        if let Some((number, used)) = vulgar(text) {
            return Some((number, used));
        }
        let (whole, mut used) = digits(text);
        let decimal = decimals(&text[used..], whole.is_some(), locale);
        if let Some((value, places, more)) = decimal {
            let scale = 10u64.checked_pow(places.into())?;
            let numerator = whole.unwrap_or(0).checked_mul(scale)?.checked_add(value)?;
            let number = Number { numerator, denominator: scale, form: Form::Decimal(places) };
            return Some((number.reduced(), used + more));
        }
        let mut whole = whole?;
        while let Some((thousands, more)) = thousands(&text[used..], locale) {
            whole = whole.checked_mul(1000)?.checked_add(thousands)?;
            used += more;
        }
        if let Some((below, more)) = slash(&text[used..]) {
            return Some((Number::fraction(whole, below)?, used + more));
        }
        match mixed(&text[used..]) {
            Some((part, more)) => {
                let numerator = whole.checked_mul(part.denominator)?.checked_add(part.numerator)?;
                Some((Number::fraction(numerator, part.denominator)?, used + more))
            }
            None => Some((Number::whole(whole), used)),
        }
    }

    /// The number as printed: decimals with the language's sign; fractions as characters where one exists, else with
    /// U+2044 and a hair space (U+200A) before it, so that a reader never takes 1 3⁄7 for 13⁄7.
    pub fn show(&self, locale: &Locale) -> String {
        let whole = self.numerator / self.denominator;
        let rest = self.numerator % self.denominator;
        if let Form::Decimal(places) = self.form {
            return decimal_text(self.value(), places, locale);
        }
        if rest == 0 {
            return group(whole, locale);
        }
        let sign = VULGAR.iter().find(|(n, d, _)| (*n, *d) == (rest, self.denominator));
        match (whole, sign) {
            (0, Some((_, _, c))) => c.to_string(),
            (0, None) => format!("{rest}\u{2044}{}", self.denominator),
            (_, Some((_, _, c))) => format!("{whole}{c}"),
            (_, None) => format!("{whole}\u{200a}{rest}\u{2044}{}", self.denominator),
        }
    }

    /// The product; `None` when it is beyond all measure.
    pub fn times(self, other: Number) -> Option<Number> {
        let (a, b) = (
            u128::from(self.numerator) * u128::from(other.numerator),
            u128::from(self.denominator) * u128::from(other.denominator),
        );
        let g = gcd_wide(a, b).max(1);
        Number::fraction(u64::try_from(a / g).ok()?, u64::try_from(b / g).ok()?)
    }

    /// The number divided by another one; `None` when that is nought or the result is beyond all measure.
    pub fn over(self, other: Number) -> Option<Number> {
        self.times(Number::fraction(other.denominator, other.numerator)?)
    }

    /// The same number, printed with as few decimals as it needs; whole numbers without any. Numbers that no decimals
    /// can give in full stay fractions.
    pub fn as_decimal(self) -> Self {
        let places = (0..=3u8).find(|p| (10u64.pow((*p).into())).is_multiple_of(self.denominator));
        match places {
            Some(0) | None => self,
            Some(places) => Number { form: Form::Decimal(places), ..self },
        }
    }

    /// The same number, printed as a fraction where that is a kitchen fraction (halves, thirds, quarters, eighths).
    pub fn as_kitchen_fraction(self) -> Self {
        if matches!(self.denominator, 1 | 2 | 3 | 4 | 8) { Number { form: Form::Fraction, ..self } } else { self }
    }
}

impl PartialEq for Number {
    /// Numbers are equal when their values are: `0.5` is `1/2`.
    fn eq(&self, other: &Self) -> bool {
        self.ratio() == other.ratio()
    }
}

impl Eq for Number {}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        let (a, b) = (self.ratio(), other.ratio());
        (u128::from(a.0) * u128::from(b.1)).cmp(&(u128::from(b.0) * u128::from(a.1)))
    }
}

fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

fn gcd_wide(a: u128, b: u128) -> u128 {
    if b == 0 { a } else { gcd_wide(b, a % b) }
}

/// Leading ASCII digits as a number.
fn digits(text: &str) -> (Option<u64>, usize) {
    let used = text.bytes().take_while(u8::is_ascii_digit).count();
    (text[..used].parse().ok(), used)
}

/// Numerator and denominator of a fraction character.
pub fn vulgar_fraction(c: char) -> Option<(u64, u64)> {
    VULGAR.iter().find(|(_, _, v)| *v == c).map(|(n, d, _)| (*n, *d))
}

/// A fraction character at the beginning.
fn vulgar(text: &str) -> Option<(Number, usize)> {
    // none of them is of ASCII
    let c = text.chars().next().filter(|c| !c.is_ascii())?;
    let (n, d, _) = VULGAR.iter().find(|(_, _, v)| *v == c)?;
    Some((Number { numerator: *n, denominator: *d, form: Form::Fraction }, c.len_utf8()))
}

/// `.25` or `,25`: the digits as a number, how many, and the bytes read.
fn decimals(text: &str, after_whole: bool, locale: &Locale) -> Option<(u64, u8, usize)> {
    let sign = text.chars().next().filter(|c| matches!(c, '.' | ','))?;
    let (value, used) = digits(&text[1..]);
    let value = value?;
    // "1,000 g" is a thousand in English, and "1.000 g" in German
    let thousands = after_whole && used == 3 && sign != locale.decimal;
    (used <= 9 && !thousands && (after_whole || sign == '.')).then_some((value, used as u8, used + 1))
}

/// `,000` after a whole number, with the language's sign.
fn thousands(text: &str, locale: &Locale) -> Option<(u64, usize)> {
    let sign = text.chars().next().filter(|c| *c == locale.group && !c.is_whitespace())?;
    let rest = &text[sign.len_utf8()..];
    let (value, used) = digits(rest);
    (used == 3).then_some((value?, used + sign.len_utf8()))
}

/// `/2` after a whole number.
fn slash(text: &str) -> Option<(u64, usize)> {
    let sign = text.chars().next().filter(|c| matches!(c, '/' | '\u{2044}'))?;
    let (below, used) = digits(&text[sign.len_utf8()..]);
    let below = below.filter(|d| *d > 0)?;
    Some((below, sign.len_utf8() + used))
}

/// ` 1/2`, `½`, ` ½` or `-1/2` after a whole number.
fn mixed(text: &str) -> Option<(Number, usize)> {
    let gap = text.chars().take_while(|c| c.is_whitespace() || *c == '\u{200a}').map(char::len_utf8).sum::<usize>();
    let dash = usize::from(gap == 0 && text.starts_with('-'));
    let rest = &text[gap + dash..];
    if dash == 0
        && let Some((part, used)) = vulgar(rest)
    {
        return Some((part, gap + used));
    }
    if gap + dash == 0 {
        return None;
    }
    let (above, used) = digits(rest);
    let (below, more) = slash(&rest[used..])?;
    let above = above?;
    // a fraction of one or more is no part of a mixed number: "2 4/2" or "1-3/2" is something else
    (above < below)
        .then_some((Number { numerator: above, denominator: below, form: Form::Fraction }, gap + dash + used + more))
}

fn decimal_text(value: f64, places: u8, locale: &Locale) -> String {
    let text = format!("{value:.*}", places.into());
    let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
    if decimals.is_empty() { whole.to_owned() } else { format!("{whole}{}{decimals}", locale.decimal) }
}

/// Thousands are set apart from five digits on, as most style books have it.
fn group(n: u64, locale: &Locale) -> String {
    if n < 10_000 {
        return n.to_string();
    }
    let text = n.to_string();
    let mut out = String::new();
    for (i, c) in text.chars().enumerate() {
        if i > 0 && (text.len() - i).is_multiple_of(3) {
            out.push(locale.group);
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::english;

    fn read(text: &str) -> (String, usize) {
        let (n, used) = Number::prefix(text, english()).unwrap_or_else(|| panic!("{text}"));
        (n.show(english()), used)
    }

    #[test]
    fn every_notation() {
        for (text, shown) in [
            ("12", "12"),
            ("1.5", "1.5"),
            (".25", "0.25"),
            ("1/2", "½"),
            ("½", "½"),
            ("1 1/2", "1½"),
            ("1½", "1½"),
            ("1 ½", "1½"),
            ("1\u{2009}½", "1½"),
            ("1-1/2", "1½"),
            ("1,000", "1000"),
            ("12,500", "12,500"),
            ("3⁄4", "¾"),
            ("1/16", "1\u{2044}16"),
            ("2/4", "½"),
            ("1,5", "1.5"),
        ] {
            assert_eq!(read(text), (shown.to_owned(), text.len()), "{text}");
        }
    }

    #[test]
    fn it_stops_where_the_number_ends() {
        assert_eq!(read("2 eggs").1, 1);
        assert_eq!(read("1-2").1, 1);
        assert_eq!(read("200g").1, 3);
        assert_eq!(read("1/0").1, 1);
        assert_eq!(read("9x13").1, 1);
        assert!(Number::prefix("flour", english()).is_none());
        assert!(Number::prefix("99999999999999999999999", english()).is_none());
    }

    #[test]
    fn decimal_commas() {
        let mut french = english().clone();
        (french.decimal, french.group) = (',', '.');
        let (n, used) = Number::prefix("1,500 l", &french).unwrap();
        assert_eq!((n.value(), used), (1.5, 5));
    }

    #[test]
    fn equality_is_by_value() {
        assert_eq!(Number::prefix("0.5", english()).unwrap().0, Number::fraction(1, 2).unwrap());
        assert!(Number::fraction(1, 3).unwrap() < Number::fraction(1, 2).unwrap());
    }
}
