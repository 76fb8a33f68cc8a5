//! Cards in other units: nothing is lost, nothing overlaps, every sample in every theme; and what the command says.

use crate::common::{Made, THEMES, pdf, samples, text};
use crate::options::{all_faults, built_in, lay_out, options};
use cardamom::cards::CardJob;
use cardamom::diag::Reported;
use cardamom::geom::{CardSize, Orientation};
use cardamom::layout::CardOptions;
use cardamom::load::{self, Loaded};
use cardamom::quantity::{Factor, System, Wish};
use cardamom::recipe::scale::scaled;
use cardamom::recipe::units::{UnitsWish, converted};
use cardamom::world::{Disk, Memory, World};
use std::path::Path;

/// A loaf as the layout sample of the mock-ups has it.
const LOAF: &str = "title: Banana, Date & Walnut Loaf\ncuisine: Layout sample\ncourse: Loaf\nyield: 1 loaf, 10 slices\ntimes: { prep: 20 min, bake: 55-60 min }\nallergens: [gluten, milk, egg, walnuts]\ningredients:\n  - group: Loaf\n    items:\n      - 250 g plain flour\n      - 2 tsp baking powder\n      - 1 tsp ground cinnamon\n      - 1/2 tsp fine salt\n      - { amount: 115, unit: g, item: butter, note: \"1 stick, soft\" }\n      - 150 g light brown sugar, packed\n      - 2 eggs, UK medium, US large\n      - 400 g ripe bananas, 4, peeled weight\n      - 120 ml buttermilk\n  - group: Fold in\n    items:\n      - 120 g dates, pitted, chopped\n      - 80 g walnuts, toasted, broken\n      - 1 tbsp demerara sugar, for the top\nsteps:\n  - { title: Heat the oven, text: \"180 °C. Line the tin, with a collar above the rim.\", heat: 180 °C }\n  - { title: Cream, text: \"Beat butter and brown sugar until pale, 3 min. Add the eggs one by one, then the mashed bananas.\" }\n  - { title: Fold, text: \"Flour, raising agent, spice and salt in two goes, with the buttermilk between them. Stop at the last streak; fold in dates and nuts.\" }\n  - { title: Bake, text: \"Sugar on top. Middle shelf, 55–60 min, to 96 °C (205 °F) inside. Tent with foil after 40 min. Cool for 15 min in the tin.\", time: 55-60 min }\n";

/// A cake from the other side of the ocean, with what is hard to convert.
const CAKE: &str = "title: Sheet cake\nlanguage: en-US\nyield: 12 pieces\nequipment: [9 x 13 inch pan]\ningredients:\n  - 2 cups all-purpose flour, 250 g\n  - 1 3/4 cups sugar\n  - 1 stick butter, melted\n  - 1-2 tbsp instant espresso\n  - 1 lb strawberries\n  - 1 quart cold water\n  - 1 cup + 2 tbsp cream\n  - 2 eggs\nsteps:\n  - Heat the oven to 350°F. Whisk 1 cup of the flour with 1/2 cup sugar.\n  - { text: Bake until a toothpick comes out clean., time: 30 min, heat: 350 °F }\n";

const BOTH: UnitsWish = UnitsWish { units: Some(Wish::Both), fan: true };

fn one(system: System) -> UnitsWish {
    UnitsWish { units: Some(Wish::One(system)), fan: false }
}

fn revised(mut loaded: Reported<Loaded>, wish: UnitsWish, factor: &str) -> Reported<Loaded> {
    let factor = Factor::parse(factor).expect("a factor");
    for recipe in &mut loaded.value.cookbook.recipes {
        *recipe = scaled(recipe.clone(), factor, &mut loaded.diagnostics);
        *recipe = converted(recipe.clone(), wish, &mut loaded.diagnostics);
    }
    loaded
}

fn make(world: &dyn World, path: &Path, wish: UnitsWish, factor: &str, theme: &str, options: CardOptions) -> Made {
    let loaded = revised(load::load(world, &[path.to_owned()]), wish, factor);
    lay_out(world, loaded, built_in(theme), CardJob::new(options))
}

fn card(yaml: &str, wish: UnitsWish, factor: &str) -> Made {
    make(&Memory::new([("dish.yaml", yaml)]), Path::new("dish.yaml"), wish, factor, "classic", options("5x8"))
}

