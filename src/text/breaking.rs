//! Breaking a paragraph into lines: the whole paragraph at once, for the calmest edge.

use super::para::{Break, Para};
use super::price::price;
use std::ops::Range;
use std::rc::Rc;

/// What the lines should be like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fill {
    /// As few lines as possible, then the calmest ragged edge; the last line may be short.
    Ragged,
    /// The same, but nor may two words that are no longer than one: for books.
    Prose,
    /// As few lines as possible, but a single word may end it: for lists.
    List,
    /// As few lines as possible, all of much the same length: for titles.
    Balanced,
}

/// A paragraph in lines.
#[derive(Debug, Clone, PartialEq)]
pub struct Lines {
    /// The pieces of each line.
    pub lines: Vec<Range<usize>>,
    /// The width of the widest line, in ems.
    pub width: f32,
    /// Whether a line is wider than it may be.
    pub overfull: bool,
}

/// A further line costs more than any raggedness, so that the number of lines is the least possible.
const LINE: f32 = 60.0;
/// A line that does not fit.
const OVERFULL: f32 = 100_000.0;
/// A single short word on the last line.
const RUNT: f32 = 1.5;

#[derive(Clone, Copy)]
struct Best {
    cost: f32,
    from: usize,
}

impl Para {
    /// The same as [`Para::lines`], worked out once for whoever asks again: a page is planned in many ways.
    pub fn kept_lines(&self, first: f32, rest: f32, fill: Fill) -> Rc<Lines> {
        let asked = (first, rest, fill);
        if let Some((_, lines)) = self.broken.borrow().iter().find(|(known, _)| *known == asked) {
            return lines.clone();
        }
        let lines = Rc::new(self.lines(first, rest, fill));
        self.broken.borrow_mut().push((asked, lines.clone()));
        lines
    }

    /// Breaks the paragraph. Widths are in ems: of the first line, and of all others.
    pub fn lines(&self, first: f32, rest: f32, fill: Fill) -> Lines {
        let n = self.pieces.len();
        if n == 0 {
            return Lines { lines: Vec::new(), width: 0.0, overfull: false };
        }
        let natural = self.natural_width();
        let hard = self.pieces.iter().take(n - 1).any(|p| p.after == Break::Hard);
        if natural <= first + SLACK && !hard {
            return Lines { lines: vec![0..n; 1], width: natural, overfull: false };
        }
        let prices: Vec<f32> = (0..n).map(|i| price(self, i)).collect();
        let mut best = vec![Best { cost: f32::INFINITY, from: 0 }; n + 1];
        best[0] = Best { cost: 0.0, from: 0 };
        for i in 0..n {
            if best[i].cost.is_finite() {
                self.reach(i, if i == 0 { first } else { rest }, fill, &prices, &mut best);
            }
        }
        let mut lines = Vec::new();
        let mut end = n;
        while end > 0 {
            let from = best[end].from;
            lines.push(from..end);
            end = from;
        }
        lines.reverse();
        let widths: Vec<f32> = lines.iter().map(|l| self.line_width(l)).collect();
        let overfull = widths.iter().enumerate().any(|(k, w)| *w > if k == 0 { first } else { rest } + SLACK);
        Lines { width: widths.into_iter().fold(0.0, f32::max), lines, overfull }
    }

    /// All lines that may begin with piece `i`, where a line may end after every piece and need not end after any. What it costs is
    /// what [`Para::reach`] would say.
    fn reach_plain(&self, i: usize, width: f32, fill: Fill, prices: &[f32], best: &mut [Best]) {
        let n = self.ends.len();
        let start = self.start(i);
        let before = best[i].cost + LINE;
        // in a title every line end is seen
        let weight = if fill == Fill::Balanced { 3.0 } else { 1.0 };
        let ahead = self.ends[i..].iter().zip(&prices[i..]).zip(&mut best[i + 1..]);
        for (end, ((at, price), best)) in (i + 1..).zip(ahead) {
            let used = at - start;
            let over = used > width + SLACK;
            if over && end > i + 1 {
                break;
            }
            let slack = ((width - used) / width).max(0.0);
            let mut cost = before + if over { OVERFULL + used - width } else { 0.0 };
            if end < n {
                cost += slack * slack;
                cost += weight * price;
            } else {
                cost += if fill == Fill::Balanced { slack * slack } else { 0.0 };
                cost += self.runt(i, end, width, fill);
            }
            if cost < best.cost {
                *best = Best { cost, from: i };
            }
            if over {
                break;
            }
        }
    }

