//! Recipes to a document of cards: the pipeline from the cookbook to frames, in parallel.

use crate::content::{self, Content};
use crate::diag::{Diagnostic, Place, Reported};
use crate::fingerprint::Fingerprint;
use crate::fonts::{FontBook, Kind};
use crate::frame::{Card, Document};
use crate::geom::to_mm;
use crate::image::{BROKEN_PPI, Photo, SOFT_PPI};
use crate::layout::{self, CardOptions, Laid, LayoutError, PhotoWish};
use crate::load::Loaded;
use crate::locale::Label;
use crate::qr::{self, NoLink};
use crate::recipe::{Recipe, Section};
use crate::source::{FileId, NodeId};
use crate::text::Shaper;
use crate::theme::Theme;
use crate::world::{Date, World};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};

/// What is asked of the cards of a run.
#[derive(Debug, Clone)]
pub struct CardJob {
    /// Size, orientation, number.
    pub options: CardOptions,
    /// A code to scan.
    pub code: Option<qr::Wish>,
    /// Sections of the book that are to stand on the cards too.
    pub include: Vec<Section>,
    /// Whether a character that no font has is replaced instead of refused.
    pub allow_missing_glyphs: bool,
    /// Whether the system's fonts may help out.
    pub system_fonts: bool,
}

impl CardJob {
    /// Cards with everything as it is by default, but without the system's fonts.
    pub fn new(options: CardOptions) -> Self {
        CardJob { options, code: None, include: Vec::new(), allow_missing_glyphs: false, system_fonts: false }
    }
}

/// A recipe's card, and the recipe's number in the cookbook.
#[derive(Debug)]
pub struct Finished {
    /// Index into the cookbook's recipes.
    pub recipe: usize,
    /// Its card.
    pub card: Card,
    /// What was chosen, for `--verbose`.
    pub chosen: String,
}

/// The contents of all recipes, set for paper, and fonts for all their characters.
pub fn prepare(loaded: &Loaded, book: &mut FontBook, theme: &Theme, job: &CardJob) -> Vec<Content> {
    let content = |recipe: &Recipe| {
        let mut content = content::for_card(recipe, &job.include);
        content.code = job.code.as_ref().and_then(|wish| qr::link(recipe, wish).ok());
        content
    };
    let contents: Vec<Content> = loaded.cookbook.recipes.par_iter().map(content).collect();
    let asked = if let Some(qr::Wish::Text(text)) = &job.code { text.as_str() } else { "" };
    find_fonts(loaded, &contents, asked, book, theme, job.system_fonts);
    contents
}

/// Finds fonts for all that recipes, the words of their languages and a text that was `asked` for may print.
pub(crate) fn find_fonts(
    loaded: &Loaded,
    contents: &[Content],
    asked: &str,
    book: &mut FontBook,
    theme: &Theme,
    system_fonts: bool,
) {
    let characters: Vec<BTreeSet<char>> =
        loaded.sources.iter().map(|(_, s)| s).collect::<Vec<_>>().par_iter().map(|s| unusual(&s.text)).collect();
    let all: BTreeSet<char> = characters.into_iter().flatten().collect();
    let own = loaded.cookbook.info.lang.as_ref();
    let languages: BTreeSet<&str> = contents.iter().map(|c| c.lang.as_str()).chain(own.map(|l| l.as_str())).collect();
    // sheets and books speak the language of the cookbook
    let locales = contents.iter().map(|c| c.locale).chain(own.map(crate::locale::locale));
    let locales: BTreeSet<&str> = locales.map(crate::locale::words).collect();
    let labels = locales.into_iter().flat_map(unusual).chain(unusual(asked));
    let wanted: BTreeSet<char> = all.into_iter().chain(labels).filter(|c| !crate::text::is_ignorable(*c)).collect();
    let serif = book.face(theme.role(crate::theme::TextRole::Text).face).is_serif();
    let kind = if serif { Kind::Serif } else { Kind::Sans };
    book.prepare(&wanted, &languages.into_iter().collect::<Vec<_>>(), system_fonts.then_some(kind));
}

/// Characters that the bundled faces may lack.
fn unusual(text: &str) -> BTreeSet<char> {
    text.chars().filter(|c| !c.is_ascii() && !c.is_whitespace() && !c.is_control()).collect()
}

/// Lays out every recipe; `done` is called after each.
pub fn lay_out(
    world: &dyn World,
    loaded: &Loaded,
    contents: &[Content],
    theme: &Theme,
    book: &FontBook,
    job: &CardJob,
    done: &(dyn Fn() + Sync),
) -> Reported<Vec<Finished>> {
    // every thread takes the next recipe, so that it shapes all with one memory of words, and none has long to do at the end
    let next = AtomicUsize::new(0);
    let shares = rayon::broadcast(|_| {
        let mut shaper = Shaper::new(book);
        let mut share = Vec::new();
        loop {
            let i = next.fetch_add(1, Ordering::Relaxed);
            let Some(content) = contents.get(i) else { break share };
            share.push((i, one(world, loaded, i, content, theme, job, &mut shaper)));
            done();
        }
    });
    let mut laid: Vec<(usize, Reported<Option<Finished>>)> = shares.into_iter().flatten().collect();
    laid.sort_unstable_by_key(|(i, _)| *i);
    let mut diagnostics = Vec::new();
    let mut value = Vec::new();
    for (_, report) in laid {
        diagnostics.extend(report.diagnostics);
        value.extend(report.value);
    }
    Reported { value, diagnostics }
}

