//! The amounts of several batches, as a card prints them side by side.

use super::setter::Setter;
use crate::locale::{Direction, Label};
use crate::quantity::{Measure, Portion, Unit};
use crate::recipe::Recipe;
use crate::recipe::batches::{Cell, Row};
use crate::rich::Rich;

/// In place of an amount that does not come out.
const DASH: &str = "\u{2013}";

/// What a card shows in columns.
#[derive(Debug, Clone)]
pub struct BatchColumns {
    /// The head of each: "½×".
    pub heads: Vec<String>,
    /// The one of the recipe as written, if it is among them.
    pub written: Option<usize>,
    /// What each batch makes, and the name of that.
    pub makes: Option<(RowContent, Rich)>,
    /// What is the same for all of them.
    pub same: Rich,
}

/// A row of amounts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowContent {
    /// A figure for each column, or a dash.
    pub cells: Vec<String>,
    /// The unit of all of them.
    pub unit: Option<String>,
}

/// What the card of a recipe shows in columns.
pub(super) fn columns(s: &Setter, recipe: &Recipe) -> Option<BatchColumns> {
    let columns = recipe.figures.columns.as_ref().filter(|_| s.batches)?;
    let at = recipe.yields.as_ref().map_or(recipe.title.at, |y| y.at);
    let rtl = recipe.lang.direction() == Direction::Rtl;
    let head = |f: &crate::quantity::Factor| {
        let figure = s.medium.fit(&f.show(s.locale));
        if rtl { format!("×{figure}") } else { format!("{figure}×") }
    };
    let makes = columns.makes.as_ref().map(|row| {
        let people = recipe.yields.as_ref().is_none_or(|y| y.of.is_none());
        let word = s.label(if people { Label::Serves } else { Label::Makes }, at);
        let name = row.of.as_ref().map_or(word, |of| s.rich(Rich::plain(of, at)));
        (self::row(s, row), name)
    });
    Some(BatchColumns {
        heads: columns.batches.factors().iter().map(head).collect(),
        written: columns.batches.written(),
        makes,
        same: s.label(Label::SameForBatches, recipe.title.at),
    })
}

/// An ingredient's row.
pub(super) fn row(s: &Setter, row: &Row) -> RowContent {
    let measures = || row.cells.iter().flatten().filter_map(|c| if let Cell::Portion(p) = c { Some(p) } else { None });
    // of "2 × 400 g" the tins are counted
    let tin = measures().next().map(|p| &p.measure).filter(|m| m.times.is_some());
    let cell = |c: &Option<Cell>| match c {
        None => DASH.to_owned(),
        Some(Cell::Words(words)) => s.rich(Rich::plain(words, crate::source::NodeId(0))).text,
        Some(Cell::Portion(p)) => figure(s, p, row.unit.as_ref()),
    };
    // the unit once, in the form that goes with the most of it
    let most = measures().filter(|p| p.unit.is_none()).map(|p| &p.measure).max_by_key(|m| m.to.unwrap_or(m.from));
    let unit = row.unit.as_ref().map(|u| u.show(most, s.locale));
    let unit = match tin {
        Some(m) => {
            let one = Measure { times: None, ..m.clone() };
            let of = format!("×\u{a0}{}", s.medium.fit(&one.show(s.locale)));
            Some(unit.map_or(of.clone(), |u| format!("{of}\u{a0}{u}")))
        }
        None => unit,
    };
    RowContent { cells: row.cells.iter().map(cell).collect(), unit }
}

/// A figure in a column. "About" is a sign there.
fn figure(s: &Setter, p: &Portion, unit: Option<&Unit>) -> String {
    let own = p.unit.as_ref().or(unit);
    let measure = match own {
        Some(u) if u.is_metric() => p.measure.clone(),
        _ => p.measure.clone().with_kitchen_fractions(),
    };
    let shown = match measure.times {
        Some(times) => times.show(s.locale),
        None => Measure { about: None, ..measure.clone() }.show(s.locale),
    };
    let about = if measure.about.is_some() { "~" } else { "" };
    let figure = s.medium.fit(&format!("{about}{shown}"));
    match &p.unit {
        Some(u) => format!("{figure}\u{a0}{}", u.show(Some(&p.measure), s.locale)),
        None => figure,
    }
}

/// The lines that explain the marks of columns, when there are any; `starred` is whether amounts of the text are marked.
pub(super) fn notes(s: &Setter, recipe: &Recipe, starred: bool) -> Vec<Rich> {
    let dashes = recipe.all_ingredients().filter_map(|i| i.row.as_ref()).any(|r| r.cells.iter().any(Option::is_none));
    let at = recipe.title.at;
    let starred = starred.then(|| s.label(Label::ForOneBatch, at));
    starred.into_iter().chain(dashes.then(|| s.label(Label::NoWhole, at))).collect()
}
