//! The ladder: which plans are tried, and in what order.

use super::PhotoWish;
use super::context::Context;
use super::head::PhotoPlace;
use super::plan::{Attempt, Extras, LeftOut, Mode, Plan, Small, plan};
use crate::geom::mm;
use crate::theme::{HeadStyle, PhotoStyle, Split};

/// More cards than this no recipe takes.
const MOST_CARDS: usize = 40;

const LARGE: usize = 0;
const MEDIUM: usize = 1;
const SMALL: usize = 2;
const FLOOR: usize = 3;

/// The first plan of the ladder that fits.
pub(super) fn choose(c: &Context<'_>, photo: PhotoWish) -> Option<Plan> {
    let (large, small) = photo_places(c, photo);
    if let Some(plan) = with_large_photo(c, &large, photo.insists()) {
        return Some(finished(c, plan, photo));
    }
    let first = small.or_else(|| art(c)).unwrap_or(PhotoPlace::None);
    let plan = attempts(c, first)
        .into_iter()
        // a drawing must not cost a size or a side
        .take_while(|a| {
            !matches!(first, PhotoPlace::Art(_)) || a.rung <= MEDIUM && a.extras == Extras::All && a.mode != Mode::Flow
        })
        .collect::<Vec<_>>();
    let plan = first_that_fits(c, &plan)
        .or_else(|| (first != PhotoPlace::None).then(|| first_that_fits(c, &attempts(c, PhotoPlace::None))).flatten())
        .or_else(|| continued(c));
    plan.map(|p| finished(c, restored(c, p), photo))
}

/// The first attempt that fits, unless the one after it, with the same things on the card, is set clearly larger.
fn first_that_fits(c: &Context<'_>, attempts: &[Attempt]) -> Option<Plan> {
    let (i, plan) = attempts.iter().enumerate().find_map(|(i, a)| largest(c, *a).map(|p| (i, p)))?;
    let rivals = attempts[i + 1..].iter().filter(|a| a.rung == plan.attempt.rung && a.extras == plan.attempt.extras);
    // a card that is whole on its front is worth a size
    let rivals = rivals.filter(|_| plan.attempt.mode != Mode::One);
    let better =
        rivals.filter_map(|a| largest(c, *a)).find(|p| p.method.set.size > plan.method.set.size + CLEARLY_LARGER);
    Some(better.unwrap_or(plan))
}

/// In points: what a reader sees at arm's length.
const CLEARLY_LARGER: f32 = 0.45;

/// Brings small things back that were dropped along with larger ones but have room after all.
fn restored(c: &Context<'_>, mut best: Plan) -> Plan {
    let back: [fn(&mut Small); 3] = [|s| s.step_tips = true, |s| s.equipment = true, |s| s.subtitle = true];
    for bring in back {
        let mut attempt = best.attempt;
        bring(&mut attempt.small);
        if attempt.small == best.attempt.small {
            continue;
        }
        if let Some(p) = plan(c, attempt, best.method.set.size)
            && p.left_out.len() <= best.left_out.len()
            && p.sides.len() <= best.sides.len()
        {
            best = p;
        }
    }
    best
}

/// A line drawing for the bar of small cards, where neither photo nor facts fill it.
fn art(c: &Context<'_>) -> Option<PhotoPlace> {
    let bare = c.theme.parts.head == HeadStyle::Bar && c.m.facts.is_empty() && !c.is_landscape() && !c.ring;
    bare.then_some(PhotoPlace::Art(0.34 * c.size.w))
}

/// Names what an attempt leaves out as a whole.
fn finished(c: &Context<'_>, mut plan: Plan, photo: PhotoWish) -> Plan {
    if c.m.subtitle.is_some() && !plan.attempt.small.subtitle {
        plan.left_out.push(LeftOut::Subtitle);
    }
    if c.m.has_equipment && !plan.attempt.small.equipment {
        plan.left_out.push(LeftOut::Equipment);
    }
    if !plan.method.tips && c.m.steps.iter().any(|s| !s.tip.is_empty()) {
        plan.left_out.push(LeftOut::StepTips);
    }
    match plan.attempt.photo {
        PhotoPlace::None | PhotoPlace::Art(_) if photo != PhotoWish::None => plan.left_out.push(LeftOut::Photo),
        PhotoPlace::Small(_) if photo == PhotoWish::Large => plan.left_out.push(LeftOut::LargePhoto),
        _ => {}
    }
    plan.left_out.sort();
    plan
}

