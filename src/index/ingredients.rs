//! The index of ingredients.

use super::record::Record;
use super::sorting::{SIGNS, Sorting};
use crate::cookbook::Entry as Known;
use crate::food;
use crate::locale::{Lang, locale};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::{BTreeMap, BTreeSet};

/// Entries by the letter they begin with; no letter is without one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Index {
    /// In the order of the alphabet.
    pub letters: Vec<Letter>,
}

/// The entries of a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// The letter.
    pub heading: String,
    /// In the order of the alphabet.
    pub entries: Vec<Entry>,
}

/// An ingredient.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entry {
    /// Its name, with a capital.
    pub name: String,
    /// Its language, where it is not that of the book.
    pub lang: Option<Lang>,
    /// Under which name its recipes stand, as within a sentence; then it has none itself.
    pub see: Option<String>,
    /// Recipes that take it in no particular form.
    pub recipes: Vec<usize>,
    /// Forms with their recipes.
    pub forms: Vec<(String, Vec<usize>)>,
}

/// What the user changes.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Entries to leave out, instead of our own list.
    pub leave_out: Option<Vec<String>>,
    /// More names of one thing; the first is the one to print.
    pub synonyms: Vec<Vec<String>>,
}

/// How often each spelling of a name was met.
#[derive(Default)]
struct Spellings(BTreeMap<String, u32>);

impl Spellings {
    fn add(&mut self, spelling: &str) {
        match self.0.get_mut(spelling) {
            Some(count) => *count += 1,
            None => {
                self.0.insert(spelling.to_owned(), 1);
            }
        }
    }

    /// A spelling for want of others.
    fn add_spare(&mut self, spelling: &str) {
        self.0.entry(spelling.to_owned()).or_insert(0);
    }

    /// The most common one; of equals one in lower case, then the shortest.
    fn best(&self) -> String {
        let rank = |s: &str, count: u32| {
            (std::cmp::Reverse(count), s.starts_with(char::is_uppercase), s.chars().count(), s.to_owned())
        };
        self.0.iter().min_by_key(|(s, n)| rank(s, **n)).map(|(s, _)| s.clone()).unwrap_or_default()
    }
}

/// An entry that is being put together.
#[derive(Default)]
struct Gathered {
    names: Spellings,
    lang: Option<Lang>,
    recipes: Vec<usize>,
    forms: BTreeMap<String, (Spellings, Vec<usize>)>,
    /// How many recipes there are, in any form, and the last of them.
    count: usize,
    last: Option<usize>,
}

/// The index of a book's ingredients as it is put together.
pub(super) struct Gathering<'a> {
    sorting: &'a Sorting,
    groups: Groups,
    /// By the key that all names of a thing share.
    entries: FxHashMap<String, Gathered>,
}

impl<'a> Gathering<'a> {
    /// An index of none of the recipes yet.
    pub(super) fn new(recipes: &[Known], sorting: &'a Sorting, options: &Options) -> Self {
        Gathering { sorting, groups: Groups::new(recipes, sorting.lang(), options), entries: FxHashMap::default() }
    }

    /// Adds a recipe; they come in order.
    pub(super) fn add(&mut self, i: usize, record: &Record) {
        let book = self.sorting.lang();
        for term in &record.terms {
            self.groups.note(&term.key);
            if self.groups.leaves_out(term, record) {
                continue;
            }
            let entry = self.entries.entry(self.groups.leader(&term.key).to_owned()).or_default();
            // the recipes in the book's language say what it calls a food
            if term.translated {
                entry.names.add_spare(&term.name);
            } else {
                entry.names.add(&term.name);
            }
            // a name that the book's own language has too is of that language
            let lang = if term.translated { book } else { &record.lang };
            if entry.lang.is_none() || lang.primary() == book.primary() {
                entry.lang = Some(lang.clone());
            }
            if entry.last.replace(i) != Some(i) {
                entry.count += 1;
            }
            match &term.form {
                None => push_new(&mut entry.recipes, i),
                Some(form) => {
                    let key = food::words(lang).key(form);
                    let (spellings, recipes) = entry.forms.entry(key).or_default();
                    spellings.add(form);
                    push_new(recipes, i);
                }
            }
        }
    }

