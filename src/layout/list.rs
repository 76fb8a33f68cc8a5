//! The list of ingredients: in columns, with tracks for amounts or run in, whichever takes less height.

mod shares;
mod tracks;

use super::batches::{self, Table};
use super::canvas::{Canvas, How, Set};
use super::context::Context;
use super::material::{GroupMaterial, ItemMaterial};
use crate::frame::{Role, TagId};
use crate::geom::mm;
use crate::theme::{Marker, TextRole};
use shares::{deal, share_widths};
use std::cell::RefCell;
use std::ops::Range;
use std::rc::Rc;
use tracks::{
    BETWEEN_TWO, Tracks, group_start, heading_width, heads_table, name_track, shares_line, text, tracks, two_head,
};

/// Some lines of a group; `continued` when its first line is not among them.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Slice {
    pub(super) group: usize,
    pub(super) items: Range<usize>,
}

/// A column.
#[derive(Debug, Clone)]
struct Column {
    x: f32,
    width: f32,
    slices: Vec<Slice>,
    tracks: Tracks,
    height: f32,
}

/// A list set out in columns, measured.
#[derive(Debug, Clone)]
pub(super) struct List {
    set: Set,
    columns: Vec<Column>,
    pub(super) height: f32,
    marker: f32,
    hang: f32,
    /// Added between lines where the list has a side to itself.
    air: f32,
}

/// What was asked about a list.
#[derive(Debug, PartialEq)]
struct Asked {
    set: Set,
    x: f32,
    width: f32,
    count: usize,
    whole_groups: bool,
    slices: Vec<Slice>,
}

/// Lists that were measured for a card, with what was asked: a size is tried in many plans.
#[derive(Debug, Default)]
pub(super) struct Known(RefCell<Vec<(Asked, Option<Rc<List>>)>>);

impl Asked {
    /// The list in so many columns, worked out once for whoever asks again.
    fn kept(self, c: &Context<'_>) -> Option<Rc<List>> {
        if let Some((_, list)) = c.lists.0.borrow().iter().find(|(known, _)| *known == self) {
            return list.clone();
        }
        let list = List::in_columns(c, &self).map(Rc::new);
        c.lists.0.borrow_mut().push((self, list.clone()));
        list
    }
}

/// A list in two systems has the width for itself, up to so much of a side; longer ones would push other things off.
const MOST_OF_SIDE: f32 = 0.36;

impl List {
    /// The list of `slices` in a width, in the number of columns that takes least height (at most `most`). Where there is `room`
    /// for them, columns wide enough for tracks are better than narrow ones.
    pub(super) fn measure(
        c: &Context<'_>,
        set: Set,
        slices: &[Slice],
        x: f32,
        width: f32,
        most: usize,
        room: f32,
    ) -> List {
        let mut best: Option<Rc<List>> = None;
        for count in 1..=most.max(1) {
            // a single column has nothing to keep whole
            let asked = Asked { set, x, width, count, whole_groups: count > 1 && room > 0.0, slices: slices.to_vec() };
            let Some(list) = asked.kept(c) else { continue };
            if count == 1
                && list.columns.iter().any(|col| matches!(col.tracks, Tracks::Two(..)))
                && list.height <= room.max(MOST_OF_SIDE * c.size.h)
            {
                return List::clone(&list);
            }
            if count == 2 && list.height <= room && list.columns.iter().all(|col| col.tracks != Tracks::RunIn) {
                return List::clone(&list);
            }
            // a column more must save something
            if best.as_ref().is_none_or(|b| list.height < b.height - 0.5 * set.pitch) {
                best = Some(list);
            }
        }
        let nothing = List { set, columns: Vec::new(), height: 0.0, marker: 0.0, hang: 0.0, air: 0.0 };
        best.map_or(nothing, |list| List::clone(&list))
    }

    fn in_columns(c: &Context<'_>, asked: &Asked) -> Option<List> {
        let Asked { set, x, width, count, whole_groups, ref slices } = *asked;
        let marker = marker(c, set);
        let hang = if c.theme.parts.list_marker == Marker::Tick { 0.0 } else { mm(2.6) };
        let gap = c.class.column_gap;
        let even = (width - gap * (count - 1) as f32) / count as f32;
        let least = if c.m.batches.is_some() { batches::least_width(c, set).max(mm(66.0)) } else { mm(29.0) };
        if count > 1 && even < least {
            return None;
        }
        let shares = deal(c, set, slices, count, even - marker, whole_groups)?;
        let widths = share_widths(c, set, &shares, even, width - gap * (count - 1) as f32, marker, hang);
        let narrowest = widths.iter().copied().fold(f32::INFINITY, f32::min) - marker;
        // one column that runs amounts in makes all do so
        let run_in = shares.iter().any(|s| tracks(c, set, s, narrowest) == Tracks::RunIn);
        let mut at = x;
        let mut columns = Vec::new();
        for (slices, w) in shares.into_iter().zip(widths) {
            let tracks = if run_in { Tracks::RunIn } else { tracks(c, set, &slices, w - marker) };
            let height = column_height(c, set, &slices, w - marker, hang, tracks);
            columns.push(Column { x: at, width: w, slices, tracks, height });
            at += w + gap;
        }
        let height = columns.iter().map(|col| col.height).fold(0.0, f32::max);
        Some(List { set, columns, height, marker, hang, air: 0.0 })
    }

