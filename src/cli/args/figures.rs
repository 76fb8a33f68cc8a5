//! For how many, and in which units.

use crate::quantity::{Factor, Number};
use clap::Args;

/// Figures of a recipe.
#[derive(Debug, Args)]
#[command(next_help_heading = "Figures")]
pub(in crate::cli) struct Figures {
    /// Multiply all amounts: 2, 1/2, 1.5
    #[arg(long, value_name = "FACTOR", value_parser = Factor::parse, allow_hyphen_values = true)]
    pub(in crate::cli) scale: Option<Factor>,
    /// Scale recipes to so many servings, from what their yield says
    #[arg(long, value_name = "N", value_parser = servings, conflicts_with = "scale", allow_hyphen_values = true)]
    pub(in crate::cli) servings: Option<Number>,
}

/// A number of people.
fn servings(text: &str) -> Result<Number, String> {
    let count: Option<u64> = text.trim().parse().ok().filter(|n| (1..=1000).contains(n));
    count.map(Number::whole).ok_or_else(|| "write for how many people, from 1 to 1000".to_owned())
}
