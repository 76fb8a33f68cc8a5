//! The words of the test page.

use serde::Deserialize;
use std::sync::LazyLock;

/// What the file of words holds.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    pub(super) title: String,
    pub(super) steps: Vec<String>,
    pub(super) readings: String,
    pub(super) top: String,
    pub(super) right: String,
    pub(super) bottom: String,
    pub(super) left: String,
    pub(super) formulas: Vec<String>,
    pub(super) example: String,
    pub(super) back: Back,
}

/// Those of the back.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct Back {
    pub(super) title: String,
    pub(super) text: String,
    pub(super) moved: String,
}

const FILE: &str = include_str!("../../templates/calibration.toml");

/// The words; a test reads the file, so that it has no mistakes here.
pub(super) static WORDS: LazyLock<Words> = LazyLock::new(|| toml::from_str(FILE).unwrap_or_default());

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compose::instructions::filled;

    #[test]
    fn the_file_of_words_is_sound() {
        let words: Words = toml::from_str(FILE).expect("words");
        for text in words.steps.iter().chain(&words.formulas) {
            assert_eq!(text.matches("**").count() % 2, 0, "{text}");
        }
        let blanks = [("edge", "long"), ("other", "short"), ("x", "1"), ("y", "2")];
        let all = words.steps.iter().chain(&words.formulas).chain([&words.back.text, &words.back.moved]);
        assert!(all.map(|t| filled(t, &blanks)).all(|t| !t.contains('{')));
    }
}
