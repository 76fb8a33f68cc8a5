//! What is to be told to the cook: errors and warnings as data. Drawing them is the command line's business.

use crate::source::{FileId, NodeId, Span};

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The file can't be used as it stands.
    Error,
    /// It can, but something looks wrong or was left out.
    Warning,
}

/// A place in a file, as precisely as the reporter knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// The file as a whole.
    File,
    /// These bytes.
    Bytes(Span),
    /// This key or value.
    Node(NodeId),
    /// This piece of text within a value.
    Within(NodeId, String),
}

/// A place in one of the files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Location {
    /// Which file.
    pub file: FileId,
    /// Where in it.
    pub place: Place,
}

/// One thing to tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Error or warning.
    pub severity: Severity,
    /// A short name of the kind of mistake, stable over versions.
    pub code: &'static str,
    /// What is wrong, in a sentence without a full stop.
    pub message: String,
    /// Where, when there is a place for it.
    pub at: Option<Location>,
    /// A few words beside the marked text.
    pub label: Option<String>,
    /// Another place that belongs to it (the first of two duplicates), with its words.
    pub other: Option<(Location, String)>,
    /// What to do about it.
    pub hint: Option<String>,
}

impl Diagnostic {
    /// An error of kind `code`.
    pub fn error(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, message.into())
    }

    /// A warning of kind `code`.
    pub fn warning(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, message.into())
    }

    fn new(severity: Severity, code: &'static str, message: String) -> Self {
        Diagnostic { severity, code, message, at: None, label: None, other: None, hint: None }
    }

    /// The same, placed at a key or value of a file.
    pub fn at(self, file: FileId, node: NodeId) -> Self {
        self.place(file, Place::Node(node))
    }

    /// The same, placed anywhere in a file.
    pub fn place(mut self, file: FileId, place: Place) -> Self {
        self.at = Some(Location { file, place });
        self
    }

    /// The same, with words beside the marked text.
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// The same, with a second place.
    pub fn other(mut self, file: FileId, node: NodeId, words: impl Into<String>) -> Self {
        self.other = Some((Location { file, place: Place::Node(node) }, words.into()));
        self
    }

    /// The same, with advice.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The same with advice, when there is any.
    pub fn maybe_hint(mut self, hint: Option<String>) -> Self {
        self.hint = hint.or(self.hint);
        self
    }

    /// Whether it is an error.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// A value with what is to be told about how it came to be.
#[derive(Debug, Clone)]
pub struct Reported<T> {
    /// The value.
    pub value: T,
    /// What was noticed on the way.
    pub diagnostics: Vec<Diagnostic>,
}

/// Whether a list holds an error.
pub fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(Diagnostic::is_error)
}

/// The known word that `word` was most likely meant to be.
pub fn did_you_mean<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let fold = |word: &str| word.to_lowercase().replace([' ', '-'], "_");
    let folded = fold(word);
    let (length, own) = (folded.chars().count(), letters(&folded));
    let most = |k: &str| (if k.is_ascii() { k.len() } else { k.chars().count() } / 3).max(1);
    let begins = |k: &str| k.starts_with(&folded) && folded.len() > 2;
    // one edit takes one letter away and brings one in: words that differ in more of them, or in length, need not be compared.
    // Folding may lengthen letters that are not of ASCII.
    let near = |k: &str| {
        if !k.is_ascii() {
            return true;
        }
        let most = most(k);
        let differ = |theirs: u32| (own & !theirs).count_ones().max((theirs & !own).count_ones()) as usize;
        k.len().abs_diff(length) <= most && differ(letters(k)) <= most
    };
    known
        .into_iter()
        .filter(|k| near(k) || begins(k))
        .map(|k| (strsim::damerau_levenshtein(&folded, &fold(k)), k))
        .filter(|(d, k)| *d <= most(k) || begins(k))
        .min_by_key(|(d, _)| *d)
        .map(|(_, k)| k)
}

/// Which letters of ASCII a word has, a bit each.
fn letters(word: &str) -> u32 {
    let letters = word.bytes().filter(u8::is_ascii_alphabetic);
    letters.fold(0, |all, b| all | 1 << (b.to_ascii_lowercase() - b'a'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suggestions_are_near_misses_only() {
        let known = ["ingredients", "steps", "title", "times", "tips"];
        assert_eq!(did_you_mean("ingrediants", known), Some("ingredients"));
        assert_eq!(did_you_mean("Titel", known), Some("title"));
        assert_eq!(did_you_mean("step", known), Some("steps"));
        assert_eq!(did_you_mean("wine", known), None);
    }

    #[test]
    fn no_near_miss_is_passed_over() {
        let known = ["ingredients", "tbsp", "ml", "cup", "Stück", "c. à soupe", "fl oz"];
        for k in known {
            let letters: Vec<char> = k.chars().collect();
            let without = |i: usize| letters[..i].iter().chain(&letters[i + 1..]).collect::<String>();
            let with = |i: usize, c: char| letters[..i].iter().chain([&c]).chain(&letters[i..]).collect::<String>();
            for i in 0..letters.len() {
                for word in [without(i), with(i, 'x'), with(i, 'é')] {
                    let d = strsim::damerau_levenshtein(
                        &word.to_lowercase().replace(' ', "_"),
                        &k.to_lowercase().replace(' ', "_"),
                    );
                    assert_eq!((d, did_you_mean(&word, [k])), (1, Some(k)), "{word}");
                }
            }
        }
    }
}
