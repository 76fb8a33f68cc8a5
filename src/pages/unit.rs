//! What is set on pages: units of lines that stay together, measured in halves of a line.

use crate::compose::canvas::{Align, Canvas, How};
use crate::frame::{Rgb, Role, TagId, Tags};
use crate::text::{Fill, Lines, Para};
use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

/// The place of a text in the tree of tags. Numbers tell one heading, paragraph or list from others of the chapter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Key {
    /// A heading of a level.
    Heading(u8, u32),
    /// A paragraph.
    P(u32),
    /// What an item of a list says: list, item.
    Body(u32, u32),
    /// The label of an item of a numbered list.
    Label(u32, u32),
    /// A picture.
    Figure(u32),
    /// A line of a list of lists: list, and its number on each level; 0 below its own.
    Row(u32, [u32; 3]),
}

/// Makes the tags of a chapter as they are wanted.
pub(super) struct Tagger {
    top: TagId,
    known: BTreeMap<Key, TagId>,
    lists: BTreeMap<u32, TagId>,
    items: BTreeMap<(u32, u32), TagId>,
    /// The lists below lines.
    below: BTreeMap<(u32, [u32; 3]), TagId>,
}

impl Tagger {
    /// Tags below a new one of that role.
    pub(super) fn new(tags: &mut Tags, role: Role) -> Self {
        let top = tags.add(role, None);
        Tagger { top, known: BTreeMap::new(), lists: BTreeMap::new(), items: BTreeMap::new(), below: BTreeMap::new() }
    }

    /// The tag of a key that was drawn.
    pub(super) fn known(&self, key: Key) -> Option<TagId> {
        self.known.get(&key).copied()
    }

    pub(super) fn tag(&mut self, tags: &mut Tags, key: Key) -> TagId {
        if let Some(tag) = self.known.get(&key) {
            return *tag;
        }
        let tag = match key {
            Key::Heading(level, _) => tags.add(Role::Heading(level), Some(self.top)),
            Key::P(_) => tags.add(Role::P, Some(self.top)),
            Key::Figure(_) => tags.add(Role::Figure, Some(self.top)),
            Key::Body(list, item) => {
                let item = self.item(tags, list, item, false);
                tags.add(Role::Body, Some(item))
            }
            Key::Label(list, item) => {
                let item = self.item(tags, list, item, true);
                tags.add(Role::Label, Some(item))
            }
            Key::Row(list, path) => {
                let parent = match path {
                    [_, 0, _] => self.list(tags, list, false),
                    [a, _, 0] => self.below(tags, list, [a, 0, 0]),
                    [a, b, _] => self.below(tags, list, [a, b, 0]),
                };
                let item = tags.add(Role::Item, Some(parent));
                tags.add(Role::Body, Some(item))
            }
        };
        self.known.insert(key, tag);
        tag
    }

    fn item(&mut self, tags: &mut Tags, list: u32, item: u32, numbered: bool) -> TagId {
        if let Some(tag) = self.items.get(&(list, item)) {
            return *tag;
        }
        let parent = self.list(tags, list, numbered);
        let tag = tags.add(Role::Item, Some(parent));
        self.items.insert((list, item), tag);
        tag
    }

    fn list(&mut self, tags: &mut Tags, list: u32, numbered: bool) -> TagId {
        let top = self.top;
        *self.lists.entry(list).or_insert_with(|| tags.add(Role::List { numbered }, Some(top)))
    }

    /// The list that belongs to a line of another.
    fn below(&mut self, tags: &mut Tags, list: u32, path: [u32; 3]) -> TagId {
        if let Some(tag) = self.below.get(&(list, path)) {
            return *tag;
        }
        let body = self.tag(tags, Key::Row(list, path));
        let tag = tags.add(Role::List { numbered: false }, Some(body));
        self.below.insert((list, path), tag);
        tag
    }
}

