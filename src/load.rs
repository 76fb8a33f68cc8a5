//! From paths to a cookbook: which files, their text, their recipes. The only step of the pipeline that reads recipe files.

use crate::cookbook::{self, BookInfo, Cookbook};
use crate::diag::{Diagnostic, Place, Reported, did_you_mean};
use crate::locale::Lang;
use crate::recipe::{self, Photo, Recipe};
use crate::source::{FileId, Source, Sources, Span};
use crate::world::{Date, World};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// What was read.
#[derive(Debug)]
pub struct Loaded {
    /// Every file that was read.
    pub sources: Sources,
    /// The folder of every file, for its photos.
    pub folders: BTreeMap<FileId, PathBuf>,
    /// The book of all recipes that can be used.
    pub cookbook: Cookbook,
    /// The files whose recipe can't be used.
    pub failed: Vec<FileId>,
    /// When the newest of the files was changed: the date of everything that is made from them.
    pub date: Date,
}

impl Loaded {
    /// The name that a file's recipe goes by.
    pub fn slug(&self, file: FileId) -> String {
        slug_of(Path::new(&self.sources.get(file).name))
    }
}

/// The date of recipes whose files have none, such as standard input: the earliest one that archives can hold.
const NO_DATE: Date = Date { seconds: 315_532_800 };

/// What standard input is called in messages.
const STDIN: &str = "<stdin>";

/// The name of the file that describes the book.
const BOOK_FILE: [&str; 2] = ["cookbook.yaml", "cookbook.yml"];

/// Reads everything that `paths` name: files, folders with all they hold, `-` for standard input.
///
/// Without paths that is the folder `recipes`, or else the YAML files of the current folder.
pub fn load(world: &dyn World, paths: &[PathBuf]) -> Reported<Loaded> {
    let mut diagnostics = Vec::new();
    let (recipe_files, book_file) = collect(world, paths, &mut diagnostics);
    let mut sources = Sources::default();
    let mut folders = BTreeMap::new();
    let newest = || {
        let files = recipe_files.iter().chain(&book_file).filter_map(|p| world.modified(p));
        files.max_by_key(|d| d.seconds).filter(|d| d.seconds >= NO_DATE.seconds)
    };
    let date = world.fixed_date().or_else(newest).unwrap_or(NO_DATE);
    let mut info = BookInfo::default();
    if let Some(path) = book_file.clone()
        && let Some(id) = read_source(world, &path, &mut sources, &mut diagnostics)
    {
        info = cookbook::read_info(id, sources.get(id), &mut diagnostics).unwrap_or_default();
        folders.insert(id, folder_of(&path));
    }
    missing_cover(world, &info, &folders, &mut diagnostics);
    let lang = info.lang.clone().unwrap_or_default();
    let texts: Vec<_> = recipe_files.par_iter().map(|p| (p, world.read(p))).collect();
    let mut ids = Vec::new();
    let mut failed = Vec::new();
    for (path, bytes) in texts {
        match bytes {
            Ok(bytes) => {
                let before = diagnostics.len();
                let id = add_source(path, bytes, &mut sources, &mut diagnostics);
                folders.insert(id, folder_of(path));
                if diagnostics.len() > before {
                    failed.push(id);
                } else {
                    ids.push((id, path));
                }
            }
            Err(e) => diagnostics.push(unreadable(path, &e)),
        }
    }
    let resolved: Vec<_> = ids
        .par_iter()
        .map(|(id, path)| {
            let mut report = resolve(*id, path, &sources, &lang);
            if let Some(recipe) = &report.value {
                missing_photos(world, recipe, &folders[id], &mut report.diagnostics);
                report.value = report.value.filter(|_| !crate::diag::has_errors(&report.diagnostics));
            }
            report
        })
        .collect();
    let mut recipes = Vec::new();
    for (report, (id, _)) in resolved.into_iter().zip(&ids) {
        diagnostics.extend(report.diagnostics);
        match report.value {
            Some(recipe) => recipes.push(recipe),
            None => failed.push(*id),
        }
    }
    let known = known_slugs(world, &recipe_files, book_file.as_deref());
    let before = diagnostics.len();
    let mut cookbook = cookbook::assemble(info, recipes, &known, &mut diagnostics);
    // a recipe with a dangling link, or the second one of a name, can't be used either
    let wrong: BTreeSet<FileId> =
        diagnostics[before..].iter().filter(|d| d.is_error()).filter_map(|d| d.at.as_ref().map(|a| a.file)).collect();
    if cookbook.recipes.iter().any(|r| wrong.contains(&r.file)) {
        failed.extend(cookbook.recipes.iter().map(|r| r.file).filter(|f| wrong.contains(f)));
        let good = cookbook.recipes.into_iter().filter(|r| !wrong.contains(&r.file)).collect();
        cookbook = cookbook::assemble(cookbook.info, good, &known, &mut Vec::new());
    }
    failed.sort();
    Reported { value: Loaded { sources, folders, cookbook, failed, date }, diagnostics }
}

