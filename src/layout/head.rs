//! The head of the front: kicker, title, subtitle, facts.

use super::canvas::{Canvas, How, Set};
use super::context::Context;
use super::{facts, oven};
use crate::frame::{Role, TagId};
use crate::geom::mm;
use crate::text::Para;
use crate::theme::{Facts, HeadStyle, TextRole};

/// What a photo does to the head.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum PhotoPlace {
    /// There is none on the card.
    None,
    /// A square beside the title, this wide.
    Small(f32),
    /// Full width at the top, this high.
    Large(f32),
    /// None, but a line drawing this wide in the bar.
    Art(f32),
}

/// What stands for the lower edge of a bar where areas are not filled, in points.
pub(super) const HEAVY_RULE: f32 = 5.0;

/// A head, measured.
#[derive(Debug, Clone)]
pub(super) struct Head {
    title: Set,
    pub(super) subtitle: Option<Set>,
    pub(super) facts: Facts,
    /// Where the head begins: below a large photo.
    top: f32,
    /// The baselines of kicker, first line of the title, subtitle.
    kicker: f32,
    kicker_set: Set,
    kicker_width: f32,
    title_cap: f32,
    title_end: f32,
    subtitle_top: f32,
    /// The first rule, or the end of the bar's title block.
    rule: f32,
    facts_top: f32,
    facts_end: f32,
    /// Where the strip with the oven's temperature begins, whether there is one or not.
    strip: f32,
    /// Where the body begins.
    pub(super) end: f32,
    /// How wide the title may be.
    width: f32,
    /// What a ring's hole takes of the width.
    hole: f32,
    pub(super) photo: PhotoPlace,
    kicker_beside_title: bool,
}

/// What the head may take: the theme's largest title times `density`, with or without the subtitle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct HeadWish {
    pub(super) density: f32,
    pub(super) subtitle: bool,
    pub(super) photo: PhotoPlace,
    /// Whether there are more cards, so that the head says which this is.
    pub(super) sign: bool,
}

impl Head {
    pub(super) fn measure(c: &Context<'_>, wish: HeadWish) -> Head {
        let class = c.class;
        let style = c.theme.parts.head;
        let top = match wish.photo {
            PhotoPlace::Large(height) => height + if style == HeadStyle::Bar { c.sp(6.0) - mm(0.6) } else { c.sp(6.6) },
            _ => class.top,
        };
        let photo_room = match wish.photo {
            PhotoPlace::Small(side) if style == HeadStyle::Bar => side - class.margin + c.sp(4.0),
            PhotoPlace::Small(side) => side + c.sp(6.0),
            PhotoPlace::Art(side) => side + c.sp(3.0),
            _ => 0.0,
        };
        let facts_style = facts::style(c, wish.photo);
        let beside = style == HeadStyle::Framed && c.m.facts.is_empty() && !c.m.kicker.is_empty();
        let kicker_room = if beside { widest(&c.m.kicker_lines, class.kicker) + c.sp(6.0) } else { 0.0 };
        // under a large photo, and under a small one in the corner, there is no hole
        let hole = match wish.photo {
            PhotoPlace::Large(_) => 0.0,
            PhotoPlace::Small(_) if style == HeadStyle::Bar => 0.0,
            _ => c.beside_hole(),
        };
        let width = c.inner() - photo_room - kicker_room - hole;
        let has_kicker = !c.m.kicker.is_empty() && style != HeadStyle::Framed;
        let lead = if style == HeadStyle::Bar { 0.79 * 9.2 * class.space.max(0.9) } else { 1.055 * class.kicker };
        let kicker = top + lead + if style == HeadStyle::Framed { c.sp(1.2) } else { 0.0 };
        let kicker_set = c.set(TextRole::Kicker, class.kicker, 1.4 * class.kicker);
        let sign_room = if wish.sign { c.m.sign.natural_width() * class.label + c.sp(5.0) } else { 0.0 };
        let kicker_width = width - sign_room;
        let kicker_lines = kicker_set.lines(&c.m.kicker, kicker_width, 0.0);
        let kicker_end = kicker + kicker_lines.saturating_sub(1) as f32 * kicker_set.pitch;
        let title_cap = match style {
            HeadStyle::Framed if wish.sign => kicker + c.sp(2.6),
            HeadStyle::Framed => top + c.sp(3.0),
            _ if has_kicker || wish.sign => {
                kicker_end + mm(if style == HeadStyle::Bar { 3.2 } else { 3.3 }) * class.space.max(0.95)
            }
            _ => top,
        };
        let title = title_set(c, width, wish.density);
        let cap = c.cap(TextRole::Title) * title.size;
        let lines = title.lines(&c.m.title, width, 0.0).max(1);
        let title_end = title_cap + cap + (lines - 1) as f32 * title.pitch;
        let sub_size = (title.size * 0.46).clamp(c.least(9.4), c.least(14.0));
        let subtitle =
            c.m.subtitle
                .as_ref()
                .filter(|_| wish.subtitle)
                .map(|_| c.set(TextRole::Subtitle, sub_size, sub_size * 1.26));
        let subtitle_top = title_end + c.sp(if style == HeadStyle::Bar { 3.6 } else { 3.0 });
        let mut text_end = title_end;
        if let (Some(set), Some(para)) = (subtitle, &c.m.subtitle) {
            text_end = subtitle_top + set.para(para, width, 0.0) - 0.24 * set.size;
        }
        if hole > 0.0 {
            text_end = c.past_hole(text_end + c.sp(2.0)) - c.sp(2.0);
        }
        let mut head = Head {
            hole,
            title,
            subtitle,
            facts: facts_style,
            top,
            kicker,
            kicker_set,
            kicker_width,
            title_cap,
            title_end,
            subtitle_top,
            rule: text_end,
            facts_top: text_end,
            facts_end: text_end,
            strip: text_end,
            end: text_end,
            width,
            photo: wish.photo,
            kicker_beside_title: beside,
        };
        head.finish(c, text_end);
        head
    }

