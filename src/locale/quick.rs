//! Quick answers about a language: what most words and signs are not.

use super::data::Gap;
use crate::bytes::ByteSet;

/// Signs that some rule of typography is about in every language. Figures are about the space behind them.
const SIGNS: &[u8] = b"\"'.-%0123456789";

/// What the words of a language tell beforehand.
#[derive(Debug, Clone)]
pub(super) struct Quick {
    /// Of the words that should not end a line.
    loose: Lengths,
    /// For every letter of ASCII the letters that stand behind it where a degree of heat begins, a bit each; [`OTHER`] for what is
    /// no letter.
    heat: [u32; 26],
    /// The bytes that a quantity may begin with.
    quantities: ByteSet,
    /// The bytes that a sign begins with which some rule of typography is about.
    signs: ByteSet,
    /// The same with the space.
    signs_and_space: ByteSet,
}

const OTHER: u32 = 1 << 31;

impl Quick {
    pub(super) fn new(loose_ends: &[String], heat: &[String], gaps: &[Gap]) -> Quick {
        let first = heat.iter().filter_map(|phrase| phrase.bytes().next()).filter(u8::is_ascii_lowercase);
        let starts: Vec<u8> = first.flat_map(|l| [l, l.to_ascii_uppercase()]).chain(b'0'..=b'9').collect();
        let gaps = gaps.iter().flat_map(|g| [g.before, g.after]).flatten();
        let signs = gaps.chain(['℃', '℉']).fold(ByteSet::of(SIGNS), ByteSet::and);
        Quick {
            loose: Lengths::of(loose_ends.iter()),
            heat: seconds(heat),
            quantities: ByteSet::of(&starts).and_beyond_ascii(),
            signs_and_space: signs.clone().and(' '),
            signs,
        }
    }

    pub(super) fn may_be_loose(&self, word: &str) -> bool {
        self.loose.may_have(word)
    }

    pub(super) fn may_be_quantity(&self, text: &[u8]) -> bool {
        let [letter @ (b'a'..=b'z' | b'A'..=b'Z'), rest @ ..] = text else { return true };
        let second = rest.first().copied().unwrap_or_default();
        // the small form of a letter beyond ASCII may be one of ASCII
        !second.is_ascii() || self.heat[usize::from(letter.to_ascii_lowercase() - b'a')] & bit(second) != 0
    }

    pub(super) fn quantities(&self) -> &ByteSet {
        &self.quantities
    }

    pub(super) fn signs(&self, with_space: bool) -> &ByteSet {
        if with_space { &self.signs_and_space } else { &self.signs }
    }
}

/// For every letter of ASCII the lengths of the words that begin with it, a bit each.
#[derive(Debug, Clone, Default)]
pub(super) struct Lengths([u32; 26]);

impl Lengths {
    /// Of words in lower case.
    pub(super) fn of<'w>(words: impl Iterator<Item = &'w String>) -> Lengths {
        let mut out = [0; 26];
        for word in words {
            if let Some(letter @ b'a'..=b'z') = word.bytes().next() {
                out[usize::from(letter - b'a')] |= 1 << word.len().min(31);
            }
        }
        Lengths(out)
    }

    /// Whether a word may be one of them, whatever its case.
    pub(super) fn may_have(&self, word: &str) -> bool {
        match word.bytes().next() {
            Some(letter) if letter.is_ascii_alphabetic() && word.is_ascii() => {
                self.0[usize::from(letter.to_ascii_lowercase() - b'a')] >> word.len().min(31) & 1 == 1
            }
            _ => true,
        }
    }
}

/// For every letter of ASCII what stands behind it in the words that begin with it.
fn seconds(words: &[String]) -> [u32; 26] {
    let mut out = [0; 26];
    for word in words {
        if let [letter @ b'a'..=b'z', rest @ ..] = word.as_bytes() {
            // behind a word of one letter stands anything
            out[usize::from(letter - b'a')] |= rest.first().map_or(u32::MAX, |second| bit(*second));
        }
    }
    out
}

fn bit(byte: u8) -> u32 {
    if byte.is_ascii_alphabetic() { 1 << (byte.to_ascii_lowercase() - b'a') } else { OTHER }
}
