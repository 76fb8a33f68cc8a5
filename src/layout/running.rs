//! The running head of every side but the first.

use super::canvas::{Canvas, How};
use super::context::Context;
use super::head::HEAVY_RULE;
use crate::text::Para;
use crate::theme::{HeadStyle, TextRole};

/// Where the body of a side begins that has a running head.
pub(super) fn end(c: &Context<'_>) -> f32 {
    c.past_hole(match c.theme.parts.head {
        HeadStyle::Ruled => c.class.top + 1.055 * c.class.label + c.sp(under(c)) + c.sp(3.7),
        HeadStyle::Bar => bar_height(c) + c.sp(8.0),
        HeadStyle::Framed => c.class.top + c.sp(2.4) + running_size(c) + c.sp(1.6) + c.sp(4.6),
    })
}

/// Draws it: what the side holds at one end, the recipe at the other. All of it is decoration, for the tags tell as much.
pub(super) fn draw(c: &Context<'_>, canvas: &mut Canvas<'_>, side: usize, left: &Para, right: Option<&Para>) {
    let (class, parts) = (c.class, &c.theme.parts);
    // a ring's hole is at the start of a back, and at the end of a front
    let hole = c.beside_hole();
    let x = class.margin + if side % 2 == 1 { hole } else { 0.0 };
    let w = c.inner() - hole;
    match parts.head {
        HeadStyle::Ruled => {
            let y = class.top + 1.055 * class.label;
            let tail = right.map_or(0.0, |r| r.natural_width() * class.label + c.sp(2.4));
            let fit = ((w - tail) / left.natural_width().max(0.1)).min(class.label);
            if fit >= LEAST_LABEL * class.label {
                canvas.line(left, fit, x, y, w, How::new(None));
            }
            if let Some(r) = right {
                canvas.line(r, class.label, x, y, w, How::new(None).end());
            }
            let room = w - left.natural_width() * class.label - c.sp(6.0) - tail;
            if let Some((name, size)) =
                name(c, room, c.least(class.label * 1.03), if c.is_large() { 12.0 } else { 5.6 })
            {
                canvas.line(name, size, x, y, w - tail, How::new(None).end());
            }
            let rule = y + c.sp(under(c));
            canvas.rule((x, rule), (x + w, rule), 0.35, parts.rule);
        }
        HeadStyle::Bar => {
            let bar = bar_height(c);
            if parts.fills {
                canvas.band(0.0, bar, parts.accent);
            } else {
                let y = bar - HEAVY_RULE / 2.0;
                canvas.rule((x, y), (x + w, y), HEAVY_RULE, parts.rule);
            }
            let size = if c.is_large() { c.least(17.0) } else { 12.5 * class.space.min(1.2) };
            let cap = c.cap(TextRole::Running) * size;
            let y = (bar / 2.0 + cap / 2.0 + c.sp(0.6)).max(c.safe_top() + cap);
            if let Some((name, size)) = name(c, beside(c, right), size, if c.is_large() { 12.0 } else { 7.4 }) {
                canvas.line(name, size, x, y, w, How::new(None));
            }
            if let Some(r) = right {
                canvas.line(r, class.label, x, y, w, How::new(None).end());
            }
        }
        HeadStyle::Framed => {
            canvas.rule((x, class.top), (x + w, class.top), 1.4, parts.rule);
            let y = class.top + c.sp(2.4) + 0.76 * running_size(c);
            if let Some((name, size)) =
                name(c, beside(c, right), running_size(c), if c.is_large() { 12.0 } else { 7.4 })
            {
                canvas.line(name, size, x, y, w, How::new(None));
            }
            if let Some(r) = right {
                canvas.line(r, class.label, x, y, w, How::new(None).end());
            }
            let rule = class.top + c.sp(2.4) + running_size(c) + c.sp(1.6);
            canvas.rule((x, rule), (x + w, rule), 0.5, parts.rule);
        }
    }
}

/// A label smaller than this share of its size is left out; the sign beside it says as much.
const LEAST_LABEL: f32 = 0.8;

/// From the baseline of a ruled head to its rule, in millimetres of the 5 × 8 card.
fn under(c: &Context<'_>) -> f32 {
    if c.is_large() { 3.0 } else { 2.0 }
}

fn running_size(c: &Context<'_>) -> f32 {
    if c.is_large() { c.least(17.0) } else { 10.8 * c.class.space.clamp(0.95, 1.2) }
}

/// What a sign at the end leaves of the width.
fn beside(c: &Context<'_>, right: Option<&Para>) -> f32 {
    c.inner() - c.beside_hole() - right.map_or(0.0, |r| r.natural_width() * c.class.label + c.sp(4.0))
}

/// The recipe's name, shorter or smaller if need be; `None` when even that has no room.
fn name<'m>(c: &Context<'m>, room: f32, size: f32, least: f32) -> Option<(&'m Para, f32)> {
    c.m.running.iter().find_map(|para| {
        let fit = (room / para.natural_width().max(0.1)).min(size);
        (fit >= least).then_some((para, fit))
    })
}

fn bar_height(c: &Context<'_>) -> f32 {
    c.sp(17.0)
}
