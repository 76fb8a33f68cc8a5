//! A recipe for more or for fewer. Amounts and yield change; times, temperatures, measures of pans and all prose stay.

use super::{Ingredient, Recipe, Scaled, Text, Yield};
use crate::diag::Diagnostic;
use crate::locale::{Locale, english, locale};
use crate::quantity::{Amount, Factor, Kitchen, Measure, Number, Unit, names_amount, units};

/// A recipe with its amounts multiplied. What can't be measured well, or not be computed with, is told in warnings.
pub fn scaled(mut recipe: Recipe, factor: Factor, diagnostics: &mut Vec<Diagnostic>) -> Recipe {
    if factor.is_one() {
        return recipe;
    }
    let locale = locale(&recipe.lang);
    let file = recipe.file;
    let kitchen = kitchen(&recipe);
    for i in recipe.ingredients.iter_mut().flat_map(|g| &mut g.items) {
        let told = ingredient(&kitchen, i, factor);
        diagnostics.extend(told.map(|d| d.at(file, i.at)));
    }
    let from = recipe.yields.clone();
    recipe.yields = recipe.yields.map(|y| more(&y, factor, locale));
    recipe.figures.scaled = Some(Scaled { factor, from });
    recipe
}

/// A recipe for so many people. One that does not say for how many it is stays as it is, with a warning.
pub fn served(mut recipe: Recipe, people: Number, diagnostics: &mut Vec<Diagnostic>) -> Recipe {
    let title = recipe.title.trimmed().to_owned();
    let at = recipe.yields.as_ref().map_or(recipe.title.at, |y| y.at);
    let mut keep = |why: String, hint: &str| {
        diagnostics.push(Diagnostic::warning("not-scaled", why).at(recipe.file, at).hint(hint));
    };
    let Some(factor) = factor_for(&recipe, people) else {
        match &recipe.yields {
            Some(y) if y.of.is_some() => keep(
                format!("`{title}` does not say how many people it serves, so it is not scaled to servings"),
                "scale it with --scale, such as --scale 2",
            ),
            _ => keep(
                format!("`{title}` says no yield that --servings could start from, so it is not scaled"),
                "add `yield: 4 servings`, or scale it with --scale",
            ),
        }
        return recipe;
    };
    if factor.is_one() {
        return recipe;
    }
    recipe = scaled(recipe, factor, diagnostics);
    if let Some(y) = &mut recipe.yields {
        y.amount = Some(Amount::Measured(Measure { about: None, times: None, from: people, to: None }));
    }
    recipe
}

/// What to multiply by for so many people: of "4 to 6" the middle is taken.
fn factor_for(recipe: &Recipe, people: Number) -> Option<Factor> {
    let y = recipe.yields.as_ref().filter(|y| y.of.is_none())?;
    let m = y.amount.as_ref()?.measure().filter(|m| m.times.is_none())?;
    let served = match m.to {
        Some(to) => {
            let ((a, b), (c, d)) = (m.from.ratio(), to.ratio());
            Number::fraction(a.checked_mul(d)?.checked_add(c.checked_mul(b)?)?, b.checked_mul(d)?.checked_mul(2)?)?
        }
        None => m.from,
    };
    people.over(served).and_then(Factor::new)
}

/// What scaling must know of a recipe.
pub(super) fn kitchen(recipe: &Recipe) -> Kitchen<'static> {
    let cups = recipe.all_ingredients().any(|i| i.unit.as_ref().is_some_and(|u| u.key.as_deref() == Some("cup")));
    Kitchen { locale: locale(&recipe.lang), cups }
}

/// Scales an ingredient; what a cook must be told of it, without its place.
fn ingredient(kitchen: &Kitchen<'_>, i: &mut Ingredient, factor: Factor) -> Option<Diagnostic> {
    let (locale, item) = (kitchen.locale, i.item.trimmed());
    match &mut i.amount {
        Some(Amount::Measured(m)) => {
            let Some(met) = kitchen.scaled(m, i.unit.as_ref(), item, factor) else {
                i.unscaled = true;
                return Some(left(&format!("the amount of `{item}` is beyond all measure")));
            };
            let before = shown(m, i.unit.as_ref());
            let told = met.is_rough().then(|| {
                let now = shown(&met.measure, met.unit.as_ref());
                let message = format!(
                    "{} × {before} of `{item}` can't be measured well: it is printed as {now}",
                    factor.show(english())
                );
                Diagnostic::warning("scaled-roughly", message)
                    .hint("choose a factor that suits it, or taste and adjust")
            });
            (i.amount, i.unit) = (Some(Amount::Measured(met.measure)), met.unit);
            told
        }
        Some(Amount::Words(words)) => {
            if let Some(more) = figure_in_words(words, kitchen, factor) {
                *words = more;
                return None;
            }
            let figure = words.chars().any(char::is_numeric);
            i.unscaled = figure;
            figure.then(|| left(&format!("`{words}` of `{item}` can't be computed with")))
        }
        None if item.starts_with(|c: char| c.is_numeric()) && names_amount(item, locale) => {
            i.unscaled = true;
            Some(left(&format!("the amounts in `{item}` can't be computed with")))
        }
        None => None,
    }
}

