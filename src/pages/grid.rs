//! The grid that everything stands on, and the sizes of text on it.

use super::measures::{Format, Measures, measures};
use crate::compose::setter::Script;
use crate::fonts::FontBook;
use crate::frame::Rgb;
use crate::theme::{Print, TextRole, Theme};

/// What all pages of a book have in common.
#[derive(Debug, Clone, Copy)]
pub(super) struct Look<'a> {
    pub(super) theme: &'a Theme,
    pub(super) format: &'static Format,
    pub(super) m: &'static Measures,
    pub(super) fonts: &'a FontBook,
}

impl<'a> Look<'a> {
    pub(super) fn new(theme: &'a Theme, format: &'static Format, fonts: &'a FontBook) -> Self {
        Look { theme, format, m: measures(), fonts }
    }

    /// The height of capitals in a role, in ems.
    pub(super) fn cap(&self, role: TextRole) -> f32 {
        self.fonts.face(self.theme.role(role).face).cap_height
    }

    /// The size of running heads and of other small lines; in large print it is the least that is read.
    pub(super) fn running(&self) -> f32 {
        let least = if self.theme.print == Print::Large { self.theme.ladder[3].from / self.format.scale } else { 0.0 };
        self.m.sizes.running.max(least)
    }

    /// The width of the thinnest rule, before the page is enlarged.
    pub(super) fn least_rule(&self) -> f32 {
        self.theme.parts.least_rule / self.format.scale
    }

    pub(super) fn ink(&self) -> Rgb {
        self.theme.role(TextRole::Text).color
    }

    /// The grid for text of a script. Scripts with high letters get fewer lines (rules 9 to 12 of the print specification).
    pub(super) fn grid(&self, script: &Script) -> Grid {
        let pitch = self.m.sizes.pitch.max(1.28 * self.m.sizes.text * script.pitch);
        let room = self.format.lines as f32 * self.m.sizes.pitch;
        // the last line needs no leading below it
        let lines = ((room - 0.76 * self.m.sizes.text) / pitch).floor() as usize + 1;
        Grid {
            half: pitch / 2.0,
            base: 7.6 + (pitch - self.m.sizes.pitch) / 2.0,
            halves: 2 * lines.min(self.format.lines),
        }
    }
}

/// Lines of text on a page.
#[derive(Debug, Clone, Copy)]
pub(super) struct Grid {
    /// Half the distance of two baselines.
    pub(super) half: f32,
    /// From the top of a line to its baseline.
    pub(super) base: f32,
    /// Halves of a line on a page.
    pub(super) halves: usize,
}

impl Grid {
    pub(super) fn pitch(&self) -> f32 {
        2.0 * self.half
    }

    /// The halves that a height takes, rounded up to whole lines.
    pub(super) fn whole(&self, height: f32) -> usize {
        ((height - 0.05) / self.pitch()).ceil().max(0.0) as usize * 2
    }
}
