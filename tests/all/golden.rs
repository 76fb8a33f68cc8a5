//! Pictures of the samples, compared with those in `tests/golden`.
//!
//! `CARDAMOM_UPDATE=1 cargo test golden` takes the new pictures for right; look at them before they are committed. When a page
//! differs, the new picture and one that shows the difference in red are written to `target/golden`.

use crate::common::{THEMES, make_samples, pdf_of};
use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};
use image::{GrayImage, Luma, Rgb, RgbImage};
use std::ops::Range;
use std::path::{Path, PathBuf};

/// Pixels a point: 45 dpi, enough to see every line of text move.
const SCALE: f32 = 45.0 / 72.0;
/// Grey levels that a pixel may differ by, and the share of pixels that may differ by more.
const TOLERANCE: (u8, f64) = (34, 0.002);
/// Grey levels that are kept, for small files.
const LEVELS: u16 = 16;

/// Every side of a file, at so many pixels a point.
pub(crate) fn sides(bytes: Vec<u8>, scale: f32) -> Vec<GrayImage> {
    some_sides(bytes, scale, 0..usize::MAX)
}

/// The sides of a file that are asked for, counted from 0.
fn some_sides(bytes: Vec<u8>, scale: f32, wanted: Range<usize>) -> Vec<GrayImage> {
    let pdf = Pdf::new(bytes).expect("a PDF");
    let settings = PixmapSettings { x_scale: scale, y_scale: scale, bg_color: WHITE };
    let cache = RenderCache::new();
    pdf.pages()
        .iter()
        .enumerate()
        .filter(|(i, _)| wanted.contains(i))
        .map(|(_, page)| {
            let drawn = render(page, &cache, &InterpreterSettings::default(), &RenderSettings::default(), &settings);
            let png = drawn.into_png().expect("a PNG");
            image::load_from_memory(&png).expect("a picture").to_luma8()
        })
        .collect()
}

/// Sides of a file beside each other.
fn picture(sides: &[GrayImage]) -> GrayImage {
    let width = sides.iter().map(|s| s.width() + 4).sum::<u32>() - 4;
    let height = sides.iter().map(GrayImage::height).max().unwrap_or(1);
    let mut all = GrayImage::from_pixel(width, height, Luma([128]));
    let mut x = 0;
    for side in sides {
        image::imageops::replace(&mut all, side, x, 0);
        x += i64::from(side.width()) + 4;
    }
    for p in all.pixels_mut() {
        let step = 255 / (LEVELS - 1);
        p.0[0] = ((u16::from(p.0[0]) + step / 2) / step * step).min(255) as u8;
    }
    all
}

/// The difference as a picture, and whether it is too large.
fn difference(old: &GrayImage, new: &GrayImage) -> Option<RgbImage> {
    if old.dimensions() != new.dimensions() {
        return Some(RgbImage::from_fn(new.width(), new.height(), |x, y| Rgb([255, new.get_pixel(x, y).0[0], 0])));
    }
    let differs = |x, y| {
        let (a, b): (u8, u8) = (old.get_pixel(x, y).0[0], new.get_pixel(x, y).0[0]);
        a.abs_diff(b) > TOLERANCE.0
    };
    let all = || (0..new.height()).flat_map(|y| (0..new.width()).map(move |x| (x, y)));
    let count = all().filter(|(x, y)| differs(*x, *y)).count();
    let share = count as f64 / f64::from(new.width() * new.height());
    (share > TOLERANCE.1).then(|| {
        RgbImage::from_fn(new.width(), new.height(), |x, y| {
            let grey = 160 + new.get_pixel(x, y).0[0] / 3;
            if differs(x, y) { Rgb([220, 20, 20]) } else { Rgb([grey, grey, grey]) }
        })
    })
}

/// Compares a file with the picture of that name; whether it looks different.
pub(crate) fn differs(name: &str, bytes: Vec<u8>) -> bool {
    pages_differ(name, bytes, 0..usize::MAX)
}

/// The same for some of its pages, counted from 0.
pub(crate) fn pages_differ(name: &str, bytes: Vec<u8>, pages: Range<usize>) -> bool {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (golden, out): (PathBuf, PathBuf) = (root.join("tests/golden"), root.join("target/golden"));
    let new = picture(&some_sides(bytes, SCALE, pages));
    if std::env::var_os("CARDAMOM_UPDATE").is_some() {
        std::fs::create_dir_all(&golden).expect("a folder");
        new.save(golden.join(name)).expect("written");
        return false;
    }
    let old = image::open(golden.join(name)).map(|i| i.to_luma8());
    let diff = match &old {
        Ok(old) => difference(old, &new),
        Err(_) => Some(RgbImage::new(1, 1)),
    };
    if let Some(diff) = &diff {
        std::fs::create_dir_all(&out).expect("a folder");
        new.save(out.join(name)).expect("written");
        diff.save(out.join(format!("difference-{name}"))).expect("written");
    }
    diff.is_some()
}

#[test]
fn golden_pictures_of_every_sample() {
    let mut wrong = Vec::new();
    for theme in THEMES {
        let made = make_samples(theme, "5x8");
        for finished in &made.finished {
            let slug = &made.loaded.cookbook.recipes[finished.recipe].slug;
            let name = format!("{theme}-{slug}.png");
            if differs(&name, pdf_of(&made, std::slice::from_ref(finished))) {
                wrong.push(name);
            }
        }
    }
    assert!(wrong.is_empty(), "pages look different, see target/golden: {wrong:?}");
}

/// The comparison itself can fail.
#[test]
fn golden_comparison_sees_a_moved_line() {
    let old = GrayImage::from_fn(100, 100, |_, y| Luma([if y == 40 { 0 } else { 255 }]));
    let new = GrayImage::from_fn(100, 100, |_, y| Luma([if y == 41 { 0 } else { 255 }]));
    assert!(difference(&old, &old).is_none());
    assert!(difference(&old, &new).is_some());
}
