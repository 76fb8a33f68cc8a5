//! The measures of a book's pages, from `templates/pages.toml`.

use crate::geom::{Size, mm};
use serde::Deserialize;
use std::sync::OnceLock;

/// A format of book; lengths in points, before the page is enlarged.
#[derive(Debug, Clone, PartialEq)]
pub struct Format {
    /// Its name: `6x9`, `a5`.
    pub name: String,
    /// The same for readers: `6 × 9 in`.
    pub shown: String,
    /// The trimmed page.
    pub(super) size: Size,
    /// How many times as large everything is printed: more than once for large print.
    pub(super) scale: f32,
    /// The margin at the spine.
    pub(super) inner: f32,
    /// The margin at the edge, and the least that it may become in a thick book.
    pub(super) outer: f32,
    pub(super) least_outer: f32,
    /// From the top edge to the text.
    pub(super) top: f32,
    /// Lines of the grid.
    pub(super) lines: usize,
    /// From the line of the folio to the lower edge.
    pub(super) foot: f32,
    /// Width of the rail, and from there to the main column.
    pub(super) rail: f32,
    pub(super) gutter: f32,
    /// Height of a photo, in lines.
    pub(super) photo: usize,
}

impl Format {
    /// The format of a name; `None` when there is none.
    pub fn named(name: &str) -> Option<&'static Format> {
        let wanted = name.trim().to_lowercase().replace('×', "x").replace([' ', '"'], "");
        let wanted = wanted.trim_end_matches("in");
        measures().formats.iter().find(|f| f.name == wanted)
    }

    /// The names of all formats.
    pub fn names() -> Vec<&'static str> {
        measures().formats.iter().map(|f| f.name.as_str()).collect()
    }

    /// The format that takes its place for large print, on larger pages.
    pub fn in_large_print(&'static self) -> &'static Format {
        measures().large.iter().find(|f| f.name == self.name).unwrap_or(self)
    }

    /// A rectangle of the page as it is printed.
    pub(super) fn printed(&self, w: f32, h: f32) -> Size {
        Size { w: w * self.scale, h: h * self.scale }
    }

    /// The width of the text.
    pub(super) fn text(&self) -> f32 {
        self.size.w - self.inner - self.outer
    }

    /// The width of the main column.
    pub(super) fn main(&self) -> f32 {
        self.text() - self.rail - self.gutter
    }

    /// Where the main column begins.
    pub(super) fn main_x(&self) -> f32 {
        self.rail + self.gutter
    }

    /// The margin at the spine of a book of so many pages: 2 mm more for every 100 above 160.
    pub(super) fn spine(&self, pages: usize) -> f32 {
        let more = pages.saturating_sub(160).div_ceil(100) as f32 * mm(2.0) / self.scale;
        self.inner + more.min(self.outer - self.least_outer)
    }
}

/// Sizes of text in points, and the distances of baselines.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Sizes {
    pub(super) text: f32,
    pub(super) pitch: f32,
    pub(super) small: f32,
    pub(super) group: f32,
    pub(super) title: f32,
    pub(super) long_title: f32,
    pub(super) least_title: f32,
    pub(super) long: usize,
    pub(super) native: f32,
    pub(super) kicker: f32,
    pub(super) label: f32,
    pub(super) standfirst: f32,
    pub(super) standfirst_pitch: f32,
    pub(super) numeral: f32,
    pub(super) fact_label: f32,
    pub(super) fact: f32,
    pub(super) nutrition: f32,
    pub(super) running: f32,
    pub(super) folio: f32,
    pub(super) index: f32,
    pub(super) index_pitch: f32,
    pub(super) letter: f32,
    pub(super) index_section: f32,
    pub(super) contents: f32,
    pub(super) part: f32,
    pub(super) book: f32,
    pub(super) least_book: f32,
    pub(super) subtitle: f32,
    pub(super) author: f32,
    pub(super) half_title: f32,
    pub(super) opener: f32,
}

/// Distances in points; the indent of paragraphs in ems.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Gaps {
    pub(super) hang: f32,
    pub(super) step: f32,
    pub(super) step_wide: f32,
    pub(super) number: f32,
    pub(super) columns: f32,
    pub(super) index: f32,
    pub(super) part_name: f32,
    pub(super) indent: f32,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Photos {
    coarse: f32,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct FormatFile {
    name: String,
    scale: Option<f32>,
    shown: String,
    width: f32,
    height: f32,
    inner: f32,
    outer: f32,
    least_outer: f32,
    top: f32,
    lines: usize,
    foot: f32,
    rail: f32,
    gutter: f32,
    photo: usize,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    format: Vec<FormatFile>,
    large_format: Vec<FormatFile>,
    sizes: Sizes,
    gaps: Gaps,
    photos: Photos,
}

/// All of them.
#[derive(Debug)]
pub(super) struct Measures {
    pub(super) formats: Vec<Format>,
    /// The same for large print.
    large: Vec<Format>,
    pub(super) sizes: Sizes,
    pub(super) gaps: Gaps,
    /// Pixels per inch below which a photo is set no wider than the rail.
    pub(super) coarse: f32,
}

/// The measures that are part of the program.
pub(super) fn measures() -> &'static Measures {
    static READ: OnceLock<Measures> = OnceLock::new();
    READ.get_or_init(|| {
        // the file is part of the program; a test reads it
        let text = include_str!("../../templates/pages.toml");
        let file: File = toml::from_str(text).unwrap_or_else(|e| panic!("templates/pages.toml: {e}"));
        let format = |f: FormatFile| {
            let scale = f.scale.unwrap_or(1.0);
            let mm = |length: f32| mm(length) / scale;
            Format {
                name: f.name,
                shown: f.shown,
                size: Size { w: mm(f.width), h: mm(f.height) },
                scale,
                inner: mm(f.inner),
                outer: mm(f.outer),
                least_outer: mm(f.least_outer),
                top: mm(f.top),
                lines: f.lines,
                foot: mm(f.foot),
                rail: mm(f.rail),
                gutter: mm(f.gutter),
                photo: f.photo,
            }
        };
        let g = file.gaps;
        let gaps = Gaps {
            hang: mm(g.hang),
            step: mm(g.step),
            step_wide: mm(g.step_wide),
            number: mm(g.number),
            columns: mm(g.columns),
            index: mm(g.index),
            part_name: mm(g.part_name),
            indent: g.indent,
        };
        Measures {
            formats: file.format.into_iter().map(format).collect(),
            large: file.large_format.into_iter().map(format).collect(),
            sizes: file.sizes,
            gaps,
            coarse: file.photos.coarse,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_found_and_their_lines_fit_the_page() {
        assert_eq!(Format::named("6 × 9 in").map(|f| f.name.as_str()), Some("6x9"));
        assert_eq!(Format::named("A5").map(|f| f.name.as_str()), Some("a5"));
        assert!(Format::named("b5").is_none());
        for f in &measures().formats {
            let large = f.in_large_print();
            assert!(large.name == f.name && large.scale * measures().sizes.nutrition >= 16.0);
        }
        let m = measures();
        for f in m.formats.iter().chain(&m.large) {
            let below = f.size.h - f.top - f.lines as f32 * m.sizes.pitch;
            assert!(below > f.foot + m.sizes.pitch, "{}: {below}", f.name);
            assert!(f.main() > f.rail);
            assert!(f.top > 2.0 * m.sizes.pitch, "{}: no room for a running head", f.name);
            assert!(f.spine(100) == f.inner && f.spine(2000) <= f.inner + f.outer - f.least_outer + 1e-3);
        }
    }
}
