//! Drawing: text, rules and pictures onto a page, with their tags. The one place that knows about right to left.

use super::icon;
use crate::frame::{
    GlyphRun, Item, Kind, Page, Placed, Rgb, Role, Segment, Shape, Stroke, TagId, Tags, rectangle, rounded,
};
use crate::geom::Size;
use crate::locale::Lang;
use crate::qr::Code;
use crate::rich::Target;
use crate::text::{Fill, Line, Para};
use std::ops::Range;

/// A size of text: line boxes of `size`, baselines `pitch` apart, the first one `ascent` times the size below the top.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Set {
    pub(crate) size: f32,
    pub(crate) pitch: f32,
    pub(crate) ascent: f32,
}

impl Set {
    /// The height of so many lines.
    pub(crate) fn height(&self, lines: usize) -> f32 {
        if lines == 0 { 0.0 } else { (lines - 1) as f32 * self.pitch + self.size }
    }

    /// From the bottom of a line box to the top of the next.
    pub(crate) fn leading(&self) -> f32 {
        self.pitch - self.size
    }

    /// The number of lines of a paragraph; all but the first are `hang` narrower.
    pub(crate) fn lines(&self, para: &Para, width: f32, hang: f32) -> usize {
        para.line_count(width / self.size, (width - hang) / self.size)
    }

    /// The height of a paragraph.
    pub(crate) fn para(&self, para: &Para, width: f32, hang: f32) -> f32 {
        self.height(self.lines(para, width, hang))
    }
}

/// Where text stands in its width.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Align {
    Start,
    End,
}

/// How a paragraph is put down.
#[derive(Debug, Clone, Copy)]
pub(crate) struct How {
    pub(crate) hang: f32,
    pub(crate) align: Align,
    pub(crate) fill: Fill,
    pub(crate) justify: bool,
    pub(crate) tag: Option<TagId>,
}

impl How {
    pub(crate) fn new(tag: Option<TagId>) -> Self {
        How { hang: 0.0, align: Align::Start, fill: Fill::Ragged, justify: false, tag }
    }

    pub(crate) fn hang(self, hang: f32) -> Self {
        How { hang, ..self }
    }

    pub(crate) fn end(self) -> Self {
        How { align: Align::End, ..self }
    }

    pub(crate) fn list(self) -> Self {
        How { fill: Fill::List, ..self }
    }

    pub(crate) fn balanced(self) -> Self {
        How { fill: Fill::Balanced, ..self }
    }

    pub(crate) fn justify(self, justify: bool) -> Self {
        How { justify, ..self }
    }
}

/// A page that is being drawn.
pub(crate) struct Canvas<'t> {
    pub(crate) page: Page,
    pub(crate) tags: &'t mut Tags,
    rtl: bool,
    /// How far colour and pictures that reach the edge run over it.
    bleed: f32,
    /// Added to every place, from the edge where lines begin.
    indent: f32,
    /// No rule is thinner.
    least_rule: f32,
    /// The tag made for a foreign phrase, to be used for all its pieces.
    phrase: Option<(TagId, Lang, TagId)>,
    /// The same for text that leads elsewhere.
    link: Option<(TagId, Target, TagId)>,
    /// The places that lead elsewhere.
    pub(crate) links: Vec<Leading>,
}

/// A place that leads elsewhere.
pub(crate) struct Leading {
    /// Its rectangle: x, y, width, height.
    pub(crate) area: [f32; 4],
    pub(crate) tag: TagId,
    pub(crate) to: Target,
}

impl<'t> Canvas<'t> {
    pub(crate) fn new(size: Size, bleed: f32, rtl: bool, tags: &'t mut Tags) -> Self {
        let page = Page { size, bleed: 0.0, items: Vec::new() };
        Canvas { page, tags, rtl, bleed, indent: 0.0, least_rule: 0.0, phrase: None, link: None, links: Vec::new() }
    }

    /// Moves everything away from the edge where lines begin.
    pub(crate) fn indented(mut self, by: f32) -> Self {
        self.indent = by;
        self
    }

    /// Draws no rule thinner than this.
    pub(crate) fn with_least_rule(mut self, width: f32) -> Self {
        self.least_rule = width;
        self
    }

    /// A page that is drawn already, to be added to.
    pub(crate) fn resume(page: Page, rtl: bool, tags: &'t mut Tags) -> Self {
        Canvas { page, ..Canvas::new(Size { w: 0.0, h: 0.0 }, 0.0, rtl, tags) }
    }

    /// A paragraph with the top of its first line box at `y`; gives its height.
    pub(crate) fn para(&mut self, para: &Para, set: Set, x: f32, y: f32, width: f32, how: How) -> f32 {
        let lines = para.lines(width / set.size, (width - how.hang) / set.size, how.fill);
        let count = lines.lines.len();
        for (i, pieces) in lines.lines.iter().enumerate() {
            let indent = if i == 0 { 0.0 } else { how.hang };
            let baseline = y + set.ascent * set.size + i as f32 * set.pitch;
            let justify = (how.justify && i + 1 < count).then_some(width - indent);
            let line = para.place(pieces, set.size, 0.0, baseline, justify);
            self.put(line, set.size, x + indent, width - indent, how);
        }
        set.height(count)
    }

