//! The contents of a locale file.

use super::quick::Quick;
use super::spellings::Spellings;
use crate::bytes::ByteSet;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Which way text runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// Left to right.
    #[default]
    Ltr,
    /// Right to left.
    Rtl,
}

macro_rules! labels {
    ($($(#[$doc:meta])* $variant:ident = $key:literal),* $(,)?) => {
        /// The fixed words of cards and books.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(missing_docs, reason = "each is the English word it names")]
        pub enum Label { $($(#[$doc])* $variant),* }

        impl Label {
            /// All of them.
            pub const ALL: &'static [Label] = &[$(Label::$variant),*];

            /// Its key in the locale files.
            pub fn key(self) -> &'static str {
                match self { $(Label::$variant => $key),* }
            }
        }
    };
}

labels! {
    Serves = "serves", Makes = "makes", Prep = "prep", Cook = "cook", Total = "total", Rest = "rest", Chill = "chill",
    Soak = "soak", Prove = "prove", Marinate = "marinate", Bake = "bake", Freeze = "freeze", Cool = "cool",
    Steep = "steep", Ferment = "ferment", Active = "active",
    Ingredients = "ingredients", Method = "method", MethodContinued = "method_continued", Continued = "continued",
    StepsOverleaf = "steps_overleaf", StepOverleaf = "step_overleaf", MethodOverleaf = "method_overleaf",
    CookSide = "cook_side", CookSideOverleaf = "cook_side_overleaf", TurnOver = "turn_over", GoOn = "go_on",
    GoOnStep = "go_on_step", GoOnList = "go_on_list", CardOf = "card_of", Side = "side", WordPrep = "word_prep",
    WordCook = "word_cook", WordTips = "word_tips", WordServe = "word_serve", WordNotes = "word_notes",
    ToServe = "to_serve", ServeWith = "serve_with", GoodToKnow = "good_to_know", Tips = "tips", Tip = "tip",
    Keeps = "keeps", Notes = "notes", Contains = "contains", Equipment = "equipment", FewQuantities = "few_quantities",
    WriteIn = "write_in", Optional = "optional", Or = "or", Source = "source", Credit = "credit", Story = "story",
    WhyILoveIt = "why_i_love_it", IngredientNotes = "ingredient_notes", Variations = "variations", Storage = "storage",
    Questions = "questions", Each = "each", Nutrition = "nutrition", Allergens = "allergens", YouNeed = "you_need",
    Conclusion = "conclusion", Difficulty = "difficulty", Contents = "contents", Introduction = "introduction",
    Cover = "cover", TitlePage = "title_page", Part = "part", By = "by", Recipes = "recipes", And = "and",

    // print_labels: sheets of paper, laminating, what a card says of itself
    SheetSide = "sheet_side", SheetUp = "sheet_up", FlipLong = "flip_long", FlipShort = "flip_short",
    FoldHere = "fold_here", CheckRuler = "check_ruler",
    QrSource = "qr_source", QrMore = "qr_more", QrAlt = "qr_alt",
    // the stamp
    Version = "version",

    // figure_labels: scaling, batches, units
    Scaled = "scaled", ScaledFrom = "scaled_from", ScaledServings = "scaled_servings", AsWritten = "as_written",
    SameForBatches = "same_for_batches", ForOneBatch = "for_one_batch", NoWhole = "no_whole", Metric = "metric", Us = "us",
    Imperial = "imperial", Oven = "oven", Fan = "fan", Gas = "gas", SpoonsHold = "spoons_hold",

    // index_labels: indexes, cook mode, references between recipes
    Index = "index", Finding = "finding", ByTime = "by_time", ByTag = "by_tag", ByDiet = "by_diet",
    DietsAllergens = "diets_allergens", UpTo15Minutes = "up_to_15_minutes", UpTo30Minutes = "up_to_30_minutes",
    UpToAnHour = "up_to_an_hour", Longer = "longer", See = "see", IndexKey = "index_key", CookMode = "cook_mode",
    CookModeLink = "cook_mode_link", CookModeIntro = "cook_mode_intro", StepOf = "step_of",
    BackToRecipe = "back_to_recipe", Steps = "steps", UsedIn = "used_in", GoesWith = "goes_with", PageList = "page_list", MoreWith = "more_with",
    InThisPart = "in_this_part", Landmarks = "landmarks",
    Colophon = "colophon",

    // book_labels: the other pages of the book
    // on printed pages
    PageRef = "page_ref", Opposite = "opposite", AboutBook = "about_book", TitleCuts = "title_cuts",
    ColophonSet = "colophon_set", ColophonType = "colophon_type", IngredientIndex = "ingredient_index",
    RecipeIndex = "recipe_index",
}

/// The names of a unit.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnitName {
    /// As printed after one of it, or less.
    pub one: String,
    /// As printed after more.
    pub other: String,
    /// How recipes write it.
    pub names: Vec<String>,
}

/// A sign that takes a space before it, as in French.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gap {
    /// The sign.
    pub before: Option<char>,
    /// Or the sign that takes a space after it.
    pub after: Option<char>,
    /// `thin` (U+202F) or `full` (U+00A0).
    pub width: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    name: String,
    direction: Option<Direction>,
    decimal: Option<char>,
    group: Option<char>,
    quotes: Option<[String; 4]>,
    percent_gap: Option<String>,
    singular_below: Option<f64>,
    #[serde(default)]
    inner_gap: Vec<Gap>,
    #[serde(default)]
    loose_ends: Vec<String>,
    #[serde(default)]
    range_words: Vec<String>,
    #[serde(default)]
    of_words: Vec<String>,
    #[serde(default)]
    prepared: Vec<String>,
    #[serde(default)]
    about: Vec<String>,
    #[serde(default)]
    servings: Vec<String>,
    #[serde(default)]
    word_amounts: Vec<String>,
    #[serde(default)]
    words_before: bool,
    #[serde(default)]
    time_words: Vec<String>,
    #[serde(default)]
    heat: Vec<String>,
    #[serde(default)]
    icons: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    labels: BTreeMap<String, String>,
    #[serde(default)]
    print_labels: BTreeMap<String, String>,
    #[serde(default)]
    figure_labels: BTreeMap<String, String>,
    #[serde(default)]
    index_labels: BTreeMap<String, String>,
    #[serde(default)]
    book_labels: BTreeMap<String, String>,
    #[serde(default)]
    time: BTreeMap<String, UnitName>,
    #[serde(default)]
    units: BTreeMap<String, UnitName>,
}

impl File {
    /// A label from whichever of the tables has it.
    fn label(&self, label: Label) -> Option<&String> {
        let tables = [&self.labels, &self.print_labels, &self.figure_labels, &self.index_labels, &self.book_labels];
        tables.into_iter().find_map(|t| t.get(label.key()))
    }
}

/// All that is known of a language.
#[derive(Debug, Clone)]
pub struct Locale {
    /// Its tag.
    pub tag: String,
    /// Its own name.
    pub name: String,
    /// Which way it runs.
    pub direction: Direction,
    /// Between whole number and decimals.
    pub decimal: char,
    /// Between thousands.
    pub group: char,
    /// Outer opening and closing, inner opening and closing quotation mark.
    pub quotes: [String; 4],
    /// Between a number and the per cent sign.
    pub percent_gap: String,
    /// Amounts up to this take the singular.
    pub singular_below: f64,
    /// Signs with a space before or after them.
    pub gaps: Vec<Gap>,
    /// Words that should not end a line, lower case.
    pub loose_ends: Vec<String>,
    /// Words between the ends of a range.
    pub range_words: Vec<String>,
    /// Words between an amount and its item.
    pub of_words: Vec<String>,
    /// Words before a comma that name nothing: "*boneless*, skinless chicken thighs".
    pub prepared: Vec<String>,
    /// Words for "about".
    pub about: Vec<String>,
    /// Words for people served.
    pub servings: Vec<String>,
    /// Amounts in words, the longest first.
    pub word_amounts: Vec<String>,
    /// Whether an amount in words stands before its item, as where the item takes a case from it.
    pub words_before: bool,
    /// Times in words.
    pub time_words: Vec<String>,
    /// Degrees of heat, the longest first.
    pub heat: Vec<String>,
    icons: Vec<(String, String)>,
    /// In the order of [`Label::ALL`].
    labels: Vec<String>,
    time: BTreeMap<String, UnitName>,
    units: BTreeMap<String, UnitName>,
    /// Every spelling of a unit with the unit's key, sorted.
    unit_index: Spellings,
    time_index: Spellings,
    quick: Quick,
}

impl Locale {
    /// Whether a word may be one of [`Locale::loose_ends`], which is quickly told.
    pub(crate) fn may_be_loose(&self, word: &str) -> bool {
        self.quick.may_be_loose(word)
    }

    /// Whether a quantity may begin with these bytes, which is quickly told.
    pub(crate) fn may_be_quantity(&self, text: &[u8]) -> bool {
        self.quick.may_be_quantity(text)
    }

    /// The first bytes of what a quantity may begin with.
    pub(crate) fn quantity_starts(&self) -> &ByteSet {
        self.quick.quantities()
    }

    /// The first bytes of the signs that a rule of typography is about; for spaces between words a rule is only where two stand side
    /// by side or a figure is before them.
    pub(crate) fn signs(&self, with_space: bool) -> &ByteSet {
        self.quick.signs(with_space)
    }

    /// A fixed word or sentence.
    pub fn label(&self, label: Label) -> &str {
        self.labels.get(label as usize).map_or("", String::as_str)
    }

    /// A sentence with its blanks filled in.
    pub fn fill(&self, label: Label, blanks: &[(&str, &str)]) -> String {
        blanks
            .iter()
            .fold(self.label(label).to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
    }

    /// The key of the unit that `word` names, exactly or but for its case.
    pub fn unit(&self, word: &str) -> Option<&str> {
        self.unit_index.find(word)
    }

    /// The key of the unit of time that `word` names.
    pub fn time_unit(&self, word: &str) -> Option<&str> {
        self.time_index.find(word)
    }

    /// The names of a unit by its key.
    pub fn unit_name(&self, key: &str) -> Option<&UnitName> {
        self.units.get(key)
    }

    /// The names of a unit of time by its key.
    pub fn time_name(&self, key: &str) -> Option<&UnitName> {
        self.time.get(key)
    }

    /// All spellings of units, for "did you mean".
    pub fn unit_spellings(&self) -> impl Iterator<Item = &str> {
        self.unit_index.all()
    }

    /// All spellings of units of time.
    pub fn time_spellings(&self) -> impl Iterator<Item = &str> {
        self.time_index.all()
    }

    /// The icon that goes with a tip's heading.
    pub fn icon(&self, heading: &str) -> Option<&str> {
        let heading = heading.trim_matches(['.', ':', ' ', '\u{a0}', '\u{202f}']).to_lowercase();
        self.icons.iter().find(|(word, _)| *word == heading).map(|(_, icon)| icon.as_str())
    }

    /// Between the words of a list, with the space after it.
    pub fn comma(&self) -> &'static str {
        match self.tag.as_str() {
            "ja" | "zh" => "、",
            "ar" => "، ",
            _ => ", ",
        }
    }

    /// At the end of a sentence.
    pub fn stop(&self) -> &'static str {
        if self.is_unspaced() { "。" } else { "." }
    }

    /// Between two words or sentences: nothing in languages that write without spaces.
    pub fn gap(&self) -> &'static str {
        if self.is_unspaced() { "" } else { " " }
    }

    fn is_unspaced(&self) -> bool {
        matches!(self.tag.as_str(), "ja" | "zh")
    }

    /// With a capital at the beginning.
    pub fn capitalised(&self, text: &str) -> String {
        let mut chars = text.chars();
        // Greek loses its accents in capitals, but not at the beginning of a sentence
        let greek = self.tag == "el";
        let upper = |c: char| if greek { c.to_uppercase().collect() } else { self.upper(c.encode_utf8(&mut [0; 4])) };
        chars.next().map(|c| upper(c) + chars.as_str()).unwrap_or_default()
    }

    /// `items` as a list in a sentence: "a, b and c".
    pub fn list<S: AsRef<str>>(&self, items: &[S]) -> String {
        let (comma, gap) = (self.comma(), self.gap());
        match items {
            [] => String::new(),
            [one] => one.as_ref().to_owned(),
            [init @ .., last] => {
                let init = init.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(comma);
                let last = last.as_ref();
                let and = match self.tag.as_str() {
                    "es" if last.to_lowercase().starts_with('i')
                        || last.to_lowercase().starts_with("hi") && !last.to_lowercase().starts_with("hie") =>
                    {
                        "e"
                    }
                    _ => self.label(Label::And),
                };
                // the Hebrew and the Arabic word for "and" is part of the next
                let after = if matches!(self.tag.as_str(), "he" | "ar") { "" } else { gap };
                format!("{init}{gap}{and}{after}{last}")
            }
        }
    }

    /// Words in capitals, by the rules of the language (Greek capitals lose the tonos, Turkish i keeps its dot).
    pub fn upper(&self, text: &str) -> String {
        let id = icu_locale_core::LanguageIdentifier::try_from_str(&self.tag)
            .unwrap_or(icu_locale_core::LanguageIdentifier::UNKNOWN);
        icu_casemap::CaseMapper::new().uppercase_to_string(text, &id).into_owned()
    }
}

