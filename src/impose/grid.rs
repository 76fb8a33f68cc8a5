//! Where the places are: as many as fit, in a block in the middle of the sheet.

use super::paper::Flip;
use super::{BLEED, ImposeError, MOST_BLEED, NEAR, Reach, SheetPlan, Sides, Stock, Target, measures};
use crate::geom::{NAMED, Rect, Size, in_mm, mm, to_mm};

/// Room for crop marks and what keeps them from cards and edges.
const MARKS: f32 = mm(12.0);
/// How far a last line's room reaches below its letters.
const LINE_SLACK: f32 = mm(0.4);

/// How front and back lie beside each other when a card is folded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fold {
    /// The back at the right of the front; both upright.
    Beside,
    /// The back under the front, upside down.
    Under,
}

/// Places on a sheet, all alike.
#[derive(Debug, Clone)]
pub struct Layout {
    /// The paper as it lies.
    pub paper: Size,
    /// Its name.
    pub paper_name: String,
    /// The places, row by row: the outlines of what is cut out.
    pub places: Vec<Rect>,
    /// Columns and rows.
    pub grid: (usize, usize),
    /// How far cards are turned in their places, in quarters, clockwise.
    pub turn: u8,
    /// Whether front and back hang together in a place.
    pub fold: Option<Fold>,
    /// How far ink may run over the trim, where neighbours and the paper let it.
    pub bleed: f32,
    /// Room between columns and between rows.
    pub gutter: (f32, f32),
    /// What the printer leaves white left and right, and above and below.
    pub margin: (f32, f32),
}

/// A page's room on the front of a sheet.
pub(super) struct Room {
    pub(super) rect: Rect,
    pub(super) turn: u8,
    /// How far its ink may run over, on the left, top, right and bottom.
    pub(super) bleed: [f32; 4],
}

/// A way to lay places.
struct Way {
    paper: Size,
    turn: u8,
    fold: Option<Fold>,
    /// A place's size as it lies on the sheet.
    cell: Size,
    grid: (usize, usize),
    gutter: f32,
}

impl Way {
    fn count(&self) -> usize {
        self.grid.0 * self.grid.1
    }

    /// What makes it better than another: more cards, then room for marks at all edges, in tenths of a millimetre.
    fn rank(&self) -> (usize, i32) {
        let (x, y) = self.corner();
        (self.count(), (to_mm(x.min(y).min(MARKS)) * 10.0).round() as i32)
    }

    /// Left and upper edge of the block.
    fn corner(&self) -> (f32, f32) {
        let extent = |n: usize, cell: f32| n as f32 * (cell + self.gutter) - self.gutter;
        let (w, h) = (extent(self.grid.0, self.cell.w), extent(self.grid.1, self.cell.h));
        ((self.paper.w - w) / 2.0, (self.paper.h - h) / 2.0)
    }
}

impl Layout {
    /// The layout that holds most cards of a size.
    ///
    /// # Errors
    /// When none holds any, or lengths contradict each other.
    pub fn choose(size: Size, reach: Reach, plan: &SheetPlan) -> Result<Layout, ImposeError> {
        let bleed = plan.bleed.unwrap_or(reach.bleed);
        match &plan.target {
            Target::Card => Ok(Layout::single(size, bleed)),
            Target::Stock(stock) => Layout::stock(size, bleed, stock, plan),
            Target::Paper(paper) => {
                let ways = ways(size, reach, bleed, plan);
                let Some(way) = ways else { return Err(too_large(size, reach, bleed, plan)) };
                let grid = way.grid;
                check_bleed(&way, bleed, plan)?;
                Ok(Layout::of(&way, bleed, paper.name.clone(), plan, grid))
            }
        }
    }

    fn of(way: &Way, bleed: f32, paper_name: String, plan: &SheetPlan, grid: (usize, usize)) -> Layout {
        let (x0, y0) = way.corner();
        let place = |i: usize| {
            let (column, row) = (i % grid.0, i / grid.0);
            let (x, y) = (column as f32 * (way.cell.w + way.gutter), row as f32 * (way.cell.h + way.gutter));
            Rect { x: x0 + x, y: y0 + y, w: way.cell.w, h: way.cell.h }
        };
        Layout {
            paper: way.paper,
            paper_name,
            places: (0..way.count()).map(place).collect(),
            grid,
            turn: way.turn,
            fold: way.fold,
            bleed,
            gutter: (way.gutter, way.gutter),
            margin: plan.margins.of(way.paper),
        }
    }

