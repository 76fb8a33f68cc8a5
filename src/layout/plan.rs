//! Which parts go where: the plan that fits. Nothing is drawn here.

use super::canvas::Set;
use super::context::Context;
use super::extras::{Lead, Serve, Tips, notes_lines};
use super::head::{Head, HeadWish, PhotoPlace, Running};
use super::list::{List, Slice, balance, whole};
use super::method::Method;
use crate::geom::mm;
use crate::text::Para;
use crate::theme::{HeadStyle, PairingStyle};
use std::ops::Range;

/// How steps may spread over sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    /// All on the front.
    One,
    /// Front, then back.
    Flow,
    /// None on the front, all on the back.
    PrepCook,
    /// As many cards as this.
    Cards(usize),
}

/// What must find room besides list and steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Extras {
    /// Everything, and on the front.
    Front,
    /// Everything.
    All,
    /// How it keeps and two tips.
    Most,
    /// Nothing.
    Least,
}

/// One try.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Attempt {
    /// Index into the theme's ladder.
    pub(super) rung: usize,
    pub(super) mode: Mode,
    pub(super) extras: Extras,
    pub(super) photo: PhotoPlace,
    /// Whether the front keeps room for a foot.
    pub(super) foot: bool,
}

/// A column of steps on a side.
#[derive(Debug, Clone)]
pub(super) struct StepColumn {
    pub(super) x: f32,
    pub(super) y: f32,
    pub(super) width: f32,
    pub(super) steps: Range<usize>,
    pub(super) gap: f32,
}

/// A block at a place.
#[derive(Debug, Clone)]
pub(super) struct At<T> {
    pub(super) what: T,
    pub(super) x: f32,
    pub(super) y: f32,
    pub(super) width: f32,
}

/// A side.
#[derive(Debug, Clone, Default)]
pub(super) struct Side {
    pub(super) list: Option<At<List>>,
    /// Allergens, and equipment if there is room for it, in this size.
    pub(super) needs: Option<At<Set>>,
    /// The rule over that line, where it stands in a column: start, height, width.
    pub(super) needs_rule: Option<(f32, f32, f32)>,
    /// Where labels stand over list and method.
    pub(super) labels: Option<(f32, f32, f32)>,
    /// The rule between list and method.
    pub(super) rule: Option<f32>,
    /// The method's column beside the list: start, width, end.
    beside: Option<(f32, f32, f32)>,
    /// The hairline between columns: x, top, bottom.
    pub(super) hair: Option<(f32, f32, f32)>,
    pub(super) columns: Vec<StepColumn>,
    pub(super) serve: Option<At<Serve>>,
    pub(super) tips: Option<At<Tips>>,
    pub(super) notes: usize,
    /// Where the last of them is.
    pub(super) notes_bottom: f32,
    /// Where the text ends.
    end: f32,
    /// Where it must.
    bottom: f32,
}

impl Side {
    /// The steps on this side.
    pub(super) fn steps(&self) -> Range<usize> {
        let first = self.columns.first().map_or(0, |c| c.steps.start);
        first..self.columns.last().map_or(first, |c| c.steps.end)
    }

    fn free(&self) -> f32 {
        self.bottom - self.end
    }
}

/// A plan that fits.
#[derive(Debug, Clone)]
pub(super) struct Plan {
    pub(super) head: Head,
    pub(super) method: Method,
    pub(super) sides: Vec<Side>,
    /// What found no room.
    pub(super) left_out: Vec<LeftOut>,
    pub(super) attempt: Attempt,
    pub(super) with_subtitle: bool,
    pub(super) with_equipment: bool,
}

/// The line under the list: allergens always, equipment if there is room for it.
pub(super) fn needs<'m>(c: &Context<'m>, with_equipment: bool) -> Option<&'m Para> {
    if with_equipment { c.m.needs.as_ref() } else { c.m.allergens.as_ref() }
}

impl Plan {
    /// Whether the last side is a front that keeps room for its foot.
    fn sides_with_foot(&self, c: &Context<'_>) -> bool {
        self.sides.len() == 1 && (c.m.few_quantities || c.m.source.is_some())
    }

    /// How much of the front is empty, beyond what wider gaps take up.
    pub(super) fn front_free(&self) -> f32 {
        self.sides.first().map_or(0.0, Side::free).max(0.0)
    }
}

