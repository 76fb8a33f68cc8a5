//! Filling sides with the list and the steps.

use super::{At, Attempt, Context, Front, Mode, Side, StepColumn, needs, side_bottom};
use crate::compose::balance;
use crate::geom::mm;
use crate::layout::batches;
use crate::layout::canvas::Set;
use crate::layout::head::Head;
use crate::layout::list::{List, Slice};
use crate::layout::method::Method;
use crate::layout::running;
use crate::theme::{HeadStyle, Split};
use std::ops::Range;

/// The least space between two steps, relative to the distance of baselines.
pub(super) const GAP: f32 = 1.0 / 3.0;

/// Filling sides one after the other.
pub(super) struct Flow<'a, 'c> {
    pub(super) c: &'a Context<'c>,
    pub(super) attempt: Attempt,
    pub(super) method: Method,
    pub(super) list_set: Set,
    /// What of the list is still to be placed.
    pub(super) rest: Vec<Slice>,
    /// The next step.
    pub(super) next: usize,
    pub(super) sides: Vec<Side>,
    pub(super) badness: f32,
}

impl Flow<'_, '_> {
    pub(super) fn most_sides(&self) -> usize {
        match self.attempt.mode {
            Mode::One => 1,
            Mode::Flow | Mode::PrepCook => 2,
            Mode::Cards(n) => 2 * n,
        }
    }

    pub(super) fn front(&mut self, head: &Head, front: Front) -> Option<()> {
        let c = self.c;
        let bottom = side_bottom(c, self.attempt.mode, 0, self.attempt.foot);
        let mut side = Side { bottom, end: head.end, ..Side::default() };
        match front {
            Front::Stack => self.stack(&mut side, head.end)?,
            Front::Beside(share, columns) => self.beside(&mut side, head, share, columns)?,
        }
        self.sides.push(side);
        Some(())
    }

    /// The list over the whole width, then as many steps as there is room for.
    fn stack(&mut self, side: &mut Side, top: f32) -> Option<()> {
        let c = self.c;
        self.place_list(side, top)?;
        let apart = self.attempt.mode == Mode::PrepCook || c.theme.parts.split == Split::Apart;
        if !self.rest.is_empty() || apart {
            return Some(());
        }
        let bar = c.theme.parts.head == HeadStyle::Bar;
        let rule = side.end + c.sp(if bar { 3.2 } else { 3.4 });
        let steps_top = rule + c.sp(if bar { 5.0 } else { 3.7 });
        let before = self.next;
        self.place_steps(side, c.class.margin, steps_top, c.inner(), columns(c));
        if self.next > before {
            side.rule = Some(rule);
        } else if self.attempt.mode == Mode::One {
            return None;
        }
        Some(())
    }

    /// What is left of the list, or as much of it as there is room for on a side of its own.
    fn place_list(&mut self, side: &mut Side, top: f32) -> Option<()> {
        let c = self.c;
        batches::room(c, self.list_set, c.inner())?;
        let most = if c.is_large() {
            1
        } else if c.inner() > mm(118.0) || self.rest.len() == 3 {
            3
        } else {
            2
        };
        // with no steps under it the list may take the height it likes
        let roomy = if self.attempt.mode == Mode::PrepCook { (side.bottom - top) * 0.86 } else { 0.0 };
        let measure =
            |slices: &[Slice]| List::measure(c, self.list_set, slices, c.class.margin, c.inner(), most, roomy);
        let list = measure(&self.rest);
        // under a short last column there may be room for what is needed
        let niche = list
            .niche()
            .filter(|(_, w, _, room)| self.needs_height(*w) + c.sp(3.4) <= *room && self.needs_height(*w) > 0.0);
        let needs = if niche.is_some() { 0.0 } else { self.needs_height(c.inner()) };
        if top + list.height + needs <= side.bottom {
            let end = top + list.height;
            side.list = Some(At { what: list, x: c.class.margin, y: top, width: c.inner() });
            self.rest.clear();
            match niche {
                Some((x, width, height, _)) => {
                    side.needs_rule = Some((x, top + height + c.sp(2.6), width));
                    side.end = top + height + c.sp(2.8);
                    self.place_needs(side, x, width);
                }
                None => {
                    side.end = end;
                    self.place_needs(side, c.class.margin, c.inner());
                }
            }
            side.end = side.end.max(end);
            return Some(());
        }
        if !matches!(self.attempt.mode, Mode::Cards(_)) {
            return None;
        }
        let room = side.bottom - top;
        // what stands under the list goes with its last lines
        let all = lines(&self.rest);
        let under = |slices: &[Slice]| if lines(slices) == all { self.needs_height(c.inner()) } else { 0.0 };
        let taken = prefix(&self.rest, |slices| measure(slices).height + under(slices) <= room)?;
        let (now, later) = split(&self.rest, taken);
        let list = measure(&now);
        side.end = top + list.height;
        side.list = Some(At { what: list, x: c.class.margin, y: top, width: c.inner() });
        self.rest = later;
        Some(())
    }

