//! From texts of the model to finished text in one language and for one medium.

use super::Titled;
use crate::bytes::ByteSet;
use crate::locale::{Label, Lang, Locale, locale};
use crate::markdown::Block;
use crate::quantity::{Addition, Amount, Converted, Equivalents, Measure, Unit, Wish, Words, names_amount};
use crate::recipe::{Entries, Ingredient, Prose, Text};
use crate::rich::{Mark, Rich};
use crate::source::NodeId;
use crate::typo::{Medium, refine};

/// An amount, its unit, and the same in another system.
type Taken = (Option<Amount>, Option<Unit>, Option<(Amount, Option<Unit>)>);

/// Stands after amounts that are not scaled.
pub(super) const STAR: &str = "*";

/// What building needs at hand.
#[derive(Clone, Copy)]
pub(super) struct Setter<'a> {
    pub(super) locale: &'static Locale,
    pub(super) medium: Medium,
    /// Whether amounts in texts are marked: they are those of the recipe as written, and the list's are others.
    pub(super) stars: bool,
    /// What is added to texts for readers of other units.
    pub(super) units: Option<&'a Equivalents>,
    /// Whether amounts of several batches are shown side by side.
    pub(super) batches: bool,
}

impl Setter<'_> {
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

    /// Puts amounts and temperatures in other units in brackets behind those that a text names. `beside` is what else is said
    /// around it.
    pub(super) fn add(&self, rich: &mut Rich, beside: &str) {
        if let Some(e) = self.units {
            self.put(rich, e.of_text(&rich.text, beside));
        }
    }

    /// The same for the note of something that is measured, but for pieces of it that are an amount themselves.
    pub(super) fn add_to_note(&self, rich: &mut Rich) {
        if let Some(e) = self.units {
            self.put(rich, e.of_note(&rich.text));
        }
    }

    fn put(&self, rich: &mut Rich, additions: Vec<Addition>) {
        if additions.is_empty() {
            return;
        }
        let edits: Vec<_> = additions.iter().map(|a| (a.at..a.at, self.medium.fit(&a.text))).collect();
        rich.replace(&edits);
        let mut before = 0;
        for (a, (_, text)) in additions.iter().zip(&edits) {
            let fitted = |byte: usize| a.at + before + self.medium.fit(&a.text[..byte]).len();
            rich.marks.extend(a.keys.iter().map(|k| (fitted(k.start)..fitted(k.end), Mark::Key)));
            before += text.len();
        }
        rich.marks.sort_by_key(|(r, _)| (r.start, std::cmp::Reverse(r.end)));
    }

    /// Words of such a bracket, with their figures marked.
    pub(super) fn words(&self, words: &Words, at: NodeId) -> Rich {
        let mut rich = Rich::plain("", at);
        self.put(&mut rich, vec![Addition { at: 0, text: words.text.clone(), keys: words.keys.clone() }]);
        rich
    }

    /// A part of an ingredient's amount that a step names, in the units of the list.
    pub(super) fn part(&self, measure: Measure, unit: Option<Unit>, own: &Ingredient) -> Taken {
        let as_named = |also| (Some(Amount::Measured(measure.clone())), unit.clone(), also);
        let Some(e) = self.units else { return as_named(None) };
        let Converted::Met(met) = e.amount(&measure, unit.as_ref(), own.item.trimmed()) else { return as_named(None) };
        let other = (Amount::Measured(met.measure), met.unit);
        match e.wish {
            Some(Wish::Both) if unit.as_ref().and_then(|u| e.target(u)) == Some(e.own) => {
                (Some(other.0), other.1, Some((Amount::Measured(measure), unit)))
            }
            Some(Wish::Both) => as_named(Some(other)),
            _ => (Some(other.0), other.1, None),
        }
    }

    /// Blocks with such brackets in their paragraphs.
    pub(super) fn added(&self, mut blocks: Vec<Block>) -> Vec<Block> {
        for block in &mut blocks {
            match block {
                Block::Para(rich) => self.add(rich, ""),
                Block::Heading(_) => {}
                Block::Quote(inner) => *inner = self.added(std::mem::take(inner)),
                Block::List { items, .. } => {
                    items.iter_mut().for_each(|i| *i = self.added(std::mem::take(i)));
                }
            }
        }
        blocks
    }

    /// Entries with such brackets.
    pub(super) fn added_titles(&self, mut entries: Vec<Titled>) -> Vec<Titled> {
        entries.iter_mut().for_each(|t| t.text = self.added(std::mem::take(&mut t.text)));
        entries
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
    static BREAKS: ByteSet = ByteSet::of(b"\n\r\t");
    if BREAKS.find_rare(text.as_bytes(), 0).is_some() {
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    } else {
        text.to_owned()
    }
}

/// A plain text of one line, set in a language for a medium.
pub fn line(text: &Text, lang: &Lang, medium: Medium) -> Rich {
    Setter { locale: locale(lang), medium, stars: false, units: None, batches: false }.line(text)
}

/// A heading carries no colon.
pub(super) fn heading(s: &Setter, text: &Text) -> Rich {
    let stripped = text.trimmed().trim_end_matches([':', '：']).trim_end();
    s.rich(Rich::plain(folded(stripped), text.at))
}
