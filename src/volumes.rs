//! Recipes to a book of pages: the pipeline from the cookbook to frames, in parallel.

use crate::book::{self, Meta};
use crate::cards::{find_fonts, missing_glyphs, read_photo};
use crate::content::{self, Content};
use crate::diag::{Diagnostic, Reported};
use crate::fonts::FontBook;
use crate::food;
use crate::frame::{Binding, Card, Document};
use crate::geom::Size;
use crate::image::{BROKEN_PPI, Photo};
use crate::index::{self, Kind};
use crate::load::Loaded;
use crate::locale::Lang;
use crate::pages::{self, Format, Materials, Pictures, Told};
use crate::recipe::Recipe;
use crate::source::NodeId;
use crate::theme::Theme;
use crate::typo::Medium;
use crate::world::World;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Photos of a book.
#[derive(Debug, Clone, Copy, Default)]
pub struct Photos {
    /// There are none.
    pub none: bool,
    /// In shades of grey.
    pub grey: bool,
    /// The dish no wider than the rail.
    pub small: bool,
}

/// What is asked of a book of pages.
#[derive(Debug, Clone)]
pub struct VolumeJob {
    /// The size of its pages.
    pub format: &'static Format,
    /// Its photos.
    pub photos: Photos,
    /// Whether a character that no font has is replaced instead of refused.
    pub allow_missing_glyphs: bool,
    /// Whether the system's fonts may help out.
    pub system_fonts: bool,
}

/// A book of pages.
#[derive(Debug)]
pub struct Volume {
    /// Its title.
    pub title: String,
    /// Its author.
    pub author: Option<String>,
    /// Its language.
    pub lang: Lang,
    /// Its chapters.
    pub cards: Vec<Card>,
    /// What binds them.
    pub binding: Binding,
    /// What became of every recipe, in the cookbook's order.
    pub recipes: Vec<Told>,
}

/// The contents of all recipes, set for pages, and fonts for all their characters.
pub fn prepare(loaded: &Loaded, fonts: &mut FontBook, theme: &Theme, job: &VolumeJob) -> Vec<Content> {
    let build = |r: &Recipe| content::build(r, Medium::Pages);
    let contents: Vec<Content> = loaded.cookbook.recipes.par_iter().map(build).collect();
    find_fonts(loaded, &contents, &of_indexes(loaded), fonts, theme, job.system_fonts);
    contents
}

/// Words that indexes may print though no recipe has them: other names of foods, diets, allergens, headings.
fn of_indexes(loaded: &Loaded) -> String {
    let cookbook = &loaded.cookbook;
    if Kind::wanted(cookbook.info.indexes.as_deref(), cookbook.recipes.len()).is_empty() {
        return String::new();
    }
    let all = cookbook.recipes.iter().map(|r| &r.lang).chain(&cookbook.info.lang);
    let langs: BTreeMap<&str, &Lang> = all.map(|l| (l.primary(), l)).collect();
    let mut out = index::HEADINGS.to_owned();
    for words in langs.into_values().map(food::words) {
        let names = words.synonyms.iter().chain(words.diets.values()).chain(words.allergens.values());
        names.flatten().for_each(|name| out += name);
    }
    out
}

/// Makes the book. `done` is called for each recipe.
pub fn make(
    world: &dyn World,
    loaded: &Loaded,
    contents: &[Content],
    theme: &Theme,
    fonts: &FontBook,
    job: &VolumeJob,
    done: &(dyn Fn() + Sync),
) -> Reported<Volume> {
    let cookbook = &loaded.cookbook;
    let entries = cookbook.entries();
    let meta: Meta = book::meta(&entries, true);
    let read: Vec<(Pictures, Vec<Diagnostic>)> =
        cookbook.recipes.par_iter().map(|r| pictures(world, loaded, r, job)).collect();
    let mut diagnostics = Vec::new();
    let mut all = Vec::new();
    for (pictures, told) in read {
        all.push(pictures);
        diagnostics.extend(told);
    }
    let materials = Materials {
        cookbook,
        entries: &entries,
        meta: &meta,
        contents,
        pictures: &all,
        theme,
        format: job.format,
        fonts,
    };
    let composed = pages::compose(materials, done);
    for (recipe, told) in cookbook.recipes.iter().zip(&composed.recipes) {
        parted(recipe, told, &mut diagnostics);
    }
    missing(loaded, &composed.missing, job, &mut diagnostics);
    let author = (!meta.authors.is_empty()).then(|| meta.authors.join(", "));
    let value = Volume {
        title: meta.title.clone(),
        author,
        lang: meta.languages[0].clone(),
        cards: composed.cards,
        binding: composed.binding,
        recipes: composed.recipes,
    };
    Reported { value, diagnostics }
}

