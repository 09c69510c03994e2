//! The colours of the picture, on light and on dark ground.

use super::scene::Color;

/// The ground of the picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Theme {
    /// Dark words on light ground.
    Light,
    /// Light words on dark ground.
    Dark,
}

/// The colours of one theme.
#[derive(Debug, Clone, Copy)]
pub(super) struct Palette {
    pub(super) ground: Color,
    /// Words.
    pub(super) ink: Color,
    /// Words that stand back.
    pub(super) soft: Color,
    /// The grid.
    pub(super) faint: Color,
    /// The lines between bands.
    pub(super) bound: Color,
}

impl Theme {
    pub(super) fn palette(self) -> Palette {
        match self {
            Self::Light => Palette {
                ground: Color(255, 255, 255),
                ink: Color(29, 28, 29),
                soft: Color(84, 84, 88),
                faint: Color(226, 226, 228),
                bound: Color(130, 130, 136),
            },
            Self::Dark => Palette {
                ground: Color(26, 29, 33),
                ink: Color(242, 242, 243),
                soft: Color(185, 187, 190),
                faint: Color(56, 60, 66),
                bound: Color(140, 143, 148),
            },
        }
    }
}

/// The colours of the marks: Okabe and Ito's, which people with any kind of colour blindness can
/// tell apart. A mark is known by its shape and letter too.
pub(super) const MARKS: [Color; 7] = [
    Color(0, 114, 178),
    Color(230, 159, 0),
    Color(0, 158, 115),
    Color(204, 121, 167),
    Color(213, 94, 0),
    Color(86, 180, 233),
    Color(240, 228, 66),
];
