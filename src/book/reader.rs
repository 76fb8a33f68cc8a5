//! What a book is made for.

/// The readers that a book is made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Reader {
    /// Any: one file that serves all.
    #[default]
    Generic,
    /// Kobo's readers. They take the EPUB as it is; their own format needs its text cut into numbered pieces, which we don't do, so the
    /// file is not named as if it were one.
    Kobo,
    /// Kindles, by way of Amazon's service.
    Kindle,
    /// Apple Books.
    Apple,
}

/// Bytes that Send to Kindle takes by mail, and on the web (Amazon's help pages).
const KINDLE_MAIL: u64 = 50_000_000;
const KINDLE_WEB: u64 = 200_000_000;

/// What a file is too large for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TooLarge {
    /// It can still be sent another way.
    ForMail,
    /// It can't be sent.
    ForAll,
}

impl Reader {
    /// Whether data for recipe managers stays in the file. Amazon's service takes every script out.
    pub fn keeps_data(self) -> bool {
        self != Reader::Kindle
    }

    /// Whether a book may name more languages than its own. Of several, calibre's way to a Kindle takes the last one for the book's,
    /// with its dictionary.
    pub fn takes_languages(self) -> bool {
        self != Reader::Kindle
    }

    /// Whether a file of so many bytes is too large for its way to the reader.
    pub fn too_large(self, bytes: u64) -> Option<TooLarge> {
        match self {
            Reader::Kindle if bytes > KINDLE_WEB => Some(TooLarge::ForAll),
            Reader::Kindle if bytes > KINDLE_MAIL => Some(TooLarge::ForMail),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amazons_caps() {
        assert_eq!(Reader::Kindle.too_large(50_000_000), None);
        assert_eq!(Reader::Kindle.too_large(50_000_001), Some(TooLarge::ForMail));
        assert_eq!(Reader::Kindle.too_large(200_000_001), Some(TooLarge::ForAll));
        assert_eq!(Reader::Generic.too_large(u64::MAX), None);
    }
}
