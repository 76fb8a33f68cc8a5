//! A frame as pixels: for covers.

use crate::fonts::FontBook;
use crate::frame::{GlyphRun, Kind, Page, Rgb, Segment, Shape};
use jpeg_encoder::{ImageBuffer, JpegColorType, rgb_to_ycbcr};
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{FontRef, MetadataProvider};
use tiny_skia::{FillRule, LineCap, LineJoin, Paint, Path, PathBuilder, Pixmap, StrokeDash, Transform};

/// Quality of cover images, between 1 and 100 (book specification, 8: 84 to 88), and lower ones for a photo full of detail.
const QUALITIES: [u8; 4] = [86, 78, 68, 56];

/// Draws text and shapes of a page at so many pixels a point, and makes a JPEG file of it of so many bytes, if that can be. `ground`
/// lies behind them: pixels of red, green and blue, as many as the page has; else it is white. Pictures of the page are not drawn.
pub fn jpeg(page: &Page, book: &FontBook, scale: f32, ground: Option<&[u8]>, most: usize) -> Vec<u8> {
    let (w, h) = ((page.size.w * scale).round() as u32, (page.size.h * scale).round() as u32);
    let Some(mut pixmap) = Pixmap::new(w, h) else { return Vec::new() };
    pixmap.fill(tiny_skia::Color::WHITE);
    if let Some(ground) = ground {
        for (to, from) in pixmap.data_mut().chunks_exact_mut(4).zip(ground.chunks_exact(3)) {
            to[..3].copy_from_slice(from);
        }
    }
    let to_pixels = Transform::from_scale(scale, scale);
    for item in &page.items {
        match &item.kind {
            Kind::Shape(s) => shape(&mut pixmap, s, to_pixels),
            Kind::Glyphs(run) => glyphs(&mut pixmap, run, book, to_pixels),
            Kind::Image(_) => {}
        }
    }
    let (w, h) = (w.min(65_535) as u16, h.min(65_535) as u16);
    let mut bytes = Vec::new();
    for quality in QUALITIES {
        bytes.clear();
        let encoder = crate::image::encoder(&mut bytes, quality);
        if encoder.encode_image(Flat { pixels: pixmap.data(), w, h }).is_err() {
            return Vec::new();
        }
        if bytes.len() <= most {
            break;
        }
    }
    bytes
}

/// Pixels of red, green, blue and opacity, most of them like the one before.
struct Flat<'a> {
    pixels: &'a [u8],
    w: u16,
    h: u16,
}

impl ImageBuffer for Flat<'_> {
    fn get_jpeg_color_type(&self) -> JpegColorType {
        JpegColorType::Ycbcr
    }

    fn width(&self) -> u16 {
        self.w
    }

    fn height(&self) -> u16 {
        self.h
    }

    fn fill_buffers(&self, y: u16, buffers: &mut [Vec<u8>; 4]) {
        let width = usize::from(self.w) * 4;
        let row = &self.pixels[usize::from(y) * width..][..width];
        let (pixels, _) = row.as_chunks::<4>();
        for run in pixels.chunk_by(|a, b| a == b) {
            let [red, green, blue, _] = run[0];
            let (luma, cb, cr) = rgb_to_ycbcr(red, green, blue);
            for (buffer, value) in buffers.iter_mut().zip([luma, cb, cr]) {
                buffer.resize(buffer.len() + run.len(), value);
            }
        }
    }
}

fn paint(color: Rgb) -> Paint<'static> {
    let mut paint = Paint::default();
    paint.set_color_rgba8(color.0[0], color.0[1], color.0[2], 255);
    paint.anti_alias = true;
    paint
}

fn shape(pixmap: &mut Pixmap, shape: &Shape, transform: Transform) {
    let Some(path) = outline(&shape.path) else { return };
    if let Some(color) = shape.fill {
        pixmap.fill_path(&path, &paint(color), FillRule::Winding, transform, None);
    }
    if let Some(s) = &shape.stroke {
        let round = s.round || s.dots.is_some();
        let stroke = tiny_skia::Stroke {
            width: s.width,
            line_cap: if round { LineCap::Round } else { LineCap::Butt },
            line_join: if round { LineJoin::Round } else { LineJoin::Miter },
            dash: s.dots.and_then(|pitch| StrokeDash::new(vec![0.0, pitch], 0.0)),
            ..tiny_skia::Stroke::default()
        };
        pixmap.stroke_path(&path, &paint(s.color), &stroke, transform, None);
    }
}

fn outline(segments: &[Segment]) -> Option<Path> {
    let mut path = PathBuilder::new();
    for segment in segments {
        match *segment {
            Segment::Move(x, y) => path.move_to(x, y),
            Segment::Line(x, y) => path.line_to(x, y),
            Segment::Curve([a, b, c, d, x, y]) => path.cubic_to(a, b, c, d, x, y),
            Segment::Close => path.close(),
        }
    }
    path.finish()
}

fn glyphs(pixmap: &mut Pixmap, run: &GlyphRun, book: &FontBook, transform: Transform) {
    let face = book.face(run.face);
    let Ok(font) = FontRef::from_index(face.data.bytes(), face.index) else { return };
    let outlines = font.outline_glyphs();
    let mut x = run.x;
    for glyph in &run.glyphs {
        let mut pen = Pen(PathBuilder::new());
        let settings = DrawSettings::unhinted(Size::new(run.size), LocationRef::default());
        let drawn = outlines.get(u32::from(glyph.id).into()).is_some_and(|g| g.draw(settings, &mut pen).is_ok());
        if let Some(path) = pen.0.finish().filter(|_| drawn) {
            let at = transform.pre_translate(x + glyph.dx * run.size, run.y - glyph.dy * run.size);
            pixmap.fill_path(&path, &paint(run.color), FillRule::Winding, at, None);
        }
        x += glyph.advance * run.size;
    }
}

/// Font outlines have their ordinate upwards.
struct Pen(PathBuilder);

impl OutlinePen for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.0.move_to(x, -y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.0.line_to(x, -y);
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        self.0.quad_to(cx, -cy, x, -y);
    }

    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        self.0.cubic_to(ax, -ay, bx, -by, x, -y);
    }

    fn close(&mut self) {
        self.0.close();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::frame::{Item, rectangle};

    #[test]
    fn what_is_drawn_is_there() {
        let fill = Shape { path: rectangle(0.0, 0.0, 5.0, 10.0), fill: Some(Rgb([200, 30, 20])), stroke: None };
        let page = Page {
            size: crate::geom::Size { w: 10.0, h: 10.0 },
            bleed: 0.0,
            items: vec![Item { tag: None, kind: Kind::Shape(fill) }],
        };
        let bytes = jpeg(&page, &FontBook::new(), 4.0, None, usize::MAX);
        let image = image::load_from_memory(&bytes).unwrap().to_rgb8();
        assert_eq!(image.dimensions(), (40, 40));
        let (left, right) = (image.get_pixel(8, 20).0, image.get_pixel(32, 20).0);
        assert!(left[0] > 180 && left[1] < 60 && right.iter().all(|v| *v > 240), "{left:?} {right:?}");
    }
}
