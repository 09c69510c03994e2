//! What the use cases need from the outside world, as traits that adapters meet.
//!
//! Every call that reads or writes a record names its installation.

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::{Inbound, PlanRecord, Role};
use crate::ident::{
    Channel, InboxId, Installation, MessageTs, OutboxId, Person, PlanId, Reference,
};
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

/// The store. Every change is on disk when its call returns.
#[async_trait]
pub trait Store: Send + Sync + 'static {
    /// Puts a delivery into the inbox unless one of its dedup keys was seen before.
    async fn receive(&self, origin: Origin, now: Timestamp) -> Result<Received, StoreError>;

    /// The rows of the inbox that are due, oldest first; `limit` at most.
    async fn due_inbox(&self, now: Timestamp, limit: usize) -> Result<Vec<InboxRow>, StoreError>;

    /// Puts a row of the inbox off after a failed turn: one more attempt, not before `due`.
    async fn put_off_inbox(&self, row: &InboxRow, due: Timestamp) -> Result<(), StoreError>;

    /// Gives a row of the inbox up: it becomes a dead letter.
    async fn bury_inbox(
        &self,
        row: &InboxRow,
        reason: &str,
        now: Timestamp,
    ) -> Result<(), StoreError>;

    /// Takes a lease for `hold`; `None` while somebody else has it.
    async fn lease(
        &self,
        installation: &Installation,
        on: LeaseOn,
        now: Timestamp,
        hold: SignedDuration,
    ) -> Result<Option<Lease>, StoreError>;

    /// Lets a lease go without a commit; nothing happens if it is no longer held.
    async fn release(&self, lease: &Lease) -> Result<(), StoreError>;

    /// The id of the plan that a channel points to.
    async fn current_plan(
        &self,
        installation: &Installation,
        channel: &Channel,
    ) -> Result<Option<PlanId>, StoreError>;

    /// A plan with the end of its history.
    async fn plan(
        &self,
        installation: &Installation,
        plan: &PlanId,
    ) -> Result<Option<PlanRecord>, StoreError>;

    /// A plan's changes after `after`, oldest first; `limit` at most.
    async fn history(
        &self,
        installation: &Installation,
        plan: &PlanId,
        after: Version,
        limit: usize,
    ) -> Result<Vec<Change>, StoreError>;

    /// Stores one turn's outcome, whole or not at all.
    async fn commit(&self, commit: Commit) -> Result<Committed, CommitError>;

    /// The rows of the outbox that are due, those left in `Sending` too, people before digests, then by
    /// id; only the first open row of each channel; `limit` at most.
    async fn due_outbox(&self, now: Timestamp, limit: usize) -> Result<Vec<OutboxRow>, StoreError>;

    /// Writes how far an effect has come; the row's `state`, `attempts` and `due` are stored.
    async fn mark_outbox(&self, row: &OutboxRow) -> Result<(), StoreError>;

    /// One row of the outbox, while it is kept.
    async fn outbox_row(
        &self,
        installation: &Installation,
        id: &OutboxId,
    ) -> Result<Option<OutboxRow>, StoreError>;

    /// What was given up, newest first; `limit` at most.
    async fn dead_letters(&self, limit: usize) -> Result<Vec<DeadLetter>, StoreError>;

    /// Puts a dead letter back into its queue, due at once; `false` if there is none of that id.
    async fn replay(&self, id: &str, now: Timestamp) -> Result<bool, StoreError>;

    /// Keeps a blob under the hash of its content, which it returns.
    async fn put_blob(
        &self,
        installation: &Installation,
        content: &[u8],
    ) -> Result<String, StoreError>;

    /// The blob of that hash.
    async fn get_blob(
        &self,
        installation: &Installation,
        hash: &str,
    ) -> Result<Option<Vec<u8>>, StoreError>;

    /// Removes what has been kept for its time; returns how many records went.
    async fn sweep(&self, now: Timestamp) -> Result<usize, StoreError>;
}

/// How much waits in a queue.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct QueueDepth {
    /// How many rows.
    pub rows: usize,
    /// When the oldest of them was made, as far as its id tells.
    pub oldest: Option<Timestamp>,
}

/// How the store is, in numbers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct StoreHealth {
    /// Events that wait for their turn.
    pub inbox: QueueDepth,
    /// Effects that wait to happen.
    pub outbox: QueueDepth,
    /// What was given up.
    pub dead_letters: QueueDepth,
    /// What the records take on disk.
    pub bytes_on_disk: u64,
    /// Values that are too long for the engine; anything but 0 is a bug.
    pub overlong_values: usize,
}

/// What an operator and the metrics need of the store, beside the turns.
#[async_trait]
pub trait Upkeep: Store {
    /// How the store is.
    async fn health(&self) -> Result<StoreHealth, StoreError>;

    /// Removes all that is kept for an installation; returns how many records and blobs went.
    async fn erase(&self, installation: &Installation) -> Result<usize, StoreError>;
}

/// What became of one call to deliver an effect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Delivered {
    /// It has happened.
    Sent {
        /// The message that came of it, where there is one.
        ts: Option<MessageTs>,
    },
    /// It has surely not happened; try again after this time.
    Later {
        /// At least this long.
        after: Option<SignedDuration>,
        /// Why, for the log.
        reason: String,
    },
    /// Nobody can say whether it has happened.
    Unclear {
        /// Why, for the log.
        reason: String,
    },
    /// It will never happen (the channel is gone, the token is dead, …).
    Never {
        /// Why, for an operator.
        reason: String,
    },
}

/// What became of looking for an effect that may have happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lookup {
    /// It has happened.
    Found(MessageTs),
    /// It has not happened.
    Absent,
    /// It cannot be looked up.
    Unknowable,
}

/// Delivers effects.
#[async_trait]
pub trait Messenger: Send + Sync + 'static {
    /// Makes one call.
    async fn deliver(&self, row: &OutboxRow) -> Delivered;

    /// Looks for the row's own key where it may have been posted.
    async fn look_up(&self, row: &OutboxRow) -> Lookup;
}

/// Why somebody cannot be looked up.
#[derive(Debug, Clone, thiserror::Error)]
#[error("the person cannot be looked up: {0}")]
pub struct DirectoryError(pub String);

/// Knows who people are. Answers are cached for at most an hour, in memory only.
#[async_trait]
pub trait Directory: Send + Sync + 'static {
    /// What a person is in the installation.
    async fn role(
        &self,
        installation: &Installation,
        person: &Person,
    ) -> Result<Role, DirectoryError>;
}

/// A reply that was made within a request, and the row that stands behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentReply {
    /// The row; mark it as sent when the reply has been written.
    pub row: OutboxRow,
}
