//! How a card looks.

use crate::geom::{CardSize, Orientation};
use clap::{Args, ValueEnum};

/// Theme and size of cards.
#[derive(Debug, Args)]
#[command(next_help_heading = "Cards")]
pub(in crate::cli) struct Cards {
    /// A theme's name, or the file of one of your own
    #[arg(long, value_name = "NAME|FILE", default_value = "classic")]
    pub(in crate::cli) theme: String,
    /// Size of the cards: a name (see `cardamom sizes`) or WxHmm, WxHin
    #[arg(long, value_name = "SIZE", default_value = "5x8", value_parser = CardSize::parse)]
    pub(in crate::cli) size: CardSize,
    /// How cards lie [default: as the theme has it]
    #[arg(long, value_enum)]
    pub(in crate::cli) orientation: Option<Way>,
    /// Refuse recipes that take more cards than this
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub(in crate::cli) max_cards: Option<u16>,
}

/// How cards lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Way {
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
