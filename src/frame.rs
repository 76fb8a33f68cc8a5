//! The finished layout: items at fixed places on pages, and the tree of tags they belong to.
//!
//! Coordinates are points from the top left of the trimmed page, y downwards. Exporters copy what they find here; they decide nothing.

use crate::fonts::FaceId;
use crate::geom::Size;
use crate::locale::Lang;
use std::sync::Arc;

/// A colour in sRGB.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Rgb(pub [u8; 3]);

impl Rgb {
    /// Black.
    pub const BLACK: Rgb = Rgb([0, 0, 0]);
    /// White.
    pub const WHITE: Rgb = Rgb([255, 255, 255]);

    /// Relative luminance by WCAG 2, from nought to one.
    pub fn luminance(self) -> f64 {
        let linear = |v: u8| {
            let c = f64::from(v) / 255.0;
            if c <= 0.040_45 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(self.0[0]) + 0.7152 * linear(self.0[1]) + 0.0722 * linear(self.0[2])
    }

    /// Contrast to another colour by WCAG 2, from 1 to 21.
    pub fn contrast(self, other: Rgb) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }
}

/// A document of pages.
#[derive(Debug, Default)]
pub struct Document<'d> {
    /// Its title, for the window and the metadata.
    pub title: String,
    /// Its author.
    pub author: Option<String>,
    /// Its language.
    pub lang: Lang,
    /// Its cards, in order.
    pub cards: Vec<&'d Card>,
    /// The sides of paper that they are printed on; `None` where every page is a side of its own.
    pub sheets: Option<Vec<Sheet>>,
    /// How the printer is to turn the paper; `None` leaves it to the pages.
    pub duplex: Option<Duplex>,
    /// What binds the pages to a book; `None` for cards, whose fronts and backs belong together.
    pub binding: Option<Binding>,
    /// The inks that it is printed with.
    pub ink: Ink,
}

/// What makes a book of pages. They follow each other as they are; blank ones are among them.
#[derive(Debug, Clone, Default)]
pub struct Binding {
    /// Bookmarks, in reading order.
    pub bookmarks: Vec<Bookmark>,
    /// Places that lead elsewhere, in any order.
    pub links: Vec<Link>,
    /// How many pages from the front have roman numbers; all count from 1.
    pub roman: usize,
}

/// A page of a card of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PageAt {
    /// The card's number in [`Document::cards`].
    pub card: usize,
    /// The page's number in [`Card::pages`].
    pub page: usize,
}

/// A bookmark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bookmark {
    /// Its words.
    pub title: String,
    /// Where it leads.
    pub to: PageAt,
    /// Whether it belongs to the last one before it that does not.
    pub inner: bool,
}

/// A place of a page that leads elsewhere.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// The page it is on.
    pub on: PageAt,
    /// Its rectangle: x, y, width, height.
    pub area: [f32; 4],
    /// Its tag, with the role [`Role::Link`].
    pub tag: TagId,
    /// Where it leads.
    pub to: LinkTo,
    /// Where it leads, in words.
    pub says: String,
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkTo {
    /// To a page of the document.
    Page(PageAt),
    /// To an address.
    Url(String),
}

/// With what a document is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Ink {
    /// All the colours that there are.
    #[default]
    Colours,
    /// Black alone: nothing is mixed from other inks, and nothing but a photo is grey.
    Black,
}

/// A side of a sheet of paper with pages of cards on it.
#[derive(Debug)]
pub struct Sheet {
    /// The paper.
    pub size: Size,
    /// The pages, in reading order.
    pub pages: Vec<PlacedPage>,
    /// Marks for cutting and printing. All of them are decoration, in the sheet's own coordinates.
    pub marks: Vec<Item>,
    /// Marks with words, which may stand turned in a margin.
    pub slugs: Vec<Slug>,
    /// The edges of what all the cuts leave, from left and top: left, top, right, bottom.
    pub trim: [f32; 4],
    /// The edges of what may have ink of cards, likewise.
    pub bleed: [f32; 4],
}

/// Marks that belong together, at a place of a sheet.
#[derive(Debug)]
pub struct Slug {
    /// Their room before it is turned.
    pub size: Size,
    /// Left edge of the room, after it was turned.
    pub x: f32,
    /// Its top edge, likewise.
    pub y: f32,
    /// How far it is turned, in quarters, clockwise: 0 to 3.
    pub turn: u8,
    /// What is in it, in coordinates of the room.
    pub items: Vec<Item>,
}

