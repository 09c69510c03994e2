//! `map`: where the segments lie between many small deals and few large ones.

use super::case::Case;
use crate::map::{self, Map};
use crate::render::Document;

/// The channel's plan on the map, as text.
pub(super) fn answer(case: &Case<'_>) -> Document {
    map::document(&Map::new(&case.plan), |words| case.typed(words))
}
