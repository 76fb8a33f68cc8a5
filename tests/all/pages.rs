//! Nothing is clipped, nothing overlaps, no word is lost.

use crate::common::{Made, THEMES, bare, faults, make, make_one, make_samples, text};
use cardamom::content;
use cardamom::typo::Medium;
use cardamom::world::Disk;
use std::fmt::Write;
use std::path::Path;

/// Looks at every page of every card.
fn inspect(made: &Made, what: &str) -> String {
    let mut out = String::new();
    for f in &made.finished {
        let slug = &made.loaded.cookbook.recipes[f.recipe].slug;
        for (i, page) in f.card.pages.iter().enumerate() {
            for fault in faults(page) {
                let _ = writeln!(out, "{what}, {slug}, side {}: {fault}", i + 1);
            }
        }
        let printed = text(f);
        for (kind, wanted) in must_have(made, f.recipe) {
            if !printed.contains(&bare(&wanted)) {
                let _ = writeln!(out, "{what}, {slug}: lost {kind} `{wanted}`");
            }
        }
    }
    out
}

/// What may never be left off: title, times, ingredients, method, allergens.
fn must_have(made: &Made, recipe: usize) -> Vec<(&'static str, String)> {
    let c = content::build(&made.loaded.cookbook.recipes[recipe], Medium::Print);
    let mut out = vec![("title", c.title.text.clone())];
    out.extend(c.facts.iter().map(|f| ("fact", f.value.text.clone())));
    for group in &c.ingredients {
        out.extend(group.items.iter().map(|i| ("ingredient", i.name.text.clone())));
    }
    for step in c.steps.iter().flat_map(|g| &g.items) {
        for paragraph in &step.body {
            // a step longer than a side is parted between sentences
            out.extend(paragraph.text.split_inclusive(". ").map(|s| ("sentence", s.to_owned())));
        }
    }
    out
}

#[test]
fn samples_in_every_theme_and_size() {
    let mut faults = String::new();
    for theme in THEMES {
        for size in ["3x5", "4x6", "5x7", "5x8", "a6", "a5", "half-letter", "a4", "letter", "100x100mm"] {
            let made = make_samples(theme, size);
            assert_eq!(made.finished.len(), made.loaded.cookbook.recipes.len(), "{theme} {size}");
            faults += &inspect(&made, &format!("{theme} {size}"));
        }
    }
    assert!(faults.is_empty(), "{faults}");
}

/// A folder of other people's recipes, where there is one.
#[test]
#[ignore = "needs a folder of recipes in CARDAMOM_RECIPES"]
fn recipes_from_elsewhere() {
    let folder = std::env::var("CARDAMOM_RECIPES").expect("a folder");
    let mut faults = String::new();
    for theme in THEMES {
        for size in ["5x8", "4x6", "3x5"] {
            let made = make(&Disk, Path::new(&folder), theme, size, true);
            let two = made.finished.iter().filter(|f| f.card.pages.len() <= 2).count();
            println!("{theme} {size}: {two} of {} on two sides", made.finished.len());
            faults += &inspect(&made, &format!("{theme} {size}"));
        }
    }
    assert!(faults.is_empty(), "{} faults\n{faults}", faults.lines().count());
}
