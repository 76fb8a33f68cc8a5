//! Amounts for more or for fewer: multiplied exactly, then brought to a unit and a figure that a kitchen can measure.

use super::amount::Measure;
use super::factor::Factor;
use super::ingredient::Unit;
use super::number::{Form, Number};
use super::units;
use crate::locale::Locale;

/// What must be known of a recipe to scale its amounts.
#[derive(Debug, Clone, Copy)]
pub struct Kitchen<'a> {
    /// The language's words.
    pub locale: &'a Locale,
    /// Whether it measures in cups, so that spoons may become cups.
    pub cups: bool,
}

/// An amount as a kitchen can measure it.
#[derive(Debug, Clone, PartialEq)]
pub struct Met {
    /// The amount.
    pub measure: Measure,
    /// Its unit.
    pub unit: Option<Unit>,
    /// How far the worst of its figures is from the exact one, relative to that.
    pub off: f64,
}

impl Met {
    /// From here on a cook wants to be told: an eighth more or less.
    pub const ROUGH: f64 = 0.125;

    /// Whether a figure is so far off that a cook must be told.
    pub fn is_rough(&self) -> bool {
        self.off > Met::ROUGH + 1e-9
    }
}

/// A figure that is so near to the exact one is as good as it, relative to that.
const NEAR: f64 = 0.08;

