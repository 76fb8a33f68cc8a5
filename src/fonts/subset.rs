//! Faces cut down to the characters of a book, as font files of their own. The only user of skera.

use super::Face;
use skera::{DEFAULT_DROP_TABLES, DEFAULT_LAYOUT_FEATURES, Plan, SubsetFlags, subset_font};
use skrifa::MetadataProvider;
use skrifa::raw::collections::IntSet;
use skrifa::raw::types::Tag;
use skrifa::raw::{FontRef, TableProvider};
use skrifa::string::StringId;
use std::collections::BTreeSet;
use subsetter::GlyphRemapper;
use write_fonts::FontBuilder;

const CFF: Tag = Tag::new(b"CFF ");
const NAME: Tag = Tag::new(b"name");
/// American English, the language of names in every font.
const ENGLISH: u16 = 0x0409;
/// Bit of `fsType` that forbids cutting a font down (OpenType specification, OS/2).
const NO_SUBSETTING: u16 = 0x0100;

impl Face {
    /// A font file with these characters, and what the face's rules make of them (ligatures, marks, kerning), called `family`. A face
    /// that can't be cut down is there whole.
    pub fn for_book(&self, characters: &BTreeSet<char>, (family, weight, style): (&str, &str, &str)) -> Vec<u8> {
        let data = self.data.bytes();
        // a face is parsed before it is in a book of fonts
        let Ok(font) = FontRef::from_index(data, self.index) else { return data.to_vec() };
        let mut out = FontBuilder::new();
        let reduced = if font.os2().is_ok_and(|o| o.fs_type() & NO_SUBSETTING != 0) {
            None
        } else {
            self.tables(&font, characters)
        };
        if let Some((tables, outlines)) = &reduced {
            // licences reserve the names of fonts for what their makers made
            out.add_raw(NAME, names(&font, family, &format!("{weight} {style}")));
            if let Some(outlines) = outlines.as_ref().and_then(|o| FontRef::new(o).ok()?.table_data(CFF)) {
                out.add_raw(CFF, outlines);
            }
            if let Ok(tables) = FontRef::new(tables) {
                out.copy_missing_tables(tables);
            }
        } else {
            out.copy_missing_tables(font);
        }
        out.build()
    }

    /// The tables of the face with these characters alone, and a font with the same outlines in CFF, if that is how it draws. `None`
    /// when the font is of a kind that can't be cut down.
    fn tables(&self, font: &FontRef<'_>, characters: &BTreeSet<char>) -> Option<(Vec<u8>, Option<Vec<u8>>)> {
        let has_cff = font.table_data(CFF).is_some();
        let mut dropped: IntSet<Tag> = DEFAULT_DROP_TABLES.iter().copied().chain([NAME]).collect();
        if has_cff {
            // skera knows TrueType's outlines only
            dropped.insert(CFF);
        }
        let mut scripts = IntSet::<Tag>::empty();
        scripts.invert();
        let plan = Plan::new(
            &IntSet::empty(),
            &characters.iter().map(|c| u32::from(*c)).collect(),
            font,
            SubsetFlags::SUBSET_FLAGS_DEFAULT,
            &dropped,
            &scripts,
            &DEFAULT_LAYOUT_FEATURES.iter().copied().collect(),
            &IntSet::empty(),
            &IntSet::empty(),
        );
        let tables = subset_font(font, &plan).ok()?;
        if !has_cff {
            return Some((tables, None));
        }
        // the outlines of the same glyphs, in the same order
        let mut order: Vec<(u32, u32)> =
            plan.old_to_new_glyph_mapping().map(|(old, new)| (new.to_u32(), old.to_u32())).collect();
        order.sort_unstable();
        let mut remapper = GlyphRemapper::new();
        let same =
            order.iter().all(|(new, old)| u16::try_from(*old).is_ok_and(|old| u32::from(remapper.remap(old)) == *new));
        let outlines = subsetter::subset(self.data.bytes(), self.index, &remapper).ok().filter(|_| same)?;
        Some((tables, Some(outlines)))
    }

    /// Whether its outlines are TrueType's.
    pub fn is_truetype(&self) -> bool {
        FontRef::from_index(self.data.bytes(), self.index).is_ok_and(|f| f.table_data(Tag::new(b"glyf")).is_some())
    }

    /// Whose the font is and under which licence, as it says itself.
    pub fn notice(&self) -> String {
        let Ok(font) = FontRef::from_index(self.data.bytes(), self.index) else { return String::new() };
        let said = [StringId::COPYRIGHT_NOTICE, StringId::LICENSE_DESCRIPTION, StringId::LICENSE_URL];
        let said: Vec<String> = said.into_iter().filter_map(|id| said_by(&font, id)).collect();
        said.join(" ")
    }
}

