//! From paths to a cookbook: which files, their text, their recipes. The only step of the pipeline that reads recipe files.
//!
//! [`load`] holds all recipes at once, as cards need them. [`survey`] holds what the rest of a book must know of each, and gives the
//! recipes themselves one at a time: a book of ten thousand takes little more memory than its file.

mod files;
mod missing;
mod shelf;
mod text;

pub use shelf::Rereader;
pub(crate) use text::add as add_source;

use crate::cookbook::{self, BookInfo, Cookbook, Entry, Listed};
use crate::diag::{Diagnostic, Reported, has_errors};
use crate::locale::Lang;
use crate::recipe::{self, Recipe};
use crate::source::{FileId, Sources};
use crate::world::{Date, World};
use files::{collect, folder_of, known_slugs, shared_slugs, slug_of};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// What was read.
#[derive(Debug)]
pub struct Loaded<R = Recipe> {
    /// Every file that was read.
    pub sources: Sources,
    /// The folder of every file, for its photos.
    pub folders: BTreeMap<FileId, PathBuf>,
    /// The book of all recipes that can be used.
    pub cookbook: Cookbook<R>,
    /// The files whose recipe can't be used.
    pub failed: Vec<FileId>,
    /// When the newest of the files was changed: the date of everything that is made from them.
    pub date: Date,
}

impl<R> Loaded<R> {
    /// The name that a file's recipe goes by.
    pub fn slug(&self, file: FileId) -> String {
        slug_of(Path::new(&self.sources.get(file).name))
    }
}

/// What standard input is called in messages.
const STDIN: &str = "<stdin>";

/// The date of recipes whose files have none, such as standard input: the earliest one that archives can hold.
pub const NO_DATE: Date = Date { seconds: 315_532_800 };

/// Files that are read at a time. Fixed, so that the number of threads changes nothing.
const CHUNK: usize = 256;
/// Those of them that one core reads before the others may help with the rest.
const PIECE: usize = 4;

/// Reads everything that `paths` name: files, folders with all they hold, `-` for standard input.
///
/// Without paths that is the folder `recipes`, or else the YAML files of the current folder.
pub fn load(world: &dyn World, paths: &[PathBuf]) -> Reported<Loaded> {
    Reading::new(world, paths).all(|recipe| recipe, |recipe, _| recipe, true)
}

/// What is done to a recipe after reading, before anything is made of it.
pub type Adjust<'a> = dyn Fn(&mut Recipe, &mut Vec<Diagnostic>) + Sync + 'a;

/// A cookbook that does not hold its recipes.
pub struct Survey<'w> {
    /// What was read, and what was noticed on the way.
    pub report: Reported<Loaded<Entry>>,
    /// What was noticed when recipes were adjusted.
    pub told: Vec<Diagnostic>,
    /// Gives the recipes.
    pub shelf: Rereader<'w>,
}

/// Text of recipes that stay in memory when they are surveyed, in bytes: those of a book of a thousand, which need not be read twice.
pub const ROOM: usize = 10 << 20;

/// Reads like [`load`], and holds only what the rest of a book must know of each recipe. The recipes themselves come from the
/// [`Rereader`]: it keeps them while they have no more than `room` bytes of text, else it reads all of them again.
///
/// Texts are kept where there is something to report; [`Rereader::recall`] brings others back.
pub fn survey<'w>(world: &'w dyn World, paths: &[PathBuf], room: usize, adjust: &'w Adjust<'w>) -> Survey<'w> {
    let reading = Reading::new(world, paths);
    let mut shelf = Rereader::new(world, reading.lang.clone(), adjust);
    let mut told = Vec::new();
    let mut left = room;
    let shape = |mut recipe: Recipe| {
        let mut told = Vec::new();
        adjust(&mut recipe, &mut told);
        (Entry::of(&recipe), recipe, told)
    };
    let take = |(entry, recipe, words): (Entry, Recipe, Vec<Diagnostic>), read: Read<'_>| {
        told.extend(words);
        // standard input can't be read twice
        if read.path == Path::new("-") {
            shelf.keep(recipe);
            return entry;
        }
        shelf.name(entry.file, read.path);
        match left.checked_sub(read.size) {
            Some(rest) => {
                left = rest;
                shelf.keep(recipe);
            }
            // a book that large needs the room for its file
            None => {
                left = 0;
                shelf.empty();
            }
        }
        entry
    };
    let mut report = reading.all(shape, take, false);
    shelf.recall(&report.diagnostics, &mut report.value.sources);
    Survey { report, told, shelf }
}

