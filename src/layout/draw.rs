//! A plan becomes pages.

use super::canvas::{Canvas, How};
use super::code;
use super::context::Context;
use super::plan::{Plan, Side, needs};
use super::running;
use super::serve::draw_notes;
use crate::content::Content;
use crate::frame::{Card, Rgb, Role, Slot, TagId, Tags};
use crate::image::Photo;
use crate::locale::Label;
use crate::text::Para;
use crate::theme::{HeadStyle, TextRole};
use std::sync::Arc;

/// The foot of a side.
pub(super) struct Foot {
    left: Option<Para>,
    right: Option<Para>,
    /// Whether an arrow points to what `right` names.
    arrow: bool,
}

/// The words that depend on how the sides fell, shaped when that is known.
pub(super) struct Signs {
    pub(super) feet: Vec<Foot>,
    /// Left and right of every side's running head.
    pub(super) heads: Vec<(Para, Option<Para>)>,
}

/// Draws all sides.
pub(super) fn draw(c: &Context<'_>, content: &Content, plan: &Plan, photo: Option<&Photo>, signs: &Signs) -> Card {
    let mut tags = Tags::default();
    let art = tags.add(Role::Art, None);
    let mut pages = Vec::new();
    let mut list = None;
    let mut images = Vec::new();
    for (i, side) in plan.sides.iter().enumerate() {
        let mut canvas = Canvas::new(c.whole(), c.bleed, c.m.script.rtl, &mut tags)
            .indented(c.indent(i))
            .with_least_rule(c.theme.parts.least_rule);
        if i == 0 {
            front_head(c, &mut canvas, plan, photo, content, art, &mut images, signs);
        } else {
            let (left, right) = &signs.heads[i];
            running::draw(c, &mut canvas, i, left, right.as_ref());
        }
        body(c, &mut canvas, plan, side, art, &mut list);
        if side.notes > 0 {
            draw_notes(c, &mut canvas, side.notes, side.notes_bottom);
        }
        let mode = plan.attempt.mode;
        code::draw(c, &mut canvas, mode, i, plan.attempt.foot, art);
        if i > 0 || plan.attempt.foot {
            let line = c.m.batches.as_ref().and_then(|b| b.foot.as_ref()).filter(|_| i == 0);
            foot(c, &mut canvas, line, &signs.feet[i], code::foot_room(c, mode, i));
        }
        pages.push(canvas.page);
    }
    let stamp = c.stamp.then(|| {
        let page = pages.len() - 1;
        let width = c.inner() - code::foot_room(c, plan.attempt.mode, page);
        Slot { page, start: c.class.margin, y: c.stamp_baseline(page), width, size: c.stamp_size() }
    });
    Card { title: content.title.text.clone(), lang: content.lang.clone(), pages, tags, images, stamp }
}

#[allow(clippy::too_many_arguments, reason = "all that a front needs")]
fn front_head(
    c: &Context<'_>,
    canvas: &mut Canvas<'_>,
    plan: &Plan,
    photo: Option<&Photo>,
    content: &Content,
    art: TagId,
    images: &mut Vec<Arc<crate::frame::Picture>>,
    signs: &Signs,
) {
    let clip = plan.head.photo_clip(c).map(|clip| canvas.bled(clip));
    let mut placed = None;
    if let (Some(clip), Some(photo)) = (clip, photo) {
        let figure = canvas.tags.add(Role::Figure, Some(art));
        let alt = content.photo.as_ref().and_then(|p| p.alt.as_ref()).map(|t| t.trimmed().to_owned());
        canvas.tags.get_mut(figure).alt = Some(alt.unwrap_or_else(|| content.title.text.clone()));
        images.push(Arc::new(if c.grey { photo.grey(clip[2], clip[3]) } else { photo.picture(clip[2], clip[3]) }));
        placed = Some((clip, figure));
    }
    plan.head.draw(c, canvas, art, signs.heads[0].1.as_ref());
    if let Some((clip, figure)) = placed {
        let picture = &images[0];
        canvas.picture(0, (picture.width, picture.height), clip, Some(figure));
    }
    if let Some((x, y, size)) = plan.head.bar_art(c) {
        let color = if c.theme.parts.fills { Rgb::WHITE } else { c.theme.parts.rule };
        canvas.icon(art_for(content), x, y, size, 0.62, color);
    }
}

/// The line drawing for a bar: decoration only.
fn art_for(content: &Content) -> &'static str {
    let words: String =
        content.ingredients.iter().flat_map(|g| &g.items).map(|i| i.name.text.to_lowercase() + " ").collect();
    let hot = ["chili", "chilli", "chile", "piment", "peperoncino", "ớt", "чили", "τσίλι"];
    if hot.iter().any(|h| words.contains(h)) { "chili" } else { "bowl" }
}

