//! What a recipe says of its own figures: that it was scaled, and what was not.

use super::build::yield_fact;
use super::setter::{STAR, Setter};
use super::{Aside, ContentGroup, Fact, Item, StepContent, batches};
use crate::locale::Label;
use crate::markdown;
use crate::quantity::{Equivalents, Heat, Heats, Number, Oven, Scale, System, Temperature, Unit, Words};
use crate::recipe::{Recipe, Step};
use crate::rich::Rich;

/// By how much it was scaled, and from what.
pub(super) fn scaled(s: &Setter, recipe: &Recipe) -> Option<Fact> {
    let scaled = recipe.figures.scaled.as_ref()?;
    let factor = s.medium.fit(&scaled.factor.show(s.locale));
    let at = recipe.yields.as_ref().map_or(recipe.title.at, |y| y.at);
    let one = |y: &crate::recipe::Yield| {
        y.amount.as_ref().and_then(|a| a.measure()).is_some_and(|m| m.to.is_none() && m.from == Number::whole(1))
    };
    let text = match &scaled.from {
        Some(y) => {
            let people = y.of.is_none() && !one(y);
            let label = if people { Label::ScaledServings } else { Label::ScaledFrom };
            s.locale.fill(label, &[("factor", &factor), ("yield", &yield_fact(s, y).value.text)])
        }
        None => format!("×\u{a0}{factor}"),
    };
    Some(Fact { label: s.label(Label::Scaled, at), value: s.rich(Rich::plain(text, at)) })
}

/// The lines that explain marks, when there are any.
pub(super) fn notes(
    s: &Setter,
    recipe: &Recipe,
    ingredients: &[ContentGroup<Item>],
    steps: &[ContentGroup<StepContent>],
    asides: &[Aside],
) -> Vec<Rich> {
    if !s.stars {
        return Vec::new();
    }
    let starred = |r: &Rich| r.text.ends_with(STAR);
    let items = ingredients.iter().flat_map(|g| &g.items).any(|i| {
        i.number.as_ref().is_some_and(|n| n.ends_with(STAR))
            || i.note.as_ref().is_some_and(|n| n.text.contains(STAR))
            || starred(&i.name)
    });
    let any = items
        || steps.iter().flat_map(|g| &g.items).any(|s| s.body.iter().chain(&s.tip).any(starred))
        || asides.iter().any(|a| a.text.iter().any(starred));
    if s.batches {
        return batches::notes(s, recipe, any);
    }
    any.then(|| s.label(Label::AsWritten, recipe.title.at)).into_iter().collect()
}

/// What a step says in its heading and its text, in one.
pub(super) fn said(step: &Step) -> String {
    let mut all = step.title.as_ref().map(|t| t.trimmed().to_owned()).unwrap_or_default();
    for rich in step.text.iter().chain(&step.card).flat_map(|p| markdown::paragraphs(&p.blocks)) {
        all += " ";
        all += &rich.text;
    }
    all
}

/// A step's temperature, what it is of, and on which other scales the recipe gives it.
fn heat(e: &Equivalents, step: &Step) -> Option<(Temperature, Heats, Vec<Temperature>)> {
    let (Heat::Temperature { main, rest }, _) = step.heat.as_ref()? else { return None };
    let rest = rest.as_deref().unwrap_or_default();
    let given = e.temperatures_of(rest);
    // "180 °C fan" is one with the fan on, "200 °C, fan 180 °C" is not
    let fan = e.names_fan(rest);
    let kind = match (main.scale == Scale::Gas || e.speaks_of_oven(&said(step)), fan, given.is_empty()) {
        (false, ..) => Heats::Food,
        (true, true, true) => Heats::Fan,
        (true, true, false) => Heats::OvenWithFan,
        (true, false, _) => Heats::Oven,
    };
    Some((main.clone(), kind, given))
}

/// What is added to a step's temperature that its text does not name.
pub(super) fn beside_heat(s: &Setter, step: &Step) -> Option<Words> {
    let e = s.units?;
    let (main, kind, given) = heat(e, step)?;
    let scales: Vec<Scale> = given.iter().map(|t| t.scale).collect();
    e.temperatures(&main, kind, &scales)
}

/// The one temperature that a recipe's oven is at, on all scales that are given or asked for: oven, fan, US, gas. Nothing where there
/// are several, or only one scale.
pub(super) fn oven(s: &Setter, recipe: &Recipe) -> (Vec<Fact>, Vec<String>) {
    let Some(e) = s.units else { return Default::default() };
    let mut ovens: Vec<Vec<Temperature>> = Vec::new();
    let mut fans: Vec<Temperature> = Vec::new();
    let mut meet = |group: Vec<Temperature>, fan: bool| {
        if fan {
            fans.extend(group);
            return;
        }
        match ovens.iter_mut().find(|o| o.iter().any(|t| group.contains(t))) {
            Some(known) => known.extend(group),
            None => ovens.push(group),
        }
    };
    for step in recipe.all_steps() {
        let all = said(step);
        for rich in step.text.iter().chain(&step.card).flat_map(|p| markdown::paragraphs(&p.blocks)) {
            e.ovens(&rich.text, &all).into_iter().for_each(|(group, fan)| meet(group, fan));
        }
        if let Some((main, kind, given)) = heat(e, step) {
            match kind {
                Heats::Food => {}
                Heats::Fan => meet(vec![main], true),
                Heats::OvenWithFan => meet(vec![main], false),
                Heats::Oven => meet(std::iter::once(main).chain(given).collect(), false),
            }
        }
    }
    let [one] = ovens.as_slice() else { return Default::default() };
    fans.dedup();
    strip(s, e, recipe, one, &fans)
}

