//! `cardamom config`: what is in force, a file to start from, a schema for editors.

use super::file::{Entry, File, PRINTERS, example};
use super::flag::{self, Form};
use super::force::{self, Files, Given, PROJECT};
use super::{EXPORT, work_out};
use crate::cli::args::{Args, Config};
use crate::cli::say;
use crate::world::World;
use clap::{Arg, Command, CommandFactory};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use std::path::Path;
use std::process::ExitCode;

pub(in crate::cli) fn config(world: &dyn World, args: &Config) -> ExitCode {
    let mut whole = Args::command();
    whole.build();
    let export = whole.find_subcommand(EXPORT).cloned().unwrap_or_default();
    if args.schema {
        say(&format!("{:#}\n", schema(&export)));
        return ExitCode::SUCCESS;
    }
    if args.starter {
        say(&starter(&export));
        return ExitCode::SUCCESS;
    }
    let asked = &args.configuration;
    let keys = asked.printer.iter().map(|_| "printer".to_owned()).collect::<BTreeSet<_>>();
    let (files, found) = match work_out(world, &whole, &export, &Given { words: Vec::new(), keys }, asked) {
        Ok(found) => found,
        Err(code) => return code,
    };
    let mut out = String::new();
    if !asked.no_config {
        let name = |file: &Option<File>, path: &Path| match file {
            Some(file) => file.path.display().to_string(),
            None => format!("{} (not there)", path.display()),
        };
        out += &format!("# project: {}\n", name(&files.project, Path::new(PROJECT)));
        if let Some(path) = force::user_file(world) {
            out += &format!("# yours:   {}\n", name(&files.user, &path));
        }
    }
    if let Some(printer) = &asked.printer {
        out += &format!("# printer: {printer}\n");
    }
    for (heading, flags) in headings(&export) {
        let lines: Vec<String> = flags
            .iter()
            .flat_map(|a| lines(a, &found.entries, &found.overruled, &files, asked.printer.as_deref()))
            .collect();
        if !lines.is_empty() {
            out += &format!("\n# {heading}\n{}", lines.concat());
        }
    }
    out += &printers(&files);
    say(&out);
    ExitCode::SUCCESS
}

/// The flags under each heading of the help.
fn headings(export: &Command) -> Vec<(String, Vec<&Arg>)> {
    let mut out: Vec<(String, Vec<&Arg>)> = Vec::new();
    for flag in flag::all(export).into_iter().filter(|a| !a.is_hide_set()) {
        let heading = flag.get_help_heading().unwrap_or("Other");
        match out.iter_mut().find(|(h, _)| h == heading) {
            Some((_, flags)) => flags.push(flag),
            None => out.push((heading.to_owned(), vec![flag])),
        }
    }
    out
}

/// The lines of one flag: the value that counts, and those that do not.
fn lines(flag: &Arg, force: &[Entry], overruled: &[Entry], files: &Files, printer: Option<&str>) -> Vec<String> {
    let key = flag::key(flag);
    let line = |text: String, from: String| format!("{text:<32} # {from}\n");
    let mut out = Vec::new();
    let here = force.iter().find(|e| e.key == key);
    match (here, printer.filter(|_| key == "printer")) {
        (_, Some(name)) => out.push(line(format!("{key} = {}", quoted(name)), "command line".into())),
        (Some(e), None) => out.push(line(format!("{key} = {}", e.text), force::place(e, &files.sources))),
        (None, None) => {
            let default: Vec<String> = flag.get_default_values().iter().map(|v| quoted(&v.to_string_lossy())).collect();
            let text = match Form::of(flag) {
                Form::Switch => "false".to_owned(),
                Form::Count => "0".to_owned(),
                Form::Many if !default.is_empty() => format!("[{}]", default.join(", ")),
                Form::Many | Form::One | Form::Optional => default.concat(),
            };
            out.push(match text.as_str() {
                "" => line(format!("# {key}"), not_set(flag)),
                text => line(format!("{key} = {text}"), "default".into()),
            });
        }
    }
    for e in overruled.iter().filter(|e| e.key == key) {
        out.push(line(format!("# {key} = {}", e.text), format!("{}, not in force", force::place(e, &files.sources))));
    }
    out
}

/// What holds for a flag that nobody gives: its help may say.
fn not_set(flag: &Arg) -> String {
    let help = flag.get_help().map(ToString::to_string).unwrap_or_default();
    let default = help.rsplit_once("[default: ").and_then(|(_, rest)| rest.strip_suffix(']'));
    default.map_or_else(|| "not set".to_owned(), |d| format!("not set: {d}"))
}

