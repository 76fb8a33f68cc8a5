//! A page's content: items to printpdf's operations to bytes.

use super::file::{Compressed, Compressor};
use super::fonts::{Embedded, EmbeddedFace, plain_text};
use super::shown::Shown;
use super::side::{Part, Side, matrix};
use crate::fonts::FaceId;
use crate::frame::{Glyph, GlyphRun, Ink, Item, Kind, Placed, Rgb, Segment, Shape, Stroke, TagId};
use crate::geom::Size;
use printpdf::{
    Color, CurTransMat, DictItem, Line, LineCapStyle, LineDashPattern, LineJoinStyle, LinePoint, Mm, Op, PaintMode,
    PdfDocument, PdfFontHandle, PdfPage, PdfSaveOptions, Point, Polygon, PolygonRing, Pt, WindingOrder, XObjectId,
    XObjectTransform,
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
            ops: Vec::with_capacity(384),
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
        self.ops.push(Op::SaveGraphicsState);
        if let Some([x, y, w, h]) = clip {
            self.clip(x, y, w, h);
        }
        let matrix = matrix(size, at, turn, self.height).map(round);
        self.ops.push(Op::SetTransformationMatrix { matrix: CurTransMat::Raw(matrix) });
        let height = std::mem::replace(&mut self.height, size.h);
        items.iter().for_each(|item| self.item(item));
        self.height = height;
        self.close();
        self.text_section(false);
        self.ops.push(Op::RestoreGraphicsState);
        // everything is again as at the beginning of the side
        (self.fill, self.stroke, self.font, self.spacing) = (None, None, None, 0.0);
    }

    fn clip(&mut self, x: f32, y: f32, w: f32, h: f32) {
        let points = self.subpaths(&crate::frame::rectangle(x, y, w, h)).swap_remove(0).0;
        let ring = PolygonRing { points };
        self.ops.push(Op::DrawPolygon {
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
            None => self.ops.push(Op::BeginMarkedContent { tag: "Artifact".into() }),
            Some(tag) => {
                let number = DictItem::Int((self.marked + self.marks.len()) as i64);
                let properties = DictItem::Dict { map: BTreeMap::from([("MCID".to_owned(), number)]) };
                self.ops.push(Op::BeginMarkedContentWithProperties { tag: "Span".into(), properties });
                self.marks.push(tag);
            }
        }
        self.open = wanted;
    }

    fn close(&mut self) {
        if self.open != Open::Nothing {
            self.ops.push(Op::EndMarkedContent);
            self.open = Open::Nothing;
        }
    }

    fn text_section(&mut self, wanted: bool) {
        if self.in_text != wanted {
            self.ops.push(if wanted { Op::StartTextSection } else { Op::EndTextSection });
            self.in_text = wanted;
            self.line = (0, 0);
        }
    }

    fn set_fill(&mut self, color: Rgb) {
        if self.fill != Some(color) {
            self.ops.push(Op::SetFillColor { col: colour(color, self.ink) });
            self.fill = Some(color);
        }
    }

    fn set_stroke(&mut self, stroke: Stroke) {
        if self.stroke == Some(stroke) {
            return;
        }
        self.ops.push(Op::SetOutlineColor { col: colour(stroke.color, self.ink) });
        self.ops.push(Op::SetOutlineThickness { pt: Pt(round(stroke.width)) });
        let (cap, join) = if stroke.round {
            (LineCapStyle::Round, LineJoinStyle::Round)
        } else {
            (LineCapStyle::Butt, LineJoinStyle::Miter)
        };
        self.ops.push(Op::SetLineCapStyle { cap });
        self.ops.push(Op::SetLineJoinStyle { join });
        let dash = stroke.dots.map_or(LineDashPattern::new(0.0, &[]), |pitch| LineDashPattern::new(0.0, &[0.1, pitch]));
        self.ops.push(Op::SetLineDashPattern { dash });
        self.stroke = Some(stroke);
    }

    fn glyphs(&mut self, run: &GlyphRun) {
        if run.glyphs.is_empty() {
            return;
        }
        let face = self.embedded.face(run.face);
        let mut x = run.x;
        for (range, spelled) in pieces(run, face) {
            let glyphs = &run.glyphs[range];
            if let Some(text) = &spelled {
                let text = utf16(text);
                let properties = DictItem::Dict {
                    map: BTreeMap::from([("ActualText".to_owned(), DictItem::String { data: text, literal: false })]),
                };
                self.ops.push(Op::BeginMarkedContentWithProperties { tag: "Span".into(), properties });
            }
            self.set_fill(run.color);
            let font = (run.face, run.size);
            if self.font != Some(font) {
                self.ops.push(Op::SetFont { font: PdfFontHandle::External(face.id()), size: Pt(round(run.size)) });
                self.font = Some(font);
            }
            self.show(run, glyphs, x, face);
            x += glyphs.iter().map(|g| g.advance).sum::<f32>() * run.size;
            if spelled.is_some() {
                self.ops.push(Op::EndMarkedContent);
            }
        }
    }

    /// Glyphs with corrections where the pen would not be where the layout wants it.
    fn show(&mut self, run: &GlyphRun, glyphs: &[Glyph], x: f32, face: &EmbeddedFace) {
        let size = round(run.size);
        let spacing = round(common_spacing(glyphs, face) * size);
        if spacing != self.spacing {
            self.ops.push(Op::SetCharacterSpacing { multiplier: spacing });
            self.spacing = spacing;
        }
        let spacing = spacing / run.size;
        let mut shown = Shown::new(glyphs.len());
        let mut start = (x, 0.0f32);
        // in ems from the run's beginning: where the layout is, and where the file's pen is
        let (mut want, mut pen) = (0.0f32, 0.0f32);
        let mut rise = 0.0f32;
        for g in glyphs {
            let (id, width) = face.glyph(g.id);
            if (g.dy - rise).abs() > 1e-4 {
                let before = std::mem::replace(&mut shown, Shown::new(glyphs.len()));
                self.put(before, start, run.y, size);
                start = (x + want * run.size, g.dy);
                (pen, rise) = (want, g.dy);
            }
            let off = want + g.dx - pen;
            if off.abs() > PEN_TOLERANCE {
                let thousandths = (-off * 1000.0).round();
                shown.correct(thousandths as i32);
                pen -= thousandths / 1000.0;
            }
            shown.glyph(id);
            pen += width + spacing;
            want += g.advance;
        }
        self.put(shown, start, run.y, size);
    }

    /// Puts down what has gathered. printpdf's own operation for text looks every character up, in every document, to gather
    /// what fonts must hold; the glyphs are known already, so they are written as they are.
    fn put(&mut self, shown: Shown, (x, rise): (f32, f32), y: f32, size: f32) {
        let Some(operator) = shown.finish() else { return };
        let to = (thousandths(x), thousandths(self.height - y + rise * size));
        let by = |to: i32, from: i32| Pt((to - from) as f32 / 1000.0);
        let pos = Point { x: by(to.0, self.line.0), y: by(to.1, self.line.1) };
        self.line = to;
        self.ops.push(Op::SetTextCursor { pos });
        self.ops.push(Op::Unknown { key: operator, value: Vec::new() });
    }

    fn shape(&mut self, shape: &Shape) {
        let subpaths = self.subpaths(&shape.path);
        if let Some(fill) = shape.fill {
            self.set_fill(fill);
            let rings = subpaths.iter().map(|(points, _)| PolygonRing { points: points.clone() }).collect();
            self.ops.push(Op::DrawPolygon {
                polygon: Polygon { rings, mode: PaintMode::Fill, winding_order: WindingOrder::NonZero },
            });
        }
        if let Some(stroke) = shape.stroke {
            self.set_stroke(stroke);
            for (points, is_closed) in subpaths {
                self.ops.push(Op::DrawLine { line: Line { points, is_closed } });
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
        self.ops.push(Op::SaveGraphicsState);
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
        self.ops.push(Op::UseXobject { id: image_id(self.card, placed.image), transform });
        self.ops.push(Op::RestoreGraphicsState);
    }
}

/// The space that most glyphs of a run have after them beyond their own width, in ems: what letterspacing adds.
fn common_spacing(glyphs: &[Glyph], face: &EmbeddedFace) -> f32 {
    if glyphs.len() < 3 {
        return 0.0;
    }
    let mut more: Vec<f32> = glyphs.iter().map(|g| g.advance - face.glyph(g.id).1).collect();
    more.sort_unstable_by(f32::total_cmp);
    let middle = more[more.len() / 2];
    let near = more.iter().filter(|m| (**m - middle).abs() <= PEN_TOLERANCE).count();
    if middle.abs() > 2.0 * PEN_TOLERANCE && near * 2 > more.len() { middle } else { 0.0 }
}

/// The resource name of a card's picture.
pub(super) fn image_id(card: usize, image: usize) -> XObjectId {
    XObjectId(format!("I{card}n{image}"))
}

/// Gaps from which on pdftotext begins a new word, in ems, with a margin.
const WORD_GAP: f32 = 0.08;

/// The glyphs in pieces: those that say what the face's table says of them, and those whose text has to be spelled out for
/// whoever copies or hears them.
fn pieces(run: &GlyphRun, face: &EmbeddedFace) -> Vec<(Range<usize>, Option<String>)> {
    let raw = |g: &Glyph| &run.text[g.text.0 as usize..g.text.1 as usize];
    let text = |g: &Glyph| plain_text(raw(g));
    let told = |g: &Glyph| face.text(g.id) == raw(g) || !raw(g).is_ascii() && face.text(g.id) == text(g);
    if !run.rtl {
        // letters that stand far apart are taken for words by programs that look at the gaps
        let apart = |g: &Glyph| g.advance - face.glyph(g.id).1 > WORD_GAP && !raw(g).trim().is_empty();
        let spelled = !run.glyphs.iter().all(told) || run.glyphs.iter().any(apart);
        return vec![(0..run.glyphs.len(), spelled.then(|| plain_text(&run.text)))];
    }
    // from right to left readers put the words in order themselves, glyph by glyph; only single letters may be spelled out
    let mut out: Vec<(Range<usize>, Option<String>)> = Vec::new();
    let mut start = 0;
    for (i, g) in run.glyphs.iter().enumerate() {
        // the marks of a letter stand before it and have no text
        if g.text.0 == g.text.1 && i + 1 < run.glyphs.len() {
            continue;
        }
        let plain = start == i && told(g);
        match out.last_mut() {
            Some((range, None)) if plain => range.end = i + 1,
            _ => out.push((start..i + 1, (!plain).then(|| text(g)))),
        }
        start = i + 1;
    }
    out
}

/// Text for a PDF string: UTF-16, most significant byte first, with its mark.
pub(super) fn utf16(text: &str) -> Vec<u8> {
    [0xfe, 0xff].into_iter().chain(text.encode_utf16().flat_map(u16::to_be_bytes)).collect()
}

/// A colour for the file. Black alone is told as grey, which printers don't mix from other inks.
fn colour(color: Rgb, ink: Ink) -> Color {
    if ink == Ink::Black {
        let percent = if color.luminance() < 0.5 { 0.0 } else { 1.0 };
        return Color::Greyscale(printpdf::Greyscale { percent, icc_profile: None });
    }
    let part = |v: u8| (f32::from(v) / 255.0 * 1000.0).round() / 1000.0;
    Color::Rgb(printpdf::Rgb { r: part(color.0[0]), g: part(color.0[1]), b: part(color.0[2]), icc_profile: None })
}

fn thousandths(value: f32) -> i32 {
    (value * 1000.0).round() as i32
}

/// Three decimals are a third of a micrometre, and half the bytes.
fn round(value: f32) -> f32 {
    (value * 1000.0).round() / 1000.0
}
