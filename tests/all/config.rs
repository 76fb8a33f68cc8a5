//! Configuration files.

use crate::cli::{SOUP, err, folder, out, run};
use std::path::Path;
use tempfile::TempDir;

const PROJECT: &str = "cardamom.toml";
const USER: &str = "home/cardamom/config.toml";

fn kitchen(project: &str, user: &str) -> TempDir {
    let dir = folder(&[("recipes/soup.yaml", SOUP), ("recipes/tea.yaml", &SOUP.replace("Soup", "Tea"))]);
    for (name, text) in [(PROJECT, project), (USER, user)] {
        if !text.is_empty() {
            let path = dir.path().join(name);
            std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
            std::fs::write(path, text).expect("written");
        }
    }
    dir
}

/// The exit code of an export, and what it says.
fn export(dir: &Path, flags: &[&str]) -> (Option<i32>, String) {
    let o = run(dir, &[&["export"], flags].concat());
    (o.status.code(), err(&o))
}

/// The settings in force, without the comments that say where from.
fn in_force(dir: &Path, flags: &[&str]) -> Vec<String> {
    let o = run(dir, &[&["config"], flags].concat());
    assert_eq!(o.status.code(), Some(0), "{}", err(&o));
    let text = out(&o);
    let lines = text.lines().filter(|l| !l.starts_with('#') && !l.is_empty());
    lines.map(|l| l.split("  ").next().unwrap_or(l).to_owned()).collect()
}

#[test]
fn every_rank_goes_before_the_next() {
    let dir = kitchen(
        "pdf = \"p.pdf\"\nsize = '4x6'\nonly = ['tea', 'soup']\nquiet = true\n",
        "size = 'a6'\ntheme = 'mono'\n",
    );
    let (code, text) = export(dir.path(), &[]);
    assert_eq!((code, text.as_str()), (Some(0), ""));
    let same = |flags: &[&str], file: &str| {
        let o = run(dir.path(), &[&["export", "--no-config", "--pdf", "other.pdf"], flags].concat());
        assert_eq!(o.status.code(), Some(0), "{}", err(&o));
        let read = |name: &str| std::fs::read(dir.path().join(name)).expect("a file");
        assert!(read("other.pdf") == read(file), "{flags:?}");
    };
    same(&["--size", "4x6", "--theme", "mono"], "p.pdf");
    // the command line goes first, and takes lists as a whole
    let (code, text) = export(dir.path(), &["--size", "a6", "--only", "tea", "-v"]);
    assert_eq!(code, Some(0), "{text}");
    assert!(text.contains("tea: ") && !text.contains("soup: "), "{text}");
    same(&["--size", "a6", "--only", "tea", "--theme", "mono"], "p.pdf");
    // a flag may be set aside for once
    let (code, text) = export(dir.path(), &["--no-theme", "--no-size", "--no-quiet"]);
    assert_eq!((code, text.as_str()), (Some(0), "wrote p.pdf\n"));
    same(&[], "p.pdf");
    assert_eq!(in_force(dir.path(), &["--no-config"])[0], "formats = [\"pdf\"]");
}

#[test]
fn what_is_in_force() {
    let user = "size = 'a6'\ntheme = 'mono'\n\n[printers.laser]\nsize = '5x7'\n";
    let dir = kitchen("# ours\nsize = '4x6'\nformats = ['pdf', 'epub']\nmax_cards = 2\nkeep-going = false\n", user);
    let show = |flags: &[&str]| {
        let o = run(dir.path(), &[&["config"], flags].concat());
        assert_eq!(o.status.code(), Some(0), "{}", err(&o));
        let home = std::path::absolute(dir.path()).expect("a folder").join("home");
        out(&o).replace(&format!("{}{}", home.display(), std::path::MAIN_SEPARATOR), "HOME/")
    };
    let shown = show(&[]);
    assert!(shown.contains("formats = [\"pdf\"]                # default\n"), "{shown}");
    // headings and defaults are as many as there are flags
    let unset = |l: &str| l.is_empty() || l.ends_with("# default") || l.contains("# not set");
    let lines = shown.lines().filter(|l| !unset(l) && (!l.starts_with("# ") || l.contains("  ")));
    insta::assert_snapshot!("config", lines.collect::<Vec<_>>().join("\n"));
    assert!(show(&["--printer", "laser"]).contains("size = '5x7'  "));
}

