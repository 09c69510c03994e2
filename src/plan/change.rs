//! One change of a plan: what, by whom, when, how and from which message. Changes are only appended.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Answer, Segment};
use crate::ident::{Channel, MessageTs, Person};

/// A plan's version: the number of changes so far. A write names the one that it was made against.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Version(pub u64);

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
    /// A segment is added, with no answers.
    AddSegment {
        /// Its name.
        segment: Segment,
    },
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
