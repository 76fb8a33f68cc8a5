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
        let Some(byte) = bytes.get(at) else { break };
        let i = at;
        let stop = if byte.is_ascii() {
            at += 1;
            STOPS.has(*byte)
        } else {
            let c = text[at..].chars().next().unwrap_or_default();
            at += c.len_utf8();
            if c.is_alphanumeric() || is_mark(c) {
                start = start.or(Some(i));
                ascii = false;
                continue;
            }
            matches!(c, '–' | '—' | '。' | '、' | '，' | '·')
        };
        if let Some(from) = start.take() {
            out.push(Token { range: from..i, breaks, ascii });
            (breaks, ascii) = (false, true);
        }
        breaks |= stop && !within_amount(text, i, at);
    }
    if let Some(from) = start {
        out.push(Token { range: from..text.len(), breaks, ascii });
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
    if push_ascii(text, out) {
        return;
    }
    for c in text.chars() {
        push_plain(out, c);
    }
}

/// Adds a text in lower case, if it is all of ASCII.
fn push_ascii(text: &str, out: &mut String) -> bool {
    let ascii = text.is_ascii();
    if ascii {
        let from = out.len();
        out.push_str(text);
        out[from..].make_ascii_lowercase();
    }
    ascii
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
        if push_ascii(word, out) {
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
        let Some(last) = out.bytes().last().filter(|last| self.last_bytes.has(*last)) else { return };
        for (ending, instead) in &self.endings {
            // most endings are told from the word's by their last byte
            if ending.bytes().last() == Some(last)
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
        let words = tokens(entry);
        let mut key = String::with_capacity(entry.len());
        let mut stem = String::new();
        let mut first = true;
        for word in words.iter().map(|t| &entry[t.range.clone()]) {
            stem.clear();
            self.fold_into(word, &mut stem);
            if words.len() > 1 && self.step.linkers.contains(&stem) {
                continue;
            }
            self.cut(&mut stem);
            key.push_str(if first { "" } else { " " });
            key.push_str(&stem);
            first = false;
        }
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
