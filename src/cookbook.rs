//! The book: recipes in order, in parts, each with a slug of its own and links that lead somewhere.

mod select;

pub use select::Selection;

use crate::diag::{Diagnostic, Place, did_you_mean};
use crate::locale::Lang;
use crate::markdown;
use crate::recipe::raw::{RawCookbook, RawPart};
use crate::recipe::read::{FromNode, Reader};
use crate::recipe::{Entries, Prose, Recipe, Text};
use crate::rich::Target;
use crate::source::{FileId, Source};
use crate::yaml;
use std::collections::{BTreeMap, BTreeSet};

/// What `cookbook.yaml` says of the book itself.
#[derive(Debug, Clone, Default)]
pub struct BookInfo {
    /// The file, when there is one.
    pub file: Option<FileId>,
    /// The title.
    pub title: Option<Text>,
    /// A line under it.
    pub subtitle: Option<Text>,
    /// Who wrote it.
    pub authors: Vec<Text>,
    /// The language.
    pub lang: Option<Lang>,
    /// Who publishes it.
    pub publisher: Option<Text>,
    /// A stable identifier.
    pub identifier: Option<Text>,
    /// The series.
    pub series: Option<Text>,
    /// Rights.
    pub rights: Option<Text>,
    /// A cover image.
    pub cover: Option<Text>,
    /// A shorter title for the cover.
    pub cover_title: Option<Text>,
    /// Introduction.
    pub introduction: Option<Prose>,
    order: Vec<Text>,
    parts: Vec<PartInfo>,
}

#[derive(Debug, Clone)]
struct PartInfo {
    title: Text,
    introduction: Option<Prose>,
    recipes: Vec<Text>,
    tag: Option<Text>,
    course: Option<Text>,
}

/// A part of the book.
#[derive(Debug, Clone)]
pub struct Part {
    /// Its title; recipes that no part claims stand in a part without one.
    pub title: Option<Text>,
    /// Its introduction.
    pub introduction: Option<Prose>,
    /// Indexes into [`Cookbook::recipes`].
    pub recipes: Vec<usize>,
}

/// A book of recipes.
#[derive(Debug, Clone)]
pub struct Cookbook {
    /// Title, author and so on.
    pub info: BookInfo,
    /// The recipes, in the order of their files.
    pub recipes: Vec<Recipe>,
    /// The parts, in order; every recipe stands in exactly one.
    pub parts: Vec<Part>,
}

impl Cookbook {
    /// The same book without the recipes of some files.
    pub fn without(&self, files: &BTreeSet<FileId>) -> Cookbook {
        let mut number = BTreeMap::new();
        let mut recipes = Vec::new();
        for (i, recipe) in self.recipes.iter().enumerate().filter(|(_, r)| !files.contains(&r.file)) {
            number.insert(i, recipes.len());
            recipes.push(recipe.clone());
        }
        let left =
            |p: &Part| Part { recipes: p.recipes.iter().filter_map(|i| number.get(i).copied()).collect(), ..p.clone() };
        let parts = self.parts.iter().map(left).filter(|p| !p.recipes.is_empty()).collect();
        Cookbook { info: self.info.clone(), recipes, parts }
    }

    /// A book of one recipe, with what the whole book says of its makers.
    pub fn single(&self, index: usize) -> Cookbook {
        let info = BookInfo {
            title: None,
            subtitle: None,
            cover: None,
            cover_title: None,
            introduction: None,
            identifier: None,
            lang: None,
            ..self.info.clone()
        };
        let parts = vec![Part { title: None, introduction: None, recipes: vec![0] }];
        Cookbook { info, recipes: vec![self.recipes[index].clone()], parts }
    }
}

