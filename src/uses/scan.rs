//! Finding the names of ingredients in a step's text.

use super::names::{Fit, Names};
use super::part::{self, Part};
use crate::food::{self, Token, Words, tokens, tokens_into};
use crate::locale::{Locale, locale};
use crate::recipe::{Ingredient, Recipe};

/// A place in a step that names an ingredient, or one of several.
#[derive(Debug)]
pub(super) struct Found {
    /// Those that fit equally well.
    pub(super) ingredients: Vec<usize>,
    /// How much of it.
    pub(super) part: Part,
}

/// The names of a recipe's ingredients, by the stems of their words.
pub(super) struct Scanner<'r> {
    pub(super) ingredients: Vec<&'r Ingredient>,
    /// The group of each.
    pub(super) group: Vec<usize>,
    pub(super) group_count: usize,
    pub(super) food: &'static Words,
    locale: &'static Locale,
    names: Names,
    /// The telling stems of each group's name.
    groups: Vec<Vec<usize>>,
    /// The words of the recipe's own name, folded: a step that mentions it uses nothing.
    title: Vec<String>,
    /// Whether the language sets no spaces between words.
    unspaced: bool,
}

/// Lists that are used again for every text.
#[derive(Default)]
pub(super) struct Scratch {
    tokens: Vec<Token>,
    /// For every word the number of its stem, where that is part of some ingredient's name.
    known: Vec<Option<usize>>,
    stem: String,
    choice: Choice,
    run: Vec<(usize, usize, Found)>,
}

/// What [`Scanner::names_in`] chooses among.
#[derive(Default)]
struct Choice {
    /// Words that are no part of a name yet, and their stems.
    free: Vec<usize>,
    stems: Vec<usize>,
    candidates: Vec<usize>,
    fits: Vec<(Fit, usize)>,
}

