//! Recipes to a book: the pipeline from the cookbook to pages, pictures and a cover, in parallel and some recipes at a time.

mod cover;
mod fonts;

use crate::book::{self, Book, Chapter, Plan, Printed, Reader, Templates};
use crate::cookbook::{Cookbook, Entry, Shelf};
use crate::diag::{Diagnostic, Reported};
use crate::export::epub::{self, EpubError, Packed, Writer};
use crate::fonts::{FontBook, Kind};
use crate::image::{Photo, Screen};
use crate::source::{FileId, Sources};
use crate::theme::Theme;
use crate::world::{Date, World};
use fonts::Characters;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Seek, Write};
use std::path::PathBuf;

/// Recipes that one worker turns into pages at a time, and such chunks that are made before they are written. Fixed, so that the number
/// of threads changes nothing; small, so that little of the book is in memory.
const CHUNK: usize = 4;
const WINDOW: usize = 32;

/// What a book is made from.
#[derive(Clone, Copy)]
pub struct Library<'a> {
    /// What is known of each recipe, in order.
    pub cookbook: &'a Cookbook<Entry>,
    /// The recipes themselves.
    pub shelf: &'a dyn Shelf,
    /// The folder of every file, for its photos.
    pub folders: &'a BTreeMap<FileId, PathBuf>,
}

/// What a book is made with.
#[derive(Debug, Clone, Copy)]
pub struct BookJob<'a> {
    /// Its templates.
    pub templates: &'a Templates,
    /// The theme of its cover.
    pub theme: &'a Theme,
    /// Fonts for its cover, prepared by [`prepare`].
    pub fonts: &'a FontBook,
    /// When it was last changed.
    pub date: Date,
    /// How large its pictures are.
    pub images: Screen,
    /// Whether they are in greys.
    pub grey: bool,
    /// What it is made for.
    pub reader: Reader,
    /// Whether each recipe is there with a step a screen too.
    pub cook_mode: bool,
    /// Whether it has the theme's fonts in it.
    pub embed_fonts: bool,
    /// The printed book whose pages it is to list.
    pub printed: Option<&'a Printed>,
}

/// Why there is no book, when it is not the recipes' fault.
#[derive(Debug)]
pub enum Failed {
    /// The templates can't be used.
    Templates {
        /// What is wrong.
        diagnostics: Vec<Diagnostic>,
        /// The texts it is wrong in.
        sources: Sources,
    },
    /// The file can't be made.
    Epub(EpubError),
}

impl From<book::TemplateError> for Failed {
    fn from(e: book::TemplateError) -> Self {
        Failed::Templates { diagnostics: e.diagnostics, sources: e.sources }
    }
}

impl From<EpubError> for Failed {
    fn from(e: EpubError) -> Self {
        Failed::Epub(e)
    }
}

/// Finds fonts for the words on the cover.
pub fn prepare(cookbook: &Cookbook<Entry>, fonts: &mut FontBook, theme: &Theme, system_fonts: bool) {
    let meta = book::meta(cookbook, false);
    let author = meta.authors.join("");
    let all = [Some(cover::title(cookbook, &meta)), meta.subtitle.as_deref(), Some(&author)];
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

/// Makes the EPUB file of a book in `file`, which is empty. The value is `None` when a picture can't be used; all that can't are told.
///
/// # Errors
/// The templates can't be used, or the file can't be made.
pub fn make<W: Write + Seek + Send>(
    world: &dyn World,
    library: Library<'_>,
    job: &BookJob<'_>,
    file: W,
) -> Result<Reported<Option<W>>, Failed> {
    // the cover's pixels are gone before the first pages of a long book are made
    let (cover, inside) = rayon::join(|| cover::make(world, library, job), || inside(world, library, job, file));
    let (mut writer, mut diagnostics) = inside?;
    diagnostics.extend(cover.diagnostics);
    let whole = !crate::diag::has_errors(&diagnostics);
    writer.add(epub::pack(&[(book::COVER, &cover.value)])?)?;
    let value = if whole { Some(writer.finish()?) } else { None };
    Ok(Reported { value, diagnostics })
}

/// All of a book but its cover.
fn inside<W: Write + Seek + Send>(
    world: &dyn World,
    library: Library<'_>,
    job: &BookJob<'_>,
    file: W,
) -> Result<(Writer<W>, Vec<Diagnostic>), Failed> {
    let plan = Plan { pictures: job.images != Screen::None, data: job.reader.keeps_data(), cook_mode: job.cook_mode };
    let mut book = Book::plan(library.cookbook, job.templates, plan).with_pages(job.printed);
    if !job.reader.takes_languages() {
        book.meta.languages.truncate(1);
    }
    let faces = if job.embed_fonts { fonts::files(job.theme, job.fonts) } else { Vec::new() };
    book.fonts = faces.iter().map(|(file, _)| file.clone()).collect();
    let book = book;
    let make = |window: &[usize]| -> Vec<Result<Reported<Pages>, Failed>> {
        // whoever is done helps with what is left, chunk by chunk
        window.par_chunks(CHUNK).with_max_len(1).map(|chunk| pages(world, library, &book, job, chunk)).collect()
    };
    let order = book.order();
    let mut windows = order.chunks(CHUNK * WINDOW);
    let first = windows.next().unwrap_or_default();
    let (writer, mut made) = rayon::join(|| begin(&book, job, file), || make(first));
    let ((mut writer, mut characters), mut diagnostics) = (writer?, Vec::new());
    // some recipes are made while those before them are added
    for window in windows {
        let (added, next) =
            rayon::join(|| add((&mut writer, &mut characters), made, &mut diagnostics), || make(window));
        added?;
        made = next;
    }
    add((&mut writer, &mut characters), made, &mut diagnostics)?;
    if let Some(characters) = characters {
        let files = fonts::subsets(&faces, job.fonts, &characters);
        let serif = job.fonts.face(faces[0].1).is_serif();
        let style = book.fonts_style(serif)?.unwrap_or_default();
        let files = files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice()));
        writer.add(epub::pack(&files.chain([(book::FONTS, style.as_bytes())]).collect::<Vec<_>>())?)?;
    }
    Ok((writer, diagnostics))
}

