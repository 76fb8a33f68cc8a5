//! What the file says of itself: title, language, conformance, how to show and to print it, bookmarks.

use super::content::utf16;
use super::file::{File, reference};
use super::icc;
use super::side::{Part, Places, Side};
use crate::frame::{Bookmark, Document, Duplex};
use crate::world::Date;
use crate::xml::escape;
use lopdf::{Dictionary, Object, StringFormat};

/// What made the file.
const PRODUCER: &str = concat!("Cardamom ", env!("CARGO_PKG_VERSION"));

/// Adds all of it.
pub(super) fn add(file: &mut File, document: &Document<'_>, sides: &[Side<'_>], places: &Places, date: Date) {
    info(file, document, date);
    let metadata = {
        let mut d = Dictionary::new();
        d.set("Type", Object::Name(b"Metadata".to_vec()));
        d.set("Subtype", Object::Name(b"XML".to_vec()));
        file.add_plain_stream(d, xmp(document, date).into_bytes())
    };
    let intent = output_intent(file);
    let outlines = outlines(file, document, sides, places);
    let duplex = duplex(document, sides);
    let catalog = file.catalog;
    let Some(d) = file.dictionary(catalog) else { return };
    d.set("Lang", string(document.lang.as_str()));
    d.set("Metadata", reference(metadata));
    d.set("OutputIntents", vec![reference(intent)]);
    let mut mark = Dictionary::new();
    mark.set("Marked", true);
    d.set("MarkInfo", mark);
    let mut view = Dictionary::new();
    view.set("DisplayDocTitle", true);
    view.set("PrintScaling", Object::Name(b"None".to_vec()));
    view.set("PickTrayByPDFSize", true);
    if let Some(duplex) = duplex {
        view.set("Duplex", Object::Name(duplex.as_bytes().to_vec()));
    }
    if document.lang.direction() == crate::locale::Direction::Rtl {
        view.set("Direction", Object::Name(b"R2L".to_vec()));
    }
    d.set("ViewerPreferences", view);
    if let Some(binding) = &document.binding {
        d.set("PageLayout", Object::Name(b"TwoPageRight".to_vec()));
        d.set("PageLabels", page_labels(binding.roman));
    } else {
        d.set("PageLayout", Object::Name(b"SinglePage".to_vec()));
    }
    d.set("Version", Object::Name(b"1.7".to_vec()));
    if let Some(outlines) = outlines {
        d.set("Outlines", reference(outlines));
        d.set("PageMode", Object::Name(b"UseOutlines".to_vec()));
    }
}

/// Text in plain ASCII as it is, all other as UTF-16.
pub(super) fn string(text: &str) -> Object {
    if text.is_ascii() {
        Object::String(text.as_bytes().to_vec(), StringFormat::Literal)
    } else {
        Object::String(utf16(text), StringFormat::Hexadecimal)
    }
}

/// How two-sided cards are turned (print specification, section 5).
fn duplex(document: &Document<'_>, sides: &[Side<'_>]) -> Option<&'static str> {
    let two_sided = document.sheets.is_none() && document.cards.iter().any(|c| c.pages.len() > 1);
    let landscape = sides.first().is_some_and(|s| s.size.w > s.size.h);
    let natural = two_sided.then_some(if landscape { Duplex::ShortEdge } else { Duplex::LongEdge });
    document.duplex.or(natural).map(|d| match d {
        Duplex::Simplex => "Simplex",
        Duplex::LongEdge => "DuplexFlipLongEdge",
        Duplex::ShortEdge => "DuplexFlipShortEdge",
    })
}

fn pdf_date(date: Date) -> String {
    let (y, mo, d, h, mi, s) = date.parts();
    format!("D:{y:04}{mo:02}{d:02}{h:02}{mi:02}{s:02}Z")
}

fn info(file: &mut File, document: &Document<'_>, date: Date) {
    let mut d = Dictionary::new();
    d.set("Title", string(&document.title));
    if let Some(author) = &document.author {
        d.set("Author", string(author));
    }
    d.set("Creator", string(PRODUCER));
    d.set("Producer", string(PRODUCER));
    d.set("CreationDate", string(&pdf_date(date)));
    d.set("ModDate", string(&pdf_date(date)));
    let id = file.info;
    file.objects.insert(id, d.into());
}

/// The metadata packet. The schema of the PDF/UA mark has to be described, for PDF/A knows it not.
fn xmp(document: &Document<'_>, date: Date) -> String {
    let title = escape(&document.title);
    let lang = escape(document.lang.as_str());
    let creator = document.author.as_ref().map_or(String::new(), |a| {
        format!("<dc:creator><rdf:Seq><rdf:li>{}</rdf:li></rdf:Seq></dc:creator>\n", escape(a))
    });
    let now = date.iso();
    format!(
        "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n\
<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n\
<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n\
<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\" xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\" xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\">\n\
<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">{title}</rdf:li></rdf:Alt></dc:title>\n\
{creator}<dc:language><rdf:Bag><rdf:li>{lang}</rdf:li></rdf:Bag></dc:language>\n\
<dc:format>application/pdf</dc:format>\n\
<xmp:CreatorTool>{PRODUCER}</xmp:CreatorTool>\n\
<xmp:CreateDate>{now}</xmp:CreateDate>\n\
<xmp:ModifyDate>{now}</xmp:ModifyDate>\n\
<pdf:Producer>{PRODUCER}</pdf:Producer>\n\
<pdfaid:part>2</pdfaid:part>\n\
<pdfaid:conformance>A</pdfaid:conformance>\n\
<pdfuaid:part>1</pdfuaid:part>\n\
</rdf:Description>\n\
<rdf:Description rdf:about=\"\" xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\" xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\" xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">\n\
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType=\"Resource\">\n\
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>\n\
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\n\
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\n\
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\">\n\
<pdfaProperty:name>part</pdfaProperty:name>\n\
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>\n\
<pdfaProperty:category>internal</pdfaProperty:category>\n\
<pdfaProperty:description>Indicates which part of ISO 14289 the document follows</pdfaProperty:description>\n\
</rdf:li></rdf:Seq></pdfaSchema:property>\n\
</rdf:li></rdf:Bag></pdfaExtension:schemas>\n\
</rdf:Description>\n\
</rdf:RDF>\n\
</x:xmpmeta>\n\
<?xpacket end=\"w\"?>"
    )
}

