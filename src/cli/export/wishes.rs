//! What the flags wish of a card: its options, the theme for them, and whether they go together.

use crate::cli::args::{Export, Holes, Inks, Units};
use crate::diag::Diagnostic;
use crate::geom::{CardSize, Size, mm, to_mm};
use crate::impose::{SheetPlan, Target};
use crate::layout::{self, CardOptions, PhotoWish};
use crate::pouch;
use crate::theme::{Print, Theme};

/// The theme as it is for each output: a book on a screen has neither a printer's ink nor large print, and no book is laminated.
pub(super) struct Themes {
    pub(super) cards: Theme,
    pub(super) pages: Theme,
    pub(super) screens: Theme,
}

impl Themes {
    /// Reads the theme that is wanted; `read` does so for a print.
    pub(super) fn new(args: &Export, mut read: impl FnMut(Print) -> Option<Theme>) -> Option<Themes> {
        let screens = read(Print::Usual)?;
        let large = if args.cards.large_print { read(Print::Large)? } else { screens.clone() };
        let pages = if args.cards.ink == Inks::Black { large.in_black() } else { large };
        let cards = pages.clone();
        let cards = if args.cards.laminate.is_some() { cards.behind_film() } else { cards };
        Some(Themes { cards, pages, screens })
    }
}

/// The size that was named, or that of the stock, or the largest for the pouch.
fn size(args: &Export, sheets: &SheetPlan) -> Result<CardSize, String> {
    match (&args.cards.size, &args.cards.laminate) {
        (Some(size), _) => Ok(size.clone()),
        (None, Some(Some(pouch))) if !matches!(sheets.target, Target::Stock(_)) => pouch.largest_card(),
        (None, _) => Ok(sheets.usual_size()),
    }
}

/// Size, number, photo, inks, bleed, film, holes.
pub(super) fn options(args: &Export, sheets: &SheetPlan) -> CardOptions {
    // a pouch that holds no card was refused
    let size = size(args, sheets).unwrap_or_else(|e| unreachable!("{e}"));
    CardOptions {
        orientation: args.cards.orientation.map(Into::into),
        max_cards: args.cards.max_cards.map(usize::from),
        photo: photo(args),
        ink: args.cards.ink.into(),
        bleed: super::sheets::bleed(args),
        stamp: args.cards.stamp,
        film: args.cards.laminate.is_some(),
        punch: args.cards.punch.into(),
        ..CardOptions::new(size)
    }
}

/// One ink prints no photo unless it is asked for by name.
fn photo(args: &Export) -> PhotoWish {
    let unasked = if args.cards.ink == Inks::Black { PhotoWish::None } else { PhotoWish::ByTheme };
    args.cards.photo.map_or(unasked, Into::into)
}

/// The least sides of a card in large print, those of 4 × 6 and A6 with a little play: 26 characters of 16 points beside a
/// numeral, and a list under the title.
const LARGE_PRINT_SIDES: (f32, f32) = (mm(100.0), mm(145.0));

/// The shorter side of the least card on which columns of figures leave names of food a line of their own in large print.
const LARGE_COLUMNS: f32 = mm(120.0);

/// The least heights for two and three holes: their distances (ISO 838: 80 mm; 2 × 108 mm) and 18 mm beyond them.
const BINDER_HEIGHTS: (f32, f32) = (mm(116.0), mm(252.0));

