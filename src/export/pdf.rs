//! Tagged PDF: valid as PDF/UA-1 and PDF/A-2a. The only user of printpdf and lopdf.
//!
//! printpdf draws. Pages are drawn in chunks of fixed size on all cores, each by a printpdf document of its own (`content`);
//! the finished content goes into a last document that owns pages, fonts and pictures (`skeleton`). What printpdf leaves out is
//! added to its objects (`structure`, `meta`), and `file` writes them, compressed in parallel, in a fixed order.

mod content;
mod file;
mod fonts;
mod icc;
mod links;
mod meta;
mod skeleton;
mod structure;

use crate::fonts::FontBook;
use crate::frame::{Document, Page};
use crate::world::Date;
use fonts::Embedded;
use rayon::prelude::*;

/// Pages drawn by one printpdf document. Fixed, so that the number of threads changes no byte.
const CHUNK: usize = 96;

/// The bytes of a document. The same document, book and date give the same bytes.
pub fn export(document: &Document<'_>, book: &FontBook, date: Date) -> Vec<u8> {
    let pages: Vec<PageRef<'_>> = pages(document);
    let embedded = Embedded::collect(document, book);
    let drawn: Vec<content::Drawn> =
        pages.par_chunks(CHUNK).flat_map_iter(|chunk| content::draw(chunk, &embedded, document.ink)).collect();
    let mut file = skeleton::build(document, &pages, &embedded);
    let (contents, marks): (Vec<_>, Vec<_>) = drawn.into_iter().map(|d| (d.stream, d.marks)).unzip();
    file.set_contents(contents);
    let links = links::add(&mut file, document, &pages);
    structure::add(&mut file, document, &pages, &marks, &links);
    meta::add(&mut file, document, &pages, date);
    file.write()
}

/// A page with the card it belongs to.
#[derive(Clone, Copy)]
struct PageRef<'d> {
    card: usize,
    page: Option<&'d Page>,
    size: crate::geom::Size,
}

/// All pages in order. Where cards have backs, those that have none get a blank one, so that a stack printed on both sides keeps
/// every back behind its front.
fn pages<'d>(document: &Document<'d>) -> Vec<PageRef<'d>> {
    let two_sided =
        document.binding.is_none() && document.cards.len() > 1 && document.cards.iter().any(|c| c.pages.len() > 1);
    let mut out = Vec::new();
    for (card, owner) in document.cards.iter().enumerate() {
        for page in &owner.pages {
            out.push(PageRef { card, page: Some(page), size: page.size });
        }
        if two_sided
            && owner.pages.len() % 2 == 1
            && let Some(last) = owner.pages.last()
        {
            out.push(PageRef { card, page: None, size: last.size });
        }
    }
    out
}
