//! Quotation marks, dashes and dots, and the spaces that a language sets beside its signs.

use super::{Edits, Medium, is_gap};
use crate::bytes::{ByteSet, may_have_double_space};
use crate::locale::Locale;
use crate::quantity::Mention;

/// The next sign from a byte on that some rule may be about; a space is one where two stand side by side or a figure is before it.
fn next_sign(text: &str, mut at: usize, signs: &ByteSet) -> Option<usize> {
    let bytes = text.as_bytes();
    loop {
        let i = signs.find_rare(bytes, at)?;
        let next = bytes.get(i + 1).copied();
        match bytes[i] {
            b'0'..=b'9' if next == Some(b' ') => return Some(i + 1),
            b'0'..=b'9' => {}
            b'.' | b' ' if next != Some(bytes[i]) => {}
            _ => return Some(i),
        }
        at = i + 1;
    }
}

/// Quotation marks, dashes, dots and the language's spaces.
pub(super) fn punctuation(text: &str, locale: &Locale, medium: Medium, quantities: &[Mention], edits: &mut Edits) {
    let signs = locale.signs(may_have_double_space(text));
    let next = |at| next_sign(text, at, signs);
    punctuation_at(text, locale, medium, quantities, edits, next);
}

/// The same, looked for where `find` finds a sign from a byte on.
fn punctuation_at(
    text: &str,
    locale: &Locale,
    medium: Medium,
    quantities: &[Mention],
    edits: &mut Edits,
    find: impl Fn(usize) -> Option<usize>,
) {
    let mut open_double = false;
    let mut open_single = false;
    let mut end = 0;
    while let Some(i) = find(end) {
        let Some(c) = text[i..].chars().next() else { break };
        end = i + c.len_utf8();
        let before = text[..i].chars().next_back();
        let next = text[end..].chars().next();
        let inside = || quantities.iter().any(|q| q.range.contains(&i));
        match c {
            '"' => edits.push((i..end, double(before, next, &mut open_double, locale))),
            '\'' => edits.push((i..end, single(before, next, &text[end..], &mut open_single, locale))),
            '.' if text[i..].starts_with("...") && before != Some('.') => edits.push((i..i + 3, "…".into())),
            '-' if text[i..].starts_with("--") && before != Some('-') => {
                let used = text[i..].bytes().take_while(|b| *b == b'-').count();
                edits.push((i..i + used, "\u{2013}".into()));
            }
            '-' if before == Some(' ') && next == Some(' ') => edits.push((i..end, "\u{2013}".into())),
            '℃' => edits.push((i..end, "°C".into())),
            '℉' => edits.push((i..end, "°F".into())),
            ' ' if next == Some(' ') && !inside() => edits.push((i..end, String::new())),
            ' ' if text[..i].ends_with(|p: char| p.is_ascii_digit())
                && next.is_some_and(char::is_alphabetic)
                && !inside() =>
            {
                // a number keeps the word that it counts
                edits.push((i..end, "\u{a0}".into()));
            }
            '%' if before.is_some_and(|b| b.is_ascii_digit()) && !locale.percent_gap.is_empty() => {
                edits.push((i..i, medium.fit(&locale.percent_gap)));
            }
            _ => {}
        }
        language_gap(text, i, c, before, next, locale, medium, edits);
    }
}

/// The spaces that French sets before `; : ! ?` and inside `« »`.
#[allow(clippy::too_many_arguments, reason = "one character with its surroundings")]
fn language_gap(
    text: &str,
    i: usize,
    c: char,
    before: Option<char>,
    next: Option<char>,
    locale: &Locale,
    medium: Medium,
    edits: &mut Edits,
) {
    for gap in &locale.gaps {
        let space = if gap.width == "thin" { medium.thin() } else { "\u{a0}" };
        if gap.before == Some(c) {
            let free = c == '»' || next.is_none_or(|n| !n.is_alphanumeric() && n != '/');
            match before {
                Some(b) if is_gap(b) => {
                    let start = i - b.len_utf8();
                    edits.retain(|(r, _)| r.start != start);
                    edits.push((start..i, space.into()));
                }
                Some(b) if free && !matches!(b, ':' | ';' | '!' | '?' | '«' | '(') => edits.push((i..i, space.into())),
                _ => {}
            }
        }
        if gap.after == Some(c) {
            let end = i + c.len_utf8();
            let used = text[end..].chars().take_while(|n| is_gap(*n)).map(char::len_utf8).sum::<usize>();
            edits.push((end..end + used, space.into()));
        }
    }
}

