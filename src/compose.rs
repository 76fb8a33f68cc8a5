//! What cards and the pages of a book are both drawn with: paragraphs in the roles of a theme, and a canvas for them.

pub(crate) mod canvas;
mod icon;
pub(crate) mod setter;
