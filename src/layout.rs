//! Composition of cards: from content to frames.
//!
//! Every paragraph is shaped once (`material`); then plans are tried down the ladder of the print rules (`ladder`, `plan`)
//! until one fits; that one is drawn (`draw`).

mod canvas;
mod context;
mod draw;
mod extras;
mod facts;
mod head;
mod icon;
mod ladder;
mod list;
mod material;
mod method;
mod plan;
mod running;
mod serve;
mod setter;
mod stepping;

use crate::content::Content;
use crate::frame::Card;
use crate::geom::{CardSize, Orientation, Size};
use crate::image::Photo;
use crate::source::NodeId;
use crate::text::Shaper;
use crate::theme::Theme;
use context::{Context, LaterText};
use material::Material;
use plan::LeftOut;
use setter::Setter;
use std::cell::RefCell;

/// What is asked of a card.
#[derive(Debug, Clone)]
pub struct CardOptions {
    /// Its size.
    pub size: CardSize,
    /// How it lies; the theme decides when nobody does.
    pub orientation: Option<Orientation>,
    /// The most cards that a recipe may take.
    pub max_cards: Option<usize>,
}

/// A card with what is to be told about it.
#[derive(Debug)]
pub struct Laid {
    /// The card.
    pub card: Card,
    /// What was left off, in words.
    pub left_out: Vec<String>,
    /// The size of the method, in points.
    pub size: f32,
    /// Characters that no font has.
    pub missing: Vec<(NodeId, char)>,
    /// What was chosen, for the curious.
    pub chosen: String,
}

/// Why a recipe could not be laid out.
#[derive(Debug, Clone, PartialEq, Eq)]
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
    let size = oriented(&options.size, options.orientation, theme);
    let class = theme.class(size);
    shaper.missing.clear();
    let book = shaper.book();
    let mut setter = Setter::new(shaper, theme, content);
    let material = Material::new(content, &mut setter);
    let later = LaterText { content, setter: RefCell::new(setter) };
    let context = Context { m: &material, theme, class, book, size, later: &later };
    if let Some(plan) = ladder::choose(&context, photo.is_some()) {
        return finish(&context, content, options, plan, &later, photo);
    }
    // a step longer than a side is the one thing that must be parted
    in_parts(content, theme, options, shaper, photo, size)
}

fn in_parts(
    content: &Content,
    theme: &Theme,
    options: &CardOptions,
    shaper: &mut Shaper<'_>,
    photo: Option<&Photo>,
    size: Size,
) -> Result<Laid, LayoutError> {
    let class = theme.class(size);
    let book = shaper.book();
    for characters in [700, 400, 220, 120] {
        let parted = stepping::parted(content, characters);
        let mut setter = Setter::new(shaper, theme, content);
        let material = Material::new(&parted, &mut setter);
        let later = LaterText { content: &parted, setter: RefCell::new(setter) };
        let context = Context { m: &material, theme, class, book, size, later: &later };
        if let Some(plan) = ladder::choose(&context, photo.is_some()) {
            return finish(&context, content, options, plan, &later, photo);
        }
    }
    Err(LayoutError::Hopeless)
}

fn finish(
    c: &Context<'_>,
    content: &Content,
    options: &CardOptions,
    plan: plan::Plan,
    later: &LaterText<'_, '_, '_>,
    photo: Option<&Photo>,
) -> Result<Laid, LayoutError> {
    let needed = plan.sides.len().div_ceil(2);
    if let Some(allowed) = options.max_cards.filter(|m| needed > *m) {
        let first = plan.sides.get(2 * allowed).map(plan::Side::steps).filter(|r| !r.is_empty());
        let steps = first.map(|r| (c.m.steps[r.start].number, c.m.steps.last().map_or(0, |s| s.number)));
        return Err(LayoutError::TooLong { needed, allowed, steps });
    }
    let left_out = plan.left_out.iter().map(words).collect();
    let sides = plan.sides.len();
    let chosen = format!("{sides} side{}, text of {:.1} pt", if sides == 1 { "" } else { "s" }, plan.method.set.size);
    let size = plan.method.set.size;
    let signs = draw::signs(c, &plan, &mut |text, role| later.setter.borrow_mut().plain(text, role));
    let card = draw::draw(c, content, &plan, photo, &signs);
    let missing = later.setter.borrow().shaper.missing.iter().copied().collect();
    Ok(Laid { card, left_out, size, missing, chosen })
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
    }
}
