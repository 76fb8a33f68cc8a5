//! A book of pages: recipes as pages of frames, with front matter, openers, contents and references by page.
//!
//! Every recipe is measured first (`chapter`, `plan`), which tells how many pages it takes; then everything gets its place
//! (`order`), and with it the numbers that recipes refer to each other by; then all is drawn. A number that changes how a recipe
//! breaks sends everything back to measuring, until nothing changes any more.

mod block;
mod chapter;
mod flow;
mod front;
mod grid;
mod head;
mod leaf;
mod material;
mod measures;
mod order;
mod plan;
mod refs;
mod setting;
mod unit;

pub use chapter::Pictures;
pub use measures::Format;

use crate::book::Meta;
use crate::compose::canvas::Leading;
use crate::content::{Content, Item};
use crate::cookbook::{Cookbook, slug};
use crate::fonts::FontBook;
use crate::frame::{Bookmark, Card, Link, LinkTo, PageAt, Role, Tags};
use crate::geom::Size;
use crate::locale::{Label, Lang, Locale, locale};
use crate::rich::{Rich, Target};
use crate::source::NodeId;
use crate::text::Shaper;
use crate::theme::{TextRole, Theme};
use crate::typo::{Medium, refined};
use chapter::{Drawn, Measured, Source};
use front::{Entry, Front, Row, Words};
use grid::Look;
use leaf::{Binding, Drawer, Furniture};
use order::{Body, Chapter, Order};
use rayon::prelude::*;
use refs::{Refs, Standing};
use setting::Setting;
use std::collections::{BTreeMap, BTreeSet};
use unit::{Key, Tagger};

/// Everything that the pages are made from.
#[derive(Debug, Clone, Copy)]
pub struct Materials<'a> {
    /// The recipes and their parts.
    pub cookbook: &'a Cookbook,
    /// What the book is.
    pub meta: &'a Meta,
    /// The recipes' contents, set for pages, in the cookbook's order.
    pub contents: &'a [Content],
    /// Their pictures, likewise.
    pub pictures: &'a [Pictures],
    /// Faces and colours.
    pub theme: &'a Theme,
    /// The size of the pages.
    pub format: &'static Format,
    /// Fonts.
    pub fonts: &'a FontBook,
}

/// A book of pages.
#[derive(Debug)]
pub struct Composed {
    /// Its chapters.
    pub cards: Vec<Card>,
    /// What binds them.
    pub binding: crate::frame::Binding,
    /// Characters that no font has: the recipe they stand in, or none, and their value.
    pub missing: Vec<(Option<usize>, NodeId, char)>,
    /// For every recipe its first page, how many pages it takes, and what was chosen for it.
    pub recipes: Vec<Told>,
    /// How many pages there are.
    pub pages: usize,
}

/// What became of a recipe.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    /// Its first page, counted from 1.
    pub first: usize,
    /// How many pages it takes.
    pub pages: usize,
    /// The form of its pages, in words.
    pub chosen: &'static str,
    /// Steps that are longer than a page and had to be parted.
    pub parted: usize,
}

/// The rectangle, in points, that a photo of a dish fills above its title.
pub fn photo_size(format: &Format) -> Size {
    Size { w: format.text(), h: format.photo as f32 * measures::measures().sizes.pitch - 3.0 }
}

/// The same where it is too coarse for that; also for photos of steps.
pub fn small_photo_size(format: &Format) -> Size {
    Size { w: format.rail, h: format.rail * 0.66 }
}

/// The rectangle that a photo of a step fills.
pub fn step_photo_size(format: &Format) -> Size {
    let w = format.main() - measures::measures().gaps.step;
    Size { w, h: w * 0.5 }
}

/// Pixels per inch below which a photo of a dish is set no wider than the rail.
pub fn coarse_ppi() -> f32 {
    measures::measures().coarse
}

/// Recipes that one worker takes at a time. Fixed, so that the number of threads changes nothing.
const CHUNK: usize = 8;
/// How often everything is measured anew before all numbers get the same room.
const ROUNDS: usize = 4;

/// Composes the book. `done` is called whenever a recipe was drawn.
pub fn compose(m: Materials<'_>, done: &(dyn Fn() + Sync)) -> Composed {
    let composer = Composer::new(m);
    let (order, refs, measured) = composer.settle();
    composer.draw(&order, &refs, &measured, done)
}

struct Composer<'a> {
    m: Materials<'a>,
    look: Look<'a>,
    lang: &'a Lang,
    words: &'static Locale,
    /// For every recipe the others that use it.
    used_in: Vec<Vec<(Rich, String)>>,
    /// For every recipe the title of its part, and the level of its own title.
    part_of: Vec<(Option<String>, u8)>,
}

