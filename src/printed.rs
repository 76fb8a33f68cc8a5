//! The record of what was printed: which version of which card, so that the next run prints what has changed.
//!
//! A text that people may read and edit: a table a recipe, a line a kind of card.

use crate::diag::{Diagnostic, Place};
use crate::fingerprint::Fingerprint;
use crate::source::{FileId, Source, Span};
use crate::world::Date;
use std::collections::BTreeMap;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A card that was printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// How often it was printed with something new on it.
    pub number: u32,
    /// What was on it.
    pub fingerprint: Fingerprint,
    /// The day of that, `2026-11-22`.
    pub day: String,
}

/// All cards that were printed: by recipe, and by the kind of card (theme, size and what else shapes it).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Printed(BTreeMap<String, BTreeMap<String, Version>>);

/// What the file begins with.
const HEAD: &str = "# The cards that were printed last. `cardamom export --changed-since` compares with them and keeps this file.\n# Take out a line to have its card printed again.\n";

/// What to do about a line that can't be used.
const ADVICE: &str = "take the line out to have its card printed again";

impl Printed {
    /// Reads a record; everything that can't be used is reported.
    pub fn read(file: FileId, source: &Source, diagnostics: &mut Vec<Diagnostic>) -> Printed {
        let (table, errors) = DeTable::parse_recoverable(&source.text);
        for e in &errors {
            let place = e.span().map_or(Place::File, |s| Place::Bytes(Span::new(s.start, s.end)));
            diagnostics.push(Diagnostic::error("bad-record", e.message().trim()).place(file, place).hint(ADVICE));
        }
        let mut out = Printed::default();
        if !errors.is_empty() {
            return out;
        }
        let mut wrong = |message: String, at: std::ops::Range<usize>| {
            let place = Place::Bytes(Span::new(at.start, at.end));
            diagnostics.push(Diagnostic::error("bad-record", message).place(file, place).hint(ADVICE));
        };
        for (slug, kinds) in table.get_ref() {
            let Some(kinds) = kinds.get_ref().as_table() else {
                wrong(format!("`{}` is no table of cards", slug.get_ref()), kinds.span());
                continue;
            };
            for (kind, value) in kinds {
                match version(value) {
                    Ok(version) => drop(
                        out.0
                            .entry(slug.get_ref().to_string())
                            .or_default()
                            .insert(kind.get_ref().to_string(), version),
                    ),
                    Err(message) => wrong(message, value.span()),
                }
            }
        }
        out
    }

    /// The record as text.
    pub fn write(&self) -> String {
        let mut out = HEAD.to_owned();
        for (slug, kinds) in &self.0 {
            out += &format!("\n[{}]\n", toml_edit::Key::new(slug));
            for (kind, v) in kinds {
                let kind = toml_edit::Value::from(kind.as_str());
                out += &format!(
                    "{} = {{ version = {}, date = {}, hash = \"{}\" }}\n",
                    kind.to_string().trim(),
                    v.number,
                    v.day,
                    v.fingerprint
                );
            }
        }
        out
    }

    /// The version of a card as it is now: the recorded one when it still looks the same, else the one after it.
    pub fn version(&self, slug: &str, kind: &str, fingerprint: Fingerprint, date: Date) -> Version {
        let last = self.0.get(slug).and_then(|kinds| kinds.get(kind));
        match last {
            Some(v) if v.fingerprint == fingerprint => v.clone(),
            _ => {
                let number = last.map_or(0, |v| v.number).saturating_add(1);
                Version { number, fingerprint, day: date.day() }
            }
        }
    }

    /// Whether a card was printed just so.
    pub fn has(&self, slug: &str, kind: &str, fingerprint: Fingerprint) -> bool {
        self.0.get(slug).and_then(|kinds| kinds.get(kind)).is_some_and(|v| v.fingerprint == fingerprint)
    }

    /// Takes note of a card.
    pub fn note(&mut self, slug: &str, kind: &str, version: Version) {
        self.0.entry(slug.to_owned()).or_default().insert(kind.to_owned(), version);
    }
}

fn version(value: &Spanned<DeValue<'_>>) -> Result<Version, String> {
    const FORM: &str = "a card is `{ version = 1, date = 2026-11-22, hash = \"…\" }`";
    let table = value.get_ref().as_table().ok_or(FORM)?;
    let (mut number, mut fingerprint, mut day) = (None, None, None);
    for (key, value) in table {
        let value = value.get_ref();
        match key.get_ref().as_ref() {
            "version" => number = value.as_integer().and_then(|n| n.to_string().parse::<u32>().ok()).filter(|n| *n > 0),
            "hash" => fingerprint = value.as_str().and_then(Fingerprint::parse),
            "date" => day = value.as_datetime().map(ToString::to_string),
            other => return Err(format!("unknown key `{other}`: {FORM}")),
        }
    }
    let lacks = |what| format!("this card has no {what} that can be used: {FORM}");
    Ok(Version {
        number: number.ok_or_else(|| lacks("`version`"))?,
        fingerprint: fingerprint.ok_or_else(|| lacks("`hash` of 16 digits"))?,
        day: day.ok_or_else(|| lacks("`date`"))?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: Date = Date { seconds: 1_767_225_600 };

    fn read(text: &str) -> (Printed, Vec<String>) {
        let mut diagnostics = Vec::new();
        let printed = Printed::read(FileId(0), &Source::new("p.toml", text), &mut diagnostics);
        (printed, diagnostics.into_iter().map(|d| d.message).collect())
    }

    #[test]
    fn what_is_written_is_read() {
        let mut printed = Printed::default();
        let first = printed.version("soup", "classic 5x8", Fingerprint(7), DAY);
        assert_eq!((first.number, first.day.as_str()), (1, "2026-01-01"));
        printed.note("soup", "classic 5x8", first.clone());
        printed.note("soup", "c:\\my \"theme\".toml a6", Version { number: 4, ..first.clone() });
        let (again, wrong) = read(&printed.write());
        assert_eq!((&again, wrong), (&printed, Vec::new()));
        assert_eq!(again.version("soup", "classic 5x8", Fingerprint(7), Date { seconds: 0 }), first);
        assert_eq!(again.version("soup", "classic 5x8", Fingerprint(8), DAY).number, 2);
        assert!(again.has("soup", "classic 5x8", Fingerprint(7)) && !again.has("soup", "mono 5x8", Fingerprint(7)));
    }

    #[test]
    fn edits_are_told() {
        let good = "'classic 5x8' = { version = 1, date = 2026-01-01, hash = '0000000000000007' }\n";
        assert_eq!(read(&format!("[soup]\n{good}")).1, [""; 0]);
        assert_eq!(read("").1, [""; 0]);
        assert!(read("[soup").1[0].contains("table"), "{:?}", read("[soup").1);
        for (from, to) in [("hash", "hush"), ("0007'", "7'"), ("version = 1", "version = 0"), ("2026-01-01", "'x'")] {
            assert_eq!(read(&format!("[soup]\n{}", good.replace(from, to))).1.len(), 1, "{to}");
        }
        assert_eq!(read("soup = 1\n[tea]\nx = 2\n").1.len(), 2);
    }
}