impl Kitchen<'_> {
    /// An amount of `item` for `factor` times as many. Ranges stay ranges, and "about" stays. `None` when a figure is
    /// beyond all measure.
    pub fn scaled(&self, measure: &Measure, unit: Option<&Unit>, item: &str, factor: Factor) -> Option<Met> {
        let whole = self.is_whole(unit, item);
        if factor.is_one() {
            return Some(Met { measure: measure.clone(), unit: unit.cloned(), off: 0.0 });
        }
        if let Some(times) = measure.times {
            // of "2 × 400 g" the tins are counted
            let (times, off) = self.figure(times.times(factor.number())?, None, false)?;
            return Some(Met { measure: Measure { times: Some(times), ..measure.clone() }, unit: unit.cloned(), off });
        }
        let from = measure.from.times(factor.number())?;
        let to = match measure.to {
            Some(to) => Some(to.times(factor.number())?),
            None => None,
        };
        let (from, to, unit) = self.best_unit(from, to, unit);
        self.met(measure, (from, to), unit, whole)
    }

    /// Exact figures of a unit as figures that can be measured.
    pub fn met(
        &self,
        like: &Measure,
        (from, to): (Number, Option<Number>),
        unit: Option<Unit>,
        whole: bool,
    ) -> Option<Met> {
        let key = unit.as_ref().and_then(|u| u.key.clone());
        let (low, mut off) = self.figure(from, key.as_deref(), whole)?;
        let high = match to {
            Some(to) => {
                let (mut high, more) = self.figure(to, key.as_deref(), whole)?;
                off = off.max(more);
                if high <= low {
                    high = if whole { units::whole() } else { units::rounding(key.as_deref()) }.above(low)?;
                }
                Some(high)
            }
            None => None,
        };
        let form = |n: Number| formed(n, unit.as_ref(), like);
        let measure = Measure { about: like.about.clone(), times: None, from: form(low), to: high.map(form) };
        Some(Met { measure, unit, off })
    }

    /// Whether nobody takes a part of it.
    pub fn is_whole(&self, unit: Option<&Unit>, item: &str) -> bool {
        let counted =
            unit.is_none_or(|u| u.key.as_deref().and_then(units::facts).is_none_or(|f| f.kind == units::Kind::Count));
        counted && units::is_whole(item, self.locale)
    }

    /// The nearest figure that can be measured, and how far off it is. What is measured by eye is never off.
    pub fn figure(&self, exact: Number, key: Option<&str>, whole: bool) -> Option<(Number, f64)> {
        if exact.value() == 0.0 {
            return Some((exact, 0.0));
        }
        let rounding = if whole { units::whole() } else { units::rounding(key) };
        let near = rounding.nearest(exact.value())?;
        let off = if rounding.rough { 0.0 } else { (near.value() - exact.value()).abs() / exact.value() };
        Some((near, off))
    }

    /// The unit that a cook would use for so much: 16 tablespoons are a cup, 1000 g a kilogram.
    pub fn best_unit(
        &self,
        from: Number,
        to: Option<Number>,
        unit: Option<&Unit>,
    ) -> (Number, Option<Number>, Option<Unit>) {
        let (mut from, mut to, mut unit) = (from, to, unit.cloned());
        // a unit has few others of its kind; the count is only there so that no table can make this go on forever
        for _ in 0..4 {
            let Some(facts) = unit.as_ref().and_then(|u| units::facts(u.key.as_deref()?)) else { break };
            let own = unit.as_ref().and_then(|u| u.key.as_deref()).unwrap_or_default();
            let next = self.larger(facts, from, to).or_else(|| self.smaller(own, facts, from, to));
            let Some((f, t, key)) = next else { break };
            let Some(name) = self.locale.unit_name(key) else { break };
            (from, to) = (f, t);
            unit = Some(Unit { key: Some(key.to_owned()), written: name.one.clone() });
        }
        (from, to, unit)
    }

    fn larger(
        &self,
        facts: &'static units::Facts,
        from: Number,
        to: Option<Number>,
    ) -> Option<(Number, Option<Number>, &'static str)> {
        let up = facts.up.as_ref().filter(|u| u.unit != "cup" || self.cups)?;
        let fits = |n: Number| {
            let (_, parts) = n.ratio();
            n.value() >= up.from && (up.parts.is_empty() || up.parts.iter().any(|p| p.is_multiple_of(parts)))
        };
        let low = from.over(Number::whole(up.of)).filter(|n| fits(*n))?;
        let high = match to {
            Some(to) => Some(to.over(Number::whole(up.of)).filter(|n| fits(*n))?),
            None => None,
        };
        Some((low, high, &up.unit))
    }

    fn smaller(
        &self,
        key: &str,
        facts: &'static units::Facts,
        from: Number,
        to: Option<Number>,
    ) -> Option<(Number, Option<Number>, &'static str)> {
        let value = to.unwrap_or(from).value();
        let worst = |key: &str, times: u64| {
            let ends = [Some(from), to].into_iter().flatten().filter_map(|n| n.times(Number::whole(times)));
            ends.filter_map(|n| self.figure(n, Some(key), false)).map(|(_, off)| off).fold(0.0, f64::max)
        };
        // 1.2 tablespoons are 3½ teaspoons, and neither 1 nor 1½ tablespoons
        let better = |d: &units::Down| worst(key, 1) > NEAR && worst(&d.unit, d.of) < worst(key, 1);
        let down = facts.down.as_ref().filter(|d| value < d.below || value < d.rough_below && better(d))?;
        let high = match to {
            Some(to) => Some(to.times(Number::whole(down.of))?),
            None => None,
        };
        Some((from.times(Number::whole(down.of))?, high, &down.unit))
    }
}

