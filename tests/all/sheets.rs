//! Cards on sheets: backs behind their fronts, marks where they belong, files that are valid.

use crate::cli::{SOUP, err, folder, out, run};
use crate::common::{DATE, Made, make_samples, samples};
use crate::golden::{differs, sides};
use crate::pdf::objections;
use cardamom::cards::{self, CardJob};
use cardamom::export::pdf;
use cardamom::fonts::FontBook;
use cardamom::frame::{
    Card, Document, Duplex, Item, Kind, Page, PlacedPage, Rgb, Segment, Shape, Sheet, Tags, rectangle,
};
use cardamom::geom::{CardSize, Rect, Size, mm};
use cardamom::impose::{self, BLEED, Imposed, Margins, Mark, Paper, STOCKS, SheetPlan, Sides, Stock, Target, slug};
use cardamom::layout::CardOptions;
use cardamom::load;
use cardamom::locale::Lang;
use cardamom::text::Shaper;
use cardamom::theme::Theme;
use cardamom::world::Disk;
use proptest::prelude::*;
use std::collections::BTreeSet;

/// A card whose pages are all ink, as far as the bleed.
fn inked(size: Size, pages: usize, bleed: f32) -> Card {
    let path = rectangle(-bleed, -bleed, size.w + 2.0 * bleed, size.h + 2.0 * bleed);
    let shape = |path| Kind::Shape(Shape { path, fill: Some(Rgb::BLACK), stroke: None });
    let page = || Page { size, bleed, items: vec![Item { tag: None, kind: shape(path.clone()) }] };
    let pages = (0..pages).map(|_| page()).collect();
    Card { title: "Ink".into(), lang: Lang::default(), pages, tags: Tags::default(), images: Vec::new(), stamp: None }
}

fn rect(page: &PlacedPage, size: Size) -> Rect {
    let size = if page.turn % 2 == 1 { size.turned() } else { size };
    Rect { x: page.x, y: page.y, w: size.w, h: size.h }
}

/// What a person sees who holds the paper against a lamp: worked out from the edge over which the printer turns it, and nothing
/// else.
fn through(r: Rect, paper: Size, duplex: Duplex) -> Rect {
    let about_upright = (duplex == Duplex::LongEdge) == (paper.h >= paper.w);
    if about_upright { Rect { x: paper.w - r.x - r.w, ..r } } else { Rect { y: paper.h - r.y - r.h, ..r } }
}

/// The offset of backs as seen from the front, on paper as it lies in the file: it was measured on upright paper.
fn seen_offset((x, y): (f32, f32), paper: Size) -> (f32, f32) {
    if paper.w > paper.h { (-y, x) } else { (x, y) }
}

fn sheet_pairs(imposed: &Imposed) -> Vec<(&Sheet, &Sheet)> {
    match &imposed.backs {
        Some(backs) => imposed.sheets.iter().zip(backs.iter().rev()).collect(),
        None => imposed.sheets.chunks(2).map(|pair| (&pair[0], &pair[1])).collect(),
    }
}

