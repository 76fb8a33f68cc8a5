//! The book: well-formed, whole, the same every time; links that lead somewhere.

use crate::common::{DATE, bare, samples};
use cardamom::book::{Book, Chapter, Plan, Printed, Reader, Templates};
use cardamom::books::{self, BookJob, Library};
use cardamom::content;
use cardamom::cookbook::Shelf;
use cardamom::diag::Diagnostic;
use cardamom::fonts::{Blob, Face, FontBook};
use cardamom::image::Screen;
use cardamom::load::{self, Loaded};
use cardamom::markdown;
use cardamom::recipe::Recipe;
use cardamom::theme::Theme;
use cardamom::typo::Medium;
use cardamom::world::{Disk, Memory, World};
use std::collections::BTreeSet;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

/// A book's file, unpacked.
struct Made {
    bytes: Vec<u8>,
    /// Name and bytes of every file in it, in their order, without the folder.
    files: Vec<(String, Vec<u8>)>,
}

impl Made {
    fn of(bytes: Vec<u8>) -> Made {
        let mut archive = zip::ZipArchive::new(Cursor::new(&bytes)).expect("an archive");
        let mut files = Vec::new();
        for i in 0..archive.len() {
            let mut file = archive.by_index(i).expect("a file");
            let name = file.name().trim_start_matches("OEBPS/").to_owned();
            let mut content = Vec::new();
            file.read_to_end(&mut content).expect("a sound file");
            files.push((name, content));
        }
        Made { bytes, files }
    }

    /// Name and text of every page.
    fn chapters(&self) -> impl Iterator<Item = (&str, &str)> {
        let pages = self.files.iter().filter(|(n, _)| n.ends_with(".xhtml"));
        pages.map(|(n, b)| (n.as_str(), std::str::from_utf8(b).expect("UTF-8")))
    }
}

/// Makes a book of everything, from recipes that are held, or from those that are read again.
fn bytes(world: &dyn World, paths: &[PathBuf], templates: Option<&Path>, room: Option<usize>) -> (Loaded, Vec<u8>) {
    let (loaded, made) = try_bytes(world, paths, templates, room, false);
    (loaded, made.unwrap_or_else(|e| panic!("{e:?}")))
}

fn try_bytes(
    world: &dyn World,
    paths: &[PathBuf],
    templates: Option<&Path>,
    room: Option<usize>,
    embed_fonts: bool,
) -> (Loaded, Result<Vec<u8>, books::Failed>) {
    bytes_with(world, paths, templates, room, embed_fonts, None)
}

fn bytes_with(
    world: &dyn World,
    paths: &[PathBuf],
    templates: Option<&Path>,
    room: Option<usize>,
    embed_fonts: bool,
    printed: Option<&Printed>,
) -> (Loaded, Result<Vec<u8>, books::Failed>) {
    let loaded = load::load(world, paths);
    let errors: Vec<_> = loaded.diagnostics.iter().filter(|d| d.is_error()).map(|d| &d.message).collect();
    assert!(errors.is_empty(), "{errors:?}");
    let loaded = loaded.value;
    let adjust = |_: &mut Recipe, _: &mut Vec<Diagnostic>| {};
    let survey = room.map(|room| load::survey(world, paths, room, &adjust));
    let entries = match &survey {
        Some(s) => s.report.value.cookbook.clone(),
        None => loaded.cookbook.entries(),
    };
    let mut fonts = FontBook::new();
    let theme = Theme::built_in("classic", &fonts).expect("a theme");
    let templates = Templates::load(world, templates).unwrap_or_else(|e| panic!("{:?}", e.diagnostics));
    books::prepare(&entries, &mut fonts, &theme, false);
    let job = BookJob {
        templates: &templates,
        theme: &theme,
        fonts: &fonts,
        date: DATE,
        images: Screen::Tablet,
        grey: false,
        reader: Reader::Generic,
        cook_mode: true,
        embed_fonts,
        printed,
    };
    let shelf: &dyn Shelf = survey.as_ref().map_or(&loaded.cookbook, |s| &s.shelf);
    let made = books::make(
        world,
        Library { cookbook: &entries, shelf, folders: &loaded.folders },
        &job,
        Cursor::new(Vec::new()),
    );
    (loaded, made.map(|m| m.value.expect("a book").into_inner()))
}

