//! The lines of an index: ingredients, their forms, recipes with their pages.

use super::columns::columns;
use super::finding::{self, Finding};
use super::flow::Placed;
use super::front::Front;
use super::grid::{Grid, Look};
use super::setting::{Ink, Piece, Setting};
use super::unit::{Extra, Key, Text, Unit};
use crate::index::{Entry, Group, List};
use crate::locale::{Label, Lang};
use crate::text::{Fill, Para};
use crate::theme::{Print, TextRole};
use crate::typo::{Medium, refined};
use rustc_hash::FxHashMap;
use std::rc::Rc;

/// An entry of up to so many lines stays whole (book specification, 7).
const KEPT: usize = 10;
/// A longer one goes on in the next column after so many lines at the earliest, and so does a letter.
const FIRST: usize = 3;

/// What indexes are made from.
pub(super) struct Sources<'a> {
    pub(super) finding: &'a Finding,
    /// The names of recipes as places of the book.
    pub(super) anchors: &'a [&'a str],
    /// The first page of every recipe.
    pub(super) pages: &'a [usize],
}

/// A line, as the texts that it is made of.
struct Row {
    text: Text,
    path: [u32; 3],
    /// What must be said again when a column begins with it.
    again: Vec<Text>,
    /// Whether it is the heading of those after it.
    head: bool,
}

/// Makes the lines of an index.
struct Lister<'m, 'f, 'a, 'b> {
    from: &'f Sources<'f>,
    s: &'m mut Setting<'a, 'b>,
    look: Look<'f>,
    grid: Grid,
    width: f32,
    /// Lines that were made: recipe, how far it stands in, whether its time is told.
    known: FxHashMap<(usize, u32, bool), Text>,
    next: u32,
}

impl Look<'_> {
    /// The grid of indexes.
    pub(super) fn index_grid(&self, grid: &Grid) -> Grid {
        let m = &self.m.sizes;
        let pitch = m.index_pitch * grid.pitch() / m.pitch;
        let room = self.format.lines as f32 * m.pitch + m.index_pitch - m.index - 1.0;
        let lines = (room / pitch).floor() as usize;
        Grid { half: pitch / 2.0, base: 0.76 * m.index + (pitch - m.index_pitch) / 2.0, halves: 2 * lines }
    }
}

/// The pages of an index; their grid is [`Look::index_grid`].
pub(super) fn pages(from: &Sources<'_>, chapter: usize, s: &mut Setting<'_, '_>, look: Look<'_>) -> Vec<Vec<Placed>> {
    let kicker = s.label(Label::Index);
    let title = s.label(from.finding.title(chapter));
    let mut front = Front::new(s, look);
    let text_grid = front.grid;
    let mut opening = front.opening(Some(&kicker), &title);
    let lists = from.finding.chapters[chapter].as_slice();
    // large print has no italics to explain
    if lists == [List::Ingredients] && from.finding.has_forms() && look.theme.print == Print::Usual {
        opening.push(front.key());
    }
    let grid = look.index_grid(&text_grid);
    let opening = Unit::stacked(opening, text_grid.half, grid.half);
    let gap = look.m.gaps.index;
    let width = (look.format.text() - gap) / 2.0;
    let mut lister = Lister { from, s, look, grid, width, known: FxHashMap::default(), next: 10 };
    let units = match lists {
        [List::Ingredients] => lister.ingredients(),
        lists => lists.iter().flat_map(|l| lister.recipes(*l, lists.len() > 1)).collect(),
    };
    columns(&units, opening, grid.halves, &[0.0, width + gap])
}

impl Lister<'_, '_, '_, '_> {
    fn number(&mut self) -> u32 {
        self.next += 1;
        self.next
    }

    /// A line that stands in by so many steps.
    fn text(&self, para: &Rc<Para>, steps: u32) -> Text {
        let m = self.look.m;
        let x = steps as f32 * m.gaps.hang;
        let set = (m.sizes.index, self.grid.pitch());
        Text::filled(para, set, self.width - x, (0.0, m.gaps.hang), Fill::List, None).at(x, self.grid.base)
    }

