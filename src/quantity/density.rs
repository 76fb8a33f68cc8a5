//! What a cup of a food weighs, read from `templates/densities.toml`.

use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

/// A food that goes from volume to mass and back.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Food {
    /// Grams in a level cup of the United States.
    pub cup: f64,
    /// What a stick of it weighs in grams, where it is sold in sticks.
    pub stick: Option<f64>,
    /// Whether metric kitchens pour it.
    #[serde(default)]
    pub liquid: bool,
    /// Whether kitchens in the United States weigh it as often as they measure it in cups.
    #[serde(default)]
    pub weighed: bool,
    /// Which food the figure was measured with.
    pub source: String,
    names: BTreeMap<String, Vec<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    beside: BTreeMap<String, BTreeSet<String>>,
    food: Vec<Food>,
}

struct Table {
    beside: BTreeMap<String, BTreeSet<String>>,
    food: Vec<Food>,
    /// By language and name.
    names: BTreeMap<(String, String), usize>,
    longest: usize,
}

fn table() -> &'static Table {
    static PARSED: OnceLock<Table> = OnceLock::new();
    PARSED.get_or_init(|| {
        // the file is part of the program; a test reads it
        let file: File = toml::from_str(include_str!("../../templates/densities.toml"))
            .unwrap_or_else(|e| panic!("templates/densities.toml: {e}"));
        let mut names = BTreeMap::new();
        for (i, food) in file.food.iter().enumerate() {
            for (lang, all) in &food.names {
                names.extend(all.iter().map(|name| ((lang.clone(), name.clone()), i)));
            }
        }
        let longest = names.keys().map(|(_, n)| n.split(' ').count()).max().unwrap_or(1);
        Table { beside: file.beside, food: file.food, names, longest }
    })
}

/// The food that an ingredient is, by its name in a language (a primary subtag); `None` when it is none that is known for sure.
pub(super) fn food(item: &str, language: &str) -> Option<&'static Food> {
    let t = table();
    let whole = item.split([',', ';', '(', '（']).next().unwrap_or_default().to_lowercase();
    let words: Vec<&str> = whole.split_whitespace().collect();
    let beside = |w: &&str| t.beside.get(language).is_some_and(|b| b.contains(*w));
    // the longest name wins; what is around it must say nothing of what it is
    for length in (1..=t.longest.min(words.len())).rev() {
        for (i, run) in words.windows(length).enumerate() {
            let key = (language.to_owned(), run.join(" "));
            if let Some(food) = t.names.get(&key)
                && words[..i].iter().chain(&words[i + length..]).all(beside)
            {
                return Some(&t.food[*food]);
            }
        }
    }
    None
}

/// The food that a text begins with, as a step names it after an amount: "of the flour, sifted".
pub(super) fn leading_food(text: &str, language: &str) -> Option<&'static Food> {
    let end = text.find(['.', ',', ';', ':', '(', ')']).unwrap_or(text.len());
    let words: Vec<&str> = text[..end].split_whitespace().take(6).collect();
    // as few words as make a name, unless one more makes a longer one
    let found = |n: usize| food(&words[..n].join(" "), language);
    let last = (1..=words.len()).rev().find(|n| found(*n).is_some())?;
    // "flour tortillas": what goes on in small words may be the rest of a name, unless it is a word that begins something else
    let next = words.get(last).copied().unwrap_or_default();
    let goes_on = next.chars().next().is_some_and(char::is_alphabetic) && !breaks(next, language);
    if goes_on { None } else { found(last) }
}

/// Words after a name with which it ends.
fn breaks(word: &str, language: &str) -> bool {
    crate::locale::Lang::parse(language).is_ok_and(|l| {
        let locale = crate::locale::locale(&l);
        let word = word.to_lowercase();
        locale.loose_ends.contains(&word) || word == locale.label(crate::locale::Label::And)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_sound() {
        let t = table();
        for food in &t.food {
            assert!((40.0..400.0).contains(&food.cup), "{}: {}", food.source, food.cup);
            assert!(!food.names.is_empty() && !food.source.is_empty());
        }
        let all: usize = t.food.iter().flat_map(|f| f.names.values()).map(Vec::len).sum();
        assert_eq!(all, t.names.len(), "a name stands for two foods");
        for (lang, name) in t.names.keys() {
            assert_eq!(*name, name.to_lowercase(), "{lang}");
            assert!(crate::locale::is_known(&crate::locale::Lang::parse(lang).unwrap()), "{lang}");
        }
    }

    #[test]
    fn only_what_is_known_for_sure() {
        for (item, cup) in [
            ("plain flour", Some(125.0)),
            ("Flour", Some(125.0)),
            ("unsalted butter, soft", Some(227.0)),
            ("soft light brown sugar", Some(220.0)),
            ("strong white bread flour", Some(137.0)),
            ("cold whole milk", Some(244.0)),
            ("peanut butter", Some(258.0)),
            ("rice vinegar", None),
            ("almond flour", None),
            ("apple butter", None),
            ("flour tortillas", None),
            ("butter lettuce", None),
            ("sugar snap peas", None),
            ("coconut milk", None),
            ("walnuts", None),
            ("kosher salt", None),
        ] {
            assert_eq!(food(item, "en").map(|f| f.cup), cup, "{item}");
        }
        assert_eq!(food("beurre doux", "fr").map(|f| f.cup), Some(227.0));
        assert_eq!(food("flour", "fr").map(|f| f.cup), None);
    }

    #[test]
    fn foods_in_steps() {
        let cup = |t: &str| leading_food(t, "en").map(|f| f.cup);
        assert_eq!(cup("of the flour and stir"), Some(125.0));
        assert_eq!(cup("flour, then"), Some(125.0));
        assert_eq!(cup("brown sugar."), Some(220.0));
        assert_eq!(cup("flour tortillas"), None);
        assert_eq!(cup("stock"), None);
    }
}
