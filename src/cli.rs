//! The command line: flags, progress, messages. The only user of standard output and standard error.

mod args;
mod calibrate;
mod config;
mod export;
mod kind;
mod other;
mod pouches;
mod progress;
mod report;
mod streams;

use crate::world::{Disk, World};
use args::Command;
use std::ffi::OsString;
use std::process::ExitCode;
use streams::{complain, hand_out, say};

/// Runs the program: exit code 0 when all is well, 1 when an input is wrong, 2 when the command is.
pub fn run() -> ExitCode {
    command(&Disk, std::env::args_os().collect())
}

/// What came of a run within another program.
#[derive(Debug)]
pub struct Ran {
    /// The exit code: 0 when all is well, 1 when an input is wrong, 2 when the command is.
    pub code: ExitCode,
    /// What was written to standard output.
    pub out: Vec<u8>,
    /// What was said on standard error, without colours.
    pub err: String,
}

/// Runs the program in any world, with the words that follow its name. Nothing reaches the streams of the process.
pub fn run_in(world: &dyn World, words: &[&str]) -> Ran {
    let words = ["cardamom"].iter().chain(words).map(OsString::from).collect();
    let (code, said) = streams::listen(|| command(world, words));
    Ran { code, out: said.out, err: String::from_utf8_lossy(&said.err).into_owned() }
}

fn command(world: &dyn World, words: Vec<OsString>) -> ExitCode {
    let args = match config::parse(world, words) {
        Ok(args) => args,
        Err(code) => return code,
    };
    match args.command {
        Command::Export(a) => export::run(world, &a),
        Command::Check(a) => other::check(world, &a),
        Command::New(a) => other::new(world, &a),
        Command::Schema => other::schema(),
        Command::Config(a) => config::config(world, &a),
        Command::Calibrate(a) => calibrate::run(world, &a),
        Command::Themes => other::themes(),
        Command::Sizes => other::sizes(),
        Command::Stocks => other::stocks(),
        Command::Pouches(a) => pouches::run(world, &a),
        Command::Completions { shell } => other::completions(shell),
        Command::Man { command } => other::man(command.as_deref()),
    }
}