    /// A page by itself, with its bleed around it.
    fn single(size: Size, bleed: f32) -> Layout {
        let paper = Size { w: size.w + 2.0 * bleed, h: size.h + 2.0 * bleed };
        Layout {
            paper,
            paper_name: String::new(),
            places: vec![Rect { x: bleed, y: bleed, w: size.w, h: size.h }],
            grid: (1, 1),
            turn: 0,
            fold: None,
            bleed,
            gutter: (0.0, 0.0),
            margin: (0.0, 0.0),
        }
    }

    /// The places of a stock.
    fn stock(size: Size, bleed: f32, stock: &Stock, plan: &SheetPlan) -> Result<Layout, ImposeError> {
        // half a millimetre is what a knife is off
        let alike = |a: Size, b: Size| (a.w - b.w).abs() < mm(0.5) && (a.h - b.h).abs() < mm(0.5);
        let turn = if alike(size, stock.card) {
            0
        } else if alike(size.turned(), stock.card) {
            1
        } else {
            let fitting = NAMED.iter().find(|(_, s, _)| alike(*s, stock.card) || alike(s.turned(), stock.card));
            let upright = stock.card.portrait();
            let size_flag = fitting.map_or_else(
                || format!("{}x{}mm", to_mm(upright.w), to_mm(upright.h)),
                |(name, ..)| (*name).to_owned(),
            );
            return Err(ImposeError {
                message: format!(
                    "the cards of {} are {}, and these are {}",
                    stock.title,
                    measures(stock.card),
                    measures(size)
                ),
                hint: format!("add --size {size_flag}"),
            });
        };
        let (columns, rows) = stock.grid;
        let (dx, dy) = plan.nudge;
        let place = |i: usize| {
            let (column, row) = (i % columns, i / columns);
            let x = stock.corner.0 + column as f32 * stock.pitch.w + dx;
            let y = stock.corner.1 + row as f32 * stock.pitch.h + dy;
            // a card that is a hair smaller stands in the middle of its place
            let card = if turn == 1 { size.turned() } else { size };
            Rect { x: x + (stock.card.w - card.w) / 2.0, y: y + (stock.card.h - card.h) / 2.0, w: card.w, h: card.h }
        };
        Ok(Layout {
            paper: stock.sheet,
            paper_name: stock.title.clone(),
            places: (0..columns * rows).map(place).collect(),
            grid: stock.grid,
            turn,
            fold: None,
            bleed,
            gutter: (stock.pitch.w - stock.card.w, stock.pitch.h - stock.card.h),
            margin: plan.margins.of(stock.sheet),
        })
    }

    /// How far ink may run over a place's left, top, right and bottom: no further than half a gutter, and to the paper's edge.
    fn bleed_of(&self, place: usize) -> [f32; 4] {
        let (column, row) = (place % self.grid.0, place / self.grid.0);
        let rect = self.places[place];
        let side = |inner: bool, gutter: f32, edge: f32| {
            let room = if inner { gutter / 2.0 } else { edge };
            self.bleed.min(room.max(0.0))
        };
        [
            side(column > 0, self.gutter.0, rect.x),
            side(row > 0, self.gutter.1, rect.y),
            side(column + 1 < self.grid.0, self.gutter.0, self.paper.w - rect.right()),
            side(row + 1 < self.grid.1, self.gutter.1, self.paper.h - rect.bottom()),
        ]
    }

    /// The rooms of a place on the front: one, or front and back of a card that is folded.
    pub(super) fn rooms(&self, place: usize) -> Vec<Room> {
        let rect = self.places[place];
        let [left, top, right, bottom] = self.bleed_of(place);
        let Some(fold) = self.fold else {
            return vec![Room { rect, turn: self.turn, bleed: [left, top, right, bottom] }];
        };
        // as the card itself lies: beside it is at its right, under it below; both turn with the card
        let half = |second: bool| {
            let flat = self.folds_upright();
            let (w, h) = if flat { (rect.w / 2.0, rect.h) } else { (rect.w, rect.h / 2.0) };
            // turned once, what is under the card is at its left
            let far = if fold == Fold::Under && self.turn == 1 { !second } else { second };
            let (x, y) = match (far, flat) {
                (false, _) => (rect.x, rect.y),
                (true, true) => (rect.x + w, rect.y),
                (true, false) => (rect.x, rect.y + h),
            };
            let bleed = match (far, flat) {
                (false, true) => [left, top, 0.0, bottom],
                (true, true) => [0.0, top, right, bottom],
                (false, false) => [left, top, right, 0.0],
                (true, false) => [left, 0.0, right, bottom],
            };
            let turn = if second && fold == Fold::Under { self.turn + 2 } else { self.turn };
            Room { rect: Rect { x, y, w, h }, turn: turn % 4, bleed }
        };
        vec![half(false), half(true)]
    }

