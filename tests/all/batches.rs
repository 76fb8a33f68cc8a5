//! Several batches on one card: columns that stand clear of each other in every theme and size, tables that a screen reader can
//! walk, and nothing lost.

use crate::common::{Made, THEMES, bare, pdf, samples, text};
use crate::golden::differs;
use crate::options::{all_faults, built_in, lay_out, options};
use crate::pdf::objections;
use cardamom::cards::CardJob;
use cardamom::diag::{Diagnostic, Reported};
use cardamom::fonts::FontBook;
use cardamom::frame::{Kind, Page, Role, Segment, Tags};
use cardamom::geom::Orientation;
use cardamom::layout::{CardOptions, Punch};
use cardamom::load::{self, Loaded};
use cardamom::quantity::Batches;
use cardamom::recipe::batches::batched;
use cardamom::theme::{Print, Theme};
use cardamom::world::{Disk, Memory};
use std::path::{Path, PathBuf};

const PANCAKES: &str = "title: Buttermilk Pancakes
cuisine: Three batches
course: One card
source: Layout sample
yield: 8 pancakes, 12 cm
ingredients: [250 g plain flour, 2 tbsp caster sugar, 2 tsp baking powder, 1/2 tsp bicarbonate of soda, 1/2 tsp fine salt, 300 ml buttermilk, 80 ml milk, 2 eggs, \"50 g butter, melted\"]
steps:
  - { title: \"Mix dry, mix wet\", text: Whisk each in its own bowl; butter last. }
  - { title: \"Fold, then rest\", text: \"Twelve strokes, lumps and all. Rest for 10 min.\" }
  - { title: Fry, text: \"Medium heat, 60 ml a cake, until bubbles burst, 2-3 min. Turn for 1 min.\", time: 2-3 min }
  - { title: Keep warm, text: \"On a rack at 90 °C, uncovered.\" }
";

const HEBREW: &str = "title: לביבות
language: he
yield: 4
ingredients:
  - group: בצק
    items: [250 גרם קמח, 3 ביצים, 1/2 כפית מלח]
  - group: להגשה
    items: [1-2 לימונים, קינמון]
steps: [מערבבים 60 גרם קמח עם החלב., מטגנים 3 דקות.]
";

fn loaded_from_disk() -> Reported<Loaded> {
    load::load(&Disk, &[samples()])
}

/// Lays out recipes in columns.
fn make(mut loaded: Reported<Loaded>, theme: impl Fn(&FontBook) -> Theme, options: CardOptions, batches: &str) -> Made {
    let batches = Batches::parse(batches).expect("batches");
    let mut told: Vec<Diagnostic> = Vec::new();
    for recipe in &mut loaded.value.cookbook.recipes {
        *recipe = batched(recipe.clone(), &batches, &mut told);
    }
    loaded.diagnostics.extend(told);
    lay_out(&Disk, loaded, theme, CardJob::new(options))
}

fn make_one(yaml: &str, theme: &str, options: CardOptions, batches: &str) -> Made {
    let loaded = load::load(&Memory::new([("dish.yaml", yaml)]), &[PathBuf::from("dish.yaml")]);
    make(loaded, built_in(theme), options, batches)
}

/// Words that touch the sides of a frame round a column.
fn crossed(page: &Page) -> Vec<String> {
    let mut out = Vec::new();
    for item in &page.items {
        let Kind::Shape(shape) = &item.kind else { continue };
        // a frame is a rounded rectangle that is much higher than a line
        let [Segment::Move(x, top), Segment::Line(..), Segment::Curve(right), Segment::Line(_, bottom), ..] =
            shape.path[..]
        else {
            continue;
        };
        if shape.fill.is_some() || bottom - top < 40.0 {
            continue;
        }
        let left = shape
            .path
            .iter()
            .filter_map(|s| if let Segment::Curve(c) = s { Some(c[4]) } else { None })
            .fold(x, f32::min);
        let right = right[4];
        for run in page.items.iter().filter_map(|i| if let Kind::Glyphs(r) = &i.kind { Some(r) } else { None }) {
            let bare = run.text.trim_end().len();
            let width: f32 = run.glyphs.iter().filter(|g| (g.text.0 as usize) < bare).map(|g| g.advance).sum();
            let (from, to) = (run.x, run.x + width * run.size);
            let beside = run.y > top && run.y < bottom && bare > 0;
            if beside && [left, right].iter().any(|side| from < side - 0.2 && to > side + 0.2) {
                out.push(format!("`{}` from {from} to {to} lies on a side of the frame {left} to {right}", run.text));
            }
        }
    }
    out
}

/// How many columns every row of a card's tables has.
fn widths(tags: &Tags) -> Vec<usize> {
    let rows = tags.iter().filter(|(_, t)| t.role == Role::Row);
    rows.map(|(row, _)| {
        let cells = tags.iter().filter(|(_, t)| t.parent == Some(row)).map(|(_, t)| match t.role {
            Role::HeadCell { columns, .. } => columns,
            _ => 1,
        });
        cells.sum()
    })
    .collect()
}

#[test]
fn columns_stand_clear_in_every_theme_and_size() {
    let mut wrong = Vec::new();
    for theme in THEMES {
        for size in ["3x5", "4x6", "5x8", "a5", "a4"] {
            let what = format!("{theme} {size}");
            let made = make(loaded_from_disk(), built_in(theme), options(size), "1/2,1,2");
            assert_eq!(made.finished.len(), made.loaded.cookbook.recipes.len(), "{what}: {:?}", made.diagnostics);
            wrong.extend(all_faults(&made, &what));
            for f in &made.finished {
                let recipe = &made.loaded.cookbook.recipes[f.recipe];
                let (slug, said) = (&recipe.slug, text(f));
                wrong.extend(f.card.pages.iter().flat_map(crossed).map(|w| format!("{what}, {slug}: {w}")));
                let names = recipe.all_ingredients().map(|i| bare(i.item.trimmed()).replace('\'', "’"));
                wrong.extend(names.filter(|n| !said.contains(n.as_str())).map(|n| format!("{what}, {slug}: no {n}")));
                let Some(columns) = &recipe.figures.columns else { continue };
                let tables = f.card.tags.iter().filter(|(_, t)| t.role == Role::Table).count();
                let heads = said.matches("½×1×2×").count();
                if tables == 0 || heads != tables || widths(&f.card.tags).iter().any(|w| *w != 4) {
                    wrong.push(format!("{what}, {slug}: {tables} tables, {heads} heads"));
                }
                let all: String = f
                    .card
                    .pages
                    .iter()
                    .flat_map(|p| &p.items)
                    .filter_map(|i| if let Kind::Glyphs(r) = &i.kind { Some(r.text.as_str()) } else { None })
                    .collect();
                let locale = cardamom::locale::locale(&recipe.lang);
                let same = bare(locale.label(cardamom::locale::Label::SameForBatches));
                if !bare(&all).contains(&same) {
                    wrong.push(format!("{what}, {slug}: what is the same for every batch is not said"));
                }
                assert_eq!(columns.batches.written(), Some(1));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn columns_are_valid_tables() {
    for theme in THEMES {
        let made = make(loaded_from_disk(), built_in(theme), options("4x6"), "1/2,1,2");
        assert_eq!(objections(&pdf(&made)), Vec::<String>::new(), "{theme}");
        let made = make_one(HEBREW, theme, options("5x8"), "1/2,1");
        assert_eq!(objections(&pdf(&made)), Vec::<String>::new(), "{theme}, from right to left");
        assert_eq!(all_faults(&made, theme), Vec::<String>::new());
        assert!(made.finished[0].card.pages.iter().flat_map(crossed).next().is_none());
    }
}

#[test]
fn every_figure_is_on_the_card() {
    let made = make_one(PANCAKES, "mono", options("4x6"), "1/2,1,2");
    let said = text(&made.finished[0]);
    for row in
        ["½×1×2×", "125250500gplainflour", "¼½1tspfinesalt", "124eggs", "2550100gbutter,melted", "4816pancakes,12cm"]
    {
        assert!(said.contains(row), "{row}: {said}");
    }
    assert!(said.contains("Turnfor1min.*") && said.contains("*Amountforthe1×batch."), "{said}");
    assert_eq!(made.finished[0].card.pages.len(), 1);
    // an egg is not halved, and the card says why there is none
    let made = make_one(&PANCAKES.replace("2 eggs", "3 eggs"), "classic", options("5x8"), "1/2,1,2");
    let said = text(&made.finished[0]);
    assert!(said.contains("–36eggs") && said.contains("–Nowholenumberinthisbatch."), "{said}");
    assert!(made.diagnostics.iter().any(|d| d.message.contains("3 of `eggs` is no whole number in the ½× batch")));
}

#[test]
fn columns_in_large_print_and_on_cards_too_narrow() {
    let large = |size: &str| {
        let loaded = load::load(&Memory::new([("dish.yaml", PANCAKES)]), &[PathBuf::from("dish.yaml")]);
        make(loaded, |b| Theme::built_in_for(Print::Large, "classic", b).expect("a theme"), options(size), "1/2,1,2")
    };
    for size in ["4x6", "5x8", "half-letter"] {
        let made = large(size);
        let crossed: Vec<String> = made.finished.iter().flat_map(|f| &f.card.pages).flat_map(crossed).collect();
        assert_eq!((made.finished.len(), all_faults(&made, size), crossed), (1, Vec::new(), Vec::new()));
    }
    let wide = PANCAKES.replace("250 g plain flour", "\"1 1/2-2 1/2 tablespoons plain flour\"");
    let made = make_one(&wide, "mono", options("60x100mm"), "3/2,1,5/2");
    assert!(made.finished.is_empty());
    let d = made.diagnostics.iter().find(|d| d.code == "narrow-card").expect("a word on it");
    assert!(d.hint.as_deref().is_some_and(|h| h.contains("--size")), "{d:?}");
}

#[test]
fn golden_pictures_of_batches() {
    let lasagne = load::load(&Disk, &[samples().join("sunday-lasagne.yaml")]);
    let mut files: Vec<(String, Made)> =
        THEMES.iter().map(|t| (format!("batches-{t}.png"), make_one(PANCAKES, t, options("4x6"), "1/2,1,2"))).collect();
    files.push(("batches-rtl.png".into(), make_one(HEBREW, "mono", options("4x6"), "1/2,1,2")));
    files.push(("batches-continued.png".into(), make(lasagne, built_in("classic"), options("4x6"), "1/2,1,2")));
    let wrong: Vec<String> =
        files.into_iter().filter(|(name, made)| differs(name, pdf(made))).map(|(name, _)| name).collect();
    assert!(wrong.is_empty(), "pages look different, see target/golden: {wrong:?}");
}

/// Exit code and what was said.
fn run(dir: &Path, args: &[&str]) -> (i32, String) {
    let mut all = vec!["export", "dish.yaml", "--pdf", "card.pdf", "--no-system-fonts"];
    all.extend(args);
    let program = snapbox::cmd::cargo_bin("cardamom");
    let o =
        snapbox::cmd::Command::new(program).current_dir(dir).args(all).env("NO_COLOR", "1").output().expect("it runs");
    (o.status.code().unwrap_or(-1), String::from_utf8_lossy(&o.stderr).into_owned())
}

#[test]
fn batches_that_make_no_sense_are_wrong_usage() {
    let dir = tempfile::TempDir::new().expect("a folder");
    std::fs::write(dir.path().join("dish.yaml"), PANCAKES).expect("written");
    for (value, why) in [
        ("0,1,2", "0 would leave nothing"),
        ("1,-2", "less than nothing"),
        ("1,2,3,4,5,6,7,8,9", "9 columns are more than a card has room for"),
        ("1,2,1", "there twice"),
        ("2", "--scale 2"),
        ("one,two", "this is no number"),
    ] {
        let (code, said) = run(dir.path(), &["--batches", value]);
        assert!(code == 2 && said.contains(why) && said.contains("such as"), "{value}: {code} {said}");
    }
    for other in [["--scale", "2"], ["--servings", "4"]] {
        let (code, said) = run(dir.path(), &["--batches", "1,2", other[0], other[1]]);
        assert!(code == 2 && said.contains("--batches"), "{code} {said}");
    }
    assert!(!dir.path().join("card.pdf").exists());
    std::fs::write(dir.path().join("cardamom.toml"), "batches = \"1/2,1,2\"\n").expect("written");
    let (code, said) = run(dir.path(), &["--size", "3x5", "--large-print", "--quiet"]);
    assert!(code != 0 && said.contains("= help"), "{said}");
    let (code, said) = run(dir.path(), &["--quiet"]);
    assert_eq!((code, said.as_str()), (0, ""));
    assert!(dir.path().join("card.pdf").exists());
}

/// Whatever else is asked of a card, its columns keep clear of everything.
#[test]
fn columns_go_with_what_else_is_asked() {
    let film = CardOptions { film: true, ..options("4x6") };
    let cases = [
        ("a ring", "modern", CardOptions { punch: Punch::Ring, ..film.clone() }),
        ("a binder", "classic", CardOptions { punch: Punch::Binder, ..options("a5") }),
        ("a stamp", "mono", CardOptions { stamp: true, ..options("4x6") }),
        ("lying", "classic", CardOptions { orientation: Some(Orientation::Landscape), ..options("5x8") }),
        ("standing", "mono", CardOptions { orientation: Some(Orientation::Portrait), ..options("5x7") }),
    ];
    let mut wrong = Vec::new();
    for (what, theme, asked) in cases {
        let made = make(loaded_from_disk(), built_in(theme), asked, "1/2,1,2");
        assert_eq!(made.finished.len(), made.loaded.cookbook.recipes.len(), "{what}: {:?}", made.diagnostics);
        wrong.extend(all_faults(&made, what));
        let pages = made.finished.iter().flat_map(|f| &f.card.pages);
        wrong.extend(pages.flat_map(crossed).map(|w| format!("{what}: {w}")));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Books keep the recipe as it was written, and need no words on its columns.
#[test]
fn books_keep_one_column() {
    let dir = tempfile::TempDir::new().expect("a folder");
    std::fs::write(dir.path().join("dish.yaml"), PANCAKES.replace("2 eggs", "3 eggs")).expect("written");
    let book = |name: &str, flags: &[&str]| {
        let all = [&["export", "dish.yaml", "--date", "2026-01-01", "--epub", name], flags].concat();
        let program = snapbox::cmd::cargo_bin("cardamom");
        let o = snapbox::cmd::Command::new(program).current_dir(dir.path()).args(all).output().expect("it runs");
        assert!(o.status.success());
        (std::fs::read(dir.path().join(name)).expect("a book"), String::from_utf8_lossy(&o.stderr).into_owned())
    };
    let (plain, _) = book("plain.epub", &[]);
    let (alone, said) = book("alone.epub", &["--batches", "1/2,1"]);
    assert!(plain == alone && !said.contains("dash"), "{said}");
    let (beside, said) = book("beside.epub", &["--batches", "1/2,1", "--pdf", "card.pdf"]);
    assert!(plain == beside && said.contains("dash"), "{said}");
}