/// Checks all that must hold of sheets with two sides.
fn check(cards: &[&Card], plan: &SheetPlan, size: Size) {
    let imposed = impose::impose(cards, plan).expect("they fit").expect("sheets");
    let paper = imposed.layout.paper;
    let near = |a: f32, b: f32| (a - b).abs() <= mm(0.01);
    let mut seen = BTreeSet::new();
    let duplex = match (imposed.duplex, imposed.flip) {
        // files for feeding by hand: the way a person turns the stack
        (Duplex::Simplex, Some(impose::Flip::Sideways)) if paper.h >= paper.w => Duplex::LongEdge,
        (Duplex::Simplex, Some(impose::Flip::Upwards)) if paper.w > paper.h => Duplex::LongEdge,
        (Duplex::Simplex, _) => Duplex::ShortEdge,
        (duplex, _) => duplex,
    };
    for (front, back) in sheet_pairs(&imposed) {
        assert_eq!((front.size, back.size), (paper, paper));
        for page in &front.pages {
            assert!(page.page % 2 == 0 && seen.insert((page.card, page.page)));
            let behind = back.pages.iter().find(|b| (b.card, b.page) == (page.card, page.page + 1));
            let Some(behind) = behind else {
                assert!(page.page + 1 == cards[page.card].pages.len(), "a back is missing");
                continue;
            };
            assert!(seen.insert((behind.card, behind.page)));
            let (f, b) = (rect(page, size), through(rect(behind, size), paper, duplex));
            let (dx, dy) = seen_offset(plan.back_offset, paper);
            assert!(near(f.x + dx, b.x) && near(f.y + dy, b.y), "{f:?} {b:?} {dx} {dy}");
            assert!(near(f.w, b.w) && near(f.h, b.h), "{f:?} {b:?}");
        }
        // nothing overlaps, and nothing runs off the paper
        for (i, page) in front.pages.iter().enumerate() {
            let r = rect(page, size);
            assert!(r.x > -0.1 && r.y > -0.1 && r.right() < paper.w + 0.1 && r.bottom() < paper.h + 0.1, "{r:?}");
            let others = front.pages[i + 1..].iter().map(|p| rect(p, size));
            let [left, top, right, bottom] = page.bleed;
            let ink = r.grown([left - 0.02, top - 0.02, right - 0.02, bottom - 0.02]);
            for other in others {
                assert!(!ink.meets(other), "{ink:?} {other:?}");
            }
        }
        // the printer takes back what backs are moved by
        let (dx, dy) = plan.back_offset;
        marks_keep_off(front, size, mm(2.9));
        marks_keep_off(back, size, mm(2.9) - dx.abs().max(dy.abs()));
    }
    assert_eq!(seen.len(), cards.iter().map(|c| c.pages.len()).sum::<usize>(), "every page is printed once");
}

/// No straight mark touches the sheet's edge, and none crosses the ink of a card unless cards share a cut.
fn marks_keep_off(sheet: &Sheet, size: Size, off: f32) {
    for item in &sheet.marks {
        let Kind::Shape(Shape { path, .. }) = &item.kind else { continue };
        let [Segment::Move(a, b), Segment::Line(c, d)] = path[..] else { continue };
        let line = Rect { x: a.min(c), y: b.min(d), w: (a - c).abs(), h: (b - d).abs() };
        let Size { w, h } = sheet.size;
        // the ends keep clear of the edge; the cut itself may lie nearer to it
        let (x, y) = if line.w > line.h { (off, off - mm(2.0)) } else { (off - mm(2.0), off) };
        assert!(line.x > x && line.y > y && line.right() < w - x && line.bottom() < h - y, "{line:?}");
        for page in sheet.pages.iter().filter(|p| p.bleed.iter().any(|b| *b > 0.0)) {
            let inner = rect(page, size).grown([-0.1; 4]);
            let crosses =
                line.x < inner.right() && line.right() > inner.x && line.y < inner.bottom() && line.bottom() > inner.y;
            assert!(!crosses, "{line:?} runs over {inner:?}");
        }
    }
}

fn papers() -> impl Strategy<Value = Paper> {
    let named = prop_oneof![Just("a4"), Just("a3"), Just("letter"), Just("legal"), Just("tabloid")];
    let own = (220u16..500, 220u16..500).prop_map(|(w, h)| format!("{w}x{h}mm"));
    prop_oneof![named.prop_map(str::to_owned), own].prop_map(|text| Paper::parse(&text).expect("paper"))
}

fn card_sizes() -> impl Strategy<Value = Size> {
    let named = prop_oneof![Just("3x5"), Just("4x6"), Just("5x7"), Just("a6"), Just("a5")];
    let named = (named, any::<bool>()).prop_map(|(name, lies)| {
        let size = CardSize::parse(name).expect("a size").size;
        if lies { size.landscape() } else { size }
    });
    prop_oneof![named, (60u16..150, 60u16..190).prop_map(|(w, h)| Size::mm(f32::from(w), f32::from(h)))]
}

