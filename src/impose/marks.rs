//! Marks for cutting, folding and printing (print specification, section 4). They stand outside of the cards, except for
//! the guides of a ring hole and of rounded corners, which are cut away.

use super::paper::Flip;
use super::{Layout, NEAR, SheetPlan, bounds};
use crate::frame::{Item, Kind, PlacedPage, Rgb, Segment, Shape, Sheet, Stroke, circle, rounded};
use crate::geom::{Rect, Size, mm};
use std::collections::BTreeSet;

/// A kind of mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mark {
    /// Where to cut.
    Crop,
    /// Targets that lie on each other when both sides do.
    Registration,
    /// Where to fold.
    Fold,
    /// Where a ring goes through.
    Hole,
    /// Side, format, paper, how to turn it, and a ruler.
    Info,
}

impl Mark {
    /// Whether it needs white paper at the edges of the sheet.
    pub(super) fn stands_in_margins(self) -> bool {
        matches!(self, Mark::Registration | Mark::Info)
    }

    /// All of them with their names on the command line.
    pub const ALL: &'static [(Mark, &'static str)] = &[
        (Mark::Crop, "crop"),
        (Mark::Registration, "registration"),
        (Mark::Fold, "fold"),
        (Mark::Hole, "hole"),
        (Mark::Info, "info"),
    ];
}

/// Thin enough to cut by, thick enough for a home printer, in points.
const WEIGHT: f32 = 0.25;
/// A mark keeps clear of the trim by the bleed, and by this where there is none.
const LEAST_OFFSET: f32 = mm(2.1);
const LENGTH: f32 = mm(5.0);
/// Shorter ones are no help.
const SHORTEST: f32 = mm(1.5);
/// Between a mark and the sheet's edge.
const EDGE: f32 = mm(3.0);
/// Where a card ends so near to the sheet's edge, the edge is the cut.
const SLIVER: f32 = mm(1.0);
/// On the cut line itself, where cards share it or leave no room outside.
const TICK: f32 = mm(4.5);
/// Half a cross where four cards meet.
const CROSS: f32 = mm(2.5);
/// Radius and half the cross of a registration target, and its distance from the sheet's edge where there is room.
const TARGET: (f32, f32, f32) = (mm(2.0), mm(3.2), mm(14.0));
/// Radius of a ring hole, and its distance from the edges.
const HOLE: (f32, f32) = (mm(3.0), mm(10.0));
/// Radius of the hole in paper that goes into film: 2 mm of welded film then seal the hole of the ring.
const HOLE_IN_FILM: f32 = mm(5.0);
/// Radius of the corners of paper that goes into film (print specification, section 3).
const CORNER: f32 = mm(3.0);

/// A straight mark.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Line {
    from: (f32, f32),
    to: (f32, f32),
    dotted: bool,
}

impl Line {
    fn item(self) -> Item {
        let path = vec![Segment::Move(self.from.0, self.from.1), Segment::Line(self.to.0, self.to.1)];
        let stroke = if self.dotted {
            Stroke { color: Rgb::BLACK, width: 0.7, round: true, dots: Some(2.0) }
        } else {
            Stroke { color: Rgb::BLACK, width: WEIGHT, round: false, dots: None }
        };
        Item { tag: None, kind: Kind::Shape(Shape { path, fill: None, stroke: Some(stroke) }) }
    }

    /// To tell lines apart that differ by less than a printer can show.
    fn key(self) -> [i32; 4] {
        [self.from.0, self.from.1, self.to.0, self.to.1].map(|v| (v * 20.0).round() as i32)
    }
}

/// Which way a mark goes from its corner.
#[derive(Clone, Copy, PartialEq)]
enum Way {
    Left,
    Up,
    Right,
    Down,
}

/// Outlines on one side of a sheet.
struct Outlines<'l> {
    layout: &'l Layout,
    rects: Vec<Rect>,
    lines: Vec<Line>,
    /// Whether a mark found no room.
    crowded: bool,
}