/// A file that was read.
struct Read<'a> {
    path: &'a Path,
    /// Bytes of its text.
    size: usize,
}

/// A run over all files.
struct Reading<'w> {
    world: &'w dyn World,
    recipe_files: Vec<PathBuf>,
    /// Slugs of the files that share theirs with another.
    shared: BTreeMap<PathBuf, String>,
    book_file: Option<PathBuf>,
    sources: Sources,
    folders: BTreeMap<FileId, PathBuf>,
    info: BookInfo,
    /// The language of recipes that name none.
    lang: Lang,
    diagnostics: Vec<Diagnostic>,
}

impl<'w> Reading<'w> {
    /// Finds the files and reads the one that describes the book.
    fn new(world: &'w dyn World, paths: &[PathBuf]) -> Self {
        let mut diagnostics = Vec::new();
        let (recipe_files, book_file) = collect(world, paths, &mut diagnostics);
        let shared = shared_slugs(&recipe_files, &mut diagnostics);
        let mut sources = Sources::default();
        let mut folders = BTreeMap::new();
        let mut info = BookInfo::default();
        if let Some(path) = &book_file
            && let Some(id) = read_source(world, path, &mut sources, &mut diagnostics)
        {
            info = cookbook::read_info(id, sources.get(id), &mut diagnostics).unwrap_or_default();
            folders.insert(id, folder_of(path));
        }
        missing::cover(world, &info, &folders, &mut diagnostics);
        let lang = info.lang.clone().unwrap_or_default();
        Reading { world, recipe_files, shared, book_file, sources, folders, info, lang, diagnostics }
    }

    fn date(&self) -> Date {
        let newest = || {
            let files = self.recipe_files.par_iter().chain(&self.book_file).filter_map(|p| self.world.modified(p));
            files.max_by_key(|d| d.seconds).filter(|d| d.seconds >= NO_DATE.seconds)
        };
        self.world.fixed_date().or_else(newest).unwrap_or(NO_DATE)
    }

