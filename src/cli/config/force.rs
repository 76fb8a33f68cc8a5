//! What is in force: the command line over a printer's figures over the project's file over the user's.

use super::file::{Entry, File, Owner, PRINTERS, Printer, Reader};
use super::flag;
use crate::cli::args::Configuration;
use crate::diag::{Diagnostic, Location, Place, did_you_mean, has_errors};
use crate::source::{Source, Sources};
use crate::world::World;
use clap::error::ErrorKind;
use clap::{ArgMatches, Command};
use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// The project's file, in the current folder.
pub(super) const PROJECT: &str = "cardamom.toml";
/// The user's file, in the folder of settings.
pub(super) const USER: &str = "config.toml";

/// The configuration files of a run.
#[derive(Debug, Default)]
pub(super) struct Files {
    pub(super) project: Option<File>,
    pub(super) user: Option<File>,
    pub(super) sources: Sources,
}

/// The flags that the command line gave itself.
#[derive(Debug, Default)]
pub(super) struct Given {
    /// All words after the command's name.
    pub(super) words: Vec<OsString>,
    /// The names of its flags, and of those it sets aside.
    pub(super) keys: BTreeSet<String>,
}

/// What configuration files add to the command line.
#[derive(Debug, Default)]
pub(super) struct Force {
    /// Defaults that count.
    pub(super) entries: Vec<Entry>,
    /// Defaults that something of a higher rank overrules.
    pub(super) overruled: Vec<Entry>,
}

impl Force {
    /// What they add, as words of the command line.
    pub(super) fn words(&self) -> impl Iterator<Item = OsString> {
        self.entries.iter().flat_map(|e| e.words.iter().cloned())
    }
}

/// The user's own file, whether it is there or not.
pub(super) fn user_file(world: &dyn World) -> Option<PathBuf> {
    world.settings_folder().map(|f| f.join(USER))
}

impl Files {
    /// Reads the files that there are.
    pub(super) fn read(
        world: &dyn World,
        whole: &Command,
        command: &Command,
        asked: &Configuration,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Files {
        let mut files = Files::default();
        if asked.no_config {
            return files;
        }
        let sources = &mut files.sources;
        let mut reader = Reader { world, whole, command, sources, diagnostics };
        let project = asked.config.clone().unwrap_or_else(|| PathBuf::from(PROJECT));
        if asked.config.is_some() || world.is_file(&project) {
            files.project = Some(reader.read(&project, Owner::Project));
        }
        let user = user_file(world).filter(|p| world.is_file(p));
        files.user = user.map(|path| reader.read(&path, Owner::User));
        files
    }

    fn in_rank(&self) -> impl Iterator<Item = &File> {
        self.project.iter().chain(&self.user)
    }

    /// The name of the printer: of the command line, else of the files; with its place when it is one of theirs.
    fn printer(&self, asked: &Configuration) -> Option<(String, Option<&Entry>)> {
        let asked = asked.printer.clone().map(|name| (name, None));
        asked.or_else(|| {
            let entry = self.in_rank().find_map(|f| f.entries.iter().find(|e| e.key == "printer"))?;
            let word = entry.words.first()?.to_string_lossy().into_owned();
            Some((word.split_once('=')?.1.to_owned(), Some(entry)))
        })
    }

    /// Works out what counts.
    pub(super) fn force(
        &self,
        whole: &Command,
        command: &str,
        given: &Given,
        asked: &Configuration,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Force {
        let mut ranks: Vec<&[Entry]> = Vec::new();
        if let Some((name, entry)) = self.printer(asked) {
            let called: Vec<&Printer> =
                self.in_rank().filter_map(|f| f.printers.iter().find(|p| p.name == name)).collect();
            if called.is_empty() {
                diagnostics.push(self.no_printer(&name, entry));
            }
            ranks.extend(called.into_iter().map(|p| p.entries.as_slice()));
        }
        ranks.extend(self.in_rank().map(|f| f.entries.as_slice()));
        let mut trial = Trial { whole, command, given, taken: Vec::new(), force: Force::default() };
        trial.run(&ranks, diagnostics);
        trial.force
    }

    fn no_printer(&self, name: &str, entry: Option<&Entry>) -> Diagnostic {
        let names: Vec<&str> = self.in_rank().flat_map(|f| &f.printers).map(|p| p.name.as_str()).collect();
        let hint = match did_you_mean(name, names.iter().copied()) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None if names.is_empty() => format!(
                "`cardamom calibrate --printer {name}` saves one, and so does a table [{PRINTERS}.{name}] in {PROJECT}"
            ),
            None => format!("printers: {}", names.join(", ")),
        };
        let d = Diagnostic::error("unknown-printer", format!("nothing is saved for a printer `{name}`")).hint(hint);
        match entry {
            Some(e) => d.place(e.file, Place::Bytes(e.at)),
            None => d,
        }
    }
}

/// How the command line takes some words.
enum Outcome {
    Fits,
    Clashes(clap::Error),
    Lacks,
}

/// Puts defaults to the command line, the highest rank first, and leaves out those that do not go with what is there.
struct Trial<'a> {
    whole: &'a Command,
    command: &'a str,
    given: &'a Given,
    /// Rank and place of what counts, in step with the entries of `force`.
    taken: Vec<usize>,
    force: Force,
}

