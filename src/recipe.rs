//! The recipe: the model that everything after reading works on.

pub mod batches;
pub mod check;
mod figures;
pub mod raw;
pub mod read;
mod resolve;
mod resolve_parts;
pub mod scale;
mod section;
pub mod units;

pub use figures::{Figures, Scaled};
pub use read::Text;
pub use resolve::resolve;
pub use section::Section;

use crate::locale::{Label, Lang, Locale};
use crate::markdown::Block;
use crate::quantity::{Amount, Heat, Time, Unit};
use crate::source::{FileId, NodeId};

/// A recipe whose facts are understood.
#[derive(Debug, Clone)]
pub struct Recipe {
    /// The name of its file, made fit for file names and links.
    pub slug: String,
    /// The file it was read from.
    pub file: FileId,
    /// Its language.
    pub lang: Lang,
    /// The name of the dish.
    pub title: Text,
    /// A line under it.
    pub subtitle: Option<Text>,
    /// Its name where it comes from, with the language of that name.
    pub native_title: Option<(Text, Option<Lang>)>,
    /// A shorter name.
    pub short_title: Option<Text>,
    /// One or two sentences.
    pub summary: Option<Prose>,
    /// Who wrote it.
    pub author: Option<Text>,
    /// Where it comes from.
    pub source: Option<Credit>,
    /// Cuisines.
    pub cuisine: Vec<Text>,
    /// Courses.
    pub course: Vec<Text>,
    /// Tags.
    pub tags: Vec<Text>,
    /// Diets it suits.
    pub diets: Vec<Text>,
    /// Allergens; `None` when nothing is said of them.
    pub allergens: Option<Vec<Text>>,
    /// How hard it is.
    pub difficulty: Option<Text>,
    /// A photo of the dish.
    pub photo: Option<Photo>,
    /// What it makes.
    pub yields: Option<Yield>,
    /// Its times, in the order given.
    pub times: Vec<TimeFact>,
    /// Pots and tools.
    pub equipment: Vec<Text>,
    /// Ingredients; a list without groups is one group without a name.
    pub ingredients: Vec<Group<Ingredient>>,
    /// Steps, likewise.
    pub steps: Vec<Group<Step>>,
    /// The story of the dish.
    pub story: Option<Prose>,
    /// Why its author loves it.
    pub why_i_love_it: Option<Prose>,
    /// Notes on single ingredients.
    pub ingredient_notes: Vec<(Text, Prose)>,
    /// Variations.
    pub variations: Entries,
    /// What goes with it.
    pub pairings: Entries,
    /// Tips.
    pub tips: Entries,
    /// How it keeps.
    pub storage: Option<Prose>,
    /// Questions and answers.
    pub faq: Vec<(Text, Prose)>,
    /// Nutrition facts.
    pub nutrition: Option<Nutrition>,
    /// Closing words.
    pub conclusion: Option<Prose>,
    /// Sections of its own.
    pub sections: Vec<(Text, Prose)>,
    /// What was changed in its figures after it was read.
    pub figures: Figures,
}

/// Prose with its place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Prose {
    /// Its blocks.
    pub blocks: Vec<Block>,
    /// The value it comes from.
    pub at: NodeId,
}

/// A credit for a recipe.
#[derive(Debug, Clone)]
pub struct Credit {
    /// The name to print.
    pub name: Option<Text>,
    /// The address.
    pub url: Option<Text>,
}

/// A photo.
#[derive(Debug, Clone)]
pub struct Photo {
    /// Its file, relative to the recipe's folder.
    pub file: Text,
    /// What it shows.
    pub alt: Option<Text>,
    /// Who took it.
    pub credit: Option<Text>,
}

/// What a recipe makes.
#[derive(Debug, Clone)]
pub struct Yield {
    /// The number, when it begins with one.
    pub amount: Option<Amount>,
    /// Of what; `None` means people.
    pub of: Option<Text>,
    /// The value.
    pub at: NodeId,
}

/// A time that is known by name.
#[derive(Debug, Clone)]
pub struct TimeFact {
    /// Which.
    pub kind: TimeKind,
    /// How long.
    pub time: Time,
    /// The value.
    pub at: NodeId,
}

/// Which time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TimeKind {
    /// One we have a word for in every language.
    Known(Label),
    /// Another one, as written.
    Other(String),
}