    /// The index of all `count` recipes, which stand in `order` by the alphabet.
    pub(super) fn index(self, count: usize, order: &[u32]) -> Index {
        let Gathering { sorting, groups, entries: mut gathered } = self;
        // what more than half of the recipes need tells nothing
        gathered.retain(|_, g| g.count * 2 <= count);
        let mut entries: Vec<Entry> = Vec::with_capacity(gathered.len());
        let mut gathered: Vec<(String, Gathered)> = gathered.into_iter().collect();
        gathered.sort_by(|a, b| a.0.cmp(&b.0));
        for (leader, g) in gathered {
            let name = g.names.best();
            entries.extend(groups.see(&leader, &name, sorting.lang()));
            entries.push(g.entry(name, sorting, order));
        }
        in_letters(entries, sorting)
    }
}

impl Index {
    /// For every recipe, the places of its entries: letter and entry.
    pub fn by_recipe(&self, count: usize) -> Vec<Vec<(usize, usize)>> {
        let mut out = vec![Vec::new(); count];
        for (l, letter) in self.letters.iter().enumerate() {
            for (e, entry) in letter.entries.iter().enumerate() {
                for i in entry.all() {
                    out[i].push((l, e));
                }
            }
        }
        out
    }
}

impl Entry {
    /// Its recipes as they are listed: those in no particular form, then form by form.
    pub fn listed(&self) -> impl Iterator<Item = usize> {
        self.recipes.iter().chain(self.forms.iter().flat_map(|(_, r)| r)).copied()
    }

    /// All its recipes, each once.
    pub fn all(&self) -> BTreeSet<usize> {
        self.listed().collect()
    }
}

impl Gathered {
    fn entry(self, name: String, sorting: &Sorting, order: &[u32]) -> Entry {
        let sorted = |mut recipes: Vec<usize>| {
            recipes.sort_by_key(|i| order[*i]);
            recipes
        };
        let mut forms: Vec<(String, Vec<usize>)> =
            self.forms.into_values().map(|(spellings, recipes)| (spellings.best(), sorted(recipes))).collect();
        forms.sort_by_cached_key(|(form, _)| sorting.key(form));
        let lang = self.lang.filter(|l| l.primary() != sorting.lang().primary());
        let shown = locale(lang.as_ref().unwrap_or(sorting.lang())).capitalised(&name);
        Entry { name: shown, lang, see: None, recipes: sorted(self.recipes), forms }
    }
}

fn push_new(recipes: &mut Vec<usize>, i: usize) {
    // recipes come in order
    if recipes.last() != Some(&i) {
        recipes.push(i);
    }
}

/// Entries under their letters, both in the order of the alphabet.
fn in_letters(entries: Vec<Entry>, sorting: &Sorting) -> Index {
    let mut keyed: Vec<(Vec<u8>, Entry)> = entries.into_iter().map(|e| (sorting.key(&e.name), e)).collect();
    keyed.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| a.1.name.cmp(&b.1.name)));
    let mut letters: BTreeMap<(bool, Vec<u8>), Letter> = BTreeMap::new();
    for (_, entry) in keyed {
        let heading = sorting.heading(&entry.name);
        let place = (heading != SIGNS, sorting.key(&heading));
        letters.entry(place).or_insert_with(|| Letter { heading, entries: Vec::new() }).entries.push(entry);
    }
    Index { letters: letters.into_values().collect() }
}

/// Names of one thing, and what is left out.
struct Groups {
    /// The group of a key.
    of: FxHashMap<String, usize>,
    /// The names of each group, with their keys; the first leads.
    names: Vec<Vec<(String, String)>>,
    /// All keys of the book: what is an entry itself needs no reference.
    keys: FxHashSet<String>,
    leave_out: Option<FxHashSet<String>>,
    /// The words of the book's language.
    words: &'static food::Words,
}

