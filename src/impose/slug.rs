//! What a sheet says of itself in its margins: which side it is, what it holds, how to turn it; and a ruler.

use super::marks::{Mark, obstacles, target_room, targets};
use super::{Imposed, Layout, SheetPlan, Sides};
use crate::fonts::{FaceId, FaceQuery};
use crate::frame::{Duplex, Item, Kind, Rgb, Segment, Shape, Sheet, Slug, Stroke};
use crate::geom::{NAMED, Rect, Size, in_mm, mm};
use crate::locale::{Direction, Label, Lang, locale};
use crate::source::NodeId;
use crate::text::{Fill, Inline, Para, ParaStyle, Shaper, Style};

/// Size of the text, in points.
const TEXT: f32 = 7.6;
/// Between the parts of the line.
const GAP: f32 = 1.2 * TEXT;
/// Length of the ruler.
const RULER: f32 = mm(50.0);
/// Where the line and the ruler like to stand, from the upper and the lower edge.
const LIKED: (f32, f32) = (mm(12.4), mm(17.7));

/// What the line of information is called where it finds no room.
pub const LINE: &str = "the line of information";

/// What is to be said of sheets.
#[derive(Debug, Clone, Copy)]
pub struct Words<'a> {
    /// The theme's name.
    pub theme: &'a str,
    /// The language.
    pub lang: &'a Lang,
}

/// Adds slugs to all sides, where they are wanted and have room.
pub fn add(imposed: &mut Imposed, plan: &SheetPlan, words: Words<'_>, shaper: &mut Shaper<'_>) {
    if !plan.marks().contains(&Mark::Info) {
        return;
    }
    let Imposed { sheets, backs, layout, duplex, left_out, flip } = imposed;
    let mut taken = obstacles(layout, plan);
    if plan.marks().contains(&Mark::Registration) {
        taken.extend(targets(layout, plan).into_iter().map(target_room));
    }
    let mut setter = Setter { shaper, words };
    let per_sheet = if flip.is_some() { 2 } else { 1 };
    let count = if backs.is_some() { 2 * sheets.len() } else { sheets.len() };
    let turn = match (plan.sides, flip, *duplex) {
        (Sides::Fold, ..) => Some(Label::FoldHere),
        (_, None, _) => None,
        (_, Some(flip), _) if backs.is_some() => Some(super::edge_label(*flip, layout)),
        (.., Duplex::LongEdge) => Some(Label::FlipLong),
        _ => Some(Label::FlipShort),
    };
    let info = |n: usize, setter: &mut Setter<'_, '_>| setter.info(n, count, layout, turn);
    // the last side has the longest number
    let (size, _) = info(count, &mut setter);
    let place = find(layout, size, &taken, true);
    let ruler = setter.ruler();
    let ruler_place = {
        let mut taken = taken.clone();
        taken.extend(place.as_ref().map(|p| p.rect.grown([mm(1.0); 4])));
        find(layout, ruler.0, &taken, false)
    };
    for (found, what) in [(place.is_some(), LINE), (ruler_place.is_some(), "the ruler")] {
        if !found {
            left_out.push(what.to_owned());
        }
    }
    let mut put = |sheet: &mut Sheet, n: usize| {
        if let Some(place) = &place {
            let (size, items) = info(n, &mut setter);
            sheet.slugs.push(Slug { size, x: place.rect.x, y: place.rect.y, turn: place.turn, items });
        }
        if let Some(place) = &ruler_place {
            let (size, items) = setter.ruler();
            sheet.slugs.push(Slug { size, x: place.rect.x, y: place.rect.y, turn: place.turn, items });
        }
    };
    let fronts_apart = backs.is_some();
    for (i, sheet) in sheets.iter_mut().enumerate() {
        put(sheet, if fronts_apart { per_sheet * i + 1 } else { i + 1 });
    }
    for (i, sheet) in backs.iter_mut().flatten().rev().enumerate() {
        put(sheet, 2 * i + 2);
    }
}

/// A free place in a margin.
struct Place {
    rect: Rect,
    turn: u8,
}

/// Room for a slug: above the cards or below, else turned at their sides.
fn find(layout: &Layout, size: Size, taken: &[Rect], above: bool) -> Option<Place> {
    let paper = layout.paper;
    let (mx, my) = (layout.margin.0.max(mm(3.0)), layout.margin.1.max(mm(3.0)));
    let block = layout.places.iter().copied().reduce(Rect::with)?;
    let inside = |r: Rect| {
        r.x >= mx - 0.1 && r.y >= my - 0.1 && r.right() <= paper.w - mx + 0.1 && r.bottom() <= paper.h - my + 0.1
    };
    let free = |r: Rect| inside(r) && !taken.iter().any(|t| t.meets(r));
    let steps = || (0..160).map(|i| mm(0.25) * i as f32);
    let liked = if above { LIKED.0 } else { paper.h - LIKED.1 };
    let near_liked = || steps().flat_map(|d| [liked - d, liked + d]);
    let columns = [block.x, block.x + mm(1.5), mx.max(block.x + (block.w - size.w) / 2.0), mx];
    let upright = |y: f32| columns.iter().map(move |x| Rect { x: *x, y, w: size.w, h: size.h });
    if let Some(rect) = near_liked().flat_map(upright).find(|r| free(*r)) {
        return Some(Place { rect, turn: 0 });
    }
    // turned, read from below, beside the cards: the line at the left, the ruler at the right
    let rows = [block.y + mm(1.5), block.y + (block.h - size.w) / 2.0, block.bottom() - size.w - mm(1.5)];
    let left = || steps().map(|d| mx + d);
    let right = || steps().map(|d| paper.w - mx - size.h - d);
    let both: Vec<f32> = if above { left().chain(right()).collect() } else { right().chain(left()).collect() };
    let turned = |x: &f32| rows.map(|y| Rect { x: *x, y, w: size.h, h: size.w });
    both.iter().flat_map(turned).find(|r| free(*r)).map(|rect| Place { rect, turn: 3 })
}

