//! Options of cards: whatever is chosen, nothing is clipped, nothing overlaps, nothing is lost in silence.

use crate::common::{DATE, Made, THEMES, faults, pdf, samples};
use cardamom::cards::{self, CardJob};
use cardamom::diag::Reported;
use cardamom::fonts::FontBook;
use cardamom::frame::{Document, Ink, Kind, Page, Rgb, Role, Segment};
use cardamom::geom::{CardSize, Size, mm, to_mm};
use cardamom::layout::{CardOptions, PhotoWish, Punch};
use cardamom::load::{self, Loaded};
use cardamom::qr::Wish;
use cardamom::theme::{Print, Theme};
use cardamom::world::{Disk, Memory, World};

/// A card's options by default, of a size.
pub(crate) fn options(size: &str) -> CardOptions {
    CardOptions::new(CardSize::parse(size).expect("a size"))
}

/// Lays out samples by name, or all of them, with a theme changed as wanted.
fn make(names: &[&str], theme: impl Fn(&FontBook) -> Theme, options: CardOptions) -> Made {
    make_job(names, theme, CardJob::new(options))
}

/// The same, with all that a job may ask for.
pub(crate) fn make_job(names: &[&str], theme: impl Fn(&FontBook) -> Theme, job: CardJob) -> Made {
    let paths: Vec<_> = names.iter().map(|n| samples().join(n)).collect();
    let paths = if paths.is_empty() { vec![samples()] } else { paths };
    lay_out(&Disk, load::load(&Disk, &paths), theme, job)
}

pub(crate) fn lay_out(
    world: &dyn World,
    loaded: Reported<Loaded>,
    theme: impl Fn(&FontBook) -> Theme,
    job: CardJob,
) -> Made {
    let mut book = FontBook::new();
    let theme = theme(&book);
    let job = CardJob { allow_missing_glyphs: true, ..job };
    let mut diagnostics = loaded.diagnostics;
    let contents = cards::prepare(&loaded.value, &mut book, &theme, &job);
    let laid = cards::lay_out(world, &loaded.value, &contents, &theme, &book, &job, &|| {});
    diagnostics.extend(laid.diagnostics);
    Made { loaded: loaded.value, book, finished: laid.value, diagnostics }
}

pub(crate) fn built_in(name: &str) -> impl Fn(&FontBook) -> Theme {
    move |book| Theme::built_in(name, book).expect("a theme")
}

