//! What every part of a card needs to know.

use super::canvas::Set;
use super::list;
use super::material::Material;
use crate::fonts::FontBook;
use crate::geom::{Size, mm};
use crate::theme::{Class, Print, Rung, TextRole, Theme};

/// A recipe's material, a theme and a size of card.
pub(super) struct Context<'a> {
    pub(super) m: &'a Material,
    pub(super) theme: &'a Theme,
    pub(super) class: &'a Class,
    pub(super) book: &'a FontBook,
    /// The size of the card, less what a binder takes of its width.
    pub(super) size: Size,
    /// How far colour and pictures run over the edge.
    pub(super) bleed: f32,
    /// Whether the last side has room for a stamp.
    pub(super) stamp: bool,
    /// What a binder takes: at the start of a front, at the end of a back.
    pub(super) binding: f32,
    /// Whether there is a hole for a ring: in the upper corner at the end of a front, at the start of a back.
    pub(super) ring: bool,
    /// Whether a photo is printed in shades of grey.
    pub(super) grey: bool,
    /// Whether film lies over it.
    pub(super) film: bool,
    /// The list of ingredients in the ways that it was measured already.
    pub(super) lists: list::Known,
}

/// From the edge of a laminated card to anything on it: the safe area of 5 mm, and 2 more, for no card lies quite straight in
/// its pouch.
const FILM_SAFE: f32 = mm(7.0);

/// From the edges to the far side of the circle round a ring's hole (12 mm across, its middle 10 mm from both edges), with some air.
const PAST_HOLE: f32 = mm(17.0);

/// The measures of a class, with margins that film asks for.
pub(super) fn measures(class: &Class, film: bool) -> Class {
    let mut class = class.clone();
    if film {
        for margin in [&mut class.margin, &mut class.top, &mut class.bottom] {
            *margin = margin.max(FILM_SAFE);
        }
    }
    class
}

impl Context<'_> {
    /// The size of the card.
    pub(super) fn whole(&self) -> Size {
        Size { w: self.size.w + self.binding, ..self.size }
    }

    /// What a ring's hole takes of the width of what stands beside it.
    pub(super) fn beside_hole(&self) -> f32 {
        if self.ring { (PAST_HOLE - self.class.margin).max(0.0) } else { 0.0 }
    }

    /// No text stands higher.
    pub(super) fn safe_top(&self) -> f32 {
        if self.film { FILM_SAFE } else { 0.0 }
    }

    /// A height, or that of the first thing that may stand under a ring's hole.
    pub(super) fn past_hole(&self, y: f32) -> f32 {
        // a numeral's ring rises above its line
        if self.ring { y.max(PAST_HOLE + mm(1.0)) } else { y }
    }

    /// From the edge of the card where lines begin to that of the area that things are laid out in.
    pub(super) fn indent(&self, side: usize) -> f32 {
        if side.is_multiple_of(2) { self.binding } else { 0.0 }
    }

    /// A distance between parts: millimetres on the 5 × 8 card, less on smaller ones.
    pub(super) fn sp(&self, millimetres: f32) -> f32 {
        mm(millimetres) * self.class.space
    }

    /// Whether this is large print.
    pub(super) fn is_large(&self) -> bool {
        self.theme.print == Print::Large
    }

    /// A smallest size of text, which large print raises to its floor.
    pub(super) fn least(&self, size: f32) -> f32 {
        if self.is_large() { size.max(self.theme.ladder[3].from) } else { size }
    }

    /// By how much widths that suit text of ten points grow with its size; only large print is far enough from that.
    pub(super) fn grown(&self, size: f32) -> f32 {
        if self.is_large() { size / 10.0 } else { 1.0 }
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

    /// The same for a side that may be the last one, by its number.
    pub(super) fn last_bottom(&self, side: usize) -> f32 {
        if self.stamp { self.bottom(true) - self.stamp_lift(side) } else { self.bottom(false) }
    }

    /// Where a stamp's baseline is, should that side be the last: over the words at the foot.
    pub(super) fn stamp_baseline(&self, side: usize) -> f32 {
        self.foot_baseline() - self.stamp_lift(side)
    }

    /// How far a stamp's baseline is above that of the foot.
    pub(super) fn stamp_lift(&self, side: usize) -> f32 {
        if self.has_foot_note(side) { 1.35 * self.stamp_size().max(self.class.foot) } else { 0.0 }
    }

    /// The size of a stamp in points, by rule 16 of the print specification.
    pub(super) fn stamp_size(&self) -> f32 {
        self.class.foot.clamp(7.2, 7.8)
    }

    /// Whether words stand at the start of a side's foot: a remark, the source.
    fn has_foot_note(&self, side: usize) -> bool {
        match side {
            0 => self.m.has_front_note() || self.m.source.is_some() || self.m.measures.is_some(),
            1 => self.m.has_front_note() && self.m.source.is_some(),
            _ => false,
        }
    }
}
