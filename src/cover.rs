//! The cover of a book, composed by the same means as a card: a frame of 400 × 640 points.

mod photo;

pub use photo::darken;

use crate::frame::{Item, Kind, Page, Rgb, Segment, Shape, Stroke, circle, rectangle};
use crate::geom::Size;
use crate::locale::{Direction, Lang, locale};
use crate::source::NodeId;
use crate::text::{Fill, Inline, Para, ParaStyle, Shaper, Style};
use crate::theme::{Cover, Ornament, RoleStyle, Theme};

/// The page, in points: at 288 pixels per inch it makes 1600 × 2560 (book specification, 8).
pub const SIZE: Size = Size { w: 400.0, h: 640.0 };
/// Left and right of everything.
const MARGIN: f32 = 34.0;
/// The least height of the title's capitals: 7 pixels in a thumbnail of 160.
const LEAST_CAPITALS: f32 = 28.0;
/// From the title's last baseline to the capitals of the subtitle.
const UNDER_TITLE: f32 = 32.0;
/// Between the subtitle's lines, from a baseline to the capitals below.
const SUBTITLE_GAP: f32 = 9.0;

/// What stands on a cover.
#[derive(Debug, Clone, Copy)]
pub struct Words<'a> {
    /// The title.
    pub title: &'a str,
    /// A line under it.
    pub subtitle: Option<&'a str>,
    /// Who wrote it.
    pub author: &'a str,
    /// Their language.
    pub lang: &'a Lang,
}

/// A composed cover.
#[derive(Debug)]
pub struct Composed {
    /// The page.
    pub page: Page,
    /// Whether the title could not be set as large as a thumbnail wants it.
    pub small_title: bool,
    /// Where title and subtitle end, in points from the top.
    pub text_end: f32,
}

/// Composes a cover with the theme's ground and ornament, or without them, for a photo to lie behind it ([`darken`]).
pub fn compose(words: Words<'_>, theme: &Theme, over_photo: bool, shaper: &mut Shaper<'_>) -> Composed {
    let page = Page { size: SIZE, bleed: 0.0, items: Vec::new() };
    let cover = if over_photo { photo::cover(&theme.cover) } else { theme.cover.clone() };
    let mut d = Drawer { page, cover: &cover, words, shaper, over_photo, text_end: 0.0 };
    if !over_photo {
        d.shape(rectangle(0.0, 0.0, SIZE.w, SIZE.h), Some(cover.ground), None);
        let mut random = Random::new(words.title);
        match cover.ornament {
            Ornament::Pods => d.pods(&mut random),
            Ornament::Plate => d.plate(&mut random),
            Ornament::Rules => d.rules(),
        }
    }
    let small_title = d.title();
    d.author();
    Composed { page: d.page, small_title, text_end: d.text_end }
}

/// Numbers that follow from the title: the ornament differs from book to book, and is always the same for one book.
struct Random(u64);

impl Random {
    fn new(title: &str) -> Self {
        // FNV-1a, a hash with published constants
        let hash = title
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325, |h: u64, b| (h ^ u64::from(b)).wrapping_mul(0x0000_0100_0000_01b3));
        Random(hash)
    }

    /// The next number between two.
    fn between(&mut self, low: f32, high: f32) -> f32 {
        // a step of SplitMix64
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let unit = ((z ^ (z >> 31)) >> 40) as f32 / (1u64 << 24) as f32;
        low + (high - low) * unit
    }
}

struct Drawer<'a, 'b> {
    page: Page,
    cover: &'a Cover,
    words: Words<'a>,
    shaper: &'a mut Shaper<'b>,
    over_photo: bool,
    text_end: f32,
}

impl Drawer<'_, '_> {
    fn shape(&mut self, path: Vec<Segment>, fill: Option<Rgb>, stroke: Option<(Rgb, f32)>) {
        let stroke = stroke.map(|(color, width)| Stroke { color, width, round: false, dots: None });
        self.page.items.push(Item { tag: None, kind: Kind::Shape(Shape { path, fill, stroke }) });
    }

    fn line(&mut self, from: (f32, f32), to: (f32, f32), color: Rgb, width: f32) {
        self.shape(vec![Segment::Move(from.0, from.1), Segment::Line(to.0, to.1)], None, Some((color, width)));
    }

    /// Cardamom pods, strewn over the lower half and cut off by the author's band.
    fn pods(&mut self, random: &mut Random) {
        const BAND: f32 = 74.0;
        // left end of the box, top of it, length: three rows that overlap
        const PLACES: [(f32, f32, f32); 10] = [
            (18.0, 396.0, 150.0),
            (152.0, 408.0, 140.0),
            (276.0, 392.0, 136.0),
            (-46.0, 476.0, 150.0),
            (84.0, 476.0, 156.0),
            (206.0, 486.0, 150.0),
            (310.0, 476.0, 150.0),
            (20.0, 554.0, 150.0),
            (148.0, 564.0, 150.0),
            (266.0, 560.0, 150.0),
        ];
        let (ground, line) = (self.cover.ground, Some((self.cover.ornament_color, 2.2)));
        for (x, y, length) in PLACES {
            let turn = Turn::new(random.between(-44.0, 44.0), (x + length / 2.0, y + length / 4.0), length);
            self.shape(turn.path(&[-1.0, 1.0], true), Some(ground), line);
            for rib in [-0.44, 0.0, 0.44] {
                self.shape(turn.path(&[rib], false), None, line);
            }
        }
        self.shape(rectangle(0.0, SIZE.h - BAND, SIZE.w, BAND), Some(ground), None);
        let ink = self.cover.title.0.color;
        self.line((0.0, SIZE.h - BAND), (SIZE.w, SIZE.h - BAND), ink, 1.2);
    }

