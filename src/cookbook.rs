//! The book: recipes in order, in parts, each with a slug of its own and links that lead somewhere.

mod check;
mod entry;
mod info;
mod select;

pub use check::check_links;
pub use entry::{Entry, Listed, Listing, Pictured};
pub use info::{Contributor, Series};
pub use select::Selection;

use crate::diag::{Diagnostic, did_you_mean};
use crate::index;
use crate::locale::Lang;
use crate::markdown;
use crate::recipe::raw::{RawCookbook, RawPart};
use crate::recipe::read::{FromNode, Reader, Words};
use crate::recipe::{Prose, Recipe, Text};
use crate::source::{FileId, Source};
use crate::yaml;
use std::borrow::Cow;
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
    pub series: Option<Series>,
    /// Who else made it.
    pub contributors: Vec<Contributor>,
    /// What it is, in a few sentences.
    pub description: Option<Text>,
    /// What it is about.
    pub subjects: Vec<Text>,
    /// Rights.
    pub rights: Option<Text>,
    /// A cover image.
    pub cover: Option<Text>,
    /// A photo for a cover of ours.
    pub cover_photo: Option<Text>,
    /// A shorter title for the cover.
    pub cover_title: Option<Text>,
    /// Introduction.
    pub introduction: Option<Prose>,
    /// Its indexes; `None` when nothing is said of them.
    pub indexes: Option<Vec<index::Kind>>,
    /// What the index of ingredients leaves out, and which names are one thing.
    pub index_options: index::Options,
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
    /// Whether the user gave their order.
    pub ordered: bool,
}

/// A book of recipes, or of what must be known of each ([`Entry`]) where it would not do to hold them all.
#[derive(Debug, Clone)]
pub struct Cookbook<R = Recipe> {
    /// Title, author and so on.
    pub info: BookInfo,
    /// The recipes, in the order of their files.
    pub recipes: Vec<R>,
    /// The parts, in order; every recipe stands in exactly one.
    pub parts: Vec<Part>,
}

impl<R> Default for Cookbook<R> {
    fn default() -> Self {
        Cookbook { info: BookInfo::default(), recipes: Vec::new(), parts: Vec::new() }
    }
}

impl<R: Listed + Clone> Cookbook<R> {
    /// The same book without the recipes of some files.
    pub fn without(&self, files: &BTreeSet<FileId>) -> Cookbook<R> {
        let mut number = BTreeMap::new();
        let mut recipes = Vec::new();
        for (i, recipe) in self.recipes.iter().enumerate().filter(|(_, r)| !files.contains(&r.file())) {
            number.insert(i, recipes.len());
            recipes.push(recipe.clone());
        }
        let left =
            |p: &Part| Part { recipes: p.recipes.iter().filter_map(|i| number.get(i).copied()).collect(), ..p.clone() };
        let parts = self.parts.iter().map(left).filter(|p| !p.recipes.is_empty()).collect();
        Cookbook { info: self.info.clone(), recipes, parts }
    }

    /// A book of one recipe, with what the whole book says of its makers.
    pub fn single(&self, index: usize) -> Cookbook<R> {
        let info = BookInfo {
            title: None,
            subtitle: None,
            series: None,
            description: None,
            cover: None,
            cover_photo: None,
            cover_title: None,
            introduction: None,
            identifier: None,
            lang: None,
            indexes: None,
            ..self.info.clone()
        };
        let parts = vec![Part { title: None, introduction: None, recipes: vec![0], ordered: true }];
        Cookbook { info, recipes: vec![self.recipes[index].clone()], parts }
    }
}

impl Cookbook {
    /// What the rest of a book must know of its recipes.
    pub fn entries(&self) -> Cookbook<Entry> {
        Cookbook {
            info: self.info.clone(),
            recipes: self.recipes.iter().map(Entry::of).collect(),
            parts: self.parts.clone(),
        }
    }
}