fn one(
    world: &dyn World,
    loaded: &Loaded,
    index: usize,
    content: &Content,
    theme: &Theme,
    job: &CardJob,
    shaper: &mut Shaper<'_>,
) -> Reported<Option<Finished>> {
    let recipe = &loaded.cookbook.recipes[index];
    let mut diagnostics = Vec::new();
    if let Some(Err(why)) = job.code.as_ref().map(|wish| qr::link(recipe, wish)) {
        diagnostics.push(no_code(recipe, &why));
    }
    let wanted = job.options.photo != PhotoWish::None;
    let given = recipe.photo.as_ref().filter(|_| wanted);
    let photo = given.and_then(|p| read_photo(world, loaded, recipe.file, p, &mut diagnostics));
    let value = match layout::card(content, theme, &job.options, shaper, photo.as_ref()) {
        Ok(laid) => {
            tell(recipe, &laid, photo.as_ref(), job, &mut diagnostics);
            Some(Finished { recipe: index, card: laid.card, chosen: laid.chosen })
        }
        Err(e) => {
            diagnostics.push(too_long(recipe, &e, &job.options));
            None
        }
    };
    let value = value.filter(|_| !crate::diag::has_errors(&diagnostics));
    Reported { value, diagnostics }
}

/// Why a recipe has no code. One that does not hold the text that was asked for is a mistake of whoever asked.
fn no_code(recipe: &Recipe, why: &NoLink) -> Diagnostic {
    let message = why.to_string();
    match why {
        NoLink::NoAddress => Diagnostic::warning("no-code", message)
            .at(recipe.file, recipe.title.at)
            .hint("add the address: source: { name: …, url: https://… }"),
        NoLink::NotAnAddress(at, _) => {
            Diagnostic::warning("no-code", message).at(recipe.file, *at).hint("addresses begin with https://")
        }
        NoLink::LongAddress(at, _) => Diagnostic::warning("no-code", message)
            .at(recipe.file, *at)
            .hint("62 fit; a shorter address that leads there would do"),
        NoLink::LongText(_) => Diagnostic::error("long-code", message)
            .at(recipe.file, recipe.title.at)
            .hint("62 fit; shorten the text of --qr, or give the recipe's file a shorter name"),
    }
}

