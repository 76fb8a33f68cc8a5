//! A configuration file: TOML whose keys are the long flags of a command, and a table a printer.

use super::flag::{self, Form, PathKind};
use crate::diag::{Diagnostic, Location, Place, did_you_mean};
use crate::load;
use crate::source::{FileId, Sources, Span};
use crate::world::World;
use clap::{Arg, Command};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The table of printers.
pub(super) const PRINTERS: &str = "printers";

/// Whose file it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Owner {
    /// The project's: its paths are relative to it.
    Project,
    /// The user's: paths are looked for beside it first.
    User,
}

/// A default for a flag.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    /// The flag's name.
    pub(super) key: String,
    /// The same on the command line; empty for a switch that is off.
    pub(super) words: Vec<OsString>,
    /// The file it stands in.
    pub(super) file: FileId,
    /// Where its key and its value stand.
    pub(super) at: Span,
    /// The value as it is written.
    pub(super) text: String,
}

/// What is saved for a printer.
#[derive(Debug, Clone)]
pub(super) struct Printer {
    /// Its name.
    pub(super) name: String,
    /// Its own defaults.
    pub(super) entries: Vec<Entry>,
}

/// A file that was read.
#[derive(Debug)]
pub(super) struct File {
    /// Its path.
    pub(super) path: PathBuf,
    /// Its defaults, in the file's order.
    pub(super) entries: Vec<Entry>,
    /// Its printers, in the file's order.
    pub(super) printers: Vec<Printer>,
}

/// What it takes to read a file.
pub(super) struct Reader<'a> {
    pub(super) world: &'a dyn World,
    /// The whole command line, built.
    pub(super) whole: &'a Command,
    /// The command whose flags are meant.
    pub(super) command: &'a Command,
    pub(super) sources: &'a mut Sources,
    pub(super) diagnostics: &'a mut Vec<Diagnostic>,
}

impl Reader<'_> {
    /// Reads a file that is there. All that is wrong with it is reported; what is right is kept.
    pub(super) fn read(&mut self, path: &Path, owner: Owner) -> File {
        let mut out = File { path: path.to_owned(), entries: Vec::new(), printers: Vec::new() };
        let bytes = match self.world.read(path) {
            Ok(bytes) => bytes,
            Err(e) => {
                let message = format!("`{}` can't be read: {e}", path.display());
                self.diagnostics.push(Diagnostic::error("unreadable", message));
                return out;
            }
        };
        let before = self.diagnostics.len();
        let file = load::add_source(path, bytes, self.sources, self.diagnostics);
        if self.diagnostics.len() > before {
            return out;
        }
        let text = self.sources.get(file).text.clone();
        let (table, errors) = DeTable::parse_recoverable(&text);
        for e in &errors {
            let place = e.span().map_or(Place::File, |s| Place::Bytes(Span::new(s.start, s.end)));
            self.diagnostics.push(Diagnostic::error("bad-config", e.message().trim()).place(file, place));
        }
        if !errors.is_empty() {
            return out;
        }
        let mut one = One { file, text: &text, folder: path.parent().unwrap_or(Path::new("")), owner, reader: self };
        for (name, value) in in_order(table.get_ref()) {
            if name.get_ref() == PRINTERS {
                out.printers = one.printers(value);
            } else {
                one.entry(name, value, &mut out.entries, None);
            }
        }
        out
    }
}

/// The entries of a table as they stand in the file.
fn in_order<'t, 'i>(table: &'t DeTable<'i>) -> Vec<(&'t Spanned<toml::de::DeString<'i>>, &'t Spanned<DeValue<'i>>)> {
    let mut all: Vec<_> = table.iter().collect();
    all.sort_by_key(|(name, _)| name.span().start);
    all
}

/// One file that is being read.
struct One<'r, 'a> {
    file: FileId,
    text: &'r str,
    folder: &'r Path,
    owner: Owner,
    reader: &'r mut Reader<'a>,
}

