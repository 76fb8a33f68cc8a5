//! From texts of the model to finished text in one language and for one medium.

use super::Titled;
use crate::locale::{Label, Lang, Locale, locale};
use crate::markdown::Block;
use crate::quantity::names_amount;
use crate::recipe::{Entries, Prose, Text};
use crate::rich::Rich;
use crate::typo::{Medium, refine};

/// Stands after amounts that are not scaled.
pub(super) const STAR: &str = "*";

/// What building needs at hand.
#[derive(Clone, Copy)]
pub(super) struct Setter {
    pub(super) locale: &'static Locale,
    pub(super) medium: Medium,
    /// Whether amounts in texts are marked: they are those of the recipe as written, and the list's are others.
    pub(super) stars: bool,
}

impl Setter {
    /// A plain text of one line.
    pub(super) fn line(&self, text: &Text) -> Rich {
        self.rich(Rich::plain(folded(text.trimmed()), text.at))
    }

    /// An attributed text.
    pub(super) fn rich(&self, mut rich: Rich) -> Rich {
        refine(&mut rich, self.locale, self.medium);
        rich
    }

    /// A fixed word of ours, for content at a place.
    pub(super) fn label(&self, label: Label, at: crate::source::NodeId) -> Rich {
        Rich::plain(self.locale.label(label), at)
    }

    /// Prose.
    pub(super) fn blocks(&self, prose: Option<&Prose>) -> Vec<Block> {
        prose.map(|p| self.each(&p.blocks)).unwrap_or_default()
    }

    fn each(&self, blocks: &[Block]) -> Vec<Block> {
        blocks
            .iter()
            .map(|b| match b {
                Block::Para(r) => Block::Para(self.rich(r.clone())),
                Block::Heading(r) => Block::Heading(self.rich(r.clone())),
                Block::Quote(inner) => Block::Quote(self.each(inner)),
                Block::List { start, items } => {
                    Block::List { start: *start, items: items.iter().map(|i| self.each(i)).collect() }
                }
            })
            .collect()
    }

    /// Marks a text that names an amount, at its end.
    pub(super) fn star(&self, rich: &mut Rich) {
        if self.stars && names_amount(&rich.text, self.locale) {
            rich.push(STAR, None);
        }
    }

    /// Marks the paragraphs of entries that name an amount.
    pub(super) fn starred_titles(&self, mut entries: Vec<Titled>) -> Vec<Titled> {
        for block in entries.iter_mut().flat_map(|t| &mut t.text) {
            if let Block::Para(rich) = block {
                self.star(rich);
            }
        }
        entries
    }

    /// A list of prose entries.
    pub(super) fn titled(&self, entries: &Entries) -> Vec<Titled> {
        match entries {
            Entries::None => Vec::new(),
            Entries::Prose(p) => vec![Titled { title: None, text: self.blocks(Some(p)) }],
            Entries::List(list) => list
                .iter()
                .map(|e| Titled { title: e.title.as_ref().map(|t| self.line(t)), text: self.blocks(e.text.as_ref()) })
                .collect(),
        }
    }
}

/// Line breaks in a text of one line are spaces.
fn folded(text: &str) -> String {
    if text.contains(['\n', '\r', '\t']) {
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    } else {
        text.to_owned()
    }
}

/// A plain text of one line, set in a language for a medium.
pub fn line(text: &Text, lang: &Lang, medium: Medium) -> Rich {
    Setter { locale: locale(lang), medium, stars: false }.line(text)
}

/// A heading carries no colon.
pub(super) fn heading(s: &Setter, text: &Text) -> Rich {
    let stripped = text.trimmed().trim_end_matches([':', '：']).trim_end();
    s.rich(Rich::plain(folded(stripped), text.at))
}
