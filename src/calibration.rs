//! A two-sided test page that shows how far a printer's backs are off, and what it leaves white at the edges.
//!
//! A vernier through paper: the ticks of the front are 2 mm apart, those of the back 1.9 mm. Where the back is off by d, one pair
//! makes a straight line, and its number is d in tenths of a millimetre. With these pitches no other pair does within ±1 mm
//! (print specification, rule 17).

mod reading;
mod words;

use crate::compose::canvas::{Canvas, How, Set};
use crate::compose::instructions::{Setter, centred, filled, ringed};
use crate::fonts::FontBook;
use crate::frame::{
    Card, Document, Duplex, Ink, Item, Page, Rgb, Role, Segment, Shape, Stroke, TagId, Tags, rectangle,
};
use crate::geom::{Rect, Size, in_mm, mm};
use crate::impose::{Flip, Paper, target};
use crate::locale::Lang;
use crate::text::{Para, Shaper};
pub use reading::{Reading, Readings};
use words::WORDS;

/// Ticks on either side of the middle, and how far they are apart on the front and on the back.
const TICKS: i8 = 10;
const PITCH: (f32, f32) = (mm(2.0), mm(1.9));
/// From the paper's upper edge to the upper scale where there is room, and at the least: a step of the stairs, and the figures.
const SCALE_AT: (f32, f32) = (mm(40.0), mm(28.0));
/// The lower scale stands so much nearer to its edge, for its figures are above it.
const LOWER: f32 = mm(5.0);
/// From the left and the right edge to the scales there.
const BESIDE: f32 = mm(34.0);
/// From a scale to the words: below the upper one, above the lower one.
const CLEAR: (f32, f32) = (mm(12.5), mm(11.0));
/// The column of words, and what scales and windows need beside it.
const COLUMN: f32 = mm(100.0);
const SIDES: f32 = mm(46.0);
const THIN: f32 = 0.25;
const TEXT: Set = Set { size: 10.4, pitch: 11.8, ascent: 0.76 };
const SMALL: Set = Set { size: 9.8, pitch: 11.4, ascent: 0.76 };

/// What is asked of the page.
#[derive(Debug, Clone)]
pub struct Calibration {
    /// The paper; it is printed upright.
    pub paper: Paper,
    /// Whether the printer turns it over its short edge.
    pub short_edge: bool,
    /// What backs are moved by already, to the right and downwards as seen from the front, in points.
    pub back_offset: (f32, f32),
}

/// The test page, ready for export.
#[derive(Debug)]
pub struct TestPage {
    card: Card,
    duplex: Duplex,
}

impl TestPage {
    /// The document of its two sides.
    pub fn document(&self) -> Document<'_> {
        Document {
            title: self.card.title.clone(),
            lang: self.card.lang.clone(),
            cards: vec![&self.card],
            duplex: Some(self.duplex),
            ink: Ink::Black,
            ..Document::default()
        }
    }
}

/// Draws the page.
///
/// # Errors
/// When the paper is too small for it: a sentence that says what would do.
pub fn test_page(wanted: &Calibration, book: &FontBook) -> Result<TestPage, String> {
    let size = wanted.paper.size.portrait();
    let flip = if wanted.short_edge { Flip::Upwards } else { Flip::Sideways };
    let mut shaper = Shaper::new(book);
    let mut setter = Setter::new(&mut shaper);
    let text = Text::new(&mut setter, wanted);
    let least = Size { w: COLUMN + 2.0 * SIDES, h: text.height + CLEAR.0 + CLEAR.1 + 2.0 * SCALE_AT.1 - LOWER };
    if size.w < least.w || size.h < least.h {
        return Err(format!(
            "the test page has no room on {}: it takes {} × {}, so give --sheet a4 or letter; what it shows holds for smaller paper of the same tray",
            wanted.paper.name,
            in_mm(least.w.ceil()).trim_end_matches(" mm"),
            in_mm(least.h.ceil())
        ));
    }
    let room = size.h - text.height - CLEAR.0 - CLEAR.1 + LOWER;
    let at = SCALE_AT.0.min(room / 2.0);
    let drawing = Drawing { size, flip, at, top: at + CLEAR.0 + (room / 2.0 - at) };
    let mut tags = Tags::default();
    let front = drawing.front(&mut setter, &text, &mut tags);
    let back = drawing.back(&text, wanted.back_offset, &mut tags);
    let lang = Lang::parse("en").unwrap_or_default();
    let card =
        Card { title: WORDS.title.clone(), lang, pages: vec![front, back], tags, images: Vec::new(), stamp: None };
    let duplex = if wanted.short_edge { Duplex::ShortEdge } else { Duplex::LongEdge };
    Ok(TestPage { card, duplex })
}