    /// Lines of a paragraph that is broken already, the first with its baseline at `y`. `how.hang` is how far each line but the
    /// paragraph's first stands in, `first` how far that one does.
    #[allow(clippy::too_many_arguments, reason = "lines and their place")]
    pub(crate) fn broken(
        &mut self,
        para: &Para,
        (lines, range): (&[Range<usize>], Range<usize>),
        (size, pitch): (f32, f32),
        first: f32,
        (x, y, width): (f32, f32, f32),
        how: How,
    ) {
        for (i, k) in range.enumerate() {
            let indent = if k == 0 { first } else { how.hang };
            let justify = (how.justify && k + 1 < lines.len()).then_some(width - indent);
            let line = para.place(&lines[k], size, 0.0, y + i as f32 * pitch, justify);
            self.put(line, size, x + indent, width - indent, how);
        }
    }

    /// One line with its baseline at `y`; gives its width.
    pub(crate) fn line(&mut self, para: &Para, size: f32, x: f32, y: f32, width: f32, how: How) -> f32 {
        let lines = para.lines(f32::INFINITY, f32::INFINITY, Fill::Ragged);
        let mut widest = 0.0f32;
        for pieces in lines.lines.iter().take(1) {
            let line = para.place(pieces, size, 0.0, y, None);
            widest = widest.max(line.width);
            self.put(line, size, x, width, how);
        }
        widest
    }

    /// Puts a line that was set at 0 where it belongs.
    fn put(&mut self, line: Line<'_>, size: f32, x: f32, width: f32, how: How) {
        let start = match how.align {
            Align::Start => x,
            Align::End => x + width - line.width,
        };
        let left = self.left(start, line.width);
        for (from, to, color) in &line.boxes {
            let baseline = line.runs.first().map_or(0.0, |(r, _, _)| r.y);
            let (top, height) = (baseline - 0.80 * size, 1.06 * size);
            let path = rounded(left + from, top, to - from, height, 0.17 * size);
            let stroke = Stroke { color: *color, width: 0.6, round: false, dots: None };
            self.page
                .items
                .push(Item { tag: None, kind: Kind::Shape(Shape { path, fill: None, stroke: Some(stroke) }) });
        }
        for (mut run, lang, link) in line.runs {
            run.x += left;
            let tag = match (how.tag, link) {
                (Some(tag), Some(target)) => Some(self.leading(tag, target, &run)),
                (tag, _) => {
                    self.link = None;
                    tag
                }
            };
            let tag = match (tag, lang) {
                (Some(tag), Some(lang)) => Some(self.phrase(tag, lang)),
                (tag, _) => tag,
            };
            self.page.items.push(Item { tag, kind: Kind::Glyphs(run) });
        }
    }

    /// A tag of its own for text that leads elsewhere; neighbouring runs share their tag and, on one line, their place.
    fn leading(&mut self, parent: TagId, to: &Target, run: &GlyphRun) -> TagId {
        let known = self.link.as_ref().filter(|(p, t, _)| (*p, t) == (parent, to)).map(|(_, _, tag)| *tag);
        let tag = known.unwrap_or_else(|| {
            let tag = self.tags.add(Role::Link, Some(parent));
            self.link = Some((parent, to.clone(), tag));
            tag
        });
        let width: f32 = run.glyphs.iter().map(|g| g.advance).sum::<f32>() * run.size;
        let (top, height) = (run.y - 0.8 * run.size, 1.05 * run.size);
        let last = self.links.last_mut().filter(|l| known.is_some() && l.tag == tag);
        match last {
            Some(l) if (l.area[1] + l.area[3] - top - height).abs() < 1.0 => {
                let (from, to) = (l.area[0].min(run.x), (l.area[0] + l.area[2]).max(run.x + width));
                (l.area[0], l.area[2]) = (from, to - from);
            }
            _ => self.links.push(Leading { area: [run.x, top, width, height], tag, to: to.clone() }),
        }
        tag
    }

    /// A tag of its own for text in another language.
    fn phrase(&mut self, parent: TagId, lang: &Lang) -> TagId {
        if let Some((p, l, tag)) = &self.phrase
            && (*p, l) == (parent, lang)
        {
            return *tag;
        }
        let tag = self.tags.add(Role::Span, Some(parent));
        self.tags.get_mut(tag).lang = Some(lang.clone());
        self.phrase = Some((parent, lang.clone(), tag));
        tag
    }

