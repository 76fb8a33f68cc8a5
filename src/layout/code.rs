//! A code to scan, at the end of the foot of the last back, with what it opens and its address in words beside it.

use super::canvas::{Canvas, How, Set};
use super::context::Context;
use super::plan::Mode;
use super::setter::Setter;
use crate::content::Content;
use crate::frame::{Role, TagId};
use crate::geom::mm;
use crate::locale::Label;
use crate::qr::{Link, Opens, QUIET};
use crate::rich::Rich;
use crate::source::NodeId;
use crate::text::Para;
use crate::theme::TextRole;

/// A code with its words, shaped.
pub(super) struct CodeMaterial {
    link: Link,
    opens: Option<Para>,
    address: Para,
    /// What a screen reader says of it.
    alt: String,
}

impl CodeMaterial {
    pub(super) fn new(s: &mut Setter<'_, '_>, content: &Content) -> Option<CodeMaterial> {
        let link = content.code.clone()?;
        let opens = match link.opens {
            Opens::Source => Some(Label::QrSource),
            Opens::Address => Some(Label::QrMore),
            Opens::Text => None,
        };
        let opens = opens.map(|l| s.plain(s.locale.label(l), TextRole::Strong));
        let words = Rich::plain(link.in_words(), NodeId(0));
        let alt = s.locale.fill(Label::QrAlt, &[("text", &link.text)]);
        Some(CodeMaterial { opens, address: s.para(&[(&words, TextRole::Text)]), alt, link })
    }
}

/// A module, in points: half a millimetre is the least, three quarters behind film (rule 14 of the print rules).
fn module(c: &Context<'_>) -> f32 {
    mm(if c.film || c.class.space >= 0.8 { 0.75 } else { 0.6 })
}

fn side(c: &Context<'_>, code: &CodeMaterial) -> f32 {
    code.link.code.side as f32 * module(c)
}

/// Left free round a code.
fn quiet(c: &Context<'_>) -> f32 {
    QUIET as f32 * module(c)
}

fn words(c: &Context<'_>) -> Set {
    let size = c.least(8.2 * c.class.space.clamp(0.95, 1.2));
    c.set(TextRole::Text, size, 1.26 * size)
}

fn words_width(c: &Context<'_>, code: &CodeMaterial) -> f32 {
    c.inner() - side(c, code) - quiet(c) - mm(1.0)
}

fn words_height(c: &Context<'_>, code: &CodeMaterial) -> f32 {
    let (set, width) = (words(c), words_width(c, code));
    let lines: usize = code.opens.iter().chain([&code.address]).map(|p| set.lines(p, width, 0.0)).sum();
    set.height(lines)
}

/// The height of code and words; at the start of the foot there is a line for other things, and one for a stamp over it.
fn height(c: &Context<'_>, code: &CodeMaterial, index: usize) -> f32 {
    let stamp = if c.stamp { c.stamp_lift(index) } else { 0.0 };
    side(c, code).max(words_height(c, code) + c.class.foot + stamp + c.sp(2.5))
}

/// The side that has the code: the last back, or the front of a sheet that needs no other side.
pub(super) fn on_side(c: &Context<'_>, mode: Mode) -> Option<usize> {
    c.m.code.as_ref()?;
    Some(match mode {
        Mode::One if c.class.space > 1.15 => 0,
        Mode::One | Mode::Flow | Mode::PrepCook => 1,
        Mode::Cards(cards) => 2 * cards - 1,
    })
}

/// What the code takes of the height of a side, with the space above it.
pub(super) fn room(c: &Context<'_>, mode: Mode, index: usize) -> f32 {
    match &c.m.code {
        Some(code) if on_side(c, mode) == Some(index) => height(c, code, index) + quiet(c).max(c.sp(4.0)),
        _ => 0.0,
    }
}

/// What it takes of the width of its side's foot.
pub(super) fn foot_room(c: &Context<'_>, mode: Mode, index: usize) -> f32 {
    match &c.m.code {
        Some(code) if index > 0 && on_side(c, mode) == Some(index) => side(c, code) + quiet(c),
        _ => 0.0,
    }
}

/// Draws it where the side has it.
pub(super) fn draw(c: &Context<'_>, canvas: &mut Canvas<'_>, mode: Mode, index: usize, has_foot: bool, art: TagId) {
    let Some(code) = c.m.code.as_ref().filter(|_| on_side(c, mode) == Some(index)) else { return };
    let bottom = match index {
        0 if c.stamp => c.last_bottom(0),
        0 if has_foot => c.bottom(true),
        _ => c.size.h - c.class.bottom,
    };
    let top = bottom - height(c, code, index);
    let section = canvas.tags.add(Role::Sect, Some(art));
    let (set, width) = (words(c), words_width(c, code));
    let mut at = top;
    for para in code.opens.iter().chain([&code.address]) {
        let tag = canvas.tags.add(Role::P, Some(section));
        at += canvas.para(para, set, c.class.margin, at, width, How::new(Some(tag))) + set.leading();
    }
    let figure = canvas.tags.add(Role::Figure, Some(section));
    canvas.tags.get_mut(figure).alt = Some(code.alt.clone());
    let side = side(c, code);
    canvas.code(&code.link.code, c.class.margin + c.inner() - side, bottom - side, side, figure);
}
