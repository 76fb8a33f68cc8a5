//! Batches: the factors of a card's columns, and an amount in each of them.

use super::amount::Measure;
use super::factor::Factor;
use super::ingredient::Unit;
use super::kitchen::Kitchen;
use super::number::Number;
use super::units;

/// The batches that a card shows side by side, in the order they were asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batches(Vec<Factor>);

impl Batches {
    /// More columns no card has room for (rule 5 of the print specification).
    pub const MOST: usize = 3;

    /// Reads `1/2,1,2`: two or three factors, none of them twice.
    ///
    /// # Errors
    /// What is wrong and what would do, in words.
    pub fn parse(text: &str) -> Result<Batches, String> {
        let wanted = "write two or three, such as 1/2,1,2";
        let pieces: Vec<&str> = text.split([',', ';']).map(str::trim).collect();
        let mut factors: Vec<Factor> = Vec::new();
        for piece in &pieces {
            if piece.is_empty() {
                return Err(format!("there is a batch missing beside a comma; {wanted}"));
            }
            let factor = Factor::parse(piece).map_err(|why| format!("`{piece}`: {why}"))?;
            if factors.iter().any(|f| f.number() == factor.number()) {
                return Err(format!("`{piece}` is there twice; {wanted}"));
            }
            factors.push(factor);
        }
        match factors.len() {
            0 | 1 => Err(format!("one batch needs no columns; {wanted}, or scale the recipe with --scale {text}")),
            n if n > Batches::MOST => Err(format!("{n} columns are more than a card has room for; {wanted}")),
            _ => Ok(Batches(factors)),
        }
    }

    /// The factors in order.
    pub fn factors(&self) -> &[Factor] {
        &self.0
    }

    /// The column of the recipe as it was written, if it is among them.
    pub fn written(&self) -> Option<usize> {
        self.0.iter().position(|f| f.is_one())
    }
}

/// An amount in one of the batches, with a unit of its own where that of the row gives no figure that can be measured.
#[derive(Debug, Clone, PartialEq)]
pub struct Portion {
    /// How much.
    pub measure: Measure,
    /// In what unit, unless it is that of the row.
    pub unit: Option<Unit>,
}

impl Kitchen<'_> {
    /// An amount of `item` in every batch: in the unit that was written, so that a row needs it once and the recipe's own batch
    /// stays as it is. `None` where it does not come out: half an egg, or what no kitchen can measure.
    pub fn portions(
        &self,
        measure: &Measure,
        unit: Option<&Unit>,
        item: &str,
        batches: &Batches,
    ) -> Vec<Option<Portion>> {
        batches.0.iter().map(|f| self.portion(measure, unit, item, *f)).collect()
    }

    fn portion(&self, measure: &Measure, unit: Option<&Unit>, item: &str, factor: Factor) -> Option<Portion> {
        if factor.is_one() {
            return Some(Portion { measure: measure.clone(), unit: None });
        }
        let whole = self.is_whole(unit, item);
        let met = if measure.times.is_some() {
            self.scaled(measure, unit, item, factor)?
        } else {
            let exact = |n: Number| n.times(factor.number());
            let from = exact(measure.from)?;
            let to = match measure.to {
                Some(to) => Some(exact(to)?),
                None => None,
            };
            match self.met(measure, (from, to), unit.cloned(), whole).filter(|_| suits(unit, to.unwrap_or(from))) {
                Some(met) if !met.is_rough() => met,
                _ => self.scaled(measure, unit, item, factor)?,
            }
        };
        if met.is_rough() || whole && met.off > 0.0 {
            return None;
        }
        let own = met.unit.filter(|u| unit.is_none_or(|w| w.key != u.key));
        Some(Portion { measure: met.measure, unit: own })
    }
}

