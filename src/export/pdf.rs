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
mod shown;
mod side;
mod skeleton;
mod structure;

use crate::fonts::FontBook;
use crate::frame::Document;
use crate::world::Date;
use fonts::Embedded;
use rayon::prelude::*;
use side::Side;

/// Pages drawn by one printpdf document. Fixed, so that the number of threads changes no byte.
const CHUNK: usize = 32;

/// The bytes of a document. The same document, book and date give the same bytes.
pub fn export(document: &Document<'_>, book: &FontBook, date: Date) -> Vec<u8> {
    let sides: Vec<Side<'_>> = side::sides(document);
    let embedded = Embedded::collect(document, book);
    // one core makes the skeleton, the others begin with the drawing
    let (mut file, drawn): (_, Vec<content::Drawn>) = rayon::join(
        || skeleton::build(document, &sides, &embedded),
        || sides.par_chunks(CHUNK).flat_map_iter(|chunk| content::draw(chunk, &embedded, document.ink)).collect(),
    );
    let (contents, marks): (Vec<_>, Vec<_>) = drawn.into_iter().map(|d| (d.stream, d.marks)).unzip();
    file.set_contents(contents);
    let places = side::Places::new(document, &sides);
    let links = links::add(&mut file, document, &sides, &places);
    structure::add(&mut file, document, &sides, &marks, &links);
    meta::add(&mut file, document, &sides, &places, date);
    file.write()
}
