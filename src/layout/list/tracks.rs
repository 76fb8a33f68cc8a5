//! The tracks of a column of ingredients: where amounts stand, and where names begin.

use super::{Slice, group_set};
use crate::geom::mm;
use crate::layout::batches;
use crate::layout::canvas::{Canvas, How, Set};
use crate::layout::context::Context;
use crate::layout::material::ItemMaterial;
use crate::text::Para;
use crate::theme::{ListStyle, Marker, TextRole};

/// The tracks of a column.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Tracks {
    /// Amount, name and note in one paragraph.
    RunIn,
    /// Amount right-aligned in a track this wide, then the name.
    Pair(f32),
    /// Number right-aligned, unit left-aligned, then the name.
    Triple(f32, f32),
    /// Amounts in two systems, each right-aligned in a track, then the name.
    Two(f32, f32),
    /// A dotted rule to write on where no amount is given.
    WriteIn(f32),
    /// Several batches side by side.
    Batches(batches::Tracks),
}

/// Columns narrower than this give an amount in another system as a note (rule 6 of the print specification).
const NARROW_FOR_TWO: f32 = mm(80.0);

/// Columns narrower than this run amounts in.
const NARROW: f32 = 46.0;

/// The least and the most that an amount's track takes where there are two (mock-up: 15 mm).
const TRACK_OF_TWO: (f32, f32) = (mm(15.0), mm(26.0));

/// Between the amounts in two systems, and from there to the name (mock-up: 2.4 and 3 mm).
pub(super) const BETWEEN_TWO: f32 = mm(2.4);

const AFTER_TWO: f32 = mm(3.0);

/// The tracks for a column, if tracks are worth it.
pub(super) fn tracks(c: &Context<'_>, set: Set, slices: &[Slice], width: f32) -> Tracks {
    if let Some(m) = &c.m.batches {
        return Tracks::Batches(batches::tracks(c, set, m, width));
    }
    let items = || slices.iter().flat_map(|s| &c.m.groups[s.group].items[s.items.clone()]);
    if c.m.few_quantities {
        let room = width >= mm(38.0) && items().all(|i| i.amount.natural_width() * set.size <= mm(12.0));
        return if c.theme.parts.write_in && room { Tracks::WriteIn(mm(12.0)) } else { Tracks::RunIn };
    }
    // in large print names need all of the width
    if c.is_large() {
        return Tracks::RunIn;
    }
    if let Some([own, other]) = c.m.columns.as_ref().filter(|_| width >= NARROW_FOR_TWO) {
        let label = |p: &Para| p.natural_width() * c.class.fact_label;
        let also = |i: &ItemMaterial| i.also.as_ref().map_or(0.0, |(also, _)| also.natural_width());
        // one that is far wider than the others runs in
        let widest = |w: &dyn Fn(&ItemMaterial) -> f32| {
            items().map(|i| w(i) * set.size).filter(|w| *w <= TRACK_OF_TWO.1).fold(TRACK_OF_TWO.0, f32::max)
        };
        let (first, second) = (widest(&|i| i.amount.natural_width()), widest(&also));
        return Tracks::Two(first.max(label(own)), second.max(label(other)));
    }
    if width < mm(NARROW) && c.theme.parts.list == ListStyle::Pair || width < mm(44.0) {
        return Tracks::RunIn;
    }
    // an amount far wider than the others runs in instead of pushing all names away; many such, and all do
    let limit = mm(21.0).min(0.38 * width);
    let wide = items().filter(|i| i.amount.natural_width() * set.size > limit).count();
    if wide * 5 > items().count() {
        return Tracks::RunIn;
    }
    let widest = |f: fn(&ItemMaterial) -> f32, limit: f32| {
        items().map(f).map(|w| w * set.size).filter(|w| *w <= limit).fold(0.0, f32::max)
    };
    match c.theme.parts.list {
        ListStyle::Pair => Tracks::Pair(widest(|i| i.amount.natural_width(), limit)),
        ListStyle::Triple => {
            // after a tick the figures need air
            let air = if c.theme.parts.list_marker == Marker::Tick { 0.5 * set.size } else { 0.0 };
            let number = widest(|i| i.number.natural_width(), 0.6 * limit) + air;
            let unit = widest(|i| i.unit.natural_width(), 0.7 * limit) + 0.4 * air;
            if number + unit > 0.42 * width { Tracks::RunIn } else { Tracks::Triple(number, unit) }
        }
    }
}

fn unit_gap(c: &Context<'_>) -> f32 {
    if c.m.script.rtl { mm(1.2) } else { mm(0.9) }
}

