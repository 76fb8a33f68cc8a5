//! Pairings, and lines for notes.

use super::canvas::{Canvas, How, Set};
use super::context::Context;
use crate::frame::{Role, TagId};
use crate::geom::mm;
use crate::theme::{HeadStyle, NotesStyle, PairingStyle, TextRole};

/// The pairings, measured.
#[derive(Debug, Clone)]
pub(super) struct Serve {
    set: Set,
    labelled: bool,
    pub(super) height: f32,
}

impl Serve {
    /// The pairings in a width and a height; `labelled` when the side's head does not name them already.
    pub(super) fn measure(c: &Context<'_>, body: Set, width: f32, room: f32, labelled: bool) -> Option<Serve> {
        if c.m.pairings.is_empty() {
            return None;
        }
        let sentence = c.theme.parts.pairings == PairingStyle::Sentence;
        let ratio = if sentence { 1.26 } else { 1.27 } * c.m.script.pitch.max(1.0);
        let least = body.size.max(c.theme.ladder[3].from);
        let mut size = c.class.pairing.max(least);
        loop {
            let mut set = c.set(TextRole::Pairing, size, size * ratio);
            set.ascent = 0.74;
            let mut serve = Serve { set, labelled, height: 0.0 };
            serve.height = serve.total(c, width);
            let lines: usize = c.m.pairings.iter().map(|p| set.lines(p, width, 0.0)).sum();
            let calm = if sentence { lines <= 5 } else { lines <= c.m.pairings.len() + 1 };
            if serve.height <= room && (calm || size <= least) {
                return Some(serve);
            }
            if size <= least {
                return None;
            }
            size = (size - 0.5).max(least);
        }
    }

    fn total(&self, c: &Context<'_>, width: f32) -> f32 {
        let lines: usize = c.m.pairings.iter().map(|p| self.set.lines(p, width, 0.0)).sum();
        self.set.height(lines) + if self.labelled { self.label_height(c) } else { 0.0 }
    }

    fn label_height(&self, c: &Context<'_>) -> f32 {
        label_baseline(c) + c.sp(3.2)
    }

    pub(super) fn draw(&self, c: &Context<'_>, canvas: &mut Canvas<'_>, x: f32, y: f32, width: f32, art: TagId) {
        let mut at = y;
        let section = canvas.tags.add(Role::Sect, Some(art));
        if self.labelled {
            if c.theme.parts.head == HeadStyle::Ruled {
                canvas.rule((x, y), (x + width, y), 0.35, c.theme.parts.rule);
            }
            let baseline = y + label_baseline(c);
            let label = canvas.tags.add(Role::Heading(2), Some(section));
            canvas.line(&c.m.label_pairings, c.class.label, x, baseline, width, How::new(Some(label)));
            at += self.label_height(c);
        }
        for para in &c.m.pairings {
            let tag = canvas.tags.add(Role::P, Some(section));
            at += canvas.para(para, self.set, x, at, width, How::new(Some(tag))) + self.set.leading();
        }
    }
}

/// From the top of the pairings to the baseline of their label, under a rule where the theme has one.
fn label_baseline(c: &Context<'_>) -> f32 {
    match c.theme.parts.head {
        HeadStyle::Ruled if c.is_large() => c.sp(5.4),
        HeadStyle::Ruled => c.sp(4.2),
        _ => c.class.label * 0.75,
    }
}

/// Between two lines for notes.
fn notes_pitch(c: &Context<'_>) -> f32 {
    mm(8.0) * c.class.space.clamp(0.85, 1.15)
}

/// How many lines for notes fit between `top` and the foot of a side; none when fewer than two would.
pub(super) fn notes_lines(c: &Context<'_>, top: f32, bottom: f32) -> usize {
    let room = bottom - top - c.class.label - c.sp(6.0);
    let lines = (room / notes_pitch(c)).floor().max(-1.0) as i32 + 1;
    if lines < 2 { 0 } else { lines.min(11) as usize }
}

/// Draws lines for notes down to `bottom`.
pub(super) fn draw_notes(c: &Context<'_>, canvas: &mut Canvas<'_>, lines: usize, bottom: f32) {
    let (x, width, parts) = (c.class.margin, c.inner(), &c.theme.parts);
    let pitch = notes_pitch(c);
    let first = bottom - (lines - 1) as f32 * pitch;
    canvas.line(&c.m.label_notes, c.class.label, x, first - c.sp(6.4), width, How::new(None));
    for i in 0..lines {
        let y = first + i as f32 * pitch;
        match parts.notes {
            NotesStyle::Dots => canvas.dots(x, y, width, 0.6, parts.soft),
            NotesStyle::Lines => canvas.rule((x, y), (x + width, y), 0.5, parts.hair),
        }
    }
}
