//! What the rest of a book must know of a recipe. A book of many thousand recipes holds these and never all recipes at once.

use super::{check::all_prose, slug};
use crate::locale::Lang;
use crate::markdown::{self, Block};
use crate::recipe::{Entries, Photo, Prose, Recipe, Text, TimeFact};
use crate::rich::Target;
use crate::source::FileId;
use std::collections::BTreeSet;

/// What order and parts of a book ask of its recipes.
pub trait Listed {
    /// The name of its file, made fit for file names and links.
    fn slug(&self) -> &str;
    /// Its file.
    fn file(&self) -> FileId;
    /// The name of the dish.
    fn title(&self) -> &Text;
    /// Its tags.
    fn tags(&self) -> &[Text];
    /// Its courses.
    fn course(&self) -> &[Text];
}

/// An ingredient, for an index.
#[derive(Debug, Clone)]
pub struct Listing {
    /// What.
    pub item: Text,
    /// The entry in the index that the recipe asks for.
    pub index: Option<Text>,
    /// Whether a recipe makes it.
    pub made: bool,
}

/// A picture of a recipe.
#[derive(Debug, Clone)]
pub struct Pictured {
    /// The step, counted from 1, or the recipe itself.
    pub step: Option<usize>,
    /// Its file, relative to the recipe's folder.
    pub file: Text,
    /// Whether its author says what it shows.
    pub described: bool,
}

/// What the rest of a book must know of a recipe: its names, its facts, its links. Everything else is on its own pages.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The name of its file, made fit for file names and links.
    pub slug: String,
    /// The file it was read from.
    pub file: FileId,
    /// Its language.
    pub lang: Lang,
    /// The name of the dish.
    pub title: Text,
    /// A shorter name.
    pub short_title: Option<Text>,
    /// Its name where it comes from, with the language of that name.
    pub native_title: Option<(Text, Option<Lang>)>,
    /// Cuisines.
    pub cuisine: Vec<Text>,
    /// Courses.
    pub course: Vec<Text>,
    /// Tags.
    pub tags: Vec<Text>,
    /// Diets it suits.
    pub diets: Vec<Text>,
    /// Allergens; `None` when nothing is said of them.
    pub allergens: Option<Vec<Text>>,
    /// Its times, in the order given.
    pub times: Vec<TimeFact>,
    /// Its ingredients, in the order given.
    pub ingredients: Vec<Listing>,
    /// Slugs of the recipes that its ingredients are made by.
    pub uses: Vec<String>,
    /// What its pairings say, a paragraph a line.
    pub pairings: Vec<String>,
    /// Slugs of the recipes that its pairings link to.
    pub goes_with: Vec<String>,
    /// Slugs of the recipes that the rest of its text links to.
    pub mentions: Vec<String>,
    /// Its pictures.
    pub pictures: Vec<Pictured>,
    /// How many steps it has.
    pub steps: usize,
}

impl Entry {
    /// The entry of a recipe.
    pub fn of(recipe: &Recipe) -> Entry {
        let picture = |step, photo: &Photo| Pictured { step, file: photo.file.clone(), described: photo.alt.is_some() };
        let of_steps =
            recipe.all_steps().enumerate().filter_map(|(n, s)| Some(picture(Some(n + 1), s.photo.as_ref()?)));
        let paired = pairings(recipe);
        let elsewhere = all_prose(recipe).into_iter().filter(|p| !paired.iter().any(|q| std::ptr::eq(*p, *q)));
        Entry {
            slug: recipe.slug.clone(),
            file: recipe.file,
            lang: recipe.lang.clone(),
            title: recipe.title.clone(),
            short_title: recipe.short_title.clone(),
            native_title: recipe.native_title.clone(),
            cuisine: recipe.cuisine.clone(),
            course: recipe.course.clone(),
            tags: recipe.tags.clone(),
            diets: recipe.diets.clone(),
            allergens: recipe.allergens.clone(),
            times: recipe.times.clone(),
            ingredients: recipe
                .all_ingredients()
                .map(|i| Listing { item: i.item.clone(), index: i.index.clone(), made: i.recipe.is_some() })
                .collect(),
            uses: once(recipe.all_ingredients().filter_map(|i| i.recipe.as_ref()).map(|r| r.trimmed())),
            pairings: paired_lines(&recipe.pairings),
            goes_with: once(linked(paired.iter().copied())),
            mentions: once(linked(elsewhere)),
            pictures: recipe.photo.iter().map(|p| picture(None, p)).chain(of_steps).collect(),
            steps: recipe.all_steps().count(),
        }
    }

    /// The name for running heads and lists: the short title if there is one, else the title.
    pub fn running_title(&self) -> &Text {
        self.short_title.as_ref().unwrap_or(&self.title)
    }
}

/// Headings and paragraphs of pairings.
fn paired_lines(entries: &Entries) -> Vec<String> {
    fn add(blocks: &[Block], out: &mut Vec<String>) {
        for block in blocks {
            match block {
                Block::Para(r) => out.push(r.text.clone()),
                Block::Heading(_) => {}
                Block::Quote(inner) => add(inner, out),
                Block::List { items, .. } => items.iter().for_each(|i| add(i, out)),
            }
        }
    }
    let mut out = Vec::new();
    match entries {
        Entries::None => {}
        Entries::Prose(p) => add(&p.blocks, &mut out),
        Entries::List(list) => {
            for entry in list {
                out.extend(entry.title.as_ref().map(|t| t.trimmed().to_owned()));
                entry.text.iter().for_each(|p| add(&p.blocks, &mut out));
            }
        }
    }
    out
}

/// The prose of a recipe's pairings.
fn pairings(recipe: &Recipe) -> Vec<&Prose> {
    match &recipe.pairings {
        Entries::None => Vec::new(),
        Entries::Prose(p) => vec![p],
        Entries::List(list) => list.iter().filter_map(|e| e.text.as_ref()).collect(),
    }
}

/// The names that some prose links to.
fn linked<'a>(prose: impl Iterator<Item = &'a Prose>) -> impl Iterator<Item = &'a str> {
    prose.flat_map(|p| markdown::links(&p.blocks)).filter_map(|t| match t {
        Target::Recipe(name) => Some(name.as_str()),
        Target::Url(_) => None,
    })
}

/// The slugs of some names, each once, in the order given.
fn once<'a>(names: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    names
        .map(|n| slug(n.trim_end_matches(".yaml").trim_end_matches(".yml")))
        .filter(|s| seen.insert(s.clone()))
        .collect()
}

impl Listed for Entry {
    fn slug(&self) -> &str {
        &self.slug
    }
    fn file(&self) -> FileId {
        self.file
    }
    fn title(&self) -> &Text {
        &self.title
    }
    fn tags(&self) -> &[Text] {
        &self.tags
    }
    fn course(&self) -> &[Text] {
        &self.course
    }
}

impl Listed for Recipe {
    fn slug(&self) -> &str {
        &self.slug
    }
    fn file(&self) -> FileId {
        self.file
    }
    fn title(&self) -> &Text {
        &self.title
    }
    fn tags(&self) -> &[Text] {
        &self.tags
    }
    fn course(&self) -> &[Text] {
        &self.course
    }
}