impl One<'_, '_> {
    fn error(&mut self, code: &'static str, message: String, at: std::ops::Range<usize>, hint: Option<String>) {
        let place = Place::Bytes(Span::new(at.start, at.end));
        self.reader.diagnostics.push(Diagnostic::error(code, message).place(self.file, place).maybe_hint(hint));
    }

    fn printers(&mut self, value: &Spanned<DeValue<'_>>) -> Vec<Printer> {
        let form = || Some("write [printers.NAME], and below it the flags for that printer".to_owned());
        let Some(table) = value.get_ref().as_table() else {
            self.error("wrong-type", format!("`{PRINTERS}` is a table of printers"), value.span(), form());
            return Vec::new();
        };
        let mut out = Vec::new();
        for (name, value) in in_order(table) {
            let Some(table) = value.get_ref().as_table() else {
                let message = format!("the printer `{}` is a table of flags", name.get_ref());
                self.error("wrong-type", message, value.span(), form());
                continue;
            };
            let mut entries = Vec::new();
            for (key, value) in in_order(table) {
                self.entry(key, value, &mut entries, Some(name.get_ref()));
            }
            out.push(Printer { name: name.get_ref().to_string(), entries });
        }
        out
    }

    /// One key with its value, of the file itself or of a printer's table.
    fn entry(
        &mut self,
        name: &Spanned<toml::de::DeString<'_>>,
        value: &Spanned<DeValue<'_>>,
        entries: &mut Vec<Entry>,
        printer: Option<&str>,
    ) {
        let wanted: &str = name.get_ref();
        let command = self.reader.command;
        let found = flag::find(command, wanted).filter(|f| printer.is_none() || flag::key(f) != "printer");
        let Some(found) = found else {
            self.unknown(wanted, name.span(), printer);
            return;
        };
        let key = flag::key(found).to_owned();
        if let Some(first) = entries.iter().find(|e| e.key == key) {
            let mut d = Diagnostic::error("duplicate-key", format!("`{wanted}` stands here twice"))
                .place(self.file, Place::Bytes(Span::new(name.span().start, name.span().end)))
                .hint("`-` and `_` are the same in a key; keep one of them");
            let place = Place::Bytes(first.at);
            d.other = Some((Location { file: self.file, place }, "the other one".to_owned()));
            self.reader.diagnostics.push(d);
            return;
        }
        let before = self.reader.diagnostics.len();
        let words = self.words(found, value);
        if self.reader.diagnostics.len() == before {
            let at = Span::new(name.span().start, value.span().end);
            let text = self.text.get(value.span()).unwrap_or_default().to_owned();
            entries.push(Entry { key, words, file: self.file, at, text });
        }
    }

    fn unknown(&mut self, wanted: &str, at: std::ops::Range<usize>, printer: Option<&str>) {
        if flag::is_outside(wanted) || printer.is_some() && wanted == "printer" {
            let message = format!("`{wanted}` can't stand here");
            let hint = if wanted == "printer" {
                "a printer is chosen outside of its table"
            } else {
                "it says where the configuration is: give it on the command line"
            };
            self.error("misplaced-key", message, at, Some(hint.to_owned()));
            return;
        }
        let keys: Vec<&str> = flag::all(self.reader.command).into_iter().map(flag::key).collect();
        let known = keys.iter().copied().chain(printer.is_none().then_some(PRINTERS));
        let hint = did_you_mean(wanted, known).map_or_else(
            || "keys are the long flags of `cardamom export`; `cardamom config --starter` lists them".to_owned(),
            |m| format!("did you mean `{m}`?"),
        );
        self.error("unknown-key", format!("unknown key `{wanted}`"), at, Some(hint));
    }

