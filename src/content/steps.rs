//! The steps: their text with its quantities set off, their leading time and heat.

use super::list::item;
use super::setter::{Setter, heading};
use super::{ContentGroup, Cue, Item, StepContent, figures};
use crate::locale::Locale;
use crate::markdown;
use crate::quantity::{Heat, Mention, MentionKind, Temperature, Time, mentions};
use crate::recipe::{Ingredient, Prose, Recipe, Step};
use crate::rich::{Mark, Rich};
use crate::typo::{Medium, refine, refine_with};
use crate::uses;

/// All steps, numbered through; `list` is the list of ingredients.
pub(super) fn steps(s: &Setter, recipe: &Recipe, list: &[ContentGroup<Item>]) -> Vec<ContentGroup<StepContent>> {
    let mut number = 0;
    let mut used = match s.medium {
        Medium::Print | Medium::Pages => Vec::new(),
        Medium::Book => used(s, recipe, list),
    }
    .into_iter();
    recipe
        .steps
        .iter()
        .map(|g| ContentGroup {
            name: g.name.as_ref().map(|n| heading(s, n)),
            items: g
                .items
                .iter()
                .map(|step| {
                    number += 1;
                    StepContent { uses: used.next().unwrap_or_default(), ..one(s, step, number) }
                })
                .collect(),
        })
        .collect()
}

/// For every step, the lines of the list that it is the first to use. What has no amount needs no repeating.
fn used(s: &Setter, recipe: &Recipe, list: &[ContentGroup<Item>]) -> Vec<Vec<Item>> {
    let listed: Vec<(&Ingredient, &Item)> = recipe.all_ingredients().zip(list.iter().flat_map(|g| &g.items)).collect();
    let line = |u: uses::Use| {
        let (own, line) = listed[u.ingredient];
        // an amount in figures stands beside its name, in words among the notes
        if u.amount.is_none() && line.number.is_some() {
            return Some(line.without_note());
        }
        let (amount, unit, also) = match u.amount {
            Some((measure, unit)) => s.part(measure, unit, own),
            None => (own.amount.clone(), own.unit.clone(), own.also.clone()),
        };
        amount.as_ref()?;
        Some(item(s, &Ingredient { amount, unit, also, note: None, or: None, optional: false, ..own.clone() }))
    };
    uses::of(recipe).into_iter().map(|all| all.into_iter().filter_map(line).collect()).collect()
}

fn one(s: &Setter, step: &Step, number: usize) -> StepContent {
    let wording = match s.medium {
        Medium::Print => step.card.as_ref().or(step.text.as_ref()),
        Medium::Pages | Medium::Book => step.text.as_ref().or(step.card.as_ref()),
    };
    let mut body = wording.map(|p| markdown::paragraphs(&p.blocks)).unwrap_or_default();
    let mut named = Named::default();
    // only other units ask what the step is about
    let said = s.units.map(|_| figures::said(step)).unwrap_or_default();
    for rich in &mut body {
        s.add(rich, &said);
        let found = mentions(&rich.text, s.locale);
        named.mark(rich, &found, step, s.locale);
        refine_with(rich, s.locale, s.medium, &found);
        s.star(rich);
    }
    let at = step.at;
    let heat = step.heat.as_ref().and_then(|(heat, _)| match heat {
        Heat::Words(words) if !named.says(words, &body) => Some(s.rich(Rich::plain(heat_words(words, s.locale), at))),
        _ => None,
    });
    StepContent {
        number,
        continued: false,
        title: step.title.as_ref().map(|t| without_stop(heading(s, t))),
        heat,
        uses: Vec::new(),
        tail_heat: tail_heat(s, step, &named),
        tail_time: tail_time(s, step, &named),
        body,
        cue: cue(s, step),
        tip: step.tip.as_ref().map(|p| tip(s, p)).unwrap_or_default(),
        photo: step.photo.clone(),
    }
}

fn tip(s: &Setter, prose: &Prose) -> Vec<Rich> {
    let mut out = markdown::paragraphs(&prose.blocks);
    for rich in &mut out {
        s.add(rich, "");
        let found = mentions(&rich.text, s.locale);
        mark_keys(rich, &found);
        refine_with(rich, s.locale, s.medium, &found);
        s.star(rich);
    }
    out
}

fn without_stop(mut rich: Rich) -> Rich {
    if rich.text.ends_with('.') && !rich.text.ends_with("..") {
        rich.text.pop();
    }
    rich
}

/// "medium-high" on its own line of a card reads as "Medium-high heat" in English; other languages write it whole.
fn heat_words(words: &str, locale: &Locale) -> String {
    let bare = locale.tag == "en" && !words.contains(' ');
    format!("{}{}{}", locale.capitalised(words), if bare { " heat" } else { "" }, locale.stop())
}

/// Which of a step's own fields its text names.
#[derive(Default)]
struct Named {
    time: bool,
    temperature: bool,
    first: bool,
}

