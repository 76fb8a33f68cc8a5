//! A recipe in the units of another system, or in those of two. Amounts of the list change or get a second one; what texts say stays, and
//! gets its equivalent in brackets when it is set (`content`).

use super::scale::shown;
use super::{Ingredient, Recipe, Text};
use crate::diag::Diagnostic;
use crate::locale::Lang;
use crate::quantity::{Amount, Converted, Converter, Equivalents, Measure, System, Unit, Wish, units};

/// What was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct UnitsWish {
    /// In which units; `None` as written.
    pub units: Option<Wish>,
    /// Whether ovens are given with their fan on as well.
    pub fan: bool,
}

/// A recipe in the units that were asked for. What can't be converted well, or not at all, is told in warnings.
pub fn converted(mut recipe: Recipe, wish: UnitsWish, diagnostics: &mut Vec<Diagnostic>) -> Recipe {
    if wish == UnitsWish::default() {
        return recipe;
    }
    let e = equivalents(&recipe, wish);
    // after scaling, what a note says of an amount is for the recipe as written
    let notes = recipe.figures.scaled.is_none();
    let file = recipe.file;
    for i in recipe.ingredients.iter_mut().flat_map(|g| &mut g.items) {
        let told = ingredient(&e, i, notes);
        diagnostics.extend(told.map(|d| d.at(file, i.at)));
    }
    recipe.figures.units = Some(e);
    recipe
}

/// What converting must know of a recipe.
fn equivalents(recipe: &Recipe, wish: UnitsWish) -> Equivalents {
    let lang: &Lang = &recipe.lang;
    let converter = Converter::new(lang);
    let systems: Vec<System> = recipe.all_ingredients().filter_map(|i| converter.system(i.unit.as_ref()?)).collect();
    let metric = systems.iter().filter(|s| **s == System::Metric).count();
    let customary = if converter.imperial { System::Imperial } else { System::Us };
    let (own, second) =
        if 2 * metric >= systems.len() { (System::Metric, customary) } else { (customary, System::Metric) };
    Equivalents { converter, lang: lang.clone(), wish: wish.units, fan: wish.fan, own, second }
}

/// Converts an ingredient; what a cook must be told of it, without its place.
fn ingredient(e: &Equivalents, i: &mut Ingredient, notes: bool) -> Option<Diagnostic> {
    // in lists that give the amount last, unit and figure are one word: "150g"
    if let Some(Amount::Words(words)) = &i.amount
        && let Some([(measure, unit)]) = measures(e, words).as_deref()
        && e.target(unit).is_some()
    {
        (i.amount, i.unit) = (Some(Amount::Measured(measure.clone())), Some(unit.clone()));
    }
    let Some(Amount::Measured(measure)) = &i.amount else { return None };
    let target = e.target(i.unit.as_ref()?)?;
    let (before, item) = (shown(measure, i.unit.as_ref()), i.item.trimmed().to_owned());
    let result = e.amount(measure, i.unit.as_ref(), &item);
    if result == Converted::Same {
        return None;
    }
    let example = if target == System::Metric { "250 g" } else { "1/8 tsp" };
    let hint = format!("a figure of your own in the note is taken instead, such as `note: {example}`");
    let own = if notes { noted(e, i, target) } else { None };
    let (amount, unit, told) = match (own, result) {
        // the author's own figure is better than ours
        (Some((amount, unit)), _) => (amount, unit, None),
        (None, Converted::Met(met)) => {
            let told = met.is_rough().then(|| {
                let now = shown(&met.measure, met.unit.as_ref());
                Diagnostic::warning(
                    "converted-roughly",
                    format!("{before} of `{item}` can't be measured well in other units: it is printed as {now}"),
                )
                .hint(hint)
            });
            (Amount::Measured(met.measure), met.unit, told)
        }
        (None, Converted::Not(why)) => {
            let single = matches!(e.wish, Some(Wish::One(_)));
            let message = format!("{before} of `{item}` stays as written: {why}");
            return single.then(|| Diagnostic::warning("not-converted", message).hint(hint));
        }
        (None, Converted::Same) => return None,
    };
    match e.wish {
        Some(Wish::Both) if e.own == target => {
            i.also = i.amount.replace(amount).map(|a| (a, i.unit.take()));
            i.unit = unit;
        }
        Some(Wish::Both) => i.also = Some((amount, unit)),
        _ => (i.amount, i.unit) = (Some(amount), unit),
    }
    told
}