impl Outlines<'_> {
    fn offset(&self) -> f32 {
        self.layout.bleed.max(LEAST_OFFSET)
    }

    /// Room from a corner of a card to what comes next: the nearest neighbour's trim, or the edge of the paper.
    fn room(&self, rect: Rect, (x, y): (f32, f32), way: Way) -> (f32, bool) {
        let Size { w, h } = self.layout.paper;
        let beside = |r: &Rect| match way {
            Way::Left | Way::Right => r.y - NEAR <= y && y <= r.bottom() + NEAR,
            Way::Up | Way::Down => r.x - NEAR <= x && x <= r.right() + NEAR,
        };
        let distance = |r: &Rect| match way {
            Way::Left => x - r.right(),
            Way::Right => r.x - x,
            Way::Up => y - r.bottom(),
            Way::Down => r.y - y,
        };
        let others = self.rects.iter().filter(|r| **r != rect && beside(r)).map(distance);
        let nearest = others.filter(|d| *d > -NEAR).fold(f32::INFINITY, f32::min);
        let edge = match way {
            Way::Left => x,
            Way::Right => w - x,
            Way::Up => y,
            Way::Down => h - y,
        };
        if nearest < edge { (nearest, true) } else { (edge, false) }
    }

    /// A mark outwards from a corner.
    fn mark(&mut self, rect: Rect, corner: (f32, f32), way: Way, dotted: bool) {
        let Size { w, h } = self.layout.paper;
        let from_edge = match way {
            Way::Left | Way::Right => corner.1.min(h - corner.1),
            Way::Up | Way::Down => corner.0.min(w - corner.0),
        };
        if from_edge < SLIVER {
            return;
        }
        let offset = self.offset();
        let (room, neighbour) = self.room(rect, corner, way);
        let (sx, sy) = match way {
            Way::Left => (-1.0, 0.0),
            Way::Right => (1.0, 0.0),
            Way::Up => (0.0, -1.0),
            Way::Down => (0.0, 1.0),
        };
        let at = |d: f32| (corner.0 + sx * d, corner.1 + sy * d);
        let (from, to) = match (neighbour, room) {
            // cards that touch share the cut
            (true, room) if room <= NEAR => return,
            // one mark from bleed to bleed in a narrow gutter
            (true, room) if room < 2.0 * (offset + mm(3.0)) => (offset, room - offset),
            (true, _) => (offset, offset + LENGTH.min(room / 2.0 - offset)),
            (false, room) => (offset, (offset + LENGTH).min(room - EDGE)),
        };
        let shared = neighbour && room < 2.0 * (offset + mm(3.0));
        if to - from >= if shared { mm(0.8) } else { SHORTEST } {
            // a shared mark is drawn from both of its ends: the same line
            let (a, b) = (at(from), at(to));
            let (from, to) = if (a.0, a.1) <= (b.0, b.1) { (a, b) } else { (b, a) };
            self.lines.push(Line { from, to, dotted });
        } else if !neighbour && self.layout.bleed <= 0.0 {
            self.tick(corner, way, dotted);
        } else if !neighbour {
            self.crowded = true;
        }
    }

    /// A mark on the cut line itself, inwards from where the printer begins to print.
    fn tick(&mut self, (x, y): (f32, f32), way: Way, dotted: bool) {
        let (mx, my) = (self.layout.margin.0.max(EDGE), self.layout.margin.1.max(EDGE));
        let Size { w, h } = self.layout.paper;
        let printed = (mx - NEAR..=w - mx + NEAR).contains(&x) || matches!(way, Way::Left | Way::Right);
        let printed = printed && ((my - NEAR..=h - my + NEAR).contains(&y) || matches!(way, Way::Up | Way::Down));
        if !printed {
            return;
        }
        let (from, to) = match way {
            Way::Left => ((x.max(mx), y), (x.max(mx) + TICK, y)),
            Way::Right => ((x.min(w - mx) - TICK, y), (x.min(w - mx), y)),
            Way::Up => ((x, y.max(my)), (x, y.max(my) + TICK)),
            Way::Down => ((x, y.min(h - my) - TICK), (x, y.min(h - my))),
        };
        self.lines.push(Line { from, to, dotted });
    }

    fn crops(&mut self) {
        for rect in self.rects.clone() {
            for (x, across) in [(rect.x, Way::Left), (rect.right(), Way::Right)] {
                for (y, along) in [(rect.y, Way::Up), (rect.bottom(), Way::Down)] {
                    self.mark(rect, (x, y), across, false);
                    self.mark(rect, (x, y), along, false);
                }
            }
        }
        if self.layout.bleed <= 0.0 {
            self.crosses();
        }
    }

    /// A cross wherever the corners of four cards meet.
    fn crosses(&mut self) {
        let near = |a: f32, b: f32| (a - b).abs() <= NEAR;
        for r in self.rects.clone() {
            let (x, y) = (r.right(), r.bottom());
            let meets = |r: &Rect| (near(r.x, x) || near(r.right(), x)) && (near(r.y, y) || near(r.bottom(), y));
            if self.rects.iter().filter(|r| meets(r)).count() == 4 {
                self.lines.push(Line { from: (x - CROSS, y), to: (x + CROSS, y), dotted: false });
                self.lines.push(Line { from: (x, y - CROSS), to: (x, y + CROSS), dotted: false });
            }
        }
    }

    /// The trim itself.
    fn outlines(&mut self) {
        for r in &self.rects {
            let corners = [(r.x, r.y), (r.right(), r.y), (r.right(), r.bottom()), (r.x, r.bottom())];
            for (a, b) in [(0, 1), (1, 2), (3, 2), (0, 3)] {
                self.lines.push(Line { from: corners[a], to: corners[b], dotted: false });
            }
        }
    }

    /// Where cards are folded: at both ends of the line.
    fn folds(&mut self) {
        for rect in self.rects.clone() {
            if self.layout.folds_upright() {
                let x = rect.x + rect.w / 2.0;
                self.mark(rect, (x, rect.y), Way::Up, true);
                self.mark(rect, (x, rect.bottom()), Way::Down, true);
            } else {
                let y = rect.y + rect.h / 2.0;
                self.mark(rect, (rect.x, y), Way::Left, true);
                self.mark(rect, (rect.right(), y), Way::Right, true);
            }
        }
    }

    /// Every line once.
    fn finish(self) -> (Vec<Line>, bool) {
        let mut seen = BTreeSet::new();
        let lines = self.lines.into_iter().filter(|l| seen.insert((l.key(), l.dotted))).collect();
        (lines, self.crowded)
    }
}

