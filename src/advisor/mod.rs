//! Use cases: what the bot does with what was asked. Pure: no I/O, no clock.
//!
//! [`needs`] says what a turn must look at, `turns` gathers it into a [`Situation`], and
//! [`handle`] turns it into a [`Turn`]: changes of the plan, and replies.

mod inbound;
mod port;
mod situation;
mod turn;
mod upkeep;

pub use inbound::{Inbound, Place, PlaceKind, Said};
pub use port::{
    Commit, CommitError, Committed, DeadLetter, DedupKey, Delivered, Directory, DirectoryError,
    InboxRow, Lease, LeaseOn, Lookup, Messenger, Origin, OutboxRow, OutboxState, PlanWrite,
    Received, ReplyTo, SentReply, Store, StoreError, Target, Unclear, Urgency,
};
pub use situation::{Actor, PlanRecord, Role, Situation};
pub use turn::{Audience, Reply, Turn};
pub use upkeep::{QueueDepth, StoreHealth, Upkeep};