fn sides_of_paper() -> impl Strategy<Value = Sides> {
    prop_oneof![Just(Sides::Auto), Just(Sides::Long), Just(Sides::Short), Just(Sides::Manual)]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    /// For every sheet, size and flip: each back, seen through the paper, is its front.
    #[test]
    fn every_back_lies_behind_its_front(
        paper in papers(),
        size in card_sizes(),
        sides in sides_of_paper(),
        pages in prop::collection::vec(1usize..7, 1..14),
        gutter in prop_oneof![Just(None), (0u8..20).prop_map(|g| Some(mm(f32::from(g))))],
        bleed in prop_oneof![Just(0.0), Just(BLEED)],
        offset in (-50i8..50, -50i8..50),
        keep_top in any::<bool>(),
        margin in 0u8..10,
    ) {
        let cards: Vec<Card> = pages.iter().map(|n| inked(size, *n, bleed)).collect();
        let cards: Vec<&Card> = cards.iter().collect();
        prop_assume!(pages.iter().any(|n| *n > 1));
        let gutter = gutter.map(|g: f32| g.max(2.0 * bleed));
        let margins = Margins { sides: [mm(f32::from(margin)); 4] };
        let back_offset = (mm(f32::from(offset.0) / 10.0), mm(f32::from(offset.1) / 10.0));
        let plan = SheetPlan { gutter, sides, margins, back_offset, keep_top, ..SheetPlan::new(Target::Paper(paper)) };
        if impose::impose(&cards, &plan).is_err() {
            // then not even one card has room
            let Target::Paper(paper) = &plan.target else { unreachable!() };
            let room = 2.0 * plan.margins.sides[0];
            let fits = |s: Size| s.w + room <= paper.size.w && s.h + room <= paper.size.h;
            prop_assert!(!fits(size) && !fits(size.turned()));
            return Ok(());
        }
        check(&cards, &plan, size);
    }
}

#[test]
fn backs_lie_behind_fronts_on_stocks_and_single_pages() {
    let offset = (mm(0.7), mm(-1.3));
    for (key, text) in STOCKS {
        let stock = Stock::parse(text).expect("a stock");
        for size in [stock.card, stock.card.turned()] {
            for sides in [Sides::Auto, Sides::Long, Sides::Short, Sides::Manual] {
                let cards: Vec<Card> = [2, 4, 1, 3].map(|n| inked(size, n, 0.0)).into();
                let target = Target::Stock(Box::new(stock.clone()));
                // where cards reach the edge of the sheet, there is no room to nudge
                let nudge = if stock.corner.0 > 1.0 { (1.0, 0.5) } else { (0.0, 0.0) };
                let plan = SheetPlan { sides, back_offset: offset, nudge, ..SheetPlan::new(target) };
                check(&cards.iter().collect::<Vec<_>>(), &plan, size);
            }
        }
        assert!(!key.is_empty());
    }
    let size = Size::inches(5.0, 8.0);
    for (size, sides) in [(size, Sides::Auto), (size.landscape(), Sides::Auto), (size, Sides::Short)] {
        let card = inked(size, 2, BLEED);
        let plan = SheetPlan { sides, bleed: Some(BLEED), ..SheetPlan::new(Target::Card) };
        check(&[&card], &plan, size);
    }
}

/// With a hole, the top of the back lies behind the top of the front, whichever edge the paper is turned over: what is drawn
/// in the front's upper right corner is seen in the back's upper left.
#[test]
fn a_hole_keeps_the_top_of_both_sides_together() {
    let size = Size::inches(4.0, 6.0);
    let card = inked(size, 2, 0.0);
    for paper in ["a4", "letter", "400x200mm", "200x400mm"] {
        for sides in [Sides::Auto, Sides::Long, Sides::Short] {
            let target = Target::Paper(Paper::parse(paper).expect("paper"));
            let plan = SheetPlan { sides, keep_top: true, ..SheetPlan::new(target) };
            let imposed = impose::impose(&[&card], &plan).expect("room").expect("sheets");
            let [front, back] = &imposed.sheets[..] else { panic!("two sides") };
            let corner = |sheet: &Sheet, u: f32| {
                let (x, y) = impose::marks::on_sheet(&sheet.pages[0], size, (u, mm(10.0)));
                Rect { x, y, w: 0.0, h: 0.0 }
            };
            let hole = corner(front, size.w - mm(10.0));
            let behind = through(corner(back, mm(10.0)), imposed.layout.paper, imposed.duplex);
            assert!((hole.x - behind.x).abs() < mm(0.01) && (hole.y - behind.y).abs() < mm(0.01), "{paper} {sides:?}");
        }
    }
}

