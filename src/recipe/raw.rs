//! The mirror of the YAML: what a recipe file and `cookbook.yaml` may hold.
//!
//! These types are the contract. The reader, the list of known fields and the JSON Schema all come from them.

use super::read::{FromNode, OpenMap, Reader, Text, TextOr, TextOrList, Words, record};
use crate::yaml::{Node, Value};
use schemars::JsonSchema;

record! {
    /// A recipe file.
    RawRecipe ("a recipe", "title: Lemon rice") {
        /// The name of the dish.
        #[schemars(required)]
        "title" => title: Text,
        /// A short line under the title.
        "subtitle" => subtitle: Text,
        /// Its name where it comes from, with the language of that name.
        "native_title" => native_title: TextOr<RawNative>,
        /// A shorter name for running heads and indexes.
        "short_title" => short_title: Text,
        /// One or two sentences.
        "summary" => summary: Text,
        /// The language of the recipe as a BCP 47 tag, such as en, vi or pt-BR.
        "language" => language: Text,
        /// Who wrote it.
        "author" => author: Text,
        /// Where it comes from.
        "source" => source: TextOr<RawSource>,
        /// Cuisine, such as Vietnamese.
        "cuisine" => cuisine: Words,
        /// Course, such as main, side or dessert.
        "course" => course: Words,
        /// Tags, such as weeknight.
        "tags" => tags: Words,
        /// Diets it suits, such as vegan.
        "diets" => diets: Words,
        /// Allergens it contains.
        "allergens" => allergens: Words,
        /// How hard it is.
        "difficulty" => difficulty: Text,
        /// A photo of the dish: a file name, or file, alt and credit.
        "photo" => photo: TextOr<RawPhoto>,
        /// What it makes: "4 servings", "4-6", "one 23 cm tart".
        "yield" => yields: TextOr<RawYield>,
        /// Times: prep, cook, total, and rest, chill, soak, prove and so on.
        "times" => times: RawTimes,
        /// Pots and tools it needs.
        "equipment" => equipment: Words,
        /// Lines of text, maps, and groups of them.
        #[schemars(required)]
        "ingredients" => ingredients: Vec<RawIngredientEntry>,
        /// Lines of text, maps, and groups of them.
        #[schemars(required)]
        "steps" => steps: Vec<RawStepEntry>,
        /// The story of the dish, in light Markdown.
        "story" => story: Text,
        /// Why you love it, in light Markdown.
        "why_i_love_it" => why_i_love_it: Text,
        /// Notes on single ingredients.
        "ingredient_notes" => ingredient_notes: Vec<RawIngredientNote>,
        /// Variations: Markdown text, or a list of title and text.
        "variations" => variations: TextOrList<RawTitled>,
        /// What goes with it: Markdown text, or a list of name and text.
        "pairings" => pairings: TextOrList<RawPairing>,
        /// Tips, each a line of Markdown; a bold beginning is its heading.
        "tips" => tips: TextOrList<RawTitled>,
        /// How it keeps.
        "storage" => storage: Text,
        /// Questions and answers.
        "faq" => faq: Vec<RawQuestion>,
        /// Nutrition facts; `per` says of what.
        "nutrition" => nutrition: OpenMap,
        /// Closing words.
        "conclusion" => conclusion: Text,
        /// Whatever has no field of its own.
        "sections" => sections: Vec<RawSection>,
    }
}

record! {
    /// A name in another language.
    RawNative ("a name in another language", "native_title: { text: Chitrannam, language: kn }") {
        /// The name.
        #[schemars(required)]
        "text" => text: Text,
        /// Its language.
        "language" => language: Text,
    }
}

record! {
    /// Where a recipe comes from.
    RawSource ("a source", "source: { name: My grandmother, url: https://example.org }") {
        /// The name to print.
        "name" => name: Text,
        /// The address.
        "url" => url: Text,
    }
}

record! {
    /// A photo.
    RawPhoto ("a photo", "photo: { file: lemon-rice.jpg, alt: A bowl of yellow rice }") {
        /// The file, beside the recipe.
        #[schemars(required)]
        "file" => file: Text,
        /// What it shows, for those who can't see it.
        "alt" => alt: Text,
        /// Who took it.
        "credit" => credit: Text,
    }
}

record! {
    /// What a recipe makes.
    RawYield ("a yield", "yield: { amount: 4-6, of: servings }") {
        /// How many.
        #[schemars(required)]
        "amount" => amount: Text,
        /// Of what.
        "of" => of: Text,
    }
}

record! {
    /// One ingredient.
    RawIngredient ("an ingredient", "- { amount: 2, unit: tsp, item: mustard seeds }") {
        /// How much: a number, a fraction, a range or words.
        "amount" => amount: Text,
        /// The unit of the amount.
        "unit" => unit: Text,
        /// What it is.
        #[schemars(required)]
        "item" => item: Text,
        /// How it is prepared.
        "note" => note: Text,
        /// What to take instead.
        "or" => or: Text,
        /// Whether it may be left out.
        "optional" => optional: bool,
        /// The recipe of the folder that makes it (its file name).
        "recipe" => recipe: Text,
        /// Its entry in the book's index.
        "index" => index: Text,
    }
}

