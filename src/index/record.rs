//! What indexes need to know of a recipe.

use crate::cookbook::slug;
use crate::food::{Term, words};
use crate::locale::{Label, Lang};
use crate::quantity::Time;
use crate::recipe::{Recipe, Text, TimeKind};

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
    pub fn new(recipe: &Recipe) -> Record {
        let food = words(&recipe.lang);
        let mut terms: Vec<Term> = Vec::new();
        let mut makes = Vec::new();
        for i in recipe.all_ingredients() {
            let own = match &i.index {
                Some(index) => food.explicit(&index.value),
                // made by another recipe, which has an entry of its own under its ingredients
                None if i.recipe.is_some() => Vec::new(),
                None => food.terms(i.item.trimmed()),
            };
            for term in own {
                if !terms.iter().any(|t| t.name == term.name && t.form == term.form) {
                    terms.push(term);
                }
            }
            makes.extend(i.recipe.iter().map(|r| slug(r.trimmed().trim_end_matches(".yaml").trim_end_matches(".yml"))));
        }
        let texts = |all: &[Text]| all.iter().map(|t| t.trimmed().to_owned()).filter(|t| !t.is_empty()).collect();
        let total = recipe.times.iter().find(|t| t.kind == TimeKind::Known(Label::Total));
        Record {
            slug: recipe.slug.clone(),
            title: one_line(recipe.running_title().trimmed()),
            lang: recipe.lang.clone(),
            terms,
            tags: texts(&recipe.tags),
            diets: texts(&recipe.diets),
            allergens: texts(recipe.allergens.as_deref().unwrap_or_default()),
            total: total.map(|t| t.time.clone()),
            makes,
        }
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
