//! What was read on test pages becomes what backs are moved by (print specification, rule 17).

use crate::geom::mm;

/// The numbers of one sheet: two scales for how far to the right its back is, two for how far down; tenths of a millimetre.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Readings([f32; 4]);

/// A scale is read up to 20 mm off, as far as backs may be moved.
const MOST: f32 = 200.0;
/// By how much two scales of one direction may differ; more is a sheet that turned on its way.
const SKEW: f32 = 5.0;
/// By how much sheets may differ; more is a feeder that no figure can put right.
const SPREAD: f32 = 10.0;

/// What several sheets say together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reading {
    /// What backs are to be moved by, to the right and downwards as seen from the front, in points.
    pub back_offset: (f32, f32),
    /// How far sheets differ, in tenths of a millimetre, where that is more than a figure can put right.
    pub spread: Option<f32>,
}

impl Readings {
    /// Reads `4,3,-2,-2`.
    ///
    /// # Errors
    /// A sentence that says what would do.
    pub fn parse(text: &str) -> Result<Readings, String> {
        let form = || format!("`{text}`: give the numbers of the scales A, B, C and D: 4,3,-2,-2");
        let numbers: Option<Vec<f32>> = text
            .split(',')
            .map(|n| n.trim().replace('\u{2212}', "-").parse().ok().filter(|n: &f32| n.is_finite()))
            .collect();
        let numbers: [f32; 4] = numbers.and_then(|n| n.try_into().ok()).ok_or_else(form)?;
        match numbers.into_iter().find(|n| n.abs() > MOST) {
            Some(n) => Err(format!("{n} is too far: a reading is at most {MOST}, which is 20 mm")),
            None => Ok(Readings(numbers)),
        }
    }
}

impl Reading {
    /// Takes the middle value of every scale; nothing without sheets.
    ///
    /// # Errors
    /// When paper turned on its way through the printer: a sentence that says what to do.
    pub fn of(sheets: &[Readings]) -> Result<Option<Reading>, String> {
        if sheets.is_empty() {
            return Ok(None);
        }
        let [a, b, c, d] = [0, 1, 2, 3].map(|scale| middle(sheets.iter().map(|s| s.0[scale]).collect()));
        for (names, one, other) in [("A and B", a, b), ("C and D", c, d)] {
            if (one - other).abs() > SKEW {
                return Err(format!(
                    "{names} differ by {}, and more than {SKEW} is skew: the paper turned on its way; straighten the tray's guides and print the page again",
                    (one - other).abs()
                ));
            }
        }
        let spread = |one: usize, other: usize| {
            let at = sheets.iter().map(|s| f32::midpoint(s.0[one], s.0[other]));
            at.clone().fold(f32::MIN, f32::max) - at.fold(f32::MAX, f32::min)
        };
        let spread = spread(0, 1).max(spread(2, 3));
        // tenths of a millimetre, and half of two scales
        let shift = |one: f32, other: f32| 0.0 - mm((one + other) / 20.0);
        Ok(Some(Reading { back_offset: (shift(a, b), shift(c, d)), spread: (spread > SPREAD).then_some(spread) }))
    }
}

/// The one in the middle, or what lies between the two there.
fn middle(mut all: Vec<f32>) -> f32 {
    all.sort_by(f32::total_cmp);
    f32::midpoint(all[(all.len() - 1) / 2], all[all.len() / 2])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(sheets: &[&str]) -> Result<Reading, String> {
        let sheets: Vec<_> = sheets.iter().map(|s| Readings::parse(s).expect("readings")).collect();
        Reading::of(&sheets).map(|r| r.expect("a sheet"))
    }

    #[test]
    fn what_is_read_is_put_right() {
        // the page's own example: reads 4, the back sits 0.4 mm too far right
        let r = of(&["4,4,0,0"]).expect("a reading");
        assert_eq!((r.back_offset, r.spread), ((mm(-0.4), 0.0), None));
        let r = of(&["4, 3, −2, -2"]).expect("a reading");
        assert_eq!(r.back_offset, (mm(-0.35), mm(0.2)));
    }

    #[test]
    fn the_middle_of_sheets() {
        let r = of(&["4,4,0,0", "30,30,1,1", "5,5,2,2"]).expect("a reading");
        assert_eq!((r.back_offset, r.spread), ((mm(-0.5), mm(-0.1)), Some(26.0)));
        assert_eq!(of(&["4,4,0,0", "5,5,0,0"]).expect("a reading").back_offset.0, mm(-0.45));
    }

    #[test]
    fn skew_and_nonsense() {
        assert!(of(&["6,0,0,0"]).unwrap_err().contains("A and B differ by 6"));
        assert!(of(&["0,0,-3,3"]).unwrap_err().contains("C and D"));
        assert!(of(&["5,0,0,-5"]).is_ok());
        for wrong in ["", "1,2,3", "1,2,3,4,5", "a,b,c,d", "1,2,3,nan"] {
            assert!(Readings::parse(wrong).unwrap_err().contains("A, B, C and D"), "{wrong}");
        }
        assert!(Readings::parse("0,0,0,201").unwrap_err().contains("20 mm"));
    }
}
