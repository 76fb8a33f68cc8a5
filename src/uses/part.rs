//! How much of an ingredient a step takes.

use super::food::{Says, Token, Words};
use crate::locale::Locale;
use crate::quantity::{Amount, Measure, Unit, parse_line};
use crate::recipe::Ingredient;

/// How much of an ingredient is meant where a step names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part {
    /// Nothing is said of how much.
    Plain,
    /// So much.
    Stated(Measure, Option<Unit>),
    /// Half of it.
    Half,
    /// What is left.
    Rest,
    /// Some of it, or more of it.
    Unknown,
    /// None of it ("without garlic"), or none that the list would give ("a little water if it sticks").
    None,
}

impl Part {
    /// Whether it is the very amount of the list.
    pub(super) fn is_whole_of(&self, i: &Ingredient) -> bool {
        matches!(self, Part::Stated(m, u) if i.amount.as_ref().and_then(Amount::measure) == Some(m) && *u == i.unit)
    }
}

/// What the words before a name say. `first` is the name's first word, `last` its last.
pub(super) fn before(
    text: &str,
    tokens: &[Token],
    (first, last): (usize, usize),
    food: &Words,
    locale: &Locale,
) -> Part {
    let mut w = String::new();
    let steps = &food.step;
    // no more than a few words stand between an amount and its name
    for k in (first.saturating_sub(5)..first).rev() {
        if tokens[k + 1].breaks {
            break;
        }
        w.clear();
        food.fold_into(&text[tokens[k].range.clone()], &mut w);
        match steps.says(&w) {
            Some(Says::Not) => return Part::None,
            Some(Says::Half) => return Part::Half,
            Some(Says::Rest) => return Part::Rest,
            // "2 tablespoons of" has a figure that says how much
            Some(Says::Some) if !numeric_before(text, tokens, k) => {
                return if conditional(text, tokens, (first, last), food) { Part::None } else { Part::Unknown };
            }
            Some(Says::Nothing) => {}
            Some(Says::Some) if steps.skip.contains(&w) => {}
            _ if is_of(&w, locale) => {}
            _ => break,
        }
    }
    stated(text, tokens, (first, last), food, locale)
}

/// Whether a word only binds an amount to its name.
fn is_of(word: &str, locale: &Locale) -> bool {
    locale.of_words.iter().any(|o| o.trim_end_matches(['\'', '’']) == word)
}

/// Whether the sentence has an "if".
fn conditional(text: &str, tokens: &[Token], (first, last): (usize, usize), food: &Words) -> bool {
    let end_of = |from: usize, to: usize| text[from..to].contains(['.', '!', '?', ';']);
    let from = (1..=first).rev().find(|k| end_of(tokens[k - 1].range.end, tokens[*k].range.start)).unwrap_or(0);
    let to = (last..tokens.len() - 1).find(|k| end_of(tokens[*k].range.end, tokens[k + 1].range.start));
    let to = to.unwrap_or(tokens.len() - 1);
    tokens[from..=to].iter().any(|t| food.step.cond.contains(&food.fold(&text[t.range.clone()])))
}

fn numeric(text: &str, token: &Token) -> bool {
    text[token.range.clone()].starts_with(char::is_numeric)
}

fn numeric_before(text: &str, tokens: &[Token], k: usize) -> bool {
    k > 0 && !tokens[k].breaks && numeric(text, &tokens[k - 1])
}

/// An amount that stands before the name, with nothing between but its unit and words that say nothing.
fn stated(text: &str, tokens: &[Token], (first, last): (usize, usize), food: &Words, locale: &Locale) -> Part {
    let furthest = first.saturating_sub(6);
    let Some(mut at) = (furthest..first).rev().find(|k| numeric(text, &tokens[*k])) else { return Part::Plain };
    // "1 1/2", "2-3", "1.5": figures that stand close together are one amount
    while at > furthest && numeric(text, &tokens[at - 1]) && tokens[at].range.start - tokens[at - 1].range.end <= 3 {
        at -= 1;
    }
    let line = parse_line(&text[tokens[at].range.start..tokens[last].range.end], locale);
    let Some(Amount::Measured(measure)) = line.amount else { return Part::Plain };
    let name: Vec<String> = tokens[first..=last].iter().map(|t| food.fold(&text[t.range.clone()])).collect();
    let between = |w: &String| name.contains(w) || food.step.skip.contains(w) || is_of(w, locale);
    let words: Vec<String> =
        super::food::tokens(&line.item).into_iter().map(|t| food.fold(&line.item[t.range])).collect();
    if line.note.is_none() && words.iter().all(between) { Part::Stated(measure, line.unit) } else { Part::Plain }
}
