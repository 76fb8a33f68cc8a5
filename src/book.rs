//! The book: contents to XHTML files, through templates. What a container format adds is the exporter's business.
//!
//! A [`Book`] knows what its pages are called and how they follow each other before the first one is made. Pages are then made one
//! recipe at a time, so that a book of any length fits into memory.

mod data;
mod html;
mod meta;
mod pages;
mod reader;
mod templates;
mod view;

pub use meta::{Meta, meta};
pub use reader::{Reader, TooLarge};
pub use templates::{TemplateError, Templates};

use crate::content;
use crate::cookbook::{Cookbook, Entry};
use crate::locale::{Direction, Label, Lang, locale};
use crate::recipe::Recipe;
use crate::rich::Rich;
use crate::typo::Medium;
use html::Links;
use minijinja::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};
use view::Viewer;

/// The style sheet's file.
pub const STYLE: &str = "style.css";
/// The cover image's file.
pub const COVER: &str = "images/cover.jpg";
/// The file of the contents, which the exporter must not rename.
pub const CONTENTS: &str = "nav.xhtml";

/// The chapter of every recipe, by slug.
type FileOf = BTreeMap<String, String>;

/// What a page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The cover.
    Cover,
    /// The title page.
    Title,
    /// The contents.
    Contents,
    /// The introduction.
    Introduction,
    /// The opener of a part.
    Part,
    /// A recipe; one that stands in a part is a level deeper.
    Recipe {
        /// Whether it stands in a part.
        in_part: bool,
    },
}

/// A page as lists of the book name it.
#[derive(Debug, Clone)]
pub struct Leaf {
    /// Its file.
    pub file: String,
    /// Its title, plain.
    pub title: String,
    /// What it is.
    pub kind: Kind,
}

/// A page's text.
#[derive(Debug)]
pub struct Chapter {
    /// Its file.
    pub file: String,
    /// The file's text.
    pub xhtml: String,
}

/// What a book is to hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    /// Whether it shows pictures.
    pub pictures: bool,
    /// Whether each recipe is there as data too, for recipe managers.
    pub data: bool,
}

/// A book: what it is, and which pages and pictures it has.
pub struct Book<'a> {
    /// What a library wants to know of it.
    pub meta: Meta,
    /// Its pages, in reading order.
    pub leaves: Vec<Leaf>,
    /// The files of its pictures, but for the cover.
    pub pictures: Vec<String>,
    cookbook: &'a Cookbook<Entry>,
    templates: &'a Templates,
    files: FileOf,
    plan: Plan,
    /// Our own words, by language.
    words: Mutex<BTreeMap<&'static str, Value>>,
}

impl<'a> Book<'a> {
    /// Whether any of its pages or its style sheet is the user's own.
    pub fn own_templates(&self) -> bool {
        self.templates.has_own()
    }

    /// The book of a cookbook.
    pub fn plan(cookbook: &'a Cookbook<Entry>, templates: &'a Templates, plan: Plan) -> Book<'a> {
        let of = |e: &'a Entry| e.pictures.iter().map(|p| picture_name(&e.slug, p.step));
        let pictures = if plan.pictures { cookbook.recipes.iter().flat_map(of).collect() } else { Vec::new() };
        let mut book = Book {
            meta: meta(cookbook, plan.pictures),
            leaves: Vec::new(),
            pictures,
            cookbook,
            templates,
            files: file_names(cookbook),
            words: Mutex::default(),
            plan,
        };
        book.leaves = book.reading_order();
        book
    }

    /// The style sheet.
    pub fn style(&self) -> &str {
        self.templates.style()
    }

    /// Numbers of the recipes in the cookbook, in reading order.
    pub fn order(&self) -> Vec<usize> {
        self.cookbook.parts.iter().flat_map(|p| p.recipes.iter().copied()).collect()
    }

    /// The pages of a recipe.
    ///
    /// # Errors
    /// A template uses what is not there.
    pub fn recipe(&self, recipe: &Recipe) -> Result<Vec<Chapter>, TemplateError> {
        let content = content::build(recipe, Medium::Book);
        let words = self
            .words
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .entry(content.locale.tag.as_str())
            .or_insert_with(|| view::words(content.locale))
            .clone();
        let viewer = Viewer {
            links: self.links(&content.lang),
            files: &self.files,
            words,
            authors: &self.meta.authors,
            plan: self.plan,
        };
        let xhtml = self.templates.render("recipe.xhtml", &viewer.recipe(recipe, &content))?;
        Ok(vec![Chapter { file: self.files[&content.slug].clone(), xhtml }])
    }

    fn links(&self, lang: &Lang) -> Links<'_> {
        Links { files: &self.files, rtl: lang.direction() == Direction::Rtl }
    }

    fn lang(&self) -> &Lang {
        &self.meta.languages[0]
    }

    /// The title of a recipe, set for the book.
    fn title_of(entry: &Entry) -> Rich {
        content::line(&entry.title, &entry.lang, Medium::Book)
    }

    fn reading_order(&self) -> Vec<Leaf> {
        let words = locale(self.lang());
        let leaf = |file: &str, title: &str, kind| Leaf { file: file.to_owned(), title: title.to_owned(), kind };
        let mut out = vec![
            leaf("cover.xhtml", words.label(Label::Cover), Kind::Cover),
            leaf("title.xhtml", words.label(Label::TitlePage), Kind::Title),
            leaf(CONTENTS, words.label(Label::Contents), Kind::Contents),
        ];
        if self.cookbook.info.introduction.is_some() {
            out.push(leaf("introduction.xhtml", words.label(Label::Introduction), Kind::Introduction));
        }
        for (n, part) in self.cookbook.parts.iter().enumerate() {
            if let Some(title) = &part.title {
                out.push(leaf(&part_file(n), title.trimmed(), Kind::Part));
            }
            let kind = Kind::Recipe { in_part: part.title.is_some() };
            out.extend(part.recipes.iter().map(|i| &self.cookbook.recipes[*i]).map(|entry| Leaf {
                file: self.files[&entry.slug].clone(),
                title: Self::title_of(entry).text,
                kind,
            }));
        }
        out
    }
}

/// The name of a picture in the book.
pub fn picture_name(slug: &str, step: Option<usize>) -> String {
    // no slug holds two hyphens in a row
    step.map_or_else(|| format!("images/{slug}.jpg"), |n| format!("images/{slug}--{n}.jpg"))
}

/// The file of a part's opener, by the part's place from 0.
fn part_file(n: usize) -> String {
    format!("part-{}.xhtml", n + 1)
}

/// Every recipe's file: its slug, unless a page of ours has that name.
fn file_names(cookbook: &Cookbook<Entry>) -> FileOf {
    let parts = (1..=cookbook.parts.len()).map(|n| format!("part-{n}"));
    let mut taken: BTreeSet<String> =
        ["nav", "cover", "title", "introduction"].into_iter().map(str::to_owned).chain(parts).collect();
    let mut out = FileOf::new();
    for recipe in &cookbook.recipes {
        let mut name = recipe.slug.clone();
        while !taken.insert(name.clone()) {
            name = format!("recipe-{name}");
        }
        out.insert(recipe.slug.clone(), name + ".xhtml");
    }
    out
}