fn make(world: &dyn World, paths: &[PathBuf], templates: Option<&Path>) -> (Loaded, Made) {
    let (loaded, bytes) = bytes(world, paths, templates, None);
    (loaded, Made::of(bytes))
}

fn of(yaml: &[(&str, &str)]) -> (Loaded, Made) {
    let world = Memory::new(yaml.iter().map(|(n, t)| (*n, *t)));
    let paths: Vec<PathBuf> = yaml.iter().map(|(n, _)| PathBuf::from(n)).collect();
    make(&world, &paths, None)
}

fn chapter<'b>(book: &'b Made, file: &str) -> &'b str {
    book.chapters().find(|(name, _)| *name == file).unwrap_or_else(|| panic!("no {file}")).1
}

/// All text of a page; panics when the page is not well-formed.
fn text(xhtml: &str) -> String {
    let options = roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() };
    let document = roxmltree::Document::parse_with_options(xhtml, options).unwrap_or_else(|e| panic!("{e}\n{xhtml}"));
    document.descendants().filter(|n| n.is_text()).filter_map(|n| n.text()).collect()
}

/// Every address that a page links to.
fn links(xhtml: &str) -> Vec<String> {
    let options = roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() };
    let document = roxmltree::Document::parse_with_options(xhtml, options).expect("well-formed");
    document
        .descendants()
        .flat_map(|n| [n.attribute("href"), n.attribute("src")])
        .flatten()
        .map(str::to_owned)
        .collect()
}

#[test]
fn every_word_of_the_samples_is_in_the_book() {
    let (loaded, book) = make(&Disk, &[samples()], None);
    for recipe in &loaded.cookbook.recipes {
        let c = content::build(recipe, Medium::Book);
        let page = bare(&text(chapter(&book, &format!("{}.xhtml", recipe.slug))));
        let mut wanted = vec![c.title.text.clone()];
        wanted.extend(c.subtitle.iter().map(|t| t.text.clone()));
        wanted.extend(c.native_title.iter().map(|(t, _)| t.text.clone()));
        wanted.extend(c.facts.iter().flat_map(|f| [f.label.text.clone(), f.value.text.clone()]));
        wanted.extend(c.equipment.iter().chain(&c.tags).chain(&c.difficulty).map(|t| t.text.clone()));
        for item in c.ingredients.iter().flat_map(|g| &g.items) {
            wanted.extend(item.number.clone());
            wanted.push(item.name.text.clone());
            wanted.extend(item.note.iter().map(|n| n.text.clone()));
        }
        for step in c.steps.iter().flat_map(|g| &g.items) {
            wanted.extend(step.title.iter().chain(&step.body).chain(&step.tip).map(|t| t.text.clone()));
        }
        let prose = [&c.summary, &c.story, &c.why, &c.storage, &c.conclusion];
        let pairs = c.ingredient_notes.iter().chain(&c.faq).chain(&c.sections);
        let titled = c.variations.iter().chain(&c.tips);
        for blocks in prose.into_iter().chain(pairs.clone().map(|(_, b)| b)).chain(titled.clone().map(|t| &t.text)) {
            wanted.extend(markdown::paragraphs(blocks).into_iter().map(|r| r.text.replace("•\u{a0}", "")));
        }
        wanted.extend(pairs.map(|(t, _)| t.text.clone()));
        wanted.extend(titled.filter_map(|t| t.title.as_ref()).map(|t| t.text.clone()));
        wanted.extend(c.nutrition.iter().flat_map(|(_, f)| f).flat_map(|(k, v)| [k.text.clone(), v.text.clone()]));
        wanted.extend(c.allergens.iter().map(|a| a.text.clone()));
        for words in wanted {
            assert!(page.contains(&bare(&words)), "{}: lost `{words}`", recipe.slug);
        }
    }
}

