//! Text: shaping, bidirectional order, breaking into lines.
//!
//! A [`Para`] is shaped once, in ems, before its size is known; [`Para::lines`] breaks it for a width, as often as layout likes.

mod breaking;
mod build;
mod chars;
mod cuts;
mod para;
mod place;
mod price;
mod segments;
mod shape;

pub use breaking::{Fill, Lines};
pub use chars::{is_cjk, is_ignorable};
pub use para::{Inline, Para, ParaStyle, Style};
pub use place::Line;
pub use shape::{Figures, Shaper};
