//! What has reached the bot and waits for its turn.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::advisor::Inbound;
use crate::ident::InboxId;

/// A key that makes a repeat recognisable; free of message text.
///
/// For example `event:A1:Ev123`, `said:C1:1700000000.000100`, `trigger:1.2.abc`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DedupKey(pub String);

/// Where a command or click wants its answer, beside the place it came from.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReplyTo {
    /// The short-lived address that takes replies; a capability, so it is never printed.
    pub response_url: String,
}

impl std::fmt::Debug for ReplyTo {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ReplyTo(..)")
    }
}

/// The right to open one form over what somebody looks at; it lasts three seconds, and is never
/// printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Trigger(pub String);

impl std::fmt::Debug for Trigger {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Trigger(..)")
    }
}

/// One delivery from outside: what was said, and how a repeat of it is recognised.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// What was said or done.
    pub inbound: Inbound,
    /// Any of these seen before makes it a repeat; at least one.
    pub dedup: Vec<DedupKey>,
    /// Where a command or click wants its answer.
    pub reply_to: Option<ReplyTo>,
    /// The right to open a form; of no use to anybody who reads it later.
    #[serde(skip)]
    pub trigger: Option<Trigger>,
}

/// What became of a delivery handed to the inbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Received {
    /// It is on disk and will be worked on.
    New(InboxId),
    /// It was received before; nothing was stored.
    Duplicate,
    /// It is of no concern to any plan; nothing was stored.
    Unconcerned,
}

/// A received event that waits for its turn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InboxRow {
    /// Its id.
    pub id: InboxId,
    /// What was received.
    pub origin: Origin,
    /// How many turns of it have failed.
    pub attempts: u32,
    /// Not before this instant.
    pub due: Timestamp,
}
