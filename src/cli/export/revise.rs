//! What the flags change in recipes before anything is made of them: which recipes, what of them, for how many, in which units.

use crate::cli::args::Export;
use crate::diag::Reported;
use crate::load::Loaded;

/// Changes what was read as the flags ask for.
pub(super) fn revise(loaded: &mut Reported<Loaded>, args: &Export) {
    for recipe in &mut loaded.value.cookbook.recipes {
        args.selection.exclude.iter().for_each(|section| recipe.exclude(*section));
    }
}
