//! The book as printed pages: nothing clipped, nothing lost, numbers that are right, a valid file, the same every time.

use crate::common::{DATE, bare, faults, samples};
use crate::golden::pages_differ;
use crate::pdf::objections;
use cardamom::content::{self, Content};
use cardamom::diag::Diagnostic;
use cardamom::fonts::FontBook;
use cardamom::frame::{Card, GlyphRun, Kind, LinkTo, Role, TagId};
use cardamom::load::{self, Loaded};
use cardamom::locale::Lang;
use cardamom::markdown;
use cardamom::pages::Format;
use cardamom::theme::Theme;
use cardamom::typo::Medium;
use cardamom::volumes::{self, Photos, Volume, VolumeJob};
use cardamom::world::{Disk, Memory, World};
use cardamom::yaml::{Node, Value};
use std::fmt::Write;
use std::path::Path;

/// A book of recipes.
pub(crate) struct Made {
    pub(crate) loaded: Loaded,
    pub(crate) fonts: FontBook,
    pub(crate) volume: Volume,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

pub(crate) fn make(world: &dyn World, path: &Path, size: &str) -> Made {
    make_in(world, path, size, "classic")
}

fn make_in(world: &dyn World, path: &Path, size: &str, theme: &str) -> Made {
    let fonts = FontBook::new();
    let theme = Theme::built_in(theme, &fonts).expect("a theme");
    make_as(world, path, (fonts, theme, Format::named(size).expect("a format")))
}

/// The same in a theme and a format.
pub(crate) fn make_as(
    world: &dyn World,
    path: &Path,
    (mut fonts, theme, format): (FontBook, Theme, &'static Format),
) -> Made {
    let loaded = load::load(world, &[path.to_owned()]);
    let job = VolumeJob { format, photos: Photos::default(), allow_missing_glyphs: true, system_fonts: false };
    let contents = volumes::prepare(&loaded.value, &mut fonts, &theme, &job);
    let made = volumes::make(world, &loaded.value, &contents, &theme, &fonts, &job, &|| {});
    let mut diagnostics = loaded.diagnostics;
    diagnostics.extend(made.diagnostics);
    Made { loaded: loaded.value, fonts, volume: made.value, diagnostics }
}

pub(crate) fn bytes(made: &Made) -> Vec<u8> {
    cardamom::export::pdf::export(&volumes::document(&made.volume), &made.fonts, DATE)
}

/// The texts of a chapter's headings, paragraphs and items in the order of its tags, decoration left out: a paragraph that goes on
/// overleaf is one.
fn blocks(card: &Card) -> impl Iterator<Item = String> {
    let mut blocks: Vec<(TagId, String)> = Vec::new();
    for item in card.pages.iter().flat_map(|p| &p.items) {
        let (Kind::Glyphs(run), Some(mut tag)) = (&item.kind, item.tag) else { continue };
        while matches!(card.tags.get(tag).role, Role::Span | Role::Link) {
            tag = card.tags.get(tag).parent.expect("a block around it");
        }
        match blocks.iter_mut().find(|(t, _)| *t == tag) {
            Some((_, text)) => *text += &run.text,
            None => blocks.push((tag, run.text.clone())),
        }
    }
    blocks.into_iter().map(|(_, text)| text)
}

/// The same as one text, for comparing.
fn text(card: &Card) -> String {
    bare(&blocks(card).collect::<String>()).to_lowercase()
}

/// Every text of a recipe, sentence by sentence: what is referred to stands between them.
fn words(c: &Content) -> Vec<String> {
    let mut out = vec![c.title.text.clone()];
    out.extend(c.subtitle.iter().map(|t| t.text.clone()));
    out.extend(c.native_title.iter().map(|(t, _)| t.text.clone()));
    out.extend(c.kicker.iter().chain(&c.diets).chain(&c.equipment).map(|t| t.text.clone()));
    out.extend(c.facts.iter().map(|f| f.value.text.clone()));
    out.extend(c.allergens.iter().map(|t| t.text.clone()));
    for item in c.ingredients.iter().flat_map(|g| &g.items) {
        out.extend([&item.name].into_iter().chain(&item.note).map(|t| t.text.clone()));
    }
    for step in c.steps.iter().flat_map(|g| &g.items) {
        out.extend(step.title.iter().chain(&step.body).chain(&step.tip).map(|t| t.text.clone()));
    }
    let mut prose = vec![&c.summary, &c.story, &c.why, &c.storage, &c.conclusion];
    prose.extend(c.variations.iter().chain(&c.tips).map(|t| &t.text));
    prose.extend(c.ingredient_notes.iter().chain(&c.faq).chain(&c.sections).map(|(_, b)| b));
    if let Some(content::Pairings::List(list)) = &c.pairings {
        prose.extend(list.iter().map(|t| &t.text));
        out.extend(list.iter().filter_map(|t| t.title.as_ref()).map(|t| t.text.clone()));
    }
    if let Some(content::Pairings::Prose(blocks)) = &c.pairings {
        prose.push(blocks);
    }
    out.extend(c.faq.iter().chain(&c.sections).map(|(t, _)| t.text.clone()));
    for paragraph in prose.into_iter().flat_map(|b| markdown::paragraphs(b)) {
        // a link is followed by its page
        let mut at = 0;
        let mut ends: Vec<usize> = paragraph.marks.iter().map(|(r, _)| r.end).collect();
        ends.push(paragraph.text.len());
        for end in ends {
            if end > at {
                let piece = paragraph.text[at..end].trim_matches(|c: char| !c.is_alphanumeric());
                out.push(piece.to_owned());
                at = end;
            }
        }
    }
    out
}

/// Looks at every page.
pub(crate) fn inspect(made: &Made, what: &str) -> String {
    let mut out = String::new();
    let mut number = 0;
    for card in &made.volume.cards {
        for page in &card.pages {
            number += 1;
            for fault in faults(page) {
                let _ = writeln!(out, "{what}, page {number}: {fault}");
            }
        }
    }
    for recipe in &made.loaded.cookbook.recipes {
        let c = content::build(recipe, Medium::Pages);
        let card = made.volume.cards.iter().rfind(|card| card.title == c.title.text).expect("a chapter");
        let printed = text(card);
        for wanted in words(&c) {
            // labels are in capitals, which have no accents in Greek
            let capitals = bare(&c.locale.upper(&wanted)).to_lowercase();
            if !printed.contains(&bare(&wanted).to_lowercase()) && !printed.contains(&capitals) {
                let _ = writeln!(out, "{what}, {}: lost `{wanted}`", c.slug);
            }
        }
    }
    out
}

fn one(yaml: &str, size: &str) -> Made {
    make(&Memory::new([("dish.yaml", yaml)]), Path::new("dish.yaml"), size)
}

#[test]
fn samples_in_both_sizes() {
    let mut faults = String::new();
    for (size, theme) in [("6x9", "classic"), ("a5", "classic"), ("6x9", "modern"), ("a5", "mono")] {
        let made = make_in(&Disk, &samples(), size, theme);
        assert!(!cardamom::diag::has_errors(&made.diagnostics));
        faults += &inspect(&made, &format!("{size} {theme}"));
    }
    assert!(faults.is_empty(), "{faults}");
}

#[test]
fn hard_cases() {
    let mut faults = String::new();
    for (what, yaml) in crate::pages::hard_cases() {
        for size in ["6x9", "a5"] {
            let made = one(&yaml, size);
            assert_eq!(made.volume.recipes.len(), 1, "{what}");
            faults += &inspect(&made, &format!("{what}, {size}"));
        }
    }
    assert!(faults.is_empty(), "{faults}");
}

#[test]
fn samples_are_valid() {
    for size in ["6x9", "a5"] {
        let made = make(&Disk, &samples(), size);
        assert_eq!(objections(&bytes(&made)), Vec::<String>::new(), "{size}");
    }
}

#[test]
fn the_same_book_on_any_number_of_threads() {
    let run = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        pool.install(|| bytes(&make(&Disk, &samples(), "6x9")))
    };
    let first = run(1);
    assert!(first == run(4) && first == run(3));
}

/// Pictures of some of the samples' pages: contents, an opener, a photo, recipes over facing pages, the head of an index.
#[test]
fn golden_pictures_of_pages() {
    let mut wrong = Vec::new();
    for (size, theme) in [("6x9", "classic"), ("a5", "modern")] {
        let made = make_in(&Disk, &samples(), size, theme);
        let told = made.loaded.cookbook.recipes.iter().zip(&made.volume.recipes);
        let first = |slug: &str| told.clone().find(|(r, _)| r.slug == slug).expect("a recipe").1.first;
        let chapter = |wanted: usize| made.volume.cards[..wanted].iter().map(|c| c.pages.len()).sum::<usize>() + 1;
        let titled = |title: &str| chapter(made.volume.cards.iter().position(|c| c.title == title).expect("a chapter"));
        let mut pages = vec![("photo", first("roast-carrot-soup"), 2)];
        if size == "6x9" {
            pages.extend([
                ("contents", titled("Contents"), 1),
                ("opener", titled("Hot pans"), 1),
                ("list-and-method", first("lemongrass-chicken-and-coconut-rice"), 2),
                ("two-pages", first("spanakoryzo"), 2),
                ("one-page", first("nuoc-cham"), 1),
                ("ingredients", titled("Ingredients"), 2),
                ("time-and-tag", titled("Recipes by time, diet and occasion"), 2),
            ]);
        }
        let bytes = bytes(&made);
        for (name, from, count) in pages {
            let name = format!("book-{size}-{theme}-{name}.png");
            if pages_differ(&name, bytes.clone(), from - 1..from - 1 + count) {
                wrong.push(name);
            }
        }
    }
    assert!(wrong.is_empty(), "pages look different, see target/golden: {wrong:?}");
}

/// Every recipe opens where contents and references say, and long ones open on a verso.
#[test]
fn numbers_are_the_pages() {
    let made = make(&Disk, &samples(), "6x9");
    let first_pages: Vec<usize> = made
        .volume
        .cards
        .iter()
        .scan(1, |next, card| {
            let first = *next;
            *next += card.pages.len();
            Some(first)
        })
        .collect();
    for (recipe, told) in made.loaded.cookbook.recipes.iter().zip(&made.volume.recipes) {
        let c = content::build(recipe, Medium::Pages);
        let card = made.volume.cards.iter().rposition(|card| card.title == c.title.text).expect("a chapter");
        assert_eq!(first_pages[card], told.first, "{}", c.slug);
        assert!(told.pages == 1 || told.first % 2 == 0, "{} opens on a recto", c.slug);
    }
    // what a link covers, where it shows a figure, is the number of the page that it leads to
    let mut checked = 0;
    for link in &made.volume.binding.links {
        let LinkTo::Page(to) = link.to else { continue };
        let [x, y, w, h] = link.area;
        let page = &made.volume.cards[link.on.card].pages[link.on.page];
        let shown: String = page
            .items
            .iter()
            .filter_map(|i| if let Kind::Glyphs(r) = &i.kind { Some(r) } else { None })
            .filter(|r| r.x >= x - 0.1 && r.x < x + w && r.y > y && r.y < y + h)
            .map(|r| r.text.as_str())
            .collect();
        // the number comes last: "40 min 24"
        let last: String = shown.trim_end().chars().rev().take_while(|c| !c.is_whitespace()).collect();
        let figures: String = last.chars().rev().filter(char::is_ascii_digit).collect();
        if !figures.is_empty() {
            assert_eq!(figures, (first_pages[to.card] + to.page).to_string(), "{shown}");
            checked += 1;
        }
    }
    assert!(checked >= 14, "{checked}");
}

/// The text of a chapter as it stands on its pages, a line of the index a line.
fn lines(made: &Made, title: &str) -> Vec<String> {
    let card = made.volume.cards.iter().rfind(|card| card.title == title).expect("an index");
    blocks(card).map(|text| text.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

#[test]
fn indexes_lead_to_pages() {
    let made = make(&Disk, &samples(), "a5");
    let slugs = made.loaded.cookbook.recipes.iter().zip(&made.volume.recipes);
    let page = |slug: &str| slugs.clone().find(|(r, _)| r.slug == slug).expect("a recipe").1.first;
    let (soup, relish) = (page("roast-carrot-soup"), page("ginger-lime-relish"));

    let all = lines(&made, "Ingredients");
    assert!(all[2].starts_with("Bold: the ingredient. Italic: the form it takes."), "{:?}", &all[..4]);
    let at = |wanted: &str| all.iter().position(|l| l == wanted).unwrap_or_else(|| panic!("{wanted} in {all:?}"));
    let carrots = at("Carrots");
    assert_eq!(all[carrots + 1], format!("Roast Carrot Soup {soup}"));
    assert!(at("C") < carrots && carrots < at("Cilantro, see coriander"));
    let cream = at("Cream");
    assert_eq!(all[cream + 1..cream + 3], ["double".to_owned(), format!("Roast Carrot Soup {soup}")]);

    let all = lines(&made, "Recipes by time, diet and occasion");
    let quick = all.iter().position(|l| l == "15 minutes or less").expect("quick ones");
    assert_eq!(all[quick + 1], format!("Ginger–Lime Relish, 5 min {relish}"));
}

/// A line tells how to read forms, where there are some; a letter at the foot of a column has more than a reference below it.
#[test]
fn forms_are_explained_and_letters_hold_their_entries() {
    let recipe = |list: &str| format!("title: Soup with {list}\ningredients: [{list}]\nsteps: [Cook.]\n");
    let index = |list: &str| {
        let book = "title: Book\nindexes: [ingredients]\n".to_owned();
        let rest = ["beans", "leeks"].map(recipe);
        let files = [("cookbook", book), ("a", recipe(list)), ("b", rest[0].clone()), ("c", rest[1].clone())];
        let files = files.map(|(name, text)| (format!("r/{name}.yaml"), text));
        let made = make(&Memory::new(files), Path::new("r"), "a5");
        lines(&made, "Ingredients")
    };
    assert!(!index("carrots").iter().any(|l| l.starts_with("Bold:")));
    assert!(index("double cream").iter().any(|l| l.starts_with("Bold:")));

    // every column but the last of the chapter: what stands below its last letter
    let made = make(&Disk, &samples(), "6x9");
    let card = made.volume.cards.iter().rfind(|card| card.title == "Ingredients").expect("an index");
    let mut letters = 0;
    for page in &card.pages {
        let runs =
            page.items.iter().filter_map(|i| if let Kind::Glyphs(r) = &i.kind { Some((r, i.tag?)) } else { None });
        let runs: Vec<_> = runs.filter(|(r, _)| r.size < 20.0).collect();
        for (letter, tag) in runs.iter().filter(|(r, _)| r.size > 18.0) {
            assert_eq!(card.tags.get(*tag).role, Role::Heading(2));
            let below = |r: &GlyphRun| r.y > letter.y && (r.x - letter.x).abs() < 30.0;
            let mut lines: Vec<i32> = runs.iter().filter(|(r, _)| below(r)).map(|(r, _)| r.y as i32).collect();
            lines.dedup();
            letters += 1;
            assert!(lines.len() >= 2, "{} has {lines:?} below it", letter.text);
        }
    }
    assert!(letters > 10, "{letters}");
}

/// Which indexes there are is up to the cookbook.
#[test]
fn indexes_that_are_asked_for() {
    let recipe = "title: Soup\ntags: [quick]\ningredients: [carrots]\nsteps: [Cook.]\n";
    let other = "title: Other\ningredients: [leeks]\nsteps: [Cook.]\ntimes: {total: 5 min}\n";
    let titles = |asked: &str| {
        let book = format!("title: Book\n{asked}");
        let world = Memory::new([("r/cookbook.yaml", book.as_str()), ("r/a.yaml", recipe), ("r/b.yaml", other)]);
        let made = make(&world, Path::new("r"), "a5");
        made.volume.cards.iter().map(|c| c.title.clone()).collect::<Vec<_>>().join("; ")
    };
    assert!(!titles("").contains("Ingredients"));
    assert!(titles("indexes: [tags]\n").ends_with("By tag; About this book"));
    assert!(titles("indexes: [tags, ingredients, time]\n").ends_with("Recipes; Ingredients; About this book"));
}

/// What a recipe's file says, word by word, but for what is not meant to be read.
fn spoken(node: &Node, key: &str, out: &mut Vec<String>) {
    match &node.value {
        Value::Map(entries) => entries.iter().for_each(|(k, v)| spoken(v, &k.text, out)),
        Value::List(items) => items.iter().for_each(|v| spoken(v, key, out)),
        // names of files and recipes, another wording for cards, what is told to the program or to who can't see; "4 servings" is
        // printed as "serves 4"
        _ if ["file", "photo", "alt", "recipe", "recipes", "language", "card", "index", "uses", "yield"]
            .contains(&key) => {}
        Value::Bool(_) => {}
        _ => out.extend(node.scalar()),
    }
}

/// No word of a recipe's file is missing from the text that programs find in the PDF.
#[test]
fn every_word_of_the_files_is_in_the_pdf() {
    let made = make(&Disk, &samples(), "6x9");
    let pdf = lopdf::Document::load_mem(&bytes(&made)).expect("a PDF");
    let pages: Vec<u32> = pdf.get_pages().keys().copied().collect();
    let printed = pdf.extract_text(&pages).expect("text");
    let fold = |text: &str| bare(text).to_lowercase().replace(['’', '\''], "");
    let printed = fold(&printed);
    // capitals have no accents in Greek
    let capitals = |word: &str| cardamom::locale::locale(&Lang::parse("el").expect("Greek")).upper(word);
    let mut lost = Vec::new();
    for (file, source) in made.loaded.sources.iter() {
        let Ok(Some(node)) = cardamom::yaml::parse(file, source) else { continue };
        let mut texts = Vec::new();
        spoken(&node, "", &mut texts);
        for text in texts {
            for word in text.split(|c: char| !c.is_alphabetic() && c != '\'' && c != '’').filter(|w| !w.is_empty()) {
                if !printed.contains(&fold(word)) && !printed.contains(&fold(&capitals(word))) {
                    lost.push(format!("{}: {word} ({text})", source.name));
                }
            }
        }
    }
    assert!(lost.is_empty(), "{}", lost.join("\n"));
}
