//! Configuration files: defaults for the flags of `export`, and what is saved for a printer.
//!
//! Every key is a long flag and every value goes through the command line's own parser, so a flag and its key can't differ.

mod aside;
mod blame;
mod file;
mod flag;
mod force;
mod save;
mod show;

pub(super) use blame::Defaults;
pub(super) use save::save;
pub(super) use show::config;

use super::args::{Args, Configuration};
use super::kind::kind;
use super::other::STYLED;
use super::{complain, report, say, streams};
use crate::diag::{Diagnostic, has_errors};
use crate::source::Sources;
use crate::world::World;
use clap::error::ErrorKind;
use clap::{ArgMatches, Command, CommandFactory, FromArgMatches};
use force::{Files, Force, Given};
use std::ffi::OsString;
use std::process::ExitCode;

/// The command whose flags have defaults in configuration files.
const EXPORT: &str = "export";

/// Reads the command line, with what configuration files say put in.
///
/// # Errors
/// The exit code, when something is wrong and has been said, or when help was asked for and given.
pub(super) fn parse(world: &dyn World, words: Vec<OsString>) -> Result<Args, ExitCode> {
    let mut whole = Args::command();
    whole.build();
    let at = words.iter().position(|w| w == EXPORT).filter(|at| *at == 1);
    let (all, defaults) = match (at, whole.find_subcommand(EXPORT)) {
        (Some(_), Some(export)) => with_configuration(world, &whole, export, words)?,
        _ => (words, Defaults::default()),
    };
    let matches = whole.clone().try_get_matches_from(all).map_err(|e| refuse(&e))?;
    let mut args = Args::from_arg_matches(&matches).map_err(|e| refuse(&e))?;
    if let (super::args::Command::Export(export), Some(matches), Some(command)) =
        (&mut args.command, matches.subcommand_matches(EXPORT), whole.find_subcommand(EXPORT))
    {
        export.kind = kind(command, matches);
        export.defaults = defaults;
    }
    Ok(args)
}

/// The words of `export` with those of configuration files before them.
fn with_configuration(
    world: &dyn World,
    whole: &Command,
    export: &Command,
    words: Vec<OsString>,
) -> Result<(Vec<OsString>, Defaults), ExitCode> {
    let (left, aside) = aside::set_aside(export, &words[2..]);
    let start = [words[0].clone(), words[1].clone()];
    let given_alone = start.iter().cloned().chain(left.iter().cloned());
    let matches = match whole.clone().try_get_matches_from(given_alone.clone()) {
        Ok(matches) => matches,
        // what it lacks may stand in a file
        Err(e) if e.kind() == ErrorKind::MissingRequiredArgument => {
            whole.clone().ignore_errors(true).try_get_matches_from(given_alone).map_err(|e| refuse(&e))?
        }
        Err(e) => return Err(refuse(&e)),
    };
    let Some(matches) = matches.subcommand_matches(EXPORT) else { return Ok((words, Defaults::default())) };
    let mut keys = force::given_keys(export, matches);
    keys.extend(aside);
    let given = Given { words: left, keys };
    let (files, force) = work_out(world, whole, export, &given, &asked(matches))?;
    let all = start.into_iter().chain(force.words()).chain(given.words).collect();
    Ok((all, Defaults { sources: files.sources, entries: force.entries, given: given.keys }))
}

/// Reads the files and works out what of them counts.
fn work_out(
    world: &dyn World,
    whole: &Command,
    export: &Command,
    given: &Given,
    asked: &Configuration,
) -> Result<(Files, Force), ExitCode> {
    if let Some(d) = force::missing(world, asked) {
        return Err(stop(&[d], &Sources::default()));
    }
    let mut diagnostics = Vec::new();
    let files = Files::read(world, whole, export, asked, &mut diagnostics);
    let mut force = Force::default();
    if !has_errors(&diagnostics) {
        force = files.force(whole, EXPORT, given, asked, &mut diagnostics);
    }
    if has_errors(&diagnostics) {
        return Err(stop(&diagnostics, &files.sources));
    }
    Ok((files, force))
}

/// What the command line asks of the configuration.
fn asked(matches: &ArgMatches) -> Configuration {
    Configuration::from_arg_matches(matches).unwrap_or_default()
}

/// Says what is wrong with the command line; help that was asked for is no mistake.
fn refuse(e: &clap::Error) -> ExitCode {
    if streams::listened_to() {
        let text = e.render().to_string();
        if e.use_stderr() { complain(&text) } else { say(&text) }
    } else {
        // as wide as the terminal
        let _ = e.print();
    }
    ExitCode::from(if e.use_stderr() { 2 } else { 0 })
}

/// Says what is wrong: 1 when it is wrong in a file, 2 when the command line names what is not there.
fn stop(diagnostics: &[Diagnostic], sources: &Sources) -> ExitCode {
    complain(&report::draw(diagnostics, sources, STYLED).text);
    let unreadable = diagnostics.iter().any(|d| d.code == "unreadable");
    ExitCode::from(if unreadable || force::in_a_file(diagnostics) { 1 } else { 2 })
}
