//! Which of the recipes that were read are exported.

use crate::cli::args::Export;
use crate::cli::other::STYLED;
use crate::cli::{complain, report};
use crate::cookbook::{Listed, Selection};
use crate::diag::{Diagnostic, Reported, has_errors};
use crate::load::Loaded;
use crate::source::FileId;
use std::collections::BTreeSet;
use std::process::ExitCode;

/// Leaves the recipes that the flags ask for, and what is to be told of those. The exit code when a flag stands for nothing.
pub(super) fn select<R: Listed + Clone>(loaded: &mut Reported<Loaded<R>>, args: &Export) -> Option<ExitCode> {
    let selection = Selection::from(&args.selection);
    if selection.is_empty() {
        return None;
    }
    let value = &loaded.value;
    let failed: Vec<String> = value.failed.iter().map(|f| value.slug(*f)).collect();
    let mut wrong = selection.unknown(&value.cookbook, &failed);
    let selected = value.cookbook.select(&selection);
    let none_failed = failed.iter().all(|slug| selection.passes_over(slug));
    if wrong.is_empty() && selected.recipes.is_empty() && none_failed && !value.cookbook.recipes.is_empty() {
        let hint = "values of one flag widen the choice, different flags narrow it";
        wrong.push(Diagnostic::error("empty-selection", "no recipe is all that the flags ask for").hint(hint));
    }
    let silent = passed_over(value, &selection, &selected.recipes.iter().map(Listed::file).collect());
    loaded.diagnostics.retain(|d| d.at.as_ref().is_none_or(|at| !silent.contains(&at.file)));
    if !wrong.is_empty() {
        args.defaults.blame(&mut wrong, &mut loaded.value.sources);
        let in_a_file = has_errors(&loaded.diagnostics) || wrong.iter().any(|d| d.at.is_some());
        wrong.append(&mut loaded.diagnostics);
        complain(&report::draw(&wrong, &loaded.value.sources, STYLED).text);
        return Some(ExitCode::from(if in_a_file { 1 } else { 2 }));
    }
    loaded.value.cookbook = selected;
    None
}

/// Files of recipes that are not asked for. One that could not be read may have the tag, but not the name.
fn passed_over<R: Listed>(loaded: &Loaded<R>, selection: &Selection, selected: &BTreeSet<FileId>) -> BTreeSet<FileId> {
    let read = loaded.cookbook.recipes.iter().map(Listed::file).filter(|f| !selected.contains(f));
    let failed = loaded.failed.iter().copied().filter(|f| selection.passes_over(&loaded.slug(*f)));
    read.chain(failed).collect()
}