    fn plain(&mut self, text: &str, ink: impl Into<Ink>, lang: Option<&Lang>, steps: u32) -> Text {
        let shown = format!("{} ", self.refined(text, lang));
        let para = self.s.pieces(&[Piece::new(&shown, ink).of(lang)], None);
        self.text(&para, steps)
    }

    fn refined(&self, text: &str, lang: Option<&Lang>) -> String {
        refined(text, lang.map_or(self.s.locale, crate::locale::locale), Medium::Pages)
    }

    /// A recipe and its page, which are never parted.
    fn recipe(&mut self, i: usize, steps: u32, with_time: bool) -> Text {
        if let Some(known) = self.known.get(&(i, steps, with_time)) {
            return known.clone();
        }
        let from = self.from;
        let (name, total) = (&from.finding.names[i], from.finding.totals[i].as_deref());
        let page = format!("{} ", from.pages[i]);
        let time = total.filter(|_| with_time).map(|t| format!("{}{t}", self.s.locale.comma()));
        let mut pieces = vec![Piece::new(&name.text, TextRole::Text).of(Some(&name.lang))];
        if let Some(time) = &time {
            pieces.push(Piece::new(time, self.s.soft(TextRole::Text)));
        }
        pieces.push(Piece::new("\u{a0}\u{a0}", TextRole::Text));
        pieces.push(Piece::new(&page, self.s.accent(TextRole::Strong)));
        let para = self.s.pieces(&pieces, Some(from.anchors[i]));
        let text = self.text(&para, steps);
        self.known.insert((i, steps, with_time), text.clone());
        text
    }

    /// Lines that belong together as units.
    fn units(&self, list: u32, rows: Vec<Row>) -> Vec<Unit> {
        let lines: usize = rows.iter().map(|r| r.text.count()).sum();
        let count = rows.len();
        let unit = |(i, row): (usize, Row)| {
            let halves = 2 * row.text.count();
            // the last two stay together, too
            let keep = lines <= KEPT || i + 1 < FIRST || row.head || i + 2 == count;
            let again = (!row.again.is_empty()).then(|| Rc::new(self.heading(row.again)));
            let text = Text { key: Some(Key::Row(list, row.path)), ..row.text };
            Unit { halves, texts: vec![text], keep: keep && i + 1 < count, again, ..Unit::default() }
        };
        rows.into_iter().enumerate().map(unit).collect()
    }

    /// Lines that are said again: decoration.
    fn heading(&self, texts: Vec<Text>) -> Unit {
        let mut unit = Unit::default();
        for text in texts {
            let y = self.grid.base + unit.halves as f32 * self.grid.half;
            unit.halves += 2 * text.count();
            let x = text.x;
            unit.texts.push(text.at(x, y));
        }
        unit
    }

    fn ingredients(&mut self) -> Vec<Unit> {
        let from = self.from;
        let mut units = Vec::new();
        for letter in &from.finding.finder.ingredients.letters {
            units.push(self.letter(&letter.heading));
            let list = self.number();
            // a letter at the foot of a column has some lines below it
            let mut lines = 0;
            for (n, entry) in letter.entries.iter().enumerate() {
                let rows = self.entry(entry, n as u32 + 1);
                lines += rows.iter().map(|r| r.text.count()).sum::<usize>();
                units.extend(self.units(list, rows));
                if lines < FIRST
                    && n + 1 < letter.entries.len()
                    && let Some(last) = units.last_mut()
                {
                    last.keep = true;
                }
            }
        }
        units
    }

    /// The heading of a letter: two lines.
    fn letter(&mut self, letter: &str) -> Unit {
        let size = self.look.m.sizes.letter;
        let ink = self.s.accent(TextRole::Title);
        let para = self.s.pieces(&[Piece::new(&format!("{letter} "), ink)], None);
        let key = Some(Key::Heading(2, self.number()));
        let text = Text::new(&para, (size, 2.0 * self.grid.pitch()), self.width, key);
        let text = text.at(0.0, 2.0 * self.grid.pitch() - 5.4);
        Unit { halves: 4, texts: vec![text], keep: true, section: true, ..Unit::default() }
    }

