//! A book of pages: recipes as pages of frames, with front matter, openers, contents and references by page.
//!
//! Every recipe is measured first (`chapter`, `plan`), which tells how many pages it takes; then everything gets its place
//! (`order`), and with it the numbers that recipes refer to each other by; then all is drawn. A number that changes how a recipe
//! breaks sends everything back to measuring, until nothing changes any more.

mod bind;
mod block;
mod chapter;
mod columns;
mod composer;
mod enlarge;
mod finding;
mod flow;
mod front;
mod grid;
mod head;
mod leaf;
mod listing;
mod material;
mod measures;
mod order;
mod own;
mod plan;
mod refs;
mod sections;
mod setting;
mod unit;

pub use chapter::Pictures;
pub use measures::Format;

use crate::book::Meta;
use crate::content::Content;
use crate::cookbook::{Cookbook, Entry};
use crate::fonts::FontBook;
use crate::frame::Card;
use crate::geom::Size;
use crate::source::NodeId;
use crate::theme::Theme;

/// Everything that the pages are made from.
#[derive(Debug, Clone, Copy)]
pub struct Materials<'a> {
    /// The recipes and their parts.
    pub cookbook: &'a Cookbook,
    /// What the indexes need of them.
    pub entries: &'a Cookbook<Entry>,
    /// What the book is.
    pub meta: &'a Meta,
    /// The recipes' contents, set for pages, in the cookbook's order.
    pub contents: &'a [Content],
    /// Their pictures, likewise.
    pub pictures: &'a [Pictures],
    /// Faces and colours.
    pub theme: &'a Theme,
    /// The size of the pages.
    pub format: &'static Format,
    /// Fonts.
    pub fonts: &'a FontBook,
}

/// A book of pages.
#[derive(Debug)]
pub struct Composed {
    /// Its chapters.
    pub cards: Vec<Card>,
    /// What binds them.
    pub binding: crate::frame::Binding,
    /// Characters that no font has: the recipe they stand in, or none, and their value.
    pub missing: Vec<(Option<usize>, NodeId, char)>,
    /// For every recipe its first page, how many pages it takes, and what was chosen for it.
    pub recipes: Vec<Told>,
    /// How many pages there are.
    pub pages: usize,
}

/// What became of a recipe.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    /// Its first page, counted from 1.
    pub first: usize,
    /// How many pages it takes.
    pub pages: usize,
    /// The form of its pages, in words.
    pub chosen: &'static str,
    /// Steps that are longer than a page and had to be parted.
    pub parted: usize,
}

/// The rectangle, in points of the printed page, that a photo of a dish fills above its title.
pub fn photo_size(format: &Format) -> Size {
    format.printed(format.text(), format.photo as f32 * measures::measures().sizes.pitch - 3.0)
}

/// The same where it is too coarse for that; also for photos of steps.
pub fn small_photo_size(format: &Format) -> Size {
    format.printed(format.rail, format.rail * 0.66)
}

/// The rectangle that a photo of a step fills.
pub fn step_photo_size(format: &Format) -> Size {
    let w = format.main() - measures::measures().gaps.step;
    format.printed(w, w * 0.5)
}

/// Pixels per inch below which a photo of a dish is set no wider than the rail.
pub fn coarse_ppi() -> f32 {
    measures::measures().coarse
}

/// Composes the book. `done` is called whenever a recipe was drawn.
pub fn compose(m: Materials<'_>, done: &(dyn Fn() + Sync)) -> Composed {
    composer::Composer::new(m).compose(done)
}
