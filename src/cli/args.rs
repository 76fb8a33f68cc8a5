//! What may be said on the command line.

use crate::geom::{CardSize, Orientation};
use crate::recipe::Section;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Recipes in, kitchen cards and a cookbook out.
#[derive(Debug, Parser)]
#[command(
    name = "cardamom",
    version,
    about = "Turns recipes (YAML) into printed kitchen cards (PDF) and a cookbook (EPUB)",
    max_term_width = 100
)]
pub(super) struct Args {
    #[command(subcommand)]
    pub(super) command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Make cards and a book from recipes
    Export(Box<Export>),
    /// Look for mistakes in recipes, and for what looks wrong to a cook
    Check(Check),
    /// Write a commented recipe file to start from
    New(New),
    /// Print the JSON Schema of recipe files, for editors
    Schema,
    /// List the themes
    Themes,
    /// List the sizes of card
    Sizes,
    /// Print completions for a shell
    Completions {
        /// Which shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page, of the program or of one of its commands
    Man {
        /// The command
        command: Option<String>,
    },
}

/// Flags of `export`.
#[derive(Debug, ClapArgs)]
pub(super) struct Export {
    /// Recipe files and folders; `-` is standard input [default: the folder recipes, else the .yaml files here]
    pub(super) paths: Vec<PathBuf>,
    /// Write all cards to this PDF file; `-` is standard output
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    pub(super) pdf: Option<PathBuf>,
    /// Write the book to this EPUB file; `-` is standard output
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    pub(super) epub: Option<PathBuf>,
    /// Write one file a recipe, named after it, into this folder
    #[arg(long, value_name = "DIR", help_heading = "Output")]
    pub(super) out_dir: Option<PathBuf>,
    /// What to write into --out-dir
    #[arg(
        long,
        value_name = "LIST",
        value_delimiter = ',',
        default_value = "pdf",
        requires = "out_dir",
        help_heading = "Output"
    )]
    pub(super) formats: Vec<Format>,
    /// A theme's name, or the file of one of your own
    #[arg(long, value_name = "NAME|FILE", default_value = "classic", help_heading = "Cards")]
    pub(super) theme: String,
    /// Size of the cards: a name (see `cardamom sizes`) or WxHmm, WxHin
    #[arg(long, value_name = "SIZE", default_value = "5x8", value_parser = CardSize::parse, help_heading = "Cards")]
    pub(super) size: CardSize,
    /// How cards lie [default: as the theme has it]
    #[arg(long, value_enum, help_heading = "Cards")]
    pub(super) orientation: Option<Way>,
    /// Refuse recipes that take more cards than this
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..), help_heading = "Cards")]
    pub(super) max_cards: Option<u16>,
    /// Put these sections on the cards too
    #[arg(long, value_name = "SECTIONS", value_delimiter = ',', value_parser = section(), help_heading = "Content")]
    pub(super) include: Vec<Section>,
    /// Leave these sections out, of cards and book
    #[arg(long, value_name = "SECTIONS", value_delimiter = ',', value_parser = section(), help_heading = "Content")]
    pub(super) exclude: Vec<Section>,
    /// A font, or a folder of fonts, for characters that the theme's fonts lack
    #[arg(long, value_name = "FILE|DIR", help_heading = "Fonts")]
    pub(super) font: Vec<PathBuf>,
    /// Use no fonts of the system
    #[arg(long, help_heading = "Fonts")]
    pub(super) no_system_fonts: bool,
    /// Print a box for a character that no font has, instead of an error
    #[arg(long, help_heading = "Fonts")]
    pub(super) allow_missing_glyphs: bool,
    /// Templates and style sheet of the book, instead of the built-in ones
    #[arg(long, value_name = "DIR", help_heading = "Book")]
    pub(super) templates: Option<PathBuf>,
    /// Leave out recipes with mistakes and export the rest
    #[arg(long)]
    pub(super) keep_going: bool,
    #[command(flatten)]
    pub(super) talk: Talk,
}

/// How much to say.
#[derive(Debug, ClapArgs)]
pub(super) struct Talk {
    /// Say only what is wrong
    #[arg(short, long, conflicts_with = "verbose")]
    pub(super) quiet: bool,
    /// Say what was chosen for every recipe
    #[arg(short, long)]
    pub(super) verbose: bool,
}

/// Flags of `check`.
#[derive(Debug, ClapArgs)]
pub(super) struct Check {
    /// Recipe files and folders; `-` is standard input [default: the folder recipes, else the .yaml files here]
    pub(super) paths: Vec<PathBuf>,
    /// Count warnings as mistakes
    #[arg(long)]
    pub(super) strict: bool,
    #[command(flatten)]
    pub(super) talk: Talk,
}

/// Flags of `new`.
#[derive(Debug, ClapArgs)]
pub(super) struct New {
    /// The name of the dish
    pub(super) title: String,
    /// The file to write [default: named after the dish, in the folder recipes or here]
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
}

/// A format of `--out-dir`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    Pdf,
    Epub,
}

/// How cards lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Way {
    Portrait,
    Landscape,
}

impl From<Way> for Orientation {
    fn from(way: Way) -> Self {
        match way {
            Way::Portrait => Orientation::Portrait,
            Way::Landscape => Orientation::Landscape,
        }
    }
}

/// Names of sections, for help and completion.
fn section() -> impl TypedValueParser<Value = Section> {
    PossibleValuesParser::new(Section::KEYS).try_map(|key| Section::parse(&key).ok_or("no such section"))
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_sound() {
        super::Args::command().debug_assert();
    }
}