impl TimeKind {
    /// The keys that `times:` knows, with their labels.
    pub const KNOWN: &'static [(&'static str, Label)] = &[
        ("prep", Label::Prep),
        ("active", Label::Active),
        ("soak", Label::Soak),
        ("marinate", Label::Marinate),
        ("chill", Label::Chill),
        ("prove", Label::Prove),
        ("rise", Label::Prove),
        ("proof", Label::Prove),
        ("ferment", Label::Ferment),
        ("steep", Label::Steep),
        ("cook", Label::Cook),
        ("bake", Label::Bake),
        ("freeze", Label::Freeze),
        ("cool", Label::Cool),
        ("rest", Label::Rest),
        ("total", Label::Total),
    ];

    /// As printed.
    pub fn show(&self, locale: &Locale) -> String {
        match self {
            TimeKind::Known(label) => locale.label(*label).to_owned(),
            TimeKind::Other(word) => locale.capitalised(word),
        }
    }
}

/// Things under a common heading, or none.
#[derive(Debug, Clone)]
pub struct Group<T> {
    /// The heading.
    pub name: Option<Text>,
    /// The things.
    pub items: Vec<T>,
}

/// An ingredient.
#[derive(Debug, Clone)]
pub struct Ingredient {
    /// How much.
    pub amount: Option<Amount>,
    /// In what unit.
    pub unit: Option<Unit>,
    /// The same in another system, where two are wanted.
    pub also: Option<(Amount, Option<Unit>)>,
    /// What.
    pub item: Text,
    /// How prepared.
    pub note: Option<Text>,
    /// What instead.
    pub or: Option<Text>,
    /// Whether it may be left out.
    pub optional: bool,
    /// The recipe that makes it, by slug.
    pub recipe: Option<Text>,
    /// Its entry in the index.
    pub index: Option<Text>,
    /// Whether its amount is for the recipe as written although the recipe was scaled.
    pub unscaled: bool,
    /// Its amounts for several batches, where a card is to show them.
    pub row: Option<batches::Row>,
    /// The value.
    pub at: NodeId,
}

impl Ingredient {
    /// Whether it says the same as another one, wherever it stands and however it is spelt.
    pub fn same_fact(&self, other: &Ingredient) -> bool {
        let text = |t: &Option<Text>| t.as_ref().map(|t| t.trimmed().to_owned());
        self.amount == other.amount
            && self.unit == other.unit
            && self.item.trimmed() == other.item.trimmed()
            && text(&self.note) == text(&other.note)
            && text(&self.or) == text(&other.or)
            && self.optional == other.optional
    }
}

/// A step.
#[derive(Debug, Clone)]
pub struct Step {
    /// Its heading.
    pub title: Option<Text>,
    /// What to do.
    pub text: Option<Prose>,
    /// The card's wording.
    pub card: Option<Prose>,
    /// Its leading time.
    pub time: Option<Time>,
    /// Its heat.
    pub heat: Option<(Heat, NodeId)>,
    /// A tip.
    pub tip: Option<Prose>,
    /// A photo.
    pub photo: Option<Photo>,
    /// The ingredients it uses, when said.
    pub uses: Vec<Text>,
    /// The value.
    pub at: NodeId,
}

/// Prose, or a list of entries with headings.
#[derive(Debug, Clone, Default)]
pub enum Entries {
    /// Nothing.
    #[default]
    None,
    /// Markdown text.
    Prose(Prose),
    /// Entries: a heading, a text, or both.
    List(Vec<Entry>),
}

/// An entry of a list.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The heading.
    pub title: Option<Text>,
    /// The text.
    pub text: Option<Prose>,
    /// The value.
    pub at: NodeId,
}

/// Nutrition facts.
#[derive(Debug, Clone)]
pub struct Nutrition {
    /// Of what.
    pub per: Option<Text>,
    /// Name and value, in the order given.
    pub facts: Vec<(Text, Text)>,
}

impl Recipe {
    /// The name for running heads: the short title if there is one, else the title.
    pub fn running_title(&self) -> &Text {
        self.short_title.as_ref().unwrap_or(&self.title)
    }

    /// All ingredients in order.
    pub fn all_ingredients(&self) -> impl Iterator<Item = &Ingredient> {
        self.ingredients.iter().flat_map(|g| &g.items)
    }

    /// All steps in order.
    pub fn all_steps(&self) -> impl Iterator<Item = &Step> {
        self.steps.iter().flat_map(|g| &g.items)
    }
}
