//! What is printed on a card, as a number: the same for two cards that look the same.

use crate::fonts::FontBook;
use crate::frame::{Card, GlyphRun, Item, Kind, Page, Pixels, Segment, Stroke};
use std::fmt;

/// The number. It stays the same as long as the printed card does, whatever becomes of the recipe's file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint(pub u64);

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl Fingerprint {
    /// The first four digits: enough to tell two versions of a card apart.
    pub fn short(self) -> String {
        format!("{:04x}", self.0 >> 48)
    }

    /// Reads what `Display` writes.
    pub fn parse(text: &str) -> Option<Fingerprint> {
        let digits = text.len() == 16 && text.bytes().all(|b| b.is_ascii_hexdigit());
        digits.then(|| u64::from_str_radix(text, 16).ok()).flatten().map(Fingerprint)
    }
}

/// The fingerprint of a card: its text, places, faces, colours, shapes and pictures, not its tags.
pub fn of(card: &Card, fonts: &FontBook) -> Fingerprint {
    let mut hash = Fnv::new();
    for page in &card.pages {
        hash.page(page, card, fonts);
    }
    hash.finish()
}

/// FNV-1a in 64 bits: small, and the same on every computer for ever.
struct Fnv(u64);

impl Fnv {
    fn new() -> Self {
        Fnv(0xcbf2_9ce4_8422_2325)
    }

    fn bytes(&mut self, bytes: &[u8]) {
        for b in bytes {
            self.0 = (self.0 ^ u64::from(*b)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }

    fn number(&mut self, n: u64) {
        self.bytes(&n.to_le_bytes());
    }

    /// A text, told apart from the one after it.
    fn text(&mut self, text: &str) {
        self.bytes(text.as_bytes());
        self.bytes(&[0xff]);
    }

    /// A length in points, to the hundredth: nobody sees less.
    fn length(&mut self, points: f32) {
        let hundredths = (f64::from(points) * 100.0).round() as i64;
        self.bytes(&hundredths.to_le_bytes());
    }

    fn page(&mut self, page: &Page, card: &Card, fonts: &FontBook) {
        self.bytes(b"page");
        self.length(page.size.w);
        self.length(page.size.h);
        page.items.iter().for_each(|item| self.item(item, card, fonts));
    }

    fn item(&mut self, item: &Item, card: &Card, fonts: &FontBook) {
        match &item.kind {
            Kind::Glyphs(run) => self.run(run, fonts),
            Kind::Shape(shape) => {
                self.bytes(b"shape");
                shape.path.iter().for_each(|s| self.segment(*s));
                self.bytes(&shape.fill.map_or([0; 4], |c| [1, c.0[0], c.0[1], c.0[2]]));
                if let Some(stroke) = shape.stroke {
                    self.stroke(stroke);
                }
            }
            Kind::Image(placed) => {
                self.bytes(b"image");
                placed.clip.iter().chain(&placed.at).for_each(|v| self.length(*v));
                match card.images.get(placed.image).map(|p| &p.data) {
                    Some(Pixels::Jpeg { bytes, .. }) => self.bytes(bytes),
                    Some(Pixels::Raw { rgb, alpha }) => {
                        self.bytes(rgb);
                        self.bytes(alpha.as_deref().unwrap_or_default());
                    }
                    None => {}
                }
            }
        }
    }

    fn run(&mut self, run: &GlyphRun, fonts: &FontBook) {
        self.bytes(b"text");
        // a face's number depends on what else the run needs
        self.text(&fonts.face(run.face).name);
        self.text(&run.text);
        [run.size, run.x, run.y].into_iter().for_each(|v| self.length(v));
        self.bytes(&run.color.0);
        for g in &run.glyphs {
            self.bytes(&g.id.to_le_bytes());
            [g.advance, g.dx, g.dy].into_iter().for_each(|ems| self.length(ems * run.size));
        }
    }

    fn segment(&mut self, segment: Segment) {
        match segment {
            Segment::Move(x, y) => self.points(b'm', &[x, y]),
            Segment::Line(x, y) => self.points(b'l', &[x, y]),
            Segment::Curve(all) => self.points(b'c', &all),
            Segment::Close => self.points(b'z', &[]),
        }
    }

    fn points(&mut self, kind: u8, all: &[f32]) {
        self.bytes(&[kind]);
        all.iter().for_each(|v| self.length(*v));
    }

    fn stroke(&mut self, stroke: Stroke) {
        self.bytes(&stroke.color.0);
        self.bytes(&[u8::from(stroke.round)]);
        self.length(stroke.width);
        self.length(stroke.dots.unwrap_or(0.0));
    }

    /// The last bytes reach all bits, so that the first digits will do for a short form.
    fn finish(mut self) -> Fingerprint {
        self.number(0x0ca2_da30);
        let mut v = self.0;
        v = (v ^ (v >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
        v = (v ^ (v >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
        Fingerprint(v ^ (v >> 33))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn written_and_read() {
        let f = Fingerprint(0x00a4_1f00_0000_0001);
        assert_eq!((f.to_string().as_str(), f.short().as_str()), ("00a41f0000000001", "00a4"));
        assert_eq!(Fingerprint::parse("00a41f0000000001"), Some(f));
        for wrong in ["", "a41f", "00a41f000000000g", "+0a41f0000000001", "00a41f00000000011"] {
            assert_eq!(Fingerprint::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn every_byte_counts_and_so_does_the_order() {
        let of = |words: &[&str]| {
            let mut hash = Fnv::new();
            words.iter().for_each(|w| hash.text(w));
            hash.finish()
        };
        assert_eq!(of(&["a", "b"]), of(&["a", "b"]));
        assert_ne!(of(&["a", "b"]), of(&["b", "a"]));
        assert_ne!(of(&["ab"]), of(&["a", "b"]));
        assert_ne!(of(&["1 cup"]).short(), of(&["2 cup"]).short());
    }
}
