//! Finding the names of ingredients in a step's text.

use super::part::{self, Part};
use crate::food::{self, Initials, Known, Name, Token, Words, tokens};
use crate::locale::{Locale, locale};
use crate::recipe::{Ingredient, Recipe};
use rustc_hash::FxHashMap;
use std::sync::Arc;

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
    known: Vec<Arc<Known>>,
    /// Ingredients whose names have a word of this stem.
    by_stem: FxHashMap<String, Vec<usize>>,
    /// How those stems and those of `groups` begin.
    initials: Initials,
    /// The telling stems of each group's name.
    groups: Vec<Vec<String>>,
    /// The words of the recipe's own name, folded: a step that mentions it uses nothing.
    title: Vec<String>,
    /// Whether the language sets no spaces between words.
    unspaced: bool,
}

/// How well an ingredient fits words of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Fit {
    /// How many words fit.
    words: usize,
    /// How many words of the name are missing, less is better.
    missing: std::cmp::Reverse<usize>,
}

impl<'r> Scanner<'r> {
    pub(super) fn new(recipe: &'r Recipe) -> Self {
        let food = food::words(&recipe.lang);
        let mut ingredients = Vec::new();
        let mut group = Vec::new();
        for (g, all) in recipe.ingredients.iter().enumerate() {
            ingredients.extend(&all.items);
            group.resize(ingredients.len(), g);
        }
        let known: Vec<Arc<Known>> = ingredients.iter().map(|i| food.known(i.item.trimmed())).collect();
        let mut by_stem: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        for (i, known) in known.iter().enumerate() {
            for stem in known.names.iter().flat_map(|n| n.head.iter().chain(&n.more)) {
                let having = by_stem.entry(stem.clone()).or_default();
                if having.last() != Some(&i) {
                    having.push(i);
                }
            }
        }
        let telling = |name: &str| {
            let words = tokens(name).into_iter().map(|t| &name[t.range]);
            words.filter(|w| !food.says_nothing(w)).map(|w| food.stem(w)).collect::<Vec<_>>()
        };
        let groups: Vec<Vec<String>> = recipe
            .ingredients
            .iter()
            .map(|g| g.name.as_ref().map(|n| telling(n.trimmed())).unwrap_or_default())
            .collect();
        let mut initials = Initials::default();
        by_stem.keys().chain(groups.iter().flatten()).for_each(|stem| initials.add(stem));
        Scanner {
            ingredients,
            group,
            group_count: recipe.ingredients.len(),
            food,
            locale: locale(&recipe.lang),
            known,
            by_stem,
            initials,
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
    pub(super) fn groups_named(&self, said: &[&str]) -> Vec<usize> {
        let named =
            |g: &usize| !self.groups[*g].is_empty() && self.groups[*g].iter().all(|s| said.contains(&s.as_str()));
        (0..self.groups.len()).filter(named).collect()
    }

    /// Notes the words of a text that stand in some group's name.
    pub(super) fn words_of_groups<'s>(&'s self, text: &str, said: &mut Vec<&'s str>) {
        if self.groups.iter().all(Vec::is_empty) {
            return;
        }
        let mut stem = String::new();
        for token in tokens(text) {
            let word = &text[token.range];
            if self.food.may_have(&self.initials, word) {
                self.food.stem_into(word, &mut stem);
                said.extend(self.word_of_group(&stem));
            }
        }
    }

    fn word_of_group(&self, stem: &str) -> Option<&str> {
        self.groups.iter().flatten().find(|s| *s == stem).map(String::as_str)
    }

    /// All names of ingredients in a text, and its words that stand in some group's name.
    pub(super) fn scan<'s>(&'s self, text: &str, out: &mut Vec<Found>, said: &mut Vec<&'s str>) {
        if self.unspaced {
            self.words_of_groups(text, said);
            return self.scan_unspaced(text, out);
        }
        let tokens = tokens(text);
        let mut stem = String::new();
        // the stem of every word that is part of some name
        let mut known: Vec<Option<&str>> = tokens
            .iter()
            .map(|t| {
                let word = &text[t.range.clone()];
                if !self.food.may_have(&self.initials, word) {
                    return None;
                }
                self.food.stem_into(word, &mut stem);
                said.extend(self.word_of_group(&stem));
                self.by_stem.get_key_value(stem.as_str()).map(|(k, _)| k.as_str())
            })
            .collect();
        self.pass_over_title(text, &tokens, &mut known);
        let mut at = 0;
        while at < tokens.len() {
            if known[at].is_none() {
                at += 1;
                continue;
            }
            let end = self.run(text, &tokens, &known, at);
            let mut run = Vec::new();
            self.names_in(text, &tokens, &known, (at, end), &mut run);
            out.extend(self.not_compounds(text, &tokens, run));
            at = end;
        }
    }