fn said_by(font: &FontRef<'_>, id: StringId) -> Option<String> {
    font.localized_strings(id).english_or_first().map(|s| s.to_string()).filter(|s| !s.trim().is_empty())
}

/// A `name` table for a reduced font: its own names are for the whole one. Copyright and licence stay.
fn names(font: &FontRef<'_>, family: &str, style: &str) -> Vec<u8> {
    let full = format!("{family} {style}");
    let postscript = full.replace(' ', "-");
    let own = |id| said_by(font, id);
    let all = [
        (StringId::COPYRIGHT_NOTICE, own(StringId::COPYRIGHT_NOTICE)),
        (StringId::FAMILY_NAME, Some(family.to_owned())),
        (StringId::SUBFAMILY_NAME, Some(style.to_owned())),
        (StringId::UNIQUE_ID, Some(postscript.clone())),
        (StringId::FULL_NAME, Some(full)),
        (StringId::VERSION_STRING, own(StringId::VERSION_STRING)),
        (StringId::POSTSCRIPT_NAME, Some(postscript)),
        (StringId::LICENSE_DESCRIPTION, own(StringId::LICENSE_DESCRIPTION)),
        (StringId::LICENSE_URL, own(StringId::LICENSE_URL)),
    ];
    // version 0 (OpenType specification, name): records of platform 3, encoding 1, then their texts in UTF-16
    let all: Vec<(u16, Vec<u8>)> = all
        .into_iter()
        .filter_map(|(id, text)| {
            Some((id.to_u16(), text?.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<u8>>()))
        })
        // places in the table are numbers of 16 bits
        .filter(|(_, text)| text.len() < 16_000)
        .collect();
    let mut head: Vec<u16> = vec![0, all.len() as u16, 6 + 12 * all.len() as u16];
    let mut texts: Vec<u8> = Vec::new();
    for (id, text) in &all {
        head.extend([3, 1, ENGLISH, *id, text.len() as u16, texts.len() as u16]);
        texts.extend(text);
    }
    head.into_iter().flat_map(u16::to_be_bytes).chain(texts).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fonts::{Blob, FontBook};
    use harfrust::{Buffer, ShapeOptions, ShaperFont};
    use skrifa::instance::{LocationRef, Size};
    use skrifa::outline::{DrawSettings, pen::SvgPen};
    use skrifa::{GlyphId, MetadataProvider};
    use std::sync::Arc;

    #[test]
    fn a_subset_shapes_and_draws_as_the_whole_face_does() {
        let text = "AVATAR Office ½ 10–15 °C phở Œufs";
        let wanted: BTreeSet<char> = text.chars().collect();
        for (_, face) in FontBook::new().iter() {
            let bytes = face.for_book(&wanted, ("Book", "bold", "italic"));
            assert!(bytes.len() < face.data.bytes().len() / 3, "{}: {}", face.name, bytes.len());
            let small = Face::parse(Blob::Shared(Arc::new(bytes)), 0).expect("a font");
            assert!(wanted.iter().all(|c| small.has(*c)) && !small.has('z') && !small.has('Ж'), "{}", face.name);
            assert_eq!((small.name.as_str(), small.family.as_str()), ("Book-bold-italic", "Book"));
            assert_eq!(small.notice(), face.notice());
            assert!(face.notice().contains("Open Font License"), "{}", face.notice());
            assert_eq!((small.weight, small.italic), (face.weight, face.italic));
            assert_eq!(shaped(&small, text), shaped(face, text), "{}", face.name);
        }
    }

    /// Where a shaper puts glyphs, and their outlines: the same whatever the glyphs are called.
    fn shaped(face: &Face, text: &str) -> Vec<(i32, i32, String)> {
        let font = ShaperFont::new(&face.font);
        let mut buffer = Buffer::new();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        harfrust::shape(&font, &mut buffer, ShapeOptions::new()).expect("shaped");
        let outlines = FontRef::from_index(face.data.bytes(), face.index).expect("a font");
        let outlines = outlines.outline_glyphs();
        let glyphs = buffer.glyph_infos().iter().zip(buffer.glyph_positions());
        glyphs
            .map(|(info, position)| {
                let mut pen = SvgPen::new();
                let glyph = outlines.get(GlyphId::new(info.glyph_id)).expect("a glyph");
                let settings = DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
                glyph.draw(settings, &mut pen).expect("drawn");
                (position.x_advance, position.x_offset, pen.to_string())
            })
            .collect()
    }
}
