//! Quantities named in running text: what a card sets off, and what typography must keep together.

use super::duration::Duration;
use super::number::{Number, VULGAR};
use super::temperature::Temperature;
use crate::bytes::WORD;
use crate::locale::Locale;
use std::ops::Range;

/// What a quantity in a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MentionKind {
    /// A length of time.
    Time,
    /// A temperature.
    Temperature,
    /// A number with another unit.
    Measure,
    /// A degree of heat in words.
    Heat,
    /// A number or range with no unit that we know.
    Bare,
}

/// A quantity in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// The bytes it takes, unit included.
    pub range: Range<usize>,
    /// What it is.
    pub kind: MentionKind,
    /// The length of time, when it is one.
    pub duration: Option<Duration>,
}

/// All quantities of `text`, in order, none overlapping.
pub fn mentions(text: &str, locale: &Locale) -> Vec<Mention> {
    mentions_at(text, locale, next_start)
}

/// The same, looked for where `next` finds that one may begin from a byte on.
fn mentions_at(text: &str, locale: &Locale, next: impl Fn(&str, usize, &Locale) -> Option<usize>) -> Vec<Mention> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(i) = next(text, at, locale) {
        let Some(c) = text[i..].chars().next() else { break };
        at = i + c.len_utf8();
        if is_inside(text, i) {
            continue;
        }
        let starts_number = c.is_ascii_digit() || !c.is_ascii() && VULGAR.iter().any(|(_, _, v)| *v == c);
        let mention = if starts_number { number_at(text, i, locale) } else { heat_at(text, i, c, locale) };
        if let Some(mention) = mention {
            at = mention.range.end.max(at);
            found.push(mention);
        }
    }
    found
}

/// The next byte that a quantity may begin with: none begins with a sign of ASCII or within a word, and most words begin like none.
fn next_start(text: &str, at: usize, locale: &Locale) -> Option<usize> {
    let starts = locale.quantity_starts();
    let (before, bytes) = text.as_bytes().split_at_checked(at)?;
    let begins = |i: usize| locale.may_be_quantity(&bytes[i..]);
    let byte = bytes.first()?;
    if starts.has(*byte) && before.last().is_none_or(|b| !WORD.has(*b)) && begins(0) {
        return Some(at);
    }
    let mut pairs = bytes.iter().zip(&bytes[1..]).enumerate();
    let next = pairs.find(|(i, (last, byte))| starts.has(**byte) && !WORD.has(**last) && begins(i + 1))?;
    Some(at + next.0 + 1)
}

/// Whether what begins at a byte belongs to a word or a number that began before it.
fn is_inside(text: &str, i: usize) -> bool {
    text[..i].chars().next_back().is_some_and(|b| {
        b.is_alphanumeric() && !is_unspaced(b)
            || matches!(b, '\'' | '’')
            || matches!(b, '/' | '.' | ',' | '-') && chars_digit(text, i)
    })
}

/// Whether a text names an amount of something: a number with a unit of mass, of volume or of counted things.
pub fn names_amount(text: &str, locale: &Locale) -> bool {
    mentions(text, locale).iter().any(|m| m.kind == MentionKind::Measure && !is_length(&text[m.range.clone()], locale))
}

/// Whether a note names an amount, or a number of things ("1 large", "about 3 limes"); lengths and shares are no amounts.
pub fn names_number(text: &str, locale: &Locale) -> bool {
    mentions(text, locale).iter().any(|m| match m.kind {
        MentionKind::Measure => !is_length(&text[m.range.clone()], locale),
        MentionKind::Bare => {
            let after = text[m.range.end..].trim_start_matches([' ', '\u{a0}', '\u{202f}', '\u{2009}']);
            !after.starts_with(['%', '٪', '×', '°', '-', '–', '/'])
        }
        _ => false,
    })
}

fn is_length(quantity: &str, locale: &Locale) -> bool {
    let unit = super::amount::Measure::prefix(quantity, locale).map_or("", |(_, used)| quantity[used..].trim());
    let facts = locale.unit(unit).and_then(super::units::facts);
    facts.is_some_and(|f| f.kind == super::units::Kind::Length)
}