fn resolve(id: FileId, path: &Path, sources: &Sources, lang: &Lang) -> Reported<Option<Recipe>> {
    recipe::resolve(id, sources.get(id), &slug_of(path), lang)
}

fn slug_of(path: &Path) -> String {
    if path == Path::new("-") || path == Path::new(STDIN) {
        return "recipe".into();
    }
    cookbook::slug(&path.file_stem().map(|s| s.to_string_lossy()).unwrap_or_default())
}

fn folder_of(path: &Path) -> PathBuf {
    path.parent().map(Path::to_owned).unwrap_or_default()
}

fn is_yaml(path: &Path) -> bool {
    path.extension().is_some_and(|e| e.eq_ignore_ascii_case("yaml") || e.eq_ignore_ascii_case("yml"))
}

fn is_book(path: &Path) -> bool {
    path.file_name().is_some_and(|n| BOOK_FILE.iter().any(|b| n == *b))
}

fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|n| n.to_string_lossy().starts_with('.'))
}

/// The recipe files and the book's file that `paths` stand for.
fn collect(world: &dyn World, paths: &[PathBuf], diagnostics: &mut Vec<Diagnostic>) -> (Vec<PathBuf>, Option<PathBuf>) {
    let default = Path::new("recipes");
    let chosen: Vec<PathBuf> = match paths {
        [] if world.is_folder(default) => vec![default.to_owned()],
        [] => {
            let here = world.list(Path::new(".")).unwrap_or_default();
            here.into_iter()
                .map(|p| p.strip_prefix(".").map(Path::to_owned).unwrap_or(p))
                .filter(|p| is_yaml(p) && !is_hidden(p))
                .collect()
        }
        given => given.to_vec(),
    };
    let mut files = Vec::new();
    let mut book = None;
    for path in &chosen {
        let before = files.len();
        if path == Path::new("-") || world.is_file(path) {
            take(path.clone(), &mut files, &mut book);
        } else if world.is_folder(path) {
            walk(world, path, &mut files, &mut book, 0);
            if files.len() == before {
                diagnostics.push(
                    Diagnostic::error("no-recipes", format!("no recipe in `{}`", path.display()))
                        .hint("a recipe is a file that ends in .yaml"),
                );
            }
        } else {
            let siblings = world
                .list(&path.parent().filter(|p| !p.as_os_str().is_empty()).map_or(PathBuf::from("."), Path::to_owned))
                .unwrap_or_default();
            let names: Vec<String> =
                siblings.iter().filter_map(|p| p.file_name().map(|n| n.to_string_lossy().into_owned())).collect();
            let wanted = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
            let hint = did_you_mean(&wanted, names.iter().map(String::as_str)).map(|m| format!("did you mean `{m}`?"));
            diagnostics.push(
                Diagnostic::error("not-found", format!("there is no file or folder `{}`", path.display()))
                    .maybe_hint(hint),
            );
        }
    }
    if chosen.is_empty() {
        diagnostics.push(
            Diagnostic::error("no-recipes", "no folder `recipes` and no .yaml file here")
                .hint("name files or folders, or make a recipe with `cardamom new \"Title\"`"),
        );
    }
    let mut seen = BTreeSet::new();
    files.retain(|f| seen.insert(f.clone()));
    (files, book)
}

fn take(path: PathBuf, files: &mut Vec<PathBuf>, book: &mut Option<PathBuf>) {
    if is_book(&path) {
        book.get_or_insert(path);
    } else {
        files.push(path);
    }
}

fn walk(world: &dyn World, folder: &Path, files: &mut Vec<PathBuf>, book: &mut Option<PathBuf>, depth: usize) {
    for path in world.list(folder).unwrap_or_default() {
        if is_hidden(&path) {
            continue;
        }
        if is_yaml(&path) && world.is_file(&path) {
            take(path, files, book);
        } else if depth < 8 && world.is_folder(&path) {
            walk(world, &path, files, book, depth + 1);
        }
    }
}

