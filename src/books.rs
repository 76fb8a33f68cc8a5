//! Recipes to a book: the pipeline from the cookbook to pages, pictures and a cover, in parallel.

use crate::book::{self, Book, Illustration, Materials, Templates};
use crate::cookbook::Cookbook;
use crate::cover::{self, Words};
use crate::diag::{Diagnostic, Reported};
use crate::export::raster;
use crate::fonts::{FontBook, Kind};
use crate::image::Photo;
use crate::load::Loaded;
use crate::recipe;
use crate::source::{FileId, Sources};
use crate::text::Shaper;
use crate::theme::Theme;
use crate::world::World;
use rayon::prelude::*;
use std::collections::BTreeSet;

/// Pixels along the longer side of a picture in a book: twice as many as a page of an e-reader shows at two fifths of its height.
const PICTURE: u32 = 1600;
/// Pixels along the longer side of a cover.
const COVER: u32 = 2560;
/// Pixels a point of our own cover: 400 × 640 points make 1600 × 2560.
const COVER_SCALE: f32 = 4.0;

/// What a book is made with.
#[derive(Debug, Clone, Copy)]
pub struct BookJob<'a> {
    /// Its templates.
    pub templates: &'a Templates,
    /// The theme of its cover.
    pub theme: &'a Theme,
    /// Fonts for its cover, prepared by [`prepare`].
    pub fonts: &'a FontBook,
}

/// Why there is no book: diagnostics that belong to the templates and not to the recipes.
#[derive(Debug)]
pub struct Failed {
    /// What is wrong.
    pub diagnostics: Vec<Diagnostic>,
    /// The texts it is wrong in.
    pub sources: Sources,
}

impl From<book::TemplateError> for Failed {
    fn from(e: book::TemplateError) -> Self {
        Failed { diagnostics: e.diagnostics, sources: e.sources }
    }
}

/// Finds fonts for the words on the cover.
pub fn prepare(cookbook: &Cookbook, fonts: &mut FontBook, theme: &Theme, system_fonts: bool) {
    let meta = book::meta(cookbook, &[]);
    let author = meta.authors.join("");
    let all = [Some(cover_title(cookbook, &meta)), meta.subtitle.as_deref(), Some(&author)];
    let wanted: BTreeSet<char> = all
        .into_iter()
        .flatten()
        .flat_map(str::chars)
        .filter(|c| !c.is_ascii() && !c.is_whitespace() && !c.is_control() && !crate::text::is_ignorable(*c))
        .collect();
    let serif = fonts.face(theme.cover.title.0.face).is_serif();
    let kind = if serif { Kind::Serif } else { Kind::Sans };
    fonts.prepare(&wanted, &[meta.languages[0].as_str()], system_fonts.then_some(kind));
}

/// Makes a book of a cookbook that is the whole of `loaded` or a part of it.
///
/// # Errors
/// The templates can't be used.
pub fn make(
    world: &dyn World,
    loaded: &Loaded,
    cookbook: &Cookbook,
    job: &BookJob<'_>,
) -> Result<Reported<Option<Book>>, Failed> {
    let inside = || {
        let mut diagnostics = Vec::new();
        let (names, files) = pictures(world, loaded, cookbook, &mut diagnostics);
        let materials = Materials { cookbook, pictures: &names, templates: job.templates };
        (book::compose(materials, Vec::new(), files), diagnostics)
    };
    let (cover, (chapters, mut diagnostics)) = rayon::join(|| cover(world, loaded, cookbook, job), inside);
    diagnostics.extend(cover.diagnostics);
    let mut book = chapters?;
    book.cover = cover.value;
    let whole = !crate::diag::has_errors(&diagnostics);
    Ok(Reported { value: whole.then_some(book), diagnostics })
}

fn cover_title<'a>(cookbook: &'a Cookbook, meta: &'a book::Meta) -> &'a str {
    cookbook.info.cover_title.as_ref().map_or(meta.title.as_str(), |t| t.trimmed())
}

