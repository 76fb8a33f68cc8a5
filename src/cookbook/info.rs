//! What `cookbook.yaml` says of the people and the edition.

use crate::diag::did_you_mean;
use crate::index;
use crate::recipe::Text;
use crate::recipe::raw::{RawContributor, RawSeries};
use crate::recipe::read::{Reader, TextOr};

/// The series that a book belongs to.
#[derive(Debug, Clone)]
pub struct Series {
    /// Its name.
    pub name: Text,
    /// The book's number in it.
    pub number: Option<Text>,
}

/// Someone who helped to make a book.
#[derive(Debug, Clone)]
pub struct Contributor {
    /// The name.
    pub name: Text,
    /// The part they had, as MARC names it: three letters.
    pub role: &'static str,
}

/// Parts that people have in a cookbook: our words, and the MARC code lists' for them (loc.gov/marc/relators).
const ROLES: &[(&str, &str)] = &[
    ("author", "aut"),
    ("contributor", "ctb"),
    ("editor", "edt"),
    ("photographer", "pht"),
    ("illustrator", "ill"),
    ("translator", "trl"),
    ("designer", "bkd"),
    ("cover designer", "cov"),
    ("foreword", "wfw"),
    ("introduction", "win"),
    ("proofreader", "pfr"),
    ("tester", "ctb"),
    ("publisher", "pbl"),
];

/// A text that says something.
fn filled(text: Option<Text>) -> Option<Text> {
    text.filter(|t| !t.trimmed().is_empty())
}

pub(super) fn series(raw: TextOr<RawSeries>, r: &mut Reader<'_>) -> Option<Series> {
    let raw = match raw {
        TextOr::Text(name) => return filled(Some(name)).map(|name| Series { name, number: None }),
        TextOr::Map(raw) => raw,
    };
    let Some(name) = filled(raw.name) else {
        r.error(raw.at, "missing-field", "`name` is missing", "add `name: Weeknight kitchen`");
        return None;
    };
    let number = filled(raw.number);
    if let Some(number) = &number
        && !is_place(number.trimmed())
    {
        let message = format!("`{}` is not a number of a series", number.trimmed());
        r.error(number.at, "bad-number", message, "write digits, such as 2 or 2.1");
    }
    Some(Series { name, number })
}

/// A place in a series: whole numbers, with points between them (EPUB 3.3, group-position).
fn is_place(text: &str) -> bool {
    text.split('.').all(|n| !n.is_empty() && n.chars().all(|c| c.is_ascii_digit()))
}

pub(super) fn contributors(raw: Vec<TextOr<RawContributor>>, r: &mut Reader<'_>) -> Vec<Contributor> {
    raw.into_iter().filter_map(|c| contributor(c, r)).collect()
}

fn contributor(raw: TextOr<RawContributor>, r: &mut Reader<'_>) -> Option<Contributor> {
    let raw = match raw {
        TextOr::Text(name) => return filled(Some(name)).map(|name| Contributor { name, role: "ctb" }),
        TextOr::Map(raw) => raw,
    };
    let Some(name) = filled(raw.name) else {
        r.error(raw.at, "missing-field", "`name` is missing", "add `name: Lan Nguyễn`");
        return None;
    };
    let Some(role) = filled(raw.role) else { return Some(Contributor { name, role: "ctb" }) };
    let word = role.trimmed().to_lowercase();
    let found = ROLES.iter().find(|(name, code)| *name == word || *code == word).map(|(_, code)| *code);
    if found.is_none() {
        let names: Vec<&str> = ROLES.iter().map(|(name, _)| *name).collect();
        let hint = did_you_mean(&word, names.iter().copied())
            .map_or_else(|| format!("roles: {}", names.join(", ")), |meant| format!("did you mean `{meant}`?"));
        r.error(role.at, "unknown-role", format!("there is no role `{}`", role.trimmed()), hint);
    }
    found.map(|role| Contributor { name, role })
}

