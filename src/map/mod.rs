//! The deals × ACV map: where a plan's segments lie between many small deals and few large ones,
//! and whether sales, marketing and customer success stand on matching rungs.
//!
//! A [`Map`] is read from a plan; [`document`] shows it as text,
//! [`svg`] and [`png`] as a picture.

mod document;
mod font;
mod grid;
mod ladder;
mod layout;
mod paint;
mod placed;
mod scene;
mod svg;
mod symbol;
#[cfg(test)]
mod tests;
mod theme;
mod words;

pub use document::document;
pub use ladder::{LADDERS, Ladder, Rung, STEPS, Stand, TOLERANCE};
pub use placed::{ACV, DEALS, Decades, Map, Mark};
pub use theme::Theme;

/// The map as text in a fixed-width face, at most 52 columns wide.
pub fn grid(map: &Map) -> String {
    grid::grid(map)
}

/// The map in words, for those who cannot see it.
pub fn alternative(map: &Map) -> String {
    words::alternative(map)
}

/// The map as an SVG file.
pub fn svg(map: &Map, theme: Theme) -> String {
    svg::svg(&layout::scene(map, theme))
}

/// The map as a PNG file.
pub fn png(map: &Map, theme: Theme) -> Vec<u8> {
    paint::png(&layout::scene(map, theme))
}