impl Trial<'_> {
    fn run(&mut self, ranks: &[&[Entry]], diagnostics: &mut Vec<Diagnostic>) {
        let mut keys = self.given.keys.clone();
        let mut waiting: Vec<(usize, &Entry)> = Vec::new();
        for (rank, entries) in ranks.iter().enumerate() {
            for entry in *entries {
                if keys.insert(entry.key.clone()) {
                    waiting.push((rank, entry));
                } else {
                    self.force.overruled.push(entry.clone());
                }
            }
        }
        let all: Vec<&Entry> = waiting.iter().map(|(_, e)| *e).collect();
        if matches!(self.try_words(&all), Outcome::Fits) {
            self.force.entries = all.into_iter().cloned().collect();
            return;
        }
        // one that needs another beside it waits for that one
        loop {
            let before = waiting.len();
            let mut left = Vec::new();
            for (rank, entry) in waiting {
                let taken = self.force.entries.clone();
                let with: Vec<&Entry> = taken.iter().chain([entry]).collect();
                match self.try_words(&with) {
                    Outcome::Fits => {
                        self.force.entries.push(entry.clone());
                        self.taken.push(rank);
                    }
                    Outcome::Lacks => left.push((rank, entry)),
                    Outcome::Clashes(e) => self.clash(rank, entry, &e, diagnostics),
                }
            }
            if left.len() == before || left.is_empty() {
                self.force.overruled.extend(left.into_iter().map(|(_, e)| e.clone()));
                return;
            }
            waiting = left;
        }
    }

    /// Two defaults of one file that exclude each other are a mistake; otherwise the higher rank wins.
    fn clash(&mut self, rank: usize, entry: &Entry, e: &clap::Error, diagnostics: &mut Vec<Diagnostic>) {
        self.force.overruled.push(entry.clone());
        let other = self
            .force
            .entries
            .iter()
            .zip(&self.taken)
            .find(|(other, of)| **of == rank && matches!(self.try_words(&[other, entry]), Outcome::Clashes(_)));
        let with_given = matches!(self.try_words(&[entry]), Outcome::Clashes(_));
        if let Some((other, _)) = other.filter(|_| !with_given) {
            let mut d = Diagnostic::error("clashing-keys", flag::unfit(e).message)
                .place(entry.file, Place::Bytes(entry.at))
                .hint("keep one of them");
            let place = Location { file: other.file, place: Place::Bytes(other.at) };
            d.other = Some((place, "it clashes with this".to_owned()));
            diagnostics.push(d);
        }
    }

    fn try_words(&self, entries: &[&Entry]) -> Outcome {
        let words = entries.iter().flat_map(|e| e.words.iter().cloned());
        let start = [self.whole.get_name().into(), self.command.into()];
        let all = start.into_iter().chain(words).chain(self.given.words.iter().cloned());
        match self.whole.clone().try_get_matches_from(all) {
            Ok(_) => Outcome::Fits,
            Err(e) if e.kind() == ErrorKind::MissingRequiredArgument => Outcome::Lacks,
            Err(e) => Outcome::Clashes(e),
        }
    }
}

/// The flags that stand on the command line.
pub(super) fn given_keys(command: &Command, matches: &ArgMatches) -> BTreeSet<String> {
    let stands =
        |a: &&clap::Arg| matches.value_source(a.get_id().as_str()) == Some(clap::parser::ValueSource::CommandLine);
    flag::all(command).into_iter().filter(stands).map(|a| flag::key(a).to_owned()).collect()
}

/// A file named on the command line that is not there.
pub(super) fn missing(world: &dyn World, asked: &Configuration) -> Option<Diagnostic> {
    let path: &Path = asked.config.as_deref()?;
    (!world.is_file(path)).then(|| {
        let message = format!("there is no configuration file `{}`", path.display());
        Diagnostic::error("not-found", message).hint("`cardamom config --starter` prints one to begin with")
    })
}

/// The place of an entry for a reader: file and line.
pub(super) fn place(entry: &Entry, sources: &Sources) -> String {
    let source: &Source = sources.get(entry.file);
    format!("{}:{}", source.name, source.line_column(entry.at.start).0)
}

/// Whether a mistake is one of a file and not of the command line.
pub(super) fn in_a_file(diagnostics: &[Diagnostic]) -> bool {
    has_errors(diagnostics) && diagnostics.iter().any(|d| d.is_error() && d.at.is_some())
}