    /// The size of a page, as it is read.
    pub(super) fn page_size(&self) -> Size {
        let Some(Rect { w, h, .. }) = self.rooms(0).first().map(|r| r.rect) else { return self.paper };
        let size = Size { w, h };
        if self.turn % 2 == 1 { size.turned() } else { size }
    }

    /// Whether the fold runs from top to bottom of the sheet.
    pub(super) fn folds_upright(&self) -> bool {
        (self.fold == Some(Fold::Beside)) == self.turn.is_multiple_of(2)
    }

    /// Where a place is seen on the other side.
    pub fn behind(&self, place: usize, flip: Flip) -> Rect {
        flip.through(self.places[place], self.paper)
    }
}

/// The best of all ways to lay places; `None` when none holds a card.
fn ways(size: Size, reach: Reach, bleed: f32, plan: &SheetPlan) -> Option<Way> {
    let Target::Paper(paper) = &plan.target else { return None };
    let folds: &[Option<Fold>] =
        if plan.sides == Sides::Fold { &[Some(Fold::Beside), Some(Fold::Under)] } else { &[None] };
    let mut best: Option<Way> = None;
    for whole_sheet in [false, true] {
        // the whole sheet is for cards without colour at their edge, whose ink keeps clear of what the printer leaves white
        let margins = plan.margins.largest();
        let wishes = plan.marks.as_ref().is_some_and(|marks| marks.iter().any(|m| m.stands_in_margins()));
        if whole_sheet && wishes && best.is_some() {
            continue;
        }
        let allowed = bleed <= 0.0 && reach.inset + LINE_SLACK >= margins && plan.gutter.is_none_or(|g| g <= NEAR);
        if whole_sheet && !allowed {
            continue;
        }
        for way_of_paper in paper.ways() {
            let turns: &[u8] = if paper.fixed { &[0, 1] } else { &[0] };
            for turn in turns {
                for fold in folds {
                    for gutter in gutters(size, reach, bleed, plan) {
                        let way = way(way_of_paper, size, *turn, *fold, gutter, whole_sheet, plan);
                        if way.count() > 0 && best.as_ref().is_none_or(|best| way.rank() > best.rank()) {
                            best = Some(way);
                        }
                    }
                }
            }
        }
    }
    best
}

fn way(paper: Size, size: Size, turn: u8, fold: Option<Fold>, gutter: f32, whole: bool, plan: &SheetPlan) -> Way {
    let unit = match fold {
        None => size,
        Some(Fold::Beside) => Size { w: 2.0 * size.w, ..size },
        Some(Fold::Under) => Size { h: 2.0 * size.h, ..size },
    };
    let cell = if turn == 1 { unit.turned() } else { unit };
    let (mx, my) = if whole { (0.0, 0.0) } else { plan.margins.of(paper) };
    let fit = |room: f32, cell: f32| ((room + gutter + NEAR) / (cell + gutter)).floor().max(0.0) as usize;
    let grid = (fit(paper.w - 2.0 * mx, cell.w), fit(paper.h - 2.0 * my, cell.h));
    Way { paper, turn, fold, cell, grid, gutter }
}

/// Gutters to try, the one that is liked best first: that of postcard stock for postcards, then twice the bleed. Cards whose
/// colour or pictures end at the edge do not share a cut.
fn gutters(size: Size, reach: Reach, bleed: f32, plan: &SheetPlan) -> Vec<f32> {
    if let Some(gutter) = plan.gutter {
        return vec![gutter];
    }
    if bleed > 0.0 {
        let postcard = Size::inches(4.0, 6.0);
        let is_postcard = (size.portrait().w - postcard.w).abs() < 1.0 && (size.portrait().h - postcard.h).abs() < 1.0;
        let least = 2.0 * bleed;
        return if is_postcard { vec![least.max(mm(12.7)), least] } else { vec![least] };
    }
    vec![if reach.inset < mm(1.0) { 2.0 * BLEED } else { 0.0 }]
}

