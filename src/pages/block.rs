//! The blocks that a recipe's pages are made of: shaped once, measured for the width of any column.

use super::grid::{Grid, Look};
use super::unit::{Extra, Key, Text, Unit};
use crate::geom::mm;
use crate::text::{Fill, Para};
use crate::theme::TextRole;
use std::rc::Rc;

/// A size of text on the grid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Size {
    /// As large as the method.
    Text,
    /// As in lists and in the rail.
    Small,
}

/// A block without a width.
#[derive(Debug, Clone)]
pub(super) enum Block {
    /// The label of a section, with a rule over it or none.
    Label { para: Rc<Para>, key: Key, ruled: bool },
    /// The heading of a group of ingredients or steps; repeated with the second text where the group goes on.
    Group { para: Rc<Para>, again: Option<Rc<Para>>, key: Key },
    /// The same heading said again: decoration.
    Again { para: Rc<Para> },
    /// An ingredient.
    Item { para: Rc<Para>, key: Key, again: Option<Rc<Block>> },
    /// A paragraph; `before` are halves of a line.
    Para { para: Rc<Para>, key: Key, size: Size, indent: bool, before: usize, soft: bool },
    /// A step: its numeral unless it goes on with the one before, its text, its tip.
    Step {
        numeral: Option<(Rc<Para>, Key)>,
        body: Vec<Rc<Para>>,
        tip: Vec<Rc<Para>>,
        key: Key,
        picture: Option<Shot>,
        first: bool,
    },
    /// Paragraphs that stay together.
    Together { paras: Vec<(Rc<Para>, Key)>, before: usize },
    /// A line in the smallest type.
    Fine { para: Rc<Para>, key: Key },
    /// Two texts at the two ends of a line.
    Row { left: Rc<Para>, right: Rc<Para>, key: Key },
    /// A picture as wide as the column.
    Picture { shot: Shot, before: usize },
}

/// A picture of the chapter: its number there, its size in pixels, its tag.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shot {
    pub(super) image: usize,
    pub(super) pixels: (u32, u32),
    pub(super) key: Key,
}

/// From a bullet to the text after it, in ems.
const BULLET: f32 = 0.6;

/// How steps hang beside their numerals.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fit<'a> {
    pub(super) look: Look<'a>,
    pub(super) grid: Grid,
    /// From a numeral to the text beside it.
    pub(super) hang: f32,
    /// Chinese and Japanese fill their lines.
    pub(super) justify: bool,
}