#[test]
fn steps_repeat_the_amounts_they_use() {
    let yaml = "title: Cake\ningredients: [2 tsp salt, 200 g butter, 4 eggs, a pinch of nutmeg, oil]\nsteps:\n  - Melt the butter with half the salt and the oil.\n  - { text: Whisk everything in., uses: [eggs, nutmeg] }\n  - Add the rest of the salt to the butter.\n  - Bake it.\n";
    let (_, book) = of(&[("cake.yaml", yaml)]);
    let page = chapter(&book, "cake.xhtml");
    let line = |l: &str| l.split_once("<p class=\"use\">").map(|(_, uses)| text(&format!("<p>{uses}")));
    let uses: Vec<String> = page.lines().filter_map(line).collect();
    assert_eq!(uses, ["1\u{a0}tsp salt, 200\u{a0}g butter", "4 eggs, nutmeg (a pinch)", "1\u{a0}tsp salt"]);
}

#[test]
fn every_link_leads_to_a_file_of_the_book() {
    let (_, book) = make(&Disk, &[samples()], None);
    let files: BTreeSet<&str> = book.files.iter().map(|(n, _)| n.as_str()).collect();
    let mut inner = 0;
    for (name, xhtml) in book.chapters() {
        for link in links(xhtml).into_iter().filter(|l| !l.contains(':')) {
            // only the letters of an index are places within a file
            let (file, letter) = link.split_once('#').unwrap_or((&link, ""));
            let file = if file.is_empty() { name } else { file };
            assert!(files.contains(file), "{name}: {link}");
            let there =
                letter.is_empty() || chapter(&book, file).contains(&format!("<h2 class=\"let\" id=\"{letter}\">"));
            assert!(there, "{name}: {link}");
            inner += 1;
        }
    }
    assert!(inner > 40, "{inner}");
}

/// The text of a page's lines that begin with a tag, for reading.
fn outline(page: &str, tags: &[&str]) -> String {
    let wanted = page.lines().filter(|l| !l.starts_with("<link") && tags.iter().any(|t| l.starts_with(t)));
    wanted.map(|l| l.split('>').map(|p| p.split('<').next().unwrap_or_default()).collect::<String>() + "\n").collect()
}

#[test]
fn a_book_has_its_indexes() {
    let (_, book) = make(&Disk, &[samples()], None);
    let mut shown = String::new();
    for (file, xhtml) in book.chapters().filter(|(n, _)| n.starts_with("index-")) {
        shown += &format!("== {file}\n{}\n", outline(xhtml, &["<h1", "<h2", "<h3", "<li", "<p"]));
    }
    insta::assert_snapshot!("indexes", shown);
    // a handful needs none
    let one = ("soup.yaml", "title: Soup\ntags: [quick]\ningredients: [2 leeks]\nsteps: [Stir.]\n");
    let (_, book) = of(&[one]);
    assert!(book.chapters().all(|(n, _)| !n.starts_with("index-")));
    // but has those that it asks for, in its order
    let book_file = "title: B\nindexes: [tags, ingredients]\nleave_out: [salt]\nsynonyms: [[porree, leeks]]\n";
    let other = ("stew.yaml", "title: Stew\ningredients: [1 egg, salt]\nsteps: [Stir.]\n");
    let (_, book) = of(&[("cookbook.yaml", book_file), one, other]);
    let own: Vec<&str> = book.chapters().map(|(n, _)| n).filter(|n| n.starts_with("index-")).collect();
    assert_eq!(own, ["index-tags.xhtml", "index-ingredients.xhtml"]);
    let index = outline(chapter(&book, "index-ingredients.xhtml"), &["<li"]);
    assert_eq!(index, "Eggs\nStew\nLeeks\nSoup\nPorree, see leeks\n");
}

