//! A recipe's blocks: every text of it, shaped once.

use super::block::{Block, Shot, Size};
use super::grid::Look;
use super::setting::{Ink, Setting, joined};
use super::unit::Key;
use crate::content::{Content, ContentGroup, Item, StepContent};
use crate::locale::{Label, Lang};
use crate::markdown::{self, Block as Prose};
use crate::rich::{Mark, Rich, Target};
use crate::source::NodeId;
use crate::text::Para;
use crate::theme::TextRole;
use crate::typo::ends_sentence;
use std::rc::Rc;

/// A section under a label.
pub(super) struct Section {
    pub(super) blocks: Vec<Block>,
    /// What the rail can take: short things.
    pub(super) short: bool,
}

/// A group of ingredients.
pub(super) struct List {
    pub(super) head: Option<Block>,
    pub(super) items: Vec<Block>,
}

/// All of a recipe.
pub(super) struct Material {
    pub(super) kicker: Option<Rc<Para>>,
    pub(super) title: Rc<Para>,
    pub(super) title_length: usize,
    /// The name where it comes from, and a line under the title.
    pub(super) names: Vec<Rc<Para>>,
    pub(super) facts: Vec<(Rc<Para>, Rc<Para>)>,
    pub(super) standfirst: Vec<Rc<Para>>,
    pub(super) story: Vec<Block>,
    pub(super) why: Option<Section>,
    pub(super) lists: Vec<List>,
    pub(super) label_ingredients: Rc<Para>,
    pub(super) label_method: Rc<Para>,
    /// What is said below the list.
    pub(super) list_notes: Vec<Block>,
    pub(super) method: Vec<Block>,
    pub(super) many_steps: bool,
    /// For the rail.
    pub(super) notes: Vec<Section>,
    /// For the columns after the method.
    pub(super) after: Vec<Section>,
    pub(super) source: Option<Block>,
}

/// What a recipe's pages are told besides its content.
pub(super) struct Beside<'a> {
    /// Authors of the book; a recipe of theirs does not name them again.
    pub(super) authors: &'a [String],
    /// Recipes that use this one: their names and slugs.
    pub(super) used_in: &'a [(Rich, String)],
    /// Pictures of steps, by the step's number.
    pub(super) shots: &'a [(usize, Shot)],
    /// The level of the recipe's title among headings.
    pub(super) level: u8,
}

/// Texts up to so many characters stand in the rail.
pub(super) const SHORT: usize = 330;

pub(super) struct Maker<'m, 'a, 'b> {
    pub(super) s: &'m mut Setting<'a, 'b>,
    level: u8,
    next: u32,
}

impl Material {
    pub(super) fn new(c: &Content, s: &mut Setting<'_, '_>, look: &Look<'_>, beside: &Beside<'_>) -> Material {
        let separator = format!("\u{a0}{} ", look.theme.parts.kicker_separator);
        let words: Vec<Rich> = c.kicker.iter().chain(&c.diets).map(|w| w.clone().capitalised(c.locale)).collect();
        let kicker = (!words.is_empty())
            .then(|| s.one(&joined(&words.iter().collect::<Vec<_>>(), &separator), TextRole::Kicker));
        let mut m = Maker { s, level: beside.level + 1, next: 10 };
        let list_notes = m.list_notes(c);
        let why = m.prose_section(Label::WhyILoveIt, &c.why);
        let mut after = m.after(c);
        let notes = m.notes(c, beside, &mut after);
        let conclusion = m.prose_section(Label::Conclusion, &c.conclusion);
        after.extend(conclusion);
        Material {
            kicker,
            title: m.s.one(&c.title, TextRole::Title),
            title_length: c.title.text.chars().count(),
            names: m.names(c),
            facts: m.facts(c),
            standfirst: markdown::paragraphs(&c.summary).iter().map(|r| m.s.one(r, TextRole::Pairing)).collect(),
            story: m.story(&c.story),
            why,
            lists: m.lists(&c.ingredients),
            label_ingredients: m.label(Label::Ingredients),
            label_method: m.label(Label::Method),
            list_notes,
            method: m.method(c, beside.shots),
            many_steps: c.steps.iter().map(|g| g.items.len()).sum::<usize>() >= 10,
            notes,
            after,
            source: m.source(c, beside.authors),
        }
    }
}

impl Setting<'_, '_> {
    /// A fixed word, set by the rules of its language.
    pub(super) fn label(&self, label: Label) -> String {
        self.locale.label(label).to_owned()
    }
}