/// The words, set, with their heights.
struct Text {
    title: Para,
    steps: Vec<Para>,
    readings: Para,
    formulas: Vec<Para>,
    example: Para,
    back_title: Para,
    back: Vec<Para>,
    /// From the top to the room that the front leaves for the back's words, and its height.
    band: (f32, f32),
    height: f32,
}

/// Room for a step's number.
const HANG: f32 = mm(7.0);
const STEP_GAP: f32 = mm(2.6);
/// The head, from its rule to the first step.
const HEAD: f32 = mm(15.4);
const BACK_TITLE: Set = Set { size: 13.0, pitch: 15.0, ascent: 0.76 };
/// From the upper edge of the ruler's ticks to the end of its figures, and on to the readings.
const RULER: f32 = mm(14.0);
const READINGS: f32 = mm(23.0);
const FORMULA_GAP: f32 = 4.0;
const EXAMPLE: f32 = mm(21.0);

impl Text {
    fn new(setter: &mut Setter<'_, '_>, wanted: &Calibration) -> Text {
        let (edge, other) = if wanted.short_edge { ("short", "long") } else { ("long", "short") };
        let (x, y) = wanted.back_offset;
        let figure = |v: f32| in_mm(v).trim_end_matches(" mm").replace('-', "\u{2212}");
        let blanks = [("edge", edge), ("other", other), ("x", &figure(x)), ("y", &figure(y))];
        let mut set = |text: &str| setter.marked(&filled(text, &blanks));
        let steps: Vec<Para> = WORDS.steps.iter().map(|s| set(s)).collect();
        let formulas: Vec<Para> = WORDS.formulas.iter().map(|s| set(s)).collect();
        let example = set(&WORDS.example);
        let mut back = vec![set(&WORDS.back.text)];
        if wanted.back_offset != (0.0, 0.0) {
            back.push(set(&WORDS.back.moved));
        }
        let steps_height: f32 = steps.iter().map(|p| TEXT.para(p, COLUMN - HANG, 0.0) + STEP_GAP).sum();
        let back_height = BACK_TITLE.pitch + back.iter().map(|p| SMALL.para(p, COLUMN, 0.0)).sum::<f32>();
        let band = (HEAD + steps_height + mm(1.5), back_height + mm(3.0));
        let formulas_height: f32 = formulas.iter().map(|p| SMALL.para(p, COLUMN, 0.0) + FORMULA_GAP).sum();
        let height = band.0 + band.1 + RULER + READINGS + formulas_height + EXAMPLE;
        Text {
            title: setter.plain(&WORDS.title, 300),
            readings: setter.plain(&WORDS.readings, 600),
            back_title: setter.plain(&WORDS.back.title, 600),
            steps,
            formulas,
            example,
            back,
            band,
            height,
        }
    }
}

/// A scale: where its middle is, which way it runs, and which way the ticks of its back hang.
#[derive(Clone, Copy)]
struct Scale {
    letter: &'static str,
    middle: (f32, f32),
    along: (f32, f32),
    hang: (f32, f32),
}

impl Scale {
    fn point(&self, along: f32, hang: f32) -> (f32, f32) {
        let (x, y) = self.middle;
        (x + along * self.along.0 + hang * self.hang.0, y + along * self.along.1 + hang * self.hang.1)
    }
}

/// Where things are, as seen from the front.
struct Drawing {
    size: Size,
    flip: Flip,
    /// The upper scale.
    at: f32,
    /// The top of the words.
    top: f32,
}

