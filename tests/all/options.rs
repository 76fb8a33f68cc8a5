//! Options of cards: whatever is chosen, nothing is clipped, nothing overlaps, nothing is lost in silence.

use crate::common::{DATE, Made, THEMES, faults, samples};
use cardamom::cards::{self, CardJob};
use cardamom::export::pdf;
use cardamom::fonts::FontBook;
use cardamom::frame::{Document, Ink, Kind, Rgb};
use cardamom::geom::CardSize;
use cardamom::layout::{CardOptions, PhotoWish};
use cardamom::load;
use cardamom::theme::{Print, Theme};
use cardamom::world::Disk;

/// A card's options by default, of a size.
fn options(size: &str) -> CardOptions {
    CardOptions::new(CardSize::parse(size).expect("a size"))
}

/// Lays out samples by name, or all of them, with a theme changed as wanted.
fn make(names: &[&str], theme: impl Fn(&FontBook) -> Theme, options: CardOptions) -> Made {
    let paths: Vec<_> = names.iter().map(|n| samples().join(n)).collect();
    let paths = if paths.is_empty() { vec![samples()] } else { paths };
    let loaded = load::load(&Disk, &paths);
    let mut book = FontBook::new();
    let theme = theme(&book);
    let job = CardJob { allow_missing_glyphs: true, ..CardJob::new(options) };
    let mut diagnostics = loaded.diagnostics;
    let contents = cards::prepare(&loaded.value, &mut book, &theme, &job);
    let laid = cards::lay_out(&Disk, &loaded.value, &contents, &theme, &book, &job, &|| {});
    diagnostics.extend(laid.diagnostics);
    Made { loaded: loaded.value, book, finished: laid.value, diagnostics }
}

fn built_in(name: &str) -> impl Fn(&FontBook) -> Theme {
    move |book| Theme::built_in(name, book).expect("a theme")
}

fn all_faults(made: &Made, what: &str) -> Vec<String> {
    let mut out = Vec::new();
    for f in &made.finished {
        for (i, page) in f.card.pages.iter().enumerate() {
            let slug = &made.loaded.cookbook.recipes[f.recipe].slug;
            out.extend(faults(page).into_iter().map(|fault| format!("{what}, {slug}, side {}: {fault}", i + 1)));
        }
    }
    out
}

/// The largest picture of a card as a share of its front.
fn photo_share(made: &Made) -> f32 {
    let front = &made.finished[0].card.pages[0];
    let areas = front.items.iter().filter_map(|i| if let Kind::Image(p) = &i.kind { Some(p.clip) } else { None });
    areas.map(|[_, _, w, h]| w * h).fold(0.0, f32::max) / (front.size.w * front.size.h)
}

