//! A recipe as data (schema.org/Recipe, JSON-LD), so that a recipe manager can take a chapter in again.
//!
//! It says what the chapter says and no more: no sum of times, no guess of a diet. Texts are those of the chapter, without the spaces
//! and fractions that only print needs.

use super::picture_name;
use crate::content::{Content, Item, StepContent};
use crate::locale::Label;
use crate::markdown;
use crate::quantity::{Amount, Time};
use crate::recipe::{Recipe, Text, TimeKind, Yield};
use crate::rich::Rich;
use serde_json::{Map, Value, json};

/// The recipe as JSON, fit for a script element of an XHTML page.
pub(super) fn json(recipe: &Recipe, c: &Content, with_pictures: bool) -> String {
    let mut out = Map::new();
    let mut put = |key: &str, value: Value| {
        let empty = match &value {
            Value::Null => true,
            Value::String(s) => s.is_empty(),
            Value::Array(a) => a.is_empty(),
            _ => false,
        };
        if !empty {
            out.insert(key.to_owned(), value);
        }
    };
    put("@context", "https://schema.org".into());
    put("@type", "Recipe".into());
    put("name", plain(&c.title));
    put("alternateName", c.native_title.as_ref().map_or(Value::Null, |(t, _)| plain(t)));
    put("inLanguage", c.lang.as_str().into());
    put("description", prose(&markdown::paragraphs(&c.summary)));
    put("author", c.author.as_ref().map_or(Value::Null, |a| json!({ "@type": "Person", "name": plain(a) })));
    put("isBasedOn", recipe.source.as_ref().and_then(|s| s.url.as_ref()).map_or(Value::Null, |u| u.trimmed().into()));
    if with_pictures && recipe.photo.is_some() {
        put("image", picture_name(&c.slug, None).into());
    }
    put("recipeCuisine", joined(&recipe.cuisine));
    put("recipeCategory", joined(&recipe.course));
    put("keywords", joined(&recipe.tags));
    put("suitableForDiet", recipe.diets.iter().filter_map(|d| diet(d.trimmed())).collect());
    put("recipeYield", recipe.yields.as_ref().map_or(Value::Null, |y| yields(y, c)));
    for (key, labels) in TIMES {
        put(key, duration(recipe, labels));
    }
    put("recipeIngredient", c.ingredients.iter().flat_map(|g| &g.items).map(ingredient).collect());
    put("recipeInstructions", instructions(c));
    put("nutrition", nutrition(recipe));
    // what an XHTML page may not hold in text stands for itself in JSON
    let text = Value::Object(out).to_string();
    text.replace('&', "\\u0026").replace('<', "\\u003c").replace('>', "\\u003e")
}

/// Times that schema.org knows, and ours that mean the same. One that a recipe gives in two parts is left out: no time is added up.
const TIMES: [(&str, &[Label]); 3] =
    [("prepTime", &[Label::Prep]), ("cookTime", &[Label::Cook, Label::Bake]), ("totalTime", &[Label::Total])];

fn duration(recipe: &Recipe, labels: &[Label]) -> Value {
    let mut found = recipe.times.iter().filter(|t| labels.iter().any(|l| t.kind == TimeKind::Known(*l)));
    let (Some(first), None) = (found.next(), found.next()) else { return Value::Null };
    match &first.time {
        // of a range the longer end: the dish is done by then
        Time::Measured { duration, .. } => iso(duration.to.unwrap_or(duration.from)).into(),
        Time::Words(_) => Value::Null,
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
    for c in text.chars() {
        match c {
            '\u{a0}' | '\u{202f}' | '\u{2009}' | '\u{2028}' | '\n' | '\t' => out.push(' '),
            '\u{2044}' => out.push('/'),
            '\u{2060}' | '\u{ad}' | '\u{2066}'..='\u{2069}' | '\u{200b}' => {}
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => out.push(c),
        }
    }
    out
}

fn plain(rich: &Rich) -> Value {
    bare(&rich.text).into()
}

fn prose(paragraphs: &[Rich]) -> Value {
    paragraphs.iter().map(|p| bare(&p.text)).collect::<Vec<_>>().join("\n").into()
}

fn joined(texts: &[Text]) -> Value {
    texts.iter().map(|t| bare(t.trimmed())).collect::<Vec<_>>().join(", ").into()
}

fn yields(y: &Yield, c: &Content) -> Value {
    let amount = y.amount.as_ref().map(|a| match a {
        Amount::Measured(m) => m.show(c.locale),
        Amount::Words(w) => w.clone(),
    });
    let parts: Vec<String> = amount.into_iter().chain(y.of.as_ref().map(|t| t.trimmed().to_owned())).collect();
    bare(&parts.join(" ")).into()
}

fn ingredient(item: &Item) -> Value {
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
        out += &format!(", {}", note.text);
    }
    bare(&out).into()
}

fn instructions(c: &Content) -> Value {
    let step = |s: &StepContent| {
        let paragraphs: Vec<String> = s.paragraphs(c.locale, [true, true]).iter().map(|p| bare(&p.text)).collect();
        let mut out = Map::new();
        out.insert("@type".into(), "HowToStep".into());
        if let Some(title) = &s.title {
            out.insert("name".into(), plain(title));
        }
        out.insert("text".into(), paragraphs.join("\n").into());
        Value::Object(out)
    };
    let mut out = Vec::new();
    for group in c.steps.iter().filter(|g| !g.items.is_empty()) {
        let steps: Vec<Value> = group.items.iter().map(step).collect();
        match &group.name {
            Some(name) => {
                out.push(json!({ "@type": "HowToSection", "name": plain(name), "itemListElement": steps }));
            }
            None => out.extend(steps),
        }
    }
    out.into()
}

/// Diets that schema.org has a name for, by the words that people write.
fn diet(word: &str) -> Option<Value> {
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
    Some(format!("https://schema.org/{name}").into())
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
