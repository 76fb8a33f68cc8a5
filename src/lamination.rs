//! A page that shows a card in its pouch at full size: where to trim, round and punch, and how much film stays beyond the paper
//! (print specification, 2; mock-up of the laminating guide).

use crate::compose::canvas::{Canvas, How, Set};
use crate::compose::instructions::{Setter, filled, ringed};
use crate::fonts::FontBook;
use crate::frame::{Card, Document, Ink, Page, Rgb, Role, Stroke, TagId, Tags, circle, rectangle, rounded};
use crate::geom::{Size, mm, to_mm};
use crate::impose::Paper;
use crate::locale::Lang;
use crate::pouch::{KITCHEN_BORDER, LEAST_BORDER, Pouch, millimetres};
use crate::text::{Para, Shaper};
use serde::Deserialize;
use std::sync::LazyLock;

/// Radii of the paper's and the film's corners.
const PAPER_RADIUS: f32 = mm(3.0);
const FILM_RADIUS: f32 = mm(5.0);
/// The hole for a ring: its middle from the edges; radii in the film, in the paper, and of what stays free of print.
const HOLE: f32 = mm(10.0);
const HOLE_RADII: (f32, f32, f32) = (mm(3.0), mm(5.0), mm(6.0));
const SAFE: f32 = mm(5.0);
/// From the page's edge to its head, from there to the pouch, and from the pouch to the end of the ruler.
const EDGE: f32 = mm(8.0);
const HEAD: f32 = mm(26.5);
const FOOT: f32 = mm(15.0);
/// What the film's measure needs beside the pouch.
const BESIDE: f32 = mm(18.5);
/// The legend's three pieces need so much.
const LEAST_COLUMN: f32 = mm(130.0);
/// Steps within the card: from its edges, below its top (what the hole and its names take), above its foot.
const INSIDE: (f32, f32, f32) = (mm(9.0), mm(22.0), mm(16.0));
/// Room for a step's number, and between steps.
const HANG: f32 = mm(8.0);
const RING: f32 = 8.0;
const GAP: f32 = 9.0;
/// Sizes that the steps are tried in; below the last they stand under the drawing, in the first.
const SIZES: [f32; 3] = [10.6, 9.8, 9.0];
const SMALL: f32 = 8.4;
const BLUE: Rgb = Rgb([0x0b, 0x5f, 0xae]);
const MAGENTA: Rgb = Rgb([0xb0, 0x10, 0x69]);
const FILM: Rgb = Rgb([0xee, 0xf4, 0xfa]);
const GREY: Rgb = Rgb([0x59, 0x59, 0x59]);
/// Paper that is tried when none is named, the smallest first.
const USUAL: [&str; 2] = ["a4", "a3"];

/// What the file of words holds.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct Words {
    title: String,
    scale: String,
    sealed: String,
    steps: Vec<String>,
    narrow: String,
    wide: String,
    paper_hole: String,
    film_hole: String,
    keep_out: String,
    film: String,
    safe: String,
    legend: [String; 3],
    ruler: String,
}

const FILE: &str = include_str!("../templates/laminating.toml");
/// The words; a test reads the file, so that it has no mistakes here.
static WORDS: LazyLock<Words> = LazyLock::new(|| toml::from_str(FILE).unwrap_or_default());

/// What is asked of the page.
#[derive(Debug, Clone)]
pub struct Guide {
    /// The pouch.
    pub pouch: Pouch,
    /// The card, in points; it lies as the pouch does.
    pub card: Size,
    /// The paper; without it, A4 or A3.
    pub paper: Option<Paper>,
}

/// The page, ready for export.
#[derive(Debug)]
pub struct GuidePage(Card);

impl GuidePage {
    /// The document of this page.
    pub fn document(&self) -> Document<'_> {
        Document {
            title: self.0.title.clone(),
            lang: self.0.lang.clone(),
            cards: vec![&self.0],
            ink: Ink::Colours,
            ..Document::default()
        }
    }
}

