//! A recipe for several batches at once: what a card prints in columns. The recipe itself stays as it was written.

use super::scale::{figure_in_words, kitchen, left, shown};
use super::{Ingredient, Recipe, Yield};
use crate::diag::Diagnostic;
use crate::locale::{Locale, english};
use crate::quantity::units::{self, Kind};
use crate::quantity::{Amount, Batches, Kitchen, Measure, Number, Portion, Unit, names_amount};

/// The amounts of an ingredient, or of what is made, for every batch.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The unit of all of them.
    pub unit: Option<Unit>,
    /// One for each batch; `None` where the amount does not come out.
    pub cells: Vec<Option<Cell>>,
    /// What they are amounts of, where that is not the ingredient's name.
    pub of: Option<String>,
}

/// An amount for one batch.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// A figure, perhaps with a unit of its own.
    Portion(Portion),
    /// A figure that is one word with its unit: "大さじ2".
    Words(String),
}

/// What a recipe prints in columns.
#[derive(Debug, Clone)]
pub struct Columns {
    /// The batches.
    pub batches: Batches,
    /// What each of them makes, where that can be computed with.
    pub makes: Option<Row>,
}

/// A table that is empty but for less than one in so many lines is no help.
const FEWEST: usize = 4;

/// A recipe with a row of amounts for every ingredient that has one to multiply. What does not come out in a batch, or can't be
/// computed with, is told in warnings.
pub fn batched(mut recipe: Recipe, batches: &Batches, diagnostics: &mut Vec<Diagnostic>) -> Recipe {
    let file = recipe.file;
    let kitchen = kitchen(&recipe);
    for i in recipe.ingredients.iter_mut().flat_map(|g| &mut g.items) {
        let told = ingredient(&kitchen, i, batches);
        diagnostics.extend(told.map(|d| d.at(file, i.at)));
    }
    let (all, rows) = (recipe.all_ingredients().count(), recipe.all_ingredients().filter(|i| i.row.is_some()).count());
    if rows == 0 || rows * FEWEST < all {
        for i in recipe.ingredients.iter_mut().flat_map(|g| &mut g.items) {
            (i.unscaled, i.row) = (false, None);
        }
        let how_many = if rows == 0 {
            "no amounts to multiply".to_owned()
        } else {
            format!("amounts for {rows} of {all} ingredients")
        };
        let message = format!("`{}` gives {how_many}, so its card has no columns", recipe.title.trimmed());
        diagnostics.push(
            Diagnostic::warning("no-columns", message)
                .at(file, recipe.title.at)
                .hint("it is printed as written; give more amounts in its list, such as 250 g flour"),
        );
        return recipe;
    }
    let makes = recipe.yields.as_ref().and_then(|y| made(y, batches, kitchen.locale));
    recipe.figures.columns = Some(Columns { batches: batches.clone(), makes });
    recipe
}

/// Gives an ingredient its row; what a cook must be told of it, without its place.
fn ingredient(kitchen: &Kitchen<'_>, i: &mut Ingredient, batches: &Batches) -> Option<Diagnostic> {
    let item = i.item.trimmed();
    match &i.amount {
        Some(Amount::Measured(m)) => {
            let portions = kitchen.portions(m, i.unit.as_ref(), item, batches);
            let told = not_out(kitchen, m, i.unit.as_ref(), item, batches, &portions);
            let cells = portions.into_iter().map(|p| p.map(Cell::Portion)).collect();
            i.row = Some(Row { unit: i.unit.clone(), cells, of: None });
            told
        }
        Some(Amount::Words(words)) => {
            let cells: Vec<Option<Cell>> = batches
                .factors()
                .iter()
                .map(|f| {
                    let same = f.is_one().then(|| words.clone());
                    same.or_else(|| figure_in_words(words, kitchen, *f)).map(Cell::Words)
                })
                .collect();
            // a word that is not a figure is the same for every batch
            if words.chars().any(char::is_numeric) {
                if cells.iter().flatten().count() < cells.len() {
                    i.unscaled = true;
                    return Some(left(&format!("`{words}` of `{item}` can't be computed with")));
                }
                i.row = Some(Row { unit: None, cells, of: None });
            }
            None
        }
        None if item.starts_with(|c: char| c.is_numeric()) && names_amount(item, kitchen.locale) => {
            i.unscaled = true;
            Some(left(&format!("the amounts in `{item}` can't be computed with")))
        }
        None => None,
    }
}

/// Names the batches that an amount does not come out in.
fn not_out(
    kitchen: &Kitchen<'_>,
    m: &Measure,
    unit: Option<&Unit>,
    item: &str,
    batches: &Batches,
    portions: &[Option<Portion>],
) -> Option<Diagnostic> {
    let missing: Vec<String> = batches
        .factors()
        .iter()
        .zip(portions)
        .filter(|(_, p)| p.is_none())
        .map(|(f, _)| format!("{}×", f.show(english())))
        .collect();
    if missing.is_empty() {
        return None;
    }
    let why = if kitchen.is_whole(unit, item) { "is no whole number" } else { "can't be measured well" };
    let list = english().list(&missing);
    let message = format!("{} of `{item}` {why} in the {list} batch: the card has a dash there", shown(m, unit));
    Some(Diagnostic::warning("not-in-batch", message).hint("choose batches that suit it, such as 1,2,4"))
}