    /// The place under the last column, where that is shorter than the others: start, width, height of what is there, room.
    pub(super) fn niche(&self) -> Option<(f32, f32, f32, f32)> {
        let last = self.columns.last().filter(|_| self.columns.len() > 1)?;
        Some((last.x, last.width, last.height, self.height - last.height))
    }

    /// Spreads the lines of a single column over some of the room that is left; gives the height that this takes.
    pub(super) fn spread(&mut self, room: f32) -> f32 {
        let [column] = self.columns.as_slice() else { return 0.0 };
        let gaps = column.slices.iter().map(|s| s.items.len()).sum::<usize>().saturating_sub(1) as f32;
        self.air = (room / gaps.max(1.0)).clamp(0.0, 0.3 * self.set.pitch);
        self.height += gaps * self.air;
        gaps * self.air
    }

    pub(super) fn draw(&self, c: &Context<'_>, canvas: &mut Canvas<'_>, y: f32, art: TagId) {
        let numbered = false;
        let mut list_tag: Option<TagId> = None;
        for column in &self.columns {
            if let Tracks::Batches(tracks) = column.tracks {
                self.draw_table(c, canvas, column, tracks, y, art);
                continue;
            }
            let mut at = y;
            if let (Tracks::Two(first, second), Some([own, other])) = (column.tracks, &c.m.columns) {
                // on the line of the first heading, where there is one
                let head = group_set(c, self.set);
                let shared = shares_line(c, &column.slices);
                let own_line = c.cap(TextRole::Label) * c.class.fact_label;
                let baseline = at + if shared { head.ascent * head.size } else { own_line };
                let how = How::new(Some(canvas.tags.add(Role::P, Some(art)))).end();
                let x = column.x + self.marker;
                canvas.line(own, c.class.fact_label, x, baseline, first, how);
                canvas.line(other, c.class.fact_label, x + first + BETWEEN_TWO, baseline, second, how);
                at += two_head(c, &column.slices);
            }
            for (k, slice) in column.slices.iter().enumerate() {
                let group = &c.m.groups[slice.group];
                if k > 0 {
                    at += group_gap(self.set);
                }
                let continued = slice.items.start > 0;
                if let Some(name) = group.name.as_ref().filter(|_| !continued || k == 0) {
                    let head = group_set(c, self.set);
                    let tag = (!continued).then(|| canvas.tags.add(Role::Heading(2), Some(art)));
                    let two = matches!(column.tracks, Tracks::Two(..));
                    let start = group_start(column.tracks) + if two { self.marker } else { 0.0 };
                    let width = column.width - start;
                    at += canvas.para(name, head, column.x + start, at, width, How::new(tag)) + group_lead(c, self.set);
                    list_tag = None;
                }
                // a list that goes on in the next column is one list
                let tag = match list_tag.filter(|_| continued || group.name.is_none()) {
                    Some(tag) => tag,
                    None => canvas.tags.add(Role::List { numbered }, Some(art)),
                };
                list_tag = Some(tag);
                for item in &group.items[slice.items.clone()] {
                    let li = canvas.tags.add(Role::Item, Some(tag));
                    let body = canvas.tags.add(Role::Body, Some(li));
                    at += self.draw_item(c, canvas, column, item, at, body) + self.set.leading() + self.air;
                }
            }
        }
    }

    /// A column whose lines are rows of a table. Headings of groups stand over the names, clear of the frame.
    fn draw_table(
        &self,
        c: &Context<'_>,
        canvas: &mut Canvas<'_>,
        column: &Column,
        tracks: batches::Tracks,
        y: f32,
        art: TagId,
    ) {
        let set = self.set;
        let (x, width) = (column.x + self.marker, column.width - self.marker);
        let first = column.slices.first();
        let heading = first.filter(|s| heads_table(c, set, column.tracks, s, width)).and_then(|s| {
            let name = c.m.groups[s.group].name.as_ref()?;
            Some(batches::Heading { name, size: group_set(c, set).size, continued: s.items.start > 0 })
        });
        let headed = heading.is_some();
        let Some(table) = Table::begin(c, canvas, (set, tracks), (x, y, width), heading, art) else { return };
        let mut at = y + batches::head_height(set);
        for (k, slice) in column.slices.iter().enumerate() {
            let group = &c.m.groups[slice.group];
            if k > 0 {
                at += group_gap(set);
            }
            let continued = slice.items.start > 0;
            if let Some(name) = group.name.as_ref().filter(|_| if k == 0 { !headed } else { !continued }) {
                let how = How::new((!continued).then(|| table.heading(canvas)));
                at += canvas.para(name, group_set(c, set), x + tracks.name, at, width - tracks.name, how);
                at += group_lead(c, set);
            }
            for item in &group.items[slice.items.clone()] {
                let tag = table.row(canvas, item.row.as_ref(), at);
                at += self.draw_item(c, canvas, column, item, at, tag) + set.leading() + self.air;
            }
        }
        table.end(c, canvas, at - set.leading() - self.air, is_last(c, &column.slices));
    }

