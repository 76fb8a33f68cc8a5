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

/// A document whose pages are drawn.
pub struct Drawing {
    file: file::File,
    marks: Vec<content::Marks>,
}

/// The bytes of a document. The same document, book and date give the same bytes.
pub fn export(document: &Document<'_>, book: &FontBook, date: Date) -> Vec<u8> {
    draw(document, book).finish(document, date)
}

/// Draws the pages of a document.
pub fn draw(document: &Document<'_>, book: &FontBook) -> Drawing {
    let sides: Vec<Side<'_>> = side::sides(document);
    let embedded = Embedded::collect(document, book);
    // one core makes the skeleton, the others begin with the drawing
    let (mut file, drawn): (_, Vec<content::Drawn>) = rayon::join(
        || skeleton::build(document, &sides, &embedded),
        || sides.par_chunks(CHUNK).flat_map_iter(|chunk| content::draw(chunk, &embedded, document.ink)).collect(),
    );
    let (contents, marks): (Vec<_>, Vec<_>) = drawn.into_iter().map(|d| (d.stream, d.marks)).unzip();
    file.set_contents(contents);
    Drawing { file, marks }
}

impl Drawing {
    /// The bytes of the document that was drawn. Its pages need not have their items and pictures any more.
    pub fn finish(self, document: &Document<'_>, date: Date) -> Vec<u8> {
        let Drawing { mut file, marks } = self;
        let sides: Vec<Side<'_>> = side::sides(document);
        let places = side::Places::new(document, &sides);
        let links = links::add(&mut file, document, &sides, &places);
        structure::add(&mut file, document, &sides, &marks, &links);
        meta::add(&mut file, document, &sides, &places, date);
        file.write()
    }
}
