//! The deals × ACV map: where a plan's segments lie between many small deals and few large ones,
//! and whether sales, marketing and customer success stand on matching rungs.
//!
//! A [`Map`] is read from a plan; [`document`] shows it as text.

mod document;
mod grid;
mod ladder;
mod placed;
#[cfg(test)]
mod tests;
mod words;

pub use document::document;
pub use ladder::{LADDERS, Ladder, Rung, STEPS, Stand, TOLERANCE};
pub use placed::{ACV, DEALS, Decades, Map, Mark};

/// The map as text in a fixed-width face, at most 52 columns wide.
pub fn grid(map: &Map) -> String {
    grid::grid(map)
}

/// The map in words, for those who cannot see it.
pub fn alternative(map: &Map) -> String {
    words::alternative(map)
}