/// The same in the file itself, drawn by a viewer: ink of fronts and backs covers the same paper.
#[test]
fn ink_of_backs_covers_ink_of_fronts_in_the_file() {
    let book = FontBook::new();
    let size = Size::inches(4.0, 6.0);
    for (paper, sides) in
        [("letter", Sides::Auto), ("legal", Sides::Short), ("tabloid", Sides::Long), ("16x7in", Sides::Auto)]
    {
        let cards: Vec<Card> = [2, 2, 2].map(|n| inked(size, n, BLEED)).into();
        let cards: Vec<&Card> = cards.iter().collect();
        let target = Target::Paper(Paper::parse(paper).expect("paper"));
        let plan = SheetPlan { sides, marks: Some(BTreeSet::new()), ..SheetPlan::new(target) };
        let imposed = impose::impose(&cards, &plan).expect("room").expect("sheets");
        let (duplex, upright) = (imposed.duplex, imposed.layout.paper.h >= imposed.layout.paper.w);
        let document = Document { cards, sheets: Some(imposed.sheets), duplex: Some(duplex), ..Document::default() };
        let pictures = sides_of_file(&document, &book);
        for pair in pictures.chunks(2) {
            let behind = if (duplex == Duplex::LongEdge) == upright {
                image::imageops::flip_horizontal(&pair[1])
            } else {
                image::imageops::flip_vertical(&pair[1])
            };
            let dark = |i: &image::GrayImage| i.pixels().filter(|p| p.0[0] < 128).count();
            let apart = pair[0].pixels().zip(behind.pixels()).filter(|(a, b)| a.0[0].abs_diff(b.0[0]) > 40).count();
            assert!(dark(&pair[0]) > 10_000 && apart == 0, "{paper}: {apart} pixels differ");
        }
    }
}

fn sides_of_file(document: &Document<'_>, book: &FontBook) -> Vec<image::GrayImage> {
    sides(pdf::export(document, book, DATE), 0.5)
}

/// The samples on sheets.
fn sheets(theme: &str, size: &str, plan: &SheetPlan, names: &[&str]) -> Vec<u8> {
    let paths: Vec<_> = names.iter().map(|n| samples().join(n)).collect();
    let paths = if paths.is_empty() { vec![samples()] } else { paths };
    let loaded = load::load(&Disk, &paths);
    let mut book = FontBook::new();
    let theme = Theme::built_in(theme, &book).expect("a theme");
    let options = CardOptions { bleed: BLEED, ..CardOptions::new(CardSize::parse(size).expect("a size")) };
    let job = CardJob { allow_missing_glyphs: true, ..CardJob::new(options) };
    let contents = cards::prepare(&loaded.value, &mut book, &theme, &job);
    let laid = cards::lay_out(&Disk, &loaded.value, &contents, &theme, &book, &job, &|| {});
    let made = Made { loaded: loaded.value, book, finished: laid.value, diagnostics: laid.diagnostics };
    let document = cards::document(&made.loaded, &made.finished);
    let mut imposed = impose::impose(&document.cards, plan).expect("room").expect("sheets");
    let words = slug::Words { theme: &theme.name, lang: &document.lang };
    slug::add(&mut imposed, plan, words, &mut Shaper::new(&made.book));
    let document = Document { sheets: Some(imposed.sheets), duplex: Some(imposed.duplex), ..document };
    pdf::export(&document, &made.book, DATE)
}

fn on(paper: &str) -> SheetPlan {
    SheetPlan::new(Target::Paper(Paper::parse(paper).expect("paper")))
}

fn every_mark() -> Option<BTreeSet<Mark>> {
    Some([Mark::Crop, Mark::Registration, Mark::Info, Mark::Hole].into())
}

#[test]
fn sheets_look_right() {
    let two = ["roast-carrot-soup.yaml", "nuoc-cham.yaml"];
    let three = ["roast-carrot-soup.yaml", "nuoc-cham.yaml", "ginger-lime-relish.yaml"];
    let stock = Target::Stock(Box::new(Stock::built_in("avery-5389").expect("a stock")));
    let wanted = [
        ("sheet-letter-modern.png", sheets("modern", "4x6", &SheetPlan { marks: every_mark(), ..on("letter") }, &two)),
        ("sheet-a4-classic-a6.png", sheets("classic", "a6", &on("a4"), &three)),
        ("sheet-a4-fold.png", sheets("classic", "4x6", &SheetPlan { sides: Sides::Fold, ..on("a4") }, &two[..1])),
        ("sheet-stock.png", sheets("mono", "4x6", &SheetPlan { cut_lines: true, ..SheetPlan::new(stock) }, &two)),
    ];
    let wrong: Vec<&str> =
        wanted.into_iter().filter_map(|(name, bytes)| differs(name, bytes).then_some(name)).collect();
    assert!(wrong.is_empty(), "sheets look different, see target/golden: {wrong:?}");
}

