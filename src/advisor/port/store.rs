//! The store, as the use cases see it.

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};

use super::{
    AttentionDue, Commit, CommitError, Committed, DeadLetter, Departed, Departures, DigestDue,
    InboxRow, Lease, LeaseOn, Moves, Origin, OutboxRow, Received,
};
use crate::advisor::{
    Attention, Feedback, ModelCaps, ModelFailure, ModelUse, PlanRecord, Proposal, Source,
    ThreadSubject, Workspace,
};
use crate::digest::Standing;
use crate::documents::{Document, Learned};
use crate::ident::{Channel, Installation, MessageTs, OutboxId, PlanId, ProposalId};
use crate::plan::{Change, Version};
use crate::report::Snapshot;

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
    /// The installation has removed the app, and what this comes of was said before; nothing was
    /// stored.
    #[error("the workspace has removed the app")]
    Gone,
    /// The store is shutting down.
    #[error("the store is closed")]
    Closed,
}

/// The store. Every change is on disk when its call returns.
#[async_trait]
pub trait Store: Departures + Moves {
    /// Puts a delivery into the inbox unless one of its dedup keys was seen before.
    async fn receive(&self, origin: Origin, now: Timestamp) -> Result<Received, StoreError>;

    /// The rows of the inbox that are due, oldest first; only the first row of each channel; `limit` at
    /// most.
    async fn due_inbox(&self, now: Timestamp, limit: usize) -> Result<Vec<InboxRow>, StoreError>;

    /// What waits in the inbox for its turn in a channel, oldest first.
    async fn inbox_of(
        &self,
        installation: &Installation,
        channel: &Channel,
    ) -> Result<Vec<InboxRow>, StoreError>;

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

    /// How a channel's digest stands.
    async fn digest(
        &self,
        installation: &Installation,
        channel: &Channel,
    ) -> Result<Option<Standing>, StoreError>;

    /// What the newest shared checks of a plan found, oldest first; `limit` at most. The newest are
    /// all kept and older ones one a week: [`crate::report::outlived`] says which.
    async fn snapshots(
        &self,
        installation: &Installation,
        plan: &PlanId,
        limit: usize,
    ) -> Result<Vec<Snapshot>, StoreError>;

    /// How a channel is attended to; `None` where nobody has ever chosen.
    async fn attention(
        &self,
        installation: &Installation,
        channel: &Channel,
    ) -> Result<Option<Attention>, StoreError>;

    /// What was heard in channels and is due, oldest first in each installation; `limit` at most. It
    /// costs what is due, and one look-up for each installation.
    async fn due_attention(
        &self,
        now: Timestamp,
        limit: usize,
    ) -> Result<Vec<AttentionDue>, StoreError>;

    /// A proposal, while it is kept.
    async fn proposal(
        &self,
        installation: &Installation,
        id: &ProposalId,
    ) -> Result<Option<Proposal>, StoreError>;

    /// The proposals that were read out of a thread and are kept, oldest first.
    async fn proposals(
        &self,
        installation: &Installation,
        channel: &Channel,
        thread: &MessageTs,
    ) -> Result<Vec<Proposal>, StoreError>;

    /// All proposals of a channel that are kept.
    async fn proposals_of_channel(
        &self,
        installation: &Installation,
        channel: &Channel,
    ) -> Result<Vec<Proposal>, StoreError>;

    /// What came from a message into plans.
    async fn source(
        &self,
        installation: &Installation,
        channel: &Channel,
        ts: &MessageTs,
    ) -> Result<Option<Source>, StoreError>;

    /// The messages of a channel that values of its plans came from.
    async fn sources(
        &self,
        installation: &Installation,
        channel: &Channel,
    ) -> Result<Vec<Source>, StoreError>;

    /// The digests that are due, oldest first in each installation; `limit` at most. It costs what
    /// is due, and one look-up for each installation.
    async fn due_digests(&self, now: Timestamp, limit: usize)
    -> Result<Vec<DigestDue>, StoreError>;

    /// The workspace's settings; `None` if nobody has ever changed one.
    async fn workspace(&self, installation: &Installation)
    -> Result<Option<Workspace>, StoreError>;

    /// The text of a page of a workspace's own rules.
    async fn rule_page(
        &self,
        installation: &Installation,
        id: &str,
    ) -> Result<Option<String>, StoreError>;

    /// What a workspace has used of the language model.
    async fn model_use(&self, installation: &Installation) -> Result<Option<ModelUse>, StoreError>;

    /// Books a call of the language model that takes `tokens` at most, unless a cap forbids it.
    async fn book_model(
        &self,
        installation: &Installation,
        tokens: u64,
        caps: ModelCaps,
        now: Timestamp,
    ) -> Result<Result<(), ModelFailure>, StoreError>;

    /// A call that was booked with `booked` tokens took `used`.
    async fn settle_model(
        &self,
        installation: &Installation,
        booked: u64,
        used: u64,
        now: Timestamp,
    ) -> Result<(), StoreError>;
    /// The documents that are looked up in a channel, its own and the workspace's, oldest first.
    async fn documents(
        &self,
        installation: &Installation,
        channel: &Channel,
    ) -> Result<Vec<Document>, StoreError>;

    /// A document with its text.
    async fn learned(
        &self,
        installation: &Installation,
        document: &Document,
    ) -> Result<Option<Learned>, StoreError>;

    /// What a thread is about, while that is kept.
    async fn subject(
        &self,
        installation: &Installation,
        channel: &Channel,
        thread: &MessageTs,
    ) -> Result<Option<ThreadSubject>, StoreError>;

    /// What people said of answers.
    async fn feedback(&self, installation: &Installation) -> Result<Feedback, StoreError>;

    /// Stores one turn's outcome, whole or not at all.
    async fn commit(&self, commit: Commit) -> Result<Committed, CommitError>;

    /// The rows of the outbox that are due, those left in `Sending` too, people before digests,
    /// then by id; only the first open row of each channel; `limit` at most. Of the digests of one
    /// installation only the `digests_of_one` that have waited longest, so that others have their turn.
    async fn due_outbox(
        &self,
        now: Timestamp,
        limit: usize,
        digests_of_one: usize,
    ) -> Result<Vec<OutboxRow>, StoreError>;

    /// Writes how far an effect has come; the row's `state`, `attempts` and `due` are stored.
    async fn mark_outbox(&self, row: &OutboxRow) -> Result<(), StoreError>;

    /// Gives a row that still waits for its first call another text and another time; `false` if it
    /// waits no more.
    async fn reword(&self, row: &OutboxRow) -> Result<bool, StoreError>;

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

    /// Removes what has been kept for its time.
    async fn sweep(&self, now: Timestamp) -> Result<Swept, StoreError>;

    /// Sets right, by a clock that was ahead and is set back, the digests and effects that wait for
    /// longer than they would have; returns how many. It costs what waits.
    async fn set_right(&self, now: Timestamp) -> Result<usize, StoreError>;
}

/// What a sweep came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Swept {
    /// How many records went.
    pub removed: usize,
    /// How many are left whose time may be over: a newer version of this program wrote them.
    pub left: usize,
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

    /// The installations that have removed the app, as long as that is remembered.
    async fn departed(&self) -> Result<Vec<Departed>, StoreError>;
}
