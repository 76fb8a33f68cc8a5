//! Fonts inside a book: their files, and the style sheet that names them.

use super::{Book, TemplateError};
use minijinja::context;
use serde::Serialize;

/// The file of the style sheet for fonts of the book's own.
pub const FONTS: &str = "fonts.css";

/// A font inside a book.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FontFile {
    /// Its file.
    pub file: String,
    /// Its media type.
    pub media_type: &'static str,
    /// The family that the style sheet names.
    pub family: &'static str,
    /// `normal` or `bold`.
    pub weight: &'static str,
    /// `normal` or `italic`.
    pub style: &'static str,
    /// Where it comes from, under which licence, as the font says it.
    pub notice: String,
}

impl FontFile {
    /// A font file of that name, without folder and ending.
    pub fn new(
        name: &str,
        family: &'static str,
        (bold, italic): (bool, bool),
        truetype: bool,
        notice: &str,
    ) -> FontFile {
        // the style sheet has it in a comment
        let notice = notice.split_whitespace().collect::<Vec<_>>().join(" ").replace("*/", "* /");
        FontFile {
            file: format!("fonts/{name}.{}", if truetype { "ttf" } else { "otf" }),
            media_type: if truetype { "font/ttf" } else { "font/otf" },
            family,
            weight: if bold { "bold" } else { "normal" },
            style: if italic { "italic" } else { "normal" },
            notice,
        }
    }
}

impl Book<'_> {
    /// The second style sheet, which names the fonts, if there are any. `serif` says what takes their place elsewhere.
    ///
    /// # Errors
    /// The template uses what is not there.
    pub fn fonts_style(&self, serif: bool) -> Result<Option<String>, TemplateError> {
        if self.fonts.is_empty() {
            return Ok(None);
        }
        let generic = if serif { "serif" } else { "sans-serif" };
        let mut notices: Vec<&str> = self.fonts.iter().map(|f| f.notice.as_str()).filter(|n| !n.is_empty()).collect();
        notices.dedup();
        let label = self.fonts.iter().any(|f| f.family == "Label");
        let view = context! { faces => self.fonts, notices => notices, generic => generic, label => label };
        self.templates.render(FONTS, &view).map(Some)
    }

    /// The second style sheet's file, for pages to link to.
    pub(super) fn fonts_link(&self) -> Option<&'static str> {
        (!self.fonts.is_empty()).then_some(FONTS)
    }
}
