//! From node numbers to places, by a second scan with a parser that keeps them.

use super::node::{Node, Value};
use crate::diag::Place;
use crate::source::{NodeId, Span};
use saphyr_parser::{Event, Parser, ScalarStyle, Span as Marks};
use std::collections::BTreeMap;
use std::str::CharIndices;

/// Knows the span of every key and value of one text.
#[derive(Debug, Default)]
pub struct Locator {
    spans: Vec<Span>,
}

impl Locator {
    /// Scans `text`. Where the text stops being YAML the scan stops too; later numbers have no span.
    pub fn new(text: &str) -> Self {
        Locator::up_to(text, NodeId(u32::MAX))
    }

    /// Scans `text` as far as it must for a key or value and all before it.
    pub fn up_to(text: &str, last: NodeId) -> Self {
        let mut scan = Scan {
            text,
            chars: Vec::new(),
            rest: text.char_indices(),
            spans: Vec::new(),
            open: Vec::new(),
            anchors: BTreeMap::new(),
        };
        for event in Parser::new_from_str(text) {
            match event {
                Ok((event, marks)) if scan.spans.len() <= last.0 as usize => scan.take(&event, marks),
                _ => break,
            }
        }
        Locator { spans: scan.spans }
    }

    /// The span of a key or value.
    pub fn span(&self, node: NodeId) -> Option<Span> {
        self.spans.get(node.0 as usize).copied()
    }

    /// The span of a place; the first line of `text` when the place is not known.
    pub fn resolve(&self, place: &Place, text: &str) -> Span {
        match place {
            Place::File => Span::new(0, 0),
            Place::Bytes(span) => *span,
            Place::Node(id) => self.span(*id).unwrap_or_default(),
            Place::Within(id, piece) => {
                let Some(whole) = self.span(*id) else { return Span::default() };
                let inside = text.get(whole.start..whole.end).unwrap_or("");
                match inside.find(piece.as_str()).or_else(|| find_word(inside, piece)) {
                    Some(i) => Span::new(whole.start + i, whole.start + i + piece.len()),
                    None => whole,
                }
            }
        }
    }

    /// Gives numbers with a fraction the spelling they have in the file.
    pub(super) fn restore_written_numbers(&self, node: &mut Node, text: &str) {
        match &mut node.value {
            Value::Float(number, written) => {
                let there = self.span(node.id).and_then(|s| text.get(s.start..s.end)).map(str::trim);
                if let Some(there) = there.filter(|t| t.parse::<f64>().is_ok_and(|v| v == *number)) {
                    *written = there.to_owned();
                }
            }
            Value::List(items) => items.iter_mut().for_each(|n| self.restore_written_numbers(n, text)),
            Value::Map(entries) => entries.iter_mut().for_each(|(_, n)| self.restore_written_numbers(n, text)),
            _ => {}
        }
    }
}

struct Scan<'a> {
    text: &'a str,
    /// Byte of each character that was asked for, and of all before it: the scanner counts characters.
    chars: Vec<usize>,
    rest: CharIndices<'a>,
    spans: Vec<Span>,
    /// Collections that are not closed yet: their number and their anchor.
    open: Vec<(usize, usize)>,
    /// The nodes of an anchored value, to be counted again where an alias repeats it.
    anchors: BTreeMap<usize, (usize, usize)>,
}

