//! What the indexes of a printed book list.

use super::chapter;
use crate::content::Content;
use crate::cookbook::{Cookbook, Entry};
use crate::index::{self, Finder, Kind, List};
use crate::locale::{Label, Lang, Locale};
use rayon::prelude::*;

/// What an index calls a recipe.
pub(super) struct Named {
    pub(super) text: String,
    pub(super) lang: Lang,
}

/// The indexes of the book.
pub(super) struct Finding {
    pub(super) finder: Finder,
    /// The lists of each chapter; none is without a line.
    pub(super) chapters: Vec<Vec<List>>,
    pub(super) names: Vec<Named>,
    /// The total time of each recipe.
    pub(super) totals: Vec<Option<String>>,
}

/// Names up to so many characters stand whole in an index, or what is left of them when they are cut.
const LONGEST: usize = 90;

impl Finding {
    /// The indexes of the book's recipes in its language.
    pub(super) fn new(cookbook: &Cookbook<Entry>, contents: &[Content], lang: &Lang, words: &Locale) -> Finding {
        let info = &cookbook.info;
        let wanted = Kind::wanted(info.indexes.as_deref(), cookbook.recipes.len());
        let finder = if wanted.is_empty() {
            Finder::default()
        } else {
            Finder::new(&cookbook.recipes, lang, &wanted, &info.index_options)
        };
        let totals = cookbook.recipes.par_iter().map(|e| Some(index::total(e)?.show(words))).collect();
        let name = |c: &Content| {
            let all = chapter::running(&c.running_title, c.locale);
            let fits = all.iter().find(|n| n.text.chars().count() <= LONGEST).unwrap_or(&c.running_title);
            Named { text: fits.text.clone(), lang: c.lang.clone() }
        };
        let mut out = Finding { finder, chapters: Vec::new(), names: contents.iter().map(name).collect(), totals };
        out.chapters = out.arranged(&wanted);
        out
    }

    /// The index of ingredients is a chapter of its own; the others share one.
    fn arranged(&self, wanted: &[Kind]) -> Vec<Vec<List>> {
        let mut out: Vec<Vec<List>> = Vec::new();
        for list in wanted.iter().flat_map(|kind| kind.lists()).copied().filter(|l| !self.is_empty(*l)) {
            let alone = list == List::Ingredients;
            match out.iter_mut().find(|c| !alone && c[0] != List::Ingredients) {
                Some(chapter) => chapter.push(list),
                None => out.push(vec![list]),
            }
        }
        out
    }

    fn is_empty(&self, list: List) -> bool {
        if list == List::Ingredients {
            self.finder.ingredients.letters.is_empty()
        } else {
            self.finder.groups(list).is_empty()
        }
    }

    /// Whether some ingredient is listed by its forms.
    pub(super) fn has_forms(&self) -> bool {
        self.finder.ingredients.letters.iter().flat_map(|l| &l.entries).any(|e| !e.forms.is_empty())
    }

    /// The title of a chapter on its own page.
    pub(super) fn title(&self, chapter: usize) -> Label {
        match self.chapters[chapter].as_slice() {
            [only] => name(*only),
            lists => of_several(lists),
        }
    }

    /// The same in the contents.
    pub(super) fn in_contents(&self, chapter: usize) -> Label {
        match self.chapters[chapter].as_slice() {
            [List::Ingredients] => Label::IngredientIndex,
            [only] => name(*only),
            lists => of_several(lists),
        }
    }
}

/// The heading of a list.
pub(super) fn name(list: List) -> Label {
    match list {
        List::Ingredients => Label::Ingredients,
        List::Times => Label::ByTime,
        List::Diets => Label::ByDiet,
        List::Allergens => Label::Allergens,
        List::Tags => Label::ByTag,
    }
}

fn of_several(lists: &[List]) -> Label {
    let has = |list| lists.contains(&list);
    match (has(List::Times), has(List::Diets) || has(List::Allergens), has(List::Tags)) {
        (true, true, true) => Label::RecipeIndex,
        (false, true, false) => Label::DietsAllergens,
        _ => Label::Recipes,
    }
}