impl Drawing {
    fn scales(&self) -> [Scale; 4] {
        let Size { w, h } = self.size;
        let (right, down, left) = ((1.0, 0.0), (0.0, 1.0), (-1.0, 0.0));
        [
            Scale { letter: "A", middle: (w / 2.0, self.at), along: right, hang: down },
            Scale { letter: "B", middle: (w / 2.0, h - self.at + LOWER), along: right, hang: down },
            Scale { letter: "C", middle: (BESIDE, h / 2.0), along: down, hang: right },
            Scale { letter: "D", middle: (w - BESIDE, h / 2.0), along: down, hang: left },
        ]
    }

    fn targets(&self) -> [(f32, f32); 4] {
        let (Size { w, h }, x) = (self.size, mm(20.0));
        let (upper, lower) = (self.at, h - self.at + LOWER);
        [(x, upper), (w - x, upper), (x, lower), (w - x, lower)]
    }

    /// Left edge of the words.
    fn left(&self) -> f32 {
        (self.size.w - COLUMN) / 2.0
    }

    fn front(&self, setter: &mut Setter<'_, '_>, text: &Text, tags: &mut Tags) -> Page {
        let art = tags.add(Role::Art, None);
        let mut canvas = Canvas::new(self.size, 0.0, false, tags);
        let mut y = self.head(&mut canvas, text, art);
        self.steps(&mut canvas, setter, text, art, y);
        y = self.top + text.band.0 + text.band.1;
        self.ruler(&mut canvas, setter, y + mm(4.0));
        y = self.readings(&mut canvas, setter, text, art, y + RULER);
        for para in &text.formulas {
            let p = canvas.tags.add(Role::P, Some(art));
            y += canvas.para(para, SMALL, self.left(), y, COLUMN, How::new(Some(p))) + FORMULA_GAP;
        }
        self.example(&mut canvas, setter, &text.example, art, y + mm(11.5));
        for scale in self.scales() {
            front_scale(&mut canvas, setter, &scale);
        }
        self.stairs(&mut canvas, setter);
        canvas.page.items.extend(self.targets().into_iter().flat_map(|(x, y)| target(x, y)));
        canvas.page
    }

    /// Everything lies behind what the front has at its place.
    fn back(&self, text: &Text, offset: (f32, f32), tags: &mut Tags) -> Page {
        let art = tags.add(Role::Art, None);
        let mut canvas = Canvas::new(self.size, 0.0, false, tags);
        let (dx, dy) = self.flip.shift(offset, self.size);
        let through = |(x, y): (f32, f32)| {
            let seen = self.flip.through(Rect { x, y, w: 0.0, h: 0.0 }, self.size);
            (seen.x + dx, seen.y + dy)
        };
        for scale in self.scales() {
            for tick in -TICKS..=TICKS {
                let (length, width) = tick_of(tick);
                let length = if tick == 0 { mm(8.0) } else { length };
                let along = f32::from(tick) * PITCH.1;
                let ends = (through(scale.point(along, mm(-0.4))), through(scale.point(along, length)));
                canvas.rule(ends.0, ends.1, width, Rgb::BLACK);
            }
        }
        for at in self.targets() {
            let (x, y) = through(at);
            canvas.page.items.extend(target(x, y));
        }
        let band = Rect { x: self.left(), y: self.top + text.band.0, w: COLUMN, h: text.band.1 };
        let Rect { x, y, .. } = self.flip.through(band, self.size).moved(dx, dy);
        let h = canvas.tags.add(Role::Heading(1), Some(art));
        canvas.para(&text.back_title, BACK_TITLE, x, y, COLUMN, How::new(Some(h)));
        let mut y = y + BACK_TITLE.pitch;
        for para in &text.back {
            let p = canvas.tags.add(Role::P, Some(art));
            y += canvas.para(para, SMALL, x, y, COLUMN, How::new(Some(p))) + SMALL.leading();
        }
        canvas.page
    }

    fn head(&self, canvas: &mut Canvas<'_>, text: &Text, art: TagId) -> f32 {
        let (x, y) = (self.left(), self.top);
        canvas.rule((x, y + 0.7), (x + COLUMN, y + 0.7), 1.4, Rgb::BLACK);
        let tag = canvas.tags.add(Role::Heading(1), Some(art));
        canvas.line(&text.title, 24.0, x, y + mm(9.2), COLUMN, How::new(Some(tag)));
        canvas.rule((x, y + mm(12.6)), (x + COLUMN, y + mm(12.6)), 0.5, Rgb::BLACK);
        y + HEAD
    }

