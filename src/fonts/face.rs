//! A parsed face.

use harfrust::{Font, font::Blob as FontBlob};
use skrifa::GlyphId;
use skrifa::raw::{FileRef, FontRef, TableProvider};
use skrifa::string::StringId;
use std::fmt;
use std::sync::{Arc, OnceLock};

/// The bytes of a font file.
#[derive(Clone)]
pub enum Blob {
    /// Part of the program.
    Static(&'static [u8]),
    /// Read at run time, shared by the faces of a collection.
    Shared(Arc<Vec<u8>>),
}

impl Blob {
    /// The bytes.
    pub fn bytes(&self) -> &[u8] {
        match self {
            Blob::Static(b) => b,
            Blob::Shared(b) => b,
        }
    }
}

/// Why a file is no use as a font.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FaceError {
    /// It is no OpenType or TrueType font.
    NotAFont,
    /// Its licence bits forbid embedding.
    EmbeddingForbidden(String),
    /// It has no outlines (bitmap emoji, for example).
    NoOutlines(String),
}

impl fmt::Display for FaceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FaceError::NotAFont => f.write_str("it is not an OpenType or TrueType font"),
            FaceError::EmbeddingForbidden(name) => write!(f, "the licence of {name} forbids embedding it in documents"),
            FaceError::NoOutlines(name) => write!(f, "{name} has no outlines (a font of pictures can't be used)"),
        }
    }
}

/// A face with what layout and export need to know of it. Lengths are in ems.
pub struct Face {
    /// For shaping and metrics.
    pub font: Font,
    /// The file it comes from.
    pub data: Blob,
    /// Its number in the file.
    pub index: u32,
    /// PostScript name.
    pub name: String,
    /// Typographic family name.
    pub family: String,
    /// 100 to 900.
    pub weight: u16,
    /// Slanted.
    pub italic: bool,
    /// Units per em.
    pub upem: u16,
    /// Height of a lower-case x.
    pub x_height: f32,
    /// Height of a capital.
    pub cap_height: f32,
    /// Ascent by the font's own reckoning.
    pub ascent: f32,
    /// Descent, below the baseline negative.
    pub descent: f32,
    /// A bit for every common character; worked out when it is first asked for.
    covered: OnceLock<Box<[u64; COMMON / 64]>>,
}

/// Characters below this number are looked up in a table: Latin, Greek, Cyrillic, punctuation, fractions.
const COMMON: usize = 0x2200;

impl fmt::Debug for Face {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Face({})", self.name)
    }
}

impl Face {
    /// Reads one face of a file.
    ///
    /// # Errors
    /// When it can't be used.
    pub fn parse(data: Blob, index: u32) -> Result<Face, FaceError> {
        let blob = match &data {
            Blob::Static(b) => FontBlob::Static(b),
            Blob::Shared(b) => FontBlob::Shared(Arc::new(SharedBytes(b.clone()))),
        };
        let font = Font::new(blob, index).ok_or(FaceError::NotAFont)?;
        let names = FontRef::from_index(data.bytes(), index).map_err(|_| FaceError::NotAFont)?;
        let (name, family) = names_of(&names);
        check_usable(&names, &name)?;
        let metrics = *font.metrics();
        let upem = metrics.units_per_em;
        let em = |v: f64| (v / f64::from(upem)) as f32;
        let (weight, italic) = style_of(&names);
        let line = metrics.h_line();
        let cap = metrics.cap_height.map(|c| em(c.to_f64())).filter(|c| *c > 0.0).unwrap_or(0.7);
        Ok(Face {
            name,
            family,
            weight,
            italic,
            upem,
            x_height: metrics.x_height.map(|x| em(x.to_f64())).filter(|x| *x > 0.0).unwrap_or(cap * 0.7),
            cap_height: cap,
            ascent: line.map_or(0.8, |l| em(l.ascender.to_f64())),
            descent: line.map_or(-0.2, |l| em(l.descender.to_f64())),
            covered: OnceLock::new(),
            font,
            data,
            index,
        })
    }

