//! The pages of a book that are not a recipe's: title page, contents, openers of parts.

use super::finding::is_large;
use super::view::{self, Entry as Line};
use super::{Book, CONTENTS, COOK_MODE, COVER, Chapter, STYLE, TemplateError, cook_file, html, part_file};
use crate::cookbook::{Entry, Part};
use crate::locale::{Label, locale};
use crate::markdown::Block;
use crate::typo::{Medium, refine};
use crate::xml::escape;
use minijinja::{Value, context};

impl Book<'_> {
    /// All pages but those of recipes and indexes, in reading order.
    ///
    /// # Errors
    /// A template uses what is not there.
    pub fn own_pages(&self) -> Result<Vec<Chapter>, TemplateError> {
        let mut out = self.front()?;
        let mut number = 0;
        for (n, part) in self.cookbook.parts.iter().enumerate() {
            if part.title.is_some() {
                number += 1;
                out.push(self.opener(n, number, part)?);
            }
        }
        if self.cooked().next().is_some() {
            let line = |e: &Entry| {
                let line = self.line(e);
                Line { href: cook_file(&line.href), ..line }
            };
            let title = escape(locale(self.lang()).label(Label::CookMode));
            let recipes: Vec<Line> = self.cooked().map(line).collect();
            out.push(self.page(COOK_MODE, "cook-list.xhtml", &title, context! { recipes => recipes })?);
        }
        if is_large(self.cookbook) {
            out.push(self.colophon()?);
        }
        Ok(out)
    }

    /// How many pages the indexes have.
    pub fn index_pages(&self) -> usize {
        self.finding.pages.len()
    }

    /// A page of the indexes, by its number from 0.
    ///
    /// # Errors
    /// A template uses what is not there.
    pub fn index_page(&self, number: usize) -> Result<Chapter, TemplateError> {
        let page = &self.finding.pages[number];
        self.page(&page.file, "index.xhtml", &escape(&page.title), self.finding.view(page))
    }

    /// What is told of the book itself.
    fn colophon(&self) -> Result<Chapter, TemplateError> {
        let view = context! {
            publisher => self.texts(&self.meta.publisher),
            rights => self.texts(&self.meta.rights),
            identifier => self.meta.identifier.as_deref().map(shown_identifier),
        };
        let title = escape(locale(self.lang()).label(Label::AboutBook));
        self.page("colophon.xhtml", "colophon.xhtml", &title, view)
    }

    /// A text of the book's own, set by the rules of its language.
    fn text(&self, text: &str) -> String {
        escape(&crate::typo::refined(text, locale(self.lang()), Medium::Book))
    }

    fn texts(&self, text: &Option<String>) -> Option<String> {
        text.as_deref().map(|t| self.text(t))
    }

    /// The series with the book's number in it.
    fn series(&self) -> Option<String> {
        self.meta.series.as_ref().map(|(name, number)| match number {
            Some(number) => self.text(&format!("{name} · {number}")),
            None => self.text(name),
        })
    }

    fn prose(&self, blocks: &[Block], level: u8) -> String {
        let mut set = blocks.to_vec();
        refine_all(&mut set, locale(self.lang()));
        html::blocks(&set, level, self.links(self.lang()))
    }

    /// A page of a template, with what every page has: language, words, title.
    fn page(&self, file: &str, template: &str, title: &str, more: Value) -> Result<Chapter, TemplateError> {
        let base = context! {
            page_lang => view::page_lang(self.lang()),
            page_class => view::page_class(self.lang()),
            words => view::words(locale(self.lang())),
            style => STYLE,
            fonts => self.fonts_link(),
            title => title,
            title_text => title,
            ..more
        };
        Ok(Chapter { file: file.to_owned(), xhtml: self.templates.render(template, &base)? })
    }

    fn front(&self) -> Result<Vec<Chapter>, TemplateError> {
        let words = locale(self.lang());
        let title = self.text(&self.meta.title);
        let alt = format!("{}: {title}", escape(words.label(Label::Cover)));
        let mut out = vec![self.page("cover.xhtml", "cover.xhtml", &title, context! { cover => COVER, alt => alt })?];
        if is_large(self.cookbook) {
            out.push(self.page("half-title.xhtml", "half-title.xhtml", &title, context! {})?);
        }
        out.extend([
            self.page(
                "title.xhtml",
                "title.xhtml",
                &title,
                context! {
                    long => self.meta.title.chars().count() > 45,
                    subtitle => self.texts(&self.meta.subtitle),
                    authors => self.meta.authors.iter().map(|a| self.text(a)).collect::<Vec<_>>(),
                    publisher => self.texts(&self.meta.publisher),
                    series => self.series(),
                    rights => self.texts(&self.meta.rights),
                },
            )?,
            self.contents()?,
        ]);
        if let Some(prose) = &self.cookbook.info.introduction {
            let label = escape(words.label(Label::Introduction));
            let introduction = context! { introduction => self.prose(&prose.blocks, 2) };
            out.push(self.page("introduction.xhtml", "introduction.xhtml", &label, introduction)?);
        }
        Ok(out)
    }

    pub(super) fn line(&self, entry: &Entry) -> Line {
        let attributes = if entry.lang == *self.lang() { String::new() } else { html::lang(&entry.lang) };
        Line { href: self.files[&entry.slug].clone(), title: html::plain(&Self::title_of(entry)), attributes }
    }

    fn lines(&self, part: &Part) -> Vec<Line> {
        part.recipes.iter().map(|i| self.line(&self.cookbook.recipes[*i])).collect()
    }

    /// The contents, two levels deep, with the landmarks.
    fn contents(&self) -> Result<Chapter, TemplateError> {
        let cookbook = self.cookbook;
        let parts: Vec<Value> = cookbook
            .parts
            .iter()
            .enumerate()
            .map(|(n, part)| {
                context! {
                    title => part.title.as_ref().map(|t| self.text(t.trimmed())),
                    href => part_file(n),
                    recipes => self.lines(part),
                }
            })
            .collect();
        let first = match cookbook.parts.first() {
            Some(p) if p.title.is_some() => part_file(0),
            Some(p) => p.recipes.first().map(|i| self.line(&cookbook.recipes[*i]).href).unwrap_or_default(),
            None => String::new(),
        };
        let label = escape(locale(self.lang()).label(Label::Contents));
        let indexes: Vec<Value> =
            self.finding.pages.iter().map(|p| context! { href => p.file, title => escape(&p.title) }).collect();
        let view = context! {
            parts => parts,
            introduction => cookbook.info.introduction.is_some(),
            first => first,
            indexes => indexes,
            cook_mode => self.cooked().next().map(|_| COOK_MODE),
            colophon => is_large(cookbook).then_some("colophon.xhtml"),
            page_list => self.page_list().map(|all| {
                all.into_iter().map(|(page, file)| context! { number => page, href => file }).collect::<Vec<Value>>()
            }),
        };
        self.page(CONTENTS, "contents.xhtml", &label, view)
    }

    /// The opener of the part at place `n`, which counts as `number`.
    fn opener(&self, n: usize, number: usize, part: &Part) -> Result<Chapter, TemplateError> {
        let words = locale(self.lang());
        let view = context! {
            number => escape(&words.fill(Label::Part, &[("n", &number.to_string())])),
            introduction => part.introduction.as_ref().map(|p| self.prose(&p.blocks, 2)).unwrap_or_default(),
            recipes => self.lines(part),
        };
        let title = part.title.as_ref().map(|t| self.text(t.trimmed())).unwrap_or_default();
        self.page(&part_file(n), "part.xhtml", &title, view)
    }
}

/// An identifier as people write it.
fn shown_identifier(identifier: &str) -> String {
    escape(&identifier.strip_prefix("urn:isbn:").map_or_else(|| identifier.to_owned(), |n| format!("ISBN {n}")))
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
