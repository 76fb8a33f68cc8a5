//! The list of ingredients.

use super::setter::{STAR, Setter};
use super::{Item, batches};
use crate::cookbook::slug;
use crate::locale::Label;
use crate::quantity::{Amount, Measure, Unit, names_number, units};
use crate::recipe::{Ingredient, Recipe, Text};
use crate::rich::{Mark, Rich};

/// What stands above the title: cuisine and course, without repeating a word.
pub fn kicker_words(recipe: &Recipe) -> Vec<&Text> {
    let mut words: Vec<&Text> = Vec::new();
    for text in recipe.cuisine.iter().chain(&recipe.course) {
        if !words.iter().any(|w| w.trimmed().eq_ignore_ascii_case(text.trimmed())) {
            words.push(text);
        }
    }
    words
}

/// A line of the list.
pub(super) fn item(s: &Setter, i: &Ingredient) -> Item {
    let locale = s.locale;
    let (number, measure) = match &i.amount {
        Some(Amount::Measured(m)) => {
            let m = kitchen(m, i);
            (Some(s.medium.fitted(m.show(locale))), Some(m))
        }
        _ => (None, None),
    };
    // words are set like a note, unless they hold a figure ("2 or 3 handfuls") or stand for one ("大さじ2")
    let words = i.amount.as_ref().and_then(|a| if let Amount::Words(w) = a { Some(w.clone()) } else { None });
    let figure =
        words.as_ref().is_some_and(|w| w.chars().any(char::is_numeric) || locale.tag == "ja" || locale.tag == "zh");
    let unit = i.unit.as_ref().map(|u| u.show(measure.as_ref(), locale));
    let mut notes: Vec<Rich> = Vec::new();
    let plain = |t: &str, at| s.rich(Rich::plain(t, at));
    let mut name = s.line(&i.item);
    if number.is_none() {
        s.add(&mut name, "");
    }
    let also = i.also.as_ref().map(|(amount, unit)| also(s, amount, unit.as_ref(), i));
    if let Some(w) = words.as_ref().filter(|_| !figure) {
        let with_unit = unit.as_ref().map_or(w.clone(), |u| format!("{w} {u}"));
        if locale.words_before {
            // "a pinch of salt" in languages where the item takes a case from the amount
            name = plain(&format!("{with_unit} {}", i.item.trimmed()), i.item.at);
        } else {
            notes.push(plain(&with_unit, i.at));
        }
    }
    notes.extend(i.note.iter().map(|n| noted(s, s.line(n), unit_is_measure(i.unit.as_ref()))));
    if let Some(or) = &i.or {
        notes.push(noted(s, plain(&format!("{} {}", locale.label(Label::Or), or.trimmed()), or.at), false));
    }
    if i.optional {
        notes.push(Rich::plain(locale.label(Label::Optional), i.at));
    }
    let number = number.or_else(|| {
        words.filter(|_| figure).map(|w| {
            let mut words = plain(&w, i.at);
            s.add(&mut words, i.item.trimmed());
            words.text
        })
    });
    let unscaled = i.unscaled && s.stars;
    let number = number.map(|n| if unscaled { n + STAR } else { n });
    if unscaled && number.is_none() {
        name.push(STAR, None);
    }
    let unit = unit.filter(|_| number.is_some());
    Item {
        number,
        unit,
        also,
        name,
        note: joined(notes),
        row: i.row.as_ref().filter(|_| s.batches).map(|row| batches::row(s, row)),
        recipe: i.recipe.as_ref().map(|r| slug(r.trimmed().trim_end_matches(".yaml").trim_end_matches(".yml"))),
    }
}

/// Whether an amount in this unit is one of mass or volume.
fn unit_is_measure(unit: Option<&Unit>) -> bool {
    let facts = unit.and_then(|u| u.key.as_deref()).and_then(units::facts);
    facts.is_some_and(|f| matches!(f.kind, units::Kind::Mass | units::Kind::Volume))
}

/// An amount in another system, as printed.
fn also(s: &Setter, amount: &Amount, unit: Option<&Unit>, i: &Ingredient) -> (String, Option<String>) {
    match amount {
        Amount::Measured(m) => {
            let m = match unit {
                Some(u) if u.is_metric() => m.clone(),
                _ => m.clone().with_kitchen_fractions(),
            };
            (s.medium.fitted(m.show(s.locale)), unit.map(|u| u.show(Some(&m), s.locale)))
        }
        Amount::Words(w) => (s.rich(Rich::plain(w.as_str(), i.at)).text, None),
    }
}

/// A note, with what is added to it, and a mark when it names an amount of the recipe as written.
fn noted(s: &Setter, mut note: Rich, measured: bool) -> Rich {
    if measured {
        s.add_to_note(&mut note)
    } else {
        s.add(&mut note, "")
    }
    if s.stars && names_number(&note.text, s.locale) {
        note.push(STAR, None);
    }
    note
}

/// Spoons and cups come in fractions, scales in decimals.
fn kitchen(m: &Measure, i: &Ingredient) -> Measure {
    match &i.unit {
        Some(u) if u.is_metric() => m.clone(),
        _ => m.clone().with_kitchen_fractions(),
    }
}

fn joined(notes: Vec<Rich>) -> Option<Rich> {
    let mut notes = notes.into_iter();
    let mut all = notes.next()?;
    for note in notes {
        all.push(", ", None);
        all.append(&note);
    }
    Some(all)
}

/// Whether half the amounts or more are missing; words ("a splash") are no amounts.
pub(super) fn few_quantities(recipe: &Recipe) -> bool {
    let all = recipe.all_ingredients().count();
    let without = recipe
        .all_ingredients()
        .filter(|i| !matches!(&i.amount, Some(a) if a.measure().is_some() || has_figure(a)))
        .count();
    all > 1 && without * 2 >= all
}

fn has_figure(a: &Amount) -> bool {
    matches!(a, Amount::Words(w) if w.chars().any(char::is_numeric))
}

/// "Contains fish and soy."; what the author says when it is a sentence of its own.
pub(super) fn allergens(s: &Setter, recipe: &Recipe) -> Option<Rich> {
    let all = recipe.allergens.as_ref()?;
    let words: Vec<&str> = all.iter().map(Text::trimmed).filter(|w| !w.is_empty()).collect();
    let at = all.first().map_or(recipe.title.at, |t| t.at);
    if words.is_empty() {
        return None;
    }
    let sentence = s.locale.fill(Label::Contains, &[("list", &s.locale.list(&words))]);
    Some(s.rich(Rich::plain(sentence, at)).marked(Mark::Strong))
}
