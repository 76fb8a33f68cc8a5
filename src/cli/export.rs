//! `cardamom export`.

use super::args::{Export, Format};
use super::other::{STYLED, count};
use super::progress::Progress;
use super::{complain, report};
use crate::book::Templates;
use crate::books::{self, BookJob};
use crate::cards::{self, CardJob};
use crate::diag::{Diagnostic, Place, has_errors};
use crate::export::{epub, pdf};
use crate::fonts::FontBook;
use crate::layout::CardOptions;
use crate::load::{self, Loaded};
use crate::source::{Source, Sources};
use crate::theme::{BUILT_IN, Theme};
use crate::world::World;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

pub(super) fn run(world: &dyn World, args: &Export) -> ExitCode {
    if args.pdf.is_none() && args.epub.is_none() && args.out_dir.is_none() {
        complain(
            "error: no output named\n  = help: add --pdf cards.pdf, --epub cookbook.epub, or --out-dir DIR for one file a recipe\n",
        );
        return ExitCode::from(2);
    }
    let mut book = FontBook::new();
    let mut setup = Vec::new();
    let mut setup_sources = Sources::default();
    add_fonts(world, &args.font, &mut book, &mut setup);
    let theme = theme(world, &args.theme, &book, &mut setup, &mut setup_sources);
    let Some(theme) = theme.filter(|_| !has_errors(&setup)) else {
        complain(&report::draw(&setup, &setup_sources, STYLED).text);
        // a file that is wrong is an input like others; a name that stands for nothing is wrong usage
        let in_a_file = setup.iter().any(|d| d.is_error() && d.at.is_some());
        return ExitCode::from(if in_a_file { 1 } else { 2 });
    };
    let templates = match Templates::load(world, args.templates.as_deref()) {
        Ok(templates) => templates,
        Err(e) => {
            complain(&report::draw(&e.diagnostics, &e.sources, STYLED).text);
            let in_a_file = e.diagnostics.iter().any(|d| d.at.is_some());
            return ExitCode::from(if in_a_file { 1 } else { 2 });
        }
    };
    let mut loaded = load::load(world, &args.paths);
    for recipe in &mut loaded.value.cookbook.recipes {
        args.exclude.iter().for_each(|section| recipe.exclude(*section));
    }
    let mut job = Job {
        world,
        args,
        theme,
        templates,
        book,
        loaded: loaded.value,
        diagnostics: loaded.diagnostics,
        made: Vec::new(),
        written: Vec::new(),
        failed: false,
    };
    job.export();
    job.write();
    job.finish()
}

/// Fonts that the user names: files, and folders of files.
fn add_fonts(world: &dyn World, paths: &[PathBuf], book: &mut FontBook, diagnostics: &mut Vec<Diagnostic>) {
    for path in paths {
        if world.is_folder(path) {
            let mut found = 0;
            for file in world.list(path).unwrap_or_default() {
                let is_font = file
                    .extension()
                    .is_some_and(|e| ["otf", "ttf", "otc", "ttc"].iter().any(|x| e.eq_ignore_ascii_case(x)));
                if is_font && let Ok(bytes) = world.read(&file) {
                    found += usize::from(book.add_file(bytes).is_ok());
                }
            }
            if found == 0 {
                diagnostics.push(
                    Diagnostic::error("bad-font", format!("no font in the folder `{}`", path.display()))
                        .hint("fonts end in .otf, .ttf, .otc or .ttc"),
                );
            }
            continue;
        }
        let read =
            world.read(path).map_err(|e| e.to_string()).and_then(|b| book.add_file(b).map_err(|e| e.to_string()));
        if let Err(why) = read {
            diagnostics
                .push(Diagnostic::error("bad-font", format!("the font `{}` can't be used: {why}", path.display())));
        }
    }
}

/// A theme by name, or from a file.
fn theme(
    world: &dyn World,
    name: &str,
    book: &FontBook,
    diagnostics: &mut Vec<Diagnostic>,
    sources: &mut Sources,
) -> Option<Theme> {
    if let Some(theme) = Theme::built_in(name, book) {
        return Some(theme);
    }
    let path = Path::new(name);
    if !world.is_file(path) {
        let known: Vec<&str> = BUILT_IN.iter().map(|(n, _)| *n).collect();
        let meant = crate::diag::did_you_mean(name, known.iter().copied());
        let hint = meant.map_or_else(
            || format!("themes: {}; or name a file", known.join(", ")),
            |m| format!("did you mean `{m}`?"),
        );
        diagnostics.push(Diagnostic::error("unknown-theme", format!("there is no theme `{name}`")).hint(hint));
        return None;
    }
    let text = world.read(path).ok().and_then(|b| String::from_utf8(b).ok());
    let Some(text) = text else {
        diagnostics.push(Diagnostic::error("unreadable", format!("`{name}` can't be read as text")));
        return None;
    };
    let parsed = Theme::parse(&text, book);
    let file = sources.add(Source::new(name, text));
    parsed
        .map_err(|e| {
            let place = e.place.map_or(Place::File, |p| Place::Bytes(crate::source::Span::new(p.start, p.end)));
            diagnostics.push(Diagnostic::error("bad-theme", e.message).place(file, place).maybe_hint(e.hint));
        })
        .ok()
}

