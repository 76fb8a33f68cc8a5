//! Icons: our own line drawings in a box of 24 units, as paths.

use crate::frame::{Segment, circle};

/// A piece of a drawing.
enum Draw {
    Move(f32, f32),
    Line(f32, f32),
    Curve([f32; 6]),
    Circle(f32, f32, f32),
    Close,
}

use Draw::{Circle, Close, Curve, Line, Move};

/// The outline of an icon at a place and a size, or of the light bulb when there is none of that name.
pub(crate) fn icon(name: &str, x: f32, y: f32, size: f32, mirrored: bool) -> Vec<Segment> {
    let (_, drawing) = ICONS.iter().find(|(n, _)| *n == name).unwrap_or(&ICONS[0]);
    let k = size / 24.0;
    let px = |v: f32| x + if mirrored { 24.0 - v } else { v } * k;
    let py = |v: f32| y + v * k;
    let mut out = Vec::new();
    for piece in *drawing {
        match *piece {
            Move(a, b) => out.push(Segment::Move(px(a), py(b))),
            Line(a, b) => out.push(Segment::Line(px(a), py(b))),
            Curve([a, b, c, d, e, f]) => out.push(Segment::Curve([px(a), py(b), px(c), py(d), px(e), py(f)])),
            Circle(a, b, r) => out.extend(circle(px(a), py(b), r * k)),
            Close => out.push(Segment::Close),
        }
    }
    out
}

