//! The command as people use it.

use snapbox::cmd::{Command, cargo_bin};
use std::path::Path;
use std::process::Output;
use tempfile::TempDir;

pub(crate) const SOUP: &str =
    "title: Soup\nyield: 4\ningredients:\n  - 1 l water\n  - salt\nsteps:\n  - Boil the water with the salt, 10 min.\n";

pub(crate) fn folder(files: &[(&str, &str)]) -> TempDir {
    let dir = TempDir::new().expect("a folder");
    for (name, text) in files {
        let path = dir.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        std::fs::write(path, text).expect("written");
    }
    dir
}

pub(crate) fn run(dir: &Path, args: &[&str]) -> Output {
    command(dir, args).output().expect("it runs")
}

pub(crate) fn command(dir: &Path, args: &[&str]) -> Command {
    // the settings of whoever runs the tests stay out of them
    let home = std::path::absolute(dir).expect("a folder").join("home");
    Command::new(cargo_bin("cardamom")).current_dir(dir).args(args).env("NO_COLOR", "1").env("XDG_CONFIG_HOME", home)
}

pub(crate) fn err(o: &Output) -> String {
    String::from_utf8_lossy(&o.stderr).into_owned()
}

pub(crate) fn out(o: &Output) -> String {
    String::from_utf8_lossy(&o.stdout).into_owned()
}

#[test]
fn the_main_job() {
    let dir = folder(&[("recipes/soup.yaml", SOUP)]);
    let o = run(dir.path(), &["export", "--pdf", "card.pdf", "--epub", "cookbook.epub"]);
    assert_eq!(o.status.code(), Some(0), "{}", err(&o));
    assert!(std::fs::read(dir.path().join("card.pdf")).expect("a file").starts_with(b"%PDF-1.7"));
    assert!(std::fs::read(dir.path().join("cookbook.epub")).expect("a file").starts_with(b"PK"));
    assert_eq!(err(&o), "wrote card.pdf, cookbook.epub\n");
    let quiet = run(dir.path(), &["export", "--pdf", "card.pdf", "--quiet"]);
    assert_eq!((err(&quiet).as_str(), out(&quiet).as_str()), ("", ""));
}

#[test]
fn no_output_named_is_wrong_usage() {
    let dir = folder(&[("soup.yaml", SOUP)]);
    let o = run(dir.path(), &["export"]);
    assert_eq!(o.status.code(), Some(2));
    assert!(err(&o).contains("--pdf"), "{}", err(&o));
    assert_eq!(run(dir.path(), &["export", "--theme", "clasic", "--pdf", "x.pdf"]).status.code(), Some(2));
    assert_eq!(run(dir.path(), &["export", "--size", "9x", "--pdf", "x.pdf"]).status.code(), Some(2));
}

#[test]
fn standard_input_and_output() {
    let dir = folder(&[]);
    let o = command(dir.path(), &["export", "-", "--pdf", "-"]).stdin(SOUP).output().expect("it runs");
    assert_eq!(o.status.code(), Some(0), "{}", err(&o));
    assert!(o.stdout.starts_with(b"%PDF-1.7"));
}

#[test]
fn one_file_a_recipe() {
    let dir = folder(&[("recipes/soup.yaml", SOUP), ("recipes/tea.yaml", &SOUP.replace("Soup", "Tea"))]);
    let o = run(dir.path(), &["export", "--out-dir", "out", "--formats", "pdf,epub"]);
    assert_eq!(o.status.code(), Some(0), "{}", err(&o));
    for name in ["soup.pdf", "soup.epub", "tea.pdf", "tea.epub"] {
        assert!(dir.path().join("out").join(name).is_file(), "{name}");
    }
}

#[test]
fn a_mistake_writes_nothing_and_harms_nothing() {
    let dir = folder(&[
        ("recipes/soup.yaml", SOUP),
        ("recipes/bad.yaml", "title: Bad\ningredient: [salt]\nsteps: [Stir.]\n"),
    ]);
    std::fs::write(dir.path().join("card.pdf"), "old").expect("written");
    let o = run(dir.path(), &["export", "--pdf", "card.pdf", "--epub", "book.epub"]);
    assert_eq!(o.status.code(), Some(1));
    assert_eq!(std::fs::read(dir.path().join("card.pdf")).expect("a file"), b"old");
    assert!(!dir.path().join("book.epub").exists());
    let left: Vec<_> =
        std::fs::read_dir(dir.path()).expect("a folder").map(|e| e.expect("an entry").file_name()).collect();
    assert_eq!(left.len(), 2, "no temporary file stays behind: {left:?}");
    let o = run(dir.path(), &["export", "--pdf", "card.pdf", "--epub", "book.epub", "--keep-going"]);
    assert_eq!(o.status.code(), Some(1));
    assert!(std::fs::read(dir.path().join("card.pdf")).expect("a file").starts_with(b"%PDF"));
    assert!(err(&o).contains("left out: recipes/bad.yaml"), "{}", err(&o));
}

#[test]
fn a_bad_photo_leaves_its_recipe_out() {
    let photo = format!("{SOUP}photo: {{file: x.jpg, alt: A bowl}}\n");
    let dir = folder(&[
        ("recipes/soup.yaml", SOUP),
        ("recipes/tea.yaml", &photo.replace("Soup", "Tea")),
        ("recipes/x.jpg", "no photo"),
    ]);
    let o = run(dir.path(), &["export", "--epub", "b.epub"]);
    assert_eq!(o.status.code(), Some(1), "{}", err(&o));
    assert!(!dir.path().join("b.epub").exists());
    let o = run(dir.path(), &["export", "--epub", "b.epub", "--pdf", "b.pdf", "--keep-going"]);
    assert_eq!(o.status.code(), Some(1), "{}", err(&o));
    assert!(dir.path().join("b.epub").is_file() && dir.path().join("b.pdf").is_file(), "{}", err(&o));
}