/// Whether the bleed that was asked for has room.
fn check_bleed(way: &Way, bleed: f32, plan: &SheetPlan) -> Result<(), ImposeError> {
    if way.count() > 1 && 2.0 * bleed > way.gutter + NEAR {
        return Err(ImposeError {
            message: format!(
                "a bleed of {} needs a gutter of {}, and the gutter is {}",
                in_mm(bleed),
                in_mm(2.0 * bleed),
                in_mm(way.gutter)
            ),
            hint: format!("make it --gutter {}mm, or --bleed {}mm", to_mm(2.0 * bleed), round(way.gutter / 2.0)),
        });
    }
    let (x, y) = way.corner();
    if plan.bleed.is_some() && bleed > x.min(y) + NEAR {
        return Err(ImposeError {
            message: format!(
                "a bleed of {} runs off the paper: the cards stand {} from its edge",
                in_mm(bleed),
                in_mm(x.min(y))
            ),
            hint: format!("up to --bleed {}mm has room", (to_mm(x.min(y)) * 10.0).floor() / 10.0),
        });
    }
    Ok(())
}

fn round(points: f32) -> f32 {
    (to_mm(points) * 100.0).round() / 100.0
}

/// Says what would fit instead.
fn too_large(size: Size, reach: Reach, bleed: f32, plan: &SheetPlan) -> ImposeError {
    let Target::Paper(paper) = &plan.target else {
        return ImposeError { message: "nothing fits".into(), hint: String::new() };
    };
    let what = if plan.sides == Sides::Fold { "a folded card with front and back of" } else { "a card of" };
    let message = format!(
        "{what} {} does not fit on {} with {} left free at the edges",
        measures(size),
        if paper.fixed { paper.name.clone() } else { format!("{} ({})", paper.name, measures(paper.size)) },
        in_mm(plan.margins.largest())
    );
    let fits = |size: Size, plan: &SheetPlan| ways(size, reach, bleed, plan).is_some();
    let papers: Vec<&str> = super::PAPERS
        .iter()
        .filter(|(key, ..)| {
            let Ok(paper) = super::Paper::parse(key) else { return false };
            fits(size, &SheetPlan { target: Target::Paper(paper), ..plan.clone() })
        })
        .map(|(key, ..)| *key)
        .collect();
    let cards: Vec<&str> = NAMED.iter().filter(|(_, s, _)| fits(*s, plan)).map(|(name, ..)| *name).collect();
    let mut ways: Vec<String> = Vec::new();
    if !papers.is_empty() {
        ways.push(format!("larger paper: --sheet {}", either(&papers)));
    }
    if !cards.is_empty() {
        ways.push(format!("smaller cards: --size {}", either(&cards)));
    }
    if ways.is_empty() {
        ways.push("give a larger --sheet, or a smaller --printer-margin".into());
    }
    ImposeError { message, hint: ways.join("; ") }
}

/// "a4, a3 or legal".
fn either(names: &[&str]) -> String {
    match names {
        [init @ .., last] if !init.is_empty() => format!("{} or {last}", init.join(", ")),
        _ => names.concat(),
    }
}

/// Reads a bleed for the command line: from 0 to 10 mm.
///
/// # Errors
/// A sentence that says what would do.
pub fn bleed(text: &str) -> Result<f32, String> {
    let value = crate::geom::length(text)?;
    if (0.0..=MOST_BLEED + NEAR).contains(&value) {
        Ok(value)
    } else {
        Err(format!("a bleed is from 0 to {}, and 3mm is usual", in_mm(MOST_BLEED)))
    }
}

/// Reads a gutter: from 0 to 100 mm.
///
/// # Errors
/// A sentence that says what would do.
pub fn gutter(text: &str) -> Result<f32, String> {
    let value = crate::geom::length(text)?;
    if (0.0..=mm(100.0) + NEAR).contains(&value) {
        Ok(value)
    } else {
        Err("a gutter is from 0 to 100 mm; cards may touch, but not overlap".into())
    }
}
