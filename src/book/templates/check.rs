//! Whether a page made by a user's template is well-formed, and if not, which line of which template is to blame.
//!
//! The template engine does not say which of its lines a piece of a page comes from. The literal text of a template's line stands in the
//! page as it is, so the line whose pieces fit the page's line best, all of them and in order, is the one.

use super::TemplateError;
use crate::diag::{Diagnostic, Place};
use crate::source::{Source, Span};

/// A template of the user's: its path and text.
#[derive(Debug, Clone)]
pub(super) struct Own {
    pub(super) path: String,
    pub(super) text: String,
}

/// Reports what is wrong with a page, at the line of one of the user's templates.
pub(super) fn check(page: &str, own: &[Own]) -> Result<(), TemplateError> {
    let options = roxmltree::ParsingOptions { allow_dtd: true, ..roxmltree::ParsingOptions::default() };
    let Err(error) = roxmltree::Document::parse_with_options(page, options) else { return Ok(()) };
    let (row, what) = (error.pos().row as usize, words(&error));
    let line = page.lines().nth(row.saturating_sub(1)).unwrap_or_default();
    let mut out = TemplateError::default();
    let mut diagnostic = Diagnostic::error("bad-template", format!("a page would not be well-formed: {what}"));
    diagnostic = match best(line, own) {
        Some((template, span)) => {
            let file = out.sources.add(Source::new(template.path.clone(), template.text.clone()));
            diagnostic.place(file, Place::Bytes(span))
        }
        None => match own.first() {
            Some(first) => {
                let file = out.sources.add(Source::new(first.path.clone(), first.text.clone()));
                diagnostic.place(file, Place::File)
            }
            None => diagnostic,
        },
    };
    let shown: String = line.trim().chars().take(100).collect();
    out.diagnostics.push(diagnostic.hint(format!("line {row} of the page: {shown}")));
    Err(out)
}

/// The first brace, comment or quotation mark of a style sheet that has no partner: old readers drop all that follows.
pub(super) fn lone_sign(text: &str) -> Option<(usize, &'static str)> {
    let mut open = Vec::new();
    let mut signs = text.char_indices();
    while let Some((at, c)) = signs.next() {
        match c {
            '{' => open.push(at),
            '}' if open.pop().is_none() => return Some((at, "this brace closes nothing")),
            '/' if text[at..].starts_with("/*") => match text[at + 2..].find("*/") {
                Some(end) => while signs.next()?.0 < at + end + 3 {},
                None => return Some((at, "this comment has no end")),
            },
            '\\' => _ = signs.next(),
            '"' | '\'' => loop {
                match signs.next() {
                    Some((_, '\\')) => _ = signs.next(),
                    Some((_, end)) if end == c => break,
                    Some((_, '\n')) | None => return Some((at, "this quotation has no end")),
                    Some(_) => {}
                }
            },
            _ => {}
        }
    }
    open.first().map(|at| (*at, "this brace is not closed"))
}

/// The parser's complaint without the place, which is one in the page.
fn words(error: &roxmltree::Error) -> String {
    match error {
        roxmltree::Error::UnexpectedCloseTag(expected, actual, _) => {
            format!("`</{actual}>` where `<{expected}>` is to be closed")
        }
        other => {
            let text = other.to_string();
            text.rsplit_once(" at ").map_or(text.clone(), |(what, _)| what.to_owned())
        }
    }
}

/// The line of a template that a page's line most likely comes from.
fn best<'o>(line: &str, own: &'o [Own]) -> Option<(&'o Own, Span)> {
    let mut found: Option<(usize, &Own, Span)> = None;
    for template in own {
        let mut start = 0;
        for text in template.text.split_inclusive('\n') {
            let weight = fit(text.trim(), line);
            if weight > found.as_ref().map_or(0, |f| f.0) {
                let lead = text.len() - text.trim_start().len();
                let span = Span::new(start + lead, start + lead + text.trim().len());
                found = Some((weight, template, span));
            }
            start += text.len();
        }
    }
    found.map(|(_, template, span)| (template, span))
}

/// How many bytes of a template's line stand in a page's line: all literal pieces in order, but for those on a condition, or 0.
fn fit(template: &str, line: &str) -> usize {
    let (mut weight, mut rest) = (0, line);
    let mut conditions = 0;
    let mut text = template;
    while !text.is_empty() {
        let next = ["{{", "{%", "{#"].iter().filter_map(|m| text.find(m)).min().unwrap_or(text.len());
        let piece = text[..next].trim();
        if !piece.is_empty() {
            match rest.find(piece) {
                Some(at) => {
                    rest = &rest[at + piece.len()..];
                    weight += piece.len();
                }
                None if conditions > 0 => {}
                None => return 0,
            }
        }
        let tag = &text[next..];
        let end = ["}}", "%}", "#}"].iter().filter_map(|m| tag.find(m)).min().map_or(tag.len(), |e| e + 2);
        match tag[..end].trim_start_matches(['{', '%', '-', ' ']).split(' ').next() {
            Some("if" | "for") => conditions += 1,
            Some("endif" | "endfor") => conditions -= 1,
            _ => {}
        }
        text = &tag[end..];
    }
    weight
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_that_fits_best_is_blamed() {
        let own = [Own {
            path: "own/recipe.xhtml".into(),
            text: "<html>\n<p>x</p>\n  <p>by {{ author }}</b>\n</html>\n".into(),
        }];
        let page = "<html>\n<p>x</p>\n  <p>by Ann &amp; Bo</b>\n</html>\n";
        let error = check(page, &own).unwrap_err();
        let d = &error.diagnostics[0];
        assert!(d.message.contains("`</b>` where `<p>`"), "{}", d.message);
        let Some(Place::Bytes(span)) = d.at.as_ref().map(|a| a.place.clone()) else { panic!("{d:?}") };
        assert_eq!(&own[0].text[span.start..span.end], "<p>by {{ author }}</b>");
        assert!(check("<html><p>fine</p></html>", &own).is_ok());
    }

    #[test]
    fn what_stands_on_a_condition_may_be_absent() {
        let template = "<h1{% if long %} class=\"long\"{% endif %}><i>{{ title }}</h1>";
        assert!(fit(template, "<h1><i>Soup</h1>") > fit("<h1>{{ title }}</h1>", "<h1><i>Soup</h1>"));
        assert_eq!(fit(template, "<h2><i>Soup</h2>"), 0);
    }

    #[test]
    fn signs_of_a_style_sheet_come_in_pairs() {
        assert_eq!(lone_sign("a { b: \"}\\\"\"; /* } ' */ c: url('x') }\n/**/ \\} {{ x }}\n"), None);
        let at = |text: &str| lone_sign(text).map(|(at, _)| at);
        assert_eq!(at("h1 { color: red\nh2 { }"), Some(3));
        assert_eq!(at("h1 { } }"), Some(7));
        assert_eq!(at("h1 { } /* x"), Some(7));
        assert_eq!(at("h1 { font-family: \"Bo\n }"), Some(18));
    }

    #[test]
    fn an_entity_of_html_is_no_xml() {
        let own = [Own { path: "own/page.xhtml".into(), text: "<p>a&nbsp;b</p>".into() }];
        assert!(check("<p>a&nbsp;b</p>", &own).unwrap_err().diagnostics[0].at.is_some());
    }
}
