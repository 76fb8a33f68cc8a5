//! What binds chapters to a book: links, bookmarks, and which recipes use which.

use super::chapter::{Drawn, Measured};
use super::composer::Composer;
use super::order::{Body, Order};
use super::{Composed, Told};
use crate::compose::canvas::Leading;
use crate::content::{Content, Item};
use crate::cookbook::slug;
use crate::frame::{Binding, Bookmark, Link, LinkTo, PageAt};
use crate::rich::{Mark, Rich, Target};
use std::collections::{BTreeMap, BTreeSet};

/// Names of places that are no recipes. No slug has a slash.
pub(super) const ABOUT: &str = "/about";

pub(super) fn part_anchor(n: usize) -> String {
    format!("/part/{n}")
}

pub(super) fn index_anchor(n: usize) -> String {
    format!("/index/{n}")
}

impl Composer<'_> {
    /// The name of a chapter as a place of the book.
    fn anchor(&self, body: Body) -> String {
        match body {
            Body::Recipe(i) => self.m.contents[i].slug.clone(),
            Body::Opener(n) => part_anchor(n),
            Body::Index(n) => index_anchor(n),
            Body::Colophon => ABOUT.to_owned(),
            other => format!("/{other:?}"),
        }
    }

    /// Links, bookmarks, what is to be told.
    pub(super) fn bind(&self, order: &Order, drawn: Vec<Drawn>, measured: &[Measured]) -> Composed {
        let mut anchors: BTreeMap<String, (PageAt, String)> = BTreeMap::new();
        let mut bookmarks = Vec::new();
        let mut recipes = vec![Told { first: 0, pages: 0, chosen: "", parted: 0 }; self.m.contents.len()];
        let mut in_part = false;
        for (card, (c, d)) in order.chapters.iter().zip(&drawn).enumerate() {
            let to = PageAt { card, page: 0 };
            if let Body::Recipe(i) = c.body {
                let m = &measured[i];
                recipes[i] = Told { first: c.first, pages: m.pages, chosen: m.chosen, parted: m.forced };
                in_part &= self.part_of[i].0.is_some();
            }
            in_part |= matches!(c.body, Body::Opener(_));
            if c.body != Body::HalfTitle {
                let inner = in_part && matches!(c.body, Body::Recipe(_));
                bookmarks.push(Bookmark { title: d.card.title.clone(), to, inner });
            }
            anchors.insert(self.anchor(c.body), (to, d.card.title.clone()));
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
        let binding = Binding { bookmarks, links, roman: order.roman };
        Composed { cards, binding, missing, recipes, pages: order.pages }
    }
}

/// For every recipe the others that use it: as an ingredient, or by a link in their text.
pub(super) fn used_in(contents: &[Content]) -> Vec<Vec<(Rich, String)>> {
    let number: BTreeMap<&str, usize> = contents.iter().enumerate().map(|(i, c)| (c.slug.as_str(), i)).collect();
    let mut out = vec![Vec::new(); contents.len()];
    for c in contents {
        let items = c.ingredients.iter().flat_map(|g| &g.items);
        let mut used: BTreeSet<String> = items.clone().filter_map(|i: &Item| i.recipe.clone()).collect();
        let texts = items.map(|i| &i.name).chain(c.steps.iter().flat_map(|g| &g.items).flat_map(|s| &s.body));
        for (_, mark) in texts.flat_map(|r| &r.marks) {
            if let Mark::Link(Target::Recipe(name)) = mark {
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
