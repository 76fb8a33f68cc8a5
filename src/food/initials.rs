//! How words begin: a quick answer to whether a word may have one of some stems.

use super::Words;

/// The first two letters of words, a bit for each pair of ASCII letters and figures.
#[derive(Debug, Clone, Default)]
pub(crate) struct Initials([u64; 16]);

impl Initials {
    /// The first two letters of a word without regard to case; `None` where they are not both of ASCII.
    fn place(word: &str) -> Option<(usize, u32)> {
        let [a, b, ..] = *word.as_bytes() else { return None };
        // pairs that share a place only make the answer less sharp
        (a.is_ascii() && b.is_ascii()).then(|| (usize::from(a & 31) / 2, u32::from(a & 1) * 32 + u32::from(b & 31)))
    }

    /// Notes how a word begins.
    pub(crate) fn add(&mut self, word: &str) {
        if let Some((at, bit)) = Initials::place(word) {
            self.0[at] |= 1 << bit;
        }
    }

    fn has(&self, word: &str) -> bool {
        Initials::place(word).is_none_or(|(at, bit)| self.0[at] >> bit & 1 == 1)
    }
}

impl Words {
    /// Whether a word of a text may have one of the stems of which the beginnings are noted. Only a few words take another beginning
    /// when they are brought to their stem, and none that begins with letters of ASCII is brought to a stem that does not.
    pub(crate) fn may_have(&self, stems: &Initials, word: &str) -> bool {
        word.len() < self.changed.shorter_than || stems.has(word) || self.changed.bases.has(word)
    }
}

/// Words whose stems begin otherwise than they do.
#[derive(Debug, Default)]
pub(super) struct Changed {
    /// Those shorter than so many bytes may be.
    shorter_than: usize,
    /// So may those that begin like words with a base of their own.
    bases: Initials,
}

impl Changed {
    /// By a language's endings, with what stands in their place and the letters that stay; and by its words with a base of their own.
    pub(super) fn new<'w>(
        endings: &[(String, String)],
        min_stem: usize,
        bases: impl Iterator<Item = (&'w String, &'w String)>,
    ) -> Changed {
        let touches = |(ending, instead): &&(String, String)| {
            let left = min_stem.saturating_sub(instead.chars().count());
            let lost = 2usize.saturating_sub(left);
            !ending.chars().take(lost).eq(instead.chars().take(lost)) || ending.chars().count() < lost
        };
        let shorter_than = endings.iter().filter(touches).map(|(ending, _)| ending.len() + 2).max().unwrap_or(2);
        let mut changed = Changed { shorter_than, bases: Initials::default() };
        bases
            .filter(|(word, base)| Initials::place(word) != Initials::place(base))
            .for_each(|(w, _)| changed.bases.add(w));
        changed
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::food::every;

    #[test]
    fn no_word_is_passed_over() {
        for words in every() {
            let endings = words.endings.iter().flat_map(|(ending, _)| {
                ["", "a", "e", "st", "man", "Apr", "é", "я"].map(|start| format!("{start}{ending}"))
            });
            let known = words.base.keys().chain(words.heads.iter()).chain(words.names.keys()).cloned();
            for word in endings.chain(known).filter(|w| !w.is_empty()) {
                let mut initials = Initials::default();
                initials.add(&words.stem(&word));
                assert!(words.may_have(&initials, &word), "{word}: {}", words.stem(&word));
            }
        }
    }

    #[test]
    fn most_words_are_told_apart() {
        let words = crate::food::words(&crate::locale::Lang::default());
        let mut initials = Initials::default();
        ["flour", "butter", "egg"].iter().for_each(|w| initials.add(w));
        assert!(["Flour", "BUTTER", "eggs", "œufs", "a"].iter().all(|w| words.may_have(&initials, w)));
        assert!(!["the", "Stir", "and", "oven", "12"].iter().any(|w| words.may_have(&initials, w)));
    }
}
