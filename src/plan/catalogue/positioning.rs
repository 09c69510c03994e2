//! The positioning: which category, against what, with which proof.

use super::Kind::{Choice as OneOf, List, Text};
use super::{Choice, Field, choice, each};

const CATEGORY_KINDS: &[Choice] = &[
    choice(
        "existing",
        "existing category",
        &["existing one", "known category", "established"],
    ),
    choice(
        "new",
        "new category",
        &["new one", "our own category", "category creation"],
    ),
];

pub(super) static FIELDS: &[Field] = &[
    each(
        "positioning.category",
        Text,
        "category",
        "Which category are you in?",
    )
    .aliases(&["market category", "product category"])
    .like("close management software"),
    each(
        "positioning.category_kind",
        OneOf,
        "kind of category",
        "An existing category or a new one?",
    )
    .choices(CATEGORY_KINDS),
    each(
        "positioning.compared_to",
        List,
        "compared to",
        "What do buyers compare you with (manual work and doing nothing included)?",
    )
    .aliases(&["competitors", "competition", "competitor"])
    .like("spreadsheets, doing nothing"),
    each(
        "positioning.proof",
        List,
        "proof",
        "Which proof do you have?",
    )
    .aliases(&["proof points", "social proof", "references"])
    .sentences()
    .like("12 firms cut closing time by 70%; a case study"),
];