#[test]
fn samples_in_other_units_in_every_theme() {
    for theme in THEMES {
        for (size, wish, factor) in
            [("5x8", BOTH, "1"), ("4x6", BOTH, "1"), ("a4", BOTH, "2"), ("3x5", one(System::Us), "1/2")]
        {
            let made = make(&Disk, &samples(), wish, factor, theme, options(size));
            let what = format!("{theme} {size} {wish:?} × {factor}");
            assert_eq!(all_faults(&made, &what), Vec::<String>::new());
            assert_eq!(crate::pages::lost(&made, &what), Vec::<String>::new());
            if size == "5x8" {
                assert_eq!(crate::pdf::objections(&pdf(&made)), Vec::<String>::new(), "{what}");
            }
        }
    }
}

#[test]
fn golden_pictures_of_units() {
    let lying = CardOptions { orientation: Some(Orientation::Landscape), ..options("5x8") };
    let loaf =
        |theme, options| make(&Memory::new([("dish.yaml", LOAF)]), Path::new("dish.yaml"), BOTH, "1", theme, options);
    let files = [
        ("units-classic.png", loaf("classic", options("5x8"))),
        ("units-modern.png", loaf("modern", options("a5"))),
        ("units-mono.png", loaf("mono", lying)),
        ("units-narrow.png", loaf("classic", CardOptions::new(CardSize::parse("4x6").expect("a size")))),
    ];
    let wrong: Vec<&str> =
        files.iter().filter(|(name, made)| crate::golden::differs(name, pdf(made))).map(|(n, _)| *n).collect();
    assert!(wrong.is_empty(), "pages look different, see target/golden: {wrong:?}");
}

#[test]
fn a_recipe_in_two_systems() {
    let made = card(LOAF, BOTH, "1");
    assert_eq!(made.diagnostics, []);
    let printed = text(&made.finished[0]);
    for words in [
        "METRICUS",
        "250g2cupsplainflour",
        "115g½cupbutter,1stick,soft",
        "400g14ozripebananas",
        "2tspbakingpowder",
        "OVEN180°CFAN160°CUS350°FGAS4",
        "180°C(fan160,350°F,gas4).Linethetin",
        "to96°C(205°F)inside",
    ] {
        assert!(printed.contains(words), "{words}: {printed}");
    }
}

#[test]
fn a_recipe_in_grams() {
    let made = card(CAKE, one(System::Metric), "1");
    let printed = text(&made.finished[0]);
    for words in [
        "250gall-purposeflour",
        "350gsugar",
        "115gbutter,melted",
        "1–2tbspinstantespresso",
        "450gstrawberries",
        "950mlcoldwater",
        "1cup(240ml)+2tbspcream",
        "to350°F(180°C).Whisk1cup(125g)oftheflourwith½cup(100g)sugar.",
        "350°F(180°C).",
        "9×13inch(23×33cm)pan",
    ] {
        assert!(printed.contains(words), "{words}: {printed}");
    }
    // the author's own grams were taken, so there is no note left of them
    assert!(!printed.contains("flour,"), "{printed}");
}

#[test]
fn scaled_first_then_converted() {
    let made = card(CAKE, one(System::Metric), "2");
    let printed = text(&made.finished[0]);
    // the note is the original recipe's
    for words in ["500gall-purposeflour,250g*", "700gsugar", "Whisk1cup(125g)", "*Asintheoriginalrecipe"] {
        assert!(printed.contains(words), "{words}: {printed}");
    }
}

/// As written is as written, to the byte.
#[test]
fn nothing_changes_unless_it_is_asked_for() {
    let path = samples().join("sunday-lasagne.yaml");
    let plain = lay_out(
        &Disk,
        load::load(&Disk, std::slice::from_ref(&path)),
        built_in("classic"),
        CardJob::new(options("5x8")),
    );
    let made = make(&Disk, &path, UnitsWish::default(), "1", "classic", options("5x8"));
    assert!(pdf(&plain) == pdf(&made));
}

#[test]
fn cups_that_nobody_knows_are_told() {
    let yaml = "title: Kuchen\nlanguage: de\ningredients: [2 Tassen Mehl, 250 ml Milch, 3 Eier]\nsteps: [Im Ofen bei 180 °C backen.]\n";
    let made = card(yaml, one(System::Metric), "1");
    let told: Vec<&str> = made.diagnostics.iter().map(|d| d.code).collect();
    assert_eq!(told, ["not-converted"]);
    assert!(text(&made.finished[0]).contains("2TassenMehl"));
}
