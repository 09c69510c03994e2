//! `what-if` and `sensitivity`: the check on a copy of the plan.

use super::case::{Answer, Case, button};
use super::prose::{capitalised, sentence, stopped, unmarked};
use crate::plan::Field;
use crate::render::{Block, Document};
use crate::report::{WhatIf, flips_to_document, read_supposed, sensitivity, suppose, swaps};

/// What would change if these values were so.
pub(super) fn answer(case: &Case<'_>, words: &str) -> Answer {
    let supposed = read_supposed(&case.plan, words, case.context())
        .map_err(|problem| refused(case, &problem))?;
    let (after, changes) = suppose(&case.plan, &supposed, &case.author())
        .map_err(|problem| refused(case, &problem.to_string()))?;
    let new = case.results_after(&after, &changes);
    Ok(WhatIf::between(&case.results(), &new, &after).to_document(&supposed))
}

/// Where the check would turn.
pub(super) fn boundaries(case: &Case<'_>, field: Option<&'static Field>) -> Document {
    let flips = sensitivity(&case.plan, case.ground(), field, &case.author());
    let swaps = field.map(|field| swaps(&case.plan, case.ground(), field, &case.author()));
    flips_to_document(&case.plan, &flips, &swaps.unwrap_or_default(), field)
}

fn refused(case: &Case<'_>, problem: &str) -> Document {
    Document {
        headline: capitalised(&unmarked(&stopped(problem))),
        blocks: vec![
            Block::Note(sentence(&format!(
                "This works: `{}`",
                case.typed("what-if price $99/mo, sales motion field")
            ))),
            Block::Actions(vec![button("Fields", "fields")]),
        ],
    }
}
