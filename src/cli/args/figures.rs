//! For how many, and in which units.

use clap::Args;

/// Figures of a recipe.
#[derive(Debug, Args)]
#[command(next_help_heading = "Figures")]
pub(in crate::cli) struct Figures {}
