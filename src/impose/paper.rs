//! Paper: its sizes, what a printer leaves white, and how it is turned.

use crate::geom::{Rect, Size, in_mm, length, mm};

/// A sheet of paper.
#[derive(Debug, Clone, PartialEq)]
pub struct Paper {
    /// Its name for people: `A4`, `US Letter`, `200 × 300 mm`.
    pub name: String,
    /// Its size; upright when it has a name.
    pub size: Size,
    /// Whether it lies as its size says. Paper with a name is laid so that cards stand upright on it.
    pub fixed: bool,
}

/// Paper by its key, with its name and its size.
pub const PAPERS: &[(&str, &str, Size)] = &[
    ("a4", "A4", Size { w: mm(210.0), h: mm(297.0) }),
    ("a3", "A3", Size { w: mm(297.0), h: mm(420.0) }),
    ("letter", "US Letter", Size { w: 612.0, h: 792.0 }),
    ("legal", "US Legal", Size { w: 612.0, h: 1008.0 }),
    ("tabloid", "US Tabloid", Size { w: 792.0, h: 1224.0 }),
];

impl Paper {
    /// Reads a name, or a width and a height with a unit.
    ///
    /// # Errors
    /// A sentence that says what would do.
    pub fn parse(text: &str) -> Result<Paper, String> {
        let wanted = text.trim().to_lowercase().replace('×', "x").replace(' ', "");
        if let Some((_, name, size)) = PAPERS.iter().find(|(key, ..)| *key == wanted) {
            return Ok(Paper { name: (*name).to_owned(), size: *size, fixed: false });
        }
        let names = || PAPERS.iter().map(|(key, ..)| *key).collect::<Vec<_>>();
        let help = || {
            let meant = crate::diag::did_you_mean(&wanted, names());
            let hint = meant.map_or_else(String::new, |m| format!("; did you mean `{m}`?"));
            format!("`{text}` is no paper{hint} Write one of {}, or WxH with a unit: 200x300mm", names().join(", "))
        };
        let (w, h) = wanted.split_once('x').ok_or_else(help)?;
        let unit = h.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ','));
        if !["mm", "cm", "in"].contains(&unit) {
            return Err(help());
        }
        let w = length(&format!("{}{unit}", w.strip_suffix(unit).unwrap_or(w))).map_err(|_| help())?;
        let h = length(h).map_err(|_| help())?;
        let (small, large) = (mm(60.0), mm(1200.0));
        if w.min(h) < small || w.max(h) > large {
            return Err(format!("`{text}` is out of bounds: paper measures from 60 to 1200 mm each way"));
        }
        let figure = |v: f32| in_mm(v).replace(" mm", "");
        Ok(Paper { name: format!("{} × {} mm", figure(w), figure(h)), size: Size { w, h }, fixed: true })
    }

    /// The ways that it may lie.
    pub(super) fn ways(&self) -> Vec<Size> {
        if self.fixed { vec![self.size] } else { vec![self.size.portrait(), self.size.landscape()] }
    }
}

/// What a printer leaves white at the edges of upright paper, in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Margins {
    /// Top, right, bottom, left.
    pub sides: [f32; 4],
}

impl Default for Margins {
    /// A quarter inch keeps clear of what all but old inkjets leave white (print specification, section 6).
    fn default() -> Self {
        Margins { sides: [mm(6.35); 4] }
    }
}

impl Margins {
    /// Reads one length for all edges, or four as the calibration page asks for them: top, right, bottom, left.
    ///
    /// # Errors
    /// A sentence that says what would do.
    pub fn parse(text: &str) -> Result<Margins, String> {
        let all = text.split(',').map(length).collect::<Result<Vec<f32>, String>>()?;
        let sides = match all[..] {
            [all] => [all; 4],
            [top, right, bottom, left] => [top, right, bottom, left],
            _ => return Err(format!("`{text}`: give one length, or four: top,right,bottom,left")),
        };
        if sides.iter().any(|s| !(0.0..=mm(50.0)).contains(s)) {
            return Err(format!("`{text}`: a printer's margins are from 0 to 50 mm"));
        }
        Ok(Margins { sides })
    }

