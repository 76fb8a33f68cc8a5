//! Light Markdown to blocks of attributed text.

use crate::bytes::ByteSet;
use crate::locale::Lang;
use crate::rich::{Mark, Rich, Target};
use crate::source::NodeId;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// A block of prose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A paragraph.
    Para(Rich),
    /// A heading within the prose.
    Heading(Rich),
    /// A list.
    List {
        /// The first number, when it is numbered.
        start: Option<u64>,
        /// Its items.
        items: Vec<Vec<Block>>,
    },
    /// A quotation.
    Quote(Vec<Block>),
}

/// Something in the Markdown that has no place on paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ignored {
    /// What it is.
    pub what: &'static str,
    /// A piece of it, to find it by.
    pub text: String,
}

/// What a text must have to be more than a paragraph of words.
static SIGNS: ByteSet = ByteSet::of(b"*_[`#><\\&+!~\n");

/// The same but for the ends of lines.
static SIGNS_IN_LINES: ByteSet = ByteSet::of(b"*_[`#><\\&+!~\r\t\0\x0b\x0c");

/// Reads CommonMark. Pictures and raw HTML are not carried over: the first leave their alternative text, the second stays as it
/// is written, and both are named in the second value.
pub fn parse(text: &str, at: NodeId) -> (Vec<Block>, Vec<Ignored>) {
    if SIGNS.find_rare(text.as_bytes(), 0).is_none() && !is_list_like(text) {
        return (vec![Block::Para(Rich::plain(text.trim(), at))], Vec::new());
    }
    if let Some(blocks) = plain_paragraphs(text, at) {
        return (blocks, Vec::new());
    }
    whole(text, at)
}

/// The same the whole way.
fn whole(text: &str, at: NodeId) -> (Vec<Block>, Vec<Ignored>) {
    let mut builder = Builder { at, stack: vec![Open::default()], ignored: Vec::new(), marks: Vec::new() };
    for event in Parser::new_ext(text, Options::empty()) {
        builder.take(event);
    }
    builder.flush();
    (builder.stack.swap_remove(0).blocks, builder.ignored)
}

/// Paragraphs of words with empty lines between them, where no line begins like something else.
fn plain_paragraphs(text: &str, at: NodeId) -> Option<Vec<Block>> {
    if SIGNS_IN_LINES.find_rare(text.as_bytes(), 0).is_some() {
        return None;
    }
    let mut blocks = Vec::new();
    let mut paragraph = String::new();
    for line in text.split('\n') {
        if line.is_empty() {
            if !paragraph.is_empty() {
                blocks.push(Block::Para(Rich::plain(std::mem::take(&mut paragraph), at)));
            }
            continue;
        }
        // a space at the beginning or the end of a line may say something
        if !line.starts_with(|c: char| c.is_alphabetic() || matches!(c, '“' | '"')) || line.ends_with(' ') {
            return None;
        }
        if !paragraph.is_empty() {
            paragraph.push(' ');
        }
        paragraph.push_str(line);
    }
    if !paragraph.is_empty() {
        blocks.push(Block::Para(Rich::plain(paragraph, at)));
    }
    Some(blocks)
}

/// One line of Markdown as attributed text: block structure is flattened.
pub fn parse_line(text: &str, at: NodeId) -> (Rich, Vec<Ignored>) {
    let (blocks, ignored) = parse(text, at);
    let mut line = Rich::plain("", at);
    for rich in paragraphs(&blocks) {
        if !line.text.is_empty() {
            line.push(" ", None);
        }
        line.append(&rich);
    }
    (line, ignored)
}

/// The paragraphs of a text in order; items of lists become paragraphs with a bullet or their number.
pub fn paragraphs(blocks: &[Block]) -> Vec<Rich> {
    let mut out = Vec::new();
    for block in blocks {
        match block {
            Block::Para(r) => out.push(r.clone()),
            Block::Heading(r) => out.push(r.clone().marked(Mark::Strong)),
            Block::Quote(inner) => out.extend(paragraphs(inner)),
            Block::List { start, items } => {
                for (i, item) in items.iter().enumerate() {
                    let bullet = start.map_or("•\u{a0}".to_owned(), |s| format!("{}.\u{a0}", s + i as u64));
                    for (k, rich) in paragraphs(item).into_iter().enumerate() {
                        let mut line = Rich::plain(if k == 0 { bullet.as_str() } else { "" }, rich.at);
                        line.append(&rich);
                        out.push(line);
                    }
                }
            }
        }
    }
    out
}

