//! The kind of cards that a run makes, in words: records of what was printed tell cards of one recipe apart by it.

use clap::parser::ValueSource;
use clap::{Arg, ArgMatches, Command};

/// Headings of the flags that shape a card.
const SHAPING: [&str; 2] = ["Cards", "Figures"];
/// Flags under other headings that do so too.
const ALSO: [&str; 3] = ["include", "laminate", "punch"];
/// Flags under these headings that are named in every kind, without their own name.
const NAMED: [&str; 2] = ["theme", "size"];
/// Flags under these headings that do not shape a card.
const OTHER: [&str; 2] = ["max-cards", "stamp"];

/// `classic 5x8`, and every other flag that shapes cards and is not as it is by default.
pub(super) fn kind(command: &Command, matches: &ArgMatches) -> String {
    let long = |a: &Arg| a.get_long().unwrap_or_default().to_owned();
    let heading = |a: &Arg| a.get_help_heading().is_some_and(|h| SHAPING.contains(&h));
    let shaping = |a: &&Arg| ALSO.contains(&&*long(a)) || heading(a) && !OTHER.contains(&&*long(a));
    let (mut named, mut others) = (Vec::new(), Vec::new());
    for flag in command.get_arguments().filter(shaping) {
        let id = flag.get_id().as_str();
        let values = matches.get_raw(id).into_iter().flatten();
        let value = values.map(|v| v.to_string_lossy().into_owned()).collect::<Vec<_>>().join(",");
        let name = long(flag);
        if NAMED.contains(&name.as_str()) {
            named.push(value);
        } else if matches.value_source(id) == Some(ValueSource::CommandLine) {
            others.push(if flag.get_action().takes_values() { format!("{name}={value}") } else { name });
        }
    }
    named.append(&mut others);
    named.join(" ")
}
