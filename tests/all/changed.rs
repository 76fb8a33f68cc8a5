//! Only what changed is printed.

use crate::cli::{SOUP, command, err, folder};
use std::path::Path;
use tempfile::TempDir;

const RECORD: &str = "printed.toml";

fn kitchen() -> TempDir {
    let dish = |title: &str| SOUP.replace("Soup", title);
    folder(&[("recipes/soup.yaml", SOUP), ("recipes/tea.yaml", &dish("Tea")), ("recipes/cake.yaml", &dish("Cake"))])
}

/// An export of what has changed on a day: exit code, the recipes that were printed, and what was said.
fn print(dir: &Path, day: u64, flags: &[&str]) -> (Option<i32>, Vec<String>, String) {
    let _ = std::fs::remove_dir_all(dir.join("out"));
    let all = [&["export", "--out-dir", "out", "--changed-since", RECORD], flags].concat();
    let date = (1_767_225_600 + day * 86_400).to_string();
    let o = command(dir, &all).env("SOURCE_DATE_EPOCH", date).output().expect("it runs");
    let files = std::fs::read_dir(dir.join("out")).into_iter().flatten();
    let mut names: Vec<_> = files.map(|e| e.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    (o.status.code(), names, err(&o))
}

fn record(dir: &Path) -> String {
    std::fs::read_to_string(dir.join(RECORD)).expect("a record")
}

fn edit(dir: &Path, file: &str, from: &str, to: &str) {
    let path = dir.join(file);
    let text = std::fs::read_to_string(&path).expect("a file");
    assert!(text.contains(from), "{text}");
    std::fs::write(path, text.replace(from, to)).expect("written");
}

#[test]
fn the_second_run_prints_what_was_edited() {
    let dir = kitchen();
    let dir = dir.path();
    let (code, names, text) = print(dir, 0, &[]);
    assert_eq!((code, names.len()), (Some(0), 3), "{text}");
    let first = record(dir);
    assert_eq!(first.matches("version = 1, date = 2026-01-01").count(), 3, "{first}");
    // a remark in the file and the order of keys are not on the card
    edit(dir, "recipes/tea.yaml", "title: Tea\nyield: 4\n", "# ours\nyield: 4\ntitle: Tea\n");
    let (code, names, text) = print(dir, 1, &[]);
    assert_eq!((code, names.len()), (Some(0), 0));
    assert_eq!(text, "nothing has changed since `printed.toml`: no card to print\n");
    assert_eq!(record(dir), first);
    assert_eq!(print(dir, 1, &["-q"]), (Some(0), Vec::new(), String::new()));
    edit(dir, "recipes/tea.yaml", "10 min", "12 min");
    let (code, names, text) = print(dir, 2, &[]);
    assert_eq!((code, names), (Some(0), vec!["tea.pdf".to_owned()]), "{text}");
    let second = record(dir);
    assert!(second.contains("version = 2, date = 2026-01-03"), "{second}");
    assert_eq!(second.matches("version = 1, date = 2026-01-01").count(), 2, "{second}");
    assert_eq!(print(dir, 3, &[]).1, [""; 0]);
}

/// Another size, another theme or another figure is another card; a stamp is not.
#[test]
fn kinds_of_cards_are_told_apart() {
    let dir = kitchen();
    let dir = dir.path();
    let kinds: [&[&str]; 4] =
        [&[], &["--size", "4x6"], &["--theme", "mono", "--ink", "black"], &["--include", "story"]];
    for (i, flags) in kinds.into_iter().enumerate() {
        assert_eq!(print(dir, 0, flags).1.len(), 3, "{i}");
    }
    for flags in kinds {
        assert_eq!(print(dir, 0, flags).1.len(), 0, "{flags:?}");
        assert_eq!(print(dir, 0, &[flags, &["--max-cards", "2", "--only", "tea"]].concat()).1.len(), 0, "{flags:?}");
    }
    let text = record(dir);
    for kind in ["'classic 5x8'", "'classic 4x6'", "'mono 5x8 ink=black'", "'classic 5x8 include=story'"] {
        assert_eq!(text.replace('"', "'").matches(kind).count(), 3, "{kind}: {text}");
    }
    // flags of configuration files count like those of the command line
    std::fs::write(dir.join("cardamom.toml"), "size = '4x6'\n").expect("written");
    assert_eq!(print(dir, 0, &[]).1.len(), 0);
}

/// What went wrong leaves the record as it was.
#[test]
fn a_run_that_fails_records_nothing() {
    let dir = kitchen();
    let dir = dir.path();
    edit(dir, "recipes/tea.yaml", "steps", "stebs");
    assert_eq!(print(dir, 0, &[]).0, Some(1));
    assert!(!dir.join(RECORD).exists());
    // what was right was printed and is recorded
    let (code, names, _) = print(dir, 0, &["--keep-going"]);
    assert_eq!((code, names.len()), (Some(1), 2));
    assert!(!record(dir).contains("tea"));
    // an output that can't be written
    edit(dir, "recipes/tea.yaml", "stebs", "steps");
    let before = record(dir);
    assert_eq!(print(dir, 0, &["--pdf", "recipes"]).0, Some(1));
    assert_eq!(record(dir), before);
    assert_eq!(print(dir, 0, &[]).1, ["tea.pdf"]);
}

#[test]
fn a_line_taken_out_prints_the_card_again() {
    let dir = kitchen();
    let dir = dir.path();
    print(dir, 0, &[]);
    let text = record(dir);
    let without: Vec<&str> = text.lines().filter(|l| !l.contains("classic")).collect();
    let only_soup = without.join("\n") + "\n" + text.lines().last().expect("a line");
    std::fs::write(dir.join(RECORD), only_soup).expect("written");
    assert_eq!(print(dir, 1, &[]).1, ["cake.pdf", "soup.pdf"]);
}

#[test]
fn mistakes_in_a_record_are_shown_and_nothing_is_touched() {
    let dir = kitchen();
    let dir = dir.path();
    print(dir, 0, &[]);
    let text = record(dir).replacen("version = 1", "version = 'one'", 1).replacen("hash = \"", "hash = \"x", 2);
    std::fs::write(dir.join(RECORD), format!("pie = 3\n{text}")).expect("written");
    let broken = record(dir);
    let (code, names, told) = print(dir, 1, &[]);
    assert_eq!((code, names.len()), (Some(1), 0), "{told}");
    assert_eq!(record(dir), broken);
    let hash = |l: &str| l.split("hash = ").next().unwrap_or(l).to_owned();
    insta::assert_snapshot!("changed_mistakes", told.lines().map(hash).collect::<Vec<_>>().join("\n"));
    std::fs::write(dir.join(RECORD), "[soup\nx").expect("written");
    let (code, _, told) = print(dir, 1, &["--keep-going"]);
    assert_eq!(code, Some(1));
    assert!(told.contains("printed.toml:1:") && told.contains("nothing was written"), "{told}");
    std::fs::write(dir.join(RECORD), b"\xff\xfe").expect("written");
    assert_eq!(print(dir, 1, &[]).0, Some(1));
}

#[test]
fn the_same_run_makes_the_same_bytes() {
    let dir = kitchen();
    let dir = dir.path();
    let made = || {
        let _ = std::fs::remove_file(dir.join(RECORD));
        assert_eq!(print(dir, 0, &["--stamp"]).0, Some(0));
        (record(dir), std::fs::read(dir.join("out/tea.pdf")).expect("a file"))
    };
    assert!(made() == made());
}
