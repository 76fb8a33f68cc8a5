//! From YAML nodes to typed values, with every mistake reported and none stopping the rest.

use crate::diag::{Diagnostic, did_you_mean};
use crate::source::{FileId, NodeId};
use crate::yaml::{Key, Node, Value};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::borrow::Cow;

/// Collects what is wrong while a file is read.
#[derive(Debug)]
pub struct Reader<'a> {
    /// The file that is read.
    pub file: FileId,
    /// What was found so far.
    pub diagnostics: &'a mut Vec<Diagnostic>,
}

impl Reader<'_> {
    /// Reports an error at a node.
    pub fn error(&mut self, at: NodeId, code: &'static str, message: impl Into<String>, hint: impl Into<String>) {
        self.diagnostics.push(Diagnostic::error(code, message).at(self.file, at).hint(hint));
    }

    /// A text, without characters that are none.
    fn text(&mut self, mut value: String, at: NodeId) -> Text {
        if may_hold_nothing(value.as_bytes())
            && let Some(c) = value.chars().find(|c| is_nothing(*c))
        {
            let message = format!("the control character U+{:04X} is left out of this text", u32::from(c));
            self.diagnostics.push(Diagnostic::warning("control-character", message).at(self.file, at));
            value.retain(|c| !is_nothing(c));
        }
        Text { value, at }
    }

    fn wrong_kind(&mut self, node: &Node, what: &str, example: &str) {
        let message = format!("expected {what}, found {}", node.kind());
        self.error(node.id, "wrong-type", message, format!("write it like this: {example}"));
    }

    /// The entries of a map; reports anything else, and keys that stand twice.
    pub fn entries(&mut self, node: Node, what: &str, example: &str) -> Option<Vec<(Key, Node)>> {
        let Value::Map(entries) = node.value else {
            self.wrong_kind(&node, what, example);
            return None;
        };
        for (i, (key, _)) in entries.iter().enumerate() {
            if let Some((first, _)) = entries[..i].iter().find(|(k, _)| k.text == key.text) {
                self.diagnostics.push(
                    Diagnostic::error("duplicate-key", format!("`{}` stands twice", key.text))
                        .at(self.file, key.id)
                        .other(self.file, first.id, "first here")
                        .hint("keep one of them; a list takes several values"),
                );
            }
        }
        Some(entries)
    }

    /// Reports a key that is none of `known`.
    pub fn unknown_key(&mut self, key: &Key, value: &Node, what: &str, known: &[&str]) {
        let mut hint = match did_you_mean(&key.text, known.iter().copied()).or_else(|| synonym(&key.text, known)) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => format!("{what} may have: {}", known.join(", ")),
        };
        if key.text == "<<" {
            hint = "merge keys are not supported: write the fields out".into();
        } else if key.text.contains(' ')
            && value.scalar().is_some()
            && did_you_mean(&key.text, known.iter().copied()).is_none()
        {
            hint = "a colon and a space make a map; if this is a line of text, put it in quotation marks".into();
        }
        self.error(key.id, "unknown-field", format!("unknown field `{}`", key.text), hint);
    }
}

/// Words of other recipe formats for what we call something else.
fn synonym<'k>(word: &str, known: &[&'k str]) -> Option<&'k str> {
    const WORDS: &[(&str, &str)] = &[
        ("name", "title"),
        ("name", "item"),
        ("heading", "title"),
        ("servings", "yield"),
        ("serves", "yield"),
        ("makes", "yield"),
        ("portions", "yield"),
        ("recipeyield", "yield"),
        ("directions", "steps"),
        ("instructions", "steps"),
        ("method", "steps"),
        ("recipeinstructions", "steps"),
        ("recipeingredient", "ingredients"),
        ("prep_time", "times"),
        ("cook_time", "times"),
        ("total_time", "times"),
        ("preptime", "times"),
        ("cooktime", "times"),
        ("totaltime", "times"),
        ("time", "times"),
        ("description", "summary"),
        ("description", "text"),
        ("intro", "story"),
        ("headnote", "story"),
        ("introduction", "story"),
        ("image", "photo"),
        ("picture", "photo"),
        ("category", "course"),
        ("keywords", "tags"),
        ("lang", "language"),
        ("quantity", "amount"),
        ("qty", "amount"),
        ("ingredient", "item"),
        ("what", "item"),
        ("comment", "note"),
        ("prep", "note"),
        ("instruction", "text"),
        ("directions", "text"),
        ("duration", "time"),
        ("timer", "time"),
        ("temperature", "heat"),
        ("temp", "heat"),
        ("faqs", "faq"),
        ("questions", "faq"),
        ("q", "question"),
        ("a", "answer"),
        ("notes", "tips"),
        ("file_name", "file"),
        ("path", "file"),
        ("src", "file"),
        ("alternative", "alt"),
        ("caption", "alt"),
        ("link", "url"),
        ("website", "url"),
        ("why", "why_i_love_it"),
        ("serve_with", "pairings"),
        ("keeps", "storage"),
        ("section", "group"),
        ("chapters", "parts"),
        ("ending", "conclusion"),
        ("tools", "equipment"),
    ];
    let folded = word.to_lowercase().replace([' ', '-'], "_");
    WORDS.iter().filter(|(w, _)| *w == folded).find_map(|(_, meant)| known.iter().copied().find(|k| k == meant))
}

