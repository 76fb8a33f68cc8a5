//! Pouches, and the page that shows how to laminate.

use crate::geom::CardSize;
use crate::impose::Paper;
use crate::pouch::Pouch;
use clap::Args;
use std::path::PathBuf;

/// Flags of `pouches`.
#[derive(Debug, Args)]
pub(in crate::cli) struct Pouches {
    /// Make a page that shows, at full size, where to trim, round, punch and seal a card in this pouch
    #[arg(long, value_name = "POUCH", value_parser = Pouch::parse)]
    pub(in crate::cli) guide: Option<Pouch>,
    /// Size of the card [default: that for which the pouch is made]
    #[arg(long, value_name = "SIZE", value_parser = CardSize::parse, requires = "guide")]
    pub(in crate::cli) size: Option<CardSize>,
    /// The paper: a4, a3, letter, legal, tabloid or WxHmm [default: a4, or a3 for what is too large]
    #[arg(long, value_name = "PAPER", value_parser = Paper::parse, requires = "guide")]
    pub(in crate::cli) sheet: Option<Paper>,
    /// Write the page to this file; `-` is standard output [default: named after the pouch, laminating-a6.pdf]
    #[arg(long, value_name = "FILE", requires = "guide")]
    pub(in crate::cli) pdf: Option<PathBuf>,
}