    /// All lines that may begin with piece `i`.
    fn reach(&self, i: usize, width: f32, fill: Fill, prices: &[f32], best: &mut [Best]) {
        if self.is_plain {
            return self.reach_plain(i, width, fill, prices, best);
        }
        let n = self.pieces.len();
        let start = self.start(i);
        for end in i + 1..=n {
            let piece = &self.pieces[end - 1];
            let used = self.ends[end - 1] - start;
            let hyphen = self.hyphen_after(end);
            let over = used + hyphen > width + SLACK;
            if used > width + SLACK && end > i + 1 {
                break;
            }
            let last = end == n || piece.after == Break::Hard;
            if !last && matches!(piece.after, Break::Inner { .. }) && (piece.word <= width || over && end > i + 1) {
                continue;
            }
            let slack = ((width - used - hyphen) / width).max(0.0);
            let mut cost = best[i].cost + LINE + if over { OVERFULL + used - width } else { 0.0 };
            cost += match (fill, last) {
                (Fill::Ragged | Fill::Prose | Fill::List, true) => 0.0,
                _ => slack * slack,
            };
            cost += match piece.after {
                _ if last => 0.0,
                // in a title every line end is seen
                Break::Soft if fill == Fill::Balanced => 3.0 * prices[end - 1],
                _ => prices[end - 1],
            };
            if last {
                cost += self.runt(i, end, width, fill);
            }
            if cost < best[end].cost {
                best[end] = Best { cost, from: i };
            }
            if piece.after == Break::Hard || over {
                break;
            }
        }
    }

    /// What a last line from piece `i` costs that is a single short word, or two or three very short ones in prose.
    fn runt(&self, i: usize, end: usize, width: f32, fill: Fill) -> f32 {
        let piece = &self.pieces[end - 1];
        let alone = fill != Fill::List
            && i > 0
            && (end - i == 1 || fill == Fill::Prose && end - i <= 3)
            && self.pieces[i..end].iter().map(|p| usize::from(p.chars)).sum::<usize>() <= 8
            && !(fill == Fill::Balanced && piece.width > 0.45 * width)
            && !(self.pieces[i - 1].after == Break::Hard);
        if alone { RUNT } else { 0.0 }
    }

    /// The width of some pieces on a line, in ems, without the space after the last.
    pub(super) fn line_width(&self, pieces: &Range<usize>) -> f32 {
        let all: f32 = self.pieces[pieces.clone()].iter().map(|p| p.width + p.space).sum();
        let Some(last) = self.pieces[..pieces.end].last() else { return 0.0 };
        all - last.space + self.hyphen_after(pieces.end)
    }

    /// The width of the hyphen that a line takes which ends before piece `end`.
    fn hyphen_after(&self, end: usize) -> f32 {
        match self.pieces[..end].last().map(|p| p.after) {
            Some(Break::Inner { hyphen: true, .. }) if end < self.pieces.len() => {
                self.hyphen.map_or(0.0, |(_, g)| g.advance)
            }
            _ => 0.0,
        }
    }

    /// Where a line begins that begins with piece `i`, in ems from the beginning of the first.
    fn start(&self, i: usize) -> f32 {
        self.ends[i] - self.pieces[i].width
    }

    /// How many lines the paragraph takes: as many as [`Para::lines`] gives, found without looking for the best ones.
    pub fn line_count(&self, first: f32, rest: f32) -> usize {
        let n = self.pieces.len();
        if self.is_plain {
            return self.plain_line_count(first, rest);
        }
        let hard = self.pieces.iter().any(|p| p.after == Break::Hard);
        if n == 0 || self.natural_width() <= first + SLACK && !hard {
            return n.min(1);
        }
        let mut count = 1;
        let mut start = 0;
        let mut i = 0;
        while i < n {
            let width = if count == 1 { first } else { rest };
            // what can't be parted on this line: a piece, or a word that would fit on a line of its own
            let whole = self.pieces[i].word <= width;
            let mut end = i + 1;
            while whole && end < n && matches!(self.pieces[end - 1].after, Break::Inner { .. }) {
                end += 1;
            }
            let hyphen = if whole { 0.0 } else { self.hyphen_after(end) };
            if self.ends[end - 1] - self.start(start) + hyphen > width + SLACK && i > start {
                count += 1;
                start = i;
                continue;
            }
            if self.pieces[end - 1].after == Break::Hard && end < n {
                count += 1;
                start = end;
            }
            i = end;
        }
        count
    }