    /// A straight line.
    pub(crate) fn rule(&mut self, from: (f32, f32), to: (f32, f32), width: f32, color: Rgb) {
        let path = vec![Segment::Move(self.mirror(from.0), from.1), Segment::Line(self.mirror(to.0), to.1)];
        let width = width.max(self.least_rule);
        self.shape(path, None, Some(Stroke { color, width, round: false, dots: None }));
    }

    /// A frame with round corners.
    pub(crate) fn frame(&mut self, [x, y, w, h]: [f32; 4], radius: f32, width: f32, color: Rgb) {
        let left = self.left(x, w);
        let stroke = Stroke { color, width: width.max(self.least_rule), round: false, dots: None };
        self.shape(rounded(left, y, w, h, radius), None, Some(stroke));
    }

    /// A row of dots.
    pub(crate) fn dots(&mut self, x: f32, y: f32, length: f32, width: f32, color: Rgb) {
        let path = vec![Segment::Move(self.mirror(x), y), Segment::Line(self.mirror(x + length), y)];
        self.shape(path, None, Some(Stroke { color, width, round: true, dots: Some(2.2) }));
    }

    /// A rectangle, carried on over those edges of the page that it reaches.
    pub(crate) fn bled(&mut self, [x, y, w, h]: [f32; 4]) -> [f32; 4] {
        const NEAR: f32 = 0.01;
        let (size, bleed) = (self.page.size, self.bleed);
        let over = |reaches: bool| if reaches { bleed } else { 0.0 };
        let on_page = x + self.indent;
        let (left, top) = (over(on_page < NEAR), over(y < NEAR));
        let (right, bottom) = (over(on_page + w > size.w - NEAR), over(y + h > size.h - NEAR));
        self.page.bleed = self.page.bleed.max(left).max(top).max(right).max(bottom);
        [x - left, y - top, w + left + right, h + top + bottom]
    }

    /// A band of colour over the whole width of the page, which runs over the edges.
    pub(crate) fn band(&mut self, y: f32, h: f32, color: Rgb) {
        let [x, y, w, h] = self.bled([-self.indent, y, self.page.size.w, h]);
        let left = self.left(x, w);
        self.shape(rectangle(left, y, w, h), Some(color), None);
    }

    /// A circle.
    pub(crate) fn circle(&mut self, cx: f32, cy: f32, r: f32, fill: Option<Rgb>, stroke: Option<(Rgb, f32)>) {
        let stroke = stroke.map(|(color, width)| Stroke { color, width, round: false, dots: None });
        self.shape(crate::frame::circle(self.mirror(cx), cy, r), fill, stroke);
    }

    /// An icon with its box's start at `x` and its top at `y`. Arrows point with the text, the others stay as they are.
    pub(crate) fn icon(&mut self, name: &str, x: f32, y: f32, size: f32, stroke: f32, color: Rgb) {
        let left = self.left(x, size);
        let mirrored = self.rtl && matches!(name, "arrow" | "turn");
        let path = icon::icon(name, left, y, size, mirrored);
        self.shape(path, None, Some(Stroke { color, width: stroke * size / 24.0, round: true, dots: None }));
    }

    /// A picture, cropped to a rectangle so that it fills it.
    pub(crate) fn picture(&mut self, image: usize, pixels: (u32, u32), clip: [f32; 4], tag: Option<TagId>) {
        let [x, y, w, h] = clip;
        let left = self.left(x, w);
        let (pw, ph) = (pixels.0 as f32, pixels.1 as f32);
        let scale = (w / pw).max(h / ph);
        let (iw, ih) = (pw * scale, ph * scale);
        let at = [left + (w - iw) / 2.0, y + (h - ih) / 2.0, iw, ih];
        self.page.items.push(Item { tag, kind: Kind::Image(Placed { image, clip: [left, y, w, h], at }) });
    }

    /// A code to scan in a square. It is read in one way only, whichever way the text runs.
    pub(crate) fn code(&mut self, code: &Code, x: f32, y: f32, side: f32, tag: TagId) {
        let left = self.left(x, side);
        let module = side / code.side as f32;
        let at = |v: usize| v as f32 * module;
        let squares = code.rectangles();
        let path =
            squares.iter().flat_map(|[i, j, w, h]| rectangle(left + at(*i), y + at(*j), at(*w), at(*h))).collect();
        let shape = Shape { path, fill: Some(Rgb::BLACK), stroke: None };
        self.page.items.push(Item { tag: Some(tag), kind: Kind::Shape(shape) });
    }

    /// A path; its places are those of the page.
    pub(crate) fn shape(&mut self, path: Vec<Segment>, fill: Option<Rgb>, stroke: Option<Stroke>) {
        self.page.items.push(Item { tag: None, kind: Kind::Shape(Shape { path, fill, stroke }) });
    }

    /// The left edge of something that begins at `x` and is so wide.
    fn left(&self, x: f32, width: f32) -> f32 {
        let x = x + self.indent;
        if self.rtl { self.page.size.w - x - width } else { x }
    }

    fn mirror(&self, x: f32) -> f32 {
        self.left(x, 0.0)
    }
}
