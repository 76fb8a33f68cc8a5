//! What is read on a test page, saved for a printer.

use crate::cli::{SOUP, err, folder, out, run};
use std::path::Path;

const FILE: &str = "home/cardamom/config.toml";

fn saved(dir: &Path) -> String {
    std::fs::read_to_string(dir.join(FILE)).expect("a file")
}

/// Exit code, and what was said on both streams.
fn calibrate(dir: &Path, flags: &[&str]) -> (Option<i32>, String) {
    let o = run(dir, &[&["calibrate"], flags].concat());
    (o.status.code(), out(&o) + &err(&o))
}

#[test]
fn readings_become_what_backs_are_moved_by() {
    let dir = folder(&[("recipes/soup.yaml", SOUP)]);
    let dir = dir.path();
    let (code, text) = calibrate(dir, &["--printer", "attic", "--readings", "4,4,-2,-2"]);
    assert_eq!(code, Some(0), "{text}");
    assert!(text.contains("--printer attic") && text.contains("back-offset = [-0.4, 0.2]"), "{text}");
    assert_eq!(saved(dir), "[printers.attic]\nback-offset = [-0.4, 0.2]\n");
    // a second sheet after the first correction is added to that; the rest of the table stays
    let more =
        ["--back-offset=-0.4,0.2", "--readings=-1,-1,0,0", "--printer-margin", "4,5,6,5", "--duplex", "short", "-q"];
    assert_eq!(calibrate(dir, &[&["--printer", "attic"], &more[..]].concat()), (Some(0), String::new()));
    let wanted = "[printers.attic]\nback-offset = [-0.3, 0.2]\nprinter-margin = \"4,5,6,5\"\nduplex = \"short\"\n";
    assert_eq!(saved(dir), wanted);
    // export takes it
    let export = |flags: &[&str]| {
        let o = run(dir, &[&["export", "--sheet", "a4", "--pdf", "x.pdf"], flags].concat());
        assert_eq!(o.status.code(), Some(0), "{}", err(&o));
        std::fs::read(dir.join("x.pdf")).expect("a file")
    };
    let by_name = export(&["--printer", "attic"]);
    assert!(by_name == export(&["--back-offset=-0.3,0.2", "--printer-margin", "4,5,6,5", "--duplex", "short"]));
    assert!(by_name != export(&[]));
}

#[test]
fn a_saved_printer_leaves_the_file_as_it_was_written() {
    let before = "# Mine\nsize  = 'a6'  # small\n\n[printers.attic] # upstairs\nback_offset = \"1,1\" # measured in May\n# cheap\nink='black'\n\n# last words\n";
    let dir = folder(&[(FILE, before)]);
    let (code, text) = calibrate(dir.path(), &["--printer", "attic", "--back-offset", "0.4,-1.2"]);
    assert_eq!(code, Some(0), "{text}");
    assert_eq!(saved(dir.path()), before.replace("\"1,1\"", "[0.4, -1.2]"));
    let (code, text) = calibrate(dir.path(), &["--printer", "the big one", "--readings", "2,2,2,2"]);
    assert_eq!(code, Some(0), "{text}");
    let after = saved(dir.path());
    assert!(after.contains("[printers.\"the big one\"]\nback-offset = [-0.2, -0.2]\n"), "{after}");
    assert!(
        after.contains("# Mine") && after.contains("# measured in May") && after.contains("# last words"),
        "{after}"
    );
    let o = run(dir.path(), &["config", "--printer", "the big one"]);
    assert!(out(&o).contains("back-offset = [-0.2, -0.2]"), "{}{}", out(&o), err(&o));
}

#[test]
fn saving_and_the_page_in_one_go() {
    let dir = folder(&[]);
    let both = ["--printer", "attic", "--readings", "7,7,0,0", "--sheet", "a4"];
    let (code, text) = calibrate(dir.path(), &both);
    assert_eq!(code, Some(0), "{text}");
    assert!(text.contains("saved for") && text.contains("wrote calibration-a4.pdf"), "{text}");
    let page = std::fs::read(dir.path().join("calibration-a4.pdf")).expect("a file");
    assert_eq!(calibrate(dir.path(), &["--sheet", "a4", "--back-offset=-0.7,0", "-q"]).0, Some(0));
    assert!(page == std::fs::read(dir.path().join("calibration-a4.pdf")).expect("a file"), "the page's back is moved");
}

#[test]
fn what_can_not_be_saved() {
    let dir = folder(&[]);
    let dir = dir.path();
    for (flags, wanted) in [
        (&["--printer", "attic"][..], "nothing to save"),
        (&["--printer", "attic", "--readings", "1,2,3"], "A, B, C and D"),
        (&["--printer", "attic", "--readings", "9,1,0,0"], "skew"),
        (&["--printer", "attic", "--printer-margin", "70"], "50 mm"),
        (&["--printer", "attic", "--back-offset", "19,0", "--readings=-40,-40,0,0"], "20 mm"),
        (&["--printer", "", "--readings", "1,1,1,1"], "printer"),
        (&["--readings", "1,1,1,1", "--sheet", "a4"], "--printer"),
        (&[], "--sheet"),
    ] {
        let (code, text) = calibrate(dir, flags);
        assert_eq!(code, Some(2), "{flags:?}: {text}");
        assert!(text.contains(wanted), "{flags:?}: {text}");
    }
    assert!(!dir.join(FILE).exists());
    // several sheets that differ much are saved with a warning
    let sheets = ["--readings", "4,4,0,0", "--readings", "5,5,0,0", "--readings", "30,30,0,0"];
    let (code, text) = calibrate(dir, &[&["--printer", "attic"], &sheets[..]].concat());
    assert_eq!(code, Some(0), "{text}");
    assert!(text.contains("warning: the sheets differ by 2.6 mm"), "{text}");
    assert!(saved(dir).contains("[-0.5, 0.0]"), "{}", saved(dir));
}

/// A file with a mistake is shown, and left alone.
#[test]
fn a_file_with_mistakes_stays() {
    for broken in ["size = 'a6\n", "sice = 'a6'\n", "printers = 3\n", "[printers]\nattic = 1\n"] {
        let dir = folder(&[(FILE, broken)]);
        let (code, text) = calibrate(dir.path(), &["--printer", "attic", "--readings", "1,1,1,1"]);
        assert_eq!(code, Some(1), "{broken}: {text}");
        assert!(text.contains("config.toml:"), "{broken}: {text}");
        assert_eq!(saved(dir.path()), broken);
    }
}
