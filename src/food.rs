//! Words about food, by language: how a name is brought to its base form, what an index sorts it by, and the words of a step that
//! say how much of it is used.
//!
//! The data is `templates/index/*.toml`. A language without a file keeps names as they are written; they are still sorted.

mod initials;
mod known;
mod name;
mod stem;

pub(crate) use initials::Initials;
pub(crate) use known::Known;
pub use name::{Name, Term};
pub(crate) use stem::base;
pub(crate) use stem::tokens_into;
pub use stem::{Token, folded, tokens};

use crate::bytes::ByteSet;
use crate::locale::Lang;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::OnceLock;

macro_rules! files {
    ($($tag:literal),* $(,)?) => {
        const FILES: &[(&str, &str)] = &[$(($tag, include_str!(concat!("../templates/index/", $tag, ".toml")))),*];
    };
}

files![
    "en", "ar", "cs", "da", "de", "el", "es", "fi", "fr", "he", "hu", "it", "ja", "ko", "nb", "nl", "pl", "pt", "ru",
    "sv", "th", "tr", "uk", "vi", "zh",
];

/// Letters of a stem by which a form of a listed word is known.
const LIKELY: usize = 4;

/// A file as it is written. `en.toml` explains every field.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct File {
    articles: Vec<String>,
    letters: String,
    keep_marks: bool,
    endings: Vec<String>,
    min_stem: Option<usize>,
    stop: Vec<String>,
    joins: Vec<String>,
    tails: Vec<String>,
    drop: Vec<String>,
    states: Vec<String>,
    minor: Vec<String>,
    measures: Vec<String>,
    qualifiers: Vec<String>,
    shared: Vec<String>,
    inflected: bool,
    head_first: bool,
    heads: Vec<String>,
    firsts: Vec<String>,
    names: Vec<String>,
    base: BTreeMap<String, String>,
    phrases: BTreeMap<String, String>,
    synonyms: Vec<Vec<String>>,
    derived: Vec<String>,
    linkers: Vec<String>,
    verbs: Vec<String>,
    half: Vec<String>,
    rest: Vec<String>,
    some: Vec<String>,
    not: Vec<String>,
    cond: Vec<String>,
    all: Vec<String>,
    others: Vec<String>,
    allergens: BTreeMap<String, Vec<String>>,
    diets: BTreeMap<String, Vec<String>>,
    foods: BTreeMap<String, Vec<String>>,
}

/// What is known of a language's words about food.
#[derive(Debug, Default)]
pub struct Words {
    /// Words at the beginning of a title that sorting passes over; one that ends in an apostrophe is part of the next word.
    pub articles: Vec<String>,
    /// The letters of the alphabet that a heading may show, in capitals.
    pub letters: Vec<String>,
    /// Entries that no index needs, by key; an entry in one form as key, space and the form's key.
    pub stop: FxHashSet<String>,
    /// Names of one thing; the first is the one to print when a book uses several.
    pub synonyms: Vec<Vec<String>>,
    /// Allergens by what they are: the word to print, then others for it.
    pub allergens: BTreeMap<String, Vec<String>>,
    /// Diets, likewise.
    pub diets: BTreeMap<String, Vec<String>>,
    /// Foods by what they are: the name to print.
    foods: BTreeMap<String, String>,
    /// What a food is, by the key of its name, with a space and the form's key where the form belongs to it.
    food_of: FxHashMap<String, String>,
    /// Phrases that stand for every ingredient, in lower case.
    pub all: Vec<String>,
    /// Phrases that stand for every ingredient not used yet.
    pub others: Vec<String>,
    pub(crate) step: StepWords,
    keep_marks: bool,
    inflected: bool,
    pub(crate) head_first: bool,
    min_stem: usize,
    /// An ending, and what stands in its place; the longest first.
    endings: Vec<(String, String)>,
    /// The bytes that these end with.
    last_bytes: ByteSet,
    changed: initials::Changed,
    base: FxHashMap<String, String>,
    joins: FxHashSet<String>,
    tails: FxHashSet<String>,
    drop: FxHashSet<String>,
    states: FxHashSet<String>,
    /// States that say nothing beside other words of a form.
    minor: FxHashSet<String>,
    measures: FxHashSet<String>,
    /// Words that name nothing alone and take the head of the name beside them.
    qualifiers: FxHashSet<String>,
    /// Heads that a single word beside them takes: "chicken or vegetable *stock*".
    shared: FxHashSet<String>,
    /// By stem.
    heads: FxHashSet<String>,
    firsts: FxHashSet<String>,
    /// The form an index prints, by stem.
    names: FxHashMap<String, String>,
    /// Entry and form, by stems joined with spaces.
    phrases: FxHashMap<String, (String, Option<String>)>,
    longest_phrase: usize,
    kept: known::Kept,
}

