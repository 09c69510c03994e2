//! New changes of a plan: answers, segments, and undo, which appends like everything else.

use super::draft::Answers;
use super::field::{Field, Level};
use super::{Answer, ApplyError, Author, Change, Door, Edit, Plan, Segment, Version};

/// The changes that give a field a new answer (`None`: unknown again); none if it has it already.
///
/// The segment is ignored for a field of the whole plan; where none is named it is the plan's only
/// one, else `main`. A segment that the plan does not have yet is added first.
pub fn set_answer(
    plan: &Plan,
    field: &Field,
    segment: Option<&Segment>,
    new: Option<Answer>,
    author: &Author,
) -> Vec<Change> {
    let segment = match field.level {
        Level::Plan => None,
        Level::Segment => Some(plan.segment_or_default(segment)),
    };
    let old = plan.stored(field.name, segment.as_ref()).cloned();
    if old == new {
        return Vec::new();
    }
    let added = segment
        .iter()
        .filter(|s| !s.is_main() && plan.place_of(s).is_none());
    let mut edits: Vec<Edit> = added
        .map(|segment| Edit::AddSegment {
            segment: segment.clone(),
        })
        .collect();
    edits.push(Edit::Field {
        field: field.name.to_owned(),
        segment,
        old,
        new,
    });
    numbered(plan, edits, author)
}

/// The change that adds a segment.
pub fn add_segment(
    plan: &Plan,
    segment: &Segment,
    author: &Author,
) -> Result<Vec<Change>, ApplyError> {
    checked(
        plan,
        Edit::AddSegment {
            segment: segment.clone(),
        },
        author,
    )
}

/// The change that removes a segment with its answers.
pub fn remove_segment(
    plan: &Plan,
    segment: &Segment,
    author: &Author,
) -> Result<Vec<Change>, ApplyError> {
    let (place, answers) = (plan.place_of(segment), plan.answers_of(segment));
    if place.is_none() && answers.is_empty() {
        return Err(ApplyError::NoSegment(segment.clone()));
    }
    checked(
        plan,
        Edit::RemoveSegment {
            segment: segment.clone(),
            place,
            answers,
        },
        author,
    )
}

/// The change that gives a segment another name; it keeps its place and its answers.
pub fn rename_segment(
    plan: &Plan,
    from: &Segment,
    to: &Segment,
    author: &Author,
) -> Result<Vec<Change>, ApplyError> {
    if !plan.segments().contains(from) {
        return Err(ApplyError::NoSegment(from.clone()));
    }
    let from_place = plan.place_of(from);
    let edit = Edit::RenameSegment {
        from: from.clone(),
        from_place,
        to: to.clone(),
        // A `main` that nobody has added stands before all others.
        to_place: Some(from_place.unwrap_or(0)),
    };
    checked(plan, edit, author)
}

/// The edit as the plan's next change, if it can be made.
fn checked(plan: &Plan, edit: Edit, author: &Author) -> Result<Vec<Change>, ApplyError> {
    let changes = numbered(plan, [edit], author);
    let mut tried = plan.clone();
    changes.iter().try_for_each(|change| tried.apply(change))?;
    Ok(changes)
}

/// The edits as the plan's next changes.
fn numbered(plan: &Plan, edits: impl IntoIterator<Item = Edit>, author: &Author) -> Vec<Change> {
    let mut version = plan.version();
    let changes = edits.into_iter().map(|edit| {
        version = version.next();
        Change::by(author, version, edit)
    });
    changes.collect()
}

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
        let edit = inverse(&after, change)?;
        let back = Change {
            undoes: Some(change.version),
            ..Change::by(&author, after.version().next(), edit)
        };
        after
            .apply(&back)
            .map_err(|error| changed_since(change, error))?;
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
fn inverse(plan: &Plan, change: &Change) -> Result<Edit, UndoError> {
    Ok(match &change.edit {
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
                    version: change.version,
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
        Edit::AddSegment { segment } => added_back(plan, change, segment, &Answers::new())?,
        Edit::RestoreSegment {
            segment, answers, ..
        } => added_back(plan, change, segment, answers)?,
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
    })
}

/// The removal of a segment that a change added with those answers.
fn added_back(
    plan: &Plan,
    change: &Change,
    segment: &Segment,
    answers: &Answers,
) -> Result<Edit, UndoError> {
    let refuse = |reason| UndoError::SegmentsChanged {
        version: change.version,
        reason,
    };
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

fn changed_since(change: &Change, reason: ApplyError) -> UndoError {
    UndoError::SegmentsChanged {
        version: change.version,
        reason,
    }
}
