//! Which recipes, and what of them.

use crate::recipe::Section;
use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use std::path::PathBuf;

/// What is exported.
#[derive(Debug, Args)]
#[command(next_help_heading = "Content")]
pub(in crate::cli) struct Selection {
    /// Only recipes with one of these tags
    #[arg(long, value_name = "TAGS", value_delimiter = ',')]
    pub(in crate::cli) tag: Vec<String>,
    /// Only recipes of one of these courses
    #[arg(long, value_name = "COURSES", value_delimiter = ',')]
    pub(in crate::cli) course: Vec<String>,
    /// Only these recipes, by file name without .yaml
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub(in crate::cli) only: Vec<String>,
    /// Print only cards that look different from those in this record, and bring it up to date; the first run makes it
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) changed_since: Option<PathBuf>,
    /// Put these sections on the cards too
    #[arg(long, value_name = "SECTIONS", value_delimiter = ',', value_parser = section())]
    pub(in crate::cli) include: Vec<Section>,
    /// Leave these sections out, of cards and book
    #[arg(long, value_name = "SECTIONS", value_delimiter = ',', value_parser = section())]
    pub(in crate::cli) exclude: Vec<Section>,
}

impl From<&Selection> for crate::cookbook::Selection {
    fn from(flags: &Selection) -> Self {
        crate::cookbook::Selection { only: flags.only.clone(), tags: flags.tag.clone(), courses: flags.course.clone() }
    }
}

/// Names of sections, for help and completion.
fn section() -> impl TypedValueParser<Value = Section> {
    PossibleValuesParser::new(Section::KEYS).try_map(|key| Section::parse(&key).ok_or("no such section"))
}
