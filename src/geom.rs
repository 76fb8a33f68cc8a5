//! Lengths and card sizes. All coordinates inside the program are points (1/72 inch), from the top left, y downwards.

use std::fmt;

/// Points in a millimetre.
const MM: f32 = 72.0 / 25.4;

/// Millimetres in points.
pub const fn mm(length: f32) -> f32 {
    length * MM
}

/// Points in millimetres.
pub const fn to_mm(points: f32) -> f32 {
    points / MM
}

/// A width and a height, in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Size {
    /// Width.
    pub w: f32,
    /// Height.
    pub h: f32,
}

impl Size {
    /// From millimetres.
    pub fn mm(w: f32, h: f32) -> Self {
        Size { w: mm(w), h: mm(h) }
    }

    /// From inches.
    pub fn inches(w: f32, h: f32) -> Self {
        Size { w: w * 72.0, h: h * 72.0 }
    }

    /// The same, turned by 90 degrees.
    pub fn turned(self) -> Self {
        Size { w: self.h, h: self.w }
    }

    /// Upright.
    pub fn portrait(self) -> Self {
        if self.w > self.h { self.turned() } else { self }
    }

    /// Lying.
    pub fn landscape(self) -> Self {
        if self.w < self.h { self.turned() } else { self }
    }

    /// The area in square millimetres.
    pub fn area_mm2(self) -> f32 {
        to_mm(self.w) * to_mm(self.h)
    }
}

/// A rectangle, in points from the top left.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rect {
    /// Left edge.
    pub x: f32,
    /// Top edge.
    pub y: f32,
    /// Width.
    pub w: f32,
    /// Height.
    pub h: f32,
}

impl Rect {
    /// The right edge.
    pub fn right(self) -> f32 {
        self.x + self.w
    }

    /// The bottom edge.
    pub fn bottom(self) -> f32 {
        self.y + self.h
    }

    /// The same, moved.
    pub fn moved(self, dx: f32, dy: f32) -> Self {
        Rect { x: self.x + dx, y: self.y + dy, ..self }
    }

    /// The same, larger on the left, top, right and bottom.
    pub fn grown(self, [left, top, right, bottom]: [f32; 4]) -> Self {
        Rect { x: self.x - left, y: self.y - top, w: self.w + left + right, h: self.h + top + bottom }
    }

    /// The smallest that holds both.
    pub fn with(self, other: Rect) -> Self {
        let (x, y) = (self.x.min(other.x), self.y.min(other.y));
        Rect { x, y, w: self.right().max(other.right()) - x, h: self.bottom().max(other.bottom()) - y }
    }

    /// Whether both have more than an edge in common.
    pub fn meets(self, other: Rect) -> bool {
        self.x < other.right() && other.x < self.right() && self.y < other.bottom() && other.y < self.bottom()
    }

    /// Left, top, right, bottom.
    pub fn edges(self) -> [f32; 4] {
        [self.x, self.y, self.right(), self.bottom()]
    }
}

/// Reads a length: `3mm`, `0.3cm`, `0.125in`, `9pt`; a figure alone is millimetres. In points.
///
/// # Errors
/// A sentence that says what would do.
pub fn length(text: &str) -> Result<f32, String> {
    let wanted = text.trim().to_lowercase().replace('\u{2212}', "-");
    let (figures, factor) = [("mm", MM), ("cm", 10.0 * MM), ("in", 72.0), ("pt", 1.0)]
        .into_iter()
        .find_map(|(unit, factor)| wanted.strip_suffix(unit).map(|f| (f, factor)))
        .unwrap_or((&wanted, MM));
    let value: f32 = figures
        .trim()
        .replace(',', ".")
        .parse()
        .map_err(|_| format!("`{text}` is not a length: write it as 3mm, 0.3cm or 0.125in"))?;
    if value.is_finite() { Ok(value * factor) } else { Err(format!("`{text}` is not a length")) }
}

/// A length in points as millimetres, for messages: `6.35 mm`.
pub fn in_mm(points: f32) -> String {
    format!("{} mm", (to_mm(points) * 100.0).round() / 100.0)
}

/// Upright or lying.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Orientation {
    /// Higher than wide.
    Portrait,
    /// Wider than high.
    Landscape,
}

/// A size of card by name, or one of the user's own.
#[derive(Debug, Clone, PartialEq)]
pub struct CardSize {
    /// Its name: `5x8`, or as the user wrote it.
    pub name: String,
    /// Its size, portrait for the named ones.
    pub size: Size,
    /// Whether the user's own figures already say which way it lies.
    pub oriented: bool,
}

