//! Yield and times: a row of cells, a row in the bar, or one line.

use super::canvas::{Canvas, How, Set};
use super::context::Context;
use super::head::PhotoPlace;
use crate::frame::{Role, TagId};
use crate::geom::mm;
use crate::theme::{Facts, HeadStyle, TextRole};
use std::ops::Range;

/// How the facts stand on this card. Small and lying cards have no height for cells.
pub(super) fn style(c: &Context<'_>, photo: PhotoPlace) -> Facts {
    let wanted = c.theme.parts.facts;
    // in a bar a small photo takes the room that cells would need
    let beside_photo = c.theme.parts.head == HeadStyle::Bar && matches!(photo, PhotoPlace::Small(_));
    let low = c.is_landscape() || c.class.space < 0.9 || beside_photo;
    let fits = || {
        let (value, label) = sizes(c, wanted);
        width(c, wanted, value, label) <= room(c, wanted)
    };
    if wanted != Facts::Row && (low || !fits()) { Facts::Row } else { wanted }
}

/// Which facts stand in which row. Long words in some languages need more rows than one.
fn rows(c: &Context<'_>, value: f32, label: f32) -> Vec<Range<usize>> {
    let room = room(c, Facts::Row);
    let mut rows: Vec<Range<usize>> = Vec::new();
    let mut used = 0.0;
    for (i, (l, v)) in c.m.facts.iter().enumerate() {
        let w = l.natural_width() * label + LABEL_GAP + v.natural_width() * value;
        match rows.last_mut() {
            Some(row) if used + ROW_GAP + w <= room + 0.1 => {
                row.end = i + 1;
                used += ROW_GAP + w;
            }
            _ => {
                rows.push(i..i + 1);
                used = w;
            }
        }
    }
    rows
}

/// A fact that is too wide for a line of its own.
struct Wrapped {
    label: Set,
    value: Set,
    /// Lines of a label that leaves its value no room beside it; the value then stands below.
    above: usize,
    /// How wide the value is.
    width: f32,
    /// How much higher it is than one line.
    more: f32,
}

fn wrapped(c: &Context<'_>, row: &Range<usize>, value: f32, label: f32) -> Option<Wrapped> {
    let (l, v) = &c.m.facts[row.start];
    let room = room(c, Facts::Row);
    let beside = room - l.natural_width() * label - LABEL_GAP;
    if row.len() > 1 || v.natural_width() * value <= beside + 0.1 {
        return None;
    }
    let set = c.set(TextRole::Fact, value, 1.25 * value);
    let label_set = c.set(TextRole::FactLabel, label, 1.25 * value);
    let above = if beside < 0.3 * room { label_set.lines(l, room, 0.0).max(1) } else { 0 };
    let width = if above > 0 { room } else { beside };
    let lines = set.lines(v, width, 0.0).max(1) - 1;
    let more = lines as f32 * set.pitch + above as f32 * label_set.pitch;
    Some(Wrapped { label: label_set, value: set, above, width, more })
}

/// From a label to its value in a row, and from there to the next label, in points.
const LABEL_GAP: f32 = mm(1.5);
const ROW_GAP: f32 = mm(4.6);
/// From one row's baseline to the next, relative to the size of the values.
const ROW_PITCH: f32 = 1.5;

/// The size of the values, so that all of them fit.
fn sizes(c: &Context<'_>, style: Facts) -> (f32, f32) {
    let (mut value, mut label) = (c.class.fact, c.class.fact_label);
    if style == Facts::Row {
        value = value.min(c.least(10.6 * c.class.space.max(1.0)));
    }
    if c.is_large() {
        // rather more rows than smaller figures
        return (c.class.fact, label);
    }
    while value > 7.8 && width(c, style, value, label) > room(c, style) {
        value -= 0.2;
        label = (label - 0.05).max(6.4);
    }
    (value, label)
}

fn room(c: &Context<'_>, style: Facts) -> f32 {
    let kicker = c.m.kicker.natural_width() * c.class.kicker;
    let beside = style == Facts::Row && c.theme.parts.head == HeadStyle::Framed && !c.m.kicker.is_empty();
    c.inner() - if beside { kicker + c.sp(5.0) } else { 0.0 }
}

fn width(c: &Context<'_>, style: Facts, value: f32, label: f32) -> f32 {
    let cells = c.m.facts.iter().map(|(l, v)| match style {
        Facts::Row => l.natural_width() * label + LABEL_GAP + v.natural_width() * value,
        Facts::Cells | Facts::Bar => (l.natural_width() * label).max(v.natural_width() * value),
    });
    let gap = match style {
        Facts::Row => ROW_GAP,
        Facts::Cells => mm(8.0),
        Facts::Bar => mm(5.0),
    };
    cells.sum::<f32>() + gap * c.m.facts.len().saturating_sub(1) as f32
}

/// The height from the rule above to the rule below, or to the last baseline in a bar.
pub(super) fn height(c: &Context<'_>, style: Facts) -> f32 {
    if c.m.facts.is_empty() {
        return 0.0;
    }
    let (value, label) = sizes(c, style);
    match style {
        Facts::Cells => c.sp(4.7) + c.cap(TextRole::Fact) * value + mm(2.7) * c.class.space.sqrt() + c.sp(2.8),
        Facts::Bar => mm(2.2) + c.cap(TextRole::FactLabel) * label + mm(1.5) + c.cap(TextRole::Fact) * value,
        Facts::Row => {
            let rows = rows(c, value, label);
            let wrapped: f32 = rows.iter().filter_map(|row| wrapped(c, row, value, label)).map(|w| w.more).sum();
            let more = ROW_PITCH * value * (rows.len() - 1) as f32 + wrapped;
            let pad = if c.theme.parts.head == HeadStyle::Bar { c.sp(3.4) } else { 2.0 * c.sp(1.6) };
            pad + c.cap(TextRole::Fact) * value + more
        }
    }
}

