//! Sections of the book on a card, for those who ask for them: each becomes a tip with its name for a heading.

use super::{Aside, AsideKind, Content, Titled};
use crate::locale::Label;
use crate::markdown::{self, Block};
use crate::recipe::Section;
use crate::rich::{Mark, Rich};
use crate::source::NodeId;
use crate::typo::ends_sentence;

impl Content {
    /// Adds a section to what stands on a card. Sections that stand there anyway change nothing.
    pub fn include(&mut self, section: Section) {
        match section {
            Section::Summary => self.prose(Label::Introduction, &self.summary.clone()),
            Section::Story => self.prose(Label::Story, &self.story.clone()),
            Section::Why => self.prose(Label::WhyILoveIt, &self.why.clone()),
            Section::Conclusion => self.prose(Label::Conclusion, &self.conclusion.clone()),
            Section::IngredientNotes => self.pairs(Label::IngredientNotes, &self.ingredient_notes.clone()),
            Section::Faq => self.pairs(Label::Questions, &self.faq.clone()),
            Section::Variations => {
                let entries = self.variations.iter().map(|Titled { title, text }| (title.clone(), text.clone()));
                self.entries(Label::Variations, &entries.collect::<Vec<_>>());
            }
            Section::Sections => {
                for (name, text) in self.sections.clone() {
                    self.aside(name, markdown::paragraphs(&text));
                }
            }
            Section::Nutrition => self.facts_of_nutrition(),
            Section::Subtitle
            | Section::Photo
            | Section::Equipment
            | Section::Pairings
            | Section::Tips
            | Section::Storage
            | Section::Source => {}
        }
    }

    fn aside(&mut self, label: Rich, text: Vec<Rich>) {
        if !text.is_empty() {
            self.asides.push(Aside { label, icon: "tip".into(), text, kind: AsideKind::Section });
        }
    }

    fn prose(&mut self, label: Label, blocks: &[Block]) {
        let text = markdown::paragraphs(blocks);
        let at = text.first().map_or(NodeId(0), |t| t.at);
        self.aside(Rich::plain(self.locale.label(label), at), text);
    }

    fn pairs(&mut self, label: Label, all: &[(Rich, Vec<Block>)]) {
        let entries: Vec<_> = all.iter().map(|(t, b)| (Some(t.clone()), b.clone())).collect();
        self.entries(label, &entries);
    }

    /// A paragraph an entry, its heading run in.
    fn entries(&mut self, label: Label, all: &[(Option<Rich>, Vec<Block>)]) {
        let mut text = Vec::new();
        for (title, blocks) in all {
            let mut paragraphs = markdown::paragraphs(blocks);
            if let Some(title) = title {
                let mut lead = title.clone();
                if !ends_sentence(&lead.text) {
                    lead.push(self.locale.stop(), None);
                }
                let mut first = lead.marked(Mark::Strong);
                if !paragraphs.is_empty() {
                    first.push(self.locale.gap(), None);
                    first.append(&paragraphs.remove(0));
                }
                text.push(first);
            }
            text.extend(paragraphs);
        }
        let at = text.first().map_or(NodeId(0), |t| t.at);
        self.aside(Rich::plain(self.locale.label(label), at), text);
    }

    fn facts_of_nutrition(&mut self) {
        let Some((per, facts)) = self.nutrition.clone() else { return };
        let at = facts.first().map_or(NodeId(0), |f| f.0.at);
        let label = match &per {
            Some(per) => self.locale.fill(Label::Each, &[("per", &per.text)]),
            None => self.locale.label(Label::Nutrition).to_owned(),
        };
        let all: Vec<String> = facts.iter().map(|(k, v)| format!("{}\u{a0}{}", k.text, v.text)).collect();
        self.aside(Rich::plain(label, at), vec![Rich::plain(all.join(", "), at)]);
    }
}