fn output_intent(file: &mut File) -> u32 {
    let mut profile = Dictionary::new();
    profile.set("N", 3);
    profile.set("Alternate", Object::Name(b"DeviceRGB".to_vec()));
    let profile = file.add_stream(profile, &icc::srgb());
    let mut d = Dictionary::new();
    d.set("Type", Object::Name(b"OutputIntent".to_vec()));
    d.set("S", Object::Name(b"GTS_PDFA1".to_vec()));
    d.set("OutputConditionIdentifier", string("sRGB IEC61966-2.1"));
    d.set("Info", string("sRGB IEC61966-2.1"));
    d.set("DestOutputProfile", reference(profile));
    file.add(d)
}

/// Bookmarks: those of a book, or one for each recipe that is in the file.
fn outlines(file: &mut File, document: &Document<'_>, sides: &[Side<'_>], places: &Places) -> Option<u32> {
    let own = document.binding.as_ref().map(|b| b.bookmarks.clone());
    let bookmarks: Vec<Bookmark> = own.unwrap_or_else(|| {
        let of_card = |(card, c): (usize, &&crate::frame::Card)| {
            Some(Bookmark { title: c.title.clone(), to: places.first(card)?, inner: false })
        };
        document.cards.iter().enumerate().filter_map(of_card).collect()
    });
    if bookmarks.is_empty() {
        return None;
    }
    let root = file.number();
    let first = file.numbers(bookmarks.len() as u32);
    let id = |i: usize| reference(first + i as u32);
    // the first is an outer one, whatever it says
    let inner = |i: usize| i > 0 && bookmarks[i].inner;
    let outer: Vec<usize> = (0..bookmarks.len()).filter(|i| !inner(*i)).collect();
    let page_ids = file.pages.clone();
    for (i, bookmark) in bookmarks.iter().enumerate() {
        let mut d = Dictionary::new();
        d.set("Title", string(&bookmark.title));
        if let Some((side, part)) = places.of(bookmark.to) {
            let page = page_ids.get(side).copied().unwrap_or_default();
            d.set("Dest", destination(page, &sides[side].parts[part], sides[side].size.h));
        }
        let place = outer.partition_point(|o| *o <= i) - 1;
        let next_outer = outer.get(place + 1).copied();
        let (before, after) = if inner(i) {
            d.set("Parent", id(outer[place]));
            let after = Some(i + 1).filter(|n| *n < bookmarks.len() && inner(*n));
            (Some(i - 1).filter(|b| inner(*b)), after)
        } else {
            d.set("Parent", reference(root));
            let end = next_outer.unwrap_or(bookmarks.len());
            if end > i + 1 {
                d.set("First", id(i + 1));
                d.set("Last", id(end - 1));
                d.set("Count", (end - i - 1) as i64);
            }
            (place.checked_sub(1).map(|p| outer[p]), next_outer)
        };
        for (key, at) in [("Prev", before), ("Next", after)] {
            if let Some(at) = at {
                d.set(key, id(at));
            }
        }
        file.objects.insert(first + i as u32, d.into());
    }
    let mut d = Dictionary::new();
    d.set("Type", Object::Name(b"Outlines".to_vec()));
    d.set("First", id(0));
    d.set("Last", id(outer[outer.len() - 1]));
    d.set("Count", bookmarks.len() as i64);
    file.objects.insert(root, d.into());
    Some(root)
}

/// The numbers that viewers show for pages: roman ones, then others, counted through.
fn page_labels(roman: usize) -> Dictionary {
    let style = |name: &[u8], from: usize| {
        let mut d = Dictionary::new();
        d.set("S", Object::Name(name.to_vec()));
        d.set("St", from as i64 + 1);
        Object::Dictionary(d)
    };
    let mut nums: Vec<Object> = Vec::new();
    if roman > 0 {
        nums.extend([0.into(), style(b"r", 0)]);
    }
    nums.extend([(roman as i64).into(), style(b"D", roman)]);
    let mut labels = Dictionary::new();
    labels.set("Nums", nums);
    labels
}

/// The whole page, or the card's place on it.
fn destination(page: u32, part: &Part<'_>, height: f32) -> Vec<Object> {
    let Some(p) = &part.placed else {
        return vec![reference(page), Object::Name(b"Fit".to_vec())];
    };
    let size = if p.turn % 2 == 0 { part.page.size } else { part.page.size.turned() };
    let edges = [p.x, height - p.y - size.h, p.x + size.w, height - p.y];
    let whole = |v: f32| Object::Integer(v.round() as i64);
    [reference(page), Object::Name(b"FitR".to_vec())].into_iter().chain(edges.map(whole)).collect()
}