pub(crate) fn all_faults(made: &Made, what: &str) -> Vec<String> {
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
        let bytes = cardamom::export::pdf::export(
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
                        .any(|t| f.card.tags.get(t).role == Role::Label);
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
    assert_eq!(crate::pdf::objections(&pdf(&made)), Vec::<String>::new());
}

pub(crate) fn with_code(size: &str, text: &str, film: bool) -> CardJob {
    let code = Some(Wish::parse(text).expect("a text that fits"));
    CardJob { code, ..CardJob::new(CardOptions { film, ..options(size) }) }
}

/// What the codes of a file say.
fn scanned(bytes: Vec<u8>) -> Vec<String> {
    let mut out = Vec::new();
    // 150 dpi: what a phone sees of a card is better than that
    for side in crate::golden::sides(bytes, 150.0 / 72.0) {
        let (w, h) = (side.width() as usize, side.height() as usize);
        let mut seen =
            rqrr::PreparedImage::prepare_from_greyscale(w, h, |x, y| side.get_pixel(x as u32, y as u32).0[0]);
        out.extend(seen.detect_grids().iter().map(|g| g.decode().expect("a code that can be read").1));
    }
    out
}

/// The rectangle of a path: left, top, right, bottom.
fn bounds(path: &[Segment]) -> [f32; 4] {
    let points = path.iter().filter_map(|s| match s {
        Segment::Move(x, y) | Segment::Line(x, y) => Some((*x, *y)),
        _ => None,
    });
    points
        .fold([f32::MAX, f32::MAX, f32::MIN, f32::MIN], |[l, t, r, b], (x, y)| [l.min(x), t.min(y), r.max(x), b.max(y)])
}

/// A code's rectangle and the number of its page.
pub(crate) fn code_on(made: &Made) -> Option<(usize, [f32; 4])> {
    let card = &made.finished[0].card;
    card.pages.iter().enumerate().find_map(|(i, page)| {
        page.items.iter().find_map(|item| match (&item.kind, item.tag) {
            (Kind::Shape(s), Some(tag)) if card.tags.get(tag).role == Role::Figure => Some((i, bounds(&s.path))),
            _ => None,
        })
    })
}

/// What of a page lies within a rectangle: text, pictures, other shapes.
pub(crate) fn within(page: &Page, [l, t, r, b]: [f32; 4]) -> Vec<String> {
    let hit = |x0: f32, y0: f32, x1: f32, y1: f32| x1 > l && x0 < r && y1 > t && y0 < b;
    let mut out = Vec::new();
    for item in &page.items {
        match &item.kind {
            Kind::Glyphs(run) if !run.text.trim().is_empty() => {
                let width: f32 = run.glyphs.iter().map(|g| g.advance).sum::<f32>() * run.size;
                if hit(run.x, run.y - 0.72 * run.size, run.x + width, run.y + 0.2 * run.size) {
                    out.push(run.text.clone());
                }
            }
            Kind::Shape(shape) if item.tag.is_none() => {
                let [x0, y0, x1, y1] = bounds(&shape.path);
                let w = shape.stroke.map_or(0.0, |s| s.width / 2.0);
                if hit(x0 - w, y0 - w, x1 + w, y1 + w) {
                    out.push(format!("{shape:?}"));
                }
            }
            _ => {}
        }
    }
    out
}

#[test]
fn codes_are_read_back_from_the_page_and_keep_their_distance() {
    let address = "https://example.org/r/soup-of-the-day";
    let mut wrong = Vec::new();
    for theme in THEMES {
        for (size, film) in [("3x5", false), ("3x5", true), ("4x6", true), ("5x8", false), ("a4", false)] {
            let what = format!("{theme} {size} {film}");
            let photo = PhotoWish::None;
            let mut job = with_code(size, address, film);
            job.options.photo = photo;
            let made = make_job(&["roast-carrot-soup.yaml"], built_in(theme), job);
            wrong.extend(all_faults(&made, &what));
            wrong.extend(crate::pages::lost(&made, &what));
            assert_eq!(scanned(pdf(&made)), [address], "{what}");
            let (side, [l, t, r, b]) = code_on(&made).expect("a code");
            let page = &made.finished[0].card.pages[side];
            let module = (r - l) / 29.0;
            assert!(to_mm(module) >= if film { 0.749 } else { 0.5 }, "{what}: {} mm", to_mm(module));
            assert!(size == "a4" || side % 2 == 1, "{what}: on side {side}");
            let free = to_mm((page.size.w - r).min(page.size.h - b));
            assert!(free >= 5.0, "{what}: {free} mm from the trim");
            assert!(r > 0.7 * page.size.w && b > 0.7 * page.size.h, "{what}: not at the end of the foot");
            let quiet = 4.0 * module - 0.01;
            let near = within(page, [l - quiet, t - quiet, r + quiet, b + quiet]);
            assert!(near.is_empty(), "{what}: {near:?}");
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn codes_with_large_print_and_in_one_ink_are_valid_and_read() {
    for theme in THEMES {
        let mut job = with_code("a5", "https://example.org/r/{slug}", true);
        (job.options.ink, job.options.photo) = (Ink::Black, PhotoWish::None);
        let large = |book: &FontBook| Theme::built_in_for(Print::Large, theme, book).expect("a theme").in_black();
        let made = make_job(&["roast-carrot-soup.yaml"], large, job);
        assert_eq!(all_faults(&made, theme), Vec::<String>::new());
        let bytes = pdf(&made);
        assert_eq!(crate::pdf::objections(&bytes), Vec::<String>::new(), "{theme}");
        assert_eq!(scanned(bytes), ["https://example.org/r/roast-carrot-soup"], "{theme}");
    }
}

#[test]
fn a_code_is_not_mirrored_where_text_runs_from_right_to_left() {
    let yaml = "title: שקשוקה\nlanguage: he\ningredients: [מלח, 2 ביצים]\nsteps: [לערבב., לבשל.]\n";
    let world = Memory::new([("dish.yaml", yaml)]);
    let loaded = load::load(&world, &["dish.yaml".into()]);
    let made = lay_out(&world, loaded, built_in("modern"), with_code("4x6", "https://example.org/r/1", false));
    assert_eq!(scanned(pdf(&made)), ["https://example.org/r/1"]);
    let (_, [_, _, right, _]) = code_on(&made).expect("a code");
    assert!(right < 0.5 * Size::inches(4.0, 6.0).w, "at the end of the foot, which is left");
}

#[test]
fn a_recipe_without_an_address_gets_a_warning_and_no_code() {
    let says = |source: &str| {
        let yaml = format!("title: Salt\n{source}ingredients: [salt]\nsteps: [Stir the salt.]\n");
        let world = Memory::new([("dish.yaml", yaml.as_str())]);
        let loaded = load::load(&world, &["dish.yaml".into()]);
        let job = CardJob { code: Some(Wish::Source), ..CardJob::new(options("5x8")) };
        let made = lay_out(&world, loaded, built_in("classic"), job);
        let told: Vec<String> =
            made.diagnostics.iter().filter(|d| d.code == "no-code").map(|d| d.message.clone()).collect();
        (code_on(&made).is_some(), told.join("; "))
    };
    assert_eq!(says("source: { name: A, url: https://example.org/a }\n"), (true, String::new()));
    let (drawn, told) = says("");
    assert!(!drawn && told.contains("no address of its source"), "{told}");
    let (drawn, told) = says(&format!("source: {{ url: 'https://example.org/{}' }}\n", "a".repeat(60)));
    assert!(!drawn && told.contains("80 characters"), "{told}");
}

/// The least distances of text from the edge where lines begin and from the other edges, in millimetres.
fn margins(page: &Page, rtl: bool) -> [f32; 2] {
    let runs = page.items.iter().filter_map(|i| if let Kind::Glyphs(run) = &i.kind { Some(run) } else { None });
    let mut out = [f32::MAX; 2];
    for run in runs.filter(|r| !r.text.trim().is_empty()) {
        let advance: f32 = run.glyphs.iter().map(|g| g.advance).sum::<f32>() * run.size;
        let space = if run.text.ends_with(' ') { run.glyphs.last().map_or(0.0, |g| g.advance * run.size) } else { 0.0 };
        let (left, right) = (run.x, page.size.w - run.x - advance + space);
        let (start, end) = if rtl { (right, left) } else { (left, right) };
        // a descender may reach below the line
        let others = end.min(run.y - 0.7 * run.size).min(page.size.h - run.y - 0.05 * run.size);
        out = [out[0].min(to_mm(start)), out[1].min(to_mm(others))];
    }
    out
}

#[test]
fn a_ring_finds_its_place_free_on_fronts_and_backs() {
    let mut wrong = Vec::new();
    for theme in THEMES {
        for size in ["3x5", "a6", "5x8", "a4"] {
            for (film, photo) in [(true, PhotoWish::None), (false, PhotoWish::Small)] {
                let what = format!("{theme} {size}, film {film}, {photo:?}");
                let made = make(&[], built_in(theme), CardOptions { punch: Punch::Ring, film, photo, ..options(size) });
                wrong.extend(all_faults(&made, &what));
                wrong.extend(crate::pages::lost(&made, &what));
                for f in &made.finished {
                    for (i, page) in f.card.pages.iter().enumerate() {
                        let x = if i % 2 == 0 { page.size.w - mm(10.0) } else { mm(10.0) };
                        // the square within the circle, and what of the circle text could reach
                        for (dx, dy) in [(4.2, 4.2), (5.9, 1.0), (1.0, 5.9)] {
                            let hole = [x - mm(dx), mm(10.0 - dy), x + mm(dx), mm(10.0 + dy)];
                            // a bar of colour and a photo in the corner may be punched through
                            let hit = within(page, hole)
                                .into_iter()
                                .filter(|h| !h.contains("fill: Some"))
                                .collect::<Vec<_>>();
                            if !hit.is_empty() {
                                wrong.push(format!("{what}, {}, side {}: {hit:?}", f.card.title, i + 1));
                            }
                        }
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} faults: {wrong:#?}", wrong.len());
}

#[test]
fn film_and_binders_get_their_margins() {
    for theme in THEMES {
        for size in ["3x5", "a6", "5x8", "a4"] {
            let made = make(&[], built_in(theme), CardOptions { film: true, ..options(size) });
            assert_eq!(all_faults(&made, theme), Vec::<String>::new());
            for page in made.finished.iter().flat_map(|f| &f.card.pages) {
                let [start, others] = margins(page, false);
                assert!(start.min(others) >= 6.5, "{theme} {size}: {start} {others}");
            }
        }
        for size in ["a5", "a4", "letter"] {
            let what = format!("{theme} {size} binder");
            let made = make(&[], built_in(theme), CardOptions { punch: Punch::Binder, ..options(size) });
            assert_eq!(all_faults(&made, &what), Vec::<String>::new());
            assert_eq!(crate::pages::lost(&made, &what), Vec::<String>::new());
            for f in &made.finished {
                for (i, page) in f.card.pages.iter().enumerate() {
                    let at_holes = margins(page, i % 2 == 1)[0];
                    assert!(at_holes >= 19.4, "{what}, side {}: {at_holes} mm", i + 1);
                }
            }
        }
    }
}

#[test]
fn all_options_together_are_valid() {
    for theme in THEMES {
        for (large, punch) in [(Print::Usual, Punch::Ring), (Print::Large, Punch::Binder)] {
            let mut job = with_code("a5", "https://example.org/r/{slug}", true);
            job.options.punch = punch;
            job.options.photo = PhotoWish::Small;
            job.options.ink = Ink::Black;
            let varied =
                |book: &FontBook| Theme::built_in_for(large, theme, book).expect("a theme").in_black().behind_film();
            let made = make_job(&["roast-carrot-soup.yaml", "syrniki.yaml"], varied, job);
            let what = format!("{theme} {large:?} {punch:?}");
            assert_eq!(all_faults(&made, &what), Vec::<String>::new());
            assert_eq!(crate::pages::lost(&made, &what), Vec::<String>::new());
            let document = Document { ink: Ink::Black, ..cards::document(&made.loaded, &made.finished) };
            let bytes = cardamom::export::pdf::export(&document, &made.book, DATE);
            assert_eq!(crate::pdf::objections(&bytes), Vec::<String>::new(), "{what}");
            assert_eq!(scanned(bytes).len(), 2, "{what}");
        }
    }
}

/// What the command says of some flags, and its exit code.
fn told(flags: &[&str]) -> (Option<i32>, String) {
    use crate::cli::{SOUP, err, folder, run};
    let dir = folder(&[("soup.yaml", SOUP)]);
    let o = run(dir.path(), &[&["export", "soup.yaml", "--pdf", "x.pdf"], flags].concat());
    (o.status.code(), err(&o))
}

#[test]
fn pouches_size_cards_or_warn() {
    let sized = told(&["--verbose", "--laminate", "a6"]);
    assert!(sized.0 == Some(0) && sized.1.contains("3.0 mm of film"), "{sized:?}");
    let chosen = told(&["--verbose", "--size", "5x8", "--laminate"]);
    assert!(chosen.0 == Some(0) && chosen.1.contains("pouch a5"), "{chosen:?}");
    let small = told(&["--laminate", "a6", "--size", "5x8"]);
    assert!(small.0 == Some(0) && small.1.contains("does not fit") && small.1.contains("pouch a5"), "{small:?}");
    let narrow = told(&["--laminate", "110x156mm", "--size", "4x6"]);
    assert!(narrow.0 == Some(0) && narrow.1.contains("1.8 mm of film"), "{narrow:?}");
    assert!(told(&["--laminate", "huge"]).1.contains("a7, a6, a5"));
}

#[test]
fn flags_that_do_not_go_together_are_refused_with_what_would() {
    for (flags, helps) in [
        (["--punch", "3-hole", "--size", "5x8"], "--punch 2-hole"),
        (["--punch", "2-hole", "--size", "3x5"], "--punch ring"),
        (["--large-print", "--size", "3x5", "-q"], "half-letter"),
        (["--laminate", "62x62mm", "--theme", "modern"], "larger pouch"),
    ] {
        let (code, said) = told(&flags);
        assert!(code == Some(2) && said.contains("= help: ") && said.contains(helps), "{flags:?}: {code:?} {said}");
    }
    let long = "https://example.org/".to_owned() + &"a".repeat(60);
    assert!(told(&["--qr", &long]).1.contains("62 fit"));
}

#[test]
fn golden_pictures_of_options() {
    let large = make(
        &["roast-carrot-soup.yaml"],
        |b| Theme::built_in_for(Print::Large, "modern", b).expect("a theme"),
        options("half-letter"),
    );
    let code =
        make_job(&["nuoc-cham.yaml"], built_in("modern"), with_code("4x6", "https://example.org/r/{slug}", false));
    let black = make(
        &["sunday-lasagne.yaml"],
        |b| built_in("modern")(b).in_black(),
        CardOptions { ink: Ink::Black, ..options("5x8") },
    );
    let film = CardOptions { film: true, punch: Punch::Ring, ..options("a6") };
    let ring = make(&["syrniki.yaml"], |b| built_in("classic")(b).behind_film(), film);
    let files = [
        ("option-laminated-ring.png", ring),
        ("option-large-print.png", large),
        ("option-qr.png", code),
        ("option-black.png", black),
    ];
    let wrong: Vec<&str> =
        files.iter().filter(|(name, made)| crate::golden::differs(name, pdf(made))).map(|(n, _)| *n).collect();
    assert!(wrong.is_empty(), "pages look different, see target/golden: {wrong:?}");
}
