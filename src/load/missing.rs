//! Pictures that are named and not there.

use crate::cookbook::BookInfo;
use crate::diag::{Diagnostic, did_you_mean};
use crate::recipe::{Photo, Recipe};
use crate::source::FileId;
use crate::world::World;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A cover, or a photo for one, that is named and not there.
pub(super) fn cover(
    world: &dyn World,
    info: &BookInfo,
    folders: &BTreeMap<FileId, PathBuf>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let Some(file) = info.file else { return };
    let folder = folders.get(&file).cloned().unwrap_or_default();
    for name in [&info.cover, &info.cover_photo].into_iter().flatten() {
        if !world.is_file(&folder.join(name.trimmed())) {
            let hint = "name a JPEG or PNG file beside cookbook.yaml, or leave it out for a cover of ours";
            diagnostics.push(
                Diagnostic::error("bad-cover", format!("there is no image `{}` for the cover", name.trimmed()))
                    .at(file, name.at)
                    .hint(hint),
            );
        }
    }
    if let (Some(_), Some(photo)) = (&info.cover, &info.cover_photo) {
        let message = "`cover_photo` is not used: `cover` is a finished cover";
        diagnostics.push(Diagnostic::warning("unused-cover", message).at(file, photo.at).hint("keep one of the two"));
    }
}

/// Photos that are named and not there.
pub(super) fn photos(world: &dyn World, recipe: &Recipe, folder: &Path, diagnostics: &mut Vec<Diagnostic>) {
    let all = recipe.photo.iter().chain(recipe.all_steps().filter_map(|s| s.photo.as_ref()));
    for Photo { file, .. } in all {
        let path = folder.join(file.trimmed());
        if world.is_file(&path) {
            continue;
        }
        let beside = world
            .list(&if folder.as_os_str().is_empty() { PathBuf::from(".") } else { folder.to_owned() })
            .unwrap_or_default();
        let names: Vec<String> =
            beside.iter().filter_map(|p| p.file_name().map(|n| n.to_string_lossy().into_owned())).collect();
        let hint =
            did_you_mean(file.trimmed(), names.iter().map(String::as_str)).map(|m| format!("did you mean `{m}`?"));
        diagnostics.push(
            Diagnostic::error("missing-photo", format!("there is no photo `{}`", file.trimmed()))
                .at(recipe.file, file.at)
                .hint("the name is relative to the recipe's folder")
                .maybe_hint(hint),
        );
    }
}