/// The slugs of all recipes beside those that were named, so that a link to a recipe outside this run is no error.
fn known_slugs(world: &dyn World, files: &[PathBuf], book: Option<&Path>) -> BTreeSet<String> {
    let folders: BTreeSet<PathBuf> = files.iter().map(PathBuf::as_path).chain(book).map(folder_of).collect();
    let mut known: BTreeSet<String> = files.iter().map(|f| slug_of(f)).collect();
    for folder in folders {
        let folder = if folder.as_os_str().is_empty() { PathBuf::from(".") } else { folder };
        let there = world.list(&folder).unwrap_or_default();
        known.extend(there.iter().filter(|p| is_yaml(p) && !is_book(p)).map(|p| slug_of(p)));
    }
    known
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
            let id = add_source(path, bytes, sources, diagnostics);
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

/// Decodes a file; reports bytes that are not UTF-8, with the place of the first.
pub(crate) fn add_source(
    path: &Path,
    bytes: Vec<u8>,
    sources: &mut Sources,
    diagnostics: &mut Vec<Diagnostic>,
) -> FileId {
    let name = if path == Path::new("-") { STDIN.to_owned() } else { path.display().to_string() };
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf".as_slice()).map(<[u8]>::to_vec).unwrap_or(bytes);
    match String::from_utf8(bytes) {
        Ok(text) => sources.add(Source::new(name, text)),
        Err(e) => {
            let valid = e.utf8_error().valid_up_to();
            let bytes = e.as_bytes();
            let wide = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
            let (message, hint) = if wide {
                (
                    "this file is UTF-16, not UTF-8",
                    "save it again as UTF-8 (in Notepad: Save as, Encoding: UTF-8)".to_owned(),
                )
            } else {
                (
                    "this file is not UTF-8",
                    format!(
                        "save it again as UTF-8; this byte (0x{:02X}) would be `{}` in Latin-1",
                        bytes[valid], bytes[valid] as char
                    ),
                )
            };
            let text = if wide { String::new() } else { String::from_utf8_lossy(bytes).into_owned() };
            let width = text.get(valid..).and_then(|t| t.chars().next()).map_or(0, char::len_utf8);
            let id = sources.add(Source::new(name, text));
            let place = if wide { Place::File } else { Place::Bytes(Span::new(valid, valid + width)) };
            diagnostics.push(Diagnostic::error("wrong-encoding", message).place(id, place).hint(hint));
            id
        }
    }
}

/// A cover that is named and not there.
fn missing_cover(
    world: &dyn World,
    info: &BookInfo,
    folders: &BTreeMap<FileId, PathBuf>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let (Some(cover), Some(file)) = (&info.cover, info.file) else { return };
    let folder = folders.get(&file).cloned().unwrap_or_default();
    if !world.is_file(&folder.join(cover.trimmed())) {
        let hint = "name a JPEG or PNG file beside cookbook.yaml, or leave `cover` out for one of ours";
        diagnostics.push(
            Diagnostic::error("bad-cover", format!("there is no image `{}` for the cover", cover.trimmed()))
                .at(file, cover.at)
                .hint(hint),
        );
    }
}

/// Photos that are named and not there.
fn missing_photos(world: &dyn World, recipe: &Recipe, folder: &Path, diagnostics: &mut Vec<Diagnostic>) {
    let all = recipe.photo.iter().chain(recipe.all_steps().filter_map(|s| s.photo.as_ref()));
    for Photo { file, .. } in all {
        let path = folder.join(file.trimmed());
        if world.is_file(&path) {
            continue;
        }
        let beside = world
            .list(&if folder.as_os_str().is_empty() { PathBuf::from(".") } else { folder.to_owned() })
            .unwrap_or_default();
        let names: Vec<String> =
            beside.iter().filter_map(|p| p.file_name().map(|n| n.to_string_lossy().into_owned())).collect();
        let hint =
            did_you_mean(file.trimmed(), names.iter().map(String::as_str)).map(|m| format!("did you mean `{m}`?"));
        diagnostics.push(
            Diagnostic::error("missing-photo", format!("there is no photo `{}`", file.trimmed()))
                .at(recipe.file, file.at)
                .hint("the name is relative to the recipe's folder")
                .maybe_hint(hint),
        );
    }
}
