//! What a YAML syntax error most likely means, in a cook's words.

use crate::diag::{Diagnostic, Place};
use crate::source::{FileId, Source, Span};

/// A diagnostic for what the parser said. `at` is its line and column, from 1.
pub(super) fn explain(file: FileId, source: &Source, said: &str, at: Option<(usize, usize)>) -> Diagnostic {
    let (line, column) = at.unwrap_or((1, 1));
    let guess = guess(source, said, line);
    let (line, span) = match &guess {
        Some(g) => (g.line, g.span(source)),
        None => (line, point(source, line, column)),
    };
    let (message, hint) = match guess {
        Some(g) => (g.message, g.hint),
        None => (
            format!("this is not YAML: {}", plain(said)),
            "look at the indentation and the quotation marks of this line and the one before it".to_owned(),
        ),
    };
    let span = if span.start == span.end { whole_line(source, line) } else { span };
    Diagnostic::error("yaml-syntax", message).place(file, Place::Bytes(span)).hint(hint)
}

struct Guess {
    line: usize,
    /// The piece of the line to mark; the whole line when empty.
    piece: (usize, usize),
    message: String,
    hint: String,
}

impl Guess {
    fn new(line: usize, piece: (usize, usize), message: &str, hint: String) -> Option<Self> {
        Some(Guess { line, piece, message: message.to_owned(), hint })
    }

    fn span(&self, source: &Source) -> Span {
        let start = source.line_start(self.line);
        Span::new(start + self.piece.0, start + self.piece.1)
    }
}

/// The common slips, each recognised by what the parser said and what the line looks like.
fn guess(source: &Source, said: &str, line: usize) -> Option<Guess> {
    if said.contains("more than one document") {
        let second =
            source.text.lines().enumerate().skip(1).find(|(_, l)| l.trim_end() == "---").map_or(line, |(i, _)| i + 1);
        return Guess::new(
            second,
            (0, 3),
            "a file holds one recipe, but a second document begins here",
            "put it in a file of its own".into(),
        );
    }
    tab(source, line).or_else(|| open_quote(source, said, line)).or_else(|| near(source, said, line))
}

/// A tab in the indentation of this line or the one before.
fn tab(source: &Source, line: usize) -> Option<Guess> {
    [line, line.saturating_sub(1).max(1)].into_iter().find_map(|n| {
        let text = source.line(n);
        let indent = &text[..text.len() - text.trim_start().len()];
        let i = indent.find('\t')?;
        Guess::new(
            n,
            (i, i + 1),
            "a tab in the indentation",
            "YAML takes spaces only: use two spaces for each level".into(),
        )
    })
}

/// A quotation mark that is never closed.
fn open_quote(source: &Source, said: &str, line: usize) -> Option<Guess> {
    if !said.contains("quoted scalar") {
        return None;
    }
    let mark = if said.contains("single") { '\'' } else { '"' };
    let n = (1..=line).rev().find(|n| {
        let t = source.line(*n);
        let value = t.split_once(": ").map_or_else(|| t.trim_start().trim_start_matches("- "), |(_, v)| v);
        value.trim_start().starts_with(mark) && value.matches(mark).count() % 2 == 1
    })?;
    let text = source.line(n);
    let i = text.find(mark)?;
    Guess::new(
        n,
        (i, text.len()),
        "this quotation mark is never closed",
        format!("close it with {mark}, or write a {mark} within the text twice"),
    )
}

fn near(source: &Source, said: &str, line: usize) -> Option<Guess> {
    let lines = [line, line.saturating_sub(1).max(1)];
    lines
        .into_iter()
        .find_map(|n| {
            let text = source.line(n);
            colon_in_value(n, text)
                .or_else(|| bad_start(n, text))
                .or_else(|| missing_space(n, text))
                .or_else(|| text_after_quote(n, text))
        })
        .or_else(|| open_bracket(source, said, line))
        .or_else(|| indentation(source, said, line))
}

/// `text: Heat: medium` needs quotation marks.
fn colon_in_value(n: usize, text: &str) -> Option<Guess> {
    let body = text.trim_start().trim_start_matches("- ");
    let (key, value) = body.split_once(": ")?;
    let quoted = value.starts_with(['"', '\'', '{', '[', '|', '>']);
    let second = value.find(": ").or_else(|| value.ends_with(':').then(|| value.len() - 1))?;
    if quoted || key.contains(['{', '"']) {
        return None;
    }
    let at = text.len() - value.len() + second;
    let shown: String = value.chars().take(40).collect();
    let dots = if value.chars().count() > 40 { "…" } else { "" };
    Guess::new(
        n,
        (at, at + 1),
        "a second colon in the same line",
        format!(
            "put the text in quotation marks: `{}: \"{}{dots}\"`, or begin it with `>-` on a line of its own",
            key.trim(),
            shown.replace('"', "\\\"")
        ),
    )
}