impl Maker<'_, '_, '_> {
    pub(super) fn number(&mut self) -> u32 {
        self.next += 1;
        self.next
    }

    pub(super) fn label(&mut self, label: Label) -> Rc<Para> {
        let text = self.s.label(label);
        self.s.plain(&text, TextRole::Label)
    }

    pub(super) fn heading(&mut self, para: Rc<Para>) -> Block {
        Block::Label { para, key: Key::Heading(self.level, self.number()), ruled: true }
    }

    /// That few amounts are given, which of them were not scaled, and how other measures compare.
    fn list_notes(&mut self, c: &Content) -> Vec<Block> {
        let few = c.few_quantities.then(|| Rich::plain(self.s.label(Label::FewQuantities), NodeId(0)));
        let mut out = Vec::new();
        for note in few.iter().chain(&c.figure_notes).chain(&c.measures) {
            let ink = self.s.soft(TextRole::Emph);
            let (para, key) = (self.s.one(note, ink), Key::P(self.number()));
            let before = usize::from(out.is_empty());
            out.push(Block::Para { para, key, size: Size::Small, indent: false, before, soft: false });
        }
        out
    }

    /// The name where it comes from, in its language, and the subtitle.
    fn names(&mut self, c: &Content) -> Vec<Rc<Para>> {
        let native = c.native_title.as_ref().filter(|(name, _)| name.text != c.title.text);
        let mut out: Vec<Rc<Para>> = native.map(|(name, lang)| self.name(name, lang.as_ref())).into_iter().collect();
        out.extend(c.subtitle.as_ref().map(|t| self.s.one(t, TextRole::Subtitle)));
        out
    }

    fn name(&mut self, name: &Rich, lang: Option<&Lang>) -> Rc<Para> {
        self.s.para_in(&[(name, TextRole::Subtitle.into())], lang)
    }

    fn facts(&mut self, c: &Content) -> Vec<(Rc<Para>, Rc<Para>)> {
        let difficulty =
            c.difficulty.as_ref().map(|d| (Rich::plain(c.locale.label(Label::Difficulty), d.at), d.clone()));
        let all = c.facts.iter().chain(&c.oven).map(|f| (f.label.clone(), f.value.clone())).chain(difficulty);
        all.map(|(l, v)| (self.s.one(&l, TextRole::FactLabel), self.s.one(&v, TextRole::Fact))).collect()
    }

    fn story(&mut self, blocks: &[Prose]) -> Vec<Block> {
        let paragraphs = markdown::paragraphs(blocks);
        let indented = |i: usize, r: &Rich| i > 0 && !r.text.starts_with('•');
        let mut out = Vec::new();
        for (i, r) in paragraphs.iter().enumerate() {
            let (para, key) = (self.s.one(r, TextRole::Text), Key::P(self.number()));
            out.push(Block::Para { para, key, size: Size::Text, indent: indented(i, r), before: 0, soft: true });
        }
        out
    }

    /// Prose in small type: paragraphs follow each other with half a line between them.
    pub(super) fn small(&mut self, blocks: &[Prose]) -> Vec<Block> {
        let mut out = Vec::new();
        for r in markdown::paragraphs(blocks) {
            let (para, key) = (self.s.one(&r, TextRole::Text), Key::P(self.number()));
            let before = usize::from(!out.is_empty());
            out.push(Block::Para { para, key, size: Size::Small, indent: false, before, soft: true });
        }
        out
    }

    pub(super) fn section(&mut self, label: Rc<Para>, body: Vec<Block>, short: bool) -> Option<Section> {
        if body.is_empty() {
            return None;
        }
        let mut blocks = vec![self.heading(label)];
        blocks.extend(body);
        Some(Section { blocks, short })
    }

    pub(super) fn prose_section(&mut self, label: Label, blocks: &[Prose]) -> Option<Section> {
        if blocks.is_empty() {
            return None;
        }
        let label = self.label(label);
        let body = self.small(blocks);
        self.section(label, body, length(blocks) <= SHORT)
    }

    fn lists(&mut self, groups: &[ContentGroup<Item>]) -> Vec<List> {
        let mut out = Vec::new();
        for group in groups.iter().filter(|g| !g.items.is_empty()) {
            let list = self.number();
            let head = group.name.as_ref().map(|name| {
                let again = self.s.locale.fill(Label::Continued, &[("name", &name.text)]);
                let again = Some(self.s.plain(&again, TextRole::Group));
                let key = Key::Heading(self.level + 1, self.number());
                Block::Group { para: self.s.one(name, TextRole::Group), again, key }
            });
            let again = head.as_ref().and_then(|h| match h {
                Block::Group { again: Some(para), .. } => Some(Rc::new(Block::Again { para: para.clone() })),
                _ => None,
            });
            let mut items = Vec::new();
            for (i, item) in group.items.iter().enumerate() {
                let para = self.item(item);
                let again = again.clone().filter(|_| i > 0);
                items.push(Block::Item { para, key: Key::Body(list, i as u32), again });
            }
            out.push(List { head, items });
        }
        out
    }

    fn item(&mut self, i: &Item) -> Rc<Para> {
        let at = i.name.at;
        let cjk = self.s.script.cjk;
        let gap = if cjk {
            ""
        } else if self.s.script.rtl {
            "\u{a0}"
        } else {
            "\u{202f}"
        };
        let amount = match (&i.number, &i.unit) {
            (Some(n), Some(u)) => format!("{n}{gap}{u}"),
            (Some(n), None) => n.clone(),
            (None, _) => String::new(),
        };
        let amount = Rich::plain(amount, at);
        let also = i.also.as_ref().map(|(n, u)| {
            let (open, close) = if cjk { ("（", "）") } else { ("(", ") ") };
            Rich::plain(
                format!("{open}{n}{}{}{close}", if u.is_some() { gap } else { "" }, u.as_deref().unwrap_or("")),
                at,
            )
        });
        let space = Rich::plain(" ", at);
        // the name leads to the recipe that makes it
        let mut name = i.name.clone();
        let leads = name.marks.iter().any(|(_, m)| matches!(m, Mark::Link(_)));
        if let Some(slug) = i.recipe.as_ref().filter(|_| !leads) {
            name = name.marked(Mark::Link(Target::Recipe(slug.clone())));
        }
        let (joint, open, close) = if cjk { ("", "（", "）") } else { (", ", "", "") };
        let note = i.note.as_ref().map(|n| {
            let mut note = Rich::plain(format!("{joint}{open}"), n.at);
            note.append(n);
            note.push(close, None);
            note
        });
        let mut parts: Vec<(&Rich, Ink)> = Vec::new();
        if !amount.is_empty() {
            parts.extend([(&amount, TextRole::Amount.into()), (&space, TextRole::Name.into())]);
        }
        parts.extend(also.iter().map(|also| (also, Ink::from(TextRole::Name))));
        parts.push((&name, TextRole::Name.into()));
        if let Some(note) = &note {
            parts.push((note, TextRole::Note.into()));
        }
        self.s.para(&parts)
    }

    fn method(&mut self, c: &Content, shots: &[(usize, Shot)]) -> Vec<Block> {
        let mut out = Vec::new();
        for group in c.steps.iter().filter(|g| !g.items.is_empty()) {
            if let Some(name) = &group.name {
                let key = Key::Heading(self.level + 1, self.number());
                out.push(Block::Group { para: self.s.one(name, TextRole::Group), again: None, key });
            }
            let list = self.number();
            for (i, step) in group.items.iter().enumerate() {
                let picture = shots.iter().find(|(n, _)| *n == step.number).map(|(_, s)| *s);
                let first = i == 0;
                out.push(self.step(c, step, (list, i as u32), picture, first));
            }
        }
        out
    }

    fn step(
        &mut self,
        c: &Content,
        step: &StepContent,
        (list, i): (u32, u32),
        picture: Option<Shot>,
        first: bool,
    ) -> Block {
        let mut title = step.title.clone();
        if let Some(t) = title.as_mut().filter(|t| !ends_sentence(&t.text)) {
            t.push(if self.s.script.cjk { "\u{3000}" } else { "." }, None);
        }
        let space = Rich::plain(if self.s.script.cjk { "" } else { " " }, NodeId(0));
        let mut paragraphs = step.paragraphs(c.locale, [true, true]);
        if paragraphs.is_empty() && title.is_some() {
            paragraphs.push(Rich::default());
        }
        let mut body = Vec::new();
        for text in &paragraphs {
            let para = match title.take() {
                Some(t) if text.is_empty() => self.s.one(&t, TextRole::StepTitle),
                Some(t) => self.s.para(&[
                    (&t, TextRole::StepTitle.into()),
                    (&space, TextRole::Text.into()),
                    (text, TextRole::Text.into()),
                ]),
                None => self.s.one(text, TextRole::Text),
            };
            body.push(para);
        }
        let tip = step.tip.iter().map(|t| self.s.one(t, TextRole::Note)).collect();
        let numeral =
            (!step.continued).then(|| (self.s.plain(&step.number.to_string(), TextRole::Numeral), Key::Label(list, i)));
        Block::Step { numeral, body, tip, key: Key::Body(list, i), picture, first }
    }
}

pub(super) fn length(blocks: &[Prose]) -> usize {
    markdown::paragraphs(blocks).iter().map(|p| p.text.chars().count()).sum()
}