    /// A value as words of the command line, checked by it.
    fn words(&mut self, flag: &Arg, value: &Spanned<DeValue<'_>>) -> Vec<OsString> {
        let long = format!("--{}", flag::key(flag));
        let bare = vec![OsString::from(&long)];
        let form = Form::of(flag);
        match (form, value.get_ref()) {
            (Form::Switch | Form::Optional, DeValue::Boolean(false)) => Vec::new(),
            (Form::Switch | Form::Optional, DeValue::Boolean(true)) => bare,
            (Form::Count, DeValue::Integer(n)) if n.to_string().parse::<u8>().is_ok() => {
                vec![bare[0].clone(); n.to_string().parse().unwrap_or_default()]
            }
            (Form::Many, DeValue::Array(list)) => {
                list.iter().flat_map(|v| self.checked(flag, &long, scalar(v), form, v.span())).collect()
            }
            (Form::One | Form::Optional, DeValue::Array(list)) => {
                // figures that belong together: `1.5,-2` on the command line
                let parts: Option<Vec<String>> = list.iter().map(scalar).collect();
                let parts = parts.filter(|p| p.len() > 1 && flag::path_kind(flag) == PathKind::Never);
                self.checked(flag, &long, parts.map(|p| p.join(",")), form, value.span())
            }
            (Form::Many | Form::One | Form::Optional, _) => {
                self.checked(flag, &long, scalar(value), form, value.span())
            }
            (Form::Switch | Form::Count, _) => self.checked(flag, &long, None, form, value.span()),
        }
    }

    /// The word of one value, if the command line takes it.
    fn checked(
        &mut self,
        flag: &Arg,
        long: &str,
        value: Option<String>,
        form: Form,
        at: std::ops::Range<usize>,
    ) -> Vec<OsString> {
        let Some(value) = value else {
            let (what, hint) = wanted(flag, form);
            self.error("wrong-type", format!("`{}` is {what}", flag::key(flag)), at, Some(hint));
            return Vec::new();
        };
        let word = format!("{long}={}", self.placed(flag, value));
        let words = vec![OsString::from(word)];
        if let Err(unfit) = flag::check(self.reader.whole, self.reader.command.get_name(), &words) {
            self.error("bad-value", unfit.message, at, unfit.hint);
            return Vec::new();
        }
        words
    }

    /// A path as it is seen from the current folder.
    fn placed(&self, flag: &Arg, value: String) -> String {
        let kind = flag::path_kind(flag);
        if kind == PathKind::Never || value == "-" || Path::new(&value).is_absolute() || self.folder == Path::new("") {
            return value;
        }
        let beside = self.folder.join(&value);
        let there = self.reader.world.is_file(&beside) || self.reader.world.is_folder(&beside);
        if there || kind == PathKind::Always && self.owner == Owner::Project {
            return beside.display().to_string();
        }
        value
    }
}

/// A single value as it is written on the command line.
fn scalar(value: &Spanned<DeValue<'_>>) -> Option<String> {
    match value.get_ref() {
        DeValue::String(s) => Some(s.to_string()),
        DeValue::Integer(n) => Some(n.to_string()),
        DeValue::Float(n) => Some(n.to_string()),
        DeValue::Datetime(d) => Some(d.to_string()),
        DeValue::Boolean(_) | DeValue::Array(_) | DeValue::Table(_) => None,
    }
}

/// What a flag takes, and an example.
fn wanted(flag: &Arg, form: Form) -> (&'static str, String) {
    let (key, example) = (flag::key(flag), example(flag));
    match form {
        Form::Switch => ("a switch: on or off", format!("write `{key} = true`, or `false`")),
        Form::Count => ("a number", format!("write `{key} = 1`")),
        Form::Optional => ("one value, or a switch", format!("write `{key} = {example}`, or `{key} = true`")),
        Form::One => ("one value", format!("write `{key} = {example}`")),
        Form::Many => ("a list of values", format!("write `{key} = [{example}]`")),
    }
}

/// A value that would do, or the name of one.
pub(super) fn example(flag: &Arg) -> String {
    let default = flag.get_default_values().first().map(|v| v.to_string_lossy().into_owned());
    let possible = || flag.get_possible_values().first().map(|p| p.get_name().to_owned());
    let name = || flag.get_value_names().and_then(|n| n.first()).map(ToString::to_string);
    let value = default.or_else(possible).or_else(name).unwrap_or_default();
    toml_edit::Value::from(value).to_string()
}