/// Draws them with the rule above at `top`.
pub(super) fn draw(c: &Context<'_>, canvas: &mut Canvas<'_>, style: Facts, top: f32, art: TagId, with_kicker: bool) {
    if c.m.facts.is_empty() {
        return;
    }
    let (value, label) = sizes(c, style);
    match style {
        Facts::Cells => draw_cells(c, canvas, top, (value, label), art),
        Facts::Bar => draw_bar(c, canvas, top, (value, label), art),
        Facts::Row => draw_rows(c, canvas, top, (value, label), art, with_kicker),
    }
}

/// How wide each fact is when its label stands over its value.
fn cells(c: &Context<'_>, (value, label): (f32, f32)) -> Vec<f32> {
    c.m.facts.iter().map(|(l, v)| (l.natural_width() * label).max(v.natural_width() * value)).collect()
}

fn draw_cells(c: &Context<'_>, canvas: &mut Canvas<'_>, top: f32, (value, label): (f32, f32), art: TagId) {
    let (x, parts) = (c.class.margin, &c.theme.parts);
    let label_y = top + c.sp(4.7);
    let value_y = label_y + c.cap(TextRole::Fact) * value + mm(2.7) * c.class.space.sqrt();
    let widths = cells(c, (value, label));
    let n = widths.len();
    // few facts stand together at the start; many share the width
    let spare = (c.inner() - widths.iter().sum::<f32>()).max(0.0);
    let gap = if n > 1 { (spare / (n - 1) as f32).min(mm(26.0)) } else { 0.0 };
    let mut at = x;
    for (i, ((l, v), w)) in c.m.facts.iter().zip(&widths).enumerate() {
        let tag = canvas.tags.add(Role::P, Some(art));
        canvas.line(l, label, at, label_y, *w, How::new(Some(tag)));
        canvas.line(v, value, at, value_y, *w, How::new(Some(tag)));
        if i + 1 < n {
            let mid = at + w + gap / 2.0;
            canvas.rule((mid, label_y - c.sp(2.1)), (mid, value_y + c.sp(0.5)), 0.4, parts.hair);
        }
        at += w + gap;
    }
    let rule = top + height(c, Facts::Cells);
    canvas.rule((x, rule), (x + c.inner(), rule), 0.35, parts.rule);
}

fn draw_bar(c: &Context<'_>, canvas: &mut Canvas<'_>, top: f32, (value, label): (f32, f32), art: TagId) {
    let x = c.class.margin;
    canvas.rule((x, top), (x + c.inner(), top), 1.4, c.theme.parts.rule);
    let label_y = top + mm(2.2) + c.cap(TextRole::FactLabel) * label;
    let value_y = label_y + mm(1.5) + c.cap(TextRole::Fact) * value;
    let widths = cells(c, (value, label));
    let gap = ((c.inner() - widths.iter().sum::<f32>()) / widths.len() as f32).clamp(mm(4.0), mm(16.0));
    let mut at = x;
    for ((l, v), w) in c.m.facts.iter().zip(&widths) {
        let tag = canvas.tags.add(Role::P, Some(art));
        canvas.line(l, label, at, label_y, *w, How::new(Some(tag)));
        canvas.line(v, value, at, value_y, *w, How::new(Some(tag)));
        at += w + gap;
    }
}

fn draw_rows(
    c: &Context<'_>,
    canvas: &mut Canvas<'_>,
    top: f32,
    (value, label): (f32, f32),
    art: TagId,
    with_kicker: bool,
) {
    let (x, parts) = (c.class.margin, &c.theme.parts);
    let (bar, framed) = (parts.head == HeadStyle::Bar, parts.head == HeadStyle::Framed);
    let first = top + if bar { c.sp(3.4) } else { c.sp(1.6) } + c.cap(TextRole::Fact) * value;
    let mut down = 0.0;
    for (k, row) in rows(c, value, label).into_iter().enumerate() {
        let y = first + ROW_PITCH * value * k as f32 + down;
        let mut at = x;
        if let Some(wide) = wrapped(c, &row, value, label) {
            let (l, v) = &c.m.facts[row.start];
            let how = How::new(Some(canvas.tags.add(Role::P, Some(art))));
            let mut top = y - wide.value.ascent * wide.value.size;
            if wide.above > 0 {
                canvas.para(l, wide.label, at, y - wide.label.ascent * wide.label.size, wide.width, how);
                top += wide.above as f32 * wide.label.pitch;
            } else {
                at += canvas.line(l, label, at, y, c.inner(), how) + LABEL_GAP;
            }
            canvas.para(v, wide.value, at, top, wide.width, how);
            down += wide.more;
            continue;
        }
        for (l, v) in &c.m.facts[row] {
            let tag = canvas.tags.add(Role::P, Some(art));
            at += canvas.line(l, label, at, y, c.inner(), How::new(Some(tag))) + LABEL_GAP;
            at += canvas.line(v, value, at, y, c.inner(), How::new(Some(tag))) + ROW_GAP;
        }
    }
    if framed && with_kicker && !c.m.kicker.is_empty() {
        let tag = canvas.tags.add(Role::P, Some(art));
        canvas.line(&c.m.kicker, c.class.kicker, x, first, c.inner(), How::new(Some(tag)).end());
    }
    if !bar {
        let rule = top + height(c, Facts::Row);
        canvas.rule((x, rule), (x + c.inner(), rule), if framed { 0.5 } else { 0.35 }, parts.rule);
    }
}
