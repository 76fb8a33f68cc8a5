//! A recipe as neutral blocks of finished text: what cards and books are both made from.
//!
//! Nothing here knows pages or markup. The text is set for one [`Medium`](crate::typo::Medium) already: quotation marks, fractions and spaces are
//! right, quantities are marked.

mod batches;
mod build;
mod figures;
mod include;
mod list;
mod setter;
mod steps;

pub use batches::{BatchColumns, RowContent};
pub use build::{build, for_card};
pub use list::kicker_words;
pub use setter::line;

use crate::locale::{Lang, Locale};
use crate::markdown::Block;
use crate::qr::Link;
use crate::recipe::Photo;
use crate::rich::{Mark, Rich};
use crate::source::FileId;

/// A recipe's content for one medium.
#[derive(Debug, Clone)]
pub struct Content {
    /// Its slug.
    pub slug: String,
    /// Its file.
    pub file: FileId,
    /// Its language.
    pub lang: Lang,
    /// The language's words and habits.
    pub locale: &'static Locale,
    /// Cuisine, course: what stands above the title.
    pub kicker: Vec<Rich>,
    /// The title.
    pub title: Rich,
    /// The title for running heads.
    pub running_title: Rich,
    /// A line under the title.
    pub subtitle: Option<Rich>,
    /// The name in its own language.
    pub native_title: Option<(Rich, Option<Lang>)>,
    /// One or two sentences.
    pub summary: Vec<Block>,
    /// Yield and times.
    pub facts: Vec<Fact>,
    /// The oven's temperature on several scales, where that was asked for.
    pub oven: Vec<Fact>,
    /// Which of these were worked out, for those who want to know.
    pub worked_out: Vec<String>,
    /// What stands over amounts in two systems of units.
    pub columns: Option<[Rich; 2]>,
    /// How hard it is.
    pub difficulty: Option<Rich>,
    /// Diets, tags.
    pub diets: Vec<Rich>,
    /// Tags.
    pub tags: Vec<Rich>,
    /// The author.
    pub author: Option<Rich>,
    /// The source: name and address.
    pub source: Option<(Option<Rich>, Option<String>)>,
    /// The photo.
    pub photo: Option<Photo>,
    /// A code to scan, where one was asked for.
    pub code: Option<Link>,
    /// Pots and tools.
    pub equipment: Vec<Rich>,
    /// The allergens as a sentence; `None` when nothing is said of them.
    pub allergens: Option<Rich>,
    /// The ingredients.
    pub ingredients: Vec<ContentGroup<Item>>,
    /// Whether half the amounts or more are not given.
    pub few_quantities: bool,
    /// The steps.
    pub steps: Vec<ContentGroup<StepContent>>,
    /// Tips, with how it keeps among them.
    pub asides: Vec<Aside>,
    /// What goes with it.
    pub pairings: Option<Pairings>,
    /// The story.
    pub story: Vec<Block>,
    /// Why its author loves it.
    pub why: Vec<Block>,
    /// Notes on ingredients.
    pub ingredient_notes: Vec<(Rich, Vec<Block>)>,
    /// Variations.
    pub variations: Vec<Titled>,
    /// How it keeps, in full.
    pub storage: Vec<Block>,
    /// Tips, in full.
    pub tips: Vec<Titled>,
    /// Questions and answers.
    pub faq: Vec<(Rich, Vec<Block>)>,
    /// Nutrition.
    pub nutrition: Option<Nutrition>,
    /// Closing words.
    pub conclusion: Vec<Block>,
    /// Own sections.
    pub sections: Vec<(Rich, Vec<Block>)>,
    /// What is to be said of its figures: which of them were not scaled.
    pub figure_notes: Vec<Rich>,
    /// What spoons and cups hold, where amounts were converted.
    pub measures: Option<Rich>,
    /// Several batches side by side, on cards.
    pub batches: Option<BatchColumns>,
}

/// Nutrition: of what ("serving"), and each fact's name and value.
pub type Nutrition = (Option<Rich>, Vec<(Rich, Rich)>);

/// A fact of the meta line.
#[derive(Debug, Clone)]
pub struct Fact {
    /// Its name.
    pub label: Rich,
    /// Its value.
    pub value: Rich,
}

