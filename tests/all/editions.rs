//! Printed books for other eyes and other printers, and what flags for cards do beside a book: nothing.

use crate::pdf::objections;
use crate::volumes::{bytes, inspect, make_as};
use cardamom::cli::{Ran, run_in};
use cardamom::fonts::FontBook;
use cardamom::frame::Kind;
use cardamom::pages::Format;
use cardamom::theme::{Print, Theme};
use cardamom::world::{Disk, Memory, World};
use std::path::Path;
use std::process::ExitCode;

const SOUP: &str = "title: Carrot Soup\nyield: 4 servings\nsource: { url: 'https://example.org/soup' }\n\
    ingredients: [1 kg carrots, 1 tsp cumin]\nsteps: [Roast the carrots with the cumin., Blend them.]\nallergens: [celery]\n";

/// Runs a command where there are two recipes.
fn run(flags: &str) -> (Ran, Memory) {
    let tea = "title: Mint Tea\ningredients: [mint]\nsteps: [Pour water over the mint.]\n";
    let world = Memory::new([("recipes/soup.yaml", SOUP), ("recipes/tea.yaml", tea)]);
    let words: Vec<&str> = ["export"].into_iter().chain(flags.split_whitespace()).collect();
    (run_in(&world, &words), world)
}

fn file(flags: &str, name: &str) -> Vec<u8> {
    let (ran, world) = run(flags);
    assert_eq!(ran.code, ExitCode::SUCCESS, "{flags}: {}", ran.err);
    world.read(Path::new(name)).expect("a file")
}

/// The size of the first page, in points.
fn page_size(pdf: &[u8]) -> [f32; 2] {
    let pdf = lopdf::Document::load_mem(pdf).expect("a PDF");
    let page = pdf.get_pages()[&1];
    let mut at = pdf.get_dictionary(page).expect("a page");
    while at.get(b"MediaBox").is_err() {
        at = at.get(b"Parent").and_then(|p| pdf.get_dictionary(p.as_reference()?)).expect("a parent");
    }
    let media = at.get(b"MediaBox").and_then(|b| b.as_array()).expect("a box");
    [2, 3].map(|i| media[i].as_float().expect("a number"))
}

#[test]
fn a_book_beside_cards_is_the_same_book() {
    let plain = file("--book b.pdf", "b.pdf");
    for flags in ["--laminate", "--size 4x6", "--punch ring", "--qr source", "--stamp", "--sheet a4", "--batches 1,2"] {
        assert!(file(&format!("--book b.pdf --pdf c.pdf {flags}"), "b.pdf") == plain, "{flags}");
    }
    let screens = file("--epub b.epub --embed-fonts", "b.epub");
    for flags in ["--laminate", "--large-print", "--ink black", "--size a6"] {
        let with = file(&format!("--epub b.epub --embed-fonts --pdf c.pdf {flags}"), "b.epub");
        assert!(with == screens, "{flags}");
    }
    assert!(file("--book b.pdf --ink black", "b.pdf") != plain);
}

#[test]
fn flags_for_cards_where_there_are_none_are_told() {
    for (flags, told) in [
        ("--book b.pdf --size a5", "`--size` is for cards, and none are made"),
        ("--book b.pdf --size a5", "--book-size"),
        ("--book b.pdf --laminate --punch ring --qr source", "`--laminate`, `--punch` and `--qr` are for cards"),
        ("--epub b.epub --large-print", "`--large-print` is for cards"),
    ] {
        let (ran, _) = run(flags);
        assert!(ran.code == ExitCode::SUCCESS && ran.err.contains(told), "{flags}: {}", ran.err);
    }
    for flags in ["--book b.pdf --large-print --ink black --photo none", "--pdf c.pdf --size a5 --punch ring"] {
        let (ran, _) = run(flags);
        assert!(!ran.err.contains("none are made"), "{flags}: {}", ran.err);
    }
}

#[test]
fn large_print_takes_larger_pages() {
    for (flags, [w, h]) in [("", [612.0, 792.0]), ("--book-size a5", [595.3, 841.9])] {
        let large = file(&format!("--book b.pdf --large-print {flags}"), "b.pdf");
        let size = page_size(&large);
        assert!((size[0] - w).abs() < 0.1 && (size[1] - h).abs() < 0.1, "{size:?}");
        assert_eq!(objections(&large), Vec::<String>::new());
    }
    assert_eq!(page_size(&file("--book b.pdf", "b.pdf")).map(f32::round), [432.0, 648.0]);
}

/// Whatever is read has 16 points, but for labels in capitals, which are as high with 12.
#[test]
fn large_print_is_large_and_loses_nothing() {
    let mut faults = String::new();
    let large = |theme: &str, size: &str| {
        let fonts = FontBook::new();
        let theme = Theme::built_in_for(Print::Large, theme, &fonts).expect("a theme");
        (fonts, theme, Format::named(size).expect("a format").in_large_print())
    };
    let samples = crate::common::samples();
    for (theme, size) in [("classic", "6x9"), ("modern", "a5")] {
        let made = make_as(&Disk, &samples, large(theme, size));
        faults += &inspect(&made, &format!("{theme} {size}"));
        for run in made.volume.cards.iter().flat_map(|c| &c.pages).flat_map(|p| &p.items) {
            let (Kind::Glyphs(run), Some(_)) = (&run.kind, run.tag) else { continue };
            let letters = || run.text.chars().filter(|c| c.is_alphabetic());
            let least = if letters().all(char::is_uppercase) { 11.99 } else { 15.99 };
            assert!(run.size >= least, "`{}` has {} points", run.text, run.size);
        }
        if size == "a5" {
            assert_eq!(objections(&bytes(&made)), Vec::<String>::new());
        }
    }
    for (what, yaml) in crate::pages::hard_cases() {
        let world = Memory::new([("dish.yaml", yaml)]);
        let made = make_as(&world, Path::new("dish.yaml"), large("classic", "a5"));
        faults += &inspect(&made, what);
    }
    assert!(faults.is_empty(), "{faults}");
}
