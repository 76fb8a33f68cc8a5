//! A page's content: items to printpdf's operations to bytes.

use super::file::{Compressed, Compressor};
use super::fonts::{Embedded, EmbeddedFace, Known, plain_text};
use super::shown::Shown;
use super::side::{Part, Side, matrix};
use crate::fonts::FaceId;
use crate::frame::{Glyph, GlyphRun, Ink, Item, Kind, Placed, Rgb, Segment, Shape, Stroke, TagId};
use crate::geom::Size;
use printpdf::{
    Color, CurTransMat, DictItem, Line, LineCapStyle, LineDashPattern, LineJoinStyle, LinePoint, Mm, Op, PaintMode,
    PdfDocument, PdfPage, PdfSaveOptions, Point, Polygon, PolygonRing, Pt, WindingOrder, XObjectId, XObjectTransform,
};
use std::collections::BTreeMap;
use std::ops::Range;

/// For every part of a side, which tag each of its marked pieces belongs to. Pieces are numbered through all parts.
pub(super) type Marks = Vec<Vec<TagId>>;

/// A side's content stream, and the tags of its marked pieces.
pub(super) struct Drawn {
    pub(super) stream: Compressed,
    pub(super) marks: Marks,
}

/// Draws some sides.
pub(super) fn draw(sides: &[Side<'_>], embedded: &Embedded, ink: Ink) -> Vec<Drawn> {
    let mut document = PdfDocument::new("");
    let mut marks = Vec::new();
    for side in sides {
        let mut pen = Pen::new(side.size.h, embedded, ink);
        let side_marks = side.parts.iter().map(|part| pen.part(part)).collect();
        for slug in side.slugs {
            pen.placed(slug.size, (slug.x, slug.y), slug.turn, None, &slug.items);
        }
        side.marks.iter().for_each(|item| pen.item(item));
        document.pages.push(PdfPage::new(Mm(10.0), Mm(10.0), pen.finish()));
        marks.push(side_marks);
    }
    let mut compressor = Compressor::new();
    let streams = content_streams(&document).into_iter().map(|bytes| compressor.compress(&bytes));
    streams.zip(marks).map(|(stream, marks)| Drawn { stream, marks }).collect()
}

/// The content streams that printpdf makes of its pages.
fn content_streams(document: &PdfDocument) -> Vec<Vec<u8>> {
    let mut warnings = Vec::new();
    // glyphs are shown by an operator of our own making (see `Shown`), which "secure" would drop
    let options = PdfSaveOptions { optimize: false, subset_fonts: false, secure: false, image_optimization: None };
    let mut written = document.to_lopdf_document(&options, &mut warnings);
    let pages: Vec<_> = written.get_pages().into_values().collect();
    pages
        .into_iter()
        .map(|page| {
            let id =
                written.get_dictionary(page).and_then(|d| d.get(b"Contents")).and_then(lopdf::Object::as_reference);
            let stream = id.ok().and_then(|id| written.objects.get_mut(&id)).and_then(|o| o.as_stream_mut().ok());
            stream.map(|s| std::mem::take(&mut s.content)).unwrap_or_default()
        })
        .collect()
}

/// Which marked piece is open.
#[derive(PartialEq)]
enum Open {
    Nothing,
    Artifact,
    Tag(TagId),
}

/// How far a glyph may stand from where the layout wants it, in ems: two hundredths of a millimetre in a heading, less in text.
const PEN_TOLERANCE: f32 = 2e-3;

struct Pen<'e> {
    height: f32,
    card: usize,
    embedded: &'e Embedded,
    ink: Ink,
    ops: Vec<Op>,
    /// Operators of the text section that are not among the operations yet.
    shown: Shown,
    open: Open,
    in_text: bool,
    /// Where the line of the text section begins, in thousandths of a point.
    line: (i32, i32),
    /// The tags of the part that is being drawn.
    marks: Vec<TagId>,
    /// How many marked pieces the parts before it have.
    marked: usize,
    fill: Option<Rgb>,
    stroke: Option<Stroke>,
    font: Option<(FaceId, f32)>,
    /// Space after every glyph that the file's own text state adds, in points.
    spacing: f32,
}

