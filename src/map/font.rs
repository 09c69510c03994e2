//! The letters of the picture: a part of Noto Sans (`assets/fonts/`), as outlines.

use std::sync::LazyLock;

use ttf_parser::{Face, OutlineBuilder};

use super::scene::{Anchor, Style, Weight};

static REGULAR: LazyLock<Face<'static>> = LazyLock::new(|| {
    face(include_bytes!(
        "../../assets/fonts/NotoSans-Regular.subset.ttf"
    ))
});
static BOLD: LazyLock<Face<'static>> = LazyLock::new(|| {
    face(include_bytes!(
        "../../assets/fonts/NotoSans-Bold.subset.ttf"
    ))
});

fn face(bytes: &'static [u8]) -> Face<'static> {
    Face::parse(bytes, 0).expect("the font is part of the program, and a test draws with it")
}

fn of(weight: Weight) -> &'static Face<'static> {
    match weight {
        Weight::Regular => &REGULAR,
        Weight::Bold => &BOLD,
    }
}

/// Pixels for each unit of the font.
fn scale(face: &Face<'_>, size: f32) -> f32 {
    size / f32::from(face.units_per_em())
}

/// How wide words are.
pub(super) fn width(words: &str, style: Style) -> f32 {
    let face = of(style.weight);
    let units: f32 = words.chars().map(|letter| advance(face, letter)).sum();
    units * scale(face, style.size)
}

fn advance(face: &Face<'_>, letter: char) -> f32 {
    let glyph = face.glyph_index(letter).unwrap_or_default();
    f32::from(face.glyph_hor_advance(glyph).unwrap_or_default())
}

/// The words, cut with a sign where they are wider than `most`.
pub(super) fn fitted(words: &str, style: Style, most: f32) -> String {
    if width(words, style) <= most {
        return words.to_owned();
    }
    let mut cut = String::new();
    for letter in words.chars() {
        if width(&format!("{cut}{letter}…"), style) > most {
            break;
        }
        cut.push(letter);
    }
    format!("{}…", cut.trim_end())
}

/// The words in lines none of which is wider than `most`, unless a single word is.
pub(super) fn wrapped(words: &str, style: Style, most: f32) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in words.split_whitespace() {
        match lines.last_mut() {
            Some(line) if width(&format!("{line} {word}"), style) <= most => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// What outlines of letters are drawn with; places are those of the picture.
pub(super) trait Pen {
    fn move_to(&mut self, x: f32, y: f32);
    fn line_to(&mut self, x: f32, y: f32);
    fn quad_to(&mut self, by: (f32, f32), to: (f32, f32));
    fn close(&mut self);
}

/// Draws the outlines of words whose first letter stands at `at`, on the line.
pub(super) fn outline(words: &str, style: Style, at: (f32, f32), pen: &mut impl Pen) {
    let face = of(style.weight);
    let scale = scale(face, style.size);
    let mut x = at.0;
    for letter in words.chars() {
        if let Some(glyph) = face.glyph_index(letter) {
            let mut placed = Placed {
                pen: &mut *pen,
                origin: (x, at.1),
                scale,
            };
            // A letter without an outline, such as a space, has none to draw.
            let _ = face.outline_glyph(glyph, &mut placed);
        }
        x += advance(face, letter) * scale;
    }
}

/// A pen that is told the font's places.
struct Placed<'a, P> {
    pen: &'a mut P,
    origin: (f32, f32),
    scale: f32,
}

impl<P> Placed<'_, P> {
    fn at(&self, x: f32, y: f32) -> (f32, f32) {
        let (left, line) = self.origin;
        (left + x * self.scale, line - y * self.scale)
    }
}

impl<P: Pen> OutlineBuilder for Placed<'_, P> {
    fn move_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.at(x, y);
        self.pen.move_to(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.at(x, y);
        self.pen.line_to(x, y);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.pen.quad_to(self.at(x1, y1), self.at(x, y));
    }

    fn curve_to(&mut self, _: f32, _: f32, x2: f32, y2: f32, x: f32, y: f32) {
        // The font has quadratic outlines only.
        self.pen.quad_to(self.at(x2, y2), self.at(x, y));
    }

    fn close(&mut self) {
        self.pen.close();
    }
}

/// Where words begin.
pub(super) fn start(words: &str, style: Style, x: f32) -> f32 {
    match style.anchor {
        Anchor::Start => x,
        Anchor::Middle => x - width(words, style) / 2.0,
        Anchor::End => x - width(words, style),
    }
}