/// Whether a script sets no spaces between words, so that a number may follow a letter.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}')
}

/// Whether the sign before byte `i` belongs to a number that began earlier ("1.5": the 5).
fn chars_digit(text: &str, i: usize) -> bool {
    let mut before = text[..i].chars().rev();
    before.next();
    before.next().is_some_and(|c| c.is_ascii_digit())
}

fn number_at(text: &str, at: usize, locale: &Locale) -> Option<Mention> {
    let rest = &text[at..];
    if let Some((duration, used)) = Duration::prefix(rest, locale) {
        return Some(Mention { range: at..at + used, kind: MentionKind::Time, duration: Some(duration) });
    }
    let simple = |used: usize, kind| Some(Mention { range: at..at + used, kind, duration: None });
    if let Some((_, used)) = Temperature::prefix(rest, locale) {
        return simple(used, MentionKind::Temperature);
    }
    let (_, used) = super::amount::Measure::prefix(rest, locale)?;
    let after = &rest[used..];
    let gap = after.len() - after.trim_start_matches([' ', '\u{a0}', '\u{202f}', '\u{2009}']).len();
    let word = unit_at(&after[gap..], locale);
    match word {
        Some(length) => simple(used + gap + length, MentionKind::Measure),
        None => {
            // of "9 x 13 tins" and "2-3" only the numbers; a lone number is still bound to the next word by typography
            let whole = Number::prefix(rest, locale).map_or(used, |(_, u)| u.max(used));
            simple(whole, MentionKind::Bare)
        }
    }
}

/// The length of the unit that `text` begins with: the longest one that ends at a word's end.
fn unit_at(text: &str, locale: &Locale) -> Option<usize> {
    const COUNTED: [&str; 12] =
        ["clove", "slice", "piece", "can", "tin", "jar", "packet", "bottle", "bunch", "stalk", "stick", "sprig"];
    // "100mlを": a script without spaces ends a word of letters
    let ends = text
        .char_indices()
        .filter(|(_, c)| !(c.is_alphanumeric() || *c == '\'') || is_unspaced(*c))
        .chain([(text.len(), ' ')])
        .take(5);
    if text.starts_with(is_unspaced) {
        let spelling = locale
            .unit_spellings()
            .filter(|s| text.starts_with(s) && s.starts_with(is_unspaced))
            .max_by_key(|s| s.len())?;
        return locale.unit(spelling).filter(|k| !COUNTED.contains(k)).map(|_| spelling.len());
    }
    let mut best = None;
    for (i, c) in ends {
        for end in [i, if c == '.' { i + 1 } else { i }] {
            let word = &text[..end];
            let letters = word.chars().count();
            let key = locale.unit(word).filter(|k| !COUNTED.contains(k));
            // a capital T or a lone letter is too often something else in running text
            let common = locale.loose_ends.iter().any(|w| w == word);
            if key.is_some()
                && !common
                && (letters > 1 || matches!(word, "g" | "l" | "L" | "г" | "л"))
                && !(word.ends_with('.') && end == text.len())
            {
                best = Some(end);
            }
        }
    }
    best
}

fn heat_at(text: &str, at: usize, first: char, locale: &Locale) -> Option<Mention> {
    let length = locale.heat.iter().find_map(|phrase| {
        // most words differ from all phrases in their first letter
        let letter = phrase.chars().next();
        let starts = letter == Some(first) || first.is_uppercase() && first.to_lowercase().next() == letter;
        let length = if starts { folded_prefix(&text[at..], phrase) } else { None };
        length.filter(|l| !text[at + l..].chars().next().is_some_and(|c| c.is_alphanumeric() || c == '-'))
    })?;
    Some(Mention { range: at..at + length, kind: MentionKind::Heat, duration: None })
}