impl<'e> Pen<'e> {
    fn new(height: f32, embedded: &'e Embedded, ink: Ink) -> Self {
        Pen {
            height,
            card: 0,
            embedded,
            ink,
            ops: Vec::with_capacity(192),
            shown: Shown::new(),
            open: Open::Nothing,
            in_text: false,
            line: (0, 0),
            marks: Vec::new(),
            marked: 0,
            fill: None,
            stroke: None,
            font: None,
            spacing: 0.0,
        }
    }

    fn finish(mut self) -> Vec<Op> {
        self.close();
        self.text_section(false);
        self.ops
    }

    fn push(&mut self, op: Op) {
        // printpdf's own operations for text look every character up, in every document, to gather what fonts must hold; the glyphs
        // are known already, so they are written as they are
        if let Some(key) = self.shown.take() {
            self.ops.push(Op::Unknown { key, value: Vec::new() });
        }
        self.ops.push(op);
    }

    /// Draws a page of a card; gives the tags of its marked pieces.
    fn part(&mut self, part: &Part<'_>) -> Vec<TagId> {
        self.card = part.card;
        match &part.placed {
            None => part.page.items.iter().for_each(|item| self.item(item)),
            Some(p) => {
                let (w, h) = if p.turn % 2 == 0 {
                    (part.page.size.w, part.page.size.h)
                } else {
                    (part.page.size.h, part.page.size.w)
                };
                let [left, top, right, bottom] = p.bleed;
                let clip = [p.x - left, p.y - top, w + left + right, h + top + bottom];
                self.placed(part.page.size, (p.x, p.y), p.turn, Some(clip), &part.page.items);
            }
        }
        self.marked += self.marks.len();
        std::mem::take(&mut self.marks)
    }

    /// Draws items of a room at a place of the side, with nothing of them outside of `clip`: x, y, width, height.
    fn placed(&mut self, size: Size, at: (f32, f32), turn: u8, clip: Option<[f32; 4]>, items: &[Item]) {
        self.close();
        self.text_section(false);
        self.push(Op::SaveGraphicsState);
        if let Some([x, y, w, h]) = clip {
            self.clip(x, y, w, h);
        }
        let matrix = matrix(size, at, turn, self.height).map(round);
        self.push(Op::SetTransformationMatrix { matrix: CurTransMat::Raw(matrix) });
        let height = std::mem::replace(&mut self.height, size.h);
        items.iter().for_each(|item| self.item(item));
        self.height = height;
        self.close();
        self.text_section(false);
        self.push(Op::RestoreGraphicsState);
        // everything is again as at the beginning of the side
        (self.fill, self.stroke, self.font, self.spacing) = (None, None, None, 0.0);
    }

    fn clip(&mut self, x: f32, y: f32, w: f32, h: f32) {
        let points = self.subpaths(&crate::frame::rectangle(x, y, w, h)).swap_remove(0).0;
        let ring = PolygonRing { points };
        self.push(Op::DrawPolygon {
            polygon: Polygon { rings: vec![ring], mode: PaintMode::Clip, winding_order: WindingOrder::NonZero },
        });
    }

    fn item(&mut self, item: &Item) {
        self.mark(item.tag, matches!(item.kind, Kind::Glyphs(_)));
        match &item.kind {
            Kind::Glyphs(run) => self.glyphs(run),
            Kind::Shape(shape) => self.shape(shape),
            Kind::Image(placed) => self.image(placed),
        }
    }

    /// Opens the marked piece that an item belongs to, unless it is open. Pieces of text stand within a text section, all others
    /// outside.
    fn mark(&mut self, tag: Option<TagId>, text: bool) {
        let wanted = tag.map_or(Open::Artifact, Open::Tag);
        if self.open == wanted && self.in_text == text {
            return;
        }
        self.close();
        self.text_section(text);
        match tag {
            None => self.push(Op::BeginMarkedContent { tag: "Artifact".into() }),
            Some(tag) => {
                let number = self.marked + self.marks.len();
                self.marks.push(tag);
                if text {
                    self.shown.begin_marked(number);
                } else {
                    let number = DictItem::Int(number as i64);
                    let properties = DictItem::Dict { map: BTreeMap::from([("MCID".to_owned(), number)]) };
                    self.push(Op::BeginMarkedContentWithProperties { tag: "Span".into(), properties });
                }
            }
        }
        self.open = wanted;
    }