/// Draws the page.
///
/// # Errors
/// When the pouch does not seal the card, or the paper is too small: a sentence that says what would do.
pub fn guide_page(wanted: &Guide, book: &FontBook) -> Result<GuidePage, String> {
    let (pouch, card) = (&wanted.pouch, wanted.card.portrait());
    if !pouch.seals(card) {
        let least = Size { w: card.w + 2.0 * LEAST_BORDER, h: card.h + 2.0 * LEAST_BORDER };
        return Err(format!(
            "a card of {} takes a pouch of {} or larger, and {pouch} leaves less than 3 mm of film",
            millimetres(card),
            millimetres(least)
        ));
    }
    let mut shaper = Shaper::new(book);
    let text = Text::new(&mut Setter::new(&mut shaper), pouch, card);
    let fitted = Fitted::new(&text, pouch.size, card);
    let paper = match &wanted.paper {
        Some(paper) => paper.size.portrait(),
        None => {
            USUAL.iter().filter_map(|p| Paper::parse(p).ok()).map(|p| p.size).find(|s| fitted.fits(*s)).ok_or_else(
                || format!("the guide of {pouch} takes paper of {}, so give --sheet WxHmm", whole(fitted.least)),
            )?
        }
    };
    if !fitted.fits(paper) {
        return Err(format!(
            "the guide of {pouch} has no room on {}: it takes {}",
            millimetres(paper),
            whole(fitted.least)
        ));
    }
    let mut tags = Tags::default();
    let drawing = Drawing::new(paper, pouch.size, card, &fitted);
    let page = drawing.page(&text, &fitted, &mut Setter::new(&mut shaper), &mut tags);
    let lang = Lang::parse("en").unwrap_or_default();
    let title = filled(&WORDS.title, &[("pouch", &called(pouch))]);
    Ok(GuidePage(Card { title, lang, pages: vec![page], tags, images: Vec::new(), stamp: None }))
}