/// Reads a locale file; what it lacks comes from the English one.
pub(super) fn parse(tag: &str, text: &str, english: &str) -> Result<Locale, toml::de::Error> {
    let own: File = toml::from_str(text)?;
    let en: File = toml::from_str(english)?;
    let labels =
        Label::ALL.iter().map(|l| own.label(*l).or_else(|| en.label(*l)).cloned().unwrap_or_default()).collect();
    // English names are understood everywhere, but for those that mean something else in the language or could be anything
    let foreign = tag != "en";
    let loose = own.loose_ends.clone();
    let understood = |name: &String| {
        let sure =
            ["g", "kg", "mg", "ml", "mL", "cl", "dl", "cm", "mm", "oz", "lb", "l", "L", "h"].contains(&name.as_str());
        !foreign || sure || name.chars().count() > 2 && !loose.contains(name) && name != "stick"
    };
    let merge = |own: BTreeMap<String, UnitName>, en: BTreeMap<String, UnitName>| {
        let mut all = en;
        for name in all.values_mut() {
            name.names.retain(&understood);
        }
        for (key, mut name) in own {
            name.names.extend(all.get(&key).into_iter().flat_map(|n| n.names.clone()));
            all.insert(key, name);
        }
        all
    };
    let (time, units) = (merge(own.time, en.time), merge(own.units, en.units));
    let index = |units: &BTreeMap<String, UnitName>| {
        let mut all: Vec<_> = units.iter().flat_map(|(k, u)| u.names.iter().map(|n| (n.clone(), k.clone()))).collect();
        all.sort();
        Spellings::new(all)
    };
    let longest_first = |mut words: Vec<String>| {
        words.sort_by_key(|w| (std::cmp::Reverse(w.chars().count()), w.clone()));
        words
    };
    let default_quotes = || ["“", "”", "‘", "’"].map(str::to_owned);
    Ok(Locale {
        tag: tag.to_owned(),
        name: own.name,
        direction: own.direction.unwrap_or_default(),
        decimal: own.decimal.unwrap_or('.'),
        group: own.group.unwrap_or(','),
        quotes: own.quotes.unwrap_or_else(default_quotes),
        percent_gap: own.percent_gap.unwrap_or_default(),
        singular_below: own.singular_below.unwrap_or(1.0),
        quick: Quick::new(&own.loose_ends, &own.heat, &own.inner_gap),
        gaps: own.inner_gap,
        loose_ends: own.loose_ends,
        range_words: own.range_words,
        of_words: own.of_words,
        prepared: own.prepared,
        about: longest_first(own.about.into_iter().chain(en.about).collect()),
        servings: own.servings.into_iter().chain(en.servings).collect(),
        word_amounts: longest_first(own.word_amounts),
        words_before: own.words_before,
        time_words: own.time_words.into_iter().chain(en.time_words).collect(),
        heat: longest_first(own.heat),
        icons: own
            .icons
            .into_iter()
            .flat_map(|(icon, words)| words.into_iter().map(move |w| (w, icon.clone())))
            .collect(),
        labels,
        unit_index: index(&units),
        time_index: index(&time),
        time,
        units,
    })
}

/// The labels a file does not have.
#[cfg(test)]
pub(super) fn missing_labels(text: &str) -> Vec<&'static str> {
    let own: File = toml::from_str(text).expect("a locale file");
    Label::ALL.iter().filter(|l| own.label(**l).is_none()).map(|l| l.key()).collect()
}
