//! Attributed text as XHTML: escaped, well-formed, and free of what XML can't hold.

use crate::locale::Lang;
use crate::markdown::Block;
use crate::rich::{Mark, Rich, Target};
use crate::typo::isolate_figures;
use crate::xml::{escape, escape_into};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write;

/// What links need to know.
#[derive(Debug, Clone, Copy)]
pub(super) struct Links<'a> {
    /// The file of every recipe in the book, by slug.
    pub(super) files: &'a BTreeMap<String, String>,
    /// Whether the text runs from right to left.
    pub(super) rtl: bool,
}

/// Quantities longer than this may break over a line.
const LONG_QUANTITY: usize = 18;

/// The text alone, escaped, on one line: for titles and attributes.
pub(super) fn plain(rich: &Rich) -> String {
    escape(&rich.text)
}

/// Attributes that name a language.
pub(super) fn lang(lang: &Lang) -> String {
    format!(" lang=\"{0}\" xml:lang=\"{0}\"", lang.as_str())
}

/// Text with its marks.
pub(super) fn inline(rich: &Rich, links: Links<'_>) -> String {
    let mut out = String::with_capacity(rich.text.len() + 32);
    inline_into(&mut out, rich, links);
    out
}

/// The same, at the end of `out`.
fn inline_into(out: &mut String, rich: &Rich, links: Links<'_>) {
    if rich.marks.is_empty() {
        return text_into(out, &rich.text, links);
    }
    let mut open: Vec<(&Mark, &'static str)> = Vec::new();
    for (range, marks) in rich.pieces() {
        let tags: Vec<(&Mark, Cow<'static, str>, &'static str)> =
            marks.into_iter().filter_map(|m| tag(m, rich, links).map(|(o, c)| (m, o, c))).collect();
        let kept = open.iter().zip(&tags).take_while(|((a, _), (b, ..))| std::ptr::eq(*a, *b)).count();
        for (_, close) in open.drain(kept..).rev() {
            out.push_str(close);
        }
        for (mark, opening, close) in tags.into_iter().skip(kept) {
            out.push_str(&opening);
            open.push((mark, close));
        }
        text_into(out, &rich.text[range], links);
    }
    for (_, close) in open.into_iter().rev() {
        out.push_str(close);
    }
}

/// Text without marks, escaped; lines that are broken by hand stay so.
pub(super) fn text(text: &str, links: Links<'_>) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    text_into(&mut out, text, links);
    out
}

fn text_into(out: &mut String, text: &str, links: Links<'_>) {
    let text = if links.rtl { Cow::Owned(isolate_figures(text)) } else { Cow::Borrowed(text) };
    for (n, line) in text.split('\u{2028}').enumerate() {
        out.push_str(if n > 0 { "<br/>" } else { "" });
        escape_into(out, line);
    }
}

fn tag(mark: &Mark, rich: &Rich, links: Links<'_>) -> Option<(Cow<'static, str>, &'static str)> {
    let short = || {
        let range = rich.marks.iter().find(|(_, m)| std::ptr::eq(m, mark)).map(|(r, _)| r.clone());
        range.is_some_and(|r| rich.text[r].chars().count() <= LONG_QUANTITY)
    };
    Some(match mark {
        Mark::Strong => ("<strong>".into(), "</strong>"),
        Mark::Emph => ("<em>".into(), "</em>"),
        Mark::Cue if short() => ("<b class=\"k\">".into(), "</b>"),
        Mark::Key | Mark::Amount if short() => ("<b class=\"nb\">".into(), "</b>"),
        Mark::Cue | Mark::Key | Mark::Amount => ("<b>".into(), "</b>"),
        Mark::Note => return None,
        Mark::Lang(l) => (format!("<span{}>", lang(l)).into(), "</span>"),
        Mark::Link(Target::Recipe(name)) => {
            let file = links.files.get(&crate::cookbook::slug(name))?;
            (format!("<a href=\"{file}\">").into(), "</a>")
        }
        Mark::Link(Target::Url(url)) => (format!("<a href=\"{}\">", address(url)?).into(), "</a>"),
    })
}

/// An address fit for a link: of a scheme that readers open, with the characters that addresses may not hold encoded. Anything else
/// stays text.
pub(super) fn address(url: &str) -> Option<String> {
    let url = url.trim();
    let url = if url.starts_with("www.") { format!("https://{url}") } else { url.to_owned() };
    let (scheme, rest) = url.split_once(':')?;
    let scheme = scheme.to_ascii_lowercase();
    let host = match scheme.as_str() {
        "http" | "https" => rest.strip_prefix("//")?.split(['/', '?', '#']).next()?,
        "mailto" => rest.split_once('@')?.1.split('?').next()?,
        _ => return None,
    };
    let host = host.rsplit('@').next()?;
    let name = host.split(':').next()?;
    let sound = !name.is_empty()
        && name
            .split('.')
            .all(|l| !l.is_empty() && l.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_'))
        && host.split_once(':').is_none_or(|(_, port)| port.parse::<u16>().is_ok());
    if !sound {
        return None;
    }
    let mut out = String::with_capacity(url.len());
    let bytes = rest.as_bytes();
    for (i, b) in bytes.iter().enumerate() {
        let escaped = *b == b'%' && bytes.get(i + 1..i + 3).is_some_and(|h| h.iter().all(u8::is_ascii_hexdigit));
        match b {
            b'&' => out.push_str("&amp;"),
            b'\'' => out.push_str("%27"),
            b'#' if rest[..i].contains('#') => out.push_str("%23"),
            _ if escaped || b.is_ascii_alphanumeric() || b"-._~:/?#@!$()*+,;=".contains(b) => out.push(char::from(*b)),
            _ => {
                let _ = write!(out, "%{b:02X}");
            }
        }
    }
    Some(format!("{scheme}:{out}"))
}

/// Prose as blocks; headings in it have the given level.
pub(super) fn blocks(all: &[Block], level: u8, links: Links<'_>) -> String {
    let mut out = String::new();
    blocks_into(&mut out, all, level, links);
    out
}

fn blocks_into(out: &mut String, all: &[Block], level: u8, links: Links<'_>) {
    for block in all {
        match block {
            Block::Para(r) => {
                out.reserve(r.text.len() + 32);
                out.push_str("<p>");
                inline_into(out, r, links);
                out.push_str("</p>\n");
            }
            Block::Heading(r) => {
                let _ = write!(out, "<h{level}>");
                inline_into(out, r, links);
                let _ = writeln!(out, "</h{level}>");
            }
            Block::Quote(inner) => {
                out.push_str("<blockquote>\n");
                blocks_into(out, inner, level, links);
                out.push_str("</blockquote>\n");
            }
            Block::List { start, items } => list(out, *start, items, level, links),
        }
    }
}

fn list(out: &mut String, start: Option<u64>, items: &[Vec<Block>], level: u8, links: Links<'_>) {
    let tag = if start.is_some() { "ol" } else { "ul" };
    let from = start.filter(|n| *n != 1).map(|n| format!(" start=\"{n}\"")).unwrap_or_default();
    let _ = writeln!(out, "<{tag}{from}>");
    for item in items {
        let _ = writeln!(out, "<li>{}</li>", flowing(item, level, links));
    }
    let _ = writeln!(out, "</{tag}>");
}

/// Prose inside something: a single paragraph needs no element of its own.
pub(super) fn flowing(all: &[Block], level: u8, links: Links<'_>) -> String {
    match all {
        [Block::Para(r)] => inline(r, links),
        _ => blocks(all, level, links),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown;
    use crate::source::NodeId;

    fn html(text: &str) -> String {
        let files = BTreeMap::from([("ghee".to_owned(), "ghee.xhtml".to_owned())]);
        blocks(&markdown::parse(text, NodeId(0)).0, 3, Links { files: &files, rtl: false })
    }

    #[test]
    fn marks_nest_and_close() {
        assert_eq!(
            html("a **b *c*** [d](ghee.yaml) & <e>"),
            "<p>a <strong>b <em>c</em></strong> <a href=\"ghee.xhtml\">d</a> &amp; &lt;e&gt;</p>\n"
        );
        assert_eq!(html("[x](other)"), "<p>x</p>\n");
        assert_eq!(html("a\\\nb"), "<p>a<br/>b</p>\n");
    }

    #[test]
    fn overlapping_marks_are_well_formed() {
        let mut r = Rich::plain("abcdef", NodeId(0));
        r.marks = vec![(0..4, Mark::Strong), (2..6, Mark::Emph)];
        let files = BTreeMap::new();
        assert_eq!(inline(&r, Links { files: &files, rtl: false }), "<strong>ab<em>cd</em></strong><em>ef</em>");
    }

    #[test]
    fn lists_and_quotes() {
        assert_eq!(html("3. x\n4. y"), "<ol start=\"3\">\n<li>x</li>\n<li>y</li>\n</ol>\n");
        assert_eq!(html("> said\n\n# H"), "<blockquote>\n<p>said</p>\n</blockquote>\n<h3>H</h3>\n");
    }

    #[test]
    fn addresses() {
        assert_eq!(address("https://a.example/x y?q=ä&b").as_deref(), Some("https://a.example/x%20y?q=%C3%A4&amp;b"));
        assert_eq!(address("www.example.com").as_deref(), Some("https://www.example.com"));
        assert_eq!(address("mailto:cook@example.com").as_deref(), Some("mailto:cook@example.com"));
        assert_eq!(address("https://a.example/50%/%41#a#b").as_deref(), Some("https://a.example/50%25/%41#a%23b"));
        for bad in ["javascript:alert(1)", "https://", "https://a b/", "https://x..y", "#top", "file:///etc"] {
            assert_eq!(address(bad), None, "{bad}");
        }
    }
}
