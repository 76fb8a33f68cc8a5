//! The laminating guide: measures at full size, for every pouch.

use crate::cli::run;
use crate::common::DATE;
use crate::golden::differs;
use crate::pdf::objections;
use cardamom::export::pdf;
use cardamom::fonts::FontBook;
use cardamom::frame::{Kind, Segment, Shape};
use cardamom::geom::{CardSize, mm};
use cardamom::impose::Paper;
use cardamom::lamination::{Guide, GuidePage, guide_page};
use cardamom::pouch::Pouch;

fn guide(pouch: &str, card: Option<&str>, paper: Option<&str>, book: &FontBook) -> Result<GuidePage, String> {
    let pouch = Pouch::parse(pouch)?;
    let card = card.map_or_else(|| pouch.largest_card(), CardSize::parse)?.size;
    guide_page(&Guide { pouch, card, paper: paper.map(Paper::parse).transpose()? }, book)
}

/// Left, top, right and bottom of a path.
fn bounds(shape: &Shape) -> [f32; 4] {
    let mut b = [f32::MAX, f32::MAX, f32::MIN, f32::MIN];
    for segment in &shape.path {
        let (x, y) = match *segment {
            Segment::Move(x, y) | Segment::Line(x, y) => (x, y),
            Segment::Curve([.., x, y]) => (x, y),
            Segment::Close => continue,
        };
        b = [b[0].min(x), b[1].min(y), b[2].max(x), b[3].max(y)];
    }
    b
}

/// Pouch and card are drawn as large as they are, one in the middle of the other, and nothing leaves the paper.
#[test]
fn everything_is_as_large_as_it_is() {
    let book = FontBook::new();
    let own = [("110x162mm", None), ("a5", Some("5x8")), ("83x112mm", Some("3x4in"))];
    let known = Pouch::known();
    for (name, card) in known.iter().map(|p| (p.name.as_str(), None)).chain(own) {
        let page = guide(name, card, None, &book).unwrap_or_else(|e| panic!("{name}: {e}"));
        let document = page.document();
        let page = &document.cards[0].pages[0];
        let pouch = Pouch::parse(name).expect("pouch");
        let size = card.map_or_else(|| pouch.largest_card(), CardSize::parse).expect("card").size.portrait();
        let shapes: Vec<[f32; 4]> = page
            .items
            .iter()
            .filter_map(|i| if let Kind::Shape(s) = &i.kind { Some(bounds(s)) } else { None })
            .collect();
        let find = |w: f32, h: f32| {
            let near = |b: &&[f32; 4]| (b[2] - b[0] - w).abs() < 0.01 && (b[3] - b[1] - h).abs() < 0.01;
            *shapes.iter().find(near).unwrap_or_else(|| panic!("{name}: nothing is {w} by {h}"))
        };
        let (film, paper) = (find(pouch.size.w, pouch.size.h), find(size.w, size.h));
        assert!((film[0] + film[2] - paper[0] - paper[2]).abs() < 0.01, "{name}");
        assert!((film[1] + film[3] - paper[1] - paper[3]).abs() < 0.01, "{name}");
        find(size.w - mm(10.0), size.h - mm(10.0));
        find(mm(6.0), mm(6.0));
        assert!(shapes.iter().all(|b| b[0] > 0.0 && b[1] > 0.0 && b[2] < page.size.w && b[3] < page.size.h), "{name}");
        for item in &page.items {
            let Kind::Glyphs(run) = &item.kind else { continue };
            let width: f32 = run.glyphs.iter().map(|g| g.advance).sum::<f32>() * run.size;
            let fits = run.x > 0.0 && run.x + width < page.size.w && run.y < page.size.h;
            assert!(fits, "{name}: {} leaves the paper", run.text);
        }
    }
}

#[test]
fn the_guide_is_valid_and_looks_right() {
    let book = FontBook::new();
    let made = |pouch: &str, card: Option<&str>, paper: Option<&str>| {
        pdf::export(&guide(pouch, card, paper, &book).expect("a page").document(), &book, DATE)
    };
    for (pouch, card, paper) in [("a7", None, None), ("letter", None, Some("tabloid")), ("a5", Some("5x8"), None)] {
        assert_eq!(objections(&made(pouch, card, paper)), Vec::<String>::new(), "{pouch}");
    }
    let a6 = made("a6", None, Some("148x210mm"));
    assert_eq!(objections(&a6), Vec::<String>::new());
    assert!(a6 == made("a6", None, Some("148x210mm")));
    assert!(!differs("laminating-a6.png", a6), "the page looks different, see target/golden");
}

#[test]
fn what_does_not_fit_is_refused_with_what_would_do() {
    let book = FontBook::new();
    let why = guide("a6", Some("a5"), None, &book).expect_err("too large a card");
    assert!(why.contains("154 × 216 mm or larger"), "{why}");
    let why = guide("a5", None, Some("148x210mm"), &book).expect_err("too small a paper");
    assert!(why.contains("no room on 148 × 210 mm") && why.contains("it takes 191 ×"), "{why}");
}

#[test]
fn pouches_are_listed_and_explained() {
    let dir = tempfile::tempdir().expect("a folder");
    let said = |words: &[&str]| {
        let o = run(dir.path(), words);
        (o.status.code(), format!("{}{}", String::from_utf8_lossy(&o.stdout), String::from_utf8_lossy(&o.stderr)))
    };
    assert!(said(&["pouches"]).1.contains("111 × 154 mm"));
    assert_eq!(said(&["pouches", "--guide", "a6"]).0, Some(0));
    assert!(dir.path().join("laminating-a6.pdf").is_file());
    let (code, text) = said(&["pouches", "--guide", "a9"]);
    assert!(code == Some(2) && text.contains("a7, a6, a5"), "{text}");
    let (code, text) = said(&["pouches", "--guide", "a6", "--size", "5x8"]);
    assert!(code == Some(2) && text.contains("133 × 209.2 mm or larger"), "{text}");
}
