//! The line that tells which version a card is.

use crate::common::{DATE, Made, THEMES, pdf};
use crate::options::{all_faults, built_in, code_on, lay_out, make_job, options, with_code, within};
use cardamom::cards::{self, CardJob, Stamp};
use cardamom::fingerprint;
use cardamom::fonts::FontBook;
use cardamom::frame::{GlyphRun, Ink, Kind, Role};
use cardamom::layout::CardOptions;
use cardamom::load;
use cardamom::theme::{Print, Theme};
use cardamom::world::Memory;

fn job(size: &str) -> CardJob {
    CardJob::new(CardOptions { stamp: true, ..options(size) })
}

/// Stamps all cards as the third version.
fn stamped(mut made: Made, theme: impl Fn(&FontBook) -> Theme) -> Made {
    let theme = theme(&made.book);
    let prints: Vec<_> = made.finished.iter().map(|f| fingerprint::of(&f.card, &made.book)).collect();
    let of = |i: usize| Stamp { number: Some(3), fingerprint: prints[i], date: DATE };
    cards::stamp(&mut made.finished, &theme, &made.book, &of);
    made
}

/// The runs of the last side's last paragraph, which the stamp is.
fn runs(made: &Made, card: usize) -> Vec<&GlyphRun> {
    let card = &made.finished[card].card;
    let items = &card.pages.last().expect("a page").items;
    let tag = items.iter().rev().find_map(|i| i.tag).expect("a tag");
    assert_eq!(card.tags.get(tag).role, Role::P);
    items
        .iter()
        .filter(|i| i.tag == Some(tag))
        .filter_map(|i| if let Kind::Glyphs(r) = &i.kind { Some(r) } else { None })
        .collect()
}

#[test]
fn stamps_stand_at_the_foot_of_the_last_side_and_touch_nothing() {
    let mut wrong = Vec::new();
    for theme in THEMES {
        for size in ["3x5", "4x6", "a6", "5x8", "a4"] {
            let what = format!("{theme} {size}");
            let made = stamped(make_job(&[], built_in(theme), job(size)), built_in(theme));
            wrong.extend(all_faults(&made, &what));
            wrong.extend(crate::pages::lost(&made, &what));
            for (i, f) in made.finished.iter().enumerate() {
                let (runs, page) = (runs(&made, i), f.card.pages.last().expect("a page"));
                let text: String = runs.iter().map(|r| r.text.as_str()).collect();
                assert!(text.contains('3') && text.contains("2026-01-01"), "{what}: {text}");
                let hash = text.trim_end().rsplit(' ').next().unwrap_or_default();
                assert!(hash.len() == 4 && hash.bytes().all(|b| b.is_ascii_hexdigit()), "{what}: {text}");
                assert!(runs.iter().all(|r| (7.19..7.81).contains(&r.size)), "{what}: {} pt", runs[0].size);
                assert!(runs[0].y > 0.85 * page.size.h && runs[0].x < 0.25 * page.size.w, "{what}");
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn stamps_beside_codes() {
    for theme in THEMES {
        for (size, film) in [("3x5", true), ("4x6", false), ("5x8", true), ("a4", false)] {
            let mut job = with_code(size, "https://example.org/r/soup-of-the-day", film);
            job.options.stamp = true;
            let made = stamped(make_job(&["roast-carrot-soup.yaml"], built_in(theme), job), built_in(theme));
            assert_eq!(all_faults(&made, &format!("{theme} {size}")), Vec::<String>::new());
            let (side, [l, t, r, b]) = code_on(&made).expect("a code");
            let quiet = 4.0 * (r - l) / 29.0 - 0.01;
            let near = within(&made.finished[0].card.pages[side], [l - quiet, t - quiet, r + quiet, b + quiet]);
            assert!(near.is_empty(), "{theme} {size}: {near:?}");
        }
    }
}

#[test]
fn stamped_cards_are_valid_in_large_print_and_one_ink_too() {
    let large = |book: &FontBook| Theme::built_in_for(Print::Large, "classic", book).expect("a theme").in_black();
    let mut black = job("a5");
    black.options.ink = Ink::Black;
    let made = stamped(make_job(&["nuoc-cham.yaml"], large, black), large);
    assert_eq!(all_faults(&made, "large print"), Vec::<String>::new());
    assert_eq!(crate::pdf::objections(&pdf(&made)), Vec::<String>::new());
}

#[test]
fn a_stamp_starts_where_lines_start() {
    let yaml = "title: שקשוקה\nlanguage: he\ningredients: [מלח, 2 ביצים]\nsteps: [לערבב., לבשל.]\n";
    let world = Memory::new([("dish.yaml", yaml)]);
    let made = lay_out(&world, load::load(&world, &["dish.yaml".into()]), built_in("modern"), job("4x6"));
    let made = stamped(made, built_in("modern"));
    let (runs, width) = (runs(&made, 0), made.finished[0].card.pages[0].size.w);
    assert!(runs.iter().all(|r| r.x > 0.5 * width), "{runs:?}");
}

/// Whatever is printed differently has another fingerprint, and nothing else has.
#[test]
fn fingerprints_follow_what_is_printed() {
    let yaml = "title: Salt\ningredients: [1 g salt]\nsteps: [Stir the salt.]\n";
    let of = |yaml: &str, theme: &str, size: &str| {
        let world = Memory::new([("dish.yaml", yaml)]);
        let loaded = load::load(&world, &["dish.yaml".into()]);
        let made = lay_out(&world, loaded, built_in(theme), CardJob::new(options(size)));
        fingerprint::of(&made.finished[0].card, &made.book)
    };
    let print = of(yaml, "classic", "5x8");
    assert_eq!(print, of(&format!("# a remark\n{yaml}tags: [plain]\n"), "classic", "5x8"));
    for (what, other) in [
        ("amount", of(&yaml.replace("1 g", "2 g"), "classic", "5x8")),
        ("a letter", of(&yaml.replace("Stir", "stir"), "classic", "5x8")),
        ("theme", of(yaml, "modern", "5x8")),
        ("size", of(yaml, "classic", "a5")),
    ] {
        assert_ne!(print, other, "{what}");
    }
}

#[test]
fn golden_pictures_of_stamps() {
    let mut with_code = with_code("4x6", "https://example.org/r/{slug}", false);
    with_code.options.stamp = true;
    let code = stamped(make_job(&["nuoc-cham.yaml"], built_in("modern"), with_code), built_in("modern"));
    let classic = stamped(make_job(&["roast-carrot-soup.yaml"], built_in("classic"), job("5x8")), built_in("classic"));
    let mono = stamped(make_job(&["ginger-lime-relish.yaml"], built_in("mono"), job("4x6")), built_in("mono"));
    let files = [("stamp-qr.png", code), ("stamp-classic.png", classic), ("stamp-mono.png", mono)];
    let wrong: Vec<&str> =
        files.iter().filter(|(name, made)| crate::golden::differs(name, pdf(made))).map(|(n, _)| *n).collect();
    assert!(wrong.is_empty(), "pages look different, see target/golden: {wrong:?}");
}