    /// From the end of the title down to the body.
    fn finish(&mut self, c: &Context<'_>, text_end: f32) {
        let has_facts = !c.m.facts.is_empty();
        let strip = oven::height(c);
        match c.theme.parts.head {
            HeadStyle::Ruled => {
                let mut rule = text_end + c.sp(3.7);
                if let PhotoPlace::Small(side) = self.photo {
                    rule = rule.max(self.top + side + c.sp(5.5));
                }
                self.rule = rule;
                self.facts_top = rule + mm(1.0);
                self.facts_end = self.facts_top + facts::height(c, self.facts);
                self.strip = if has_facts { self.facts_end } else { self.facts_top };
                self.end = self.strip + strip + c.sp(if has_facts || strip > 0.0 { 3.6 } else { 2.9 });
            }
            HeadStyle::Framed => {
                self.rule = text_end + c.sp(2.9);
                if let PhotoPlace::Small(side) = self.photo {
                    self.rule = self.rule.max(self.top + c.sp(3.0) + side + c.sp(3.0));
                }
                self.facts_top = self.rule;
                self.facts_end = self.rule + facts::height(c, self.facts);
                self.strip = self.facts_end;
                self.end = self.strip + strip + mm(3.2);
            }
            HeadStyle::Bar => {
                if let (PhotoPlace::Small(side), true) = (self.photo, has_facts) {
                    // the facts stand under the bar, on a rule of their own
                    self.rule = (text_end + c.sp(5.4)).max(side);
                    self.facts_top = self.rule + c.sp(1.2);
                    self.facts_end = self.facts_top + facts::height(c, self.facts) + c.sp(3.0);
                    self.strip = self.facts_end;
                    self.end = self.strip + strip + c.sp(3.6);
                    return;
                }
                self.facts_top =
                    text_end + if has_facts { c.sp(if self.facts == Facts::Bar { 7.0 } else { 2.0 }) } else { 0.0 };
                self.facts_end = self.facts_top + facts::height(c, self.facts);
                self.rule = self.facts_end + c.sp(5.4);
                if let PhotoPlace::Small(side) = self.photo {
                    self.rule = self.rule.max(side);
                }
                self.strip = self.rule;
                self.end = self.strip + strip + c.sp(if strip > 0.0 { 3.6 } else { 5.6 });
            }
        }
    }

    pub(super) fn draw(&self, c: &Context<'_>, canvas: &mut Canvas<'_>, art: TagId, label: Option<&Para>) {
        let (class, parts) = (c.class, &c.theme.parts);
        let x = class.margin;
        if parts.head == HeadStyle::Bar {
            let from = if let PhotoPlace::Large(h) = self.photo { h } else { 0.0 };
            if parts.fills {
                canvas.band(from, self.rule - from, parts.accent);
            } else {
                // the bar's lower edge alone, heavy enough to part head and body
                let y = self.rule - HEAVY_RULE / 2.0;
                canvas.rule((x, y), (x + c.inner(), y), HEAVY_RULE, parts.rule);
            }
        }
        if parts.head == HeadStyle::Framed {
            canvas.rule((x, self.top), (x + c.inner() - self.hole, self.top), 1.4, parts.rule);
        }
        if !c.m.kicker.is_empty() {
            self.draw_kicker(c, canvas, art);
        }
        if let Some(label) = label {
            canvas.line(label, class.label, x, self.kicker, c.inner() - self.hole, How::new(None).end());
        }
        let title = canvas.tags.add(Role::Heading(1), Some(art));
        let optical = if parts.head == HeadStyle::Bar { -0.013 * self.title.size } else { 0.0 };
        let from = self.title_cap + c.cap(TextRole::Title) * self.title.size - self.title.ascent * self.title.size;
        canvas.para(&c.m.title, self.title, x + optical, from, self.width, How::new(Some(title)).balanced());
        if let (Some(set), Some(para)) = (self.subtitle, &c.m.subtitle) {
            let tag = canvas.tags.add(Role::P, Some(art));
            canvas.para(para, set, x, self.subtitle_top, self.width, How::new(Some(tag)));
        }
        match parts.head {
            HeadStyle::Ruled => {
                canvas.rule((x, self.rule), (x + c.inner(), self.rule), 1.2, parts.rule);
                canvas.rule((x, self.rule + mm(1.0)), (x + c.inner(), self.rule + mm(1.0)), 0.35, parts.rule);
            }
            HeadStyle::Framed => canvas.rule((x, self.rule), (x + c.inner(), self.rule), 0.5, parts.rule),
            HeadStyle::Bar if self.facts_end > self.rule => {
                canvas.rule((x, self.facts_end), (x + c.inner(), self.facts_end), 1.4, parts.rule);
            }
            HeadStyle::Bar => {}
        }
        facts::draw(c, canvas, self.facts, self.facts_top, art, !self.kicker_beside_title);
        oven::draw(c, canvas, self.strip, art);
    }