/// The straight marks round some outlines.
fn lines(layout: &Layout, rects: Vec<Rect>, plan: &SheetPlan) -> (Vec<Line>, bool) {
    let mut all = Outlines { layout, rects, lines: Vec::new(), crowded: false };
    let marks = plan.marks();
    if plan.cut_lines {
        all.outlines();
    } else if marks.contains(&Mark::Crop) {
        all.crops();
    }
    if marks.contains(&Mark::Fold) && layout.fold.is_some() {
        all.folds();
    }
    all.finish()
}

/// Adds marks to the sides. `used` are the places that each sheet fills, `rtl` tells of a card whether it is read from the right. Gives what found no room, in words.
pub(super) fn add(
    fronts: &mut [Sheet],
    backs: &mut [Sheet],
    used: &[Vec<usize>],
    layout: &Layout,
    plan: &SheetPlan,
    flip: Option<Flip>,
    rtl: &dyn Fn(usize) -> bool,
) -> Vec<String> {
    let wanted = plan.marks();
    let mut left_out = BTreeSet::new();
    let targets = if wanted.contains(&Mark::Registration) { targets(layout, plan) } else { Vec::new() };
    if wanted.contains(&Mark::Registration) && targets.len() < 4 {
        left_out.insert("registration targets");
    }
    let mut side = |sheet: &mut Sheet, rects: Vec<Rect>, (dx, dy): (f32, f32)| {
        let (lines, crowded) = lines(layout, rects, plan);
        if crowded {
            left_out.insert("crop marks at some edges");
        }
        sheet.marks.extend(lines.into_iter().map(Line::item));
        for (x, y) in &targets {
            sheet.marks.extend(target(x + dx, y + dy));
        }
    };
    for (sheet, places) in fronts.iter_mut().zip(used) {
        side(sheet, places.iter().map(|p| layout.places[*p]).collect(), (0.0, 0.0));
        if wanted.contains(&Mark::Hole) {
            let radius = if plan.film { HOLE_IN_FILM } else { HOLE.0 };
            sheet.marks.extend(sheet.pages.iter().map(|page| hole(page, layout, rtl(page.card), radius)));
        }
        if plan.film && (wanted.contains(&Mark::Crop) || plan.cut_lines) {
            // through both halves of a folded card at once
            let pages = sheet.pages.iter().filter(|p| layout.fold.is_none() || p.page.is_multiple_of(2));
            sheet.marks.extend(pages.flat_map(|page| corners(page, layout)));
        }
    }
    if let Some(flip) = flip {
        let shift = flip.shift(plan.back_offset, layout.paper);
        for (sheet, places) in backs.iter_mut().zip(used) {
            let rects = places.iter().map(|p| layout.behind(*p, flip).moved(shift.0, shift.1)).collect();
            side(sheet, rects, shift);
        }
    }
    left_out.into_iter().map(str::to_owned).collect()
}

