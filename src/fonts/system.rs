//! The system's fonts, looked at only when a character is covered by no other.

use super::face::Face;
use std::collections::BTreeSet;

/// Faces that cover as many of `missing` as the system can. The choice depends on the fonts that are installed and on nothing else.
pub(super) fn faces_for(missing: &BTreeSet<char>, languages: &[&str], serif: bool) -> Vec<Face> {
    let mut db = fontdb::Database::new();
    db.load_system_fonts();
    let mut candidates: Vec<_> = db
        .faces()
        .filter(|f| f.style == fontdb::Style::Normal && f.stretch == fontdb::Stretch::Normal)
        .map(|f| {
            let family = f.families.first().map(|(n, _)| n.clone()).unwrap_or_default();
            (rank(&family, languages, serif), family, f.weight.0, f.post_script_name.clone(), f.id)
        })
        .collect();
    candidates.sort_by(|a, b| (&a.0, &a.1, a.2, &a.3).cmp(&(&b.0, &b.1, b.2, &b.3)));
    let mut left = missing.clone();
    let mut chosen: Vec<(String, Face)> = Vec::new();
    for (_, family, weight, _, id) in &candidates {
        if left.is_empty() {
            break;
        }
        if !(350..=450).contains(weight) {
            continue;
        }
        let Some(face) = load(&db, *id) else { continue };
        let before = left.len();
        left.retain(|c| !face.has(*c));
        if left.len() < before {
            chosen.push((family.clone(), face));
        }
    }
    // headings want a heavier cut of the same family
    let mut heavier = Vec::new();
    for (family, _) in &chosen {
        let near = candidates
            .iter()
            .filter(|c| c.1 == *family && (500..=800).contains(&c.2))
            .min_by_key(|c| (c.2.abs_diff(650), c.2));
        heavier.extend(near.and_then(|c| load(&db, c.4)));
    }
    chosen.into_iter().map(|(_, f)| f).chain(heavier).collect()
}

#[allow(clippy::disallowed_methods, reason = "the system's fonts are found by fontdb, outside the folders of a run")]
fn load(db: &fontdb::Database, id: fontdb::ID) -> Option<Face> {
    let (source, index) = db.face_source(id)?;
    let bytes = match source {
        fontdb::Source::File(path) => std::fs::read(path).ok()?,
        fontdb::Source::Binary(data) => data.as_ref().as_ref().to_vec(),
    };
    Face::parse(super::Blob::Shared(std::sync::Arc::new(bytes)), index).ok()
}

/// Text faces of the wanted kind first, then the other kind; of the regional cuts of a family the one for the language.
fn rank(family: &str, languages: &[&str], serif: bool) -> (u8, u8, u8) {
    let lower = family.to_lowercase();
    let odd = ["mono", "ui", "emoji", "symbol", "display", "condensed", "looped", "nastaliq", "rashi", "kufi"]
        .iter()
        .any(|w| lower.contains(w));
    const REGIONS: [(&str, &str); 6] =
        [("ja", " jp"), ("zh-Hans", " sc"), ("zh-Hant", " tc"), ("ko", " kr"), ("zh-HK", " hk"), ("zh", " sc")];
    let regional = REGIONS.iter().any(|(_, r)| lower.ends_with(r));
    let fits = REGIONS
        .iter()
        .any(|(l, r)| lower.ends_with(r) && languages.iter().any(|x| x == l || x.split('-').next() == Some(l)));
    let is_serif = lower.contains("serif") || lower.contains("naskh");
    (u8::from(odd), u8::from(regional && !fits), u8::from(is_serif != serif))
}
