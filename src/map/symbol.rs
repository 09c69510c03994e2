//! The marks of segments: a shape, a colour and a letter each, so that none is known by colour
//! alone.

use super::scene::{Anchor, Color, Point, Shape, Style, Weight};
use super::theme::MARKS;

/// From a mark's middle to its edge.
pub(super) const RADIUS: f32 = 16.0;

/// From a mark's middle to the farthest corner of any, and a hair.
pub(super) const WIDEST: f32 = RADIUS * 1.3 + 2.0;

/// The corners of a mark's outline; none is a disc.
const CORNERS: [Corners; 5] = [
    Corners::None,
    Corners::Square,
    Corners::Diamond,
    Corners::Hexagon,
    Corners::Triangle,
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Corners {
    None,
    Square,
    Diamond,
    Hexagon,
    Triangle,
}

impl Corners {
    /// The corners around the middle, in radii.
    fn points(self) -> &'static [Point] {
        match self {
            Self::None => &[],
            Self::Square => &[(-0.92, -0.92), (0.92, -0.92), (0.92, 0.92), (-0.92, 0.92)],
            Self::Diamond => &[(0.0, -1.3), (1.3, 0.0), (0.0, 1.3), (-1.3, 0.0)],
            Self::Hexagon => &[
                (-1.1, 0.0),
                (-0.55, -0.95),
                (0.55, -0.95),
                (1.1, 0.0),
                (0.55, 0.95),
                (-0.55, 0.95),
            ],
            Self::Triangle => &[(0.0, -1.35), (1.25, 0.85), (-1.25, 0.85)],
        }
    }
}

/// The mark of the `n`th segment.
pub(super) fn symbol(n: usize, letter: char, center: Point, edge: Color) -> [Shape; 2] {
    let fill = MARKS[n % MARKS.len()];
    let corners = CORNERS[n % CORNERS.len()];
    let points = corners.points();
    let outline = if points.is_empty() {
        Shape::Disc {
            center,
            radius: RADIUS,
            fill,
            edge,
        }
    } else {
        let place = |&(x, y): &Point| (center.0 + x * RADIUS, center.1 + y * RADIUS);
        Shape::Area {
            points: points.iter().map(place).collect(),
            fill,
            edge,
        }
    };
    // A triangle has its room below the middle.
    let drop = if corners == Corners::Triangle {
        9.5
    } else {
        7.0
    };
    let words = Shape::Words {
        at: (center.0, center.1 + drop),
        words: letter.to_string(),
        color: fill.contrast(),
        style: Style {
            size: 19.0,
            weight: Weight::Bold,
            anchor: Anchor::Middle,
        },
    };
    [outline, words]
}

/// The nearest place that covers none of those taken, on rings around the one wanted.
pub(super) fn settled(wanted: Point, taken: &[Point], low: Point, high: Point) -> Point {
    let least = RADIUS * 2.3;
    let is_free = |place: &Point| {
        let apart = |other: &Point| (place.0 - other.0).hypot(place.1 - other.1);
        let inside = (low.0..=high.0).contains(&place.0) && (low.1..=high.1).contains(&place.1);
        inside && taken.iter().all(|other| apart(other) >= least)
    };
    if taken
        .iter()
        .all(|other| (wanted.0 - other.0).hypot(wanted.1 - other.1) >= least)
    {
        return wanted;
    }
    let rings = (1_u8..=9).flat_map(|ring| {
        let radius = f32::from(ring) * least;
        (0_u8..12).map(move |part| {
            let angle = f32::from(part) * std::f32::consts::TAU / 12.0;
            (
                wanted.0 + radius * angle.cos(),
                wanted.1 + radius * angle.sin(),
            )
        })
    });
    rings.into_iter().find(is_free).unwrap_or(wanted)
}
