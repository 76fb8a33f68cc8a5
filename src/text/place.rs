//! Lines to glyph runs at places.

use super::para::{BOX_GAP, Break, Para};
use crate::fonts::FaceId;
use crate::frame::{Glyph, GlyphRun, Rgb};
use crate::locale::Lang;
use crate::rich::Target;
use std::ops::Range;

/// A line ready to be put on a page.
#[derive(Debug, Default)]
pub struct Line<'p> {
    /// Glyph runs with the language and the link of their text.
    pub runs: Vec<(GlyphRun, Option<&'p Lang>, Option<&'p Target>)>,
    /// Boxes round pieces of text: left and right edge, and colour.
    pub boxes: Vec<(f32, f32, Rgb)>,
    /// Its width in points.
    pub width: f32,
}

struct Visual {
    run: usize,
    /// Room after the run that justification adds, in points.
    stretch: f32,
}

impl Para {
    /// Sets pieces as a line with its left end at `x` and its baseline at `y`, at a size in points. Where `justify` gives a width,
    /// the space between pieces is stretched to fill it.
    pub fn place(&self, pieces: &Range<usize>, size: f32, x: f32, y: f32, justify: Option<f32>) -> Line<'_> {
        let natural = self.line_width(pieces) * size;
        let gaps = pieces.len().saturating_sub(1);
        let spare = justify.map_or(0.0, |w| (w - natural).max(0.0));
        // a line that is far too short is left alone
        let stretch = if gaps > 0 && spare < natural * 0.25 { spare / gaps as f32 } else { 0.0 };
        let order = self.visual_order(pieces, stretch);
        let mut line = Line { width: natural + stretch * gaps as f32, ..Line::default() };
        let mut pen = x;
        let mut box_start: Option<(u16, f32)> = None;
        let mut joined = 0;
        for (k, v) in order.iter().enumerate() {
            let run = &self.runs[v.run];
            let inline = &self.inlines[usize::from(run.inline)];
            let run_size = size * inline.style.scale;
            if inline.style.boxed && run.lead > 0.0 {
                box_start = Some((run.inline, pen + BOX_GAP * run_size));
            }
            pen += run.lead * run_size;
            if k >= joined {
                joined = k + self.joining(&order[k..]);
                let joined = self.join(&order[k..joined], run_size, (pen, y));
                line.runs.push((joined, inline.lang.as_ref(), inline.link.as_ref()));
            }
            let glyphs = self.glyphs_of(v.run..v.run + 1);
            pen += glyphs.iter().map(|g| g.advance).sum::<f32>() * run_size + v.stretch;
            pen += run.trail * run_size;
            if run.trail > 0.0
                && let Some((_, start)) = box_start.take_if(|(i, _)| *i == run.inline)
            {
                line.boxes.push((start, pen - BOX_GAP * run_size, inline.style.color));
            }
        }
        self.end_with_hyphen(pieces, size, pen, y, &mut line);
        line
    }

    /// How many runs, from the first on, are one: they differ in nothing a page can show. Boxed ones stay apart.
    fn joining(&self, order: &[Visual]) -> usize {
        let boxed = |v: &Visual| self.inlines[usize::from(self.runs[v.run].inline)].style.boxed;
        let joins =
            |pair: &&[Visual]| !boxed(&pair[1]) && self.continues(pair[0].run, pair[1].run) && pair[0].stretch == 0.0;
        1 + order.windows(2).take_while(joins).count()
    }

    /// The glyphs of neighbouring runs.
    fn glyphs_of(&self, runs: Range<usize>) -> &[Glyph] {
        &self.glyphs[self.runs[runs.start].glyphs.start as usize..self.runs[runs.end - 1].glyphs.end as usize]
    }

    /// Runs that are one, with the text and the glyphs of all.
    fn join(&self, members: &[Visual], size: f32, (x, y): (f32, f32)) -> GlyphRun {
        let (start, end) = (members[0].run, members[members.len() - 1].run + 1);
        let first = &self.runs[start];
        let room = members.iter().map(|v| self.runs[v.run].glyphs.len()).sum();
        let mut out = GlyphRun {
            face: first.face,
            size,
            color: self.inlines[usize::from(first.inline)].style.color,
            x,
            y,
            glyphs: Vec::with_capacity(room),
            text: String::with_capacity(room + room / 8),
            rtl: first.level % 2 == 1,
        };
        // most stand in the order of the text, and their glyphs one after the other
        if members.windows(2).all(|pair| pair[1].run == pair[0].run + 1) {
            extend(&mut out, self.glyphs_of(start..end), &self.text);
        } else {
            members.iter().for_each(|v| extend(&mut out, self.glyphs_of(v.run..v.run + 1), &self.text));
        }
        out
    }

    fn end_with_hyphen<'p>(&'p self, pieces: &Range<usize>, size: f32, pen: f32, y: f32, line: &mut Line<'p>) {
        let broken =
            matches!(self.pieces[..pieces.end].last().map(|p| p.after), Some(Break::Inner { hyphen: true, .. }))
                && pieces.end < self.pieces.len();
        if let (true, Some((face, glyph))) = (broken, self.hyphen) {
            let color = line.runs.last().map_or(Rgb::BLACK, |(r, _, _)| r.color);
            let glyph = Glyph { text: (0, 2), ..glyph };
            let run = GlyphRun { face, size, color, x: pen, y, glyphs: vec![glyph], text: "\u{ad}".into(), rtl: false };
            line.runs.push((run, None, None));
        }
    }

    /// Whether run `b` can go on where run `a` ends.
    fn continues(&self, a: usize, b: usize) -> bool {
        let (a, b) = (&self.runs[a], &self.runs[b]);
        let (x, y) = (&self.inlines[usize::from(a.inline)], &self.inlines[usize::from(b.inline)]);
        let same: (FaceId, u8) = (a.face, a.level);
        let plain = a.level == 0 && a.trail == 0.0 && b.lead == 0.0;
        let alike =
            || x.style.scale == y.style.scale && x.style.color == y.style.color && x.lang == y.lang && x.link == y.link;
        same == (b.face, b.level) && plain && !x.style.boxed && (a.inline == b.inline || alike())
    }

    /// The runs of a line from left to right (rule L2 of the bidirectional algorithm), the last space left in place so that
    /// extracted words stay apart.
    fn visual_order(&self, pieces: &Range<usize>, stretch: f32) -> Vec<Visual> {
        let mut runs: Vec<Visual> = Vec::with_capacity(2 * pieces.len());
        for (k, piece) in self.pieces[pieces.clone()].iter().enumerate() {
            let last = k + 1 == pieces.len();
            runs.extend(piece.runs.clone().map(|r| Visual { run: r as usize, stretch: 0.0 }));
            if let Some(space) = piece.space_run.filter(|_| !(last && self.rtl)) {
                runs.push(Visual { run: space as usize, stretch: 0.0 });
            }
            if !last && let Some(end) = runs.last_mut() {
                end.stretch = stretch;
            }
        }
        let highest = runs.iter().map(|v| self.runs[v.run].level).max().unwrap_or(0);
        if highest == 0 {
            return runs;
        }
        for level in (1..=highest).rev() {
            let mut i = 0;
            while i < runs.len() {
                let end = i + runs[i..].iter().take_while(|v| self.runs[v.run].level >= level).count();
                if end > i {
                    runs[i..end].reverse();
                }
                i = end.max(i + 1);
            }
        }
        runs
    }
}

