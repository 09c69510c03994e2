//! What is read like a field, and is none.

use super::field::{Field, Kind, Level};

impl Field {
    /// A reader for a number that no plan holds, such as a calculator's own input.
    pub const fn beside_the_catalogue(
        name: &'static str,
        kind: Kind,
        label: &'static str,
        example: &'static str,
    ) -> Self {
        Self::new(name, Level::Plan, kind, label, label).like(example)
    }
}
