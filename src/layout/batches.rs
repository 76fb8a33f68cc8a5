//! Amounts for several batches side by side: a table with a track for each batch, the unit once, then the name. That of the recipe
//! as written is bold and framed, so that the eye keeps its column (rule 5 of the print specification).

use super::canvas::{Canvas, How, Set};
use super::context::Context;
use super::list::marker;
use super::material::ItemMaterial;
use super::setter::Setter;
use crate::content::{BatchColumns, Content, RowContent};
use crate::frame::{Role, TagId};
use crate::locale::Label;
use crate::source::NodeId;
use crate::text::Para;
use crate::theme::TextRole;

/// Figures of a row, shaped.
pub(super) struct RowMaterial {
    pub(super) cells: Vec<Para>,
    pub(super) unit: Para,
}

impl RowMaterial {
    pub(super) fn new(s: &mut Setter<'_, '_>, columns: &BatchColumns, row: &RowContent, at: NodeId) -> Self {
        let role = |i| if columns.written == Some(i) { TextRole::Amount } else { TextRole::Name };
        RowMaterial {
            cells: row.cells.iter().enumerate().map(|(i, cell)| s.figure(cell, role(i), at)).collect(),
            unit: s.figure(row.unit.as_deref().unwrap_or_default(), TextRole::Name, at),
        }
    }
}

/// What a table shows besides the rows of the list.
pub(super) struct BatchMaterial {
    heads: Vec<Para>,
    written: Option<usize>,
    makes: Option<(RowMaterial, Para)>,
    /// What is the same for every batch, where the foot has room for it.
    pub(super) foot: Option<Para>,
}

impl BatchMaterial {
    /// `foot` is the size of the words at the foot and the width that they have.
    pub(super) fn new(s: &mut Setter<'_, '_>, columns: &BatchColumns, content: &Content, foot: (f32, f32)) -> Self {
        let at = columns.same.at;
        BatchMaterial {
            heads: columns.heads.iter().map(|h| s.figure(h, TextRole::Amount, at)).collect(),
            written: columns.written,
            makes: columns.makes.as_ref().map(|(row, name)| {
                let name = s.para(&[(name, TextRole::Strong)]);
                (RowMaterial::new(s, columns, row, at), name)
            }),
            foot: foot_line(s, columns, content, foot),
        }
    }
}

/// The line for the foot: its beginning up to the colon as the foot's own words are, the rest as notes. `None` where it has no room
/// beside what the foot says of the next side, or where other words stand there.
fn foot_line(
    s: &mut Setter<'_, '_>,
    columns: &BatchColumns,
    content: &Content,
    (size, width): (f32, f32),
) -> Option<Para> {
    let text = &columns.same.text;
    let end = text.find([':', '：']).map_or(0, |i| i + text[i..].chars().next().map_or(0, char::len_utf8));
    let mut lead = columns.same.clone();
    lead.text.truncate(end);
    let mut rest = columns.same.clone();
    rest.text.drain(..end);
    let line = s.para(&[(&lead, TextRole::Foot), (&rest, TextRole::FootNote)]);
    let overleaf = [
        s.locale.label(Label::MethodOverleaf).to_owned(),
        s.locale.label(Label::CookSideOverleaf).to_owned(),
        s.locale.fill(Label::StepsOverleaf, &[("from", "8"), ("to", "12")]),
    ];
    let widest = overleaf.iter().map(|t| s.plain(t, TextRole::Foot).natural_width()).fold(0.0, f32::max);
    // an arrow stands after it, some air before
    let taken = (widest + 3.2) * size;
    (!content.few_quantities && line.natural_width() * size <= width - taken).then_some(line)
}

/// From a figure to the frame on either side of it, in ems.
const PAD: f32 = 0.47;
/// The least of it where room is scarce.
const TIGHT_PAD: f32 = 0.33;
/// The width of a track, where there is room, in ems.
const TRACK: f32 = 2.83;
/// The sizes of heads, relative to the figures, and that of the framed one.
const HEAD: f32 = 1.12;
const FRAMED_HEAD: f32 = 1.27;
/// From the top of the table to the baseline of its heads, and from there to the first line box, in ems.
const HEAD_ASCENT: f32 = 0.86;
const HEAD_DROP: f32 = 0.57;
/// How far the frame rises above the table, in ems, and the most of it in points: what stands above keeps its distance.
const RISE: f32 = 0.44;
const MOST_RISE: f32 = 5.0;
/// From the last line box to the rule over the yield, and from there to the yield's line box, in ems.
const RULE_DROP: f32 = 0.36;
const MAKES_DROP: f32 = 0.43;
/// From a unit to the names, in ems.
const NAME_GAP: f32 = 0.5;
/// The most columns.
const MOST: usize = crate::quantity::Batches::MOST;

