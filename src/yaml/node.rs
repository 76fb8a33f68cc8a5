//! A YAML document as a tree in which every key and value has a number.

use crate::source::NodeId;
use serde::de::{self, Deserialize, DeserializeSeed, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor};
use std::cell::Cell;
use std::fmt;

/// A value of the document.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// Its number.
    pub id: NodeId,
    /// What it is.
    pub value: Value,
}

/// A key of a map.
#[derive(Debug, Clone, PartialEq)]
pub struct Key {
    /// Its number.
    pub id: NodeId,
    /// Its text; numbers and booleans as they would be written.
    pub text: String,
}

/// What a value is.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing after the colon, `~` or `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Int(i128),
    /// Another number, as it is written in the file (so that `1.10` keeps its nought).
    Float(f64, String),
    /// Text.
    Text(String),
    /// A list.
    List(Vec<Node>),
    /// A map, in the order of the file; a key may stand twice.
    Map(Vec<(Key, Node)>),
}

impl Node {
    /// What the value is, in words for a message.
    pub fn kind(&self) -> &'static str {
        match &self.value {
            Value::Null => "nothing",
            Value::Bool(_) => "true or false",
            Value::Int(_) | Value::Float(..) => "a number",
            Value::Text(_) => "text",
            Value::List(_) => "a list",
            Value::Map(_) => "a map",
        }
    }

    /// Whether nothing was given.
    pub fn is_null(&self) -> bool {
        self.value == Value::Null
    }

    /// The value as text, when it is text, a number or a boolean.
    pub fn scalar(&self) -> Option<String> {
        match &self.value {
            Value::Text(s) => Some(s.clone()),
            Value::Int(i) => Some(i.to_string()),
            Value::Float(_, written) => Some(written.clone()),
            Value::Bool(b) => Some(b.to_string()),
            _ => None,
        }
    }

    /// The same, with the text taken out of it.
    ///
    /// # Errors
    /// The node itself, when it is none of these.
    pub fn into_scalar(self) -> Result<String, Node> {
        match self.value {
            Value::Text(text) => Ok(text),
            _ => self.scalar().ok_or(self),
        }
    }

    /// Whether some value in the tree is a number with a fraction.
    pub(super) fn has_float(&self) -> bool {
        match &self.value {
            Value::Float(..) => true,
            Value::List(items) => items.iter().any(Node::has_float),
            Value::Map(entries) => entries.iter().any(|(_, v)| v.has_float()),
            _ => false,
        }
    }
}

/// Reads a [`Node`], taking numbers from a counter.
#[derive(Clone, Copy)]
pub(super) struct NodeSeed<'a> {
    pub(super) next: &'a Cell<u32>,
    /// Whether every key is taken for text, which saves the parser from trying whether it is a number. Where one is a list or a map,
    /// that is an error.
    pub(super) plain_keys: bool,
}

impl<'de> DeserializeSeed<'de> for NodeSeed<'_> {
    type Value = Node;

    fn deserialize<D: de::Deserializer<'de>>(self, d: D) -> Result<Node, D::Error> {
        let id = NodeId(self.next.get());
        self.next.set(id.0 + 1);
        let value = d.deserialize_any(NodeVisitor(self))?;
        Ok(Node { id, value })
    }
}

/// Reads a [`Key`].
struct KeySeed<'a>(NodeSeed<'a>);

impl<'de> DeserializeSeed<'de> for KeySeed<'_> {
    type Value = Key;

    fn deserialize<D: de::Deserializer<'de>>(self, d: D) -> Result<Key, D::Error> {
        if !self.0.plain_keys {
            let key = self.0.deserialize(d)?;
            let text = key.scalar().unwrap_or_else(|| if key.is_null() { "null".into() } else { "?".into() });
            return Ok(Key { id: key.id, text });
        }
        let id = NodeId(self.0.next.get());
        self.0.next.set(id.0 + 1);
        Ok(Key { id, text: String::deserialize(d)? })
    }
}

struct NodeVisitor<'a>(NodeSeed<'a>);

impl<'de> Visitor<'de> for NodeVisitor<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a YAML value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, v: bool) -> Result<Value, E> {
        Ok(Value::Bool(v))
    }

    fn visit_i64<E>(self, v: i64) -> Result<Value, E> {
        Ok(Value::Int(v.into()))
    }

    fn visit_u64<E>(self, v: u64) -> Result<Value, E> {
        Ok(Value::Int(v.into()))
    }

    fn visit_i128<E>(self, v: i128) -> Result<Value, E> {
        Ok(Value::Int(v))
    }

    fn visit_u128<E>(self, v: u128) -> Result<Value, E> {
        Ok(i128::try_from(v).map_or_else(|_| Value::Text(v.to_string()), Value::Int))
    }

    fn visit_f64<E>(self, v: f64) -> Result<Value, E> {
        Ok(Value::Float(v, v.to_string()))
    }

    fn visit_str<E>(self, v: &str) -> Result<Value, E> {
        Ok(Value::Text(v.to_owned()))
    }

    fn visit_string<E>(self, v: String) -> Result<Value, E> {
        Ok(Value::Text(v))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element_seed(self.0)? {
            items.push(item);
        }
        Ok(Value::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut entries = Vec::new();
        while let Some(key) = map.next_key_seed(KeySeed(self.0))? {
            let value = map.next_value_seed(self.0)?;
            entries.push((key, value));
        }
        Ok(Value::Map(entries))
    }

    /// A tagged value (`!something text`): the tag means nothing here, the value is taken.
    fn visit_enum<A: EnumAccess<'de>>(self, data: A) -> Result<Value, A::Error> {
        let (_tag, content) = data.variant::<String>()?;
        // the number of the tagged node was taken by the outer seed; the inner one must not count again
        self.0.next.set(self.0.next.get() - 1);
        Ok(content.newtype_variant_seed(self.0)?.value)
    }
}
