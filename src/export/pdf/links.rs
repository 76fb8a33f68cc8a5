//! Links of a book: annotations over the places that lead elsewhere.

use super::file::{File, reference};
use super::meta::string;
use super::side::{Places, Side};
use crate::frame::{Document, Link, LinkTo, PageAt, TagId};
use lopdf::{Dictionary, Object};
use std::collections::BTreeMap;

/// An annotation that is part of the file.
pub(super) struct Placed {
    /// The card it belongs to, and its tag there.
    pub(super) card: usize,
    pub(super) tag: TagId,
    /// The page of the file.
    pub(super) page: usize,
    /// The annotation's number.
    pub(super) object: u32,
}

/// Adds the annotations. Their keys in the parent tree follow those of the pages.
pub(super) fn add(file: &mut File, document: &Document<'_>, sides: &[Side<'_>], places: &Places) -> Vec<Placed> {
    let links = document.binding.as_ref().map_or(&[][..], |b| &b.links);
    let page_of = |at: PageAt| places.of(at).map(|(side, _)| side);
    let mut out: Vec<Placed> = Vec::with_capacity(links.len());
    let mut of_page: BTreeMap<usize, Vec<Object>> = BTreeMap::new();
    for link in links {
        let Some(page) = page_of(link.on) else { continue };
        let to = if let LinkTo::Page(to) = &link.to { page_of(*to) } else { None };
        let destination = to.and_then(|page| file.pages.get(page).copied());
        let key = sides.len() + out.len();
        let object = file.add(annotation(link, sides[page].size.h, key, destination));
        of_page.entry(page).or_default().push(reference(object));
        out.push(Placed { card: link.on.card, tag: link.tag, page, object });
    }
    for (page, annotations) in of_page {
        let id = file.pages[page];
        if let Some(d) = file.dictionary(id) {
            d.set("Annots", annotations);
        }
    }
    out
}

fn annotation(link: &Link, height: f32, key: usize, destination: Option<u32>) -> Dictionary {
    let [x, y, w, h] = link.area;
    let round = |v: f32| Object::Real((v * 100.0).round() / 100.0);
    let name = |text: &str| Object::Name(text.as_bytes().to_vec());
    let mut d = Dictionary::new();
    d.set("Type", name("Annot"));
    d.set("Subtype", name("Link"));
    d.set("Rect", vec![round(x), round(height - y - h), round(x + w), round(height - y)]);
    d.set("Border", vec![0.into(), 0.into(), 0.into()]);
    // it is part of what is printed, though nothing of it shows (PDF/A-2, 6.3.2)
    d.set("F", 4);
    d.set("StructParent", key as i64);
    d.set("Contents", string(&link.says));
    match (&link.to, destination) {
        (LinkTo::Url(url), _) => {
            let mut action = Dictionary::new();
            action.set("S", name("URI"));
            action.set("URI", Object::string_literal(url.as_bytes().to_vec()));
            d.set("A", action);
        }
        (LinkTo::Page(_), Some(page)) => d.set("Dest", vec![reference(page), name("Fit")]),
        (LinkTo::Page(_), None) => {}
    }
    d
}
