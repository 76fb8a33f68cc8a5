//! Fonts inside a book: the theme's faces, cut down to the characters that the book has.

use crate::book::FontFile;
use crate::fonts::{FaceId, FaceQuery, FontBook};
use crate::theme::{TextRole, Theme};
use std::collections::BTreeSet;

/// Characters that a text is made of: a bit each, for books are long.
pub(super) struct Characters(Vec<u64>);

impl Characters {
    pub(super) fn new() -> Self {
        Characters(vec![0; 0x11_0000 / 64])
    }

    pub(super) fn add(&mut self, text: &str) {
        for c in text.chars().map(u32::from) {
            self.0[c as usize / 64] |= 1 << (c % 64);
        }
    }

    pub(super) fn join(&mut self, other: &Characters) {
        self.0.iter_mut().zip(&other.0).for_each(|(a, b)| *a |= b);
    }

    fn set(&self) -> BTreeSet<char> {
        let bits = self.0.iter().enumerate().filter(|(_, word)| **word != 0);
        let found =
            bits.flat_map(|(n, word)| (0..64).filter(move |b| word >> b & 1 == 1).map(move |b| n as u32 * 64 + b));
        // readers hyphenate, and number lists, with what no page has
        found.filter_map(char::from_u32).filter(|c| !c.is_control()).chain(' '..='~').chain(['\u{2010}', '•']).collect()
    }
}

/// The faces of a theme's text and titles, and what they are called in the book.
pub(super) fn files(theme: &Theme, fonts: &FontBook) -> Vec<(FontFile, FaceId)> {
    let role = |role| theme.role(role).face;
    let (text, strong, title) = (role(TextRole::Text), role(TextRole::Strong), role(TextRole::Title));
    let family = &fonts.face(text).family;
    let file = |name: &str, family, style, id: FaceId| {
        let face = fonts.face(id);
        (FontFile::new(name, family, style, face.is_truetype(), &face.notice()), id)
    };
    let mut out: Vec<(FontFile, FaceId)> = Vec::new();
    for (name, weight, bold, italic) in [
        ("text", fonts.face(text).weight, false, false),
        ("text-italic", fonts.face(text).weight, false, true),
        ("text-bold", fonts.face(strong).weight, true, false),
        ("text-bold-italic", fonts.face(strong).weight, true, true),
    ] {
        let found = fonts.find(&FaceQuery { family, weight, italic });
        // a family without italics is slanted by the reader
        let sound = |id: &FaceId| fonts.face(*id).italic == italic && !out.iter().any(|(_, other)| other == id);
        if let Some(face) = found.filter(sound) {
            out.push(file(name, "Book", (bold, italic), face));
        }
    }
    out.push(file("head", "Head", (true, fonts.face(title).italic), title));
    let label = role(TextRole::Kicker);
    if !out.iter().any(|(_, other)| *other == label) {
        out.push(file("label", "Label", (false, fonts.face(label).italic), label));
    }
    out
}

/// The font files.
pub(super) fn subsets(
    files: &[(FontFile, FaceId)],
    fonts: &FontBook,
    characters: &Characters,
) -> Vec<(String, Vec<u8>)> {
    let characters = characters.set();
    files
        .iter()
        .map(|(file, id)| {
            (file.file.clone(), fonts.face(*id).for_book(&characters, (file.family, file.weight, file.style)))
        })
        .collect()
}