#[test]
fn a_long_index_goes_on_in_another_file() {
    let recipe = |i: usize| {
        let list: String = (0..10).map(|n| format!("  - 1 {}{} root\n", ["a", "m", "z"][n % 3], i * 10 + n)).collect();
        format!("title: A dish with quite a long name, number {i}\ntags: [same]\ningredients:\n{list}steps: [Stir.]\n")
    };
    let all: Vec<(String, String)> = (0..400).map(|i| (format!("r{i}.yaml"), recipe(i))).collect();
    let all: Vec<(&str, &str)> = all.iter().map(|(n, t)| (n.as_str(), t.as_str())).collect();
    let (_, book) = of(&all);
    let files: Vec<&str> = book.chapters().map(|(n, _)| n).filter(|n| n.starts_with("index-ingredients")).collect();
    assert!(files.len() > 2, "{files:?}");
    for file in &files {
        let page = chapter(&book, file);
        assert!(page.len() < 200_000 && page.contains("#m\">M</a>"), "{file}: {}", page.len());
    }
    let entries: usize = files.iter().map(|f| chapter(&book, f).matches("class=\"top\"").count()).sum();
    assert_eq!(entries, 4000);
    let contents = chapter(&book, "nav.xhtml");
    assert!(files.iter().all(|f| contents.contains(&format!("href=\"{f}\""))), "{contents}");
}

#[test]
fn an_ingredient_of_many_recipes_goes_on_in_another_file() {
    let world = Memory::new([
        ("stock.yaml", "title: S\ningredients: [beef stock, chicken stock]\nsteps: [Stir.]\n"),
        ("tea.yaml", "title: T\ningredients: [tea, milk]\nsteps: [Stir.]\n"),
    ]);
    let loaded = load::load(&world, &["stock.yaml", "tea.yaml"].map(PathBuf::from)).value;
    let mut cookbook = loaded.cookbook.entries();
    let (soup, tea) = (cookbook.recipes[0].clone(), cookbook.recipes[1].clone());
    let named = |n: usize| {
        let mut entry = if n.is_multiple_of(2) { soup.clone() } else { tea.clone() };
        entry.slug = format!("{}-{n}", ["long"; 15].join("-"));
        entry.title.value = format!("{} {n}", ["Long"; 15].join(" "));
        entry
    };
    cookbook.recipes = (0..1800).map(named).collect();
    cookbook.parts[0].recipes = (0..1800).collect();
    let templates = Templates::load(&world, None).unwrap_or_else(|e| panic!("{:?}", e.diagnostics));
    let book = Book::plan(&cookbook, &templates, Plan { pictures: false, data: false, cook_mode: false });
    let pages: Vec<Chapter> = (0..book.index_pages()).map(|n| book.index_page(n).expect("a page")).collect();
    let pages: Vec<&str> = pages.iter().filter(|p| p.file.contains("ingredients")).map(|p| p.xhtml.as_str()).collect();
    let sizes: Vec<usize> = pages.iter().map(|p| p.len()).collect();
    assert!(sizes.iter().all(|s| *s < 200_000), "{sizes:?}");
    let stock: Vec<&str> = pages.into_iter().filter(|p| p.contains("<span class=\"top\">Stock</span>")).collect();
    assert_eq!((stock.len(), stock.iter().filter(|p| p.contains("id=\"s\"")).count()), (2, 1), "{sizes:?}");
    assert!(stock.iter().all(|p| p.len() > 120_000), "{sizes:?}");
    let forms = |page: &str| ["beef", "chicken"].map(|form| page.contains(&format!("class=\"form\">{form}</span>")));
    assert!(forms(stock[0])[0] && forms(stock[1])[1], "{sizes:?}");
    assert_eq!(stock.iter().map(|p| p.matches("<a href=\"long").count()).sum::<usize>(), 1800);
}

