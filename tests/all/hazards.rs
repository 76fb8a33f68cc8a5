//! Recipes as nobody should write them: markup, control characters, emoji, right to left, titles and words without end, two of a name.
//! They lie in `tests/hazards`; files that not every disk can tell apart are made here. epubcheck sees the same book in `.ci/run`.

use crate::cli::{err, run};
use crate::common::{THEMES, faults, make};
use cardamom::world::Disk;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const XHTML: &str = "http://www.w3.org/1999/xhtml";

/// The hazards, in a folder with more of them that differ by case, by accents or by how an accent is written.
fn folder() -> TempDir {
    let dir = TempDir::new().expect("a folder");
    let there = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/hazards");
    for file in std::fs::read_dir(there).expect("hazards").map(|f| f.expect("a file").path()) {
        std::fs::copy(&file, dir.path().join(file.file_name().expect("a name"))).expect("copied");
    }
    for (n, name) in ["creme", "crème", "cre\u{300}me", "Creme", "a & <b>", "🍜", "汤", "糖"].iter().enumerate() {
        let text = format!("title: Cream {n}\ningredients: [{n} l cream]\nsteps: [Whip the cream.]\n");
        std::fs::write(dir.path().join(format!("{name}.yaml")), text).expect("written");
    }
    dir
}

fn read(path: PathBuf) -> BTreeMap<String, String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(std::fs::read(path).expect("a book"))).expect("an archive");
    let mut out = BTreeMap::new();
    for i in 0..archive.len() {
        let mut file = archive.by_index(i).expect("a file");
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).expect("a sound file");
        if let (name, Ok(text)) = (file.name().to_owned(), String::from_utf8(bytes)) {
            out.insert(name, text);
        }
    }
    out
}

fn parse<'t>(name: &str, text: &'t str) -> roxmltree::Document<'t> {
    let options = roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() };
    roxmltree::Document::parse_with_options(text, options).unwrap_or_else(|e| panic!("{name}: {e}\n{text}"))
}

#[test]
fn hazards_make_a_sound_book() {
    let dir = folder();
    let o = run(dir.path(), &["export", ".", "--epub", "book.epub", "--cook-mode", "--embed-fonts"]);
    assert_eq!(o.status.code(), Some(0), "{}", err(&o));
    let said = err(&o);
    // the order of names is that of their letters' numbers, capitals first
    assert!(said.contains("`./Creme.yaml` and `./creme.yaml` come to the same name, `creme`"), "{said}");
    assert!(said.contains("two recipes are called `Soup`"), "{said}");
    assert!(said.contains("the control character U+0007 is left out of this text"), "{said}");

    let files = read(dir.path().join("book.epub"));
    let names: BTreeSet<&str> = files.keys().filter_map(|n| n.strip_prefix("OEBPS/")).collect();
    let folded: BTreeSet<String> = names.iter().map(|n| n.to_lowercase()).collect();
    assert_eq!(folded.len(), names.len());
    assert!(names.iter().all(|n| n.bytes().all(|b| b.is_ascii_alphanumeric() || b"./-_".contains(&b))), "{names:?}");
    for wanted in ["creme", "creme-2", "creme-3", "creme-4", "recipe-nav", "soup-1", "soup-2", "tang", "tang-2"] {
        assert!(names.contains(format!("{wanted}.xhtml").as_str()), "no {wanted} in {names:?}");
    }

    for (name, text) in files.iter().filter(|(n, _)| [".xhtml", ".opf", ".ncx", ".xml"].iter().any(|e| n.ends_with(e)))
    {
        let document = parse(name, text);
        let mut ids = BTreeSet::new();
        for node in document.descendants().filter(|n| n.is_element()) {
            for (key, value) in node.attributes().map(|a| (a.name(), a.value())) {
                assert!(!key.starts_with("on") && !value.starts_with("javascript:"), "{name}: {key}={value}");
                assert!(key != "id" || ids.insert(value), "{name}: two of {value}");
                let target = value.split('#').next().unwrap_or_default();
                let outside = value.contains("://") || value.starts_with("mailto:") || target.is_empty();
                if matches!(key, "href" | "src") && name.ends_with(".xhtml") && !outside {
                    assert!(names.contains(target) || target.starts_with("images/"), "{name}: {value}");
                }
            }
            let words = || node.descendants().filter(|n| n.is_text()).filter_map(|n| n.text()).collect::<String>();
            if node.has_tag_name((XHTML, "title"))
                || node.has_tag_name((XHTML, "h1"))
                || node.has_tag_name((XHTML, "a"))
            {
                assert!(!words().trim().is_empty(), "{name}: an empty {}", node.tag_name().name());
            }
            if node.has_tag_name((XHTML, "script")) {
                assert_eq!(node.attribute("type"), Some("application/ld+json"), "{name}");
                serde_json::from_str::<serde_json::Value>(&words()).unwrap_or_else(|e| panic!("{name}: {e}"));
            }
            assert!(!node.has_tag_name((XHTML, "b")) || !words().contains("raw"), "{name}: a tag of the recipe's");
        }
    }
}

