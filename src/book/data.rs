//! A recipe as data (schema.org/Recipe, JSON-LD), so that a recipe manager can take a chapter in again.
//!
//! It says what the chapter says and no more: no sum of times, no guess of a diet. Texts are those of the chapter, without the spaces
//! and fractions that only print needs.

use super::picture_name;
use crate::bytes::ByteSet;
use crate::content::{Content, Item, StepContent};
use crate::locale::Label;
use crate::markdown;
use crate::quantity::{Amount, Time};
use crate::recipe::{Recipe, Text, TimeKind, Yield};
use crate::rich::Rich;
use serde::Serialize;
use serde_json::{Map, Value};

/// A recipe as schema.org has it, its fields by their names; what is not known is left out.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Data<'a> {
    #[serde(rename = "@context")]
    context: &'a str,
    #[serde(rename = "@type")]
    kind: &'a str,
    #[serde(skip_serializing_if = "String::is_empty")]
    alternate_name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    author: Option<Person>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cook_time: Option<String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    description: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    image: String,
    in_language: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    is_based_on: &'a str,
    #[serde(skip_serializing_if = "String::is_empty")]
    keywords: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    name: String,
    #[serde(skip_serializing_if = "Value::is_null")]
    nutrition: Value,
    #[serde(skip_serializing_if = "Option::is_none")]
    prep_time: Option<String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    recipe_category: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    recipe_cuisine: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    recipe_ingredient: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    recipe_instructions: Vec<Instruction>,
    #[serde(skip_serializing_if = "String::is_empty")]
    recipe_yield: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suitable_for_diet: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    total_time: Option<String>,
}

#[derive(Serialize)]
struct Person {
    #[serde(rename = "@type")]
    kind: &'static str,
    name: String,
}

/// A step, or a section of steps.
#[derive(Serialize)]
#[serde(tag = "@type")]
enum Instruction {
    HowToStep {
        #[serde(skip_serializing_if = "Option::is_none")]
        name: Option<String>,
        text: String,
    },
    HowToSection {
        #[serde(rename = "itemListElement")]
        items: Vec<Instruction>,
        name: String,
    },
}

/// The recipe as JSON, fit for a script element of an XHTML page.
pub(super) fn json(recipe: &Recipe, c: &Content, with_pictures: bool) -> String {
    let pictured = with_pictures && recipe.photo.is_some();
    let data = Data {
        context: "https://schema.org",
        kind: "Recipe",
        alternate_name: c.native_title.as_ref().map(|(t, _)| bare(&t.text)).unwrap_or_default(),
        author: c.author.as_ref().map(|a| Person { kind: "Person", name: bare(&a.text) }),
        cook_time: duration(recipe, &[Label::Cook, Label::Bake]),
        description: prose(&markdown::paragraphs(&c.summary)),
        image: if pictured { picture_name(&c.slug, None) } else { String::new() },
        in_language: c.lang.as_str(),
        is_based_on: recipe.source.as_ref().and_then(|s| s.url.as_ref()).map_or("", |u| u.trimmed()),
        keywords: joined(&recipe.tags),
        name: bare(&c.title.text),
        nutrition: nutrition(recipe),
        prep_time: duration(recipe, &[Label::Prep]),
        recipe_category: joined(&recipe.course),
        recipe_cuisine: joined(&recipe.cuisine),
        recipe_ingredient: c.ingredients.iter().flat_map(|g| &g.items).map(ingredient).collect(),
        recipe_instructions: instructions(c),
        recipe_yield: recipe.yields.as_ref().map(|y| yields(y, c)).unwrap_or_default(),
        suitable_for_diet: recipe.diets.iter().filter_map(|d| diet(d.trimmed())).collect(),
        total_time: duration(recipe, &[Label::Total]),
    };
    // texts and lists of them can always be written
    escaped(&serde_json::to_string(&data).unwrap_or_default())
}

/// What an XHTML page may not hold in text stands for itself in JSON.
fn escaped(json: &str) -> String {
    let mut out = String::with_capacity(json.len() + json.len() / 16);
    let mut from = 0;
    for at in memchr::memchr3_iter(b'&', b'<', b'>', json.as_bytes()) {
        out.push_str(&json[from..at]);
        out.push_str(match json.as_bytes()[at] {
            b'&' => "\\u0026",
            b'<' => "\\u003c",
            _ => "\\u003e",
        });
        from = at + 1;
    }
    out.push_str(&json[from..]);
    out
}

