//! From pieces of text to a shaped paragraph.

use super::chars::{is_cjk, is_complex, is_ignorable, is_mark, is_rtl};
use super::cuts::{inner_cuts, line_breaks};
use super::para::{BOX_GAP, BOX_PAD, Break, Inline, Para, ParaStyle, Piece, Run};
use super::segments::{Segment, own_script_unset};
use super::shape::{Figures, Key, Shaped, Shaper};
use crate::frame::Glyph;
use std::ops::Range;
use std::rc::Rc;
use unicode_script::Script;

impl Shaper<'_> {
    /// Shapes a paragraph.
    pub fn para(&mut self, inlines: Vec<Inline>, style: &ParaStyle<'_>) -> Para {
        let room: usize = inlines.iter().map(|i| i.text.len()).sum();
        let mut para = Para {
            rtl: style.rtl,
            text: String::with_capacity(room),
            glyphs: Vec::with_capacity(room),
            runs: Vec::with_capacity(room / 2),
            pieces: Vec::with_capacity(room / 4),
            ..Para::default()
        };
        let mut spans: Vec<(Range<usize>, u16)> = Vec::new();
        for inline in inlines {
            let start = para.text.len();
            self.set_text(&inline, &mut para.text);
            if para.text.len() > start {
                spans.push((start..para.text.len(), para.inlines.len() as u16));
                para.inlines.push(Inline { text: String::new(), ..inline });
            }
        }
        if para.text.trim().is_empty() {
            return Para::default();
        }
        let levels = levels(&para.text, style.rtl);
        let lang = self.language(style.lang.as_str());
        let mut b = Builder { shaper: self, style, lang, spans, levels, para, known_space: None };
        b.words();
        let mut para = b.para;
        let mut at = 0.0;
        para.ends.extend(para.pieces.iter().map(|p| {
            let end = at + p.width;
            at = end + p.space;
            end
        }));
        para.is_plain = !para.pieces.is_empty() && para.pieces.iter().all(|p| p.after == Break::Soft);
        para.locale = Some(style.locale);
        para
    }

    /// Puts an inline's text down, with what its face lacks replaced.
    fn set_text(&mut self, inline: &Inline, out: &mut String) {
        let face = inline.style.face;
        if inline.text.is_ascii() {
            let from = out.len();
            out.push_str(&inline.text);
            if inline.text.bytes().any(|b| b.is_ascii_control()) {
                out.truncate(from);
                out.extend(inline.text.chars().map(|c| if c.is_control() { ' ' } else { c }));
            }
            return;
        }
        let own = self.book.face(face);
        for c in inline.text.chars() {
            if c == ' ' || c.is_ascii_graphic() && own.has(c) {
                out.push(c);
            } else if is_ignorable(c) || c.is_whitespace() && c != '\u{3000}' {
                // typographic spaces that a face lacks are set as a word space that does not break
                let known = matches!(c, ' ' | '\u{2028}') || is_ignorable(c) || self.book.face(face).has(c);
                out.push(if known { c } else { '\u{a0}' });
            } else if self.book.face_for(c, face).is_some() && (self.book.face(face).has(c) || fraction_of(c).is_none())
            {
                out.push(c);
            } else if let Some((n, d)) = fraction_of(c) {
                if out.ends_with(|c: char| c.is_ascii_digit()) {
                    out.push(if self.book.face(face).has('\u{200a}') { '\u{200a}' } else { '\u{a0}' });
                }
                out.push_str(&format!("{n}\u{2044}{d}"));
            } else if c == '\u{2011}' {
                out.push('-');
            } else {
                self.missing.insert((inline.at, c));
                out.push(if self.book.face_for('\u{25a1}', face).is_some() { '\u{25a1}' } else { '?' });
            }
        }
    }
}

fn fraction_of(c: char) -> Option<(u64, u64)> {
    crate::quantity::vulgar_fraction(c)
}

fn levels(text: &str, rtl: bool) -> Option<Vec<u8>> {
    // no letter before Hebrew's runs from right to left
    if !rtl && (text.is_ascii() || !text.chars().any(|c| c >= '\u{590}' && is_rtl(c))) {
        return None;
    }
    let base = if rtl { unicode_bidi::Level::rtl() } else { unicode_bidi::Level::ltr() };
    let info = unicode_bidi::BidiInfo::new(text, Some(base));
    Some(info.levels.iter().map(|l| l.number()).collect())
}

pub(super) struct Builder<'s, 'b, 'p> {
    pub(super) shaper: &'s mut Shaper<'b>,
    pub(super) style: &'p ParaStyle<'p>,
    /// The number of the paragraph's language.
    pub(super) lang: u16,
    pub(super) spans: Vec<(Range<usize>, u16)>,
    pub(super) levels: Option<Vec<u8>>,
    pub(super) para: Para,
    /// The last space that was shaped: its inline, its direction, and what it looks like.
    pub(super) known_space: Option<(u16, bool, Rc<Shaped>)>,
}