/// A page of a card at a place of a sheet.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PlacedPage {
    /// The card's number in [`Document::cards`].
    pub card: usize,
    /// The page's number in [`Card::pages`].
    pub page: usize,
    /// Left edge of the trimmed page, after it was turned.
    pub x: f32,
    /// Its top edge, likewise.
    pub y: f32,
    /// How far it is turned, in quarters, clockwise: 0 to 3.
    pub turn: u8,
    /// How far it may run over its trim on the left, top, right and bottom of the sheet.
    pub bleed: [f32; 4],
}

/// How a printer turns paper between its sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Duplex {
    /// One side only.
    Simplex,
    /// Over the long edge.
    LongEdge,
    /// Over the short edge.
    ShortEdge,
}

/// A recipe's cards: pages that belong together, with one tree of tags.
#[derive(Debug)]
pub struct Card {
    /// For the bookmark.
    pub title: String,
    /// Its language.
    pub lang: Lang,
    /// Front, back, front of the continuation card and so on.
    pub pages: Vec<Page>,
    /// What the items are, for a screen reader.
    pub tags: Tags,
    /// Pictures that items refer to.
    pub images: Vec<Arc<Picture>>,
    /// Room for a stamp that tells what the card is, which is known only when all else is drawn.
    pub stamp: Option<Slot>,
}

/// Room for a line on a card.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Slot {
    /// The page's number in [`Card::pages`].
    pub page: usize,
    /// From the edge where lines start to the line.
    pub start: f32,
    /// The baseline.
    pub y: f32,
    /// The most that the line may measure.
    pub width: f32,
    /// The largest size of its text.
    pub size: f32,
}

/// One side of a card.
#[derive(Debug)]
pub struct Page {
    /// The trimmed size.
    pub size: Size,
    /// How far its ink runs over the trim; nought when all of it stays inside.
    pub bleed: f32,
    /// What is on it, in reading order.
    pub items: Vec<Item>,
}

/// Something on a page.
#[derive(Debug)]
pub struct Item {
    /// The tag it belongs to; `None` for decoration.
    pub tag: Option<TagId>,
    /// What it is.
    pub kind: Kind,
}

/// What an item is.
#[derive(Debug)]
pub enum Kind {
    /// Glyphs of one face in one line.
    Glyphs(GlyphRun),
    /// A shape.
    Shape(Shape),
    /// A picture.
    Image(Placed),
}

/// Glyphs of one face, side by side from left to right.
#[derive(Debug)]
pub struct GlyphRun {
    /// The face.
    pub face: FaceId,
    /// Size in points.
    pub size: f32,
    /// Colour.
    pub color: Rgb,
    /// Where the first glyph's origin is.
    pub x: f32,
    /// The baseline.
    pub y: f32,
    /// The glyphs.
    pub glyphs: Vec<Glyph>,
    /// Their text, in logical order.
    pub text: String,
    /// Whether the text runs from right to left; the glyphs still stand from left to right.
    pub rtl: bool,
}

/// A glyph with its advance; lengths in ems of the run.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Glyph {
    /// Its number in the face.
    pub id: u16,
    /// How far the next one stands.
    pub advance: f32,
    /// Shift to the right.
    pub dx: f32,
    /// Shift upwards.
    pub dy: f32,
    /// The bytes of the text that it shows; empty for the second glyph of a pair.
    pub text: (u32, u32),
}

/// How a shape's outline is drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stroke {
    /// Colour.
    pub color: Rgb,
    /// Width in points.
    pub width: f32,
    /// Round ends and joins.
    pub round: bool,
    /// A row of dots at this pitch, instead of a line.
    pub dots: Option<f32>,
}

/// A filled or stroked path.
#[derive(Debug)]
pub struct Shape {
    /// Its outline.
    pub path: Vec<Segment>,
    /// Colour inside.
    pub fill: Option<Rgb>,
    /// Outline.
    pub stroke: Option<Stroke>,
}

/// A piece of a path.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Segment {
    /// Begin here.
    Move(f32, f32),
    /// Straight on to here.
    Line(f32, f32),
    /// Along a Bézier curve to here.
    Curve([f32; 6]),
    /// Back to the beginning.
    Close,
}

/// A picture's data, ready to be embedded.
#[derive(Debug)]
pub struct Picture {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// The pixels.
    pub data: Pixels,
}

/// A picture's pixels.
#[derive(Debug)]
pub enum Pixels {
    /// A JPEG file as it is; `grey` when it has one component.
    Jpeg {
        /// The file.
        bytes: Vec<u8>,
        /// One component instead of three.
        grey: bool,
    },
    /// Three bytes a pixel, and one of opacity where there is any.
    Raw {
        /// Red, green, blue.
        rgb: Vec<u8>,
        /// Opacity.
        alpha: Option<Vec<u8>>,
    },
}