    /// A plate at the lower edge.
    fn plate(&mut self, random: &mut Random) {
        const RADIUS: f32 = 205.0;
        let (cx, cy) = (random.between(190.0, 290.0), 566.0);
        let (dark, ground) = (self.cover.ornament_color, self.cover.ground);
        self.shape(circle(cx, cy, RADIUS), Some(dark), None);
        self.shape(circle(cx, cy, 0.8 * RADIUS), None, Some((ground, 3.0)));
        self.shape(circle(cx, cy, 0.62 * RADIUS), Some(Rgb([255, 253, 246])), None);
    }

    /// A frame, and rules that grow heavier downwards.
    fn rules(&mut self) {
        let color = self.cover.ornament_color;
        // off the edge, so that a white cover does not vanish on a white shelf
        self.shape(rectangle(13.0, 13.0, SIZE.w - 26.0, SIZE.h - 26.0), None, Some((color, 5.0)));
        for i in 0..9u8 {
            let y = 396.0 + f32::from(i) * 17.5;
            self.line((MARGIN, y), (SIZE.w - MARGIN, y), color, 0.8 + 1.25 * f32::from(i));
        }
    }

    /// The title and what stands under it; tells whether the title is too small.
    fn title(&mut self) -> bool {
        let mut y = self.cover.top;
        let ink = self.cover.title.0.color;
        if self.cover.ornament == Ornament::Pods && !self.over_photo {
            self.line((MARGIN, y), (SIZE.w - MARGIN, y), ink, 3.0);
            self.line((MARGIN, y + 4.6), (SIZE.w - MARGIN, y + 4.6), ink, 1.0);
            y += 38.0;
        }
        let (style, most) = self.cover.title;
        let para = self.para(&listed(self.words.title), style);
        let cap = self.cap(style);
        let mut height = self.cover.title_height;
        let mut size = fitting(&para, cap, self.cover.title_gap, height, most);
        let mut subtitle = self.words.subtitle;
        if size * cap < LEAST_CAPITALS && subtitle.is_some() {
            // a long title needs the room more than its subtitle does
            subtitle = None;
            height += UNDER_TITLE + 2.0 * self.cover.subtitle.1 + SUBTITLE_GAP;
            size = fitting(&para, cap, self.cover.title_gap, height, most);
        }
        y = self.block(&para, style, size, self.cover.title_gap * size, y);
        if let Some(text) = subtitle {
            let (style, size) = self.cover.subtitle;
            let para = self.para(text, style);
            y = self.block(&para, style, size, SUBTITLE_GAP, y + UNDER_TITLE);
        }
        self.text_end = y;
        size * cap < LEAST_CAPITALS
    }

    fn author(&mut self) {
        if self.words.author.is_empty() {
            return;
        }
        let (style, size) = self.cover.author;
        let para = self.para(self.words.author, style);
        let most = SIZE.w - 2.0 * MARGIN - 18.0;
        let size = size.min(most / para.natural_width());
        let cap = self.cap(style) * size;
        let y = SIZE.h - self.cover.foot;
        let mut x = MARGIN;
        if self.cover.ornament == Ornament::Plate && !self.over_photo {
            // a label of the page's colour over the plate
            let width = para.natural_width() * size + 18.0;
            let left = if self.rtl() { SIZE.w - MARGIN - width } else { MARGIN };
            self.shape(rectangle(left, y - cap - 8.0, width, cap + 16.0), Some(self.cover.ground), None);
            x += 9.0;
        }
        self.lines(&para, size, 0.0, x, y, f32::INFINITY);
    }

    fn rtl(&self) -> bool {
        self.words.lang.direction() == Direction::Rtl
    }

    fn cap(&self, style: RoleStyle) -> f32 {
        self.shaper.book().face(style.face).cap_height
    }

    fn para(&mut self, text: &str, role: RoleStyle) -> Para {
        let words = locale(self.words.lang);
        let text = crate::typo::refined(text, words, crate::typo::Medium::Print);
        let mut style = Style::new(role.face, role.color);
        style.figures = role.figures;
        style.tracking = if self.words.lang.is_unicase() { 0.0 } else { role.tracking };
        let inline = Inline { text, style, lang: None, link: None, at: NodeId(0) };
        self.shaper.para(vec![inline], &ParaStyle { lang: self.words.lang, locale: words, rtl: self.rtl() })
    }

