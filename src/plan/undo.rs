//! Undo, which appends like everything else.

use super::draft::Answers;
use super::{
    Answer, ApplyError, Approval, Author, Change, Door, Edit, Item, ItemKey, Plan, Segment, Version,
};

/// Why nothing was undone.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UndoError {
    /// There is no change left to undo.
    #[error("there is nothing left to undo")]
    Nothing,
    /// The version is not among the changes that an undo can see.
    #[error("version {0} is not among the latest changes")]
    OutOfReach(Version),
    /// The change was undone before.
    #[error("version {0} is undone already")]
    Undone(Version),
    /// The field has changed since.
    #[error("{field} has changed since version {version}")]
    ChangedSince {
        /// The field's name.
        field: String,
        /// The segment, for a field that is held for each segment.
        segment: Option<Segment>,
        /// The version that was to be undone.
        version: Version,
        /// The answer that it gave.
        gave: Option<Box<Answer>>,
        /// The answer that the field has now.
        now: Option<Box<Answer>>,
    },
    /// The segments have changed since.
    #[error("the segments have changed since version {version}: {reason}")]
    SegmentsChanged {
        /// The version that was to be undone.
        version: Version,
        /// What does not fit any more.
        reason: ApplyError,
    },
    /// What stands beside the answers has changed since.
    #[error("{key} has changed since version {version}")]
    ItemChangedSince {
        /// What it is about.
        key: ItemKey,
        /// The version that was to be undone.
        version: Version,
    },
    /// The sheet is approved, and the undo would change it.
    #[error("the plan has been approved since {}; unlock it first", .0.on)]
    Approved(Box<Approval>),
    /// The sheet is another by now than the one that was approved.
    #[error("the plan has changed since it was approved in version {0}; approve it anew")]
    ApprovalStale(Version),
}

/// The changes that take back what a version did, or what the newest act not yet undone did.
///
/// `tail` is the end of the plan's history, oldest first. An act is what one command, import or
/// confirmation changed; without a version all of it is taken back, newest change first. With one,
/// only that change is, and the segment that was added for it if that would be left empty; it may
/// be an undo itself, which is a redo. Nothing is taken back over a later change of the same field.
pub fn undo(
    plan: &Plan,
    tail: &[Change],
    version: Option<Version>,
    author: &Author,
) -> Result<Vec<Change>, UndoError> {
    let chosen = match version {
        Some(version) => one_version(tail, version)?,
        None => newest_act(tail)?,
    };
    let author = Author {
        door: Door::Undo,
        ..author.clone()
    };
    let mut after = plan.clone();
    let mut changes = Vec::new();
    for (place, change) in chosen.iter().enumerate() {
        let keeps_segment = version.is_some() && place > 0;
        if keeps_segment && !is_empty_segment(&after, &change.edit) {
            break;
        }
        let edit = inverse(&after, change.version, &change.edit)?;
        let back = Change {
            undoes: Some(change.version),
            ..Change::by(&author, after.version().next(), edit)
        };
        after
            .apply(&back)
            .map_err(|error| changed_since(change.version, error))?;
        changes.push(back);
    }
    Ok(changes)
}

/// The change of a version, and behind it the addition of its segment by the same act.
fn one_version(tail: &[Change], version: Version) -> Result<Vec<&Change>, UndoError> {
    let found = tail.iter().find(|change| change.version == version);
    let change = found.ok_or(UndoError::OutOfReach(version))?;
    if is_undone(tail, version) {
        return Err(UndoError::Undone(version));
    }
    let mut chosen = vec![change];
    if let Edit::Field {
        segment: Some(segment),
        ..
    } = &change.edit
    {
        let added = tail.iter().find(|other| {
            let adds = matches!(&other.edit, Edit::AddSegment { segment: s } if s == segment);
            adds && other.is_same_act(change) && other.version < version
        });
        chosen.extend(added.filter(|added| !is_undone(tail, added.version)));
    }
    Ok(chosen)
}

/// The changes of the newest act that is in force and no undo itself, newest first.
fn newest_act(tail: &[Change]) -> Result<Vec<&Change>, UndoError> {
    let in_force = |change: &&Change| change.undoes.is_none() && !is_undone(tail, change.version);
    let newest = tail.iter().rev().find(in_force).ok_or(UndoError::Nothing)?;
    let act = tail
        .iter()
        .rev()
        .filter(|change| change.is_same_act(newest));
    Ok(act.filter(in_force).collect())
}