/// The amount in that system which the author gives in the note ("drained, torn; 9 oz"); taken out of it.
fn noted(e: &Equivalents, i: &mut Ingredient, target: System) -> Option<(Amount, Option<Unit>)> {
    let note = i.note.as_ref()?;
    let text = note.trimmed();
    let given = i.amount.as_ref()?.measure()?.clone();
    for (start, end) in pieces(text) {
        let piece = text[start..end].trim();
        let Some(parts) = measures(e, piece) else { continue };
        if !parts.iter().all(|(_, unit)| fits(e, unit, target)) || !agrees(e, (&given, i.unit.as_ref()?), &parts) {
            continue;
        }
        let found = match parts.as_slice() {
            [(measure, unit)] => (Amount::Measured(measure.clone()), Some(unit.clone())),
            _ => (Amount::Words(piece.to_owned()), None),
        };
        let before = text[..start].trim_end_matches([' ', ',', ';', '，', '；']);
        let after = text[end..].trim_start_matches([' ', ',', ';', '，', '；']);
        let joint =
            if before.is_empty() || after.is_empty() { "" } else { text[before.len()..].get(..1).unwrap_or(",") };
        let joint = if joint.is_empty() { String::new() } else { format!("{joint} ") };
        let rest = format!("{before}{joint}{after}");
        i.note = (!rest.is_empty()).then(|| Text::new(rest, note.at));
        return Some(found);
    }
    None
}

/// The parts of a note between commas and semicolons; a comma between figures is none.
fn pieces(text: &str) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    let mut start = 0;
    let bytes = text.as_bytes();
    for (i, c) in text.char_indices() {
        let digits =
            i > 0 && bytes[i - 1].is_ascii_digit() && bytes.get(i + c.len_utf8()).is_some_and(u8::is_ascii_digit);
        if matches!(c, ',' | ';' | '，' | '；') && !(c == ',' && digits) {
            out.push((start, i));
            start = i + c.len_utf8();
        }
    }
    out.push((start, text.len()));
    out
}

/// A text that is nothing but measures: "9 oz", "1 lb 2 oz".
fn measures(e: &Equivalents, text: &str) -> Option<Vec<(Measure, Unit)>> {
    let locale = e.converter.locale;
    let mut rest = text.trim();
    let mut out = Vec::new();
    while !rest.is_empty() {
        let (measure, used) = Measure::prefix(rest, locale)?;
        rest = rest[used..].trim_start();
        let ends = rest.char_indices().filter(|(_, c)| c.is_whitespace()).map(|(i, _)| i).chain([rest.len()]);
        let (end, key) = ends.take(4).filter_map(|end| Some((end, locale.unit(&rest[..end])?))).last()?;
        out.push((measure, Unit { key: Some(key.to_owned()), written: rest[..end].to_owned() }));
        rest = rest[end..].trim_start();
    }
    (!out.is_empty()).then_some(out)
}

/// Whether a unit is one of the system; spoons go with those that have cups.
fn fits(e: &Equivalents, unit: &Unit, target: System) -> bool {
    match e.converter.system(unit) {
        Some(system) => system == target || system != System::Metric && target != System::Metric,
        None => {
            let kind = unit.key.as_deref().and_then(units::facts).map(|f| f.kind);
            target != System::Metric && kind == Some(units::Kind::Volume)
        }
    }
}

/// Whether the second figure may be the first one in other units: where both are of one kind, they must be near each other.
fn agrees(e: &Equivalents, given: (&Measure, &Unit), parts: &[(Measure, Unit)]) -> bool {
    let Some((kind, exact)) = e.converter.size_of(given.0, given.1) else { return false };
    let mut sum = 0.0;
    for (measure, unit) in parts {
        match e.converter.size_of(measure, unit) {
            Some((k, v)) if k == kind => sum += v,
            // a volume of something for its mass
            Some((units::Kind::Mass | units::Kind::Volume, _)) => return parts.len() == 1,
            _ => return false,
        }
    }
    (sum - exact).abs() <= 0.2 * exact
}