/// Lines of a paragraph at a place of a unit; lengths in points.
#[derive(Debug, Clone)]
pub(super) struct Text {
    pub(super) para: Rc<Para>,
    pub(super) lines: Rc<Lines>,
    /// Which of its lines.
    pub(super) range: Range<usize>,
    pub(super) size: f32,
    pub(super) pitch: f32,
    pub(super) x: f32,
    pub(super) width: f32,
    /// How far the first line stands in, and all others.
    pub(super) indent: f32,
    pub(super) hang: f32,
    /// From the unit's top to the first baseline.
    pub(super) baseline: f32,
    pub(super) align: Align,
    pub(super) justify: bool,
    /// `None` for decoration.
    pub(super) key: Option<Key>,
}

impl Text {
    /// A paragraph broken for its width.
    pub(super) fn new(para: &Rc<Para>, (size, pitch): (f32, f32), width: f32, key: Option<Key>) -> Text {
        Text::filled(para, (size, pitch), width, (0.0, 0.0), Fill::Ragged, key)
    }

    /// The same, with its first and its other lines standing in.
    pub(super) fn filled(
        para: &Rc<Para>,
        (size, pitch): (f32, f32),
        width: f32,
        (indent, hang): (f32, f32),
        fill: Fill,
        key: Option<Key>,
    ) -> Text {
        let lines = para.kept_lines((width - indent) / size, (width - hang) / size, fill);
        Text {
            para: para.clone(),
            range: 0..lines.lines.len(),
            lines,
            size,
            pitch,
            x: 0.0,
            width,
            indent,
            hang,
            baseline: 0.0,
            align: Align::Start,
            justify: false,
            key,
        }
    }

    pub(super) fn at(self, x: f32, baseline: f32) -> Text {
        Text { x, baseline, ..self }
    }

    pub(super) fn end(self) -> Text {
        Text { align: Align::End, ..self }
    }

    pub(super) fn justified(self, justify: bool) -> Text {
        Text { justify, ..self }
    }

    /// How many lines it has.
    pub(super) fn count(&self) -> usize {
        self.range.len()
    }

    /// The height of its lines.
    pub(super) fn height(&self) -> f32 {
        self.count() as f32 * self.pitch
    }
}

/// A rule or a picture in a unit.
#[derive(Debug, Clone)]
pub(super) enum Extra {
    /// From, to, width, colour.
    Rule((f32, f32), (f32, f32), f32, Rgb),
    /// The chapter's picture of that number, with its size in pixels, in a rectangle.
    Picture(usize, (u32, u32), [f32; 4], Key),
}

impl Extra {
    fn lowered(self, by: f32) -> Extra {
        match self {
            Extra::Rule(from, to, width, color) => Extra::Rule((from.0, from.1 + by), (to.0, to.1 + by), width, color),
            Extra::Picture(image, pixels, [x, y, w, h], key) => Extra::Picture(image, pixels, [x, y + by, w, h], key),
        }
    }
}

/// What stays together.
#[derive(Debug, Clone, Default)]
pub(super) struct Unit {
    pub(super) texts: Vec<Text>,
    pub(super) extras: Vec<Extra>,
    /// Its height in halves of a line.
    pub(super) halves: usize,
    /// Room before it, unless it begins a column.
    pub(super) before: usize,
    /// Whether what follows must be in the same column.
    pub(super) keep: bool,
    /// Whether it may be parted between lines, two on each side at least.
    pub(super) soft: bool,
    /// Whether it is a step: the last one is not left alone.
    pub(super) step: bool,
    /// Whether a section begins with it.
    pub(super) section: bool,
    /// The heading to be repeated where its group goes on in another column.
    pub(super) again: Option<Rc<Unit>>,
}

impl Unit {
    /// Units below each other as one, for a grid of another half.
    pub(super) fn stacked(units: Vec<Unit>, half: f32, other: f32) -> Unit {
        let mut all = Unit::default();
        let mut halves = 0;
        for unit in units {
            let y = halves as f32 * half;
            all.texts.extend(unit.texts.into_iter().map(|t| Text { baseline: t.baseline + y, ..t }));
            all.extras.extend(unit.extras.into_iter().map(|e| e.lowered(y)));
            halves += unit.halves;
        }
        all.halves = (halves as f32 * half / other - 0.01).ceil().max(0.0) as usize;
        all
    }