record! {
    /// A group of ingredients.
    RawIngredientGroup ("a group of ingredients", "- group: For the sauce") {
        /// Its heading.
        #[schemars(required)]
        "group" => group: Text,
        /// Its ingredients.
        #[schemars(required)]
        "items" => items: Vec<RawIngredientEntry>,
    }
}

record! {
    /// One step.
    RawStep ("a step", "- { title: Rinse, text: Rinse the rice. }") {
        /// Two to four words.
        "title" => title: Text,
        /// What to do, in light Markdown.
        "text" => text: Text,
        /// A shorter wording for the card.
        "card" => card: Text,
        /// The step's leading time.
        "time" => time: Text,
        /// Its heat: words such as medium-high, or a temperature.
        "heat" => heat: Text,
        /// A tip for this step.
        "tip" => tip: Text,
        /// A photo of this step.
        "photo" => photo: TextOr<RawPhoto>,
        /// The ingredients it uses.
        "uses" => uses: Words,
    }
}

record! {
    /// A group of steps.
    RawStepGroup ("a group of steps", "- group: The relish") {
        /// Its heading.
        #[schemars(required)]
        "group" => group: Text,
        /// Its steps.
        #[schemars(required)]
        "steps" => steps: Vec<RawStepEntry>,
    }
}

record! {
    /// A note on an ingredient.
    RawIngredientNote ("a note on an ingredient", "- { ingredient: basmati rice, note: Aged rice stays loose. }") {
        /// Which one.
        #[schemars(required)]
        "ingredient" => ingredient: Text,
        /// The note, in light Markdown.
        #[schemars(required)]
        "note" => note: Text,
    }
}

record! {
    /// A text with a heading.
    RawTitled ("a text with a title", "- { title: With eggs, text: Slip in four boiled eggs. }") {
        /// The heading.
        "title" => title: Text,
        /// The text, in light Markdown.
        #[schemars(required)]
        "text" => text: Text,
    }
}

record! {
    /// Something that goes with the dish.
    RawPairing ("a pairing", "- { name: Steamed greens, text: Dress them with garlic. }") {
        /// What.
        #[schemars(required)]
        "name" => name: Text,
        /// Why, or how.
        "text" => text: Text,
    }
}

record! {
    /// A question with its answer.
    RawQuestion ("a question", "- { question: Can I freeze it?, answer: Yes. }") {
        /// The question.
        #[schemars(required)]
        "question" => question: Text,
        /// The answer, in light Markdown.
        #[schemars(required)]
        "answer" => answer: Text,
    }
}

record! {
    /// A section of one's own.
    RawSection ("a section", "- { heading: A note on curry leaves, text: … }") {
        /// Its heading.
        #[schemars(required)]
        "heading" => heading: Text,
        /// Its text, in light Markdown.
        #[schemars(required)]
        "text" => text: Text,
    }
}

/// The `times:` map.
#[derive(Debug, Clone, Default, JsonSchema)]
#[schemars(transparent)]
pub struct RawTimes(pub OpenMap);

impl FromNode for RawTimes {
    fn from_node(node: Node, r: &mut Reader<'_>) -> Option<Self> {
        if let Some(text) = node.scalar() {
            r.error(
                node.id,
                "wrong-type",
                "`times` names each time, so it must be a map",
                format!("write `times: {{ total: {text} }}`"),
            );
            return None;
        }
        OpenMap::from_node(node, r).map(RawTimes)
    }
}

/// An entry of `ingredients:`.
#[derive(Debug, Clone, JsonSchema)]
#[schemars(untagged)]
pub enum RawIngredientEntry {
    /// A line of text.
    Line(Text),
    /// A map.
    Item(RawIngredient),
    /// A group.
    Group(RawIngredientGroup),
}

impl FromNode for RawIngredientEntry {
    fn from_node(node: Node, r: &mut Reader<'_>) -> Option<Self> {
        if has_key(&node, &["group", "items"]) {
            return RawIngredientGroup::from_node(node, r).map(Self::Group);
        }
        if let Some(line) = accidental_map(&node, RawIngredient::FIELDS) {
            r.error(
                node.id,
                "accidental-map",
                "a colon and a space make this line a map",
                format!("put it in quotation marks: `- \"{line}\"`"),
            );
            return None;
        }
        match node.value {
            Value::Map(_) => RawIngredient::from_node(node, r).map(Self::Item),
            _ => Text::from_node(node, r).map(Self::Line),
        }
    }
}

