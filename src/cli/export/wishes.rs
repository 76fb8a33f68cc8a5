//! What the flags wish of a card: its options, the theme for them, and whether they go together.

use crate::cli::args::{Export, Inks};
use crate::geom::{Size, mm};
use crate::impose::SheetPlan;
use crate::layout::{self, CardOptions, PhotoWish};
use crate::theme::{Print, Theme};

/// For whom cards are printed.
pub(super) fn print(args: &Export) -> Print {
    if args.cards.large_print { Print::Large } else { Print::Usual }
}

/// The theme as the printer's ink wants it.
pub(super) fn varied(theme: Theme, args: &Export) -> Theme {
    if args.cards.ink == Inks::Black { theme.in_black() } else { theme }
}

/// Size, number, photo, inks.
pub(super) fn options(args: &Export, sheets: &SheetPlan) -> CardOptions {
    CardOptions {
        orientation: args.cards.orientation.map(Into::into),
        max_cards: args.cards.max_cards.map(usize::from),
        photo: photo(args),
        ink: args.cards.ink.into(),
        bleed: super::sheets::bleed(args),
        stamp: args.cards.stamp,
        ..CardOptions::new(args.cards.size.clone().unwrap_or_else(|| sheets.usual_size()))
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

/// Why the flags don't go together, with what would; `None` when they do.
pub(super) fn refused(args: &Export, theme: &Theme, sheets: &SheetPlan) -> Option<String> {
    let options = options(args, sheets);
    let Size { w, h } = layout::oriented(&options.size, options.orientation, theme);
    if print(args) == Print::Large && (w.min(h) < LARGE_PRINT_SIDES.0 || w.max(h) < LARGE_PRINT_SIDES.1) {
        return Some(format!(
            "error: cards of {} are too small for large print\n  = help: choose --size 4x6, a6 or larger; half-letter and a5 suit it best\n",
            options.size
        ));
    }
    None
}
