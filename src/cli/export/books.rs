//! Books: one of all recipes, or one a recipe.

use super::{Job, to_folder};
use crate::book::{Reader, TooLarge};
use crate::books::{self, BookJob, Failed, Library};
use crate::cli::args::Format;
use crate::cli::other::STYLED;
use crate::cli::{complain, report};
use crate::cookbook::{Cookbook, Entry, Shelf};
use crate::diag::{Diagnostic, Reported};
use crate::world::Scratch;
use std::io::{Seek, SeekFrom};
use std::path::Path;

impl<R> Job<'_, R> {
    /// The books that are asked for.
    pub(super) fn books(&mut self, cookbook: &Cookbook<Entry>, shelf: &dyn Shelf) {
        if self.must_stop() {
            return;
        }
        let args = self.args;
        if let Some(path) = &args.output.epub {
            self.book(cookbook, shelf, path, true);
        }
        if let Some(folder) = args.output.out_dir.as_ref().filter(|_| to_folder(args, Format::Epub)) {
            for (index, entry) in cookbook.recipes.iter().enumerate() {
                self.book(&cookbook.single(index), shelf, &folder.join(format!("{}.epub", entry.slug)), false);
            }
        }
    }

    /// A book. Recipes with photos that can't be used are left out of a `whole` one where that is wanted.
    fn book(&mut self, cookbook: &Cookbook<Entry>, shelf: &dyn Shelf, path: &Path, whole: bool) {
        books::prepare(cookbook, &mut self.book, &self.themes.screens, !self.args.fonts.no_system_fonts);
        let Some(made) = self.made_of(cookbook, shelf, path, whole) else { return };
        let mut file = made.value;
        if file.is_none() && self.args.keep_going && whole {
            let bad = made.diagnostics.iter().filter(|d| d.is_error()).filter_map(|d| Some(d.at.as_ref()?.file));
            let rest = cookbook.without(&bad.collect());
            if !rest.recipes.is_empty() {
                file = self.made_of(&rest, shelf, path, whole).and_then(|m| m.value);
            }
        }
        self.diagnostics.extend(made.diagnostics);
        let Some(mut file) = file.filter(|_| !self.must_stop()) else { return };
        let size = file.seek(SeekFrom::End(0)).unwrap_or_default();
        if let Some(d) = too_large(self.args.book.reader.into(), size, path) {
            self.diagnostics.push(d);
        }
        if !self.must_stop() {
            self.made.push((path.to_owned(), file));
        }
    }

    /// The file of a book, or `None` when that is not the recipes' fault; the reason is told.
    fn made_of(
        &mut self,
        cookbook: &Cookbook<Entry>,
        shelf: &dyn Shelf,
        path: &Path,
        whole: bool,
    ) -> Option<Reported<Option<Box<dyn Scratch>>>> {
        let date = self.loaded.date;
        let flags = &self.args.book;
        let job = BookJob {
            templates: &self.templates,
            theme: &self.themes.screens,
            fonts: &self.book,
            date,
            images: flags.screen(),
            grey: flags.grey_images,
            reader: flags.reader.into(),
            cook_mode: flags.cook_mode,
            embed_fonts: flags.embed_fonts,
            printed: self.printed.as_ref().filter(|_| whole),
        };
        let library = Library { cookbook, shelf, folders: &self.loaded.folders };
        match books::make(self.world, library, &job, self.world.scratch(path)) {
            Ok(made) => return Some(made),
            Err(Failed::Templates { diagnostics, sources }) => {
                complain(&report::draw(&diagnostics, &sources, STYLED).text);
            }
            Err(Failed::Epub(e)) => complain(&format!("error: {e}\n")),
        }
        self.failed = true;
        None
    }
}

/// What a book is too large for, told before it is written.
fn too_large(reader: Reader, bytes: u64, path: &Path) -> Option<Diagnostic> {
    let size = format!("`{}` has {:.0} MB", path.display(), bytes as f64 / 1e6);
    let hint =
        "--images eink makes pictures smaller, --images none leaves them out; or make two books with --tag or --course";
    Some(match reader.too_large(bytes)? {
        TooLarge::ForAll => {
            Diagnostic::error("too-large", format!("{size}, and Send to Kindle takes no more than 200 MB")).hint(hint)
        }
        TooLarge::ForMail => {
            let message = format!("{size}: too large for Send to Kindle by mail (50 MB); its web page takes 200 MB");
            Diagnostic::warning("too-large", message).hint(hint)
        }
    })
}
