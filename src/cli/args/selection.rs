//! Which recipes, and what of them.

use crate::recipe::Section;
use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};

/// What is exported.
#[derive(Debug, Args)]
#[command(next_help_heading = "Content")]
pub(in crate::cli) struct Selection {
    /// Put these sections on the cards too
    #[arg(long, value_name = "SECTIONS", value_delimiter = ',', value_parser = section())]
    pub(in crate::cli) include: Vec<Section>,
    /// Leave these sections out, of cards and book
    #[arg(long, value_name = "SECTIONS", value_delimiter = ',', value_parser = section())]
    pub(in crate::cli) exclude: Vec<Section>,
}

/// Names of sections, for help and completion.
fn section() -> impl TypedValueParser<Value = Section> {
    PossibleValuesParser::new(Section::KEYS).try_map(|key| Section::parse(&key).ok_or("no such section"))
}
