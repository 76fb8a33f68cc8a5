//! Which parts go where: the plan that fits. Nothing is drawn here.

mod closing;
mod flow;

use super::canvas::Set;
use super::code;
use super::context::Context;
use super::extras::Tips;
use super::head::{Head, HeadWish, PhotoPlace};
use super::list::{List, whole};
use super::method::Method;
use super::running;
use super::serve::Serve;
use crate::geom::mm;
use crate::text::Para;
use closing::{extras, spread};
use flow::Flow;
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

/// Small things that give way before the size does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Small {
    pub(super) subtitle: bool,
    pub(super) equipment: bool,
    /// The tips of single steps.
    pub(super) step_tips: bool,
}

impl Small {
    /// What an attempt with these extras begins with.
    pub(super) fn of(extras: Extras) -> Small {
        let kept = extras != Extras::Least;
        Small { subtitle: kept, equipment: kept, step_tips: matches!(extras, Extras::All | Extras::Front) }
    }
}

/// One try.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Attempt {
    /// Index into the theme's ladder.
    pub(super) rung: usize,
    pub(super) mode: Mode,
    pub(super) extras: Extras,
    pub(super) small: Small,
    pub(super) photo: PhotoPlace,
    /// Whether the front keeps room for a foot.
    pub(super) foot: bool,
}

impl Attempt {
    /// Whether the text is one of the small sizes.
    pub(super) fn is_dense(&self) -> bool {
        self.rung >= 2
    }
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
    /// Where it ended before tips were placed on it.
    end_before_tips: Option<f32>,
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
}

/// The line under the list: allergens always, equipment if there is room for it.
pub(super) fn needs<'m>(c: &Context<'m>, with_equipment: bool) -> Option<&'m Para> {
    if with_equipment { c.m.needs.as_ref() } else { c.m.must.as_ref() }
}

impl Plan {
    /// Whether the last side is a front that keeps room for its foot.
    fn sides_with_foot(&self, c: &Context<'_>) -> bool {
        self.sides.len() == 1 && (c.m.has_front_note() || c.m.source.is_some() || c.m.measures.is_some())
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
    Section(String),
    Photo,
    /// It was asked for, and is small instead.
    LargePhoto,
}

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
    // a sheet sets the list above the steps only when nothing else is left
    let stacked = c.class.space <= 1.15 || matches!(attempt.mode, Mode::Cards(_));
    if best.is_none() && fronts != [Front::Stack] && stacked {
        best = one(c, attempt, size, Front::Stack);
    }
    best.map(|(_, p)| p)
}

fn fronts(c: &Context<'_>, attempt: Attempt) -> Vec<Front> {
    let sheet = c.class.space > 1.15;
    let beside = !c.is_large()
        && (c.is_landscape() || sheet)
        && attempt.mode != Mode::PrepCook
        && !matches!(attempt.photo, PhotoPlace::Large(_));
    if !beside {
        return vec![Front::Stack];
    }
    let mut out = Vec::new();
    // columns of figures take the width of a few words
    let shares = if c.m.batches.is_some() { [0.44, 0.48, 0.52, 0.56, 0.60] } else { [0.30, 0.34, 0.38, 0.42, 0.45] };
    for share in shares {
        out.push(Front::Beside(share, 1));
        if (1.0 - share) * c.inner() > mm(108.0) {
            out.push(Front::Beside(share, 2));
        }
    }
    out
}

/// A side with nothing on it yet but its running head.
fn bare_side(c: &Context<'_>, mode: Mode, index: usize) -> Side {
    Side { end: running::end(c), bottom: side_bottom(c, mode, index, false), ..Side::default() }
}

/// The lowest place for what is on a side: above its foot if it is to have one, its code, and the stamp that the last side has.
fn side_bottom(c: &Context<'_>, mode: Mode, index: usize, with_foot: bool) -> f32 {
    let code = code::room(c, mode, index);
    let may_be_last = index > 0 || mode != Mode::PrepCook || c.m.steps.is_empty();
    // a code on a back keeps room beside it for what stands at the start of the foot
    let beside_code = index > 0 && code > 0.0;
    if c.stamp && may_be_last && !beside_code { c.last_bottom(index) - code } else { c.bottom(with_foot) - code }
}

/// A plan with one arrangement of the front, and how uneven it is.
fn one(c: &Context<'_>, attempt: Attempt, size: f32, front: Front) -> Option<(f32, Plan)> {
    let rung = &c.theme.ladder[attempt.rung];
    let density = [1.0, 1.0, 0.86, 0.8][attempt.rung];
    let sign = matches!(attempt.mode, Mode::Cards(_));
    let wish = HeadWish { density, subtitle: attempt.small.subtitle, photo: attempt.photo, sign };
    let head = Head::measure(c, wish);
    let width = c.inner();
    let method_width = match front {
        Front::Stack => flow::column_width(c),
        Front::Beside(share, columns) => (width * (1.0 - share) - c.class.column_gap * columns as f32) / columns as f32,
    };
    let mut flow = Flow {
        c,
        attempt,
        method: Method::new(c, &attempt, size, method_width),
        list_set: c.list(rung, size),
        rest: whole(c),
        next: 0,
        sides: Vec::new(),
        badness: 0.0,
    };
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
    // the code's side is there even if nothing else is on it
    while code::on_side(c, attempt.mode).is_some_and(|side| flow.sides.len() <= side) {
        flow.sides.push(bare_side(c, attempt.mode, flow.sides.len()));
    }
    let badness = flow.badness;
    let mut plan = Plan { head, method: flow.method, sides: flow.sides, left_out: Vec::new(), attempt };
    extras(c, &mut plan)?;
    spread(c, &mut plan);
    Some((badness, plan))
}
