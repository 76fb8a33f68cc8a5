//! The parts of a recipe: ingredients, times, yields, prose.

use super::raw::{RawIngredient, RawIngredientEntry, RawNative, RawPhoto, RawYield};
use super::read::{OpenMap, TextOr, TextOrList};
use super::resolve::filled;
use super::{Entries, Entry, Group, Ingredient, Nutrition, Photo, Prose, Text, TimeFact, TimeKind, Yield};
use crate::diag::{Diagnostic, Location, Place, did_you_mean};
use crate::locale::{Lang, Locale};
use crate::markdown;
use crate::quantity::{Amount, Measure, Time, Unit, parse_line, parse_unit};
use crate::source::{FileId, NodeId};

/// What resolving needs at hand.
pub(super) struct Resolver<'a> {
    pub(super) file: FileId,
    pub(super) locale: &'static Locale,
    pub(super) diagnostics: &'a mut Vec<Diagnostic>,
}

impl Resolver<'_> {
    pub(super) fn error(
        &mut self,
        at: NodeId,
        code: &'static str,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) {
        self.diagnostics.push(Diagnostic::error(code, message).at(self.file, at).hint(hint));
    }

    fn warn(&mut self, at: NodeId, code: &'static str, message: impl Into<String>, hint: impl Into<String>) {
        self.diagnostics.push(Diagnostic::warning(code, message).at(self.file, at).hint(hint));
    }

    pub(super) fn missing(&mut self, at: NodeId, field: &str, example: &str) {
        // a misspelt name was told already
        let meant = format!("`{field}`");
        let misspelt = |d: &Diagnostic| {
            d.code == "unknown-field"
                && d.at.as_ref().is_some_and(|at| at.file == self.file)
                && d.hint.as_ref().is_some_and(|h| h.contains(&meant))
        };
        if self.diagnostics.iter().any(misspelt) {
            return;
        }
        let hint = format!("add `{example}`");
        self.error(at, "missing-field", format!("`{field}` is missing"), hint);
    }

    /// A field that a recipe can't do without is not there, or has nothing in it; what is wrong in it was told already.
    pub(super) fn needed(&mut self, at: NodeId, given: &[(&'static str, NodeId)], field: &str, example: &str) {
        let Some(i) = given.iter().position(|(name, _)| *name == field) else {
            return self.missing(at, field, example);
        };
        let (from, to) = (given[i].1, given.get(i + 1).map(|(_, next)| *next));
        let inside = |d: &&Diagnostic| {
            let Some(Location { file, place: Place::Node(id) }) = &d.at else { return false };
            *file == self.file && *id >= from && to.is_none_or(|to| *id < to)
        };
        if !self.diagnostics.iter().any(|d| inside(&d)) {
            let hint = format!("write `{example}`");
            self.error(from, "missing-field", format!("`{field}` is empty"), hint);
        }
    }

    pub(super) fn empty_group(&mut self, at: NodeId, what: &str) {
        self.error(at, "missing-field", format!("a group without {what}"), "give it a list, or delete it");
    }

    pub(super) fn nested_group(&mut self, at: NodeId) {
        self.error(at, "nested-group", "a group within a group", "groups stand side by side: move this one out");
    }

    pub(super) fn bad_time(&mut self, text: &Text, piece: &str) {
        let word: String = piece.chars().skip_while(|c| !c.is_alphabetic()).take_while(|c| c.is_alphabetic()).collect();
        let number: String = text.value.chars().take_while(|c| c.is_ascii_digit()).collect();
        let meant = (!word.is_empty()).then(|| did_you_mean(&word, self.locale.time_spellings())).flatten();
        let hint = match meant {
            Some(unit) => format!("did you mean `{}`?", text.value.replacen(&word, unit, 1)),
            None if !number.is_empty() && number == text.trimmed() => format!("write `{number} min` or `{number} h`"),
            None => "write a time such as `10 min`, `15-20 min`, `1 h 20 min` or PT1H20M".to_owned(),
        };
        let message = format!("`{}` is not a time", text.trimmed());
        let place = if word.is_empty() { Place::Node(text.at) } else { Place::Within(text.at, piece.to_owned()) };
        self.diagnostics.push(Diagnostic::error("bad-time", message).place(self.file, place).hint(hint));
    }

    pub(super) fn prose(&mut self, text: &Text) -> Option<Prose> {
        if text.trimmed().is_empty() {
            return None;
        }
        let (blocks, ignored) = markdown::parse(&text.value, text.at);
        for it in ignored {
            let message = format!("{} in the text has no place on paper", it.what);
            let hint = if it.what == "HTML" {
                "it is printed as it stands; Markdown has **bold**, *italic*, lists and links"
            } else {
                "use the recipe's or a step's `photo:`"
            };
            self.diagnostics.push(
                Diagnostic::warning("ignored-markdown", message)
                    .place(self.file, Place::Within(text.at, it.text))
                    .hint(hint),
            );
        }
        Some(Prose { blocks, at: text.at })
    }

    pub(super) fn native_title(&mut self, native: TextOr<RawNative>) -> Option<(Text, Option<Lang>)> {
        match native {
            TextOr::Text(text) => filled(Some(text)).map(|t| (t, None)),
            TextOr::Map(map) => {
                let lang = filled(map.language).and_then(|l| {
                    let parsed = Lang::parse(&l.value);
                    if parsed.is_err() {
                        self.error(
                            l.at,
                            "bad-language",
                            format!("`{}` is not a language tag", l.trimmed()),
                            "write a tag such as vi, kn or zh-Hant",
                        );
                    }
                    parsed.ok()
                });
                let text = filled(map.text);
                if text.is_none() {
                    self.missing(map.at, "text", "text: Chitrannam");
                }
                text.map(|t| (t, lang))
            }
        }
    }

    pub(super) fn photo(&mut self, photo: TextOr<RawPhoto>) -> Option<Photo> {
        match photo {
            TextOr::Text(file) => filled(Some(file)).map(|file| Photo { file, alt: None, credit: None }),
            TextOr::Map(map) => match filled(map.file) {
                Some(file) => Some(Photo { file, alt: filled(map.alt), credit: filled(map.credit) }),
                None => {
                    self.missing(map.at, "file", "file: lemon-rice.jpg");
                    None
                }
            },
        }
    }

    pub(super) fn yields(&mut self, yields: TextOr<RawYield>) -> Option<Yield> {
        let (amount, of, at) = match yields {
            TextOr::Text(text) => {
                let value = text.trimmed();
                if value.is_empty() {
                    return None;
                }
                match Measure::prefix(value, self.locale) {
                    Some((m, used)) => (Some(Amount::Measured(m)), Text::new(value[used..].trim(), text.at), text.at),
                    None => (None, Text::new(value, text.at), text.at),
                }
            }
            TextOr::Map(map) => {
                let Some(amount) = filled(map.amount) else {
                    self.missing(map.at, "amount", "amount: 4");
                    return None;
                };
                let parsed = self.amount(&amount)?;
                (Some(parsed.0), map.of.unwrap_or_default(), amount.at)
            }
        };
        // "serves 4" says it the other way round
        let word = of.trimmed().to_lowercase();
        let people = word.is_empty() || self.locale.servings.iter().any(|s| s.to_lowercase() == word);
        if amount.is_none()
            && let Some(number) = self
                .locale
                .servings
                .iter()
                .find_map(|s| word.strip_prefix(&s.to_lowercase()).map(|r| r.trim().to_owned()))
            && let Some((m, used)) = Measure::prefix(&number, self.locale)
            && number[used..].trim().is_empty()
        {
            return Some(Yield { amount: Some(Amount::Measured(m)), of: None, at });
        }
        let of = (!people || amount.is_none()).then_some(of);
        Some(Yield { amount, of, at })
    }

    pub(super) fn times(&mut self, map: OpenMap) -> Vec<TimeFact> {
        let mut out = Vec::new();
        for (key, value) in map.0 {
            let known = TimeKind::KNOWN.iter().find(|(k, _)| *k == key.value);
            let kind = match known {
                Some((_, label)) => TimeKind::Known(*label),
                None => {
                    let meant = did_you_mean(&key.value, TimeKind::KNOWN.iter().map(|(k, _)| *k));
                    if let Some(meant) = meant.filter(|m| !m.starts_with(&key.value) || key.value.len() > 2) {
                        self.error(
                            key.at,
                            "unknown-field",
                            format!("unknown time `{}`", key.value),
                            format!("did you mean `{meant}`?"),
                        );
                        continue;
                    }
                    TimeKind::Other(key.value.clone())
                }
            };
            match Time::parse(&value.value, self.locale) {
                Ok(time) => out.push(TimeFact { kind, time, at: value.at }),
                Err(piece) => self.bad_time(&value, &piece),
            }
        }
        out
    }

    fn amount(&mut self, text: &Text) -> Option<(Amount, Option<String>)> {
        match Amount::parse(&text.value, self.locale) {
            Ok(parsed) => Some(parsed),
            Err(rest) => {
                let message = format!("`{}` is not an amount", text.trimmed());
                let place = Place::Within(text.at, rest);
                let hint = "write a number (2, 1.5), a fraction (1/2, 1 1/2), a range (2-3), or words without a number (a splash)";
                self.diagnostics.push(Diagnostic::error("bad-amount", message).place(self.file, place).hint(hint));
                None
            }
        }
    }

    pub(super) fn ingredient_groups(&mut self, entries: Vec<RawIngredientEntry>) -> Vec<Group<Ingredient>> {
        let mut groups: Vec<Group<Ingredient>> = Vec::new();
        let mut loose = false;
        for entry in entries {
            if let RawIngredientEntry::Group(g) = entry {
                loose = false;
                let inner = g.items.unwrap_or_default();
                if inner.is_empty() {
                    self.empty_group(g.at, "items");
                }
                let name = filled(g.group);
                let items = inner.into_iter().filter_map(|e| self.ingredient_entry(e)).collect();
                groups.push(Group { name, items });
                continue;
            }
            if !loose {
                groups.push(Group { name: None, items: Vec::new() });
                loose = true;
            }
            let item = self.ingredient_entry(entry);
            if let Some(group) = groups.last_mut() {
                group.items.extend(item);
            }
        }
        groups.retain(|g| !g.items.is_empty());
        groups
    }

    fn ingredient_entry(&mut self, entry: RawIngredientEntry) -> Option<Ingredient> {
        match entry {
            RawIngredientEntry::Line(text) => self.ingredient_line(&text),
            RawIngredientEntry::Item(map) => self.ingredient_map(map),
            RawIngredientEntry::Group(g) => {
                self.nested_group(g.at);
                None
            }
        }
    }

    fn ingredient_line(&mut self, text: &Text) -> Option<Ingredient> {
        // light Markdown is allowed in lines, but marks mean nothing there
        let (rich, _) = markdown::parse_line(&text.value, text.at);
        let value = if rich.marks.is_empty() { text.value.as_str() } else { rich.text.as_str() };
        if value.trim().is_empty() {
            return None;
        }
        let line = parse_line(value, self.locale);
        let own = |t: Option<String>| t.map(|t| Text::new(t, text.at));
        let link = rich.marks.iter().find_map(|(_, m)| match m {
            crate::rich::Mark::Link(crate::rich::Target::Recipe(slug)) => Some(Text::new(slug.clone(), text.at)),
            _ => None,
        });
        Some(Ingredient {
            amount: line.amount,
            unit: line.unit,
            item: Text::new(line.item, text.at),
            note: own(line.note),
            or: own(line.or),
            optional: line.optional,
            recipe: link,
            index: None,
            also: None,
            unscaled: false,
            row: None,
            at: text.at,
        })
    }

    fn ingredient_map(&mut self, raw: RawIngredient) -> Option<Ingredient> {
        let Some(item) = filled(raw.item) else {
            self.missing(raw.at, "item", "item: mustard seeds");
            return None;
        };
        let (amount, trailing) = match filled(raw.amount).and_then(|t| self.amount(&t)) {
            Some((amount, trailing)) => (Some(amount), trailing),
            None => (None, None),
        };
        let unit = match (filled(raw.unit), trailing) {
            (Some(unit), _) => Some(self.unit(&unit)),
            (None, Some(word)) => Some(parse_unit(&word, self.locale)),
            (None, None) => None,
        };
        Some(Ingredient {
            amount,
            unit,
            item,
            note: filled(raw.note),
            or: filled(raw.or),
            optional: raw.optional.unwrap_or(false),
            recipe: filled(raw.recipe),
            index: filled(raw.index),
            also: None,
            unscaled: false,
            row: None,
            at: raw.at,
        })
    }

    fn unit(&mut self, text: &Text) -> Unit {
        let unit = parse_unit(&text.value, self.locale);
        if unit.key.is_none()
            && text.trimmed().chars().count() > 2
            && let Some(meant) =
                did_you_mean(text.trimmed(), self.locale.unit_spellings().filter(|s| s.chars().count() > 2))
        {
            self.warn(
                text.at,
                "unknown-unit",
                format!("unknown unit `{}`", text.trimmed()),
                format!("did you mean `{meant}`? If not, all is well: it is printed as written"),
            );
        }
        unit
    }

    /// Pairs of a heading and a text, both of which must be there.
    pub(super) fn pairs<T>(
        &mut self,
        list: Option<Vec<T>>,
        split: impl Fn(T) -> (NodeId, Option<Text>, Option<Text>),
        names: [&str; 2],
    ) -> Vec<(Text, Prose)> {
        let mut out = Vec::new();
        for (at, head, text) in list.unwrap_or_default().into_iter().map(split) {
            let head = filled(head);
            let prose = text.and_then(|t| self.prose(&t));
            for (there, name) in [(head.is_some(), names[0]), (prose.is_some(), names[1])] {
                if !there {
                    self.missing(at, name, &format!("{name}: …"));
                }
            }
            out.extend(head.zip(prose));
        }
        out
    }

    /// Prose or a list of entries.
    pub(super) fn entries<T>(
        &mut self,
        raw: Option<TextOrList<T>>,
        split: impl Fn(T) -> (NodeId, Option<Text>, Option<Text>),
    ) -> Entries {
        match raw {
            None => Entries::None,
            Some(TextOrList::Text(text)) => self.prose(&text).map_or(Entries::None, Entries::Prose),
            Some(TextOrList::List(list)) => {
                let mut out = Vec::new();
                for entry in list {
                    match entry {
                        TextOr::Text(text) => {
                            out.extend(self.prose(&text).map(|p| Entry { title: None, at: p.at, text: Some(p) }))
                        }
                        TextOr::Map(map) => {
                            let (at, title, text) = split(map);
                            let (title, text) = (filled(title), text.and_then(|t| self.prose(&t)));
                            if title.is_none() && text.is_none() {
                                self.error(
                                    at,
                                    "missing-field",
                                    "an entry with nothing in it",
                                    "give it a text, or delete it",
                                );
                                continue;
                            }
                            out.push(Entry { title, text, at });
                        }
                    }
                }
                if out.is_empty() { Entries::None } else { Entries::List(out) }
            }
        }
    }
}

/// The `nutrition:` map.
pub(super) fn nutrition(map: OpenMap) -> Option<Nutrition> {
    let (per, facts): (Vec<_>, Vec<_>) = map.0.into_iter().partition(|(k, _)| k.value == "per");
    let per = per.into_iter().next().map(|(_, v)| v);
    (!facts.is_empty()).then_some(Nutrition { per, facts })
}