impl<'a> Composer<'a> {
    fn new(m: Materials<'a>) -> Self {
        let lang = &m.meta.languages[0];
        let words = locale(lang);
        let mut part_of = vec![(None, 1); m.contents.len()];
        for part in &m.cookbook.parts {
            let title = part.title.as_ref().map(|t| refined(t.trimmed(), words, Medium::Pages));
            for i in &part.recipes {
                part_of[*i] = (title.clone(), if title.is_some() { 2 } else { 1 });
            }
        }
        let look = Look::new(m.theme, m.format, m.fonts);
        Composer { m, look, lang, words, used_in: used_in(m.contents), part_of }
    }

    fn text(&self, text: &str) -> String {
        refined(text, self.words, Medium::Pages)
    }

    fn source(&self, i: usize) -> Source<'_> {
        Source {
            content: &self.m.contents[i],
            pictures: &self.m.pictures[i],
            authors: &self.m.meta.authors,
            used_in: &self.used_in[i],
            part: self.part_of[i].0.as_deref(),
            level: self.part_of[i].1,
        }
    }

    /// Measures recipes, in parallel.
    fn measure(&self, which: &[usize], refs: &Refs) -> Vec<Measured> {
        let chunk = |shaper: &mut Shaper<'a>, chunk: &[usize]| -> Vec<Measured> {
            chunk.iter().map(|i| self.source(*i).measure(self.look, refs, shaper)).collect()
        };
        let all: Vec<Vec<Measured>> =
            which.par_chunks(CHUNK).map_init(|| Shaper::new(self.m.fonts), |s, c| chunk(s, c)).collect();
        all.into_iter().flatten().collect()
    }

    /// Finds a place for everything: measures, puts in order, and measures again what refers to pages, until nothing moves.
    fn settle(&self) -> (Order, Refs, Vec<Measured>) {
        let all: Vec<usize> = (0..self.m.contents.len()).collect();
        // a first guess of as many figures as there will be
        let guess = if all.len() > 500 {
            1888
        } else if all.len() > 50 {
            188
        } else {
            88
        };
        let guessed = |i: usize| (self.m.contents[i].slug.clone(), Standing { page: guess + 2 * (i % 5), pages: 2 });
        let mut refs = Refs { of: all.iter().map(|i| guessed(*i)).collect(), even: false };
        let mut measured = self.measure(&all, &refs);
        let front = self.front_pages();
        let mut order = self.order(&measured, &front);
        for round in 0.. {
            let next = Refs { of: self.standings(&order, &measured), even: round >= ROUNDS };
            if next == refs || round > 2 * ROUNDS {
                break;
            }
            refs = next;
            let which: Vec<usize> = all.iter().copied().filter(|i| measured[*i].refers).collect();
            let anew = self.measure(&which, &refs);
            for (i, m) in which.into_iter().zip(anew) {
                measured[i] = m;
            }
            order = self.order(&measured, &front);
        }
        (order, refs, measured)
    }

    fn standings(&self, order: &Order, measured: &[Measured]) -> BTreeMap<String, Standing> {
        let standing = |c: &Chapter| match c.body {
            Body::Recipe(i) => {
                let pages = measured[i].pages;
                Some((self.m.contents[i].slug.clone(), Standing { page: c.first, pages }))
            }
            _ => None,
        };
        order.chapters.iter().filter_map(standing).collect()
    }

    /// How many pages contents, introduction and the openers take.
    fn front_pages(&self) -> order::Front {
        let refs = Refs::default();
        let mut shaper = Shaper::new(self.m.fonts);
        let mut s = Setting::new(&mut shaper, self.m.theme, self.lang, &refs);
        let mut f = Front::new(&mut s, self.look);
        let introduction = self.m.cookbook.info.introduction.as_ref();
        order::Front {
            contents: f.contents(&self.entries(None)).len(),
            introduction: introduction.map(|p| f.prose("x", &p.blocks).len()),
            openers: (0..self.m.cookbook.parts.len())
                .map(|n| self.m.cookbook.parts[n].title.is_some().then(|| self.opener(&mut f, n, None).len()))
                .collect(),
        }
    }

    fn order(&self, measured: &[Measured], front: &order::Front) -> Order {
        let pages: Vec<usize> = measured.iter().map(|m| m.pages).collect();
        order::order(self.m.cookbook, &pages, front)
    }

    /// The lines of the contents; numbers where they are known.
    fn entries(&self, order: Option<&Order>) -> Vec<Entry> {
        let page = |body: Body| order.and_then(|o| o.page_of(body)).unwrap_or(88);
        let mut out = Vec::new();
        for (n, part) in self.m.cookbook.parts.iter().enumerate() {
            let sequence = order.map_or_else(|| part.recipes.clone(), |o| o.recipes_of(n));
            let rows = sequence.iter().map(|i| self.row(*i, page(Body::Recipe(*i)))).collect();
            let title = part.title.as_ref().map(|t| Row {
                anchor: part_anchor(n),
                title: self.text(t.trimmed()),
                page: page(Body::Opener(n)),
            });
            out.push(Entry { title, rows, back: false });
        }
        let about = Row {
            anchor: ABOUT.to_owned(),
            title: self.words.label(Label::AboutBook).to_owned(),
            page: page(Body::Colophon),
        };
        out.push(Entry { title: None, rows: vec![about], back: true });
        out
    }

    fn row(&self, i: usize, page: usize) -> Row {
        let c = &self.m.contents[i];
        Row { anchor: c.slug.clone(), title: c.title.text.clone(), page }
    }

    fn opener(&self, f: &mut Front<'_, '_, '_, '_>, n: usize, order: Option<&Order>) -> Vec<Vec<flow::Placed>> {
        let part = &self.m.cookbook.parts[n];
        let number = self.m.cookbook.parts[..=n].iter().filter(|p| p.title.is_some()).count();
        let number = self.words.fill(Label::Part, &[("n", &number.to_string())]);
        let title = part.title.as_ref().map(|t| self.text(t.trimmed())).unwrap_or_default();
        let sequence = order.map_or_else(|| part.recipes.clone(), |o| o.recipes_of(n));
        let page = |i: usize| order.and_then(|o| o.page_of(Body::Recipe(i))).unwrap_or(88);
        let rows: Vec<Row> = sequence.iter().map(|i| self.row(*i, page(*i))).collect();
        let blocks = part.introduction.as_ref().map_or(&[][..], |p| &p.blocks);
        f.opener(&number, &title, blocks, &rows)
    }

    fn draw(&self, order: &Order, refs: &Refs, measured: &[Measured], done: &(dyn Fn() + Sync)) -> Composed {
        let rtl = self.lang.direction() == crate::locale::Direction::Rtl;
        let binding = Binding { spine: self.m.format.spine(order.pages), rtl, roman: order.roman };
        let chapters: Vec<(usize, &Chapter)> = order.chapters.iter().enumerate().collect();
        let one = |shaper: &mut Shaper<'a>, c: &Chapter| -> Drawn {
            let mut drawn = match c.body {
                Body::Recipe(i) => {
                    let drawn = self.source(i).draw(self.look, refs, binding, c.first, self.lang, shaper);
                    done();
                    drawn
                }
                _ => self.own(c, order, binding, shaper),
            };
            for _ in 0..c.blank {
                let size = self.m.format.size;
                drawn.card.pages.push(crate::frame::Page { size, bleed: 0.0, items: Vec::new() });
            }
            drawn
        };
        let drawn: Vec<Vec<Drawn>> = chapters
            .par_chunks(CHUNK)
            .map_init(|| Shaper::new(self.m.fonts), |s, chunk| chunk.iter().map(|(_, c)| one(s, c)).collect())
            .collect();
        self.bind(order, drawn.into_iter().flatten().collect(), measured)
    }

    /// A chapter of the book's own.
    fn own(&self, c: &Chapter, order: &Order, binding: Binding, shaper: &mut Shaper<'_>) -> Drawn {
        shaper.missing.clear();
        let refs = Refs::default();
        let mut s = Setting::new(shaper, self.m.theme, self.lang, &refs);
        let mut f = Front::new(&mut s, self.look);
        let (meta, words) = (self.m.meta, self.words);
        let title = self.text(&meta.title);
        let label = |l: Label| words.label(l).to_owned();
        let mut furniture = Furniture { folio: true, ..Furniture::default() };
        let (name, pages, running) = match c.body {
            Body::HalfTitle => {
                furniture.folio = false;
                (title.clone(), f.half_title(&title), None)
            }
            Body::Title => {
                furniture.folio = false;
                let texts = |t: &Option<String>| t.as_deref().map(|t| self.text(t));
                let author = self.text(&words.list(&meta.authors));
                let (subtitle, publisher) = (texts(&meta.subtitle), texts(&meta.publisher));
                let page = Words {
                    title: &title,
                    subtitle: subtitle.as_deref(),
                    author: &author,
                    publisher: publisher.as_deref(),
                };
                (title.clone(), f.title_page(&page), None)
            }
            Body::Contents => {
                (label(Label::Contents), f.contents(&self.entries(Some(order))), Some(label(Label::Contents)))
            }
            Body::Introduction => {
                let blocks = self.m.cookbook.info.introduction.as_ref().map_or(&[][..], |p| &p.blocks);
                let name = label(Label::Introduction);
                (name.clone(), f.prose(&name, blocks), Some(name))
            }
            Body::Opener(n) => {
                let name = self.m.cookbook.parts[n].title.as_ref().map(|t| self.text(t.trimmed())).unwrap_or_default();
                (name, self.opener(&mut f, n, Some(order)), None)
            }
            Body::Recipe(_) => (String::new(), Vec::new(), None),
            Body::Colophon => {
                furniture.folio = false;
                (label(Label::AboutBook), f.colophon(&self.colophon(), meta.rights.as_deref()), None)
            }
        };
        let grid = f.grid;
        if let Some(running) = running {
            furniture.part = Some(s.plain(&running, TextRole::Running));
            furniture.running = vec![s.plain(&running, TextRole::Running)];
        }
        let mut tags = Tags::default();
        let mut tagger = Tagger::new(&mut tags, Role::Sect);
        let drawer = Drawer { look: self.look, grid, binding, rtl: s.script.rtl, first: c.first };
        let leaves = drawer.draw(&pages, &furniture, &mut s, &mut tags, &mut tagger);
        let _ = tagger.known(Key::P(0));
        let card =
            Card { title: name, lang: self.lang.clone(), pages: leaves.pages, tags, images: Vec::new(), stamp: None };
        Drawn { card, links: leaves.links, missing: s.shaper.missing.iter().copied().collect() }
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

    /// Links, bookmarks, what is to be told.
    fn bind(&self, order: &Order, drawn: Vec<Drawn>, measured: &[Measured]) -> Composed {
        let mut anchors: BTreeMap<String, (PageAt, String)> = BTreeMap::new();
        let mut bookmarks = Vec::new();
        let mut recipes = vec![Told { first: 0, pages: 0, chosen: "", parted: 0 }; self.m.contents.len()];
        let mut in_part = false;
        for (card, (c, d)) in order.chapters.iter().zip(&drawn).enumerate() {
            let to = PageAt { card, page: 0 };
            let mut inner = false;
            let anchor = match c.body {
                Body::Recipe(i) => {
                    recipes[i] = Told {
                        first: c.first,
                        pages: measured[i].pages,
                        chosen: measured[i].chosen,
                        parted: measured[i].forced,
                    };
                    in_part &= self.part_of[i].0.is_some();
                    inner = in_part;
                    self.m.contents[i].slug.clone()
                }
                Body::Opener(n) => {
                    in_part = true;
                    part_anchor(n)
                }
                Body::Colophon => ABOUT.to_owned(),
                _ => continue_anchor(c.body),
            };
            if c.body != Body::HalfTitle {
                bookmarks.push(Bookmark { title: d.card.title.clone(), to, inner });
            }
            anchors.insert(anchor, (to, d.card.title.clone()));
        }
        let mut links = Vec::new();
        let mut missing = Vec::new();
        let mut cards = Vec::new();
        for (card, (c, d)) in order.chapters.iter().zip(drawn).enumerate() {
            let recipe = if let Body::Recipe(i) = c.body { Some(i) } else { None };
            missing.extend(d.missing.into_iter().map(|(at, c)| (recipe, at, c)));
            for (page, Leading { area, tag, to }) in d.links {
                let on = PageAt { card, page };
                let (to, says) = match to {
                    Target::Recipe(name) => match anchors.get(&name) {
                        Some((at, title)) => (LinkTo::Page(*at), title.clone()),
                        None => continue,
                    },
                    Target::Url(url) => (LinkTo::Url(url.clone()), url),
                };
                links.push(Link { on, area, tag, to, says });
            }
            cards.push(d.card);
        }
        let binding = crate::frame::Binding { bookmarks, links, roman: order.roman };
        Composed { cards, binding, missing, recipes, pages: order.pages }
    }
}