/// What a word before a name says of how much is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Says {
    /// None of it.
    Not,
    Half,
    Rest,
    Some,
    /// Nothing.
    Nothing,
}

/// Words of a step around the name of an ingredient, folded.
#[derive(Debug, Default)]
pub(crate) struct StepWords {
    /// Words between an amount and a name, or before a name, that say nothing.
    pub(crate) skip: FxHashSet<String>,
    /// Words that make something else of a name beside them ("rice *vinegar*"), by stem.
    derived: FxHashSet<String>,
    /// How these begin.
    derived_initials: Initials,
    /// Words between such a word and the name ("huile *d'* olive").
    pub(crate) linkers: FxHashSet<String>,
    /// Names that are verbs before an article ("butter the dish").
    pub(crate) verbs: FxHashSet<String>,
    pub(crate) half: FxHashSet<String>,
    pub(crate) rest: FxHashSet<String>,
    pub(crate) some: FxHashSet<String>,
    pub(crate) not: FxHashSet<String>,
    pub(crate) cond: FxHashSet<String>,
    /// What the words of `not`, `half`, `rest`, `some` and `skip` say; the first of these that has the word decides.
    says: FxHashMap<String, Says>,
}

impl StepWords {
    /// What a word before a name says, if it is one of those that may stand there.
    pub(crate) fn says(&self, folded: &str) -> Option<Says> {
        self.says.get(folded).copied()
    }

    fn with_says(mut self) -> StepWords {
        let sets = [
            (Says::Not, &self.not),
            (Says::Half, &self.half),
            (Says::Rest, &self.rest),
            (Says::Some, &self.some),
            (Says::Nothing, &self.skip),
        ];
        for (says, word) in sets.into_iter().flat_map(|(says, set)| set.iter().map(move |word| (says, word))) {
            self.says.entry(word.clone()).or_insert(says);
        }
        self
    }
}

/// The words of a language.
///
/// Each file is parsed once, when it is first asked for.
pub fn words(lang: &Lang) -> &'static Words {
    static PARSED: [OnceLock<Words>; FILES.len()] = [const { OnceLock::new() }; FILES.len()];
    static NONE: OnceLock<Words> = OnceLock::new();
    match FILES.iter().position(|(tag, _)| *tag == lang.primary() || *tag == "nb" && lang.primary() == "no") {
        Some(i) => PARSED[i].get_or_init(|| {
            let (tag, text) = FILES[i];
            // the files are part of the program; a test reads every one of them
            parse(text).unwrap_or_else(|e| panic!("templates/index/{tag}.toml: {e}"))
        }),
        None => NONE.get_or_init(|| Words::from(File::default())),
    }
}

/// The words of every language that there is a file for.
pub fn every() -> impl Iterator<Item = &'static Words> {
    FILES.iter().filter_map(|(tag, _)| Lang::parse(tag).ok()).map(|l| words(&l))
}

fn parse(text: &str) -> Result<Words, toml::de::Error> {
    toml::from_str::<File>(text).map(Words::from)
}

impl Words {
    /// Whether a word makes something else of a name beside it; `ascii` where all its letters are of ASCII.
    pub(crate) fn is_derived(&self, word: &str, ascii: bool) -> bool {
        self.may_have(&self.step.derived_initials, word, ascii) && self.step.derived.contains(&self.stem(word))
    }

    /// Whether a word alone names nothing: an article, a way to prepare, a measure.
    pub(crate) fn says_nothing(&self, word: &str) -> bool {
        let word = self.fold(word);
        self.step.skip.contains(&word) || self.tails.contains(&word) || self.joins.contains(&word)
    }
}

