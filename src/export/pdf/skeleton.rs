//! The document that keeps everything: pages, fonts, pictures, as printpdf writes them, with what it gets wrong put right.

use super::content::image_id;
use super::file::{File, reference};
use super::fonts::Embedded;
use super::side::Side;
use crate::frame::{Document, Picture, Pixels};
use lopdf::{Dictionary, Object};
use printpdf::{
    DictItem, ExternalStream, ExternalXObject, Mm, Op, PdfDocument, PdfFontHandle, PdfPage, PdfSaveOptions, Pt, Px,
    TextItem, XObject,
};
use std::collections::BTreeMap;

/// Builds it; contents come later.
pub(super) fn build(document: &Document<'_>, sides: &[Side<'_>], embedded: &Embedded) -> File {
    let mut pdf = PdfDocument::new("");
    for face in embedded.iter() {
        pdf.resources.fonts.map.insert(face.id(), face.for_printpdf());
    }
    for (c, card) in document.cards.iter().enumerate() {
        for (i, picture) in card.images.iter().enumerate() {
            pdf.resources.xobjects.map.insert(image_id(c, i), xobject(picture));
        }
    }
    for (i, side) in sides.iter().enumerate() {
        let size = side.size;
        // printpdf embeds the faces that some page shows; the first shows them all until its content is set
        let ops = if i == 0 { specimen(embedded) } else { Vec::new() };
        let mut out = PdfPage::new(Mm(10.0), Mm(10.0), ops);
        for rect in [&mut out.media_box, &mut out.trim_box, &mut out.crop_box] {
            (rect.width, rect.height) = (Pt(round(size.w)), Pt(round(size.h)));
        }
        pdf.pages.push(out);
    }
    let mut warnings = Vec::new();
    let options = PdfSaveOptions { optimize: false, subset_fonts: false, secure: true, image_optimization: None };
    let mut file = File::new(pdf.to_lopdf_document(&options, &mut warnings));
    fix_fonts(&mut file, embedded);
    fix_pages(&mut file, sides);
    file
}

fn round(v: f32) -> f32 {
    (v * 1000.0).round() / 1000.0
}

fn specimen(embedded: &Embedded) -> Vec<Op> {
    let mut ops = vec![Op::StartTextSection];
    for face in embedded.iter() {
        ops.push(Op::SetFont { font: PdfFontHandle::External(face.id()), size: Pt(10.0) });
        ops.push(Op::ShowText { items: vec![TextItem::Text(face.specimen())] });
    }
    ops.push(Op::EndTextSection);
    ops
}

fn name(text: &str) -> DictItem {
    DictItem::Name(text.as_bytes().to_vec())
}

/// A picture as an image object. JPEG files go in as they are.
fn xobject(picture: &Picture) -> XObject {
    let mut dict = image_dict(picture.width, picture.height, "DeviceRGB");
    let (content, compress) = match &picture.data {
        Pixels::Jpeg { bytes, grey } => {
            if *grey {
                dict.insert("ColorSpace".into(), name("DeviceGray"));
            }
            dict.insert("Filter".into(), name("DCTDecode"));
            (bytes.clone(), false)
        }
        Pixels::Raw { rgb, alpha } => {
            if let Some(alpha) = alpha {
                let mask = ExternalStream {
                    dict: image_dict(picture.width, picture.height, "DeviceGray"),
                    content: alpha.clone(),
                    compress: true,
                };
                dict.insert("SMask".into(), DictItem::Stream { stream: mask });
            }
            (rgb.clone(), true)
        }
    };
    XObject::External(ExternalXObject {
        stream: ExternalStream { dict, content, compress },
        width: Some(Px(picture.width as usize)),
        height: Some(Px(picture.height as usize)),
        dpi: None,
    })
}

fn image_dict(width: u32, height: u32, space: &str) -> BTreeMap<String, DictItem> {
    BTreeMap::from([
        ("Type".to_owned(), name("XObject")),
        ("Subtype".to_owned(), name("Image")),
        ("Width".to_owned(), DictItem::Int(i64::from(width))),
        ("Height".to_owned(), DictItem::Int(i64::from(height))),
        ("BitsPerComponent".to_owned(), DictItem::Int(8)),
        ("ColorSpace".to_owned(), name(space)),
    ])
}

