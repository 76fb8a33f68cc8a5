//! From the YAML's mirror to the recipe: every fact understood, or reported.

use super::raw::{RawRecipe, RawSource, RawStep, RawStepEntry};
use super::read::{FromNode, Reader, TextOr};
use super::resolve_parts::Resolver;
use super::{Credit, Group, Recipe, Step, Text};
use crate::diag::{Diagnostic, Reported};
use crate::locale::{Lang, locale};
use crate::quantity::{Heat, Time};
use crate::source::{FileId, NodeId, Source};
use crate::yaml;

/// Reads a recipe file. `lang` is the language to assume when the file names none.
///
/// The value is `None` when the file can't be used; the diagnostics then hold at least one error.
pub fn resolve(file: FileId, source: &Source, slug: &str, lang: &Lang) -> Reported<Option<Recipe>> {
    let mut diagnostics = Vec::new();
    let value = read(file, source, slug, lang, &mut diagnostics);
    let value = value.filter(|_| !crate::diag::has_errors(&diagnostics));
    Reported { value, diagnostics }
}

fn read(file: FileId, source: &Source, slug: &str, lang: &Lang, diagnostics: &mut Vec<Diagnostic>) -> Option<Recipe> {
    let node = match yaml::parse(file, source) {
        Ok(Some(node)) => node,
        Ok(None) => {
            let hint =
                "write at least title, ingredients and steps; `cardamom new \"Title\"` makes a file to start from";
            diagnostics.push(
                Diagnostic::error("empty-file", "there is nothing in this file")
                    .place(file, crate::diag::Place::File)
                    .hint(hint),
            );
            return None;
        }
        Err(e) => {
            diagnostics.push(*e);
            return None;
        }
    };
    let mut reader = Reader { file, diagnostics };
    let raw = RawRecipe::from_node(node, &mut reader)?;
    Some(from_raw(raw, file, slug, lang, diagnostics))
}

/// The recipe of a raw one.
fn from_raw(raw: RawRecipe, file: FileId, slug: &str, lang: &Lang, diagnostics: &mut Vec<Diagnostic>) -> Recipe {
    let lang = language(raw.language.as_ref(), lang, file, diagnostics);
    let locale = locale(&lang);
    let mut r = Resolver { file, locale, diagnostics };
    let title = raw.title.filter(|t| !t.trimmed().is_empty());
    if title.is_none() {
        r.needed(raw.at, &raw.given, "title", "title: Lemon rice");
    }
    let ingredients = match raw.ingredients {
        Some(entries) if !entries.is_empty() => r.ingredient_groups(entries),
        _ => {
            r.needed(raw.at, &raw.given, "ingredients", "ingredients: [2 eggs]");
            Vec::new()
        }
    };
    let steps = match raw.steps {
        Some(entries) if !entries.is_empty() => step_groups(&mut r, entries),
        _ => {
            r.needed(raw.at, &raw.given, "steps", "steps: [Boil the eggs.]");
            Vec::new()
        }
    };
    Recipe {
        slug: slug.to_owned(),
        file,
        title: title.unwrap_or_default(),
        subtitle: filled(raw.subtitle),
        native_title: raw.native_title.and_then(|n| r.native_title(n)),
        short_title: filled(raw.short_title),
        summary: raw.summary.and_then(|t| r.prose(&t)),
        author: filled(raw.author),
        source: raw.source.map(credit).filter(|c| c.name.is_some() || c.url.is_some()),
        cuisine: words(raw.cuisine),
        course: words(raw.course),
        tags: words(raw.tags),
        diets: words(raw.diets),
        allergens: raw.allergens.map(|w| w.0),
        difficulty: filled(raw.difficulty),
        photo: raw.photo.and_then(|p| r.photo(p)),
        yields: raw.yields.and_then(|y| r.yields(y)),
        times: raw.times.map(|t| r.times(t.0)).unwrap_or_default(),
        equipment: words(raw.equipment),
        ingredients,
        steps,
        story: raw.story.and_then(|t| r.prose(&t)),
        why_i_love_it: raw.why_i_love_it.and_then(|t| r.prose(&t)),
        ingredient_notes: r.pairs(raw.ingredient_notes, |n| (n.at, n.ingredient, n.note), ["ingredient", "note"]),
        variations: r.entries(raw.variations, |t| (t.at, t.title, t.text)),
        pairings: r.entries(raw.pairings, |p| (p.at, p.name, p.text)),
        tips: r.entries(raw.tips, |t| (t.at, t.title, t.text)),
        storage: raw.storage.and_then(|t| r.prose(&t)),
        faq: r.pairs(raw.faq, |q| (q.at, q.question, q.answer), ["question", "answer"]),
        nutrition: raw.nutrition.and_then(super::resolve_parts::nutrition),
        conclusion: raw.conclusion.and_then(|t| r.prose(&t)),
        sections: r.pairs(raw.sections, |s| (s.at, s.heading, s.text), ["heading", "text"]),
        figures: super::Figures::default(),
        lang,
    }
}

