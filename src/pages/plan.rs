//! How a recipe is spread over pages: one page, a spread, or a spread and more (book specification, 4).

use super::block::{Block, Fit, Shot};
use super::flow::{Column, Flow};
use super::grid::{Grid, Look};
use super::head::Head;
use super::material::{Material, Section};
use super::unit::{Key, Unit};
use crate::compose::balance;
use crate::compose::setter::Script;

/// Where things go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// List in the rail, method beside it, all on as few pages as it takes.
    Beside,
    /// List below the story on the first page, method on the second.
    Facing,
    /// List beside the story, below the facts, method on the second.
    Under,
    /// Story alone on the first page, list in the rail beside the method on the second.
    Apart,
}

/// A list that begins beside the story has room for this much of it there, in halves of a line.
const LEAST_LIST: usize = 14;

/// One of the ways to fill pages: the form, whether it says why beside the story, how many notes stand in the rail.
#[derive(Debug, Clone, Copy)]
pub(super) struct Choice {
    form: Form,
    why: bool,
    notes: usize,
}

/// Halves of a line between the grid and the folio that a line of the source may take.
const OVERHANG: usize = 3;

/// A recipe's pages.
pub(super) struct Plan {
    pub(super) flow: Flow,
    pub(super) choice: Choice,
    /// What was chosen, for the curious.
    pub(super) chosen: &'static str,
}

/// The recipe's photo: which, and whether it is so coarse that it goes into the rail.
#[derive(Debug, Clone, Copy)]
pub(super) struct Front {
    pub(super) shot: Shot,
    pub(super) small: bool,
}

pub(super) struct Planner<'a> {
    pub(super) look: Look<'a>,
    pub(super) grid: Grid,
    pub(super) script: Script,
    pub(super) m: &'a Material,
    pub(super) photo: Option<Front>,
    /// The level of the title.
    pub(super) level: u8,
}