#[test]
fn recipes_lead_to_each_other() {
    let dough = "title: Pizza Dough\ningredients: [500 g flour]\nsteps: [Knead.]\n";
    let pizza = |title: &str| {
        format!(
            "title: {title}\ningredients:\n  - {{ item: pizza dough, recipe: dough }}\n  - 2 leeks\nsteps: [Bake it.]\npairings: [nuoc cham, tea]\n"
        )
    };
    let (one, two) = (pizza("Margherita"), pizza("Marinara"));
    let sauce = "title: Nước Chấm\nlanguage: vi\ningredients: [đường]\nsteps: [Khuấy.]\npairings: Hợp với Pizza Dough và margherita.\n";
    let book_file = ("cookbook.yaml", "title: B\nlanguage: en\nindexes: ingredients\n");
    let stew = ("stew.yaml", "title: Stew\ningredients: [rice]\nsteps: [Stir.]\n");
    let (_, book) =
        of(&[book_file, ("dough.yaml", dough), ("one.yaml", &one), ("two.yaml", &two), ("sauce.yaml", sauce), stew]);
    let page = chapter(&book, "dough.xhtml");
    let used = page.split_once("<h2>Used in</h2>").expect("users").1;
    assert!(used.contains("<a href=\"one.xhtml\">Margherita</a>") && used.contains("two.xhtml"), "{used}");
    let page = chapter(&book, "one.xhtml");
    assert!(
        page.contains("<dt><a href=\"sauce.xhtml\">nuoc cham</a></dt>") || page.contains("<a href=\"sauce.xhtml\">"),
        "{page}"
    );
    assert!(page.contains("<a href=\"index-ingredients.xhtml#l\">Leeks</a>"), "{page}");
    let page = chapter(&book, "sauce.xhtml");
    assert!(page.contains("<a href=\"dough.xhtml\">Pizza Dough</a>"), "{page}");
    assert!(!chapter(&book, "two.xhtml").contains("Used in"));
    // the sauce names one of the two itself, and is told by the other
    let goes_with =
        |file: &str| chapter(&book, file).split_once("<h2>Goes with</h2>").map(|(_, after)| after.to_owned());
    assert!(goes_with("one.xhtml").is_none());
    let page = chapter(&book, "sauce.xhtml").split_once("<h2>Hợp với</h2>").expect("what goes with it").1;
    assert!(page.contains("two.xhtml\" lang=\"en\"") || page.contains("two.xhtml"), "{page}");
    assert!(goes_with("dough.xhtml").is_some_and(|p| p.contains("sauce.xhtml")));
}

#[test]
fn a_step_a_screen() {
    let (_, book) = make(&Disk, &[samples()], None);
    let page = chapter(&book, "cook-nuoc-cham.xhtml");
    assert!(page.contains("<a href=\"nuoc-cham.xhtml\">"));
    assert!(chapter(&book, "nuoc-cham.xhtml").contains("<a href=\"cook-nuoc-cham.xhtml\">"));
    assert!(chapter(&book, "cook-mode.xhtml").contains("<a href=\"cook-nuoc-cham.xhtml\">"));
    let page = chapter(&book, "cook-sunday-lasagne.xhtml");
    assert_eq!(page.matches("<div class=\"cook\">").count(), 14);
    assert!(page.contains("Step <b>2</b> of 14") && page.contains("<b class=\"nb\">100\u{a0}g</b> pancetta"), "{page}");
}

#[test]
fn the_ncx_says_what_the_contents_say() {
    let (_, book) = make(&Disk, &[samples()], None);
    let ncx = book.files.iter().find(|(n, _)| n == "toc.ncx").map(|(_, b)| String::from_utf8_lossy(b)).expect("an NCX");
    let contents = chapter(&book, "nav.xhtml");
    let toc = contents.split_once("landmarks").expect("landmarks").0;
    let targets = |text: &str, mark: &str| -> Vec<String> {
        text.split(mark).skip(1).filter_map(|t| t.split('"').next()).map(str::to_owned).collect()
    };
    let links: Vec<String> = targets(toc, "href=\"").into_iter().filter(|l| l.ends_with(".xhtml")).collect();
    assert_eq!(links, targets(&ncx, "src=\""));
    assert!(links.len() > 18);
}