    fn close(&mut self) {
        if self.open != Open::Nothing {
            if self.in_text {
                self.shown.end_marked();
            } else {
                self.push(Op::EndMarkedContent);
            }
            self.open = Open::Nothing;
        }
    }

    fn text_section(&mut self, wanted: bool) {
        if self.in_text != wanted {
            self.push(if wanted { Op::StartTextSection } else { Op::EndTextSection });
            self.in_text = wanted;
            self.line = (0, 0);
        }
    }

    fn set_fill(&mut self, color: Rgb) {
        if self.fill != Some(color) {
            self.push(Op::SetFillColor { col: colour(color, self.ink) });
            self.fill = Some(color);
        }
    }

    fn set_stroke(&mut self, stroke: Stroke) {
        if self.stroke == Some(stroke) {
            return;
        }
        self.push(Op::SetOutlineColor { col: colour(stroke.color, self.ink) });
        self.push(Op::SetOutlineThickness { pt: Pt(round(stroke.width)) });
        let (cap, join) = if stroke.round {
            (LineCapStyle::Round, LineJoinStyle::Round)
        } else {
            (LineCapStyle::Butt, LineJoinStyle::Miter)
        };
        self.push(Op::SetLineCapStyle { cap });
        self.push(Op::SetLineJoinStyle { join });
        let dash = stroke.dots.map_or(LineDashPattern::new(0.0, &[]), |pitch| LineDashPattern::new(0.0, &[0.1, pitch]));
        self.push(Op::SetLineDashPattern { dash });
        self.stroke = Some(stroke);
    }

    fn glyphs(&mut self, run: &GlyphRun) {
        if run.glyphs.is_empty() {
            return;
        }
        let face = self.embedded.face(run.face);
        if !run.rtl {
            let spelled = is_spelled(run, face).then(|| plain_text(&run.text));
            self.piece(run, &run.glyphs, run.x, face, spelled.as_deref());
            return;
        }
        let mut x = run.x;
        for (range, spelled) in pieces(run, face) {
            let glyphs = &run.glyphs[range];
            self.piece(run, glyphs, x, face, spelled.as_deref());
            x += glyphs.iter().map(|g| g.advance).sum::<f32>() * run.size;
        }
    }

    /// Some glyphs of a run, with their text where it has to be spelled out.
    fn piece(&mut self, run: &GlyphRun, glyphs: &[Glyph], x: f32, face: &EmbeddedFace, spelled: Option<&str>) {
        if let Some(text) = spelled {
            self.shown.begin_spelled(text);
        }
        if self.fill != Some(run.color) {
            match shades(run.color, self.ink) {
                Shades::Grey(grey) => self.shown.colour(&[grey]),
                Shades::Rgb(parts) => self.shown.colour(&parts),
            }
            self.fill = Some(run.color);
        }
        let font = (run.face, run.size);
        if self.font != Some(font) {
            self.shown.face(&face.name, thousandths(run.size));
            self.font = Some(font);
        }
        self.show(run, glyphs, x, face);
        if spelled.is_some() {
            self.shown.end_marked();
        }
    }

    /// Glyphs with corrections where the pen would not be where the layout wants it.
    fn show(&mut self, run: &GlyphRun, glyphs: &[Glyph], x: f32, face: &EmbeddedFace) {
        let size = round(run.size);
        let spacing = round(common_spacing(glyphs, face) * size);
        if spacing != self.spacing {
            self.shown.spacing(thousandths(spacing));
            self.spacing = spacing;
        }
        let spacing = spacing / run.size;
        let mut rise = glyphs.first().map_or(0.0, |g| g.dy);
        self.move_to((x, rise), run.y, size);
        // in ems from the run's beginning: where the layout is, and where the file's pen is
        let (mut want, mut pen) = (0.0f32, 0.0f32);
        for g in glyphs {
            let known = face.glyph(g.id);
            if (g.dy - rise).abs() > 1e-4 {
                self.move_to((x + want * run.size, g.dy), run.y, size);
                (pen, rise) = (want, g.dy);
            }
            let off = want + g.dx - pen;
            if off.abs() > PEN_TOLERANCE {
                let thousandths = (-off * 1000.0).round();
                self.shown.correct(thousandths as i32);
                pen -= thousandths / 1000.0;
            }
            self.shown.glyph(&known.code);
            pen += known.width + spacing;
            want += g.advance;
        }
        self.shown.end_array();
    }

