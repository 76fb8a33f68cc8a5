//! What indexes need to know of a recipe.

use crate::cookbook::Entry;
use crate::food::{Term, words};
use crate::locale::{Label, Lang};
use crate::quantity::Time;
use crate::recipe::{Text, TimeKind};

/// A recipe's entries in the indexes.
#[derive(Debug, Clone)]
pub struct Record {
    /// Its slug.
    pub slug: String,
    /// What an index calls it: the short title, if there is one.
    pub title: String,
    /// Its language.
    pub lang: Lang,
    /// Its ingredients.
    pub terms: Vec<Term>,
    /// Its tags.
    pub tags: Vec<String>,
    /// Diets it suits.
    pub diets: Vec<String>,
    /// Allergens it names.
    pub allergens: Vec<String>,
    /// Its total time.
    pub total: Option<Time>,
    /// Slugs of recipes that its ingredients name.
    pub makes: Vec<String>,
}

impl Record {
    /// The record of a recipe. One without ingredients and steps is a story and stands in no index.
    pub fn new(entry: &Entry) -> Record {
        let food = words(&entry.lang);
        let mut terms: Vec<Term> = Vec::new();
        for i in &entry.ingredients {
            let own = match &i.index {
                Some(index) => food.explicit(&index.value),
                // made by another recipe, which has an entry of its own under its ingredients
                None if i.made => Vec::new(),
                None => food.known(i.item.trimmed()).terms.clone(),
            };
            for term in own {
                if !terms.iter().any(|t| t.name == term.name && t.form == term.form) {
                    terms.push(term);
                }
            }
        }
        let story = entry.ingredients.is_empty() && entry.steps == 0;
        let texts = |all: &[Text]| {
            let all = all.iter().filter(|_| !story).map(Text::trimmed);
            all.filter(|t| !t.is_empty()).map(str::to_owned).collect()
        };
        let total = entry.times.iter().find(|t| t.kind == TimeKind::Known(Label::Total)).filter(|_| !story);
        Record {
            slug: entry.slug.clone(),
            title: one_line(entry.running_title().trimmed()),
            lang: entry.lang.clone(),
            terms,
            tags: texts(&entry.tags),
            diets: texts(&entry.diets),
            allergens: texts(entry.allergens.as_deref().unwrap_or_default()),
            total: total.map(|t| t.time.clone()),
            makes: entry.uses.clone(),
        }
    }
}

impl Record {
    /// The same with those of its ingredients in the language of a book that it has words for.
    pub(super) fn in_language(&self, book: &Lang) -> Record {
        let mut out = self.clone();
        if self.lang.primary() == book.primary() {
            return out;
        }
        let (own, into) = (words(&self.lang), words(book));
        for term in out.terms.iter_mut().filter(|t| !t.explicit) {
            if let Some(translated) = own.translated(term, into) {
                *term = translated;
            }
        }
        out
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