/// The user's cover, or one of ours.
fn cover(world: &dyn World, loaded: &Loaded, cookbook: &Cookbook, job: &BookJob<'_>) -> Reported<Vec<u8>> {
    if let (Some(name), Some(file)) = (&cookbook.info.cover, cookbook.info.file) {
        let path = loaded.folders.get(&file).map(|f| f.join(name.trimmed())).unwrap_or_default();
        let read = world.read(&path).map_err(|e| e.to_string());
        return match read.and_then(|bytes| Photo::read(bytes).map_err(|e| e.to_string())) {
            Ok(photo) => Reported { value: photo.jpeg(COVER), diagnostics: Vec::new() },
            Err(why) => {
                let message = format!("the cover `{}` can't be used: {why}", name.trimmed());
                let hint = "name a JPEG or PNG file beside cookbook.yaml, or leave `cover` out for one of ours";
                let d = Diagnostic::error("bad-cover", message).at(file, name.at).hint(hint);
                Reported { value: Vec::new(), diagnostics: vec![d] }
            }
        };
    }
    let meta = book::meta(cookbook, &[]);
    let author = crate::locale::locale(&meta.languages[0]).list(&meta.authors);
    let words = Words {
        title: cover_title(cookbook, &meta),
        subtitle: meta.subtitle.as_deref(),
        author: &author,
        lang: &meta.languages[0],
    };
    let mut shaper = Shaper::new(job.fonts);
    let composed = cover::compose(words, job.theme, &mut shaper);
    let mut diagnostics = Vec::new();
    if composed.small_title {
        let d = Diagnostic::warning("small-cover-title", "the title is too long to be read on the cover's thumbnail")
            .hint("give cookbook.yaml a `cover_title` of a few words");
        diagnostics.push(placed(d, cookbook));
    }
    for (_, c) in &shaper.missing {
        let message = format!("no font has the character `{c}` (U+{:04X}) of the cover", u32::from(*c));
        let d = Diagnostic::warning("missing-glyph", message)
            .hint("name a font that has it with --font FILE, or an image of your own with `cover` in cookbook.yaml");
        diagnostics.push(placed(d, cookbook));
    }
    Reported { value: raster::jpeg(&composed.page, job.fonts, COVER_SCALE), diagnostics }
}

/// At the title of the book, where it has one.
fn placed(d: Diagnostic, cookbook: &Cookbook) -> Diagnostic {
    match (&cookbook.info.title, cookbook.info.file) {
        (Some(title), Some(file)) => d.at(file, title.at),
        _ => d,
    }
}

/// The pictures of all recipes and steps, each made fit for a page.
#[allow(clippy::type_complexity, reason = "names and files in two lists, for two readers")]
fn pictures(
    world: &dyn World,
    loaded: &Loaded,
    cookbook: &Cookbook,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Vec<Illustration>, Vec<(String, Vec<u8>)>) {
    let wanted: Vec<(FileId, &str, Option<usize>, &recipe::Photo)> = cookbook
        .recipes
        .iter()
        .flat_map(|r| {
            let of_steps = r.all_steps().enumerate().filter_map(|(n, s)| Some((Some(n + 1), s.photo.as_ref()?)));
            let all = r.photo.iter().map(|p| (None, p)).chain(of_steps);
            all.map(|(step, photo)| (r.file, r.slug.as_str(), step, photo)).collect::<Vec<_>>()
        })
        .collect();
    let read: Vec<Result<Vec<u8>, String>> = wanted
        .par_iter()
        .map(|(file, _, _, photo)| {
            let path = loaded.folders.get(file).map(|f| f.join(photo.file.trimmed())).unwrap_or_default();
            let bytes = world.read(&path).map_err(|e| e.to_string())?;
            Photo::read(bytes).map(|p| p.jpeg(PICTURE)).map_err(|e| e.to_string())
        })
        .collect();
    let (mut names, mut files) = (Vec::new(), Vec::new());
    for ((file, slug, step, photo), bytes) in wanted.into_iter().zip(read) {
        match bytes {
            Ok(bytes) => {
                let name = book::picture_name(slug, step);
                files.push((name.clone(), bytes));
                names.push(Illustration { file, step, name });
            }
            Err(why) => {
                let message = format!("the photo `{}` can't be used: {why}", photo.file.trimmed());
                diagnostics.push(
                    Diagnostic::error("bad-photo", message)
                        .at(file, photo.file.at)
                        .hint("save it again as JPEG or PNG"),
                );
            }
        }
    }
    (names, files)
}
