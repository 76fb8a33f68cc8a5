//! Cutting words into what can be shaped as one.

use super::build::Builder;
use super::chars::{is_ignorable, is_mark, own_script};
use crate::fonts::FaceId;
use std::ops::Range;
use unicode_script::Script;

/// A byte range of the text with one inline, one level, one face and one script.
#[derive(Debug, PartialEq)]
pub(super) struct Segment {
    pub(super) range: Range<usize>,
    pub(super) inline: u16,
    pub(super) level: u8,
    pub(super) face: FaceId,
    pub(super) script: Script,
    pub(super) fraction: bool,
}

impl Builder<'_, '_, '_> {
    /// A word of plain letters in one style and one face: what most words are.
    pub(super) fn plain_segment(&self, text: &str, range: &Range<usize>) -> Option<Segment> {
        let (span, inline) = self.spans.iter().find(|(r, _)| r.contains(&range.start))?;
        let face = self.para.inlines[usize::from(*inline)].style.face;
        let word = &text[range.clone()];
        let plain = span.end >= range.end
            && self.levels.is_none()
            && word.is_ascii()
            && (self.shaper.book.face(face).has_ascii() || word.chars().all(|c| self.shaper.book.face(face).has(c)));
        let has_letter = || word.bytes().any(|b| b.is_ascii_alphabetic());
        plain.then(|| Segment {
            range: range.clone(),
            inline: *inline,
            level: 0,
            face,
            script: if has_letter() { Script::Latin } else { Script::Common },
            fraction: false,
        })
    }

    /// A word in one style whose letters its face has, all of one script: what most other words are. What [`Builder::segments`]
    /// would say, in one look at each letter.
    pub(super) fn even_segment(&self, text: &str, range: &Range<usize>) -> Option<Segment> {
        let (span, inline) = self.spans.iter().find(|(r, _)| r.contains(&range.start))?;
        if span.end < range.end || self.levels.is_some() {
            return None;
        }
        let face = self.para.inlines[usize::from(*inline)].style.face;
        let own = self.shaper.book.face(face);
        let mut script = None;
        for c in text[range.clone()].chars() {
            if c == '\u{2044}' || is_ignorable(c) || is_mark(c) || !own.has(c) {
                return None;
            }
            let here = own_script(c);
            if script.is_some() && here.is_some() && script != here {
                return None;
            }
            script = script.or(here);
        }
        let script = script.unwrap_or(Script::Common);
        Some(Segment { range: range.clone(), inline: *inline, level: 0, face, script, fraction: false })
    }

    /// Cuts a word where the style, the direction, the face or the kind of figures changes.
    pub(super) fn segments(&mut self, text: &str, range: Range<usize>) -> Vec<Segment> {
        let mut out: Vec<Segment> = Vec::new();
        let fractions = fraction_ranges(&text[range.clone()], range.start);
        for (i, c) in text[range.clone()].char_indices() {
            let at = range.start + i;
            let end = at + c.len_utf8();
            if is_ignorable(c) && !matches!(c, '\u{200c}' | '\u{200d}') {
                // it has done its work for direction and breaking
                continue;
            }
            let inline = self.inline_at(at);
            let level = self.level_at(at);
            let wanted = self.para.inlines[usize::from(inline)].style.face;
            let fraction = fractions.iter().any(|f| f.contains(&at));
            let last = out
                .last_mut()
                .filter(|s| s.range.end == at && s.inline == inline && s.level == level && s.fraction == fraction);
            let script = own_script(c);
            if let Some(last) = last {
                let joins = is_mark(c) || matches!(c, '\u{200c}' | '\u{200d}');
                let face = if joins { last.face } else { self.shaper.book.face_for(c, wanted).unwrap_or(wanted) };
                let same_script = script.is_none_or(|s| s == last.script || own_script_unset(last.script));
                if face == last.face && same_script {
                    last.range.end = end;
                    if let Some(s) = script.filter(|_| own_script_unset(last.script)) {
                        last.script = s;
                    }
                    continue;
                }
            }
            let face = self.shaper.book.face_for(c, wanted).unwrap_or(wanted);
            out.push(Segment {
                range: at..end,
                inline,
                level,
                face,
                script: script.unwrap_or(Script::Common),
                fraction,
            });
        }
        out
    }
}

pub(super) fn own_script_unset(script: Script) -> bool {
    matches!(script, Script::Common | Script::Inherited | Script::Unknown)
}

/// Digits, a fraction slash, digits.
fn fraction_ranges(word: &str, offset: usize) -> Vec<Range<usize>> {
    word.match_indices('\u{2044}')
        .map(|(i, slash)| {
            let digits = |s: &str| s.len() - s.trim_end_matches(|c: char| c.is_ascii_digit()).len();
            let before = digits(&word[..i]);
            let rest = &word[i + slash.len()..];
            let after = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            offset + i - before..offset + i + slash.len() + after
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::Builder;
    use crate::fonts::{FaceQuery, FontBook};
    use crate::frame::Rgb;
    use crate::locale::{Lang, english};
    use crate::source::NodeId;
    use crate::text::{Inline, Para, ParaStyle, Shaper, Style};
    use proptest::prelude::*;

    proptest! {
        /// What is told at a look is what the long way finds.
        #[test]
        fn short_ways_agree_with_the_long_one(word in "[a-zA-Z0-9.,(éßŁœñ½°×–—’…\u{301}\u{ad}\u{200d}\u{202f}\u{2044}жЯλ汁日ーกא☃]{1,5}") {
            let book = FontBook::new();
            let family = "Source Serif 4 SmText";
            let face = book.find(&FaceQuery { family, weight: 400, italic: false }).unwrap();
            let style = Style::new(face, Rgb::BLACK);
            let inline = Inline { text: String::new(), style, lang: None, link: None, at: NodeId(0) };
            let lang = Lang::default();
            let mut b = Builder {
                shaper: &mut Shaper::new(&book),
                style: &ParaStyle { lang: &lang, locale: english(), rtl: false },
                lang: 0,
                spans: vec![(0..word.len(), 0)],
                levels: None,
                para: Para { inlines: vec![inline], ..Para::default() },
                known_space: None,
            };
            let range = 0..word.len();
            let short = [b.plain_segment(&word, &range), b.even_segment(&word, &range)];
            let long = b.segments(&word, range);
            for segment in short.into_iter().flatten() {
                prop_assert_eq!(&[segment][..], &long[..]);
            }
        }
    }
}
