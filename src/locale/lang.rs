//! Language tags.

use super::data::Direction;
use std::fmt;
use std::sync::Arc;

/// A BCP 47 language tag in its usual spelling (`en`, `pt-BR`, `zh-Hant`).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Lang(Arc<str>);

impl Lang {
    /// Reads a tag; `_` is taken for `-`.
    ///
    /// # Errors
    /// When the text is not a well-formed tag; the error is the text.
    pub fn parse(text: &str) -> Result<Self, String> {
        let spelled = text.trim().replace('_', "-");
        icu_locale_core::LanguageIdentifier::try_from_str(&spelled)
            .ok()
            .filter(|id| !id.language.is_unknown())
            .map(|id| Lang(id.to_string().into()))
            .ok_or_else(|| text.to_owned())
    }

    /// The tag.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The language without script and region.
    pub fn primary(&self) -> &str {
        self.0.split('-').next().unwrap_or("en")
    }

    /// Which way its script runs.
    pub fn direction(&self) -> Direction {
        match self.primary() {
            "ar" | "he" | "iw" | "fa" | "ur" | "yi" | "ps" | "sd" | "ug" | "dv" | "ckb" | "syr" => Direction::Rtl,
            _ => Direction::Ltr,
        }
    }

    /// Whether it is written with Chinese characters or kana.
    pub fn is_cjk(&self) -> bool {
        matches!(self.primary(), "ja" | "zh" | "yue")
    }

    /// Whether its script has no capitals (and so no capital labels, no tracking, no italic).
    pub fn is_unicase(&self) -> bool {
        self.is_cjk()
            || self.direction() == Direction::Rtl
            || matches!(
                self.primary(),
                "ko" | "th"
                    | "lo"
                    | "km"
                    | "my"
                    | "hi"
                    | "mr"
                    | "ne"
                    | "bn"
                    | "ta"
                    | "te"
                    | "kn"
                    | "ml"
                    | "gu"
                    | "pa"
                    | "si"
                    | "ka"
                    | "am"
            )
    }
}

impl Default for Lang {
    fn default() -> Self {
        Lang("en".into())
    }
}

impl fmt::Debug for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_normalised() {
        assert_eq!(Lang::parse("EN_gb").unwrap().as_str(), "en-GB");
        assert_eq!(Lang::parse("zh-hant").unwrap().as_str(), "zh-Hant");
        assert!(Lang::parse("englisch!").is_err());
        assert!(Lang::parse("").is_err());
        assert_eq!(Lang::parse("he").unwrap().direction(), Direction::Rtl);
    }
}
