//! Micro-typography: quotation marks, dashes, fractions, and the spaces that must not break.
//!
//! Characters that stand for others are replaced; no word is. The rules are those of the print specification, section 11.

use crate::locale::Locale;
use crate::quantity::{Mention, MentionKind, mentions};
use crate::rich::Rich;
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
    let quantities: Vec<Range<usize>> = found.iter().map(|m| m.range.clone()).collect();
    punctuation(&rich.text, locale, medium, &quantities, &mut edits);
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

/// Quotation marks, dashes, dots and the language's spaces.
fn punctuation(text: &str, locale: &Locale, medium: Medium, quantities: &[Range<usize>], edits: &mut Edits) {
    let mut open_double = false;
    let mut open_single = false;
    let mut before: Option<char> = None;
    let mut end = 0;
    loop {
        // what most of a text is made of is what none of the rules is about
        let word = text.as_bytes()[end..].iter().take_while(|b| b.is_ascii_alphanumeric()).count();
        if word > 0 {
            end += word;
            before = Some(char::from(text.as_bytes()[end - 1]));
            // nor about a space between two of its words
            let letter = text.as_bytes()[end - 1].is_ascii_alphabetic();
            if letter && matches!(text.as_bytes()[end..], [b' ', next, ..] if next.is_ascii_alphanumeric()) {
                end += 1;
                before = Some(' ');
                continue;
            }
        }
        let Some(c) = text[end..].chars().next() else { break };
        let i = end;
        end += c.len_utf8();
        let next = text[end..].chars().next();
        let inside = || quantities.iter().any(|q| q.start <= i && i < q.end);
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
        before = Some(c);
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