    fn steps(&self, canvas: &mut Canvas<'_>, setter: &mut Setter<'_, '_>, text: &Text, art: TagId, mut y: f32) {
        let x = self.left();
        let list = canvas.tags.add(Role::List { numbered: true }, Some(art));
        for (i, step) in text.steps.iter().enumerate() {
            let item = canvas.tags.add(Role::Item, Some(list));
            let label = canvas.tags.add(Role::Label, Some(item));
            let number = setter.plain(&(i + 1).to_string(), 600);
            ringed(canvas, &number, 9.0, (x + mm(2.7), y + 0.44 * TEXT.size), mm(2.7), Some(label));
            let body = canvas.tags.add(Role::Body, Some(item));
            y += canvas.para(step, TEXT, x + HANG, y, COLUMN - HANG, How::new(Some(body))) + STEP_GAP;
        }
    }

    /// A ruler of 100 mm on the line at `y`.
    fn ruler(&self, canvas: &mut Canvas<'_>, setter: &mut Setter<'_, '_>, y: f32) {
        let x = self.left();
        canvas.rule((x, y), (x + COLUMN, y), 0.5, Rgb::BLACK);
        for i in 0..=100u8 {
            let length = match i {
                _ if i % 10 == 0 => mm(4.0),
                _ if i % 5 == 0 => mm(3.0),
                _ => mm(1.8),
            };
            let at = x + mm(1.0) * f32::from(i);
            canvas.rule((at, y), (at, y - length), THIN, Rgb::BLACK);
            if i % 10 == 0 {
                let figure = setter.plain(&i.to_string(), 400);
                centred(canvas, &figure, 7.6, at, y + mm(3.2), None);
            }
        }
    }

    /// Lines to write readings on; gives the top of what follows.
    fn readings(&self, canvas: &mut Canvas<'_>, setter: &mut Setter<'_, '_>, text: &Text, art: TagId, y: f32) -> f32 {
        let (x, quarter) = (self.left(), COLUMN / 4.0);
        let tag = canvas.tags.add(Role::Heading(2), Some(art));
        canvas.line(&text.readings, 9.0, x, y + mm(2.4), COLUMN, How::new(Some(tag)));
        let edges = [&WORDS.top, &WORDS.right, &WORDS.bottom, &WORDS.left];
        let rows = [["A", "B", "C", "D"], edges.map(String::as_str)];
        for (row, names) in rows.iter().enumerate() {
            let baseline = y + mm(8.6) + row as f32 * mm(8.6);
            for (i, name) in names.iter().enumerate() {
                let left = x + quarter * i as f32;
                let para = setter.plain(name, 600);
                let tag = canvas.tags.add(Role::P, Some(art));
                let width = canvas.line(&para, 9.8, left, baseline, quarter, How::new(Some(tag)));
                let from = left + width + mm(1.4);
                canvas.dots(from, baseline + 0.6, left + quarter - mm(4.0) - from, 0.7, Rgb::BLACK);
            }
        }
        let rule = y + mm(20.2);
        canvas.rule((x, rule), (x + COLUMN, rule), 0.5, Rgb::BLACK);
        y + READINGS
    }

    /// A small scale as it looks in the light, with its zero line at `y`.
    fn example(&self, canvas: &mut Canvas<'_>, setter: &mut Setter<'_, '_>, words: &Para, art: TagId, y: f32) {
        const READS: i8 = 4;
        let middle = self.left() + mm(13.0);
        let off = f32::from(READS) * (PITCH.0 - PITCH.1);
        for tick in -5..=5i8 {
            let length = if tick % 5 == 0 { mm(4.6) } else { mm(3.0) };
            let (front, back) = (f32::from(tick) * PITCH.0, f32::from(tick) * PITCH.1 + off);
            let width = if tick == READS { 1.0 } else { THIN };
            let hang = if tick == 0 { mm(7.0) } else { length };
            canvas.rule((middle + front, y - length), (middle + front, y), width, Rgb::BLACK);
            canvas.rule((middle + back, y), (middle + back, y + hang), width, Rgb::BLACK);
            if tick % 5 == 0 {
                let figure = setter.plain(&figure(tick), 400);
                centred(canvas, &figure, 7.0, middle + front, y - length - mm(0.9), None);
            }
        }
        window(canvas, (middle, y + mm(8.4)));
        let x = self.left() + mm(31.0);
        let tag = canvas.tags.add(Role::P, Some(art));
        canvas.para(words, SMALL, x, y - mm(6.0), self.left() + COLUMN - x, How::new(Some(tag)));
    }

