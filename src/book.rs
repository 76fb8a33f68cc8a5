//! The book: contents to XHTML files, through templates. What a container format adds is the exporter's business.

mod html;
mod templates;
mod view;

pub use templates::{TemplateError, Templates};

use crate::content::{self, Content};
use crate::cookbook::Cookbook;
use crate::locale::{Direction, Label, Lang, locale};
use crate::markdown::Block;
use crate::recipe::Text;
use crate::rich::Rich;
use crate::source::FileId;
use crate::typo::{Medium, refine};
use crate::xml::escape;
use html::Links;
use minijinja::{Value, context};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use view::{Entry, Viewer};

/// The style sheet's file.
pub const STYLE: &str = "style.css";
/// The cover image's file.
pub const COVER: &str = "images/cover.jpg";
/// The file of the contents, which the exporter must not rename.
pub const CONTENTS: &str = "nav.xhtml";

/// The chapter of every recipe, by slug.
type FileOf = BTreeMap<String, String>;

/// A book, ready to be packed.
#[derive(Debug)]
pub struct Book {
    /// What it is.
    pub meta: Meta,
    /// Its pages, in reading order.
    pub chapters: Vec<Chapter>,
    /// Its style sheet.
    pub style: String,
    /// Its pictures: name in the book, JPEG file.
    pub pictures: Vec<(String, Vec<u8>)>,
    /// The cover image, a JPEG file.
    pub cover: Vec<u8>,
}

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
    /// The series.
    pub series: Option<String>,
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

/// A page.
#[derive(Debug)]
pub struct Chapter {
    /// Its file.
    pub file: String,
    /// Its title, plain.
    pub title: String,
    /// What it is.
    pub kind: Kind,
    /// The file's text.
    pub xhtml: String,
}

/// A picture in the book.
#[derive(Debug)]
pub struct Illustration {
    /// The recipe.
    pub file: FileId,
    /// The step, or the recipe itself.
    pub step: Option<usize>,
    /// Its name in the book.
    pub name: String,
}

/// Everything that the book is made from.
#[derive(Debug, Clone, Copy)]
pub struct Materials<'a> {
    /// The recipes in their order.
    pub cookbook: &'a Cookbook,
    /// The pictures that could be read.
    pub pictures: &'a [Illustration],
    /// The templates.
    pub templates: &'a Templates,
}

/// The name of a picture in the book.
pub fn picture_name(slug: &str, step: Option<usize>) -> String {
    // no slug holds two hyphens in a row
    step.map_or_else(|| format!("images/{slug}.jpg"), |n| format!("images/{slug}--{n}.jpg"))
}

/// What a library wants to know of a cookbook.
pub fn meta(cookbook: &Cookbook, pictures: &[Illustration]) -> Meta {
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
    let described = |p: &Illustration| {
        let recipe = cookbook.recipes.iter().find(|r| r.file == p.file);
        let photo = recipe.and_then(|r| match p.step {
            None => r.photo.as_ref(),
            Some(n) => r.all_steps().nth(n - 1).and_then(|s| s.photo.as_ref()),
        });
        photo.is_some_and(|p| p.alt.is_some())
    };
    Meta {
        title,
        subtitle: text(&info.subtitle),
        authors,
        languages,
        publisher: text(&info.publisher),
        series: text(&info.series),
        rights: text(&info.rights),
        identifier: text(&info.identifier),
        seed,
        has_pictures: !pictures.is_empty(),
        all_described: pictures.iter().all(described),
    }
}

/// Makes all pages.
///
/// # Errors
/// A template uses what is not there.
pub fn compose(m: Materials<'_>, cover: Vec<u8>, files: Vec<(String, Vec<u8>)>) -> Result<Book, TemplateError> {
    let meta = meta(m.cookbook, m.pictures);
    let names = file_names(m.cookbook);
    let composer = Composer { m, meta: &meta, files: &names };
    let mut chapters = composer.front()?;
    let recipes = composer.recipes()?;
    let contents = composer.contents(&recipes)?;
    let at = chapters.iter().position(|c| c.kind == Kind::Title).map_or(0, |i| i + 1);
    chapters.insert(at, contents);
    chapters.extend(composer.body(recipes)?);
    Ok(Book { meta, chapters, style: m.templates.style().to_owned(), pictures: files, cover })
}

