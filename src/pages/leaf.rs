//! Pages with their furniture: margins that mirror, folios, running heads.

use super::flow::Placed;
use super::grid::{Grid, Look};
use super::setting::Setting;
use super::unit::Tagger;
use crate::compose::canvas::{Canvas, How, Leading};
use crate::frame::{Page, Tags};
use crate::text::{Fill, Para};
use crate::theme::TextRole;
use std::rc::Rc;

/// How a book's pages lie.
#[derive(Debug, Clone, Copy)]
pub(super) struct Binding {
    /// The margin at the spine.
    pub(super) spine: f32,
    /// Whether the book opens from the right.
    pub(super) rtl: bool,
    /// Pages with roman numbers.
    pub(super) roman: usize,
}

/// What stands on pages besides their text.
#[derive(Default)]
pub(super) struct Furniture {
    /// Beside the folio.
    pub(super) part: Option<Rc<Para>>,
    /// Over pages that do not open with a title: the same in ever shorter words.
    pub(super) running: Vec<Rc<Para>>,
    /// Whether there are folios.
    pub(super) folio: bool,
}

/// Drawn pages, and what on them leads elsewhere.
pub(super) struct Leaves {
    pub(super) pages: Vec<Page>,
    pub(super) links: Vec<(usize, Leading)>,
}

/// Pages of a chapter.
pub(super) struct Drawer<'a> {
    pub(super) look: Look<'a>,
    pub(super) grid: Grid,
    pub(super) binding: Binding,
    /// Whether the text runs from right to left.
    pub(super) rtl: bool,
    /// The first page's number.
    pub(super) first: usize,
}

impl Drawer<'_> {
    /// Draws the pages.
    pub(super) fn draw(
        &self,
        pages: &[Vec<Placed>],
        furniture: &Furniture,
        setting: &mut Setting<'_, '_>,
        tags: &mut Tags,
        tagger: &mut Tagger,
    ) -> Leaves {
        let mut out = Leaves { pages: Vec::new(), links: Vec::new() };
        for (i, placed) in pages.iter().enumerate() {
            let number = self.first + i;
            let mut canvas =
                Canvas::new(self.look.format.size, 0.0, self.rtl, tags).with_least_rule(self.look.least_rule());
            let (left, right) = self.margins(number);
            let x = if self.rtl { right } else { left };
            for p in placed {
                let y = self.look.format.top + p.y as f32 * self.grid.half;
                p.unit.draw(&mut canvas, tagger, x + p.x, y);
            }
            out.links.extend(canvas.links.drain(..).map(|l| (i, l)));
            let mut page = canvas.page;
            let mut canvas = Canvas::new(self.look.format.size, 0.0, false, tags);
            self.furniture(&mut canvas, furniture, setting, number, i);
            page.items.append(&mut canvas.page.items);
            out.pages.push(page);
        }
        out
    }

    /// The left and the right margin of a page.
    fn margins(&self, number: usize) -> (f32, f32) {
        let f = self.look.format;
        let (inner, outer) = (self.binding.spine, f.inner + f.outer - self.binding.spine);
        if self.outer_is_right(number) { (inner, outer) } else { (outer, inner) }
    }

    fn outer_is_right(&self, number: usize) -> bool {
        (number % 2 == 1) != self.binding.rtl
    }

    fn furniture(
        &self,
        canvas: &mut Canvas<'_>,
        furniture: &Furniture,
        setting: &mut Setting<'_, '_>,
        number: usize,
        i: usize,
    ) {
        let (f, m) = (self.look.format, self.look.m);
        let (left, _) = self.margins(number);
        let right = self.outer_is_right(number);
        let how = if right { How::new(None).end() } else { How::new(None) };
        let width = f.text();
        if i > 0
            && let Some(name) = furniture
                .running
                .iter()
                .find(|p| p.natural_width() * self.look.running() <= width)
                .or(furniture.running.last())
        {
            let y = f.top - 2.0 * m.sizes.pitch + 7.6;
            canvas.line(name, self.look.running(), left, y, width, how);
        }
        if !furniture.folio {
            return;
        }
        let y = f.size.h - f.foot - 2.4;
        let shown = if number <= self.binding.roman { roman(number) } else { number.to_string() };
        let folio = setting.plain(&shown, TextRole::Strong);
        canvas.line(&folio, m.sizes.folio, left, y, width, how);
        let Some(part) = &furniture.part else { return };
        let taken = bare_width(&folio) * m.sizes.folio + m.gaps.part_name;
        let room = width - taken;
        let em = room / self.look.running();
        if part.lines(em, em, Fill::Ragged).lines.len() > 1 {
            return;
        }
        let x = if right { left } else { left + taken };
        canvas.line(part, self.look.running(), x, y, room, how);
    }
}

/// The width of a paragraph on a line, in ems.
pub(super) fn bare_width(para: &Para) -> f32 {
    para.natural_width()
}

/// A number in small roman figures.
pub(super) fn roman(mut number: usize) -> String {
    const FIGURES: [(usize, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    let mut out = String::new();
    for (value, figure) in FIGURES {
        while number >= value {
            out += figure;
            number -= value;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::roman;

    #[test]
    fn roman_numbers() {
        assert_eq!([4, 9, 14, 49, 1994].map(roman), ["iv", "ix", "xiv", "xlix", "mcmxciv"]);
    }
}
