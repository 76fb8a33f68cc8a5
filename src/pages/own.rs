//! The book's own chapters: half title, title, contents, introduction, openers, indexes, colophon.

use super::bind::{ABOUT, index_anchor, part_anchor};
use super::chapter::Drawn;
use super::composer::Composer;
use super::flow::Placed;
use super::front::{Entry, Front, Heading, Row, Words};
use super::leaf::{Binding, Drawer, Furniture};
use super::listing;
use super::order::{Body, Chapter, Order, Own};
use super::refs::Refs;
use super::setting::Setting;
use super::unit::Tagger;
use crate::frame::{Card, Role, Tags};
use crate::locale::Label;
use crate::text::Shaper;
use crate::theme::TextRole;
use rayon::prelude::*;

/// Pages of a chapter, and what stands at their edges.
struct Pages {
    /// What bookmarks call it.
    name: String,
    pages: Vec<Vec<Placed>>,
    /// Over pages that do not open with a title.
    running: Option<String>,
    /// Beside the folio; the same as above where nothing else is said.
    part: Option<String>,
    folio: bool,
}

impl Pages {
    /// Pages without folios.
    fn bare(name: String, pages: Vec<Vec<Placed>>) -> Self {
        Pages { name, pages, running: None, part: None, folio: false }
    }

    fn titled(name: String, pages: Vec<Vec<Placed>>) -> Self {
        Pages { name: name.clone(), pages, running: Some(name.clone()), part: Some(name), folio: true }
    }
}

