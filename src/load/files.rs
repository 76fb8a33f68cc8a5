//! Which files a run reads.

use crate::cookbook;
use crate::diag::{Diagnostic, did_you_mean};
use crate::world::World;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The name of the file that describes the book.
const BOOK_FILE: [&str; 2] = ["cookbook.yaml", "cookbook.yml"];

pub(super) fn slug_of(path: &Path) -> String {
    if path == Path::new("-") || path == Path::new(super::STDIN) {
        return "recipe".into();
    }
    cookbook::slug(&path.file_stem().map(|s| s.to_string_lossy()).unwrap_or_default())
}

/// The slugs of files that share theirs with one before them, by path: a number tells them apart.
pub(super) fn shared_slugs(files: &[PathBuf], diagnostics: &mut Vec<Diagnostic>) -> BTreeMap<PathBuf, String> {
    let mut first: BTreeMap<String, &Path> = BTreeMap::new();
    let mut again = Vec::new();
    let mut sorted: Vec<&PathBuf> = files.iter().collect();
    sorted.sort_unstable();
    for path in sorted {
        match first.entry(slug_of(path)) {
            Entry::Vacant(free) => _ = free.insert(path),
            Entry::Occupied(taken) => again.push((path, taken.key().clone(), *taken.get())),
        }
    }
    let mut taken: BTreeSet<String> = if again.is_empty() { BTreeSet::new() } else { first.keys().cloned().collect() };
    let mut out = BTreeMap::new();
    for (path, plain, other) in again {
        let name = (2..).map(|n| format!("{plain}-{n}")).find(|name| taken.insert(name.clone())).unwrap_or_default();
        let message = format!(
            "`{}` and `{}` come to the same name, `{plain}`: the latter is called `{name}`",
            other.display(),
            path.display()
        );
        diagnostics.push(
            Diagnostic::warning("duplicate-name", message).hint("links go by these names; rename one of the files"),
        );
        out.insert(path.clone(), name);
    }
    out
}

pub(super) fn folder_of(path: &Path) -> PathBuf {
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
pub(super) fn collect(
    world: &dyn World,
    paths: &[PathBuf],
    diagnostics: &mut Vec<Diagnostic>,
) -> (Vec<PathBuf>, Option<PathBuf>) {
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
    // one folder has each of its files once
    if chosen.len() > 1 {
        let mut seen = BTreeSet::new();
        files.retain(|f| seen.insert(f.clone()));
    }
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
pub(super) fn known_slugs(world: &dyn World, files: &[PathBuf], book: Option<&Path>) -> BTreeSet<String> {
    let mut folders: Vec<PathBuf> = files.iter().map(PathBuf::as_path).chain(book).map(folder_of).collect();
    folders.dedup();
    let folders: BTreeSet<PathBuf> = folders.into_iter().collect();
    let mut known: BTreeSet<String> = files.iter().map(|f| slug_of(f)).collect();
    for folder in folders {
        let folder = if folder.as_os_str().is_empty() { PathBuf::from(".") } else { folder };
        let there = world.list(&folder).unwrap_or_default();
        known.extend(there.iter().filter(|p| is_yaml(p) && !is_book(p)).map(|p| slug_of(p)));
    }
    known
}