/// Something that is not on the card.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum LeftOut {
    Subtitle,
    Equipment,
    StepTips,
    Pairings,
    Tip(String),
    Photo,
}

/// The least space between two steps, relative to the distance of baselines.
const GAP: f32 = 1.0 / 3.0;
/// The most.
const WIDE_GAP: f32 = 0.62;

/// The arrangement of the front.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Front {
    /// The list above, in columns; the steps below.
    Stack,
    /// The list at the start with this share of the width; the steps beside it in so many columns.
    Beside(f32, usize),
}

/// Tries a plan at a size of the method.
pub(super) fn plan(c: &Context<'_>, attempt: Attempt, size: f32) -> Option<Plan> {
    let fronts: Vec<Front> = fronts(c, attempt);
    let mut best: Option<(f32, Plan)> = None;
    for front in &fronts {
        if let Some((badness, plan)) = one(c, attempt, size, *front)
            && best.as_ref().is_none_or(|(b, _)| badness < *b - 0.003)
        {
            best = Some((badness, plan));
        }
    }
    if best.is_none() && fronts != [Front::Stack] && c.class.space <= 1.15 {
        best = one(c, attempt, size, Front::Stack);
    }
    best.map(|(_, p)| p)
}

fn fronts(c: &Context<'_>, attempt: Attempt) -> Vec<Front> {
    let sheet = c.class.space > 1.15;
    let beside =
        (c.is_landscape() || sheet) && attempt.mode != Mode::PrepCook && !matches!(attempt.photo, PhotoPlace::Large(_));
    if !beside {
        return vec![Front::Stack];
    }
    let mut out = Vec::new();
    for share in [0.30, 0.34, 0.38, 0.42, 0.45] {
        out.push(Front::Beside(share, 1));
        if (1.0 - share) * c.inner() > mm(108.0) {
            out.push(Front::Beside(share, 2));
        }
    }
    out
}

/// A plan with one arrangement of the front, and how uneven it is.
fn one(c: &Context<'_>, attempt: Attempt, size: f32, front: Front) -> Option<(f32, Plan)> {
    let rung = &c.theme.ladder[attempt.rung];
    let dense = attempt.rung >= 2;
    let all = matches!(attempt.extras, Extras::All | Extras::Front);
    let density = [1.0, 1.0, 0.86, 0.8][attempt.rung];
    let head = Head::measure(c, HeadWish { density, subtitle: attempt.extras != Extras::Least, photo: attempt.photo });
    let width = c.inner();
    let method_width = match front {
        Front::Stack => width,
        Front::Beside(share, columns) => (width * (1.0 - share) - c.class.column_gap * columns as f32) / columns as f32,
    };
    let mut flow = Flow {
        c,
        attempt,
        method: Method::new(c, rung, size, method_width, dense, all),
        list_set: c.list(rung, size),
        rest: whole(c),
        next: 0,
        sides: Vec::new(),
        badness: 0.0,
    };
    // beside the list the column is narrow, on the back it is not: there the rail is worked out anew
    flow.front(&head, front)?;
    while flow.next < c.m.steps.len() || !flow.rest.is_empty() {
        if flow.sides.len() >= flow.most_sides() {
            return None;
        }
        flow.other_side()?;
    }
    if attempt.mode == Mode::Flow {
        flow.balance_sides()?;
    }
    let badness = flow.badness;
    let with_subtitle = head.subtitle.is_some();
    let mut plan = Plan {
        head,
        method: flow.method,
        sides: flow.sides,
        left_out: Vec::new(),
        attempt,
        with_subtitle,
        with_equipment: attempt.extras != Extras::Least,
    };
    extras(c, &mut plan)?;
    spread(c, &mut plan);
    Some((badness, plan))
}

struct Flow<'a, 'c> {
    c: &'a Context<'c>,
    attempt: Attempt,
    method: Method,
    list_set: Set,
    /// What of the list is still to be placed.
    rest: Vec<Slice>,
    /// The next step.
    next: usize,
    sides: Vec<Side>,
    badness: f32,
}

impl Flow<'_, '_> {
    fn most_sides(&self) -> usize {
        match self.attempt.mode {
            Mode::One => 1,
            Mode::Flow | Mode::PrepCook => 2,
            Mode::Cards(n) => 2 * n,
        }
    }

