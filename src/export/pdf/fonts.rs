//! The faces of a document: which glyphs are used, their subset, what they mean.

use crate::fonts::{FaceId, FontBook};
use crate::frame::{Document, Kind};
use printpdf::{FontId, FontMetrics, FontType, ParsedFont, PdfFont, PdfFontMetricsStub};
use rayon::prelude::*;
use std::collections::BTreeMap;
use subsetter::GlyphRemapper;

/// Where printpdf is told to look glyphs up: a private-use character for every glyph of the subset.
const PRIVATE: u32 = 0xF_0000;

/// A face as it goes into the file.
pub(super) struct EmbeddedFace {
    /// Its resource name: `T0`, `T1` …
    pub(super) name: String,
    /// New glyph numbers by old ones.
    remap: BTreeMap<u16, u16>,
    /// Advances of the new glyphs, in whole thousandths of an em, as the file will state them.
    widths: BTreeMap<u16, u16>,
    /// What each new glyph says.
    texts: BTreeMap<u16, String>,
    /// Name with the subset's tag.
    pub(super) base_font: String,
    pub(super) cap_height: i64,
    pub(super) x_height: i64,
    pub(super) ascent: i64,
    pub(super) descent: i64,
    pub(super) italic: bool,
    pub(super) serif: bool,
    pub(super) weight: u16,
    program: Vec<u8>,
    upem: u16,
    bounds: [i16; 4],
    is_cff: bool,
}

/// All faces of a document.
pub(super) struct Embedded {
    faces: BTreeMap<FaceId, EmbeddedFace>,
}

type Used = BTreeMap<FaceId, BTreeMap<u16, String>>;

impl Embedded {
    /// Finds the glyphs that a document uses, and subsets their faces.
    pub(super) fn collect(document: &Document<'_>, book: &FontBook) -> Embedded {
        let used: Used = document
            .cards
            .par_chunks(super::CHUNK)
            .map(|cards| {
                let mut used = Used::new();
                for item in cards.iter().flat_map(|c| &c.pages).flat_map(|p| &p.items) {
                    let Kind::Glyphs(run) = &item.kind else { continue };
                    let face = used.entry(run.face).or_default();
                    for g in &run.glyphs {
                        let text = &run.text[g.text.0 as usize..g.text.1 as usize];
                        keep_text(face, g.id, text);
                    }
                }
                used
            })
            .collect::<Vec<_>>()
            .into_iter()
            .fold(Used::new(), |mut all, part| {
                for (face, glyphs) in part {
                    let there = all.entry(face).or_default();
                    for (id, text) in glyphs {
                        keep_text(there, id, &text);
                    }
                }
                all
            });
        let faces = used
            .into_iter()
            .enumerate()
            .collect::<Vec<_>>()
            .into_par_iter()
            .map(|(i, (id, glyphs))| (id, EmbeddedFace::new(i, book, id, &glyphs)))
            .collect();
        Embedded { faces }
    }

    pub(super) fn face(&self, id: FaceId) -> &EmbeddedFace {
        &self.faces[&id]
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &EmbeddedFace> {
        self.faces.values()
    }
}

/// The first text that a glyph is seen with is the one it has in the document; nothing is only better than nothing.
fn keep_text(glyphs: &mut BTreeMap<u16, String>, id: u16, text: &str) {
    let there = glyphs.entry(id).or_default();
    if there.is_empty() && !text.is_empty() {
        *there = plain_text(text);
    }
}

/// What copying and searching should give: a space is a space however wide it is.
pub(super) fn plain_text(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\u{a0}' | '\u{202f}' | '\u{2009}' | '\u{2007}' => ' ',
            '\u{2011}' => '-',
            other => other,
        })
        .collect()
}

