//! What names of ingredients mean, kept: recipes of one kitchen share most of theirs.

use super::Words;
use super::name::{Name, Term};
use rustc_hash::FxHashMap;
use std::sync::{Arc, PoisonError, RwLock};

/// Names that are kept; those that come after so many are looked at each time. A book of ten thousand recipes must not fill the memory.
const MOST: usize = 4096;

/// What an ingredient's name means.
#[derive(Debug)]
pub(crate) struct Known {
    /// The entries of an index that it belongs under.
    pub(crate) terms: Vec<Term>,
    /// How a step may call it.
    pub(crate) names: Vec<Name>,
}

/// What is kept of a language.
#[derive(Debug, Default)]
pub(super) struct Kept(RwLock<FxHashMap<Box<str>, Arc<Known>>>);

impl Words {
    /// What an ingredient's name means.
    pub(crate) fn known(&self, item: &str) -> Arc<Known> {
        // a map whose user has panicked is as good as before: entries are put in whole
        if let Some(known) = self.kept.0.read().unwrap_or_else(PoisonError::into_inner).get(item) {
            return Arc::clone(known);
        }
        let (terms, names) = self.meanings(item);
        let known = Arc::new(Known { terms, names });
        let mut kept = self.kept.0.write().unwrap_or_else(PoisonError::into_inner);
        if kept.len() < MOST {
            kept.insert(item.into(), Arc::clone(&known));
        }
        known
    }
}

#[cfg(test)]
mod tests {
    use crate::food::words;
    use crate::locale::Lang;
    use std::sync::Arc;

    #[test]
    fn a_name_means_the_same_each_time() {
        let words = words(&Lang::default());
        let first = words.known("boneless chicken thighs, diced");
        assert!(Arc::ptr_eq(&first, &words.known("boneless chicken thighs, diced")));
        assert_eq!(first.terms[0].name, "chicken");
        assert!(first.names.iter().any(|n| n.head.contains(&words.stem("chicken"))));
        // what no longer has room is looked at again, with the same outcome
        let others: Vec<_> = (0..super::MOST + 2).map(|n| words.known(&format!("herb{n} leaves"))).collect();
        let last = others.last().unwrap();
        let again = words.known(&format!("herb{} leaves", super::MOST + 1));
        assert!(!Arc::ptr_eq(last, &again));
        assert_eq!((&last.terms, &last.names), (&again.terms, &again.names));
    }
}
