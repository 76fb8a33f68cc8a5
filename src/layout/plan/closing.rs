//! What stands after the method: pairings, tips, lines for notes; and sharing out what is left over.

use super::flow::{GAP, total};
use super::{At, Context, Extras, LeftOut, Mode, Plan, Side, bare_side, side_bottom};
use crate::content::AsideKind;
use crate::geom::mm;
use crate::layout::code;
use crate::layout::extras::{Lead, Tips};
use crate::layout::method::Method;
use crate::layout::plan::StepColumn;
use crate::layout::serve::{Serve, notes_lines};
use crate::theme::PairingStyle;

/// Finds room for pairings, tips and notes. `None` when something that the attempt asks for finds none.
pub(super) fn extras(c: &Context<'_>, plan: &mut Plan) -> Option<()> {
    let all: Vec<usize> = (0..c.m.asides.len()).collect();
    let mut rest = Rest { tips: all.clone(), pairings: !c.m.pairings.is_empty() };
    let demand = plan.attempt.extras;
    let bare = all.iter().any(|i| c.m.asides[*i].kind == AsideKind::Section).then(|| plan.clone());
    loop {
        if rest.place(c, plan) {
            break;
        }
        rest = rest.fewer(c, demand)?;
    }
    if let Some(bare) = bare {
        rest.come_back(c, plan, &bare);
    }
    for i in all.into_iter().filter(|i| !rest.tips.contains(i)) {
        let aside = &c.m.asides[i];
        let name = aside.name.clone();
        plan.left_out.push(if aside.kind == AsideKind::Section { LeftOut::Section(name) } else { LeftOut::Tip(name) });
    }
    if !rest.pairings && !c.m.pairings.is_empty() {
        plan.left_out.push(LeftOut::Pairings);
    }
    add_notes(c, plan);
    Some(())
}

/// What is to find room besides list and steps.
struct Rest {
    tips: Vec<usize>,
    pairings: bool,
}

impl Rest {
    /// Sections that were asked for and stand behind one that is too long may fit without it.
    fn come_back(&mut self, c: &Context<'_>, plan: &mut Plan, bare: &Plan) {
        for i in (0..c.m.asides.len()).filter(|i| c.m.asides[*i].kind == AsideKind::Section) {
            if self.tips.contains(&i) {
                continue;
            }
            let mut more = Rest { tips: self.tips.clone(), pairings: self.pairings };
            more.tips.push(i);
            more.tips.sort_unstable();
            let mut fuller = bare.clone();
            if more.place(c, &mut fuller) {
                (*plan, *self) = (fuller, more);
            }
        }
    }

    /// What goes first: sections that were asked for, from the last; pairings, then tips beyond two, then the rest of them; how it keeps goes last.
    fn fewer(mut self, c: &Context<'_>, demand: Extras) -> Option<Rest> {
        if matches!(demand, Extras::All | Extras::Front) {
            return None;
        }
        if let Some(last) = self.tips.iter().rposition(|i| c.m.asides[*i].kind == AsideKind::Section) {
            self.tips.remove(last);
            return Some(self);
        }
        if self.pairings {
            self.pairings = false;
            return Some(self);
        }
        if self.tips.is_empty() || self.tips.len() <= 2 && demand != Extras::Least {
            return None;
        }
        let drop =
            self.tips.iter().rposition(|i| c.m.asides[*i].kind != AsideKind::Storage).unwrap_or(self.tips.len() - 1);
        self.tips.remove(drop);
        Some(self)
    }

    /// Tries the front, then the last side, which is a new one when the front is all there is.
    fn place(&self, c: &Context<'_>, plan: &mut Plan) -> bool {
        let (front_only, prep_cook) = (plan.sides.len() == 1, plan.attempt.mode == Mode::PrepCook);
        let tips_first = (front_only && !self.pairings || prep_cook)
            && (self.tips.is_empty() || tips_on_side(c, plan, 0, &self.tips));
        if tips_first && !self.pairings {
            return true;
        }
        if plan.attempt.extras == Extras::Front {
            return false;
        }
        let back = front_only.then(|| bare_side(c, plan.attempt.mode, 1));
        plan.sides.extend(back);
        let last = plan.sides.len() - 1;
        let tips: &[usize] = if tips_first { &[] } else { &self.tips };
        let placed = place_on(c, plan, last, tips, self.pairings);
        if !placed {
            if tips_first {
                let side = &mut plan.sides[0];
                if let Some(tips) = side.tips.take() {
                    side.end = side.end_before_tips.take().unwrap_or(tips.y);
                }
            }
            if front_only {
                plan.sides.pop();
            }
        }
        placed
    }
}

