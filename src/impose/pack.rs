//! Which card goes to which place.

use super::Sides;
use crate::frame::Card;

/// A card, or one page of it, at a place of a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Placing {
    pub(super) place: usize,
    /// The card's number in the document; a recipe's continuation cards have the same.
    pub(super) card: usize,
    /// The page on the front.
    pub(super) front: usize,
    /// The page behind it.
    pub(super) back: Option<usize>,
}

/// Fills sheets of `places` places. What belongs together stays on one sheet, in places that follow each other; only what needs
/// more than a sheet begins a new one and goes on. Sheets are few before they are in order: where a later recipe fits into what
/// an earlier one left, it goes there.
pub(super) fn pack(cards: &[&Card], places: usize, sides: Sides) -> Vec<Vec<Placing>> {
    let groups: Vec<Vec<(usize, Option<usize>)>> = cards.iter().map(|c| pieces(c.pages.len(), sides)).collect();
    let in_order: Vec<usize> = (0..groups.len()).collect();
    let mut largest_first = in_order.clone();
    largest_first.sort_by_key(|i| std::cmp::Reverse(groups[*i].len()));
    let first = fill(&groups, &in_order, places);
    let second = fill(&groups, &largest_first, places);
    if second.len() < first.len() { second } else { first }
}

/// The pieces of paper that a recipe's pages take: front and back.
fn pieces(pages: usize, sides: Sides) -> Vec<(usize, Option<usize>)> {
    match sides {
        Sides::None => (0..pages).map(|p| (p, None)).collect(),
        _ => (0..pages).step_by(2).map(|p| (p, (p + 1 < pages).then_some(p + 1))).collect(),
    }
}

fn fill(groups: &[Vec<(usize, Option<usize>)>], order: &[usize], places: usize) -> Vec<Vec<Placing>> {
    let mut sheets: Vec<Vec<Placing>> = Vec::new();
    for card in order {
        let pieces = &groups[*card];
        let mut rest = pieces.as_slice();
        let mut sheet = sheets.iter().position(|s| places - s.len() >= pieces.len());
        while !rest.is_empty() {
            let at = sheet.take().unwrap_or_else(|| {
                sheets.push(Vec::new());
                sheets.len() - 1
            });
            let used = sheets[at].len();
            let (now, later) = rest.split_at(rest.len().min(places - used));
            let placed = now.iter().enumerate().map(|(i, (front, back))| Placing {
                place: used + i,
                card: *card,
                front: *front,
                back: *back,
            });
            sheets[at].extend(placed);
            rest = later;
        }
    }
    // sheets in the order of the first recipe on them, and recipes in order on each
    for sheet in &mut sheets {
        let mut sorted = sheet.clone();
        sorted.sort_by_key(|p| (p.card, p.front));
        *sheet = sorted.into_iter().enumerate().map(|(place, p)| Placing { place, ..p }).collect();
    }
    sheets.sort_by_key(|s| s.first().map(|p| (p.card, p.front)));
    sheets
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(sizes: &[usize], places: usize) -> Vec<Vec<usize>> {
        let groups: Vec<_> = sizes.iter().map(|n| pieces(2 * n, Sides::Auto)).collect();
        let order: Vec<usize> = (0..sizes.len()).collect();
        fill(&groups, &order, places).iter().map(|s| s.iter().map(|p| p.card).collect()).collect()
    }

    #[test]
    fn cards_of_a_recipe_stay_together_and_gaps_are_filled() {
        assert_eq!(filled(&[1, 2, 1, 1], 2), [vec![0, 2], vec![1, 1], vec![3]]);
        assert_eq!(filled(&[3, 3, 1, 1], 4), [vec![0, 0, 0, 2], vec![1, 1, 1, 3]]);
        assert_eq!(filled(&[5, 1], 2), [vec![0, 0], vec![0, 0], vec![0, 1]]);
        assert_eq!(filled(&[2, 2], 1), [vec![0], vec![0], vec![1], vec![1]]);
    }

    #[test]
    fn backs_go_with_their_fronts() {
        assert_eq!(pieces(3, Sides::Auto), [(0, Some(1)), (2, None)]);
        assert_eq!(pieces(3, Sides::None), [(0, None), (1, None), (2, None)]);
    }
}
