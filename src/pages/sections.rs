//! A recipe's sections: what stands in the rail, and what comes after the method.

use super::block::{Block, Size};
use super::material::{Beside, Maker, SHORT, Section, length};
use super::setting::joined;
use super::unit::Key;
use crate::content::{Content, Pairings, Titled};
use crate::locale::Label;
use crate::markdown::{self, Block as Prose};
use crate::rich::{Mark, Rich, Target};
use crate::source::NodeId;
use crate::theme::TextRole;
use crate::typo::ends_sentence;

impl Maker<'_, '_, '_> {
    /// What stands in the rail. What is too long for it goes to the sections after the method.
    pub(super) fn notes(&mut self, c: &Content, beside: &Beside<'_>, after: &mut Vec<Section>) -> Vec<Section> {
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
    pub(super) fn after(&mut self, c: &Content) -> Vec<Section> {
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
            // whole sentences in capitals are hard to read
            let group = TextRole::Group;
            let ink = if self.s.theme.role(group).upper { TextRole::StepTitle.into() } else { self.s.black(group) };
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
    pub(super) fn source(&mut self, c: &Content, authors: &[String]) -> Option<Block> {
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