    /// Moves the pen to where the next glyph stands.
    fn move_to(&mut self, (x, rise): (f32, f32), y: f32, size: f32) {
        let to = (thousandths(x), thousandths(self.height - y + rise * size));
        self.shown.move_by(to.0 - self.line.0, to.1 - self.line.1);
        self.line = to;
    }

    fn shape(&mut self, shape: &Shape) {
        let subpaths = self.subpaths(&shape.path);
        if let Some(fill) = shape.fill {
            self.set_fill(fill);
            let rings = subpaths.iter().map(|(points, _)| PolygonRing { points: points.clone() }).collect();
            self.push(Op::DrawPolygon {
                polygon: Polygon { rings, mode: PaintMode::Fill, winding_order: WindingOrder::NonZero },
            });
        }
        if let Some(stroke) = shape.stroke {
            self.set_stroke(stroke);
            for (points, is_closed) in subpaths {
                self.push(Op::DrawLine { line: Line { points, is_closed } });
            }
        }
    }

    fn subpaths(&self, path: &[Segment]) -> Vec<(Vec<LinePoint>, bool)> {
        let point =
            |x: f32, y: f32, bezier| LinePoint { p: Point { x: Pt(round(x)), y: Pt(round(self.height - y)) }, bezier };
        let mut out: Vec<(Vec<LinePoint>, bool)> = Vec::new();
        for segment in path {
            match (*segment, out.last_mut()) {
                (Segment::Move(x, y), _) => out.push((vec![point(x, y, false)], false)),
                (Segment::Line(x, y), Some((points, _))) => points.push(point(x, y, false)),
                (Segment::Curve(c), Some((points, _))) => {
                    points.extend([point(c[0], c[1], true), point(c[2], c[3], true), point(c[4], c[5], false)]);
                }
                (Segment::Close, Some((_, closed))) => *closed = true,
                (_, None) => {}
            }
        }
        out
    }

    fn image(&mut self, placed: &Placed) {
        let [x, y, w, h] = placed.clip;
        self.push(Op::SaveGraphicsState);
        self.clip(x, y, w, h);
        let [ix, iy, iw, ih] = placed.at;
        let transform = XObjectTransform {
            translate_x: Some(Pt(round(ix))),
            translate_y: Some(Pt(round(self.height - iy - ih))),
            scale_x: Some(round(iw)),
            scale_y: Some(round(ih)),
            no_auto_scale: true,
            ..XObjectTransform::default()
        };
        self.push(Op::UseXobject { id: image_id(self.card, placed.image), transform });
        self.push(Op::RestoreGraphicsState);
    }
}

/// The space that most glyphs of a run have after them beyond their own width, in ems: what letterspacing adds.
fn common_spacing(glyphs: &[Glyph], face: &EmbeddedFace) -> f32 {
    let more = |g: &Glyph| g.advance - face.glyph(g.id).width;
    let is_none = |more: f32| more.abs() <= 2.0 * PEN_TOLERANCE;
    // most text has none, and is told from the rest without sorting
    if glyphs.len() < 3 || glyphs.iter().filter(|g| is_none(more(g))).count() * 2 > glyphs.len() {
        return 0.0;
    }
    let mut all: Vec<f32> = glyphs.iter().map(more).collect();
    all.sort_unstable_by(f32::total_cmp);
    let middle = all[all.len() / 2];
    let near = all.iter().filter(|m| (**m - middle).abs() <= PEN_TOLERANCE).count();
    if !is_none(middle) && near * 2 > all.len() { middle } else { 0.0 }
}