impl Groups {
    fn new(recipes: &[Known], book: &Lang, options: &Options) -> Self {
        let own = food::words(book);
        let mut langs: Vec<&Lang> = vec![book];
        for recipe in recipes {
            if !langs.iter().any(|l| l.primary() == recipe.lang.primary()) {
                langs.push(&recipe.lang);
            }
        }
        // the user's come first: a key is of one group only
        let users = options.synonyms.iter().map(|s| (own, s));
        let ours = langs.iter().flat_map(|l| food::words(l).synonyms.iter().map(move |s| (food::words(l), s)));
        let mut of = FxHashMap::default();
        let mut names = Vec::new();
        for (words, group) in users.chain(ours) {
            let keyed: Vec<(String, String)> = group.iter().map(|n| (words.key(n), n.clone())).collect();
            if !keyed.iter().any(|(key, _)| of.contains_key(key)) {
                of.extend(keyed.iter().map(|(key, _)| (key.clone(), names.len())));
                names.push(keyed);
            }
        }
        let leave_out = options.leave_out.as_ref().map(|l| l.iter().map(|w| own.key(w)).collect());
        Groups { of, names, keys: FxHashSet::default(), leave_out, words: own }
    }

    /// Takes note of a key that the book has.
    fn note(&mut self, key: &str) {
        if !self.keys.contains(key) {
            self.keys.insert(key.to_owned());
        }
    }

    fn leaves_out(&self, term: &food::Term, record: &Record) -> bool {
        match &self.leave_out {
            Some(own) => own.contains(&term.key),
            None if term.explicit => false,
            None => {
                let words = if term.translated { self.words } else { food::words(&record.lang) };
                let in_form = |form: &String| words.stop.contains(&format!("{} {}", term.key, words.key(form)));
                words.stop.contains(&term.key) || term.form.as_ref().is_some_and(in_form)
            }
        }
    }

    /// The key that all names of a thing share.
    fn leader<'k>(&'k self, key: &'k str) -> &'k str {
        self.of.get(key).and_then(|g| self.names[*g].first()).map_or(key, |(leader, _)| leader)
    }