impl Volume {
    /// Forgets what is on the pages, for it has been drawn; what it was and how it hangs together is left.
    pub fn forget_frames(&mut self) {
        for card in &mut self.cards {
            card.images = Vec::new();
            card.pages.iter_mut().for_each(|page| page.items = Vec::new());
        }
    }
}

/// The document of a book.
pub fn document(volume: &Volume) -> Document<'_> {
    Document {
        title: volume.title.clone(),
        author: volume.author.clone(),
        lang: volume.lang.clone(),
        cards: volume.cards.iter().collect(),
        binding: Some(volume.binding.clone()),
        ..Document::default()
    }
}

/// The photos of a recipe, each as large as it will be printed.
fn pictures(world: &dyn World, loaded: &Loaded, recipe: &Recipe, job: &VolumeJob) -> (Pictures, Vec<Diagnostic>) {
    let format = job.format;
    let mut diagnostics = Vec::new();
    let mut out = Pictures::default();
    if job.photos.none {
        return (out, diagnostics);
    }
    let picture = |photo: &Photo, size: Size| {
        Arc::new(if job.photos.grey { photo.grey(size.w, size.h) } else { photo.picture(size.w, size.h) })
    };
    if let Some(given) = &recipe.photo
        && let Some(photo) = read_photo(world, loaded, recipe.file, given, &mut diagnostics)
    {
        let (full, small) = (pages::photo_size(format), pages::small_photo_size(format));
        let ppi = photo.ppi(full.w, full.h);
        let coarse = ppi < pages::coarse_ppi();
        let is_small = coarse || job.photos.small;
        if coarse && !job.photos.small {
            let shown = photo.ppi(small.w, small.h);
            let mut message = format!(
                "the photo `{}` has {ppi:.0} pixels per inch at the width of the page, so it is printed small in the margin",
                given.file.trimmed()
            );
            if shown < BROKEN_PPI {
                message += &format!("; even there it has {shown:.0} and will look broken");
            }
            let hint = format!("{:.0} are needed, 300 are right", pages::coarse_ppi());
            diagnostics.push(Diagnostic::warning("coarse-photo", message).at(recipe.file, given.file.at).hint(hint));
        }
        out.front = Some((picture(&photo, if is_small { small } else { full }), is_small));
    }
    let size = pages::step_photo_size(format);
    for (i, step) in recipe.all_steps().enumerate() {
        let photo: Option<Photo> =
            step.photo.as_ref().and_then(|p| read_photo(world, loaded, recipe.file, p, &mut diagnostics));
        out.steps.extend(photo.map(|p| (i + 1, picture(&p, size))));
    }
    (out, diagnostics)
}

/// Tells of recipes with steps longer than a page.
fn parted(recipe: &Recipe, told: &Told, diagnostics: &mut Vec<Diagnostic>) {
    if told.parted > 0 {
        let message = format!("`{}` has a step or a note longer than a page of the book", recipe.title.trimmed());
        let hint = "it goes on overleaf; parting it into several makes it easier to follow";
        diagnostics.push(Diagnostic::warning("long-step", message).at(recipe.file, recipe.title.at).hint(hint));
    }
}

/// Characters that no font has.
fn missing(
    loaded: &Loaded,
    found: &[(Option<usize>, NodeId, char)],
    job: &VolumeJob,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut of_recipe: BTreeMap<usize, Vec<(NodeId, char)>> = BTreeMap::new();
    for (recipe, at, c) in found {
        if let Some(i) = recipe {
            of_recipe.entry(*i).or_default().push((*at, *c));
        }
    }
    for (i, own) in of_recipe {
        missing_glyphs(&own, loaded.cookbook.recipes[i].file, job.allow_missing_glyphs, diagnostics);
    }
    // the book's own pages: those that no recipe has as well
    let in_recipes: BTreeSet<char> = found.iter().filter(|(r, ..)| r.is_some()).map(|(.., c)| *c).collect();
    let own: Vec<(NodeId, char)> =
        found.iter().filter(|(r, _, c)| r.is_none() && !in_recipes.contains(c)).map(|(_, at, c)| (*at, *c)).collect();
    if let Some(file) = loaded.cookbook.info.file {
        missing_glyphs(&own, file, job.allow_missing_glyphs, diagnostics);
    }
}
