//! Pages of instructions, such as the test page for printers: words from a data file in the face of slugs, numbers in rings.

use super::canvas::{Canvas, How};
use crate::fonts::FaceQuery;
use crate::frame::{Rgb, TagId};
use crate::locale::{Lang, locale};
use crate::source::NodeId;
use crate::text::{Inline, Para, ParaStyle, Shaper, Style};

/// A text with its blanks filled in.
pub(crate) fn filled(text: &str, blanks: &[(&str, &str)]) -> String {
    blanks.iter().fold(text.to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
}

/// Makes paragraphs of the face of slugs.
pub(crate) struct Setter<'a, 'b> {
    shaper: &'a mut Shaper<'b>,
    lang: Lang,
}

impl<'a, 'b> Setter<'a, 'b> {
    pub(crate) fn new(shaper: &'a mut Shaper<'b>) -> Self {
        Setter { shaper, lang: Lang::parse("en").unwrap_or_default() }
    }

    /// All in one weight.
    pub(crate) fn plain(&mut self, text: &str, weight: u16) -> Para {
        self.para(&[(text, weight)], Rgb::BLACK, 0.0)
    }

    /// Capitals with room between them.
    pub(crate) fn label(&mut self, text: &str) -> Para {
        self.para(&[(text, 600)], Rgb::BLACK, 0.08)
    }

    /// With pieces that two asterisks on either side make strong.
    pub(crate) fn marked(&mut self, text: &str) -> Para {
        self.coloured(text, Rgb::BLACK)
    }

    /// The same in a colour.
    pub(crate) fn coloured(&mut self, text: &str, color: Rgb) -> Para {
        let pieces: Vec<(&str, u16)> =
            text.split("**").enumerate().map(|(i, piece)| (piece, if i % 2 == 1 { 700 } else { 400 })).collect();
        self.para(&pieces, color, 0.0)
    }

    fn para(&mut self, pieces: &[(&str, u16)], color: Rgb, tracking: f32) -> Para {
        let inline = |(text, weight): &(&str, u16)| {
            let query = FaceQuery { family: "Source Sans 3", weight: *weight, italic: false };
            let face = self.shaper.book().find(&query).unwrap_or_default();
            let style = Style { tracking, ..Style::new(face, color) };
            Inline { text: (*text).to_owned(), style, lang: None, link: None, at: NodeId(0) }
        };
        let inlines: Vec<Inline> = pieces.iter().filter(|(text, _)| !text.is_empty()).map(inline).collect();
        let style = ParaStyle { lang: &self.lang, locale: locale(&self.lang), rtl: false };
        self.shaper.para(inlines, &style)
    }
}

/// One line with its middle at `x`.
pub(crate) fn centred(canvas: &mut Canvas<'_>, para: &Para, size: f32, x: f32, y: f32, tag: Option<TagId>) {
    let width = para.natural_width() * size;
    canvas.line(para, size, x - width / 2.0, y, width, How::new(tag));
}

/// A letter or a number in a ring.
pub(crate) fn ringed(
    canvas: &mut Canvas<'_>,
    para: &Para,
    size: f32,
    (x, y): (f32, f32),
    radius: f32,
    tag: Option<TagId>,
) {
    canvas.circle(x, y, radius, None, Some((Rgb::BLACK, 0.7)));
    centred(canvas, para, size, x, y + 0.33 * size, tag);
}
