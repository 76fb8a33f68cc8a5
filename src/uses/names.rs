//! The stems of the words in a recipe's names, each with a number of its own, so that they are quickly told apart.

use crate::food::{Initials, Known, Name, Words};
use rustc_hash::FxHashMap;
use std::ops::Range;
use std::sync::Arc;

/// What is known of a stem.
#[derive(Debug, Default)]
struct Stem {
    /// Which of [`Names::having`] are its own.
    having: Range<usize>,
    /// Whether it tells a group's name.
    in_group: bool,
    /// Whether it is long enough to stand for the one ingredient that has it.
    telling: bool,
}

/// A [`Name`] by the numbers of its stems.
#[derive(Debug)]
struct Numbered {
    head: Range<usize>,
    more: Range<usize>,
    by_part: bool,
}

/// The names of a recipe's ingredients and of their groups.
#[derive(Debug)]
pub(super) struct Names {
    numbers: FxHashMap<String, usize>,
    stems: Vec<Stem>,
    /// The stems of all names, one after the other.
    words: Vec<usize>,
    names: Vec<Numbered>,
    /// For each ingredient its names.
    of: Vec<Range<usize>>,
    /// For one stem after the other the ingredients whose names have it.
    having: Vec<usize>,
    /// How the stems begin.
    initials: Initials,
}

/// How well an ingredient fits words of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Fit {
    /// How many words fit.
    pub(super) words: usize,
    /// How many words of the name are missing, less is better.
    missing: std::cmp::Reverse<usize>,
}

impl Names {
    /// Of ingredients that are known to be called so.
    pub(super) fn of(ingredients: impl Iterator<Item = Arc<Known>>, food: &Words) -> Names {
        // as many stems as most recipes have
        let mut names = Names {
            numbers: FxHashMap::with_capacity_and_hasher(48, Default::default()),
            stems: Vec::with_capacity(48),
            words: Vec::with_capacity(64),
            names: Vec::with_capacity(32),
            of: Vec::new(),
            having: Vec::new(),
            initials: food.initials(),
        };
        let mut pairs = Vec::with_capacity(64);
        for (ingredient, known) in ingredients.enumerate() {
            let (first, word) = (names.names.len(), names.words.len());
            known.names.iter().for_each(|name| names.add(name));
            names.of.push(first..names.names.len());
            pairs.extend(names.words[word..].iter().map(|stem| (*stem, ingredient)));
        }
        pairs.sort_unstable();
        pairs.dedup();
        for (stem, ingredient) in pairs {
            let at = names.having.len();
            let having = &mut names.stems[stem].having;
            if having.end == 0 {
                having.start = at;
            }
            having.end = at + 1;
            names.having.push(ingredient);
        }
        names
    }

    fn number(&mut self, stem: &str) -> usize {
        if let Some(number) = self.numbers.get(stem) {
            return *number;
        }
        let number = self.stems.len();
        self.numbers.insert(stem.to_owned(), number);
        self.initials.add(stem);
        // a shorter one is another word too easily
        self.stems.push(Stem { telling: stem.chars().count() >= 4, ..Stem::default() });
        number
    }

    fn add(&mut self, name: &Name) {
        let (head, more) = (self.add_words(&name.head), self.add_words(&name.more));
        self.names.push(Numbered { head, more, by_part: name.by_part });
    }

    fn add_words(&mut self, words: &[String]) -> Range<usize> {
        let from = self.words.len();
        for word in words {
            let number = self.number(word);
            self.words.push(number);
        }
        from..self.words.len()
    }

    /// Notes a word of a group's name by its stem.
    pub(super) fn add_group_word(&mut self, stem: &str) -> usize {
        let number = self.number(stem);
        self.stems[number].in_group = true;
        number
    }

    /// The number of a word's stem, if some name has it; `ascii` where all letters of the word are of ASCII.
    pub(super) fn find(&self, word: &str, ascii: bool, food: &Words, stem: &mut String) -> Option<usize> {
        if !food.may_have(&self.initials, word, ascii) {
            return None;
        }
        food.stem_into(word, stem);
        self.numbers.get(stem.as_str()).copied()
    }

    pub(super) fn in_group(&self, stem: usize) -> bool {
        self.stems[stem].in_group
    }

    /// The ingredients whose names have a stem.
    pub(super) fn having(&self, stem: usize) -> &[usize] {
        &self.having[self.stems[stem].having.clone()]
    }

    /// Whether a name of an ingredient has a stem.
    pub(super) fn has(&self, ingredient: usize, stem: usize) -> bool {
        self.having(stem).contains(&ingredient)
    }

    /// How well the best name of an ingredient fits, if one does.
    pub(super) fn fit(&self, ingredient: usize, stems: &[usize]) -> Option<Fit> {
        self.names[self.of[ingredient].clone()].iter().filter_map(|name| self.fit_of(name, stems)).max()
    }

    /// How well a name fits, if it does: all words of its head must be there; a part alone ("the thighs") only when no other
    /// ingredient has it.
    fn fit_of(&self, name: &Numbered, stems: &[usize]) -> Option<Fit> {
        let (all_head, all_more) = (&self.words[name.head.clone()], &self.words[name.more.clone()]);
        let there = |s: &&usize| stems.contains(s);
        let head = all_head.iter().filter(there).count();
        let more = all_more.iter().filter(there).count();
        let own = |s: &usize| self.stems[*s].telling && self.stems[*s].having.len() == 1;
        let by_part = name.by_part && all_more.iter().any(|s| there(&s) && own(s));
        // most of a long name, with its last word: "lasagne sheets" of "dried egg lasagne sheets"
        let mostly = head >= 2 && head + 1 == all_head.len() && all_head.last().is_some_and(|s| there(&s));
        (head == all_head.len() || by_part || mostly).then(|| Fit {
            words: head + more,
            missing: std::cmp::Reverse(all_head.len() + all_more.len() - head - more),
        })
    }
}