/// Whether an item's amount fits the column's tracks; one that does not runs in.
fn fits_track(set: Set, tracks: Tracks, item: &ItemMaterial) -> bool {
    match tracks {
        Tracks::RunIn => false,
        Tracks::Two(a, b) => {
            let also = item.also.as_ref().map_or(0.0, |(also, _)| also.natural_width());
            item.amount.natural_width() * set.size <= a + 0.1 && also * set.size <= b + 0.1
        }
        Tracks::Batches(_) => true,
        Tracks::Pair(w) | Tracks::WriteIn(w) => item.amount.natural_width() * set.size <= w + 0.1,
        Tracks::Triple(n, u) => {
            item.number.natural_width() * set.size <= n + 0.1 && item.unit.natural_width() * set.size <= u + 0.1
        }
    }
}

/// What a line says beside its tracks.
pub(super) fn text(set: Set, tracks: Tracks, item: &ItemMaterial) -> &Para {
    match (tracks, &item.also) {
        (Tracks::Batches(_), _) => batches::words(item),
        (Tracks::RunIn, _) => &item.whole,
        _ if !fits_track(set, tracks, item) => &item.whole,
        (Tracks::Two(..), Some((_, plain))) => plain,
        _ => &item.name,
    }
}

/// Where headings of groups begin: over names where amounts take much room.
pub(super) fn group_start(tracks: Tracks) -> f32 {
    if let Tracks::Two(first, second) = tracks { first + BETWEEN_TWO + second + AFTER_TWO } else { 0.0 }
}

/// Whether a column begins with a heading, beside which the names of two systems have room.
pub(super) fn shares_line(c: &Context<'_>, slices: &[Slice]) -> bool {
    slices.first().is_some_and(|s| c.m.groups[s.group].name.is_some())
}

/// The height of the names of two systems over their amounts.
pub(super) fn two_head(c: &Context<'_>, slices: &[Slice]) -> f32 {
    if shares_line(c, slices) {
        return 0.0;
    }
    c.cap(TextRole::Label) * c.class.fact_label + mm(1.6)
}

/// Where the name begins, and how wide it may be.
pub(super) fn name_track(c: &Context<'_>, set: Set, tracks: Tracks, item: &ItemMaterial, width: f32) -> (f32, f32) {
    let start = match tracks {
        Tracks::RunIn => 0.0,
        _ if !fits_track(set, tracks, item) => 0.0,
        Tracks::Pair(track) => track + mm(1.9),
        Tracks::Two(..) => group_start(tracks),
        Tracks::Triple(number, unit) => number + if unit > 0.0 { unit_gap(c) + unit } else { 0.0 } + mm(1.4),
        Tracks::WriteIn(track) => track + mm(2.2),
        Tracks::Batches(tracks) => tracks.name,
    };
    (start, width - start)
}

/// The width of a group's heading.
pub(super) fn heading_width(tracks: Tracks, width: f32) -> f32 {
    if let Tracks::Batches(tracks) = tracks { width - tracks.name } else { width }
}

/// Whether the heading of the first group of a table stands in the line of its heads.
pub(super) fn heads_table(c: &Context<'_>, set: Set, tracks: Tracks, slice: &Slice, width: f32) -> bool {
    let name = c.m.groups[slice.group].name.as_ref();
    matches!(tracks, Tracks::Batches(_))
        && name.is_some_and(|n| n.natural_width() * group_set(c, set).size <= heading_width(tracks, width))
}

/// Draws the amount of an item in the tracks; `how` is that of its line.
pub(super) fn draw(
    c: &Context<'_>,
    canvas: &mut Canvas<'_>,
    (set, tracks): (Set, Tracks),
    item: &ItemMaterial,
    (x, baseline): (f32, f32),
    how: How,
) {
    match tracks {
        Tracks::RunIn => {}
        _ if !fits_track(set, tracks, item) => {}
        Tracks::Pair(track) => {
            canvas.line(&item.amount, set.size, x, baseline, track, how.end());
        }
        Tracks::Triple(number, unit) => {
            canvas.line(&item.number, set.size, x, baseline, number, how.end());
            canvas.line(&item.unit, set.size, x + number + unit_gap(c), baseline, unit, how);
        }
        Tracks::Two(first, second) => {
            canvas.line(&item.amount, set.size, x, baseline, first, how.end());
            if let Some((also, _)) = &item.also {
                canvas.line(also, set.size, x + first + BETWEEN_TWO, baseline, second, how.end());
            }
        }
        // the figures are the row's
        Tracks::Batches(_) => {}
        Tracks::WriteIn(track) => {
            if item.measured {
                canvas.line(&item.amount, set.size, x, baseline, track, how.end());
            } else {
                canvas.dots(x, baseline + 0.14 * set.size, track - mm(0.6), 0.7, c.theme.parts.rule);
            }
        }
    }
}
