//! Fonts and theme of a run.

use crate::diag::{Diagnostic, Place};
use crate::fonts::FontBook;
use crate::source::{Source, Sources};
use crate::theme::{BUILT_IN, Print, Theme};
use crate::world::World;
use std::path::{Path, PathBuf};

/// Fonts that the user names: files, and folders of files.
pub(super) fn add_fonts(world: &dyn World, paths: &[PathBuf], book: &mut FontBook, diagnostics: &mut Vec<Diagnostic>) {
    for path in paths {
        if world.is_folder(path) {
            let mut found = 0;
            for file in world.list(path).unwrap_or_default() {
                let is_font = file
                    .extension()
                    .is_some_and(|e| ["otf", "ttf", "otc", "ttc"].iter().any(|x| e.eq_ignore_ascii_case(x)));
                if is_font && let Ok(bytes) = world.read(&file) {
                    found += usize::from(book.add_file(bytes).is_ok());
                }
            }
            if found == 0 {
                diagnostics.push(
                    Diagnostic::error("bad-font", format!("no font in the folder `{}`", path.display()))
                        .hint("fonts end in .otf, .ttf, .otc or .ttc"),
                );
            }
            continue;
        }
        let read =
            world.read(path).map_err(|e| e.to_string()).and_then(|b| book.add_file(b).map_err(|e| e.to_string()));
        if let Err(why) = read {
            diagnostics
                .push(Diagnostic::error("bad-font", format!("the font `{}` can't be used: {why}", path.display())));
        }
    }
}

/// A theme by name, or from a file.
pub(super) fn theme(
    world: &dyn World,
    (name, print): (&str, Print),
    book: &FontBook,
    diagnostics: &mut Vec<Diagnostic>,
    sources: &mut Sources,
) -> Option<Theme> {
    if let Some(theme) = Theme::built_in_for(print, name, book) {
        return Some(theme);
    }
    let path = Path::new(name);
    if !world.is_file(path) {
        let known: Vec<&str> = BUILT_IN.iter().map(|(n, _)| *n).collect();
        let meant = crate::diag::did_you_mean(name, known.iter().copied());
        let hint = meant.map_or_else(
            || format!("themes: {}; or name a file", known.join(", ")),
            |m| format!("did you mean `{m}`?"),
        );
        diagnostics.push(Diagnostic::error("unknown-theme", format!("there is no theme `{name}`")).hint(hint));
        return None;
    }
    let text = world.read(path).ok().and_then(|b| String::from_utf8(b).ok());
    let Some(text) = text else {
        diagnostics.push(Diagnostic::error("unreadable", format!("`{name}` can't be read as text")));
        return None;
    };
    let parsed = Theme::parse_for(print, &text, book);
    let file = sources.add(Source::new(name, text));
    parsed
        .map_err(|e| {
            let place = e.place.map_or(Place::File, |p| Place::Bytes(crate::source::Span::new(p.start, p.end)));
            diagnostics.push(Diagnostic::error("bad-theme", e.message).place(file, place).maybe_hint(e.hint));
        })
        .ok()
}
