//! Micro-typography: quotation marks, dashes, fractions, and the spaces that must not break.
//!
//! Characters that stand for others are replaced; no word is. The rules are those of the print specification, section 11.

mod punctuation;

use crate::locale::Locale;
use crate::quantity::{Mention, MentionKind, mentions};
use crate::rich::Rich;
use punctuation::punctuation;
use std::ops::Range;

/// What the text is set for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Medium {
    /// Paper: our own fonts, narrow no-break spaces (U+202F).
    Print,
    /// Pages of a book: set like a card, in the full wording.
    Pages,
    /// An e-book: the reader's fonts, which often lack U+202F, so U+00A0.
    Book,
}

impl Medium {
    fn thin(self) -> &'static str {
        match self {
            Medium::Print | Medium::Pages => "\u{202f}",
            Medium::Book => "\u{a0}",
        }
    }

    /// Text from our own formatting (which uses U+202F), made right for the medium.
    pub fn fit(self, text: &str) -> String {
        match self {
            Medium::Print | Medium::Pages => text.to_owned(),
            Medium::Book => text.replace(['\u{202f}', '\u{200a}'], "\u{a0}"),
        }
    }

    /// The same text where it is right already, as most is.
    pub(crate) fn fitted(self, text: String) -> String {
        if text.is_ascii() { text } else { self.fit(&text) }
    }
}

/// Sets a text by the rules of its language.
pub fn refine(rich: &mut Rich, locale: &Locale, medium: Medium) {
    let found = mentions(&rich.text, locale);
    refine_with(rich, locale, medium, &found);
}

/// The same where the quantities that the text mentions are known.
pub(crate) fn refine_with(rich: &mut Rich, locale: &Locale, medium: Medium, found: &[Mention]) {
    let mut edits = Vec::new();
    for mention in found {
        quantity(&rich.text, mention, locale, medium, &mut edits);
    }
    for pair in found.windows(2) {
        // "2 lb 10 oz" is one amount
        let between = pair[0].range.end..pair[1].range.start;
        if pair.iter().all(|m| m.kind == MentionKind::Measure) && rich.text[between.clone()] == *" " {
            edits.push((between, "\u{a0}".into()));
        }
    }
    punctuation(&rich.text, locale, medium, found, &mut edits);
    if edits.is_empty() {
        return;
    }
    edits.sort_by_key(|(r, _)| (r.start, r.end));
    edits.dedup_by(|b, a| b.0.start < a.0.end || b.0 == a.0);
    rich.replace(&edits);
}

/// A plain string, refined.
pub fn refined(text: &str, locale: &Locale, medium: Medium) -> String {
    let mut rich = Rich::plain(text.trim(), crate::source::NodeId(0));
    refine(&mut rich, locale, medium);
    rich.text
}

type Edits = Vec<(Range<usize>, String)>;

