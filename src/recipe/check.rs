//! What looks wrong to a cook: warnings about a recipe that can be printed all the same.

use super::{Ingredient, Recipe, Step, TimeKind};
use crate::diag::{Diagnostic, Place};
use crate::locale::{Label, locale};
use crate::markdown;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

/// Words about food in a language.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Foods {
    everything: Vec<String>,
    serving: Vec<String>,
    generic: Vec<String>,
    foods: Vec<String>,
    /// Turns of phrase that name a food and mean none.
    #[serde(default)]
    idioms: Vec<String>,
    /// A general word, with words of ingredients that it may stand for.
    #[serde(default)]
    kinds: BTreeMap<String, Vec<String>>,
}

fn foods(lang: &str) -> &'static Foods {
    static ALL: OnceLock<(BTreeMap<String, Foods>, Foods)> = OnceLock::new();
    let (all, none) = ALL.get_or_init(|| {
        let parsed = toml::from_str(include_str!("../../templates/foods.toml"));
        // the file is part of the program; a test reads it
        (parsed.unwrap_or_else(|e| panic!("templates/foods.toml: {e}")), Foods::default())
    });
    all.get(lang).unwrap_or(none)
}

/// All warnings about a recipe.
pub fn check(recipe: &Recipe) -> Vec<Diagnostic> {
    let mut out = Vec::new();
    let words = foods(recipe.lang.primary());
    let steps: Vec<StepWords> = recipe.all_steps().map(|s| StepWords::new(s, words)).collect();
    unused(recipe, &steps, words, &mut out);
    unlisted(recipe, &steps, words, &mut out);
    times(recipe, &mut out);
    photos(recipe, &mut out);
    out
}

/// The words of a step, from its text and from its card wording.
struct StepWords<'a> {
    step: &'a Step,
    sentences: Vec<String>,
    stems: Vec<Stem>,
    /// The words of what it is said to use.
    uses: Vec<Stem>,
    /// Whether it takes all there is.
    everything: bool,
    /// The words of sentences that tell how to cook and not how to serve, without idioms.
    cooked: BTreeSet<String>,
}

impl<'a> StepWords<'a> {
    fn new(step: &'a Step, words: &Foods) -> Self {
        let prose = [&step.text, &step.card].into_iter().flatten();
        let mut text: Vec<String> = prose.flat_map(|p| markdown::paragraphs(&p.blocks)).map(|r| r.text).collect();
        text.extend(step.title.iter().map(|t| t.value.clone()));
        let lower = text.join(". ").to_lowercase();
        let sentences: Vec<String> = lower.split(['.', ';', '!', '。']).map(str::to_owned).collect();
        let says = |phrase: &String| sentences.iter().any(|s| s.contains(phrase.as_str()));
        let serves = |sentence: &String| words.serving.iter().any(|w| sentence.contains(w.as_str()));
        let without =
            |s: String, idiom: &String| if s.contains(idiom.as_str()) { s.replace(idiom.as_str(), " ") } else { s };
        let plain = |sentence: &String| tokens(&words.idioms.iter().fold(sentence.clone(), without));
        StepWords {
            step,
            stems: stems(&lower),
            uses: step.uses.iter().flat_map(|u| stems(&u.value)).collect(),
            everything: words.everything.iter().any(says),
            cooked: sentences.iter().filter(|s| !serves(s)).flat_map(plain).collect(),
            sentences,
        }
    }

    fn says(&self, phrase: &str) -> bool {
        self.sentences.iter().any(|s| s.contains(phrase))
    }
}

fn tokens(text: &str) -> Vec<String> {
    text.to_lowercase()
        .split(|c: char| !(c.is_alphanumeric() || c == '\u{301}'))
        .filter(|w| !w.is_empty())
        .map(str::to_owned)
        .collect()
}

/// A word as it is compared: its letters, without an accent that moves and with the singular's ending.
struct Stem(Vec<char>);

impl Stem {
    fn new(word: &str) -> Stem {
        let (word, ending) = word.strip_suffix("ies").map_or((word, ""), |s| (s, "y"));
        Stem(word.chars().chain(ending.chars()).map(plain).collect())
    }

    /// Whether two words are forms of one: they share their beginning and differ in a short ending.
    fn akin(&self, other: &Stem) -> bool {
        let (a, b) = (&self.0, &other.0);
        let common = a.iter().zip(b).take_while(|(x, y)| x == y).count();
        let long = a.len().max(b.len());
        common == long || common >= 3 && long - common <= 3 && common * 3 >= long * 2
    }
}