/// An identifier as packages want it: an ISBN becomes a URN, anything else stays. Reports an ISBN with a wrong digit.
pub(super) fn identifier(text: Text, r: &mut Reader<'_>) -> Text {
    let bare = text.trimmed();
    let named = bare.get(..4).is_some_and(|p| p.eq_ignore_ascii_case("isbn"));
    let digits: String = bare
        .trim_start_matches(|c: char| named && !c.is_ascii_digit())
        .chars()
        .filter(|c| !matches!(c, ' ' | '-' | '\u{2010}'..='\u{2013}'))
        .collect();
    let looks = matches!(digits.len(), 10 | 13)
        && digits.chars().enumerate().all(|(i, c)| c.is_ascii_digit() || i == 9 && c.eq_ignore_ascii_case(&'x'))
        && (named || digits.len() == 13 && (digits.starts_with("978") || digits.starts_with("979")));
    if !looks {
        if named {
            let message = format!("`{bare}` is not an ISBN");
            r.error(text.at, "bad-isbn", message, "an ISBN has 13 digits, or 10 in an old book");
        }
        return text;
    }
    if !is_isbn(&digits) {
        let message = format!("a digit of the ISBN `{bare}` is wrong: its last digit does not fit the others");
        r.error(text.at, "bad-isbn", message, "compare it with the imprint");
    }
    Text::new(format!("urn:isbn:{digits}"), text.at)
}

/// Whether the check digit is right (ISBN Users' Manual, 5).
fn is_isbn(digits: &str) -> bool {
    let value = |c: char| c.to_digit(10).unwrap_or(10);
    let long = digits.len() == 13;
    let weighed = digits.chars().enumerate().map(|(i, c)| match long {
        true => value(c) * if i % 2 == 0 { 1 } else { 3 },
        false => value(c) * (10 - i as u32),
    });
    weighed.sum::<u32>() % if long { 10 } else { 11 } == 0
}

/// The indexes that a book is to have, in its order.
pub(super) fn indexes(wanted: &[Text], r: &mut Reader<'_>) -> Vec<index::Kind> {
    let mut out = Vec::new();
    for name in wanted {
        let known = index::Kind::ALL.iter().map(|(name, _)| *name);
        match index::Kind::ALL.iter().find(|(known, _)| name.trimmed().eq_ignore_ascii_case(known)) {
            Some((_, kind)) if out.contains(kind) => {}
            Some((_, kind)) => out.push(*kind),
            None => {
                let hint = match did_you_mean(name.trimmed(), known.clone()) {
                    Some(meant) => format!("did you mean `{meant}`?"),
                    None => format!("there are {}; `indexes: []` is none", known.collect::<Vec<_>>().join(", ")),
                };
                r.error(name.at, "unknown-index", format!("there is no index `{}`", name.trimmed()), hint);
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{FileId, NodeId};

    fn id(text: &str) -> (String, usize) {
        let mut diagnostics = Vec::new();
        let mut r = Reader { file: FileId(0), diagnostics: &mut diagnostics };
        let out = identifier(Text::new(text, NodeId(0)), &mut r);
        (out.value, diagnostics.len())
    }

    #[test]
    fn identifiers() {
        assert_eq!(id("978-3-16-148410-0"), ("urn:isbn:9783161484100".into(), 0));
        assert_eq!(id("ISBN 0-306-40615-2"), ("urn:isbn:0306406152".into(), 0));
        assert_eq!(id("ISBN 0-8044-2957-X"), ("urn:isbn:080442957X".into(), 0));
        assert_eq!(id("978-3-16-148410-1").1, 1);
        assert_eq!(id("ISBN 12").1, 1);
        assert_eq!(id("urn:uuid:0b0c"), ("urn:uuid:0b0c".into(), 0));
        assert_eq!(id("https://example.org/book"), ("https://example.org/book".into(), 0));
    }

    #[test]
    fn indexes_by_name() {
        let wanted = |names: &[&str]| {
            let mut diagnostics = Vec::new();
            let mut r = Reader { file: FileId(0), diagnostics: &mut diagnostics };
            let names: Vec<Text> = names.iter().map(|n| Text::new(*n, NodeId(0))).collect();
            (indexes(&names, &mut r), diagnostics)
        };
        let (kinds, told) = wanted(&["tags", "Ingredients", "tags"]);
        assert!(kinds == [index::Kind::Tags, index::Kind::Ingredients] && told.is_empty());
        assert_eq!(wanted(&[]).0, []);
        let (kinds, told) = wanted(&["time", "ingredient", "colours"]);
        assert_eq!(kinds, [index::Kind::Time]);
        assert_eq!(told[0].hint.as_deref(), Some("did you mean `ingredients`?"));
        let hint = told[1].hint.as_deref().unwrap_or_default();
        assert!(hint.contains("ingredients, time, diets, tags"), "{hint}");
    }

    #[test]
    fn places_in_a_series() {
        assert!(is_place("2") && is_place("2.10"));
        assert!(!is_place("two") && !is_place("2.") && !is_place("-1"));
    }
}