    fn draw_kicker(&self, c: &Context<'_>, canvas: &mut Canvas<'_>, art: TagId) {
        let class = c.class;
        match c.theme.parts.head {
            HeadStyle::Framed if self.kicker_beside_title => {
                let tag = canvas.tags.add(Role::P, Some(art));
                let pitch = class.kicker * 0.66 + 2.4;
                let count = c.m.kicker_lines.len();
                for (i, line) in c.m.kicker_lines.iter().enumerate() {
                    let y = self.title_end - (count - 1 - i) as f32 * pitch;
                    canvas.line(line, class.kicker, class.margin, y, c.inner() - self.hole, How::new(Some(tag)).end());
                }
            }
            HeadStyle::Framed => {}
            _ => {
                let tag = canvas.tags.add(Role::P, Some(art));
                let from = self.kicker - self.kicker_set.ascent * self.kicker_set.size;
                canvas.para(&c.m.kicker, self.kicker_set, class.margin, from, self.kicker_width, How::new(Some(tag)));
            }
        }
    }

    /// The rectangle of the photo: x, y, width, height.
    pub(super) fn photo_clip(&self, c: &Context<'_>) -> Option<[f32; 4]> {
        let bar = c.theme.parts.head == HeadStyle::Bar;
        match self.photo {
            PhotoPlace::None | PhotoPlace::Art(_) => None,
            PhotoPlace::Small(side) if bar => Some([c.size.w - side, 0.0, side, self.rule]),
            PhotoPlace::Small(side) => {
                let framed = c.theme.parts.head == HeadStyle::Framed;
                let top = self.top + if framed { c.sp(3.0) } else { 0.3 * c.class.kicker };
                Some([c.size.w - c.class.margin - self.hole - side, top, side, side])
            }
            PhotoPlace::Large(height) => Some([-c.indent(0), 0.0, c.whole().w, height]),
        }
    }

    /// Where the bar's line drawing stands: start, top, size.
    pub(super) fn bar_art(&self, c: &Context<'_>) -> Option<(f32, f32, f32)> {
        let PhotoPlace::Art(side) = self.photo else { return None };
        let size = (self.rule * 0.80).min(side);
        Some((c.size.w - side + (side - size) / 2.0 - c.sp(2.0), (self.rule - size) / 2.0, size))
    }
}

fn widest(paras: &[Para], size: f32) -> f32 {
    paras.iter().map(|p| p.natural_width() * size).fold(0.0, f32::max)
}

/// The title's size: as large as the class and the density allow in few lines; three at the most, and no word broken.
fn title_set(c: &Context<'_>, width: f32, density: f32) -> Set {
    let para = &c.m.title;
    let pitch = |size: f32| {
        let cap = c.cap(TextRole::Title);
        size * (if c.theme.parts.head == HeadStyle::Bar { cap + 0.20 } else { cap + 0.275 } + c.m.script.title_pitch)
    };
    // a bar's title grows with the card
    let grown = if c.theme.parts.head == HeadStyle::Bar { (c.size.w / mm(139.0)).clamp(0.92, 1.12) } else { 1.0 };
    let grown = if c.class.space < 0.9 { 1.0 } else { grown };
    let max = (c.class.title * density * grown).max(c.class.title_min);
    let at = |lines: usize| {
        let mut size = max;
        while size >= c.class.title_min {
            let set = c.set(TextRole::Title, size, pitch(size));
            let whole = para.widest() * size <= width;
            if whole && set.lines(para, width, 0.0) <= lines {
                return Some(set);
            }
            size -= 0.5;
        }
        None
    };
    // a line less is worth a smaller title, but not a much smaller one
    let landscape = c.is_landscape();
    let one = at(1).filter(|s| s.size >= max * if landscape { 0.68 } else { 0.9 });
    let two = || at(2).filter(|s| s.size >= max * if landscape { 0.55 } else { 0.8 });
    one.or_else(two).or_else(|| at(3)).unwrap_or_else(|| {
        let size = c.class.title_min;
        c.set(TextRole::Title, size, pitch(size))
    })
}