impl Composer<'_> {
    /// How many pages the book's own chapters before its indexes take, when everything stands where the order says.
    pub(super) fn own_pages(&self, order: &Order) -> Own {
        let refs = Refs::default();
        let mut shaper = Shaper::new(self.m.fonts);
        let mut s = Setting::new(&mut shaper, self.m.theme, self.lang, &refs);
        let mut f = self.front(&mut s, order);
        let introduction = self.m.cookbook.info.introduction.as_ref();
        let opener = |f: &mut Front<'_, '_, '_, '_>, n: usize| {
            self.m.cookbook.parts[n].title.is_some().then(|| self.opener(f, n, order).len())
        };
        Own {
            contents: f.contents(&self.entries(order)).len(),
            introduction: introduction.map(|p| f.prose("x", &p.blocks).len()),
            openers: (0..self.m.cookbook.parts.len()).map(|n| opener(&mut f, n)).collect(),
            indexes: Vec::new(),
        }
    }

    /// How many pages the indexes take.
    pub(super) fn index_pages(&self, order: &Order) -> Vec<usize> {
        let refs = Refs::default();
        let count = |n: usize| {
            let mut shaper = Shaper::new(self.m.fonts);
            let mut s = Setting::new(&mut shaper, self.m.theme, self.lang, &refs);
            self.index(n, order, &mut s).len()
        };
        (0..self.finding.chapters.len()).into_par_iter().map(count).collect()
    }

    fn front<'m, 'a, 'b>(&self, s: &'m mut Setting<'a, 'b>, order: &Order) -> Front<'m, '_, 'a, 'b> {
        let mut front = Front::new(s, self.look);
        front.wide = order.recipes_end > 900;
        front
    }

    fn index(&self, n: usize, order: &Order, s: &mut Setting<'_, '_>) -> Vec<Vec<Placed>> {
        let anchors: Vec<&str> = self.m.contents.iter().map(|c| c.slug.as_str()).collect();
        let pages: Vec<usize> = (0..anchors.len()).map(|i| page(order, Body::Recipe(i))).collect();
        let from = listing::Sources { finding: &self.finding, anchors: &anchors, pages: &pages };
        listing::pages(&from, n, s, self.look)
    }

    /// The lines of the contents.
    fn entries(&self, order: &Order) -> Vec<Entry> {
        let mut out = Vec::new();
        for (n, part) in self.m.cookbook.parts.iter().enumerate() {
            let rows = order.recipes_of(n).iter().map(|i| self.row(*i, order)).collect();
            let title = part.title.as_ref().map_or(Heading::None, |t| {
                Heading::Part(Row {
                    anchor: part_anchor(n),
                    title: self.text(t.trimmed()),
                    lang: None,
                    page: page(order, Body::Opener(n)),
                })
            });
            out.push(Entry { title, rows });
        }
        let back = |anchor: String, label: Label, body: Body| Row {
            anchor,
            title: self.words.label(label).to_owned(),
            lang: None,
            page: page(order, body),
        };
        let indexes = 0..self.finding.chapters.len();
        let mut rows: Vec<Row> =
            indexes.map(|n| back(index_anchor(n), self.finding.in_contents(n), Body::Index(n))).collect();
        let finding = !rows.is_empty();
        rows.push(back(ABOUT.to_owned(), Label::AboutBook, Body::Colophon));
        let title = if finding { Heading::Back(self.words.label(Label::Finding).to_owned()) } else { Heading::None };
        out.push(Entry { title, rows });
        out
    }

    fn row(&self, i: usize, order: &Order) -> Row {
        let c = &self.m.contents[i];
        let page = page(order, Body::Recipe(i));
        Row { anchor: c.slug.clone(), title: c.title.text.clone(), lang: Some(c.lang.clone()), page }
    }

    fn opener(&self, f: &mut Front<'_, '_, '_, '_>, n: usize, order: &Order) -> Vec<Vec<Placed>> {
        let part = &self.m.cookbook.parts[n];
        let number = self.m.cookbook.parts[..=n].iter().filter(|p| p.title.is_some()).count();
        let number = self.words.fill(Label::Part, &[("n", &number.to_string())]);
        let rows: Vec<Row> = order.recipes_of(n).iter().map(|i| self.row(*i, order)).collect();
        let blocks = part.introduction.as_ref().map_or(&[][..], |p| &p.blocks);
        f.opener(&number, &self.part_title(n), blocks, &rows)
    }

    fn part_title(&self, n: usize) -> String {
        self.m.cookbook.parts[n].title.as_ref().map(|t| self.text(t.trimmed())).unwrap_or_default()
    }

    /// Draws a chapter of the book's own.
    pub(super) fn own(&self, c: &Chapter, order: &Order, binding: Binding, shaper: &mut Shaper<'_>) -> Drawn {
        shaper.missing.clear();
        let refs = Refs::default();
        let mut s = Setting::new(shaper, self.m.theme, self.lang, &refs);
        let made = self.pages(c.body, order, &mut s);
        let mut grid = self.look.grid(&s.script);
        if matches!(c.body, Body::Index(_)) {
            grid = self.look.index_grid(&grid);
        }
        let furniture = Furniture {
            part: made.part.as_ref().map(|t| s.plain(t, TextRole::Running)),
            running: made.running.iter().map(|t| s.plain(t, TextRole::Running)).collect(),
            folio: made.folio,
        };
        let mut tags = Tags::default();
        let mut tagger = Tagger::new(&mut tags, Role::Sect);
        let drawer = Drawer { look: self.look, grid, binding, rtl: s.script.rtl, first: c.first };
        let leaves = drawer.draw(&made.pages, &furniture, &mut s, &mut tags, &mut tagger);
        let (title, lang) = (made.name, self.lang.clone());
        let card = Card { title, lang, pages: leaves.pages, tags, images: Vec::new(), stamp: None };
        Drawn { card, links: leaves.links, missing: s.shaper.missing.iter().copied().collect() }
    }

    fn pages(&self, body: Body, order: &Order, s: &mut Setting<'_, '_>) -> Pages {
        let (meta, words) = (self.m.meta, self.words);
        let title = self.text(&meta.title);
        let label = |l: Label| words.label(l).to_owned();
        if let Body::Index(n) = body {
            let name = label(self.finding.title(n));
            return Pages { part: Some(label(Label::Index)), ..Pages::titled(name, self.index(n, order, s)) };
        }
        let mut f = self.front(s, order);
        match body {
            Body::HalfTitle => Pages::bare(title.clone(), f.half_title(&title)),
            Body::Title => {
                let texts = |t: &Option<String>| t.as_deref().map(|t| self.text(t));
                let author = self.text(&words.list(&meta.authors));
                let (subtitle, publisher) = (texts(&meta.subtitle), texts(&meta.publisher));
                let page = Words {
                    title: &title,
                    subtitle: subtitle.as_deref(),
                    author: &author,
                    publisher: publisher.as_deref(),
                };
                Pages::bare(title.clone(), f.title_page(&page))
            }
            Body::Contents => Pages::titled(label(Label::Contents), f.contents(&self.entries(order))),
            Body::Introduction => {
                let blocks = self.m.cookbook.info.introduction.as_ref().map_or(&[][..], |p| &p.blocks);
                let name = label(Label::Introduction);
                let pages = f.prose(&name, blocks);
                Pages::titled(name, pages)
            }
            Body::Opener(n) => Pages { folio: true, ..Pages::bare(self.part_title(n), self.opener(&mut f, n, order)) },
            Body::Colophon => {
                Pages::bare(label(Label::AboutBook), f.colophon(&self.colophon(), meta.rights.as_deref()))
            }
            Body::Recipe(_) | Body::Index(_) => Pages::bare(String::new(), Vec::new()),
        }
    }

    fn colophon(&self) -> Vec<String> {
        let face = self.m.fonts.face(self.m.theme.role(TextRole::Text).face);
        let font = face.family.trim_end_matches(" SmText").to_owned();
        let title = &self.m.meta.title;
        vec![
            self.text(&self.words.fill(Label::ColophonSet, &[("title", title), ("size", &self.m.format.shown)])),
            self.text(&self.words.fill(Label::ColophonType, &[("font", &font)])),
        ]
    }
}

/// The first page of a chapter; a likely number while there is no order yet.
fn page(order: &Order, body: Body) -> usize {
    order.page_of(body).unwrap_or(88)
}
