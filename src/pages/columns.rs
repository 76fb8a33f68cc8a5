//! Lines of an index in columns, page after page; the columns of the last page end together.

use super::flow::Placed;
use super::unit::Unit;
use std::ops::Range;

/// A break within a group costs so many halves of a line of unevenness.
const LOSS: usize = 6;

/// Units in columns of a page's room; the first page begins with what opens the chapter.
pub(super) fn columns(units: &[Unit], opening: Unit, room: usize, xs: &[f32]) -> Vec<Vec<Placed>> {
    let filler = Filler::new(units);
    let mut y = opening.halves;
    let mut page = vec![Placed { unit: opening, x: 0.0, y: 0 }];
    let mut pages = Vec::new();
    let mut at = 0;
    loop {
        for (range, x) in filler.page(at, room.saturating_sub(y), xs.len()).into_iter().zip(xs) {
            at = range.end;
            filler.place(range, *x, y, &mut page);
        }
        pages.push(std::mem::take(&mut page));
        if at >= units.len() {
            return pages;
        }
        y = 0;
    }
}

struct Filler<'u> {
    units: &'u [Unit],
    /// Where each unit would begin in one endless column, the room before it left out.
    starts: Vec<usize>,
}

impl<'u> Filler<'u> {
    fn new(units: &'u [Unit]) -> Self {
        let mut starts = Vec::with_capacity(units.len());
        let mut y = 0;
        for unit in units {
            y += unit.before;
            starts.push(y);
            y += unit.halves;
        }
        Filler { units, starts }
    }

    /// The height of a column of these units, with the heading that is repeated above them.
    fn height(&self, range: Range<usize>) -> usize {
        let Some(last) = range.end.checked_sub(1).filter(|last| *last >= range.start) else { return 0 };
        let again = self.again(range.start).map_or(0, |u| u.halves);
        again + self.starts[last] + self.units[last].halves - self.starts[range.start]
    }

    fn again(&self, first: usize) -> Option<&Unit> {
        self.units[first].again.as_deref().filter(|_| first > 0)
    }

    /// Whether a column may end before a unit.
    fn may_end(&self, before: usize) -> bool {
        before == self.units.len() || before > 0 && !self.units[before - 1].keep
    }

    /// The columns of a page.
    fn page(&self, from: usize, room: usize, count: usize) -> Vec<Range<usize>> {
        let end = self.units.len();
        if count == 2
            && self.height(from..end) <= 2 * room
            && let Some(cut) = self.middle(from, room)
        {
            return vec![from..cut, cut..end];
        }
        let mut at = from;
        let column = |_| {
            let start = at;
            at = self.full(at, room);
            start..at
        };
        (0..count).map(column).collect()
    }

    /// Where a column that begins with a unit is full.
    fn full(&self, from: usize, room: usize) -> usize {
        let fits = (from + 1..=self.units.len()).take_while(|to| self.height(from..*to) <= room);
        let (mut best, mut most) = (None, from);
        for to in fits {
            most = to;
            if self.may_end(to) {
                best = Some(to);
            }
        }
        // what holds together is longer than a column: nothing for it
        best.unwrap_or(most.max((from + 1).min(self.units.len())))
    }

    /// The place to part what is left into two columns of the same height.
    fn middle(&self, from: usize, room: usize) -> Option<usize> {
        let end = self.units.len();
        let cost = |cut: usize| {
            let (first, second) = (self.height(from..cut), self.height(cut..end));
            let loss = if cut == end || self.units[cut].section { 0 } else { LOSS };
            (first <= room && second <= room).then_some(first.max(second + usize::from(second > first)) + loss)
        };
        let all = (from..=end).filter(|cut| self.may_end(*cut)).filter_map(|cut| Some((cost(cut)?, end - cut)));
        all.min().map(|(_, left)| end - left)
    }

    fn place(&self, range: Range<usize>, x: f32, top: usize, page: &mut Vec<Placed>) {
        let mut y = top;
        if range.is_empty() {
            return;
        }
        if let Some(again) = self.again(range.start) {
            page.push(Placed { unit: again.clone(), x, y });
            y += again.halves;
        }
        for i in range.clone() {
            y += if i > range.start { self.units[i].before } else { 0 };
            page.push(Placed { unit: self.units[i].clone(), x, y });
            y += self.units[i].halves;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::rc::Rc;

    fn lines(count: usize) -> Vec<Unit> {
        (0..count).map(|_| Unit { halves: 2, ..Unit::default() }).collect()
    }

    fn opening(halves: usize) -> Unit {
        Unit { halves, ..Unit::default() }
    }

    /// How far down each column of each page reaches.
    fn ends(pages: &[Vec<Placed>]) -> Vec<[usize; 2]> {
        let end = |page: &[Placed], x: f32| page.iter().filter(|p| p.x == x).map(|p| p.y + p.unit.halves).max();
        pages.iter().map(|p| [1.0, 2.0].map(|x| end(p, x).unwrap_or(0))).collect()
    }

    #[test]
    fn the_last_page_ends_evenly() {
        let pages = columns(&lines(25), opening(4), 20, &[1.0, 2.0]);
        assert_eq!(ends(&pages), [[20, 20], [10, 8]]);
        assert_eq!(ends(&columns(&lines(1), opening(4), 20, &[1.0, 2.0])), [[6, 0]]);
        assert_eq!(ends(&columns(&[], opening(4), 20, &[1.0, 2.0])), [[0, 0]]);
    }

    #[test]
    fn headings_stay_with_what_follows_and_are_repeated() {
        let mut units = lines(30);
        units[9].keep = true;
        let again = Rc::new(Unit { halves: 2, ..Unit::default() });
        units.iter_mut().skip(1).for_each(|u| u.again = Some(again.clone()));
        let pages = columns(&units, opening(0), 20, &[1.0, 2.0]);
        // nine lines, for the tenth holds on to the next; then a heading and nine more
        assert_eq!(ends(&pages)[0], [18, 20]);
        // every column but the first begins with the heading once more
        let repeated = pages.iter().flatten().filter(|p| p.unit.halves == 2 && p.unit.again.is_none()).count() - 1;
        assert_eq!(repeated, 2 * pages.len() - 1);
    }

    #[test]
    fn what_is_longer_than_a_column_goes_on_all_the_same() {
        let mut units = lines(60);
        units.iter_mut().for_each(|u| u.keep = true);
        units.push(Unit { halves: 50, ..Unit::default() });
        let pages = columns(&units, opening(2), 20, &[1.0, 2.0]);
        assert_eq!(pages.iter().flatten().count(), 62);
    }
}
