//! Indexes of a book: by ingredient, by tag, by diet and allergen, by time. Recipes are numbers into the cookbook's list; what
//! is known of each is looked at once, some recipes at a time, so that a large book need not be in memory for it.

mod ingredients;
mod listing;
mod record;
mod sorting;

pub use ingredients::{Entry, Index, Letter, Options};
pub use listing::{Group, Listing};
pub use sorting::{HEADINGS, Sorting};

use crate::cookbook::Entry as Known;
use crate::locale::Lang;
use crate::quantity::Time;
use ingredients::Gathering;
use listing::Lists;
use rayon::prelude::*;
use record::Record;

/// An index of the book.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// By ingredient.
    Ingredients,
    /// By tag.
    Tags,
    /// By diet and by allergen.
    Diets,
    /// By total time.
    Time,
}

impl Kind {
    /// All of them, in the order of the book, with their names in `cookbook.yaml`.
    pub const ALL: &'static [(&'static str, Kind)] =
        &[("ingredients", Kind::Ingredients), ("time", Kind::Time), ("diets", Kind::Diets), ("tags", Kind::Tags)];

    /// The lists that the index has.
    pub fn lists(self) -> &'static [List] {
        match self {
            Kind::Ingredients => &[List::Ingredients],
            Kind::Time => &[List::Times],
            Kind::Diets => &[List::Diets, List::Allergens],
            Kind::Tags => &[List::Tags],
        }
    }

    /// The indexes of a book: those that `cookbook.yaml` asks for, else all of them in a book of more than a handful of recipes.
    pub fn wanted(asked: Option<&[Kind]>, recipes: usize) -> Vec<Kind> {
        match asked {
            Some(asked) => asked.to_vec(),
            None => Kind::ALL.iter().map(|(_, kind)| *kind).filter(|_| recipes > HANDFUL).collect(),
        }
    }
}

/// A list of an index: recipes under headings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum List {
    /// Under ingredients, and these under letters.
    Ingredients,
    /// Under limits of their total time.
    Times,
    /// Under diets.
    Diets,
    /// Under allergens.
    Allergens,
    /// Under tags.
    Tags,
}

/// In a book of so many recipes one finds one's way by the contents alone.
pub const HANDFUL: usize = 5;

/// Recipes under each entry that a book of indexes has, and the other way round.
#[derive(Debug, Clone, Default)]
pub struct Finder {
    /// By ingredient; empty where the book has none.
    pub ingredients: Index,
    /// By total time.
    pub times: Listing,
    /// By diet.
    pub diets: Listing,
    /// By allergen.
    pub allergens: Listing,
    /// By tag.
    pub tags: Listing,
    /// For every recipe, the recipes that use it, in the order of the alphabet.
    pub used_in: Vec<Vec<usize>>,
    /// For every recipe, its entries of the index of ingredients: letter and entry.
    pub entries_of: Vec<Vec<(usize, usize)>>,
}

/// Recipes whose records are there at a time. Fixed, so that the number of threads changes nothing.
const CHUNK: usize = 256;

impl Finder {
    /// All indexes of a book in a language. `wanted` are those that the book has; references between recipes are there in any case.
    pub fn new(recipes: &[Known], lang: &Lang, wanted: &[Kind], options: &Options) -> Finder {
        let sorting = Sorting::new(lang);
        let order = sorting.order(recipes);
        let has = |kind| wanted.contains(&kind);
        let mut ingredients = Gathering::new(recipes, &sorting, options);
        let mut lists = Lists::new(lang, has(Kind::Diets), has(Kind::Tags));
        for (n, some) in recipes.chunks(CHUNK).enumerate() {
            let records: Vec<Record> = some.par_iter().map(|e| Record::new(e, lang)).collect();
            for (i, record) in (n * CHUNK..).zip(&records) {
                ingredients.add(i, record);
                lists.add(i, record);
            }
        }
        let mut out = Finder { used_in: used_in(recipes, &order), ..Finder::default() };
        // the entries tell which recipes share an ingredient, whether the index is printed or not
        out.ingredients = ingredients.index(recipes.len(), &order);
        out.entries_of = out.ingredients.by_recipe(recipes.len());
        (out.diets, out.allergens, out.tags) = lists.listings(&sorting, &order);
        if has(Kind::Time) {
            out.times = listing::times(recipes, &order, lang);
        }
        out
    }

    /// The groups of a list of recipes; that of ingredients has letters instead.
    pub fn groups(&self, list: List) -> &[Group] {
        match list {
            List::Ingredients => &[],
            List::Times => &self.times.groups,
            List::Diets => &self.diets.groups,
            List::Allergens => &self.allergens.groups,
            List::Tags => &self.tags.groups,
        }
    }
}

/// Its total time, as indexes tell it.
pub fn total(recipe: &Known) -> Option<&Time> {
    recipe.total.as_ref().filter(|_| !recipe.is_story())
}

/// For every recipe, those that name it among their ingredients.
fn used_in(recipes: &[Known], order: &[u32]) -> Vec<Vec<usize>> {
    let by_slug: rustc_hash::FxHashMap<&str, usize> =
        recipes.iter().enumerate().map(|(i, r)| (r.slug.as_str(), i)).collect();
    let mut out = vec![Vec::new(); recipes.len()];
    for (i, recipe) in recipes.iter().enumerate() {
        for made in &recipe.uses {
            if let Some(&at) = by_slug.get(made.as_str())
                && at != i
                && !out[at].contains(&i)
            {
                out[at].push(i);
            }
        }
    }
    for users in &mut out {
        users.sort_by_key(|i| order[*i]);
    }
    out
}