/// Every icon; the first stands for those that there are not.
const ICONS: &[(&str, &[Draw])] = &[
    (
        "tip",
        &[
            Move(9.0, 17.5),
            Line(15.0, 17.5),
            Move(10.0, 20.5),
            Line(14.0, 20.5),
            Move(12.0, 3.2),
            Curve([9.23, 3.18, 6.77, 4.97, 5.94, 7.62]),
            Curve([5.12, 10.26, 6.11, 13.14, 8.4, 14.7]),
            Line(8.4, 17.0),
            Line(15.6, 17.0),
            Line(15.6, 14.7),
            Curve([17.89, 13.14, 18.88, 10.26, 18.06, 7.62]),
            Curve([17.23, 4.97, 14.77, 3.18, 12.0, 3.2]),
            Close,
        ],
    ),
    ("arrow", &[Move(4.0, 12.0), Line(19.0, 12.0), Move(13.5, 6.5), Line(19.0, 12.0), Line(13.5, 17.5)]),
    (
        "bowl",
        &[
            Move(3.0, 11.5),
            Line(21.0, 11.5),
            Curve([20.98, 15.06, 18.86, 18.28, 15.6, 19.7]),
            Line(15.6, 20.7),
            Line(8.4, 20.7),
            Line(8.4, 19.7),
            Curve([5.14, 18.28, 3.02, 15.06, 3.0, 11.5]),
            Close,
            Move(9.0, 8.0),
            Curve([8.0, 6.6, 10.0, 5.8, 9.0, 4.2]),
            Move(13.0, 8.0),
            Curve([12.0, 6.6, 14.0, 5.8, 13.0, 4.2]),
        ],
    ),
    (
        "chili",
        &[
            Move(15.6, 7.4),
            Curve([18.2, 7.6, 19.2, 9.4, 18.6, 11.8]),
            Curve([17.6, 16.2, 13.0, 20.2, 5.4, 20.4]),
            Curve([10.0, 18.8, 12.0, 15.8, 12.6, 11.6]),
            Curve([12.9, 9.2, 13.8, 7.3, 15.6, 7.4]),
            Close,
            Move(15.8, 7.4),
            Curve([15.6, 5.6, 16.5, 4.0, 18.4, 3.4]),
        ],
    ),
    ("clock", &[Circle(12.0, 12.0, 9.0), Move(12.0, 6.8), Line(12.0, 12.0), Line(15.6, 14.4)]),
    (
        "cold",
        &[
            Move(12.0, 3.0),
            Line(12.0, 21.0),
            Move(4.2, 7.5),
            Line(19.8, 16.5),
            Move(19.8, 7.5),
            Line(4.2, 16.5),
            Move(9.6, 4.6),
            Line(12.0, 7.0),
            Line(14.4, 4.6),
            Move(9.6, 19.4),
            Line(12.0, 17.0),
            Line(14.4, 19.4),
        ],
    ),
    (
        "drop",
        &[
            Move(12.0, 3.2),
            Curve([15.6, 7.6, 17.6, 10.6, 17.6, 13.6]),
            Curve([17.6, 16.69, 15.09, 19.2, 12.0, 19.2]),
            Curve([8.91, 19.2, 6.4, 16.69, 6.4, 13.6]),
            Curve([6.4, 10.6, 8.4, 7.6, 12.0, 3.2]),
            Close,
        ],
    ),
    (
        "flame",
        &[
            Move(12.0, 2.8),
            Curve([12.6, 6.4, 17.6, 8.4, 17.6, 13.8]),
            Curve([17.6, 16.89, 15.09, 19.4, 12.0, 19.4]),
            Curve([8.91, 19.4, 6.4, 16.89, 6.4, 13.8]),
            Curve([6.4, 11.2, 7.9, 9.8, 8.6, 8.2]),
            Curve([9.6, 9.1, 10.1, 9.9, 10.3, 10.9]),
            Curve([11.5, 8.9, 12.2, 6.3, 12.0, 2.8]),
            Close,
        ],
    ),
    (
        "knife",
        &[
            Move(3.5, 17.5),
            Line(16.0, 5.0),
            Curve([18.0, 3.0, 20.0, 3.0, 20.8, 3.4]),
            Curve([21.0, 8.0, 17.5, 12.5, 11.0, 14.6]),
            Line(8.4, 14.4),
            Line(3.5, 17.5),
            Close,
            Move(8.0, 14.5),
            Line(4.0, 20.0),
        ],
    ),
    (
        "note",
        &[
            Move(4.0, 20.0),
            Line(5.2, 15.4),
            Line(16.4, 4.2),
            Curve([16.76, 3.84, 17.24, 3.64, 17.75, 3.64]),
            Curve([18.26, 3.64, 18.74, 3.84, 19.1, 4.2]),
            Line(19.8, 4.9),
            Curve([20.16, 5.26, 20.36, 5.74, 20.36, 6.25]),
            Curve([20.36, 6.76, 20.16, 7.24, 19.8, 7.6]),
            Line(8.6, 18.8),
            Line(4.0, 20.0),
            Close,
            Move(14.5, 6.2),
            Line(17.8, 9.5),
        ],
    ),
    (
        "people",
        &[
            Circle(9.0, 8.0, 3.4),
            Move(2.8, 20.0),
            Curve([3.0, 16.0, 5.4, 13.8, 9.0, 13.8]),
            Curve([12.6, 13.8, 15.0, 16.0, 15.2, 20.0]),
            Move(15.6, 5.0),
            Curve([17.02, 5.36, 18.01, 6.64, 18.01, 8.1]),
            Curve([18.01, 9.56, 17.02, 10.84, 15.6, 11.2]),
            Move(17.6, 14.4),
            Curve([19.8, 15.2, 21.1, 17.0, 21.2, 20.0]),
        ],
    ),
    (
        "thermo",
        &[
            Move(10.0, 13.8),
            Line(10.0, 5.0),
            Curve([10.0, 3.9, 10.9, 3.0, 12.0, 3.0]),
            Curve([13.1, 3.0, 14.0, 3.9, 14.0, 5.0]),
            Line(14.0, 13.8),
            Curve([15.57, 14.71, 16.33, 16.55, 15.86, 18.3]),
            Curve([15.4, 20.05, 13.81, 21.26, 12.0, 21.26]),
            Curve([10.19, 21.26, 8.6, 20.05, 8.14, 18.3]),
            Curve([7.67, 16.55, 8.43, 14.71, 10.0, 13.8]),
            Close,
            Move(12.0, 9.0),
            Line(12.0, 17.0),
        ],
    ),
    (
        "turn",
        &[
            Move(5.0, 9.0),
            Line(15.0, 9.0),
            Curve([17.49, 9.0, 19.5, 11.01, 19.5, 13.5]),
            Curve([19.5, 15.99, 17.49, 18.0, 15.0, 18.0]),
            Line(8.0, 18.0),
            Move(8.5, 5.0),
            Line(4.6, 9.0),
            Line(8.5, 13.0),
        ],
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn icons_stay_in_their_box() {
        for (name, _) in ICONS {
            for s in icon(name, 0.0, 0.0, 24.0, false) {
                let inside = match s {
                    Segment::Move(a, b) | Segment::Line(a, b) => [a, b].iter().all(|v| (0.0..=24.0).contains(v)),
                    Segment::Curve(c) => c.iter().all(|v| (-1.0..=25.0).contains(v)),
                    Segment::Close => true,
                };
                assert!(inside, "{name}");
            }
        }
    }
}