/// Every link in a text.
pub fn links(blocks: &[Block]) -> Vec<&Target> {
    blocks
        .iter()
        .flat_map(|b| match b {
            Block::Para(r) | Block::Heading(r) => {
                r.marks.iter().filter_map(|(_, m)| if let Mark::Link(t) = m { Some(t) } else { None }).collect()
            }
            Block::Quote(inner) => links(inner),
            Block::List { items, .. } => items.iter().flat_map(|i| links(i)).collect::<Vec<_>>(),
        })
        .collect()
}

fn is_list_like(text: &str) -> bool {
    let t = text.trim_start();
    t.starts_with("- ") || t.starts_with(|c: char| c.is_ascii_digit()) && (t.contains(". ") || t.contains(") "))
}

#[derive(Debug, Default)]
struct Open {
    blocks: Vec<Block>,
    line: Option<Rich>,
    list: Option<(Option<u64>, Vec<Vec<Block>>)>,
}

struct Builder {
    at: NodeId,
    /// Open containers; the first is the text itself.
    stack: Vec<Open>,
    ignored: Vec<Ignored>,
    /// Open inline marks with the byte at which they began.
    marks: Vec<(usize, Option<Mark>)>,
}

impl Builder {
    fn top(&mut self) -> &mut Open {
        self.stack.last_mut().expect("the text itself is never closed")
    }

    fn line(&mut self) -> &mut Rich {
        let at = self.at;
        self.top().line.get_or_insert_with(|| Rich::plain("", at))
    }

    fn text(&mut self, text: &str) {
        self.line().push(text, None);
    }

    fn flush(&mut self) {
        if let Some(mut line) = self.top().line.take() {
            line.marks.sort_by_key(|(r, _)| (r.start, std::cmp::Reverse(r.end)));
            if !line.is_empty() {
                self.top().blocks.push(Block::Para(line));
            }
        }
    }

    fn open(&mut self, mark: Option<Mark>) {
        let start = self.line().text.len();
        self.marks.push((start, mark));
    }

    fn close(&mut self) {
        if let Some((start, mark)) = self.marks.pop() {
            let line = self.line();
            let end = line.text.len();
            if let Some(mark) = mark.filter(|_| end > start) {
                line.marks.push((start..end, mark));
            }
        }
    }

    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(t) | Event::Code(t) => self.text(&t),
            Event::SoftBreak => self.text(" "),
            Event::HardBreak => self.text("\u{2028}"),
            Event::Html(t) | Event::InlineHtml(t) => {
                self.ignored.push(Ignored { what: "HTML", text: t.trim().to_owned() });
                self.text(&t);
            }
            Event::Rule => self.flush(),
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Strong => self.open(Some(Mark::Strong)),
            Tag::Emphasis => self.open(Some(Mark::Emph)),
            Tag::Link { dest_url, .. } => {
                self.open(Some(language(&dest_url).unwrap_or_else(|| Mark::Link(target(&dest_url)))))
            }
            Tag::Image { dest_url, .. } => {
                self.ignored.push(Ignored { what: "a picture", text: dest_url.to_string() });
                self.open(None);
            }
            Tag::List(start) => {
                self.flush();
                self.stack.push(Open { list: Some((start, Vec::new())), ..Open::default() });
            }
            Tag::Item | Tag::BlockQuote(_) => {
                self.flush();
                self.stack.push(Open::default());
            }
            _ => self.flush(),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Strong | TagEnd::Emphasis | TagEnd::Link | TagEnd::Image => self.close(),
            TagEnd::Item => {
                self.flush();
                let item = self.stack.pop().unwrap_or_default();
                if let Some((_, items)) = &mut self.top().list {
                    items.push(item.blocks);
                }
            }
            TagEnd::List(_) => {
                let open = self.stack.pop().unwrap_or_default();
                if let Some((start, items)) = open.list {
                    self.top().blocks.push(Block::List { start, items });
                }
            }
            TagEnd::BlockQuote(_) => {
                self.flush();
                let quote = self.stack.pop().unwrap_or_default();
                self.top().blocks.push(Block::Quote(quote.blocks));
            }
            TagEnd::Heading(_) => {
                self.flush();
                if let Some(Block::Para(r)) = self.top().blocks.pop() {
                    self.top().blocks.push(Block::Heading(r));
                }
            }
            _ => self.flush(),
        }
    }
}