/// The tracks of a table.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Tracks {
    /// Where the figures of each column end.
    ends: [f32; MOST],
    /// Where the frame begins and ends.
    frame: Option<(f32, f32)>,
    /// Where units begin.
    unit: f32,
    /// Where names begin.
    pub(super) name: f32,
}

impl Tracks {
    /// Tracks as wide as their figures need, or wider; in points, from the start of the column.
    fn new(c: &Context<'_>, set: Set, m: &BatchMaterial, pad: f32, least: f32) -> Tracks {
        let size = set.size;
        let mut ends = [0.0; MOST];
        let mut at = 0.0;
        let mut frame = None;
        for (i, head) in m.heads.iter().enumerate() {
            let head_size = if m.written == Some(i) { FRAMED_HEAD } else { HEAD };
            let cells = rows(c, m).filter_map(|r| r.cells.get(i)).map(Para::natural_width);
            let figures = cells.fold(head.natural_width() * head_size, f32::max) * size;
            let framed = m.written == Some(i);
            let before = if i > 0 {
                2.0 * pad
            } else if framed {
                pad
            } else {
                0.0
            };
            let width = (figures + before * size).max(least * size);
            let start = if i == 0 { 0.0 } else { at + pad * size };
            at += width;
            ends[i] = at;
            if framed {
                frame = Some((start, at + pad * size));
            }
        }
        let after = if m.written == Some(m.heads.len() - 1) { pad + 0.22 } else { 0.28 };
        let unit = at + after * size;
        let widest = rows(c, m).map(|r| r.unit.natural_width()).fold(0.0, f32::max) * size;
        let name = unit + widest + if widest > 0.0 { NAME_GAP * size } else { 0.3 * size };
        Tracks { ends, frame, unit, name }
    }
}

/// All rows of the card, so that tables on all its sides are alike.
fn rows<'m>(c: &Context<'m>, m: &'m BatchMaterial) -> impl Iterator<Item = &'m RowMaterial> {
    let items = c.m.groups.iter().flat_map(|g| &g.items).filter_map(|i| i.row.as_ref());
    items.chain(m.makes.as_ref().map(|(row, _)| row))
}

/// The tracks for a column of that width: airy ones, unless names take fewer lines beside narrower ones.
pub(super) fn tracks(c: &Context<'_>, set: Set, m: &BatchMaterial, width: f32) -> Tracks {
    let narrow = Tracks::new(c, set, m, TIGHT_PAD, 0.0);
    let lines = |t: &Tracks| {
        let room = (width - t.name).max(1.0);
        c.m.groups.iter().flat_map(|g| &g.items).map(|i| set.lines(words(i), room, 0.0)).sum::<usize>()
    };
    let (least, fewest) = (least_name(c, set), lines(&narrow));
    let suits = |t: &Tracks| width - t.name >= least && lines(t) <= fewest;
    [TRACK, 0.0].into_iter().map(|track| Tracks::new(c, set, m, PAD, track)).find(suits).unwrap_or(narrow)
}

/// The paragraph beside the figures: with the amount in it where that is not in columns.
pub(super) fn words(item: &ItemMaterial) -> &Para {
    if item.row.is_none() && item.measured { &item.whole } else { &item.name }
}

/// The least width for names: that of their longest word, but words of more than 9 ems may be broken.
fn least_name(c: &Context<'_>, set: Set) -> f32 {
    let words = c.m.groups.iter().flat_map(|g| &g.items).map(|i| words(i).widest().min(9.0));
    words.fold(5.5, f32::max) * set.size
}

/// The least width of a column with this size of text.
pub(super) fn least_width(c: &Context<'_>, set: Set) -> f32 {
    let Some(m) = &c.m.batches else { return 0.0 };
    marker(c, set) + Tracks::new(c, set, m, TIGHT_PAD, 0.0).name + least_name(c, set)
}

/// `None` where columns have no room.
pub(super) fn room(c: &Context<'_>, set: Set, width: f32) -> Option<()> {
    (c.m.batches.is_none() || least_width(c, set) <= width + 0.1).then_some(())
}

/// From the top of a table to its first line.
pub(super) fn head_height(set: Set) -> f32 {
    (HEAD_ASCENT + HEAD_DROP) * set.size
}

/// What stands under the last line of the list, from the bottom of its line box; on other sides only the end of the frame does.
pub(super) fn foot_height(c: &Context<'_>, set: Set, t: Tracks, width: f32, is_last: bool) -> f32 {
    let makes = c.m.batches.as_ref().and_then(|m| m.makes.as_ref()).filter(|_| is_last);
    let row = makes.map_or(0.0, |(_, name)| {
        (RULE_DROP + MAKES_DROP) * set.size + set.para(name, width - t.name, 0.0).max(set.size)
    });
    row + 0.1 * set.size
}

