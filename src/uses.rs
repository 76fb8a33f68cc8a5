//! Which ingredients a step uses, and how much of each: what a cook would have to look up in the list.
//!
//! A step uses what its `uses:` names, else what its words name. An ingredient stands beside the first step that uses it, with the
//! amount of the list; where the steps share it out, beside each with its part. When it is not sure which ingredient is meant, or
//! how much of it, nothing is said.

mod names;
mod part;
mod scan;
mod unspaced;

use crate::bytes::ByteSet;
use crate::food;
use crate::markdown::Block;
use crate::quantity::{Amount, Measure, Number, Unit};
use crate::recipe::{Ingredient, Recipe, Step};
use part::Part;
use scan::{Found, Scanner, Scratch};

/// An ingredient that a step uses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Use {
    /// Its number among [`Recipe::all_ingredients`].
    pub ingredient: usize,
    /// How much of it; `None` is all that the list gives.
    pub amount: Option<Taken>,
}

/// A part of an ingredient's amount, with its unit.
pub type Taken = (Measure, Option<Unit>);

/// A step that names an ingredient.
#[derive(Debug)]
struct Mention {
    step: usize,
    part: Part,
}

/// For every step of [`Recipe::all_steps`], what it uses, in the order of the list.
pub fn of(recipe: &Recipe) -> Vec<Vec<Use>> {
    let steps: Vec<&Step> = recipe.all_steps().collect();
    let mut out: Vec<Vec<Use>> = steps.iter().map(|_| Vec::new()).collect();
    let scanner = Scanner::new(recipe);
    if scanner.is_empty() {
        return out;
    }
    let step_groups: Vec<Option<&str>> =
        recipe.steps.iter().flat_map(|g| g.items.iter().map(|_| g.name.as_ref().map(|n| n.trimmed()))).collect();
    let mut mentions: Vec<Vec<Mention>> = scanner.ingredients.iter().map(|_| Vec::new()).collect();
    let mut groups: Vec<Vec<usize>> = Vec::with_capacity(steps.len());
    let mut scratch = Scratch::default();
    for (n, step) in steps.iter().enumerate() {
        let (named, of_groups) = named(&scanner, step, step_groups[n], &mut scratch);
        for (ingredient, part) in named {
            mentions[ingredient].push(Mention { step: n, part });
        }
        groups.push(of_groups);
    }
    together(&scanner, &steps, &groups, &mut mentions);
    for (i, (ingredient, mentions)) in scanner.ingredients.iter().zip(&mentions).enumerate() {
        for (step, amount) in shares(ingredient, mentions) {
            out[step].push(Use { ingredient: i, amount });
        }
    }
    out
}

/// The texts of a step: its heading, then its paragraphs.
fn texts<'s>(step: &'s Step, mut each: impl FnMut(&'s str)) {
    fn blocks<'s>(all: &'s [Block], each: &mut impl FnMut(&'s str)) {
        for block in all {
            match block {
                Block::Para(r) | Block::Heading(r) => each(&r.text),
                Block::Quote(inner) => blocks(inner, each),
                Block::List { items, .. } => items.iter().for_each(|i| blocks(i, each)),
            }
        }
    }
    if let Some(title) = &step.title {
        each(&title.value);
    }
    if let Some(prose) = step.text.as_ref().or(step.card.as_ref()) {
        blocks(&prose.blocks, &mut each);
    }
}

/// The ingredients that a step surely names, each once, and the groups that it or its heading names.
fn named(
    scanner: &Scanner<'_>,
    step: &Step,
    heading: Option<&str>,
    scratch: &mut Scratch,
) -> (Vec<(usize, Part)>, Vec<usize>) {
    let mut found: Vec<Found> = Vec::new();
    let mut words: Vec<usize> = Vec::new();
    heading.into_iter().for_each(|h| scanner.words_of_groups(h, scratch, &mut words));
    texts(step, |text| scanner.scan(text, scratch, &mut found, &mut words));
    let groups = scanner.groups_named(&words);
    let said = settle(scanner, &found, &groups);
    if step.uses.is_empty() {
        return (said, groups);
    }
    let mut listed: Vec<Found> = Vec::new();
    for name in &step.uses {
        match scanner.exact(name.trimmed()) {
            Some(ingredients) => listed.push(Found { ingredients, part: Part::Plain }),
            None => scanner.scan(name.trimmed(), scratch, &mut listed, &mut Vec::new()),
        }
    }
    let listed = settle(scanner, &listed, &groups);
    let part = |i: usize| said.iter().find(|(s, _)| *s == i).map_or(Part::Plain, |(_, p)| p.clone());
    (listed.into_iter().map(|(i, _)| (i, part(i))).collect(), groups)
}