/// What `config` prints is a configuration file, and so is the starter; the schema is JSON that names the same keys.
#[test]
fn what_it_prints_can_be_used() {
    let dir = kitchen("size = '4x6'\n[printers.'my laser']\nsize = 'a6'\n", "");
    let shown = out(&run(dir.path(), &["config"]));
    std::fs::write(dir.path().join("shown.toml"), &shown).expect("written");
    let before = in_force(dir.path(), &["--config", "shown.toml"]);
    assert_eq!(before, in_force(dir.path(), &[]));
    let starter = out(&run(dir.path(), &["config", "--starter"]));
    let schema: serde_json::Value =
        serde_json::from_str(&out(&run(dir.path(), &["config", "--schema"]))).expect("JSON");
    let mut keys = 0;
    for line in starter.lines().filter_map(|l| l.strip_prefix('#')).filter(|l| !l.starts_with([' ', '['])) {
        let (key, _) = line.split_once(" = ").expect("a key");
        assert!(schema["properties"][key].is_object(), "{key}");
        keys += 1;
        // with its # taken away a line with a default is right as it stands
        if ["theme", "ink", "formats", "keep-going", "orientation"].contains(&key) {
            std::fs::write(dir.path().join("one.toml"), line).expect("written");
            assert!(in_force(dir.path(), &["--config", "one.toml"]).contains(&line.to_owned()), "{line}");
        }
    }
    assert_eq!(keys + 1, schema["properties"].as_object().expect("a table").len(), "and the printers");
}

#[test]
fn every_mistake_at_once() {
    let project = "theem = 'mono'\nsize = '9x'\norientation = 'portrat'\nkeep-going = 'yes'\nmax-cards = 0\nformats = ['pdf', 'pfd']\ninclude = { a = 1 }\nout-dir = true\nconfig = 'x.toml'\nout_dir = 'out'\npdf = ['a.pdf', 'b.pdf']\nprinter = 5\n\n[printers.laser]\nsize = 'huge'\nprinter = 'x'\n\n[printers]\nink = 3\n";
    let dir = kitchen(project, "wobble = 1\nquiet = 1\n");
    let (code, text) = export(dir.path(), &["--pdf", "x.pdf"]);
    assert_eq!(code, Some(1));
    let home = std::path::absolute(dir.path()).expect("a folder").join("home");
    insta::assert_snapshot!("config-mistakes", text.replace(&home.display().to_string(), "HOME"));
    assert!(!dir.path().join("x.pdf").exists());
    assert_eq!(run(dir.path(), &["config"]).status.code(), Some(1));
    // files that are left alone harm nothing
    assert_eq!(export(dir.path(), &["--pdf", "x.pdf", "--no-config"]).0, Some(0));
}

#[test]
fn files_that_are_no_toml() {
    let dir = kitchen("size = 4x6\ntheme = 'mono\n", "");
    let (code, text) = export(dir.path(), &["--pdf", "x.pdf"]);
    assert_eq!(code, Some(1));
    insta::assert_snapshot!("config-syntax", text);
    std::fs::write(dir.path().join(PROJECT), b"# caf\xe9\n").expect("written");
    let (code, text) = export(dir.path(), &["--pdf", "x.pdf"]);
    assert!(code == Some(1) && text.contains("not UTF-8"), "{text}");
    let (code, text) = export(dir.path(), &["--pdf", "x.pdf", "--config", "none.toml"]);
    assert!(code == Some(2) && text.contains("there is no configuration file `none.toml`"), "{text}");
    assert_eq!(export(dir.path(), &["--config", PROJECT, "--no-config"]).0, Some(2));
    let folder_here = kitchen("", "");
    std::fs::create_dir(folder_here.path().join("odd.toml")).expect("a folder");
    assert_eq!(export(folder_here.path(), &["--pdf", "x.pdf", "--config", "odd.toml"]).0, Some(2));
}

