//! What the book is like.

use clap::Args;
use std::path::PathBuf;

/// The book.
#[derive(Debug, Args)]
#[command(next_help_heading = "Book")]
pub(in crate::cli) struct Book {
    /// Templates and style sheet of the book, instead of the built-in ones
    #[arg(long, value_name = "DIR")]
    pub(in crate::cli) templates: Option<PathBuf>,
}
