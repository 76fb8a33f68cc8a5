//! Numbers, amounts, ingredient lines, durations and temperatures: from text to values and back.

mod amount;
mod batches;
mod convert;
mod density;
mod duration;
mod equivalents;
mod factor;
mod ingredient;
mod kitchen;
mod mention;
mod number;
mod oven;
mod temperature;
pub mod units;

pub use amount::{Amount, Measure};
pub use batches::{Batches, Portion};
pub use convert::{Converted, Converter, System, US_CUP};
pub use duration::{Duration, Time};
pub use equivalents::{Addition, Equivalents, Heats, Wish, Words};
pub use factor::Factor;
pub use ingredient::{Line, Unit, parse_line, parse_unit};
pub use kitchen::{Kitchen, Met};
pub use mention::{Mention, MentionKind, mentions, names_amount, names_number};
pub use number::{Form, Number, vulgar_fraction};
pub use oven::Oven;
pub use temperature::{Heat, Scale, Temperature};

#[cfg(test)]
mod properties {
    use super::*;
    use crate::locale::{Lang, english, locale};
    use proptest::prelude::*;

    /// Text that is likely to come near quantities.
    fn near_quantities() -> impl Strategy<Value = String> {
        let pieces = prop::sample::select(vec![
            "1",
            "2",
            "10",
            "1/2",
            "½",
            "1 1/2",
            "1.5",
            "1,5",
            "-",
            "–",
            " ",
            "\u{a0}",
            "to",
            "x",
            "×",
            "g",
            "tsp",
            "cups",
            "min",
            "h",
            "°C",
            "°",
            "F",
            "é",
            "ấ",
            "日",
            "分",
            "(",
            ")",
            ".",
            ",",
            "about",
            "PT1H",
            ":",
            "\"",
            "'",
            "medium heat",
        ]);
        prop::collection::vec(pieces, 0..14).prop_map(|p| p.concat())
    }

    proptest! {
        #[test]
        fn a_number_reads_back_as_it_is_shown(whole in 0u64..10_000, below in 1u64..65, above in 0u64..64) {
            let number = Number::fraction(whole * below + above % below, below).unwrap();
            for words in [english(), locale(&Lang::parse("fr").unwrap()), locale(&Lang::parse("de").unwrap())] {
                let shown = number.show(words);
                let (read, used) = Number::prefix(&shown, words).unwrap();
                prop_assert_eq!((read, used), (number, shown.len()), "{}", shown);
            }
        }

        #[test]
        fn a_time_reads_back_as_it_is_shown(minutes in 1u64..3000, more in 0u64..200) {
            let to = (more > 0).then_some((minutes + more) * 60);
            let time = Time::Measured { duration: duration::Duration { from: minutes * 60, to }, about: None };
            let shown = time.show(english());
            prop_assert_eq!(Time::parse(&shown, english()), Ok(time), "{}", shown);
        }

        #[test]
        fn quantities_in_any_text_stand_in_order_and_between_characters(text in prop_oneof![near_quantities(), any::<String>()]) {
            for tag in ["en", "fr", "ja", "ru", "ar"] {
                let words = locale(&Lang::parse(tag).unwrap());
                let mut end = 0;
                for m in mentions(&text, words) {
                    prop_assert!(m.range.start >= end && m.range.end > m.range.start && text.get(m.range.clone()).is_some());
                    end = m.range.end;
                }
                let _ = Time::parse(&text, words);
                let _ = Temperature::prefix(&text, words);
                let _ = parse_line(&text, words);
            }
        }

        /// What is added stands between characters, in order; the rest is the author's, to the byte.
        #[test]
        fn additions_leave_a_text_as_it_is(text in prop_oneof![near_quantities(), any::<String>()]) {
            for (tag, wish) in [
                ("en", None),
                ("en-GB", Some(Wish::Both)),
                ("fr", Some(Wish::One(System::Us))),
                ("ja", Some(Wish::Both)),
                ("en-US", Some(Wish::One(System::Metric))),
                ("sv", Some(Wish::One(System::Imperial))),
            ] {
                let lang = Lang::parse(tag).unwrap();
                let converter = Converter::new(&lang);
                let e = Equivalents { converter, lang, wish, fan: true, own: System::Metric, second: System::Us };
                let mut last = 0;
                for a in e.of_text(&text, "Bake in the oven.") {
                    prop_assert!(a.at >= last && text.is_char_boundary(a.at), "{a:?}");
                    prop_assert!(a.keys.iter().all(|k| a.text.get(k.clone()).is_some()), "{a:?}");
                    last = a.at;
                }
                let _ = e.of_note(&text);
            }
        }

        /// Micro-typography changes signs and spaces, never letters.
        #[test]
        fn refining_keeps_every_letter(text in prop_oneof![near_quantities(), "[ -~éßđ“„]{0,60}"]) {
            use crate::typo::{Medium, refined};
            let letters = |t: &str| {
                t.chars().filter(|c| c.is_alphabetic() && !matches!(c, 'x' | 'X')).collect::<String>()
            };
            for medium in [Medium::Print, Medium::Book] {
                prop_assert_eq!(letters(&refined(&text, english(), medium)), letters(&text));
            }
        }
    }
}