    pub(super) fn needs_height(&self, width: f32) -> f32 {
        needs(self.c, self.attempt.small.equipment).map_or(0.0, |p| self.list_set.para(p, width, 0.0) + self.c.sp(2.2))
    }

    fn place_needs(&self, side: &mut Side, x: f32, width: f32) {
        let height = self.needs_height(width);
        if height > 0.0 {
            side.needs = Some(At { what: self.list_set, x, y: side.end + self.c.sp(2.2), width });
            side.end += height;
        }
    }

    /// The list in a column, the steps beside it.
    fn beside(&mut self, side: &mut Side, head: &Head, share: f32, columns: usize) -> Option<()> {
        let c = self.c;
        let gap = c.class.column_gap;
        let list_width = c.inner() * share;
        batches::room(c, self.list_set, list_width)?;
        let label = if c.theme.parts.labels { c.sp(5.9) } else { 0.0 };
        let top = head.end + label;
        let list = List::measure(c, self.list_set, &self.rest, c.class.margin, list_width, 1, 0.0);
        let list_end = top + list.height;
        let needs = self.needs_height(list_width);
        if list_end + needs > side.bottom {
            return None;
        }
        side.list = Some(At { what: list, x: c.class.margin, y: top, width: list_width });
        self.rest.clear();
        side.end = list_end;
        self.place_needs(side, c.class.margin, list_width);
        let list_end = side.end;
        let x = c.class.margin + list_width + gap;
        let width = c.size.w - c.class.margin - x;
        let before = self.next;
        side.end = top;
        self.place_steps(side, x, top, width, columns);
        if self.next == before {
            return None;
        }
        let method_end = side.end;
        side.end = method_end.max(list_end);
        if label > 0.0 {
            side.labels = Some((head.end, c.class.margin, x));
        }
        if c.theme.parts.head == HeadStyle::Ruled {
            side.hair = Some((x - gap / 2.0, head.end - c.sp(0.2), side.end + c.sp(0.6)));
        }
        // the lower the better; all else being equal, columns that end together look best
        let highest = method_end.max(list_end);
        let w = (width - gap * (columns - 1) as f32) / columns as f32;
        // lines of more than sixty characters tire the eye
        self.badness += 0.006 * (self.method.characters(c, w) - 58.0).max(0.0);
        self.badness +=
            (highest + 0.25 * (method_end - list_end).abs()) / c.size.h + if columns > 1 { 0.01 } else { 0.0 };
        side.beside = Some((x, width, method_end));
        Some(())
    }

    /// A side without the title: what is left of the list, then steps.
    pub(super) fn other_side(&mut self) -> Option<()> {
        let c = self.c;
        let last = self.sides.len() + 1 >= self.most_sides();
        let bottom = side_bottom(c, self.attempt.mode, self.sides.len(), !last);
        let mut side = Side { bottom, ..Side::default() };
        let top = running::end(c);
        side.end = top;
        if !self.rest.is_empty() {
            self.stack(&mut side, top)?;
            self.sides.push(side);
            return Some(());
        }
        if self.next == 0 {
            // beside the list the column was narrow, here it is not: the rail is worked out anew
            self.method = Method::new(c, &self.attempt, self.method.set.size, column_width(c));
        }
        let before = self.next;
        self.place_steps(&mut side, c.class.margin, top, c.inner(), columns(c));
        if self.next == before {
            return None;
        }
        self.sides.push(side);
        Some(())
    }