pub(super) fn left(why: &str) -> Diagnostic {
    Diagnostic::warning("not-scaled", format!("{why}: it stays as written, with a mark"))
        .hint("give it as { amount: 2, unit: cups, item: flour }")
}

/// An amount for a message.
pub(super) fn shown(m: &Measure, unit: Option<&Unit>) -> String {
    let number = m.show(english());
    unit.map_or(number.clone(), |u| format!("{number} {}", u.show(Some(m), english())))
}

/// "大さじ2" or "3個": in lists that give the amount last, unit and figure are one word. `None` when it is something else.
pub(super) fn figure_in_words(words: &str, kitchen: &Kitchen<'_>, factor: Factor) -> Option<String> {
    let locale = kitchen.locale;
    if !matches!(locale.tag.as_str(), "ja" | "zh" | "ko") {
        return None;
    }
    let before = locale.unit_spellings().filter(|s| words.starts_with(s)).max_by_key(|s| s.len()).unwrap_or("");
    let (measure, used) = Measure::prefix(&words[before.len()..], locale)?;
    let after = &words[before.len() + used..];
    if after.chars().any(char::is_numeric) || !before.is_empty() && !after.is_empty() {
        return None;
    }
    let key = locale.unit(if before.is_empty() { after.trim() } else { before });
    let unit = key.map(|k| Unit { key: Some(k.to_owned()), written: String::new() });
    let exact = |n: Number| n.times(factor.number());
    let to = match measure.to {
        Some(to) => Some(exact(to)?),
        None => None,
    };
    let met = kitchen.met(&measure, (exact(measure.from)?, to), unit, false)?;
    Some(format!("{before}{}{after}", met.measure.show(locale)))
}

/// A yield for `factor` times as many. "One 23 cm tart" can only be had so many times.
pub(super) fn more(y: &Yield, factor: Factor, locale: &Locale) -> Yield {
    let times = |text: &str, at| Some(Text::new(format!("{}\u{a0}×\u{a0}{text}", factor.show(locale)), at));
    let (m, of) = match (&y.amount, &y.of) {
        (Some(Amount::Measured(m)), of) => (m, of),
        (Some(Amount::Words(w)), None) => return Yield { amount: None, of: times(w, y.at), at: y.at },
        (Some(Amount::Words(w)), Some(of)) => {
            return Yield { amount: None, of: times(&format!("{w} {}", of.trimmed()), of.at), at: y.at };
        }
        (None, Some(of)) => return Yield { amount: None, of: times(of.trimmed(), of.at), at: y.at },
        (None, None) => return y.clone(),
    };
    let multiplied = yield_measure(m, of.as_ref(), factor, locale).unwrap_or_else(|| {
        let times = m.times.unwrap_or(Number::whole(1)).times(factor.number()).unwrap_or(factor.number());
        Measure { times: Some(times), ..m.clone() }
    });
    Yield { amount: Some(Amount::Measured(multiplied)), of: of.clone(), at: y.at }
}

