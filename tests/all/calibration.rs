//! The two-sided test page: what it shows is true, on every paper.

use crate::common::DATE;
use crate::golden::differs;
use crate::pdf::objections;
use cardamom::calibration::{Calibration, test_page};
use cardamom::export::pdf;
use cardamom::fonts::FontBook;
use cardamom::frame::{Kind, Page, Segment};
use cardamom::geom::{Rect, mm};
use cardamom::impose::{Flip, Paper};

const PAPERS: [&str; 6] = ["a4", "a3", "letter", "legal", "tabloid", "200x271mm"];

fn wanted(paper: &str, short_edge: bool, back_offset: (f32, f32)) -> Calibration {
    Calibration { paper: Paper::parse(paper).expect("paper"), short_edge, back_offset }
}

/// The straight lines of a page that are so long, as rectangles without area.
fn lines(page: &Page, length: f32) -> Vec<Rect> {
    let shapes = page.items.iter().filter_map(|i| if let Kind::Shape(s) = &i.kind { Some(s) } else { None });
    shapes
        .filter_map(|s| match s.path[..] {
            [Segment::Move(a, b), Segment::Line(c, d)] => {
                Some(Rect { x: a.min(c), y: b.min(d), w: (a - c).abs(), h: (b - d).abs() })
            }
            _ => None,
        })
        .filter(|r| ((r.w + r.h) - length).abs() < 0.01)
        .collect()
}

/// The long line of every scale of the back is seen through the paper on the zero of the front, and `offset` from it when backs
/// are moved.
#[test]
fn the_back_hangs_from_the_front() {
    let book = FontBook::new();
    let near = |a: f32, b: f32| (a - b).abs() < mm(0.01);
    for paper in PAPERS {
        for (short_edge, flip) in [(false, Flip::Sideways), (true, Flip::Upwards)] {
            for (dx, dy) in [(0.0, 0.0), (mm(0.7), mm(-1.2))] {
                let page = test_page(&wanted(paper, short_edge, (dx, dy)), &book).expect("room");
                let document = page.document();
                let [front, back] = &document.cards[0].pages[..] else { panic!("two sides") };
                let zeros = lines(front, mm(6.0));
                let hanging = lines(back, mm(8.4));
                assert_eq!(hanging.len(), 4, "{paper}");
                let seen: Vec<Rect> = hanging.iter().map(|r| flip.through(*r, back.size).moved(-dx, -dy)).collect();
                let on_zero = |r: &Rect| {
                    let touches = |z: &Rect| {
                        let upright = r.w < 0.01 && near(z.x, r.x) && near(z.bottom(), r.y + mm(0.4));
                        let lying = r.h < 0.01 && near(z.y, r.y);
                        upright || lying && (near(z.right(), r.x + mm(0.4)) || near(z.x, r.right() - mm(0.4)))
                    };
                    zeros.iter().any(touches)
                };
                assert!(seen.iter().all(on_zero), "{paper} {flip:?}: {seen:?} on {zeros:?}");
            }
        }
    }
}

#[test]
fn rulers_are_as_long_as_they_say() {
    let book = FontBook::new();
    let page = test_page(&wanted("letter", false, (0.0, 0.0)), &book).expect("room");
    let document = page.document();
    let front = &document.cards[0].pages[0];
    let ruler = lines(front, mm(100.0)).into_iter().filter(|r| r.y > mm(100.0)).collect::<Vec<_>>();
    assert!(!ruler.is_empty());
    // ten centimetres of millimetres: 1.8 mm, 3 mm and 4 mm long
    let ticks = |length: f32| lines(front, length).iter().filter(|r| r.w < 0.01).count();
    assert_eq!((ticks(mm(1.8)), ticks(mm(4.0))), (80, 11));
}

#[test]
fn the_test_page_is_valid_looks_right_and_is_the_same_every_time() {
    let book = FontBook::new();
    let made = |paper: &str, short: bool, offset: (f32, f32)| {
        let page = test_page(&wanted(paper, short, offset), &book).expect("room");
        pdf::export(&page.document(), &book, DATE)
    };
    let a4 = made("a4", false, (0.0, 0.0));
    assert!(a4 == made("a4", false, (0.0, 0.0)));
    assert_eq!(objections(&a4), Vec::<String>::new());
    assert_eq!(objections(&made("letter", true, (mm(0.4), 0.0))), Vec::<String>::new());
    assert!(!differs("calibration-a4.png", a4), "the page looks different, see target/golden");
}

#[test]
fn small_paper_is_refused_with_what_would_do() {
    let why = test_page(&wanted("148x210mm", false, (0.0, 0.0)), &FontBook::new()).expect_err("no room");
    assert!(why.contains("a4 or letter"), "{why}");
}