    fn front(&mut self, head: &Head, front: Front) -> Option<()> {
        let c = self.c;
        let mut side = Side { bottom: c.bottom(self.attempt.foot), end: head.end, ..Side::default() };
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
        if !self.rest.is_empty() || self.attempt.mode == Mode::PrepCook {
            return Some(());
        }
        let bar = c.theme.parts.head == HeadStyle::Bar;
        let rule = side.end + c.sp(if bar { 3.2 } else { 3.4 });
        let steps_top = rule + c.sp(if bar { 5.0 } else { 3.7 });
        let before = self.next;
        self.place_steps(side, c.class.margin, steps_top, c.inner(), 1);
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
        let most = if c.inner() > mm(118.0) || self.rest.len() == 3 { 3 } else { 2 };
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
        let taken = prefix(&self.rest, |slices| measure(slices).height <= room)?;
        let (now, later) = split(&self.rest, taken);
        let list = measure(&now);
        side.end = top + list.height;
        side.list = Some(At { what: list, x: c.class.margin, y: top, width: c.inner() });
        self.rest = later;
        Some(())
    }

    fn needs_height(&self, width: f32) -> f32 {
        needs(self.c, self.attempt.extras != Extras::Least)
            .map_or(0.0, |p| self.list_set.para(p, width, 0.0) + self.c.sp(2.2))
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
    fn other_side(&mut self) -> Option<()> {
        let c = self.c;
        let last = self.sides.len() + 1 >= self.most_sides();
        let mut side = Side { bottom: c.bottom(!last), ..Side::default() };
        let top = Running::measure(c).end;
        side.end = top;
        if !self.rest.is_empty() {
            self.stack(&mut side, top)?;
            self.sides.push(side);
            return Some(());
        }
        let rung = &c.theme.ladder[self.attempt.rung];
        // on a wide side the steps stand in two columns when one would make lines too long
        let columns = if c.inner() > mm(128.0) && c.is_landscape() { 2 } else { 1 };
        let width = (c.inner() - c.class.column_gap * (columns - 1) as f32) / columns as f32;
        let dense = self.attempt.rung >= 2;
        if self.method_is_untouched() {
            self.method = Method::new(c, rung, self.method.set.size, width, dense, self.method.tips);
        }
        let before = self.next;
        self.place_steps(&mut side, c.class.margin, top, c.inner(), columns);
        if self.next == before {
            return None;
        }
        self.sides.push(side);
        Some(())
    }

    fn method_is_untouched(&self) -> bool {
        self.next == 0
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
    fn balance_sides(&mut self) -> Option<()> {
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
        let moved = self.method.height(c, a.end - 1, back.columns[0].width)
            + self.method.set.leading()
            + GAP * self.method.set.pitch;
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

fn total(heights: &[f32], gap: f32) -> f32 {
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

/// The most lines of the list, from its beginning, that pass `fits`; whole groups where that costs little.
fn prefix(slices: &[Slice], fits: impl Fn(&[Slice]) -> bool) -> Option<usize> {
    let count: usize = slices.iter().map(|s| s.items.len()).sum();
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
    let near = ends.into_iter().filter(|e| *e <= low && *e * 2 >= low).next_back();
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

/// Finds room for pairings, tips and notes. `None` when something that the attempt asks for finds none.
fn extras(c: &Context<'_>, plan: &mut Plan) -> Option<()> {
    let wanted: Vec<usize> = (0..c.m.asides.len()).collect();
    let front_only = plan.sides.len() == 1;
    let demand = plan.attempt.extras;
    let body = plan.method.set;
    let mut tips = wanted.clone();
    let mut with_pairings = !c.m.pairings.is_empty();
    if front_only && all_on_front(c, plan, &tips, with_pairings) {
        add_notes(c, plan);
        return Some(());
    }
    if demand == Extras::Front {
        return None;
    }
    let prep_cook = plan.attempt.mode == Mode::PrepCook;
    if prep_cook && !tips.is_empty() && tips_on_side(c, plan, 0, &tips, mm(0.0)) {
        tips.clear();
    }
    if tips.is_empty() && !with_pairings {
        add_notes(c, plan);
        return Some(());
    }
    if front_only {
        let top = Running::measure(c).end;
        plan.sides.push(Side { end: top, bottom: c.bottom(false), ..Side::default() });
    }
    let last = plan.sides.len() - 1;
    loop {
        if place_on(c, plan, last, body, &tips, with_pairings) {
            break;
        }
        // what goes first: pairings, then tips beyond two, then the rest of them
        if with_pairings && demand != Extras::All {
            with_pairings = false;
        } else if tips.len() > 2 && demand != Extras::All {
            let drop = tips.iter().rposition(|i| !c.m.asides[*i].is_storage).unwrap_or(tips.len() - 1);
            tips.remove(drop);
        } else if !tips.is_empty() && demand == Extras::Least {
            let drop = tips.iter().rposition(|i| !c.m.asides[*i].is_storage).unwrap_or(tips.len() - 1);
            tips.remove(drop);
        } else {
            return None;
        }
    }
    let placed_in_front = prep_cook && plan.sides[0].tips.is_some();
    for i in wanted {
        if !tips.contains(&i) && !placed_in_front {
            plan.left_out.push(LeftOut::Tip(c.m.asides[i].name.clone()));
        }
    }
    if !with_pairings && !c.m.pairings.is_empty() {
        plan.left_out.push(LeftOut::Pairings);
    }
    if front_only && tips.is_empty() && !with_pairings {
        plan.sides.pop();
    }
    add_notes(c, plan);
    Some(())
}

/// A card whose tips and pairings all fit on the front needs no back.
fn all_on_front(c: &Context<'_>, plan: &mut Plan, tips: &[usize], with_pairings: bool) -> bool {
    if with_pairings {
        return false;
    }
    tips.is_empty() || tips_on_side(c, plan, 0, tips, mm(0.0))
}

fn tips_on_side(c: &Context<'_>, plan: &mut Plan, side: usize, tips: &[usize], least_free: f32) -> bool {
    let body = plan.method.set;
    let gap = c.sp(6.5);
    // under a short last column of the list, or under the method beside it, there may be a niche for them
    let niche = match (&plan.sides[side].list, plan.sides[side].beside) {
        (Some(at), None) if plan.sides[side].columns.is_empty() && plan.sides[side].needs_rule.is_none() => at
            .what
            .niche()
            .filter(|(_, w, _, _)| *w > mm(40.0))
            .map(|(x, w, height, _)| (x, w, at.y + height + c.sp(5.0), plan.sides[side].bottom)),
        (Some(_), Some((x, w, end))) => Some((x, w, end + gap, plan.sides[side].bottom)),
        _ => None,
    };
    if let Some((x, width, top, bottom)) = niche
        && let Some(measured) = Tips::measure(c, body, tips, width, Lead::Rule, bottom - top)
        && top + measured.height <= bottom
    {
        let s = &mut plan.sides[side];
        let y = if s.beside.is_some() { bottom - measured.height } else { top };
        s.end = s.end.max(y + measured.height);
        s.tips = Some(At { what: measured, x, y, width });
        return true;
    }
    let (x, width) = (c.class.margin, c.inner());
    let room = plan.sides[side].free() - gap;
    let Some(tips) = Tips::measure(c, body, tips, width, Lead::Rule, room) else { return true };
    let s = &mut plan.sides[side];
    if s.free() < tips.height + gap || s.free() < least_free {
        return false;
    }
    // they stand at the foot, so that what is free lies between the method and them
    let y = if s.columns.is_empty() { s.end + gap } else { (s.bottom - tips.height).min(s.end + 2.2 * gap) };
    s.end = y + tips.height;
    s.tips = Some(At { what: tips, x, y, width });
    true
}

/// Pairings and tips on a side, under what is there.
fn place_on(c: &Context<'_>, plan: &mut Plan, side: usize, body: Set, tips: &[usize], with_pairings: bool) -> bool {
    let s = &plan.sides[side];
    let bare = s.columns.is_empty() && s.list.is_none();
    let (x, width, top, bottom) = (c.class.margin, c.inner(), s.end, s.bottom);
    // on a lying card with little on it they stand side by side
    let abreast =
        bare && c.is_landscape() && with_pairings && !tips.is_empty() && c.theme.parts.pairings == PairingStyle::Lines;
    let half = (width - c.sp(7.0)) * 0.45;
    let (serve_width, tips_x, tips_width) =
        if abreast { (half, x + half + c.sp(7.0), width - half - c.sp(7.0)) } else { (width, x, width) };
    let gap = if bare { 0.0 } else { c.sp(7.5) };
    let labelled = !bare || c.theme.parts.pairings == PairingStyle::Lines;
    let first_gap = gap;
    let lead = if abreast {
        Lead::Label
    } else if bare && !with_pairings {
        Lead::Nothing
    } else {
        Lead::Rule
    };
    let tips_height =
        Tips::measure(c, body, tips, tips_width, lead, f32::INFINITY).map_or(0.0, |t| t.height + c.sp(8.0));
    let room = bottom - top - first_gap - if abreast { 0.0 } else { tips_height };
    let mut end = top;
    let mut serve = None;
    if with_pairings {
        // prose stands in the size of the text, names in a larger one
        let Some(measured) =
            Serve::measure(c, body, serve_width, if bare { room } else { room.min(mm(48.0)) }, labelled)
        else {
            return false;
        };
        let y = top + first_gap;
        end = y + measured.height;
        serve = Some(At { what: measured, x, y, width: serve_width });
    }
    let mut placed = None;
    let tips_room = bottom - if abreast { top } else { end + if with_pairings { c.sp(8.0) } else { gap } };
    if let Some(measured) = Tips::measure(c, body, tips, tips_width, lead, tips_room) {
        let y = if abreast { top } else { end + if with_pairings { c.sp(8.0) } else { gap } };
        if y + measured.height > bottom {
            return false;
        }
        end = end.max(y + measured.height);
        placed = Some(At { what: measured, x: tips_x, y, width: tips_width });
    }
    let s = &mut plan.sides[side];
    (s.serve, s.tips, s.end) = (serve, placed, end);
    true
}

/// Lines for notes on what is free of the last side, unless that is the front.
fn add_notes(c: &Context<'_>, plan: &mut Plan) {
    // a sheet has no back to write on
    let sheet = c.class.space > 1.15;
    if plan.sides.len() > 1 || sheet {
        let bottom = if plan.sides_with_foot(c) { c.bottom(true) - c.sp(1.0) } else { notes_bottom(c) };
        let top = plan.sides.last().map_or(0.0, |s| s.end) + c.sp(5.0);
        if let Some(side) = plan.sides.last_mut() {
            side.notes = notes_lines(c, top, bottom);
            side.notes_bottom = bottom;
        }
    }
}

/// Where the last line for notes is.
fn notes_bottom(c: &Context<'_>) -> f32 {
    c.size.h - c.class.bottom - c.sp(3.0)
}

/// Gives what is left over to the gaps between steps, up to two thirds of a line.
fn spread(c: &Context<'_>, plan: &mut Plan) {
    let pitch = plan.method.set.pitch;
    for side in &mut plan.sides {
        let gaps = side.columns.iter().map(|col| col.steps.len().saturating_sub(1)).max().unwrap_or(0);
        if gaps == 0 {
            continue;
        }
        let tops = [side.tips.as_ref().map(|t| t.y), side.serve.as_ref().map(|s| s.y)];
        let followed = tops.into_iter().flatten().reduce(f32::min);
        let limit = if side.notes > 0 { 0.44 } else { WIDE_GAP } - GAP;
        let free = match followed {
            Some(_) if side.notes > 0 => c.sp(2.0),
            Some(y) => (y - column_end(c, plan.method, side) - c.sp(6.5)).max(0.0),
            None => side.bottom - side.end,
        };
        let more = (free / gaps as f32).clamp(0.0, limit * pitch);
        for column in &mut side.columns {
            column.gap += more;
        }
        let shift = more * gaps as f32;
        side.end += shift;
        if side.notes > 0 {
            for y in side.serve.iter_mut().map(|s| &mut s.y).chain(side.tips.iter_mut().map(|t| &mut t.y)) {
                *y += shift;
            }
        }
    }
}

fn column_end(c: &Context<'_>, method: Method, side: &Side) -> f32 {
    let end = |col: &StepColumn| {
        let heights: Vec<f32> = col.steps.clone().map(|i| method.height(c, i, col.width)).collect();
        col.y + total(&heights, col.gap)
    };
    side.columns.iter().map(end).fold(0.0, f32::max)
}
