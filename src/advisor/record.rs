//! What the store keeps for the use cases: deliveries, leases, commits, effects, dead letters.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Inbound;
use crate::ident::{Channel, InboxId, Installation, MessageTs, OutboxId, PlanId, Reference};
use crate::plan::{Change, Plan, Version};
use crate::render::Document;

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

/// One delivery from outside: what was said, and how a repeat of it is recognised.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// What was said or done.
    pub inbound: Inbound,
    /// Any of these seen before makes it a repeat; at least one.
    pub dedup: Vec<DedupKey>,
    /// Where a command or click wants its answer.
    pub reply_to: Option<ReplyTo>,
}

/// What became of a delivery handed to the inbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Received {
    /// It is on disk and will be worked on.
    New(InboxId),
    /// It was received before; nothing was stored.
    Duplicate,
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

/// What a lease excludes others from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LeaseOn {
    /// One plan.
    Plan(PlanId),
    /// A channel that has no plan yet.
    Channel(Channel),
}

/// The right to change something, until it expires. A commit names it; the store refuses one whose
/// fence is not the newest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lease {
    /// The installation.
    pub installation: Installation,
    /// What it excludes others from.
    pub on: LeaseOn,
    /// Grows with every grant of this lease, also across restarts.
    pub fence: u64,
    /// Others may take it from this instant on.
    pub until: Timestamp,
}

/// The part of a commit that changes a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanWrite {
    /// The channel whose current plan this is; pointed at the plan if it points nowhere yet.
    pub channel: Channel,
    /// The sheet after the changes.
    pub plan: Plan,
    /// The version that the changes were made against.
    pub against: Version,
    /// The changes, in order; their versions follow `against` without a gap.
    pub changes: Vec<Change>,
}

/// One turn's outcome, stored whole or not at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commit {
    /// The installation.
    pub installation: Installation,
    /// The instant of the commit.
    pub now: Timestamp,
    /// The lease that the turn holds; let go by this commit.
    pub lease: Option<Lease>,
    /// The dedup keys of a delivery that is answered at once, claimed by this commit. An event's
    /// keys were claimed when it was received.
    pub claims: Vec<DedupKey>,
    /// The inbox row that this turn has worked off.
    pub inbox_done: Option<InboxId>,
    /// The change of the plan.
    pub plan: Option<PlanWrite>,
    /// The effects, in order.
    pub outbox: Vec<OutboxRow>,
}

/// What became of a commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Committed {
    /// It is on disk.
    Done,
    /// One of its `claims` was made before: nothing was stored. The rows that the first commit
    /// wrote, as far as they are still kept.
    Duplicate(Vec<OutboxRow>),
}

/// Why a commit was refused; nothing was stored.
#[derive(Debug, thiserror::Error)]
pub enum CommitError {
    /// The plan has moved on: run the turn again on what it is now.
    #[error("the plan is at version {} already", .current.0)]
    StalePlan {
        /// The version that the plan has now.
        current: Version,
    },
    /// Somebody else took the lease after it had expired.
    #[error("the lease was taken by somebody else")]
    StaleLease,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The store failed; the message has no record's content in it.
#[derive(Debug, Clone, thiserror::Error)]
pub enum StoreError {
    /// Reading or writing failed.
    #[error("the store cannot be read or written: {0}")]
    Io(String),
    /// A record's checksum or seal does not fit.
    #[error("a stored record is damaged: {0}")]
    Damaged(String),
    /// A record is sealed with a key that is not configured.
    #[error("a stored record is sealed with key {0}, which is not configured")]
    NoKey(u32),
    /// A record was written by a newer version of this program.
    #[error("a stored record was written by a newer version of this program: {0}")]
    TooNew(String),
    /// What was asked for cannot be stored, whatever state the store is in; nothing was stored.
    #[error("the store refuses this: {0}")]
    Refused(String),
    /// The store is shutting down.
    #[error("the store is closed")]
    Closed,
}

/// Where an effect goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "to", rename_all = "snake_case")]
pub enum Target {
    /// To the address that came with a command or click.
    Response {
        /// The address.
        reply_to: ReplyTo,
        /// Seen by the whole channel.
        everyone: bool,
        /// Takes the place of the message that the click or command belongs to.
        replaces: bool,
        /// The thread to answer in.
        thread: Option<MessageTs>,
    },
    /// A message in a channel or thread.
    Post {
        /// The thread's root; `None` posts to the channel itself.
        thread: Option<MessageTs>,
    },
}

/// Who waits for an effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Urgency {
    /// A person.
    Person,
    /// Nobody in particular: a digest.
    Digest,
}

/// What to do when nobody can say whether an effect has happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unclear {
    /// Do it again: an answer to a person may come twice, never not at all.
    Repeat,
    /// Leave it, and report "outcome unknown": a digest is never sent twice.
    Report,
}

/// How far an effect has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum OutboxState {
    /// It waits for `OutboxRow::due`.
    Waiting,
    /// A call was begun at `since` and its outcome is not on disk: after a restart it is unclear.
    Sending {
        /// When the call was begun.
        since: Timestamp,
    },
    /// It has happened.
    Sent {
        /// When.
        at: Timestamp,
        /// The message that came of it, where there is one.
        ts: Option<MessageTs>,
    },
    /// It will not happen; the reason is one of ours, free of text.
    Dead {
        /// When it was given up.
        at: Timestamp,
        /// Why, in words for an operator.
        reason: String,
    },
}

/// One effect that waits to happen, or has happened lately.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutboxRow {
    /// Its id; also its idempotency key in the message's metadata.
    pub id: OutboxId,
    /// The installation.
    pub installation: Installation,
    /// The channel; rows of one channel go out in the order of their ids.
    pub channel: Channel,
    /// Where it goes.
    pub target: Target,
    /// What it says.
    pub document: Document,
    /// Who waits for it.
    pub urgency: Urgency,
    /// What to do after an unclear outcome.
    pub unclear: Unclear,
    /// Not before this instant.
    pub due: Timestamp,
    /// Useless from this instant on: it is then given up.
    pub use_by: Timestamp,
    /// How many calls have failed.
    pub attempts: u32,
    /// How far it has come.
    pub state: OutboxState,
    /// The id that a failure message shows and the log explains.
    pub reference: Reference,
}

/// Something given up, as an operator may see it: ids and reasons, never text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeadLetter {
    /// The installation.
    pub installation: Installation,
    /// The id of the inbox or outbox row.
    pub id: String,
    /// `inbox` or `outbox`.
    pub queue: String,
    /// The channel.
    pub channel: Channel,
    /// When it was given up.
    pub at: Timestamp,
    /// Why.
    pub reason: String,
    /// How often it was tried.
    pub attempts: u32,
}