#[test]
fn flags_that_need_or_exclude_each_other() {
    // what the command line lacks may stand in the file, and the other way round
    let dir = kitchen("out-dir = 'out'\n", "");
    assert_eq!(export(dir.path(), &["--formats", "epub"]).0, Some(0));
    assert!(dir.path().join("out/tea.epub").is_file());
    let dir = kitchen("formats = ['epub']\npdf = 'x.pdf'\n", "");
    assert_eq!(export(dir.path(), &[]).0, Some(0));
    assert_eq!(export(dir.path(), &["--out-dir", "out"]).0, Some(0));
    assert!(dir.path().join("out/tea.epub").is_file() && dir.path().join("x.pdf").is_file());
    assert_eq!(export(dir.path(), &["--formats", "epub", "--no-formats"]).0, Some(2));
    // of two that exclude each other the higher rank wins; in one file that is a mistake
    let dir = kitchen("quiet = true\npdf = 'x.pdf'\n", "verbose = true\n");
    assert_eq!(export(dir.path(), &[]), (Some(0), String::new()));
    assert!(export(dir.path(), &["-v"]).1.contains("text of"));
    let dir = kitchen("quiet = true\npdf = 'x.pdf'\nverbose = true\n", "");
    let (code, text) = export(dir.path(), &[]);
    assert_eq!(code, Some(1));
    insta::assert_snapshot!("config-clash", text);
    assert!(export(dir.path(), &["-v"]).1.contains("text of"));
}

#[test]
fn paths_are_relative_to_the_project_file() {
    let theme = "extends = \"classic\"\n";
    let dir = folder(&[
        ("dinner/recipes/soup.yaml", SOUP),
        ("dinner/cardamom.toml", "theme = 'ours.toml'\npdf = 'out/cards.pdf'\n"),
        ("dinner/ours.toml", theme),
        (USER, "theme = 'mine.toml'\nfont = ['none.ttf']\n"),
        ("home/cardamom/mine.toml", theme),
    ]);
    let (code, text) = export(dir.path(), &["--config", "dinner/cardamom.toml", "--no-font", "dinner/recipes"]);
    assert_eq!(code, Some(0), "{text}");
    assert!(dir.path().join("dinner/out/cards.pdf").is_file());
    let (code, text) = export(dir.path(), &["--no-font", "dinner/recipes", "--pdf", "x.pdf"]);
    assert_eq!(code, Some(0), "a theme beside one's own file: {text}");
    let (code, text) = export(dir.path(), &["dinner/recipes", "--pdf", "x.pdf"]);
    assert!(code == Some(1) && text.contains("the font `none.ttf`") && text.contains("config.toml:2:"), "{text}");
}

#[test]
fn printers() {
    let user = "[printers.laser]\nsize = 'a6'\n[printers.'ink jet']\nsize = '5x7'\n";
    let dir = kitchen("size = '4x6'\n", user);
    let size =
        |flags: &[&str]| in_force(dir.path(), flags).into_iter().find(|l| l.starts_with("size")).expect("a size");
    assert_eq!(size(&[]), "size = '4x6'");
    assert_eq!(size(&["--printer", "ink jet"]), "size = '5x7'");
    let (code, text) = export(dir.path(), &["--pdf", "x.pdf", "--printer", "lazer"]);
    assert!(code == Some(2) && text.contains("did you mean `laser`?"), "{text}");
    std::fs::write(dir.path().join(PROJECT), "printer = 'ink jet'\nsize = '4x6'\n[printers.laser]\nsize = '3x5'\n")
        .expect("written");
    assert_eq!(size(&[]), "size = '5x7'");
    assert_eq!(size(&["--printer", "laser"]), "size = '3x5'", "the project's figures go first");
    std::fs::write(dir.path().join(PROJECT), "printer = 'plotter'\n").expect("written");
    let (code, text) = export(dir.path(), &["--pdf", "x.pdf"]);
    assert_eq!(code, Some(1));
    insta::assert_snapshot!("config-printer", text);
}

