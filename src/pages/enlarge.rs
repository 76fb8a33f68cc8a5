//! Pages of large print: laid out small like others, then made larger as a whole.

use super::chapter::Drawn;
use crate::frame::{Item, Kind, Segment};

impl Drawn {
    /// Makes everything on its pages, and the pages themselves, so many times as large.
    pub(super) fn enlarge(&mut self, factor: f32) {
        if factor <= 1.0 {
            return;
        }
        for page in &mut self.card.pages {
            (page.size.w, page.size.h) = (page.size.w * factor, page.size.h * factor);
            page.items.iter_mut().for_each(|item| enlarge(item, factor));
        }
        for (_, link) in &mut self.links {
            link.area = link.area.map(|v| v * factor);
        }
    }
}

fn enlarge(item: &mut Item, factor: f32) {
    let grow = |v: &mut f32| *v *= factor;
    match &mut item.kind {
        Kind::Glyphs(run) => [&mut run.x, &mut run.y, &mut run.size].into_iter().for_each(grow),
        Kind::Image(placed) => placed.clip.iter_mut().chain(&mut placed.at).for_each(grow),
        Kind::Shape(shape) => {
            for segment in &mut shape.path {
                match segment {
                    Segment::Move(x, y) | Segment::Line(x, y) => [x, y].into_iter().for_each(grow),
                    Segment::Curve(points) => points.iter_mut().for_each(grow),
                    Segment::Close => {}
                }
            }
            if let Some(stroke) = &mut shape.stroke {
                grow(&mut stroke.width);
                stroke.dots.as_mut().map(grow);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::frame::{Card, GlyphRun, Page, Rgb, Shape, Stroke, Tags};
    use crate::geom::Size;

    #[test]
    fn everything_grows() {
        let run = GlyphRun {
            face: crate::fonts::FontBook::new().iter().next().expect("a face").0,
            size: 10.0,
            color: Rgb::BLACK,
            x: 20.0,
            y: 30.0,
            glyphs: Vec::new(),
            text: String::new(),
            rtl: false,
        };
        let stroke = Stroke { color: Rgb::BLACK, width: 0.5, round: false, dots: Some(2.0) };
        let path = vec![Segment::Move(1.0, 2.0), Segment::Curve([1.0; 6]), Segment::Close];
        let kinds = [Kind::Glyphs(run), Kind::Shape(Shape { path, fill: None, stroke: Some(stroke) })];
        let items = kinds.map(|kind| Item { tag: None, kind }).into();
        let page = Page { size: Size { w: 100.0, h: 200.0 }, bleed: 0.0, items };
        let card = Card {
            title: String::new(),
            lang: crate::locale::Lang::default(),
            pages: vec![page],
            tags: Tags::default(),
            images: Vec::new(),
            stamp: None,
        };
        let mut drawn = Drawn { card, links: Vec::new(), missing: Vec::new() };
        drawn.enlarge(2.0);
        let page = &drawn.card.pages[0];
        assert_eq!((page.size.w, page.size.h), (200.0, 400.0));
        let Kind::Glyphs(run) = &page.items[0].kind else { panic!("glyphs") };
        assert_eq!((run.x, run.y, run.size), (40.0, 60.0, 20.0));
        let Kind::Shape(shape) = &page.items[1].kind else { panic!("a shape") };
        assert_eq!(shape.path[..2], [Segment::Move(2.0, 4.0), Segment::Curve([2.0; 6])]);
        assert_eq!(shape.stroke.map(|s| (s.width, s.dots)), Some((1.0, Some(4.0))));
    }
}