/// A name fit for files and links: ASCII letters and digits, and single hyphens.
pub fn slug(name: &str) -> String {
    let ascii = deunicode::deunicode(name).to_lowercase();
    let mut out = String::with_capacity(ascii.len());
    for c in ascii.chars() {
        if c.is_ascii_alphanumeric() {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with('-') && c != '\'' {
            out.push('-');
        }
    }
    let trimmed = out.trim_end_matches('-');
    if trimmed.is_empty() { "recipe".to_owned() } else { trimmed.chars().take(80).collect() }
}

/// Reads `cookbook.yaml`.
pub fn read_info(file: FileId, source: &Source, diagnostics: &mut Vec<Diagnostic>) -> Option<BookInfo> {
    let node = match yaml::parse(file, source) {
        Ok(node) => node?,
        Err(e) => {
            diagnostics.push(*e);
            return None;
        }
    };
    let mut r = Reader { file, diagnostics };
    let raw = RawCookbook::from_node(node, &mut r)?;
    let lang = raw.language.as_ref().and_then(|t| {
        let lang = Lang::parse(&t.value);
        if lang.is_err() {
            r.error(
                t.at,
                "bad-language",
                format!("`{}` is not a language tag", t.trimmed()),
                "write a tag such as en, fr, vi or pt-BR",
            );
        }
        lang.ok()
    });
    let parts = raw.parts.unwrap_or_default().into_iter().filter_map(|p| part_info(p, &mut r)).collect();
    let prose = |t: &Text| Prose { blocks: markdown::parse(&t.value, t.at).0, at: t.at };
    let filled = |t: Option<Text>| t.filter(|t| !t.trimmed().is_empty());
    Some(BookInfo {
        file: Some(file),
        title: filled(raw.title),
        subtitle: filled(raw.subtitle),
        authors: raw.author.map(|a| a.0).unwrap_or_default(),
        lang,
        publisher: filled(raw.publisher),
        identifier: filled(raw.identifier),
        series: filled(raw.series),
        rights: filled(raw.rights),
        cover: filled(raw.cover),
        cover_title: filled(raw.cover_title),
        introduction: filled(raw.introduction).map(|t| prose(&t)),
        order: raw.order.unwrap_or_default(),
        parts,
    })
}

fn part_info(raw: RawPart, r: &mut Reader<'_>) -> Option<PartInfo> {
    let introduction = raw.introduction.map(|t| Prose { blocks: markdown::parse(&t.value, t.at).0, at: t.at });
    if raw.recipes.is_none() && raw.tag.is_none() && raw.course.is_none() {
        r.error(
            raw.at,
            "missing-field",
            "a part that names no recipes",
            "give it `recipes: [file names]`, `tag: …` or `course: …`",
        );
    }
    let Some(title) = raw.title else {
        r.error(raw.at, "missing-field", "`title` is missing", "add `title: Rice`");
        return None;
    };
    Some(PartInfo { title, introduction, recipes: raw.recipes.unwrap_or_default(), tag: raw.tag, course: raw.course })
}

/// Puts recipes in order and checks everything that needs all of them. `known` are the slugs that exist in the folders, whether
/// they are part of this run or not.
pub fn assemble(
    info: BookInfo,
    recipes: Vec<Recipe>,
    known: &BTreeSet<String>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Cookbook {
    duplicates(&recipes, diagnostics);
    for recipe in &recipes {
        links(recipe, known, diagnostics);
    }
    let by_slug: BTreeMap<&str, usize> = recipes.iter().enumerate().map(|(i, r)| (r.slug.as_str(), i)).collect();
    let mut find = |name: &Text| -> Option<usize> {
        let wanted = slug(name.trimmed().trim_end_matches(".yaml").trim_end_matches(".yml"));
        if let Some(i) = by_slug.get(wanted.as_str()) {
            return Some(*i);
        }
        if !known.contains(&wanted)
            && let Some(file) = info.file
        {
            let hint = did_you_mean(&wanted, known.iter().map(String::as_str)).map(|m| format!("did you mean `{m}`?"));
            let message = format!("there is no recipe `{}`", name.trimmed());
            diagnostics.push(
                Diagnostic::error("dangling-link", message)
                    .at(file, name.at)
                    .hint("name a recipe by its file name, without .yaml")
                    .maybe_hint(hint),
            );
        }
        None
    };
    let mut sequence: Vec<usize> = info.order.iter().filter_map(&mut find).collect();
    let mut rest: Vec<usize> = (0..recipes.len()).filter(|i| !sequence.contains(i)).collect();
    rest.sort_by_cached_key(|i| {
        (deunicode::deunicode(recipes[*i].title.trimmed()).to_lowercase(), recipes[*i].slug.clone())
    });
    sequence.extend(rest);
    let mut taken = vec![false; recipes.len()];
    let mut parts = Vec::new();
    for part in &info.parts {
        let mut members: Vec<usize> = part.recipes.iter().filter_map(&mut find).collect();
        let named = |texts: &[Text], wanted: &Option<Text>| {
            wanted.as_ref().is_some_and(|w| texts.iter().any(|t| t.trimmed().eq_ignore_ascii_case(w.trimmed())))
        };
        members.extend(
            sequence
                .iter()
                .filter(|i| named(&recipes[**i].tags, &part.tag) || named(&recipes[**i].course, &part.course)),
        );
        members.retain(|i| !std::mem::replace(&mut taken[*i], true));
        if !members.is_empty() {
            parts.push(Part {
                title: Some(part.title.clone()),
                introduction: part.introduction.clone(),
                recipes: members,
            });
        }
    }
    sequence.retain(|i| !taken[*i]);
    if !sequence.is_empty() {
        parts.push(Part { title: None, introduction: None, recipes: sequence });
    }
    Cookbook { info, recipes, parts }
}

fn duplicates(recipes: &[Recipe], diagnostics: &mut Vec<Diagnostic>) {
    let mut slugs: BTreeMap<&str, &Recipe> = BTreeMap::new();
    let mut titles: BTreeMap<String, &Recipe> = BTreeMap::new();
    for recipe in recipes {
        if let Some(first) = slugs.insert(&recipe.slug, recipe) {
            diagnostics.push(
                Diagnostic::error("duplicate-name", format!("two recipes have the file name `{}`", recipe.slug))
                    .at(recipe.file, recipe.title.at)
                    .other(first.file, first.title.at, "the other one")
                    .hint("links and files go by this name: rename one of the files"),
            );
        } else if let Some(first) = titles.insert(recipe.title.trimmed().to_lowercase(), recipe) {
            diagnostics.push(
                Diagnostic::warning("duplicate-title", format!("two recipes are called `{}`", recipe.title.trimmed()))
                    .at(recipe.file, recipe.title.at)
                    .other(first.file, first.title.at, "the other one")
                    .hint("give one of them a title that tells them apart"),
            );
        }
    }
}

fn links(recipe: &Recipe, known: &BTreeSet<String>, diagnostics: &mut Vec<Diagnostic>) {
    let mut dangling = |place: Place, name: &str| {
        if known.contains(&slug(name)) {
            return;
        }
        let hint = did_you_mean(name, known.iter().map(String::as_str)).map(|m| format!("did you mean `{m}`?"));
        let message = format!("there is no recipe `{name}` in the folder");
        diagnostics.push(
            Diagnostic::error("dangling-link", message)
                .place(recipe.file, place)
                .hint("link by file name, without .yaml")
                .maybe_hint(hint),
        );
    };
    for ingredient in recipe.all_ingredients() {
        if let Some(name) = &ingredient.recipe {
            dangling(Place::Node(name.at), name.trimmed().trim_end_matches(".yaml").trim_end_matches(".yml"));
        }
    }
    for prose in all_prose(recipe) {
        for target in markdown::links(&prose.blocks) {
            if let Target::Recipe(name) = target {
                dangling(Place::Within(prose.at, format!("({name}")), name);
            }
        }
    }
}

/// Every piece of prose of a recipe.
fn all_prose(recipe: &Recipe) -> Vec<&Prose> {
    let mut all: Vec<&Prose> =
        [&recipe.summary, &recipe.story, &recipe.why_i_love_it, &recipe.storage, &recipe.conclusion]
            .into_iter()
            .flatten()
            .collect();
    all.extend(recipe.all_steps().flat_map(|s| [&s.text, &s.card, &s.tip]).flatten());
    all.extend(recipe.ingredient_notes.iter().chain(&recipe.faq).chain(&recipe.sections).map(|(_, p)| p));
    for entries in [&recipe.variations, &recipe.pairings, &recipe.tips] {
        match entries {
            Entries::None => {}
            Entries::Prose(p) => all.push(p),
            Entries::List(list) => all.extend(list.iter().filter_map(|e| e.text.as_ref())),
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_plain() {
        assert_eq!(slug("Thịt kho trứng"), "thit-kho-trung");
        assert_eq!(slug("Œufs à l'ancienne (2)"), "oeufs-a-lancienne-2");
        assert_eq!(slug("Сырники"), "syrniki");
        assert_eq!(slug("?!"), "recipe");
    }
}
