//! Imposition: pages of cards at places of sheets, each back behind its front, with marks for cutting.
//!
//! Pure geometry: cards are known by their sizes and by how far their ink reaches. [`Layout`] finds the places, `pack` fills
//! them, `marks` and `slug` draw what stands around them.

mod grid;
pub mod marks;
mod pack;
mod paper;
pub mod slug;
mod stock;

pub use grid::{Fold, Layout, bleed, gutter};
pub use marks::Mark;
pub(crate) use marks::target;
pub use paper::{Flip, Margins, PAPERS, Paper};
pub use stock::{STOCKS, Stock, StockError};

use crate::frame::{Card, Duplex, Kind, PlacedPage, Segment, Sheet};
use crate::geom::{CardSize, NAMED, Rect, Size, in_mm, mm};
use crate::locale::Direction;
use std::collections::BTreeSet;

/// The bleed of themes whose colour runs off the edge, where nobody says otherwise: the trade's standard.
pub const BLEED: f32 = mm(3.0);
/// The largest bleed.
pub const MOST_BLEED: f32 = mm(10.0);
/// Lengths that differ by less are the same: a third of a hundredth of a millimetre.
const NEAR: f32 = 0.01;

/// What cards are put on.
#[derive(Debug, Clone, PartialEq)]
pub enum Target {
    /// Every page by itself, as large as the card.
    Card,
    /// As many as fit on a sheet of paper.
    Paper(Paper),
    /// A sheet that is cut already.
    Stock(Box<Stock>),
}

/// How the two sides of a card come on paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sides {
    /// On both sides of the sheet, which is turned so that cards turn like pages.
    #[default]
    Auto,
    /// The printer turns the sheet over its long edge.
    Long,
    /// Over its short edge.
    Short,
    /// All on one side, fronts beside backs.
    None,
    /// Fronts and backs in files of their own, to be fed by hand.
    Manual,
    /// Front and back side by side, to be folded.
    Fold,
}

/// What is asked of the sheets; lengths in points.
#[derive(Debug, Clone)]
pub struct SheetPlan {
    /// What cards are put on.
    pub target: Target,
    /// Between cards; `None` leaves it to the bleed.
    pub gutter: Option<f32>,
    /// What the printer leaves white.
    pub margins: Margins,
    /// How far colour runs over the trim; `None` takes what the cards have.
    pub bleed: Option<f32>,
    /// Which sides of paper are printed.
    pub sides: Sides,
    /// What is added to the place of all backs, to the right and downwards, as seen from the front of upright paper.
    pub back_offset: (f32, f32),
    /// What is added to the places of a stock, as seen on its front.
    pub nudge: (f32, f32),
    /// The marks; `None` chooses them.
    pub marks: Option<BTreeSet<Mark>>,
    /// Whether the trim is drawn as a line.
    pub cut_lines: bool,
    /// Whether backs must have their top behind that of their front, however the paper is turned: a punched hole wants it.
    pub keep_top: bool,
    /// Whether cards go into film: then their corners are rounded, and a ring's hole in the paper is larger than that in the film.
    pub film: bool,
}

impl SheetPlan {
    /// Everything as it is by default.
    pub fn new(target: Target) -> Self {
        SheetPlan {
            target,
            gutter: None,
            margins: Margins::default(),
            bleed: None,
            sides: Sides::Auto,
            back_offset: (0.0, 0.0),
            nudge: (0.0, 0.0),
            marks: None,
            cut_lines: false,
            keep_top: false,
            film: false,
        }
    }

    /// The size of cards where nobody asks for one: that of the stock, else 5 × 8 in, which holds nearly every recipe.
    pub fn usual_size(&self) -> CardSize {
        let usual = CardSize { name: "5x8".into(), size: Size::inches(5.0, 8.0), oriented: false };
        let Target::Stock(stock) = &self.target else { return usual };
        let size = stock.card.portrait();
        let named = NAMED.iter().find(|(_, s, _)| (s.w - size.w).abs() < NEAR && (s.h - size.h).abs() < NEAR);
        let name = named.map_or_else(|| measures(size), |(name, ..)| (*name).to_owned());
        CardSize { name, size, oriented: false }
    }

    /// The marks that are drawn. On stock that is cut already there is nothing to cut.
    pub fn marks(&self) -> BTreeSet<Mark> {
        let usual = match self.target {
            Target::Paper(_) => vec![Mark::Crop, Mark::Info],
            Target::Card | Target::Stock(_) => Vec::new(),
        };
        let mut marks = self.marks.clone().unwrap_or_else(|| usual.into_iter().collect());
        if self.sides == Sides::Fold {
            marks.insert(Mark::Fold);
        }
        if self.cut_lines || matches!(self.target, Target::Stock(_)) {
            marks.remove(&Mark::Crop);
        }
        marks
    }
}

