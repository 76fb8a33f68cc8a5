//! Saving what holds for a printer in the user's own file. Whatever else stands there stays as it is, comments too.

use super::file::{Owner, PRINTERS, Reader};
use super::{EXPORT, force, stop};
use crate::cli::args::Args;
use crate::cli::complain;
use crate::diag::has_errors;
use crate::source::{FileId, Sources};
use crate::world::World;
use clap::CommandFactory;
use std::path::PathBuf;
use std::process::ExitCode;
use toml_edit::{DocumentMut, Item, Table, Value};

/// Saves values of flags for a printer; gives the file's path.
///
/// # Errors
/// The exit code, when the file has mistakes or can't be written, which has been said. The file is then as it was.
pub(in crate::cli) fn save(world: &dyn World, printer: &str, values: Vec<(&str, Value)>) -> Result<PathBuf, ExitCode> {
    let failed = |why: String| {
        complain(&format!("error: {why}; nothing was saved\n"));
        ExitCode::from(1)
    };
    let path = force::user_file(world).ok_or_else(|| failed("there is no folder for your settings".to_owned()))?;
    let mut text = String::new();
    if world.is_file(&path) {
        let mut whole = Args::command();
        whole.build();
        let command = whole.find_subcommand(EXPORT).cloned().unwrap_or_default();
        let (mut sources, mut diagnostics) = (Sources::default(), Vec::new());
        let (whole, command) = (&whole, &command);
        let mut reader = Reader { world, whole, command, sources: &mut sources, diagnostics: &mut diagnostics };
        reader.read(&path, Owner::User);
        if has_errors(&diagnostics) {
            return Err(stop(&diagnostics, &sources));
        }
        text = sources.get(FileId(0)).text.to_string();
    }
    let text = with(&text, printer, values).map_err(|why| failed(format!("`{}`: {why}", path.display())))?;
    world
        .write(&path, text.as_bytes())
        .map_err(|e| failed(format!("`{}` can't be written: {e}", path.display())))
        .map(|()| path)
}

/// A file's text with values in a printer's table.
fn with(text: &str, printer: &str, values: Vec<(&str, Value)>) -> Result<String, String> {
    let mut document: DocumentMut = text.parse().map_err(|e: toml_edit::TomlError| e.message().to_owned())?;
    let printers = document.entry(PRINTERS).or_insert_with(|| {
        let mut table = Table::new();
        table.set_implicit(true);
        Item::Table(table)
    });
    let printers = printers.as_table_like_mut().ok_or_else(|| format!("`{PRINTERS}` is no table"))?;
    let table = printers.entry(printer).or_insert_with(|| Item::Table(Table::new()));
    let table = table.as_table_like_mut().ok_or_else(|| format!("the printer `{printer}` is no table"))?;
    for (key, mut value) in values {
        let there = table.iter().map(|(k, _)| k.to_owned()).find(|k| k.replace('_', "-") == key);
        match there.as_deref().and_then(|k| table.get_mut(k)).and_then(Item::as_value_mut) {
            Some(old) => {
                // what stands around the old value, such as a comment behind it, is the user's
                *value.decor_mut() = old.decor().clone();
                *old = value;
            }
            None => drop(table.insert(key, Item::Value(value))),
        }
    }
    Ok(document.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn saved(text: &str) -> String {
        let offset: Value = [0.4, -1.2].into_iter().collect();
        with(text, "attic", vec![("back-offset", offset), ("duplex", "short".into())]).expect("it is saved")
    }

    const TABLE: &str = "[printers.attic]\nback-offset = [0.4, -1.2]\nduplex = \"short\"\n";

    #[test]
    fn a_file_begins_with_a_table() {
        assert_eq!(saved(""), TABLE);
        assert_eq!(saved("size = 'a6' # ours\n"), format!("size = 'a6' # ours\n\n{TABLE}"));
    }

    #[test]
    fn all_else_stays() {
        let text = "# Mine\nsize  =  'a6' # small\n\n[printers.cellar] # old\nink = 'black'\n\n# upstairs\n[printers.attic]\nback_offset = '1,1' # measured\n# cheap\nink='black'\n\n# the end\n";
        let wanted =
            text.replace("'1,1'", "[0.4, -1.2]").replace("ink='black'\n\n", "ink='black'\nduplex = \"short\"\n\n");
        assert_eq!(saved(text), wanted);
        // once more changes nothing
        assert_eq!(saved(&wanted), wanted);
    }

    #[test]
    fn tables_of_any_form() {
        for text in [
            "printers = { cellar = { ink = 'black' } }\n",
            "printers.cellar.ink = 'black'\n",
            "[printers]\ncellar = { ink = 'black' }\n",
            "[printers]\nattic.ink = 'black'\n",
        ] {
            let out = saved(text);
            let table: toml_edit::DocumentMut = out.parse().expect("TOML");
            let attic = &table["printers"]["attic"];
            assert_eq!(attic["duplex"].as_str(), Some("short"), "{out}");
            assert_eq!(attic["back-offset"][1].as_float(), Some(-1.2), "{out}");
            assert!(out.contains("ink = 'black'"), "{out}");
        }
    }
}