/// Every flag may stand in a file, and what is wrong with its value is told with the line, in the flag's own words.
#[test]
fn every_flag_has_its_own_mistake() {
    let dir = kitchen("", "");
    let long = format!("'{}'", "x".repeat(80));
    let of_flags = [
        ("size", "'9x'", "9x"),
        ("theme", "'clasic'", "did you mean `classic`?"),
        ("orientation", "'portrat'", "did you mean `portrait`?"),
        ("max-cards", "0", "max-cards"),
        ("photo", "'big'", "large"),
        ("ink", "'blue'", "black"),
        ("qr", &long, "62"),
        ("sheet", "'a9'", "letter"),
        ("stock", "'avery-1'", "stock"),
        ("duplex", "'both'", "manual"),
        ("marks", "['corp']", "did you mean `crop`?"),
        ("bleed", "'wide'", "wide"),
        ("gutter", "'-3mm'", "-3mm"),
        ("printer-margin", "'70mm'", "50 mm"),
        ("back-offset", "1", "0.4,-1.2"),
        ("nudge", "[40, 0]", "20 mm"),
        ("font", "['none.ttf']", "none.ttf"),
        ("templates", "'none'", "none"),
        ("for", "'kobbo'", "did you mean `kobo`?"),
        ("images", "'big'", "tablet"),
        ("date", "'soon'", "2026-11-22"),
        ("formats", "['pfd']", "pdf, epub"),
        ("tag", "['none']", "no recipe"),
        ("course", "['none']", "none"),
        ("only", "['none']", "soup"),
        ("include", "['stroy']", "did you mean `story`?"),
        ("exclude", "['stroy']", "did you mean `story`?"),
        ("printer", "'none'", "calibrate --printer none"),
        ("pdf", "true", "one value"),
        ("changed-since", "true", "one value"),
        ("stamp", "3", "`stamp`"),
    ];
    let told = |key: &str, value: &str| {
        std::fs::write(dir.path().join(PROJECT), format!("# ours\n{key} = {value}\n")).expect("written");
        let mut flags = vec!["--out-dir", "out"];
        flags.retain(|_| key != "out-dir");
        let (code, text) = export(dir.path(), &flags);
        assert!(code == Some(1) && text.contains("cardamom.toml:2:"), "{key} = {value}: {code:?} {text}");
        assert!(!dir.path().join("out").exists(), "{key}");
        text
    };
    for (key, value, words) in of_flags {
        let text = told(key, value);
        assert!(text.contains(words), "{key} = {value}: {text}");
    }
    let schema = out(&run(dir.path(), &["config", "--schema", "--no-config"]));
    let schema: serde_json::Value = serde_json::from_str(&schema).expect("JSON");
    for key in schema["properties"].as_object().expect("a table").keys().filter(|k| *k != "printers") {
        assert!(told(key, "{ a = 1 }").contains(&format!("`{key}`")), "{key}");
    }
}