/// Names, heights, flags and texts of the fonts, which printpdf guesses.
fn fix_fonts(file: &mut File, embedded: &Embedded) {
    let has_type = |o: &Object| {
        let kind = o.as_dict().and_then(|d| d.get(b"Type")).and_then(Object::as_name);
        kind.is_ok_and(|t| t == b"Font" || t == b"FontDescriptor")
    };
    let fonts: Vec<u32> = file.objects.iter().filter(|(_, o)| has_type(o)).map(|(id, _)| *id).collect();
    for face in embedded.iter() {
        let base = face.base_font.as_bytes().to_vec();
        let is = |o: &Object, key: &[u8], subtype: &[u8]| {
            o.as_dict().is_ok_and(|d| {
                d.get(key).and_then(Object::as_name).is_ok_and(|n| n == base)
                    && d.get(b"Type").and_then(Object::as_name).is_ok_and(|t| t == subtype)
            })
        };
        let ids = |file: &File, key: &[u8], subtype: &[u8]| -> Vec<u32> {
            fonts.iter().copied().filter(|id| file.objects.get(id).is_some_and(|o| is(o, key, subtype))).collect()
        };
        let cmap = file.add_stream(Dictionary::new(), face.to_unicode().as_bytes());
        let old: Vec<u32> = ids(file, b"BaseFont", b"Font");
        for id in old {
            let Some(d) = file.dictionary(id) else { continue };
            if let Ok((before, _)) = d.get(b"ToUnicode").and_then(Object::as_reference) {
                d.set("ToUnicode", reference(cmap));
                file.objects.remove(&before);
            }
            if let Some(d) = file.dictionary(id) {
                fix_descendants(d, face);
            }
        }
        for id in ids(file, b"FontName", b"FontDescriptor") {
            if let Some(d) = file.dictionary(id) {
                fix_descriptor(d, face);
            }
        }
    }
}

fn fix_descendants(font: &mut Dictionary, face: &super::fonts::EmbeddedFace) {
    if let Ok(Object::Array(fonts)) = font.get_mut(b"DescendantFonts") {
        for inner in fonts {
            if let Ok(d) = inner.as_dict_mut() {
                if d.get(b"Subtype").and_then(Object::as_name).is_ok_and(|s| s == b"CIDFontType2") {
                    d.set("CIDToGIDMap", Object::Name(b"Identity".to_vec()));
                }
                if let Ok(Object::Dictionary(descriptor)) = d.get_mut(b"FontDescriptor") {
                    fix_descriptor(descriptor, face);
                }
            }
        }
    }
}

fn fix_descriptor(d: &mut Dictionary, face: &super::fonts::EmbeddedFace) {
    // symbolic, for the codes are glyph numbers; serif and italic as they are (ISO 32000-1, table 123)
    let flags = 4 | if face.serif { 2 } else { 0 } | if face.italic { 64 } else { 0 };
    d.set("Flags", i64::from(flags));
    d.set("CapHeight", face.cap_height);
    d.set("XHeight", face.x_height);
    d.set("Ascent", face.ascent);
    d.set("Descent", face.descent);
}

/// Boxes for printing, and the order of tabbing.
fn fix_pages(file: &mut File, sides: &[Side<'_>]) {
    for (i, (page, side)) in file.pages.clone().into_iter().zip(sides).enumerate() {
        if let Some(d) = file.dictionary(page) {
            let media = d.get(b"MediaBox").cloned().unwrap_or(Object::Null);
            let all = [0.0, 0.0, side.size.w, side.size.h];
            let inner = |edges: [f32; 4]| if edges == all { media.clone() } else { rectangle(edges, side.size.h) };
            d.set("BleedBox", inner(side.bleed));
            d.set("TrimBox", inner(side.trim));
            d.set("CropBox", media);
            d.set("Tabs", Object::Name(b"S".to_vec()));
            d.set("StructParents", i as i64);
            d.remove(b"Annots");
        }
    }
}

/// A box of a page from its edges, which are given from the top left.
fn rectangle([left, top, right, bottom]: [f32; 4], height: f32) -> Object {
    let edges = [left, height - bottom, right, height - top];
    Object::Array(edges.into_iter().map(|v| Object::Real(round(v))).collect())
}