impl<'r> Scanner<'r> {
    pub(super) fn new(recipe: &'r Recipe) -> Self {
        let food = food::words(&recipe.lang);
        let mut ingredients: Vec<&Ingredient> = Vec::new();
        let mut group = Vec::new();
        for (g, all) in recipe.ingredients.iter().enumerate() {
            ingredients.extend(&all.items);
            group.resize(ingredients.len(), g);
        }
        let mut names = Names::of(ingredients.iter().map(|i| food.known(i.item.trimmed())), food);
        let mut telling = |name: &str| {
            let words = tokens(name).into_iter().map(|t| &name[t.range]);
            words.filter(|w| !food.says_nothing(w)).map(|w| names.add_group_word(&food.stem(w))).collect::<Vec<_>>()
        };
        let groups: Vec<Vec<usize>> = recipe
            .ingredients
            .iter()
            .map(|g| g.name.as_ref().map(|n| telling(n.trimmed())).unwrap_or_default())
            .collect();
        Scanner {
            ingredients,
            group,
            group_count: recipe.ingredients.len(),
            food,
            locale: locale(&recipe.lang),
            names,
            groups,
            title: title_words(food, recipe.title.trimmed()),
            unspaced: matches!(recipe.lang.primary(), "ja" | "zh" | "yue" | "th" | "lo" | "km" | "my"),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.ingredients.is_empty()
    }

    /// Ingredients that are called exactly so.
    pub(super) fn exact(&self, name: &str) -> Option<Vec<usize>> {
        let name = name.to_lowercase();
        let same = |i: &usize| self.ingredients[*i].item.trimmed().to_lowercase() == name;
        let all: Vec<usize> = (0..self.ingredients.len()).filter(same).collect();
        (!all.is_empty()).then_some(all)
    }

    /// Groups of ingredients that a step names, in its words or in the heading it stands under; `said` are those of their words that
    /// it has.
    pub(super) fn groups_named(&self, said: &[usize]) -> Vec<usize> {
        let named = |g: &usize| !self.groups[*g].is_empty() && self.groups[*g].iter().all(|s| said.contains(s));
        (0..self.groups.len()).filter(named).collect()
    }

    /// Notes the words of a text that stand in some group's name.
    pub(super) fn words_of_groups(&self, text: &str, scratch: &mut Scratch, said: &mut Vec<usize>) {
        if self.groups.iter().all(Vec::is_empty) {
            return;
        }
        tokens_into(text, &mut scratch.tokens);
        for token in &scratch.tokens {
            let found = self.names.find(&text[token.range.clone()], token.ascii, self.food, &mut scratch.stem);
            said.extend(found.filter(|stem| self.names.in_group(*stem)));
        }
    }

    /// All names of ingredients in a text, and its words that stand in some group's name.
    pub(super) fn scan(&self, text: &str, scratch: &mut Scratch, out: &mut Vec<Found>, said: &mut Vec<usize>) {
        if self.unspaced {
            self.words_of_groups(text, scratch, said);
            return self.scan_unspaced(text, out);
        }
        let Scratch { tokens, known, stem, choice, run } = scratch;
        tokens_into(text, tokens);
        known.clear();
        known.extend(tokens.iter().map(|t| {
            let found = self.names.find(&text[t.range.clone()], t.ascii, self.food, stem)?;
            if self.names.in_group(found) {
                said.push(found);
            }
            Some(found).filter(|stem| !self.names.having(*stem).is_empty())
        }));
        self.pass_over_title(text, tokens, known);
        let mut at = 0;
        while let Some(next) = known[at..].iter().position(Option::is_some) {
            let end = self.run(text, tokens, known, at + next);
            self.names_in(text, tokens, known, (at + next, end), choice, run);
            self.leave_out_compounds(text, tokens, run, out);
            at = end;
        }
    }

    /// Forgets the words of names in the recipe's own name.
    fn pass_over_title(&self, text: &str, tokens: &[Token], known: &mut [Option<usize>]) {
        let length = self.title.len();
        if length < 2 {
            return;
        }
        let first = self.title[0].bytes().next();
        let mut folded = String::new();
        let mut same = |(t, w): (&Token, &String)| {
            folded.clear();
            self.food.fold_into(&text[t.range.clone()], &mut folded);
            folded == *w
        };
        for at in 0..tokens.len().saturating_sub(length - 1) {
            // most words begin otherwise
            let byte = text.as_bytes()[tokens[at].range.start];
            if byte.is_ascii() && Some(byte.to_ascii_lowercase()) != first {
                continue;
            }
            if tokens[at..].iter().zip(&self.title).all(&mut same) {
                known[at..at + length].fill(None);
            }
        }
    }

    /// Of names that stand side by side only the one that says what the whole is: "cinnamon sugar butter" is a butter.
    fn leave_out_compounds(
        &self,
        text: &str,
        tokens: &[Token],
        run: &mut Vec<(usize, usize, Found)>,
        out: &mut Vec<Found>,
    ) {
        if run.len() > 1 {
            run.sort_by_key(|(first, ..)| *first);
            let beside = |a: usize, b: usize| {
                let gap = &text[tokens[a].range.end..tokens[b].range.start];
                a + 1 == b && !tokens[b].breaks && gap.chars().count() == 1
            };
            let places: Vec<(usize, usize)> = run.iter().map(|(first, last, _)| (*first, *last)).collect();
            let kept = |n: usize| match self.food.head_first {
                false => places.get(n + 1).is_none_or(|next| !beside(places[n].1, next.0)),
                true => n == 0 || !beside(places[n - 1].1, places[n].0),
            };
            let mut n = 0;
            run.retain(|_| {
                n += 1;
                kept(n - 1)
            });
        }
        out.extend(run.drain(..).map(|(.., found)| found));
    }

    /// The end of a run of words of names, with at most one word between two of them that says nothing.
    fn run(&self, text: &str, tokens: &[Token], known: &[Option<usize>], from: usize) -> usize {
        let mut end = from + 1;
        loop {
            let open = |k: usize| k < tokens.len() && !tokens[k].breaks;
            if open(end) && known[end].is_some() {
                end += 1;
            } else if open(end)
                && open(end + 1)
                && known[end + 1].is_some()
                && self.is_small(&text[tokens[end].range.clone()])
            {
                end += 2;
            } else {
                return end;
            }
        }
    }

    /// A word that may stand inside a name: "feuilles *de* coriandre", "chicken *fat*" not.
    fn is_small(&self, word: &str) -> bool {
        let word = self.food.fold(word);
        self.food.step.linkers.contains(&word) || self.locale.of_words.contains(&word)
    }

    /// The names in a run of words: the one that takes most words first.
    fn names_in(
        &self,
        text: &str,
        tokens: &[Token],
        known: &[Option<usize>],
        (from, to): (usize, usize),
        choice: &mut Choice,
        out: &mut Vec<(usize, usize, Found)>,
    ) {
        let Choice { free, stems, candidates, fits } = choice;
        free.clear();
        free.extend((from..to).filter(|k| known[*k].is_some()));
        while !free.is_empty() {
            stems.clear();
            stems.extend(free.iter().filter_map(|k| known[*k]));
            candidates.clear();
            candidates.extend(stems.iter().flat_map(|s| self.names.having(*s)));
            candidates.sort_unstable();
            candidates.dedup();
            fits.clear();
            fits.extend(candidates.iter().filter_map(|i| Some((self.names.fit(*i, stems)?, *i))));
            let Some(&(best, sample)) = fits.iter().max_by_key(|(fit, _)| *fit) else { return };
            let of_name = |k: &usize| known[*k].is_some_and(|stem| self.names.has(sample, stem));
            let mut taken = free.iter().copied().filter(of_name);
            let Some(first) = taken.next() else { return };
            let last = taken.next_back().unwrap_or(first);
            free.retain(|k| !of_name(k));
            if self.means_something_else(text, tokens, known, (first, last)) {
                continue;
            }
            let part = part::before(text, tokens, (first, last), self.food, self.locale);
            if part == Part::None {
                continue;
            }
            let ingredients = self.meant(fits, best, &part);
            out.push((first, last, Found { ingredients, part }));
        }
    }

    /// Those of the ingredients that fit best. "60 g flour" is the flour of which the list gives 60 g, whatever its name says besides.
    fn meant(&self, fits: &[(Fit, usize)], best: Fit, part: &Part) -> Vec<usize> {
        let as_many = fits.iter().filter(|(f, _)| f.words == best.words).map(|(_, i)| *i);
        let mut by_amount = as_many.filter(|i| part.is_whole_of(self.ingredients[*i]));
        match (by_amount.next(), by_amount.next()) {
            (Some(one), None) => vec![one],
            _ => fits.iter().filter(|(f, _)| *f == best).map(|(_, i)| *i).collect(),
        }
    }

    /// "rice vinegar", "huile d'olive", "butter the dish".
    fn means_something_else(
        &self,
        text: &str,
        tokens: &[Token],
        known: &[Option<usize>],
        (first, last): (usize, usize),
    ) -> bool {
        let steps = &self.food.step;
        let word = |k: usize| &text[tokens[k].range.clone()];
        let derived = |k: usize| self.food.is_derived(word(k), tokens[k].ascii);
        if let Some(next) = tokens.get(last + 1)
            && !next.breaks
        {
            // glued by a hyphen or a plain space only
            let gap = &text[tokens[last].range.end..next.range.start];
            if known[last + 1].is_none() && gap.chars().count() == 1 && derived(last + 1) {
                return true;
            }
            if first == last
                && steps.verbs.contains(&self.food.fold(word(first)))
                && self.food.articles.contains(&self.food.fold(word(last + 1)))
            {
                return true;
            }
        }
        first >= 2
            && !tokens[first].breaks
            && !tokens[first - 1].breaks
            && known[first - 2].is_none()
            && steps.linkers.contains(&self.food.fold(word(first - 1)))
            && derived(first - 2)
    }
}

fn title_words(food: &Words, title: &str) -> Vec<String> {
    tokens(title).into_iter().map(|t| food.fold(&title[t.range])).collect()
}