fn language(given: Option<&Text>, assumed: &Lang, file: FileId, diagnostics: &mut Vec<Diagnostic>) -> Lang {
    let Some(text) = given.filter(|t| !t.trimmed().is_empty()) else { return assumed.clone() };
    Lang::parse(&text.value).unwrap_or_else(|word| {
        let message = format!("`{word}` is not a language tag");
        diagnostics.push(
            Diagnostic::error("bad-language", message)
                .at(file, text.at)
                .hint("write a tag such as en, fr, vi or pt-BR"),
        );
        assumed.clone()
    })
}

/// A text that says something.
pub(super) fn filled(text: Option<Text>) -> Option<Text> {
    text.filter(|t| !t.trimmed().is_empty())
}

fn credit(source: TextOr<RawSource>) -> Credit {
    match source {
        TextOr::Text(t) if t.value.contains("://") && !t.trimmed().contains(' ') => Credit { name: None, url: Some(t) },
        TextOr::Text(t) => Credit { name: filled(Some(t)), url: None },
        TextOr::Map(m) => Credit { name: filled(m.name), url: filled(m.url) },
    }
}

fn words(words: Option<super::read::Words>) -> Vec<Text> {
    words.map(|w| w.0).unwrap_or_default().into_iter().filter(|t| !t.trimmed().is_empty()).collect()
}

fn step_groups(r: &mut Resolver<'_>, entries: Vec<RawStepEntry>) -> Vec<Group<Step>> {
    let mut groups: Vec<Group<Step>> = Vec::new();
    let mut loose = false;
    for entry in entries {
        let step = match entry {
            RawStepEntry::Group(g) => {
                loose = false;
                let name = filled(g.group);
                let inner = g.steps.unwrap_or_default();
                if inner.is_empty() {
                    r.empty_group(g.at, "steps");
                }
                let items = inner.into_iter().filter_map(|e| nested_step(r, e)).collect();
                groups.push(Group { name, items });
                continue;
            }
            RawStepEntry::Line(text) => line_step(r, text),
            RawStepEntry::Step(s) => step(r, *s),
        };
        if !loose {
            groups.push(Group { name: None, items: Vec::new() });
            loose = true;
        }
        if let Some(group) = groups.last_mut() {
            group.items.extend(step);
        }
    }
    groups.retain(|g| !g.items.is_empty());
    groups
}

fn nested_step(r: &mut Resolver<'_>, entry: RawStepEntry) -> Option<Step> {
    match entry {
        RawStepEntry::Line(text) => line_step(r, text),
        RawStepEntry::Step(s) => step(r, *s),
        RawStepEntry::Group(g) => {
            r.nested_group(g.at);
            None
        }
    }
}

fn line_step(r: &mut Resolver<'_>, text: Text) -> Option<Step> {
    let prose = r.prose(&text)?;
    Some(Step {
        title: None,
        text: Some(prose),
        card: None,
        time: None,
        heat: None,
        tip: None,
        photo: None,
        uses: Vec::new(),
        at: text.at,
    })
}

fn step(r: &mut Resolver<'_>, raw: RawStep) -> Option<Step> {
    let title = filled(raw.title);
    let text = raw.text.as_ref().and_then(|t| r.prose(t));
    let card = raw.card.as_ref().and_then(|t| r.prose(t));
    if text.is_none() && card.is_none() && title.is_none() {
        r.error(raw.at, "missing-field", "a step with nothing to do", "give it a `text:`");
        return None;
    }
    let time = raw.time.and_then(|t| step_time(r, &t));
    let heat = raw.heat.and_then(|t| step_heat(r, &t));
    let tip = raw.tip.and_then(|t| r.prose(&t));
    let photo = raw.photo.and_then(|p| r.photo(p));
    Some(Step { title, text, card, time, heat, tip, photo, uses: words(raw.uses), at: raw.at })
}

fn step_time(r: &mut Resolver<'_>, text: &Text) -> Option<Time> {
    Time::parse(&text.value, r.locale).map_err(|piece| r.bad_time(text, &piece)).ok()
}

fn step_heat(r: &mut Resolver<'_>, text: &Text) -> Option<(Heat, NodeId)> {
    match Heat::parse(&text.value, r.locale) {
        Ok(heat) => Some((heat, text.at)),
        Err(number) => {
            r.error(
                text.at,
                "bad-temperature",
                format!("`{number}` has no scale"),
                format!("write `{number} °C` or `{number} °F`"),
            );
            None
        }
    }
}