/// Words wider than this (in ems) get places where they may be broken if a line turns out to be narrower still.
const LONG_WORD: f32 = 8.0;

impl Builder<'_, '_, '_> {
    fn words(&mut self) {
        let text = std::mem::take(&mut self.para.text);
        let mut start = 0;
        while start < text.len() {
            let (i, c) = word_end(&text, start);
            if i > start {
                self.word(&text, start..i);
            }
            if c == '\u{2028}' {
                if let Some(last) = self.para.pieces.last_mut() {
                    last.after = Break::Hard;
                }
            } else if i > start && i < text.len() {
                self.space(&text, i);
            }
            start = i + c.len_utf8();
        }
        self.para.text = text;
    }

    /// The space after the last piece.
    fn space(&mut self, text: &str, at: usize) {
        let (inline, level) = (self.inline_at(at), self.level_at(at));
        let first = self.para.runs.len();
        let face = self.para.inlines[usize::from(inline)].style.face;
        let segment = Segment { range: at..at + 1, inline, level, face, script: Script::Latin, fraction: false };
        let rtl = level % 2 == 1;
        // every other piece is a space
        let known = self.known_space.as_ref().filter(|(i, r, _)| (*i, *r) == (inline, rtl)).map(|(_, _, s)| s.clone());
        let shaped = known.unwrap_or_else(|| self.shaped(text, &segment));
        self.push_run(&segment, &shaped);
        self.known_space = Some((inline, rtl, shaped));
        let run = &self.para.runs[first];
        let width = run.width;
        if let Some(piece) = self.para.pieces.last_mut() {
            piece.space_run = Some(first as u32);
            piece.space = width;
        }
    }

    fn word(&mut self, text: &str, range: Range<usize>) {
        let word = &text[range.clone()];
        let mut cuts: Vec<(usize, Break)> = Vec::new();
        if !word.is_ascii() && word.chars().any(|c| is_cjk(c) || is_complex(c)) {
            cuts.extend(line_breaks(word).map(|i| (range.start + i, Break::Soft)));
        }
        let first = self.para.pieces.len();
        self.pieces(text, range.clone(), &cuts);
        if self.para.pieces.len() == first + 1 && self.para.pieces[first].width <= LONG_WORD {
            return;
        }
        if self.widest(first) > LONG_WORD {
            let mut finer = inner_cuts(word, self.style.lang);
            self.recut(text, &range, first, &cuts, &finer);
            if self.widest(first) > LONG_WORD {
                finer.extend(
                    word.char_indices()
                        .filter(|(_, c)| !is_mark(*c) && !is_ignorable(*c))
                        .map(|(i, _)| (i, Break::Inner { price: 6.0, hyphen: false })),
                );
                self.recut(text, &range, first, &cuts, &finer);
            }
        }
        self.measure_word(first);
    }

    fn widest(&self, first: usize) -> f32 {
        self.para.pieces[first..].iter().map(|p| p.width).fold(0.0, f32::max)
    }

    /// Shapes a word again with more cuts.
    fn recut(
        &mut self,
        text: &str,
        range: &Range<usize>,
        first: usize,
        cuts: &[(usize, Break)],
        finer: &[(usize, Break)],
    ) {
        self.undo(first);
        let inside = finer.iter().filter(|(i, _)| *i > 0 && *i < range.len());
        let mut all: Vec<_> = cuts.iter().copied().chain(inside.map(|(i, b)| (range.start + i, *b))).collect();
        all.sort_by_key(|(i, _)| *i);
        all.dedup_by_key(|(i, _)| *i);
        self.pieces(text, range.clone(), &all);
    }

    /// Tells every piece how wide the word is that only inner breaks hold together.
    fn measure_word(&mut self, first: usize) {
        let mut start = first;
        for end in first + 1..=self.para.pieces.len() {
            if !matches!(self.para.pieces[end - 1].after, Break::Inner { .. }) || end == self.para.pieces.len() {
                let word = self.para.pieces[start..end].iter().map(|p| p.width).sum();
                self.para.pieces[start..end].iter_mut().for_each(|p| p.word = word);
                start = end;
            }
        }
    }

    /// Takes back the pieces from number `first` on.
    fn undo(&mut self, first: usize) {
        let Some(piece) = self.para.pieces.get(first) else { return };
        let run = piece.runs.start as usize;
        let glyph = self.para.runs.get(run).map_or(0, |r| r.glyphs.start as usize);
        self.para.pieces.truncate(first);
        self.para.runs.truncate(run);
        self.para.glyphs.truncate(glyph);
    }

    fn pieces(&mut self, text: &str, range: Range<usize>, cuts: &[(usize, Break)]) {
        let mut start = range.start;
        for (end, after) in cuts.iter().copied().chain([(range.end, Break::Soft)]) {
            if end <= start {
                continue;
            }
            let first = self.para.runs.len();
            let range = start..end;
            if let Some(one) = self.plain_segment(text, &range).or_else(|| self.even_segment(text, &range)) {
                self.segment(text, &one);
            } else {
                for segment in self.segments(text, start..end) {
                    self.segment(text, &segment);
                }
            }
            let runs = first as u32..self.para.runs.len() as u32;
            let width = self.para.runs[first..].iter().map(|r| r.width).sum();
            if matches!(after, Break::Inner { hyphen: true, .. }) {
                self.find_hyphen(first);
            }
            let chars = text[start..end].chars().count().min(usize::from(u16::MAX)) as u16;
            self.para.pieces.push(Piece {
                text: start as u32..end as u32,
                runs,
                space_run: None,
                width,
                space: 0.0,
                after,
                word: width,
                chars,
            });
            start = end;
        }
    }

    fn find_hyphen(&mut self, run: usize) {
        let face = self.para.runs[run].face;
        if let (None, Some(id)) = (self.para.hyphen, self.shaper.book.face(face).glyph('-')) {
            let advance = self.shaper.book.face(face).advance(id);
            self.para.hyphen = Some((face, Glyph { id, advance, dx: 0.0, dy: 0.0, text: (0, 0) }));
        }
    }

    pub(super) fn inline_at(&self, byte: usize) -> u16 {
        self.spans.iter().find(|(r, _)| r.contains(&byte)).map_or(0, |(_, i)| *i)
    }

    pub(super) fn level_at(&self, byte: usize) -> u8 {
        self.levels.as_ref().map_or(0, |l| l[byte])
    }

    fn segment(&mut self, text: &str, segment: &Segment) {
        let shaped = self.shaped(text, segment);
        self.push_run(segment, &shaped);
    }

    fn shaped(&mut self, text: &str, segment: &Segment) -> Rc<Shaped> {
        let inline = &self.para.inlines[usize::from(segment.inline)];
        let key = Key {
            face: segment.face,
            figures: if segment.fraction { Figures::Fraction } else { inline.style.figures },
            script: if own_script_unset(segment.script) { Script::Latin } else { segment.script },
            rtl: segment.level % 2 == 1,
            lang: inline.lang.as_ref().map_or(self.lang, |l| self.shaper.language(l.as_str())),
        };
        self.shaper.shape(&key, &text[segment.range.clone()])
    }

    fn push_run(&mut self, segment: &Segment, shaped: &Shaped) {
        let style = &self.para.inlines[usize::from(segment.inline)].style;
        let start = self.para.glyphs.len() as u32;
        let offset = segment.range.start as u32;
        self.para.glyphs.extend(shaped.glyphs.iter().map(|g| Glyph {
            advance: g.advance + style.tracking,
            text: (g.text.0 + offset, g.text.1 + offset),
            ..*g
        }));
        let count = shaped.glyphs.len() as u32;
        let mut width = shaped.width + style.tracking * count as f32;
        let (mut lead, mut trail) = (0.0, 0.0);
        if style.boxed {
            let span =
                self.spans.iter().find(|(_, i)| *i == segment.inline).map(|(r, _)| r.clone()).unwrap_or_default();
            lead = if span.start == segment.range.start { BOX_PAD + BOX_GAP } else { 0.0 };
            trail = if span.end == segment.range.end { BOX_PAD + BOX_GAP } else { 0.0 };
            width += lead + trail;
        }
        self.para.runs.push(Run {
            inline: segment.inline,
            face: segment.face,
            level: segment.level,
            glyphs: start..start + count,
            lead,
            trail,
            width: width * style.scale,
        });
    }
}