#[test]
fn the_pages_of_the_printed_book_are_listed_when_asked_for() {
    let world = Memory::new([
        ("soup.yaml", "title: Soup\ningredients: [2 leeks]\nsteps: [Stir.]\n"),
        ("stew.yaml", "title: Stew\ningredients: [1 egg]\nsteps: [Stir.]\n"),
    ]);
    let paths = [PathBuf::from("soup.yaml"), PathBuf::from("stew.yaml")];
    let pages = [("stew", 9..10), ("soup", 6..8), ("gone", 1..2)];
    let printed = Printed { pages: pages.into_iter().map(|(slug, p)| (slug.to_owned(), p)).collect() };
    let (_, made) = bytes_with(&world, &paths, None, None, false, Some(&printed));
    let book = Made::of(made.expect("a book"));
    let list = chapter(&book, "nav.xhtml").split_once("epub:type=\"page-list\"").expect("a list of pages").1;
    let items: Vec<&str> = list.lines().filter(|l| l.starts_with("<li>")).collect();
    let item = |file: &str, page: usize| format!("<li><a href=\"{file}.xhtml\">{page}</a></li>");
    assert_eq!(items, [item("soup", 6), item("soup", 7), item("stew", 9)]);
    let part = |name: &str| {
        let found = book.files.iter().find(|(n, _)| n == name).map(|(_, b)| String::from_utf8_lossy(b));
        found.expect("a file").into_owned()
    };
    assert_eq!(part("toc.ncx").matches("<pageTarget ").count(), 3);
    assert!(part("content.opf").contains(">pageNavigation<"));
    let (_, book) = make(&world, &paths, None);
    assert!(!chapter(&book, "nav.xhtml").contains("page-list"));
}

#[test]
fn hazards_in_text_stay_text() {
    let hazard = "title: 'Fish & <chips> ]]> \"x\" \u{1F41F} שלום'\nsubtitle: \"a\\x01b\"\ningredients: ['1 < 2 & 3']\nsteps: ['Use <b>raw</b> &amp; a [bad link](https://a b/).']\n";
    let long = format!("title: {}\ningredients: [salt]\nsteps: [Stir.]\n", "long title ".repeat(30));
    let (_, book) = of(&[
        ("a.yaml", hazard),
        ("nav.yaml", &long),
        ("part-1.yaml", "title: One\ningredients: [salt]\nsteps: [Stir.]\n"),
    ]);
    for (name, xhtml) in book.chapters() {
        assert!(!text(xhtml).contains('\u{1}'), "{name}");
    }
    let page = chapter(&book, "a.xhtml");
    assert!(text(page).contains("]]>") && text(page).contains("1 < 2 & 3"), "{page}");
    assert!(!page.contains("href=\"https"), "{page}");
    // pages of ours keep their names
    assert!(chapter(&book, "recipe-nav.xhtml").contains("long title"));
    assert!(text(chapter(&book, "nav.xhtml")).contains("Contents"));
}

#[test]
fn the_same_recipes_give_the_same_bytes_on_any_number_of_threads() {
    let run = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        pool.install(|| bytes(&Disk, &[samples()], None, None).1)
    };
    let first = run(1);
    assert!(first == run(4) && first == run(2));
}

#[test]
fn recipes_that_are_read_again_give_the_same_book() {
    let held = bytes(&Disk, &[samples()], None, None).1;
    for room in [0, 12_000, load::ROOM] {
        assert!(held == bytes(&Disk, &[samples()], None, Some(room)).1, "{room}");
    }
    let adjust = |_: &mut Recipe, _: &mut Vec<Diagnostic>| {};
    let kept = |room| load::survey(&Disk, &[samples()], room, &adjust).shelf.kept();
    assert_eq!((kept(12_000), kept(load::ROOM)), (0, 10));
}

#[test]
fn a_recipe_that_changes_meanwhile_is_told() {
    let good = "title: Soup\ningredients: [salt]\nsteps: [Stir.]\n";
    let world = Memory::new([("soup.yaml", good)]);
    let adjust = |_: &mut Recipe, _: &mut Vec<Diagnostic>| {};
    let survey = load::survey(&world, &[PathBuf::from("soup.yaml")], 0, &adjust);
    let entry = &survey.report.value.cookbook.recipes[0];
    assert_eq!(survey.shelf.recipe(entry).expect("a recipe").title.trimmed(), "Soup");
    // its text was dropped, for there is nothing to report; what is reported later brings it back
    let mut sources = load::survey(&world, &[PathBuf::from("soup.yaml")], 0, &adjust).report.value.sources;
    assert!(sources.is_forgotten(entry.file));
    world.write(Path::new("soup.yaml"), b"title: [").expect("written");
    let told = survey.shelf.recipe(entry).expect_err("changed");
    assert_eq!(told.code, "changed-meanwhile");
    survey.shelf.recall(&[*told], &mut sources);
    assert!(!sources.is_forgotten(entry.file));
}

