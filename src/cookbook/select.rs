//! Which of the recipes: by name, by tag, by course.

use super::{Cookbook, Listed, slug};
use crate::diag::{Diagnostic, did_you_mean};
use crate::recipe::Text;
use crate::source::FileId;
use std::collections::BTreeSet;

/// Which recipes are asked for. Several values of one kind widen the choice, several kinds narrow it; an empty list asks for
/// nothing in particular.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    /// By the names of their files.
    pub only: Vec<String>,
    /// By tag.
    pub tags: Vec<String>,
    /// By course.
    pub courses: Vec<String>,
}

/// Names that a message lists; the others are counted.
const LISTED: usize = 12;

impl Selection {
    /// Whether nothing in particular is asked for.
    pub fn is_empty(&self) -> bool {
        self.only.is_empty() && self.tags.is_empty() && self.courses.is_empty()
    }

    /// Whether it asks for recipes by name, and this is not one of them.
    pub fn passes_over(&self, name: &str) -> bool {
        !self.only.is_empty() && !self.only.iter().any(|o| same(o, name))
    }

    /// Whether a recipe is asked for.
    pub fn takes(&self, recipe: &impl Listed) -> bool {
        let any = |wanted: &[String], there: &[Text]| {
            wanted.is_empty() || wanted.iter().any(|w| there.iter().any(|t| same(w, t.trimmed())))
        };
        !self.passes_over(recipe.slug()) && any(&self.tags, recipe.tags()) && any(&self.courses, recipe.course())
    }

    /// Values that stand for nothing in the book; `failed` are the names of recipes that could not be read.
    pub fn unknown<R: Listed>(&self, cookbook: &Cookbook<R>, failed: &[String]) -> Vec<Diagnostic> {
        let recipes = &cookbook.recipes;
        let names: BTreeSet<&str> = recipes.iter().map(Listed::slug).chain(failed.iter().map(String::as_str)).collect();
        let tags = recipes.iter().flat_map(|r| r.tags()).map(Text::trimmed).collect();
        let courses = recipes.iter().flat_map(|r| r.course()).map(Text::trimmed).collect();
        let mut out = Vec::new();
        for (complaint, kind, wanted, there) in [
            ("there is no recipe", "recipes", &self.only, names),
            ("no recipe has the tag", "tags", &self.tags, tags),
            ("no recipe has the course", "courses", &self.courses, courses),
        ] {
            for value in wanted.iter().filter(|w| !there.iter().any(|t| same(w, t))) {
                let message = format!("{complaint} `{}`", value.trim());
                out.push(Diagnostic::error("unknown-selection", message).hint(hint(value, kind, &there)));
            }
        }
        out
    }
}

/// Case, accents and the choice between space and hyphen tell nobody apart. A recipe may be named by its file.
fn same(wanted: &str, there: &str) -> bool {
    let bare = wanted.trim().trim_end_matches(".yaml").trim_end_matches(".yml");
    slug(bare) == slug(there)
}

/// The value that was meant, or all there are.
fn hint(value: &str, kind: &str, there: &BTreeSet<&str>) -> String {
    if let Some(meant) = did_you_mean(value.trim(), there.iter().copied()) {
        return format!("did you mean `{meant}`?");
    }
    let mut folded = BTreeSet::new();
    let names: Vec<&str> = there.iter().copied().filter(|t| folded.insert(slug(t))).collect();
    match names.len() {
        0 => format!("these recipes have no {kind}"),
        n if n > LISTED => format!("{kind}: {} and {} more", names[..LISTED].join(", "), n - LISTED),
        _ => format!("{kind}: {}", names.join(", ")),
    }
}

impl<R: Listed + Clone> Cookbook<R> {
    /// The same book with the recipes that are asked for. Parts that are left empty vanish.
    pub fn select(&self, selection: &Selection) -> Cookbook<R> {
        let others: BTreeSet<FileId> = self.recipes.iter().filter(|r| !selection.takes(*r)).map(Listed::file).collect();
        self.without(&others)
    }
}
