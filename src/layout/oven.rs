//! The oven's temperature on all scales, in a strip under the facts.

use super::canvas::{Canvas, How};
use super::context::Context;
use crate::frame::{Role, TagId};
use crate::geom::mm;
use crate::theme::{HeadStyle, TextRole};

/// The size of the figures, and the least that is worth a strip, in points.
const VALUE: f32 = 14.0;
const LEAST_VALUE: f32 = 10.6;
const ICON: f32 = 17.0;
/// From a label to its figure, and from one figure to the next label at the least.
const LABEL_GAP: f32 = mm(1.5);
const GAP: f32 = mm(5.0);

/// The size of its figures; `None` where there is no strip. Small cards have no height for one, and large print no width: their
/// steps say the same.
fn size(c: &Context<'_>) -> Option<f32> {
    if c.m.oven.is_empty() || c.class.space < 0.9 || c.is_large() {
        return None;
    }
    let mut value = VALUE;
    while value >= LEAST_VALUE {
        let gaps = c.m.oven.len() as f32 * GAP;
        if ICON + gaps + cells(c, value).iter().sum::<f32>() <= c.inner() {
            return Some(value);
        }
        value -= 0.4;
    }
    None
}

fn cells(c: &Context<'_>, value: f32) -> Vec<f32> {
    let label = c.class.label;
    c.m.oven.iter().map(|(l, v)| l.natural_width() * label + LABEL_GAP + v.natural_width() * value).collect()
}

/// Its height, down to the rule under it.
pub(super) fn height(c: &Context<'_>) -> f32 {
    size(c).map_or(0.0, |value| c.sp(4.0) + c.cap(TextRole::Cue) * value + c.sp(4.6))
}

/// Draws it below `top`.
pub(super) fn draw(c: &Context<'_>, canvas: &mut Canvas<'_>, top: f32, art: TagId) {
    let Some(value) = size(c) else { return };
    let (x, parts, label) = (c.class.margin, &c.theme.parts, c.class.label);
    let cap = c.cap(TextRole::Cue) * value;
    let baseline = top + c.sp(4.0) + cap;
    canvas.icon("thermo", x - mm(1.0), baseline - cap / 2.0 - ICON / 2.0, ICON, 1.4, parts.icon);
    let widths = cells(c, value);
    let gap = (c.inner() - ICON - widths.iter().sum::<f32>()) / widths.len() as f32;
    // few cells stand together at the start
    let gap = gap.min(mm(16.0));
    let mut at = x + ICON;
    for ((l, v), width) in c.m.oven.iter().zip(&widths) {
        at += gap;
        let how = How::new(Some(canvas.tags.add(Role::P, Some(art))));
        let taken = canvas.line(l, label, at, baseline, *width, how) + LABEL_GAP;
        canvas.line(v, value, at + taken, baseline, width - taken, how);
        at += width;
    }
    let weight = match parts.head {
        HeadStyle::Ruled => 0.35,
        HeadStyle::Bar => 1.4,
        HeadStyle::Framed => 0.5,
    };
    let rule = top + height(c);
    canvas.rule((x, rule), (x + c.inner(), rule), weight, parts.rule);
}