/// Inside a quantity: fractions become characters, the dash of a range an en dash, spaces no-break ones.
fn quantity(text: &str, mention: &Mention, locale: &Locale, medium: Medium, edits: &mut Edits) {
    let (range, kind) = (mention.range.clone(), mention.kind);
    if kind == MentionKind::Heat {
        return;
    }
    let piece = &text[range.clone()];
    let mut i = 0;
    while i < piece.len() {
        let rest = &piece[i..];
        let c = rest.chars().next().unwrap_or(' ');
        let at = range.start + i;
        if let Some((used, with)) = fraction(rest, i > 0 && ends_in_digit(&piece[..i]), medium) {
            edits.push((at..at + used, with));
            i += used;
            continue;
        }
        let before = ends_in_digit(&piece[..i]) || piece[..i].ends_with(is_vulgar);
        let mut used = c.len_utf8();
        if is_gap(c) || matches!(c, '-' | '–') {
            used = rest.len() - rest.trim_start_matches(|c| is_gap(c) || matches!(c, '-' | '–')).len();
            let dash = rest[..used].contains(['-', '–']);
            let after = rest[used..].chars().next();
            let number_after = after.is_some_and(|a| a.is_ascii_digit() || is_vulgar(a));
            if dash && before && number_after {
                edits.push((at..at + used, "\u{2013}".into()));
            } else if !dash && before && is_times(&rest[used..]) {
                edits.push((at..at + used, "\u{a0}".into()));
            } else if !dash && before && !number_after {
                let word_range = kind == MentionKind::Bare
                    || locale.range_words.iter().any(|w| rest[used..].starts_with(w.as_str()));
                edits.push((at..at + used, if word_range { "\u{a0}".into() } else { medium.thin().into() }));
            } else if !dash && (!before || !number_after || medium == Medium::Book || !is_mixed(&rest[used..])) {
                edits.push((at..at + used, "\u{a0}".into()));
            }
        } else if before && starts_unit(c) && kind != MentionKind::Bare {
            // "200g", "180°C": the gap is ours to give
            edits.push((at..at, medium.thin().into()));
        }
        if matches!(c, 'º' | '˚') {
            edits.push((at..at + used, "°".into()));
        }
        if is_times(rest) && ends_in_digit(piece[..i].trim_end()) {
            edits.push((at..at + 1, "×".into()));
        }
        i += used;
    }
}

fn is_gap(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\u{200a}')
}

fn is_vulgar(c: char) -> bool {
    matches!(c, '½' | '¼' | '¾' | '⅐'..='⅞')
}

fn ends_in_digit(text: &str) -> bool {
    text.ends_with(|c: char| c.is_ascii_digit())
}

fn starts_unit(c: char) -> bool {
    c.is_alphabetic() && !matches!(c, 'x' | 'X') || matches!(c, '°' | 'º' | '˚' | '℃' | '℉')
}

/// Whether what follows is a multiplication sign written as a letter.
fn is_times(text: &str) -> bool {
    text.starts_with(['x', 'X']) && text[1..].trim_start().starts_with(|c: char| c.is_ascii_digit())
}

/// Whether what follows is a written fraction: `1/2` or `½`.
fn is_mixed(text: &str) -> bool {
    text.starts_with(is_vulgar) || fraction(text, false, Medium::Print).is_some()
}

/// `1/2`, or ` 1/2` and `½` after a whole number: the bytes it takes and the characters for it.
fn fraction(text: &str, after_digit: bool, medium: Medium) -> Option<(usize, String)> {
    let gap = if after_digit { text.len() - text.trim_start_matches(|c| is_gap(c) || c == '-').len() } else { 0 };
    let rest = &text[gap..];
    if after_digit && let Some(c) = rest.chars().next().filter(|c| is_vulgar(*c)) {
        return Some((gap + c.len_utf8(), c.to_string()));
    }
    if after_digit && gap == 0 {
        return None;
    }
    let above = rest.bytes().take_while(u8::is_ascii_digit).count();
    let slash = rest[above..].chars().next().filter(|c| matches!(c, '/' | '\u{2044}'))?;
    let after = &rest[above + slash.len_utf8()..];
    let below = after.bytes().take_while(u8::is_ascii_digit).count();
    let (n, d): (u64, u64) = (rest[..above].parse().ok()?, after[..below].parse().ok()?);
    let proper = d > 0 && d <= 64 && (n < d || !after_digit);
    if !proper || after[below..].starts_with('/') {
        return None;
    }
    let single = crate::quantity::Number::fraction(n, d).filter(|f| f.ratio() == (n, d) && n < d);
    let shown = single.map_or_else(|| format!("{n}\u{2044}{d}"), |f| f.show(crate::locale::english()));
    let built = after_digit && shown.contains('\u{2044}');
    Some((gap + above + slash.len_utf8() + below, if built { medium.fit("\u{200a}") + &shown } else { shown }))
}

/// Whether the text ends as a sentence or a heading with a colon does, so that no full stop is wanted.
pub fn ends_sentence(text: &str) -> bool {
    text.ends_with(['.', '!', '?', '…', ':', '。', '！', '？'])
}