impl Scan<'_> {
    fn take(&mut self, event: &Event<'_>, marks: Marks) {
        match event {
            Event::Scalar(_, style, anchor, _) => {
                let span = self.scalar(*style, marks);
                self.spans.push(span);
                self.anchor(*anchor, self.spans.len() - 1);
            }
            Event::SequenceStart(anchor, _) | Event::MappingStart(anchor, _) => {
                let span = self.bytes(marks);
                let span = self.first_line(span);
                self.spans.push(span);
                self.open.push((self.spans.len() - 1, *anchor));
            }
            Event::SequenceEnd | Event::MappingEnd => {
                if let Some((start, anchor)) = self.open.pop() {
                    self.anchor(anchor, start);
                }
            }
            Event::Alias(anchor) => {
                let here = self.bytes(marks);
                let count = self.anchors.get(anchor).map_or(1, |(from, to)| to - from);
                self.spans.extend(std::iter::repeat_n(here, count));
            }
            _ => {}
        }
    }

    fn anchor(&mut self, anchor: usize, from: usize) {
        if anchor > 0 {
            self.anchors.insert(anchor, (from, self.spans.len()));
        }
    }

    fn bytes(&mut self, marks: Marks) -> Span {
        let (start, end) = (marks.start.index(), marks.end.index());
        let more = (end.max(start) + 1).saturating_sub(self.chars.len());
        self.chars.extend(self.rest.by_ref().take(more).map(|(i, _)| i));
        let at = |i: usize| self.chars.get(i).copied().unwrap_or(self.text.len());
        Span::new(at(start), at(end))
    }

    /// A scalar's own text: block scalars without their indicator line, everything without trailing space.
    fn scalar(&mut self, style: ScalarStyle, marks: Marks) -> Span {
        let mut span = self.bytes(marks);
        if matches!(style, ScalarStyle::Literal | ScalarStyle::Folded) {
            let inside = &self.text[span.start..span.end];
            if inside.starts_with(['|', '>']) {
                span.start += inside.find('\n').map_or(0, |i| i + 1);
            }
            let inside = &self.text[span.start..span.end];
            span.start += inside.len() - inside.trim_start().len();
        }
        let inside = self.text.get(span.start..span.end).unwrap_or("");
        span.end = span.start + inside.trim_end().len();
        span
    }

    /// Of a collection only the first line is worth marking.
    fn first_line(&self, span: Span) -> Span {
        let rest = &self.text[span.start..];
        let end = rest.find('\n').unwrap_or(rest.len());
        Span::new(span.start, span.start + rest[..end].trim_end().len())
    }
}

/// Where `piece` stands as a word, whatever the case of its first letter.
fn find_word(text: &str, piece: &str) -> Option<usize> {
    let mut chars = piece.chars();
    let capital: String = chars.next()?.to_uppercase().chain(chars).collect();
    text.find(&capital).filter(|_| capital.len() == piece.len())
}

#[cfg(test)]
mod tests {
    use crate::source::{FileId, Source};
    use crate::yaml::{self, Locator, Node, Value};

    /// Every scalar of the tree must be found again by its number.
    fn check(text: &str) {
        let source = Source::new("t.yaml", text);
        let root = yaml::parse(FileId(0), &source).unwrap().unwrap();
        let locator = Locator::new(text);
        fn walk(node: &Node, locator: &Locator, text: &str) {
            let span = locator.span(node.id).expect("a span");
            match &node.value {
                Value::List(l) => l.iter().for_each(|n| walk(n, locator, text)),
                Value::Map(m) => m.iter().for_each(|(k, n)| {
                    let s = locator.span(k.id).unwrap();
                    assert_eq!(text[s.start..s.end].trim_matches('"'), k.text);
                    walk(n, locator, text);
                }),
                Value::Null => {}
                _ => {
                    let word = node.scalar().unwrap();
                    let first = word.split_whitespace().next().unwrap();
                    let there = &text[span.start..span.end];
                    assert!(there.contains(first) || there.starts_with('*'), "{word:?} not in {there:?}");
                }
            }
        }
        walk(&root, &locator, text);
    }

    #[test]
    fn numbers_agree_between_both_parsers() {
        check(
            "a: 1\nb: [x, {c: d, e: 'f g'}]\nlong: |\n  first\n  second\nfold: >-\n\n  third\n  fourth\nend: \"q\"\n",
        );
        check("tấm: đồ\nlist:\n  - một\n  -\n  - { hai: 2.50 }\nlast: ~\n");
        check("a: &x [p, q]\nb: *x\nc: z\n");
        check("a: !note text\nb: after\n");
        check("? key\n: value\nother: more\n");
    }

    #[test]
    fn written_numbers_survive() {
        let source = Source::new("t", "v: 1.10\nw: 2\n");
        let root = yaml::parse(FileId(0), &source).unwrap().unwrap();
        let Value::Map(m) = &root.value else { panic!() };
        assert_eq!(m[0].1.scalar().unwrap(), "1.10");
        assert_eq!(m[1].1.scalar().unwrap(), "2");
    }
}