#[test]
fn sheets_are_valid_and_the_same_on_any_number_of_threads() {
    let make = || {
        let plan = SheetPlan { marks: every_mark(), back_offset: (1.0, 0.5), ..on("letter") };
        sheets("modern", "4x6", &plan, &[])
    };
    let with =
        |threads: usize| rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads").install(make);
    let first = with(1);
    assert!(first == with(3));
    assert_eq!(objections(&first), Vec::<String>::new());
    for (what, bytes) in [
        ("fold", sheets("classic", "a6", &SheetPlan { sides: Sides::Fold, ..on("a4") }, &[])),
        ("one side", sheets("mono", "3x5", &SheetPlan { sides: Sides::None, cut_lines: true, ..on("a4") }, &[])),
        ("bleed", sheets("modern", "5x8", &SheetPlan { bleed: Some(BLEED), ..SheetPlan::new(Target::Card) }, &[])),
    ] {
        assert_eq!(objections(&bytes), Vec::<String>::new(), "{what}");
    }
}

/// The lengths that a box of every page has, in millimetres: left, bottom, right, top.
fn boxes(bytes: &[u8], name: &str) -> Vec<[f32; 4]> {
    let file = lopdf::Document::load_mem(bytes).expect("a PDF");
    let pages = file.get_pages();
    pages
        .values()
        .map(|id| {
            let page = file.get_dictionary(*id).expect("a page");
            let values = page.get(name.as_bytes()).and_then(lopdf::Object::as_array).expect("a box");
            let all: Vec<f32> = values.iter().map(|v| v.as_float().expect("a number") / mm(1.0)).collect();
            [all[0], all[1], all[2], all[3]]
        })
        .collect()
}

fn is_about(found: [f32; 4], wanted: [f32; 4]) -> bool {
    found.iter().zip(wanted).all(|(a, b)| (a - b).abs() < 0.02)
}

#[test]
fn boxes_tell_paper_bleed_and_trim() {
    let single = SheetPlan { bleed: Some(BLEED), ..SheetPlan::new(Target::Card) };
    let bytes = sheets("modern", "4x6", &single, &["nuoc-cham.yaml"]);
    let wanted = [
        ("MediaBox", [0.0, 0.0, 107.6, 158.4]),
        ("BleedBox", [0.0, 0.0, 107.6, 158.4]),
        ("TrimBox", [3.0, 3.0, 104.6, 155.4]),
    ];
    for (name, wanted) in wanted {
        let found = boxes(&bytes, name);
        assert!(found.len() == 2 && found.iter().all(|b| is_about(*b, wanted)), "{name}: {found:?}");
    }
    // two of 4 × 6 in on US Letter: half an inch between them, and their bleed around
    let bytes = sheets("modern", "4x6", &on("letter"), &["nuoc-cham.yaml", "roast-carrot-soup.yaml"]);
    let side = (279.4 - 2.0 * 101.6 - 12.7) / 2.0;
    let end = (215.9 - 152.4) / 2.0;
    let wanted = [
        ("MediaBox", [0.0, 0.0, 279.4, 215.9]),
        ("TrimBox", [side, end, 279.4 - side, 215.9 - end]),
        ("BleedBox", [side - 3.0, end - 3.0, 279.4 - side + 3.0, 215.9 - end + 3.0]),
    ];
    for (name, wanted) in wanted {
        let found = boxes(&bytes, name);
        assert!(found.len() == 2 && found.iter().all(|b| is_about(*b, wanted)), "{name}: {found:?} {wanted:?}");
    }
    // without sheets and bleed, all boxes are the card
    let made = make_samples("classic", "5x8");
    let bytes = crate::common::pdf(&made);
    assert!(boxes(&bytes, "TrimBox").iter().all(|b| is_about(*b, [0.0, 0.0, 127.0, 203.2])));
}