/// A time of these kinds. One that a recipe gives in two parts is left out: no time is added up.
fn duration(recipe: &Recipe, labels: &[Label]) -> Option<String> {
    let mut found = recipe.times.iter().filter(|t| labels.iter().any(|l| t.kind == TimeKind::Known(*l)));
    let (Some(first), None) = (found.next(), found.next()) else { return None };
    match &first.time {
        // of a range the longer end: the dish is done by then
        Time::Measured { duration, .. } => Some(iso(duration.to.unwrap_or(duration.from))),
        Time::Words(_) => None,
    }
}

/// A length of time as ISO 8601 has it.
fn iso(seconds: u64) -> String {
    let (hours, minutes, rest) = (seconds / 3600, seconds % 3600 / 60, seconds % 60);
    let mut out = "PT".to_owned();
    for (n, unit) in [(hours, 'H'), (minutes, 'M'), (rest, 'S')] {
        if n > 0 {
            out += &format!("{n}{unit}");
        }
    }
    if out == "PT" { "PT0M".into() } else { out }
}

/// A text without what is only for the eye: spaces of fixed width, fractions in one character's clothes.
fn bare(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    bare_into(&mut out, text);
    out
}

/// The same, at the end of `out`.
fn bare_into(out: &mut String, text: &str) {
    static OTHERS: ByteSet = ByteSet::of(b"").and_controls().and_beyond_ascii();
    let mut rest = text;
    while let Some(at) = OTHERS.find_rare(rest.as_bytes(), 0) {
        let (plain, other) = rest.split_at(at);
        out.push_str(plain);
        let Some(c) = other.chars().next() else { break };
        match c {
            '\u{a0}' | '\u{202f}' | '\u{2009}' | '\u{2028}' | '\n' | '\t' => out.push(' '),
            '\u{2044}' => out.push('/'),
            '\u{2060}' | '\u{ad}' | '\u{2066}'..='\u{2069}' | '\u{200b}' => {}
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => out.push(c),
        }
        rest = &other[c.len_utf8()..];
    }
    out.push_str(rest);
}

fn prose(paragraphs: &[Rich]) -> String {
    let mut out = String::with_capacity(paragraphs.iter().map(|p| p.text.len() + 1).sum());
    for (n, paragraph) in paragraphs.iter().enumerate() {
        out.push_str(if n > 0 { "\n" } else { "" });
        bare_into(&mut out, &paragraph.text);
    }
    out
}

fn joined(texts: &[Text]) -> String {
    texts.iter().map(|t| bare(t.trimmed())).collect::<Vec<_>>().join(", ")
}

fn yields(y: &Yield, c: &Content) -> String {
    let amount = y.amount.as_ref().map(|a| match a {
        Amount::Measured(m) => m.show(c.locale),
        Amount::Words(w) => w.clone(),
    });
    let parts: Vec<String> = amount.into_iter().chain(y.of.as_ref().map(|t| t.trimmed().to_owned())).collect();
    bare(&parts.join(" "))
}

fn ingredient(item: &Item) -> String {
    let mut out = String::new();
    let also = item.also.as_ref().map(|(n, u)| match u {
        Some(u) => format!("({n} {u})"),
        None => format!("({n})"),
    });
    let amount = [item.number.as_deref(), item.unit.as_deref(), also.as_deref()];
    for part in amount.into_iter().chain([Some(item.name.text.as_str())]).flatten() {
        if !out.is_empty() {
            out.push(' ');
        }
        out += part;
    }
    if let Some(note) = &item.note {
        out += ", ";
        out += &note.text;
    }
    bare(&out)
}

fn instructions(c: &Content) -> Vec<Instruction> {
    let step = |s: &StepContent| Instruction::HowToStep {
        name: s.title.as_ref().map(|t| bare(&t.text)),
        text: prose(&s.paragraphs(c.locale, [true, true])),
    };
    let mut out = Vec::new();
    for group in c.steps.iter().filter(|g| !g.items.is_empty()) {
        let items = group.items.iter().map(step);
        match &group.name {
            Some(name) => out.push(Instruction::HowToSection { items: items.collect(), name: bare(&name.text) }),
            None => out.extend(items),
        }
    }
    out
}

