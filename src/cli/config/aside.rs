//! `--no-FLAG`: sets aside for one run what the configuration says of a flag.

use super::flag;
use clap::Command;
use std::collections::BTreeSet;
use std::ffi::OsString;

/// Takes such words off a command line; gives what is left and the names of the flags they stand for.
pub(super) fn set_aside(command: &Command, words: &[OsString]) -> (Vec<OsString>, BTreeSet<String>) {
    let flags: BTreeSet<&str> = flag::all(command).into_iter().map(flag::key).collect();
    // every long name, those of other flags too: a word that means something already keeps its meaning
    let real: BTreeSet<&str> = command.get_arguments().filter_map(|a| a.get_long()).collect();
    let mut keys = BTreeSet::new();
    let mut left = Vec::with_capacity(words.len());
    let mut open = true;
    for word in words {
        open &= word != "--";
        let name = word.to_str().filter(|_| open).and_then(|w| w.strip_prefix("--")).filter(|n| !real.contains(n));
        let negated = name.and_then(|n| {
            let bare = n.strip_prefix("no-").filter(|bare| flags.contains(bare));
            bare.map(str::to_owned).or_else(|| Some(format!("no-{n}")).filter(|no| flags.contains(no.as_str())))
        });
        match negated {
            Some(key) => drop(keys.insert(key)),
            None => left.push(word.clone()),
        }
    }
    (left, keys)
}