/// Names of places that are no recipes. No slug has a slash.
const ABOUT: &str = "/about";

fn part_anchor(n: usize) -> String {
    format!("/part/{n}")
}

fn continue_anchor(body: Body) -> String {
    format!("/{body:?}")
}

/// For every recipe the others that use it: as an ingredient, or by a link in their text.
fn used_in(contents: &[Content]) -> Vec<Vec<(Rich, String)>> {
    let number: BTreeMap<&str, usize> = contents.iter().enumerate().map(|(i, c)| (c.slug.as_str(), i)).collect();
    let mut out = vec![Vec::new(); contents.len()];
    for c in contents {
        let items = c.ingredients.iter().flat_map(|g| &g.items);
        let mut used: BTreeSet<String> = items.clone().filter_map(|i: &Item| i.recipe.clone()).collect();
        let texts = items.map(|i| &i.name).chain(c.steps.iter().flat_map(|g| &g.items).flat_map(|s| &s.body));
        for (_, mark) in texts.flat_map(|r| &r.marks) {
            if let crate::rich::Mark::Link(Target::Recipe(name)) = mark {
                used.insert(slug(name));
            }
        }
        for name in used.iter().filter(|u| **u != c.slug) {
            if let Some(i) = number.get(name.as_str()) {
                out[*i].push((c.running_title.clone(), c.slug.clone()));
            }
        }
    }
    out
}