/// An entry of `steps:`.
#[derive(Debug, Clone, JsonSchema)]
#[schemars(untagged)]
pub enum RawStepEntry {
    /// A line of text.
    Line(Text),
    /// A map.
    Step(Box<RawStep>),
    /// A group.
    Group(RawStepGroup),
}

impl FromNode for RawStepEntry {
    fn from_node(node: Node, r: &mut Reader<'_>) -> Option<Self> {
        if has_key(&node, &["group", "steps"]) {
            return RawStepGroup::from_node(node, r).map(Self::Group);
        }
        if let Some(line) = accidental_map(&node, RawStep::FIELDS) {
            r.error(
                node.id,
                "accidental-map",
                "a colon and a space make this line a map",
                format!("put it in quotation marks: `- \"{line}\"`"),
            );
            return None;
        }
        match node.value {
            Value::Map(_) => RawStep::from_node(node, r).map(|s| Self::Step(Box::new(s))),
            _ => Text::from_node(node, r).map(Self::Line),
        }
    }
}

fn has_key(node: &Node, keys: &[&str]) -> bool {
    matches!(&node.value, Value::Map(entries) if entries.iter().any(|(k, _)| keys.contains(&k.text.as_str())))
}

/// `- Sauce: stir well` is a map to YAML and a line to a cook: one key of several words or none we know, with text.
fn accidental_map(node: &Node, known: &[&str]) -> Option<String> {
    let Value::Map(entries) = &node.value else { return None };
    let [(key, value)] = entries.as_slice() else { return None };
    let near = crate::diag::did_you_mean(&key.text, known.iter().copied()).is_some();
    let text = value.scalar()?;
    (!near && !known.contains(&key.text.as_str())).then(|| format!("{}: {text}", key.text))
}

record! {
    /// `cookbook.yaml`.
    RawCookbook ("a cookbook", "title: Rice, Lime, Fire") {
        /// The title of the book.
        "title" => title: Text,
        /// A line under it.
        "subtitle" => subtitle: Text,
        /// Who wrote it; several in a list.
        "author" => author: Words,
        /// The language of the book.
        "language" => language: Text,
        /// Who publishes it.
        "publisher" => publisher: Text,
        /// A stable identifier, such as an ISBN or a URN.
        "identifier" => identifier: Text,
        /// The series it belongs to: its name, or name and number.
        "series" => series: TextOr<RawSeries>,
        /// Who else made it: photographer, editor, translator and so on.
        "contributors" => contributors: Vec<TextOr<RawContributor>>,
        /// What the book is, in a few sentences, for libraries and shops.
        "description" => description: Text,
        /// What it is about, such as Vietnamese cooking; several in a list.
        "subjects" => subjects: Words,
        /// Rights.
        "rights" => rights: Text,
        /// A cover image, beside this file.
        "cover" => cover: Text,
        /// Instead: a photo that title and author are set over.
        "cover_photo" => cover_photo: Text,
        /// A shorter title for the cover.
        "cover_title" => cover_title: Text,
        /// Introduction, in light Markdown.
        "introduction" => introduction: Text,
        /// Recipes in this order (file names); the rest follows by title.
        "order" => order: Vec<Text>,
        /// Parts of the book.
        "parts" => parts: Vec<RawPart>,
        /// Its indexes: ingredients, time, diets, tags; `[]` for none.
        "indexes" => indexes: Words,
        /// What the index of ingredients leaves out, instead of water, salt and oil.
        "leave_out" => leave_out: Words,
        /// Names of one thing; the first is the one to print.
        "synonyms" => synonyms: Vec<Words>,
    }
}

record! {
    /// A series of books.
    RawSeries ("a series", "series: { name: Weeknight kitchen, number: 2 }") {
        /// Its name.
        #[schemars(required)]
        "name" => name: Text,
        /// The book's number in it.
        "number" => number: Text,
    }
}

record! {
    /// Someone who helped to make a book.
    RawContributor ("a contributor", "- { name: Lan Nguyễn, role: photographer }") {
        /// The name.
        #[schemars(required)]
        "name" => name: Text,
        /// The part they had: editor, photographer, illustrator, translator, designer, foreword and so on.
        "role" => role: Text,
    }
}

record! {
    /// A part of a cookbook.
    RawPart ("a part", "- { title: Rice, recipes: [lemon-rice] }") {
        /// Its title.
        #[schemars(required)]
        "title" => title: Text,
        /// Its introduction, in light Markdown.
        "introduction" => introduction: Text,
        /// Its recipes (file names).
        "recipes" => recipes: Vec<Text>,
        /// Or: all recipes with this tag.
        "tag" => tag: Text,
        /// Or: all recipes of this course.
        "course" => course: Text,
    }
}

/// The JSON Schema of a recipe file, for editors.
pub fn schema() -> String {
    let mut schema = schemars::schema_for!(RawRecipe);
    schema.insert("title".into(), "Cardamom recipe".into());
    let mut text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    text.push('\n');
    text
}
