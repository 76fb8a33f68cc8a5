//! Finding names in scripts that set no spaces between words.

use super::part::Part;
use super::scan::{Found, Scanner};

impl Scanner<'_> {
    /// In scripts without spaces: whole names as they stand in the list, the longest first.
    pub(super) fn scan_unspaced(&self, text: &str, out: &mut Vec<Found>) {
        let bare =
            |i: usize| self.ingredients[i].item.trimmed().split(['(', '（', '、', ' ']).next().unwrap_or_default();
        let mut order: Vec<usize> = (0..self.ingredients.len()).collect();
        order.sort_by_key(|i| (std::cmp::Reverse(bare(*i).len()), *i));
        let mut taken: Vec<std::ops::Range<usize>> = Vec::new();
        let mut found: Vec<(usize, Found)> = Vec::new();
        for i in order {
            let name = bare(i);
            if name.chars().count() < 2 {
                continue;
            }
            let same: Vec<usize> = (0..self.ingredients.len()).filter(|j| bare(*j) == name).collect();
            if same[0] != i {
                continue;
            }
            for (at, _) in text.match_indices(name) {
                let range = at..at + name.len();
                if taken.iter().any(|t| t.start < range.end && range.start < t.end) {
                    continue;
                }
                taken.push(range);
                let lead = &text[..at];
                let ends = |set: &rustc_hash::FxHashSet<String>| set.iter().any(|w| lead.ends_with(w.as_str()));
                let counted = text[at + name.len()..].starts_with(|c: char| c.is_numeric());
                let part = if ends(&self.food.step.half) {
                    Part::Half
                } else if ends(&self.food.step.rest) {
                    Part::Rest
                } else if counted || ends(&self.food.step.some) {
                    Part::Unknown
                } else {
                    Part::Plain
                };
                found.push((at, Found { ingredients: same.clone(), part }));
            }
        }
        found.sort_by_key(|(at, _)| *at);
        out.extend(found.into_iter().map(|(_, f)| f));
    }
}
