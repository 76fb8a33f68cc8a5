//! The structure tree: the tags of the frames as structure elements.

use super::content::{Marks, utf16};
use super::file::{File, number, reference, write_reference};
use super::links::Placed;
use super::side::Side;
use crate::frame::{Card, Document, Role, Tag, TagId, Tags};
use crate::locale::Lang;
use lopdf::{Dictionary, Object};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// A child of a structure element.
#[derive(Clone, Copy, PartialEq)]
enum Kid {
    /// A marked piece: side and number.
    Piece(usize, usize),
    /// Another element.
    Element(TagId),
    /// An annotation: page and object.
    Object(usize, u32),
}

/// A card's elements as text by their numbers, and the numbers of those at the top.
type Written = (Vec<(u32, Vec<u8>)>, Vec<u32>);

/// Where a page of a card is: the part of a side, and the number of its first marked piece.
struct PartPlace {
    page: usize,
    side: usize,
    part: usize,
    first: usize,
}

/// For every card the places of its pages, in the order of the pages, whichever sheets they are on.
fn parts_of(cards: usize, sides: &[Side<'_>], marks: &[Marks]) -> Vec<Vec<PartPlace>> {
    let mut out: Vec<Vec<PartPlace>> = (0..cards).map(|_| Vec::new()).collect();
    for (i, side) in sides.iter().enumerate() {
        let mut first = 0;
        for (part, p) in side.parts.iter().enumerate() {
            out[p.card].push(PartPlace { page: p.number, side: i, part, first });
            first += marks[i][part].len();
        }
    }
    out.iter_mut().for_each(|parts| parts.sort_by_key(|p| p.page));
    out
}

/// The children of every tag of a card, in reading order.
struct Kids {
    of: Vec<Vec<Kid>>,
    /// The cells of every row of a table.
    cells: BTreeMap<TagId, Vec<TagId>>,
}

impl Kids {
    /// `parts` are the parts of sides that show the card's pages, in the order of the pages, `links` the card's annotations.
    fn collect(tags: &Tags, parts: &[PartPlace], marks: &[Marks], links: &[&Placed]) -> Kids {
        let mut kids = Kids { of: vec![Vec::new(); tags.len()], cells: cells(tags) };
        let mut linked = vec![false; tags.len()];
        for p in parts {
            for (number, tag) in marks[p.side][p.part].iter().enumerate() {
                kids.link(tags, *tag, &mut linked);
                kids.of[tag.0 as usize].push(Kid::Piece(p.side, p.first + number));
            }
        }
        for link in links {
            kids.of[link.tag.0 as usize].push(Kid::Object(link.page, link.object));
        }
        kids
    }

    /// Hangs a tag into its parent when its first piece comes.
    fn link(&mut self, tags: &Tags, tag: TagId, linked: &mut [bool]) {
        if linked[tag.0 as usize] {
            return;
        }
        if let Some(parent) = tags.get(tag).parent {
            self.link(tags, parent, linked);
            if linked[tag.0 as usize] {
                return;
            }
            self.of[parent.0 as usize].push(Kid::Element(tag));
        }
        linked[tag.0 as usize] = true;
        // a row has a cell for every column, in their order, whether there is something in it or not
        for cell in self.cells.get(&tag).into_iter().flatten() {
            linked[cell.0 as usize] = true;
            self.of[tag.0 as usize].push(Kid::Element(*cell));
        }
    }
}

/// The cells of every row.
fn cells(tags: &Tags) -> BTreeMap<TagId, Vec<TagId>> {
    let mut out: BTreeMap<TagId, Vec<TagId>> = BTreeMap::new();
    for (id, tag) in tags.iter().filter(|(_, t)| t.role.is_cell()) {
        if let Some(row) = tag.parent {
            out.entry(row).or_default().push(id);
        }
    }
    out
}

/// Adds the tree to a file whose pages are drawn.
pub(super) fn add(file: &mut File, document: &Document<'_>, sides: &[Side<'_>], marks: &[Marks], links: &[Placed]) {
    let root = file.number();
    let top = file.number();
    let mut first_of = Vec::new();
    for card in &document.cards {
        first_of.push(file.numbers(card.tags.len() as u32));
    }
    let parts = parts_of(document.cards.len(), sides, marks);
    let mut links_of: Vec<Vec<&Placed>> = vec![Vec::new(); document.cards.len()];
    for link in links {
        links_of[link.card].push(link);
    }
    let page_ids = file.pages.clone();
    let written: Vec<Written> = document
        .cards
        .par_iter()
        .enumerate()
        .map(|(c, card)| {
            let kids = Kids::collect(&card.tags, &parts[c], marks, &links_of[c]);
            let writer =
                Writer { card, kids: &kids, first: first_of[c], top, page_ids: &page_ids, lang: &document.lang };
            writer.elements()
        })
        .collect();
    let mut arts = Vec::new();
    for (objects, tops) in written {
        file.add_ready(objects);
        arts.extend(tops);
    }
    let parents = parent_tree(file, sides, marks, links, &first_of);
    let mut element = Dictionary::new();
    element.set("Type", Object::Name(b"StructElem".to_vec()));
    element.set("S", Object::Name(b"Document".to_vec()));
    element.set("P", reference(root));
    element.set("K", arts.into_iter().map(reference).collect::<Vec<_>>());
    file.objects.insert(top, element.into());
    let mut tree = Dictionary::new();
    tree.set("Type", Object::Name(b"StructTreeRoot".to_vec()));
    tree.set("K", vec![reference(top)]);
    tree.set("ParentTree", reference(parents));
    tree.set("ParentTreeNextKey", (sides.len() + links.len()) as i64);
    file.objects.insert(root, tree.into());
    let catalog = file.catalog;
    if let Some(d) = file.dictionary(catalog) {
        d.set("StructTreeRoot", reference(root));
    }
}