/// The bytes at the beginning of `text` that are `phrase`, which is in lower case, but for their case.
fn folded_prefix(text: &str, phrase: &str) -> Option<usize> {
    let mut used = 0;
    let mut chars = text.chars();
    let mut wanted = phrase.chars().peekable();
    while wanted.peek().is_some() {
        let c = chars.next()?;
        used += c.len_utf8();
        let same = if c.is_ascii() {
            wanted.next() == Some(c.to_ascii_lowercase())
        } else {
            c.to_lowercase().all(|l| wanted.next() == Some(l))
        };
        if !same {
            return None;
        }
    }
    Some(used)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::{Lang, english, locale};
    use proptest::prelude::*;

    fn found(text: &str) -> Vec<&str> {
        mentions(text, english()).into_iter().filter(|m| m.kind != MentionKind::Bare).map(|m| &text[m.range]).collect()
    }

    #[test]
    fn what_names_an_amount() {
        for text in ["with ½ tsp of the salt", "Add 60 g flour."] {
            assert!(names_amount(text, english()), "{text}");
        }
        for text in ["Roll to 2 cm.", "Bake 10 min at 180 °C in a 30 cm tin.", "Make 12 balls."] {
            assert!(!names_amount(text, english()), "{text}");
        }
        for text in ["1 large, finely chopped", "5 tbsp; about 3 limes", "9 oz"] {
            assert!(names_number(text, english()), "{text}");
        }
        for text in ["in 3 cm pieces", "15–20% fat", "9 % fat", "sliced"] {
            assert!(!names_number(text, english()), "{text}");
        }
    }

    #[test]
    fn quantities_in_steps() {
        assert_eq!(
            found("Fry over medium-high heat, 6-7 min, in a 30 cm pan."),
            ["medium-high heat", "6-7 min", "30 cm"]
        );
        assert_eq!(found("until 74 °C (165°F) near the bone, 1 h 20 min."), ["74 °C", "165°F", "1 h 20 min"]);
        assert_eq!(found("Add 2 tsp of the salt, 1½ cups water and 3 tbsp. oil"), ["2 tsp", "1½ cups", "3 tbsp."]);
        assert_eq!(found("Cut into 2 pieces for step 3 in 1995."), Vec::<&str>::new());
        assert_eq!(found("10 to 12 minutes a side"), ["10 to 12 minutes"]);
        assert_eq!(found("a 1.5-litre pot, version 1.2.3"), ["1.5"; 0]);
        assert_eq!(found("Rest 10 min."), ["10 min"]);
        assert_eq!(found("a medium-hot pan"), Vec::<&str>::new());
        let japanese = crate::locale::locale(&crate::locale::Lang::parse("ja").unwrap());
        let text = "牛乳100mlを加え、200gずつ分ける";
        let all = mentions(text, japanese).into_iter().map(|m| &text[m.range]);
        assert_eq!(all.collect::<Vec<_>>(), ["100ml", "200g"]);
    }

    /// Every character, from a byte on.
    fn every_start(text: &str, at: usize, _: &Locale) -> Option<usize> {
        (at < text.len()).then_some(at)
    }

    proptest! {
        #[test]
        fn nothing_is_passed_over(
            words in prop::collection::vec(
                prop_oneof![
                    "[a-zA-Z0-9½é',./°K\u{212a}’ -]{1,4}",
                    "(fry|Medium|medium|heat|high|-| |low|mEdium|feu|moyen|vif|слабом|огне|中火|弱火|180|°C|1/2|min|h)",
                    Just(" ".to_owned())
                ],
                0..14
            ),
            lang in prop::sample::select(vec!["en", "fr", "ru", "ja", "vi", "el"])
        ) {
            let (text, locale) = (words.concat(), locale(&Lang::parse(lang).unwrap()));
            prop_assert_eq!(mentions(&text, locale), mentions_at(&text, locale, every_start));
            // whatever degree of heat the language has
            for heat in &locale.heat {
                let text = format!("{text} {heat} {}", locale.upper(heat));
                prop_assert_eq!(mentions(&text, locale), mentions_at(&text, locale, every_start));
            }
        }
    }
}