    /// What is left white left and right, and above and below, of paper that lies like this. Blocks are centred, so the larger
    /// of two edges counts for both.
    pub(super) fn of(self, paper: Size) -> (f32, f32) {
        let [top, right, bottom, left] = self.sides;
        let (across, along) = (left.max(right), top.max(bottom));
        if paper.w > paper.h { (along, across) } else { (across, along) }
    }

    /// The largest.
    pub(super) fn largest(self) -> f32 {
        self.sides.into_iter().fold(0.0, f32::max)
    }
}

/// How paper is turned from its front to its back, as seen on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flip {
    /// Like a page: left and right change places.
    Sideways,
    /// Like a calendar: top and bottom change places.
    Upwards,
}

impl Flip {
    /// Where something on one side lies on the other: seen through the paper it is in the same place.
    pub fn through(self, rect: Rect, paper: Size) -> Rect {
        match self {
            Flip::Sideways => Rect { x: paper.w - rect.right(), ..rect },
            Flip::Upwards => Rect { y: paper.h - rect.bottom(), ..rect },
        }
    }

    /// The turn of a back, in quarters clockwise, whose top lies behind the top of a front that is turned by `front`.
    pub(super) fn behind(self, front: u8) -> u8 {
        let crosswise = (front % 2 == 1) == (self == Flip::Sideways);
        if crosswise { (front + 2) % 4 } else { front }
    }

    /// Room at the left, top, right and bottom, on the other side.
    pub(super) fn edges(self, [left, top, right, bottom]: [f32; 4]) -> [f32; 4] {
        match self {
            Flip::Sideways => [right, top, left, bottom],
            Flip::Upwards => [left, bottom, right, top],
        }
    }

    /// A shift of the back in its own coordinates, from one that was measured on upright paper and seen from the front. Paper
    /// that lies is taken to have been turned counter-clockwise, as printers do it.
    pub fn shift(self, (x, y): (f32, f32), paper: Size) -> (f32, f32) {
        let (x, y) = if paper.w > paper.h { (-y, x) } else { (x, y) };
        match self {
            Flip::Sideways => (-x, y),
            Flip::Upwards => (x, -y),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn papers_are_read() {
        assert_eq!(Paper::parse("A4").unwrap().ways().len(), 2);
        let own = Paper::parse("8.5in x 14in").unwrap();
        assert_eq!((own.size, own.ways().len()), (Size { w: 612.0, h: 1008.0 }, 1));
        assert_eq!(Paper::parse("200x300mm").unwrap().name, "200 × 300 mm");
        assert!(Paper::parse("leter").unwrap_err().contains("did you mean `letter`"));
        assert!(Paper::parse("200x300").unwrap_err().contains("unit"));
        assert!(Paper::parse("20x30mm").unwrap_err().contains("bounds"));
    }

    #[test]
    fn margins_are_read_and_turned() {
        let four = Margins::parse("5, 3, 17, 4").unwrap();
        assert_eq!(four.of(Size { w: 1.0, h: 2.0 }), (mm(4.0), mm(17.0)));
        assert_eq!(four.of(Size { w: 2.0, h: 1.0 }), (mm(17.0), mm(4.0)));
        assert!(Margins::parse("1,2").is_err() && Margins::parse("-1").is_err() && Margins::parse("90").is_err());
    }

    /// The direction of a card's top, as seen on its side.
    fn top(turn: u8) -> (i8, i8) {
        [(0, -1), (1, 0), (0, 1), (-1, 0)][usize::from(turn % 4)]
    }

    #[test]
    fn a_back_behind_its_front_has_its_top_there_too() {
        for turn in 0..4 {
            let (x, y) = top(turn);
            assert_eq!(top(Flip::Sideways.behind(turn)), (-x, y), "{turn}");
            assert_eq!(top(Flip::Upwards.behind(turn)), (x, -y), "{turn}");
        }
    }
}