#[test]
fn what_a_hazard_says_is_there() {
    let dir = folder();
    let o = run(dir.path(), &["export", ".", "--epub", "book.epub", "--quiet"]);
    assert_eq!(o.status.code(), Some(0), "{}", err(&o));
    let files = read(dir.path().join("book.epub"));
    let page = |name: &str| {
        let text = &files[&format!("OEBPS/{name}.xhtml")];
        let document = parse(name, text);
        let body = document.descendants().find(|n| n.has_tag_name((XHTML, "body"))).expect("a body");
        body.descendants().filter(|n| n.is_text()).filter_map(|n| n.text()).collect::<String>()
    };
    let markup = page("markup");
    for wanted in
        ["<chips>", "]]>", "&nbsp;", "<script>alert(1)</script>", "{{ title }}", "<![CDATA[", "1 < 2 & 3", "</html>"]
    {
        assert!(markup.contains(wanted), "no {wanted} in {markup}");
    }
    let control = page("control");
    assert!(control.contains("Bell") && control.contains("null") && control.contains("Beat"), "{control}");
    assert!(!control.contains(|c: char| c.is_control() && !c.is_whitespace()), "{control:?}");
    assert!(page("emoji").contains("🍜🔥") && page("emoji").contains("👨🏽‍🍳"));
    assert!(page("arabic").contains("مرق الدجاج & خضار"));
    assert!(files["OEBPS/arabic.xhtml"].contains("dir=\"rtl\""));
    assert!(page("long-title").matches("An exceedingly long title of a dish").count() > 3);
    assert!(page("long-words").contains(&"1234567890".repeat(20)));
    // one that shares its title is told apart by its file
    assert!(page("soup-2").contains("leek") && files["OEBPS/soup-2.xhtml"].contains("href=\"soup-1.xhtml\""));
    // what is empty leaves nothing behind
    assert_eq!(files["OEBPS/empty.xhtml"].matches("<h2").count(), 2, "{}", files["OEBPS/empty.xhtml"]);
    let opf = &files["OEBPS/content.opf"];
    assert!(opf.contains("O'Hara &amp; &lt;Sons&gt;") || opf.contains("O’Hara &amp; &lt;Sons&gt;"), "{opf}");
}

/// Those that need no more than the bundled fonts.
#[test]
fn hazards_make_cards_and_a_printed_book() {
    let dir = folder();
    let small = ["markup", "control", "soup-1", "soup-2", "empty", "creme", "crème"];
    // nobody gets words like these on three by five inches
    let large = [&small[..], &["long-title", "long-words"]].concat();
    for (size, names) in [("3x5", &small[..]), ("5x8", &large)] {
        let files: Vec<String> = names.iter().map(|n| format!("{n}.yaml")).collect();
        let files: Vec<&str> = files.iter().map(String::as_str).collect();
        let made = ["--pdf", "cards.pdf", "--book", "book.pdf", "--no-system-fonts", "--size", size];
        let o = run(dir.path(), &[&["export"], &files[..], &made].concat());
        assert_eq!(o.status.code(), Some(0), "{}", err(&o));
        assert!(!err(&o).contains("no font has"), "{}", err(&o));
        for name in names.iter().filter(|n| !n.starts_with("soup")) {
            let path = dir.path().join(format!("{name}.yaml"));
            for theme in THEMES {
                for card in make(&Disk, &path, theme, size, false).finished {
                    let faults: Vec<String> = card.card.pages.iter().flat_map(faults).collect();
                    assert!(faults.is_empty(), "{name} {theme} {size}: {faults:?}");
                }
            }
        }
        for name in ["cards.pdf", "book.pdf"] {
            assert!(std::fs::read(dir.path().join(name)).expect("a file").starts_with(b"%PDF-1.7"));
        }
    }
}