fn stems(text: &str) -> Vec<Stem> {
    tokens(text).iter().map(|t| Stem::new(t)).collect()
}

/// Greek and Russian forms move their accents.
fn plain(c: char) -> char {
    match c {
        'ά' => 'α',
        'έ' => 'ε',
        'ή' => 'η',
        'ί' | 'ϊ' => 'ι',
        'ό' => 'ο',
        'ύ' => 'υ',
        'ώ' => 'ω',
        'ς' => 'σ',
        'ё' => 'е',
        other => other,
    }
}

/// What steps may call an ingredient or a group.
struct Name {
    /// Its words that tell something.
    telling: Vec<Stem>,
    /// All of it in lower case, in scripts that set no spaces and so have no words to compare.
    unspaced: Option<String>,
}

impl Name {
    fn new(text: &str, words: &Foods) -> Name {
        let telling = tokens(text).into_iter().filter(|t| !words.generic.contains(t)).map(|t| Stem::new(&t)).collect();
        let unspaced = (!text.is_ascii() && text.chars().count() >= 2).then(|| text.to_lowercase());
        Name { telling, unspaced }
    }

    fn is_in(&self, step: &StepWords<'_>) -> bool {
        self.unspaced.as_ref().is_some_and(|whole| step.says(whole))
            || self.telling.iter().any(|t| step.stems.iter().any(|w| t.akin(w)))
    }
}