/// The heading of the first group, which stands in the line of the heads.
pub(super) struct Heading<'m> {
    pub(super) name: &'m Para,
    pub(super) size: f32,
    /// Whether the group began elsewhere.
    pub(super) continued: bool,
}

/// A table that is being drawn: its tag and its place.
pub(super) struct Table<'m> {
    m: &'m BatchMaterial,
    tag: TagId,
    tracks: Tracks,
    x: f32,
    width: f32,
    top: f32,
    set: Set,
}

impl<'m> Table<'m> {
    /// Begins a table with its heads, in the column at `x`. Its first line is [`head_height`] below.
    pub(super) fn begin(
        c: &Context<'m>,
        canvas: &mut Canvas<'_>,
        (set, tracks): (Set, Tracks),
        (x, top, width): (f32, f32, f32),
        heading: Option<Heading<'_>>,
        art: TagId,
    ) -> Option<Table<'m>> {
        let m = c.m.batches.as_ref()?;
        let tag = canvas.tags.add(Role::Table, Some(art));
        let table = Table { m, tag, tracks, x, width, top, set };
        let row = canvas.tags.add(Role::Row, Some(tag));
        for (i, head) in m.heads.iter().enumerate() {
            let cell = canvas.tags.add(Role::HeadCell { of_row: false, columns: 1 }, Some(row));
            let size = set.size * if m.written == Some(i) { FRAMED_HEAD } else { HEAD };
            let baseline = top + HEAD_ASCENT * set.size;
            canvas.line(head, size, x, baseline, tracks.ends[i], How::new(Some(cell)).end());
        }
        match heading {
            Some(heading) => {
                let tag = (!heading.continued).then(|| {
                    let cell = canvas.tags.add(Role::HeadCell { of_row: false, columns: 1 }, Some(row));
                    canvas.tags.add(Role::Heading(2), Some(cell))
                });
                if heading.continued {
                    canvas.tags.add(Role::Cell, Some(row));
                }
                let baseline = top + HEAD_ASCENT * set.size;
                canvas.line(heading.name, heading.size, x + tracks.name, baseline, width - tracks.name, How::new(tag));
            }
            None => {
                canvas.tags.add(Role::Cell, Some(row));
            }
        }
        Some(table)
    }

    /// A tag for a heading among the rows.
    pub(super) fn heading(&self, canvas: &mut Canvas<'_>) -> TagId {
        let row = canvas.tags.add(Role::Row, Some(self.tag));
        let columns = self.m.heads.len() + 1;
        let cell = canvas.tags.add(Role::HeadCell { of_row: true, columns }, Some(row));
        canvas.tags.add(Role::Heading(2), Some(cell))
    }

    /// A row with the top of its line box at `y`: the figures, and a tag for the name.
    pub(super) fn row(&self, canvas: &mut Canvas<'_>, figures: Option<&RowMaterial>, y: f32) -> TagId {
        let (set, t) = (self.set, &self.tracks);
        let row = canvas.tags.add(Role::Row, Some(self.tag));
        let baseline = y + set.ascent * set.size;
        for i in 0..self.m.heads.len() {
            let cell = canvas.tags.add(Role::Cell, Some(row));
            if let Some(figure) = figures.and_then(|f| f.cells.get(i)) {
                canvas.line(figure, set.size, self.x, baseline, t.ends[i], How::new(Some(cell)).end());
            }
        }
        let name = canvas.tags.add(Role::HeadCell { of_row: true, columns: 1 }, Some(row));
        if let Some(figures) = figures.filter(|f| !f.unit.is_empty()) {
            let width = t.name - t.unit;
            canvas.line(&figures.unit, set.size, self.x + t.unit, baseline, width, How::new(Some(name)));
        }
        name
    }

    /// Ends the table under the line box that ends at `y`; `is_last` where the list ends there.
    pub(super) fn end(self, c: &Context<'_>, canvas: &mut Canvas<'_>, y: f32, is_last: bool) {
        let size = self.set.size;
        let mut bottom = y;
        if let Some((figures, name)) = self.m.makes.as_ref().filter(|_| is_last) {
            let rule = bottom + RULE_DROP * size;
            let start = self.x - marker(c, self.set);
            canvas.rule((start, rule), (self.x + self.width, rule), 0.5, c.theme.parts.rule);
            bottom = rule + MAKES_DROP * size;
            let tag = self.row(canvas, Some(figures), bottom);
            let (x, width) = (self.x + self.tracks.name, self.width - self.tracks.name);
            bottom += canvas.para(name, self.set, x, bottom, width, How::new(Some(tag)).list()).max(size);
        }
        if let Some((from, to)) = self.tracks.frame {
            let top = self.top - (RISE * size).min(MOST_RISE);
            let area = [self.x + from, top, to - from, bottom + 0.1 * size - top];
            canvas.frame(area, 0.18 * size, 0.6, c.theme.parts.rule);
        }
    }
}
