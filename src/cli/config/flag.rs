//! What the command line knows of a flag: its form, and whether a value fits. Nothing here knows any flag by name but those of
//! the configuration itself, so that a new flag can stand in a configuration file at once.

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command};
use std::any::TypeId;
use std::ffi::OsString;
use std::path::PathBuf;

/// Flags that say where the configuration is, and so can't stand in it.
const OUTSIDE: [&str; 2] = ["config", "no-config"];

/// How many values a flag takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// None: it is there or not.
    Switch,
    /// None, but it counts how often it is there.
    Count,
    /// One, or none.
    Optional,
    /// One.
    One,
    /// A list.
    Many,
}

impl Form {
    pub(super) fn of(flag: &Arg) -> Form {
        let values = flag.get_num_args();
        let (least, most) = values.map_or((1, 1), |v| (v.min_values(), v.max_values()));
        match flag.get_action() {
            ArgAction::SetTrue | ArgAction::SetFalse => Form::Switch,
            ArgAction::Count => Form::Count,
            ArgAction::Append => Form::Many,
            _ if most > 1 || flag.get_value_delimiter().is_some() => Form::Many,
            _ if least == 0 => Form::Optional,
            _ => Form::One,
        }
    }
}

/// The name of a flag in a configuration file.
pub(super) fn key(flag: &Arg) -> &str {
    flag.get_long().unwrap_or_default()
}

/// All flags of a command that may stand in a configuration file, in the order of its help.
pub(super) fn all(command: &Command) -> Vec<&Arg> {
    let talks = |a: &Arg| matches!(a.get_action(), ArgAction::Help | ArgAction::HelpShort | ArgAction::HelpLong);
    let outside = |a: &Arg| OUTSIDE.contains(&key(a)) || matches!(a.get_action(), ArgAction::Version);
    command.get_arguments().filter(|a| a.get_long().is_some() && !talks(a) && !outside(a)).collect()
}

/// The flag of a name; `_` stands for `-` as well.
pub(super) fn find<'c>(command: &'c Command, name: &str) -> Option<&'c Arg> {
    let name = name.replace('_', "-");
    all(command).into_iter().find(|a| key(a) == name)
}

/// Whether a name is that of a flag that has its place on the command line only.
pub(super) fn is_outside(name: &str) -> bool {
    OUTSIDE.contains(&name.replace('_', "-").as_str())
}

/// Whether its value is a path, always or perhaps.
pub(super) fn path_kind(flag: &Arg) -> PathKind {
    let names = flag.get_value_names().unwrap_or_default();
    let may_be = names.iter().any(|n| n.split('|').any(|part| part.contains("FILE") || part == "DIR"));
    if flag.get_value_parser().type_id() == TypeId::of::<PathBuf>() {
        PathKind::Always
    } else if may_be {
        PathKind::Perhaps
    } else {
        PathKind::Never
    }
}

/// Whether a value is a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PathKind {
    Never,
    Perhaps,
    Always,
}

/// What is wrong with a value, in the words of the command line, and what would do.
pub(super) struct Unfit {
    pub(super) message: String,
    pub(super) hint: Option<String>,
}

/// Whether the command line takes a flag with its value, whatever other flags it may want beside it.
pub(super) fn check(whole: &Command, command: &str, words: &[OsString]) -> Result<(), Unfit> {
    let start = [whole.get_name().into(), command.into()];
    let Err(e) = whole.clone().try_get_matches_from(start.into_iter().chain(words.iter().cloned())) else {
        return Ok(());
    };
    match e.kind() {
        ErrorKind::ArgumentConflict | ErrorKind::MissingRequiredArgument | ErrorKind::MissingSubcommand => Ok(()),
        _ => Err(unfit(&e)),
    }
}

/// The first paragraph of an error of the command line; what would do becomes a hint.
pub(super) fn unfit(e: &clap::Error) -> Unfit {
    let text = e.render().to_string();
    let first = text.split("\n\n").next().unwrap_or_default();
    let mut lines = first.lines().map(str::trim).filter(|l| !l.starts_with("[possible values:"));
    let message = lines.next().unwrap_or_default().trim_start_matches("error: ");
    let more: String = lines.flat_map(|l| [" ", l]).collect();
    let of = |kind| e.get(kind).map(words);
    let hint = of(ContextKind::SuggestedValue)
        .map(|v| format!("did you mean `{v}`?"))
        .or_else(|| of(ContextKind::ValidValue).filter(|v| !v.is_empty()).map(|v| format!("possible values: {v}")));
    Unfit { message: format!("{message}{more}"), hint }
}

fn words(value: &ContextValue) -> String {
    match value {
        ContextValue::Strings(all) => all.join(", "),
        other => other.to_string(),
    }
}