    /// References from the other names of a thing.
    fn see(&self, leader: &str, name: &str, book: &Lang) -> Vec<Entry> {
        let Some(group) = self.of.get(leader).map(|g| &self.names[*g]) else { return Vec::new() };
        let chosen = food::words(book).key(name);
        let others = group.iter().filter(|(key, other)| *key != chosen && other != name);
        others
            .filter(|(key, _)| !self.keys.contains(key.as_str()) || self.of.contains_key(key))
            .map(|(_, other)| Entry {
                name: locale(book).capitalised(other),
                see: Some(name.to_owned()),
                ..Entry::default()
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::record::terms;
    use crate::index::{Finder, Kind};
    use crate::recipe::resolve;
    use crate::source::{FileId, Source};

    fn entries(lang: &str, recipes: &[(&str, &str)]) -> Vec<Known> {
        let lang = Lang::parse(lang).unwrap();
        let one = |(i, (title, ingredients)): (usize, &(&str, &str))| {
            let list: String = ingredients.split(" | ").map(|l| format!("  - {l}\n")).collect();
            let yaml = format!("title: {title}\ningredients:\n{list}steps: [Cook.]\n");
            let source = Source::new("t.yaml", yaml);
            let recipe = resolve(FileId(0), &source, &format!("r{i}"), &lang);
            Known::of(&recipe.value.unwrap_or_else(|| panic!("{:?}", recipe.diagnostics)))
        };
        recipes.iter().enumerate().map(one).collect()
    }

    fn show(lang: &str, recipes: &[Known], options: &Options) -> String {
        let lang = Lang::parse(lang).unwrap();
        let index = Finder::new(recipes, &lang, &[Kind::Ingredients], options).ingredients;
        let names = |r: &[usize]| r.iter().map(|i| recipes[*i].title.trimmed()).collect::<Vec<_>>().join("; ");
        let mut out = String::new();
        for letter in &index.letters {
            out += &format!("[{}]\n", letter.heading);
            for e in &letter.entries {
                out += &match &e.see {
                    Some(see) => format!("{} → {see}\n", e.name),
                    None => format!("{}: {}\n", e.name, names(&e.recipes)),
                };
                e.forms.iter().for_each(|(f, r)| out += &format!("  {f}: {}\n", names(r)));
            }
        }
        out
    }

    /// A base form and nothing else: the index of one ingredient among others.
    fn base(lang: &str, line: &str) -> String {
        let terms = terms(&entries(lang, &[("T", line)])[0]);
        terms
            .iter()
            .map(|t| t.form.as_ref().map_or(t.name.clone(), |f| format!("{}, {f}", t.name)))
            .collect::<Vec<_>>()
            .join(" + ")
    }

    #[test]
    fn base_forms() {
        for (lang, line, entry) in [
            ("en", "2 scallions, chopped", "scallions"),
            ("en", "3 large free-range eggs", "eggs"),
            ("en", "2 garlic cloves, crushed", "garlic"),
            ("en", "4 cloves", "cloves"),
            ("en", "1 tsp ground cumin", "cumin"),
            ("en", "300 g basmati rice, rinsed", "rice, basmati"),
            ("en", "400 ml coconut milk", "coconut, milk"),
            ("en", "1.2 kg bone-in chicken thighs", "chicken, thighs"),
            ("en", "500 g minced beef", "beef, minced"),
            ("en", "2 bird's-eye chillies", "chillies, bird's-eye"),
            ("en", "juice of 1 lemon", "lemons"),
            ("en", "2 tbsp freshly squeezed lime juice", "limes"),
            ("en", "2 bay leaves", "bay leaves"),
            ("en", "salt and black pepper", "salt + pepper, black"),
            ("en", "100 g light or dark brown sugar", "sugar, brown"),
            ("en", "1 can (400 g) chopped tomatoes", "tomatoes"),
            ("en", "oil for frying", "oil"),
            ("en", "Parmesan", "Parmesan"),
            ("en", "1 tsp Dijon mustard", "mustard, Dijon"),
            ("en", "doubanjiang", "doubanjiang"),
            ("en", "4 boneless, skinless chicken breasts", "chicken, breasts"),
            ("en", "1 and 1/2 cups plus 2 tablespoons sugar", "sugar"),
            ("en", "1 stick + 2 tbsp unsalted butter", "butter"),
            ("en", "2 red or yellow onions", "onions, red + onions, yellow"),
            ("en", "1 l chicken or vegetable stock", "stock, chicken + stock, vegetable"),
            ("en", "400 g canned black beans", "beans, black"),
            ("en", "1 kg leg of lamb", "lamb, leg"),
            ("en", "\"to serve: lemon wedges\"", "lemons"),
            ("en", "2 cups low sodium beef broth", "broth, beef"),
            ("en", "butter. See note", "butter"),
            ("fr", "2 jaunes d’œufs", "œufs, jaunes"),
            ("fr", "50 g de flocons d’avoine", "flocons d’avoine"),
            ("fr", "Beurre – 20 grammes", "Beurre"),
            ("fr", "10 cl de vin blanc ou rouge", "vin, blanc + vin, rouge"),
            ("it", "latte 200 ml", "latte"),
            ("cs", "1 salátová okurka", "salátová okurka"),
            ("de", "100 g geraspelte Möhren", "Möhren"),
            ("de", "Gemüse- oder Hühnerbrühe", "Brühe, Hühnerbrühe"),
            ("fr", "300 g de champignons de Paris, émincés", "champignons, de Paris"),
            ("fr", "4 œufs extra-frais", "œufs"),
            ("fr", "1 gousse d'ail, hachée", "ail"),
            ("fr", "½ c. à c. de sel fin", "sel"),
            ("vi", "1 kg thịt ba rọi", "thịt, ba rọi"),
            ("vi", "2 trái ớt hiểm", "ớt, hiểm"),
            ("vi", "4 muỗng canh nước mắm", "nước mắm"),
            ("de", "2 große Zwiebeln, gewürfelt", "Zwiebeln"),
            ("ru", "3 ст. л. растительного масла", "масло, растительное"),
            ("es", "2 dientes de ajo picados", "ajo"),
            ("it", "2 spicchi d'aglio", "aglio"),
        ] {
            assert_eq!(base(lang, line), entry, "{lang}: {line}");
        }
        assert_eq!(base("en", "\"For the sauce:\""), "");
        assert_eq!(base("en", "{ item: chicken thighs, index: \"chicken, thighs; meat\" }"), "chicken, thighs + meat");
    }

    #[test]
    fn entries_are_grouped_sorted_and_referred_to() {
        let all = entries(
            "en",
            &[
                ("The Soup", "2 scallions | 1 egg | salt | 2 eggplants | 1 tsp fish sauce"),
                ("A Stew", "3 spring onions | 2 eggs | water | 100 g brown rice"),
                ("Noodles", "1 scallion | 200 g egg noodles | 1 dried chilli"),
                ("Rice", "300 g jasmine rice | 1 tbsp coriander"),
                ("Pie", "flour | butter"),
            ],
        );
        assert_eq!(
            show("en", &all, &Options::default()),
            "[A]\nAubergines → eggplants\n[B]\nButter: Pie\n[C]\nChillies: \n  dried: Noodles\nCilantro → coriander\nCoriander: Rice\n[E]\nEggplants: The Soup\nEggs: The Soup; A Stew\n[F]\nFish sauce: The Soup\nFlour: Pie\n[N]\nNoodles: \n  egg: Noodles\n[R]\nRice: \n  brown: A Stew\n  jasmine: Rice\n"
        );
    }

    #[test]
    fn the_user_says_what_is_left_out_and_what_is_the_same() {
        let all = entries("en", &[("X", "salt | lardo"), ("Y", "saindoux | egg"), ("Z", "tea")]);
        let options = Options {
            leave_out: Some(vec!["Eggs".into()]),
            synonyms: vec![vec!["lard".into(), "lardo".into(), "saindoux".into()]],
        };
        let shown = show("en", &all, &options);
        assert!(shown.contains("Salt: X") && !shown.contains("Egg"), "{shown}");
        // used in two of three: more than half
        assert!(!shown.contains("Lard"), "{shown}");
    }

    #[test]
    fn foods_of_other_languages_stand_under_the_words_of_the_book() {
        let mut all =
            entries("en", &[("Soup", "2 garlic cloves | butter"), ("Pie", "3 eggs"), ("Salad", "1 cucumber")]);
        all.extend(entries("fr", &[("Œufs cocotte", "4 œufs extra-frais | 1 gousse d’ail | 2 endives")]));
        all.extend(entries("ru", &[("Сырники", "2 яйца | 50 г сливочного масла"), ("Икра", "икра")]));
        let shown = show("en", &all, &Options::default());
        assert!(shown.contains("Eggs: Œufs cocotte; Pie; Сырники"), "{shown}");
        assert!(shown.contains("Butter: Soup; Сырники") && shown.contains("Garlic: Œufs cocotte; Soup"), "{shown}");
        // no word for it in the book's language
        assert!(shown.contains("Endives: Œufs cocotte"), "{shown}");
    }

    #[test]
    fn foreign_names_stand_in_their_own_language() {
        let mut all = entries("en", &[("Soup", "2 carrots"), ("Pie", "1 egg"), ("Stew", "1 leek")]);
        all.extend(entries("el", &[("Σούπα", "2 λουκάνικα")]));
        let lang = Lang::default();
        let index = Finder::new(&all, &lang, &[], &Options::default()).ingredients;
        let last = index.letters.last().unwrap();
        assert_eq!((last.heading.as_str(), last.entries[0].name.as_str()), ("Λ", "Λουκάνικα"));
        assert_eq!(last.entries[0].lang.as_ref().map(Lang::as_str), Some("el"));
        assert_eq!(index.by_recipe(all.len())[3], [(index.letters.len() - 1, 0)]);
    }
}
