//! Units onto pages: bands of columns, one below the other, each column going on over as many pages as it takes.

use super::unit::Unit;

/// A unit at a place of a page: x in points from the text's edge, y in halves of a line.
#[derive(Debug, Clone)]
pub(super) struct Placed {
    pub(super) unit: Unit,
    pub(super) x: f32,
    pub(super) y: usize,
}

/// A column of a band: where it begins, and what it holds.
pub(super) type Column = (f32, Vec<Unit>);

/// Pages that are being filled.
#[derive(Debug, Clone)]
pub(super) struct Flow {
    pub(super) pages: Vec<Vec<Placed>>,
    /// How far down the last page is taken.
    pub(super) y: usize,
    /// Halves of a line on a page, and the height of a half.
    room: usize,
    half: f32,
    /// Units that were parted although they should not be, for they are longer than a page.
    pub(super) forced: usize,
    /// Pages on which a column went on alone.
    pub(super) alone: usize,
    /// Whether the method stands overleaf of its list.
    pub(super) apart: bool,
    /// Lists that go on on the next page.
    pub(super) parts: usize,
}

impl Flow {
    pub(super) fn new(room: usize, half: f32) -> Flow {
        Flow { pages: vec![Vec::new()], y: 0, room, half, forced: 0, alone: 0, apart: false, parts: 0 }
    }

    /// What is left of the last page.
    pub(super) fn left(&self) -> usize {
        self.room.saturating_sub(self.y)
    }

    /// Goes on with a new page, unless the last one is empty.
    pub(super) fn turn(&mut self) {
        if self.y > 0 {
            self.pages.push(Vec::new());
            self.y = 0;
        }
    }

    /// Room before what comes next.
    pub(super) fn gap(&mut self, halves: usize) {
        if self.y > 0 {
            self.y = (self.y + halves).min(self.room);
        }
    }

    /// Units over the whole width, which stay on one page.
    pub(super) fn head(&mut self, units: Vec<Unit>) {
        for unit in units {
            if self.y > 0 {
                self.y += unit.before;
            }
            let halves = unit.halves;
            if let Some(page) = self.pages.last_mut() {
                page.push(Placed { unit, x: 0.0, y: self.y });
            }
            self.y += halves;
        }
    }

    /// Columns side by side. Each is filled on its own; the band ends with the longest.
    pub(super) fn band(&mut self, columns: Vec<Column>) {
        let (first, top) = (self.pages.len() - 1, self.y);
        let mut ends: Vec<(usize, usize)> = Vec::new();
        for (x, units) in columns {
            let (mut page, mut y) = (first, top);
            let mut rest = units;
            loop {
                let (taken, left) = self.take(rest, self.room.saturating_sub(y), y == 0);
                while self.pages.len() <= page {
                    self.pages.push(Vec::new());
                }
                let start = y;
                for mut unit in taken {
                    y += if y > start { unit.before } else { 0 };
                    unit.before = 0;
                    let halves = unit.halves;
                    self.pages[page].push(Placed { unit, x, y });
                    y += halves;
                }
                if left.is_empty() {
                    break;
                }
                rest = left;
                (page, y) = (page + 1, 0);
            }
            ends.push((page, y));
        }
        let ended: Vec<usize> = ends.iter().filter(|(p, y)| (*p, *y) != (first, top)).map(|e| e.0).collect();
        self.alone += ended.iter().max().unwrap_or(&first) - ended.iter().min().unwrap_or(&first);
        let last = ends.iter().map(|e| e.0).max().unwrap_or(first);
        self.y = ends.iter().filter(|e| e.0 == last).map(|e| e.1).max().unwrap_or(top).max(if last == first {
            top
        } else {
            0
        });
    }

    /// Units in two or more columns of equal width that end together, page by page.
    pub(super) fn even(&mut self, mut units: Vec<Unit>, xs: &[f32]) {
        loop {
            let room = self.left();
            let whole: usize = units.iter().map(|u| u.halves + u.before).sum();
            if whole <= room * xs.len()
                && let Some(cuts) = self.cuts(&units, xs.len(), room)
            {
                let columns = cuts.into_iter().zip(xs).map(|(r, x)| (*x, units[r].to_vec())).collect();
                self.band(columns);
                return;
            }
            let mut columns: Vec<Column> = Vec::new();
            for x in xs {
                let (taken, left) = self.take(units, room, self.y == 0);
                columns.push((*x, taken));
                units = left;
            }
            self.band(columns);
            if units.is_empty() {
                return;
            }
            self.pages.push(Vec::new());
            self.y = 0;
        }
    }