/// A picture on a page, cropped to a rectangle.
#[derive(Debug)]
pub struct Placed {
    /// Its number in [`Card::images`].
    pub image: usize,
    /// The visible rectangle: x, y, width, height.
    pub clip: [f32; 4],
    /// The whole picture's rectangle.
    pub at: [f32; 4],
}

/// A node of the tree of tags.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TagId(pub u32);

/// What a tag is, in the words of PDF's standard structure types.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// A recipe.
    Art,
    /// A group of blocks.
    Sect,
    /// A heading of level 1 to 6.
    Heading(u8),
    /// A paragraph.
    P,
    /// A list; numbered or not.
    List {
        /// Whether its items are numbered.
        numbered: bool,
    },
    /// An item of a list.
    Item,
    /// Its number or bullet.
    Label,
    /// Its content.
    Body,
    /// A piece of text in a paragraph.
    Span,
    /// A picture.
    Figure,
    /// A piece of text that leads elsewhere.
    Link,
    /// A table of rows.
    Table,
    /// A row of a table. All its cells are there, the empty ones too.
    Row,
    /// A cell that names its column, or its row.
    HeadCell {
        /// Whether it names its row.
        of_row: bool,
        /// How many columns it stands over.
        columns: usize,
    },
    /// Another cell.
    Cell,
}

impl Role {
    /// Whether it is a cell of a table, which is there even when it is empty.
    pub fn is_cell(self) -> bool {
        matches!(self, Role::Cell | Role::HeadCell { .. })
    }
}

/// A tag.
#[derive(Debug, Clone)]
pub struct Tag {
    /// What it is.
    pub role: Role,
    /// The tag that holds it.
    pub parent: Option<TagId>,
    /// Its language, where it differs from that of its parent.
    pub lang: Option<Lang>,
    /// What a picture shows.
    pub alt: Option<String>,
}

/// The tree of tags of a card, in reading order.
#[derive(Debug, Default)]
pub struct Tags(Vec<Tag>);

impl Tags {
    /// Adds a tag at the end of its parent.
    pub fn add(&mut self, role: Role, parent: Option<TagId>) -> TagId {
        self.0.push(Tag { role, parent, lang: None, alt: None });
        TagId((self.0.len() - 1) as u32)
    }

    /// The tag of that number.
    pub fn get(&self, id: TagId) -> &Tag {
        &self.0[id.0 as usize]
    }

    /// The same, to be changed.
    pub fn get_mut(&mut self, id: TagId) -> &mut Tag {
        &mut self.0[id.0 as usize]
    }

    /// All tags; parents come before their children.
    pub fn iter(&self) -> impl Iterator<Item = (TagId, &Tag)> {
        self.0.iter().enumerate().map(|(i, t)| (TagId(i as u32), t))
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// A rectangle as a path.
pub fn rectangle(x: f32, y: f32, w: f32, h: f32) -> Vec<Segment> {
    vec![
        Segment::Move(x, y),
        Segment::Line(x + w, y),
        Segment::Line(x + w, y + h),
        Segment::Line(x, y + h),
        Segment::Close,
    ]
}

/// How far a control point stands from the end of a quarter circle of radius 1.
const QUARTER: f32 = 0.552_284_8;

/// A circle as a path.
pub fn circle(cx: f32, cy: f32, r: f32) -> Vec<Segment> {
    rounded(cx - r, cy - r, 2.0 * r, 2.0 * r, r)
}

/// A rectangle with round corners as a path.
pub fn rounded(x: f32, y: f32, w: f32, h: f32, r: f32) -> Vec<Segment> {
    let r = r.min(w / 2.0).min(h / 2.0);
    let k = r * (1.0 - QUARTER);
    let (x1, y1) = (x + w, y + h);
    vec![
        Segment::Move(x + r, y),
        Segment::Line(x1 - r, y),
        Segment::Curve([x1 - k, y, x1, y + k, x1, y + r]),
        Segment::Line(x1, y1 - r),
        Segment::Curve([x1, y1 - k, x1 - k, y1, x1 - r, y1]),
        Segment::Line(x + r, y1),
        Segment::Curve([x + k, y1, x, y1 - k, x, y1 - r]),
        Segment::Line(x, y + r),
        Segment::Curve([x, y + k, x + k, y, x + r, y]),
        Segment::Close,
    ]
}
