//! Factors: by how much a recipe is scaled.

use super::number::Number;
use crate::locale::{Locale, english};

/// By how much amounts are multiplied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Factor(Number);

impl Factor {
    /// Reads `2`, `1/2`, `1 1/2`, `0.75`, `½`, and any of them with a sign of multiplication before or after.
    ///
    /// # Errors
    /// What is wrong and what would do, in words.
    pub fn parse(text: &str) -> Result<Factor, String> {
        let bare = text.trim().trim_matches(['x', 'X', '×']).trim();
        let wanted = "write a number from 1/100 to 100, such as 2, 1/2 or 1.5";
        if bare.starts_with(['-', '−']) {
            return Err(format!("a recipe can't be scaled by less than nothing; {wanted}"));
        }
        let number = Number::prefix(bare, english()).filter(|(_, used)| *used == bare.len()).map(|(n, _)| n);
        let Some(number) = number else { return Err(format!("this is no number; {wanted}")) };
        if number.value() == 0.0 {
            return Err(format!("0 would leave nothing of the recipe; {wanted}"));
        }
        Factor::new(number).ok_or_else(|| format!("no kitchen has pots for this; {wanted}"))
    }

    /// The factor, if it is one that makes sense: from 1/100 to 100.
    pub fn new(number: Number) -> Option<Factor> {
        (0.01..=100.0).contains(&number.value()).then_some(Factor(number))
    }

    /// As a number.
    pub fn number(self) -> Number {
        self.0
    }

    /// Whether it changes nothing.
    pub fn is_one(self) -> bool {
        self.0 == Number::whole(1)
    }

    /// One factor after the other.
    pub fn then(self, other: Factor) -> Option<Factor> {
        self.0.times(other.0).and_then(Factor::new)
    }

    /// As printed, without a sign: `½`, `1½`, `2`.
    pub fn show(self, locale: &Locale) -> String {
        self.0.as_kitchen_fraction().show(locale)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn factors_and_what_is_none() {
        for (text, shown) in [
            ("2", "2"),
            ("1/2", "½"),
            ("0.5", "½"),
            ("1.5x", "1½"),
            ("×3", "3"),
            ("½", "½"),
            ("1 1/2", "1½"),
            ("0.7", "0.7"),
        ] {
            assert_eq!(Factor::parse(text).unwrap().show(english()), shown, "{text}");
        }
        for text in ["0", "-2", "", "two", "1/0", "101", "0.001", "1e3", "2-3", "NaN"] {
            let message = Factor::parse(text).unwrap_err();
            assert!(message.contains("such as 2, 1/2 or 1.5"), "{text}: {message}");
        }
    }
}
