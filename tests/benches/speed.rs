//! How long each stage takes, for a cookbook of 1,000 recipes and for a single card.
//!
//! `cargo bench` makes the cookbook from the samples, each under a hundred names; `CARDAMOM_RECIPES=folder cargo bench` reads one of
//! yours. Every stage is run five times; the fastest and the middle run are shown.

#![allow(clippy::disallowed_methods, clippy::print_stdout, reason = "a bench prints what it measures")]

use cardamom::book::{Reader, Templates};
use cardamom::books::{self, BookJob, Library};
use cardamom::cards::{self, CardJob};
use cardamom::diag::Diagnostic;
use cardamom::export::pdf;
use cardamom::fonts::FontBook;
use cardamom::geom::CardSize;
use cardamom::image::Screen;
use cardamom::layout::CardOptions;
use cardamom::load;
use cardamom::recipe::Recipe;
use cardamom::theme::Theme;
use cardamom::world::{Disk, Memory, World};
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

const RUNS: usize = 5;
const RECIPES: usize = 1000;

/// Fastest and middle time of some runs, and what the last one made.
fn time<T>(name: &str, mut run: impl FnMut() -> T) -> T {
    let mut times = Vec::new();
    let mut made = None;
    for _ in 0..RUNS {
        let start = Instant::now();
        made = Some(run());
        times.push(start.elapsed());
    }
    times.sort();
    let ms = |d: Duration| d.as_secs_f64() * 1000.0;
    println!("{name:<34} {:>9.1} ms   {:>9.1} ms", ms(times[0]), ms(times[RUNS / 2]));
    made.expect("at least one run")
}

/// The samples under many names, in memory.
fn many() -> Memory {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("recipes");
    let mut files: Vec<(PathBuf, Vec<u8>)> = Vec::new();
    let samples: Vec<PathBuf> = Disk.list(&folder).expect("samples");
    let mut recipes = Vec::new();
    for path in &samples {
        let bytes = Disk.read(path).expect("a sample");
        let name = path.file_name().expect("a name").to_owned();
        if path.extension().is_some_and(|e| e == "yaml") {
            if name != "cookbook.yaml" {
                recipes.push((path.file_stem().expect("a stem").to_string_lossy().into_owned(), bytes.clone()));
                files.push((Path::new("recipes").join(name), bytes));
            }
        } else {
            files.push((Path::new("recipes").join(name), bytes));
        }
    }
    for n in recipes.len()..RECIPES {
        let (stem, bytes) = &recipes[n % recipes.len()];
        let text = String::from_utf8(bytes.clone()).expect("text").replacen("title: ", &format!("title: No {n} "), 1);
        files.push((PathBuf::from(format!("recipes/{stem}-{n}.yaml")), text.into_bytes()));
    }
    Memory::new(files)
}

fn stages(world: &dyn World, paths: &[PathBuf]) {
    let mut fonts = FontBook::new();
    let theme = Theme::built_in("classic", &fonts).expect("a theme");
    let options = CardOptions::new(CardSize::parse("5x8").expect("a size"));
    let job = CardJob { allow_missing_glyphs: true, ..CardJob::new(options) };
    println!("{:<34} {:>12}   {:>12}", "", "fastest", "middle");
    let loaded = time("read recipes", || load::load(world, paths)).value;
    println!("{:<34} {:>9}", "  recipes", loaded.cookbook.recipes.len());
    let contents = time("content for cards", || cards::prepare(&loaded, &mut fonts, &theme, &job));
    let finished = time("lay out cards", || cards::lay_out(world, &loaded, &contents, &theme, &fonts, &job, &|| {}));
    let document = cards::document(&loaded, &finished.value);
    let bytes = time("write PDF", || pdf::export(&document, &fonts, loaded.date));
    println!("{:<34} {:>9.1} MB", "  size", bytes.len() as f64 / 1e6);
    let templates = Templates::load(world, None).unwrap_or_else(|_| panic!("the built-in templates"));
    let adjust = |_: &mut Recipe, _: &mut Vec<Diagnostic>| {};
    let survey = time("survey recipes for a book", || load::survey(world, paths, load::ROOM, &adjust));
    let found = &survey.report.value;
    let library = Library { cookbook: &found.cookbook, shelf: &survey.shelf, folders: &found.folders };
    let book_job = BookJob {
        templates: &templates,
        theme: &theme,
        fonts: &fonts,
        date: loaded.date,
        images: Screen::Tablet,
        grey: false,
        reader: Reader::Generic,
        cook_mode: false,
        embed_fonts: false,
        printed: None,
    };
    let bytes = time("make EPUB", || {
        let made = books::make(world, library, &book_job, Cursor::new(Vec::new()));
        made.unwrap_or_else(|_| panic!("a book")).value.expect("a whole book").into_inner()
    });
    println!("{:<34} {:>9.1} MB", "  size", bytes.len() as f64 / 1e6);
}

fn main() {
    time("parse bundled fonts", FontBook::new);
    match std::env::var_os("CARDAMOM_RECIPES") {
        Some(folder) => stages(&Disk, &[PathBuf::from(folder)]),
        None => stages(&many(), &[PathBuf::from("recipes")]),
    }
}