impl From<File> for Words {
    fn from(f: File) -> Self {
        let mut words = Words {
            articles: f.articles,
            letters: f.letters.split_whitespace().map(str::to_owned).collect(),
            synonyms: f.synonyms,
            allergens: f.allergens,
            diets: f.diets,
            all: f.all,
            others: f.others,
            keep_marks: f.keep_marks,
            inflected: f.inflected,
            head_first: f.head_first,
            min_stem: f.min_stem.unwrap_or(3),
            ..Words::default()
        };
        let ending = |e: &String| {
            let (from, to) = e.split_once('>').unwrap_or((e, ""));
            (words.fold(from), words.fold(to))
        };
        let mut endings: Vec<(String, String)> = f.endings.iter().map(ending).collect();
        endings.sort_by_key(|(e, _)| (std::cmp::Reverse(e.len()), e.clone()));
        words.last_bytes = endings.iter().filter_map(|(e, _)| e.bytes().last()).collect();
        words.endings = endings;
        words.base = f.base.iter().map(|(from, to)| (words.fold(from), words.fold(to))).collect();
        words.changed = initials::Changed::new(&words);
        let folded = |list: &[String]| {
            let stems = list.iter().filter(|_| f.inflected).map(|w| words.stem(w));
            // shorter ones are other words too easily
            let stems = stems.filter(|s| s.chars().count() >= LIKELY);
            list.iter().map(|w| words.fold(w)).chain(stems).collect::<FxHashSet<_>>()
        };
        let stems = |list: &[String]| list.iter().map(|w| words.stem(w)).collect::<FxHashSet<_>>();
        let step = StepWords {
            skip: folded(&[&words.articles[..], &f.drop, &f.states, &f.measures].concat()),
            derived: stems(&[&f.derived[..], &f.heads].concat()),
            linkers: folded(&f.linkers),
            verbs: folded(&f.verbs),
            half: folded(&f.half),
            rest: folded(&f.rest),
            some: folded(&f.some),
            not: folded(&f.not),
            cond: folded(&f.cond),
            says: FxHashMap::default(),
            derived_initials: Initials::default(),
        }
        .with_says();
        let sets = (folded(&f.joins), folded(&f.tails), folded(&f.drop), folded(&f.states), folded(&f.measures));
        let beside = (folded(&f.minor), folded(&f.qualifiers), folded(&f.shared));
        let (heads, firsts) = (stems(&f.heads), stems(&f.firsts));
        let printed = f.heads.iter().chain(&f.firsts).chain(&f.names);
        let names = printed.map(|w| (words.stem(w), w.clone())).collect();
        let phrases: FxHashMap<_, _> = f
            .phrases
            .iter()
            .map(|(from, to)| {
                let (entry, form) = name::entry_and_form(to);
                (words.stems(from).join(" "), (entry.to_owned(), form.map(str::to_owned)))
            })
            .collect();
        words.step = step;
        words.step.derived_initials = words.initials();
        words.step.derived.iter().for_each(|stem| words.step.derived_initials.add(stem));
        (words.joins, words.tails, words.drop, words.states, words.measures) = sets;
        (words.minor, words.qualifiers, words.shared) = beside;
        (words.heads, words.firsts, words.names) = (heads, firsts, names);
        words.longest_phrase = phrases.keys().map(|k| k.split(' ').count()).max().unwrap_or(0);
        words.phrases = phrases;
        for (what, names) in f.foods {
            for name in &names {
                let (entry, form) = name::entry_and_form(name);
                let key = form.map_or_else(|| words.key(entry), |f| format!("{} {}", words.key(entry), words.key(f)));
                words.food_of.entry(key).or_insert_with(|| what.clone());
            }
            words.foods.extend(names.into_iter().next().map(|name| (what, name)));
        }
        words.stop = f.stop.iter().map(|w| words.key(w)).collect();
        words
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_parses() {
        for (tag, text) in FILES {
            let w = parse(text).unwrap_or_else(|e| panic!("{tag}: {e}"));
            assert!(!w.stop.is_empty() && !w.letters.is_empty(), "{tag}");
            for what in words(&Lang::default()).allergens.keys() {
                assert!(w.allergens.contains_key(what), "{tag} has no word for {what}");
            }
            for what in words(&Lang::default()).diets.keys() {
                assert!(w.diets.contains_key(what), "{tag} has no word for {what}");
            }
            for what in words(&Lang::default()).foods.keys() {
                assert!(w.foods.contains_key(what), "{tag} has no word for {what}");
            }
        }
    }
}