/// Diets that schema.org has a name for, by the words that people write.
fn diet(word: &str) -> Option<String> {
    let folded: String = word.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
    let name = match folded.as_str() {
        "vegan" | "vegane" | "végan" | "végétalien" | "vegano" => "VeganDiet",
        "vegetarian" | "veggie" | "vegetarisch" | "végétarien" | "vegetariano" => "VegetarianDiet",
        "glutenfree" | "glutenfrei" | "sansgluten" | "singluten" | "senzaglutine" => "GlutenFreeDiet",
        "lactosefree" | "lowlactose" | "laktosefrei" | "sanslactose" | "sinlactosa" => "LowLactoseDiet",
        "halal" => "HalalDiet",
        "kosher" | "koscher" | "casher" => "KosherDiet",
        "hindu" => "HinduDiet",
        "diabetic" => "DiabeticDiet",
        "lowcalorie" => "LowCalorieDiet",
        "lowfat" => "LowFatDiet",
        "lowsalt" | "lowsodium" => "LowSaltDiet",
        _ => return None,
    };
    Some(format!("https://schema.org/{name}"))
}

/// Facts that schema.org has a name for.
fn nutrition(recipe: &Recipe) -> Value {
    let Some(given) = &recipe.nutrition else { return Value::Null };
    let mut out = Map::new();
    for (name, value) in &given.facts {
        let key = match name.trimmed().to_lowercase().replace(['_', '-'], " ").as_str() {
            "calories" | "energy" | "kcal" => "calories",
            "carbohydrates" | "carbohydrate" | "carbs" => "carbohydrateContent",
            "cholesterol" => "cholesterolContent",
            "fat" | "total fat" => "fatContent",
            "fiber" | "fibre" => "fiberContent",
            "protein" => "proteinContent",
            "saturated fat" | "saturates" => "saturatedFatContent",
            "sodium" => "sodiumContent",
            "sugar" | "sugars" => "sugarContent",
            "trans fat" => "transFatContent",
            "unsaturated fat" => "unsaturatedFatContent",
            _ => continue,
        };
        out.entry(key).or_insert_with(|| bare(value.trimmed()).into());
    }
    if out.is_empty() {
        return Value::Null;
    }
    if let Some(per) = &given.per {
        out.insert("servingSize".into(), bare(per.trimmed()).into());
    }
    out.insert("@type".into(), "NutritionInformation".into());
    Value::Object(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content;
    use crate::locale::Lang;
    use crate::source::{FileId, Source};
    use crate::typo::Medium;
    use serde_json::json;

    fn data(yaml: &str) -> (String, Value) {
        let recipe = crate::recipe::resolve(FileId(0), &Source::new("a.yaml", yaml), "a", &Lang::default());
        let recipe = recipe.value.expect("a recipe");
        let text = json(&recipe, &content::build(&recipe, Medium::Book), true);
        let value = serde_json::from_str(&text).expect("JSON");
        (text, value)
    }

    #[test]
    fn a_recipe_as_data() {
        let (_, d) = data(
            "title: Rice\nyield: 4 servings\ntimes: { prep: 10 min, cook: 1 h 5 min to 1 h 20 min, bake: 5 min, total: 2 h }\ndiets: [Gluten-free, paleo]\ningredients: ['1 1/2 cups rice, washed']\nsteps:\n  - group: Rice\n    steps: [{ title: Boil, text: Boil it. }]\n",
        );
        assert_eq!(d["prepTime"], "PT10M");
        assert_eq!(d["totalTime"], "PT2H");
        // two times that would have to be added up
        assert_eq!(d["cookTime"], Value::Null);
        assert_eq!(d["suitableForDiet"], json!(["https://schema.org/GlutenFreeDiet"]));
        assert!(d["recipeIngredient"][0].as_str().expect("a line").ends_with("cups rice, washed"));
        assert_eq!(d["recipeInstructions"][0]["itemListElement"][0]["name"], "Boil");
    }

    #[test]
    fn nothing_ends_the_script() {
        let hazard = "title: '</script> ]]> & <b>'\ningredients: [\"salt\\x01\"]\nsteps: ['Stir </script>.']\n";
        let (text, d) = data(hazard);
        assert!(!text.contains(['<', '>', '&']), "{text}");
        assert_eq!(d["name"], "</script> ]]> & <b>");
        assert_eq!(d["recipeIngredient"][0], "salt");
    }

    #[test]
    fn lengths_of_time() {
        assert_eq!(iso(0), "PT0M");
        assert_eq!(iso(5400), "PT1H30M");
        assert_eq!(iso(45), "PT45S");
    }
}