    /// Lines with the capitals of the first at `y`; gives the last baseline.
    fn block(&mut self, para: &Para, style: RoleStyle, size: f32, gap: f32, y: f32) -> f32 {
        let cap = self.cap(style) * size;
        self.lines(para, size, cap + gap, MARGIN, y + cap, SIZE.w - 2.0 * MARGIN)
    }

    fn lines(&mut self, para: &Para, size: f32, pitch: f32, x: f32, baseline: f32, width: f32) -> f32 {
        let em = width / size;
        let mut y = baseline;
        for (i, pieces) in para.lines(em, em, Fill::Balanced).lines.iter().enumerate() {
            y = baseline + i as f32 * pitch;
            let line = para.place(pieces, size, 0.0, y, None);
            let left = if self.rtl() { SIZE.w - x - line.width } else { x };
            for (mut run, ..) in line.runs {
                run.x += left;
                self.page.items.push(Item { tag: None, kind: Kind::Glyphs(run) });
            }
        }
        y
    }
}

/// A short list takes one item a line.
fn listed(title: &str) -> String {
    let title = title.trim();
    if title.chars().count() < 24 { title.replace(", ", ",\u{2028}") } else { title.to_owned() }
}

/// The largest size at which no word is wider than the measure and the lines are no higher than `height`.
fn fitting(para: &Para, cap: f32, gap: f32, height: f32, most: f32) -> f32 {
    let width = SIZE.w - 2.0 * MARGIN;
    let fits = |size: f32| {
        let em = width / size;
        let lines = para.lines(em, em, Fill::Balanced);
        let n = lines.lines.len() as f32;
        para.widest() * size <= width && (n * cap + (n - 1.0) * gap) * size <= height
    };
    let (mut low, mut high) = (8.0, most);
    if fits(high) {
        return high;
    }
    // a sixteenth of a point is finer than the eye
    while high - low > 1.0 / 16.0 {
        let middle = (low + high) / 2.0;
        if fits(middle) {
            low = middle;
        } else {
            high = middle;
        }
    }
    low
}

/// A pod's place: turned about its middle.
struct Turn {
    sin: f32,
    cos: f32,
    middle: (f32, f32),
    length: f32,
}

impl Turn {
    fn new(degrees: f32, middle: (f32, f32), length: f32) -> Self {
        let (sin, cos) = degrees.to_radians().sin_cos();
        Turn { sin, cos, middle, length }
    }

    /// A point given along the pod and across it, from its middle, in its lengths.
    fn at(&self, along: f32, across: f32) -> (f32, f32) {
        let (x, y) = (along * self.length, across * self.length);
        (self.middle.0 + x * self.cos - y * self.sin, self.middle.1 + x * self.sin + y * self.cos)
    }

    /// Curves from end to end and back, each bulging by the given part of the pod's height; closed, or a single rib.
    fn path(&self, bulges: &[f32], closed: bool) -> Vec<Segment> {
        let end = if closed { 0.5 } else { 0.47 };
        let (x, y) = self.at(-end, 0.0);
        let mut path = vec![Segment::Move(x, y)];
        let mut from = -1.0;
        for bulge in bulges {
            let (a, b) = (self.at(from * 0.24, bulge * 0.335), self.at(-from * 0.2, bulge * 0.325));
            let to = self.at(-from * end, 0.0);
            path.push(Segment::Curve([a.0, a.1, b.0, b.1, to.0, to.1]));
            from = -from;
        }
        if closed {
            path.push(Segment::Close);
        }
        path
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fonts::FontBook;

    fn small(title: &str) -> bool {
        let book = FontBook::new();
        let theme = Theme::built_in("classic", &book).unwrap();
        let lang = Lang::default();
        let words = Words { title, subtitle: Some("A line"), author: "A. Cook", lang: &lang };
        let composed = compose(words, &theme, false, &mut Shaper::new(&book));
        let inside = composed.page.items.iter().all(|i| match &i.kind {
            Kind::Glyphs(run) => {
                let width: f32 = run.glyphs.iter().map(|g| g.advance).sum::<f32>() * run.size;
                run.x >= MARGIN - 0.5 && run.x + width <= SIZE.w - MARGIN + 3.0 && run.y < SIZE.h
            }
            _ => true,
        });
        assert!(inside, "{title}");
        composed.small_title
    }

    #[test]
    fn titles_of_every_length_stay_inside_and_long_ones_are_told() {
        assert!(!small("Rice, Lime, Fire"));
        assert!(!small("Pho"));
        assert!(!small("The Book of Slow Suppers and Quick Breakfasts"));
        assert!(small(&"Everything that my grandmother ever cooked ".repeat(5)));
        assert!(small("Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz"));
    }

    #[test]
    fn the_ornament_follows_from_the_title() {
        let draw = |t: &str| {
            let mut r = Random::new(t);
            [r.between(0.0, 1.0), r.between(0.0, 1.0)]
        };
        assert_eq!(draw("Soup"), draw("Soup"));
        assert_ne!(draw("Soup"), draw("Soap"));
        assert!((0..1000).all(|i| (0.0..1.0).contains(&draw(&i.to_string())[0])));
    }
}
