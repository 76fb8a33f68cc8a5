//! Attributed text: a string, and marks over ranges of it.

use crate::locale::{Lang, Locale};
use crate::source::NodeId;
use std::ops::Range;

/// Where a link goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// An address.
    Url(String),
    /// Another recipe, by its slug.
    Recipe(String),
}

/// What a range of text is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mark {
    /// Important.
    Strong,
    /// Stressed, or a title.
    Emph,
    /// The step's leading time or temperature.
    Cue,
    /// Another quantity.
    Key,
    /// A note beside a name: quieter.
    Note,
    /// An amount before an ingredient.
    Amount,
    /// A link.
    Link(Target),
    /// In another language.
    Lang(Lang),
}

/// A paragraph's worth of attributed text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rich {
    /// The characters.
    pub text: String,
    /// The marks, in the order of their beginnings. Ranges are bytes of `text`.
    pub marks: Vec<(Range<usize>, Mark)>,
    /// The value it comes from.
    pub at: NodeId,
}

impl Rich {
    /// Text without marks.
    pub fn plain(text: impl Into<String>, at: NodeId) -> Self {
        Rich { text: text.into(), marks: Vec::new(), at }
    }

    /// Whether there is nothing to print.
    pub fn is_empty(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// Appends text with a mark over it.
    pub fn push(&mut self, text: &str, mark: Option<Mark>) {
        let start = self.text.len();
        self.text.push_str(text);
        if let Some(mark) = mark.filter(|_| !text.is_empty()) {
            self.marks.push((start..self.text.len(), mark));
        }
    }

    /// Appends another one with its marks.
    pub fn append(&mut self, other: &Rich) {
        let start = self.text.len();
        self.text.push_str(&other.text);
        self.marks.extend(other.marks.iter().map(|(r, m)| (r.start + start..r.end + start, m.clone())));
    }

    /// A part of it, without white space at its end.
    pub fn slice(&self, range: Range<usize>) -> Rich {
        let text = self.text[range.clone()].trim_end().to_owned();
        let end = range.start + text.len();
        let over = self.marks.iter().filter(|(r, _)| r.start < end && r.end > range.start);
        let marks =
            over.map(|(r, m)| (r.start.max(range.start) - range.start..r.end.min(end) - range.start, m.clone()));
        Rich { marks: marks.collect(), text, at: self.at }
    }

    /// The same with `mark` over everything.
    pub fn marked(mut self, mark: Mark) -> Self {
        if !self.text.is_empty() {
            self.marks.insert(0, (0..self.text.len(), mark));
        }
        self
    }

    /// The same with a capital at the beginning.
    pub fn capitalised(mut self, locale: &Locale) -> Self {
        if let Some(first) = self.text.chars().next() {
            let upper = locale.upper(first.encode_utf8(&mut [0; 4]));
            self.replace(&[(0..first.len_utf8(), upper)]);
        }
        self
    }

    /// Puts other texts in the place of ranges, given in order and not overlapping; marks move along.
    pub fn replace(&mut self, edits: &[(Range<usize>, String)]) {
        if edits.is_empty() {
            return;
        }
        let mut text = String::with_capacity(self.text.len() + 16);
        let mut from = 0;
        for (range, with) in edits {
            text.push_str(&self.text[from..range.start]);
            text.push_str(with);
            from = range.end;
        }
        text.push_str(&self.text[from..]);
        let moved = |byte: usize, end: bool| {
            let mut shift = 0isize;
            for (range, with) in edits {
                if range.end <= byte && !(range.is_empty() && range.end == byte && end) {
                    shift += with.len() as isize - range.len() as isize;
                } else if range.start < byte {
                    // a mark that begins or ends inside a replaced piece takes the whole piece
                    let to = if end { range.start + with.len() } else { range.start };
                    return (to as isize + shift) as usize;
                } else {
                    break;
                }
            }
            (byte as isize + shift) as usize
        };
        for (range, _) in &mut self.marks {
            *range = moved(range.start, false)..moved(range.end, true);
        }
        self.text = text;
    }

    /// The pieces of text over which the set of marks does not change, with their marks.
    pub fn pieces(&self) -> Vec<(Range<usize>, Vec<&Mark>)> {
        if self.marks.is_empty() {
            return if self.text.is_empty() { Vec::new() } else { vec![(0..self.text.len(), Vec::new())] };
        }
        let mut cuts: Vec<usize> =
            self.marks.iter().flat_map(|(r, _)| [r.start, r.end]).chain([0, self.text.len()]).collect();
        cuts.sort_unstable();
        cuts.dedup();
        cuts.windows(2)
            .map(|w| {
                let over =
                    self.marks.iter().filter(|(r, _)| r.start <= w[0] && w[1] <= r.end).map(|(_, m)| m).collect();
                (w[0]..w[1], over)
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_follow_edits() {
        let mut r = Rich::plain("add ", NodeId(0));
        r.push("1/2 cup", Some(Mark::Key));
        r.push(" of \"it\"", None);
        r.replace(&[(4..7, "½".into()), (7..8, "\u{202f}".into()), (15..16, "“".into()), (18..19, "”".into())]);
        assert_eq!(r.text, "add ½\u{202f}cup of “it”");
        assert_eq!(&r.text[r.marks[0].0.clone()], "½\u{202f}cup");
        assert_eq!(r.pieces().len(), 3);
    }

    #[test]
    fn a_slice_keeps_its_marks_within_its_text() {
        let mut r = Rich::plain("", NodeId(0));
        r.push("Stir well. ", Some(Mark::Strong));
        r.push("Then rest.", Some(Mark::Key));
        let first = r.slice(0..11);
        assert_eq!((first.text.as_str(), &first.marks), ("Stir well.", &vec![(0..10, Mark::Strong)]));
        assert_eq!(r.slice(11..r.text.len()).marks, [(0..10, Mark::Key)]);
    }

    #[test]
    fn an_insertion_at_the_end_of_a_mark_stays_outside() {
        let mut r = Rich::plain("", NodeId(0));
        r.push("ab", Some(Mark::Strong));
        r.push("cd", None);
        r.replace(&[(2..2, "X".into())]);
        assert_eq!((r.text.as_str(), r.marks[0].0.clone()), ("abXcd", 0..2));
    }
}
