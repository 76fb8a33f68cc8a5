//! What it costs to end a line at a place.

use super::para::{Break, Para};
use crate::locale::Locale;

/// What it costs to end a line after piece `i`, besides the room left over: a loose word, a number torn from what it counts.
pub(super) fn price(para: &Para, i: usize) -> f32 {
    let price = match para.pieces[i].after {
        Break::Soft if para.pieces[i].space_run.is_some() => para.locale.map(|locale| after_word(para, i, locale)),
        Break::Inner { price, .. } => Some(price),
        _ => None,
    };
    price.unwrap_or(0.0)
}

/// The same for a piece with a space after it.
fn after_word(para: &Para, i: usize, locale: &Locale) -> f32 {
    let text = |k: usize| piece_text(para, k);
    let word = text(i);
    let Some(next) = para.pieces.get(i + 1) else { return 0.0 };
    let inline_of = |k: usize| para.pieces.get(k).and_then(|p| para.runs.get(p.runs.start as usize)).map(|r| r.inline);
    let here = para.pieces[i].runs.end.checked_sub(1).and_then(|r| para.runs.get(r as usize)).map(|r| r.inline);
    let mut price = 0.0;
    if here.is_some() && here == inline_of(i + 1) && here.is_some_and(|h| para.inlines[usize::from(h)].style.keep) {
        price += 3.0;
    }
    let bare = bare(word);
    if is_loose(bare, locale) || bare == "&" {
        price += 0.02;
    }
    let (last, first) = (word.as_bytes().last(), text(i + 1).as_bytes().first());
    if last.is_some_and(u8::is_ascii_digit) && !bare.is_empty() && bare.bytes().all(|b| b.is_ascii_digit()) {
        price += 0.3;
    }
    // a figure stays with the word before it
    if first.is_some_and(u8::is_ascii_digit) && !matches!(last, Some(b'.' | b',' | b';' | b':')) {
        price += 0.05;
    }
    if !last.is_some_and(u8::is_ascii) && !first.is_some_and(u8::is_ascii) {
        price += torn(word, text(i + 1));
    }
    if matches!(last, Some(b'.' | b'!' | b'?' | b';')) && next.chars > 1 {
        price -= 0.02;
    }
    price
}

/// A word without the marks around it.
fn bare(word: &str) -> &str {
    // most have none
    let ends = word.as_bytes().first().zip(word.as_bytes().last());
    if ends.is_some_and(|(a, b)| a.is_ascii_alphanumeric() && b.is_ascii_alphanumeric()) {
        return word;
    }
    word.trim_matches(|c: char| !c.is_alphanumeric() && c != '&')
}

/// Whether a word should not end a line.
fn is_loose(word: &str, locale: &Locale) -> bool {
    // such words are short
    if word.len() > 24 || !locale.may_be_loose(word) {
        return false;
    }
    let same = |w: &String| {
        w.len() == word.len() && w.eq_ignore_ascii_case(word)
            || !word.is_ascii() && word.chars().flat_map(char::to_lowercase).eq(w.chars())
    };
    locale.loose_ends.iter().any(same)
}

/// What it costs to part a word of a script that writes without spaces: foreign words in katakana above all, then words in
/// han, and the endings in hiragana that belong to them.
fn torn(before: &str, after: &str) -> f32 {
    let (Some(a), Some(b)) = (before.chars().next_back(), after.chars().next()) else { return 0.0 };
    let katakana = |c: char| matches!(c, '\u{30a1}'..='\u{30fa}' | '\u{30fc}');
    let han = |c: char| matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}');
    let hiragana = |c: char| matches!(c, '\u{3041}'..='\u{309f}');
    match (a, b) {
        _ if katakana(a) && katakana(b) => 0.12,
        _ if han(a) && han(b) => 0.05,
        _ if (han(a) || katakana(a) || hiragana(a)) && hiragana(b) => 0.06,
        _ => 0.0,
    }
}

fn piece_text(para: &Para, i: usize) -> &str {
    let Some(piece) = para.pieces.get(i) else { return "" };
    para.text.get(piece.text.start as usize..piece.text.end as usize).unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::bare;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn marks_are_taken_off_words(word in "[a1&é½“”(),.]{0,5}") {
            prop_assert_eq!(bare(&word), word.trim_matches(|c: char| !c.is_alphanumeric() && c != '&'));
        }
    }
}
