//! Recipes that are read again when they are wanted.

use super::{Adjust, text};
use crate::cookbook::{Entry, Shelf};
use crate::diag::Diagnostic;
use crate::locale::Lang;
use crate::recipe::{self, Recipe};
use crate::source::{FileId, Source, Sources};
use crate::world::World;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// Gives the recipes of a [`survey`](super::survey): those of a small book were kept, those of a large one are read again.
pub struct Rereader<'w> {
    world: &'w dyn World,
    /// The language of recipes that name none.
    lang: Lang,
    adjust: &'w Adjust<'w>,
    kept: BTreeMap<FileId, Recipe>,
    paths: BTreeMap<FileId, PathBuf>,
}

impl<'w> Rereader<'w> {
    pub(super) fn new(world: &'w dyn World, lang: Lang, adjust: &'w Adjust<'w>) -> Self {
        Rereader { world, lang, adjust, kept: BTreeMap::new(), paths: BTreeMap::new() }
    }

    pub(super) fn keep(&mut self, recipe: Recipe) {
        self.kept.insert(recipe.file, recipe);
    }

    pub(super) fn name(&mut self, file: FileId, path: &std::path::Path) {
        self.paths.insert(file, path.to_owned());
    }

    /// Lets go of all recipes that can be read again.
    pub(super) fn empty(&mut self) {
        let paths = &self.paths;
        self.kept.retain(|file, _| !paths.contains_key(file));
    }

    /// How many recipes are kept.
    pub fn kept(&self) -> usize {
        self.kept.len()
    }

    /// Brings the texts back that diagnostics are to be shown in.
    pub fn recall(&self, diagnostics: &[Diagnostic], sources: &mut Sources) {
        let places = diagnostics.iter().flat_map(|d| d.at.iter().chain(d.other.iter().map(|(l, _)| l)));
        let files: BTreeSet<FileId> = places.map(|l| l.file).filter(|f| sources.is_forgotten(*f)).collect();
        for file in files {
            let path = self.paths.get(&file).cloned().unwrap_or_else(|| PathBuf::from(&sources.get(file).name));
            if let Ok(bytes) = self.world.read(&path) {
                let mut fresh = Sources::default();
                let id = text::add(&path, bytes, &mut fresh, &mut Vec::new());
                sources.recall(file, fresh.get(id).text.clone());
            }
        }
    }

    fn read(&self, entry: &Entry) -> Option<Recipe> {
        let path = self.paths.get(&entry.file)?;
        let bytes = self.world.read(path).ok()?;
        let mut sources = Sources::default();
        let mut told = Vec::new();
        let id = text::add(path, bytes, &mut sources, &mut told);
        let source: &Source = sources.get(id);
        let mut recipe = recipe::resolve(entry.file, source, &entry.slug, &self.lang).value?;
        let readable = told.is_empty();
        // what there is to tell was told when it was read first
        (self.adjust)(&mut recipe, &mut told);
        readable.then_some(recipe)
    }
}

impl Shelf for Rereader<'_> {
    fn recipe(&self, entry: &Entry) -> Result<Cow<'_, Recipe>, Box<Diagnostic>> {
        if let Some(recipe) = self.kept.get(&entry.file) {
            return Ok(Cow::Borrowed(recipe));
        }
        self.read(entry).map(Cow::Owned).ok_or_else(|| {
            let message = "this recipe was changed or removed while the book was made";
            Box::new(
                Diagnostic::error("changed-meanwhile", message).at(entry.file, entry.title.at).hint("run it again"),
            )
        })
    }
}