/// From marked pieces back to elements: for every side the elements of its pieces, for every annotation its own element.
fn parent_tree(file: &mut File, sides: &[Side<'_>], marks: &[Marks], links: &[Placed], first_of: &[u32]) -> u32 {
    const LEAF: usize = 256;
    let mut leaves = Vec::new();
    let mut entries: Vec<(usize, Vec<u8>)> = sides
        .par_iter()
        .enumerate()
        .map(|(i, side)| {
            let parts = side.parts.iter().zip(&marks[i]);
            let tags = parts.flat_map(|(part, tags)| tags.iter().map(|t| first_of[part.card] + t.0));
            let mut refs = vec![b'['];
            for (n, id) in tags.enumerate() {
                refs.extend_from_slice(if n > 0 { b" " } else { b"" });
                write_reference(&mut refs, id);
            }
            refs.push(b']');
            (i, refs)
        })
        .collect();
    let of_link = |(i, link): (usize, &Placed)| {
        let element = first_of[link.card] + link.tag.0;
        (sides.len() + i, format!("{element} 0 R").into_bytes())
    };
    entries.extend(links.iter().enumerate().map(of_link));
    for chunk in entries.chunks(LEAF) {
        let id = file.number();
        let (from, to) = (chunk[0].0, chunk[chunk.len() - 1].0);
        let mut text = format!("<</Limits[{from} {to}]/Nums[").into_bytes();
        for (i, refs) in chunk {
            text.extend(format!("{i} ").bytes());
            text.extend(refs);
            text.push(b' ');
        }
        text.extend(b"]>>");
        file.add_ready(vec![(id, text)]);
        leaves.push(id);
    }
    let mut tree = Dictionary::new();
    tree.set("Kids", leaves.into_iter().map(reference).collect::<Vec<_>>());
    file.add(tree)
}

struct Writer<'a> {
    card: &'a Card,
    kids: &'a Kids,
    /// The number of the card's first tag.
    first: u32,
    /// The element of the whole document.
    top: u32,
    page_ids: &'a [u32],
    /// The document's language.
    lang: &'a Lang,
}

