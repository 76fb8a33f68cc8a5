//! Which page everything begins on.

use crate::cookbook::Cookbook;

/// What a chapter is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
#[derive(Debug, Clone)]
pub(super) struct Front {
    pub(super) contents: usize,
    pub(super) introduction: Option<usize>,
    /// Openers of parts; `None` for parts without a title.
    pub(super) openers: Vec<Option<usize>>,
}

/// All chapters in order.
#[derive(Debug, Clone, Default)]
pub(super) struct Order {
    pub(super) chapters: Vec<Chapter>,
    /// Pages before the first part.
    pub(super) roman: usize,
    pub(super) pages: usize,
    /// The recipes of every part as they follow each other.
    parts: Vec<Vec<usize>>,
}

impl Order {
    /// The first page of a chapter.
    pub(super) fn page_of(&self, body: Body) -> Option<usize> {
        self.chapters.iter().find(|c| c.body == body).map(|c| c.first)
    }

    /// The recipes of a part, in order.
    pub(super) fn recipes_of(&self, part: usize) -> Vec<usize> {
        self.parts.get(part).cloned().unwrap_or_default()
    }

    fn add(&mut self, body: Body, pages: usize) {
        self.chapters.push(Chapter { body, first: self.pages + 1, blank: 0 });
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
}

/// Puts everything in order: half title i, title iii, contents v; parts open on a recto, recipes of two pages or more on a verso.
pub(super) fn order(cookbook: &Cookbook, pages: &[usize], front: &Front) -> Order {
    let mut o = Order::default();
    o.add(Body::HalfTitle, 1);
    o.recto();
    o.add(Body::Title, 1);
    o.recto();
    o.add(Body::Contents, front.contents);
    if let Some(pages) = front.introduction {
        o.recto();
        o.add(Body::Introduction, pages);
    }
    o.recto();
    o.roman = o.pages;
    for (n, part) in cookbook.parts.iter().enumerate() {
        if let Some(pages) = front.openers.get(n).copied().flatten() {
            o.recto();
            o.add(Body::Opener(n), pages);
        }
        let mut queue = part.recipes.clone();
        let mut sequence = Vec::new();
        while !queue.is_empty() {
            let mut next = 0;
            if o.at_recto() && pages[queue[0]] > 1 {
                // a recipe of one page may come first, where nobody said otherwise
                match queue.iter().position(|i| pages[*i] == 1).filter(|_| !part.ordered) {
                    Some(one) => next = one,
                    None => o.blank(),
                }
            }
            let recipe = queue.remove(next);
            o.add(Body::Recipe(recipe), pages[recipe]);
            sequence.push(recipe);
        }
        o.parts.push(sequence);
    }
    o.recto();
    o.add(Body::Colophon, 1);
    o
}
