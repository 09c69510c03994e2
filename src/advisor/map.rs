//! `map`: where the segments lie between many small deals and few large ones.

use super::case::Case;
use crate::map::{self, Map};
use crate::render::Document;

/// The channel's plan on the map, as text.
pub(super) fn answer(case: &Case<'_>) -> Document {
    document(case, &Map::new(&case.plan))
}

/// A map as text.
pub(super) fn document(case: &Case<'_>, map: &Map) -> Document {
    map::document(map, |words| case.typed(words))
}
