//! Composition of cards: from content to frames.
//!
//! Every paragraph is shaped once (`material`); then plans are tried down the ladder of the print rules (`ladder`, `plan`)
//! until one fits; that one is drawn (`draw`).

mod batches;
mod code;
mod context;
mod draw;
mod extras;
mod facts;
mod head;
mod ladder;
mod list;
mod material;
mod method;
mod oven;
mod plan;
mod running;
mod serve;
mod stamp;
mod stepping;

use crate::compose::{canvas, setter};
use crate::content::Content;
use crate::frame::{Card, Ink};
use crate::geom::{self, CardSize, Orientation, Size, mm};
use crate::image::Photo;
use crate::source::NodeId;
use crate::text::Shaper;
use crate::theme::{PhotoStyle, Theme};
use context::Context;
use material::Material;
use plan::LeftOut;
use setter::Setter;

pub use stamp::stamp;

/// What is asked of a card.
#[derive(Debug, Clone)]
pub struct CardOptions {
    /// Its size.
    pub size: CardSize,
    /// How it lies; the theme decides when nobody does.
    pub orientation: Option<Orientation>,
    /// The most cards that a recipe may take.
    pub max_cards: Option<usize>,
    /// How far colour and pictures that reach the edge run over it, in points.
    pub bleed: f32,
    /// What becomes of the photo.
    pub photo: PhotoWish,
    /// The inks; the theme must be one for them, see [`Theme::in_black`].
    pub ink: Ink,
    /// Whether it is laminated.
    pub film: bool,
    /// Whether to leave room for a stamp, see [`stamp()`].
    pub stamp: bool,
    /// Where it is punched.
    pub punch: Punch,
}

/// Where cards are punched. They turn like pages of a book, so that a back has its holes on the other side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Punch {
    /// Nowhere.
    #[default]
    None,
    /// One hole in the upper corner where lines end, its middle 10 mm from both edges (print specification, 3).
    Ring,
    /// Holes for a binder, along the edge where lines begin.
    Binder,
}

/// What is asked of a recipe's photo.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PhotoWish {
    /// Large where the list has the front to itself, else small; none on small cards, and none where the theme has none.
    #[default]
    ByTheme,
    /// None.
    None,
    /// A square beside the title.
    Small,
    /// The width of the front; small where that has no room.
    Large,
}

impl PhotoWish {
    /// Whether a photo was asked for by name, and is printed where it otherwise would not be.
    fn insists(self) -> bool {
        matches!(self, PhotoWish::Small | PhotoWish::Large)
    }
}

impl CardOptions {
    /// Cards of a size, with everything else as it is by default.
    pub fn new(size: CardSize) -> Self {
        CardOptions {
            size,
            orientation: None,
            max_cards: None,
            bleed: 0.0,
            photo: PhotoWish::ByTheme,
            ink: Ink::Colours,
            film: false,
            stamp: false,
            punch: Punch::None,
        }
    }
}

/// A card with what is to be told about it.
#[derive(Debug)]
pub struct Laid {
    /// The card.
    pub card: Card,
    /// What was left off, in words.
    pub left_out: Vec<String>,
    /// Characters that no font has.
    pub missing: Vec<(NodeId, char)>,
    /// What was chosen, for the curious.
    pub chosen: String,
}

/// Why a recipe could not be laid out.
#[derive(Debug, Clone, PartialEq)]
pub enum LayoutError {
    /// It takes more cards than allowed.
    TooLong {
        /// How many it takes.
        needed: usize,
        /// How many it may take.
        allowed: usize,
        /// The steps that do not fit on those, from and to.
        steps: Option<(usize, usize)>,
    },
    /// Columns for several batches are wider than the card.
    Narrow {
        /// The width that they need between the margins, in points.
        needed: f32,
        /// The width that there is.
        there: f32,
        /// Sizes that would do.
        fits: Vec<&'static str>,
    },
    /// It does not fit on any number of cards.
    Hopeless,
}

/// The size of card that a theme gives a name.
pub fn oriented(size: &CardSize, orientation: Option<Orientation>, theme: &Theme) -> Size {
    if size.oriented && orientation.is_none() {
        return size.size;
    }
    match orientation.unwrap_or(theme.class(size.size).orientation) {
        Orientation::Portrait => size.size.portrait(),
        Orientation::Landscape => size.size.landscape(),
    }
}

/// The margin at a binder's holes, which stand 12 mm from the edge (print specification, 3).
const BINDER_MARGIN: f32 = mm(20.0);

/// Steps longer than a side are parted into pieces of so many characters, as few as will do.
const PIECES: [usize; 4] = [700, 400, 220, 120];