    /// Forgets the words of names in the recipe's own name.
    fn pass_over_title(&self, text: &str, tokens: &[Token], known: &mut [Option<&str>]) {
        let length = self.title.len();
        if length < 2 {
            return;
        }
        let mut folded = String::new();
        let mut same = |(t, w): (&Token, &String)| {
            folded.clear();
            self.food.fold_into(&text[t.range.clone()], &mut folded);
            folded == *w
        };
        for at in 0..tokens.len().saturating_sub(length - 1) {
            if tokens[at..].iter().zip(&self.title).all(&mut same) {
                known[at..at + length].fill(None);
            }
        }
    }

    /// Of names that stand side by side only the one that says what the whole is: "cinnamon sugar butter" is a butter.
    fn not_compounds(&self, text: &str, tokens: &[Token], mut run: Vec<(usize, usize, Found)>) -> Vec<Found> {
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
        run.into_iter().enumerate().filter(|(n, _)| kept(*n)).map(|(_, (.., found))| found).collect()
    }

    /// The end of a run of words of names, with at most one word between two of them that says nothing.
    fn run(&self, text: &str, tokens: &[Token], known: &[Option<&str>], from: usize) -> usize {
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
        known: &[Option<&str>],
        (from, to): (usize, usize),
        out: &mut Vec<(usize, usize, Found)>,
    ) {
        let mut free: Vec<usize> = (from..to).filter(|k| known[*k].is_some()).collect();
        while !free.is_empty() {
            let stems: Vec<&str> = free.iter().filter_map(|k| known[*k]).collect();
            let mut candidates: Vec<usize> = stems.iter().flat_map(|s| &self.by_stem[*s]).copied().collect();
            candidates.sort_unstable();
            candidates.dedup();
            let fits = |i: usize| Some((self.known[i].names.iter().filter_map(|n| self.fit(n, &stems)).max()?, i));
            let fits: Vec<(Fit, usize)> = candidates.into_iter().filter_map(fits).collect();
            let Some(&(best, sample)) = fits.iter().max_by_key(|(fit, _)| *fit) else { return };
            let of_name = |k: &usize| {
                let stem = known[*k].unwrap_or_default();
                self.known[sample].names.iter().any(|n| n.head.iter().chain(&n.more).any(|s| s == stem))
            };
            let taken: Vec<usize> = free.iter().copied().filter(of_name).collect();
            let (Some(&first), Some(&last)) = (taken.first(), taken.last()) else { return };
            free.retain(|k| !taken.contains(k));
            if self.means_something_else(text, tokens, known, (first, last)) {
                continue;
            }
            let part = part::before(text, tokens, (first, last), self.food, self.locale);
            if part == Part::None {
                continue;
            }
            // "60 g flour" is the flour of which the list gives 60 g, whatever its name says besides
            let as_many: Vec<usize> = fits.iter().filter(|(f, _)| f.words == best.words).map(|(_, i)| *i).collect();
            let by_amount: Vec<usize> =
                as_many.into_iter().filter(|i| part.is_whole_of(self.ingredients[*i])).collect();
            let ingredients = match by_amount.len() {
                1 => by_amount,
                _ => fits.iter().filter(|(f, _)| *f == best).map(|(_, i)| *i).collect(),
            };
            out.push((first, last, Found { ingredients, part }));
        }
    }