/// The named sizes with their measures and what they are used for.
pub const NAMED: &[(&str, Size, &str)] = &[
    ("3x5", Size { w: 3.0 * 72.0, h: 5.0 * 72.0 }, "index card, classic recipe box"),
    ("4x6", Size { w: 4.0 * 72.0, h: 6.0 * 72.0 }, "today's usual recipe card"),
    ("5x7", Size { w: 5.0 * 72.0, h: 7.0 * 72.0 }, "photo and greeting card stock"),
    ("5x8", Size { w: 5.0 * 72.0, h: 8.0 * 72.0 }, "large index card (default)"),
    ("a6", Size { w: 105.0 * MM, h: 148.0 * MM }, "postcard"),
    ("a5", Size { w: 148.0 * MM, h: 210.0 * MM }, "half of A4"),
    ("a4", Size { w: 210.0 * MM, h: 297.0 * MM }, "a whole sheet"),
    ("letter", Size { w: 8.5 * 72.0, h: 11.0 * 72.0 }, "a whole US sheet"),
    ("half-letter", Size { w: 5.5 * 72.0, h: 8.5 * 72.0 }, "half of US Letter"),
];

impl CardSize {
    /// Reads a name (`5x8`, `8x5` for the same lying, `a5`), or `WxHmm`, `WxHcm`, `WxHin`.
    ///
    /// # Errors
    /// A sentence that says what would do.
    pub fn parse(text: &str) -> Result<CardSize, String> {
        let wanted = text.trim().to_lowercase().replace('×', "x").replace(' ', "");
        if let Some((name, size, _)) = NAMED.iter().find(|(n, _, _)| *n == wanted) {
            return Ok(CardSize { name: (*name).to_owned(), size: *size, oriented: false });
        }
        let turned = wanted.split_once('x').map(|(a, b)| format!("{b}x{a}"));
        if let Some((name, size, _)) = NAMED.iter().find(|(n, _, _)| Some(*n) == turned.as_deref()) {
            return Ok(CardSize { name: (*name).to_owned(), size: size.landscape(), oriented: true });
        }
        let names = NAMED.iter().map(|(n, _, _)| *n).collect::<Vec<_>>().join(", ");
        let help = || {
            format!(
                "`{text}` is not a size: write one of {names}, or a width and a height with a unit, such as 100x150mm or 4.5x6.5in"
            )
        };
        let (figures, factor) = [("mm", MM), ("cm", 10.0 * MM), ("in", 72.0)]
            .iter()
            .find_map(|(unit, factor)| wanted.strip_suffix(unit).map(|f| (f, *factor)))
            .ok_or_else(help)?;
        let (w, h) = figures.split_once('x').ok_or_else(help)?;
        let length = |t: &str| t.replace(',', ".").parse::<f32>().ok().filter(|v| v.is_finite()).map(|v| v * factor);
        let (w, h) = length(w).zip(length(h)).ok_or_else(help)?;
        let (small, large) = (mm(60.0), mm(600.0));
        if w.min(h) < small || w.max(h) > large {
            return Err(format!("`{text}` is out of bounds: cards measure from 60 to 600 mm each way"));
        }
        Ok(CardSize { name: wanted, size: Size { w, h }, oriented: true })
    }
}

impl fmt::Display for CardSize {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_read() {
        assert_eq!((length("0.125in"), length("9pt")), (Ok(9.0), Ok(9.0)));
        assert!((length("3").unwrap() - mm(3.0)).abs() < 1e-4 && (length(" 0,3 cm").unwrap() - mm(3.0)).abs() < 1e-4);
        assert!(length("\u{2212}2mm").unwrap() < 0.0);
        assert!(length("three").unwrap_err().contains("3mm") && length("nan").is_err());
        assert_eq!(in_mm(mm(6.35)), "6.35 mm");
    }

    #[test]
    fn sizes_are_read() {
        assert_eq!(CardSize::parse("5x8").unwrap().size, Size::inches(5.0, 8.0));
        assert_eq!(CardSize::parse("8X5").unwrap().size, Size::inches(8.0, 5.0));
        let own = CardSize::parse("100 x 150mm").unwrap();
        assert!((to_mm(own.size.w) - 100.0).abs() < 1e-3 && own.oriented);
        assert!(CardSize::parse("100x150").unwrap_err().contains("unit"));
        assert!(CardSize::parse("10x15mm").unwrap_err().contains("bounds"));
        assert!(CardSize::parse("nanxinfmm").is_err());
    }
}
