//! Sections that a run may put in or leave out.

use super::{Entries, Recipe};

macro_rules! sections {
    ($($variant:ident = $key:literal),* $(,)?) => {
        /// A section of a recipe that is not needed to cook it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[allow(missing_docs, reason = "each is named after its field")]
        pub enum Section { $($variant),* }

        impl Section {
            /// Their names on the command line.
            pub const KEYS: &'static [&'static str] = &[$($key),*];

            /// The section of that name.
            pub fn parse(key: &str) -> Option<Section> {
                match key { $($key => Some(Section::$variant),)* _ => None }
            }
        }
    };
}

sections! {
    Subtitle = "subtitle", Summary = "summary", Photo = "photo", Equipment = "equipment", Pairings = "pairings", Tips = "tips",
    Storage = "storage", Story = "story", Why = "why", IngredientNotes = "ingredient-notes", Variations = "variations",
    Faq = "faq", Nutrition = "nutrition", Conclusion = "conclusion", Sections = "sections", Source = "source",
}

impl Recipe {
    /// Leaves a section out.
    pub fn exclude(&mut self, section: Section) {
        match section {
            Section::Subtitle => self.subtitle = None,
            Section::Summary => self.summary = None,
            Section::Photo => {
                self.photo = None;
                self.steps.iter_mut().flat_map(|g| &mut g.items).for_each(|s| s.photo = None);
            }
            Section::Equipment => self.equipment.clear(),
            Section::Pairings => self.pairings = Entries::None,
            Section::Tips => {
                self.tips = Entries::None;
                self.steps.iter_mut().flat_map(|g| &mut g.items).for_each(|s| s.tip = None);
            }
            Section::Storage => self.storage = None,
            Section::Story => self.story = None,
            Section::Why => self.why_i_love_it = None,
            Section::IngredientNotes => self.ingredient_notes.clear(),
            Section::Variations => self.variations = Entries::None,
            Section::Faq => self.faq.clear(),
            Section::Nutrition => self.nutrition = None,
            Section::Conclusion => self.conclusion = None,
            Section::Sections => self.sections.clear(),
            Section::Source => self.source = None,
        }
    }
}