    /// Lines in steps at every edge: the smallest number that is printed is what the printer leaves white there.
    fn stairs(&self, canvas: &mut Canvas<'_>, setter: &mut Setter<'_, '_>) {
        let Size { w, h } = self.size;
        let step = mm(5.0);
        let (across, down) = (w / 2.0 - mm(53.0), h / 2.0 - mm(78.5));
        for k in 2..=12u8 {
            let depth = mm(1.0) * f32::from(k);
            let from = f32::from(k - 2) * step;
            let number = setter.plain(&k.to_string(), 400);
            let middle = from + step / 2.0;
            for (y, label) in [(depth, depth + mm(2.4)), (h - depth, h - depth - mm(0.9))] {
                canvas.rule((across + from, y), (across + from + step, y), THIN, Rgb::BLACK);
                centred(canvas, &number, 6.8, across + middle, label, None);
            }
            let baseline = down + middle + 0.33 * 6.8;
            for (x, label) in [(depth, depth + mm(0.7)), (w - depth, w - depth - mm(3.7))] {
                canvas.rule((x, down + from), (x, down + from + step), THIN, Rgb::BLACK);
                let how = if x < w / 2.0 { How::new(None) } else { How::new(None).end() };
                canvas.line(&number, 6.8, label, baseline, mm(3.0), how);
            }
        }
    }
}

/// A scale of the front: ticks with figures, its letter, and the window for the long line of the back.
fn front_scale(canvas: &mut Canvas<'_>, setter: &mut Setter<'_, '_>, scale: &Scale) {
    for tick in -TICKS..=TICKS {
        let (length, width) = tick_of(tick);
        let along = f32::from(tick) * PITCH.0;
        canvas.rule(scale.point(along, -length), scale.point(along, 0.0), width, Rgb::BLACK);
        if tick % 5 != 0 {
            continue;
        }
        let para = setter.plain(&figure(tick), if tick == 0 { 700 } else { 400 });
        let (x, y) = scale.point(along, -length - mm(0.9));
        let how = How::new(None);
        match scale.hang {
            (0.0, _) => centred(canvas, &para, 7.6, x, y, None),
            (side, _) if side > 0.0 => {
                canvas.line(&para, 7.6, x - mm(10.0), y + 0.33 * 7.6, mm(10.0), how.end());
            }
            _ => {
                canvas.line(&para, 7.6, x, y + 0.33 * 7.6, mm(10.0), how);
            }
        }
    }
    let letter = setter.plain(scale.letter, 600);
    ringed(canvas, &letter, 9.6, scale.point(mm(-28.0), mm(-3.0)), mm(3.0), None);
    window(canvas, scale.point(0.0, mm(9.4)));
}

/// A tick's length and width.
fn tick_of(tick: i8) -> (f32, f32) {
    let length = match tick {
        _ if tick % 10 == 0 => mm(6.0),
        _ if tick % 5 == 0 => mm(4.6),
        _ => mm(3.2),
    };
    (length, if tick == 0 { 0.5 } else { THIN })
}

/// "−5", with a real minus sign.
fn figure(tick: i8) -> String {
    tick.to_string().replace('-', "\u{2212}")
}

/// The box of 2 mm that the long line of the back points into where it is off by less than a millimetre.
fn window(canvas: &mut Canvas<'_>, (x, y): (f32, f32)) {
    let side = mm(2.0);
    let path: Vec<Segment> = rectangle(x - side / 2.0, y - side / 2.0, side, side);
    let stroke = Stroke { color: Rgb::BLACK, width: 0.5, round: false, dots: None };
    let kind = crate::frame::Kind::Shape(Shape { path, fill: None, stroke: Some(stroke) });
    canvas.page.items.push(Item { tag: None, kind });
}
