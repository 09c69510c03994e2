//! What the use cases need from the outside world, as traits that adapters meet.
//!
//! Every call that reads or writes a record names its installation.

mod commit;
mod departure;
mod files;
mod inbox;
mod meaning;
mod model;
mod moved;
mod outbox;
mod people;
mod store;
mod threads;

pub use commit::{
    AttentionDue, AttentionWrite, Commit, CommitError, Committed, DigestDue, DigestWrite, Lease,
    LeaseOn, PlanWrite, SnapshotWrite,
};
pub use departure::{Departed, Departure, Departures};
pub use files::{Files, Reader};
pub use inbox::{DedupKey, InboxRow, Origin, Received, ReplyTo, Trigger};
pub use meaning::Meaning;
pub use model::{Model, ModelAbout, ModelCaps, ModelFailure, ModelUse};
pub use moved::{Followed, Moved, Moves};
pub use outbox::{
    DeadLetter, GivenUp, OutboxRow, OutboxState, SentReply, Target, Unclear, Urgency,
};
pub use people::{Delivered, Directory, DirectoryError, Lookup, Messenger};
pub use store::{QueueDepth, Store, StoreError, StoreHealth, Swept, Upkeep};
pub use threads::{ThreadAt, ThreadMessage, Threads, Transcript, Unread};
