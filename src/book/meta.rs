//! What a library wants to know of a book.

use crate::cookbook::{Cookbook, Entry};
use crate::locale::{Label, Lang, locale};
use crate::recipe::Text;
use std::collections::BTreeSet;

/// What a library wants to know of a book.
#[derive(Debug, Clone)]
pub struct Meta {
    /// The title.
    pub title: String,
    /// A line under it.
    pub subtitle: Option<String>,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// Its languages; the first is the book's own.
    pub languages: Vec<Lang>,
    /// Who publishes it.
    pub publisher: Option<String>,
    /// The series, and the book's number in it.
    pub series: Option<(String, Option<String>)>,
    /// Who else made it, with their parts as MARC names them.
    pub contributors: Vec<(String, &'static str)>,
    /// What it is, in a few sentences.
    pub description: Option<String>,
    /// What it is about.
    pub subjects: Vec<String>,
    /// Rights.
    pub rights: Option<String>,
    /// The user's identifier.
    pub identifier: Option<String>,
    /// What makes it this book and no other, for an identifier of ours.
    pub seed: String,
    /// Whether it has pictures besides the cover.
    pub has_pictures: bool,
    /// Whether each of them has an alternative text of its author's.
    pub all_described: bool,
}

/// What a library wants to know of a cookbook, made with its pictures or without.
pub fn meta(cookbook: &Cookbook<Entry>, with_pictures: bool) -> Meta {
    let info = &cookbook.info;
    let text = |t: &Option<Text>| t.as_ref().map(|t| t.trimmed().to_owned());
    let first = cookbook.parts.first().and_then(|p| p.recipes.first()).map(|i| &cookbook.recipes[*i]);
    let lang = info.lang.clone().or_else(|| first.map(|r| r.lang.clone())).unwrap_or_default();
    let title = match (text(&info.title), cookbook.recipes.as_slice()) {
        (Some(title), _) => title,
        (None, [only]) => only.title.trimmed().to_owned(),
        (None, _) => locale(&lang).label(Label::Recipes).to_owned(),
    };
    let authors: Vec<String> = info.authors.iter().map(|a| a.trimmed().to_owned()).collect();
    let mut languages = vec![lang];
    for recipe in &cookbook.recipes {
        if !languages.contains(&recipe.lang) {
            languages.push(recipe.lang.clone());
        }
    }
    let mut seed = format!("{title}\n{}\n{}", authors.join("\n"), languages[0].as_str());
    if info.title.is_none() {
        let slugs: BTreeSet<&str> = cookbook.recipes.iter().map(|r| r.slug.as_str()).collect();
        slugs.into_iter().for_each(|s| seed.extend(["\n", s]));
    }
    let pictures = || cookbook.recipes.iter().flat_map(|r| &r.pictures).filter(|_| with_pictures);
    Meta {
        title,
        subtitle: text(&info.subtitle),
        authors,
        languages,
        publisher: text(&info.publisher),
        series: info.series.as_ref().map(|s| (s.name.trimmed().to_owned(), text(&s.number))),
        contributors: info.contributors.iter().map(|c| (c.name.trimmed().to_owned(), c.role)).collect(),
        description: text(&info.description).map(|d| d.split_whitespace().collect::<Vec<_>>().join(" ")),
        subjects: info.subjects.iter().map(|s| s.trimmed().to_owned()).filter(|s| !s.is_empty()).collect(),
        rights: text(&info.rights),
        identifier: text(&info.identifier),
        seed,
        has_pictures: pictures().next().is_some(),
        all_described: pictures().all(|p| p.described),
    }
}
