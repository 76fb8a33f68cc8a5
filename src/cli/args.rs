//! What may be said on the command line.

mod book;
mod calibrate;
mod cards;
mod configuration;
mod figures;
mod fonts;
mod output;
mod pouches;
mod selection;
mod sheets;

pub(super) use book::{Book, Images};
pub(super) use calibrate::{Calibrate, Edge};
pub(super) use cards::{Cards, Holes, Inks, PhotoSize};
pub(super) use configuration::Configuration;
pub(super) use figures::{Figures, Units};
pub(super) use fonts::Fonts;
pub(super) use output::{Format, Output};
pub(super) use pouches::Pouches;
pub(super) use selection::Selection;
pub(super) use sheets::{Duplex, MarkName, Offset, Sheets};

use clap::{Args as ClapArgs, Parser, Subcommand};
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
    #[command(after_help = "--no-FLAG sets aside for once what configuration files say of a flag.")]
    Export(Box<Export>),
    /// Look for mistakes in recipes, and for what looks wrong to a cook
    Check(Check),
    /// Write a commented recipe file to start from
    New(New),
    /// Print the JSON Schema of recipe files, for editors
    Schema,
    /// Show which defaults are in force and where they come from
    Config(Config),
    /// Make a two-sided test page: how far backs are off, and what the printer leaves white
    Calibrate(Calibrate),
    /// List the themes
    Themes,
    /// List the sizes of card
    Sizes,
    /// List the stocks: sheets that are cut already
    Stocks,
    /// List the lamination pouches, or make a page that shows how a card is laminated in one
    Pouches(Pouches),
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

/// Flags of `export`, in groups: each group is a file of its own.
#[derive(Debug, ClapArgs)]
pub(super) struct Export {
    /// Recipe files and folders; `-` is standard input [default: the folder recipes, else the .yaml files here]
    pub(super) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) output: Output,
    #[command(flatten)]
    pub(super) selection: Selection,
    #[command(flatten)]
    pub(super) cards: Cards,
    #[command(flatten)]
    pub(super) figures: Figures,
    #[command(flatten)]
    pub(super) sheets: Sheets,
    #[command(flatten)]
    pub(super) fonts: Fonts,
    #[command(flatten)]
    pub(super) book: Book,
    /// Leave out recipes with mistakes and export the rest
    #[arg(long, help_heading = "Content")]
    pub(super) keep_going: bool,
    #[command(flatten)]
    pub(super) configuration: Configuration,
    #[command(flatten)]
    pub(super) talk: Talk,
    /// The kind of cards that the flags ask for, besides theme and size.
    #[arg(skip)]
    pub(super) kind: String,
    /// What of it configuration files say.
    #[arg(skip)]
    pub(super) defaults: super::config::Defaults,
}

/// How much to say.
#[derive(Debug, ClapArgs)]
#[command(next_help_heading = "Messages")]
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

/// Flags of `config`.
#[derive(Debug, ClapArgs)]
pub(super) struct Config {
    /// Print a commented file to start from
    #[arg(long, conflicts_with = "schema")]
    pub(super) starter: bool,
    /// Print the JSON Schema of configuration files, for editors
    #[arg(long)]
    pub(super) schema: bool,
    #[command(flatten)]
    pub(super) configuration: Configuration,
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

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_sound() {
        super::Args::command().debug_assert();
    }
}
