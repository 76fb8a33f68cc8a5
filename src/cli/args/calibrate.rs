//! The test page for printers.

use super::sheets::{Offset, offset};
use crate::calibration::Readings;
use crate::impose::{Margins, Paper};
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// Flags of `calibrate`.
#[derive(Debug, Args)]
pub(in crate::cli) struct Calibrate {
    /// The paper: a4, a3, letter, legal, tabloid or WxHmm
    #[arg(long, value_name = "PAPER", value_parser = Paper::parse, required_unless_present = "printer")]
    pub(in crate::cli) sheet: Option<Paper>,
    /// Write the page to this file; `-` is standard output [default: named after the paper, calibration-a4.pdf]
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) pdf: Option<PathBuf>,
    /// Over which edge the printer turns the sheet [default: long]
    #[arg(long, value_enum, value_name = "EDGE")]
    pub(in crate::cli) duplex: Option<Edge>,
    /// Save for this printer what --readings, --back-offset, --printer-margin and --duplex say, in your own configuration file
    #[arg(long, value_name = "NAME", value_parser = clap::builder::NonEmptyStringValueParser::new())]
    pub(in crate::cli) printer: Option<String>,
    /// The four numbers read on a page; once a sheet, if there are several
    #[arg(long, value_name = "A,B,C,D", value_parser = Readings::parse, allow_hyphen_values = true, requires = "printer")]
    pub(in crate::cli) readings: Vec<Readings>,
    /// What the printer leaves white at the edges: one length, or top,right,bottom,left
    #[arg(long, value_name = "LENGTHS", value_parser = margin, allow_hyphen_values = true, requires = "printer")]
    pub(in crate::cli) printer_margin: Option<String>,
    /// Move the back by what was read on an earlier page, to see whether it is right; readings are then added to it
    #[arg(long, value_name = "X,Y", value_parser = offset, allow_hyphen_values = true)]
    pub(in crate::cli) back_offset: Option<Offset>,
    /// Say only what is wrong
    #[arg(short, long)]
    pub(in crate::cli) quiet: bool,
}

/// Lengths that will do as a printer's margin, as they were written.
fn margin(text: &str) -> Result<String, String> {
    Margins::parse(text).map(|_| text.trim().to_owned())
}

/// An edge of upright paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Edge {
    /// As the pages of a book are turned
    Long,
    /// As those of a calendar
    Short,
}
