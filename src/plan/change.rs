//! One change of a plan: what, by whom, when, how and from which message. Changes are only appended.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::draft::Answers;
use super::{Answer, Approval, Item, ItemKey, Segment};
use crate::ident::{Channel, MessageTs, Person};

/// A plan's version: the number of changes so far. A write names the one that it was made against.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Version(pub u64);

impl Version {
    /// The version after this one.
    pub(super) fn next(self) -> Self {
        Self(self.0 + 1)
    }
}

impl std::fmt::Display for Version {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// How a change was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Door {
    /// A typed command.
    Command,
    /// A button.
    Button,
    /// A modal's submission.
    Modal,
    /// A proposal that a person confirmed.
    Proposal,
    /// An imported file.
    Import,
    /// An undo of an earlier change.
    Undo,
}

/// The message that a change came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessageLink {
    /// The channel of the message.
    pub channel: Channel,
    /// The message, where the door has one (a slash command has none).
    pub ts: Option<MessageTs>,
}

/// What one change does to the sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "edit", rename_all = "snake_case")]
pub enum Edit {
    /// A field's answer goes from `old` to `new`; `None` is unknown.
    Field {
        /// The field's name in the catalogue.
        field: String,
        /// The segment, for a field that is held for each segment.
        segment: Option<Segment>,
        /// The answer before.
        old: Option<Answer>,
        /// The answer after.
        new: Option<Answer>,
    },
    /// A segment is added, with no answers (`main` keeps those that it has).
    AddSegment {
        /// Its name.
        segment: Segment,
    },
    /// A segment goes, with all its answers.
    RemoveSegment {
        /// Its name.
        segment: Segment,
        /// Its place among the segments that were added by name, from 0; none for a `main` that
        /// was never added.
        place: Option<usize>,
        /// Its answers by field, so that an undo can bring them back.
        answers: Answers,
    },
    /// A removed segment comes back.
    RestoreSegment {
        /// Its name.
        segment: Segment,
        /// Its place among the segments that were added by name, from 0; none for a `main` that
        /// was never added.
        place: Option<usize>,
        /// Its answers by field.
        answers: Answers,
    },
    /// A segment gets another name.
    RenameSegment {
        /// The name before.
        from: Segment,
        /// The place before, as above.
        from_place: Option<usize>,
        /// The name after.
        to: Segment,
        /// The place after, as above.
        to_place: Option<usize>,
    },
    /// Something that stands beside the answers is put, replaced or taken away.
    Item {
        /// What stood there before.
        old: Option<Box<Item>>,
        /// What stands there after; of the same key.
        new: Option<Box<Item>>,
    },
    /// Several edits that are one act: an import, a restored version, an adopted scenario. They
    /// are made, and taken back, together.
    Together {
        /// The edits in their order; none of them is such a list itself.
        edits: Vec<Edit>,
    },
}

impl Edit {
    /// The edits that this one is made of: itself, unless several are made together.
    pub fn parts(&self) -> &[Self] {
        match self {
            Self::Together { edits } => edits,
            one => std::slice::from_ref(one),
        }
    }

    /// Whether it changes what an approval covers: answers, segments, and what belongs to them.
    pub fn is_of_sheet(&self) -> bool {
        match self {
            Self::Item { old, new } => {
                let item = old.as_ref().or(new.as_ref());
                item.is_some_and(|item| item.key().is_of_sheet())
            }
            Self::Together { edits } => edits.iter().any(Self::is_of_sheet),
            Self::Field { .. }
            | Self::AddSegment { .. }
            | Self::RemoveSegment { .. }
            | Self::RestoreSegment { .. }
            | Self::RenameSegment { .. } => true,
        }
    }
}

/// Who makes a change, when, how and from which message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Author {
    /// Who.
    pub by: Person,
    /// When.
    pub at: Timestamp,
    /// How.
    pub door: Door,
    /// From which message.
    pub link: MessageLink,
}

/// One entry of a plan's history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// The version that this change makes.
    pub version: Version,
    /// What it does.
    pub edit: Edit,
    /// Who made it.
    pub by: Person,
    /// When.
    pub at: Timestamp,
    /// How.
    pub door: Door,
    /// From which message.
    pub link: MessageLink,
    /// The version that an undo takes back.
    pub undoes: Option<Version>,
}

impl Change {
    /// The change that makes `version`.
    pub(super) fn by(author: &Author, version: Version, edit: Edit) -> Self {
        Self {
            version,
            edit,
            by: author.by.clone(),
            at: author.at,
            door: author.door,
            link: author.link.clone(),
            undoes: None,
        }
    }

    /// Whether both changes were made by one act: one import, modal or confirmation, or one command
    /// that first adds the segment which it then speaks of.
    pub fn is_same_act(&self, other: &Self) -> bool {
        // What was read from several messages is confirmed in one act.
        let place = |change: &Self| match change.door {
            Door::Proposal => None,
            _ => Some(change.link.clone()),
        };
        let stamp = |change: &Self| (change.by.clone(), change.at, change.door, place(change));
        let many = matches!(self.door, Door::Import | Door::Modal | Door::Proposal);
        let adds_for = |adds: &Edit, field: &Edit| match (adds, field) {
            (Edit::AddSegment { segment: added }, Edit::Field { segment, .. }) => {
                segment.as_ref() == Some(added)
            }
            _ => false,
        };
        let pair = adds_for(&self.edit, &other.edit) || adds_for(&other.edit, &self.edit);
        stamp(self) == stamp(other) && (many || pair || self.version == other.version)
    }
}

/// Why a change does not fit the plan that it was to be made on.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ApplyError {
    /// It is not the next change.
    #[error("the change makes version {found}, but version {expected} comes next")]
    WrongVersion {
        /// The version that comes next.
        expected: Version,
        /// The version that the change makes.
        found: Version,
    },
    /// The field holds another answer than the one that the change was made against.
    #[error("{field} is not what the change was made against")]
    OldDiffers {
        /// The field's name.
        field: String,
        /// The segment, for a field that is held for each segment.
        segment: Option<Segment>,
        /// The answer that the change was made against.
        expected: Option<Box<Answer>>,
        /// The answer that the plan has.
        found: Option<Box<Answer>>,
    },
    /// There is no such segment.
    #[error("there is no segment `{0}`")]
    NoSegment(Segment),
    /// There is such a segment already.
    #[error("there is a segment `{0}` already")]
    SegmentExists(Segment),
    /// The segment's answers are not what the change was made against.
    #[error("the segment `{0}` is not what the change was made against")]
    SegmentChanged(Segment),
    /// What stands beside the answers is not what the change was made against.
    #[error("{key} is not what the change was made against")]
    ItemDiffers {
        /// What it is about.
        key: ItemKey,
        /// What the change was made against.
        expected: Option<Box<Item>>,
        /// What the plan has.
        found: Option<Box<Item>>,
    },
    /// The plan would have more segments than one may have.
    #[error("a plan has {most} segments at most, and this would make {n}; leave out or remove some of them", most = super::segment::MOST_SEGMENTS, n = .0)]
    TooManySegments(usize),
    /// The plan is approved, and the change is not its unlocking.
    #[error("the plan has been approved since {}; unlock it first", .0.on)]
    Approved(Box<Approval>),
}
