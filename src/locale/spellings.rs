//! How units are written.

use super::quick::Lengths;
use std::collections::BTreeMap;

/// Spellings with what they name.
#[derive(Debug, Clone, Default)]
pub(super) struct Spellings {
    exact: BTreeMap<String, String>,
    /// The same in lower case; of two that differ in their case only, the first.
    lower: BTreeMap<String, String>,
    lengths: Lengths,
}

impl Spellings {
    pub(super) fn new(all: Vec<(String, String)>) -> Self {
        let mut out = Spellings::default();
        for (word, key) in all {
            out.lower.entry(word.to_lowercase()).or_insert_with(|| key.clone());
            out.exact.entry(word).or_insert(key);
        }
        out.lengths = Lengths::of(out.lower.keys());
        out
    }

    /// What a word names, as it is written or but for its case.
    pub(super) fn find(&self, word: &str) -> Option<&str> {
        // most words that are asked for name nothing
        if !self.lengths.may_have(word) {
            return None;
        }
        let exact = self.exact.get(word);
        exact.or_else(|| self.lower.get(&word.to_lowercase())).map(String::as_str)
    }

    /// All of them in order.
    pub(super) fn all(&self) -> impl Iterator<Item = &str> {
        self.exact.keys().map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::{FILES, Lang, locale};

    #[test]
    fn every_spelling_is_found() {
        for (tag, _) in FILES {
            let locale = locale(&Lang::parse(tag).unwrap());
            for word in locale.unit_spellings() {
                assert!(locale.unit(word).is_some(), "{tag}: {word}");
                assert!(locale.unit(&word.to_uppercase()).is_some() || !word.is_ascii(), "{tag}: {word}");
            }
            assert!(locale.time_spellings().all(|word| locale.time_unit(word).is_some()), "{tag}");
        }
        let spellings = Spellings::new(vec![("Tl".to_owned(), "tsp".to_owned()), ("1 l".to_owned(), "l".to_owned())]);
        assert_eq!((spellings.find("TL"), spellings.find("1 L"), spellings.find("t")), (Some("tsp"), Some("l"), None));
    }
}
