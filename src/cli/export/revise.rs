//! What the flags change in recipes before anything is made of them: which recipes, what of them, for how many, in which units.

use crate::cli::args::{Export, Figures};
use crate::diag::{Diagnostic, Reported};
use crate::load::Loaded;
use crate::recipe::{Recipe, batches, scale, units};

/// Changes what was read as the flags ask for.
pub(super) fn revise(loaded: &mut Reported<Loaded>, args: &Export) {
    for recipe in &mut loaded.value.cookbook.recipes {
        self::recipe(recipe, args, &mut loaded.diagnostics);
    }
}

/// Changes a recipe as the flags ask for. A book calls it for one recipe at a time, so it may look at no other.
pub(super) fn recipe(recipe: &mut Recipe, args: &Export, told: &mut Vec<Diagnostic>) {
    args.selection.exclude.iter().for_each(|section| recipe.exclude(*section));
    figures(recipe, &args.figures, told);
    // columns are for cards alone
    if let Some(batches) = args.figures.batches.as_ref().filter(|_| super::wants_cards(args)) {
        *recipe = batches::batched(recipe.clone(), batches, told);
    }
}

/// Scales a recipe, then converts it.
fn figures(recipe: &mut Recipe, figures: &Figures, told: &mut Vec<Diagnostic>) {
    match (figures.scale, figures.servings) {
        (Some(factor), _) => *recipe = scale::scaled(recipe.clone(), factor, told),
        (None, Some(people)) => *recipe = scale::served(recipe.clone(), people, told),
        (None, None) => {}
    }
    let wish = figures.wish();
    if wish != units::UnitsWish::default() {
        *recipe = units::converted(recipe.clone(), wish, told);
    }
}
