//! What the book is like.

use crate::book::Reader;
use crate::image::Screen;
use crate::pages::Format;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// The book.
#[derive(Debug, Args)]
#[command(next_help_heading = "Book")]
pub(in crate::cli) struct Book {
    /// Templates and style sheet of the book, instead of the built-in ones
    #[arg(long, value_name = "DIR")]
    pub(in crate::cli) templates: Option<PathBuf>,
    /// Make it for one kind of reader: checks its limits, leaves out what it would drop
    #[arg(long = "for", value_enum, value_name = "READER", default_value = "generic")]
    pub(in crate::cli) reader: Readers,
    /// Size of pictures [default: eink for kobo, else tablet]
    #[arg(long, value_enum, value_name = "SIZE")]
    pub(in crate::cli) images: Option<Images>,
    /// Pictures in greys: smaller, and as most readers with electronic paper show them anyway
    #[arg(long)]
    pub(in crate::cli) grey_images: bool,
    /// Add every recipe a second time, one step a screen in large type
    #[arg(long)]
    pub(in crate::cli) cook_mode: bool,
    /// Also list the pages of the printed book in the EPUB, so that readers of both find the same place; with --book
    #[arg(long, requires = "book")]
    pub(in crate::cli) page_list: bool,
    /// Size of the pages of --book; with --large-print 8½ × 11 in instead of 6x9, A4 instead of a5
    #[arg(long, value_name = "SIZE", default_value = "6x9", value_parser = format)]
    pub(in crate::cli) book_size: &'static Format,
    /// Put the theme's fonts into the book, cut down to its characters; else the reader's own are used
    #[arg(long)]
    pub(in crate::cli) embed_fonts: bool,
}

impl Book {
    /// The size of pictures that the reader wants, unless another is asked for.
    pub(in crate::cli) fn screen(&self) -> Screen {
        let usual = if self.reader == Readers::Kobo { Images::Eink } else { Images::Tablet };
        self.images.unwrap_or(usual).into()
    }
}

/// Readers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Readers {
    /// One file for all
    Generic,
    /// Kobo's readers
    Kobo,
    /// Kindles: at most 200 MB, and no data that Amazon takes out
    Kindle,
    /// Apple Books
    Apple,
}

impl From<Readers> for Reader {
    fn from(reader: Readers) -> Self {
        match reader {
            Readers::Generic => Reader::Generic,
            Readers::Kobo => Reader::Kobo,
            Readers::Kindle => Reader::Kindle,
            Readers::Apple => Reader::Apple,
        }
    }
}

/// Sizes of pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Images {
    /// 1072 pixels and 160 kB at most
    Eink,
    /// 1600 pixels and 500 kB at most
    Tablet,
    /// As they are
    Original,
    /// No pictures but the cover
    None,
}

impl From<Images> for Screen {
    fn from(images: Images) -> Self {
        match images {
            Images::Eink => Screen::Eink,
            Images::Tablet => Screen::Tablet,
            Images::Original => Screen::Original,
            Images::None => Screen::None,
        }
    }
}

fn format(name: &str) -> Result<&'static Format, String> {
    Format::named(name).ok_or_else(|| format!("`{name}` is not a size of book: write {}", Format::names().join(" or ")))
}
