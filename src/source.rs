//! The texts that came in, and places in them.

use std::sync::Arc;

/// Which of the files of this run; files are numbered in the order in which they are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct FileId(pub u32);

/// The number of a key or value in its file, counted in document order from 0.
///
/// It costs four bytes and needs no second parse; `yaml::Locator` turns it into a [`Span`] when one is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct NodeId(pub u32);

/// A range of bytes in a text, end excluded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The span from `start` up to `end`; never negative in length.
    pub fn new(start: usize, end: usize) -> Self {
        Span { start, end: end.max(start) }
    }
}

/// A file's text with its name.
#[derive(Debug, Clone)]
pub struct Source {
    /// The name to show, as the user wrote it or as the folder listing gave it.
    pub name: String,
    /// The whole text; invalid bytes were replaced by U+FFFD (and reported).
    pub text: Arc<str>,
}

impl Source {
    /// A source from its name and text.
    pub fn new(name: impl Into<String>, text: impl Into<Arc<str>>) -> Self {
        Source { name: name.into(), text: text.into() }
    }

    /// The byte at which line `line` (from 1) begins, or the end of the text.
    pub fn line_start(&self, line: usize) -> usize {
        if line <= 1 {
            return 0;
        }
        self.text.bytes().enumerate().filter(|(_, b)| *b == b'\n').nth(line - 2).map_or(self.text.len(), |(i, _)| i + 1)
    }

    /// The text of line `line` (from 1), without its line break.
    pub fn line(&self, line: usize) -> &str {
        let rest = &self.text[self.line_start(line)..];
        rest.split('\n').next().unwrap_or("").trim_end_matches('\r')
    }

    /// Line and column (both from 1, columns in characters) of a byte.
    pub fn line_column(&self, byte: usize) -> (usize, usize) {
        let mut byte = byte.min(self.text.len());
        while !self.text.is_char_boundary(byte) {
            byte -= 1;
        }
        let before = &self.text[..byte];
        let line = before.matches('\n').count() + 1;
        let start = before.rfind('\n').map_or(0, |i| i + 1);
        (line, before[start..].chars().count() + 1)
    }
}

/// All files of a run; a [`FileId`] is an index into it.
#[derive(Debug, Default)]
pub struct Sources(Vec<Source>);

impl Sources {
    /// Adds a file and gives its number.
    pub fn add(&mut self, source: Source) -> FileId {
        self.0.push(source);
        FileId((self.0.len() - 1) as u32)
    }

    /// The file of that number.
    ///
    /// # Panics
    /// When the number was not given by [`Sources::add`] of this very list.
    pub fn get(&self, id: FileId) -> &Source {
        &self.0[id.0 as usize]
    }

    /// Drops the text of a file until [`Sources::recall`] brings it back.
    pub fn forget(&mut self, id: FileId) {
        self.0[id.0 as usize].text = "".into();
    }

    /// Whether the text of a file was dropped (or is empty anyway).
    pub fn is_forgotten(&self, id: FileId) -> bool {
        self.get(id).text.is_empty()
    }

    /// Gives a file its text back.
    pub fn recall(&mut self, id: FileId, text: Arc<str>) {
        self.0[id.0 as usize].text = text;
    }

    /// All files, in order.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &Source)> {
        self.0.iter().enumerate().map(|(i, s)| (FileId(i as u32), s))
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns_count_characters() {
        let s = Source::new("a", "tấm\nđồ chua\n");
        assert_eq!(s.line_start(2), 6);
        assert_eq!(s.line(2), "đồ chua");
        assert_eq!(s.line_column(s.text.find("chua").unwrap()), (2, 4));
        assert_eq!(s.line_column(999), (3, 1));
        assert_eq!(s.line(9), "");
    }
}