impl EmbeddedFace {
    fn new(index: usize, book: &FontBook, id: FaceId, glyphs: &BTreeMap<u16, String>) -> EmbeddedFace {
        let face = book.face(id);
        let mut remapper = GlyphRemapper::new();
        let mut remap = BTreeMap::new();
        let mut widths = BTreeMap::new();
        let mut texts = BTreeMap::new();
        for (old, text) in glyphs {
            let new = remapper.remap(*old);
            remap.insert(*old, new);
            // printpdf cuts widths off at whole thousandths; so do we, and correct the rest glyph by glyph
            widths.insert(new, (face.advance(*old) * 1000.0).floor().clamp(0.0, 32_000.0) as u16);
            texts.insert(new, if text.is_empty() { "\u{fffd}".to_owned() } else { text.clone() });
        }
        let data = face.data.bytes();
        let program = subsetter::subset(data, face.index, &remapper).unwrap_or_else(|_| data.to_vec());
        let bounds = face.font.metrics().bounds;
        let side = |v: f64| v.clamp(-32_000.0, 32_000.0) as i16;
        EmbeddedFace {
            name: format!("T{index}"),
            base_font: format!("{}+{}", tag(&program), face.name),
            remap,
            widths,
            texts,
            cap_height: (face.cap_height * 1000.0).round() as i64,
            x_height: (face.x_height * 1000.0).round() as i64,
            ascent: (face.ascent * 1000.0).round() as i64,
            descent: (face.descent * 1000.0).round() as i64,
            italic: face.italic,
            serif: face.is_serif(),
            weight: face.weight,
            is_cff: is_cff(&program),
            program,
            upem: face.upem,
            bounds: [
                side(bounds.x_min.to_f64()),
                side(bounds.y_min.to_f64()),
                side(bounds.x_max.to_f64()),
                side(bounds.y_max.to_f64()),
            ],
        }
    }

    pub(super) fn id(&self) -> FontId {
        FontId(self.name.clone())
    }

    /// The character that stands for a glyph in printpdf's text, and the glyph's width in the file, in ems.
    pub(super) fn glyph(&self, old: u16) -> (char, f32) {
        let new = self.remap.get(&old).copied().unwrap_or(0);
        let c = char::from_u32(PRIVATE + u32::from(new)).unwrap_or('\u{f0000}');
        (c, f32::from(self.widths.get(&new).copied().unwrap_or(0)) / 1000.0)
    }

    /// What copying a glyph gives in this document.
    pub(super) fn text(&self, old: u16) -> &str {
        self.remap.get(&old).and_then(|new| self.texts.get(new)).map_or("", String::as_str)
    }

    /// The face for printpdf; with its program for the document that keeps it, without for those that only draw.
    pub(super) fn for_printpdf(&self, with_program: bool) -> PdfFont {
        let slant = if self.italic { 213 } else { 0 };
        PdfFont::new(ParsedFont {
            original_bytes: if with_program { self.program.clone() } else { Vec::new() },
            font_index: 0,
            font_name: Some(self.base_font.clone()),
            codepoint_to_glyph: self.widths.keys().map(|g| (PRIVATE + u32::from(*g), *g)).collect(),
            glyph_widths: self.widths.clone(),
            units_per_em: 1000,
            font_metrics: FontMetrics { ascent: self.ascent as i16, descent: self.descent as i16 },
            font_type: if self.is_cff { FontType::OpenTypeCFF(()) } else { FontType::TrueType },
            pdf_font_metrics: PdfFontMetricsStub {
                units_per_em: 1000,
                x_min: scaled(self.bounds[0], self.upem),
                y_min: scaled(self.bounds[1], self.upem),
                x_max: scaled(self.bounds[2], self.upem),
                y_max: scaled(self.bounds[3], self.upem),
                caret_slope_rise: 1000,
                caret_slope_run: slant,
                us_weight_class: self.weight,
            },
        })
    }

    /// A text of all glyphs, so that printpdf puts the face into its document.
    pub(super) fn specimen(&self) -> String {
        self.widths.keys().filter_map(|g| char::from_u32(PRIVATE + u32::from(*g))).collect()
    }

    /// The map from glyphs to text, with as many characters for a glyph as it takes.
    pub(super) fn to_unicode(&self) -> String {
        let mut out = String::from(
            "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n",
        );
        let all: Vec<(&u16, &String)> = self.texts.iter().collect();
        for part in all.chunks(100) {
            out += &format!("{} beginbfchar\n", part.len());
            for (glyph, text) in part {
                let hex: String = text.encode_utf16().map(|u| format!("{u:04X}")).collect();
                out += &format!("<{glyph:04X}> <{hex}>\n");
            }
            out += "endbfchar\n";
        }
        out + "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    }
}

fn scaled(value: i16, upem: u16) -> i16 {
    (f32::from(value) * 1000.0 / f32::from(upem)).round().clamp(-32_000.0, 32_000.0) as i16
}

fn is_cff(program: &[u8]) -> bool {
    program.starts_with(b"OTTO")
}

/// Six letters that name a subset; from its bytes, so that the same subset has the same name.
fn tag(program: &[u8]) -> String {
    // FNV-1a, 64 bits
    let mut hash =
        program.iter().fold(0xcbf2_9ce4_8422_2325_u64, |h, b| (h ^ u64::from(*b)).wrapping_mul(0x0100_0000_01b3));
    (0..6)
        .map(|_| {
            let letter = (hash % 26) as u8;
            hash /= 26;
            char::from(b'A' + letter)
        })
        .collect()
}