/// Scales show decimals; a metric amount that was written with a fraction stays so where it can.
fn formed(n: Number, unit: Option<&Unit>, like: &Measure) -> Number {
    let fraction = |n: &Number| n.form() == Form::Fraction && n.ratio().1 > 1;
    let written = fraction(&like.from) || like.to.as_ref().is_some_and(fraction);
    match unit {
        Some(u) if u.is_metric() && !(written && matches!(n.ratio().1, 2 | 4)) => n.as_decimal(),
        _ => n,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::english;
    use crate::quantity::{Amount, parse_line};
    use proptest::prelude::*;

    fn kitchen(cups: bool) -> Kitchen<'static> {
        Kitchen { locale: english(), cups }
    }

    fn show(line: &str, factor: &str, cups: bool) -> String {
        let l = parse_line(line, english());
        let Some(Amount::Measured(m)) = &l.amount else { panic!("{line}") };
        let met = kitchen(cups).scaled(m, l.unit.as_ref(), &l.item, Factor::parse(factor).unwrap()).unwrap();
        let unit = met.unit.as_ref().map(|u| u.show(Some(&met.measure), english())).unwrap_or_default();
        let text = format!("{} {unit}{}", met.measure.show(english()), if met.is_rough() { "!" } else { "" });
        text.replace('\u{a0}', " ").replace(" !", "!").trim().to_owned()
    }

    #[test]
    fn amounts_that_a_kitchen_can_measure() {
        for (line, factor, shown) in [
            ("250 g flour", "2", "500 g"),
            ("500 g flour", "2", "1 kg"),
            ("750 g flour", "2", "1.5 kg"),
            ("1 kg carrots", "1/2", "500 g"),
            ("1.2 kg chicken", "1/2", "600 g"),
            ("125 g sugar", "1/2", "65 g"),
            ("75 ml juice", "1/2", "38 ml"),
            ("1 litre stock", "1/2", "500 ml"),
            ("1 1/2 litres stock", "3", "4½ litres"),
            ("1 tsp salt", "3", "1 tbsp"),
            ("2 tsp salt", "2", "4 tsp"),
            ("1 1/2 tsp salt", "3", "1½ tbsp"),
            ("1 tbsp oil", "1/2", "1½ tsp"),
            ("1/2 tsp salt", "1/2", "¼ tsp"),
            ("1/4 tsp salt", "1/4", "⅛ tsp!"),
            ("2-3 chillies", "2", "4–6"),
            ("1-2 chillies", "1/2", "½–1"),
            ("about 150 g rice", "2", "about 300 g"),
            ("2 x 400g tins tomatoes", "2", "4 × 400 g"),
            ("2 x 400g tins tomatoes", "1/2", "1 × 400 g"),
            ("2 x 400g tins tomatoes", "3/4", "1½ × 400 g"),
            ("2 eggs", "2", "4"),
            ("3 eggs", "1/2", "2!"),
            ("1 egg", "1/2", "1!"),
            ("2-3 eggs", "1/2", "1–2!"),
            ("1 onion", "1/2", "½"),
            ("3 onions", "1/2", "1½"),
            ("3 cloves garlic", "1/2", "1½ cloves"),
            ("1 pinch salt", "1/4", "½ pinch"),
            ("12 oz beef", "2", "1½ lb"),
            ("1 lb beef", "1/2", "½ lb"),
            ("1 lb beef", "1/8", "2 oz"),
            ("5 g yeast", "1/2", "2.5 g"),
            ("2 tbsp fish sauce", "3/5", "3½ tsp"),
            ("1/2 tsp salt", "3/4", "⅜ tsp"),
            ("1 tsp salt", "2/3", "¾ tsp"),
            ("3 tbsp oil", "1/2", "1½ tbsp"),
            ("1 3 cm piece ginger", "2", "2"),
        ] {
            assert_eq!(show(line, factor, false), shown, "{line} × {factor}");
        }
        assert_eq!(show("8 tbsp butter", "2", true), "1 cup");
        assert_eq!(show("8 tbsp butter", "2", false), "16 tbsp");
        assert_eq!(show("1/4 cup butter", "1/2", true), "2 tbsp");
        assert_eq!(show("2/3 cup butter", "2", true), "1⅓ cups");
    }

    fn numbers() -> impl Strategy<Value = Number> {
        (1u64..4000, prop::sample::select(vec![1u64, 2, 3, 4, 8, 10]))
            .prop_map(|(n, d)| Number::fraction(n, d).unwrap())
    }

    fn keys() -> impl Strategy<Value = Option<&'static str>> {
        prop::sample::select(vec![
            None,
            Some("gram"),
            Some("kilogram"),
            Some("millilitre"),
            Some("litre"),
            Some("decilitre"),
            Some("teaspoon"),
            Some("tablespoon"),
            Some("cup"),
            Some("ounce"),
            Some("pound"),
            Some("clove"),
            Some("centimetre"),
        ])
    }

    fn unit(key: Option<&str>) -> Option<Unit> {
        key.map(|k| Unit { key: Some(k.to_owned()), written: k.to_owned() })
    }

    /// In grams, millilitres, centimetres or pieces. Of figures a cook cares for: cups and spoons at their own ratios.
    fn value(n: Number, unit: Option<&Unit>) -> f64 {
        let size =
            unit.and_then(|u| units::facts(u.key.as_deref()?)).map_or(1.0, |f| if f.size > 0.0 { f.size } else { 1.0 });
        n.value() * size
    }

    fn plain(from: Number, to: Option<Number>) -> Measure {
        Measure { about: None, times: None, from, to }
    }

    proptest! {
        /// What is told as near is near, whatever unit it ends in.
        #[test]
        fn rounding_keeps_its_word(n in numbers(), key in keys(), f in prop::sample::select(vec!["1/4", "1/3", "1/2", "3/4", "1.5", "2", "3", "7"])) {
            let factor = Factor::parse(f).unwrap();
            let u = unit(key);
            let met = kitchen(true).scaled(&plain(n, None), u.as_ref(), "flour", factor).unwrap();
            let exact = value(n, u.as_ref()) * factor.number().value();
            let off = (value(met.measure.from, met.unit.as_ref()) - exact).abs() / exact;
            // sixteen spoons are a cup, and both hold what they hold
            prop_assert!((off - met.off).abs() < 1e-6, "{n:?} {key:?} × {f}: {off} and {}", met.off);
            prop_assert!(exact < 0.6 || met.off <= 0.34, "{n:?} {key:?} × {f}: off by {}", met.off);
        }

        /// More of it is never less.
        #[test]
        fn figures_grow_with_amounts(a in numbers(), b in numbers(), key in keys(), whole in any::<bool>()) {
            let (a, b) = if a <= b { (a, b) } else { (b, a) };
            let k = kitchen(true);
            prop_assert!(k.figure(a, key, whole).unwrap().0 <= k.figure(b, key, whole).unwrap().0, "{a:?} {b:?} {key:?}");
        }

        /// A figure that can be measured is what it is.
        #[test]
        fn figures_stay_where_they_are(a in numbers(), key in keys(), whole in any::<bool>()) {
            let k = kitchen(true);
            let once = k.figure(a, key, whole).unwrap().0;
            prop_assert_eq!(k.figure(once, key, whole).unwrap().0, once);
        }

        #[test]
        fn ranges_stay_ranges(a in numbers(), more in numbers(), key in keys(), f in prop::sample::select(vec!["1/10", "1/3", "1/2", "2", "5"]), egg in any::<bool>()) {
            let high = Number::fraction(a.ratio().0 * more.ratio().1 + more.ratio().0 * a.ratio().1, a.ratio().1 * more.ratio().1).unwrap();
            let met = kitchen(true).scaled(&plain(a, Some(high)), unit(key).as_ref(), if egg { "eggs" } else { "flour" }, Factor::parse(f).unwrap()).unwrap();
            prop_assert!(met.measure.to.is_some_and(|to| to > met.measure.from), "{:?}", met);
        }

        /// There and back again is near to where it was.
        #[test]
        fn scaling_back_comes_near(n in numbers(), key in keys(), f in prop::sample::select(vec![2u64, 3, 4, 5])) {
            let (there, back) = (Factor::new(Number::whole(f)).unwrap(), Factor::new(Number::fraction(1, f).unwrap()).unwrap());
            let u = unit(key);
            let k = kitchen(true);
            let one = k.scaled(&plain(n, None), u.as_ref(), "flour", there).unwrap();
            let two = k.scaled(&one.measure, one.unit.as_ref(), "flour", back).unwrap();
            let (before, after) = (value(n, u.as_ref()), value(two.measure.from, two.unit.as_ref()));
            let bound = (1.0 + one.off) * (1.0 + two.off) - 1.0 + 1e-9;
            prop_assert!((after - before).abs() / before <= bound, "{before} {after}");
        }
    }
}