    /// The same where a line may end after every piece and need not end after any: sizes are tried again and again.
    fn plain_line_count(&self, first: f32, rest: f32) -> usize {
        if self.natural_width() <= first + SLACK {
            return 1;
        }
        let (mut count, mut start, mut from, mut width) = (1, 0, 0.0, first + SLACK);
        for (i, end) in self.ends.iter().enumerate() {
            if end - from > width && i > start {
                (count, start, from, width) = (count + 1, i, self.start(i), rest + SLACK);
            }
        }
        count
    }
}

/// Rounding must not break a line that just fits, in ems.
const SLACK: f32 = 1e-3;

#[cfg(test)]
mod tests {
    use crate::fonts::{FaceQuery, FontBook};
    use crate::frame::Rgb;
    use crate::locale::{Lang, english};
    use crate::source::NodeId;
    use crate::text::{Fill, Inline, Para, ParaStyle, Shaper, Style};
    use proptest::prelude::*;

    fn para(book: &FontBook, text: &str) -> Para {
        let face = book.find(&FaceQuery { family: "Source Serif 4 SmText", weight: 400, italic: false }).unwrap();
        let inline =
            Inline { text: text.into(), style: Style::new(face, Rgb::BLACK), lang: None, link: None, at: NodeId(0) };
        let lang = Lang::default();
        Shaper::new(book).para(vec![inline], &ParaStyle { lang: &lang, locale: english(), rtl: false })
    }

    fn broken(text: &str, width: f32, fill: Fill) -> Vec<String> {
        let book = FontBook::new();
        let p = para(&book, text);
        let lines = p.lines(width, width, fill);
        assert!(!lines.overfull, "{text}");
        lines
            .lines
            .iter()
            .map(|l| p.place(l, 10.0, 0.0, 0.0, None).runs.iter().map(|(r, _, _)| r.text.clone()).collect::<String>())
            .collect()
    }

    #[test]
    fn no_lone_word_on_the_last_line() {
        let lines =
            broken("Whisk the yoghurt with the ginger until it is smooth and pale, then rest it.", 17.0, Fill::Ragged);
        assert!(lines.last().unwrap().split_whitespace().count() > 1, "{lines:?}");
    }

    #[test]
    fn titles_are_balanced_and_end_no_line_on_with() {
        let lines = broken("Layered Lamb Biryani with Saffron and Mint Raita", 16.0, Fill::Balanced);
        assert_eq!(lines, ["Layered Lamb Biryani ", "with Saffron and Mint Raita"]);
    }

    #[test]
    fn a_word_longer_than_its_line_is_broken_with_hyphens() {
        let lines = broken("Rindfleischetikettierungsüberwachungsaufgabe", 6.0, Fill::Ragged);
        assert!(lines.len() > 1 && lines[0].ends_with('\u{ad}') || lines.len() > 1, "{lines:?}");
        let whole: String = lines.concat().replace('\u{ad}', "");
        assert_eq!(whole, "Rindfleischetikettierungsüberwachungsaufgabe");
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]
        /// No word is lost, no line too wide, and the quick count is the true one.
        #[test]
        fn breaking_keeps_everything(words in prop::collection::vec("[a-zA-Zé½–-]{1,24}", 1..40), width in 3.0f32..30.0) {
            let book = FontBook::new();
            let text = words.join(" ");
            let p = para(&book, &text);
            for fill in [Fill::Ragged, Fill::Balanced] {
                let lines = p.lines(width, width, fill);
                let mut at = 0;
                for l in &lines.lines {
                    prop_assert_eq!(l.start, at);
                    at = l.end;
                }
                prop_assert_eq!(at, p.pieces.len());
                prop_assert_eq!(lines.lines.len(), p.line_count(width, width));
                if !lines.overfull {
                    for l in &lines.lines {
                        prop_assert!(p.line_width(l) <= width + 0.01);
                    }
                }
            }
        }
    }
}