#[test]
fn the_archive_holds_what_the_package_names() {
    let (_, book) = make(&Disk, &[samples()], None);
    let mut archive = zip::ZipArchive::new(Cursor::new(&book.bytes)).expect("an archive");
    let names: BTreeSet<String> = archive.file_names().map(str::to_owned).collect();
    let mut opf = String::new();
    archive.by_name("OEBPS/content.opf").expect("a package").read_to_string(&mut opf).expect("text");
    let document = roxmltree::Document::parse(&opf).expect("well-formed");
    let mut ids = BTreeSet::new();
    let items: Vec<_> =
        document.descendants().filter(|n| n.has_tag_name(("http://www.idpf.org/2007/opf", "item"))).collect();
    for item in &items {
        assert!(names.contains(&format!("OEBPS/{}", item.attribute("href").expect("a file"))));
        assert!(ids.insert(item.attribute("id").expect("an id")));
    }
    // everything but the type, the container and the package itself is in the manifest
    assert_eq!(names.len(), items.len() + 3);
    assert!(opf.contains("2026-01-01T00:00:00Z") && opf.contains("Level AA"));
    insta::assert_snapshot!("package", opf);
}

#[test]
fn a_template_of_the_users_takes_the_place_of_ours() {
    let recipe = "title: Soup\ningredients: [salt]\nsteps: [Stir.]\n";
    let own = "<html xmlns=\"http://www.w3.org/1999/xhtml\"{{ page_lang }}><head><title>{{ title_text }}</title></head><body><p>mine: {{ title }}</p></body></html>";
    let world = Memory::new([("soup.yaml", recipe), ("own/recipe.xhtml", own)]);
    let (_, book) = make(&world, &[PathBuf::from("soup.yaml")], Some(Path::new("own")));
    assert!(text(chapter(&book, "soup.xhtml")).contains("mine: Soup"));
}

/// The built-in chapter has no use for them; a user's may.
#[test]
fn a_template_of_the_users_finds_what_screens_are_made_of() {
    let recipe = "title: Soup\ningredients: [2 g salt]\nsteps: [Stir in the salt., Eat.]\n";
    let own = "<html xmlns=\"http://www.w3.org/1999/xhtml\"><body>{% for group in steps %}{% for step in group.items %}<p>{{ step.of }}: {% for i in step.amounts %}{{ i.amount }} {{ i.name }}{% endfor %}</p>{% endfor %}{% endfor %}</body></html>";
    let world = Memory::new([("soup.yaml", recipe), ("own/recipe.xhtml", own)]);
    let (_, book) = make(&world, &[PathBuf::from("soup.yaml")], Some(Path::new("own")));
    assert_eq!(text(chapter(&book, "soup.xhtml")), "Step 1 of 2: 2\u{a0}g saltStep 2 of 2: ");
}

#[test]
fn a_broken_template_is_told_with_its_line() {
    let world = Memory::new([("own/recipe.xhtml", "<html>\n{% if title %}\n</html>")]);
    let error = Templates::load(&world, Some(Path::new("own"))).expect_err("an error");
    assert_eq!(error.diagnostics.len(), 1);
    assert!(error.diagnostics[0].at.is_some(), "{:?}", error.diagnostics);
    let world = Memory::new([("own/style.css", "p { margin: 0 }\nh1 { color: red\n")]);
    let error = Templates::load(&world, Some(Path::new("own"))).expect_err("an error");
    assert!(error.diagnostics[0].message.ends_with("this brace is not closed"), "{:?}", error.diagnostics);
    let world = Memory::new([("elsewhere/x.txt", "")]);
    assert!(Templates::load(&world, Some(Path::new("own"))).is_err());
}

