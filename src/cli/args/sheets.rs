//! How cards are put on sheets of paper.

use clap::Args;

/// Sheets of paper.
#[derive(Debug, Args)]
#[command(next_help_heading = "Sheets")]
pub(in crate::cli) struct Sheets {}