/// Text that runs from right to left, with every cluster of figures isolated, so that 1½ and 3–4 keep their inner order.
pub fn isolate_figures(text: &str) -> String {
    if !text.contains(|c: char| c.is_numeric()) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len() + 12);
    let mut open = false;
    let chars: Vec<char> = text.chars().collect();
    for (i, c) in chars.iter().enumerate() {
        let figure = c.is_numeric();
        let joint = matches!(
            c,
            '\u{2013}' | '\u{a0}' | '\u{200a}' | '\u{2044}' | '.' | ',' | '×' | '\u{202f}' | '°' | ':' | '/' | '-'
        );
        let degrees = matches!(c, 'C' | 'F') && i > 0 && chars[i - 1] == '°';
        let next = chars.get(i + 1).copied();
        let goes_on = joint
            && open
            && (next.is_some_and(|n| n.is_numeric() || n == '°') || *c == '°' && matches!(next, Some('C' | 'F')));
        if figure && !open {
            out.push('\u{2066}');
            open = true;
        } else if open && !figure && !goes_on && !degrees {
            out.push('\u{2069}');
            open = false;
        }
        out.push(*c);
    }
    if open {
        out.push('\u{2069}');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::english;

    fn en(text: &str) -> String {
        refined(text, english(), Medium::Print).replace('\u{202f}', "~").replace('\u{a0}', "_").replace('\u{200a}', "^")
    }

    #[test]
    fn quantities() {
        assert_eq!(en("bone in; 2 lb 10 oz, or 2 lb, 10 oz"), "bone in; 2~lb_10~oz, or 2~lb, 10~oz");
        assert_eq!(en("Bake at 180°C for 25-28 min."), "Bake at 180~°C for 25–28~min.");
        assert_eq!(en("1 1/2 cups, 1/3 cup, 2½ tbsp, 1/2 onion"), "1½~cups, ⅓~cup, 2½~tbsp, ½_onion");
        assert_eq!(en("1 3/7 cups"), "1^3\u{2044}7~cups");
        assert_eq!(en("a 20 x 25 cm tin and 9x13 pan"), "a 20_×_25~cm tin and 9×13_pan");
        assert_eq!(en("2 - 3 eggs, 10 to 12 minutes"), "2–3_eggs, 10_to_12~minutes");
        assert_eq!(en("1 h 20 min"), "1~h_20~min");
        assert_eq!(en("15-20% fat"), "15–20% fat");
        assert_eq!(en("a 1.5-litre pot"), "a 1.5-litre pot");
        assert_eq!(en("200g flour"), "200~g flour");
        assert_eq!(en("on 2024-05-06"), "on 2024-05-06");
    }

    #[test]
    fn quotes_and_dashes() {
        assert_eq!(en("\"It's 'done'\", she said... - well"), "“It’s ‘done’”, she said… – well");
        assert_eq!(en("the '90s, rock 'n' roll, cook's 9\" tin"), "the ’90s, rock ’n’ roll, cook’s 9″ tin");
        assert_eq!(en("bird's-eye -- yes"), "bird’s-eye – yes");
        assert_eq!(en("two  spaces"), "two spaces");
    }

    #[test]
    fn figures_are_isolated_with_what_belongs_to_them() {
        let shown = |t: &str| isolate_figures(t).replace('\u{2066}', "[").replace('\u{2069}', "]");
        assert_eq!(shown("א 180\u{a0}°C ב 1½ ג 3–4 ד"), "א [180\u{a0}°C] ב [1½] ג [3–4] ד");
        assert_eq!(shown("4 דקות"), "[4] דקות");
    }

    #[test]
    fn the_book_has_no_narrow_spaces() {
        assert_eq!(refined("1 1/2 cups at 180 °C", english(), Medium::Book), "1½\u{a0}cups at 180\u{a0}°C");
    }
}
