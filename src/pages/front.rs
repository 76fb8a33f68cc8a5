//! What stands before and between the recipes: half title, title, contents, introduction, openers of parts, colophon.

use super::block::{Block, Fit, Size};
use super::flow::{Flow, Placed};
use super::grid::{Grid, Look};
use super::head::Head;
use super::setting::{Piece, Setting};
use super::unit::{Extra, Key, Text, Unit};
use crate::geom::mm;
use crate::locale::{Label, Lang};
use crate::markdown::{self, Block as Prose};
use crate::text::Fill;
use crate::theme::TextRole;

/// A line of the contents: where it leads, what it is called, on which page.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) anchor: String,
    pub(super) title: String,
    /// The language of its title.
    pub(super) lang: Option<Lang>,
    pub(super) page: usize,
}

/// A part in the contents.
pub(super) struct Entry {
    pub(super) title: Heading,
    pub(super) rows: Vec<Row>,
}

/// The title of a part in the contents.
pub(super) enum Heading {
    /// Recipes that no part claims have none.
    None,
    /// It leads to the opener.
    Part(Row),
    /// What stands at the end of the book.
    Back(String),
}

/// What the title page says.
pub(super) struct Words<'a> {
    pub(super) title: &'a str,
    pub(super) subtitle: Option<&'a str>,
    pub(super) author: &'a str,
    pub(super) publisher: Option<&'a str>,
}

/// Makes pages of the book's own.
pub(super) struct Front<'m, 's, 'a, 'b> {
    pub(super) s: &'m mut Setting<'a, 'b>,
    pub(super) look: Look<'s>,
    pub(super) grid: Grid,
    /// Whether numbers of four figures need a wider track.
    pub(super) wide: bool,
    next: u32,
}

type Pages = Vec<Vec<Placed>>;

impl<'m, 's, 'a, 'b> Front<'m, 's, 'a, 'b> {
    pub(super) fn new(s: &'m mut Setting<'a, 'b>, look: Look<'s>) -> Self {
        let grid = look.grid(&s.script);
        Front { s, look, grid, wide: false, next: 100 }
    }

    fn number(&mut self) -> u32 {
        self.next += 1;
        self.next
    }

