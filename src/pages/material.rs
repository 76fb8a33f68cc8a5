//! A recipe's blocks: every text of it, shaped once.

use super::block::{Block, Shot, Size};
use super::grid::Look;
use super::setting::{Ink, Setting, joined};
use super::unit::Key;
use crate::content::{Content, ContentGroup, Item, Pairings, StepContent, Titled};
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
const SHORT: usize = 330;

struct Maker<'m, 'a, 'b> {
    s: &'m mut Setting<'a, 'b>,
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
    fn number(&mut self) -> u32 {
        self.next += 1;
        self.next
    }

    fn label(&mut self, label: Label) -> Rc<Para> {
        let text = self.s.label(label);
        self.s.plain(&text, TextRole::Label)
    }

    fn heading(&mut self, para: Rc<Para>) -> Block {
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
    fn small(&mut self, blocks: &[Prose]) -> Vec<Block> {
        let mut out = Vec::new();
        for r in markdown::paragraphs(blocks) {
            let (para, key) = (self.s.one(&r, TextRole::Text), Key::P(self.number()));
            let before = usize::from(!out.is_empty());
            out.push(Block::Para { para, key, size: Size::Small, indent: false, before, soft: true });
        }
        out
    }

    fn section(&mut self, label: Rc<Para>, body: Vec<Block>, short: bool) -> Option<Section> {
        if body.is_empty() {
            return None;
        }
        let mut blocks = vec![self.heading(label)];
        blocks.extend(body);
        Some(Section { blocks, short })
    }

    fn prose_section(&mut self, label: Label, blocks: &[Prose]) -> Option<Section> {
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

    /// What stands in the rail. What is too long for it goes to the sections after the method.
    fn notes(&mut self, c: &Content, beside: &Beside<'_>, after: &mut Vec<Section>) -> Vec<Section> {
        let mut all: Vec<Option<Section>> = vec![self.pairings(c)];
        for aside in &c.asides {
            let label = self.s.one(&aside.label, TextRole::Label);
            let mut body = Vec::new();
            for r in &aside.text {
                let (para, key) = (self.s.one(r, TextRole::Text), Key::P(self.number()));
                let before = usize::from(!body.is_empty());
                body.push(Block::Para { para, key, size: Size::Small, indent: false, before, soft: true });
            }
            let short = aside.text.iter().map(|t| t.text.chars().count()).sum::<usize>() <= SHORT;
            all.push(self.section(label, body, short));
        }
        if !c.equipment.is_empty() {
            let words: Vec<&Rich> = c.equipment.iter().collect();
            let list = joined(&words, c.locale.comma()).capitalised(c.locale);
            all.push(self.line(Label::YouNeed, &list));
        }
        if let Some(allergens) = &c.allergens {
            let text = Rich::plain(allergens.text.clone(), allergens.at);
            all.push(self.line(Label::Allergens, &text));
        }
        all.push(self.nutrition(c));
        all.push(self.used_in(beside.used_in));
        let mut out = Vec::new();
        for section in all.into_iter().flatten() {
            if section.short { out.push(section) } else { after.push(section) }
        }
        out
    }

    fn line(&mut self, label: Label, text: &Rich) -> Option<Section> {
        let label = self.label(label);
        let (para, key) = (self.s.one(text, TextRole::Text), Key::P(self.number()));
        let body = vec![Block::Para { para, key, size: Size::Small, indent: false, before: 0, soft: true }];
        self.section(label, body, text.text.chars().count() <= SHORT)
    }

    fn pairings(&mut self, c: &Content) -> Option<Section> {
        let label = self.label(Label::ServeWith);
        match c.pairings.as_ref()? {
            Pairings::Prose(blocks) => {
                let body = self.small(blocks);
                self.section(label, body, length(blocks) <= SHORT)
            }
            Pairings::List(list) if list.iter().all(|t| t.text.is_empty()) => {
                // names alone make a sentence, or stand side by side as they are
                let names: Vec<Rich> = list.iter().filter_map(|t| t.title.clone()).collect();
                let small = names.iter().skip(1).all(|n| n.text.chars().next().is_none_or(|c| !c.is_uppercase()));
                let sentence = small && !self.s.script.unicase;
                let between = if sentence { c.locale.comma() } else { "\u{a0}· " };
                let mut all = joined(&names.iter().collect::<Vec<_>>(), between).capitalised(c.locale);
                if sentence && !ends_sentence(&all.text) {
                    all.push(c.locale.stop(), None);
                }
                self.line(Label::ServeWith, &all)
            }
            Pairings::List(list) => {
                let capital = |t: &Titled| Titled {
                    title: t.title.clone().map(|t| t.capitalised(c.locale)),
                    text: t.text.clone(),
                };
                let list: Vec<Titled> = list.iter().map(capital).collect();
                let body = self.entries(&list);
                self.section(label, body, false)
            }
        }
    }

    fn nutrition(&mut self, c: &Content) -> Option<Section> {
        let (per, facts) = c.nutrition.as_ref()?;
        let label = match per {
            Some(per) => c.locale.fill(Label::Each, &[("per", &per.text)]),
            None => c.locale.label(Label::Nutrition).to_owned(),
        };
        let label = self.s.plain(&label, TextRole::Label);
        let list = self.number();
        let mut body = Vec::new();
        for (i, (name, value)) in facts.iter().enumerate() {
            let (left, right) = (self.s.one(name, TextRole::Text), self.s.one(value, TextRole::Text));
            body.push(Block::Row { left, right, key: Key::Body(list, i as u32) });
        }
        self.section(label, body, true)
    }

    /// Recipes that use this one, when there are two or more.
    fn used_in(&mut self, all: &[(Rich, String)]) -> Option<Section> {
        if all.len() < 2 {
            return None;
        }
        let label = self.label(Label::UsedIn);
        let mut body = Vec::new();
        let list = self.number();
        for (i, (name, slug)) in all.iter().enumerate() {
            let name = name.clone().marked(Mark::Link(Target::Recipe(slug.clone())));
            let para = self.s.one(&name, TextRole::Name);
            body.push(Block::Item { para, key: Key::Body(list, i as u32), again: None });
        }
        self.section(label, body, all.len() <= 8)
    }

    /// Entries with their headings run in.
    fn entries(&mut self, list: &[Titled]) -> Vec<Block> {
        let mut out = Vec::new();
        for entry in list {
            let title = entry.title.clone().map(|mut t| {
                if !ends_sentence(&t.text) && !entry.text.is_empty() {
                    t.push(self.s.locale.stop(), None);
                }
                t
            });
            out.extend(self.entry(title.as_ref(), &entry.text, !out.is_empty()));
        }
        out
    }

    fn entry(&mut self, title: Option<&Rich>, text: &[Prose], gap: bool) -> Option<Block> {
        let space = Rich::plain(self.s.locale.gap(), NodeId(0));
        let mut lead = title;
        let mut paras = Vec::new();
        for r in markdown::paragraphs(text) {
            let para = match lead.take() {
                Some(t) => self.s.para(&[
                    (t, TextRole::StepTitle.into()),
                    (&space, TextRole::Text.into()),
                    (&r, TextRole::Text.into()),
                ]),
                None => self.s.one(&r, TextRole::Text),
            };
            paras.push((para, Key::P(self.number())));
        }
        if let Some(t) = lead {
            paras.push((self.s.one(t, TextRole::StepTitle), Key::P(self.number())));
        }
        (!paras.is_empty()).then_some(Block::Together { paras, before: usize::from(gap) })
    }

    /// Notes on ingredients, variations, questions, sections of the recipe's own.
    fn after(&mut self, c: &Content) -> Vec<Section> {
        let mut out = Vec::new();
        let notes: Vec<Titled> = c
            .ingredient_notes
            .iter()
            .map(|(t, b)| Titled { title: Some(t.clone().capitalised(c.locale)), text: b.clone() })
            .collect();
        for (label, list) in [(Label::IngredientNotes, &notes), (Label::Variations, &c.variations)] {
            let body = self.entries(list);
            let label = self.label(label);
            out.extend(self.section(label, body, false));
        }
        let mut questions = Vec::new();
        for (question, answer) in &c.faq {
            let ink = self.s.black(TextRole::Group);
            let mut paras = vec![(self.s.one(question, ink), Key::P(self.number()))];
            for r in markdown::paragraphs(answer) {
                paras.push((self.s.one(&r, TextRole::Text), Key::P(self.number())));
            }
            questions.push(Block::Together { paras, before: usize::from(!questions.is_empty()) });
        }
        let label = self.label(Label::Questions);
        out.extend(self.section(label, questions, false));
        for (name, text) in &c.sections {
            let label = self.s.one(name, TextRole::Label);
            let body = self.small(text);
            out.extend(self.section(label, body, false));
        }
        out
    }

    /// Who wrote it, where it comes from, whose photo it is.
    fn source(&mut self, c: &Content, authors: &[String]) -> Option<Block> {
        let mut lines: Vec<Rich> = Vec::new();
        if let Some(author) = c.author.as_ref().filter(|a| !authors.contains(&a.text)) {
            let by = c.locale.fill(Label::By, &[("name", &author.text)]);
            lines.push(Rich::plain(by, author.at).capitalised(c.locale));
        }
        if let Some((name, url)) = &c.source {
            let shown = name.as_ref().map(|n| n.text.clone()).or_else(|| url.clone()).unwrap_or_default();
            let at = name.as_ref().map_or(c.title.at, |n| n.at);
            let mut line = Rich::plain(c.locale.fill(Label::Source, &[("name", &shown)]), at);
            if let Some(url) = url {
                if name.is_some() {
                    line.push(c.locale.comma(), None);
                    line.push(url, Some(Mark::Link(Target::Url(url.clone()))));
                } else if let Some(from) = line.text.find(shown.as_str()) {
                    line.marks.push((from..from + shown.len(), Mark::Link(Target::Url(url.clone()))));
                }
            }
            lines.push(line);
        }
        if let Some(credit) = c.photo.as_ref().and_then(|p| p.credit.as_ref()) {
            lines.push(Rich::plain(c.locale.fill(Label::Credit, &[("name", credit.trimmed())]), credit.at));
        }
        if lines.is_empty() {
            return None;
        }
        let all = joined(&lines.iter().collect::<Vec<_>>(), "\u{a0}· ");
        let para = self.s.one(&all, TextRole::FootNote);
        Some(Block::Fine { para, key: Key::P(self.number()) })
    }
}

fn length(blocks: &[Prose]) -> usize {
    markdown::paragraphs(blocks).iter().map(|p| p.text.chars().count()).sum()
}
