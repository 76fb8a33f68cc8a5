//! What was changed in a recipe's figures after it was read.

use super::Yield;
use super::batches::Columns;
use crate::quantity::{Equivalents, Factor};

/// What was changed.
#[derive(Debug, Clone, Default)]
pub struct Figures {
    /// All amounts were multiplied.
    pub scaled: Option<Scaled>,
    /// In which units it is wanted, where not as written.
    pub units: Option<Equivalents>,
    /// Cards show several batches side by side.
    pub columns: Option<Columns>,
}

/// A recipe for more or fewer than it was written for.
#[derive(Debug, Clone)]
pub struct Scaled {
    /// By how much.
    pub factor: Factor,
    /// What it makes as written.
    pub from: Option<Yield>,
}

impl Figures {
    /// Whether amounts in the text of steps and notes may be others than those of the list.
    pub fn leave_text_behind(&self) -> bool {
        self.scaled.is_some()
    }
}