struct Job<'a> {
    world: &'a dyn World,
    args: &'a Export,
    theme: Theme,
    templates: Templates,
    book: FontBook,
    loaded: Loaded,
    diagnostics: Vec<Diagnostic>,
    /// Finished files. They are written when all of them are there, so that a mistake leaves everything as it was.
    made: Vec<(PathBuf, Vec<u8>)>,
    written: Vec<String>,
    failed: bool,
}

impl Job<'_> {
    fn export(&mut self) {
        if self.loaded.cookbook.recipes.is_empty() || self.must_stop() {
            return;
        }
        let to_folder = |f: Format| self.args.out_dir.is_some() && self.args.formats.contains(&f);
        if self.args.pdf.is_some() || to_folder(Format::Pdf) {
            self.cards();
        }
        if self.args.epub.is_some() || to_folder(Format::Epub) {
            self.books();
        }
    }

    /// Whether a mistake ends the run.
    fn must_stop(&self) -> bool {
        has_errors(&self.diagnostics) && !self.args.keep_going
    }

    fn cards(&mut self) {
        let args = self.args;
        let job = CardJob {
            options: CardOptions {
                size: args.size.clone(),
                orientation: args.orientation.map(Into::into),
                max_cards: args.max_cards.map(usize::from),
            },
            include: args.include.clone(),
            allow_missing_glyphs: args.allow_missing_glyphs,
            system_fonts: !args.no_system_fonts,
        };
        let contents = cards::prepare(&self.loaded, &mut self.book, &self.theme, &job);
        let progress = Progress::new(contents.len(), args.talk.quiet);
        let laid =
            cards::lay_out(self.world, &self.loaded, &contents, &self.theme, &self.book, &job, &|| progress.step());
        progress.end();
        drop(contents);
        self.diagnostics.extend(laid.diagnostics);
        let finished = laid.value;
        if self.must_stop() || finished.is_empty() {
            return;
        }
        if args.talk.verbose {
            for f in &finished {
                complain(&format!("{}: {}\n", self.loaded.cookbook.recipes[f.recipe].slug, f.chosen));
            }
        }
        let date = self.loaded.date;
        if let Some(path) = &args.pdf {
            let bytes = pdf::export(&cards::document(&self.loaded, &finished), &self.book, date);
            self.made.push((path.clone(), bytes));
        }
        if let Some(folder) = args.out_dir.as_ref().filter(|_| args.formats.contains(&Format::Pdf)) {
            for one in finished.chunks(1) {
                let name = format!("{}.pdf", self.loaded.cookbook.recipes[one[0].recipe].slug);
                let bytes = pdf::export(&cards::document(&self.loaded, one), &self.book, date);
                self.made.push((folder.join(name), bytes));
            }
        }
    }

    fn books(&mut self) {
        if self.must_stop() {
            return;
        }
        let args = self.args;
        if let Some(path) = &args.epub {
            self.book(None, path);
        }
        if let Some(folder) = args.out_dir.as_ref().filter(|_| args.formats.contains(&Format::Epub)) {
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
        books::prepare(cookbook, &mut self.book, &self.theme, !self.args.no_system_fonts);
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

    /// Writes what was made, unless something went wrong on the way.
    fn write(&mut self) {
        if self.failed || self.must_stop() {
            return;
        }
        for (path, bytes) in std::mem::take(&mut self.made) {
            if path == Path::new("-") {
                use std::io::Write;
                let mut out = std::io::stdout().lock();
                self.failed |= out.write_all(&bytes).and_then(|()| out.flush()).is_err();
                continue;
            }
            match self.world.write(&path, &bytes) {
                Ok(()) => self.written.push(path.display().to_string()),
                Err(e) => {
                    complain(&format!("error: `{}` can't be written: {e}\n", path.display()));
                    self.failed = true;
                }
            }
        }
    }

    fn finish(self) -> ExitCode {
        let report = report::draw(&self.diagnostics, &self.loaded.sources, STYLED);
        complain(&report.text);
        let quiet = self.args.talk.quiet;
        if report.errors > 0 {
            let bad = self
                .diagnostics
                .iter()
                .filter(|d| d.is_error())
                .filter_map(|d| d.at.as_ref().map(|a| a.file))
                .collect::<std::collections::BTreeSet<_>>();
            let names: Vec<&str> = bad.iter().map(|f| self.loaded.sources.get(*f).name.as_str()).collect();
            let what = if self.written.is_empty() { "nothing was written" } else { "left out" };
            let list = if names.is_empty() { String::new() } else { format!(": {}", names.join(", ")) };
            complain(&format!("{}; {what}{list}\n", count(report.errors, "error")));
            if self.written.is_empty() && !self.args.keep_going && self.loaded.cookbook.recipes.len() > 1 {
                complain("  = help: --keep-going exports the recipes that are right\n");
            }
        }
        if !quiet && !self.written.is_empty() {
            let what = if self.written.len() > 3 { count(self.written.len(), "file") } else { self.written.join(", ") };
            complain(&format!("wrote {what}\n"));
        }
        ExitCode::from(u8::from(self.failed || report.errors > 0))
    }
}
