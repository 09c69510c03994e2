//! The calculators, declared once, in the groups in which people look for them.

mod cost;
mod customer;
mod efficiency;
mod market;
mod pipeline;
mod retention;
mod revenue;

use super::calculator::Calculator;
use crate::text;

/// Calculators that belong together.
#[derive(Debug)]
pub struct Group {
    /// What they are about.
    pub title: &'static str,
    /// The calculators.
    pub calculators: &'static [Calculator],
}

/// All calculators, in groups.
pub fn groups() -> &'static [Group] {
    GROUPS
}

/// All calculators.
pub fn calculators() -> impl Iterator<Item = &'static Calculator> {
    GROUPS.iter().flat_map(|group| group.calculators)
}

/// The calculators of the group that these words name.
pub(super) fn group_called(words: &str) -> Option<&'static [Calculator]> {
    let wanted = text::key(words);
    let found = GROUPS.iter().find(|group| text::key(group.title) == wanted);
    found.map(|group| group.calculators)
}

static GROUPS: &[Group] = &[
    Group {
        title: "What a customer costs and brings",
        calculators: cost::TABLE,
    },
    Group {
        title: "Price and revenue",
        calculators: revenue::TABLE,
    },
    Group {
        title: "Retention",
        calculators: retention::TABLE,
    },
    Group {
        title: "Efficiency",
        calculators: efficiency::TABLE,
    },
    Group {
        title: "Pipeline",
        calculators: pipeline::TABLE,
    },
    Group {
        title: "Market and sellers",
        calculators: market::TABLE,
    },
];
