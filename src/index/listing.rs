//! Lists of recipes by something else than ingredients.

use super::record::Record;
use super::sorting::Sorting;
use super::total;
use crate::cookbook::Entry;
use crate::food;
use crate::locale::{Label, Lang, locale};
use std::collections::BTreeMap;

/// Recipes in groups.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Listing {
    /// The groups, none without a recipe.
    pub groups: Vec<Group>,
}

/// Recipes under a heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The heading.
    pub heading: String,
    /// Its language, where it is not that of the book.
    pub lang: Option<Lang>,
    /// The recipes; their total time is theirs to show.
    pub recipes: Vec<usize>,
}

/// By total time, shortest first; of equals in the order of titles. A recipe that does not say is left out.
pub(super) fn times(recipes: &[Entry], order: &[u32], lang: &Lang) -> Listing {
    let mut timed: Vec<(u64, u32, usize)> =
        recipes.iter().enumerate().filter_map(|(i, r)| Some((total(r)?.duration()?.upper(), order[i], i))).collect();
    timed.sort_unstable();
    let words = locale(lang);
    let limits = [
        (15 * 60, Label::UpTo15Minutes),
        (30 * 60, Label::UpTo30Minutes),
        (60 * 60, Label::UpToAnHour),
        (u64::MAX, Label::Longer),
    ];
    let mut groups = Vec::new();
    let mut rest = timed.as_slice();
    for (limit, label) in limits {
        let (here, after) = rest.split_at(rest.partition_point(|(seconds, ..)| *seconds <= limit));
        rest = after;
        if !here.is_empty() {
            let recipes = here.iter().map(|(.., i)| *i).collect();
            groups.push(Group { heading: words.label(label).to_owned(), lang: None, recipes });
        }
    }
    Listing { groups }
}

/// The lists by diet, by allergen and by tag, as they are put together.
pub(super) struct Lists<'a> {
    book: &'a Lang,
    diets: Option<[Gathered; 2]>,
    tags: Option<Gathered>,
}

impl<'a> Lists<'a> {
    /// None of the lists yet: those that are wanted.
    pub(super) fn new(book: &'a Lang, diets: bool, tags: bool) -> Self {
        Lists { book, diets: diets.then(Default::default), tags: tags.then(Default::default) }
    }

    /// Adds a recipe; they come in order. Known diets and allergens stand under the word of the book's language, whatever the recipe's
    /// own is.
    pub(super) fn add(&mut self, i: usize, record: &Record) {
        let lang = self.book;
        if let Some(tags) = &mut self.tags {
            record.tags.iter().for_each(|tag| tags.add(&tag.to_lowercase(), tag, record, i, lang));
        }
        let Some([diets, allergens]) = &mut self.diets else { return };
        let (own, book) = (food::words(&record.lang), food::words(lang));
        let add = |to: &mut Gathered, word: &str, own: &Concepts, book: &Concepts| {
            let known = concept(own, word).and_then(|key| Some((key, book.get(key)?.first()?)));
            match known {
                Some((key, printed)) => to.add_known(key, printed, i),
                None => to.add(&word.to_lowercase(), word, record, i, lang),
            }
        };
        record.diets.iter().for_each(|w| add(diets, w, &own.diets, &book.diets));
        record.allergens.iter().for_each(|w| add(allergens, w, &own.allergens, &book.allergens));
    }

    /// Diets, allergens and tags.
    pub(super) fn listings(self, sorting: &Sorting, order: &[u32]) -> (Listing, Listing, Listing) {
        let [diets, allergens] = self.diets.unwrap_or_default();
        let listing = |g: Gathered| g.listing(sorting, order, self.book);
        (listing(diets), listing(allergens), listing(self.tags.unwrap_or_default()))
    }
}

type Concepts = BTreeMap<String, Vec<String>>;

/// What a word stands for.
fn concept<'c>(concepts: &'c Concepts, word: &str) -> Option<&'c str> {
    let word = word.to_lowercase();
    let named = |words: &[String]| words.iter().any(|w| w.to_lowercase() == word);
    concepts.iter().find(|(_, words)| named(words)).map(|(key, _)| key.as_str())
}

