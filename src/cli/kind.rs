//! The kind of cards that a run makes, in words: records of what was printed tell cards of one recipe apart by it.

use clap::parser::ValueSource;
use clap::{Arg, ArgMatches, Command};

/// Headings of the flags that shape a card.
const SHAPING: [&str; 2] = ["Cards", "Figures"];
/// Flags under other headings that do so too.
const ALSO: [&str; 3] = ["include", "laminate", "punch"];
/// Flags under these headings that do not shape a card, and those that are known by their values.
const OTHER: [&str; 4] = ["max-cards", "stamp", "theme", "size"];

/// Every flag besides theme and size that shapes cards and is not as it is by default: `ink=black large-print`.
pub(super) fn kind(command: &Command, matches: &ArgMatches) -> String {
    let long = |a: &Arg| a.get_long().unwrap_or_default().to_owned();
    let heading = |a: &Arg| a.get_help_heading().is_some_and(|h| SHAPING.contains(&h));
    let shaping = |a: &&Arg| ALSO.contains(&&*long(a)) || heading(a) && !OTHER.contains(&&*long(a));
    let mut words = Vec::new();
    for flag in command.get_arguments().filter(shaping) {
        let id = flag.get_id().as_str();
        if matches.value_source(id) != Some(ValueSource::CommandLine) {
            continue;
        }
        let values: Vec<_> =
            matches.get_raw(id).into_iter().flatten().map(|v| v.to_string_lossy().into_owned()).collect();
        let takes_values = flag.get_action().takes_values();
        words.push(if takes_values { format!("{}={}", long(flag), values.join(",")) } else { long(flag) });
    }
    words.join(" ")
}
