//! Yield and times: a row of cells, a row in the bar, or one line.

use super::canvas::{Canvas, How};
use super::context::Context;
use super::head::PhotoPlace;
use crate::frame::{Role, TagId};
use crate::geom::mm;
use crate::theme::{Facts, HeadStyle, TextRole};

/// How the facts stand on this card. Small and lying cards have no height for cells.
pub(super) fn style(c: &Context<'_>, photo: PhotoPlace) -> Facts {
    let wanted = c.theme.parts.facts;
    // in a bar a small photo takes the room that cells would need
    let beside_photo = c.theme.parts.head == HeadStyle::Bar && matches!(photo, PhotoPlace::Small(_));
    let low = c.is_landscape() || c.class.space < 0.9 || beside_photo;
    if wanted != Facts::Row && low { Facts::Row } else { wanted }
}

/// The size of the values, so that all of them fit.
fn sizes(c: &Context<'_>, style: Facts) -> (f32, f32) {
    let (mut value, mut label) = (c.class.fact, c.class.fact_label);
    if style == Facts::Row {
        value = value.min(10.6 * c.class.space.max(1.0));
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
        Facts::Row => l.natural_width() * label + mm(1.5) + v.natural_width() * value,
        Facts::Cells | Facts::Bar => (l.natural_width() * label).max(v.natural_width() * value),
    });
    let gap = match style {
        Facts::Row => mm(4.6),
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
        Facts::Row if c.theme.parts.head == HeadStyle::Bar => c.sp(3.4) + c.cap(TextRole::Fact) * value,
        Facts::Row => 2.0 * c.sp(1.6) + c.cap(TextRole::Fact) * value,
    }
}

/// Draws them with the rule above at `top`.
pub(super) fn draw(c: &Context<'_>, canvas: &mut Canvas<'_>, style: Facts, top: f32, art: TagId, with_kicker: bool) {
    if c.m.facts.is_empty() {
        return;
    }
    let (value, label) = sizes(c, style);
    let x = c.class.margin;
    let parts = &c.theme.parts;
    match style {
        Facts::Cells => {
            let label_y = top + c.sp(4.7);
            let value_y = label_y + c.cap(TextRole::Fact) * value + mm(2.7) * c.class.space.sqrt();
            let widths: Vec<f32> =
                c.m.facts.iter().map(|(l, v)| (l.natural_width() * label).max(v.natural_width() * value)).collect();
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
            let rule = top + height(c, style);
            canvas.rule((x, rule), (x + c.inner(), rule), 0.35, parts.rule);
        }
        Facts::Bar => {
            canvas.rule((x, top), (x + c.inner(), top), 1.4, parts.rule);
            let label_y = top + mm(2.2) + c.cap(TextRole::FactLabel) * label;
            let value_y = label_y + mm(1.5) + c.cap(TextRole::Fact) * value;
            let widths: Vec<f32> =
                c.m.facts.iter().map(|(l, v)| (l.natural_width() * label).max(v.natural_width() * value)).collect();
            let gap = ((c.inner() - widths.iter().sum::<f32>()) / widths.len() as f32).clamp(mm(4.0), mm(16.0));
            let mut at = x;
            for ((l, v), w) in c.m.facts.iter().zip(&widths) {
                let tag = canvas.tags.add(Role::P, Some(art));
                canvas.line(l, label, at, label_y, *w, How::new(Some(tag)));
                canvas.line(v, value, at, value_y, *w, How::new(Some(tag)));
                at += w + gap;
            }
        }
        Facts::Row => {
            let bar = parts.head == HeadStyle::Bar;
            let y = top + if bar { c.sp(3.4) } else { c.sp(1.6) } + c.cap(TextRole::Fact) * value;
            let mut at = x;
            for (l, v) in &c.m.facts {
                let tag = canvas.tags.add(Role::P, Some(art));
                at += canvas.line(l, label, at, y, c.inner(), How::new(Some(tag))) + mm(1.5);
                at += canvas.line(v, value, at, y, c.inner(), How::new(Some(tag))) + mm(4.6);
            }
            if parts.head == HeadStyle::Framed && with_kicker && !c.m.kicker.is_empty() {
                let tag = canvas.tags.add(Role::P, Some(art));
                canvas.line(&c.m.kicker, c.class.kicker, x, y, c.inner(), How::new(Some(tag)).end());
            }
            if !bar {
                let rule = top + height(c, style);
                canvas.rule(
                    (x, rule),
                    (x + c.inner(), rule),
                    if parts.head == HeadStyle::Framed { 0.5 } else { 0.35 },
                    parts.rule,
                );
            }
        }
    }
}