/// Every recipe's file: its slug, unless a page of ours has that name.
fn file_names(cookbook: &Cookbook) -> FileOf {
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

struct Composer<'a> {
    m: Materials<'a>,
    meta: &'a Meta,
    files: &'a FileOf,
}

/// A recipe's page with what the contents say of it.
struct Page {
    file: String,
    title: Rich,
    lang: Lang,
    xhtml: String,
}

impl Composer<'_> {
    fn links(&self, lang: &Lang) -> Links<'_> {
        Links { files: self.files, rtl: lang.direction() == Direction::Rtl }
    }

    fn lang(&self) -> &Lang {
        &self.meta.languages[0]
    }

    /// A text of the book's own, set by the rules of its language.
    fn text(&self, text: &str) -> String {
        escape(&crate::typo::refined(text, locale(self.lang()), Medium::Book))
    }

    fn texts(&self, text: &Option<String>) -> Option<String> {
        text.as_deref().map(|t| self.text(t))
    }

    fn prose(&self, blocks: &[Block], level: u8) -> String {
        let mut set = blocks.to_vec();
        refine_all(&mut set, locale(self.lang()));
        html::blocks(&set, level, self.links(self.lang()))
    }

    /// What every page has: language, words, title.
    fn page(&self, name: &str, title: &str, more: Value) -> Result<String, TemplateError> {
        let base = context! {
            page_lang => view::page_lang(self.lang()),
            page_class => view::page_class(self.lang()),
            words => view::words(locale(self.lang())),
            style => STYLE,
            title => title,
            title_text => title,
            ..more
        };
        self.m.templates.render(name, &base)
    }

    fn front(&self) -> Result<Vec<Chapter>, TemplateError> {
        let words = locale(self.lang());
        let title = self.text(&self.meta.title);
        let cover_label = words.label(Label::Cover);
        let cover = self.page(
            "cover.xhtml",
            &title,
            context! { cover => COVER, alt => format!("{}: {title}", escape(cover_label)) },
        )?;
        let page = self.page(
            "title.xhtml",
            &title,
            context! {
                long => self.meta.title.chars().count() > 45,
                subtitle => self.texts(&self.meta.subtitle),
                authors => self.meta.authors.iter().map(|a| self.text(a)).collect::<Vec<_>>(),
                publisher => self.texts(&self.meta.publisher),
                series => self.texts(&self.meta.series),
                rights => self.texts(&self.meta.rights),
            },
        )?;
        let chapter = |file: &str, title: &str, kind, xhtml| Chapter {
            file: file.to_owned(),
            title: title.to_owned(),
            kind,
            xhtml,
        };
        let mut out = vec![
            chapter("cover.xhtml", cover_label, Kind::Cover, cover),
            chapter("title.xhtml", words.label(Label::TitlePage), Kind::Title, page),
        ];
        if let Some(prose) = &self.m.cookbook.info.introduction {
            let label = words.label(Label::Introduction);
            let xhtml = self.page(
                "introduction.xhtml",
                &escape(label),
                context! { introduction => self.prose(&prose.blocks, 2) },
            )?;
            out.push(chapter("introduction.xhtml", label, Kind::Introduction, xhtml));
        }
        Ok(out)
    }

    /// Every recipe's page, in the order of the cookbook's list.
    fn recipes(&self) -> Result<Vec<Page>, TemplateError> {
        let words: Mutex<BTreeMap<&'static str, Value>> = Mutex::new(BTreeMap::new());
        self.m
            .cookbook
            .recipes
            .par_iter()
            .map(|recipe| {
                let content: Content = content::build(recipe, Medium::Book);
                let words = words
                    .lock()
                    .unwrap_or_else(std::sync::PoisonError::into_inner)
                    .entry(content.locale.tag.as_str())
                    .or_insert_with(|| view::words(content.locale))
                    .clone();
                let viewer = Viewer {
                    links: self.links(&content.lang),
                    files: self.files,
                    words,
                    authors: &self.meta.authors,
                    pictures: self.m.pictures,
                };
                let xhtml = self.m.templates.render("recipe.xhtml", &viewer.recipe(&content))?;
                let file = self.files[&content.slug].clone();
                Ok(Page { file, title: content.title, lang: content.lang, xhtml })
            })
            .collect()
    }

    fn entry(&self, page: &Page) -> Entry {
        let attributes = if page.lang == *self.lang() { String::new() } else { html::lang(&page.lang) };
        Entry { href: page.file.clone(), title: html::plain(&page.title), attributes }
    }

    fn entries(&self, recipes: &[usize], pages: &[Page]) -> Vec<Entry> {
        recipes.iter().map(|i| self.entry(&pages[*i])).collect()
    }

    /// The contents, two levels deep, with the landmarks.
    fn contents(&self, pages: &[Page]) -> Result<Chapter, TemplateError> {
        let cookbook = self.m.cookbook;
        let words = locale(self.lang());
        let parts: Vec<Value> = cookbook
            .parts
            .iter()
            .enumerate()
            .map(|(n, part)| {
                context! {
                    title => part.title.as_ref().map(|t| self.text(t.trimmed())),
                    href => format!("part-{}.xhtml", n + 1),
                    recipes => self.entries(&part.recipes, pages),
                }
            })
            .collect();
        let first = match cookbook.parts.first() {
            Some(p) if p.title.is_some() => "part-1.xhtml".to_owned(),
            Some(p) => p.recipes.first().map(|i| pages[*i].file.clone()).unwrap_or_default(),
            None => String::new(),
        };
        let label = words.label(Label::Contents);
        let xhtml = self.page(
            "contents.xhtml",
            &escape(label),
            context! { parts => parts, introduction => cookbook.info.introduction.is_some(), first => first },
        )?;
        Ok(Chapter { file: CONTENTS.into(), title: label.to_owned(), kind: Kind::Contents, xhtml })
    }

    /// Parts and their recipes, in order.
    fn body(&self, pages: Vec<Page>) -> Result<Vec<Chapter>, TemplateError> {
        let mut openers = Vec::new();
        let mut number = 0;
        for (n, part) in self.m.cookbook.parts.iter().enumerate() {
            let Some(title) = &part.title else {
                openers.push(None);
                continue;
            };
            number += 1;
            let words = locale(self.lang());
            let introduction = part.introduction.as_ref().map(|p| self.prose(&p.blocks, 2)).unwrap_or_default();
            let xhtml = self.page(
                "part.xhtml",
                &self.text(title.trimmed()),
                context! {
                    number => escape(&words.fill(Label::Part, &[("n", &number.to_string())])),
                    introduction => introduction,
                    recipes => self.entries(&part.recipes, &pages),
                },
            )?;
            let file = format!("part-{}.xhtml", n + 1);
            openers.push(Some(Chapter { file, title: title.trimmed().to_owned(), kind: Kind::Part, xhtml }));
        }
        let mut pages: Vec<Option<Page>> = pages.into_iter().map(Some).collect();
        let mut out = Vec::with_capacity(pages.len() + openers.len());
        for (part, opener) in self.m.cookbook.parts.iter().zip(openers) {
            let in_part = opener.is_some();
            out.extend(opener);
            out.extend(part.recipes.iter().filter_map(|i| pages[*i].take()).map(|p| Chapter {
                file: p.file,
                title: p.title.text,
                kind: Kind::Recipe { in_part },
                xhtml: p.xhtml,
            }));
        }
        Ok(out)
    }
}

fn refine_all(blocks: &mut [Block], locale: &crate::locale::Locale) {
    for block in blocks {
        match block {
            Block::Para(r) | Block::Heading(r) => refine(r, locale, Medium::Book),
            Block::Quote(inner) => refine_all(inner, locale),
            Block::List { items, .. } => items.iter_mut().for_each(|i| refine_all(i, locale)),
        }
    }
}
