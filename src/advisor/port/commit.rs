//! One turn's outcome, stored whole or not at all.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{DedupKey, OutboxRow, StoreError};
use crate::advisor::{Attention, Kept, Proposal, Source, Workspace};
use crate::digest::Standing;
use crate::ident::{Channel, InboxId, Installation, PlanId};
use crate::plan::{Change, Plan, Version};
use crate::report::Snapshot;

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

/// The part of a commit that changes how a channel's digest stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DigestWrite {
    /// The channel.
    pub channel: Channel,
    /// How it stands from now on; its revision is the one that was read, and the store makes the
    /// next one of it.
    pub standing: Standing,
}

/// The part of a commit that keeps what a shared check found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SnapshotWrite {
    /// The plan that was checked.
    pub plan: PlanId,
    /// What was found.
    pub snapshot: Snapshot,
}

/// The part of a commit that changes how a channel is attended to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttentionWrite {
    /// The channel.
    pub channel: Channel,
    /// How it is attended to from now on; its revision is the one that was read, and the store
    /// makes the next one of it.
    pub attention: Attention,
}

/// Something that was heard in a channel and has come due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttentionDue {
    /// The installation.
    pub installation: Installation,
    /// The channel.
    pub channel: Channel,
    /// Since when.
    pub at: Timestamp,
}

/// A digest that has come due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DigestDue {
    /// The installation.
    pub installation: Installation,
    /// The channel.
    pub channel: Channel,
    /// Since when.
    pub period: Timestamp,
}

/// One turn's outcome, stored whole or not at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commit {
    /// The installation.
    pub installation: Installation,
    /// The instant of the commit.
    pub now: Timestamp,
    /// When that was said which it comes of. What was said before its workspace was erased leaves
    /// nothing.
    pub since: Timestamp,
    /// The lease that the turn holds; let go by this commit.
    pub lease: Option<Lease>,
    /// The dedup keys of a delivery that is answered at once, claimed by this commit. An event's
    /// keys were claimed when it was received.
    pub claims: Vec<DedupKey>,
    /// The inbox row that this turn has worked off.
    pub inbox_done: Option<InboxId>,
    /// The change of the plan.
    pub plan: Option<PlanWrite>,
    /// The change of how a digest stands.
    pub digest: Option<DigestWrite>,
    /// The workspace's settings from now on; their revision is the one that was read.
    pub workspace: Option<Workspace>,
    /// What is kept, or kept no more, beside the plan.
    pub kept: Vec<Kept>,
    /// What a shared check found.
    pub snapshot: Option<SnapshotWrite>,
    /// The change of how the channel is attended to.
    pub attention: Option<AttentionWrite>,
    /// Proposals that are new or have changed; each against the revision that was read.
    pub proposals: Vec<Proposal>,
    /// The messages that values of the plan came from; what is known of them already is added to.
    pub sources: Vec<Source>,
    /// The effects, in order.
    pub outbox: Vec<OutboxRow>,
}

impl Commit {
    /// A commit of nothing; whoever makes one says what it is about.
    pub fn empty(installation: Installation, now: Timestamp) -> Self {
        Self {
            installation,
            now,
            since: now,
            lease: None,
            claims: Vec::new(),
            inbox_done: None,
            plan: None,
            digest: None,
            workspace: None,
            kept: Vec::new(),
            snapshot: None,
            attention: None,
            proposals: Vec::new(),
            sources: Vec::new(),
            outbox: Vec::new(),
        }
    }
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
    /// How the digest stands was changed by somebody else: run the turn again.
    #[error("the digest was set by somebody else")]
    StaleDigest,
    /// The workspace's settings were changed by somebody else: run the turn again.
    #[error("the workspace's settings were changed by somebody else")]
    StaleWorkspace,
    /// How the channel is attended to was changed by somebody else: run the turn again.
    #[error("the channel is attended to in another way by now")]
    StaleAttention,
    /// A proposal was changed by somebody else: run the turn again.
    #[error("the proposal was changed by somebody else")]
    StaleProposal,
    /// The channel goes by another id by now: run the turn again there.
    #[error("the channel has another id by now")]
    Moved,
    /// Somebody else took the lease after it had expired.
    #[error("the lease was taken by somebody else")]
    StaleLease,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}