    /// Reads every face of a file.
    ///
    /// # Errors
    /// When none can be used.
    pub fn parse_all(bytes: Vec<u8>) -> Result<Vec<Face>, FaceError> {
        let count = match FileRef::new(&bytes) {
            Ok(FileRef::Collection(c)) => c.len(),
            Ok(FileRef::Font(_)) => 1,
            Err(_) => return Err(FaceError::NotAFont),
        };
        let shared = Arc::new(bytes);
        let mut faces = Vec::new();
        let mut error = FaceError::NotAFont;
        for index in 0..count {
            match Face::parse(Blob::Shared(shared.clone()), index) {
                Ok(face) => faces.push(face),
                Err(e) => error = e,
            }
        }
        if faces.is_empty() { Err(error) } else { Ok(faces) }
    }

    /// The glyph of a character.
    pub fn glyph(&self, c: char) -> Option<u16> {
        self.font.charmap().map_unicode(c).and_then(|g| u16::try_from(g.to_u32()).ok()).filter(|g| *g != 0)
    }

    /// Whether it has a glyph for a character.
    pub fn has(&self, c: char) -> bool {
        let code = u32::from(c) as usize;
        if code >= COMMON {
            return self.glyph(c).is_some();
        }
        self.covered()[code / 64] >> (code % 64) & 1 == 1
    }

    /// Whether it has all of ASCII that can be seen, and the space.
    pub fn has_ascii(&self) -> bool {
        let covered = self.covered();
        covered[0] >> 32 == u64::from(u32::MAX) && covered[1] | 1 << 63 == u64::MAX
    }

    fn covered(&self) -> &[u64; COMMON / 64] {
        self.covered.get_or_init(|| {
            let mut glyphs = vec![GlyphId::NOTDEF; COMMON];
            self.font.charmap().map_unicode_batched((0..).zip(&mut glyphs));
            let mut bits = Box::new([0u64; COMMON / 64]);
            for (code, glyph) in glyphs.into_iter().enumerate() {
                let there = glyph != GlyphId::NOTDEF && u16::try_from(glyph.to_u32()).is_ok();
                bits[code / 64] |= u64::from(there) << (code % 64);
            }
            bits
        })
    }

    /// The advance width of a glyph, in ems.
    pub fn advance(&self, glyph: u16) -> f32 {
        self.font.glyph_metrics().h_advance(glyph.into()) / f32::from(self.upem)
    }

    /// Whether its strokes end in serifs, as far as its name tells.
    pub fn is_serif(&self) -> bool {
        let family = self.family.to_lowercase();
        family.contains("serif") && !family.contains("sans serif")
            || family.contains("naskh")
            || family.contains("mincho")
    }
}

struct SharedBytes(Arc<Vec<u8>>);

impl AsRef<[u8]> for SharedBytes {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

fn names_of(font: &FontRef<'_>) -> (String, String) {
    use skrifa::MetadataProvider;
    let get = |id: StringId| font.localized_strings(id).english_or_first().map(|s| s.to_string());
    let family = get(StringId::TYPOGRAPHIC_FAMILY_NAME).or_else(|| get(StringId::FAMILY_NAME)).unwrap_or_default();
    let name: String = get(StringId::POSTSCRIPT_NAME).unwrap_or_else(|| family.clone());
    // what PDF allows in a name without escapes
    let name: String = name.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-' || *c == '_').collect();
    (if name.is_empty() { "Font".into() } else { name }, family)
}

fn style_of(font: &FontRef<'_>) -> (u16, bool) {
    let os2 = font.os2().ok();
    let weight = os2.as_ref().map_or(400, |o| o.us_weight_class());
    let slanted = font.post().ok().is_some_and(|p| p.italic_angle().to_f64() != 0.0);
    let italic = slanted || os2.is_some_and(|o| o.fs_selection().bits() & 1 != 0);
    (weight.clamp(1, 1000), italic)
}

/// Bit 1 alone of `fsType` forbids embedding (OpenType specification, OS/2).
fn check_usable(font: &FontRef<'_>, name: &str) -> Result<(), FaceError> {
    let restricted = font.os2().is_ok_and(|o| o.fs_type() & 0x000f == 2);
    if restricted {
        return Err(FaceError::EmbeddingForbidden(name.to_owned()));
    }
    let tag = |t: &[u8; 4]| font.table_data(skrifa::Tag::new(t)).is_some();
    if tag(b"glyf") || tag(b"CFF ") || tag(b"CFF2") { Ok(()) } else { Err(FaceError::NoOutlines(name.to_owned())) }
}