/// The cells of the strip, and which of them the recipe does not give.
fn strip(
    s: &Setter,
    e: &Equivalents,
    recipe: &Recipe,
    given: &[Temperature],
    fans: &[Temperature],
) -> (Vec<Fact>, Vec<String>) {
    let main = Oven { given: given[0].clone() };
    let wanted = e.wanted(main.given.scale, Heats::Oven);
    let on = |scale: Scale| {
        given.iter().find(|t| t.scale == scale).cloned().or_else(|| main.on(scale).filter(|_| wanted.contains(&scale)))
    };
    let (celsius, fahrenheit, gas) = (on(Scale::Celsius), on(Scale::Fahrenheit), on(Scale::Gas));
    let fan_scale = if celsius.is_some() { Scale::Celsius } else { Scale::Fahrenheit };
    let own_fan = if let [one] = fans { Some(one.clone()).filter(|f| f.scale == fan_scale) } else { None };
    let fan_given = own_fan.is_some();
    let fan = own_fan.or_else(|| main.fan(fan_scale).filter(|_| e.fan));
    let given_on = |scale: Scale| given.iter().any(|t| t.scale == scale);
    let degrees = |t: Temperature| s.medium.fit(&t.show(s.locale));
    let gas_mark = |t: Temperature| match t.to {
        Some(to) => format!("{}\u{2013}{}", t.from.show(s.locale), to.show(s.locale)),
        None => t.from.show(s.locale),
    };
    // where there are no degrees Celsius, the oven's own are Fahrenheit
    let other = if celsius.is_some() { Label::Us } else { Label::Oven };
    let mut cells = vec![
        (Label::Oven, celsius.map(degrees), given_on(Scale::Celsius)),
        (Label::Fan, fan.map(degrees), fan_given),
        (other, fahrenheit.map(degrees), given_on(Scale::Fahrenheit)),
        (Label::Gas, gas.map(gas_mark), given_on(Scale::Gas)),
    ];
    if other == Label::Oven {
        cells.swap(1, 2);
    }
    let at = recipe.title.at;
    let (mut facts, mut worked_out) = (Vec::new(), Vec::new());
    for (label, value, given) in cells {
        let Some(value) = value else { continue };
        if !given {
            let words = if label == Label::Us { String::new() } else { format!("{} ", label.key()) };
            worked_out.push(format!("{words}{}", value.replace(['\u{a0}', '\u{202f}'], " ")));
        }
        facts.push(Fact { label: s.label(label, at), value: Rich::plain(value, at) });
    }
    if facts.len() > 1 { (facts, worked_out) } else { Default::default() }
}

/// The names of the two systems, where some amount is given in both.
pub(super) fn columns(s: &Setter, recipe: &Recipe) -> Option<[Rich; 2]> {
    let e = s.units?;
    let label = |system| match system {
        System::Metric => Label::Metric,
        System::Us => Label::Us,
        System::Imperial => Label::Imperial,
    };
    let two = recipe.all_ingredients().any(|i| i.also.is_some());
    two.then(|| [e.own, e.second].map(|system| s.label(label(system), recipe.title.at)))
}

/// What spoons and cups hold: needed where the list measures with cups.
pub(super) fn measures(s: &Setter, recipe: &Recipe) -> Option<Rich> {
    let e = s.units?;
    e.wish?;
    let is_cup = |u: &Unit| u.key.as_deref() == Some("cup");
    let written =
        |i: &crate::recipe::Ingredient| i.unit.iter().chain(i.also.iter().filter_map(|a| a.1.as_ref())).any(is_cup);
    if !recipe.all_ingredients().any(written) {
        return None;
    }
    // cups that the recipe was written with, or those of the United States, which amounts are converted to
    let to_us = matches!(e.wish, Some(crate::quantity::Wish::One(System::Us))) || e.own == System::Metric;
    let cup = if to_us { crate::quantity::US_CUP } else { e.converter.cup? };
    let number = |ml: f64| Number::whole(ml.round() as u64).show(s.locale);
    let blanks = [("teaspoon", number(5.0)), ("tablespoon", number(e.converter.tablespoon)), ("cup", number(cup))];
    let blanks = blanks.each_ref().map(|(name, value)| (*name, value.as_str()));
    Some(s.rich(Rich::plain(s.locale.fill(Label::SpoonsHold, &blanks), recipe.title.at)))
}
