//! The book: contents to XHTML files, through templates. What a container format adds is the exporter's business.
//!
//! A [`Book`] knows what its pages are called and how they follow each other before the first one is made. Pages are then made one
//! recipe at a time, so that a book of any length fits into memory.

mod data;
mod finding;
mod fonts;
mod html;
mod meta;
mod names;
mod pages;
mod reader;
mod templates;
mod view;

pub use fonts::{FONTS, FontFile};
pub use meta::{Meta, meta};
pub use reader::{Reader, TooLarge};
pub use templates::{TemplateError, Templates};

use crate::content::{self, Content, Pairings};
use crate::cookbook::{Cookbook, Entry};
use crate::locale::{Direction, Label, Lang, locale};
use crate::recipe::Recipe;
use crate::rich::Rich;
use crate::typo::Medium;
use finding::Finding;
use html::Links;
use minijinja::Value;
use names::Names;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::{Mutex, PoisonError};
use view::{Around, Viewer};

/// The style sheet's file.
pub const STYLE: &str = "style.css";
/// The cover image's file.
pub const COVER: &str = "images/cover.jpg";
/// The file of the contents, which the exporter must not rename.
pub const CONTENTS: &str = "nav.xhtml";

/// The list of recipes in cook mode.
const COOK_MODE: &str = "cook-mode.xhtml";

/// The chapter of every recipe, by slug.
type FileOf = BTreeMap<String, String>;

/// What a page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The cover.
    Cover,
    /// The title alone.
    HalfTitle,
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
    /// An index.
    Index,
    /// The list of recipes in cook mode.
    CookMode,
    /// A recipe with a step a screen.
    Cook,
    /// What is told of the book itself.
    Colophon,
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

/// A line of the contents.
#[derive(Debug, Clone)]
pub struct TocLine {
    /// The file it leads to.
    pub file: String,
    /// What it says, plain.
    pub title: String,
    /// The lines under it.
    pub under: Vec<TocLine>,
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
    /// Whether each recipe is there with a step a screen too.
    pub cook_mode: bool,
}

/// A printed book of the same recipes.
#[derive(Debug, Clone, Default)]
pub struct Printed {
    /// The pages that every recipe takes, counted from 1, by slug.
    pub pages: BTreeMap<String, Range<usize>>,
}