/// Where the word ends that begins at `start`, and what ends it: a space, a line's end, or (as a space) the text's end.
fn word_end(text: &str, start: usize) -> (usize, char) {
    // of the line separator's bytes the first is the first of a character wherever it stands
    const LINE: u8 = 0xe2;
    let mut at = start;
    while let Some(i) = text.as_bytes()[at..].iter().position(|b| matches!(*b, b' ' | LINE)) {
        at += i;
        if text.as_bytes()[at] == b' ' {
            return (at, ' ');
        }
        if text[at..].starts_with('\u{2028}') {
            return (at, '\u{2028}');
        }
        at += 1;
    }
    (text.len(), ' ')
}

#[cfg(test)]
mod tests {
    use super::word_end;
    use proptest::prelude::*;

    proptest! {
        /// The bytes say the same as the characters.
        #[test]
        fn words_end_at_spaces_and_line_ends(text in "[a é‐–\u{2028}\u{2029}\u{e2}½]{0,24}") {
            for (start, _) in text.char_indices() {
                let rest = &text[start..];
                let end = rest.char_indices().find(|(_, c)| matches!(c, ' ' | '\u{2028}'));
                prop_assert_eq!(word_end(&text, start), end.map_or((text.len(), ' '), |(i, c)| (start + i, c)));
            }
        }
    }
}
