//! Which of the recipes are exported.

use crate::cli::{SOUP, err, folder, run};
use tempfile::TempDir;

const BOOK: &str = "title: Ours\nparts:\n  - {title: Hot, recipes: [soup]}\n  - {title: Cold, tag: quick}\n";

fn kitchen() -> TempDir {
    let dish = |title: &str, more: &str| SOUP.replace("title: Soup", &format!("title: {title}\n{more}"));
    folder(&[
        ("recipes/soup.yaml", &dish("Soup", "course: starter\ntags: [weeknight]").replace("the salt", "[tea](tea)")),
        ("recipes/tea.yaml", &dish("Tea", "course: Drink\ntags: [quick, Weeknight]")),
        ("recipes/cake.yaml", &dish("Cake", "course: dessert\ntags: [sunday lunch]")),
        ("recipes/cookbook.yaml", BOOK),
    ])
}

/// The recipes that come out, one file each.
fn chosen(dir: &TempDir, flags: &[&str]) -> Vec<String> {
    let _ = std::fs::remove_dir_all(dir.path().join("out"));
    let o = run(dir.path(), &[&["export", "--out-dir", "out", "-q"], flags].concat());
    assert_eq!(o.status.code(), Some(0), "{flags:?}: {}", err(&o));
    assert_eq!(err(&o), "", "{flags:?}");
    let files = std::fs::read_dir(dir.path().join("out")).expect("a folder");
    let mut names: Vec<_> = files.map(|e| e.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn values_widen_and_flags_narrow() {
    let dir = kitchen();
    assert_eq!(chosen(&dir, &["--only", "tea.yaml,soup"]), ["soup.pdf", "tea.pdf"]);
    assert_eq!(chosen(&dir, &["--only", "tea", "--only", "cake"]), ["cake.pdf", "tea.pdf"]);
    assert_eq!(chosen(&dir, &["--tag", "weeknight"]), ["soup.pdf", "tea.pdf"]);
    assert_eq!(chosen(&dir, &["--tag", "Sunday-Lunch", "--tag", "quick"]), ["cake.pdf", "tea.pdf"]);
    assert_eq!(chosen(&dir, &["--tag", "weeknight", "--course", "drink"]), ["tea.pdf"]);
    let o = run(dir.path(), &["export", "--pdf", "x.pdf", "--tag", "quick", "--course", "dessert"]);
    assert_eq!(o.status.code(), Some(2));
    assert!(err(&o).contains("no recipe is all that the flags ask for"), "{}", err(&o));
}

#[test]
fn what_there_is_not() {
    let dir = kitchen();
    let o = run(dir.path(), &["export", "--pdf", "x.pdf", "--only", "soop,pie", "--tag", "x", "--course", "starters"]);
    assert_eq!(o.status.code(), Some(2));
    assert!(!dir.path().join("x.pdf").exists());
    insta::assert_snapshot!("selection", err(&o));
}

/// The book has the chosen recipes, no empty part, and no link that leads nowhere.
#[test]
fn a_book_of_some() {
    let dir = kitchen();
    let o = run(dir.path(), &["export", "--epub", "b.epub", "--only", "soup"]);
    assert_eq!(o.status.code(), Some(0), "{}", err(&o));
    let book = std::fs::read(dir.path().join("b.epub")).expect("a file");
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(book)).expect("an archive");
    let mut all = String::new();
    for i in 0..zip.len() {
        let mut file = zip.by_index(i).expect("a file");
        assert!(!file.name().contains("tea"), "{}", file.name());
        if file.name().ends_with("html") {
            std::io::Read::read_to_string(&mut file, &mut all).expect("text");
        }
    }
    assert!(all.contains("Hot") && !all.contains("Cold") && !all.contains("tea.xhtml"), "{all}");
}

/// Mistakes in recipes that nobody asked for by name don't matter.
#[test]
fn mistakes_elsewhere() {
    let dir = kitchen();
    std::fs::write(dir.path().join("recipes/bad.yaml"), "title: Bad\n").expect("written");
    assert_eq!(chosen(&dir, &["--only", "cake"]), ["cake.pdf"]);
    let o = run(dir.path(), &["export", "--pdf", "x.pdf", "--only", "bad"]);
    assert_eq!(o.status.code(), Some(1), "{}", err(&o));
    assert!(err(&o).contains("bad.yaml"), "{}", err(&o));
    let o = run(dir.path(), &["export", "--pdf", "x.pdf", "--tag", "quick"]);
    assert_eq!(o.status.code(), Some(1), "it may have the tag: {}", err(&o));
}
