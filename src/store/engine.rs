//! What lies below everything: keys and small values, and units that are applied whole or not at all.
//!
//! The trait is narrow on purpose: a second engine is a day's work.

use async_trait::async_trait;

use crate::advisor::StoreError;

/// The largest value that an engine takes; `codec` cuts longer ones.
///
/// sled writes a page as one message, and one of more than 128 KiB goes to a file that it never syncs.
/// A page holds 16 values, a few more before it is split or after a merge: 20 of 8 KiB were too much.
pub(super) const VALUE_LIMIT: usize = 4 * 1024;

/// The longest key that an engine takes; a page of an index holds up to 320.
pub(super) const KEY_LIMIT: usize = 256;

macro_rules! kinds {
    ($($(#[$doc:meta])+ $variant:ident = $name:literal,)+) => {
        /// A kind of record; each has a tree of its own, its keys begin with the installation.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub(super) enum Kind {
            $($(#[$doc])+ $variant,)+
        }

        impl Kind {
            /// All of them.
            pub(super) const ALL: &[Self] = &[$(Self::$variant,)+];

            /// The name of its tree; fixed once there is data.
            pub(super) fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)+
                }
            }
        }
    };
}

kinds! {
    /// About the store itself; the installation is empty.
    Meta = "meta",
    /// Events that wait for their turn.
    Inbox = "inbox",
    /// Index: inbox rows by channel, in the order in which they came.
    InboxOpen = "inbox_open",
    /// Effects that wait, or have happened lately.
    Outbox = "outbox",
    /// Index: open outbox rows by lane, in the order in which they go out.
    OutboxOpen = "outbox_open",
    /// Index: the first open row of each lane by urgency and the instant it is due.
    OutboxReady = "outbox_ready",
    /// The first open row of each lane.
    Lane = "lane",
    /// Dedup keys.
    Seen = "seen",
    /// Leases.
    Lease = "lease",
    /// The sheets of plans.
    Plan = "plan",
    /// The histories of plans, one record a change.
    Change = "change",
    /// Which plan a channel points to.
    Pointer = "pointer",
    /// How the digests of channels stand.
    Digest = "digest",
    /// Index: when digests are due.
    DigestDue = "digest_due",
    /// What workspaces have used of the language model.
    ModelUse = "model_use",
    /// The settings of workspaces.
    Workspace = "workspace",
    /// The texts of the pages of rules that workspaces have added themselves.
    RulePage = "rule_page",
    /// Documents that were learned, without their text.
    Document = "document",
    /// Their text.
    DocumentText = "document_text",
    /// What threads are about.
    Subject = "subject",
    /// What people said of answers, one record a person and answer.
    Vote = "vote",
    /// The same, counted by entry.
    Tally = "tally",
    /// Questions that were sent on.
    SentQuestion = "sent_question",
    /// What shared checks of plans found.
    Snapshot = "snapshot",
    /// Which of them each plan still has.
    SnapshotsKept = "snapshots_kept",
    /// How channels are attended to.
    Attention = "attention",
    /// Index: when something is to be said of what was heard in a channel.
    AttentionDue = "attention_due",
    /// What was read out of conversations.
    Proposal = "proposal",
    /// Index: proposals by the thread that they were read out of.
    ProposalIn = "proposal_in",
    /// The messages that values of plans came from.
    Source = "source",
    /// What channels go by now that had another id.
    Moved = "moved",
    /// What was given up.
    Dead = "dead",
    /// Workspaces that have removed the app; the installation is empty.
    Gone = "gone",
    /// Index: what is removed when.
    Expiry = "expiry",
    /// Parts of values that are too long for one record.
    Part = "part",
}

/// The place of one value.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Slot {
    /// The tree.
    pub(super) kind: Kind,
    /// The key in it.
    pub(super) key: Vec<u8>,
}

/// What must hold when a unit is applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Guard {
    /// Nothing stands there.
    Absent(Slot),
    /// Exactly these bytes stand there.
    Is(Slot, Vec<u8>),
}

/// Writes that are applied whole, and only if all guards hold. Deletes come before puts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Unit {
    /// What must hold.
    pub(super) guards: Vec<Guard>,
    /// What goes.
    pub(super) deletes: Vec<Slot>,
    /// What comes.
    pub(super) puts: Vec<(Slot, Vec<u8>)>,
}

/// What became of a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Applied {
    /// It is on disk.
    Done,
    /// A guard did not hold: nothing was written. Read again and decide anew.
    Conflict,
}

/// Which way a scan goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    /// Smallest key first.
    Up,
    /// Largest key first.
    Down,
}

/// A part of a tree: the keys with a prefix, between two bounds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Scan {
    /// The tree.
    pub(super) kind: Kind,
    /// What the keys begin with.
    pub(super) prefix: Vec<u8>,
    /// The smallest key that counts.
    pub(super) from: Option<Vec<u8>>,
    /// The first key that no longer counts.
    pub(super) to: Option<Vec<u8>>,
    /// Which way.
    pub(super) order: Order,
    /// How many at most.
    pub(super) limit: usize,
}

impl Scan {
    /// All keys with a prefix, smallest first.
    pub(super) fn all(kind: Kind, prefix: Vec<u8>) -> Self {
        Self {
            kind,
            prefix,
            from: None,
            to: None,
            order: Order::Up,
            limit: usize::MAX,
        }
    }

    /// No more than `limit`.
    pub(super) fn limit(self, limit: usize) -> Self {
        Self { limit, ..self }
    }

    /// Only keys from this one on.
    pub(super) fn from(self, key: Vec<u8>) -> Self {
        Self {
            from: Some(key),
            ..self
        }
    }

    /// Only keys before this one.
    pub(super) fn to(self, key: Vec<u8>) -> Self {
        Self {
            to: Some(key),
            ..self
        }
    }

    /// Largest key first.
    pub(super) fn down(self) -> Self {
        Self {
            order: Order::Down,
            ..self
        }
    }
}

/// A key and its value, as they lie in the engine.
pub(super) type Entry = (Vec<u8>, Vec<u8>);

/// How an engine is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct EngineStats {
    /// Bytes on disk.
    pub(super) bytes_on_disk: u64,
    /// Files that hold values too long for the engine; must stay 0.
    pub(super) overlong_values: usize,
}

/// Keeps keys and values.
#[async_trait]
pub(super) trait Engine: Send + Sync + 'static {
    /// One value.
    fn get(&self, slot: &Slot) -> Result<Option<Vec<u8>>, StoreError>;

    /// Several values.
    fn scan(&self, scan: &Scan) -> Result<Vec<Entry>, StoreError>;

    /// Applies a unit; it is on disk on return. Everything applied before is on disk too, so an
    /// empty unit waits for what a read has just seen.
    async fn commit(&self, unit: Unit) -> Result<Applied, StoreError>;

    /// Runs `work` while nothing is written, so that it sees one state of everything.
    async fn stand_still(&self, work: Box<dyn FnOnce() + Send>) -> Result<(), StoreError>;

    /// Waits until it can no longer be trusted and takes nothing more; for ever while all is well.
    async fn failed(&self) -> StoreError;

    /// How it is. Blocks.
    fn stats(&self) -> Result<EngineStats, StoreError>;

    /// Finishes what is queued and refuses the rest. Blocks.
    fn close(&self);
}

/// Runs what waits for the disk where it stops nobody else.
pub(super) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
) -> Result<T, StoreError> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|e| StoreError::Io(e.to_string()))?
}
