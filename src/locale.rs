//! What differs by language: labels, units, quotation marks, words that should not end a line.
//!
//! The data is `templates/locales/*.toml`. A language without a file takes English labels; its own hyphenation and its
//! direction still hold.

mod data;
mod lang;
mod quick;
mod spellings;

pub use data::{Direction, Label, Locale, UnitName};
pub use lang::Lang;

use std::sync::OnceLock;

macro_rules! locales {
    ($($tag:literal),* $(,)?) => {
        const FILES: &[(&str, &str)] = &[$(($tag, include_str!(concat!("../templates/locales/", $tag, ".toml")))),*];
    };
}

locales![
    "en", "ar", "cs", "da", "de", "el", "es", "fi", "fr", "he", "hu", "it", "ja", "ko", "nb", "nl", "pl", "pt", "ru",
    "sv", "th", "tr", "uk", "vi", "zh",
];

/// The locale of a language: its own file, else that of its primary subtag, else English.
///
/// Each file is parsed once, when it is first asked for.
pub fn locale(lang: &Lang) -> &'static Locale {
    static PARSED: [OnceLock<Locale>; FILES.len()] = [const { OnceLock::new() }; FILES.len()];
    let index = |tag: &str| FILES.iter().position(|(t, _)| *t == tag);
    let i = index(lang.as_str()).or_else(|| index(lang.primary())).unwrap_or(0);
    PARSED[i].get_or_init(|| {
        let (tag, text) = FILES[i];
        // the files are part of the program; a test reads every one of them
        data::parse(tag, text, FILES[0].1).unwrap_or_else(|e| panic!("templates/locales/{tag}.toml: {e}"))
    })
}

/// Everything that is written in a locale's file: all words it can put on a page.
pub fn words(locale: &Locale) -> &'static str {
    FILES.iter().find(|(t, _)| *t == locale.tag).map_or("", |(_, text)| text)
}

/// Whether there is a file for the language.
pub fn is_known(lang: &Lang) -> bool {
    FILES.iter().any(|(t, _)| *t == lang.primary() || *t == lang.as_str())
}

/// English, where nothing else is known.
pub fn english() -> &'static Locale {
    locale(&Lang::default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_parses_and_has_every_label() {
        for (tag, text) in FILES {
            let l = data::parse(tag, text, FILES[0].1).unwrap_or_else(|e| panic!("{tag}: {e}"));
            for label in Label::ALL {
                assert!(!l.label(*label).is_empty(), "{tag}: {label:?}");
            }
            // typography passes over spaces, full stops and figures: no gap stands beside them
            let gaps: Vec<char> = l.gaps.iter().flat_map(|g| [g.before, g.after]).flatten().collect();
            assert!(!gaps.iter().any(|c| matches!(c, ' ' | '.' | '0'..='9')), "{tag}: {gaps:?}");
            // amounts that begin with a figure are not looked through for these words
            assert!(l.about.iter().all(|w| !w.starts_with(|c: char| c.is_ascii_digit())), "{tag}");
        }
    }

    /// A locale that leaves labels to English is not finished.
    #[test]
    fn no_file_leans_on_english_labels() {
        for (tag, text) in FILES {
            let missing = data::missing_labels(text);
            assert!(missing.is_empty(), "{tag} lacks {missing:?}");
        }
    }
}