/// A book: what it is, and which pages and pictures it has.
pub struct Book<'a> {
    /// What a library wants to know of it.
    pub meta: Meta,
    /// Its pages, in reading order.
    pub leaves: Vec<Leaf>,
    /// The files of its pictures, but for the cover.
    pub pictures: Vec<String>,
    /// Its fonts; usually none, for the reader's own are the best.
    pub fonts: Vec<FontFile>,
    cookbook: &'a Cookbook<Entry>,
    templates: &'a Templates,
    files: FileOf,
    finding: Finding,
    names: Names,
    /// For every recipe, those that go with it and say so.
    paired: Vec<Vec<usize>>,
    printed: Option<&'a Printed>,
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
        let meta = meta(cookbook, plan.pictures);
        let files = file_names(cookbook, plan.cook_mode);
        let mut book = Book {
            finding: Finding::new(cookbook, &meta.languages[0], &files),
            meta,
            leaves: Vec::new(),
            pictures,
            fonts: Vec::new(),
            cookbook,
            templates,
            files,
            names: Names::new(cookbook),
            paired: Vec::new(),
            printed: None,
            words: Mutex::default(),
            plan,
        };
        book.leaves = book.reading_order();
        book.paired = book.names.paired_with(cookbook, &book.order());
        book
    }

    /// The same with the pages of the printed book, by which readers of both find the same place.
    #[must_use]
    pub fn with_pages(mut self, printed: Option<&'a Printed>) -> Book<'a> {
        self.printed = printed;
        self
    }

    /// The pages of the printed book, each with the file that holds what it shows, in order; `None` where nobody asked for them.
    pub fn page_list(&self) -> Option<Vec<(usize, &str)>> {
        let file =
            |(slug, pages): (&'a String, &'a Range<usize>)| Some((self.files.get(slug)?.as_str(), pages.clone()));
        let mut all: Vec<(usize, &str)> = self
            .printed?
            .pages
            .iter()
            .filter_map(file)
            .flat_map(|(file, pages)| pages.map(move |page| (page, file)))
            .collect();
        all.sort_unstable();
        Some(all).filter(|all| !all.is_empty())
    }

    /// The style sheet.
    pub fn style(&self) -> &str {
        self.templates.style()
    }

    /// Numbers of the recipes in the cookbook, in reading order.
    pub fn order(&self) -> Vec<usize> {
        self.cookbook.parts.iter().flat_map(|p| p.recipes.iter().copied()).collect()
    }

    /// The pages of the recipe with a number in the cookbook.
    ///
    /// # Errors
    /// A template uses what is not there.
    pub fn recipe(&self, number: usize, recipe: &Recipe) -> Result<Vec<Chapter>, TemplateError> {
        let mut content = content::build(recipe, Medium::Book);
        self.link_pairings(number, &mut content);
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
            fonts: self.fonts_link(),
            screens: self.is_cooked(number) || self.own_templates(),
        };
        let mut view = viewer.recipe(recipe, &content);
        let file = self.files[&content.slug].clone();
        let around = self.around(number, &content);
        view.place(&file, around);
        let mut out = vec![Chapter { xhtml: self.templates.render("recipe.xhtml", &view)?, file }];
        if self.is_cooked(number) {
            let file = cook_file(&out[0].file);
            out.push(Chapter { xhtml: self.templates.render("cook.xhtml", &view)?, file });
        }
        Ok(out)
    }

    /// Links the recipes that another one's pairings name.
    fn link_pairings(&self, number: usize, content: &mut Content) {
        match &mut content.pairings {
            None => {}
            Some(Pairings::Prose(blocks)) => self.names.link_all(blocks, number, self.cookbook),
            Some(Pairings::List(list)) => {
                for pairing in list {
                    pairing.title.iter_mut().for_each(|t| self.names.link_whole(t, number, self.cookbook));
                    self.names.link_all(&mut pairing.text, number, self.cookbook);
                }
            }
        }
    }

    /// What leads from a recipe to the rest of the book.
    fn around(&self, number: usize, content: &Content) -> Around {
        let users = &self.finding.finder.used_in[number];
        let links = |all: &[usize]| all.iter().map(|i| self.line(&self.cookbook.recipes[*i])).collect();
        Around {
            cook: self.is_cooked(number).then(|| cook_file(&self.files[&content.slug])),
            // what a single recipe uses is told there
            used_in: if users.len() > 1 { links(users) } else { Vec::new() },
            goes_with: links(&self.paired[number]),
            more_with: self.finding.more_with(number),
        }
    }

    /// Whether a recipe has a step a screen.
    fn is_cooked(&self, number: usize) -> bool {
        self.plan.cook_mode && self.cookbook.recipes[number].steps > 0
    }

    /// Recipes with a step a screen, in reading order.
    fn cooked(&self) -> impl Iterator<Item = &'a Entry> {
        let numbers = self.order().into_iter().filter(|i| self.is_cooked(*i)).collect::<Vec<_>>();
        let cookbook = self.cookbook;
        numbers.into_iter().map(|i| &cookbook.recipes[i])
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

    /// The contents, two levels deep, as every list of them in the book has them.
    pub fn toc(&self) -> Vec<TocLine> {
        let words = locale(self.lang());
        let line = |l: &Leaf| TocLine { file: l.file.clone(), title: l.title.clone(), under: Vec::new() };
        let mut out: Vec<TocLine> = Vec::new();
        let (mut found, mut after) = (Vec::new(), Vec::new());
        for leaf in &self.leaves {
            match leaf.kind {
                Kind::Cover | Kind::HalfTitle | Kind::Title | Kind::Contents | Kind::Cook => {}
                Kind::Recipe { in_part: true } => out.last_mut().into_iter().for_each(|p| p.under.push(line(leaf))),
                Kind::Index => found.push(line(leaf)),
                Kind::CookMode | Kind::Colophon => after.push(line(leaf)),
                Kind::Introduction | Kind::Part | Kind::Recipe { in_part: false } => out.push(line(leaf)),
            }
        }
        if let Some(first) = found.first() {
            let title = words.label(Label::Finding).to_owned();
            out.push(TocLine { file: first.file.clone(), title, under: found });
        }
        out.extend(after);
        out
    }

    fn reading_order(&self) -> Vec<Leaf> {
        let words = locale(self.lang());
        let leaf = |file: &str, title: &str, kind| Leaf { file: file.to_owned(), title: title.to_owned(), kind };
        let mut out = vec![leaf("cover.xhtml", words.label(Label::Cover), Kind::Cover)];
        if finding::is_large(self.cookbook) {
            out.push(leaf("half-title.xhtml", &self.meta.title, Kind::HalfTitle));
        }
        out.extend([
            leaf("title.xhtml", words.label(Label::TitlePage), Kind::Title),
            leaf(CONTENTS, words.label(Label::Contents), Kind::Contents),
        ]);
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
        out.extend(self.finding.pages.iter().map(|p| leaf(&p.file, &p.title, Kind::Index)));
        if self.cooked().next().is_some() {
            out.push(leaf(COOK_MODE, words.label(Label::CookMode), Kind::CookMode));
            out.extend(self.cooked().map(|entry| {
                let title = format!("{}: {}", words.label(Label::CookMode), Self::title_of(entry).text);
                leaf(&cook_file(&self.files[&entry.slug]), &title, Kind::Cook)
            }));
        }
        if finding::is_large(self.cookbook) {
            out.push(leaf("colophon.xhtml", words.label(Label::AboutBook), Kind::Colophon));
        }
        out
    }
}

/// The name of a picture in the book.
pub fn picture_name(slug: &str, step: Option<usize>) -> String {
    // no slug holds two hyphens in a row
    step.map_or_else(|| format!("images/{slug}.jpg"), |n| format!("images/{slug}--{n}.jpg"))
}

/// The file of a recipe with a step a screen, by the file of its chapter.
fn cook_file(chapter: &str) -> String {
    format!("cook-{chapter}")
}

/// The file of a part's opener, by the part's place from 0.
fn part_file(n: usize) -> String {
    format!("part-{}.xhtml", n + 1)
}

/// Every recipe's file: its slug, unless a page of ours has that name.
fn file_names(cookbook: &Cookbook<Entry>, cook_mode: bool) -> FileOf {
    let parts = (1..=cookbook.parts.len()).map(|n| format!("part-{n}"));
    let mut taken: BTreeSet<String> = ["nav", "cover", "half-title", "title", "introduction", "colophon"]
        .into_iter()
        .map(str::to_owned)
        .chain(parts)
        .collect();
    let ours = |name: &str| name.starts_with("index-") || cook_mode && name.starts_with("cook-");
    let mut out = FileOf::new();
    for recipe in &cookbook.recipes {
        let mut name = recipe.slug.clone();
        while ours(&name) || !taken.insert(name.clone()) {
            name = format!("recipe-{name}");
        }
        out.insert(recipe.slug.clone(), name + ".xhtml");
    }
    out
}
