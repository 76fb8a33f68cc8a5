//! The words of the test page: data, and how they are set.

use crate::fonts::FaceQuery;
use crate::frame::Rgb;
use crate::locale::{Lang, locale};
use crate::source::NodeId;
use crate::text::{Inline, Para, ParaStyle, Shaper, Style};
use serde::Deserialize;
use std::sync::LazyLock;

/// What the file of words holds.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    pub(super) title: String,
    pub(super) steps: Vec<String>,
    pub(super) readings: String,
    pub(super) top: String,
    pub(super) right: String,
    pub(super) bottom: String,
    pub(super) left: String,
    pub(super) formulas: Vec<String>,
    pub(super) example: String,
    pub(super) back: Back,
}

/// Those of the back.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct Back {
    pub(super) title: String,
    pub(super) text: String,
    pub(super) moved: String,
}

const FILE: &str = include_str!("../../templates/calibration.toml");

/// The words; a test reads the file, so that it has no mistakes here.
pub(super) static WORDS: LazyLock<Words> = LazyLock::new(|| toml::from_str(FILE).unwrap_or_default());

/// A text with its blanks filled in.
pub(super) fn filled(text: &str, blanks: &[(&str, &str)]) -> String {
    blanks.iter().fold(text.to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
}

/// Makes paragraphs of the face of slugs.
pub(super) struct Setter<'a, 'b> {
    shaper: &'a mut Shaper<'b>,
    lang: Lang,
}

impl<'a, 'b> Setter<'a, 'b> {
    pub(super) fn new(shaper: &'a mut Shaper<'b>) -> Self {
        Setter { shaper, lang: Lang::parse("en").unwrap_or_default() }
    }

    /// All in one weight.
    pub(super) fn plain(&mut self, text: &str, weight: u16) -> Para {
        self.para(&[(text, weight)])
    }

    /// With pieces that two asterisks on either side make strong.
    pub(super) fn marked(&mut self, text: &str) -> Para {
        let pieces: Vec<(&str, u16)> =
            text.split("**").enumerate().map(|(i, piece)| (piece, if i % 2 == 1 { 700 } else { 400 })).collect();
        self.para(&pieces)
    }

    fn para(&mut self, pieces: &[(&str, u16)]) -> Para {
        let inline = |(text, weight): &(&str, u16)| {
            let query = FaceQuery { family: "Source Sans 3", weight: *weight, italic: false };
            let face = self.shaper.book().find(&query).unwrap_or_default();
            let style = Style::new(face, Rgb::BLACK);
            Inline { text: (*text).to_owned(), style, lang: None, link: None, at: NodeId(0) }
        };
        let inlines: Vec<Inline> = pieces.iter().filter(|(text, _)| !text.is_empty()).map(inline).collect();
        let style = ParaStyle { lang: &self.lang, locale: locale(&self.lang), rtl: false };
        self.shaper.para(inlines, &style)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_of_words_is_sound() {
        let words: Words = toml::from_str(FILE).expect("words");
        for text in words.steps.iter().chain(&words.formulas) {
            assert_eq!(text.matches("**").count() % 2, 0, "{text}");
        }
        let blanks = [("edge", "long"), ("other", "short"), ("x", "1"), ("y", "2")];
        let all = words.steps.iter().chain(&words.formulas).chain([&words.back.text, &words.back.moved]);
        assert!(all.map(|t| filled(t, &blanks)).all(|t| !t.contains('{')));
    }
}
