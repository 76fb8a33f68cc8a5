//! Recipes to measured and numbered pages, until no number moves a line any more, and to drawn ones.

use super::bind::used_in;
use super::chapter::{Drawn, Measured, Source};
use super::finding::Finding;
use super::grid::Look;
use super::leaf::Binding;
use super::order::{self, Body, Chapter, Order, Own};
use super::refs::{Refs, Standing};
use super::{Composed, Materials};
use crate::locale::{Direction, Lang, Locale, locale};
use crate::rich::Rich;
use crate::text::Shaper;
use crate::typo::{Medium, refined};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// Recipes that one worker takes at a time. Fixed, so that the number of threads changes nothing.
const CHUNK: usize = 8;
/// How often everything is measured anew before all numbers get the same room.
const ROUNDS: usize = 4;

pub(super) struct Composer<'a> {
    pub(super) m: Materials<'a>,
    pub(super) look: Look<'a>,
    pub(super) lang: &'a Lang,
    pub(super) words: &'static Locale,
    pub(super) finding: Finding,
    /// For every recipe the others that use it.
    used_in: Vec<Vec<(Rich, String)>>,
    /// For every recipe the title of its part, and the level of its own title.
    pub(super) part_of: Vec<(Option<String>, u8)>,
}

impl<'a> Composer<'a> {
    pub(super) fn new(m: Materials<'a>) -> Self {
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
        let finding = Finding::new(m.entries, m.contents, lang, words);
        Composer { m, look, lang, words, finding, used_in: used_in(m.contents), part_of }
    }

    pub(super) fn compose(&self, done: &(dyn Fn() + Sync)) -> Composed {
        let (order, refs, measured) = self.settle();
        let drawn = self.draw(&order, &refs, &measured, done);
        self.bind(&order, drawn, &measured)
    }

    /// A text of the book, set by the rules of its language.
    pub(super) fn text(&self, text: &str) -> String {
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
        let mut own = Own { contents: 1, introduction: None, openers: Vec::new(), indexes: Vec::new() };
        let mut order = self.order(&measured, &own);
        for round in 0.. {
            // what the book's own pages take depends on numbers, too: on how many figures they have
            let counted = self.own_pages(&order);
            if counted != own {
                own = counted;
                order = self.order(&measured, &own);
            }
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
            order = self.order(&measured, &own);
        }
        // nothing moves by what stands at the end
        own.indexes = self.index_pages(&order);
        (self.order(&measured, &own), refs, measured)
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

    fn order(&self, measured: &[Measured], own: &Own) -> Order {
        let pages: Vec<usize> = measured.iter().map(|m| m.pages).collect();
        order::order(self.m.cookbook, &pages, own)
    }

    fn draw(&self, order: &Order, refs: &Refs, measured: &[Measured], done: &(dyn Fn() + Sync)) -> Vec<Drawn> {
        let rtl = self.lang.direction() == Direction::Rtl;
        let binding = Binding { spine: self.m.format.spine(order.pages), rtl, roman: order.roman };
        let one = |shaper: &mut Shaper<'a>, c: &Chapter| -> Drawn {
            let mut drawn = match c.body {
                Body::Recipe(i) => {
                    let drawn =
                        self.source(i).draw(self.look, refs, measured[i].choice, (binding, c.first), self.lang, shaper);
                    done();
                    drawn
                }
                _ => self.own(c, order, binding, shaper),
            };
            for _ in 0..c.blank {
                let size = self.m.format.size;
                drawn.card.pages.push(crate::frame::Page { size, bleed: 0.0, items: Vec::new() });
            }
            drawn.enlarge(self.m.format.scale);
            drawn
        };
        let drawn: Vec<Vec<Drawn>> = order
            .chapters
            .par_chunks(CHUNK)
            .map_init(|| Shaper::new(self.m.fonts), |s, chunk| chunk.iter().map(|c| one(s, c)).collect())
            .collect();
        drawn.into_iter().flatten().collect()
    }
}