/// Why cards can't be put on sheets.
#[derive(Debug, Clone, PartialEq)]
pub struct ImposeError {
    /// What is wrong, in a sentence without a full stop.
    pub message: String,
    /// What would fit.
    pub hint: String,
}

/// Sheets, ready for export.
#[derive(Debug)]
pub struct Imposed {
    /// The sides to print, in order: fronts and backs in turn, or fronts alone when there is a second file.
    pub sheets: Vec<Sheet>,
    /// The backs of a second file, the last sheet's first: it lies on top when the fronts are printed.
    pub backs: Option<Vec<Sheet>>,
    /// How the printer is to turn the paper.
    pub duplex: Duplex,
    /// Where the places are.
    pub layout: Layout,
    /// The turn of the paper; `None` where one side is printed.
    pub flip: Option<Flip>,
    /// What found no room in the margins, in words.
    pub left_out: Vec<String>,
}

/// How far the ink of cards reaches.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reach {
    /// How far it runs over the trim.
    pub bleed: f32,
    /// The least distance of ink from the trim; nought where it runs over.
    pub inset: f32,
}

impl Reach {
    /// That of all pages.
    pub fn of(cards: &[&Card]) -> Reach {
        let mut reach = Reach { bleed: 0.0, inset: f32::INFINITY };
        for page in cards.iter().flat_map(|c| &c.pages) {
            reach.bleed = reach.bleed.max(page.bleed);
            for item in &page.items {
                let Some(r) = bounds(&item.kind) else { continue };
                let inset = r.x.min(r.y).min(page.size.w - r.right()).min(page.size.h - r.bottom());
                reach.inset = reach.inset.min(inset.max(0.0));
            }
        }
        reach
    }
}

/// The room that an item takes.
fn bounds(kind: &Kind) -> Option<Rect> {
    match kind {
        Kind::Glyphs(run) => {
            let width = run.glyphs.iter().map(|g| g.advance).sum::<f32>() * run.size;
            let visible = !run.text.trim().is_empty();
            visible.then_some(Rect { x: run.x, y: run.y - 0.75 * run.size, w: width, h: run.size })
        }
        Kind::Image(placed) => {
            let [x, y, w, h] = placed.clip;
            Some(Rect { x, y, w, h })
        }
        Kind::Shape(shape) => {
            let half = shape.stroke.map_or(0.0, |s| s.width / 2.0);
            let points = shape.path.iter().filter_map(|s| match *s {
                Segment::Move(x, y) | Segment::Line(x, y) | Segment::Curve([.., x, y]) => Some((x, y)),
                Segment::Close => None,
            });
            let rects = points.map(|(x, y)| Rect { x, y, w: 0.0, h: 0.0 });
            rects.reduce(Rect::with).map(|r| r.grown([half; 4]))
        }
    }
}

/// Puts cards on sheets; `None` when every page stays as it is.
///
/// # Errors
/// When the sizes differ, nothing fits, or lengths contradict each other.
pub fn impose(cards: &[&Card], plan: &SheetPlan) -> Result<Option<Imposed>, ImposeError> {
    let Some(size) = one_size(cards)? else { return Ok(None) };
    if plan.target == Target::Card
        && plan.bleed.unwrap_or(0.0) <= 0.0
        && plan.back_offset == (0.0, 0.0)
        && plan.sides == Sides::Auto
    {
        return Ok(None);
    }
    let has_backs = cards.iter().any(|c| c.pages.len() > 1);
    let layout = Layout::choose(size, Reach::of(cards), plan)?;
    let loads = pack::pack(cards, layout.places.len(), plan.sides);
    let flip = flip(&layout, plan.sides).filter(|_| has_backs);
    let mut fronts = Vec::new();
    let mut backs = Vec::new();
    for load in &loads {
        let front = front(&layout, size, load);
        if let Some(flip) = flip {
            backs.push(back(&layout, load, &front, flip, plan));
        }
        fronts.push(front);
    }
    let left_out = {
        let used: Vec<Vec<usize>> = loads.iter().map(|load| load.iter().map(|p| p.place).collect()).collect();
        let rtl = |card: usize| cards.get(card).is_some_and(|c| c.lang.direction() == Direction::Rtl);
        marks::add(&mut fronts, &mut backs, &used, &layout, plan, flip, &rtl)
    };
    let duplex = match flip {
        Some(_) if plan.sides == Sides::Manual => Duplex::Simplex,
        Some(flip) if (flip == Flip::Sideways) == (layout.paper.w > layout.paper.h) => Duplex::ShortEdge,
        Some(_) => Duplex::LongEdge,
        None => Duplex::Simplex,
    };
    let (sheets, backs) = match flip {
        Some(_) if plan.sides == Sides::Manual => (fronts, Some(backs.into_iter().rev().collect())),
        Some(_) => (fronts.into_iter().zip(backs).flat_map(|(f, b)| [f, b]).collect(), None),
        None => (fronts, None),
    };
    Ok(Some(Imposed { sheets, backs, duplex, layout, flip, left_out }))
}

