//! The command line: flags, progress, messages. The only user of standard output and standard error.

mod args;
mod calibrate;
mod config;
mod export;
mod kind;
mod other;
mod progress;
mod report;

use args::Command;
use std::process::ExitCode;

/// Runs the program: exit code 0 when all is well, 1 when an input is wrong, 2 when the command is.
pub fn run() -> ExitCode {
    let world = crate::world::Disk;
    let args = match config::parse(&world, std::env::args_os().collect()) {
        Ok(args) => args,
        Err(code) => return code,
    };
    match args.command {
        Command::Export(a) => export::run(&world, &a),
        Command::Check(a) => other::check(&world, &a),
        Command::New(a) => other::new(&world, &a),
        Command::Schema => other::schema(),
        Command::Config(a) => config::config(&world, &a),
        Command::Calibrate(a) => calibrate::run(&world, &a),
        Command::Themes => other::themes(),
        Command::Sizes => other::sizes(),
        Command::Stocks => other::stocks(),
        Command::Pouches => other::pouches(),
        Command::Completions { shell } => other::completions(shell),
        Command::Man { command } => other::man(command.as_deref()),
    }
}

/// Writes a line to standard output. A reader that has gone away is no error.
fn say(text: &str) {
    use std::io::Write;
    let _ = anstream::stdout().write_all(text.as_bytes());
}

/// Writes a line to standard error.
fn complain(text: &str) {
    use std::io::Write;
    let _ = anstream::stderr().write_all(text.as_bytes());
}