/// Of several ingredients that a word may mean, the one that the rest of the step speaks for.
fn settle(scanner: &Scanner<'_>, found: &[Found], groups: &[usize]) -> Vec<(usize, Part)> {
    let alone = |f: &Found| if let [one] = f.ingredients[..] { Some(one) } else { None };
    let company: Vec<usize> = found.iter().filter_map(alone).map(|i| scanner.group[i]).collect();
    let mut out: Vec<(usize, Part)> = Vec::new();
    for f in found {
        let only = |keep: &dyn Fn(usize) -> bool| {
            let kept: Vec<usize> = f.ingredients.iter().copied().filter(|i| keep(*i)).collect();
            if let [one] = kept[..] { Some(one) } else { None }
        };
        let meant = alone(f)
            .or_else(|| only(&|i| f.part.is_whole_of(scanner.ingredients[i])))
            .or_else(|| only(&|i| groups.contains(&scanner.group[i])))
            .or_else(|| only(&|i| company.contains(&scanner.group[i])));
        let Some(meant) = meant else { continue };
        match out.iter_mut().find(|(i, _)| *i == meant) {
            None => out.push((meant, f.part.clone())),
            // a plain word after a measured one is the same again; two measured ones are two parts
            Some((_, part)) if *part == Part::Plain => *part = f.part.clone(),
            Some((_, part)) if f.part != Part::Plain && *part != f.part => *part = Part::Unknown,
            Some(_) => {}
        }
    }
    out
}

/// Ingredients that no step names by themselves, where a step names their group, or all that is left.
fn together(scanner: &Scanner<'_>, steps: &[&Step], groups: &[Vec<usize>], mentions: &mut [Vec<Mention>]) {
    let plain = |step| Mention { step, part: Part::Plain };
    let silent: Vec<bool> = mentions.iter().map(Vec::is_empty).collect();
    for group in 0..scanner.group_count {
        let members: Vec<usize> = (0..silent.len()).filter(|i| scanner.group[*i] == group).collect();
        if members.is_empty() || !members.iter().all(|i| silent[*i]) {
            continue;
        }
        let first = groups.iter().position(|named| named.contains(&group));
        if let Some(step) = first {
            members.into_iter().for_each(|i| mentions[i].push(plain(step)));
        }
    }
    let words = scanner.food;
    if mentions.iter().all(|m| !m.is_empty()) {
        return;
    }
    let mut said = String::new();
    for (n, step) in steps.iter().enumerate() {
        said.clear();
        texts(step, |t| push_lower(t, &mut said));
        let says = |phrases: &[String]| phrases.iter().any(|p| said.contains(p.as_str()));
        let nothing_yet = || mentions.iter().flatten().all(|m| m.step >= n);
        if says(&words.others) || nothing_yet() && says(&words.all) {
            mentions.iter_mut().filter(|m| m.is_empty()).for_each(|m| m.push(plain(n)));
            break;
        }
    }
}

/// Adds a text in lower case, and a line's end, which no phrase has.
fn push_lower(text: &str, out: &mut String) {
    static OTHERS: ByteSet = ByteSet::of(&[]).and_beyond_ascii();
    let start = out.len();
    let mut from = 0;
    while let Some(at) = OTHERS.find_rare(text.as_bytes(), from) {
        let c = text[at..].chars().next().unwrap_or_default();
        out.push_str(&text[from..at]);
        // the small form of this letter depends on where it stands
        if c == 'Σ' {
            out.truncate(start);
            return out.extend([&text.to_lowercase(), "\n"]);
        }
        out.extend(c.to_lowercase());
        from = at + c.len_utf8();
    }
    out.push_str(&text[from..]);
    out[start..].make_ascii_lowercase();
    out.push('\n');
}

/// Beside which steps an ingredient stands, with how much of it.
fn shares(ingredient: &Ingredient, mentions: &[Mention]) -> Vec<(usize, Option<Taken>)> {
    let Some(first) = mentions.first() else { return Vec::new() };
    if mentions.iter().all(|m| m.part == Part::Plain) {
        return vec![(first.step, None)];
    }
    let whole = ingredient.amount.as_ref().and_then(Amount::measure).filter(|m| exact(m));
    let mut left = whole.map(|m| m.from);
    let mut out = Vec::new();
    for m in mentions {
        let taken = match &m.part {
            Part::Stated(measure, unit) if m.part.is_whole_of(ingredient) => {
                left = None;
                out.push((m.step, Some((measure.clone(), unit.clone()))));
                continue;
            }
            Part::Stated(measure, unit) if unit.is_some() == ingredient.unit.is_some() => {
                let same = *unit == ingredient.unit && exact(measure);
                out.push((m.step, Some((measure.clone(), unit.clone()))));
                same.then_some(measure.from)
            }
            Part::Half => left.filter(|l| whole.is_some_and(|w| w.from == *l)).and_then(|l| quotient(l, 2)),
            Part::Rest => left.filter(|l| whole.is_some_and(|w| w.from != *l)),
            _ => None,
        };
        if let (Part::Half | Part::Rest, Some(taken), Some(whole)) = (&m.part, taken, whole) {
            let measure = Measure { from: taken, ..whole.clone() };
            out.push((m.step, Some((measure, ingredient.unit.clone()))));
        }
        // a part that is not known leaves a rest that is not known
        left = left.zip(taken).and_then(|(l, t)| difference(l, t));
    }
    out
}

/// Whether a measure can be shared out.
fn exact(m: &Measure) -> bool {
    m.about.is_none() && m.times.is_none() && m.to.is_none()
}

fn quotient(n: Number, by: u64) -> Option<Number> {
    let (a, b) = n.ratio();
    n.like(a, b.checked_mul(by)?)
}

fn difference(a: Number, b: Number) -> Option<Number> {
    let ((an, ad), (bn, bd)) = (a.ratio(), b.ratio());
    let left = an.checked_mul(bd)?.checked_sub(bn.checked_mul(ad)?)?;
    (left > 0).then(|| a.like(left, ad.checked_mul(bd)?)).flatten()
}

#[cfg(test)]
mod tests;
