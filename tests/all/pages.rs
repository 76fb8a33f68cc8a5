//! Nothing is clipped, nothing overlaps, no word is lost.

use crate::common::{Made, THEMES, bare, faults, make, make_one, make_samples, samples, text};
use cardamom::content;
use cardamom::typo::Medium;
use cardamom::world::Disk;
use proptest::prelude::*;
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
    }
    out + &lost(made, what).into_iter().map(|l| l + "\n").collect::<String>()
}

/// What may never be left off and is on no page.
pub(crate) fn lost(made: &Made, what: &str) -> Vec<String> {
    let mut out = Vec::new();
    for f in &made.finished {
        let slug = &made.loaded.cookbook.recipes[f.recipe].slug;
        let printed = text(f);
        for (kind, wanted) in must_have(made, f.recipe) {
            if !printed.contains(&bare(&wanted)) {
                out.push(format!("{what}, {slug}: lost {kind} `{wanted}`"));
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
        let also = group.items.iter().filter_map(|i| i.also.as_ref());
        out.extend(also.map(|(n, u)| ("amount in other units", format!("{n}{}", u.as_deref().unwrap_or_default()))));
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

/// Hard cases, each as the body of a recipe file.
pub(crate) fn hard_cases() -> Vec<(&'static str, String)> {
    let title = "title: Test\n";
    let one = "ingredients: [salt]\nsteps: [Stir the salt.]\n";
    let list = |n: usize| {
        let items: String =
            (1..=n).map(|i| format!("  - {i} g of the ingredient number {i}, finely chopped\n")).collect();
        format!("ingredients:\n{items}")
    };
    let steps = |n: usize| {
        let items: String = (1..=n)
            .map(|i| {
                format!("  - Do the thing that is number {i} for {i} min at 180 °C, then turn it over and wait.\n")
            })
            .collect();
        format!("steps:\n{items}")
    };
    let sentence = "Stir the onions slowly over a low heat until they are sweet and brown, about 40 minutes. ";
    let long = format!("Begin. {}", sentence.repeat(21));
    let name = "Slow braised shoulder of lamb with preserved lemons, green olives, smoked almonds and saffron potatoes on the side";
    assert!(long.len() > 1864 && name.len() > 110);
    vec![
        ("a long title", format!("title: {name}\n{one}")),
        (
            "a title of one endless word",
            format!("title: {}\n{one}", "Rindfleischetikettierungsueberwachungsgesetz".repeat(3)),
        ),
        ("64 ingredients", format!("{title}{}steps: [Mix it all.]\n", list(64))),
        ("48 steps", format!("{title}ingredients: [salt]\n{}", steps(48))),
        ("64 ingredients and 48 steps", format!("{title}{}{}", list(64), steps(48))),
        ("one very long step", format!("{title}ingredients: [salt]\nsteps:\n  - {long}\n")),
        (
            "a word of forty letters",
            format!(
                "{title}ingredients: [{0}]\nsteps: [Add {0} and stir.]\n",
                "Donaudampfschifffahrtsgesellschaftskapit"
            ),
        ),
        ("no amounts", format!("{title}ingredients: [flour, water, salt, yeast]\nsteps: [Knead., Bake.]\n")),
        (
            "amounts in words",
            format!(
                "{title}ingredients: [a good handful of parsley, a pinch of salt, some water]\nsteps: [Chop., Mix.]\n"
            ),
        ),
        (
            "a range with a unit of two words",
            format!(
                "{title}ingredients: [2-3 fl oz of lime juice, 10-12 fl oz of stock]\nsteps: [Pour 2-3 fl oz first.]\n"
            ),
        ),
        ("one ingredient", format!("{title}{one}")),
        (
            "steps with headings only",
            format!("{title}ingredients: [salt]\nsteps:\n  - title: Boil\n  - title: Rest\n    time: 10 min\n"),
        ),
        (
            "everything that may be left off",
            format!(
                "title: {name}\nsubtitle: {sentence}\ncuisine: [Italian, French]\ncourse: main course\nequipment: [a very large pot, a small pan, a sieve]\nallergens: [milk, egg, wheat]\n{}{}tips:\n  - {sentence}\n  - {sentence}\n  - {sentence}\nstorage: {sentence}\npairings: [green beans, a bitter salad, bread]\nnutrition: {{per: serving, energy: 400 kcal}}\n",
                list(20),
                steps(14)
            ),
        ),
        (
            "eight times",
            format!(
                "{title}yield: 12 large pieces of 100 g each\ntimes: {{prep: 1 h 20 min, soak: overnight, marinate: 12-24 h, chill: 3 h, cook: 1 h 45 min, rest: 30 min, cool: 2 h, total: 2 days}}\n{one}"
            ),
        ),
        (
            "an emphatic step",
            format!(
                "{title}ingredients: [salt]\nsteps:\n  - \"**All of this is bold and *some of it italic*, [with a link](https://example.com/a/very/long/address).**\"\n"
            ),
        ),
    ]
}

#[test]
pub(crate) fn hard_cases_in_every_theme_and_size() {
    let mut faults = String::new();
    for (what, yaml) in hard_cases() {
        for theme in THEMES {
            for size in ["3x5", "4x6", "5x8", "a4"] {
                let made = make_one(&yaml, theme, size);
                let errors: Vec<_> =
                    made.diagnostics.iter().filter(|d| d.is_error()).map(|d| d.message.clone()).collect();
                assert!(errors.is_empty(), "{what}: {errors:?}");
                assert_eq!(made.finished.len(), 1, "{what}, {theme} {size}");
                faults += &inspect(&made, &format!("{what}, {theme} {size}"));
            }
        }
    }
    assert!(faults.is_empty(), "{faults}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// Whatever a slip of the keyboard makes of a file, it is laid out or told, and nothing panics.
    #[test]
    fn a_damaged_recipe_is_laid_out_or_told(
        cuts in prop::collection::vec((0.0f64..1.0, 0usize..12, "[ -~\\n\\té½–{}:#\"'|>*&!%@]{0,6}"), 1..6),
        sample in 0usize..3,
    ) {
        let name = ["syrniki.yaml", "nuoc-cham.yaml", "roast-carrot-soup.yaml"][sample];
        let mut text = std::fs::read_to_string(samples().join(name)).expect("a sample");
        for (at, length, with) in cuts {
            let chars: Vec<char> = text.chars().collect();
            let at = (at * chars.len() as f64) as usize;
            let end = (at + length).min(chars.len());
            text = chars[..at].iter().collect::<String>() + &with + &chars[end..].iter().collect::<String>();
        }
        let made = make_one(&text, "classic", "5x8");
        prop_assert!(made.finished.len() == 1 || made.diagnostics.iter().any(|d| d.is_error()), "{}", text);
    }
}
