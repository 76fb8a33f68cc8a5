//! From pieces of text to a shaped paragraph.

use super::chars::{is_cjk, is_complex, is_ignorable, is_mark, is_rtl, own_script};
use super::cuts::{inner_cuts, line_breaks};
use super::para::{BOX_GAP, BOX_PAD, Break, Inline, Para, ParaStyle, Piece, Run};
use super::shape::{Figures, Key, Shaper};
use crate::fonts::FaceId;
use crate::frame::Glyph;
use std::ops::Range;
use unicode_script::Script;

/// A byte range of the text with one inline, one level, one face and one script.
struct Segment {
    range: Range<usize>,
    inline: u16,
    level: u8,
    face: FaceId,
    script: Script,
    fraction: bool,
}

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
        let mut b = Builder { shaper: self, style, lang, spans, levels, para };
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

struct Builder<'s, 'b, 'p> {
    shaper: &'s mut Shaper<'b>,
    style: &'p ParaStyle<'p>,
    /// The number of the paragraph's language.
    lang: u16,
    spans: Vec<(Range<usize>, u16)>,
    levels: Option<Vec<u8>>,
    para: Para,
}

/// Words wider than this (in ems) get places where they may be broken if a line turns out to be narrower still.
const LONG_WORD: f32 = 8.0;

impl Builder<'_, '_, '_> {
    fn words(&mut self) {
        let text = std::mem::take(&mut self.para.text);
        let mut start = 0;
        while start < text.len() {
            let rest = &text[start..];
            let cut = rest.find([' ', '\u{2028}']).and_then(|i| rest[i..].chars().next().map(|c| (start + i, c)));
            let (i, c) = cut.unwrap_or((text.len(), ' '));
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
        let inline = self.inline_at(at);
        let first = self.para.runs.len();
        self.segment(
            text,
            &Segment {
                range: at..at + 1,
                inline,
                level: self.level_at(at),
                face: self.para.inlines[usize::from(inline)].style.face,
                script: Script::Latin,
                fraction: false,
            },
        );
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
            if let Some(plain) = self.plain_segment(text, &(start..end)) {
                self.segment(text, &plain);
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

    fn inline_at(&self, byte: usize) -> u16 {
        self.spans.iter().find(|(r, _)| r.contains(&byte)).map_or(0, |(_, i)| *i)
    }

    fn level_at(&self, byte: usize) -> u8 {
        self.levels.as_ref().map_or(0, |l| l[byte])
    }

    /// A word of plain letters in one style and one face: what most words are.
    fn plain_segment(&self, text: &str, range: &Range<usize>) -> Option<Segment> {
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

    /// Cuts a word where the style, the direction, the face or the kind of figures changes.
    fn segments(&mut self, text: &str, range: Range<usize>) -> Vec<Segment> {
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

    fn segment(&mut self, text: &str, segment: &Segment) {
        let inline = &self.para.inlines[usize::from(segment.inline)];
        let style = &inline.style;
        let key = Key {
            face: segment.face,
            figures: if segment.fraction { Figures::Fraction } else { style.figures },
            script: if own_script_unset(segment.script) { Script::Latin } else { segment.script },
            rtl: segment.level % 2 == 1,
            lang: inline.lang.as_ref().map_or(self.lang, |l| self.shaper.language(l.as_str())),
        };
        let shaped = self.shaper.shape(&key, &text[segment.range.clone()]);
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

fn own_script_unset(script: Script) -> bool {
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