/// Appends glyphs, with their text, to a run.
fn extend(run: &mut GlyphRun, glyphs: &[Glyph], text: &str) {
    if run.rtl {
        // the text of a right-to-left run is kept in reading order: the last glyph's first
        let mut at = Vec::with_capacity(glyphs.len());
        for g in glyphs.iter().rev() {
            let piece = &text[g.text.0 as usize..g.text.1 as usize];
            at.push((run.text.len() as u32, (run.text.len() + piece.len()) as u32));
            run.text.push_str(piece);
        }
        at.reverse();
        run.glyphs.extend(glyphs.iter().zip(at).map(|(g, t)| Glyph { text: t, ..*g }));
        return;
    }
    // most glyphs stand for a letter each, one after the other
    let (start, end) = glyphs.first().zip(glyphs.last()).map_or((0, 0), |(a, b)| (a.text.0, b.text.1));
    let next_to = |pair: &[Glyph]| pair[0].text.0 < pair[0].text.1 && pair[0].text.1 == pair[1].text.0;
    if start < end && glyphs.windows(2).all(next_to) {
        let at = run.text.len() as u32;
        run.text.push_str(&text[start as usize..end as usize]);
        let moved = |g: &Glyph| Glyph { text: (g.text.0 - start + at, g.text.1 - start + at), ..*g };
        run.glyphs.extend(glyphs.iter().map(moved));
        return;
    }
    for g in glyphs {
        let piece = &text[g.text.0 as usize..g.text.1 as usize];
        let start = run.text.len() as u32;
        run.text.push_str(piece);
        run.glyphs.push(Glyph { text: (start, run.text.len() as u32), ..*g });
    }
}