    /// How well a name fits, if it does: all words of its head must be there; a part alone ("the thighs") only when no other
    /// ingredient has it.
    fn fit(&self, name: &Name, stems: &[&str]) -> Option<Fit> {
        let there = |s: &&String| stems.contains(&s.as_str());
        let head = name.head.iter().filter(there).count();
        let more = name.more.iter().filter(there).count();
        let own = |s: &&String| there(s) && self.by_stem.get(s.as_str()).is_some_and(|all| all.len() == 1);
        let by_part = name.by_part && name.more.iter().any(|s| own(&s) && s.chars().count() >= 4);
        // most of a long name, with its last word: "lasagne sheets" of "dried egg lasagne sheets"
        let mostly = head >= 2 && head + 1 == name.head.len() && name.head.last().is_some_and(|s| there(&s));
        (head == name.head.len() || by_part || mostly).then(|| Fit {
            words: head + more,
            missing: std::cmp::Reverse(name.head.len() + name.more.len() - head - more),
        })
    }

    /// "rice vinegar", "huile d'olive", "butter the dish".
    fn means_something_else(
        &self,
        text: &str,
        tokens: &[Token],
        known: &[Option<&str>],
        (first, last): (usize, usize),
    ) -> bool {
        let steps = &self.food.step;
        let word = |k: usize| &text[tokens[k].range.clone()];
        let derived = |k: usize| steps.derived.contains(&self.food.stem(word(k)));
        if let Some(next) = tokens.get(last + 1)
            && !next.breaks
        {
            // glued by a hyphen or a plain space only
            let gap = &text[tokens[last].range.end..next.range.start];
            if known[last + 1].is_none() && derived(last + 1) && gap.chars().count() == 1 {
                return true;
            }
            let folded = self.food.fold(word(first));
            if first == last
                && steps.verbs.contains(&folded)
                && self.food.articles.contains(&self.food.fold(word(last + 1)))
            {
                return true;
            }
        }
        first >= 2
            && !tokens[first].breaks
            && !tokens[first - 1].breaks
            && steps.linkers.contains(&self.food.fold(word(first - 1)))
            && known[first - 2].is_none()
            && derived(first - 2)
    }

    /// In scripts without spaces: whole names as they stand in the list, the longest first.
    fn scan_unspaced(&self, text: &str, out: &mut Vec<Found>) {
        let bare =
            |i: usize| self.ingredients[i].item.trimmed().split(['(', '（', '、', ' ']).next().unwrap_or_default();
        let mut order: Vec<usize> = (0..self.ingredients.len()).collect();
        order.sort_by_key(|i| (std::cmp::Reverse(bare(*i).len()), *i));
        let mut taken: Vec<std::ops::Range<usize>> = Vec::new();
        let mut found: Vec<(usize, Found)> = Vec::new();
        for i in order {
            let name = bare(i);
            if name.chars().count() < 2 {
                continue;
            }
            let same: Vec<usize> = (0..self.ingredients.len()).filter(|j| bare(*j) == name).collect();
            if same[0] != i {
                continue;
            }
            for (at, _) in text.match_indices(name) {
                let range = at..at + name.len();
                if taken.iter().any(|t| t.start < range.end && range.start < t.end) {
                    continue;
                }
                taken.push(range);
                let lead = &text[..at];
                let ends = |set: &rustc_hash::FxHashSet<String>| set.iter().any(|w| lead.ends_with(w.as_str()));
                let counted = text[at + name.len()..].starts_with(|c: char| c.is_numeric());
                let part = if ends(&self.food.step.half) {
                    Part::Half
                } else if ends(&self.food.step.rest) {
                    Part::Rest
                } else if counted || ends(&self.food.step.some) {
                    Part::Unknown
                } else {
                    Part::Plain
                };
                found.push((at, Found { ingredients: same.clone(), part }));
            }
        }
        found.sort_by_key(|(at, _)| *at);
        out.extend(found.into_iter().map(|(_, f)| f));
    }
}

fn title_words(food: &Words, title: &str) -> Vec<String> {
    tokens(title).into_iter().map(|t| food.fold(&title[t.range])).collect()
}
