//! Paragraphs, shaped in ems: what they are.

use super::breaking::{Fill, Lines};
use super::shape::Figures;
use crate::fonts::FaceId;
use crate::frame::{Glyph, Rgb};
use crate::locale::{Lang, Locale};
use crate::rich::Target;
use crate::source::NodeId;
use std::cell::RefCell;
use std::ops::Range;
use std::rc::Rc;

/// How a piece of text looks.
#[derive(Debug, Clone, PartialEq)]
pub struct Style {
    /// Its face.
    pub face: FaceId,
    /// Its size, relative to the paragraph's.
    pub scale: f32,
    /// Space added after every glyph, in ems.
    pub tracking: f32,
    /// Its colour.
    pub color: Rgb,
    /// How its figures are set.
    pub figures: Figures,
    /// Whether a box is drawn round it.
    pub boxed: bool,
    /// Whether no line may end inside it.
    pub keep: bool,
}

impl Style {
    /// Plain text in a face and a colour.
    pub fn new(face: FaceId, color: Rgb) -> Self {
        Style { face, scale: 1.0, tracking: 0.0, color, figures: Figures::Default, boxed: false, keep: false }
    }
}

/// A piece of text with its style.
#[derive(Debug, Clone)]
pub struct Inline {
    /// The text. A paragraph has it as part of its own, and keeps none here.
    pub text: String,
    /// Its style.
    pub style: Style,
    /// Its language, where it is not the paragraph's.
    pub lang: Option<Lang>,
    /// Where it leads.
    pub link: Option<Target>,
    /// The value it comes from.
    pub at: NodeId,
}

/// What holds for a whole paragraph.
#[derive(Debug, Clone, Copy)]
pub struct ParaStyle<'a> {
    /// Its language.
    pub lang: &'a Lang,
    /// The language's words that should not end a line.
    pub locale: &'static Locale,
    /// Whether it runs from right to left.
    pub rtl: bool,
}

/// Room inside the frame of a boxed piece, at each side, in ems.
pub(super) const BOX_PAD: f32 = 0.21;
/// Room outside it.
pub(super) const BOX_GAP: f32 = 0.06;

/// A stretch of glyphs in one style and one direction.
#[derive(Debug)]
pub(super) struct Run {
    pub(super) inline: u16,
    pub(super) face: FaceId,
    pub(super) level: u8,
    pub(super) glyphs: Range<u32>,
    /// Room before and after, in ems of the run.
    pub(super) lead: f32,
    pub(super) trail: f32,
    /// Width in ems of the paragraph.
    pub(super) width: f32,
}

/// What may happen after a piece.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Break {
    /// A line may end here.
    Soft,
    /// A line may end here only when the word is longer than a line; with a hyphen or without.
    Inner { price: f32, hyphen: bool },
    /// A line must end here.
    Hard,
}

/// What can't be broken.
#[derive(Debug)]
pub(super) struct Piece {
    /// Its bytes of the text.
    pub(super) text: Range<u32>,
    pub(super) runs: Range<u32>,
    /// The run of the space after it.
    pub(super) space_run: Option<u32>,
    /// Width without the space.
    pub(super) width: f32,
    /// Width of the space.
    pub(super) space: f32,
    pub(super) after: Break,
    /// Width of the whole word that it is part of.
    pub(super) word: f32,
    /// How many characters it has.
    pub(super) chars: u16,
}

/// Lines, and what was asked for: the widths of the first and of all others, in ems, and the fill.
pub(super) type Broken = ((f32, f32, Fill), Rc<Lines>);

/// A shaped paragraph.
#[derive(Debug, Default)]
pub struct Para {
    /// What is set: the text with missing characters replaced.
    pub text: String,
    pub(super) inlines: Vec<Inline>,
    pub(super) runs: Vec<Run>,
    pub(super) pieces: Vec<Piece>,
    pub(super) glyphs: Vec<Glyph>,
    /// The hyphen to end a broken word with: face and glyph.
    pub(super) hyphen: Option<(FaceId, Glyph)>,
    /// Whether it runs from right to left.
    pub rtl: bool,
    /// Where each piece ends if all stand on one line, in ems.
    pub(super) ends: Vec<f32>,
    /// Whether a line may end after every piece, and need not end after any.
    pub(super) is_plain: bool,
    /// The words that should not end a line.
    pub(super) locale: Option<&'static Locale>,
    /// The lines that it was broken into, for the widths and the fill that were asked for.
    pub(super) broken: RefCell<Vec<Broken>>,
}

impl Para {
    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// The width of its widest word, in ems.
    pub fn widest(&self) -> f32 {
        self.pieces.iter().map(|p| p.word).fold(0.0, f32::max)
    }

    /// Its width on one line, in ems.
    pub fn natural_width(&self) -> f32 {
        self.ends.last().copied().unwrap_or_default()
    }
}
