//! Reading YAML. The only module that knows `serde_yaml`, so that the parser can be exchanged.
//!
//! [`parse`] gives a tree of [`Node`]s numbered in document order. The parser keeps no positions of values, so
//! [`Locator`] finds them by a second scan, and only when there is something to report.

mod locate;
mod node;
mod syntax;

pub use locate::Locator;
pub use node::{Key, Node, Value};

use crate::diag::Diagnostic;
use crate::source::{FileId, Source};
use serde::de::DeserializeSeed;
use std::cell::Cell;

/// Reads one YAML document. `None` is an empty one.
///
/// # Errors
/// A diagnostic that names the place of the first syntax error and, where it can be guessed, its cause.
pub fn parse(file: FileId, source: &Source) -> Result<Option<Node>, Box<Diagnostic>> {
    if source.text.lines().all(|l| l.trim().is_empty() || l.trim_start().starts_with('#') || l.trim() == "---") {
        return Ok(None);
    }
    let read = |plain_keys| {
        let next = Cell::new(0);
        let seed = node::NodeSeed { next: &next, plain_keys };
        seed.deserialize(serde_yaml::Deserializer::from_str(&source.text))
    };
    match read(true).or_else(|_| read(false)) {
        Ok(mut root) => {
            if root.has_float() {
                Locator::new(&source.text).restore_written_numbers(&mut root, &source.text);
            }
            Ok(Some(root))
        }
        Err(e) => {
            let at = e.location().map(|l| (l.line(), l.column()));
            Err(Box::new(syntax::explain(file, source, &e.to_string(), at)))
        }
    }
}
