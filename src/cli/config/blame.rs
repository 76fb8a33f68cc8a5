//! Which line of a configuration file a mistake comes from that shows only later: a theme that there is not, flags that don't go
//! together.

use super::file::Entry;
use super::force::place;
use crate::diag::{Diagnostic, Place};
use crate::source::{FileId, Source, Sources};
use std::collections::{BTreeMap, BTreeSet};

/// The defaults in force.
#[derive(Debug, Default)]
pub(in crate::cli) struct Defaults {
    pub(super) sources: Sources,
    pub(super) entries: Vec<Entry>,
    /// The flags of the command line itself.
    pub(super) given: BTreeSet<String>,
}

impl Defaults {
    /// Whether a flag is given by a configuration file, and not by the command line.
    pub(in crate::cli) fn gives(&self, key: &str) -> bool {
        self.entries.iter().any(|e| e.key == key && !e.words.is_empty())
    }

    /// Whether a flag is given by the command line itself.
    pub(in crate::cli) fn is_typed(&self, key: &str) -> bool {
        self.given.contains(key)
    }

    /// Gives mistakes without a place that name a default's value its place.
    pub(in crate::cli) fn blame(&self, diagnostics: &mut [Diagnostic], sources: &mut Sources) {
        let mut added: BTreeMap<FileId, FileId> = BTreeMap::new();
        for d in diagnostics.iter_mut().filter(|d| d.at.is_none()) {
            let Some(entry) = self.entries.iter().find(|e| values(e).any(|v| d.message.contains(&format!("`{v}`"))))
            else {
                continue;
            };
            let file = *added.entry(entry.file).or_insert_with(|| {
                let source = self.sources.get(entry.file);
                sources.add(Source::new(source.name.clone(), source.text.clone()))
            });
            d.at = Some(crate::diag::Location { file, place: Place::Bytes(entry.at) });
        }
    }

    /// Where defaults stand that a mistake names, as a line to put behind it; and the exit code: 1 when the command line has no
    /// part in it, else 2.
    pub(in crate::cli) fn note(&self, mistake: &str) -> (String, u8) {
        let names = |key: &str| mistake.contains(key) || mistake.contains(&key.replace('-', " "));
        let named: Vec<String> = self
            .entries
            .iter()
            .filter(|e| names(&e.key))
            .map(|e| format!("`{} = {}` in {}", e.key, e.text, place(e, &self.sources)))
            .collect();
        if named.is_empty() {
            return (String::new(), 2);
        }
        let typed = self.given.iter().any(|key| names(key));
        (format!("  = note: {}\n", named.join(", ")), if typed { 2 } else { 1 })
    }
}

/// The values of a default, as the command line sees them.
fn values(entry: &Entry) -> impl Iterator<Item = String> {
    entry.words.iter().filter_map(|w| Some(w.to_string_lossy().split_once('=')?.1.to_owned())).filter(|v| !v.is_empty())
}
