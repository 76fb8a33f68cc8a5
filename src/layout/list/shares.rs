//! What of a list goes to which column, and how wide the columns are.

use super::tracks::{Tracks, tracks};
use super::{Slice, column_height, group_gap, group_lead, group_set, slice_height};
use crate::compose::balance;
use crate::geom::mm;
use crate::layout::canvas::Set;
use crate::layout::context::Context;

/// Deals groups, or the lines of a single group, to columns in order, so that the highest column is as low as can be.
pub(super) fn deal(
    c: &Context<'_>,
    set: Set,
    slices: &[Slice],
    count: usize,
    width: f32,
    whole_groups: bool,
) -> Option<Vec<Vec<Slice>>> {
    if count == 1 {
        return Some(vec![slices.to_vec()]);
    }
    let tracks = tracks(c, set, slices, width);
    let height = |u: &Slice| {
        slice_height(c, set, u, u.items.start == 0, width, mm(2.6), tracks)
            + if u.items.start == 0 { group_gap(set) } else { 0.0 }
    };
    let groups: Vec<f32> = slices.iter().map(height).collect();
    let average = groups.iter().sum::<f32>() / count as f32;
    // groups stay whole unless that leaves one column far higher than the others
    if let Some(cuts) = balance(&groups, count) {
        let highest = cuts.iter().map(|r| groups[r.clone()].iter().sum::<f32>()).fold(0.0, f32::max);
        if whole_groups || highest <= 1.28 * average || highest - average <= 4.0 * set.pitch {
            return Some(cuts.into_iter().map(|r| slices[r].to_vec()).collect());
        }
    }
    let units: Vec<Slice> =
        slices.iter().flat_map(|s| s.items.clone().map(|i| Slice { group: s.group, items: i..i + 1 })).collect();
    let heights: Vec<f32> = units.iter().map(height).collect();
    let cuts = balance(&heights, count)?;
    let mut out = Vec::new();
    for range in cuts {
        let mut column: Vec<Slice> = Vec::new();
        for unit in &units[range] {
            match column.last_mut().filter(|l| l.group == unit.group && l.items.end == unit.items.start) {
                Some(last) => last.items.end = unit.items.end,
                None => column.push(unit.clone()),
            }
        }
        out.push(column);
    }
    Some(out)
}

/// Two columns of unlike content get unlike widths, where that saves lines.
pub(super) fn share_widths(
    c: &Context<'_>,
    set: Set,
    shares: &[Vec<Slice>],
    even: f32,
    total: f32,
    marker: f32,
    hang: f32,
) -> Vec<f32> {
    // tables side by side are alike
    if shares.len() != 2 || c.m.batches.is_some() {
        return vec![even; shares.len()];
    }
    let least = [least_height(c, set, &shares[0]), least_height(c, set, &shares[1])];
    let price = |a: f32, b: f32, run_in: bool, share: f32| {
        a.max(b)
            + 0.2 * a.min(b)
            + if run_in { 0.8 * set.pitch } else { 0.0 }
            + 0.05 * set.pitch * (share - 0.5f32).abs() * 20.0
    };
    // `None` where the first column alone says that it is no less than this
    let cost = |share: f32, most: f32| {
        let widths = [share * total - marker, (1.0 - share) * total - marker];
        let run_in = shares.iter().any(|s| tracks(c, set, s, widths[0].min(widths[1])) == Tracks::RunIn);
        let height = |s: &[Slice], w: f32| {
            column_height(c, set, s, w, hang, if run_in { Tracks::RunIn } else { tracks(c, set, s, w) })
        };
        let first = height(&shares[0], widths[0]);
        let worth = price(first, least[1], run_in, share) < most;
        worth.then(|| price(first, height(&shares[1], widths[1]), run_in, share))
    };
    let mut best = (f32::INFINITY, 0.5);
    for share in [0.5, 0.46, 0.54, 0.42, 0.58] {
        // most often no other share could save a line that it would have to
        if price(least[0], least[1], false, share) >= best.0 {
            debug_assert!(cost(share, f32::INFINITY).is_none_or(|c| c >= best.0 - 0.01), "a list lower than its lines");
            continue;
        }
        if let Some(cost) = cost(share, best.0)
            && cost < best.0 - 0.01
        {
            best = (cost, share);
        }
    }
    vec![best.1 * total, (1.0 - best.1) * total]
}

/// No width makes a column lower than this, but for rounding: every item and every heading takes a line.
fn least_height(c: &Context<'_>, set: Set, slices: &[Slice]) -> f32 {
    let headed = |(k, s): &(usize, &Slice)| {
        (*k == 0 || s.items.start == 0) && c.m.groups[s.group].name.as_ref().is_some_and(|n| !n.is_empty())
    };
    let heads = slices.iter().enumerate().filter(headed).count() as f32 * (group_set(c, set).size + group_lead(c, set));
    let items = slices.iter().map(|s| s.items.len()).sum::<usize>() as f32 * set.pitch;
    heads + items + slices.len().saturating_sub(1) as f32 * group_gap(set) - set.leading()
}
