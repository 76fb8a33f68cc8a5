//! Numbers, amounts, ingredient lines, durations and temperatures: from text to values and back.

mod amount;
mod duration;
mod ingredient;
mod mention;
mod number;
mod temperature;

pub use amount::{Amount, Measure};
pub use duration::{Duration, Time};
pub use ingredient::{Line, Unit, parse_line, parse_unit};
pub use mention::{Mention, MentionKind, mentions};
pub use number::{Form, Number, vulgar_fraction};
pub use temperature::{Heat, Scale, Temperature};
