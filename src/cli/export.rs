//! `cardamom export`.

mod books;
mod cards;
mod changed;
mod revise;
mod select;
mod setup;
mod sheets;
mod volumes;
mod wishes;

use super::args::{Export, Format};
use super::other::{STYLED, count};
use super::{complain, hand_out, report, streams};
use crate::book::{Printed, Templates};
use crate::diag::{Diagnostic, Reported, has_errors};
use crate::fonts::FontBook;
use crate::impose::SheetPlan;
use crate::load::{self, Loaded, Survey};
use crate::recipe::Recipe;
use crate::source::{FileId, Sources};
use crate::world::{Scratch, World};
use std::collections::BTreeSet;
use std::io::{self, Cursor, Seek};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use wishes::Themes;

pub(super) fn run(world: &dyn World, args: &Export) -> ExitCode {
    let output = &args.output;
    if [&output.pdf, &output.epub, &output.book, &output.out_dir].iter().all(|o| o.is_none()) {
        complain(
            "error: no output named\n  = help: add --pdf cards.pdf, --epub cookbook.epub, --book cookbook.pdf, or --out-dir DIR for one file a recipe\n",
        );
        return ExitCode::from(2);
    }
    let mut book = FontBook::new();
    let mut setup = Vec::new();
    let mut setup_sources = Sources::default();
    setup::add_fonts(world, &args.fonts.font, &mut book, &mut setup);
    let name = args.cards.theme.as_str();
    let themes = Themes::new(args, |print| setup::theme(world, (name, print), &book, &mut setup, &mut setup_sources));
    let sheets = sheets::plan(world, args, &mut setup, &mut setup_sources);
    let Some((themes, sheets)) = themes.zip(sheets).filter(|_| !has_errors(&setup)) else {
        args.defaults.blame(&mut setup, &mut setup_sources);
        complain(&report::draw(&setup, &setup_sources, STYLED).text);
        // a file that is wrong is an input like others; a name that stands for nothing is wrong usage
        if setup.iter().any(|d| d.is_error() && d.at.is_some()) {
            return ExitCode::from(1);
        }
        let (note, code) = args.defaults.note(&setup.iter().map(|d| d.message.as_str()).collect::<Vec<_>>().join("; "));
        complain(&note);
        return ExitCode::from(code);
    };
    if let Some(why) = wishes::refused(args, &themes.cards, &sheets) {
        let (note, code) = args.defaults.note(&why);
        complain(&(why + &note));
        return ExitCode::from(code);
    }
    let templates = match Templates::load(world, args.book.templates.as_deref()) {
        Ok(templates) => templates,
        Err(mut e) => {
            args.defaults.blame(&mut e.diagnostics, &mut e.sources);
            complain(&report::draw(&e.diagnostics, &e.sources, STYLED).text);
            let in_a_file = e.diagnostics.iter().any(|d| d.at.is_some());
            return ExitCode::from(if in_a_file { 1 } else { 2 });
        }
    };
    let materials = (themes, templates, book, sheets);
    if !wants_cards(args) && args.output.book.is_none() {
        return books_alone(world, args, materials);
    }
    let mut loaded = load::load(world, &args.paths);
    if let Some(code) = select::select(&mut loaded, args) {
        return code;
    }
    revise::revise(&mut loaded, args);
    let mut job = Job::new(world, args, materials, loaded);
    job.export();
    job.write();
    job.finish()
}

/// A run that makes nothing but books holds no more of the recipes than it must.
fn books_alone(world: &dyn World, args: &Export, materials: (Themes, Templates, FontBook, SheetPlan)) -> ExitCode {
    let adjust = |recipe: &mut Recipe, told: &mut Vec<Diagnostic>| revise::recipe(recipe, args, told);
    let Survey { mut report, told, shelf } = load::survey(world, &args.paths, load::ROOM, &adjust);
    if let Some(code) = select::select(&mut report, args) {
        return code;
    }
    let files: BTreeSet<FileId> = report.value.cookbook.recipes.iter().map(|r| r.file).collect();
    let mut job = Job::new(world, args, materials, report);
    job.diagnostics.extend(told.into_iter().filter(|d| d.at.as_ref().is_none_or(|at| files.contains(&at.file))));
    if !job.loaded.cookbook.recipes.is_empty() {
        let cookbook = std::mem::take(&mut job.loaded.cookbook);
        job.books(&cookbook, &shelf);
        job.loaded.cookbook = cookbook;
    }
    job.write();
    shelf.recall(&job.diagnostics, &mut job.loaded.sources);
    let code = job.finish();
    streams::part_with(shelf);
    code
}

/// Whether a file of this format goes into the folder of single files.
fn to_folder(args: &Export, format: Format) -> bool {
    args.output.out_dir.is_some() && args.output.formats.contains(&format)
}

