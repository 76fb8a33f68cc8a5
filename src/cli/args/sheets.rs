//! How cards are put on sheets of paper.

use crate::geom::{length, mm};
use crate::impose::{self, Margins, Mark, Paper};
use clap::{Args, ValueEnum};

/// Sheets of paper.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Sheets")]
pub(in crate::cli) struct Sheets {
    /// Put as many cards as fit on sheets of paper: a4, a3, letter, legal, tabloid or WxHmm
    #[arg(long, value_name = "PAPER", value_parser = Paper::parse)]
    pub(in crate::cli) sheet: Option<Paper>,
    /// Print on sheets that are cut already (see `cardamom stocks`), or on those that a file describes
    #[arg(long, value_name = "NAME|FILE", conflicts_with = "sheet")]
    pub(in crate::cli) stock: Option<String>,
    /// How both sides come on paper [default: so that cards turn like pages]
    #[arg(long, value_enum, value_name = "HOW")]
    pub(in crate::cli) duplex: Option<Duplex>,
    /// Marks around the cards [default: crop,info on sheets of paper]
    #[arg(long, value_enum, value_name = "LIST", value_delimiter = ',')]
    pub(in crate::cli) marks: Vec<MarkName>,
    /// Draw the cards' outlines instead of crop marks
    #[arg(long)]
    pub(in crate::cli) cut_lines: bool,
    /// How far colour runs over the edge, for cutting [default: 3mm on sheets, where the theme has colour there]
    #[arg(long, value_name = "LENGTH", value_parser = impose::bleed)]
    pub(in crate::cli) bleed: Option<f32>,
    /// Room between cards [default: none, or twice the bleed]
    #[arg(long, value_name = "LENGTH", value_parser = impose::gutter, allow_hyphen_values = true)]
    pub(in crate::cli) gutter: Option<f32>,
    /// What the printer leaves white at the edges: one length, or top,right,bottom,left [default: 6.35mm]
    #[arg(long, value_name = "LENGTHS", value_parser = Margins::parse, allow_hyphen_values = true)]
    pub(in crate::cli) printer_margin: Option<Margins>,
    /// Move all backs right and down by so many millimetres, seen from the front (see `cardamom calibrate`)
    #[arg(long, value_name = "X,Y", value_parser = offset, allow_hyphen_values = true)]
    pub(in crate::cli) back_offset: Option<Offset>,
    /// Move everything on a stock right and down by so many millimetres
    #[arg(long, value_name = "X,Y", value_parser = offset, allow_hyphen_values = true)]
    pub(in crate::cli) nudge: Option<Offset>,
}

/// A shift to the right and downwards, in points.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(in crate::cli) struct Offset(pub(in crate::cli) f32, pub(in crate::cli) f32);

pub(super) fn offset(text: &str) -> Result<Offset, String> {
    let form = || format!("`{text}`: give two lengths in millimetres, right and down: 0.4,-1.2");
    let (x, y) = text.split_once(',').ok_or_else(form)?;
    let (x, y) = (length(x).map_err(|_| form())?, length(y).map_err(|_| form())?);
    let most = mm(20.0) + 0.01;
    if x.abs() > most || y.abs() > most {
        return Err(format!("`{text}` is too far: up to 20 mm each way"));
    }
    Ok(Offset(x, y))
}

/// How both sides come on paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Duplex {
    /// The printer turns the sheet over its long edge
    Long,
    /// The printer turns the sheet over its short edge
    Short,
    /// One side only: fronts beside backs
    None,
    /// Fronts and backs in two files, to be fed by hand
    Manual,
    /// Front and back beside each other in one piece, to be folded
    Fold,
}

impl From<Duplex> for impose::Sides {
    fn from(duplex: Duplex) -> Self {
        match duplex {
            Duplex::Long => impose::Sides::Long,
            Duplex::Short => impose::Sides::Short,
            Duplex::None => impose::Sides::None,
            Duplex::Manual => impose::Sides::Manual,
            Duplex::Fold => impose::Sides::Fold,
        }
    }
}

/// A kind of mark, or none at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum MarkName {
    /// Where to cut
    Crop,
    /// Targets that show how well both sides meet
    Registration,
    /// Where to fold; front and back then hang together
    Fold,
    /// Where a ring goes through
    Hole,
    /// Side, paper, how to turn it, and a ruler
    Info,
    /// No marks
    None,
}

impl MarkName {
    /// The mark; `None` for no marks.
    pub(in crate::cli) fn mark(self) -> Option<Mark> {
        match self {
            MarkName::Crop => Some(Mark::Crop),
            MarkName::Registration => Some(Mark::Registration),
            MarkName::Fold => Some(Mark::Fold),
            MarkName::Hole => Some(Mark::Hole),
            MarkName::Info => Some(Mark::Info),
            MarkName::None => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_are_read() {
        assert_eq!(offset("1, -2").unwrap(), Offset(mm(1.0), mm(-2.0)));
        assert!(offset("1").unwrap_err().contains("0.4,-1.2"));
        assert!(offset("1,40").unwrap_err().contains("20 mm"));
    }
}