/// What the file asks of the viewer: how to turn the paper, and to change no size.
#[test]
fn the_file_says_how_to_print_it() {
    let asks = |bytes: &[u8]| {
        let file = lopdf::Document::load_mem(bytes).expect("a PDF");
        let catalog = file.catalog().expect("a catalog");
        let wishes = catalog.get_deref(b"ViewerPreferences", &file).and_then(lopdf::Object::as_dict).expect("wishes");
        let name = |key: &[u8]| {
            String::from_utf8_lossy(wishes.get(key).and_then(lopdf::Object::as_name).expect("a name")).into_owned()
        };
        (name(b"Duplex"), name(b"PrintScaling"))
    };
    let two = ["roast-carrot-soup.yaml", "nuoc-cham.yaml"];
    let on_letter = |sides: Sides| asks(&sheets("modern", "4x6", &SheetPlan { sides, ..on("letter") }, &two));
    let says = |edge: &str| (edge.to_owned(), "None".to_owned());
    // two cards that stand lie side by side on a sheet that lies
    assert_eq!(on_letter(Sides::Auto), says("DuplexFlipShortEdge"));
    assert_eq!(on_letter(Sides::Long), says("DuplexFlipLongEdge"));
    assert_eq!(on_letter(Sides::Short), says("DuplexFlipShortEdge"));
    assert_eq!(on_letter(Sides::Manual), says("Simplex"));
    assert_eq!(asks(&sheets("classic", "4x6", &on("a4"), &two)), says("DuplexFlipLongEdge"));
}

#[test]
fn sheets_hold_as_many_cards_as_fit() {
    let count = |size: &str, paper: &str, lies: bool, bleed: f32| {
        let size = CardSize::parse(size).expect("a size").size;
        let size = if lies { size.landscape() } else { size };
        let card = inked(size, 2, bleed);
        impose::impose(&[&card], &on(paper)).expect("room").expect("sheets").layout.places.len()
    };
    // section 6 of the print specification
    for (size, letter, a4) in [("3x5", 4, 4), ("4x6", 2, 2), ("5x7", 2, 2), ("5x8", 2, 1), ("a6", 2, 2)] {
        for lies in [false, true] {
            assert_eq!((count(size, "letter", lies, BLEED), count(size, "a4", lies, BLEED)), (letter, a4), "{size}");
        }
    }
    assert_eq!(count("4x6", "a3", false, BLEED), 4);
}

/// A stock without a unit.
const BAD_STOCK: &str = r#"title = "Mine"
sheet = ["210mm", "297"]
card = ["90mm", "60mm"]
columns = 2
rows = 4
corner = ["10mm", "10mm"]
pitch = ["95mm", "65mm"]
"#;

/// Cards whose ink keeps clear of the edge share their cuts and fill the sheet, unless marks are asked for that need margins.
#[test]
fn cards_share_cuts_where_they_may() {
    let size = CardSize::parse("a6").expect("a size").size;
    let mut card = inked(size, 2, 0.0);
    for page in &mut card.pages {
        let path = rectangle(mm(8.0), mm(8.0), size.w - mm(16.0), size.h - mm(16.0));
        page.items = vec![Item { tag: None, kind: Kind::Shape(Shape { path, fill: Some(Rgb::BLACK), stroke: None }) }];
    }
    let places = |plan: SheetPlan| impose::impose(&[&card], &plan).expect("room").expect("sheets").layout.places.len();
    assert_eq!(places(on("a4")), 4);
    assert_eq!(places(SheetPlan { marks: every_mark(), ..on("a4") }), 2);
    assert_eq!(places(SheetPlan { gutter: Some(mm(3.0)), ..on("a4") }), 2);
}