/// Everything on two sides, the larger the better; then the most important; then what must be.
fn attempts(c: &Context<'_>, photo: PhotoPlace) -> Vec<Attempt> {
    let mut out = Vec::new();
    let mut add = |rung, mode, extras| {
        out.push(Attempt { rung, mode, extras, small: Small::of(extras), photo, foot: true });
        // where only tips are overleaf the foot may give way
        if mode == Mode::One && !c.m.has_front_note() && c.m.measures.is_none() && !c.stamp {
            out.push(Attempt { rung, mode, extras, small: Small::of(extras), photo, foot: false });
        }
    };
    if c.theme.parts.split == Split::Apart {
        let tries = [
            (Extras::All, [LARGE, MEDIUM, SMALL, FLOOR].as_slice()),
            (Extras::Most, &[MEDIUM, SMALL, FLOOR]),
            (Extras::Least, &[SMALL, FLOOR]),
        ];
        for (extras, rungs) in tries {
            rungs.iter().for_each(|rung| add(*rung, Mode::PrepCook, extras));
        }
        return out;
    }
    let flow_first = c.theme.parts.split != Split::PrepCook;
    let many = c.m.steps.len() >= 6;
    if c.theme.parts.split == Split::OneSide {
        for rung in [LARGE, MEDIUM, SMALL] {
            add(rung, Mode::One, Extras::Front);
        }
    }
    for (extras, rungs) in [
        (Extras::All, [LARGE, MEDIUM].as_slice()),
        (Extras::All, &[SMALL]),
        (Extras::Most, &[MEDIUM, SMALL]),
        (Extras::Most, &[FLOOR]),
        (Extras::Least, &[SMALL, FLOOR]),
    ] {
        for rung in rungs {
            add(*rung, Mode::One, extras);
        }
        if rungs.contains(&LARGE) {
            if c.theme.parts.split == Split::OneSide {
                add(SMALL, Mode::One, extras);
            }
            // two sides: large on the back, or the usual size split at a step
            let apart = |add: &mut dyn FnMut(usize, Mode, Extras)| {
                add(LARGE, Mode::PrepCook, extras);
                add(MEDIUM, Mode::PrepCook, extras);
            };
            if !flow_first && many {
                apart(&mut add);
            }
            add(MEDIUM, Mode::Flow, extras);
            if flow_first || !many {
                apart(&mut add);
            }
            continue;
        }
        for rung in rungs {
            let (first, second) = if flow_first { (Mode::Flow, Mode::PrepCook) } else { (Mode::PrepCook, Mode::Flow) };
            add(*rung, first, extras);
            add(*rung, second, extras);
        }
    }
    out
}

/// The largest size within a rung at which an attempt fits, in steps of a tenth of a point.
fn largest(c: &Context<'_>, attempt: Attempt) -> Option<Plan> {
    let rung = c.theme.ladder[attempt.rung];
    let mut best = plan(c, attempt, rung.from)?;
    if attempt.mode == Mode::Flow {
        return Some(fullest(c, attempt, best));
    }
    let (mut low, mut high) = (0, ((rung.to - rung.from) * 10.0).round() as u32);
    while low < high {
        let mid = (low + high).div_ceil(2);
        match plan(c, attempt, rung.from + mid as f32 / 10.0) {
            Some(plan) => {
                best = plan;
                low = mid;
            }
            None => high = mid - 1,
        }
    }
    Some(best)
}

/// Of the sizes of a rung the one that leaves least of the front empty, larger ones preferred: a step that just does not fit
/// leaves a hole at the foot.
fn fullest(c: &Context<'_>, attempt: Attempt, smallest: Plan) -> Plan {
    let rung = c.theme.ladder[attempt.rung];
    let steps = ((rung.to - rung.from) * 10.0).round() as u32;
    let score = |p: &Plan, i: u32| p.front_free() / c.size.h - 0.10 * i as f32 / steps.max(1) as f32;
    let mut best = (score(&smallest, 0), smallest);
    for i in 1..=steps {
        let Some(plan) = plan(c, attempt, rung.from + i as f32 / 10.0) else { break };
        let s = score(&plan, i);
        if s < best.0 {
            best = (s, plan);
        }
    }
    best.1
}

/// As few cards as possible, then as large as possible.
fn continued(c: &Context<'_>) -> Option<Plan> {
    for cards in 2..=MOST_CARDS {
        for rung in [MEDIUM, SMALL, FLOOR] {
            for extras in [Extras::All, Extras::Most, Extras::Least] {
                // a card more is no price for a tip, unless the type is so large that every recipe takes some
                if extras == Extras::Most && !c.is_large() {
                    continue;
                }
                let attempt = Attempt {
                    rung,
                    mode: Mode::Cards(cards),
                    extras,
                    small: Small::of(extras),
                    photo: PhotoPlace::None,
                    foot: true,
                };
                if let Some(plan) = largest(c, attempt) {
                    return Some(plan);
                }
            }
        }
    }
    None
}

/// Where a photo may go: large, and small. None on cards that are too small for one, unless it was asked for.
fn photo_places(c: &Context<'_>, photo: PhotoWish) -> (Vec<PhotoPlace>, Option<PhotoPlace>) {
    let unwanted = c.theme.parts.photo == PhotoStyle::None || c.class.space < 0.9;
    if photo == PhotoWish::None || unwanted && !photo.insists() {
        return (Vec::new(), None);
    }
    let bar = c.theme.parts.head == HeadStyle::Bar;
    let shares = if bar { [0.43, 0.40, 0.37] } else { [0.42, 0.40, 0.38] };
    let large = !c.is_landscape() && photo == PhotoWish::ByTheme || photo == PhotoWish::Large;
    let small = PhotoPlace::Small(if bar { mm(46.0) } else { mm(36.0) } * c.class.space);
    (shares.into_iter().filter(|_| large).map(|s| PhotoPlace::Large(c.size.h * s)).collect(), Some(small))
}

/// The photo over the list, the method on the back, at a good size; or not at all. One that was asked for may cost a size, or
/// what can be left off.
fn with_large_photo(c: &Context<'_>, places: &[PhotoPlace], insists: bool) -> Option<Plan> {
    let attempt = |rung, extras, photo| Attempt {
        rung,
        mode: Mode::PrepCook,
        extras,
        small: Small::of(extras),
        photo,
        foot: true,
    };
    let good = [(LARGE, Extras::All), (MEDIUM, Extras::All)];
    let more = [(SMALL, Extras::All), (MEDIUM, Extras::Most), (SMALL, Extras::Most), (FLOOR, Extras::Least)];
    let more = more.into_iter().filter(|_| insists);
    good.into_iter()
        .chain(more)
        .find_map(|(rung, extras)| places.iter().find_map(|p| largest(c, attempt(rung, extras, *p))))
}
