//! What every part of a card needs to know.

use super::canvas::Set;
use super::material::{ItemMaterial, Material, item_text};
use super::setter::Setter;
use super::stepping::{StepMaterial, beside_rail};
use crate::content::Content;
use crate::fonts::FontBook;
use crate::geom::{Size, mm};
use crate::text::Para;
use crate::theme::{Class, Rung, TextRole, Theme};
use std::cell::RefCell;

/// A recipe's material, a theme and a size of card.
pub(super) struct Context<'a> {
    pub(super) m: &'a Material,
    pub(super) theme: &'a Theme,
    pub(super) class: &'a Class,
    pub(super) book: &'a FontBook,
    pub(super) size: Size,
    /// For what is shaped when it is first wanted.
    pub(super) later: &'a dyn Later,
}

/// Shapes text that not every plan wants.
pub(super) trait Later {
    /// An ingredient's name, with its amount or without.
    fn item(&self, at: (usize, usize), with_amount: bool) -> Para;
    /// A step's text beside its figure in the rail.
    fn beside_rail(&self, index: usize) -> Vec<Para>;
}

/// The content, and what shapes it.
pub(super) struct LaterText<'a, 's, 'b> {
    pub(super) content: &'a Content,
    pub(super) setter: RefCell<Setter<'s, 'b>>,
}

impl Later for LaterText<'_, '_, '_> {
    fn item(&self, (group, item): (usize, usize), with_amount: bool) -> Para {
        let few = self.content.few_quantities;
        let item = &self.content.ingredients[group].items[item];
        item_text(&mut self.setter.borrow_mut(), item, with_amount, few)
    }

    fn beside_rail(&self, index: usize) -> Vec<Para> {
        let step = self.content.steps.iter().flat_map(|g| &g.items).nth(index);
        step.map(|s| beside_rail(&mut self.setter.borrow_mut(), s)).unwrap_or_default()
    }
}

impl Context<'_> {
    /// An ingredient's name and note.
    pub(super) fn name<'m>(&self, item: &'m ItemMaterial) -> &'m Para {
        item.name.get_or_init(|| self.later.item(item.at, false))
    }

    /// An ingredient with its amount run in.
    pub(super) fn whole<'m>(&self, item: &'m ItemMaterial) -> &'m Para {
        item.whole.get_or_init(|| self.later.item(item.at, true))
    }

    /// A step's text beside its figure in the rail.
    pub(super) fn beside_rail<'m>(&self, step: &'m StepMaterial) -> &'m [Para] {
        step.beside_rail.get_or_init(|| self.later.beside_rail(step.index))
    }

    /// A distance between parts: millimetres on the 5 × 8 card, less on smaller ones.
    pub(super) fn sp(&self, millimetres: f32) -> f32 {
        mm(millimetres) * self.class.space
    }

    /// The width between the margins.
    pub(super) fn inner(&self) -> f32 {
        self.size.w - 2.0 * self.class.margin
    }

    /// Whether the card lies.
    pub(super) fn is_landscape(&self) -> bool {
        self.size.w > self.size.h
    }

    /// A size of text in a role; `pitch` is the distance of baselines in points.
    pub(super) fn set(&self, role: TextRole, size: f32, pitch: f32) -> Set {
        let face = self.book.face(self.theme.role(role).face);
        // half the line box above and below the middle of the lower-case letters, as the mock-ups have it
        Set { size, pitch, ascent: (1.0 + face.x_height) / 2.0 + 0.017 }
    }

    /// The method's text at a size of a rung.
    pub(super) fn body(&self, rung: &Rung, size: f32) -> Set {
        self.set(TextRole::Text, size, size * rung.pitch * self.m.script.pitch)
    }

    /// The list's text beside a method of that size.
    pub(super) fn list(&self, rung: &Rung, size: f32) -> Set {
        let floor = self.theme.ladder[3].from;
        let size = (size * rung.list).max(floor);
        self.set(TextRole::Name, size, size * (rung.pitch - 0.03) * self.m.script.pitch)
    }

    /// The height of capitals in a role, in ems.
    pub(super) fn cap(&self, role: TextRole) -> f32 {
        self.book.face(self.theme.role(role).face).cap_height
    }

    /// Where the foot's baseline is.
    pub(super) fn foot_baseline(&self) -> f32 {
        self.size.h - self.class.bottom - 0.24 * self.class.foot
    }

    /// The lowest place for anything on a side that has a foot, or on one that has none.
    pub(super) fn bottom(&self, with_foot: bool) -> f32 {
        if with_foot {
            self.foot_baseline() - self.class.foot - self.sp(3.0)
        } else {
            self.size.h - self.class.bottom - self.sp(1.0)
        }
    }
}