    /// The cuts between units that make the highest column lowest; a section's beginning is a good place to cut.
    fn cuts(&self, units: &[Unit], count: usize, room: usize) -> Option<Vec<std::ops::Range<usize>>> {
        let n = units.len();
        let height = |from: usize, to: usize| {
            units[from..to].iter().enumerate().map(|(i, u)| u.halves + if i > 0 { u.before } else { 0 }).sum::<usize>()
        };
        let may = |i: usize| i == 0 || i == n || !units[i - 1].keep;
        let loss = |i: usize| if i == n || units[i].section { 0 } else { 5 };
        match count {
            2 => {
                let all = (0..=n).filter(|i| may(*i)).map(|i| (height(0, i).max(height(i, n)), i));
                let best = all.filter(|(h, _)| *h <= room).min_by_key(|(h, i)| (h + loss(*i), n - i))?;
                Some(vec![0..best.1, best.1..n])
            }
            3 => {
                let mut best: Option<(usize, usize, usize)> = None;
                for i in (0..=n).filter(|i| may(*i)) {
                    for j in (i..=n).filter(|j| may(*j)) {
                        let h = height(0, i).max(height(i, j)).max(height(j, n));
                        let cost = h + loss(i) + loss(j);
                        if h <= room && best.is_none_or(|b| cost < b.0 || cost == b.0 && (i, j) > (b.1, b.2)) {
                            best = Some((cost, i, j));
                        }
                    }
                }
                best.map(|(_, i, j)| vec![0..i, i..j, j..n])
            }
            _ => (height(0, n) <= room).then(|| std::iter::once(0..n).collect()),
        }
    }

    /// What of the units a column of that height takes, and what is left.
    pub(super) fn parted(&mut self, units: Vec<Unit>, room: usize) -> (Vec<Unit>, Vec<Unit>) {
        self.take(units, room, false)
    }

    /// What of the units a column of that height takes, and what is left. An empty page takes something in any case.
    fn take(&mut self, units: Vec<Unit>, room: usize, empty: bool) -> (Vec<Unit>, Vec<Unit>) {
        let mut used = 0;
        let mut count = 0;
        while count < units.len() {
            let end = units[count..].iter().position(|u| !u.keep).map_or(units.len(), |i| count + i + 1);
            let chain = &units[count..end];
            let gap = if count > 0 { chain[0].before } else { 0 };
            let whole: usize = chain.iter().enumerate().map(|(i, u)| u.halves + if i > 0 { u.before } else { 0 }).sum();
            if used + gap + whole > room {
                return self.break_at(units, (count, end), used + gap, room, empty && count == 0);
            }
            used += gap + whole;
            count = end;
        }
        (units, Vec::new())
    }

    /// Ends a column before the chain of units from `count` to `end`, or within its last one where that may be parted.
    fn break_at(
        &mut self,
        mut units: Vec<Unit>,
        (count, end): (usize, usize),
        used: usize,
        room: usize,
        must: bool,
    ) -> (Vec<Unit>, Vec<Unit>) {
        let heads: usize = units[count..end - 1].iter().map(|u| u.halves + u.before).sum();
        let last = &units[end - 1];
        let gap = if end - 1 > count { last.before } else { 0 };
        let space = room.saturating_sub(used + heads + gap) / 2 * 2;
        // two lines at least on each side
        let leaves_two = |space: usize| space.min(last.halves.saturating_sub(4)) / 2 * 2;
        let at = leaves_two(space);
        if last.is_soft(4)
            && at >= 4
            && let Some((a, b)) = last.parted(at, self.half)
        {
            let mut left = units.split_off(end);
            units.pop();
            units.push(a);
            left.insert(0, b);
            return (units, left);
        }
        if must {
            // longer than a page: nothing for it
            if let Some((a, b)) = last.parted(space.max(2), self.half) {
                self.forced += 1;
                let mut left = units.split_off(end);
                units.pop();
                units.push(a);
                left.insert(0, b);
                return (units, left);
            }
            let left = units.split_off(end);
            return (units, left);
        }
        let mut left = units.split_off(count);
        // one step alone overleaf looks like an afterthought
        if left.len() == 1
            && left[0].step
            && units.len() > 2
            && units[units.len() - 1].step
            && units[units.len() - 2].step
        {
            let before = units.pop();
            left.splice(0..0, before);
        }
        if let Some(again) = left.first().and_then(|u| u.again.clone()).filter(|_| !units.is_empty()) {
            left.insert(0, (*again).clone());
        }
        (units, left)
    }
}