/// Gives recipes whole, one at a time.
pub trait Shelf: Sync {
    /// The recipe of an entry.
    ///
    /// # Errors
    /// It is no longer where it was.
    fn recipe(&self, entry: &Entry) -> Result<Cow<'_, Recipe>, Box<Diagnostic>>;
}

impl Shelf for Cookbook {
    fn recipe(&self, entry: &Entry) -> Result<Cow<'_, Recipe>, Box<Diagnostic>> {
        // recipes stand in the order of their files
        let found = self.recipes.binary_search_by_key(&entry.file, |r| r.file);
        found.map(|i| Cow::Borrowed(&self.recipes[i])).map_err(|_| {
            Box::new(Diagnostic::error("missing-recipe", format!("the recipe `{}` is not in the cookbook", entry.slug)))
        })
    }
}

/// A name fit for files and links: ASCII letters and digits, and single hyphens.
pub fn slug(name: &str) -> String {
    // most files are called by their slugs
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
    if (1..=80).contains(&name.len()) && name.split('-').all(|word| !word.is_empty() && word.bytes().all(plain)) {
        return name.to_owned();
    }
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
    let indexes = raw.indexes.map(|wanted| info::indexes(&wanted.0, &mut r));
    let names = |words: &Words| words.0.iter().map(|t| t.trimmed().to_owned()).collect::<Vec<_>>();
    let index_options = index::Options {
        leave_out: raw.leave_out.as_ref().map(names),
        synonyms: raw.synonyms.unwrap_or_default().iter().map(names).collect(),
    };
    let prose = |t: &Text| Prose { blocks: markdown::parse(&t.value, t.at).0, at: t.at };
    let filled = |t: Option<Text>| t.filter(|t| !t.trimmed().is_empty());
    Some(BookInfo {
        file: Some(file),
        title: filled(raw.title),
        subtitle: filled(raw.subtitle),
        authors: raw.author.map(|a| a.0).unwrap_or_default(),
        lang,
        publisher: filled(raw.publisher),
        identifier: filled(raw.identifier).map(|t| info::identifier(t, &mut r)),
        series: raw.series.and_then(|s| info::series(s, &mut r)),
        contributors: info::contributors(raw.contributors.unwrap_or_default(), &mut r),
        description: filled(raw.description),
        subjects: raw.subjects.map(|w| w.0).unwrap_or_default(),
        rights: filled(raw.rights),
        cover: filled(raw.cover),
        cover_photo: filled(raw.cover_photo),
        cover_title: filled(raw.cover_title),
        introduction: filled(raw.introduction).map(|t| prose(&t)),
        indexes,
        index_options,
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

/// Puts recipes in order and checks everything that needs all of them but their links ([`check_links`]). `known` are the slugs that
/// exist in the folders, whether they are part of this run or not.
pub fn assemble<R: Listed>(
    info: BookInfo,
    recipes: Vec<R>,
    known: &BTreeSet<String>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Cookbook<R> {
    check::duplicates(&recipes, diagnostics);
    let by_slug: BTreeMap<&str, usize> = recipes.iter().enumerate().map(|(i, r)| (r.slug(), i)).collect();
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
        let recipe = &recipes[*i];
        (deunicode::deunicode(recipe.title().trimmed()).to_lowercase(), recipe.slug().to_owned())
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
                .filter(|i| named(recipes[**i].tags(), &part.tag) || named(recipes[**i].course(), &part.course)),
        );
        members.retain(|i| !std::mem::replace(&mut taken[*i], true));
        if !members.is_empty() {
            parts.push(Part {
                title: Some(part.title.clone()),
                introduction: part.introduction.clone(),
                recipes: members,
                ordered: !part.recipes.is_empty() || !info.order.is_empty(),
            });
        }
    }
    sequence.retain(|i| !taken[*i]);
    if !sequence.is_empty() {
        parts.push(Part { title: None, introduction: None, recipes: sequence, ordered: !info.order.is_empty() });
    }
    Cookbook { info, recipes, parts }
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