/// The resource name of a card's picture.
pub(super) fn image_id(card: usize, image: usize) -> XObjectId {
    XObjectId(format!("I{card}n{image}"))
}

/// Gaps from which on pdftotext begins a new word, in ems, with a margin.
const WORD_GAP: f32 = 0.08;

/// Whether a glyph says the single letter of ASCII that the face's table says of it, as most do.
fn is_letter(run: &GlyphRun, g: &Glyph, known: &Known) -> bool {
    g.text.1 == g.text.0 + 1
        && known.letter.is_some()
        && known.letter == run.text.as_bytes().get(g.text.0 as usize).copied()
}

/// Whether a glyph says what the face's table says of it.
fn is_told(run: &GlyphRun, g: &Glyph, face: &EmbeddedFace) -> bool {
    let raw = &run.text[g.text.0 as usize..g.text.1 as usize];
    face.text(g.id) == raw || !raw.is_ascii() && face.text(g.id) == plain_text(raw)
}

/// Whether the text of a run from left to right has to be spelled out for whoever copies or hears it.
fn is_spelled(run: &GlyphRun, face: &EmbeddedFace) -> bool {
    // letters that stand far apart are taken for words by programs that look at the gaps
    let apart = |g: &Glyph, known: &Known| {
        let wide = g.advance - known.width > WORD_GAP;
        wide && !run.text[g.text.0 as usize..g.text.1 as usize].trim().is_empty()
    };
    run.glyphs.iter().any(|g| {
        let known = face.glyph(g.id);
        !(is_letter(run, g, known) || is_told(run, g, face)) || apart(g, known)
    })
}

/// The glyphs of a run from right to left in pieces. There readers put the words in order themselves, glyph by glyph; only single
/// letters may be spelled out.
fn pieces(run: &GlyphRun, face: &EmbeddedFace) -> Vec<(Range<usize>, Option<String>)> {
    let mut out: Vec<(Range<usize>, Option<String>)> = Vec::new();
    let mut start = 0;
    for (i, g) in run.glyphs.iter().enumerate() {
        // the marks of a letter stand before it and have no text
        if g.text.0 == g.text.1 && i + 1 < run.glyphs.len() {
            continue;
        }
        let plain = start == i && is_told(run, g, face);
        match out.last_mut() {
            Some((range, None)) if plain => range.end = i + 1,
            _ => {
                let text = || plain_text(&run.text[g.text.0 as usize..g.text.1 as usize]);
                out.push((start..i + 1, (!plain).then(text)));
            }
        }
        start = i + 1;
    }
    out
}

/// Text for a PDF string: UTF-16, most significant byte first, with its mark.
pub(super) fn utf16(text: &str) -> Vec<u8> {
    [0xfe, 0xff].into_iter().chain(text.encode_utf16().flat_map(u16::to_be_bytes)).collect()
}

/// A colour as the file tells it, in thousandths.
enum Shades {
    Grey(i32),
    Rgb([i32; 3]),
}

/// Black alone is told as grey, which printers don't mix from other inks.
fn shades(color: Rgb, ink: Ink) -> Shades {
    match ink {
        Ink::Black => Shades::Grey(if color.luminance() < 0.5 { 0 } else { 1000 }),
        Ink::Colours => Shades::Rgb(color.0.map(|v| thousandths(f32::from(v) / 255.0))),
    }
}

/// A colour for printpdf.
fn colour(color: Rgb, ink: Ink) -> Color {
    let part = |v: i32| v as f32 / 1000.0;
    match shades(color, ink) {
        Shades::Grey(grey) => Color::Greyscale(printpdf::Greyscale { percent: part(grey), icc_profile: None }),
        Shades::Rgb([r, g, b]) => Color::Rgb(printpdf::Rgb { r: part(r), g: part(g), b: part(b), icc_profile: None }),
    }
}

fn thousandths(value: f32) -> i32 {
    (value * 1000.0).round() as i32
}

/// Three decimals are a third of a micrometre, and half the bytes.
fn round(value: f32) -> f32 {
    (value * 1000.0).round() / 1000.0
}
