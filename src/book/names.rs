//! Names of the book's recipes in what a recipe says goes with it.

use crate::content;
use crate::cookbook::{Cookbook, Entry};
use crate::food::{Initials, Token, folded, tokens};
use crate::markdown::Block;
use crate::rich::{Mark, Rich, Target};
use crate::typo::Medium;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// A title of more words is never written out in passing.
const LONGEST: usize = 12;
/// A name of fewer letters is too likely a word like others.
const SHORTEST: usize = 4;

/// The names of all recipes, by their words.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// The recipe of a name; `None` where several have it.
    by_words: FxHashMap<String, Option<usize>>,
    /// How many words the longest name has that begins with a word.
    longest: FxHashMap<String, usize>,
    /// How names begin, which tells most words of a text from the beginning of any.
    initials: Initials,
}

impl Names {
    pub(super) fn new(cookbook: &Cookbook<Entry>) -> Names {
        let mut out = Names::default();
        for (i, entry) in cookbook.recipes.iter().enumerate() {
            let native = entry.native_title.as_ref().map(|(t, _)| t);
            for name in [Some(&entry.title), entry.short_title.as_ref(), native].into_iter().flatten() {
                out.add(&content::line(name, &entry.lang, Medium::Book).text, i);
            }
        }
        out
    }

    fn add(&mut self, name: &str, recipe: usize) {
        let words = tokens(name);
        if words.is_empty() || words.len() > LONGEST || name.chars().filter(|c| c.is_alphanumeric()).count() < SHORTEST
        {
            return;
        }
        let folded: Vec<String> = words.iter().map(|w| folded(&name[w.range.clone()])).collect();
        let key = key(&words, &folded);
        self.initials.add(&folded[0]);
        let longest = self.longest.entry(folded[0].clone()).or_default();
        *longest = words.len().max(*longest);
        self.by_words.entry(key).and_modify(|known| *known = known.filter(|k| *k == recipe)).or_insert(Some(recipe));
    }

    /// Marks the names of other recipes in prose as links to them.
    pub(super) fn link_all(&self, blocks: &mut [Block], own: usize, cookbook: &Cookbook<Entry>) {
        for block in blocks {
            match block {
                Block::Para(r) => self.link(r, own, cookbook),
                Block::Heading(_) => {}
                Block::Quote(inner) => self.link_all(inner, own, cookbook),
                Block::List { items, .. } => items.iter_mut().for_each(|i| self.link_all(i, own, cookbook)),
            }
        }
    }

    /// Marks the names of other recipes as links to them, the longest first; what is a link already stays.
    pub(super) fn link(&self, rich: &mut Rich, own: usize, cookbook: &Cookbook<Entry>) {
        let found = self.find(&rich.text, own);
        let free = |r: &Range<usize>, rich: &Rich| {
            let links = rich.marks.iter().filter(|(_, m)| matches!(m, Mark::Link(_)));
            links.into_iter().all(|(l, _)| l.end <= r.start || r.end <= l.start)
        };
        for (range, recipe) in found {
            if free(&range, rich) {
                let slug = cookbook.recipes[recipe].slug.clone();
                rich.marks.push((range, Mark::Link(Target::Recipe(slug))));
            }
        }
        rich.marks.sort_by_key(|(r, _)| (r.start, std::cmp::Reverse(r.end)));
    }

    /// Marks a whole text that is the name of another recipe.
    pub(super) fn link_whole(&self, rich: &mut Rich, own: usize, cookbook: &Cookbook<Entry>) {
        let has_link = rich.marks.iter().any(|(_, m)| matches!(m, Mark::Link(_)));
        if let Some(recipe) = self.of_text(&rich.text).filter(|r| *r != own && !has_link) {
            let slug = cookbook.recipes[recipe].slug.clone();
            rich.marks.insert(0, (0..rich.text.len(), Mark::Link(Target::Recipe(slug))));
        }
    }

