//! `undo`: a change is taken back by another change; nothing is rewritten.

use super::case::{Case, button, changed, private};
use super::change::{one_line, shown};
use super::prose::{capitalised, cut, sentence, stopped};
use super::{PlanRecord, Said, Turn, change, place, proposal};
use crate::plan::{self, Answer, Author, Change, Door, Segment, UndoError, Version};
use crate::render::{Block, Document, Inline};

/// Takes back the change that made `version`, else the newest that stands; or says why not.
pub(super) fn turn(case: &Case<'_>, version: Option<Version>) -> Turn {
    let author = Author {
        door: Door::Undo,
        ..case.author()
    };
    let changes = match plan::undo(&case.plan, case.tail(), version, &author) {
        Ok(changes) => changes,
        Err(error) => return private(refused(case, &error)),
    };
    match place::applied(case, &changes) {
        Ok(after) => {
            let opening = opening(case.tail(), &changes);
            let document = change::document(case, &after, &changes, &opening);
            let mut turn = changed(changes, document);
            // The card with the pressed button is done with: what came of it takes its place.
            turn.reply.replaces_card =
                matches!(&case.inbound.said, Said::Click { card: Some(_), .. });
            turn
        }
        Err(refusal) => private(refusal),
    }
}

/// Takes back the changes of one act, and shows what is still open of the proposal that it was made
/// out of.
pub(super) fn act(case: &Case<'_>, first: Version, last: Version) -> Turn {
    let author = Author {
        door: Door::Undo,
        ..case.author()
    };
    let (mut after, mut tail, mut made) = (case.plan.clone(), case.tail().to_vec(), Vec::new());
    for version in (first.0..=last.0).rev().map(Version) {
        let changes = match plan::undo(&after, &tail, Some(version), &author) {
            Ok(changes) => changes,
            // The segment that a value had been added with goes with the value.
            Err(UndoError::Undone(_)) if version < last => continue,
            Err(error) => return private(refused(case, &error)),
        };
        for change in &changes {
            if let Err(error) = after.apply(change) {
                return private(place::impossible(&error));
            }
        }
        tail.extend(changes.iter().cloned());
        made.extend(changes);
    }
    let opening = if first == last {
        format!("Took back version {first}.")
    } else {
        format!("Took back versions {first} to {last}.")
    };
    let mut document = change::document(case, &after, &made, &opening);
    let card = case.proposal();
    document
        .blocks
        .extend(card.map(|it| proposal::rest(case, it)).unwrap_or_default());
    let mut turn = changed(made, document);
    turn.reply.replaces_card = matches!(&case.inbound.said, Said::Click { card: Some(_), .. });
    turn
}

fn opening(tail: &[Change], changes: &[Change]) -> String {
    let again = |change| change::done_again(tail, change);
    match changes.iter().find_map(|change| change.undoes) {
        None => "Took it back.".to_owned(),
        Some(version) => match changes.iter().find_map(again) {
            Some(original) => format!("Did version {original} again."),
            None => format!("Took back version {version}."),
        },
    }
}

fn refused(case: &Case<'_>, error: &UndoError) -> Document {
    let (reason, retry) = match error {
        UndoError::Nothing => (
            "Every change is taken back already, or there is none yet".to_owned(),
            None,
        ),
        UndoError::OutOfReach(version) if *version > case.plan.version() => (
            format!(
                "There is no version {version}; the newest is {}",
                case.plan.version()
            ),
            None,
        ),
        UndoError::OutOfReach(version) => (
            format!(
                "Version {version} is too old for that: I take back one of the newest {} changes",
                PlanRecord::TAIL
            ),
            None,
        ),
        UndoError::Undone(version) => (format!("Version {version} is taken back already"), None),
        UndoError::ChangedSince {
            field,
            segment,
            version,
            gave,
            now,
        } => moved_on(
            case,
            field,
            segment.as_ref(),
            *version,
            [gave.as_deref(), now.as_deref()],
        ),
        UndoError::SegmentsChanged { .. }
        | UndoError::ItemChangedSince { .. }
        | UndoError::ApprovalStale(_) => (capitalised(&error.to_string()), None),
        UndoError::Approved(_) => (capitalised(&error.to_string()), Some("unlock".to_owned())),
    };
    let mut blocks = vec![Block::Paragraph(sentence(&stopped(&reason)))];
    if let Some(words) = retry {
        blocks.push(Block::Paragraph(vec![
            Inline::plain("What you can do instead: "),
            case.code(&words),
        ]));
    }
    blocks.push(Block::Actions(vec![button("What was changed", "history")]));
    Document {
        headline: "Nothing was taken back.".to_owned(),
        blocks,
    }
}

/// The field has changed since: both answers, and how to remove what stands there now.
fn moved_on(
    case: &Case<'_>,
    name: &str,
    segment: Option<&Segment>,
    version: Version,
    [gave, now]: [Option<&Answer>; 2],
) -> (String, Option<String>) {
    let Some(field) = plan::field(name) else {
        return (format!("{name} has changed since version {version}"), None);
    };
    let value = |answer| cut(&one_line(&shown(field, answer)), 200);
    let for_segment = case.for_segment(segment);
    let reason = format!(
        "Version {version} made {}{for_segment} {}, but it has changed since and is {} now",
        field.label(),
        value(gave),
        value(now)
    );
    (reason, now.map(|_| format!("unset {name}{for_segment}")))
}