/// A value that can be read from a node.
pub trait FromNode: Sized {
    /// Reads it; `None` when something was wrong and has been reported.
    fn from_node(node: Node, r: &mut Reader<'_>) -> Option<Self>;
}

/// A piece of text and where it stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Text {
    /// The text as YAML gives it.
    pub value: String,
    /// Its place.
    pub at: NodeId,
}

impl Text {
    /// A text at a place.
    pub fn new(value: impl Into<String>, at: NodeId) -> Self {
        Text { value: value.into(), at }
    }

    /// The text without space around it.
    pub fn trimmed(&self) -> &str {
        self.value.trim()
    }
}

/// Whether the character is none: what controls machines, and what Unicode will never give a meaning.
fn is_nothing(c: char) -> bool {
    c.is_control() && !c.is_whitespace() || u32::from(c) & 0xfffe == 0xfffe
}

/// Whether some character may be none. Most texts have only letters and signs, which is quickly told by their bytes: what controls
/// machines is ASCII or begins with C2, what Unicode gives no meaning begins with EF or higher.
fn may_hold_nothing(bytes: &[u8]) -> bool {
    let alone = bytes.iter().fold(false, |any, b| any | (*b < b' ') & (*b != b'\n') | (*b == 0x7f) | (*b >= 0xef));
    let pairs = || bytes.iter().zip(bytes.iter().skip(1));
    alone || pairs().fold(false, |any, (first, second)| any | (*first == 0xc2) & (*second < 0xa0))
}

impl FromNode for Text {
    fn from_node(node: Node, r: &mut Reader<'_>) -> Option<Self> {
        let id = node.id;
        match node.into_scalar() {
            Ok(value) => Some(r.text(value, id)),
            Err(node) => {
                // `note: best: eaten warm` in a flow map, or a list where one text belongs
                r.wrong_kind(&node, "text", "some text, in quotation marks if it holds a colon");
                None
            }
        }
    }
}

impl JsonSchema for Text {
    fn schema_name() -> Cow<'static, str> {
        "Text".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": ["string", "number", "boolean"] })
    }
}

impl FromNode for bool {
    fn from_node(node: Node, r: &mut Reader<'_>) -> Option<Self> {
        match (&node.value, node.scalar().as_deref()) {
            (Value::Bool(b), _) => Some(*b),
            (_, Some("yes" | "Yes")) => Some(true),
            (_, Some("no" | "No")) => Some(false),
            _ => {
                r.wrong_kind(&node, "true or false", "true");
                None
            }
        }
    }
}

impl<T: FromNode> FromNode for Vec<T> {
    fn from_node(node: Node, r: &mut Reader<'_>) -> Option<Self> {
        let Value::List(items) = node.value else {
            r.wrong_kind(&node, "a list", "each entry on a line of its own that begins with `- `");
            return None;
        };
        let mut out = Vec::with_capacity(items.len());
        for item in items {
            if item.is_null() {
                r.error(
                    item.id,
                    "empty-entry",
                    "an entry with nothing in it",
                    "write something after the dash, or delete the line",
                );
                continue;
            }
            out.extend(T::from_node(item, r));
        }
        Some(out)
    }
}

/// Words in a list, or in one text with commas.
#[derive(Debug, Clone, Default)]
pub struct Words(pub Vec<Text>);

impl FromNode for Words {
    fn from_node(node: Node, r: &mut Reader<'_>) -> Option<Self> {
        if matches!(node.value, Value::List(_)) {
            return Vec::from_node(node, r).map(Words);
        }
        let text = Text::from_node(node, r)?;
        let split = text.value.split(',').map(str::trim).filter(|w| !w.is_empty());
        Some(Words(split.map(|w| Text::new(w, text.at)).collect()))
    }
}