/// Whether some step names the ingredient, its group, or everything.
fn is_used(ingredient: &Ingredient, group: Option<&Name>, steps: &[StepWords<'_>], words: &Foods) -> bool {
    let item = &ingredient.item.value;
    let names: Vec<Name> = [Some(item), ingredient.or.as_ref().map(|o| &o.value)]
        .into_iter()
        .flatten()
        .map(|n| Name::new(n, words))
        .collect();
    let all = stems(item);
    steps.iter().any(|s| {
        s.everything
            || names.iter().chain(group).any(|n| n.is_in(s))
            || s.uses.iter().any(|u| all.iter().any(|w| u.akin(w)))
    })
}

fn unused(recipe: &Recipe, steps: &[StepWords<'_>], words: &Foods, out: &mut Vec<Diagnostic>) {
    if steps.is_empty() || crate::locale::Lang::is_cjk(&recipe.lang) {
        return;
    }
    for group in &recipe.ingredients {
        let name = group.name.as_ref().map(|g| Name::new(&g.value, words));
        for ingredient in group.items.iter().filter(|i| !is_used(i, name.as_ref(), steps, words)) {
            let message = format!("no step uses `{}`", ingredient.item.trimmed());
            let place = Place::Within(ingredient.at, ingredient.item.trimmed().to_owned());
            let hint = "name it in the step that needs it, or list it under the step's `uses:`";
            out.push(Diagnostic::warning("unused-ingredient", message).place(recipe.file, place).hint(hint));
        }
    }
}

fn unlisted(recipe: &Recipe, steps: &[StepWords<'_>], words: &Foods, out: &mut Vec<Diagnostic>) {
    let mut listed: Vec<Stem> = Vec::new();
    for group in &recipe.ingredients {
        listed.extend(group.name.iter().flat_map(|n| stems(&n.value)));
        for i in &group.items {
            let texts = [Some(&i.item), i.note.as_ref(), i.or.as_ref(), i.recipe.as_ref()];
            listed.extend(texts.into_iter().flatten().flat_map(|t| stems(&t.value)));
            listed.extend(i.unit.iter().flat_map(|u| stems(&u.written)));
        }
    }
    listed.extend(stems(&recipe.title.value));
    let is_listed = |word: &str| {
        let word = Stem::new(word);
        listed.iter().any(|l| l.akin(&word))
    };
    let foods: Vec<(&String, String)> = words.foods.iter().map(|f| (f, f.to_lowercase())).collect();
    let mut told: Vec<&str> = Vec::new();
    for s in steps {
        for (food, lower) in &foods {
            let kinds = || words.kinds.get(lower).into_iter().flatten();
            if s.cooked.contains(lower)
                && !told.contains(&food.as_str())
                && !is_listed(lower)
                && !kinds().any(|k| is_listed(k))
            {
                told.push(food);
                let message = format!("this step names `{food}`, which is not among the ingredients");
                let at = s.step.text.as_ref().or(s.step.card.as_ref()).map_or(s.step.at, |p| p.at);
                let place = Place::Within(at, (*food).clone());
                out.push(
                    Diagnostic::warning("unlisted-ingredient", message)
                        .place(recipe.file, place)
                        .hint("add it to `ingredients:`, with or without an amount"),
                );
            }
        }
    }
}

/// The total time should be what its parts come to.
fn times(recipe: &Recipe, out: &mut Vec<Diagnostic>) {
    let total = recipe.times.iter().find(|t| t.kind == TimeKind::Known(Label::Total));
    let Some((total, is)) = total.and_then(|t| Some((t, t.time.duration()?))) else { return };
    let parts: Vec<_> =
        recipe.times.iter().filter(|t| !matches!(t.kind, TimeKind::Known(Label::Total | Label::Active))).collect();
    let durations: Vec<_> = parts.iter().filter_map(|t| t.time.duration()).collect();
    if durations.len() != parts.len() || durations.is_empty() {
        return;
    }
    let low: u64 = durations.iter().map(|d| d.from).sum();
    let high: u64 = durations.iter().map(|d| d.upper()).sum();
    let slack = 60;
    let disagrees =
        if parts.len() == 1 { is.upper() + slack < low } else { is.upper() + slack < low || is.from > high + slack };
    if disagrees {
        let l = locale(&recipe.lang);
        let sum = crate::quantity::Duration { from: low, to: (high > low).then_some(high) };
        let message =
            format!("the total time is {}, but its parts come to {}", is.show(l), sum.show(l)).replace('\u{202f}', " ");
        out.push(
            Diagnostic::warning("total-time", message)
                .at(recipe.file, total.at)
                .hint("if some of it runs at the same time, or a part is not given, all is well"),
        );
    }
}

fn photos(recipe: &Recipe, out: &mut Vec<Diagnostic>) {
    let all = recipe.photo.iter().chain(recipe.all_steps().filter_map(|s| s.photo.as_ref()));
    for photo in all.filter(|p| p.alt.is_none()) {
        let file = photo.file.trimmed();
        out.push(
            Diagnostic::warning("no-alternative-text", format!("the photo `{file}` has no alternative text"))
                .at(recipe.file, photo.file.at)
                .hint(format!("say what it shows: photo: {{ file: {file}, alt: … }}")),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::Lang;
    use crate::source::{FileId, Source};

    fn codes(yaml: &str) -> Vec<String> {
        let source = Source::new("t.yaml", yaml);
        let recipe = super::super::resolve(FileId(0), &source, "t", &Lang::default());
        assert!(recipe.diagnostics.is_empty(), "{:?}", recipe.diagnostics);
        check(&recipe.value.unwrap()).into_iter().map(|d| format!("{}: {}", d.code, d.message)).collect()
    }

    #[test]
    fn a_clean_recipe_gets_no_warning() {
        let clean = "title: T\ntimes: { prep: 5 min, cook: 10-15 min, total: 20 min }\ningredients:\n  - 2 eggs\n  - group: For the marinade\n    items: [1 tsp sugar, 1 tbsp oil]\nsteps:\n  - Beat the egg.\n  - Stir the marinade together. Serve over rice.\n";
        assert_eq!(codes(clean), Vec::<String>::new());
    }

    #[test]
    fn slips_are_seen() {
        let slips = "title: T\ntimes: { prep: 5 min, cook: 10 min, total: 1 h }\nphoto: t.jpg\ningredients: [2 eggs, 1 tsp sugar]\nsteps: [Beat the eggs with butter.]\n";
        let found = codes(slips);
        assert_eq!(found.len(), 4, "{found:#?}");
        assert!(found[0].starts_with("unused-ingredient") && found[0].contains("sugar"));
        assert!(found[1].starts_with("unlisted-ingredient") && found[1].contains("butter"));
        assert!(found[2].starts_with("total-time"));
        assert!(found[3].starts_with("no-alternative-text"));
    }

    #[test]
    fn forms_of_words() {
        let akin = |a, b| Stem::new(a).akin(&Stem::new(b));
        for (a, b) in [
            ("eggs", "egg"),
            ("tomatoes", "tomato"),
            ("σπανάκι", "σπανάκια"),
            ("морковь", "моркови"),
            ("berries", "berry"),
        ] {
            assert!(akin(a, b), "{a} {b}");
        }
        for (a, b) in [("rice", "ripe"), ("salt", "salad"), ("oil", "boil")] {
            assert!(!akin(a, b), "{a} {b}");
        }
    }
}
