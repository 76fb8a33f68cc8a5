//! Which page everything begins on.

use crate::cookbook::Cookbook;
use rustc_hash::FxHashMap;
use std::collections::VecDeque;

/// What a chapter is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Body {
    /// The title alone.
    HalfTitle,
    /// The title page.
    Title,
    /// The contents.
    Contents,
    /// The introduction.
    Introduction,
    /// The opener of a part of the cookbook.
    Opener(usize),
    /// A recipe of the cookbook.
    Recipe(usize),
    /// An index.
    Index(usize),
    /// About the book.
    Colophon,
}

/// A chapter at its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Chapter {
    pub(super) body: Body,
    /// Its first page, counted from 1.
    pub(super) first: usize,
    /// Blank pages after it.
    pub(super) blank: usize,
}

/// How many pages the book's own chapters take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Own {
    pub(super) contents: usize,
    pub(super) introduction: Option<usize>,
    /// Openers of parts; `None` for parts without a title.
    pub(super) openers: Vec<Option<usize>>,
    pub(super) indexes: Vec<usize>,
}

/// All chapters in order.
#[derive(Debug, Clone, Default)]
pub(super) struct Order {
    pub(super) chapters: Vec<Chapter>,
    /// Pages before the first part.
    pub(super) roman: usize,
    pub(super) pages: usize,
    /// The last page before the indexes.
    pub(super) recipes_end: usize,
    /// The recipes of every part as they follow each other.
    parts: Vec<Vec<usize>>,
    first: FxHashMap<Body, usize>,
}

impl Order {
    /// The first page of a chapter.
    pub(super) fn page_of(&self, body: Body) -> Option<usize> {
        self.first.get(&body).copied()
    }

    /// The recipes of a part, in order.
    pub(super) fn recipes_of(&self, part: usize) -> &[usize] {
        self.parts.get(part).map_or(&[], Vec::as_slice)
    }

    fn add(&mut self, body: Body, pages: usize) {
        let first = self.pages + 1;
        self.chapters.push(Chapter { body, first, blank: 0 });
        self.first.insert(body, first);
        self.pages += pages;
    }

    /// Leaves a page blank.
    fn blank(&mut self) {
        if let Some(last) = self.chapters.last_mut() {
            last.blank += 1;
            self.pages += 1;
        }
    }

    /// Whether the next page is a recto.
    fn at_recto(&self) -> bool {
        self.pages.is_multiple_of(2)
    }

    /// Makes the next page a recto.
    fn recto(&mut self) {
        if !self.at_recto() {
            self.blank();
        }
    }

    /// Recipes one after the other; those of two pages and more open on a verso. Where nobody gave an order, recipes of one page
    /// go where a page would be blank.
    fn recipes(&mut self, recipes: &[usize], pages: &[usize], fixed: bool) {
        let of = |single: bool| (0..recipes.len()).filter(move |i| (pages[recipes[*i]] == 1) == single).collect();
        // numbers into `recipes`, in order
        let (mut singles, mut longer): (VecDeque<usize>, VecDeque<usize>) = (of(true), of(false));
        // each of these leaves a recto to be filled
        let mut odd = longer.iter().filter(|i| pages[recipes[**i]] % 2 == 1).count();
        let mut sequence = Vec::with_capacity(recipes.len());
        loop {
            let single = match (singles.front(), longer.front()) {
                (None, None) => break,
                (Some(_), None) => true,
                (None, Some(_)) => false,
                (Some(a), Some(b)) if fixed => a < b,
                (Some(_), Some(_)) if self.at_recto() => true,
                // two of them fill a leaf, but none is wasted on that
                (Some(a), Some(b)) => a < b && singles.len() >= odd + 2,
            };
            if !single && self.at_recto() {
                self.blank();
            }
            let Some(i) = (if single { singles.pop_front() } else { longer.pop_front() }) else { break };
            odd -= usize::from(!single && pages[recipes[i]] % 2 == 1);
            self.add(Body::Recipe(recipes[i]), pages[recipes[i]]);
            sequence.push(recipes[i]);
        }
        self.parts.push(sequence);
    }
}

/// Puts everything in order: half title i, title iii, contents v; parts open on a recto, recipes of two pages or more on a verso.
pub(super) fn order(cookbook: &Cookbook, pages: &[usize], own: &Own) -> Order {
    let mut o = Order::default();
    o.add(Body::HalfTitle, 1);
    o.recto();
    o.add(Body::Title, 1);
    o.recto();
    o.add(Body::Contents, own.contents);
    if let Some(pages) = own.introduction {
        o.recto();
        o.add(Body::Introduction, pages);
    }
    o.recto();
    o.roman = o.pages;
    for (n, part) in cookbook.parts.iter().enumerate() {
        if let Some(pages) = own.openers.get(n).copied().flatten() {
            o.recto();
            o.add(Body::Opener(n), pages);
        }
        o.recipes(&part.recipes, pages, part.ordered);
    }
    o.recipes_end = o.pages;
    for (n, pages) in own.indexes.iter().enumerate() {
        o.add(Body::Index(n), *pages);
    }
    o.recto();
    o.add(Body::Colophon, 1);
    o
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cookbook::Part;

    fn placed(pages: &[usize], ordered: bool) -> Vec<(usize, usize)> {
        let recipes = (0..pages.len()).collect();
        let parts = vec![Part { title: None, introduction: None, recipes, ordered }];
        let cookbook = Cookbook { parts, ..Cookbook::default() };
        let own = Own { contents: 2, introduction: None, openers: vec![None], indexes: vec![3, 1] };
        let order = order(&cookbook, pages, &own);
        assert_eq!(order.roman, 6);
        assert_eq!(order.page_of(Body::Colophon), Some(order.pages));
        assert!(order.pages % 2 == 1, "the colophon is a recto");
        let recipe = |c: &Chapter| if let Body::Recipe(i) = c.body { Some((i, c.first)) } else { None };
        order.chapters.iter().filter_map(recipe).collect()
    }

    #[test]
    fn spreads_open_on_versos() {
        assert_eq!(placed(&[2, 2, 1, 3, 1], true), [(0, 8), (1, 10), (2, 12), (3, 14), (4, 17)]);
        // single pages fill what would be blank
        assert_eq!(placed(&[2, 2, 1, 3, 1], false), [(2, 7), (0, 8), (1, 10), (3, 12), (4, 15)]);
        assert_eq!(placed(&[1, 2, 1, 2], false), [(0, 7), (1, 8), (3, 10), (2, 12)]);
        assert_eq!(placed(&[1, 1, 1, 2], false), [(0, 7), (1, 8), (2, 9), (3, 10)]);
    }
}
