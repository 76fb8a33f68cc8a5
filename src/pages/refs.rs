//! Where recipes stand, for "see p. 42".

use crate::locale::{Label, Locale};
use std::collections::BTreeMap;

/// A recipe's place in the book.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Standing {
    /// Its first page, counted from 1.
    pub(super) page: usize,
    /// How many pages it takes.
    pub(super) pages: usize,
}

/// Where all recipes stand, by slug.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Refs {
    pub(super) of: BTreeMap<String, Standing>,
    /// All numbers take the same room, so that no number can move a line.
    pub(super) even: bool,
}

impl Refs {
    /// The page of a recipe in the words of a language, as it is told on the pages of `here`; `None` for a recipe that is not in
    /// the book, or the same one.
    pub(super) fn words(&self, slug: &str, here: Option<&str>, locale: &Locale) -> Option<String> {
        let there = self.of.get(slug).filter(|_| here != Some(slug))?;
        let on = here.and_then(|h| self.of.get(h)).filter(|s| s.pages == 1 && !self.even);
        if on.is_some_and(|on| on.page / 2 == there.page / 2) {
            return Some(locale.label(Label::Opposite).to_owned());
        }
        let figures = there.page.to_string();
        let shown = if self.even { format!("{figures:\u{2007}>4}") } else { figures };
        let words = locale.fill(Label::PageRef, &[("n", &shown)]);
        Some(words.replace(' ', "\u{202f}"))
    }

    /// Whether the recipe is in the book.
    pub(super) fn has(&self, slug: &str) -> bool {
        self.of.contains_key(slug)
    }
}