/// Things under a heading, or none.
#[derive(Debug, Clone)]
pub struct ContentGroup<T> {
    /// The heading.
    pub name: Option<Rich>,
    /// The things.
    pub items: Vec<T>,
}

/// A line of the list of ingredients.
#[derive(Debug, Clone)]
pub struct Item {
    /// The number, as printed; `None` when none is given.
    pub number: Option<String>,
    /// The unit, as printed.
    pub unit: Option<String>,
    /// Number and unit of the same amount in another system.
    pub also: Option<(String, Option<String>)>,
    /// What.
    pub name: Rich,
    /// How prepared, what else, "optional"; an amount in words is here too.
    pub note: Option<Rich>,
    /// Its amounts for several batches, where columns are shown; `number` and `unit` are those of the recipe as written.
    pub row: Option<RowContent>,
    /// The recipe that makes it, by slug.
    pub recipe: Option<String>,
}

impl Item {
    /// The same without its note.
    fn without_note(&self) -> Item {
        Item {
            number: self.number.clone(),
            unit: self.unit.clone(),
            also: self.also.clone(),
            name: self.name.clone(),
            note: None,
            row: self.row.clone(),
            recipe: self.recipe.clone(),
        }
    }
}

/// A step.
#[derive(Debug, Clone)]
pub struct StepContent {
    /// Its number, from 1 through the whole recipe.
    pub number: usize,
    /// Whether it goes on with the step before it.
    pub continued: bool,
    /// Its heading, without a full stop.
    pub title: Option<Rich>,
    /// Its heat, when the text does not name it: set before the text.
    pub heat: Option<Rich>,
    /// What it uses that no step before it did, with how much of each: for a book, where the list is pages away.
    pub uses: Vec<Item>,
    /// What to do.
    pub body: Vec<Rich>,
    /// Its temperature, when the text does not name it: set after the text.
    pub tail_heat: Option<Rich>,
    /// Its time, when the text does not name it: set after the text.
    pub tail_time: Option<Rich>,
    /// What a timer or thermometer in the margin shows.
    pub cue: Option<Cue>,
    /// A tip.
    pub tip: Vec<Rich>,
    /// A photo.
    pub photo: Option<Photo>,
}

impl StepContent {
    /// Its text with heat before it and, where `tails` says so, heat and time after it that the text does not name.
    pub fn paragraphs(&self, locale: &Locale, [with_heat, with_time]: [bool; 2]) -> Vec<Rich> {
        let mut out = self.body.clone();
        if let Some(heat) = &self.heat {
            let mut first = heat.clone().marked(Mark::Key);
            if !out.is_empty() {
                first.push(locale.gap(), None);
                first.append(&out.remove(0));
            }
            out.insert(0, first);
        }
        let tails = [self.tail_heat.as_ref().filter(|_| with_heat), self.tail_time.as_ref().filter(|_| with_time)];
        for tail in tails.into_iter().flatten() {
            match out.last_mut() {
                Some(last) => {
                    last.push(locale.gap(), None);
                    last.append(tail);
                }
                None => out.push(tail.clone()),
            }
        }
        out
    }
}

/// The leading figure of a step, for the margin.
#[derive(Debug, Clone)]
pub struct Cue {
    /// The figure: `25–28`, or `200 °C`.
    pub value: String,
    /// Its unit, or the same on another scale.
    pub unit: String,
    /// Whether it is a temperature.
    pub is_temperature: bool,
}

/// A tip for the card.
#[derive(Debug, Clone)]
pub struct Aside {
    /// Its heading, without a full stop.
    pub label: Rich,
    /// The name of its icon.
    pub icon: String,
    /// Its text.
    pub text: Vec<Rich>,
    /// What it is to the recipe.
    pub kind: AsideKind,
}

/// What a tip is to the recipe.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AsideKind {
    /// A tip.
    Tip,
    /// How the dish keeps.
    Storage,
    /// A section of the book that was asked for.
    Section,
}

/// What goes with the dish.
#[derive(Debug, Clone)]
pub enum Pairings {
    /// Prose.
    Prose(Vec<Block>),
    /// Names with what is said of them.
    List(Vec<Titled>),
}

/// A text with a heading, or either.
#[derive(Debug, Clone)]
pub struct Titled {
    /// The heading.
    pub title: Option<Rich>,
    /// The text.
    pub text: Vec<Block>,
}