#[test]
fn a_template_whose_page_is_not_well_formed_is_told_with_its_line() {
    let own = "{% extends \"page.xhtml\" %}\n{% block body %}\n<h1>{{ title }}</h1>\n<p>for {{ title }}</b>\n{% endblock %}\n";
    let recipe = "title: Soup & bread\ningredients: [salt]\nsteps: [Stir.]\n";
    let world = Memory::new([("soup.yaml", recipe), ("own/recipe.xhtml", own)]);
    let failed = try_bytes(&world, &[PathBuf::from("soup.yaml")], Some(Path::new("own")), None, false).1;
    let Err(books::Failed::Templates { diagnostics, sources }) = failed else {
        panic!("a broken page went into a book")
    };
    let at = diagnostics[0].at.as_ref().expect("a place");
    let cardamom::diag::Place::Bytes(span) = &at.place else { panic!("{at:?}") };
    let source = sources.get(at.file);
    let line = &source.text[span.start..span.end];
    assert_eq!((source.name.as_str(), line), ("own/recipe.xhtml", "<p>for {{ title }}</b>"));
}

#[test]
fn fonts_come_along_when_they_are_asked_for() {
    let (_, bytes) = try_bytes(&Disk, &[samples()], None, None, true);
    let book = Made::of(bytes.expect("a book"));
    let file = |name: &str| book.files.iter().find(|(n, _)| n == name).map(|(_, b)| b.as_slice());
    let style = std::str::from_utf8(file("fonts.css").expect("a style sheet")).expect("text");
    let opf = std::str::from_utf8(file("content.opf").expect("a package")).expect("text");
    let fonts: Vec<_> = book.files.iter().filter(|(n, _)| n.ends_with(".otf")).collect();
    assert_eq!(fonts.len(), 6, "{style}");
    assert!(style.contains("Open Font License"), "{style}");
    for (name, bytes) in fonts {
        assert!(style.contains(&format!("url({name})")) && opf.contains(&format!("href=\"{name}\"")), "{name}");
        let face = Face::parse(Blob::Shared(std::sync::Arc::new(bytes.clone())), 0).expect("a font");
        assert!(
            "aœứя½–•".chars().all(|c| face.has(c)) && !face.has('ǆ') && bytes.len() < 120_000,
            "{name} {}",
            bytes.len()
        );
    }
    assert!(book.chapters().all(|(_, page)| page.contains("href=\"fonts.css\"")));
}

#[test]
fn the_package_says_what_is_known_and_no_more() {
    let info = "title: Soups\nauthor: A. Cook\nseries: { name: Kitchen table, number: 2 }\ncontributors: [{ name: L. Lens, role: photographer }, B. Friend]\ndescription: |\n  Soups\n  & more.\nsubjects: [Soups, Winter]\nidentifier: 978-3-16-148410-0\n";
    let recipe = "title: Soup\nphoto: soup.jpg\ningredients: [salt]\nsteps: [Stir.]\n";
    let photo = std::fs::read(samples().join("roast-carrot-soup.jpg")).expect("a photo");
    let package = |recipe: &str, own: Option<&Path>| {
        let world = Memory::new([("cookbook.yaml", info), ("soup.yaml", recipe), ("own/style.css", "p { margin: 0 }")]);
        world.write(Path::new("soup.jpg"), &photo).expect("written");
        let (_, book) = make(&world, &["cookbook.yaml", "soup.yaml"].map(PathBuf::from), own);
        String::from_utf8(book.files.into_iter().find(|(n, _)| n == "content.opf").expect("a package").1).expect("text")
    };
    let opf = package(recipe, None);
    for wanted in [
        ">urn:isbn:9783161484100</dc:identifier>",
        "property=\"group-position\">2</meta>",
        ">L. Lens</dc:contributor>",
        "scheme=\"marc:relators\">pht</meta>",
        "scheme=\"marc:relators\">ctb</meta>",
        ">Soups &amp; more.</dc:description>",
        ">Winter</dc:subject>",
        "accessModeSufficient\">textual,visual<",
    ] {
        assert!(opf.contains(wanted), "{wanted} is not in {opf}");
    }
    assert!(!opf.contains("conformsTo") && !opf.contains("alternativeText"), "{opf}");
    let described = recipe.replace("soup.jpg", "{ file: soup.jpg, alt: A bowl of soup }");
    let opf = package(&described, None);
    assert!(
        opf.contains("Level AA") && opf.contains("alternativeText") && opf.contains("Sufficient\">textual<"),
        "{opf}"
    );
    // pages of the user's own may be anything
    assert!(!package(&described, Some(Path::new("own"))).contains("conformsTo"));
}
