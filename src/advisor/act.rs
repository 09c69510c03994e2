//! The end of every use case that changes the plan: the changes are tried, told and offered back.

use super::Turn;
use super::case::{Case, changed, private};
use super::prose::sentence;
use super::{change, place};
use crate::plan::{ApplyError, Change};
use crate::render::{Block, Document};

/// Makes the changes, or says why the plan does not take them. `unchanged` is said where there is
/// nothing to change.
pub(super) fn turn(
    case: &Case<'_>,
    made: Result<Vec<Change>, ApplyError>,
    opening: &str,
    unchanged: &str,
) -> Turn {
    let changes = match made {
        Ok(changes) => changes,
        Err(error) => return private(place::impossible(&error)),
    };
    if changes.is_empty() {
        return private(said(unchanged, ""));
    }
    match place::applied(case, &changes) {
        Ok(after) => {
            let document = change::document(case, &after, &changes, opening);
            changed(changes, document)
        }
        Err(refusal) => private(refusal),
    }
}

/// A headline, and one sentence below it in which back-ticks mark what one types.
pub(super) fn said(headline: &str, more: &str) -> Document {
    let more = Some(more).filter(|more| !more.is_empty());
    Document {
        headline: headline.to_owned(),
        blocks: more
            .map(|more| Block::Paragraph(sentence(more)))
            .into_iter()
            .collect(),
    }
}
