//! `diff` and `restore`: the plan as it was.

use super::Turn;
use super::act::{self, said};
use super::case::{Answer, Case, button, private};
use super::prose::{counted, sentence};
use super::{change, held};
use crate::plan::{self, Plan, Version};
use crate::render::{Block, Document};

/// How many differences are listed.
const MOST_LISTED: usize = 20;

/// The plan as that version made it.
fn version(case: &Case<'_>, version: Version) -> Result<Plan, Document> {
    let newest = case.plan.version();
    let history = &case.situation.history;
    let length = usize::try_from(version.0).unwrap_or(usize::MAX);
    let folded = history
        .get(..length)
        .and_then(|changes| Plan::fold(case.plan.id().clone(), changes).ok());
    folded.ok_or_else(|| {
        said(
            &format!("There is no version {version}; the newest is {newest}."),
            &format!("What changed when: `{}`", case.typed("history")),
        )
    })
}

/// What differs between two versions.
pub(super) fn diff(case: &Case<'_>, one: Version, two: Option<Version>) -> Answer {
    let two = two.unwrap_or(case.plan.version());
    let (before, after) = (version(case, one)?, version(case, two)?);
    let edits = plan::difference(&before, &after);
    if edits.is_empty() {
        return Ok(said(&format!("Versions {one} and {two} say the same."), ""));
    }
    let lines = edits.iter().take(MOST_LISTED);
    let lines = lines
        .map(|edit| held::peopled(&change::edit_line(case, edit)))
        .collect();
    let mut blocks = vec![Block::Bullets(lines)];
    if let Some(more) = edits
        .len()
        .checked_sub(MOST_LISTED)
        .filter(|&more| more > 0)
    {
        let words = format!("{} not shown.", counted(more, "more difference"));
        blocks.push(Block::Note(sentence(&words)));
    }
    if two == case.plan.version() {
        let label = format!("Restore version {one}");
        blocks.push(Block::Actions(vec![button(
            label,
            format!("restore {one}"),
        )]));
    }
    Ok(Document {
        headline: format!(
            "From version {one} to {two}: {}.",
            counted(edits.len(), "difference")
        ),
        blocks,
    })
}

/// Makes the sheet what it was, by a new change.
pub(super) fn restore(case: &Case<'_>, wanted: Version) -> Turn {
    let earlier = match version(case, wanted) {
        Ok(earlier) => earlier,
        Err(refusal) => return private(refusal),
    };
    let made = plan::restore(&case.plan, &earlier, &case.author());
    let opening = format!("The plan says what version {wanted} said.");
    act::turn(
        case,
        made,
        &opening,
        &format!("The plan says what version {wanted} said already."),
    )
}