/// A hole is where the lines of a front end, and a back has none of its own: it is the same hole.
#[test]
fn a_hole_is_where_lines_end() {
    let size = Size::inches(4.0, 6.0);
    for (lang, from_left) in [("en", size.w - mm(10.0)), ("he", mm(10.0))] {
        let card = Card { lang: Lang::parse(lang).expect("a language"), ..inked(size, 2, 0.0) };
        let plan = SheetPlan { marks: Some([Mark::Hole].into()), ..on("a4") };
        let imposed = impose::impose(&[&card], &plan).expect("room").expect("sheets");
        let [front, back] = &imposed.sheets[..] else { panic!("two sides") };
        let [Item { kind: Kind::Shape(ring), .. }] = &front.marks[..] else { panic!("a ring: {:?}", front.marks) };
        let xs = ring.path.iter().filter_map(|s| if let Segment::Line(x, _) = s { Some(*x) } else { None });
        let (least, most) = xs.fold((f32::MAX, f32::MIN), |(a, b), x| (a.min(x), b.max(x)));
        let middle = (least + most) / 2.0 - front.pages[0].x;
        assert!((middle - from_left).abs() < 0.01 && back.marks.is_empty(), "{lang}: {middle}");
    }
}

/// Cards for film get guides in the corners that are to be cut off, and nowhere else.
#[test]
fn corners_are_rounded_for_film() {
    let size = Size::inches(4.0, 6.0);
    let cards: Vec<Card> = [2, 2].map(|n| inked(size, n, BLEED)).into();
    let cards: Vec<&Card> = cards.iter().collect();
    let arcs = |plan: SheetPlan| {
        let imposed = impose::impose(&cards, &plan).expect("room").expect("sheets");
        let turned = imposed.layout.turn % 2 == 1;
        let size = if turned { size.turned() } else { size };
        let mut count = [0, 0];
        for (side, sheet) in imposed.sheets.iter().enumerate() {
            for item in &sheet.marks {
                let Kind::Shape(Shape { path, .. }) = &item.kind else { continue };
                let [Segment::Move(x, y), Segment::Curve([.., u, v])] = path[..] else { continue };
                let corner = |p: &PlacedPage| {
                    let near = |a: f32, b: f32| (a - b).abs() < mm(3.01);
                    let across = [p.x, p.x + size.w].into_iter().any(|c| near(c, x) && near(c, u));
                    across && [p.y, p.y + size.h].into_iter().any(|c| near(c, y) && near(c, v))
                };
                assert!(sheet.pages.iter().any(corner), "{path:?}");
                assert!(((x - u).abs() - mm(3.0)).abs() < 0.01 && ((y - v).abs() - mm(3.0)).abs() < 0.01, "{path:?}");
                count[side % 2] += 1;
            }
        }
        count
    };
    let film = || SheetPlan { film: true, ..on("letter") };
    assert_eq!(arcs(film()), [8, 0]);
    assert_eq!(arcs(SheetPlan { cut_lines: true, ..film() }), [8, 0]);
    assert_eq!(arcs(SheetPlan { sides: Sides::Fold, ..film() }), [4, 4], "one folded card a sheet");
    assert_eq!(arcs(SheetPlan { marks: Some(BTreeSet::new()), ..film() }), [0, 0]);
    assert_eq!(arcs(on("letter")), [0, 0]);
}

#[test]
fn mistakes_are_told_with_what_would_fit() {
    let dir = folder(&[("soup.yaml", SOUP), ("bad.toml", BAD_STOCK)]);
    let fails = |args: &[&str], code: i32, says: &[&str]| {
        let all: Vec<&str> = ["export", "soup.yaml", "--pdf", "x.pdf"].iter().chain(args).copied().collect();
        let o = run(dir.path(), &all);
        assert_eq!(o.status.code(), Some(code), "{args:?}: {}", err(&o));
        for piece in says {
            assert!(err(&o).contains(piece), "{args:?}: {} lacks {piece}", err(&o));
        }
        assert!(!dir.path().join("x.pdf").exists(), "{args:?}");
    };
    fails(
        &["--size", "a6", "--sheet", "a4", "--bleed", "5mm", "--gutter", "6mm"],
        2,
        &["--gutter 10mm", "--bleed 3mm"],
    );
    fails(
        &["--size", "a4", "--sheet", "letter"],
        2,
        &["does not fit", "--sheet a4, a3, legal or tabloid", "--size 3x5"],
    );
    fails(&["--stock", "avery-5398"], 2, &["there is no stock", "did you mean `avery-53"]);
    fails(&["--stock", "bad.toml"], 1, &["bad.toml:2:19", "needs a unit"]);
    fails(&["--stock", "5389", "--size", "a6"], 2, &["Avery 5389", "--size 4x6"]);
    fails(&["--sheet", "a5x"], 2, &["is no paper", "letter"]);
    fails(&["--sheet", "a4", "--bleed", "40mm"], 2, &["from 0 to 10 mm"]);
    fails(&["--sheet", "a4", "--back-offset", "1"], 2, &["0.4,-1.2"]);
    fails(&["--marks", "crop"], 2, &["--sheet a4"]);
    fails(&["--sheet", "a4", "--stock", "5389"], 2, &["cannot be used with"]);
    fails(&["--sheet", "a4", "--duplex", "manual", "--pdf", "-"], 2, &[]);
}