/// Tips in the niche that a side has, or at its foot.
fn tips_on_side(c: &Context<'_>, plan: &mut Plan, side: usize, tips: &[usize]) -> bool {
    let body = plan.method.set;
    let gap = c.sp(6.5);
    // under a short last column of the list, or under the method beside it, there may be a niche for them
    let niche = match (&plan.sides[side].list, plan.sides[side].beside) {
        (Some(at), None) if plan.sides[side].columns.is_empty() && plan.sides[side].needs.is_none() => at
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
        s.end_before_tips = Some(s.end);
        s.end = s.end.max(y + measured.height);
        s.tips = Some(At { what: measured, x, y, width });
        return true;
    }
    let (x, width) = (c.class.margin, c.inner());
    let room = plan.sides[side].free() - gap;
    let Some(tips) = Tips::measure(c, body, tips, width, Lead::Rule, room) else { return true };
    let s = &mut plan.sides[side];
    if s.free() < tips.height + gap {
        return false;
    }
    // they stand at the foot, so that what is free lies between the method and them
    let y = if s.columns.is_empty() { s.end + gap } else { (s.bottom - tips.height).min(s.end + 2.2 * gap) };
    s.end_before_tips = Some(s.end);
    s.end = y + tips.height;
    s.tips = Some(At { what: tips, x, y, width });
    true
}

/// Pairings and tips on a side, under what is there.
fn place_on(c: &Context<'_>, plan: &mut Plan, side: usize, tips: &[usize], with_pairings: bool) -> bool {
    let body = plan.method.set;
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
        let (mode, last) = (plan.attempt.mode, plan.sides.len() - 1);
        let bottom = match plan.sides_with_foot(c) {
            _ if c.stamp => side_bottom(c, mode, last, false) - c.sp(1.0),
            true => c.bottom(true) - c.sp(1.0) - code::room(c, mode, last),
            false => notes_bottom(c) - code::room(c, mode, last),
        };
        let top = plan.sides.last().map_or(0.0, |s| s.end) + c.sp(6.0);
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

/// The most space between two steps, relative to the distance of baselines.
const WIDE_GAP: f32 = 0.62;

/// Gives what is left over to the gaps between steps, up to two thirds of a line.
pub(super) fn spread(c: &Context<'_>, plan: &mut Plan) {
    let pitch = plan.method.set.pitch;
    for side in &mut plan.sides {
        if c.is_large() && side.columns.is_empty() {
            spread_list(side);
        }
        let gaps = side.columns.iter().map(|col| col.steps.len().saturating_sub(1)).max().unwrap_or(0);
        if gaps == 0 {
            continue;
        }
        let tops = [side.tips.as_ref().map(|t| t.y), side.serve.as_ref().map(|s| s.y)];
        let followed = tops.into_iter().flatten().reduce(f32::min);
        let limit = if side.notes > 0 { 0.44 } else { WIDE_GAP } - GAP;
        let free = match followed {
            _ if side.notes > 0 => c.sp(2.0),
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

/// Gives what is left over on a side that the list has to itself to the gaps between its lines.
fn spread_list(side: &mut Side) {
    let free = side.free();
    let Some(list) = side.list.as_mut() else { return };
    let shift = list.what.spread(0.6 * free);
    side.needs.iter_mut().for_each(|n| n.y += shift);
    side.tips.iter_mut().for_each(|t| t.y += shift);
    side.end += shift;
}

fn column_end(c: &Context<'_>, method: Method, side: &Side) -> f32 {
    let end = |col: &StepColumn| {
        let heights: Vec<f32> = col.steps.clone().map(|i| method.height(c, i, col.width)).collect();
        col.y + total(&heights, col.gap)
    };
    side.columns.iter().map(end).fold(0.0, f32::max)
}