/// Whether the run makes cards.
fn wants_cards(args: &Export) -> bool {
    args.output.pdf.is_some() || to_folder(args, Format::Pdf)
}

struct Job<'a, R = Recipe> {
    world: &'a dyn World,
    args: &'a Export,
    themes: Themes,
    templates: Templates,
    book: FontBook,
    sheets: SheetPlan,
    loaded: Loaded<R>,
    diagnostics: Vec<Diagnostic>,
    /// Finished files. They are written when all of them are there, so that a mistake leaves everything as it was.
    made: Vec<(PathBuf, Box<dyn Scratch>)>,
    /// The record of what was printed, as it is to be once all is written.
    record: Option<(PathBuf, Vec<u8>)>,
    written: Vec<String>,
    failed: bool,
    /// The printed book, where the other is to list its pages.
    printed: Option<Printed>,
    /// Whether flags asked for what can't be.
    wrong_usage: bool,
    /// Whether it was said how to feed sheets by hand.
    fed: bool,
}

impl Job<'_> {
    fn export(&mut self) {
        if self.loaded.cookbook.recipes.is_empty() || self.must_stop() {
            return;
        }
        if wants_cards(self.args) {
            self.cards();
        }
        if self.failed {
            return;
        }
        if let Some(path) = &self.args.output.book {
            self.volume(path);
        }
        if self.args.output.epub.is_some() || to_folder(self.args, Format::Epub) {
            let cookbook = std::mem::take(&mut self.loaded.cookbook);
            self.books(&cookbook.entries(), &cookbook);
            self.loaded.cookbook = cookbook;
        }
    }
}

impl<'a, R> Job<'a, R> {
    fn new(
        world: &'a dyn World,
        args: &'a Export,
        (themes, templates, book, sheets): (Themes, Templates, FontBook, SheetPlan),
        mut loaded: Reported<Loaded<R>>,
    ) -> Self {
        if let Some(date) = args.output.date {
            loaded.value.date = date;
        }
        Job {
            world,
            args,
            themes,
            templates,
            book,
            sheets,
            loaded: loaded.value,
            diagnostics: wishes::idle(args).into_iter().chain(loaded.diagnostics).collect(),
            made: Vec::new(),
            record: None,
            written: Vec::new(),
            failed: false,
            printed: None,
            wrong_usage: false,
            fed: false,
        }
    }

    /// Whether a mistake ends the run.
    fn must_stop(&self) -> bool {
        has_errors(&self.diagnostics) && !self.args.keep_going
    }

    /// Takes a finished file.
    fn keep(&mut self, path: &Path, bytes: Vec<u8>) {
        self.made.push((path.to_owned(), Box::new(Cursor::new(bytes))));
    }

    /// Writes what was made, unless something went wrong on the way.
    fn write(&mut self) {
        if self.failed || self.must_stop() {
            return;
        }
        // books can be made again, and the disk is not waited for; but a record must not outlive the cards that it says are there
        let durable = self.record.is_some();
        for (path, mut file) in std::mem::take(&mut self.made) {
            let begin = file.rewind();
            if path == Path::new("-") {
                self.failed |= begin.and_then(|()| hand_out(&mut file)).is_err();
                continue;
            }
            if self.put(&path, begin.and_then(|()| self.world.copy(&mut file, &path, durable))) {
                self.written.push(path.display().to_string());
            }
        }
        if let Some((path, bytes)) = self.record.take().filter(|_| !self.failed) {
            self.put(&path, self.world.write(&path, &bytes));
        }
    }

    /// Whether a file was written; if not, that is told.
    fn put(&mut self, path: &Path, put: io::Result<()>) -> bool {
        if let Err(e) = &put {
            complain(&format!("error: `{}` can't be written: {e}\n", path.display()));
            self.failed = true;
        }
        put.is_ok()
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
                .collect::<BTreeSet<_>>();
            let names: Vec<&str> = bad.iter().map(|f| self.loaded.sources.get(*f).name.as_str()).collect();
            let what = if self.written.is_empty() { "nothing was written" } else { "left out" };
            let list = if names.is_empty() { String::new() } else { format!(": {}", names.join(", ")) };
            complain(&format!("{}; {what}{list}\n", count(report.errors, "error")));
            if self.written.is_empty()
                && !self.failed
                && !self.args.keep_going
                && self.loaded.cookbook.recipes.len() > 1
            {
                complain("  = help: --keep-going exports the recipes that are right\n");
            }
        }
        if !quiet && !self.written.is_empty() {
            let what = if self.written.len() > 3 { count(self.written.len(), "file") } else { self.written.join(", ") };
            complain(&format!("wrote {what}\n"));
        }
        let code = if self.wrong_usage { 2 } else { u8::from(self.failed || report.errors > 0) };
        streams::part_with(self);
        ExitCode::from(code)
    }
}
