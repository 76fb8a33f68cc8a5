//! The faces of a document: which glyphs are used, their subset, what they mean.

use super::shown::Code;
use crate::fonts::{FaceId, FontBook};
use crate::frame::{Document, Item, Kind};
use printpdf::{FontId, FontMetrics, FontType, ParsedFont, PdfFont, PdfFontMetricsStub};
use rayon::prelude::*;
use std::collections::BTreeMap;
use subsetter::GlyphRemapper;

/// Where printpdf is told to look glyphs up: a private-use character for every glyph of the subset.
const PRIVATE: u32 = 0xF_0000;

/// What is asked of every glyph that is drawn.
#[derive(Clone, Copy, Default)]
pub(super) struct Known {
    /// Its new number; 0 where it is not used.
    new: u16,
    /// What it says, where that is a single letter of ASCII.
    pub(super) letter: Option<u8>,
    /// Its width in the file, in ems.
    pub(super) width: f32,
    /// Its number in strings of the file.
    pub(super) code: Code,
}

/// A face as it goes into the file.
pub(super) struct EmbeddedFace {
    /// Its resource name: `T0`, `T1` …
    pub(super) name: String,
    /// What the file knows of glyphs, by their old numbers.
    known: Vec<Known>,
    /// Advances of the new glyphs, in whole thousandths of an em, as the file will state them.
    widths: Vec<u16>,
    /// What each new glyph says.
    texts: Vec<String>,
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

/// The glyphs of each face that are used, with what they say, by glyph.
type Used = BTreeMap<FaceId, Vec<Option<String>>>;

impl Embedded {
    /// Finds the glyphs that a document uses, and subsets their faces.
    pub(super) fn collect(document: &Document<'_>, book: &FontBook) -> Embedded {
        let used: Used = document
            .cards
            .par_chunks(super::CHUNK)
            .map(|cards| {
                let mut used = Used::new();
                cards.iter().flat_map(|c| &c.pages).flat_map(|p| &p.items).for_each(|item| use_item(&mut used, item));
                used
            })
            .collect::<Vec<_>>()
            .into_iter()
            .fold(Used::new(), |mut all, part| {
                for (face, glyphs) in part {
                    let there = all.entry(face).or_default();
                    for (id, text) in glyphs.iter().enumerate() {
                        if let Some(text) = text {
                            keep_text(there, id as u16, text);
                        }
                    }
                }
                all
            });
        let mut used = used;
        for sheet in document.sheets.iter().flatten() {
            sheet.slugs.iter().flat_map(|s| &s.items).chain(&sheet.marks).for_each(|item| use_item(&mut used, item));
        }
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

/// Notes the glyphs of an item.
fn use_item(used: &mut Used, item: &Item) {
    let Kind::Glyphs(run) = &item.kind else { return };
    let face = used.entry(run.face).or_default();
    for g in &run.glyphs {
        // but for the first few of a document each has been seen with a text before
        if !matches!(face.get(usize::from(g.id)), Some(Some(text)) if !text.is_empty()) {
            keep_text(face, g.id, &run.text[g.text.0 as usize..g.text.1 as usize]);
        }
    }
}

/// The first text that a glyph is seen with is the one it has in the document; nothing is only better than nothing.
fn keep_text(glyphs: &mut Vec<Option<String>>, id: u16, text: &str) {
    let id = usize::from(id);
    if glyphs.len() <= id {
        glyphs.resize(id + 1, None);
    }
    let there = glyphs[id].get_or_insert_default();
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
    fn new(index: usize, book: &FontBook, id: FaceId, glyphs: &[Option<String>]) -> EmbeddedFace {
        let face = book.face(id);
        let mut remapper = GlyphRemapper::new();
        let mut known = vec![Known { code: Code::of(0), ..Known::default() }; glyphs.len().max(1)];
        // glyph 0 is what a face shows for what it lacks; every subset has it
        let mut widths = vec![0];
        let mut texts = vec![String::new()];
        for (old, text) in glyphs.iter().enumerate() {
            let Some(text) = text else { continue };
            let new = remapper.remap(old as u16);
            if usize::from(new) == widths.len() {
                widths.push(0);
                texts.push(String::new());
            }
            // printpdf knows whole thousandths only; what is lost is made good where it adds up
            widths[usize::from(new)] = (face.advance(old as u16) * 1000.0).round().clamp(0.0, 32_000.0) as u16;
            let letter = if let [b @ 0..=0x7f] = text.as_bytes() { Some(*b) } else { None };
            let width = f32::from(widths[usize::from(new)]) / 1000.0;
            known[old] = Known { new, letter, width, code: Code::of(new) };
            texts[usize::from(new)] = if text.is_empty() { "\u{fffd}".to_owned() } else { text.clone() };
        }
        let data = face.data.bytes();
        let program = subsetter::subset(data, face.index, &remapper).unwrap_or_else(|_| data.to_vec());
        let bounds = face.font.metrics().bounds;
        let side = |v: f64| v.clamp(-32_000.0, 32_000.0) as i16;
        EmbeddedFace {
            name: format!("T{index}"),
            base_font: format!("{}+{}", tag(&program), face.name),
            known,
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

    /// The new numbers of the glyphs that are used.
    fn used(&self) -> impl Iterator<Item = u16> {
        let first = u16::from(self.texts[0].is_empty());
        first..self.widths.len() as u16
    }

    /// What the file knows of a glyph; of one that is not used, what it knows of the first.
    pub(super) fn glyph(&self, old: u16) -> &Known {
        self.known.get(usize::from(old)).unwrap_or(&self.known[0])
    }

    /// What copying a glyph gives in this document.
    pub(super) fn text(&self, old: u16) -> &str {
        self.texts.get(usize::from(self.glyph(old).new)).map_or("", String::as_str)
    }

    /// The face for printpdf, for the document that keeps it.
    pub(super) fn for_printpdf(&self) -> PdfFont {
        let slant = if self.italic { 213 } else { 0 };
        PdfFont::new(ParsedFont {
            original_bytes: self.program.clone(),
            font_index: 0,
            font_name: Some(self.base_font.clone()),
            codepoint_to_glyph: self.used().map(|g| (PRIVATE + u32::from(g), g)).collect(),
            glyph_widths: self.used().map(|g| (g, self.widths[usize::from(g)])).collect(),
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
        self.used().filter_map(|g| char::from_u32(PRIVATE + u32::from(g))).collect()
    }

    /// The map from glyphs to text, with as many characters for a glyph as it takes.
    pub(super) fn to_unicode(&self) -> String {
        let mut out = String::from(
            "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n",
        );
        let all: Vec<(u16, &String)> = self.used().map(|g| (g, &self.texts[usize::from(g)])).collect();
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