/// "A6", or "110 × 162 mm".
fn called(pouch: &Pouch) -> String {
    if pouch.name.contains(|c: char| c.is_ascii_digit() && pouch.name.len() > 3) {
        return millimetres(pouch.size);
    }
    let mut letters = pouch.name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Measures rounded up to whole millimetres.
fn whole(size: Size) -> String {
    let up = |v: f32| to_mm(v).ceil();
    format!("{} × {} mm", up(size.w), up(size.h))
}

/// The words, set.
struct Text {
    title: Para,
    scale: Para,
    sealed: Para,
    steps: Vec<Para>,
    hole: [Para; 3],
    film: Para,
    safe: Para,
    legend: Vec<Para>,
    ruler: Para,
}

impl Text {
    fn new(setter: &mut Setter<'_, '_>, pouch: &Pouch, card: Size) -> Text {
        let bare = |s: String| s.trim_end_matches(" mm").to_owned();
        let figure = |v: f32| format!("{}", f64::from(to_mm(v) * 10.0).round() / 10.0);
        let (called, measures, film_size) = (called(pouch), bare(millimetres(card)), bare(millimetres(pouch.size)));
        let border = pouch.border(card);
        let (film, film_left) = (figure(border), figure((pouch.size.w - card.w) / 2.0));
        let blanks = [
            ("pouch", called.as_str()),
            ("card", &measures),
            ("film-size", &film_size),
            ("film-left", &film_left),
            ("film", &film),
        ];
        let check = if border < KITCHEN_BORDER { &WORDS.narrow } else { &WORDS.wide };
        let fill = |text: &str| filled(text, &blanks);
        Text {
            title: setter.plain(&fill(&WORDS.title), 300),
            scale: setter.label(&WORDS.scale),
            sealed: setter.coloured(&format!("**{}**", WORDS.sealed), BLUE),
            steps: WORDS.steps.iter().chain([check]).map(|s| setter.marked(&fill(s))).collect(),
            hole: [&WORDS.paper_hole, &WORDS.film_hole, &WORDS.keep_out].map(|s| setter.marked(s)),
            film: setter.coloured(&fill(&WORDS.film), BLUE),
            safe: setter.coloured(&WORDS.safe, GREY),
            legend: WORDS.legend.iter().map(|s| setter.marked(&fill(s))).collect(),
            ruler: setter.marked(&WORDS.ruler),
        }
    }

    fn steps_height(&self, set: Set, width: f32) -> f32 {
        self.steps.iter().map(|p| step_height(p, set, width) + GAP).sum::<f32>() - GAP
    }
}

/// A step is no lower than the ring of its number.
fn step_height(step: &Para, set: Set, width: f32) -> f32 {
    set.para(step, width - HANG, 0.0).max(2.0 * RING)
}

fn step_set(size: f32) -> Set {
    Set { size, pitch: 1.29 * size, ascent: 0.76 }
}

/// How it all fits.
struct Fitted {
    /// The width of head, legend and ruler.
    column: f32,
    /// The steps' size, and whether they stand within the card.
    set: Set,
    inside: bool,
    /// What the steps take below the ruler.
    below: f32,
    /// The least paper.
    least: Size,
}

impl Fitted {
    fn new(text: &Text, pouch: Size, card: Size) -> Fitted {
        let column = (pouch.w + 2.0 * BESIDE).max(LEAST_COLUMN);
        let (width, room) = (card.w - 2.0 * INSIDE.0, card.h - INSIDE.1 - INSIDE.2);
        let within = SIZES.into_iter().map(step_set).find(|s| text.steps_height(*s, width) <= room);
        let set = within.unwrap_or(step_set(SIZES[0]));
        let below = if within.is_some() { 0.0 } else { mm(7.0) + text.steps_height(set, column) };
        let least = Size { w: column, h: 2.0 * EDGE - mm(1.5) + HEAD + pouch.h + FOOT + below };
        Fitted { column, set, inside: within.is_some(), below, least }
    }

    fn fits(&self, paper: Size) -> bool {
        // the mock-up's own page is cut close
        paper.w >= self.least.w - mm(1.0) && paper.h >= self.least.h - mm(1.0)
    }
}

/// Where things are.
struct Drawing {
    paper: Size,
    /// Left edge and width of the column, and its top.
    column: (f32, f32),
    top: f32,
    /// x, y, width, height.
    pouch: [f32; 4],
    card: [f32; 4],
}

impl Drawing {
    fn new(paper: Size, pouch: Size, card: Size, fitted: &Fitted) -> Drawing {
        let width = fitted.column.min(paper.w - 2.0 * mm(9.0)).min(pouch.w + 2.0 * BESIDE).max(pouch.w);
        let width = width.max(LEAST_COLUMN.min(paper.w - 2.0 * mm(9.0)));
        let top = EDGE + 0.3 * (paper.h - fitted.least.h).max(0.0);
        let (x, y) = ((paper.w - pouch.w) / 2.0, top + HEAD);
        Drawing {
            paper,
            column: ((paper.w - width) / 2.0, width),
            top,
            pouch: [x, y, pouch.w, pouch.h],
            card: [x + (pouch.w - card.w) / 2.0, y + (pouch.h - card.h) / 2.0, card.w, card.h],
        }
    }

    fn page(&self, text: &Text, fitted: &Fitted, setter: &mut Setter<'_, '_>, tags: &mut Tags) -> Page {
        let art = tags.add(Role::Art, None);
        let mut canvas = Canvas::new(self.paper, 0.0, false, tags);
        self.head(&mut canvas, text, art);
        self.outlines(&mut canvas);
        self.corners(&mut canvas);
        let hole = self.hole(&mut canvas);
        self.steps(&mut canvas, text, fitted, setter, art);
        self.names(&mut canvas, text, hole, art);
        self.foot(&mut canvas, text, art);
        canvas.page
    }

    fn head(&self, canvas: &mut Canvas<'_>, text: &Text, art: TagId) {
        let ((x, width), y) = (self.column, self.top);
        canvas.rule((x, y), (x + width, y), 1.4, Rgb::BLACK);
        let tag = canvas.tags.add(Role::Heading(1), Some(art));
        canvas.line(&text.title, 20.0, x, y + mm(10.6), width, How::new(Some(tag)));
        let tag = canvas.tags.add(Role::P, Some(art));
        canvas.line(&text.scale, 7.6, x, y + mm(10.6), width, How::new(Some(tag)).end());
        canvas.rule((x, y + mm(16.8)), (x + width, y + mm(16.8)), 0.5, Rgb::BLACK);
    }

    /// The pouch with the way it goes in, the card, the area that is safe for print.
    fn outlines(&self, canvas: &mut Canvas<'_>) {
        let [x, y, w, h] = self.pouch;
        canvas.shape(rounded(x, y, w, h, FILM_RADIUS), Some(FILM), Some(line(BLUE, 0.8)));
        let size = 10.0;
        let (middle, tip) = (x + w / 2.0, y - mm(1.4));
        canvas.rule((middle, tip - size), (middle, tip), 0.9, BLUE);
        canvas.rule((middle - 2.6, tip - 2.8), (middle, tip), 0.9, BLUE);
        canvas.rule((middle + 2.6, tip - 2.8), (middle, tip), 0.9, BLUE);
        let [x, y, w, h] = self.card;
        canvas.shape(rounded(x, y, w, h, PAPER_RADIUS), Some(Rgb([255; 3])), Some(line(Rgb::BLACK, 0.7)));
        canvas.shape(rectangle(x + SAFE, y + SAFE, w - 2.0 * SAFE, h - 2.0 * SAFE), None, Some(dotted(GREY, 0.6)));
    }

    /// The square corners that fall away, and ticks where the arcs of the round ones begin.
    fn corners(&self, canvas: &mut Canvas<'_>) {
        let [x, y, w, h] = self.card;
        let r = PAPER_RADIUS;
        for (cx, cy, sx, sy) in
            [(x, y, 1.0, 1.0), (x + w, y, -1.0, 1.0), (x, y + h, 1.0, -1.0), (x + w, y + h, -1.0, -1.0)]
        {
            canvas.rule((cx, cy), (cx + sx * r, cy), 0.25, GREY);
            canvas.rule((cx, cy), (cx, cy + sy * r), 0.25, GREY);
            canvas.rule((cx + sx * r, cy + sy * mm(0.2)), (cx + sx * r, cy + sy * mm(2.0)), 0.3, Rgb::BLACK);
            canvas.rule((cx + sx * mm(0.2), cy + sy * r), (cx + sx * mm(2.0), cy + sy * r), 0.3, Rgb::BLACK);
        }
    }

    /// The hole for a ring; gives its middle.
    fn hole(&self, canvas: &mut Canvas<'_>) -> (f32, f32) {
        let [x, y, w, _] = self.card;
        let (cx, cy) = (x + w - HOLE, y + HOLE);
        let (film, paper, free) = HOLE_RADII;
        canvas.shape(circle(cx, cy, free), None, Some(dotted(MAGENTA, 0.7)));
        canvas.shape(circle(cx, cy, paper), Some(FILM), Some(line(Rgb::BLACK, 0.7)));
        canvas.shape(circle(cx, cy, film), Some(Rgb([255; 3])), Some(line(BLUE, 0.8)));
        canvas.rule((cx - mm(1.0), cy), (cx + mm(1.0), cy), 0.3, Rgb::BLACK);
        canvas.rule((cx, cy - mm(1.0)), (cx, cy + mm(1.0)), 0.3, Rgb::BLACK);
        (cx, cy)
    }

    fn steps(&self, canvas: &mut Canvas<'_>, text: &Text, fitted: &Fitted, setter: &mut Setter<'_, '_>, art: TagId) {
        let [card_x, card_y, card_w, card_h] = self.card;
        let (x, width, mut y) = if fitted.inside {
            let width = card_w - 2.0 * INSIDE.0;
            let spare = card_h - INSIDE.1 - INSIDE.2 - text.steps_height(fitted.set, width);
            (card_x + INSIDE.0, width, card_y + INSIDE.1 + (0.3 * spare).min(mm(12.0)))
        } else {
            let [_, y, _, h] = self.pouch;
            (self.column.0, self.column.1, y + h + FOOT + fitted.below - text.steps_height(fitted.set, fitted.column))
        };
        let list = canvas.tags.add(Role::List { numbered: true }, Some(art));
        for (i, step) in text.steps.iter().enumerate() {
            let item = canvas.tags.add(Role::Item, Some(list));
            let label = canvas.tags.add(Role::Label, Some(item));
            let number = setter.plain(&(i + 1).to_string(), 600);
            let middle = (x + RING, y + 0.44 * fitted.set.size);
            ringed(canvas, &number, fitted.set.size - 0.4, middle, RING, Some(label));
            let body = canvas.tags.add(Role::Body, Some(item));
            canvas.para(step, fitted.set, x + HANG, y, width - HANG, How::new(Some(body)));
            y += step_height(step, fitted.set, width) + GAP;
        }
    }

    /// What the lines are, beside them.
    fn names(&self, canvas: &mut Canvas<'_>, text: &Text, (cx, cy): (f32, f32), art: TagId) {
        let [x, y, w, h] = self.pouch;
        let put = |canvas: &mut Canvas<'_>, para: &Para, x: f32, y: f32, width: f32, end: bool| {
            let tag = canvas.tags.add(Role::P, Some(art));
            let how = How::new(Some(tag));
            canvas.line(para, SMALL, x, y, width, if end { how.end() } else { how });
        };
        let sealed = text.sealed.natural_width() * SMALL;
        put(canvas, &text.sealed, x + (w - sealed) / 2.0, y - mm(6.2), sealed, false);
        for (i, para) in text.hole.iter().enumerate() {
            put(canvas, para, cx - mm(48.0), cy - mm(1.7) + i as f32 * mm(3.5), mm(40.0), true);
        }
        canvas.rule((cx - mm(7.4), cy), (cx - mm(6.2), cy), 0.4, Rgb::BLACK);
        let at = y + 0.65 * h;
        canvas.rule((x, at), (x - mm(5.6), at), 0.4, BLUE);
        put(canvas, &text.film, x - BESIDE, at + 0.33 * SMALL, BESIDE - mm(6.6), true);
        let [x, y, w, h] = self.card;
        let at = y + h - mm(12.0);
        canvas.rule((x + SAFE, at), (x + SAFE + mm(4.0), at), 0.4, GREY);
        put(canvas, &text.safe, x + SAFE + mm(5.0), at + 0.33 * SMALL, w - 2.0 * SAFE, false);
    }

    fn foot(&self, canvas: &mut Canvas<'_>, text: &Text, art: TagId) {
        let (x, width) = self.column;
        let bottom = self.pouch[1] + self.pouch[3];
        let (legend, ruler) = (bottom + mm(6.6), bottom + mm(13.2));
        let strokes = [line(BLUE, 0.8), line(Rgb::BLACK, 0.7), dotted(MAGENTA, 0.7)];
        let third = (width + mm(5.0)) / 3.0;
        for (i, (para, stroke)) in text.legend.iter().zip(strokes).enumerate() {
            let left = x + third * i as f32;
            let from = crate::frame::Segment::Move(left, legend);
            canvas.shape(vec![from, crate::frame::Segment::Line(left + mm(7.0), legend)], None, Some(stroke));
            let tag = canvas.tags.add(Role::P, Some(art));
            canvas.line(para, SMALL, left + mm(8.6), legend + 0.33 * SMALL, third, How::new(Some(tag)));
        }
        canvas.rule((x, ruler), (x + mm(50.0), ruler), 0.5, Rgb::BLACK);
        for i in 0..=5u8 {
            let at = x + mm(10.0) * f32::from(i);
            canvas.rule((at, ruler - mm(1.2)), (at, ruler + mm(1.2)), 0.5, Rgb::BLACK);
        }
        let tag = canvas.tags.add(Role::P, Some(art));
        canvas.line(&text.ruler, SMALL, x + mm(54.0), ruler + 0.33 * SMALL, width, How::new(Some(tag)));
    }
}

fn line(color: Rgb, width: f32) -> Stroke {
    Stroke { color, width, round: false, dots: None }
}

fn dotted(color: Rgb, width: f32) -> Stroke {
    Stroke { color, width, round: true, dots: Some(2.2) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_of_words_is_sound() {
        let words: Words = toml::from_str(FILE).expect("words");
        assert_eq!(words.steps.len(), 5);
        for text in words.steps.iter().chain([&words.narrow, &words.wide]) {
            assert_eq!(text.matches("**").count() % 2, 0, "{text}");
        }
    }

    #[test]
    fn pouches_are_called_as_people_call_them() {
        let name = |text: &str| called(&Pouch::parse(text).expect("pouch"));
        assert_eq!(
            (name("a6"), name("letter"), name("110x162mm")),
            ("A6".into(), "Letter".into(), "110 × 162 mm".into())
        );
    }
}