/// Whether so much is measured in a unit although there is a smaller one: decimals of metric units are, of spoons and cups halves.
fn suits(unit: Option<&Unit>, amount: Number) -> bool {
    let Some(unit) = unit else { return true };
    let down = unit.key.as_deref().and_then(units::facts).and_then(|f| f.down.as_ref());
    unit.is_metric() || down.is_none_or(|d| amount.value() >= d.below || amount.ratio().1 <= 2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::english;
    use crate::quantity::{Amount, parse_line};
    use proptest::prelude::*;

    fn show(line: &str, batches: &str) -> String {
        let l = parse_line(line, english());
        let Some(Amount::Measured(m)) = &l.amount else { panic!("{line}") };
        let kitchen = Kitchen { locale: english(), cups: true };
        let row = kitchen.portions(m, l.unit.as_ref(), &l.item, &Batches::parse(batches).unwrap());
        let cell = |p: &Option<Portion>| match p {
            None => "–".to_owned(),
            Some(p) => match &p.unit {
                None => p.measure.show(english()),
                Some(u) => format!("{} {}", p.measure.show(english()), u.show(Some(&p.measure), english())),
            },
        };
        row.iter().map(cell).collect::<Vec<_>>().join(" | ").replace('\u{a0}', " ")
    }

    #[test]
    fn rows_of_a_card() {
        for (line, batches, shown) in [
            ("250 g plain flour", "1/2,1,2", "125 | 250 | 500"),
            ("2 tbsp caster sugar", "1/2,1,2", "1 | 2 | 4"),
            ("1/2 tsp fine salt", "1/2,1,2", "¼ | ½ | 1"),
            ("2 eggs", "1/2,1,2", "1 | 2 | 4"),
            ("3 eggs", "1/2,1,2", "– | 3 | 6"),
            ("9 eggs", "1/2,1", "– | 9"),
            ("2-3 eggs", "1/2,1,2", "– | 2–3 | 4–6"),
            ("500 g flour", "1/2,1,4", "250 | 500 | 2000"),
            ("1 kg carrots", "1/4,1/2,1", "0.25 | 0.5 | 1"),
            ("1.5 litres stock", "1/2,1,3", "0.75 | 1.5 | 4.5"),
            ("1 tbsp oil", "1/2,1,2", "½ | 1 | 2"),
            ("1 tbsp oil", "1/4,1,2", "¾ tsp | 1 | 2"),
            ("1/4 cup oil", "1/2,1,2", "2 tbsp | ¼ | ½"),
            ("1 tsp salt", "1,3,6", "1 | 3 | 6"),
            ("1 onion", "1/2,1,3", "½ | 1 | 3"),
            ("2 x 400g tins tomatoes", "1/2,1,2", "1 × 400 | 2 × 400 | 4 × 400"),
            ("1/8 tsp cloves", "1/4,1,2", "– | ⅛ | ¼"),
            ("1-2 chillies", "1/2,1,2", "½–1 | 1–2 | 2–4"),
            ("2 eggs", "2,1,1/2", "4 | 2 | 1"),
        ] {
            assert_eq!(show(line, batches), shown, "{line} × {batches}");
        }
    }

    #[test]
    fn batches_and_what_are_none() {
        let batches = Batches::parse(" 1/2, 1 ,2x").unwrap();
        assert_eq!(batches.written(), Some(1));
        assert_eq!(batches.factors().len(), 3);
        assert_eq!(Batches::parse("2,4").unwrap().written(), None);
        for (text, why) in [
            ("0,1", "`0`: 0 would leave nothing"),
            ("1,-2", "`-2`: a recipe can't be scaled by less than nothing"),
            ("1,two", "`two`: this is no number"),
            ("1,2,1", "`1` is there twice"),
            ("1/2,0.5", "`0.5` is there twice"),
            ("2", "--scale 2"),
            ("1,,2", "missing beside a comma"),
            ("", "missing"),
            ("1,2,3,4,5,6,7,8,9", "9 columns are more than a card has room for"),
        ] {
            let message = Batches::parse(text).unwrap_err();
            assert!(message.contains(why), "{text}: {message}");
        }
    }

    proptest! {
        /// Whatever the amount, the recipe's own batch is as written, and what is printed is near to what was multiplied.
        #[test]
        fn columns_keep_their_word(
            n in 1u64..3000,
            d in prop::sample::select(vec![1u64, 2, 3, 4, 8, 10]),
            key in prop::sample::select(vec!["gram", "kilogram", "millilitre", "litre", "teaspoon", "tablespoon", "cup", "ounce", "pound", "clove"]),
            egg in any::<bool>(),
        ) {
            let m = Measure { about: None, times: None, from: Number::fraction(n, d).unwrap(), to: None };
            let unit = (!egg).then(|| Unit { key: Some(key.to_owned()), written: key.to_owned() });
            let kitchen = Kitchen { locale: english(), cups: true };
            let batches = Batches::parse("1/3,1,1.5").unwrap();
            let row = kitchen.portions(&m, unit.as_ref(), if egg { "eggs" } else { "flour" }, &batches);
            let own = row[1].clone().unwrap();
            prop_assert_eq!((own.measure, own.unit), (m.clone(), None));
            let size = |u: Option<&Unit>| {
                u.and_then(|u| units::facts(u.key.as_deref()?)).map_or(1.0, |f| if f.size > 0.0 { f.size } else { 1.0 })
            };
            for (cell, f) in row.iter().zip(batches.factors()) {
                let Some(p) = cell else { continue };
                let exact = m.from.value() * f.number().value() * size(unit.as_ref());
                let printed = p.measure.from.value() * size(p.unit.as_ref().or(unit.as_ref()));
                prop_assert!((printed - exact).abs() <= exact * 0.1251, "{exact} is printed as {printed}");
                prop_assert!(!egg || f.is_one() || p.measure.from.ratio().1 == 1, "{:?}", p);
            }
        }
    }
}