    /// Parts it after so many halves of a line, at the end of a line; `None` where there is no such place.
    pub(super) fn parted(&self, halves: usize, half: f32) -> Option<(Unit, Unit)> {
        let limit = halves as f32 * half + 0.1;
        let (mut a, mut b) = (self.clone(), self.clone());
        (a.texts, b.texts) = (Vec::new(), Vec::new());
        b.extras.clear();
        let mut cut = 0.0f32;
        for t in &self.texts {
            let fits = (0..t.count()).take_while(|i| t.baseline + *i as f32 * t.pitch + 0.3 * t.pitch <= limit).count();
            if fits > 0 {
                cut = cut.max(t.baseline + (fits - 1) as f32 * t.pitch);
            }
        }
        for t in &self.texts {
            let fits = (0..t.count()).take_while(|i| t.baseline + *i as f32 * t.pitch <= cut + 0.1).count();
            if fits > 0 {
                a.texts.push(Text { range: t.range.start..t.range.start + fits, ..t.clone() });
            }
            if fits < t.count() {
                b.texts.push(Text { range: t.range.start + fits..t.range.end, ..t.clone() });
            }
        }
        if a.texts.is_empty() || b.texts.is_empty() {
            return None;
        }
        // what is left begins on the first line again
        let top = b.texts.iter().map(|t| if t.range.start > 0 { cut_line(&self.texts, t) } else { t.baseline });
        let top = top.fold(f32::INFINITY, f32::min);
        let first = self.texts.iter().map(|t| t.baseline).fold(f32::INFINITY, f32::min);
        for t in &mut b.texts {
            let at = if t.range.start > 0 { cut_line(&self.texts, t) } else { t.baseline };
            t.baseline = at - top + first;
        }
        let used = (((cut - first) / (2.0 * half)).round() as usize + 1) * 2;
        a.halves = used.min(halves);
        b.halves = self.halves.saturating_sub(used).max(2);
        (a.keep, b.before) = (false, 0);
        Some((a, b))
    }

    /// Whether it is soft and has at least so many lines.
    pub(super) fn is_soft(&self, lines: usize) -> bool {
        self.soft && self.texts.iter().map(Text::count).sum::<usize>() >= lines
    }

    /// Draws it with its top left corner at a place.
    pub(super) fn draw(&self, canvas: &mut Canvas<'_>, tagger: &mut Tagger, x: f32, y: f32) {
        for extra in &self.extras {
            match extra {
                Extra::Rule(from, to, width, color) => {
                    canvas.rule((x + from.0, y + from.1), (x + to.0, y + to.1), *width, *color);
                }
                Extra::Picture(image, pixels, [px, py, w, h], key) => {
                    let tag = tagger.tag(canvas.tags, *key);
                    canvas.picture(*image, *pixels, [x + px, y + py, *w, *h], Some(tag));
                }
            }
        }
        for t in &self.texts {
            let tag = t.key.map(|k| tagger.tag(canvas.tags, k));
            let how = How { align: t.align, ..How::new(tag).hang(t.hang).justify(t.justify) };
            let lines = (t.lines.lines.as_slice(), t.range.clone());
            let place = (x + t.x, y + t.baseline, t.width);
            canvas.broken(&t.para, lines, (t.size, t.pitch), t.indent, place, how);
        }
    }
}

/// The baseline, in the whole unit, of the first line that a part of a text has.
fn cut_line(whole: &[Text], part: &Text) -> f32 {
    let own = whole.iter().find(|t| Rc::ptr_eq(&t.para, &part.para) && t.x == part.x);
    own.map_or(part.baseline, |t| t.baseline + (part.range.start - t.range.start) as f32 * t.pitch)
}
