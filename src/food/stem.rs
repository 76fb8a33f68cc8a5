//! Words without case, marks and endings, so that forms of one word are the same.

use super::Words;
use crate::bytes::{ByteSet, WORD};
use icu_normalizer::properties::{CanonicalDecompositionBorrowed, Decomposed};
use std::ops::Range;

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// The bytes it takes.
    pub range: Range<usize>,
    /// Whether a comma, a full stop or the like stands between it and the word before.
    pub breaks: bool,
    /// Whether it has no other letters and figures than those of ASCII.
    pub ascii: bool,
}

/// What ends a clause, or begins one, of the signs of ASCII.
static STOPS: ByteSet = ByteSet::of(b",.;:!?()\n");

/// The words of a text in order. An apostrophe or a hyphen ends a word, so that `d'ail` is two and `stir-fry` is two.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::with_capacity(text.len() / 5 + 1);
    tokens_into(text, &mut out);
    out
}

/// [`tokens`] in a list that is used again.
pub(crate) fn tokens_into(text: &str, out: &mut Vec<Token>) {
    out.clear();
    let bytes = text.as_bytes();
    let mut start = None;
    let (mut breaks, mut ascii) = (true, true);
    let mut at = 0;
    loop {
        // most words go on so to their ends
        let letters = bytes[at..].iter().take_while(|b| WORD.has(**b)).count();
        if letters > 0 {
            start = start.or(Some(at));
            at += letters;
        }
        let Some(c) = next_char(text, at) else { break };
        let i = at;
        at += c.len_utf8();
        if !c.is_ascii() && (c.is_alphanumeric() || is_mark(c)) {
            start = start.or(Some(i));
            ascii = false;
            continue;
        }
        if let Some(from) = start.take() {
            out.push(Token { range: from..i, breaks, ascii });
            (breaks, ascii) = (false, true);
        }
        let stop =
            if c.is_ascii() { STOPS.has(bytes[i]) } else { matches!(c, '–' | '—' | '。' | '、' | '，' | '·') };
        breaks |= stop && !within_amount(text, i, at);
    }
    if let Some(from) = start {
        out.push(Token { range: from..text.len(), breaks, ascii });
    }
}

/// The character at a byte.
fn next_char(text: &str, at: usize) -> Option<char> {
    match text.as_bytes().get(at) {
        Some(byte) if byte.is_ascii() => Some(char::from(*byte)),
        _ => text[at..].chars().next(),
    }
}

/// Whether a sign stands between figures: "1.5" and "2–3" are one amount.
fn within_amount(text: &str, from: usize, to: usize) -> bool {
    text[..from].ends_with(char::is_numeric) && text[to..].starts_with(char::is_numeric)
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// A character without its marks, pushed in lower case. Scripts in which a mark makes another letter keep theirs.
fn push_plain(out: &mut String, c: char) {
    match c {
        'œ' | 'Œ' => out.push_str("oe"),
        'æ' | 'Æ' => out.push_str("ae"),
        'ß' => out.push_str("ss"),
        'ø' | 'Ø' => out.push('o'),
        'đ' | 'Đ' => out.push('d'),
        'ł' | 'Ł' => out.push('l'),
        'ı' | 'İ' => out.push('i'),
        'ς' => out.push('σ'),
        '’' => out.push('\''),
        _ if is_mark(c) => {}
        '\u{c0}'..='\u{24f}' | '\u{370}'..='\u{52f}' | '\u{1e00}'..='\u{1fff}' => {
            for l in base(c).to_lowercase() {
                out.push(if l == 'ς' { 'σ' } else { l });
            }
        }
        _ => out.extend(c.to_lowercase()),
    }
}

/// A letter without its marks.
pub(crate) fn base(c: char) -> char {
    let mut base = c;
    while let Decomposed::Singleton(b) | Decomposed::Expansion(b, _) =
        CanonicalDecompositionBorrowed::new().decompose(base)
    {
        base = b;
    }
    base
}

/// In lower case and without marks, by the habits of no language.
pub fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    fold_into(text, &mut out);
    out
}

/// [`folded`] at the end of a text.
fn fold_into(text: &str, out: &mut String) {
    for c in text.chars() {
        if c.is_ascii() {
            out.push(c.to_ascii_lowercase());
        } else {
            push_plain(out, c);
        }
    }
}