/// What marks and slugs must keep clear of on a full sheet.
pub(super) fn obstacles(layout: &Layout, plan: &SheetPlan) -> Vec<Rect> {
    let (lines, _) = lines(layout, layout.places.clone(), plan);
    let lines = lines.into_iter().filter_map(|l| bounds(&l.item().kind)).map(|r| r.grown([mm(0.8); 4]));
    let clear = layout.bleed + mm(1.0);
    layout.places.iter().map(|r| r.grown([clear; 4])).chain(lines).collect()
}

/// The middles of the registration targets: on the axes of the sheet, each as far from its edge as the one across.
pub(super) fn targets(layout: &Layout, plan: &SheetPlan) -> Vec<(f32, f32)> {
    let obstacles = obstacles(layout, plan);
    let (_, half, usual) = TARGET;
    let Size { w, h } = layout.paper;
    let free = |(x, y): (f32, f32)| {
        let room = Rect { x: x - half, y: y - half, w: 2.0 * half, h: 2.0 * half };
        !obstacles.iter().any(|o| o.meets(room))
    };
    let pair = |margin: f32, at: &dyn Fn(f32) -> [(f32, f32); 2]| {
        let (least, most) = (margin.max(EDGE) + half, mm(60.0));
        let down = (0..80).map(|i| usual - mm(0.25) * i as f32);
        let up = (1..200).map(|i| usual + mm(0.25) * i as f32);
        let distances = down.chain(up).filter(|d| (least - NEAR..=most).contains(d));
        distances.map(at).find(|two| two.iter().all(|p| free(*p)))
    };
    let above = pair(layout.margin.1, &|d| [(w / 2.0, d), (w / 2.0, h - d)]);
    let beside = pair(layout.margin.0, &|d| [(d, h / 2.0), (w - d, h / 2.0)]);
    above.into_iter().chain(beside).flatten().collect()
}

/// The room that a target takes.
pub(super) fn target_room((x, y): (f32, f32)) -> Rect {
    let half = TARGET.1 + mm(0.8);
    Rect { x: x - half, y: y - half, w: 2.0 * half, h: 2.0 * half }
}

/// A registration target: a circle and a cross.
pub(crate) fn target(x: f32, y: f32) -> Vec<Item> {
    let (radius, half, _) = TARGET;
    let across = Line { from: (x - half, y), to: (x + half, y), dotted: false };
    let along = Line { from: (x, y - half), to: (x, y + half), dotted: false };
    vec![ring(x, y, radius), across.item(), along.item()]
}

fn ring(x: f32, y: f32, radius: f32) -> Item {
    let stroke = Stroke { color: Rgb::BLACK, width: WEIGHT, round: false, dots: None };
    Item { tag: None, kind: Kind::Shape(Shape { path: circle(x, y, radius), fill: None, stroke: Some(stroke) }) }
}

/// A point of a page, given from its own top left corner, on the sheet.
pub fn on_sheet(page: &PlacedPage, size: Size, (u, v): (f32, f32)) -> (f32, f32) {
    let (x, y) = match page.turn % 4 {
        0 => (u, v),
        1 => (size.h - v, u),
        2 => (size.w - u, size.h - v),
        _ => (v, size.w - u),
    };
    (page.x + x, page.y + y)
}

/// The guide of a ring hole: at the top, where lines end on fronts and where they begin on backs, for that is the same hole.
fn hole(page: &PlacedPage, layout: &Layout, rtl: bool, radius: f32) -> Item {
    let size = layout.page_size();
    let from_edge = HOLE.1;
    let across = if page.page.is_multiple_of(2) != rtl { size.w - from_edge } else { from_edge };
    let (x, y) = on_sheet(page, size, (across, from_edge));
    ring(x, y, radius)
}

/// Guides for rounding the corners of a card: quarters of a circle.
fn corners(page: &PlacedPage, layout: &Layout) -> Vec<Item> {
    let size = layout.page_size();
    let Size { w, h } = if page.turn % 2 == 1 { size.turned() } else { size };
    let path = rounded(page.x, page.y, w, h, CORNER);
    let stroke = Stroke { color: Rgb::BLACK, width: WEIGHT, round: false, dots: None };
    let ends = path.windows(2).filter_map(|two| match two {
        [Segment::Line(x, y), curve @ Segment::Curve(_)] => Some(vec![Segment::Move(*x, *y), *curve]),
        _ => None,
    });
    ends.map(|path| Item { tag: None, kind: Kind::Shape(Shape { path, fill: None, stroke: Some(stroke) }) }).collect()
}