    fn entry(&mut self, entry: &Entry, n: u32) -> Vec<Row> {
        let lang = entry.lang.as_ref();
        let row = |text, path, head| Row { text, path, again: Vec::new(), head };
        if let Some(see) = &entry.see {
            return vec![row(self.see(&entry.name, see, lang), [n, 0, 0], false)];
        }
        let mut rows = vec![row(self.plain(&entry.name, TextRole::Strong, lang, 0), [n, 0, 0], true)];
        let name = self.refined(&entry.name, lang);
        let again = self.s.locale.fill(Label::Continued, &[("name", &name)]);
        let again = self.plain(&again, TextRole::Strong, None, 0);
        let mut number = 0;
        for i in &entry.recipes {
            number += 1;
            rows.push(Row { again: vec![again.clone()], ..row(self.recipe(*i, 1, false), [n, number, 0], false) });
        }
        for (form, recipes) in &entry.forms {
            number += 1;
            let form = self.plain(form, TextRole::Emph, lang, 1);
            rows.push(Row { again: vec![again.clone()], ..row(form.clone(), [n, number, 0], true) });
            for (k, i) in recipes.iter().enumerate() {
                let again = vec![again.clone(), form.clone()];
                let text = self.recipe(*i, 2, false);
                rows.push(Row { again, ..row(text, [n, number, k as u32 + 1], false) });
            }
        }
        rows
    }

    /// "Scallions, see spring onions".
    fn see(&mut self, name: &str, other: &str, lang: Option<&Lang>) -> Text {
        let (name, other) = (self.refined(name, lang), format!("{} ", self.refined(other, lang)));
        let see = format!("{}{} ", self.s.locale.comma(), self.s.label(Label::See));
        let pieces = [
            Piece::new(&name, TextRole::Strong).of(lang),
            Piece::new(&see, TextRole::Emph),
            Piece::new(&other, TextRole::Text).of(lang),
        ];
        let para = self.s.pieces(&pieces, None);
        self.text(&para, 0)
    }

    /// A list of recipes in groups, under a heading where there are several lists.
    fn recipes(&mut self, list: List, headed: bool) -> Vec<Unit> {
        let finding = self.from.finding;
        let mut units: Vec<Unit> = headed.then(|| self.section(list)).into_iter().collect();
        for (i, group) in finding.finder.groups(list).iter().enumerate() {
            let (head, rows) = self.group(group, list, if headed { 3 } else { 2 });
            let before = if i == 0 { 0 } else { 2 };
            units.push(Unit { before, ..head });
            let number = self.number();
            units.extend(self.units(number, rows));
        }
        units
    }

    fn section(&mut self, list: List) -> Unit {
        let size = self.look.m.sizes.index_section;
        let label = format!("{} ", self.s.label(finding::name(list)));
        let ink = self.s.accent(TextRole::Title);
        let para = self.s.pieces(&[Piece::new(&label, ink)], None);
        let key = Some(Key::Heading(2, self.number()));
        let text = Text::filled(&para, (size, 1.2 * size), self.width, (0.0, 0.0), Fill::Balanced, key);
        let more = text.height() - 1.2 * size;
        let halves = 6 + (more / self.grid.half).ceil() as usize;
        let rule = Extra::Rule((0.0, 2.0), (self.width, 2.0), 0.35, self.look.ink());
        let texts = vec![text.at(0.0, 19.5)];
        Unit { halves, texts, extras: vec![rule], before: 2, keep: true, section: true, ..Unit::default() }
    }

    /// The heading of a group and its recipes.
    fn group(&mut self, group: &Group, list: List, level: u8) -> (Unit, Vec<Row>) {
        let lang = group.lang.as_ref();
        let ink = self.s.black(TextRole::Group);
        let heading = self.plain(&group.heading, ink, lang, 0);
        let name = self.refined(&group.heading, lang);
        let again = self.s.locale.fill(Label::Continued, &[("name", &name)]);
        let again = self.plain(&again, ink, None, 0);
        let text = Text { key: Some(Key::Heading(level, self.number())), ..heading };
        let head = Unit { halves: 2 * text.count(), texts: vec![text], keep: true, section: true, ..Unit::default() };
        let mut rows = Vec::new();
        for (i, recipe) in group.recipes.iter().enumerate() {
            let text = self.recipe(*recipe, 0, list == List::Times);
            rows.push(Row { text, path: [i as u32 + 1, 0, 0], again: vec![again.clone()], head: false });
        }
        (head, rows)
    }
}