    /// Reads all recipes. `shape` makes of each what is needed, on all cores; `take` keeps of it what is to stay, in their order. Texts
    /// without anything to report are dropped unless all are to stay.
    fn all<T: Send, R: Listed + Clone>(
        mut self,
        shape: impl Fn(Recipe) -> T + Sync,
        mut take: impl FnMut(T, Read<'_>) -> R,
        keep_texts: bool,
    ) -> Reported<Loaded<R>> {
        let mut known = known_slugs(self.world, &self.recipe_files, self.book_file.as_deref());
        known.extend(self.shared.values().cloned());
        let mut read = Found { recipes: Vec::new(), failed: Vec::new(), facts: Vec::new(), links: Vec::new() };
        for files in std::mem::take(&mut self.recipe_files).chunks(CHUNK) {
            self.chunk(files, &known, &mut read, (&shape, &mut take), keep_texts);
            self.recipe_files.extend_from_slice(files);
        }
        let date = self.date();
        let Found { recipes, mut failed, facts, links } = read;
        let Reading { sources, folders, info, mut diagnostics, .. } = self;
        diagnostics.extend(facts);
        let before = diagnostics.len();
        let mut cookbook = cookbook::assemble(info, recipes, &known, &mut diagnostics);
        diagnostics.extend(links);
        // a recipe with a dangling link, or the second one of a name, can't be used either
        let wrong: BTreeSet<FileId> = diagnostics[before..]
            .iter()
            .filter(|d| d.is_error())
            .filter_map(|d| d.at.as_ref().map(|a| a.file))
            .collect();
        if cookbook.recipes.iter().any(|r| wrong.contains(&r.file())) {
            failed.extend(cookbook.recipes.iter().map(Listed::file).filter(|f| wrong.contains(f)));
            let good = cookbook.recipes.into_iter().filter(|r| !wrong.contains(&r.file())).collect();
            cookbook = cookbook::assemble(cookbook.info, good, &known, &mut Vec::new());
        }
        failed.sort();
        Reported { value: Loaded { sources, folders, cookbook, failed, date }, diagnostics }
    }

    /// Reads some of the files.
    fn chunk<T: Send, R>(
        &mut self,
        files: &[PathBuf],
        known: &BTreeSet<String>,
        found: &mut Found<R>,
        (shape, take): (&(impl Fn(Recipe) -> T + Sync), &mut impl FnMut(T, Read<'_>) -> R),
        keep_texts: bool,
    ) {
        let world = self.world;
        let texts: Vec<_> = files
            .par_iter()
            .with_max_len(PIECE)
            .map(|p| (p, world.read(p).map(|bytes| text::decode(p, bytes))))
            .collect();
        let mut ids = Vec::with_capacity(files.len());
        for (path, text) in texts {
            match text {
                Ok(text) => {
                    let before = self.diagnostics.len();
                    let id = text.add(&mut self.sources, &mut self.diagnostics);
                    self.folders.insert(id, folder_of(path));
                    if self.diagnostics.len() > before {
                        found.failed.push(id);
                    } else {
                        ids.push((id, path));
                    }
                }
                Err(e) => self.diagnostics.push(unreadable(path, &e)),
            }
        }
        let (sources, folders, shared, lang) = (&self.sources, &self.folders, &self.shared, &self.lang);
        let resolved: Vec<(Option<T>, Vec<Diagnostic>, Vec<Diagnostic>)> = ids
            .par_iter()
            .with_max_len(PIECE)
            .map(|(id, path)| {
                let slug = shared.get(*path).cloned().unwrap_or_else(|| slug_of(path));
                let mut report = recipe::resolve(*id, sources.get(*id), &slug, lang);
                let mut links = Vec::new();
                if let Some(recipe) = &report.value {
                    missing::photos(world, recipe, &folders[id], &mut report.diagnostics);
                    report.value = report.value.filter(|_| !has_errors(&report.diagnostics));
                }
                if let Some(recipe) = &report.value {
                    cookbook::check_links(recipe, known, &mut links);
                }
                (report.value.map(shape), report.diagnostics, links)
            })
            .collect();
        for ((shaped, facts, links), (id, path)) in resolved.into_iter().zip(ids) {
            let silent = facts.is_empty() && links.is_empty();
            found.facts.extend(facts);
            found.links.extend(links);
            let size = self.sources.get(id).text.len();
            match shaped {
                Some(shaped) => found.recipes.push(take(shaped, Read { path, size })),
                None => found.failed.push(id),
            }
            if silent && !keep_texts {
                self.sources.forget(id);
            }
        }
    }
}

/// What is known so far.
struct Found<R> {
    recipes: Vec<R>,
    failed: Vec<FileId>,
    /// What is wrong with single recipes.
    facts: Vec<Diagnostic>,
    /// Links that lead nowhere.
    links: Vec<Diagnostic>,
}

fn read_source(
    world: &dyn World,
    path: &Path,
    sources: &mut Sources,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<FileId> {
    match world.read(path) {
        Ok(bytes) => {
            let before = diagnostics.len();
            let id = text::add(path, bytes, sources, diagnostics);
            (diagnostics.len() == before).then_some(id)
        }
        Err(e) => {
            diagnostics.push(unreadable(path, &e));
            None
        }
    }
}

fn unreadable(path: &Path, e: &std::io::Error) -> Diagnostic {
    Diagnostic::error("unreadable", format!("`{}` can't be read: {e}", path.display()))
}
