//! Figures on the command line: scaling, batches, units.

use snapbox::cmd::{Command, cargo_bin};
use std::path::Path;
use tempfile::TempDir;

const LOAF: &str = "title: Banana loaf\nyield: 8 servings\ningredients:\n  - 250 g plain flour\n  - 1 egg\n  - { amount: 115, unit: g, item: butter, note: \"1 stick, soft\" }\nsteps:\n  - Beat the butter with ½ tsp of the salt.\n  - { text: Bake until brown., heat: 180 °C, time: 55-60 min }\n";

fn folder(text: &str) -> TempDir {
    let dir = TempDir::new().expect("a folder");
    std::fs::write(dir.path().join("loaf.yaml"), text).expect("written");
    dir
}

/// Exit code and what was said.
fn run(dir: &Path, args: &[&str]) -> (i32, String) {
    let mut all = vec!["export", "--pdf", "card.pdf", "--epub", "book.epub", "--no-system-fonts"];
    all.extend(args);
    let o =
        Command::new(cargo_bin("cardamom")).current_dir(dir).args(all).env("NO_COLOR", "1").output().expect("it runs");
    (o.status.code().unwrap_or(-1), String::from_utf8_lossy(&o.stderr).into_owned())
}

#[test]
fn factors_that_make_no_sense_are_wrong_usage() {
    let dir = folder(LOAF);
    for args in [
        ["--scale", "0"],
        ["--scale", "-2"],
        ["--scale", "two"],
        ["--scale", "1000"],
        ["--servings", "0"],
        ["--servings", "lots"],
    ] {
        let (code, said) = run(dir.path(), &args);
        assert_eq!(code, 2, "{args:?}: {said}");
        assert!(said.contains("such as 2, 1/2 or 1.5") || said.contains("from 1 to 1000"), "{args:?}: {said}");
    }
    let (code, said) = run(dir.path(), &["--scale", "2", "--servings", "4"]);
    assert_eq!(code, 2, "{said}");
    assert!(!dir.path().join("card.pdf").exists());
}

#[test]
fn units_that_there_are_not_are_wrong_usage() {
    let dir = folder(LOAF);
    let (code, said) = run(dir.path(), &["--units", "gallons"]);
    assert_eq!(code, 2, "{said}");
    for value in ["metric", "us", "imperial", "both", "as-written"] {
        assert!(said.contains(value), "{said}");
    }
    assert!(!dir.path().join("card.pdf").exists());
}

#[test]
fn what_converting_can_not_do_is_told() {
    let dir = folder(&LOAF.replace("1 egg", "10 g coriander").replace("250 g plain flour", "1 g saffron"));
    let (code, said) = run(dir.path(), &["--units", "us", "--fan"]);
    assert_eq!(code, 0);
    insta::assert_snapshot!("converted-roughly", said);
    // a file of defaults may say it too
    std::fs::write(dir.path().join("cardamom.toml"), "units = \"us\"\nfan = true\n").expect("written");
    assert_eq!(run(dir.path(), &[]), (code, said));
    std::fs::write(dir.path().join("cardamom.toml"), "units = \"stones\"\n").expect("written");
    let (code, said) = run(dir.path(), &[]);
    assert!(code == 1 && said.contains("cardamom.toml:1") && said.contains("imperial"), "{code} {said}");
}

#[test]
fn what_scaling_can_not_do_is_told() {
    let dir = folder(LOAF);
    assert_eq!(run(dir.path(), &["--scale", "2", "--quiet"]), (0, String::new()));
    let (code, said) = run(dir.path(), &["--servings", "4"]);
    assert_eq!(code, 0);
    insta::assert_snapshot!("scaled-roughly", said);
    let dir = folder(&LOAF.replace("8 servings", "1 loaf"));
    let (code, said) = run(dir.path(), &["--servings", "4"]);
    assert_eq!(code, 0);
    assert!(said.contains("`Banana loaf`") && said.contains("--scale"), "{said}");
}