#[test]
fn cards_of_several_sizes_do_not_mix() {
    let (small, large) = (inked(Size::inches(3.0, 5.0), 1, 0.0), inked(Size::inches(4.0, 6.0), 1, 0.0));
    let e = impose::impose(&[&small, &large], &on("a4")).expect_err("refused");
    assert!(e.message.contains("76.2 × 127 mm") && e.message.contains("101.6 × 152.4 mm"), "{}", e.message);
    assert!(e.hint.contains("--size"), "{}", e.hint);
}

#[test]
fn feeding_by_hand_makes_two_files() {
    let dir = folder(&[("soup.yaml", &SOUP.replace("- salt", "- salt\ntips: [Stir.]\nstorage: A day."))]);
    let o = run(dir.path(), &["export", "--sheet", "a4", "--size", "3x5", "--duplex", "manual", "--pdf", "cards.pdf"]);
    assert_eq!(o.status.code(), Some(0), "{}", err(&o));
    let written = |name: &str| dir.path().join(name).is_file();
    if written("cards-backs.pdf") {
        assert!(written("cards-fronts.pdf") && !written("cards.pdf"));
        assert!(err(&o).contains("last sheet on top"), "{}", err(&o));
    } else {
        assert!(written("cards.pdf"), "a card with one side needs no second file");
    }
}

/// Where sheets have no room to say how they are turned, the command does.
#[test]
fn how_to_turn_sheets_is_said_somewhere() {
    let dir = folder(&[]);
    let soup = samples().join("roast-carrot-soup.yaml").display().to_string();
    let said = |flags: &[&str]| {
        let o = run(dir.path(), &[&["export", &soup, "--pdf", "x.pdf"], flags].concat());
        assert_eq!(o.status.code(), Some(0), "{}", err(&o));
        err(&o).lines().find(|l| l.starts_with("print ")).unwrap_or_default().to_owned()
    };
    let edge = |edge: &str| format!("print the sheets on both sides at 100%, flipped on the {edge} edge");
    assert_eq!(said(&["--sheet", "a4", "--size", "a6"]), edge("short"));
    assert_eq!(said(&["--stock", "5389"]), edge("long"));
    assert_eq!(said(&["--sheet", "a4", "--size", "4x6"]), "", "the sheets say it");
    assert_eq!(said(&["--stock", "5389", "--quiet"]), "");
    assert_eq!(said(&["--stock", "5389", "--duplex", "none"]), "");
}

#[test]
fn a_stock_decides_the_size_of_cards() {
    let dir = folder(&[("soup.yaml", SOUP)]);
    let o = run(dir.path(), &["export", "soup.yaml", "--stock", "8386", "--pdf", "x.pdf", "-v"]);
    assert_eq!(o.status.code(), Some(0), "{}", err(&o));
    assert!(err(&o).contains("1 × 2 to a side"), "{}", err(&o));
    let listed = out(&run(dir.path(), &["stocks"]));
    assert_eq!(listed.lines().count(), STOCKS.len(), "{listed}");
}

#[test]
fn the_test_page_is_made() {
    let dir = folder(&[]);
    let o = run(dir.path(), &["calibrate", "--sheet", "letter"]);
    assert_eq!(o.status.code(), Some(0), "{}", err(&o));
    assert!(out(&o).contains("long edge") && dir.path().join("calibration-letter.pdf").is_file(), "{}", out(&o));
    let o = run(dir.path(), &["calibrate", "--sheet", "100x150mm"]);
    assert!(o.status.code() == Some(2) && err(&o).contains("a4 or letter"), "{}", err(&o));
}