/// Whether an undo that is itself in force has taken the version back.
fn is_undone(tail: &[Change], version: Version) -> bool {
    let mut undoes = tail.iter().filter(|change| change.undoes == Some(version));
    undoes.any(|undo| !is_undone(tail, undo.version))
}

/// Whether the edit added a segment that holds nothing.
fn is_empty_segment(plan: &Plan, edit: &Edit) -> bool {
    matches!(edit, Edit::AddSegment { segment } if plan.answers_of(segment).is_empty())
}

/// The edit that takes a change back.
pub(super) fn inverse(plan: &Plan, version: Version, edit: &Edit) -> Result<Edit, UndoError> {
    Ok(match edit {
        Edit::Field {
            field,
            segment,
            old,
            new,
        } => {
            let now = plan.stored(field, segment.as_ref());
            if now != new.as_ref() {
                return Err(UndoError::ChangedSince {
                    field: field.clone(),
                    segment: segment.clone(),
                    version,
                    gave: new.clone().map(Box::new),
                    now: now.cloned().map(Box::new),
                });
            }
            Edit::Field {
                field: field.clone(),
                segment: segment.clone(),
                old: new.clone(),
                new: old.clone(),
            }
        }
        Edit::AddSegment { segment } => added_back(plan, version, segment, &Answers::new())?,
        Edit::RestoreSegment {
            segment, answers, ..
        } => added_back(plan, version, segment, answers)?,
        Edit::RemoveSegment {
            segment,
            place,
            answers,
        } => Edit::RestoreSegment {
            segment: segment.clone(),
            place: *place,
            answers: answers.clone(),
        },
        Edit::RenameSegment {
            from,
            from_place,
            to,
            to_place,
        } => Edit::RenameSegment {
            from: to.clone(),
            from_place: *to_place,
            to: from.clone(),
            to_place: *from_place,
        },
        Edit::Item { old, new } => item_back(plan, version, old.as_deref(), new.as_deref())?,
        Edit::Together { edits } => all_back(plan, version, edits)?,
    })
}

/// The edits of one act taken back, the last one first.
fn all_back(plan: &Plan, version: Version, edits: &[Edit]) -> Result<Edit, UndoError> {
    let mut after = plan.clone();
    let mut back = Vec::with_capacity(edits.len());
    for edit in edits.iter().rev() {
        let edit = inverse(&after, version, edit)?;
        after
            .make(&edit)
            .map_err(|error| changed_since(version, error))?;
        back.push(edit);
    }
    Ok(Edit::Together { edits: back })
}

/// The edit that puts `old` back where `new` stands.
fn item_back(
    plan: &Plan,
    version: Version,
    old: Option<&Item>,
    new: Option<&Item>,
) -> Result<Edit, UndoError> {
    let key = old.or(new).map(Item::key);
    if let Some(key) = key.filter(|key| plan.item(key) != new) {
        return Err(UndoError::ItemChangedSince { key, version });
    }
    if let Some(Item::Approval(approval)) = old
        && approval.hash != plan.content_hash()
    {
        return Err(UndoError::ApprovalStale(version));
    }
    Ok(Edit::Item {
        old: new.cloned().map(Box::new),
        new: old.cloned().map(Box::new),
    })
}

/// The removal of a segment that a change added with those answers.
fn added_back(
    plan: &Plan,
    version: Version,
    segment: &Segment,
    answers: &Answers,
) -> Result<Edit, UndoError> {
    let refuse = |reason| UndoError::SegmentsChanged { version, reason };
    let place = plan.place_of(segment);
    if place.is_none() && !segment.is_main() {
        return Err(refuse(ApplyError::NoSegment(segment.clone())));
    }
    if plan.answers_of(segment) != *answers {
        return Err(refuse(ApplyError::SegmentChanged(segment.clone())));
    }
    Ok(Edit::RemoveSegment {
        segment: segment.clone(),
        place,
        answers: answers.clone(),
    })
}

pub(super) fn changed_since(version: Version, reason: ApplyError) -> UndoError {
    match reason {
        ApplyError::Approved(approval) => UndoError::Approved(approval),
        ApplyError::ItemDiffers { key, .. } => UndoError::ItemChangedSince { key, version },
        reason => UndoError::SegmentsChanged { version, reason },
    }
}
