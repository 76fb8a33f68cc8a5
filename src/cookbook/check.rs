//! What is wrong among recipes: names that two of them have, links that lead nowhere.

use super::{Listed, slug};
use crate::diag::{Diagnostic, Place, did_you_mean};
use crate::markdown;
use crate::recipe::{Entries, Prose, Recipe};
use crate::rich::Target;
use std::collections::{BTreeMap, BTreeSet};

/// Reports titles that two recipes have.
pub(super) fn duplicates<R: Listed>(recipes: &[R], diagnostics: &mut Vec<Diagnostic>) {
    let mut titles: BTreeMap<String, &R> = BTreeMap::new();
    for recipe in recipes {
        if let Some(first) = titles.insert(recipe.title().trimmed().to_lowercase(), recipe) {
            diagnostics.push(
                Diagnostic::warning(
                    "duplicate-title",
                    format!("two recipes are called `{}`", recipe.title().trimmed()),
                )
                .at(recipe.file(), recipe.title().at)
                .other(first.file(), first.title().at, "the other one")
                .hint("give one of them a title that tells them apart"),
            );
        }
    }
}

/// Reports links of a recipe that lead nowhere. `known` are the slugs that exist in the folders, whether they are part of this run
/// or not.
pub fn check_links(recipe: &Recipe, known: &BTreeSet<String>, diagnostics: &mut Vec<Diagnostic>) {
    let mut dangling = |place: Place, name: &str| {
        if known.contains(&slug(name)) {
            return;
        }
        let hint = did_you_mean(name, known.iter().map(String::as_str)).map(|m| format!("did you mean `{m}`?"));
        let message = format!("there is no recipe `{name}` in the folder");
        diagnostics.push(
            Diagnostic::error("dangling-link", message)
                .place(recipe.file, place)
                .hint("link by file name, without .yaml")
                .maybe_hint(hint),
        );
    };
    for ingredient in recipe.all_ingredients() {
        if let Some(name) = &ingredient.recipe {
            dangling(Place::Node(name.at), name.trimmed().trim_end_matches(".yaml").trim_end_matches(".yml"));
        }
    }
    for prose in all_prose(recipe) {
        for target in markdown::links(&prose.blocks) {
            if let Target::Recipe(name) = target {
                dangling(Place::Within(prose.at, format!("({name}")), name);
            }
        }
    }
}

/// Every piece of prose of a recipe.
pub(super) fn all_prose(recipe: &Recipe) -> Vec<&Prose> {
    let mut all: Vec<&Prose> =
        [&recipe.summary, &recipe.story, &recipe.why_i_love_it, &recipe.storage, &recipe.conclusion]
            .into_iter()
            .flatten()
            .collect();
    all.extend(recipe.all_steps().flat_map(|s| [&s.text, &s.card, &s.tip]).flatten());
    all.extend(recipe.ingredient_notes.iter().chain(&recipe.faq).chain(&recipe.sections).map(|(_, p)| p));
    for entries in [&recipe.variations, &recipe.pairings, &recipe.tips] {
        match entries {
            Entries::None => {}
            Entries::Prose(p) => all.push(p),
            Entries::List(list) => all.extend(list.iter().filter_map(|e| e.text.as_ref())),
        }
    }
    all
}
