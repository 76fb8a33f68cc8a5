//! How a card looks.

use crate::frame::Ink;
use crate::geom::{CardSize, Orientation};
use crate::layout::{PhotoWish, Punch};
use crate::pouch::Pouch;
use crate::qr::Wish;
use clap::{Args, ValueEnum};

/// Theme and size of cards.
#[derive(Debug, Args)]
#[command(next_help_heading = "Cards")]
pub(in crate::cli) struct Cards {
    /// A theme's name, or the file of one of your own
    #[arg(long, value_name = "NAME|FILE", default_value = "classic")]
    pub(in crate::cli) theme: String,
    /// Size of the cards: a name (see `cardamom sizes`) or WxHmm, WxHin [default: 5x8, or that of the stock or for the pouch]
    #[arg(long, value_name = "SIZE", value_parser = CardSize::parse)]
    pub(in crate::cli) size: Option<CardSize>,
    /// How cards lie [default: as the theme has it]
    #[arg(long, value_enum)]
    pub(in crate::cli) orientation: Option<Way>,
    /// Refuse recipes that take more cards than this
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub(in crate::cli) max_cards: Option<u16>,
    /// Large print: text of 16 points and more; cards in one column, the list on the front and the method on the back; larger pages for
    /// --book
    #[arg(long)]
    pub(in crate::cli) large_print: bool,
    /// The cards will be laminated in this pouch (see `cardamom pouches`) or one of WxHmm [without POUCH: the smallest that fits]
    #[arg(long, value_name = "POUCH", num_args = 0..=1, value_parser = Pouch::parse)]
    pub(in crate::cli) laminate: Option<Option<Pouch>>,
    /// Leave room for holes in cards: one for a ring in the upper corner, or two or three along the edge for a binder
    #[arg(long, value_enum, value_name = "HOLES", default_value = "none")]
    pub(in crate::cli) punch: Holes,
    /// A code to scan on the back of cards: of the source's address, or of a TEXT in which {slug} is the recipe's name
    #[arg(long, value_name = "source|TEXT", value_parser = Wish::parse)]
    pub(in crate::cli) qr: Option<Wish>,
    /// Size of the recipe's photo, on cards and pages of --book [default: as theme and card have room for it]
    #[arg(long, value_enum, value_name = "SIZE")]
    pub(in crate::cli) photo: Option<PhotoSize>,
    /// `black` prints cards and pages of --book with one black ink only: no colour, no tints; a photo, in greys, only with --photo
    #[arg(long, value_enum, value_name = "INK", default_value = "colour")]
    pub(in crate::cli) ink: Inks,
    /// Print a small line on the last side that tells one version from another: date and fingerprint, and with
    /// --changed-since the version's number
    #[arg(long)]
    pub(in crate::cli) stamp: bool,
}

/// How large a photo is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum PhotoSize {
    None,
    Small,
    Large,
}

impl From<PhotoSize> for PhotoWish {
    fn from(size: PhotoSize) -> Self {
        match size {
            PhotoSize::None => PhotoWish::None,
            PhotoSize::Small => PhotoWish::Small,
            PhotoSize::Large => PhotoWish::Large,
        }
    }
}

/// Holes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Holes {
    None,
    Ring,
    #[value(name = "2-hole")]
    Two,
    #[value(name = "3-hole")]
    Three,
}

impl From<Holes> for Punch {
    fn from(holes: Holes) -> Self {
        match holes {
            Holes::None => Punch::None,
            Holes::Ring => Punch::Ring,
            Holes::Two | Holes::Three => Punch::Binder,
        }
    }
}

/// The inks of the printer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Inks {
    #[value(alias = "color")]
    Colour,
    Black,
}

impl From<Inks> for Ink {
    fn from(inks: Inks) -> Self {
        match inks {
            Inks::Colour => Ink::Colours,
            Inks::Black => Ink::Black,
        }
    }
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
