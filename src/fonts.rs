//! Faces: the bundled ones, the user's, and the system's as a last resort. Each is parsed once and shared.

mod bundled;
mod face;
mod subset;
mod system;

pub use face::{Blob, Face, FaceError};

use std::collections::{BTreeMap, BTreeSet};

/// A face of the book of fonts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct FaceId(pub u16);

/// What is asked of a face.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct FaceQuery<'a> {
    /// The family's name.
    pub family: &'a str,
    /// 100 to 900.
    pub weight: u16,
    /// Slanted.
    pub italic: bool,
}

/// A kind of face.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// With serifs.
    Serif,
    /// Without.
    Sans,
}

/// All faces of a run, read only once it is set up.
#[derive(Debug)]
pub struct FontBook {
    faces: Vec<Face>,
    /// How many of them, from the front, are bundled.
    bundled: usize,
    asked: BTreeSet<char>,
    /// Which fallback face has a character, by character; `None` when none has.
    fallback: BTreeMap<char, Vec<FaceId>>,
}

impl Default for FontBook {
    fn default() -> Self {
        Self::new()
    }
}

impl FontBook {
    /// The bundled faces.
    pub fn new() -> Self {
        let faces: Vec<Face> = bundled::FILES
            .iter()
            .map(|bytes| {
                // the files are part of the program; a test loads every one of them
                Face::parse(Blob::Static(bytes), 0).unwrap_or_else(|e| panic!("bundled font: {e:?}"))
            })
            .collect();
        FontBook { bundled: faces.len(), faces, asked: BTreeSet::new(), fallback: BTreeMap::new() }
    }

    /// Adds the faces of a font file.
    ///
    /// # Errors
    /// When it is no font, or one that can't be embedded.
    pub fn add_file(&mut self, bytes: Vec<u8>) -> Result<usize, FaceError> {
        let faces = Face::parse_all(bytes)?;
        let count = faces.len();
        self.faces.extend(faces);
        Ok(count)
    }

    /// The face of that number.
    pub fn face(&self, id: FaceId) -> &Face {
        &self.faces[usize::from(id.0)]
    }

    /// All faces.
    pub fn iter(&self) -> impl Iterator<Item = (FaceId, &Face)> {
        self.faces.iter().enumerate().map(|(i, f)| (FaceId(i as u16), f))
    }

    /// The face of a family that comes nearest; `None` when there is no such family.
    pub fn find(&self, query: &FaceQuery<'_>) -> Option<FaceId> {
        self.iter()
            .filter(|(_, f)| f.family.eq_ignore_ascii_case(query.family))
            .min_by_key(|(_, f)| (f.italic != query.italic, f.weight.abs_diff(query.weight)))
            .map(|(id, _)| id)
    }

    /// The names of all families, sorted.
    pub fn families(&self) -> BTreeSet<&str> {
        self.faces.iter().map(|f| f.family.as_str()).collect()
    }

    /// Finds fallback faces for every character of `wanted` that the bundled faces lack, from the user's fonts, then from the
    /// system's (which are looked at only then), of this kind if there are any. `languages` chooses among regional faces.
    pub fn prepare(&mut self, wanted: &BTreeSet<char>, languages: &[&str], system: Option<Kind>) {
        let lacking: BTreeSet<char> =
            wanted.iter().copied().filter(|c| !self.faces[..self.bundled].iter().any(|f| f.has(*c))).collect();
        if lacking.is_empty() {
            return;
        }
        let missing: BTreeSet<char> =
            lacking.iter().copied().filter(|c| !self.faces[self.bundled..].iter().any(|f| f.has(*c))).collect();
        if let Some(kind) = system.filter(|_| !missing.is_subset(&self.asked)) {
            self.faces.extend(system::faces_for(&missing, languages, kind == Kind::Serif));
            self.asked.extend(missing);
        }
        for c in lacking {
            let having = self.iter().skip(self.bundled).filter(|(_, f)| f.has(c)).map(|(id, _)| id).collect();
            self.fallback.insert(c, having);
        }
    }

    /// The face to set a character in: the wanted one, or the nearest that has it.
    pub fn face_for(&self, c: char, wanted: FaceId) -> Option<FaceId> {
        let face = self.face(wanted);
        if face.has(c) {
            return Some(wanted);
        }
        let near = |id: &FaceId| {
            let f = self.face(*id);
            (f.is_serif() != face.is_serif(), f.weight.abs_diff(face.weight), f.italic != face.italic, *id)
        };
        if let Some(others) = self.fallback.get(&c) {
            return others.iter().copied().min_by_key(near);
        }
        self.iter().take(self.bundled).filter(|(_, f)| f.has(c)).map(|(id, _)| id).min_by_key(near)
    }

    /// Whether any face has the character.
    pub fn covers(&self, c: char) -> bool {
        self.faces.iter().any(|f| f.has(c))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bundled_faces_load_and_are_found_by_name() {
        let book = FontBook::new();
        let query = FaceQuery { family: "Source Serif 4 SmText", weight: 600, italic: false };
        let face = book.face(book.find(&query).unwrap());
        assert_eq!((face.weight, face.italic, face.family.as_str()), (600, false, "Source Serif 4 SmText"));
        assert!(book.find(&FaceQuery { family: "Comic Sans MS", ..query }).is_none());
    }

    /// Latin with Vietnamese, Greek and Cyrillic, fractions and the spaces that typography uses.
    #[test]
    fn every_bundled_family_has_what_is_promised() {
        let book = FontBook::new();
        let text = "ABCxyzÀéîõüßÆøŒœŁłŠšŽžĐđ ấầẩẫậắằẳẵặếềểễệốồổỗộớờởỡợứừửữựỳỷỹỵƠơƯư ΑΒΓαβγάέήίόύώϊϋΐΰς БВГДжзийщъыьэюяёїєґ ½¼¾⅛⅜⅝⅞ «»„“”‘’–—…×°′″→ \u{202f}\u{200a}\u{2011}\u{2044}";
        for (_, face) in book.iter() {
            let missing: String = text.chars().filter(|c| !face.has(*c)).collect();
            assert!(missing.is_empty(), "{} lacks {missing:?}", face.name);
        }
    }
}