    fn head(&self) -> Head<'s> {
        Head { look: self.look, grid: self.grid, script: self.s.script }
    }

    fn fit(&self) -> Fit<'s> {
        Fit { look: self.look, grid: self.grid, hang: 0.0, justify: self.s.script.cjk }
    }

    fn flow(&self) -> Flow {
        Flow::new(self.grid.halves, self.grid.half)
    }

    /// A page opening with a title and the double rule.
    pub(super) fn opening(&mut self, kicker: Option<&str>, title: &str) -> Vec<Unit> {
        let mut out = Vec::new();
        if let Some(kicker) = kicker {
            let para = self.s.plain(kicker, TextRole::Kicker);
            out.push(self.head().kicker(&para, Key::P(1)));
        }
        let para = self.s.plain(title, TextRole::Title);
        out.push(self.head().title(&para, title.chars().count(), Key::Heading(1, 2)));
        out.push(self.head().rules());
        out
    }

    /// How an index of ingredients is read.
    pub(super) fn key(&mut self) -> Unit {
        let size = self.look.m.sizes.index;
        let soft = self.s.soft(TextRole::Emph);
        let para = self.s.plain(&self.s.label(Label::IndexKey), soft);
        let key = Some(Key::P(self.number()));
        let text =
            Text::filled(&para, (size, self.grid.pitch()), self.look.format.text(), (0.0, 0.0), Fill::Prose, key);
        Unit { halves: 2 * text.count(), texts: vec![text.at(0.0, self.grid.base)], ..Unit::default() }
    }

    /// Half title: the title alone, in the upper third.
    pub(super) fn half_title(&mut self, title: &str) -> Pages {
        let m = self.look.m;
        let size = m.sizes.half_title;
        let para = self.s.plain(title, TextRole::Title);
        let width = self.look.format.text();
        let top = 11.0 * m.sizes.pitch + 0.76 * size;
        let text = Text::filled(&para, (size, 1.2 * size), width, (0.0, 0.0), Fill::Balanced, Some(Key::P(1)));
        one_page(Unit { texts: vec![text.at(0.0, top)], ..Unit::default() })
    }

    /// Title, subtitle, author, publisher.
    pub(super) fn title_page(&mut self, words: &Words<'_>) -> Pages {
        let (format, sizes, pitch) = (self.look.format, &self.look.m.sizes, self.look.m.sizes.pitch);
        let width = format.text();
        let listed = if words.title.chars().count() < 24 {
            words.title.replace(", ", ",\u{2028}")
        } else {
            words.title.to_owned()
        };
        let para = self.s.plain(&listed, TextRole::Title);
        // accents on capitals need room
        let tight = if self.s.script.title_pitch > 0.0 { 0.97 } else { 0.82 };
        let step = |size: f32| tight * size + 3.0;
        let height = |size: f32| para.lines(width / size, width / size, Fill::Balanced).lines.len() as f32 * step(size);
        let mut size = sizes.book;
        while size > sizes.least_book && (para.widest() * size > width || height(size) > 17.0 * pitch) {
            size -= 0.5;
        }
        let mut unit = Unit::default();
        let text = Text::filled(&para, (size, step(size)), width, (0.0, 0.0), Fill::Balanced, Some(Key::Heading(1, 1)));
        let last = 5.0 * pitch + 0.72 * size + (text.count() - 1) as f32 * step(size);
        unit.texts.push(text.at(0.0, 5.0 * pitch + 0.72 * size));
        let rule = last + 0.1 * size + 2.0 * pitch;
        let ink = self.look.ink();
        unit.extras.push(Extra::Rule((0.0, rule), (width, rule), 1.6, ink));
        unit.extras.push(Extra::Rule((0.0, rule + 3.0), (width, rule + 3.0), 0.4, ink));
        if let Some(subtitle) = words.subtitle {
            let para = self.s.plain(subtitle, TextRole::Pairing);
            let set = (sizes.subtitle, 19.0);
            let text = Text::filled(&para, set, width, (0.0, 0.0), Fill::Balanced, Some(Key::P(2)));
            unit.texts.push(text.at(0.0, rule + 3.0 + pitch + 12.0));
        }
        let foot = format.lines as f32 * pitch - 3.0 - 2.4;
        let publisher = words.publisher.map(|p| self.s.plain(p, TextRole::Running));
        let taken =
            publisher.as_ref().map_or(0.0, |p| p.natural_width() * self.look.running() + mm(6.0)).min(0.5 * width);
        if !words.author.is_empty() {
            let para = self.s.plain(words.author, TextRole::Strong);
            let text = Text::new(&para, (sizes.author, 15.0), width - taken, Some(Key::P(3)));
            let up = (text.count() - 1) as f32 * 15.0;
            unit.texts.push(text.at(0.0, foot - up));
        }
        if let Some(para) = publisher {
            let text = Text::new(&para, (self.look.running(), 10.0), taken - mm(6.0) + 0.5, Some(Key::P(4))).end();
            let up = (text.count() - 1) as f32 * 10.0;
            let x = width - taken + mm(6.0) - 0.5;
            unit.texts.push(text.at(x, foot - up));
        }
        one_page(unit)
    }

    /// The introduction, or any prose under a title of its own.
    pub(super) fn prose(&mut self, title: &str, blocks: &[Prose]) -> Pages {
        let mut flow = self.flow();
        let opening = self.opening(None, title);
        flow.head(opening);
        let units = self.paragraphs(blocks, Size::Text);
        flow.band(vec![(self.look.format.main_x(), units)]);
        flow.pages
    }

    /// Paragraphs for the main column.
    fn paragraphs(&mut self, blocks: &[Prose], size: Size) -> Vec<Unit> {
        let mut out = Vec::new();
        for (i, r) in markdown::paragraphs(blocks).iter().enumerate() {
            let mut r = r.clone();
            crate::typo::refine(&mut r, self.s.locale, crate::typo::Medium::Pages);
            let (para, key) = (self.s.one(&r, TextRole::Text), Key::P(self.number()));
            let indent = i > 0 && !r.text.starts_with('•');
            let block = Block::Para { para, key, size, indent, before: 0, soft: true };
            out.push(self.fit().unit(&block, self.look.format.main()));
        }
        out
    }

    /// Numbers before names, each leading to its page.
    fn rows(&mut self, rows: &[Row]) -> Vec<Unit> {
        let m = self.look.m;
        let width = self.look.format.main();
        let list = self.number();
        let track = m.gaps.number + if self.wide { 4.0 } else { 0.0 };
        let set = (m.sizes.text, self.grid.pitch());
        let mut out = Vec::new();
        for (i, row) in rows.iter().enumerate() {
            let key = Key::Body(list, i as u32);
            let number = self.s.leading(&format!("{} ", row.page), TextRole::Cue, &row.anchor);
            let title = format!("{} ", row.title);
            let piece = Piece::new(&title, TextRole::Text).of(row.lang.as_ref());
            let name = self.s.pieces(&[piece], Some(&row.anchor));
            let number = Text::new(&number, set, track, Some(key)).at(0.0, self.grid.base);
            let name = Text::new(&name, set, width - track, Some(key)).at(track, self.grid.base);
            let halves = 2 * name.count();
            out.push(Unit { halves, texts: vec![number, name], keep: i == 0 && rows.len() > 1, ..Unit::default() });
        }
        out
    }

    /// The contents.
    pub(super) fn contents(&mut self, entries: &[Entry]) -> Pages {
        let mut flow = self.flow();
        let title = self.s.label(Label::Contents);
        let opening = self.opening(None, &title);
        flow.head(opening);
        for (i, entry) in entries.iter().enumerate() {
            flow.gap(if i > 0 { 2 } else { 1 });
            let rows = self.rows(&entry.rows);
            let title: Vec<Unit> = self.part_in_contents(&entry.title).into_iter().collect();
            let needed = rows.iter().take(3).map(|u| u.halves).sum::<usize>();
            let needed = needed.max(title.iter().map(|u| u.halves).sum());
            if flow.left() < needed {
                flow.turn();
            }
            flow.band(vec![(0.0, title), (self.look.format.main_x(), rows)]);
        }
        flow.pages
    }

    fn part_in_contents(&mut self, heading: &Heading) -> Option<Unit> {
        let sizes = &self.look.m.sizes;
        let (para, size) = match heading {
            Heading::None => return None,
            Heading::Back(title) => (self.s.plain(title, TextRole::Pairing), sizes.native),
            Heading::Part(row) => {
                let figures = format!("{} ", row.page);
                let pieces = [
                    Piece::new(&row.title, TextRole::Title),
                    Piece::new("\u{a0}\u{a0}", TextRole::Title),
                    Piece::new(&figures, TextRole::Numeral),
                ];
                (self.s.pieces(&pieces, Some(&row.anchor)), sizes.contents)
            }
        };
        let pitch = 1.5 * self.grid.pitch();
        let key = Key::Heading(2, self.number());
        // a little lower than the first of its recipes, as its size asks for
        let base = self.grid.base + if size > sizes.native { 3.0 } else { 0.0 };
        let text = Text::new(&para, (size, pitch), self.look.format.rail, Some(key)).at(0.0, base);
        Some(Unit { halves: (3 * text.count()).div_ceil(2) * 2, texts: vec![text], ..Unit::default() })
    }

    /// The opener of a part: its number, its title as large as it may be, its introduction, its recipes.
    pub(super) fn opener(&mut self, number: &str, title: &str, introduction: &[Prose], rows: &[Row]) -> Pages {
        let (format, sizes, pitch) = (self.look.format, &self.look.m.sizes, self.grid.pitch());
        let width = format.text();
        let mut unit = Unit::default();
        let label = self.s.plain(number, TextRole::Label);
        let label = Text::new(&label, (7.6, pitch), width, Some(Key::P(1))).at(0.0, 4.0 * pitch + self.grid.base);
        unit.texts.push(label);
        let para = self.s.plain(title, TextRole::Title);
        let cap = self.look.cap(TextRole::Title);
        let tall = if self.s.script.title_pitch > 0.0 { 1.15 } else { 1.0 };
        let count = |size: f32| para.lines(width / size, width / size, Fill::Balanced).lines.len();
        let mut size = sizes.part;
        while size > sizes.title
            && (para.widest() * size > width || count(size) as f32 * size > 2.0 * 58.0 && count(size) > 1)
        {
            size -= 0.5;
        }
        let set = (size, tall * size);
        let text = Text::filled(&para, set, width, (0.0, 0.0), Fill::Balanced, Some(Key::Heading(1, 2)));
        let top = 6.0 * pitch + cap * size * tall;
        let last = top + (text.count() - 1) as f32 * set.1;
        unit.texts.push(text.at(0.0, top));
        let rule = last + (1.4 * pitch).max(0.36 * size);
        let ink = self.look.ink();
        unit.extras.push(Extra::Rule((0.0, rule), (width, rule), 1.2, ink));
        unit.extras.push(Extra::Rule((0.0, rule + 2.5), (width, rule + 2.5), 0.35, ink));
        unit.halves = self.grid.whole(rule + 2.5 + 0.6 * pitch);
        let mut flow = self.flow();
        flow.head(vec![unit]);
        let main = self.part_introduction(introduction);
        flow.band(vec![(format.main_x(), main)]);
        let rows = self.rows(rows);
        // a long list is in the contents
        if rows.iter().map(|r| r.halves).sum::<usize>() + 3 <= flow.left() {
            flow.gap(3);
            flow.band(vec![(format.main_x(), rows)]);
        }
        flow.pages
    }

    /// A short first paragraph is set like a standfirst.
    fn part_introduction(&mut self, blocks: &[Prose]) -> Vec<Unit> {
        let mut paragraphs = markdown::paragraphs(blocks);
        if paragraphs.is_empty() {
            return Vec::new();
        }
        let mut out = Vec::new();
        if paragraphs[0].text.chars().count() <= 220 {
            let mut first = paragraphs.remove(0);
            crate::typo::refine(&mut first, self.s.locale, crate::typo::Medium::Pages);
            let para = self.s.one(&first, TextRole::Pairing);
            let size = self.look.m.sizes.opener;
            let pitch = 1.3 * size * self.grid.pitch() / self.look.m.sizes.pitch;
            let width = self.look.format.main();
            let text = Text::filled(&para, (size, pitch), width, (0.0, 0.0), Fill::Prose, Some(Key::P(3)));
            let text = text.at(0.0, self.grid.base + 2.4);
            let halves = self.grid.whole(text.height() + 2.0) + if paragraphs.is_empty() { 0 } else { 1 };
            out.push(Unit { halves: halves.div_ceil(2) * 2, texts: vec![text], soft: true, ..Unit::default() });
        }
        let rest: Vec<Prose> = paragraphs.into_iter().map(Prose::Para).collect();
        out.extend(self.paragraphs(&rest, Size::Text));
        out
    }

    /// The colophon, at the foot of the last page.
    pub(super) fn colophon(&mut self, lines: &[String], rights: Option<&str>) -> Pages {
        let format = self.look.format;
        let fit = self.fit();
        let label = self.s.label(Label::AboutBook);
        let para = self.s.plain(&label, TextRole::Label);
        let mut units = vec![fit.unit(&Block::Label { para, key: Key::Heading(1, 1), ruled: false }, format.main())];
        for (i, line) in lines.iter().enumerate() {
            let (para, key) = (self.s.plain(line, TextRole::Text), Key::P(self.number()));
            let block = Block::Para { para, key, size: Size::Small, indent: i > 0, before: 0, soft: true };
            units.push(fit.unit(&block, format.main()));
        }
        if let Some(rights) = rights {
            let (para, key) = (self.s.plain(rights, TextRole::Text), Key::P(self.number()));
            let block = Block::Para { para, key, size: Size::Small, indent: false, before: 3, soft: true };
            let mut unit = fit.unit(&block, format.main());
            let y = -0.8 * self.grid.half;
            unit.extras.push(Extra::Rule((0.0, y), (format.main(), y), 0.35, self.look.ink()));
            units.push(unit);
        }
        let height: usize = units.iter().enumerate().map(|(i, u)| u.halves + if i > 0 { u.before } else { 0 }).sum();
        let mut y = self.grid.halves.saturating_sub(height);
        let mut page = Vec::new();
        for (i, unit) in units.into_iter().enumerate() {
            y += if i > 0 { unit.before } else { 0 };
            let halves = unit.halves;
            page.push(Placed { unit, x: format.main_x(), y });
            y += halves;
        }
        vec![page]
    }
}

fn one_page(unit: Unit) -> Pages {
    vec![vec![Placed { unit, x: 0.0, y: 0 }]]
}