impl JsonSchema for Words {
    fn schema_name() -> Cow<'static, str> {
        "Words".into()
    }

    fn json_schema(g: &mut SchemaGenerator) -> Schema {
        json_schema!({ "anyOf": [g.subschema_for::<Text>(), { "type": "array", "items": g.subschema_for::<Text>() }] })
    }
}

/// A text, or a map that says more.
#[derive(Debug, Clone, JsonSchema)]
#[schemars(untagged)]
pub enum TextOr<T> {
    /// Just text.
    Text(Text),
    /// The map.
    Map(T),
}

impl<T: FromNode> FromNode for TextOr<T> {
    fn from_node(node: Node, r: &mut Reader<'_>) -> Option<Self> {
        if matches!(node.value, Value::Map(_)) {
            return T::from_node(node, r).map(TextOr::Map);
        }
        Text::from_node(node, r).map(TextOr::Text)
    }
}

/// One text, or a list of texts and maps.
#[derive(Debug, Clone, JsonSchema)]
#[schemars(untagged)]
pub enum TextOrList<T> {
    /// Markdown text.
    Text(Text),
    /// Entries.
    List(Vec<TextOr<T>>),
}

impl<T: FromNode> FromNode for TextOrList<T> {
    fn from_node(node: Node, r: &mut Reader<'_>) -> Option<Self> {
        if matches!(node.value, Value::List(_)) {
            return Vec::from_node(node, r).map(TextOrList::List);
        }
        Text::from_node(node, r).map(TextOrList::Text)
    }
}

/// A map whose keys are free, in the order of the file.
#[derive(Debug, Clone, Default)]
pub struct OpenMap(pub Vec<(Text, Text)>);

impl FromNode for OpenMap {
    fn from_node(node: Node, r: &mut Reader<'_>) -> Option<Self> {
        let entries = r.entries(node, "a map", "{ prep: 10 min, cook: 20 min }")?;
        let mut out = Vec::new();
        for (key, value) in entries {
            if !value.is_null() {
                let key = r.text(key.text, key.id);
                out.extend(Text::from_node(value, r).map(|v| (key, v)));
            }
        }
        Some(OpenMap(out))
    }
}

impl JsonSchema for OpenMap {
    fn schema_name() -> Cow<'static, str> {
        "OpenMap".into()
    }

    fn json_schema(g: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "object", "additionalProperties": g.subschema_for::<Text>() })
    }
}

/// Declares a map with known fields: the struct, how it is read, and its part of the JSON Schema, all from one list.
macro_rules! record {
    (
        $(#[$meta:meta])*
        $name:ident ($what:literal, $example:literal) {
            $( $(#[$field_meta:meta])* $key:literal => $field:ident : $ty:ty ),* $(,)?
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Default, schemars::JsonSchema)]
        #[schemars(deny_unknown_fields)]
        pub struct $name {
            /// The place of the map.
            #[schemars(skip)]
            pub at: $crate::source::NodeId,
            /// The fields that the file names, with the places of their values, be they right or wrong.
            #[schemars(skip)]
            pub given: Vec<(&'static str, $crate::source::NodeId)>,
            $( $(#[$field_meta])* #[schemars(rename = $key)] pub $field: Option<$ty>, )*
        }

        impl $name {
            /// The names of its fields.
            pub const FIELDS: &'static [&'static str] = &[$($key),*];
        }

        impl $crate::recipe::read::FromNode for $name {
            fn from_node(node: $crate::yaml::Node, r: &mut $crate::recipe::read::Reader<'_>) -> Option<Self> {
                let at = node.id;
                let entries = r.entries(node, $what, $example)?;
                let mut out = Self { at, ..Self::default() };
                for (key, value) in entries {
                    match key.text.as_str() {
                        $( $key => {
                            out.given.push(($key, value.id));
                            if !value.is_null() {
                                out.$field = <$ty as $crate::recipe::read::FromNode>::from_node(value, r);
                            }
                        } )*
                        _ => r.unknown_key(&key, &value, $what, Self::FIELDS),
                    }
                }
                Some(out)
            }
        }
    };
}
pub(crate) use record;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_character_is_never_passed_over() {
        for c in (char::MIN..=char::MAX).filter(|c| is_nothing(*c)) {
            assert!(may_hold_nothing(format!("a{c}b").as_bytes()), "U+{:04X}", u32::from(c));
        }
        assert!(!may_hold_nothing("½ cup crème fraîche,\u{a0}“thick”\n".as_bytes()));
    }
}
