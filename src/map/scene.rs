//! A drawing as a list of shapes, which is written as SVG or painted as PNG.

/// A drawing.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Scene {
    pub(super) width: f32,
    pub(super) height: f32,
    pub(super) title: String,
    /// What it shows, for those who cannot see it.
    pub(super) description: String,
    pub(super) background: Color,
    /// From the back to the front.
    pub(super) shapes: Vec<Shape>,
}

/// A colour: red, green, blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Color(pub(super) u8, pub(super) u8, pub(super) u8);

impl Color {
    /// Black or white, whichever is easier to read on this.
    pub(super) fn contrast(self) -> Self {
        let light = u32::from(self.0) * 299 + u32::from(self.1) * 587 + u32::from(self.2) * 114;
        if light > 128_000 {
            Self(0, 0, 0)
        } else {
            Self(255, 255, 255)
        }
    }
}

/// A place: to the right, and down.
pub(super) type Point = (f32, f32);

/// One shape.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Shape {
    /// A filled outline.
    Area {
        points: Vec<Point>,
        fill: Color,
        edge: Color,
    },
    /// A filled disc.
    Disc {
        center: Point,
        radius: f32,
        fill: Color,
        edge: Color,
    },
    /// A straight line.
    Line {
        from: Point,
        to: Point,
        color: Color,
        stroke: Stroke,
    },
    /// Words on one line.
    Words {
        at: Point,
        words: String,
        color: Color,
        style: Style,
    },
}

/// How a line is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stroke {
    /// Thin.
    Thin,
    /// Thick.
    Thick,
    /// Thin, with gaps.
    Dashed,
}

impl Stroke {
    pub(super) fn width(self) -> f32 {
        match self {
            Self::Thin | Self::Dashed => 1.5,
            Self::Thick => 3.0,
        }
    }
}

/// The length of a dash and of the gap behind it.
pub(super) const DASH: [f32; 2] = [6.0, 6.0];

/// How words are set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Style {
    pub(super) size: f32,
    pub(super) weight: Weight,
    pub(super) anchor: Anchor,
}

/// The weight of letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Weight {
    Regular,
    Bold,
}

/// Which part of the words stands at their place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}