fn double(before: Option<char>, next: Option<char>, open: &mut bool, locale: &Locale) -> String {
    let hebrew = |c: Option<char>| c.is_some_and(|c| ('\u{5d0}'..='\u{5ea}').contains(&c));
    if hebrew(before) && hebrew(next) {
        return "\u{5f4}".into();
    }
    if !*open && before.is_some_and(|b| b.is_ascii_digit()) {
        return "″".into();
    }
    let opening = begins_word(before) && next.is_some_and(|n| !n.is_whitespace()) && !(*open && before == Some('\''));
    *open = opening;
    let mark = &locale.quotes[usize::from(!opening)];
    let thin = locale.gaps.iter().any(|g| g.after.map(String::from).as_ref() == Some(&locale.quotes[0]));
    match (thin, opening) {
        (false, _) => mark.clone(),
        (true, true) => format!("{mark}\u{a0}"),
        (true, false) => format!("\u{a0}{mark}"),
    }
}

fn single(before: Option<char>, next: Option<char>, rest: &str, open: &mut bool, locale: &Locale) -> String {
    if before.is_some_and(|b| ('\u{5d0}'..='\u{5ea}').contains(&b)) {
        return "\u{5f3}".into();
    }
    if before.is_some_and(|b| b.is_ascii_digit()) && !*open {
        return if next == Some('s') { "\u{2019}".into() } else { "′".into() };
    }
    let opening = begins_word(before) && next.is_some_and(char::is_alphanumeric);
    // "'90s" and "rock 'n' roll" have no partner; a quotation has one before a word's end
    let partner = rest
        .char_indices()
        .any(|(i, c)| c == '\'' && i > 1 && rest[i + 1..].chars().next().is_none_or(|n| !n.is_alphanumeric()));
    if opening && partner && !next.is_some_and(|n| n.is_ascii_digit()) {
        *open = true;
        return locale.quotes[2].clone();
    }
    if *open && next.is_none_or(|n| !n.is_alphanumeric()) {
        *open = false;
        return locale.quotes[3].clone();
    }
    "\u{2019}".into()
}

fn begins_word(before: Option<char>) -> bool {
    before.is_none_or(|b| {
        b.is_whitespace()
            || matches!(b, '(' | '[' | '\u{2013}' | '\u{2014}' | '-' | '/' | '“' | '‘' | '«' | '„' | '"' | '\'')
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::{Lang, locale};
    use crate::quantity::MentionKind;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn no_sign_is_passed_over(
            text in "([a-z1é«»;:!?℃℉%\"'.,…“” -]| \"|\" |\\.\\.\\.|  |9 %| 1 |1/2){0,40}",
            lang in prop::sample::select(vec!["en", "fr", "de", "he", "ja"])
        ) {
            let locale = locale(&Lang::parse(lang).unwrap());
            let quantity = |range| Mention { range, kind: MentionKind::Measure, duration: None };
            for quantities in [&[][..], &[quantity(2..9), quantity(12..16)]] {
                let (mut quick, mut whole) = (Vec::new(), Vec::new());
                punctuation(&text, locale, Medium::Book, quantities, &mut quick);
                let every = |at| (at < text.len()).then_some(at);
                punctuation_at(&text, locale, Medium::Book, quantities, &mut whole, every);
                prop_assert_eq!(quick, whole);
            }
        }
    }
}
