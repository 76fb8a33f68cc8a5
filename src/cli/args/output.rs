//! Where what is made goes.

use crate::world::Date;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// Files to write.
#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
pub(in crate::cli) struct Output {
    /// Write all cards to this PDF file; `-` is standard output
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) pdf: Option<PathBuf>,
    /// Write the book to this EPUB file; `-` is standard output
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) epub: Option<PathBuf>,
    /// Write the book as printed pages to this PDF file; `-` is standard output
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) book: Option<PathBuf>,
    /// Write one file a recipe, named after it, into this folder
    #[arg(long, value_name = "DIR")]
    pub(in crate::cli) out_dir: Option<PathBuf>,
    /// What to write into --out-dir
    #[arg(long, value_name = "LIST", value_delimiter = ',', default_value = "pdf", requires = "out_dir")]
    pub(in crate::cli) formats: Vec<Format>,
    /// When it was last changed, as files say [default: SOURCE_DATE_EPOCH, else the date of the newest recipe]
    #[arg(long, value_name = "DATE", value_parser = Date::parse)]
    pub(in crate::cli) date: Option<Date>,
}

/// A format of `--out-dir`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Format {
    Pdf,
    Epub,
}
