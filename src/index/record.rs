//! What indexes need to know of a recipe.

use crate::cookbook::Entry;
use crate::food::{Term, words};
use crate::locale::Lang;
use crate::recipe::Text;

/// A recipe's entries in the indexes.
#[derive(Debug, Clone)]
pub(super) struct Record {
    /// Its language.
    pub(super) lang: Lang,
    /// Its ingredients.
    pub(super) terms: Vec<Term>,
    /// Its tags.
    pub(super) tags: Vec<String>,
    /// Diets it suits.
    pub(super) diets: Vec<String>,
    /// Allergens it names.
    pub(super) allergens: Vec<String>,
}

impl Record {
    /// The record of a recipe for a book in a language. A story has no entries.
    pub(super) fn new(entry: &Entry, book: &Lang) -> Record {
        let texts = |all: &[Text]| {
            let all = all.iter().filter(|_| !entry.is_story()).map(Text::trimmed);
            all.filter(|t| !t.is_empty()).map(str::to_owned).collect()
        };
        let mut out = Record {
            lang: entry.lang.clone(),
            terms: terms(entry),
            tags: texts(&entry.tags),
            diets: texts(&entry.diets),
            allergens: texts(entry.allergens.as_deref().unwrap_or_default()),
        };
        if out.lang.primary() != book.primary() {
            out.translate(book);
        }
        out
    }

    /// Gives those of its ingredients the language of a book that it has words for.
    fn translate(&mut self, book: &Lang) {
        let (own, into) = (words(&self.lang), words(book));
        for term in self.terms.iter_mut().filter(|t| !t.explicit) {
            if let Some(translated) = own.translated(term, into) {
                *term = translated;
            }
        }
    }
}

/// What an index calls the ingredients of a recipe.
pub(super) fn terms(entry: &Entry) -> Vec<Term> {
    let food = words(&entry.lang);
    let mut out: Vec<Term> = Vec::new();
    for i in &entry.ingredients {
        let own = match &i.index {
            Some(index) => food.explicit(index),
            // made by another recipe, which has an entry of its own under its ingredients
            None if i.made => Vec::new(),
            None => food.known(&i.item).terms.clone(),
        };
        for term in own {
            if !out.iter().any(|t| t.name == term.name && t.form == term.form) {
                out.push(term);
            }
        }
    }
    out
}