/// "4 × 6 in", "A6", "100 × 150 mm".
pub fn size_name(size: Size) -> String {
    let alike = |s: &Size| (s.w - size.w).abs() < 0.5 && (s.h - size.h).abs() < 0.5;
    let named = NAMED.iter().find(|(_, s, _)| alike(s) || alike(&s.turned()));
    match named {
        Some((name, ..)) if name.starts_with('a') => name.to_uppercase(),
        Some((_, s, _)) => {
            let (w, h) = if alike(s) { (s.w, s.h) } else { (s.h, s.w) };
            let inches = |v: f32| {
                let whole = (v / 72.0).floor();
                if v / 72.0 - whole > 0.25 { format!("{whole}½") } else { format!("{whole}") }
            };
            format!("{} × {} in", inches(w), inches(h))
        }
        None => format!("{} × {}", in_mm(size.w).trim_end_matches(" mm"), in_mm(size.h)),
    }
}

/// Sets the words.
struct Setter<'a, 'b> {
    shaper: &'a mut Shaper<'b>,
    words: Words<'a>,
}

impl Setter<'_, '_> {
    fn face(&self, weight: u16) -> FaceId {
        let query = FaceQuery { family: "Source Sans 3", weight, italic: false };
        self.shaper.book().find(&query).unwrap_or_default()
    }

    fn para(&mut self, text: String, weight: u16) -> Para {
        let style = Style::new(self.face(weight), Rgb::BLACK);
        let inline = Inline { text, style, lang: None, link: None, at: NodeId(0) };
        let lang = self.words.lang;
        let style = ParaStyle { lang, locale: locale(lang), rtl: self.rtl() };
        self.shaper.para(vec![inline], &style)
    }

    fn rtl(&self) -> bool {
        self.words.lang.direction() == Direction::Rtl
    }

    /// The line of information, in the order in which it is read.
    fn info(&mut self, n: usize, count: usize, layout: &Layout, turn: Option<Label>) -> (Size, Vec<Item>) {
        let l = locale(self.words.lang);
        let (n, count) = (n.to_string(), count.to_string());
        let card = format!("{} {}", self.words.theme, size_name(layout.page_size()));
        let up = layout.places.len().to_string();
        let side = l.fill(Label::SheetSide, &[("n", &n), ("m", &count)]);
        let what = l.fill(Label::SheetUp, &[("card", &card), ("n", &up), ("sheet", &layout.paper_name)]);
        let mut parts = vec![self.para(side, 700), self.para(what, 400)];
        parts.extend(turn.map(|label| self.para(l.label(label).to_owned(), 400)));
        if self.rtl() {
            parts.reverse();
        }
        let mut items = Vec::new();
        let mut x = 0.0;
        for part in &parts {
            put(part, x, 0.76 * TEXT, &mut items);
            x += part.natural_width() * TEXT + GAP;
        }
        (Size { w: x - GAP, h: TEXT }, items)
    }

    /// The ruler, with what it is for.
    fn ruler(&mut self) -> (Size, Vec<Item>) {
        let l = locale(self.words.lang);
        let middle = mm(1.2);
        let mut items = vec![line((0.0, middle), (RULER, middle))];
        for i in 0..6u8 {
            let x = f32::from(i) * mm(10.0);
            items.push(line((x, 0.0), (x, 2.0 * middle)));
        }
        let para = self.para(l.label(Label::CheckRuler).to_owned(), 400);
        let top = middle + mm(2.6);
        put(&para, 0.0, top + 0.76 * TEXT, &mut items);
        (Size { w: RULER.max(para.natural_width() * TEXT), h: top + TEXT }, items)
    }
}

fn put(para: &Para, x: f32, y: f32, items: &mut Vec<Item>) {
    for pieces in para.lines(f32::INFINITY, f32::INFINITY, Fill::Ragged).lines.iter().take(1) {
        let runs = para.place(pieces, TEXT, x, y, None).runs;
        items.extend(runs.into_iter().map(|(run, ..)| Item { tag: None, kind: Kind::Glyphs(run) }));
    }
}

fn line(from: (f32, f32), to: (f32, f32)) -> Item {
    let path = vec![Segment::Move(from.0, from.1), Segment::Line(to.0, to.1)];
    let stroke = Stroke { color: Rgb::BLACK, width: 0.5, round: false, dots: None };
    Item { tag: None, kind: Kind::Shape(Shape { path, fill: None, stroke: Some(stroke) }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_names() {
        assert_eq!(size_name(Size::inches(4.0, 6.0)), "4 × 6 in");
        assert_eq!(size_name(Size::inches(6.0, 4.0)), "6 × 4 in");
        assert_eq!(size_name(Size::inches(5.5, 8.5)), "5½ × 8½ in");
        assert_eq!(size_name(Size::mm(148.0, 105.0)), "A6");
        assert_eq!(size_name(Size::mm(100.0, 150.0)), "100 × 150 mm");
    }
}