/// Text that begins with a character that means something to YAML.
fn bad_start(n: usize, text: &str) -> Option<Guess> {
    let body = text.trim_start();
    let value = body.strip_prefix("- ").unwrap_or(body);
    let value = value.split_once(": ").map_or(value, |(_, v)| v).trim_start();
    let first = value.chars().next()?;
    if !"@`%&*!".contains(first) {
        return None;
    }
    let at = text.len() - value.len();
    Guess::new(
        n,
        (at, at + 1),
        "YAML text can't begin with this character",
        format!("put the text in quotation marks: `\"{first}…\"`"),
    )
}

/// `title:Soup` and `-flour`.
fn missing_space(n: usize, text: &str) -> Option<Guess> {
    let body = text.trim_start();
    let indent = text.len() - body.len();
    if let Some(rest) = body.strip_prefix('-')
        && rest.starts_with(char::is_alphanumeric)
    {
        return Guess::new(n, (indent, indent + 1), "a space is missing after the dash", format!("write `- {rest}`"));
    }
    let word = body.find(|c: char| !(c.is_alphanumeric() || c == '_'))?;
    if word > 0
        && body[word..].starts_with(':')
        && body[word + 1..].starts_with(|c: char| !c.is_whitespace() && c != '/')
    {
        let at = indent + word;
        return Guess::new(
            n,
            (at, at + 1),
            "a space is missing after the colon",
            format!("write `{}: {}`", &body[..word], &body[word + 1..]),
        );
    }
    None
}

/// `note: "best" eaten warm`: YAML thinks the text ends at the second mark.
fn text_after_quote(n: usize, text: &str) -> Option<Guess> {
    let body = text.trim_start().trim_start_matches("- ");
    let value = body.split_once(": ").map_or(body, |(_, v)| v);
    let mark = value.chars().next().filter(|c| "\"'".contains(*c))?;
    let close = value[1..].find(mark)? + 2;
    let after = value[close..].trim_start();
    if after.is_empty() || after.starts_with(['#', ',', '}', ']', ':']) {
        return None;
    }
    let at = text.len() - value.len();
    let other = if mark == '"' { '\'' } else { '"' };
    Guess::new(
        n,
        (at + close, text.len()),
        "text goes on after the closing quotation mark",
        format!("put the whole text between {other} and {other}"),
    )
}

fn open_bracket(source: &Source, said: &str, line: usize) -> Option<Guess> {
    if !said.contains("flow") {
        return None;
    }
    let n = (1..=line.min(source.text.lines().count().max(1))).rev().find(|n| {
        let t = source.line(*n);
        t.matches(['{', '[']).count() > t.matches(['}', ']']).count()
    })?;
    let text = source.line(n);
    let i = text.rfind(['{', '['])?;
    let close = if text[i..].starts_with('{') { '}' } else { ']' };
    Guess::new(
        n,
        (i, i + 1),
        "this bracket is never closed",
        format!("close it with `{close}`; a text with a comma, a colon or a bracket in it needs quotation marks"),
    )
}

fn indentation(source: &Source, said: &str, line: usize) -> Option<Guess> {
    if !(said.contains("block") || said.contains("expected") || said.contains("mapping values")) {
        return None;
    }
    let text = source.line(line);
    let indent = text.len() - text.trim_start().len();
    let before = (1..line).rev().map(|n| source.line(n)).find(|l| !l.trim().is_empty())?;
    let other = before.len() - before.trim_start().len();
    if indent == other {
        return None;
    }
    Guess::new(
        line,
        (indent, text.len()),
        "this line is indented differently from the lines it belongs to",
        format!(
            "it begins in column {}, the line before in column {}: give keys of one map, and dashes of one list, the same indentation",
            indent + 1,
            other + 1
        ),
    )
}

/// The parser's words without its positions.
fn plain(said: &str) -> &str {
    let end = [" at line", ", while", " in \""].iter().filter_map(|m| said.find(m)).min().unwrap_or(said.len());
    &said[..end]
}

fn point(source: &Source, line: usize, column: usize) -> Span {
    let start = source.line_start(line);
    let text = source.line(line);
    let at = text.char_indices().nth(column.saturating_sub(1)).map_or(text.len(), |(i, _)| i);
    let width = text[at..].chars().next().map_or(0, char::len_utf8);
    Span::new(start + at, start + at + width)
}

fn whole_line(source: &Source, line: usize) -> Span {
    let text = source.line(line);
    let start = source.line_start(line) + (text.len() - text.trim_start().len());
    Span::new(start, start + text.trim().len())
}