/// The size of all pages; `None` when there is no page.
fn one_size(cards: &[&Card]) -> Result<Option<Size>, ImposeError> {
    let mut pages = cards.iter().flat_map(|card| card.pages.iter().map(move |page| (*card, page.size)));
    let Some((first, size)) = pages.next() else { return Ok(None) };
    let differs = |other: Size| (other.w - size.w).abs() > NEAR || (other.h - size.h).abs() > NEAR;
    if let Some((card, other)) = pages.find(|(_, other)| differs(*other)) {
        return Err(ImposeError {
            message: format!(
                "cards of several sizes can't share a sheet: `{}` is {} and `{}` is {}",
                first.title,
                measures(size),
                card.title,
                measures(other)
            ),
            hint: "export each size by itself, or choose one --size for all".into(),
        });
    }
    Ok(Some(size))
}

/// "101.6 × 152.4 mm".
pub(crate) fn measures(size: Size) -> String {
    format!("{} × {}", in_mm(size.w).trim_end_matches(" mm"), in_mm(size.h))
}

/// How the paper is turned. Without a wish, so that cards turn like pages and their backs stand as their fronts do.
fn flip(layout: &Layout, sides: Sides) -> Option<Flip> {
    let landscape = layout.paper.w > layout.paper.h;
    let over = |long: bool| if long == landscape { Flip::Upwards } else { Flip::Sideways };
    match sides {
        Sides::None | Sides::Fold => None,
        Sides::Long => Some(over(true)),
        Sides::Short => Some(over(false)),
        Sides::Auto | Sides::Manual if layout.turn % 2 == 1 => Some(Flip::Upwards),
        Sides::Auto | Sides::Manual => Some(Flip::Sideways),
    }
}

/// The first side of a sheet.
fn front(layout: &Layout, size: Size, load: &[pack::Placing]) -> Sheet {
    let mut pages = Vec::new();
    for placing in load {
        for (room, page) in layout.rooms(placing.place).into_iter().zip([Some(placing.front), placing.back]) {
            let Some(page) = page else { continue };
            let Rect { x, y, .. } = room.rect;
            pages.push(PlacedPage { card: placing.card, page, x, y, turn: room.turn, bleed: room.bleed });
        }
    }
    let used = load.iter().map(|p| layout.places[p.place]).reduce(Rect::with);
    let block = used.unwrap_or(Rect { x: 0.0, y: 0.0, w: size.w, h: size.h });
    sheet(layout.paper, pages, block, block.grown([layout.bleed; 4]))
}

/// The second side: everything that lies behind the front's pages.
fn back(layout: &Layout, load: &[pack::Placing], front: &Sheet, flip: Flip, plan: &SheetPlan) -> Sheet {
    let (dx, dy) = flip.shift(plan.back_offset, layout.paper);
    let mut pages = Vec::new();
    for placing in load {
        let Some(page) = placing.back else { continue };
        let room = &layout.rooms(placing.place)[0];
        let Rect { x, y, .. } = flip.through(room.rect, layout.paper).moved(dx, dy);
        let turn = if plan.keep_top { flip.behind(room.turn) } else { room.turn };
        pages.push(PlacedPage { card: placing.card, page, x, y, turn, bleed: flip.edges(room.bleed) });
    }
    let [left, top, right, bottom] = front.trim;
    let block = Rect { x: left, y: top, w: right - left, h: bottom - top };
    let block = flip.through(block, layout.paper).moved(dx, dy);
    sheet(layout.paper, pages, block, block.grown([layout.bleed; 4]))
}

/// A sheet whose boxes are inside of the paper.
fn sheet(size: Size, pages: Vec<PlacedPage>, trim: Rect, bleed: Rect) -> Sheet {
    let inside = |r: Rect| [r.x.max(0.0), r.y.max(0.0), r.right().min(size.w), r.bottom().min(size.h)];
    Sheet { size, pages, marks: Vec::new(), slugs: Vec::new(), trim: inside(trim), bleed: inside(bleed) }
}

/// Over which edge a person turns the paper.
fn edge_label(flip: Flip, layout: &Layout) -> crate::locale::Label {
    let landscape = layout.paper.w > layout.paper.h;
    if (flip == Flip::Sideways) == landscape { crate::locale::Label::FlipShort } else { crate::locale::Label::FlipLong }
}
