//! Books: one of all recipes, or one a recipe.

use super::Job;
use crate::books::{self, BookJob};
use crate::cli::args::Format;
use crate::cli::other::STYLED;
use crate::cli::{complain, report};
use crate::export::epub;
use std::path::Path;

impl Job<'_> {
    pub(super) fn books(&mut self) {
        if self.must_stop() {
            return;
        }
        let args = self.args;
        if let Some(path) = &args.output.epub {
            self.book(None, path);
        }
        if let Some(folder) = args.output.out_dir.as_ref().filter(|_| args.output.formats.contains(&Format::Epub)) {
            for index in 0..self.loaded.cookbook.recipes.len() {
                let name = format!("{}.epub", self.loaded.cookbook.recipes[index].slug);
                self.book(Some(index), &folder.join(name));
            }
        }
    }

    /// A book of all recipes, or of one. Recipes with photos that can't be used are left out where that is wanted.
    fn book(&mut self, only: Option<usize>, path: &Path) {
        let single = only.map(|i| self.loaded.cookbook.single(i));
        let cookbook = single.as_ref().unwrap_or(&self.loaded.cookbook);
        books::prepare(cookbook, &mut self.book, &self.theme, !self.args.fonts.no_system_fonts);
        let job = BookJob { templates: &self.templates, theme: &self.theme, fonts: &self.book };
        let made = match books::make(self.world, &self.loaded, cookbook, &job) {
            Ok(made) => made,
            Err(e) => {
                complain(&report::draw(&e.diagnostics, &e.sources, STYLED).text);
                self.failed = true;
                return;
            }
        };
        let mut book = made.value;
        if book.is_none() && self.args.keep_going && only.is_none() {
            let bad = made.diagnostics.iter().filter(|d| d.is_error()).filter_map(|d| Some(d.at.as_ref()?.file));
            let rest = cookbook.without(&bad.collect());
            book = books::make(self.world, &self.loaded, &rest, &job).ok().and_then(|m| m.value);
        }
        self.diagnostics.extend(made.diagnostics);
        let Some(book) = book.filter(|_| !self.must_stop()) else { return };
        match epub::export(&book, self.loaded.date) {
            Ok(bytes) => self.made.push((path.to_owned(), bytes)),
            Err(e) => {
                complain(&format!("error: {e}\n"));
                self.failed = true;
            }
        }
    }
}