    /// For every recipe, those whose pairings name or link to it, in reading order; but for those that it names itself.
    pub(super) fn paired_with(&self, cookbook: &Cookbook<Entry>, order: &[usize]) -> Vec<Vec<usize>> {
        let by_slug: FxHashMap<&str, usize> =
            cookbook.recipes.iter().enumerate().map(|(i, e)| (e.slug.as_str(), i)).collect();
        let named = |(i, entry): (usize, &Entry)| {
            let mut out: Vec<usize> = entry.goes_with.iter().filter_map(|s| by_slug.get(s.as_str()).copied()).collect();
            out.extend(entry.pairings.iter().flat_map(|line| self.find(line, i)).map(|(_, recipe)| recipe));
            out.sort_unstable();
            out.dedup();
            out
        };
        let named: Vec<Vec<usize>> = cookbook.recipes.par_iter().enumerate().map(named).collect();
        let mut out = vec![Vec::new(); named.len()];
        for &i in order {
            for &other in &named[i] {
                if other != i && !named[other].contains(&i) {
                    out[other].push(i);
                }
            }
        }
        out
    }

    /// The recipe that a whole text names.
    fn of_text(&self, text: &str) -> Option<usize> {
        let words = tokens(text);
        let folded: Vec<String> = words.iter().map(|w| folded(&text[w.range.clone()])).collect();
        self.of(&words, &folded)
    }

    /// The recipe that some words name.
    fn of(&self, words: &[Token], folded: &[String]) -> Option<usize> {
        self.by_words.get(&key(words, folded)).copied().flatten()
    }

    fn find(&self, text: &str, own: usize) -> Vec<(Range<usize>, usize)> {
        let words = tokens(text);
        let word = |w: &Token| &text[w.range.clone()];
        let mut out = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let first = word(&words[at]);
            // folding leaves letters of ASCII what they are
            let may_begin = !words[at].ascii || self.initials.has(first);
            let longest = if may_begin { self.longest.get(&folded(first)).copied().unwrap_or(0) } else { 0 };
            if longest == 0 {
                at += 1;
                continue;
            }
            let longest = longest.min(words.len() - at);
            let folded: Vec<String> = words[at..at + longest].iter().map(|w| folded(word(w))).collect();
            // a single word is a name only where it stands alone: "bread, soup" and not "bread pudding"
            let alone = words[at].breaks && words.get(at + 1).is_none_or(|w| w.breaks);
            let from = if alone { 1 } else { 2 };
            let hit = (from..=longest).rev().find_map(|n| Some((n, self.of(&words[at..at + n], &folded[..n])?)));
            match hit {
                Some((n, recipe)) => {
                    if recipe != own {
                        out.push((words[at].range.start..words[at + n - 1].range.end, recipe));
                    }
                    at += n;
                }
                None => at += 1,
            }
        }
        out
    }
}

/// Words without case and marks, with the commas between them.
fn key(words: &[Token], folded: &[String]) -> String {
    let mut out = String::with_capacity(folded.iter().map(|w| w.len() + 2).sum());
    for (n, (word, folded)) in words.iter().zip(folded).enumerate() {
        out.push_str(match (n, word.breaks) {
            (0, _) => "",
            (_, true) => ", ",
            (_, false) => " ",
        });
        out.push_str(folded);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_prose() {
        let mut names = Names::default();
        let titles = ["Nước Chấm", "Bread", "Plain Rice, by Hand", "Green Salad", "Green Salad", "Rice"];
        titles.iter().enumerate().for_each(|(i, t)| names.add(t, i));
        let found =
            |text: &str| names.find(text, 9).into_iter().map(|(r, i)| (text[r].to_owned(), i)).collect::<Vec<_>>();
        let hit = |text: &str, i| vec![(text.to_owned(), i)];
        assert_eq!(found("Steamed rice and nuoc cham."), hit("nuoc cham", 0));
        assert_eq!(found("Soup, bread; plain rice, by hand"), [("bread".into(), 1), ("plain rice, by hand".into(), 2)]);
        assert_eq!(found("Bread pudding, or plain rice by hand"), []);
        // two recipes have this name
        assert_eq!(found("A green salad"), []);
        assert_eq!(names.find("bread", 1), []);
        assert_eq!(names.of_text("nuoc cham"), Some(0));
    }
}
