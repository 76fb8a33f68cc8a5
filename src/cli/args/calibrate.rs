//! The test page for printers.

use super::sheets::{Offset, offset};
use crate::impose::Paper;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// Flags of `calibrate`.
#[derive(Debug, Args)]
pub(in crate::cli) struct Calibrate {
    /// The paper: a4, a3, letter, legal, tabloid or WxHmm
    #[arg(long, value_name = "PAPER", value_parser = Paper::parse)]
    pub(in crate::cli) sheet: Paper,
    /// Write the page to this file; `-` is standard output [default: named after the paper, calibration-a4.pdf]
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) pdf: Option<PathBuf>,
    /// Over which edge the printer turns the sheet
    #[arg(long, value_enum, value_name = "EDGE", default_value = "long")]
    pub(in crate::cli) duplex: Edge,
    /// Move the back by what was read on an earlier page, to see whether it is right
    #[arg(long, value_name = "X,Y", value_parser = offset, allow_hyphen_values = true)]
    pub(in crate::cli) back_offset: Option<Offset>,
    /// Say only what is wrong
    #[arg(short, long)]
    pub(in crate::cli) quiet: bool,
}

/// An edge of upright paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Edge {
    /// As the pages of a book are turned
    Long,
    /// As those of a calendar
    Short,
}