fn body(c: &Context<'_>, canvas: &mut Canvas<'_>, plan: &Plan, side: &Side, art: TagId, list: &mut Option<TagId>) {
    let parts = &c.theme.parts;
    if let Some((y, list_x, method_x)) = side.labels {
        let baseline = y + 0.76 * c.class.label + c.sp(0.4);
        for (para, x) in [(&c.m.label_ingredients, list_x), (&c.m.label_method, method_x)] {
            canvas.line(para, c.class.label, x, baseline, c.inner(), How::new(None));
        }
    }
    if let Some(at) = &side.list {
        at.what.draw(c, canvas, at.y, art);
    }
    if let (Some(at), Some(needs)) = (&side.needs, needs(c, plan.attempt.small.equipment)) {
        let tag = canvas.tags.add(Role::P, Some(art));
        canvas.para(needs, at.what, at.x, at.y, at.width, How::new(Some(tag)));
    }
    if let Some((x, y, width)) = side.needs_rule {
        canvas.rule((x, y), (x + width, y), 0.35, parts.rule);
    }
    if let Some(y) = side.rule {
        let weight = match parts.head {
            HeadStyle::Ruled => 0.35,
            HeadStyle::Bar => 1.4,
            HeadStyle::Framed => 0.5,
        };
        canvas.rule((c.class.margin, y), (c.class.margin + c.inner(), y), weight, parts.rule);
    }
    if let Some((x, top, bottom)) = side.hair {
        canvas.rule((x, top), (x, bottom), 0.4, parts.hair);
    }
    for column in &side.columns {
        let mut y = column.y;
        for i in column.steps.clone() {
            plan.method.draw(c, canvas, i, column.x, y, column.width, art, list);
            y += plan.method.height(c, i, column.width) + column.gap;
        }
    }
    if let Some(at) = &side.serve {
        at.what.draw(c, canvas, at.x, at.y, at.width, art);
    }
    if let Some(at) = &side.tips {
        at.what.draw(c, canvas, at.x, at.y, at.width, art);
    }
}

/// `line` stands at its start if there is one. `taken` of its width is something else's, at the end.
fn foot(c: &Context<'_>, canvas: &mut Canvas<'_>, line: Option<&Para>, foot: &Foot, taken: f32) {
    let (x, y, size) = (c.class.margin, c.foot_baseline(), c.class.foot);
    let inner = c.inner() - taken;
    let mut room = inner;
    if let Some(right) = &foot.right {
        let arrow = foot.arrow && c.theme.parts.head != HeadStyle::Framed;
        let icon = 1.2 * size;
        let taken = if arrow { icon + 1.2 } else { 0.0 };
        let fit = ((room - taken) / right.natural_width().max(0.1)).min(size);
        let width = canvas.line(right, fit, x, y, inner - taken, How::new(None).end());
        if arrow {
            let color = c.theme.role(TextRole::Foot).color;
            canvas.icon("arrow", x + inner - icon, y - 0.83 * icon, icon, 1.9, color);
        }
        room -= width + taken + c.sp(5.0);
    }
    if let Some(left) = line.or(foot.left.as_ref()) {
        let fit = (room / left.natural_width().max(0.1)).min(size);
        if fit >= 0.82 * size {
            canvas.line(left, fit, x, y, room, How::new(None));
        }
    }
}

/// Works out the words at head and foot of every side.
pub(super) fn signs(c: &Context<'_>, plan: &Plan, plain: &mut dyn FnMut(&str, TextRole) -> Para) -> Signs {
    let count = plan.sides.len();
    let cards = count.div_ceil(2);
    let mut feet = Vec::new();
    let mut heads = Vec::new();
    for i in 0..count {
        let right = plan.sides.get(i + 1).map(|next| overleaf(c, plan, i, next)).filter(|t| !t.is_empty());
        let left = foot_note(c, i).map(|t| plain(&t, TextRole::FootNote));
        let arrow = right.is_some();
        let right = right.map(|t| plain(&t, TextRole::Foot));
        // the source gives way to what is the same for all batches
        let source =
            c.m.source.as_ref().filter(|_| count == 1 && c.m.batches.as_ref().is_some_and(|b| b.foot.is_some()));
        let right = right.or_else(|| source.map(|t| plain(t, TextRole::FootNote)));
        feet.push(Foot { left, right, arrow });
        let (l, r) = head_words(c, plan, i, cards);
        heads.push((plain(&l, TextRole::Label), (!r.is_empty()).then(|| plain(&r, TextRole::QuietLabel))));
    }
    Signs { feet, heads }
}

