use super::*;
use crate::locale::{Lang, locale};
use crate::recipe::resolve;
use crate::source::{FileId, Source};
use proptest::prelude::*;

/// What each step uses, a line a step.
fn show(lang: &str, yaml: &str) -> String {
    let source = Source::new("t.yaml", yaml);
    let recipe = resolve(FileId(0), &source, "t", &Lang::parse(lang).unwrap());
    let recipe = recipe.value.unwrap_or_else(|| panic!("{:?}", recipe.diagnostics));
    let locale = locale(&recipe.lang);
    let items: Vec<&Ingredient> = recipe.all_ingredients().collect();
    let one = |u: &Use| {
        let i = items[u.ingredient];
        let given = i.amount.as_ref().map(|a| match a {
            Amount::Measured(m) => (m.show(locale), i.unit.clone()),
            Amount::Words(w) => (w.clone(), i.unit.clone()),
        });
        let amount = u.amount.as_ref().map(|(m, unit)| (m.show(locale), unit.clone())).or(given);
        let unit = amount.as_ref().and_then(|(_, u)| u.as_ref()).map(|u| u.show(None, locale)).unwrap_or_default();
        [amount.map(|(a, _)| a).unwrap_or_default(), unit, i.item.trimmed().to_owned()]
            .into_iter()
            .filter(|p| !p.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    };
    let line = |(n, uses): (usize, &Vec<Use>)| {
        format!("{}: {}", n + 1, uses.iter().map(one).collect::<Vec<_>>().join(", ")).trim_end().to_owned()
    };
    of(&recipe).iter().enumerate().map(line).collect::<Vec<_>>().join("\n")
}

/// A recipe of one list and one step a line.
fn simple(lang: &str, list: &str, steps: &[&str]) -> String {
    let list: String = list.split(" | ").map(|l| format!("  - {l}\n")).collect();
    let steps: String = steps.iter().map(|s| format!("  - \"{s}\"\n")).collect();
    show(lang, &format!("title: T\ningredients:\n{list}steps:\n{steps}"))
}

#[test]
fn the_first_step_that_uses_it() {
    let list = "600 g pork shoulder, in 2 cm pieces | 60 g palm sugar | 4 shallots, sliced | oil";
    let steps = ["Heat the oil and brown the pork.", "Stir in the sugar and shallots.", "Return the pork. Serve."];
    assert_eq!(simple("en", list, &steps), "1: 600 g pork shoulder, oil\n2: 60 g palm sugar, 4 shallots\n3:");
}

#[test]
fn shared_out_among_steps() {
    let list = "2 tsp black peppercorns | 1 1/2 tsp fine salt | 4 eggs | 200 g butter";
    let steps = [
        "Toss with half the peppercorns and ½ tsp of the salt. Crack 2 eggs into it.",
        "Melt a little of the butter. Add the rest of the eggs.",
        "Add the remaining peppercorns, the remaining salt and the rest of the butter.",
    ];
    assert_eq!(
        simple("en", list, &steps),
        "1: 1 tsp black peppercorns, ½ tsp fine salt, 2 eggs\n2: 2 eggs\n3: 1 tsp black peppercorns, 1 tsp fine salt"
    );
}

#[test]
fn nothing_when_it_is_not_sure() {
    // one of two onions, a vinegar that is no rice, a verb, a dish without
    let list = "1 red onion | 1 white onion | 200 g rice | 30 g butter | 2 garlic cloves";
    let steps = [
        "Fry the onion.",
        "Add the rice vinegar. Butter the dish.",
        "Serve it without the garlic, or with two cloves.",
    ];
    assert_eq!(simple("en", list, &steps), "1:\n2:\n3:");
    // more than the list gives
    let list = "3 tbsp oil";
    assert_eq!(simple("en", list, &["Heat the oil.", "Add a little more oil."]), "1:\n2:");
    let steps = ["Heat the oil.", "Add a little more oil if it sticks; shake off any excess oil."];
    assert_eq!(simple("en", list, &steps), "1: 3 tbsp oil\n2:");
}

#[test]
fn the_longest_name_wins() {
    let list = "400 ml coconut milk | 200 ml milk | 1 lime | 2 tbsp lime juice | 500 g beef mince | 250 g pork mince | 300 ml beef stock";
    let steps = ["Add the milk.", "Add the coconut milk and stock.", "Add the beef mince and pork mince."];
    assert_eq!(
        simple("en", list, &steps),
        "1: 200 ml milk\n2: 400 ml coconut milk, 300 ml beef stock\n3: 500 g beef mince, 250 g pork mince"
    );
}

#[test]
fn what_the_recipe_says_wins() {
    let yaml = "title: T\ningredients: [2 eggs, 100 g sugar, 50 g flour]\nsteps:\n  - { text: Beat the eggs., uses: [sugar, flour] }\n  - Fold in the eggs and the flour.\n";
    assert_eq!(show("en", yaml), "1: 100 g sugar, 50 g flour\n2: 2 eggs");
}

#[test]
fn groups_and_all_that_is_left() {
    let yaml = "title: T\ningredients:\n  - group: For the marinade\n    items: [1 tsp sugar, 2 tbsp soy sauce]\n  - group: Stew\n    items: [1 kg carrots, 1 tsp sugar]\nsteps:\n  - Stir the marinade together.\n  - Cook the carrots with the sugar.\n";
    assert_eq!(show("en", yaml), "1: 1 tsp sugar, 2 tbsp soy sauce\n2: 1 kg carrots, 1 tsp sugar");
    let steps = ["Brown the beef.", "Add all the remaining ingredients and simmer.", "Scatter over the parsley."];
    let list = "500 g beef | 2 carrots | 1 litre water | 10 g parsley";
    assert_eq!(simple("en", list, &steps), "1: 500 g beef\n2: 2 carrots, 1 litre water\n3: 10 g parsley");
    assert_eq!(simple("en", "2 eggs | 100 g flour", &["Mix all the ingredients."]), "1: 2 eggs, 100 g flour");
    assert_eq!(simple("en", "2 eggs | 100 g flour", &["Mix everything."]), "1:");
}

#[test]
fn other_languages() {
    let fr = [
        "Beurrez les ramequins.",
        "Faites mousser le beurre, ajoutez les champignons et la moitié du sel.",
        "Ajoutez l'ail, le reste du sel et l'huile d'olive.",
    ];
    assert_eq!(
        simple(
            "fr",
            "20 g de beurre | 300 g de champignons de Paris, émincés | 1 c. à c. de sel | 1 gousse d'ail | 100 g d'olives",
            &fr
        ),
        "1:\n2: 20 g beurre, 300 g champignons de Paris, ½ c.\u{202f}à\u{202f}c. sel\n3: ½ c.\u{202f}à\u{202f}c. sel, 1 gousse ail"
    );
    let ru = ["Вмешайте яйцо и сахар, всыпьте 60 г муки.", "Обваляйте в муке. Добавьте ванильный сахар."];
    assert_eq!(
        simple("ru", "1 яйцо | 2 ст. л. сахара | 1 ч. л. ванильного сахара | 60 г пшеничной муки | 3 ст. л. муки", &ru),
        "1: 1 яйцо, 2 ст.\u{202f}л. сахара, 60 г пшеничной муки\n2: 1 ч.\u{202f}л. ванильного сахара, 3 ст.\u{202f}л. муки"
    );
    let de = ["Die Hälfte der Butter schmelzen.", "Eier und Mehl unterrühren, dann die restliche Butter."];
    assert_eq!(
        simple("de", "100 g Butter | 3 Eier | 250 g Mehl", &de),
        "1: 50 g Butter\n2: 50 g Butter, 3 Eier, 250 g Mehl"
    );
    let el = ["Σοτάρουμε το κρεμμύδι και το σπανάκι.", "Ρίχνουμε το ρύζι."];
    assert_eq!(simple("el", "1 κιλό σπανάκι | 1 ξερό κρεμμύδι | 200 γρ. ρύζι", &el).lines().count(), 2);
    let vi = ["Trộn thịt với nước mắm và 1 muỗng canh đường.", "Thêm nước dừa."];
    assert_eq!(
        simple("vi", "1 kg thịt ba rọi | 4 muỗng canh nước mắm | 1 muỗng canh đường cát | 1 lít nước dừa tươi", &vi),
        "1: 1 kg thịt ba rọi, 4 muỗng\u{a0}canh nước mắm, 1 muỗng\u{a0}canh đường cát\n2: 1 lít nước dừa tươi"
    );
    assert_eq!(
        simple("ja", "しょうゆ 大さじ2 | 鶏もも肉 300g", &["鶏もも肉を焼く。", "しょうゆを加える。"]),
        "1: 300g 鶏もも肉\n2: 大さじ2 しょうゆ"
    );
}

#[test]
fn the_samples() {
    let all = [
        include_str!("../../recipes/vietnamese-caramelised-pork-mince-stir-fry.yaml"),
        include_str!("../../recipes/lemongrass-chicken-and-coconut-rice.yaml"),
        include_str!("../../recipes/sunday-lasagne.yaml"),
        include_str!("../../recipes/roast-carrot-soup.yaml"),
        include_str!("../../recipes/ginger-lime-relish.yaml"),
        include_str!("../../recipes/nuoc-cham.yaml"),
        include_str!("../../recipes/oeufs-cocotte-aux-champignons.yaml"),
        include_str!("../../recipes/spanakoryzo.yaml"),
        include_str!("../../recipes/syrniki.yaml"),
        include_str!("../../recipes/thit-kho-trung.yaml"),
    ];
    let shown: Vec<String> = all
        .iter()
        .map(|yaml| {
            let title = yaml.lines().find(|l| l.starts_with("title:")).unwrap_or_default();
            format!("{title}\n{}\n", show("en", yaml))
        })
        .collect();
    insta::assert_snapshot!(shown.join("\n"));
}

#[test]
fn compounds_and_the_own_name_use_nothing_else() {
    let list = "200 g butter | 100 g brown sugar | 2 tsp cinnamon | 80 g sugar | 300 g mushrooms | 1 bell pepper";
    let yaml = |steps: &str| {
        let list: String = list.split(" | ").map(|l| format!("  - {l}\n")).collect();
        format!("title: Roasted Pepper and Mushroom Pizza\ningredients:\n{list}steps:\n{steps}")
    };
    let steps = "  - To begin the roasted pepper and mushroom pizza, heat the oven.\n  - Make the cinnamon sugar butter.\n  - Slice the mushrooms.\n";
    assert_eq!(show("en", &yaml(steps)), "1:\n2: 200 g butter\n3: 300 g mushrooms");
}

#[test]
fn names_behind_a_comma() {
    let list = "4 boneless, skinless chicken breasts, about 1½ pounds | 1 stalk celery, chopped";
    assert_eq!(
        simple("en", list, &["Brown the chicken breasts with the celery."]),
        "1: 4 boneless, skinless chicken breasts, 1 stalk celery"
    );
}

proptest! {
    #[test]
    fn texts_in_lower_case(text in "[a-zA-Z éÀΣςσİKЖ’\n]{0,40}") {
        let mut out = "x".to_owned();
        push_lower(&text, &mut out);
        prop_assert_eq!(out, format!("x{}\n", text.to_lowercase()));
    }
}