/// The multiplied number of a yield, where what follows it goes with any number.
fn yield_measure(m: &Measure, of: Option<&Text>, factor: Factor, locale: &Locale) -> Option<Measure> {
    let exact = |n: Number| n.times(factor.number());
    if m.times.is_some() {
        return None;
    }
    let unit = of.and_then(|of| locale.unit(of.trimmed().split_whitespace().next()?));
    let to = match m.to {
        Some(to) => Some(exact(to)?),
        None => None,
    };
    let unit_of = unit.map(|k| Unit { key: Some(k.to_owned()), written: String::new() });
    let kitchen = Kitchen { locale, cups: false };
    // people and things are whole; with a unit the figures are the unit's
    let counted = unit.and_then(units::facts).is_none_or(|f| f.kind == units::Kind::Count);
    let met = kitchen.met(m, (exact(m.from)?, to), unit_of, counted)?;
    let sentence = of.is_some_and(|of| of.trimmed().contains(char::is_numeric));
    let plural = of.is_some() && counted && m.is_singular(locale) != met.measure.is_singular(locale);
    let unlike = of.is_some() && met.is_rough();
    (!(sentence || plural || unlike)).then_some(met.measure)
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

    fn lines(r: &Recipe) -> Vec<String> {
        let locale = locale(&r.lang);
        let amount = |i: &Ingredient| match &i.amount {
            Some(Amount::Measured(m)) => {
                format!("{} {}", m.show(locale), i.unit.as_ref().map(|u| u.show(Some(m), locale)).unwrap_or_default())
            }
            Some(Amount::Words(w)) => w.clone(),
            None => String::new(),
        };
        let line =
            |i: &Ingredient| format!("{}|{}{}", amount(i).trim(), i.item.trimmed(), if i.unscaled { "*" } else { "" });
        r.all_ingredients().map(line).collect()
    }

    fn makes(r: &Recipe) -> String {
        let y = r.yields.as_ref().unwrap();
        let amount = y.amount.as_ref().and_then(Amount::measure).map(|m| m.show(english())).unwrap_or_default();
        let of = y.of.as_ref().map(|o| o.trimmed().to_owned()).unwrap_or_default();
        format!("{amount} {of}").replace('\u{a0}', " ").trim().to_owned()
    }

    #[test]
    fn amounts_change_and_words_stay() {
        let before =
            recipe("yield: 4\ningredients: [250 g flour, a splash of water, 2 eggs, 1 cup + 2 tbsp milk, salt]");
        let mut told = Vec::new();
        let after = scaled(before.clone(), Factor::parse("1.5").unwrap(), &mut told);
        assert_eq!(lines(&after), ["375 g|flour", "a splash|water", "3|eggs", "|1 cup + 2 tbsp milk*", "|salt"]);
        assert_eq!(makes(&after), "6");
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(told[0].message.contains("1 cup + 2 tbsp milk"));
        let same = scaled(before, Factor::parse("1").unwrap(), &mut told);
        assert!(same.figures.scaled.is_none());
    }

    #[test]
    fn half_an_egg_is_told() {
        let mut told = Vec::new();
        let after = scaled(recipe("ingredients: [1 egg]"), Factor::parse("1/2").unwrap(), &mut told);
        assert_eq!(lines(&after), ["1|egg"]);
        assert_eq!(told[0].message, "½ × 1 of `egg` can't be measured well: it is printed as 1");
    }

    #[test]
    fn yields_of_every_kind() {
        for (given, factor, shown) in [
            ("4", "2", "8"),
            ("4-6 servings", "2", "8–12"),
            ("12 cookies", "1/2", "6 cookies"),
            ("1 loaf", "2", "2 × 1 loaf"),
            ("1 loaf, 10 slices", "2", "2 × 1 loaf, 10 slices"),
            ("one 23 cm tart", "2", "2 × one 23 cm tart"),
            ("150 ml relish", "3", "450 ml relish"),
            ("5", "1/2", "3"),
        ] {
            let r = recipe(&format!("yield: {given}\ningredients: [salt]"));
            let after = scaled(r, Factor::parse(factor).unwrap(), &mut Vec::new());
            assert_eq!(makes(&after), shown, "{given} × {factor}");
        }
    }

    #[test]
    fn servings_start_from_the_yield() {
        let mut told = Vec::new();
        let r = served(recipe("yield: 4\ningredients: [200 g rice]"), Number::whole(6), &mut told);
        assert_eq!((lines(&r), makes(&r)), (vec!["300 g|rice".to_owned()], "6".to_owned()));
        let r = served(recipe("yield: 4-6\ningredients: [200 g rice]"), Number::whole(10), &mut told);
        assert_eq!((lines(&r), makes(&r)), (vec!["400 g|rice".to_owned()], "10".to_owned()));
        assert!(told.is_empty());
        for yaml in ["yield: 12 cookies\ningredients: [200 g rice]", "ingredients: [200 g rice]"] {
            let r = served(recipe(yaml), Number::whole(6), &mut told);
            assert_eq!(lines(&r), ["200 g|rice"]);
        }
        assert_eq!(told.len(), 2);
        assert!(told.iter().all(|d| d.message.contains("`Soup`")), "{told:?}");
    }

    #[test]
    fn amounts_in_japanese_lists() {
        let yaml = "language: ja\ningredients: [しょうゆ 大さじ2, 卵 3個, 塩 少々, 砂糖 小さじ1/2]";
        let r = scaled(recipe(yaml), Factor::parse("2").unwrap(), &mut Vec::new());
        assert_eq!(lines(&r), ["大さじ4|しょうゆ", "6個|卵", "少々|塩", "小さじ1|砂糖"]);
    }
}