    fn draw_item(
        &self,
        c: &Context<'_>,
        canvas: &mut Canvas<'_>,
        column: &Column,
        item: &ItemMaterial,
        y: f32,
        tag: TagId,
    ) -> f32 {
        let set = self.set;
        let (x, width) = (column.x + self.marker, column.width - self.marker);
        let baseline = y + set.ascent * set.size;
        if self.marker > 0.0 {
            let r = 0.35 * set.size;
            let stroke = 0.7 * c.grown(set.size).min(1.8);
            canvas.circle(column.x + r + 0.35, baseline - 0.36 * set.size, r, None, Some((c.theme.parts.rule, stroke)));
        }
        let how = How::new(Some(tag));
        let (name_x, name_width) = name_track(c, set, column.tracks, item, width);
        let name_x = x + name_x;
        tracks::draw(c, canvas, (set, column.tracks), item, (x, baseline), how);
        let para = text(set, column.tracks, item);
        canvas.para(para, set, name_x, y, name_width, how.hang(self.hang).list())
    }
}

/// Between two groups in a column.
fn group_gap(set: Set) -> f32 {
    0.55 * set.pitch
}

/// From a group's heading to its first line.
fn group_lead(c: &Context<'_>, set: Set) -> f32 {
    set.leading() + if c.theme.role(TextRole::Group).upper { 1.4 } else { 1.6 }
}

/// The size of group headings.
fn group_set(c: &Context<'_>, set: Set) -> Set {
    let size = if c.theme.role(TextRole::Group).upper { c.class.label.min(set.size) } else { set.size + 1.0 };
    c.set(TextRole::Group, size, size * 1.2)
}

/// The width of what stands before every line.
pub(super) fn marker(c: &Context<'_>, set: Set) -> f32 {
    if c.theme.parts.list_marker == Marker::Tick { 1.13 * set.size } else { 0.0 }
}

/// Whether the last line of the whole list is among those of a column.
fn is_last(c: &Context<'_>, slices: &[Slice]) -> bool {
    let last = c.m.groups.iter().rposition(|g| !g.items.is_empty());
    slices.last().is_some_and(|s| Some(s.group) == last && s.items.end == c.m.groups[s.group].items.len())
}

fn item_height(c: &Context<'_>, set: Set, item: &ItemMaterial, width: f32, hang: f32, tracks: Tracks) -> f32 {
    let (_, width) = name_track(c, set, tracks, item, width);
    set.para(text(set, tracks, item), width, hang).max(set.size)
}

fn slice_height(
    c: &Context<'_>,
    set: Set,
    slice: &Slice,
    with_head: bool,
    width: f32,
    hang: f32,
    tracks: Tracks,
) -> f32 {
    let group: &GroupMaterial = &c.m.groups[slice.group];
    let head = group
        .name
        .as_ref()
        .filter(|_| with_head)
        .map_or(0.0, |n| group_set(c, set).para(n, heading_width(tracks, width), 0.0) + group_lead(c, set));
    head + group.items[slice.items.clone()]
        .iter()
        .map(|i| item_height(c, set, i, width, hang, tracks) + set.leading())
        .sum::<f32>()
}

fn column_height(c: &Context<'_>, set: Set, slices: &[Slice], width: f32, hang: f32, tracks: Tracks) -> f32 {
    let mut height = 0.0;
    for (k, slice) in slices.iter().enumerate() {
        let with_head = if k == 0 { !heads_table(c, set, tracks, slice, width) } else { slice.items.start == 0 };
        height +=
            slice_height(c, set, slice, with_head, width, hang, tracks) + if k > 0 { group_gap(set) } else { 0.0 };
    }
    let height = (height - set.leading()).max(0.0);
    match tracks {
        Tracks::Batches(t) => {
            batches::head_height(set) + height + batches::foot_height(c, set, t, width, is_last(c, slices))
        }
        Tracks::Two(..) => height + two_head(c, slices),
        _ => height,
    }
}

/// The whole list as slices.
pub(super) fn whole(c: &Context<'_>) -> Vec<Slice> {
    c.m.groups.iter().enumerate().map(|(group, g)| Slice { group, items: 0..g.items.len() }).collect()
}