/// Why the flags don't go together, with what would; `None` when they do.
pub(super) fn refused(args: &Export, theme: &Theme, sheets: &SheetPlan) -> Option<String> {
    let error = |message: String, help: &str| Some(format!("error: {message}\n  = help: {help}\n"));
    let wanted = match size(args, sheets) {
        Ok(size) => size,
        Err(why) => return error(why, "choose a larger pouch; `cardamom pouches` lists them"),
    };
    let Size { w, h } = layout::oriented(&wanted, args.cards.orientation.map(Into::into), theme);
    let (short, long) = LARGE_PRINT_SIDES;
    if args.cards.large_print && super::wants_cards(args) && (w.min(h) < short || w.max(h) < long) {
        return error(
            format!("cards of {wanted} are too small for large print"),
            "choose --size 4x6, a6 or larger; half-letter and a5 suit it best",
        );
    }
    if args.figures.batches.is_some() && args.cards.large_print && w.min(h) < LARGE_COLUMNS {
        return error(
            format!("cards of {wanted} are too small for columns of batches in large print"),
            "choose --size 5x7, 5x8, a5 or half-letter; or leave --large-print out",
        );
    }
    if args.figures.batches.is_some() && args.figures.units == Units::Both {
        return error(
            "columns for batches and for two systems of units don't fit beside each other".to_owned(),
            "choose --units metric, us or imperial with --batches, or one batch with --scale",
        );
    }
    match args.cards.punch {
        Holes::Three if h < BINDER_HEIGHTS.1 => error(
            format!("three holes need a card that is {:.0} mm high, and {wanted} is not", to_mm(BINDER_HEIGHTS.1)),
            "choose --size letter or a4, upright; or --punch 2-hole, or --punch ring",
        ),
        Holes::Two if h < BINDER_HEIGHTS.0 => error(
            format!("two holes need a card that is {:.0} mm high, and {wanted} is not", to_mm(BINDER_HEIGHTS.0)),
            "choose a larger --size, or --orientation portrait; or --punch ring",
        ),
        _ => None,
    }
}

/// Flags that are for cards alone, and those that are for printed pages too.
const FOR_CARDS: [&str; 20] = [
    "size",
    "orientation",
    "max-cards",
    "laminate",
    "punch",
    "qr",
    "stamp",
    "batches",
    "include",
    "changed-since",
    "sheet",
    "stock",
    "duplex",
    "marks",
    "cut-lines",
    "bleed",
    "gutter",
    "printer-margin",
    "back-offset",
    "nudge",
];
const FOR_PAPER: [&str; 3] = ["large-print", "photo", "ink"];

/// Flags that were typed and have nothing to do, for nothing is made that they are for.
pub(super) fn idle(args: &Export) -> Option<Diagnostic> {
    if super::wants_cards(args) {
        return None;
    }
    let on_pages = args.output.book.is_some();
    let all = FOR_CARDS.iter().chain(FOR_PAPER.iter().filter(|_| !on_pages));
    let idle: Vec<String> = all.filter(|key| args.defaults.is_typed(key)).map(|key| format!("`--{key}`")).collect();
    let (last, others) = idle.split_last()?;
    let message = match others {
        [] => format!("{last} is for cards, and none are made"),
        others => format!("{} and {last} are for cards, and none are made", others.join(", ")),
    };
    let hint = if on_pages && args.defaults.is_typed("size") {
        "--book-size is the size of the book's pages; --pdf cards.pdf makes cards"
    } else {
        "add --pdf cards.pdf, or leave it out"
    };
    Some(Diagnostic::warning("idle", message).hint(hint))
}

/// Whether the finished thing is sealed in its pouch: a warning when it is not, and what was chosen, for the curious.
pub(super) fn sealed(args: &Export, sheets: &SheetPlan) -> (Option<Diagnostic>, Option<String>) {
    let (Some(asked), Ok(card)) = (&args.cards.laminate, size(args, sheets)) else { return (None, None) };
    let smallest = pouch::smallest(card.size);
    let measured = format!("a card of {} ({})", card.name, pouch::millimetres(card.size.portrait()));
    let warning = |message: String| {
        let mut ways: Vec<String> = smallest.iter().map(|p| format!("take the pouch {p}")).collect();
        let largest = asked.as_ref().and_then(|p| p.largest_card().ok());
        ways.extend(largest.map(|c| format!("choose --size {}", c.name)));
        let help = if ways.is_empty() { "choose a smaller --size".to_owned() } else { ways.join(", or ") };
        (Some(Diagnostic::warning("pouch", message).hint(help)), None)
    };
    let Some(pouch) = asked.as_ref().or(smallest.as_ref()) else {
        return warning(format!("no pouch that is known holds {measured}"));
    };
    let border = to_mm(pouch.border(card.size));
    if border < 0.0 {
        return warning(format!("{measured} does not fit the pouch {pouch}"));
    }
    if !pouch.seals(card.size) {
        return warning(format!(
            "in the pouch {pouch} {measured} has {border:.1} mm of film round it; with less than 3 mm it opens"
        ));
    }
    let kitchen = if pouch.border(card.size) + 0.1 < pouch::KITCHEN_BORDER { "; 5 mm stand steam better" } else { "" };
    (None, Some(format!("pouch {pouch}, {border:.1} mm of film round the card{kitchen}")))
}