fn foot_note(c: &Context<'_>, side: usize) -> Option<String> {
    let few = c.m.few_quantities.then(|| {
        c.m.locale.label(if c.theme.parts.write_in { Label::WriteIn } else { Label::FewQuantities }).to_owned()
    });
    match (side, few) {
        (0, Some(text)) => Some(text),
        (0, None) if !c.m.has_front_note() => c.m.source.clone().or_else(|| c.m.measures.clone()),
        (1, _) if c.m.has_front_note() => c.m.source.clone(),
        _ => None,
    }
}

/// What the foot says of the next side.
fn overleaf(c: &Context<'_>, plan: &Plan, side: usize, next: &Side) -> String {
    let l = c.m.locale;
    let here = &plan.sides[side];
    let steps = next.steps();
    let on_next_card = side % 2 == 1;
    if steps.is_empty() {
        if next.list.is_some() {
            return if on_next_card {
                l.fill(Label::GoOnList, &[("n", &(side / 2 + 2).to_string())])
            } else {
                l.label(Label::Ingredients).to_owned()
            };
        }
        return extras_words(c, next);
    }
    let number = |i: usize| c.m.steps[i].number.to_string();
    let (from, to) = (number(steps.start), number(steps.end - 1));
    let card = (side / 2 + 2).to_string();
    let blanks: &[(&str, &str)] = &[("n", &card), ("from", &from), ("to", &to)];
    if on_next_card {
        return l.fill(if from == to { Label::GoOnStep } else { Label::GoOn }, blanks);
    }
    let whole = here.columns.is_empty() && steps.end == c.m.steps.len() && steps.start == 0;
    if whole {
        return l
            .label(if c.theme.parts.head == HeadStyle::Ruled { Label::MethodOverleaf } else { Label::CookSideOverleaf })
            .to_owned();
    }
    l.fill(if from == to { Label::StepOverleaf } else { Label::StepsOverleaf }, blanks)
}

fn extras_words(c: &Context<'_>, next: &Side) -> String {
    let l = c.m.locale;
    let mut words = Vec::new();
    let framed = c.theme.parts.head == HeadStyle::Framed;
    if next.serve.is_some() {
        words.push(l.label(if framed { Label::WordServe } else { Label::ToServe }));
    }
    if next.tips.is_some() {
        words.push(l.label(Label::WordTips));
    }
    if words.is_empty() && next.notes > 0 {
        words.push(l.label(Label::WordNotes));
    }
    let list = words.join(l.comma());
    if framed && !list.is_empty() { l.fill(Label::TurnOver, &[("what", &list)]) } else { l.capitalised(&list) }
}

/// What the running head says at its two ends, besides the recipe's name.
fn head_words(c: &Context<'_>, plan: &Plan, i: usize, cards: usize) -> (String, String) {
    let l = c.m.locale;
    let side = &plan.sides[i];
    let part = if side.list.is_some() {
        Label::WordPrep
    } else if !side.columns.is_empty() {
        Label::WordCook
    } else {
        Label::WordTips
    };
    let card_of = if cards > 1 {
        let of = l.fill(Label::CardOf, &[("n", &(i / 2 + 1).to_string()), ("m", &cards.to_string())]);
        // beside a large kicker there is room for the number alone
        if i == 0 && c.is_large() { of } else { format!("{of} · {}", l.label(part)) }
    } else {
        String::new()
    };
    if i == 0 {
        return (String::new(), card_of);
    }
    let steps = side.steps();
    let what = if side.list.is_some() {
        l.fill(Label::Continued, &[("name", l.label(Label::Ingredients))])
    } else if !steps.is_empty() {
        l.label(if steps.start == 0 { Label::Method } else { Label::MethodContinued }).to_owned()
    } else if side.serve.is_some() {
        l.label(Label::ToServe).to_owned()
    } else if side.tips.is_some() {
        l.label(Label::GoodToKnow).to_owned()
    } else {
        l.label(Label::Notes).to_owned()
    };
    let right = match c.theme.parts.head {
        _ if cards > 1 => card_of,
        HeadStyle::Ruled => String::new(),
        HeadStyle::Bar if !steps.is_empty() => {
            l.label(if steps.start == 0 { Label::CookSide } else { Label::MethodContinued }).to_owned()
        }
        HeadStyle::Bar => String::new(),
        HeadStyle::Framed => l.fill(Label::Side, &[("n", &(i + 1).to_string())]),
    };
    (what, right)
}