/// Lays out a recipe as cards.
///
/// # Errors
/// When it takes more cards than allowed.
pub fn card(
    content: &Content,
    theme: &Theme,
    options: &CardOptions,
    shaper: &mut Shaper<'_>,
    photo: Option<&Photo>,
) -> Result<Laid, LayoutError> {
    shaper.missing.clear();
    let mut one = |content: &Content| whole(content, theme, options, shaper, photo);
    one(content)
        // a step longer than a side is the one thing that must be parted
        .or_else(|| PIECES.into_iter().find_map(|characters| one(&stepping::parted(content, characters))))
        .unwrap_or(Err(LayoutError::Hopeless))
}

/// Lays out a recipe whose steps stay whole; `None` when one of them is longer than a side.
fn whole(
    content: &Content,
    theme: &Theme,
    options: &CardOptions,
    shaper: &mut Shaper<'_>,
    photo: Option<&Photo>,
) -> Option<Result<Laid, LayoutError>> {
    let size = oriented(&options.size, options.orientation, theme);
    let book = shaper.book();
    let mut setter = Setter::new(shaper, theme, content);
    let grey = options.ink == Ink::Black || theme.parts.photo == PhotoStyle::None;
    let class = context::measures(theme.class(size), options.film);
    let binding = if options.punch == Punch::Binder { (BINDER_MARGIN - class.margin).max(0.0) } else { 0.0 };
    let material = Material::new(content, &mut setter, (class.foot, size.w - binding - 2.0 * class.margin));
    let c = Context {
        m: &material,
        theme,
        class: &class,
        book,
        size: Size { w: size.w - binding, ..size },
        bleed: options.bleed,
        binding,
        ring: options.punch == Punch::Ring,
        grey,
        film: options.film,
        stamp: options.stamp,
        lists: list::Known::default(),
    };
    if let Some(narrow) = narrow(&c, options) {
        return Some(Err(narrow));
    }
    let wish = photo.map_or(PhotoWish::None, |_| options.photo);
    let plan = ladder::choose(&c, wish)?;
    let needed = plan.sides.len().div_ceil(2);
    if let Some(allowed) = options.max_cards.filter(|m| needed > *m) {
        let first = plan.sides.get(2 * allowed).map(plan::Side::steps).filter(|r| !r.is_empty());
        let steps = first.map(|r| (c.m.steps[r.start].number, c.m.steps.last().map_or(0, |s| s.number)));
        return Some(Err(LayoutError::TooLong { needed, allowed, steps }));
    }
    let left_out = plan.left_out.iter().map(words).collect();
    let sides = plan.sides.len();
    let chosen = format!("{sides} side{}, text of {:.1} pt", if sides == 1 { "" } else { "s" }, plan.method.set.size);
    let chosen = match content.worked_out.as_slice() {
        [] => chosen,
        all => format!("{chosen}; worked out for the oven: {}", all.join(", ")),
    };
    let signs = draw::signs(&c, &plan, &mut |text, role| setter.plain(text, role));
    let card = draw::draw(&c, content, &plan, photo, &signs);
    let missing = shaper.missing.iter().copied().collect();
    Some(Ok(Laid { card, left_out, missing, chosen }))
}

/// Whether columns for several batches are wider than the card at the smallest size of text.
fn narrow(c: &Context<'_>, options: &CardOptions) -> Option<LayoutError> {
    let rung = &c.theme.ladder[3];
    let needed = batches::least_width(c, c.list(rung, rung.from));
    if needed <= c.inner() {
        return None;
    }
    let fits = |size: Size| {
        let class = context::measures(c.theme.class(size), options.film);
        let binding = if options.punch == Punch::Binder { (BINDER_MARGIN - class.margin).max(0.0) } else { 0.0 };
        needed <= size.w - binding - 2.0 * class.margin
    };
    let named = geom::NAMED.iter().filter(|(name, _, _)| {
        CardSize::parse(name).is_ok_and(|size| fits(oriented(&size, options.orientation, c.theme)))
    });
    Some(LayoutError::Narrow { needed, there: c.inner(), fits: named.map(|(name, _, _)| *name).collect() })
}

fn words(left_out: &LeftOut) -> String {
    match left_out {
        LeftOut::Subtitle => "the subtitle".into(),
        LeftOut::Equipment => "the equipment".into(),
        LeftOut::StepTips => "the tips of single steps".into(),
        LeftOut::Pairings => "the pairings".into(),
        LeftOut::Section(name) => format!("the section \u{201c}{name}\u{201d}"),
        LeftOut::Tip(name) => format!("the tip \u{201c}{name}\u{201d}"),
        LeftOut::Photo => "the photo".into(),
        LeftOut::LargePhoto => "a large photo".into(),
    }
}
