//! The cover of a book: the user's, one of ours, or one of ours over a photo.

use super::{BookJob, Library};
use crate::book::{self, Meta};
use crate::cookbook::{Cookbook, Entry};
use crate::cover::{self, Words};
use crate::diag::{Diagnostic, Reported};
use crate::export::raster;
use crate::image::Photo;
use crate::recipe::Text;
use crate::source::FileId;
use crate::text::Shaper;
use crate::world::World;

/// Pixels along the longer side of a cover.
const LONG: u32 = 2560;
/// Bytes of a cover (book specification, 8).
const BYTES: usize = 500_000;
/// Pixels a point of our own cover: 400 × 640 points make 1600 × 2560.
const SCALE: f32 = 4.0;
/// The least that shops take (Kindle Direct Publishing's cover guidelines), in pixels along the longer side.
const LEAST: u32 = 1000;
/// Height to width that readers show without wide bars beside the cover; 1.6 is best.
const SHAPES: std::ops::RangeInclusive<f32> = 1.3..=1.8;

/// The words of the title on the cover.
pub(super) fn title<'a>(cookbook: &'a Cookbook<Entry>, meta: &'a Meta) -> &'a str {
    cookbook.info.cover_title.as_ref().map_or(meta.title.as_str(), |t| t.trimmed())
}

/// The cover as a JPEG file.
pub(super) fn make(world: &dyn World, library: Library<'_>, job: &BookJob<'_>) -> Reported<Vec<u8>> {
    let info = &library.cookbook.info;
    let mut diagnostics = Vec::new();
    let value = match (info.file, &info.cover, &info.cover_photo) {
        (Some(file), Some(name), _) => {
            let photo = read(world, library, file, name, "cover", &mut diagnostics);
            photo.map(|photo| finished(&photo, file, name, &mut diagnostics)).unwrap_or_default()
        }
        (Some(file), None, Some(name)) => {
            let photo = read(world, library, file, name, "cover_photo", &mut diagnostics);
            photo.map(|photo| over(&photo, (file, name), library, job, &mut diagnostics)).unwrap_or_default()
        }
        _ => {
            let composed = compose(library.cookbook, job, false, &mut diagnostics);
            raster::jpeg(&composed.page, job.fonts, SCALE, None, BYTES)
        }
    };
    Reported { value, diagnostics }
}

fn read(
    world: &dyn World,
    library: Library<'_>,
    file: FileId,
    name: &Text,
    field: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Photo> {
    let path = library.folders.get(&file).map(|f| f.join(name.trimmed())).unwrap_or_default();
    let read = world.read(&path).map_err(|e| e.to_string());
    read.and_then(|bytes| Photo::read(bytes).map_err(|e| e.to_string()))
        .map_err(|why| {
            let message = format!("the cover `{}` can't be used: {why}", name.trimmed());
            let hint = format!("name a JPEG or PNG file beside cookbook.yaml, or leave `{field}` out for one of ours");
            diagnostics.push(Diagnostic::error("bad-cover", message).at(file, name.at).hint(hint));
        })
        .ok()
}

/// A cover of the user's, made fit; its size and shape are judged.
fn finished(photo: &Photo, file: FileId, name: &Text, diagnostics: &mut Vec<Diagnostic>) -> Vec<u8> {
    let (w, h) = photo.pixels;
    let mut warn = |message: String, hint: &str| {
        diagnostics.push(Diagnostic::warning("odd-cover", message).at(file, name.at).hint(hint));
    };
    if w.max(h) < LEAST {
        let message = format!("the cover `{}` has {w} × {h} pixels and will look coarse", name.trimmed());
        warn(message, "1600 × 2560 are best; shops want 1000 along the longer side at least");
    }
    if !SHAPES.contains(&(h as f32 / w as f32)) {
        let shape = if w > h { "is wider than it is high" } else { "has an unusual shape" };
        let message = format!("the cover `{}` {shape} ({w} × {h} pixels)", name.trimmed());
        warn(
            message,
            "covers are 1.6 times as high as wide, such as 1600 × 2560; with `cover_photo` a photo fills one",
        );
    }
    photo.within(LONG, BYTES, false)
}

/// A cover of ours over a photo of the user's.
fn over(
    photo: &Photo,
    (file, name): (FileId, &Text),
    library: Library<'_>,
    job: &BookJob<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<u8> {
    let (w, h) = ((cover::SIZE.w * SCALE) as u32, (cover::SIZE.h * SCALE) as u32);
    let (has_w, has_h) = photo.pixels;
    if has_w < w / 2 || has_h < h / 2 {
        let message =
            format!("the cover's photo `{}` has {has_w} × {has_h} pixels and will look coarse", name.trimmed());
        let hint = "1600 × 2560 are best; half of that will do";
        diagnostics.push(Diagnostic::warning("odd-cover", message).at(file, name.at).hint(hint));
    }
    let composed = compose(library.cookbook, job, true, diagnostics);
    let mut ground = photo.filling(w, h);
    cover::darken(&mut ground, w as usize, SCALE, composed.text_end);
    raster::jpeg(&composed.page, job.fonts, SCALE, Some(&ground), BYTES)
}

/// Composes a cover; what is wrong with its words is told.
fn compose(
    cookbook: &Cookbook<Entry>,
    job: &BookJob<'_>,
    over_photo: bool,
    diagnostics: &mut Vec<Diagnostic>,
) -> cover::Composed {
    let meta = book::meta(cookbook, false);
    let author = crate::locale::locale(&meta.languages[0]).list(&meta.authors);
    let words = Words {
        title: title(cookbook, &meta),
        subtitle: meta.subtitle.as_deref(),
        author: &author,
        lang: &meta.languages[0],
    };
    let mut shaper = Shaper::new(job.fonts);
    let composed = cover::compose(words, job.theme, over_photo, &mut shaper);
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
    composed
}

/// At the title of the book, where it has one.
fn placed(d: Diagnostic, cookbook: &Cookbook<Entry>) -> Diagnostic {
    match (&cookbook.info.title, cookbook.info.file) {
        (Some(title), Some(file)) => d.at(file, title.at),
        _ => d,
    }
}