#[test]
fn too_long_for_the_cards_allowed() {
    let steps: String =
        (0..40).map(|i| format!("  - Stir the pot number {i} slowly for a good while, then let it rest.\n")).collect();
    let dir = folder(&[("long.yaml", &format!("title: Long\ningredients: [salt]\nsteps:\n{steps}"))]);
    let o = run(dir.path(), &["export", "--pdf", "x.pdf", "--size", "3x5", "--max-cards", "1"]);
    assert_eq!(o.status.code(), Some(1));
    insta::assert_snapshot!("too-long", err(&o));
}

#[test]
fn every_mistake_at_once_in_words_for_cooks() {
    let dir = folder(&[
        (
            "recipes/a.yaml",
            "titel: Soup\nservings: 4\ningredients:\n  - {amount: lots!, unit: cupz, item: flour}\n  - [not, an, ingredient]\nsteps:\n  - text: Bake.\n    time: 10 parsecs\n    heat: [1, 2]\nphoto: nowhere.jpg\n",
        ),
        ("recipes/b.yaml", "title: Stew\ningredients:\n  - salt\n   - pepper\nsteps: [Stir.]\n"),
        (
            "recipes/c.yaml",
            "title: Pie\ningredients: [salt, {item: crust, recipe: pizza-dow}]\nsteps: [\"See [the dough](pizza-dow).\"]\n",
        ),
        (
            "recipes/pizza-dough.yaml",
            "title: Pie\ningredients: [flour]\nsteps: [Knead.]\ntimes: {prep: 10 min, total: 5 min}\n",
        ),
        ("recipes/d.yaml", "title: Tabs\ningredients:\n\t- salt\nsteps: [Stir.]\n"),
        ("recipes/e.yaml", "title: ''\ningredients: []\nsteps: 5\n"),
        ("recipes/f.yaml", "- just\n- a list\n"),
    ]);
    let o = run(dir.path(), &["check"]);
    assert_eq!(o.status.code(), Some(1));
    insta::assert_snapshot!("diagnostics", err(&o));
}

#[test]
fn wrong_encodings() {
    let dir = folder(&[]);
    std::fs::write(dir.path().join("latin.yaml"), b"title: Cr\xe8me\ningredients: [salt]\nsteps: [Stir.]\n")
        .expect("written");
    std::fs::write(dir.path().join("wide.yaml"), b"\xff\xfet\0i\0").expect("written");
    let o = run(dir.path(), &["check"]);
    assert_eq!(o.status.code(), Some(1));
    insta::assert_snapshot!("encodings", err(&o));
}

#[test]
fn what_looks_wrong_to_a_cook() {
    let dir = folder(&[
        (
            "stew.yaml",
            "title: Stew\nyield: 4\ntimes: {prep: 10 min, cook: 20 min, total: 1 h}\ningredients:\n  - 2 onions\n  - 1 tbsp paprika\n  - 500 g beef\nsteps:\n  - Fry the onions and the beef, then add the garlic.\nphoto: {file: stew.jpg}\n",
        ),
        ("stew.jpg", "x"),
    ]);
    let o = run(dir.path(), &["check"]);
    assert_eq!(o.status.code(), Some(0));
    insta::assert_snapshot!("warnings", err(&o));
    assert_eq!(run(dir.path(), &["check", "--strict"]).status.code(), Some(1));
}

#[test]
fn a_character_that_no_font_has() {
    let dir = folder(&[("soup.yaml", &SOUP.replace("Soup", "Soup \u{1F372}"))]);
    let o = run(dir.path(), &["export", "--pdf", "x.pdf", "--no-system-fonts"]);
    assert_eq!(o.status.code(), Some(1));
    insta::assert_snapshot!("missing-glyph", err(&o));
    let o = run(dir.path(), &["export", "--pdf", "x.pdf", "--no-system-fonts", "--allow-missing-glyphs"]);
    assert_eq!(o.status.code(), Some(0), "{}", err(&o));
}

#[test]
fn a_new_recipe_is_a_right_one() {
    let dir = folder(&[]);
    let o = run(dir.path(), &["new", "Aunt Jo's \"best\" pie"]);
    assert_eq!((o.status.code(), out(&o).trim()), (Some(0), "aunt-jos-best-pie.yaml"));
    assert_eq!(run(dir.path(), &["new", "Aunt Jo's \"best\" pie"]).status.code(), Some(1));
    let o = run(dir.path(), &["check", "--strict"]);
    assert_eq!(o.status.code(), Some(0), "{}", err(&o));
    assert_eq!(run(dir.path(), &["export", "--pdf", "x.pdf"]).status.code(), Some(0));
}

#[test]
fn lists_and_helpers() {
    let dir = folder(&[]);
    assert!(out(&run(dir.path(), &["themes"])).contains("classic"));
    assert!(out(&run(dir.path(), &["sizes"])).contains("half-letter"));
    assert!(out(&run(dir.path(), &["completions", "bash"])).contains("cardamom"));
    assert!(out(&run(dir.path(), &["man"])).contains(".TH"));
}

/// The schema beside the samples is what the types say. `CARDAMOM_UPDATE=1` writes it anew.
#[test]
fn the_schema_file_is_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("recipes/recipe.schema.json");
    let schema = out(&run(Path::new("."), &["schema"]));
    if std::env::var_os("CARDAMOM_UPDATE").is_some() {
        std::fs::write(&path, &schema).expect("written");
    }
    assert!(std::fs::read_to_string(&path).expect("a file") == schema, "run CARDAMOM_UPDATE=1 cargo test schema");
}