#[derive(Default)]
struct Gathered(BTreeMap<String, (String, Option<Lang>, Vec<usize>)>);

impl Gathered {
    fn add(&mut self, key: &str, word: &str, record: &Record, i: usize, book: &Lang) {
        let foreign = (record.lang.primary() != book.primary()).then(|| record.lang.clone());
        let (_, lang, recipes) = self.0.entry(key.to_owned()).or_insert_with(|| {
            let shown = locale(&record.lang).capitalised(word);
            (shown, foreign.clone(), Vec::new())
        });
        if foreign.is_none() {
            *lang = None;
        }
        push_new(recipes, i);
    }

    fn add_known(&mut self, key: &str, printed: &str, i: usize) {
        // no word of a recipe begins like this
        let (.., recipes) =
            self.0.entry(format!("\u{0}{key}")).or_insert_with(|| (printed.to_owned(), None, Vec::new()));
        push_new(recipes, i);
    }

    fn listing(self, sorting: &Sorting, order: &[u32], lang: &Lang) -> Listing {
        let mut groups: Vec<(Vec<u8>, Group)> = self
            .0
            .into_values()
            .map(|(word, own, mut recipes)| {
                recipes.sort_by_key(|i| order[*i]);
                let heading = if own.is_none() { locale(lang).capitalised(&word) } else { word };
                (sorting.key(&heading), Group { heading, lang: own, recipes })
            })
            .collect();
        groups.sort_by(|a, b| a.0.cmp(&b.0));
        Listing { groups: groups.into_iter().map(|(_, g)| g).collect() }
    }
}

fn push_new(recipes: &mut Vec<usize>, i: usize) {
    if recipes.last() != Some(&i) {
        recipes.push(i);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::{Finder, Kind, Options};
    use crate::recipe::resolve;
    use crate::source::{FileId, Source};

    fn entry(yaml: &str, slug: &str) -> Entry {
        let source = Source::new("t.yaml", format!("{yaml}\ningredients: [egg]\nsteps: [Cook.]\n"));
        Entry::of(&resolve(FileId(0), &source, slug, &Lang::default()).value.unwrap())
    }

    fn show(listing: &Listing, all: &[Entry]) -> String {
        let names = |g: &Group| g.recipes.iter().map(|i| all[*i].title.trimmed()).collect::<Vec<_>>().join("; ");
        listing.groups.iter().map(|g| format!("{}: {}", g.heading, names(g))).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn lists_by_time_tag_and_diet() {
        let all = [
            entry(
                "title: Soup\ntimes: { total: 30 min }\ntags: [Quick, autumn]\ndiets: [Vegan]\nallergens: [soya]",
                "a",
            ),
            entry("title: Cake\ntimes: { total: 1 h 5 min }\ntags: [autumn]\nallergens: [eggs, milk]", "b"),
            entry("title: Sauce\ntimes: { total: 5-10 min }\ntags: [quick]\nallergens: [fish]", "c"),
            entry("title: Œufs\nlanguage: fr\ntags: [dimanche]\nallergens: [œuf, lait]\ndiets: [sans gluten]", "d"),
            entry("title: Overnight\ntimes: { total: overnight }", "e"),
        ];
        let kinds = [Kind::Time, Kind::Diets, Kind::Tags];
        let f = Finder::new(&all, &Lang::default(), &kinds, &Options::default());
        assert_eq!(show(&f.times, &all), "15 minutes or less: Sauce\nUp to 30 minutes: Soup\nLonger: Cake");
        assert_eq!(show(&f.tags, &all), "Autumn: Cake; Soup\nDimanche: Œufs\nQuick: Sauce; Soup");
        assert_eq!(f.tags.groups[1].lang.as_ref().map(Lang::as_str), Some("fr"));
        assert_eq!(show(&f.diets, &all), "Gluten-free: Œufs\nVegan: Soup");
        assert_eq!(show(&f.allergens, &all), "Egg: Cake; Œufs\nFish: Sauce\nMilk: Cake; Œufs\nSoy: Soup");
    }
}