/// The beginning of the file, up to the first recipe, and the characters in it when fonts are to be embedded.
fn begin<W: Write + Seek>(
    book: &Book<'_>,
    job: &BookJob<'_>,
    file: W,
) -> Result<(Writer<W>, Option<Characters>), Failed> {
    let mut writer = Writer::new(book, job.date, file)?;
    let mut characters = (!book.fonts.is_empty()).then(Characters::new);
    writer.add(epub::pack(&[(book::STYLE, book.style().as_bytes())])?)?;
    add_own(&book.own_pages()?, &mut writer, &mut characters)?;
    // indexes may be long: some pages at a time
    let numbers: Vec<usize> = (0..book.index_pages()).collect();
    for some in numbers.chunks(CHUNK) {
        let pages: Result<Vec<Chapter>, _> = some.par_iter().map(|n| book.index_page(*n)).collect();
        add_own(&pages?, &mut writer, &mut characters)?;
    }
    Ok((writer, characters))
}

/// Adds pages that are no recipe's, and their characters.
fn add_own<W: Write + Seek>(
    pages: &[Chapter],
    writer: &mut Writer<W>,
    characters: &mut Option<Characters>,
) -> Result<(), Failed> {
    if let Some(characters) = characters {
        pages.iter().for_each(|c| characters.add(&c.xhtml));
    }
    let files: Vec<(&str, &[u8])> = pages.iter().map(|c| (c.file.as_str(), c.xhtml.as_bytes())).collect();
    Ok(writer.add(epub::pack(&files)?)?)
}

/// Adds the pages and pictures of some recipes, and their characters.
fn add<W: Write + Seek>(
    (writer, characters): (&mut Writer<W>, &mut Option<Characters>),
    made: Vec<Result<Reported<Pages>, Failed>>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<(), Failed> {
    for packed in made {
        let packed = packed?;
        diagnostics.extend(packed.diagnostics);
        let (packed, used) = packed.value;
        if let (Some(all), Some(used)) = (&mut *characters, used) {
            all.join(&used);
        }
        // nothing comes of a book with a mistake, but all mistakes are to be found
        if !crate::diag::has_errors(diagnostics) {
            writer.add(packed)?;
        }
    }
    Ok(())
}

/// Some recipes' files, and the characters in their pages when these are asked for.
type Pages = (Packed, Option<Characters>);

/// The pages and pictures of some recipes.
fn pages(
    world: &dyn World,
    library: Library<'_>,
    book: &Book<'_>,
    job: &BookJob<'_>,
    chunk: &[usize],
) -> Result<Reported<Pages>, Failed> {
    let mut diagnostics = Vec::new();
    let mut chapters = Vec::new();
    let mut images = Vec::new();
    for (number, entry) in chunk.iter().map(|i| (*i, &library.cookbook.recipes[*i])) {
        match library.shelf.recipe(entry) {
            Ok(recipe) => chapters.extend(book.recipe(number, &recipe)?),
            Err(d) => diagnostics.push(*d),
        }
        if !book.pictures.is_empty() {
            pictures(world, library, job, entry, &mut images, &mut diagnostics);
        }
    }
    let files = chapters.iter().map(|c| (c.file.as_str(), c.xhtml.as_bytes()));
    let files: Vec<(&str, &[u8])> = files.chain(images.iter().map(|(n, b)| (n.as_str(), b.as_slice()))).collect();
    let used = (!book.fonts.is_empty()).then(|| {
        let mut used = Characters::new();
        chapters.iter().for_each(|c| used.add(&c.xhtml));
        used
    });
    Ok(Reported { value: (epub::pack(&files)?, used), diagnostics })
}

/// The pictures of a recipe and its steps, each made fit for a page.
fn pictures(
    world: &dyn World,
    library: Library<'_>,
    job: &BookJob<'_>,
    entry: &Entry,
    images: &mut Vec<(String, Vec<u8>)>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    for picture in &entry.pictures {
        let name = picture.file.trimmed();
        let path = library.folders.get(&entry.file).map(|f| f.join(name)).unwrap_or_default();
        if !picture.described {
            let message = format!("the photo `{name}` of `{}` has no alternative text", entry.title.trimmed());
            diagnostics.push(
                Diagnostic::warning("no-alternative-text", message)
                    .at(entry.file, picture.file.at)
                    .hint(format!("say what it shows to who can't see it: photo: {{ file: {name}, alt: … }}")),
            );
        }
        let read = world.read(&path).map_err(|e| e.to_string());
        match read.and_then(|bytes| Photo::read(bytes).map_err(|e| e.to_string())) {
            Ok(photo) => {
                images.push((book::picture_name(&entry.slug, picture.step), photo.for_screen(job.images, job.grey)))
            }
            Err(why) => diagnostics.push(
                Diagnostic::error("bad-photo", format!("the photo `{name}` can't be used: {why}"))
                    .at(entry.file, picture.file.at)
                    .hint("save it again as JPEG or PNG"),
            ),
        }
    }
}