/// What every batch makes. Nothing is said where a yield can't be multiplied, such as "one 23 cm tart".
fn made(y: &Yield, batches: &Batches, locale: &Locale) -> Option<Row> {
    let m = y.amount.as_ref()?.measure().filter(|m| m.times.is_none())?;
    let of = y.of.as_ref().map(|of| of.trimmed());
    if of.is_some_and(|of| !only_sizes(of, locale)) {
        return None;
    }
    // "150 ml relish": the unit stands in its own track
    let first = of.and_then(|of| of.split_whitespace().next());
    let key = first.and_then(|w| locale.unit(w)).filter(|k| units::facts(k).is_some_and(|f| f.kind != Kind::Count));
    let unit = key.zip(first).map(|(k, w)| Unit { key: Some(k.to_owned()), written: w.to_owned() });
    let name = match (of, first) {
        (Some(of), Some(first)) if unit.is_some() => Some(of[first.len()..].trim().to_owned()),
        (of, _) => of.map(str::to_owned),
    };
    let kitchen = Kitchen { locale, cups: false };
    let portions = kitchen.portions(m, unit.as_ref(), "", batches);
    let cells: Vec<Option<Cell>> = portions.into_iter().map(|p| p.map(Cell::Portion)).collect();
    cells.iter().all(Option::is_some).then_some(Row { unit, cells, of: name.filter(|n| !n.is_empty()) })
}

/// Whether the only figures in a text are lengths, which are the same for every batch: "pancakes, 12 cm".
fn only_sizes(text: &str, locale: &Locale) -> bool {
    let mut rest = text;
    while let Some(at) = rest.find(char::is_numeric) {
        let Some((_, used)) = Number::prefix(&rest[at..], locale) else { return false };
        rest = &rest[at + used..];
        let next: String = rest.trim_start().chars().take_while(|c| c.is_alphabetic() || *c == '″').collect();
        let length = next == "″" || locale.unit(&next).and_then(units::facts).is_some_and(|f| f.kind == Kind::Length);
        if !length {
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recipe::resolve;
    use crate::source::{FileId, Source};

    fn recipe(yaml: &str) -> Recipe {
        let text = format!("title: Soup\n{yaml}\nsteps: [Stir in 60 g flour.]\n");
        let read = resolve(FileId::default(), &Source::new("soup.yaml", text), "soup", &Default::default());
        read.value.unwrap_or_else(|| panic!("{:?}", read.diagnostics))
    }

    fn said(row: Option<&Row>) -> String {
        let Some(row) = row else { return "none".into() };
        let cell = |c: &Option<Cell>| match c {
            None => "–".to_owned(),
            Some(Cell::Words(w)) => w.clone(),
            Some(Cell::Portion(p)) => p.measure.show(english()),
        };
        let cells: Vec<String> = row.cells.iter().map(cell).collect();
        let unit = row.unit.as_ref().map(|u| u.written.as_str()).unwrap_or_default();
        format!("{} {unit} {}", cells.join(" "), row.of.as_deref().unwrap_or_default()).trim().to_owned()
    }

    fn rows(r: &Recipe) -> Vec<String> {
        r.all_ingredients().map(|i| said(i.row.as_ref()) + if i.unscaled { "*" } else { "" }).collect()
    }

    fn three(yaml: &str) -> (Recipe, Vec<String>) {
        let mut told = Vec::new();
        let r = batched(recipe(yaml), &Batches::parse("1/2,1,2").unwrap(), &mut told);
        (r, told.into_iter().map(|d| d.message).collect())
    }

    #[test]
    fn every_amount_gets_a_row_and_words_stay() {
        let (r, told) =
            three("yield: 4\ningredients: [250 g flour, a splash of water, 3 eggs, 1 cup + 2 tbsp milk, salt]");
        assert_eq!(rows(&r), ["125 250 500 g", "none", "– 3 6", "none*", "none"]);
        assert_eq!(said(r.figures.columns.as_ref().unwrap().makes.as_ref()), "2 4 8");
        assert_eq!(told[0], "3 of `eggs` is no whole number in the ½× batch: the card has a dash there");
        assert!(told[1].contains("1 cup + 2 tbsp milk"), "{told:?}");
        // the recipe is as it was
        assert_eq!(
            r.all_ingredients().next().unwrap().amount.as_ref().unwrap().measure().unwrap().from,
            Number::whole(250)
        );
    }

    #[test]
    fn what_each_batch_makes() {
        for (given, shown) in [
            ("8 pancakes, 12 cm", "4 8 16  pancakes, 12 cm"),
            ("4-6 servings", "2–3 4–6 8–12"),
            ("5", "2½ 5 10"),
            ("150 ml relish", "75 150 300 ml relish"),
            ("1 loaf", "½ 1 2  loaf"),
            ("1 loaf, 10 slices", "none"),
            ("one 23 cm tart", "none"),
        ] {
            let (r, _) = three(&format!("yield: {given}\ningredients: [1 kg flour]"));
            assert_eq!(said(r.figures.columns.unwrap().makes.as_ref()), shown, "{given}");
        }
    }

    #[test]
    fn amounts_in_japanese_lists() {
        let (r, told) = three("language: ja\ningredients: [しょうゆ 大さじ2, 卵 2個, 塩 少々]");
        assert_eq!(rows(&r), ["大さじ1 大さじ2 大さじ4", "1個 2個 4個", "none"]);
        assert!(told.is_empty(), "{told:?}");
    }

    #[test]
    fn a_recipe_without_amounts_has_no_columns() {
        let (r, told) = three("ingredients: [salt, pepper]");
        assert!(r.figures.columns.is_none() && told[0].contains("no amounts to multiply"), "{told:?}");
    }
}
