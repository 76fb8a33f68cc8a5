//! From recipes to cards, and a critical look at a page.

use cardamom::cards::{self, CardJob, Finished};
use cardamom::diag::Diagnostic;
use cardamom::fonts::FontBook;
use cardamom::frame::{GlyphRun, Kind, Page, Segment};
use cardamom::geom::CardSize;
use cardamom::layout::CardOptions;
use cardamom::load::{self, Loaded};
use cardamom::theme::Theme;
use cardamom::world::{Date, Disk, Memory, World};
use std::path::{Path, PathBuf};

/// The themes that come with the program.
pub(crate) const THEMES: [&str; 3] = ["classic", "modern", "mono"];

/// Recipes laid out.
pub(crate) struct Made {
    pub(crate) loaded: Loaded,
    pub(crate) book: FontBook,
    pub(crate) finished: Vec<Finished>,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// The folder of sample recipes.
pub(crate) fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("recipes")
}

/// Lays out recipes.
pub(crate) fn make(world: &dyn World, path: &Path, theme: &str, size: &str, system_fonts: bool) -> Made {
    let loaded = load::load(world, &[path.to_owned()]);
    let mut book = FontBook::new();
    let theme = Theme::built_in(theme, &book).expect("a theme");
    let options = CardOptions::new(CardSize::parse(size).expect("a size"));
    let job = CardJob { allow_missing_glyphs: true, system_fonts, ..CardJob::new(options) };
    let mut diagnostics = loaded.diagnostics;
    let contents = cards::prepare(&loaded.value, &mut book, &theme, &job);
    let laid = cards::lay_out(world, &loaded.value, &contents, &theme, &book, &job, &|| {});
    diagnostics.extend(laid.diagnostics);
    Made { loaded: loaded.value, book, finished: laid.value, diagnostics }
}

/// The samples.
pub(crate) fn make_samples(theme: &str, size: &str) -> Made {
    make(&Disk, &samples(), theme, size, false)
}

/// One recipe given as YAML.
pub(crate) fn make_one(yaml: &str, theme: &str, size: &str) -> Made {
    make(&Memory::new([("dish.yaml", yaml)]), Path::new("dish.yaml"), theme, size, false)
}

/// All text of a card in reading order, without white space and soft hyphens.
pub(crate) fn text(finished: &Finished) -> String {
    let runs = finished.card.pages.iter().flat_map(|p| &p.items).filter_map(|i| match &i.kind {
        Kind::Glyphs(run) if i.tag.is_some() => Some(run.text.as_str()),
        _ => None,
    });
    bare(&runs.collect::<String>())
}

/// Without white space, joiners and marks of direction; fractions that a font has no sign for are built from figures.
pub(crate) fn bare(text: &str) -> String {
    let mut text = text.to_owned();
    for (sign, built) in
        [("⅓", "1⁄3"), ("⅔", "2⁄3"), ("⅛", "1⁄8"), ("⅜", "3⁄8"), ("⅝", "5⁄8"), ("⅞", "7⁄8"), ("⅕", "1⁄5")]
    {
        text = text.replace(sign, built);
    }
    text.chars().filter(|c| !c.is_whitespace() && !cardamom::text::is_ignorable(*c)).collect()
}

/// A rectangle: left, top, right, bottom.
#[derive(Clone, Copy, Debug)]
struct Area(f32, f32, f32, f32);

impl Area {
    fn overlap(self, other: Area) -> (f32, f32) {
        (self.2.min(other.2) - self.0.max(other.0), self.3.min(other.3) - self.1.max(other.1))
    }
}

/// Where the body of the letters is; descenders and accents have the leading for themselves.
fn area(run: &GlyphRun) -> Area {
    let width: f32 = run.glyphs.iter().map(|g| g.advance).sum::<f32>() * run.size;
    let space = run.text.len() - run.text.trim_end().len();
    let end = if space > 0 { run.glyphs.last().map_or(0.0, |g| g.advance * run.size) } else { 0.0 };
    Area(run.x, run.y - 0.70 * run.size, run.x + width - end, run.y + 0.10 * run.size)
}

/// What is wrong with a page: text outside the safe area, text over text, rules through text.
pub(crate) fn faults(page: &Page) -> Vec<String> {
    let mut out = Vec::new();
    let runs: Vec<(&GlyphRun, Area)> = page
        .items
        .iter()
        .filter_map(|i| if let Kind::Glyphs(r) = &i.kind { Some((r, area(r))) } else { None })
        .filter(|(r, _)| !r.text.trim().is_empty())
        .collect();
    // 4 mm, and a little for side bearings
    let safe = 4.0 * 72.0 / 25.4 - 0.5;
    for (r, a) in &runs {
        if a.0 < safe || a.1 < safe || a.2 > page.size.w - safe || a.3 > page.size.h - safe {
            out.push(format!("`{}` leaves the safe area: {a:?} on {:?}", r.text, page.size));
        }
    }
    for (i, (r, a)) in runs.iter().enumerate() {
        for (s, b) in &runs[i + 1..] {
            let (x, y) = a.overlap(*b);
            if x > 0.8 && y > 0.8 {
                out.push(format!("`{}` and `{}` overlap by {x:.1} × {y:.1}", r.text, s.text));
            }
        }
    }
    for shape in page.items.iter().filter_map(|i| if let Kind::Shape(s) = &i.kind { Some(s) } else { None }) {
        let [Segment::Move(x0, y0), Segment::Line(x1, y1)] = shape.path[..] else { continue };
        let w = shape.stroke.map_or(0.0, |s| s.width);
        let line = Area(x0.min(x1), y0.min(y1) - w / 2.0, x0.max(x1), y0.max(y1) + w / 2.0);
        for (r, a) in &runs {
            let (x, y) = a.overlap(line);
            if x > 0.5 && y > 0.0 || x > 0.0 && y > 3.0 {
                out.push(format!("a rule runs through `{}`", r.text));
            }
        }
    }
    out
}

/// The date of all files that tests make.
pub(crate) const DATE: Date = Date { seconds: 1_767_225_600 };

/// The PDF of all cards.
pub(crate) fn pdf(made: &Made) -> Vec<u8> {
    pdf_of(made, &made.finished)
}

/// The file of some of its cards.
pub(crate) fn pdf_of(made: &Made, finished: &[Finished]) -> Vec<u8> {
    cardamom::export::pdf::export(&cards::document(&made.loaded, finished), &made.book, DATE)
}