impl Fit<'_> {
    /// The blocks as units for a column.
    pub(super) fn units(&self, blocks: &[Block], width: f32) -> Vec<Unit> {
        blocks.iter().map(|b| self.unit(b, width)).collect()
    }

    fn small(&self) -> (f32, f32) {
        (self.look.m.sizes.small, self.grid.pitch())
    }

    fn size(&self, size: Size) -> (f32, f32) {
        match size {
            Size::Text => (self.look.m.sizes.text, self.grid.pitch()),
            Size::Small => self.small(),
        }
    }

    /// The block as a unit for a column.
    pub(super) fn unit(&self, block: &Block, width: f32) -> Unit {
        let (m, base) = (self.look.m, self.grid.base);
        match block {
            Block::Label { para, key, ruled } => self.label(para, *key, *ruled, width),
            Block::Group { para, key, .. } => {
                let text = Text::new(para, (m.sizes.group, self.grid.pitch()), width, Some(*key)).at(0.0, base);
                Unit { halves: 2 * text.count(), texts: vec![text], before: 1, keep: true, ..Unit::default() }
            }
            Block::Again { para } => {
                let text = Text::new(para, (m.sizes.group, self.grid.pitch()), width, None).at(0.0, base);
                Unit { halves: 2 * text.count(), texts: vec![text], keep: true, ..Unit::default() }
            }
            Block::Item { para, key, again } => {
                let text = Text::filled(para, self.small(), width, (0.0, m.gaps.hang), Fill::List, Some(*key));
                let text = text.at(0.0, base);
                let again = again.as_ref().map(|b| Rc::new(self.unit(b, width)));
                Unit { halves: 2 * text.count(), texts: vec![text], again, ..Unit::default() }
            }
            Block::Para { para, key, size, indent, before, soft } => {
                let (points, pitch) = self.size(*size);
                let indent = if *indent { m.gaps.indent * points } else { 0.0 };
                let hang = if para.text.starts_with('•') { BULLET * points } else { 0.0 };
                let text = Text::filled(para, (points, pitch), width, (indent, hang), Fill::Prose, Some(*key));
                // narrow columns would be torn
                let text = text.at(0.0, base).justified(self.justify && *size == Size::Text);
                Unit { halves: 2 * text.count(), texts: vec![text], before: *before, soft: *soft, ..Unit::default() }
            }
            Block::Step { .. } => self.step(block, width),
            Block::Together { paras, before } => {
                let mut unit = Unit { before: *before, ..Unit::default() };
                for (para, key) in paras {
                    self.append(&mut unit, para, self.small(), 0.0, width, *key);
                }
                unit
            }
            Block::Fine { para, key } => {
                let set = (self.look.running(), 0.75 * self.grid.pitch());
                let text = Text::new(para, set, width, Some(*key)).at(0.0, self.grid.base);
                let halves = (text.height() / self.grid.half).ceil() as usize;
                Unit { halves, texts: vec![text], before: 2, ..Unit::default() }
            }
            Block::Row { left, right, key } => {
                let set = (m.sizes.nutrition, self.grid.pitch());
                let taken = right.natural_width() * set.0;
                let value = Text::new(right, set, width, Some(*key)).at(0.0, base).end();
                let name = Text::filled(left, set, width - taken - 4.0, (0.0, m.gaps.hang), Fill::List, Some(*key));
                let name = name.at(0.0, base);
                let halves = 2 * name.count().max(value.count());
                Unit { halves, texts: vec![name, value], ..Unit::default() }
            }
            Block::Picture { shot, before } => {
                // as high as two thirds of its width, in whole lines
                let lines = (width * 0.66 / self.grid.pitch()).round().max(3.0);
                let height = lines * self.grid.pitch() - 3.0;
                let place = [0.0, 0.0, width, height];
                let extras = vec![Extra::Picture(shot.image, shot.pixels, place, shot.key)];
                Unit { halves: 2 * lines as usize, extras, before: *before, ..Unit::default() }
            }
        }
    }

    /// A label that owns a line and a half, with a rule riding above it.
    fn label(&self, para: &Rc<Para>, key: Key, ruled: bool, width: f32) -> Unit {
        let m = self.look.m;
        let text = Text::new(para, (m.sizes.label, self.grid.pitch()), width, Some(key)).at(0.0, self.grid.base);
        let halves = 2 * text.count() + 1;
        let rule = Extra::Rule((0.0, -3.2), (width, -3.2), 0.35, self.look.ink());
        let extras = if ruled { vec![rule] } else { Vec::new() };
        Unit { halves, texts: vec![text], extras, before: 2, keep: true, section: true, ..Unit::default() }
    }

    /// Adds a paragraph below what a unit has.
    fn append(&self, unit: &mut Unit, para: &Rc<Para>, set: (f32, f32), x: f32, width: f32, key: Key) {
        let justify = self.justify && set.0 >= self.look.m.sizes.text;
        let text = Text::filled(para, set, width - x, (0.0, 0.0), Fill::Prose, Some(key)).justified(justify);
        let at = unit.halves as f32 * self.grid.half + self.grid.base;
        unit.halves += 2 * text.count();
        unit.texts.push(text.at(x, at));
    }

    fn step(&self, block: &Block, width: f32) -> Unit {
        let Block::Step { numeral, body, tip, key, picture, first } = block else { return Unit::default() };
        let m = self.look.m;
        let mut unit = Unit { before: usize::from(!first), step: true, ..Unit::default() };
        for para in body {
            self.append(&mut unit, para, self.size(Size::Text), self.hang, width, *key);
        }
        for para in tip {
            self.append(&mut unit, para, self.small(), self.hang, width, *key);
        }
        if let Some((para, key)) = numeral {
            // its head on the line of the capitals, its foot on the second baseline
            let cap = self.look.cap(TextRole::Numeral) * m.sizes.numeral;
            let room = self.hang - mm(0.8);
            let size = m.sizes.numeral.min(room / para.natural_width().max(0.01));
            let foot = self.grid.base + self.grid.pitch() - (cap - self.look.cap(TextRole::Numeral) * size) / 2.0;
            let text = Text::new(para, (size, self.grid.pitch()), room + 4.0, Some(*key)).at(-0.4, foot);
            unit.texts.insert(0, text);
            unit.halves = unit.halves.max(4);
        }
        if let Some(shot) = picture {
            let wide = width - self.hang;
            let lines = (wide * 0.5 / self.grid.pitch()).round().max(3.0);
            let top = unit.halves as f32 * self.grid.half + self.grid.half;
            let place = [self.hang, top, wide, lines * self.grid.pitch() - 4.0];
            unit.extras.push(Extra::Picture(shot.image, shot.pixels, place, shot.key));
            unit.halves += 2 * lines as usize + 1;
        }
        unit
    }
}
