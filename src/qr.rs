//! Codes to scan: small enough for a card, large enough for a phone.

use crate::recipe::Recipe;
use crate::source::NodeId;
use qrcode::{Color, EcLevel, QrCode, Version};
use std::fmt;

/// The largest version that is printed: 33 modules a side (rule 14 of the print rules).
const LARGEST: i16 = 4;

/// The modules of light that a code needs on every side.
pub const QUIET: usize = 4;

/// A code: a square of modules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    /// Modules a side, without the quiet zone.
    pub side: usize,
    /// Whether each module is dark, row by row.
    dark: Vec<bool>,
}

impl Code {
    /// A code of a text, at error correction level M; `None` when it is too long for a code that fits on a card.
    pub fn new(text: &str) -> Option<Code> {
        let code = (1..=LARGEST).find_map(|v| QrCode::with_version(text, Version::Normal(v), EcLevel::M).ok())?;
        let dark = code.to_colors().into_iter().map(|c| c == Color::Dark).collect();
        Some(Code { side: code.width(), dark })
    }

    /// Whether a module is dark.
    pub fn is_dark(&self, column: usize, row: usize) -> bool {
        column < self.side && row < self.side && self.dark[row * self.side + column]
    }

    /// The dark modules as rectangles in units of a module: x, y, width, height. They overlap, so that no light shines through
    /// between them on any screen.
    pub fn rectangles(&self) -> Vec<[usize; 4]> {
        let mut out = Vec::new();
        let mut runs = |along_rows: bool| {
            for line in 0..self.side {
                let is_dark = |i: usize| if along_rows { self.is_dark(i, line) } else { self.is_dark(line, i) };
                let mut i = 0;
                while i < self.side {
                    let length = (i..self.side).take_while(|k| is_dark(*k)).count();
                    if along_rows && length > 0 {
                        out.push([i, line, length, 1]);
                    } else if length > 1 {
                        out.push([line, i, 1, length]);
                    }
                    i += length + 1;
                }
            }
        };
        runs(true);
        runs(false);
        out
    }
}

/// What cards are to have a code of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wish {
    /// The address of the recipe's source.
    Source,
    /// A text, in which `{slug}` stands for the recipe's name in file names.
    Text(String),
}

/// Where a recipe's name goes in the text of a code.
const SLUG: &str = "{slug}";

impl Wish {
    /// Reads `source`, or takes the text as it is.
    ///
    /// # Errors
    /// A sentence that says what would do.
    pub fn parse(text: &str) -> Result<Wish, String> {
        let text = text.trim();
        if text.eq_ignore_ascii_case("source") {
            return Ok(Wish::Source);
        }
        if text.is_empty() {
            return Err(
                "a code needs a text: write `source`, or an address such as https://example.org/r/{slug}".into()
            );
        }
        match Code::new(&text.replace(SLUG, "")) {
            Some(_) => Ok(Wish::Text(text.to_owned())),
            None => Err(format!(
                "{} characters are too many for a code that a phone reads from a card; 62 fit, or 90 in capitals and figures",
                text.chars().count()
            )),
        }
    }
}

/// A code for a recipe.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// What it says.
    pub text: String,
    /// The code.
    pub code: Code,
    /// What it opens.
    pub opens: Opens,
}

/// What a code opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opens {
    /// The recipe's source.
    Source,
    /// Another address.
    Address,
    /// Nothing: it is a text to be read.
    Text,
}

impl Link {
    /// What it says, as one would type it: without the scheme.
    pub fn in_words(&self) -> &str {
        let bare = ["https://", "http://"].iter().find_map(|s| self.text.strip_prefix(s)).unwrap_or(&self.text);
        bare.strip_suffix('/').unwrap_or(bare)
    }
}

/// Why a recipe has no code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoLink {
    /// It names no address.
    NoAddress,
    /// What it names leads nowhere.
    NotAnAddress(NodeId, String),
    /// The source's address is too long.
    LongAddress(NodeId, usize),
    /// The text that was asked for is too long with this recipe's name in it.
    LongText(usize),
}

impl fmt::Display for NoLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NoLink::NoAddress => f.write_str("no code to scan: the recipe names no address of its source"),
            NoLink::NotAnAddress(_, text) => write!(f, "no code to scan: `{text}` is no address that a phone can open"),
            NoLink::LongAddress(_, n) => {
                write!(f, "no code to scan: {n} characters are too many for one that a phone reads from a card")
            }
            NoLink::LongText(n) => {
                write!(f, "with this recipe's name the text for the code has {n} characters, too many for a card")
            }
        }
    }
}

/// The code that a recipe gets.
///
/// # Errors
/// Why it gets none.
pub fn link(recipe: &Recipe, wish: &Wish) -> Result<Link, NoLink> {
    match wish {
        Wish::Source => {
            let url = recipe.source.as_ref().and_then(|s| s.url.as_ref()).ok_or(NoLink::NoAddress)?;
            let text = url.trimmed();
            if !is_address(text) {
                return Err(NoLink::NotAnAddress(url.at, text.to_owned()));
            }
            let code = Code::new(text).ok_or_else(|| NoLink::LongAddress(url.at, text.chars().count()))?;
            Ok(Link { text: text.to_owned(), code, opens: Opens::Source })
        }
        Wish::Text(text) => {
            let text = text.replace(SLUG, &recipe.slug);
            let code = Code::new(&text).ok_or_else(|| NoLink::LongText(text.chars().count()))?;
            let opens = if is_address(&text) { Opens::Address } else { Opens::Text };
            Ok(Link { text, code, opens })
        }
    }
}

/// Whether a phone opens it: a web address with a host.
fn is_address(text: &str) -> bool {
    let rest = ["https://", "http://"].iter().find_map(|s| text.strip_prefix(s));
    rest.is_some_and(|r| {
        let host = r.split(['/', '?', '#']).next().unwrap_or_default();
        host.contains('.') && !host.starts_with('.') && !text.contains(char::is_whitespace)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rectangles_cover_exactly_the_dark_modules() {
        let code = Code::new("https://example.org/r/sesame-noodles").unwrap();
        assert_eq!(code.side, 29);
        let mut covered = vec![false; code.side * code.side];
        for [x, y, w, h] in code.rectangles() {
            for (i, j) in (x..x + w).flat_map(|i| (y..y + h).map(move |j| (i, j))) {
                covered[j * code.side + i] = true;
            }
        }
        assert_eq!(covered, code.dark);
    }

    #[test]
    fn long_texts_are_refused_with_what_would_fit() {
        assert!(Code::new(&"a".repeat(62)).is_some() && Code::new(&"a".repeat(63)).is_none());
        assert!(Wish::parse(&"a".repeat(63)).unwrap_err().contains("62 fit"));
        assert!(Wish::parse(" ").is_err());
        assert_eq!(Wish::parse("Source"), Ok(Wish::Source));
    }

    #[test]
    fn addresses_are_told_from_texts() {
        assert!(is_address("https://example.org/r/1") && is_address("http://a.b"));
        assert!(!is_address("example.org") && !is_address("https://nowhere") && !is_address("https://a.b/c d"));
    }
}