/// Flags from a file make what the same flags make when they are typed.
#[test]
fn a_file_does_what_the_command_line_does() {
    let flags = [
        ("sheet", "'a4'", "--sheet=a4"),
        ("size", "'4x6'", "--size=4x6"),
        ("theme", "'modern'", "--theme=modern"),
        ("duplex", "'short'", "--duplex=short"),
        ("marks", "['crop', 'registration']", "--marks=crop,registration"),
        ("bleed", "'2mm'", "--bleed=2mm"),
        ("gutter", "'6mm'", "--gutter=6mm"),
        ("printer_margin", "[4, 5, 6, 5]", "--printer-margin=4,5,6,5"),
        ("back-offset", "[0.4, -1.2]", "--back-offset=0.4,-1.2"),
        ("ink", "'black'", "--ink=black"),
        ("stamp", "true", "--stamp"),
        ("qr", "'https://example.org/{slug}'", "--qr=https://example.org/{slug}"),
        ("large-print", "true", "--large-print"),
        ("date", "2026-11-22", "--date=2026-11-22"),
        ("only", "['tea']", "--only=tea"),
        ("images", "'eink'", "--images=eink"),
        ("for", "'kobo'", "--for=kobo"),
        ("grey_images", "true", "--grey-images"),
    ];
    let file: String = flags.iter().map(|(key, value, _)| format!("{key} = {value}\n")).collect();
    let dir = kitchen(&file, "");
    let made = |flags: &[&str]| {
        let (code, text) = export(dir.path(), &[&["--pdf", "x.pdf", "--epub", "x.epub"], flags].concat());
        assert_eq!(code, Some(0), "{text}");
        ["x.pdf", "x.epub"].map(|name| std::fs::read(dir.path().join(name)).expect("a file"))
    };
    let typed: Vec<&str> = ["--no-config"].into_iter().chain(flags.iter().map(|(.., typed)| *typed)).collect();
    assert!(made(&[]) == made(&typed));
    assert!(made(&[]) != made(&["--no-config"]));
}

/// Flags that don't go together are told with where they stand.
#[test]
fn defaults_that_do_not_go_together() {
    let dir = kitchen("# ours\nlarge-print = true\nsize = '3x5'\n", "");
    let (code, text) = export(dir.path(), &["--pdf", "x.pdf"]);
    assert!(code == Some(1) && text.contains("`large-print = true` in cardamom.toml:2"), "{text}");
    let (code, text) = export(dir.path(), &["--pdf", "x.pdf", "--size", "3x5"]);
    assert!(code == Some(2) && text.contains("in cardamom.toml:2"), "{text}");
    let dir = kitchen("", "");
    let (code, text) = export(dir.path(), &["--pdf", "x.pdf", "--marks", "fold"]);
    assert!(code == Some(2) && !text.contains("note:"), "{text}");
    let dir = kitchen("sheet = 'a4'\nstock = 'avery-5389'\n", "");
    let (code, text) = export(dir.path(), &["--pdf", "x.pdf"]);
    assert!(code == Some(1) && text.contains("cardamom.toml:2:") && text.contains("keep one"), "{text}");
    // what is typed goes before its rival in a file
    let dir = kitchen("sheet = 'a4'\n", "");
    assert_eq!(export(dir.path(), &["--pdf", "x.pdf", "--stock", "avery-5389", "--size", "4x6"]).0, Some(0));
}

/// Defaults that have nothing to do today are no mistake: how sheets are marked where there are none, how a stock is nudged on
/// plain paper, how a printer turns what is to be folded.
#[test]
fn defaults_wait_for_what_they_are_for() {
    let project = "marks = ['crop', 'fold']\ncut-lines = true\ngutter = '6mm'\nnudge = [0.3, -0.5]\nduplex = 'short'\n";
    let dir = kitchen(project, "");
    let made = |flags: &[&str]| {
        let (code, text) = export(dir.path(), &[&["--pdf", "x.pdf", "--size", "4x6"], flags].concat());
        assert_eq!((code, text.as_str()), (Some(0), "wrote x.pdf\n"), "{flags:?}");
        std::fs::read(dir.path().join("x.pdf")).expect("a file")
    };
    let same = |flags: &[&str], typed: &[&str]| {
        assert!(made(flags) == made(&[&["--no-config"], flags, typed].concat()), "{flags:?}");
    };
    same(&[], &["--duplex", "short"]);
    same(&["--sheet", "a4"], &["--duplex", "short", "--gutter", "6mm", "--cut-lines", "--marks", "crop"]);
    same(&["--sheet", "a4", "--marks", "fold"], &["--gutter", "6mm", "--cut-lines"]);
    same(&["--sheet", "a4", "--duplex", "fold"], &["--gutter", "6mm", "--cut-lines", "--marks", "crop,fold"]);
    same(&["--stock", "5389"], &["--duplex", "short", "--nudge", "0.3,-0.5", "--cut-lines"]);
}
