//! What cards and the pages of a book are both drawn with: paragraphs in the roles of a theme, and a canvas for them.

pub(crate) mod canvas;
mod icon;
pub(crate) mod instructions;
pub(crate) mod setter;

use std::ops::Range;

/// Cuts a sequence of heights into `count` parts, none empty, with the largest sum as small as possible.
pub(crate) fn balance(heights: &[f32], count: usize) -> Option<Vec<Range<usize>>> {
    let n = heights.len();
    if n < count || count == 0 {
        return None;
    }
    let mut sums = vec![0.0f32; n + 1];
    for (i, h) in heights.iter().enumerate() {
        sums[i + 1] = sums[i] + h;
    }
    // best[k][i]: the least largest sum of the first i in k parts, and where the last part begins
    let mut best = vec![vec![(f32::INFINITY, 0usize); n + 1]; count + 1];
    best[0][0] = (0.0, 0);
    for k in 1..=count {
        // of the last part only that counts which takes all that is left
        for i in if k == count { n } else { k }..=n {
            // the first part begins at the beginning
            for j in k - 1..if k == 1 { 1 } else { i } {
                let largest = best[k - 1][j].0.max(sums[i] - sums[j]);
                // of equal cuts the earlier columns get more
                if largest <= best[k][i].0 {
                    best[k][i] = (largest, j);
                }
            }
        }
    }
    let mut out = Vec::new();
    let mut end = n;
    for k in (1..=count).rev() {
        let start = best[k][end].1;
        out.push(start..end);
        end = start;
    }
    out.reverse();
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::balance;

    #[test]
    fn columns_are_as_even_as_can_be() {
        assert_eq!(balance(&[1.0, 1.0, 1.0, 1.0], 2), Some(vec![0..2, 2..4]));
        assert_eq!(balance(&[3.0, 1.0, 1.0], 2), Some(vec![0..1, 1..3]));
        assert_eq!(balance(&[1.0, 1.0, 1.0], 2), Some(vec![0..2, 2..3]));
        assert_eq!(balance(&[1.0], 2), None);
    }
}