impl Words {
    /// In lower case; without marks, but for languages in which marks tell foods apart.
    pub fn fold(&self, word: &str) -> String {
        let mut out = String::with_capacity(word.len());
        self.fold_into(word, &mut out);
        out
    }

    /// The same at the end of a text.
    pub(crate) fn fold_into(&self, word: &str, out: &mut String) {
        if word.is_ascii() {
            let from = out.len();
            out.push_str(word);
            out[from..].make_ascii_lowercase();
            return;
        }
        for c in word.chars() {
            match c {
                'A'..='Z' => out.push(c.to_ascii_lowercase()),
                _ if c.is_ascii() => out.push(c),
                '’' => out.push('\''),
                _ if self.keep_marks => out.extend(c.to_lowercase()),
                _ => push_plain(out, c),
            }
        }
    }

    /// What all forms of a word share.
    pub fn stem(&self, word: &str) -> String {
        let mut out = String::with_capacity(word.len());
        self.stem_into(word, &mut out);
        out
    }

    /// [`Words::stem`] in a buffer that is used again.
    pub fn stem_into(&self, word: &str, out: &mut String) {
        out.clear();
        self.fold_into(word, out);
        self.cut(out);
    }

    /// Cuts the ending of a folded word.
    pub(crate) fn cut(&self, out: &mut String) {
        if let Some(base) = self.base.get(out.as_str()) {
            out.clear();
            out.push_str(base);
        }
        let last = out.bytes().last();
        for (ending, instead) in &self.endings {
            // most endings are told from the word's by their last byte
            if ending.bytes().last() == last
                && let Some(stem) = out.strip_suffix(ending.as_str())
                && stem.chars().count() + instead.chars().count() >= self.min_stem
            {
                let length = stem.len();
                out.truncate(length);
                out.push_str(instead);
                break;
            }
        }
    }

    /// The stems of all words of a text.
    pub fn stems(&self, text: &str) -> Vec<String> {
        tokens(text).into_iter().map(|t| self.stem(&text[t.range])).collect()
    }

    /// What two spellings of one entry share.
    pub fn key(&self, entry: &str) -> String {
        let mut words: Vec<&str> = tokens(entry).into_iter().map(|t| &entry[t.range]).collect();
        if words.len() > 1 {
            words.retain(|w| !self.step.linkers.contains(&self.fold(w)));
        }
        let key = words.into_iter().map(|w| self.stem(w)).collect::<Vec<_>>().join(" ");
        // nothing but signs: the entry itself
        if key.is_empty() { entry.trim().to_lowercase() } else { key }
    }
}

#[cfg(test)]
mod tests {
    use crate::food::words;
    use crate::locale::Lang;

    fn same(lang: &str, a: &str, b: &str) -> bool {
        let w = words(&Lang::parse(lang).unwrap());
        w.stem(a) == w.stem(b)
    }

    #[test]
    fn forms_of_words() {
        for (lang, a, b) in [
            ("en", "Eggs", "egg"),
            ("en", "tomatoes", "tomato"),
            ("en", "chillies", "chilli"),
            ("en", "leaves", "leaf"),
            ("en", "radishes", "radish"),
            ("en", "berries", "berry"),
            ("fr", "œufs", "oeuf"),
            ("fr", "champignons", "champignon"),
            ("fr", "poireaux", "poireau"),
            ("de", "Zwiebeln", "Zwiebel"),
            ("de", "Eier", "Ei"),
            ("de", "Tomaten", "Tomate"),
            ("es", "limones", "limón"),
            ("it", "pomodori", "pomodoro"),
            ("el", "σκόρδου", "σκόρδο"),
            ("el", "σπανάκια", "σπανάκι"),
            ("ru", "муки", "муку"),
            ("ru", "яйца", "яйцо"),
            ("ru", "сахара", "сахаром"),
            ("pt", "limões", "limão"),
        ] {
            assert!(same(lang, a, b), "{lang}: {a} {b}");
        }
        for (lang, a, b) in [
            ("en", "rice", "ripe"),
            ("en", "lemon", "lemonade"),
            ("fr", "beurre", "beurrez"),
            ("vi", "trứng", "trung"),
            ("ru", "соль", "салат"),
        ] {
            assert!(!same(lang, a, b), "{lang}: {a} {b}");
        }
    }
}
