//! How words begin: a quick answer to whether a word may have one of some stems.

use super::Words;

/// Letters that are looked at.
const FIRST: usize = 3;

/// The first letters of words: for each pair of the first two a bit for every third one.
#[derive(Debug, Clone)]
pub(crate) struct Initials(Box<[u32; 1024]>);

impl Default for Initials {
    fn default() -> Self {
        Initials(Box::new([0; 1024]))
    }
}

impl Initials {
    /// The first letters of a word without regard to case; `None` where they are not all of ASCII.
    fn place(word: &str) -> Option<(usize, u32)> {
        // a word that is shorter has nothing in their place
        let (a, b, c) = match *word.as_bytes() {
            [a, b, c, ..] => (a, b, c),
            [a, b] => (a, b, 0),
            [a] => (a, 0, 0),
            [] => return None,
        };
        // letters that share a place only make the answer less sharp
        (a | b | c).is_ascii().then(|| (usize::from(a & 31) * 32 + usize::from(b & 31), u32::from(c & 31)))
    }

    /// Notes how a word begins.
    pub(crate) fn add(&mut self, word: &str) {
        if let Some((at, bit)) = Initials::place(word) {
            self.0[at] |= 1 << bit;
        }
    }

    /// Whether a word that begins so was noted; of one that does not begin with ASCII that is not known.
    pub(crate) fn has(&self, word: &str) -> bool {
        Initials::place(word).is_none_or(|(at, bit)| self.0[at] >> bit & 1 == 1)
    }
}

impl Words {
    /// The beginnings of words that have a base of their own, to which those of stems are added.
    pub(crate) fn initials(&self) -> Initials {
        self.changed.bases.clone()
    }

    /// Whether a word of a text may have one of the stems whose beginnings are noted; `ascii` where all its letters are of ASCII. Only
    /// a few words take another beginning when they are brought to their stem.
    pub(crate) fn may_have(&self, stems: &Initials, word: &str, ascii: bool) -> bool {
        !ascii || stems.has(word) || self.changed.tails.has(word)
    }
}

/// Words of ASCII whose stems begin otherwise than they do.
#[derive(Debug, Default)]
pub(super) struct Changed {
    /// They have an ending with less than [`FIRST`] letters before it.
    tails: Tails,
    /// Or they begin like words with a base of their own that begins otherwise.
    bases: Initials,
}

impl Changed {
    /// By a language's endings and its words with a base of their own.
    pub(super) fn new(words: &Words) -> Changed {
        let mut changed = Changed::default();
        for (ending, instead) in &words.endings {
            if ending.is_ascii() && !ending.chars().take(FIRST).eq(instead.chars().take(FIRST)) {
                changed.tails.add(ending);
            }
        }
        for word in words.base.keys() {
            let mut stem = word.clone();
            words.cut(&mut stem);
            if Initials::place(word) != Initials::place(&stem) {
                changed.bases.add(word);
            }
        }
        changed
    }
}

/// How short words end: for each pair of last letters a bit for every length.
#[derive(Debug)]
struct Tails(Box<[u32; 1024]>);

impl Default for Tails {
    fn default() -> Self {
        Tails(Box::new([0; 1024]))
    }
}

impl Tails {
    /// Words with an ending and less than [`FIRST`] letters before it.
    fn add(&mut self, ending: &str) {
        let before = match ending.as_bytes() {
            [.., before, _] => *before..=*before,
            // any letter, or none
            _ => 0..=31,
        };
        for length in (ending.len()..ending.len() + FIRST).map(|l| l.min(31)) {
            for before in before.clone() {
                self.0[Tails::place(before, ending.bytes().last().unwrap_or_default())] |= 1 << length;
            }
        }
    }

    fn place(before: u8, last: u8) -> usize {
        usize::from(before & 31) * 32 + usize::from(last & 31)
    }

    fn has(&self, word: &str) -> bool {
        let place = match *word.as_bytes() {
            [.., before, last] => Tails::place(before, last),
            [last] => Tails::place(0, last),
            [] => return false,
        };
        self.0[place] >> word.len().min(31) & 1 == 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::food::every;
    use proptest::prelude::*;

    fn passes(words: &Words, word: &str) -> bool {
        let mut initials = words.initials();
        initials.add(&words.stem(word));
        words.may_have(&initials, word, word.is_ascii())
    }

    #[test]
    fn no_word_is_passed_over() {
        for words in every() {
            let endings = words.endings.iter().flat_map(|(ending, _)| {
                ["", "a", "e", "st", "man", "Apr", "é", "я"].map(|start| format!("{start}{ending}"))
            });
            let known = words.base.keys().chain(words.heads.iter()).chain(words.names.keys()).cloned();
            for word in endings.chain(known).filter(|w| !w.is_empty()) {
                assert!(passes(words, &word), "{word}: {}", words.stem(&word));
            }
        }
    }

    proptest! {
        #[test]
        fn nor_is_any_word_with_any_ending(start in "[a-zA-Z0-9éßœ\u{301}я]{0,4}", upper: bool) {
            for words in every() {
                for (ending, _) in &words.endings {
                    let word = format!("{start}{}", if upper { ending.to_uppercase() } else { ending.clone() });
                    prop_assert!(word.is_empty() || passes(words, &word), "{word}: {}", words.stem(&word));
                }
            }
        }
    }

    #[test]
    fn most_words_are_told_apart() {
        let words = crate::food::words(&crate::locale::Lang::default());
        let mut initials = words.initials();
        ["flour", "butter", "egg"].iter().for_each(|w| initials.add(w));
        assert!(["Flour", "BUTTER", "eggs", "œufs"].iter().all(|w| words.may_have(&initials, w, w.is_ascii())));
        assert!(!["the", "a", "Stir", "and", "oven", "12", "to", "of"].iter().any(|w| words.may_have(
            &initials,
            w,
            w.is_ascii()
        )));
    }
}