/// `[đồ chua](lang:vi)` marks words of another language.
fn language(url: &str) -> Option<Mark> {
    Lang::parse(url.strip_prefix("lang:")?).ok().map(Mark::Lang)
}

/// A link without a scheme names another recipe's file.
fn target(url: &str) -> Target {
    let address = url.contains("://") || url.starts_with("mailto:") || url.starts_with("www.") || url.starts_with('#');
    if address {
        return Target::Url(url.to_owned());
    }
    let file = url.rsplit('/').next().unwrap_or(url);
    Target::Recipe(file.trim_end_matches(".yaml").trim_end_matches(".yml").to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn paragraphs_of_words_take_the_short_way_and_agree(text in "(a|b\"|é|“c|1| |  |-|=|:|[.]|[)]|\n|\n\n|\u{a0}|\u{2028}|\u{b}|\u{c}|\t|\r|[|]|\\$|https://x.de|www.x.de|e@x.de|’){0,16}") {
            if let Some(blocks) = plain_paragraphs(&text, NodeId(1)) {
                prop_assert_eq!((blocks, Vec::new()), whole(&text, NodeId(1)));
            }
        }
    }

    #[test]
    fn several_paragraphs_take_the_short_way() {
        let blocks = plain_paragraphs("One,\ntwo.\n\n“Three”\n", NodeId(0)).expect("plain");
        let texts: Vec<_> = paragraphs(&blocks).into_iter().map(|r| r.text).collect();
        assert_eq!(texts, ["One, two.", "“Three”"]);
        for other in ["One\n===", "One\n- two", "One\n\n1. two", "One  \ntwo", "One\n\n    two", "One\n\n*two*"] {
            assert!(plain_paragraphs(other, NodeId(0)).is_none(), "{other}");
        }
    }

    fn one(text: &str) -> Rich {
        match parse(text, NodeId(1)).0.as_slice() {
            [Block::Para(r)] => r.clone(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn inline_marks() {
        let r = one("Heat the **ghee** until it *shimmers*, see [ghee](ghee.yaml)\nand wait.");
        assert_eq!(r.text, "Heat the ghee until it shimmers, see ghee and wait.");
        let words: Vec<_> = r.marks.iter().map(|(range, m)| (&r.text[range.clone()], m.clone())).collect();
        assert_eq!(
            words,
            [("ghee", Mark::Strong), ("shimmers", Mark::Emph), ("ghee", Mark::Link(Target::Recipe("ghee".into())))]
        );
    }

    #[test]
    fn blocks_and_lists() {
        let (blocks, ignored) = parse("First.\n\n- a\n- b\n\n> said\n\n# Head\n\n![alt](x.jpg) <b>x</b>", NodeId(0));
        assert_eq!(blocks.len(), 5, "{blocks:?}");
        assert!(matches!(&blocks[1], Block::List { start: None, items } if items.len() == 2));
        assert!(matches!(&blocks[3], Block::Heading(r) if r.text == "Head"));
        assert_eq!(paragraphs(&blocks)[1].text, "•\u{a0}a");
        assert_eq!(ignored.len(), 3);
    }

    #[test]
    fn plain_text_takes_the_short_way_and_agrees() {
        assert_eq!(one("1 small onion (red) & 2 eggs").text, "1 small onion (red) & 2 eggs");
        assert_eq!(one("Just text.").text, "Just text.");
    }

    #[test]
    fn words_of_another_language_are_marked() {
        let r = one("A bowl of [đồ chua](lang:vi) beside it.");
        assert_eq!(r.text, "A bowl of đồ chua beside it.");
        assert!(matches!(&r.marks[..], [(_, Mark::Lang(l))] if l.as_str() == "vi"), "{:?}", r.marks);
    }
}