fn quoted(text: &str) -> String {
    toml_edit::Value::from(text).to_string()
}

/// What is saved for printers.
fn printers(files: &Files) -> String {
    let mut out = String::new();
    for printer in files.project.iter().chain(&files.user).flat_map(|f| &f.printers) {
        let key = toml_edit::Key::new(&printer.name);
        out += &format!("\n[{PRINTERS}.{key}]\n");
        for e in &printer.entries {
            out += &format!("{:<32} # {}\n", format!("{} = {}", e.key, e.text), force::place(e, &files.sources));
        }
    }
    out
}

/// A commented file to start from.
fn starter(export: &Command) -> String {
    let mut out = format!(
        "# Defaults for `cardamom export`. Save this as {PROJECT} beside your recipes, and take the # away from lines that you\n\
         # want. A flag on the command line goes before what is written here; --no-FLAG sets it aside for once. In a file of your\n\
         # own, for all projects, the same keys go behind the project's. `cardamom config` tells where that file is.\n"
    );
    for (heading, flags) in headings(export) {
        out += &format!("\n# ---- {heading}\n");
        for flag in flags {
            out += &format!("\n# {}\n", help(flag));
            let value = match Form::of(flag) {
                Form::Switch => "true".to_owned(),
                Form::Count => "1".to_owned(),
                Form::Many => format!("[{}]", example(flag)),
                Form::One | Form::Optional => example(flag),
            };
            out += &format!("#{} = {value}\n", flag::key(flag));
        }
    }
    out + &format!(
        "\n# ---- Printers\n\n# What holds for one printer, chosen with --printer NAME; any key from above may stand here.\n#[{PRINTERS}.NAME]\n"
    )
}

/// A flag's help, and its values where they are few.
fn help(flag: &Arg) -> String {
    let text = flag.get_help().map(ToString::to_string).unwrap_or_default();
    let values: Vec<String> = flag
        .get_possible_values()
        .iter()
        .filter(|v| !v.is_hide_set() && !matches!(Form::of(flag), Form::Switch))
        .map(|v| v.get_name().to_owned())
        .collect();
    if values.is_empty() { text } else { format!("{text}: {}", values.join(", ")) }
}

/// The JSON Schema of a configuration file.
fn schema(export: &Command) -> Value {
    let flags = |but: &[&str]| -> Map<String, Value> {
        let all = flag::all(export).into_iter().filter(|a| !but.contains(&flag::key(a)));
        all.map(|a| (flag::key(a).to_owned(), property(a))).collect()
    };
    let mut properties = flags(&[]);
    let printer = json!({ "type": "object", "additionalProperties": false, "properties": flags(&["printer"]) });
    properties.insert(
        PRINTERS.to_owned(),
        json!({ "type": "object", "description": "What holds for one printer", "additionalProperties": printer }),
    );
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Configuration of Cardamom",
        "type": "object",
        "additionalProperties": false,
        "properties": properties,
    })
}

fn property(flag: &Arg) -> Value {
    let names: Vec<String> = flag.get_possible_values().iter().map(|v| v.get_name().to_owned()).collect();
    let one = if names.is_empty() { json!({ "type": ["string", "number"] }) } else { json!({ "enum": names }) };
    let numbers = json!({ "type": "array", "items": { "type": ["string", "number"] } });
    let mut out = match Form::of(flag) {
        Form::Switch => json!({ "type": "boolean" }),
        Form::Count => json!({ "type": "integer", "minimum": 0 }),
        Form::Many => json!({ "anyOf": [{ "type": "array", "items": one }, one] }),
        Form::Optional => json!({ "anyOf": [{ "type": "boolean" }, one, numbers] }),
        Form::One if names.is_empty() => json!({ "anyOf": [one, numbers] }),
        Form::One => one,
    };
    out["description"] = Value::String(flag.get_help().map(ToString::to_string).unwrap_or_default());
    let default: Vec<_> = flag.get_default_values().iter().map(|v| v.to_string_lossy().into_owned()).collect();
    match (Form::of(flag), default.as_slice()) {
        (Form::Switch | Form::Count, _) | (_, []) => {}
        (Form::Many, all) => out["default"] = json!(all),
        (_, [one, ..]) => out["default"] = json!(one),
    }
    out
}