/// A photo that a recipe names.
pub(crate) fn read_photo(
    world: &dyn World,
    loaded: &Loaded,
    file: FileId,
    photo: &crate::recipe::Photo,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Photo> {
    let path = loaded.folders.get(&file)?.join(photo.file.trimmed());
    let read =
        world.read(&path).map_err(|e| e.to_string()).and_then(|bytes| Photo::read(bytes).map_err(|e| e.to_string()));
    read.map_err(|why| {
        let message = format!("the photo `{}` can't be used: {why}", photo.file.trimmed());
        diagnostics
            .push(Diagnostic::error("bad-photo", message).at(file, photo.file.at).hint("save it again as JPEG or PNG"));
    })
    .ok()
}

/// Warnings about what is on the card and what is not.
fn tell(recipe: &Recipe, laid: &Laid, photo: Option<&Photo>, job: &CardJob, diagnostics: &mut Vec<Diagnostic>) {
    let file = recipe.file;
    if !laid.left_out.is_empty() {
        let what = crate::locale::english().list(&laid.left_out);
        let message = format!("no room on the card for {what}");
        let hint = "what is left off stays in the book; a larger --size has room for it";
        diagnostics.push(Diagnostic::warning("left-off", message).at(file, recipe.title.at).hint(hint));
    }
    missing_glyphs(&laid.missing, file, job.allow_missing_glyphs, diagnostics);
    let placed = laid
        .card
        .pages
        .iter()
        .flat_map(|p| &p.items)
        .find_map(|i| if let crate::frame::Kind::Image(p) = &i.kind { Some(p.clip) } else { None });
    if let (Some([_, _, w, h]), Some(photo), Some(given)) = (placed, photo, recipe.photo.as_ref()) {
        let ppi = photo.ppi(w, h);
        if ppi < SOFT_PPI {
            let how = if ppi < BROKEN_PPI { "broken" } else { "soft" };
            let message = format!(
                "the photo `{}` has {ppi:.0} pixels per inch at its printed size and will look {how}",
                given.file.trimmed()
            );
            diagnostics.push(
                Diagnostic::warning("coarse-photo", message).at(file, given.file.at).hint("300 are right, 200 will do"),
            );
        }
    }
}

/// Different characters of a recipe that are shown with their places; more are listed.
const SHOWN: usize = 6;

/// Characters that no font has, each once.
pub(crate) fn missing_glyphs(found: &[(NodeId, char)], file: FileId, allowed: bool, diagnostics: &mut Vec<Diagnostic>) {
    let mut first: BTreeMap<char, NodeId> = BTreeMap::new();
    for (at, c) in found {
        first.entry(*c).or_insert(*at);
    }
    let mut by_place: Vec<(NodeId, char)> = first.into_iter().map(|(c, at)| (at, c)).collect();
    by_place.sort_unstable();
    let named = |c: char| format!("`{c}` (U+{:04X})", u32::from(c));
    let hint = "name a font that has it with --font FILE, or print a box in its place with --allow-missing-glyphs";
    for (i, (at, c)) in by_place.iter().enumerate().take(SHOWN) {
        let mut message = format!("no font has the character {}", named(*c));
        if i + 1 == SHOWN && by_place.len() > SHOWN {
            let others: Vec<String> = by_place[SHOWN..].iter().map(|(_, c)| named(*c)).collect();
            message += &format!(", nor {}", others.join(", "));
        }
        let d = if allowed {
            Diagnostic::warning("missing-glyph", message)
        } else {
            Diagnostic::error("missing-glyph", message)
        };
        diagnostics.push(d.place(file, Place::Within(*at, c.to_string())).hint(hint));
    }
}

fn too_long(recipe: &Recipe, e: &LayoutError, options: &CardOptions) -> Diagnostic {
    let message = match e {
        LayoutError::TooLong { needed, allowed, steps } => {
            let what = match steps {
                Some((from, to)) if from == to => format!("; step {from} is too much"),
                Some((from, to)) => format!("; steps {from} to {to} are too much"),
                None => String::new(),
            };
            format!(
                "`{}` takes {needed} cards of {}, and {allowed} may be used{what}",
                recipe.title.trimmed(),
                options.size
            )
        }
        LayoutError::Narrow { needed, there, fits } => {
            let message = format!(
                "the columns for the batches of `{}` need a width of {:.0} mm, and cards of {} have {:.0} mm between their margins",
                recipe.title.trimmed(),
                to_mm(*needed).ceil(),
                options.size,
                to_mm(*there).floor()
            );
            let sizes = fits.iter().take(3).map(|s| format!("--size {s}")).collect::<Vec<_>>().join(" or ");
            let other = "ask for fewer batches";
            let hint = if sizes.is_empty() { other.to_owned() } else { format!("{other}, or {sizes}") };
            return Diagnostic::error("narrow-card", message).at(recipe.file, recipe.title.at).hint(hint);
        }
        LayoutError::Hopeless => format!("`{}` does not fit on cards of {}", recipe.title.trimmed(), options.size),
    };
    Diagnostic::error("too-long", message)
        .at(recipe.file, recipe.title.at)
        .hint("choose a larger --size, allow more cards, or give steps a shorter `card:` wording")
}

/// What a stamp says.
#[derive(Debug, Clone, Copy)]
pub struct Stamp {
    /// The number of the version, where versions are counted.
    pub number: Option<u32>,
    /// The fingerprint of the card without its stamp.
    pub fingerprint: Fingerprint,
    /// The date of the run.
    pub date: Date,
}

/// Stamps cards that were laid out with room for it; `of` tells what the stamp of a card in the list says.
pub fn stamp(finished: &mut [Finished], theme: &Theme, book: &FontBook, of: &dyn Fn(usize) -> Stamp) {
    let mut shaper = Shaper::new(book);
    for (i, f) in finished.iter_mut().enumerate() {
        let stamp = of(i);
        let locale = crate::locale::locale(&f.card.lang);
        let version = stamp.number.map(|n| locale.fill(Label::Version, &[("n", &n.to_string())]));
        let rest = format!("{}\u{a0}· {}", stamp.date.day(), stamp.fingerprint.short());
        layout::stamp(&mut f.card, version.as_deref(), &rest, theme, &mut shaper);
    }
}

/// The document of some cards.
pub fn document<'d>(loaded: &Loaded, finished: &'d [Finished]) -> Document<'d> {
    let recipes = &loaded.cookbook.recipes;
    let info = &loaded.cookbook.info;
    let single = (finished.len() == 1).then(|| &recipes[finished[0].recipe]);
    let title = match (single, &info.title) {
        (Some(recipe), _) => recipe.title.trimmed().to_owned(),
        (None, Some(title)) => title.trimmed().to_owned(),
        (None, None) => "Recipe cards".to_owned(),
    };
    let author = match single.and_then(|r| r.author.as_ref()) {
        Some(a) => Some(a.trimmed().to_owned()),
        None if info.authors.is_empty() => None,
        None => Some(info.authors.iter().map(|a| a.trimmed()).collect::<Vec<_>>().join(", ")),
    };
    let lang = match (single, &info.lang) {
        (Some(recipe), _) => recipe.lang.clone(),
        (None, Some(lang)) => lang.clone(),
        (None, None) => finished.first().map_or_else(Default::default, |f| recipes[f.recipe].lang.clone()),
    };
    Document { title, author, lang, cards: finished.iter().map(|f| &f.card).collect(), ..Document::default() }
}
