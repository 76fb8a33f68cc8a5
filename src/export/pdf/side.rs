//! Sides of paper: the pages of the file, each with one page of a card, or several at their places.

use crate::frame::{Document, Item, Page, PageAt, PlacedPage, Sheet, Slug};
use crate::geom::Size;

/// A page of the file.
pub(super) struct Side<'d> {
    /// The paper.
    pub(super) size: Size,
    /// What the cuts leave: left, top, right, bottom, from the top left.
    pub(super) trim: [f32; 4],
    /// What may have ink.
    pub(super) bleed: [f32; 4],
    /// Pages of cards, in reading order.
    pub(super) parts: Vec<Part<'d>>,
    pub(super) marks: &'d [Item],
    pub(super) slugs: &'d [Slug],
}

/// A page of a card on a side.
#[derive(Clone, Copy)]
pub(super) struct Part<'d> {
    /// The card's number in the document.
    pub(super) card: usize,
    /// The page's number in the card.
    pub(super) number: usize,
    pub(super) page: &'d Page,
    /// Where it stands; `None` when it is the side.
    pub(super) placed: Option<PlacedPage>,
}

impl<'d> Side<'d> {
    /// A page that is a side of its own; without a card it is blank.
    fn plain(part: Option<Part<'d>>, size: Size) -> Self {
        let all = [0.0, 0.0, size.w, size.h];
        Side { size, trim: all, bleed: all, parts: part.into_iter().collect(), marks: &[], slugs: &[] }
    }

    fn sheet(document: &Document<'d>, sheet: &'d Sheet) -> Self {
        let part = |placed: &PlacedPage| {
            let page = document.cards.get(placed.card).and_then(|c| c.pages.get(placed.page))?;
            Some(Part { card: placed.card, number: placed.page, page, placed: Some(*placed) })
        };
        Side {
            size: sheet.size,
            trim: sheet.trim,
            bleed: sheet.bleed,
            parts: sheet.pages.iter().filter_map(part).collect(),
            marks: &sheet.marks,
            slugs: &sheet.slugs,
        }
    }
}

/// All sides in order.
pub(super) fn sides<'d>(document: &'d Document<'d>) -> Vec<Side<'d>> {
    match &document.sheets {
        Some(sheets) => sheets.iter().map(|s| Side::sheet(document, s)).collect(),
        None => plain(document),
    }
}

/// Every page by itself. Where cards have backs, those that have none get a blank one, so that a stack printed on both sides
/// keeps every back behind its front.
fn plain<'d>(document: &Document<'d>) -> Vec<Side<'d>> {
    let two_sided =
        document.binding.is_none() && document.cards.len() > 1 && document.cards.iter().any(|c| c.pages.len() > 1);
    let mut out = Vec::new();
    for (card, owner) in document.cards.iter().enumerate() {
        for (number, page) in owner.pages.iter().enumerate() {
            out.push(Side::plain(Some(Part { card, number, page, placed: None }), page.size));
        }
        if two_sided
            && owner.pages.len() % 2 == 1
            && let Some(last) = owner.pages.last()
        {
            out.push(Side::plain(None, last.size));
        }
    }
    out
}

/// On which side each page of each card is, and which part of the side it is.
pub(super) struct Places(Vec<Vec<Option<(usize, usize)>>>);

impl Places {
    pub(super) fn new(document: &Document<'_>, sides: &[Side<'_>]) -> Places {
        let mut all: Vec<Vec<Option<(usize, usize)>>> =
            document.cards.iter().map(|c| vec![None; c.pages.len()]).collect();
        for (i, side) in sides.iter().enumerate() {
            for (k, part) in side.parts.iter().enumerate() {
                all[part.card][part.number] = Some((i, k));
            }
        }
        Places(all)
    }

    /// Where a page is, when it is in the file.
    pub(super) fn of(&self, at: PageAt) -> Option<(usize, usize)> {
        self.0.get(at.card)?.get(at.page).copied().flatten()
    }

    /// The first page of a card that is in the file.
    pub(super) fn first(&self, card: usize) -> Option<PageAt> {
        let page = self.0.get(card)?.iter().position(Option::is_some)?;
        Some(PageAt { card, page })
    }
}

/// The matrix that brings a room of `size`, its origin at the bottom left, to a place of a side of height `height`: turned by
/// quarters clockwise, then with its left top corner at `x` and `y` from the side's top left.
pub(super) fn matrix(size: Size, (x, y): (f32, f32), turn: u8, height: f32) -> [f32; 6] {
    let Size { w, h } = size;
    match turn % 4 {
        0 => [1.0, 0.0, 0.0, 1.0, x, height - y - h],
        1 => [0.0, -1.0, 1.0, 0.0, x, height - y],
        2 => [-1.0, 0.0, 0.0, -1.0, x + w, height - y],
        _ => [0.0, 1.0, -1.0, 0.0, x + h, height - y - w],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Where the matrix brings the room's four corners, from the top left of the side: the box round them.
    fn bounds(size: Size, at: (f32, f32), turn: u8) -> [f32; 4] {
        let m = matrix(size, at, turn, 500.0);
        let corners = [(0.0, 0.0), (size.w, 0.0), (0.0, size.h), (size.w, size.h)];
        let moved = corners.map(|(u, v)| (m[0] * u + m[2] * v + m[4], 500.0 - (m[1] * u + m[3] * v + m[5])));
        let side = |f: fn(f32, f32) -> f32, pick: fn(&(f32, f32)) -> f32| moved.iter().map(pick).reduce(f).unwrap();
        [side(f32::min, |p| p.0), side(f32::min, |p| p.1), side(f32::max, |p| p.0), side(f32::max, |p| p.1)]
    }

    #[test]
    fn turned_rooms_have_their_corner_where_it_was_asked_for() {
        let size = Size { w: 40.0, h: 70.0 };
        for turn in 0..4 {
            let (w, h) = if turn % 2 == 0 { (40.0, 70.0) } else { (70.0, 40.0) };
            assert_eq!(bounds(size, (11.0, 23.0), turn), [11.0, 23.0, 11.0 + w, 23.0 + h], "{turn}");
        }
        // the top left corner of the room goes to the top right of its place when turned once
        let m = matrix(size, (11.0, 23.0), 1, 500.0);
        assert_eq!((m[2] * 70.0 + m[4], 500.0 - (m[3] * 70.0 + m[5])), (81.0, 23.0));
    }
}