    /// Fills columns with steps from the next one on.
    fn place_steps(&mut self, side: &mut Side, x: f32, top: f32, width: f32, columns: usize) {
        let c = self.c;
        let gap = c.class.column_gap;
        let w = (width - gap * (columns - 1) as f32) / columns as f32;
        let room = side.bottom - top;
        let space = self.gap();
        let heights: Vec<f32> = (self.next..c.m.steps.len()).map(|i| self.method.height(c, i, w)).collect();
        let mut cuts = fill(&heights, columns, room, space);
        let placed: usize = cuts.iter().map(ExactSizeIterator::len).sum();
        if columns > 1 && placed == heights.len() {
            let padded: Vec<f32> = heights.iter().map(|h| h + space).collect();
            if let Some(even) = balance(&padded, columns.min(heights.len()))
                && even.iter().all(|r| total(&heights[r.clone()], space) <= room)
            {
                cuts = even;
            }
        }
        let mut end = top;
        for (k, range) in cuts.into_iter().enumerate() {
            if range.is_empty() {
                continue;
            }
            end = f32::max(end, top + total(&heights[range.clone()], space));
            let steps = self.next + range.start..self.next + range.end;
            side.columns.push(StepColumn { x: x + k as f32 * (w + gap), y: top, width: w, steps, gap: space });
        }
        self.next += placed;
        if placed > 0 {
            side.end = side.end.max(end);
        }
    }

    /// From the end of one step to the beginning of the next.
    fn gap(&self) -> f32 {
        self.method.set.leading() + GAP * self.method.set.pitch
    }

    /// A step alone on the back, or on the front, looks lost: two at least on each side.
    pub(super) fn balance_sides(&mut self) -> Option<()> {
        let gap = self.gap();
        let [front, back] = self.sides.as_mut_slice() else { return Some(()) };
        let (a, b) = (front.steps(), back.steps());
        if a.is_empty() || b.len() >= 2 {
            // a lone step on the front is no better
            return (a.len() != 1 || b.is_empty()).then_some(());
        }
        if a.len() < 3 || front.columns.len() != 1 || back.columns.len() != 1 {
            return None;
        }
        let c = self.c;
        let moved = self.method.height(c, a.end - 1, back.columns[0].width) + gap;
        if back.end + moved > back.bottom {
            return None;
        }
        front.columns[0].steps.end -= 1;
        front.end -= moved;
        back.columns[0].steps.start -= 1;
        back.end += moved;
        Some(())
    }
}

/// On a wide side the steps stand in two columns: one would make lines too long.
fn columns(c: &Context<'_>) -> usize {
    if c.inner() > mm(128.0) && c.is_landscape() && !c.is_large() { 2 } else { 1 }
}

/// How wide a column of steps is where nothing stands beside them.
pub(super) fn column_width(c: &Context<'_>) -> f32 {
    let n = columns(c) as f32;
    (c.inner() - c.class.column_gap * (n - 1.0)) / n
}

pub(super) fn total(heights: &[f32], gap: f32) -> f32 {
    heights.iter().sum::<f32>() + gap * heights.len().saturating_sub(1) as f32
}

/// Fills columns one after the other.
fn fill(heights: &[f32], columns: usize, room: f32, gap: f32) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    for _ in 0..columns {
        let mut end = start;
        let mut used = 0.0;
        while end < heights.len() {
            let more = heights[end] + if end > start { gap } else { 0.0 };
            if used + more > room + 0.01 {
                break;
            }
            used += more;
            end += 1;
        }
        out.push(start..end);
        start = end;
    }
    out
}

/// How many lines of the list there are.
fn lines(slices: &[Slice]) -> usize {
    slices.iter().map(|s| s.items.len()).sum()
}

/// The most lines of the list, from its beginning, that pass `fits`; whole groups where that costs little.
fn prefix(slices: &[Slice], fits: impl Fn(&[Slice]) -> bool) -> Option<usize> {
    let count = lines(slices);
    let (mut low, mut high) = (0, count);
    while low < high {
        let mid = (low + high).div_ceil(2);
        if fits(&split(slices, mid).0) { low = mid } else { high = mid - 1 }
    }
    // back to a group's end when that is near
    let mut ends = Vec::new();
    let mut sum = 0;
    for s in slices {
        sum += s.items.len();
        ends.push(sum);
    }
    let near = ends.into_iter().rfind(|e| *e <= low && *e * 2 >= low);
    near.or(Some(low)).filter(|n| *n > 0)
}

/// The first `count` lines of a list, and the others.
fn split(slices: &[Slice], count: usize) -> (Vec<Slice>, Vec<Slice>) {
    let (mut now, mut later) = (Vec::new(), Vec::new());
    let mut left = count;
    for s in slices {
        let take = s.items.len().min(left);
        let mid = s.items.start + take;
        if take > 0 {
            now.push(Slice { group: s.group, items: s.items.start..mid });
        }
        if mid < s.items.end {
            later.push(Slice { group: s.group, items: mid..s.items.end });
        }
        left -= take;
    }
    (now, later)
}
