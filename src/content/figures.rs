//! What a recipe says of its own figures: that it was scaled, and what was not.

use super::build::yield_fact;
use super::setter::{STAR, Setter};
use super::{Aside, ContentGroup, Fact, Item, StepContent};
use crate::locale::Label;
use crate::quantity::Number;
use crate::recipe::Recipe;
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
    any.then(|| s.label(Label::AsWritten, recipe.title.at)).into_iter().collect()
}
