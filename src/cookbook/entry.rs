//! What the rest of a book must know of a recipe. A book of many thousand recipes holds these and never all recipes at once.

use super::slug;
use crate::locale::Label;
use crate::locale::Lang;
use crate::markdown::{self, Block};
use crate::quantity::Time;
use crate::recipe::{Entries, Ingredient, Photo, Prose, Recipe, Text, TimeKind};
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
    pub item: Box<str>,
    /// The entry in the index that the recipe asks for.
    pub index: Option<Box<str>>,
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
    /// Courses.
    pub course: Vec<Text>,
    /// Tags.
    pub tags: Vec<Text>,
    /// Diets it suits.
    pub diets: Vec<Text>,
    /// Allergens; `None` when nothing is said of them.
    pub allergens: Option<Vec<Text>>,
    /// Its total time.
    pub total: Option<Time>,
    /// Its ingredients, in the order given.
    pub ingredients: Box<[Listing]>,
    /// Slugs of the recipes that its ingredients are made by.
    pub uses: Vec<String>,
    /// What its pairings say, a paragraph a line.
    pub pairings: Vec<String>,
    /// Slugs of the recipes that its pairings link to.
    pub goes_with: Vec<String>,
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
        let total = recipe.times.iter().find(|t| t.kind == TimeKind::Known(Label::Total));
        let listing = |i: &Ingredient| Listing {
            item: i.item.trimmed().into(),
            index: i.index.as_ref().map(|t| t.value.as_str().into()),
            made: i.recipe.is_some(),
        };
        Entry {
            slug: recipe.slug.clone(),
            file: recipe.file,
            lang: recipe.lang.clone(),
            title: recipe.title.clone(),
            short_title: recipe.short_title.clone(),
            native_title: recipe.native_title.clone(),
            course: recipe.course.clone(),
            tags: recipe.tags.clone(),
            diets: recipe.diets.clone(),
            allergens: recipe.allergens.clone(),
            total: total.map(|t| t.time.clone()),
            ingredients: recipe.all_ingredients().map(listing).collect(),
            uses: once(recipe.all_ingredients().filter_map(|i| i.recipe.as_ref()).map(|r| r.trimmed())),
            pairings: paired_lines(&recipe.pairings),
            goes_with: once(linked(paired.into_iter())),
            pictures: recipe.photo.iter().map(|p| picture(None, p)).chain(of_steps).collect(),
            steps: recipe.all_steps().count(),
        }
    }

    /// Whether it tells a story and nothing else: such a one stands in no index.
    pub fn is_story(&self) -> bool {
        self.ingredients.is_empty() && self.steps == 0
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