impl Planner<'_> {
    /// The plan that was found the best before, for the same texts.
    pub(super) fn again(&self, choice: Choice) -> Plan {
        match self.flow(choice.form, choice.why, choice.notes) {
            Some(flow) => Plan { flow, choice, chosen: "" },
            None => self.plan(),
        }
    }

    /// The best plan: of those with the fewest pages the one that comes first.
    pub(super) fn plan(&self) -> Plan {
        let whole = self.m.lists.is_empty() && self.m.method.is_empty();
        let forms =
            if whole { &[Form::Beside][..] } else { &[Form::Beside, Form::Facing, Form::Under, Form::Apart][..] };
        let mut best: Option<(usize, Plan)> = None;
        for (rank, form) in forms.iter().enumerate() {
            for why in [true, false] {
                for notes in (0..=self.m.notes.len()).rev() {
                    if !why && self.m.why.is_none() {
                        continue;
                    }
                    let Some(flow) = self.flow(*form, why, notes) else { continue };
                    let cost = self.cost(&flow, *form, rank, why, notes);
                    if best.as_ref().is_none_or(|b| cost < b.0) {
                        let chosen = match (form, flow.pages.len()) {
                            (_, 1) => "one page",
                            (Form::Facing, 2) => "a spread, the list before the method",
                            (Form::Under, 2) => "a spread, the list beside the story",
                            (Form::Apart, 2) => "a spread, the list beside the method",
                            (Form::Beside, 2) => "a spread, the method over both pages",
                            _ => "a spread and more",
                        };
                        let choice = Choice { form: *form, why, notes };
                        best = Some((cost, Plan { flow, choice, chosen }));
                    }
                }
            }
        }
        best.map(|b| b.1).unwrap_or_else(|| {
            let choice = Choice { form: Form::Beside, why: true, notes: 0 };
            Plan { flow: Flow::new(self.grid.halves, self.grid.half), choice, chosen: "" }
        })
    }

    /// Pages count most, then the form, then what was moved away from its place.
    fn cost(&self, flow: &Flow, form: Form, rank: usize, why: bool, notes: usize) -> usize {
        let pages = flow.pages.len();
        // a recipe on more than one page is better off with its list and its method facing each other
        let rank = match form {
            Form::Beside if pages > 1 => 4,
            _ => rank,
        };
        flow.forced * 1_000_000
            + pages * 10_000
            + rank * 1000
            + flow.alone * 500
            // what is needed at once is seen at once
            + usize::from(flow.apart) * 3500
            + flow.parts * 1200
            + usize::from(!why) * 20
            + (self.m.notes.len() - notes) * 10
    }

    /// The pages of a form, or `None` where it will not do.
    fn flow(&self, form: Form, why: bool, notes_in_rail: usize) -> Option<Flow> {
        let mut flow = Flow::new(self.grid.halves, self.grid.half);
        let has_story = !self.m.story.is_empty() || why && self.m.why.is_some();
        let in_rail = has_story && !self.m.facts.is_empty();
        flow.head(self.opening(!in_rail));
        let format = self.look.format;
        let fit = self.fit();
        let list = if form == Form::Under { self.rail_list(&fit) } else { Vec::new() };
        if form == Form::Under && (list.is_empty() || !in_rail) {
            return None;
        }
        let rest = self.introduction(&mut flow, in_rail, has_story, why, list)?;
        let mut after: Vec<&Section> = Vec::new();
        let mut rail: Vec<Unit> = Vec::new();
        if form == Form::Facing {
            self.lists(&mut flow);
            flow.turn();
            flow.apart = (flow.pages.len() - 2) / 2 != (flow.pages.len() - 1) / 2;
        } else if form == Form::Under {
            flow.turn();
            flow.parts += usize::from(!rest.is_empty());
            rail.extend(rest);
        } else {
            if form == Form::Apart {
                flow.turn();
            }
            rail.extend(self.rail_list(&fit));
        }
        for section in &self.m.notes[..notes_in_rail] {
            rail.extend(fit.units(&section.blocks, format.rail));
        }
        after.extend(&self.m.notes[notes_in_rail..]);
        if !why {
            after.extend(&self.m.why);
        }
        after.extend(&self.m.after);
        self.method(&mut flow, &fit, rail, &mut after);
        self.back(&mut flow, &fit, &after);
        if let Some(source) = &self.m.source {
            let mut unit = fit.unit(source, format.text());
            if flow.left() < unit.halves + unit.before {
                // a line under the grid looks better than alone overleaf
                if unit.halves < flow.left() + OVERHANG {
                    unit.before = 1;
                } else {
                    flow.turn();
                }
            }
            flow.head(vec![unit]);
        }
        Some(flow)
    }

    fn fit(&self) -> Fit<'_> {
        let gaps = &self.look.m.gaps;
        let hang = if self.m.many_steps { gaps.step_wide } else { gaps.step };
        Fit { look: self.look, grid: self.grid, hang, justify: self.script.cjk }
    }

    /// Photo, kicker, title, names, rule, and the facts where they stand as a line.
    fn opening(&self, facts: bool) -> Vec<Unit> {
        let head = Head { look: self.look, grid: self.grid, script: self.script };
        let mut out = Vec::new();
        if let Some(photo) = self.photo.filter(|p| !p.small) {
            out.push(head.photo(photo.shot.image, photo.shot.pixels, photo.shot.key));
        }
        out.extend(self.m.kicker.as_ref().map(|k| head.kicker(k, Key::P(1))));
        out.push(head.title(&self.m.title, self.m.title_length, Key::Heading(self.level, 2)));
        out.extend(self.m.names.iter().enumerate().map(|(i, n)| head.name(n, Key::P(3 + i as u32))));
        out.push(head.rules());
        if facts && !self.m.facts.is_empty() {
            out.extend(head.facts_line(&self.m.facts, 9));
        }
        out
    }

    /// Standfirst and story, with facts, a small photo and perhaps the list beside them. Gives what of the list goes on on the
    /// next page, or `None` where there is no room for its beginning.
    fn introduction(
        &self,
        flow: &mut Flow,
        facts_in_rail: bool,
        has_story: bool,
        why: bool,
        list: Vec<Unit>,
    ) -> Option<Vec<Unit>> {
        let format = self.look.format;
        let head = Head { look: self.look, grid: self.grid, script: self.script };
        let keys: Vec<Key> = (0..self.m.standfirst.len()).map(|i| Key::P(1000 + i as u32)).collect();
        let small = self.photo.filter(|p| p.small);
        let story_only = self.m.lists.is_empty() && self.m.method.is_empty();
        if !has_story && small.is_none() && !story_only {
            flow.band(vec![(0.0, head.standfirst(&self.m.standfirst, &keys, format.text()))]);
            return Some(Vec::new());
        }
        let mut main = head.standfirst(&self.m.standfirst, &keys, format.main());
        let fit = self.fit();
        let story = fit.units(&self.m.story, format.main());
        main.extend(story);
        if let Some(why) = self.m.why.as_ref().filter(|_| why) {
            let mut units = fit.units(&why.blocks, format.main());
            if main.is_empty()
                && let Some(first) = units.first_mut()
            {
                first.extras.clear();
            }
            main.extend(units);
        }
        let mut rail = Vec::new();
        if let Some(photo) = small {
            rail.push(fit.unit(&Block::Picture { shot: photo.shot, before: 0 }, format.rail));
        }
        if facts_in_rail {
            rail.extend(head.facts_rail(&self.m.facts, 9));
        }
        // the list comes after the story, for whoever has the page read aloud
        let above = column_height(&rail);
        let mut below = Vec::new();
        let mut rest = Vec::new();
        if !list.is_empty() {
            let room = flow.left().checked_sub(above + 2).filter(|room| *room >= LEAST_LIST)?;
            let (mut here, after) = flow.parted(list, room);
            here[0].before = 2;
            below.push(Unit { halves: above, ..Unit::default() });
            below.extend(here);
            rest = after;
        }
        let before = flow.pages.len();
        let listed = !below.is_empty();
        flow.band(vec![(0.0, rail), (format.main_x(), main), (0.0, below)]);
        // the method must face it
        (!listed || flow.pages.len() == before).then_some(rest)
    }

    /// The list under its label, in columns over the whole width.
    fn lists(&self, flow: &mut Flow) {
        let fit = self.fit();
        let format = self.look.format;
        if self.m.lists.is_empty() {
            return;
        }
        let label = Block::Label { para: self.m.label_ingredients.clone(), key: self.list_key(), ruled: true };
        let mut label = fit.unit(&label, format.text());
        label.before = 0;
        let items: usize = self.m.lists.iter().map(|l| l.items.len()).sum();
        let count = match (self.m.lists.len(), items) {
            (1, 0..=4) => 1,
            (1, 5..=16) | (2, _) => 2,
            _ => 3,
        };
        let gap = self.look.m.gaps.columns;
        let width = (format.text() - (count - 1) as f32 * gap) / count as f32;
        let xs: Vec<f32> = (0..count).map(|i| i as f32 * (width + gap)).collect();
        let shares = self.shares(&fit, width, count);
        let tallest = shares.iter().map(|s| column_height(s)).max().unwrap_or(0);
        if flow.y > 0 {
            flow.gap(2);
            // the label and the first lines of the list stay together
            if flow.left() < label.halves + tallest.min(8)
                || flow.left() < label.halves + tallest && tallest <= self.grid.halves / 2
            {
                flow.turn();
            }
        }
        flow.head(vec![label]);
        let columns: Vec<Column> = xs.into_iter().zip(shares).collect();
        flow.band(columns);
        for note in &self.m.list_notes {
            let unit = fit.unit(note, format.text());
            if flow.left() < unit.halves + unit.before {
                flow.turn();
            }
            flow.gap(unit.before);
            flow.band(vec![(0.0, vec![Unit { before: 0, ..unit }])]);
        }
    }

    fn list_key(&self) -> Key {
        Key::Heading(self.level + 1, 5)
    }

    /// The groups dealt to columns in order, whole where that leaves no column far longer than the others.
    fn shares(&self, fit: &Fit<'_>, width: f32, count: usize) -> Vec<Vec<Unit>> {
        let groups: Vec<Vec<Unit>> = self
            .m
            .lists
            .iter()
            .map(|l| {
                let blocks: Vec<Block> = l.head.iter().chain(&l.items).cloned().collect();
                fit.units(&blocks, width)
            })
            .collect();
        let heights: Vec<f32> = groups.iter().map(|g| column_height(g) as f32).collect();
        let average = heights.iter().sum::<f32>() / count as f32;
        if let Some(cuts) = balance(&heights, count) {
            let highest = cuts.iter().map(|r| heights[r.clone()].iter().sum::<f32>()).fold(0.0, f32::max);
            if highest <= 28.0 || highest <= 1.3 * average {
                return cuts.into_iter().map(|r| groups[r].concat()).collect();
            }
        }
        // a heading and the two lines after it are one
        let units: Vec<Unit> = groups.into_iter().flatten().collect();
        let mut starts: Vec<usize> = Vec::new();
        for i in 0..units.len() {
            let held = i > 0 && (units[i - 1].keep || i > 1 && units[i - 2].keep);
            if !held {
                starts.push(i);
            }
        }
        let ends = starts.iter().skip(1).copied().chain([units.len()]);
        let blocks: Vec<(usize, usize)> = starts.iter().copied().zip(ends).collect();
        let heights: Vec<f32> = blocks.iter().map(|(a, b)| column_height(&units[*a..*b]) as f32).collect();
        let Some(cuts) = balance(&heights, count) else { return vec![units] };
        cuts.into_iter()
            .map(|r| {
                let (from, to) = (blocks[r.start].0, blocks[r.end - 1].1);
                let again = units[from].again.clone().filter(|_| r.start > 0).map(|u| (*u).clone());
                again.into_iter().chain(units[from..to].iter().cloned()).collect()
            })
            .collect()
    }

    /// The list for the rail.
    fn rail_list(&self, fit: &Fit<'_>) -> Vec<Unit> {
        if self.m.lists.is_empty() {
            return Vec::new();
        }
        let label = Block::Label { para: self.m.label_ingredients.clone(), key: self.list_key(), ruled: true };
        let mut blocks = vec![label];
        for list in &self.m.lists {
            blocks.extend(list.head.iter().chain(&list.items).cloned());
        }
        blocks.extend(self.m.list_notes.iter().cloned());
        let mut units = fit.units(&blocks, self.look.format.rail);
        units[0].before = 0;
        // a group right under the label needs no room above it
        if let Some(second) = units.get_mut(1) {
            second.before = 0;
        }
        units
    }

    /// The method beside the rail. Sections that are alone after it stand below it in the same column.
    fn method(&self, flow: &mut Flow, fit: &Fit<'_>, rail: Vec<Unit>, after: &mut Vec<&Section>) {
        let format = self.look.format;
        if self.m.method.is_empty() && rail.is_empty() {
            return;
        }
        // under a plain rule or a standfirst the labels need no rule of their own
        let bare = self.m.story.is_empty() && flow.y > 0;
        flow.gap(if bare { 1 } else { 2 });
        let mut main = Vec::new();
        if !self.m.method.is_empty() {
            let label =
                Block::Label { para: self.m.label_method.clone(), key: Key::Heading(self.level + 1, 6), ruled: true };
            main.push(Unit { before: 0, ..fit.unit(&label, format.main()) });
            main.extend(fit.units(&self.m.method, format.main()));
            if let Some(second) = main.get_mut(1) {
                second.before = 0;
            }
        }
        if let [only] = after.as_slice()
            && !main.is_empty()
        {
            let units = fit.units(&only.blocks, format.main());
            if column_height(&main) + column_height(&units) + 2 <= flow.left() {
                main.extend(units);
                after.clear();
            }
        }
        let mut rail = rail;
        if bare {
            for first in [rail.first_mut(), main.first_mut()].into_iter().flatten() {
                first.extras.clear();
            }
        }
        let least = |units: &[Unit]| units.iter().take(3).map(|u| u.halves + u.before).sum::<usize>();
        if flow.y > 0 && flow.left() < least(&main).max(least(&rail)) {
            flow.turn();
        }
        flow.band(vec![(0.0, rail), (format.main_x(), main)]);
    }

    /// What comes after the method, in two columns.
    fn back(&self, flow: &mut Flow, fit: &Fit<'_>, after: &[&Section]) {
        let format = self.look.format;
        if after.is_empty() {
            return;
        }
        let width = (format.text() - format.gutter) / 2.0;
        let mut units = Vec::new();
        for section in after {
            units.extend(fit.units(&section.blocks, width));
        }
        let whole: usize = units.iter().map(|u| u.halves + u.before).sum();
        flow.gap(3);
        // a few lines at the foot of a page are no place to begin
        if flow.y > 0 && flow.left() < 16.min(whole.div_ceil(2) + 4) {
            flow.turn();
        }
        flow.even(units, &[0.0, width + format.gutter]);
    }
}

fn column_height(units: &[Unit]) -> usize {
    units.iter().enumerate().map(|(i, u)| u.halves + if i > 0 { u.before } else { 0 }).sum()
}