impl Named {
    /// Marks the quantities of a paragraph: the step's leading one as cue, the rest as key.
    fn mark(&mut self, rich: &mut Rich, found: &[Mention], step: &Step, locale: &Locale) {
        let time = step.time.as_ref().and_then(Time::duration);
        let temperature = temperature(step);
        let leads_with_time = step.time.is_some();
        for m in found {
            let is_time = m.kind == MentionKind::Time && time.is_some() && m.duration == time;
            let is_temperature = m.kind == MentionKind::Temperature
                && temperature.is_some_and(|t| {
                    Temperature::prefix(&rich.text[m.range.clone()], locale).is_some_and(|(u, _)| u == *t)
                });
            // without a field of its own, a step is led by the first time or temperature that it names
            let by_default = step.time.is_none()
                && temperature.is_none()
                && !self.first
                && matches!(m.kind, MentionKind::Time | MentionKind::Temperature);
            let cue = is_time && !self.time || is_temperature && !self.temperature && !leads_with_time || by_default;
            self.first |= matches!(m.kind, MentionKind::Time | MentionKind::Temperature);
            self.time |= is_time;
            self.temperature |= is_temperature;
            match m.kind {
                MentionKind::Bare => {}
                _ if cue => rich.marks.push((m.range.clone(), Mark::Cue)),
                _ => rich.marks.push((m.range.clone(), Mark::Key)),
            }
        }
        rich.marks.sort_by_key(|(r, _)| (r.start, std::cmp::Reverse(r.end)));
    }

    fn says(&self, words: &str, body: &[Rich]) -> bool {
        let words = words.to_lowercase();
        body.iter().any(|r| r.text.to_lowercase().contains(&words))
    }
}

/// Marks the quantities of a text that has no leading one.
pub(super) fn emphasise(rich: &mut Rich, locale: &Locale) {
    let found = mentions(&rich.text, locale);
    mark_keys(rich, &found);
}

fn mark_keys(rich: &mut Rich, found: &[Mention]) {
    let keys = found.iter().filter(|m| m.kind != MentionKind::Bare);
    rich.marks.extend(keys.map(|m| (m.range.clone(), Mark::Key)));
    rich.marks.sort_by_key(|(r, _)| (r.start, std::cmp::Reverse(r.end)));
}

fn temperature(step: &Step) -> Option<&Temperature> {
    match &step.heat {
        Some((Heat::Temperature { main, .. }, _)) => Some(main),
        _ => None,
    }
}

/// The temperature that the fields give and the text does not.
fn tail_heat(s: &Setter, step: &Step, named: &Named) -> Option<Rich> {
    let Some((Heat::Temperature { main, rest }, _)) = step.heat.as_ref().filter(|_| !named.temperature) else {
        return None;
    };
    let mut out = Rich::plain("", step.at);
    let leads = step.time.is_none();
    out.push(&s.medium.fit(&main.show(s.locale)), Some(if leads { Mark::Cue } else { Mark::Key }));
    let mut more = Rich::plain(rest.as_deref().unwrap_or_default(), step.at);
    emphasise(&mut more, s.locale);
    refine(&mut more, s.locale, s.medium);
    if let Some(words) = figures::beside_heat(s, step) {
        if !more.is_empty() {
            more.push(s.locale.comma(), None);
        }
        let mut words = s.words(&words, step.at);
        emphasise(&mut words, s.locale);
        more.append(&words);
    }
    if !more.is_empty() {
        out.push(" (", None);
        out.append(&more);
        out.push(")", None);
    }
    out.push(s.locale.stop(), None);
    Some(out)
}

/// The time that the fields give and the text does not.
fn tail_time(s: &Setter, step: &Step, named: &Named) -> Option<Rich> {
    let time = step.time.as_ref().filter(|_| !named.time)?;
    let mut out = Rich::plain("", step.at);
    out.push(&s.medium.fit(&time.show(s.locale)), Some(Mark::Cue));
    out.push(s.locale.stop(), None);
    Some(out)
}

/// The figure for the margin: the time, else the temperature.
fn cue(s: &Setter, step: &Step) -> Option<Cue> {
    if let Some(time) = &step.time {
        let shown = s.medium.fitted(time.show(s.locale));
        // "25–28 min" is a figure with a unit; "1 h 20 min" and "overnight" are not
        let (value, unit) = match shown.rsplit_once(['\u{202f}', '\u{a0}']) {
            Some((value, unit)) if !value.contains(char::is_alphabetic) => (value.to_owned(), unit.to_owned()),
            _ => (shown.clone(), String::new()),
        };
        return Some(Cue { value, unit, is_temperature: false });
    }
    match &step.heat {
        Some((Heat::Temperature { main, rest }, _)) => {
            let other = rest.as_ref().map(|r| crate::typo::refined(r, s.locale, s.medium));
            // the margin has room for one other scale
            let first = || {
                let words = figures::beside_heat(s, step)?.text;
                Some(s.medium.fit(words.split(s.locale.comma()).next()?))
            };
            let other = other.or_else(first).unwrap_or_default();
            Some(Cue { value: s.medium.fit(&main.show(s.locale)), unit: other, is_temperature: true })
        }
        _ => None,
    }
}