#[test]
fn photos_are_as_large_as_asked() {
    let soup = &["roast-carrot-soup.yaml"];
    let mut wrong = Vec::new();
    for theme in THEMES {
        for size in ["4x6", "a6", "5x8", "a5"] {
            let share = |photo| {
                let made = make(soup, built_in(theme), CardOptions { photo, ..options(size) });
                wrong.extend(all_faults(&made, &format!("{theme} {size} {photo:?}")));
                photo_share(&made)
            };
            let [none, small, large] = [PhotoWish::None, PhotoWish::Small, PhotoWish::Large].map(share);
            assert!(none == 0.0 && small > 0.02 && small < 0.2, "{theme} {size}: {none} {small}");
            assert!(large > 0.35 || large == small, "{theme} {size}: {large}");
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    let made = make(soup, built_in("modern"), CardOptions { photo: PhotoWish::Large, ..options("5x7") });
    assert!(photo_share(&made) >= 0.37, "large on a card that has room for it");
}

#[test]
fn a_large_photo_that_became_small_is_told() {
    let made = make(
        &["roast-carrot-soup.yaml"],
        built_in("classic"),
        CardOptions { photo: PhotoWish::Large, ..options("3x5") },
    );
    assert!(made.diagnostics.iter().any(|d| d.message.contains("photo")), "{:?}", made.diagnostics);
}

#[test]
fn black_ink_is_black_in_the_page_and_in_the_file() {
    for theme in THEMES {
        let black = CardOptions { ink: Ink::Black, photo: PhotoWish::None, ..options("4x6") };
        let made = make(&[], |book| built_in(theme)(book).in_black(), black);
        assert_eq!(all_faults(&made, theme), Vec::<String>::new());
        for item in made.finished.iter().flat_map(|f| &f.card.pages).flat_map(|p| &p.items) {
            match &item.kind {
                Kind::Glyphs(run) => assert_eq!(run.color, Rgb::BLACK, "{}", run.text),
                Kind::Shape(shape) => {
                    let colors = shape.fill.into_iter().chain(shape.stroke.map(|s| s.color));
                    assert!(colors.into_iter().all(|c| c == Rgb::BLACK), "{shape:?}");
                    assert!(shape.stroke.is_none_or(|s| s.width >= 0.3), "{shape:?}");
                }
                Kind::Image(_) => panic!("a photo that nobody asked for"),
            }
        }
        let bytes = pdf::export(
            &Document { ink: Ink::Black, ..cards::document(&made.loaded, &made.finished) },
            &made.book,
            DATE,
        );
        assert_eq!(crate::pdf::objections(&bytes), Vec::<String>::new(), "{theme}");
    }
}

#[test]
fn a_photo_in_one_ink_is_grey() {
    let asked = CardOptions { ink: Ink::Black, photo: PhotoWish::Large, ..options("5x8") };
    let made = make(&["roast-carrot-soup.yaml"], |book| built_in("modern")(book).in_black(), asked);
    let picture = &made.finished[0].card.images[0];
    assert!(matches!(picture.data, cardamom::frame::Pixels::Jpeg { grey: true, .. }));
}

/// The words of an item that is text for the cook, not decoration, with its size.
fn sizes(made: &Made) -> Vec<(String, f32)> {
    let items = made.finished.iter().flat_map(|f| &f.card.pages).flat_map(|p| &p.items);
    items
        .filter_map(|i| match &i.kind {
            Kind::Glyphs(run) if i.tag.is_some() && !run.text.trim().is_empty() => Some((run.text.clone(), run.size)),
            _ => None,
        })
        .collect()
}

#[test]
fn large_print_is_large_on_every_card() {
    let mut wrong = Vec::new();
    for theme in THEMES {
        for size in ["4x6", "a6", "5x8", "half-letter", "a5", "a4", "6x4"] {
            let what = format!("{theme} {size}");
            let made =
                make(&[], |book| Theme::built_in_for(Print::Large, theme, book).expect("a theme"), options(size));
            assert_eq!(made.finished.len(), made.loaded.cookbook.recipes.len(), "{what}");
            wrong.extend(all_faults(&made, &what));
            for (text, size) in sizes(&made) {
                let capitals = text.to_uppercase() == text;
                if size < if capitals { 10.9 } else { 15.99 } {
                    wrong.push(format!("{what}: `{text}` has {size} points"));
                }
            }
            wrong.extend(crate::pages::lost(&made, &what));
            for f in &made.finished {
                let steps_on_front = f.card.pages.len() > 1
                    && f.card.pages[0]
                        .items
                        .iter()
                        .filter_map(|i| i.tag)
                        .any(|t| f.card.tags.get(t).role == cardamom::frame::Role::Label);
                if steps_on_front {
                    wrong.push(format!("{what}: steps on the front"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} faults: {wrong:#?}", wrong.len());
}

#[test]
fn large_print_is_valid() {
    let made = make(&[], |book| Theme::built_in_for(Print::Large, "modern", book).expect("a theme"), options("a5"));
    assert_eq!(crate::pdf::objections(&crate::common::pdf(&made)), Vec::<String>::new());
}