impl Writer<'_> {
    /// The elements as text, and those at the top.
    fn elements(&self) -> Written {
        let mut out = Vec::new();
        let mut tops = Vec::new();
        let rise = self.rise();
        for (id, tag) in self.card.tags.iter() {
            let kids = &self.kids.of[id.0 as usize];
            let empty_cell =
                tag.role.is_cell() && tag.parent.is_some_and(|row| !self.kids.of[row.0 as usize].is_empty());
            if kids.is_empty() && !empty_cell {
                continue;
            }
            if tag.parent.is_none() {
                tops.push(self.first + id.0);
            }
            out.push((self.first + id.0, self.element(tag, kids, rise)));
        }
        (out, tops)
    }

    /// How many levels headings rise. A file of backs has no titles, and yet its headings must begin at the first level.
    fn rise(&self) -> u8 {
        let level = |tag: &Tag| if let Role::Heading(n) = tag.role { Some(n) } else { None };
        let least = |shown: bool| {
            let tags = self.card.tags.iter().filter(|(id, _)| !shown || !self.kids.of[id.0 as usize].is_empty());
            tags.filter_map(|(_, tag)| level(tag)).min().unwrap_or(1)
        };
        least(true).saturating_sub(least(false))
    }

    fn element(&self, tag: &Tag, kids: &[Kid], rise: u8) -> Vec<u8> {
        let mut out = Vec::with_capacity(96 + 8 * kids.len());
        out.extend_from_slice(b"<</Type/StructElem/S/");
        out.extend_from_slice(name(tag.role, rise).as_bytes());
        out.extend_from_slice(b"/P ");
        write_reference(&mut out, tag.parent.map_or(self.top, |p| self.first + p.0));
        let page = kids.iter().find_map(|k| if let Kid::Piece(p, _) = k { Some(*p) } else { None });
        if let Some(page) = page {
            out.extend_from_slice(b"/Pg ");
            write_reference(&mut out, self.page_ids[page]);
        }
        self.attributes(&mut out, tag);
        out.extend_from_slice(b"/K[");
        for kid in kids {
            self.kid(&mut out, *kid, page);
        }
        out.extend_from_slice(b"]>>");
        out
    }

    /// A tag's language, attributes and alternative text.
    fn attributes(&self, out: &mut Vec<u8>, tag: &Tag) {
        let own = match (&tag.lang, tag.parent) {
            (Some(lang), _) => Some(lang),
            (None, None) if self.card.lang != *self.lang => Some(&self.card.lang),
            _ => None,
        };
        if let Some(lang) = own {
            out.extend_from_slice(format!("/Lang({lang})").as_bytes());
        }
        if let Role::List { numbered: true } = tag.role {
            out.extend_from_slice(b"/A<</O/List/ListNumbering/Decimal>>");
        }
        if let Role::HeadCell { of_row, columns } = tag.role {
            let span = if columns > 1 { format!("/ColSpan {columns}") } else { String::new() };
            let scope = if of_row { "Row" } else { "Column" };
            out.extend_from_slice(format!("/A<</O/Table/Scope/{scope}{span}>>").as_bytes());
        }
        if let Some(alt) = &tag.alt {
            let hex: String = utf16(alt).iter().map(|b| format!("{b:02X}")).collect();
            out.extend_from_slice(format!("/Alt<{hex}>").as_bytes());
        }
    }

    /// A child of an element on a page.
    fn kid(&self, out: &mut Vec<u8>, kid: Kid, page: Option<usize>) {
        match kid {
            Kid::Piece(p, piece) if Some(p) == page => {
                number(out, piece);
                out.push(b' ');
            }
            // few are on another page than their element
            Kid::Piece(p, piece) => {
                let text = format!("<</Type/MCR/Pg {} 0 R/MCID {piece}>>", self.page_ids[p]);
                out.extend_from_slice(text.as_bytes());
            }
            Kid::Object(p, object) => {
                let text = format!("<</Type/OBJR/Pg {} 0 R/Obj {object} 0 R>>", self.page_ids[p]);
                out.extend_from_slice(text.as_bytes());
            }
            Kid::Element(child) => {
                write_reference(out, self.first + child.0);
                out.push(b' ');
            }
        }
    }
}

fn name(role: Role, rise: u8) -> &'static str {
    match role {
        Role::Art => "Art",
        Role::Sect => "Sect",
        Role::Heading(n) => ["H1", "H2", "H3", "H4", "H5", "H6"][usize::from(n.saturating_sub(rise).clamp(1, 6)) - 1],
        Role::P => "P",
        Role::List { .. } => "L",
        Role::Item => "LI",
        Role::Label => "Lbl",
        Role::Body => "LBody",
        Role::Span => "Span",
        Role::Figure => "Figure",
        Role::Link => "Link",
        Role::Table => "Table",
        Role::Row => "TR",
        Role::HeadCell { .. } => "TH",
        Role::Cell => "TD",
    }
}
