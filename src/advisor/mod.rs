//! Use cases: what the bot does with what was asked. Pure: no I/O, no clock.
//!
//! [`needs`] says what a turn must look at, `turns` gathers it into a [`Situation`], and
//! [`handle`] turns it into a [`Turn`]: changes of the plan, and replies.

mod desk;
mod form;
mod inbound;
mod own_pages;
mod port;
mod proposal;
mod request;
mod shortcut;
mod situation;
mod turn;
mod wording;
mod workspace;

// How a turn is decided.
mod act;
mod case;
mod change;
mod consequences;
mod handle;
mod held;
mod needs;
mod permission;
mod place;
mod prose;
mod refusal;
mod since;

// One file for each intent.
mod accept;
mod adopt;
mod approve;
mod ask;
mod assume;
mod baseline;
mod calc;
mod check;
mod compare;
mod decide;
mod diagnose;
mod digest;
pub use digest::{rests as digest_rests, sent_at as digest_sent_at};
mod explain;
mod export;
mod feedback;
mod fields;
mod follow;
mod fork;
mod help;
mod history;
mod impact;
mod import;
mod interview;
mod learn;
mod lesson;
mod map;
mod mode;
mod next;
mod not_applicable;
mod own_rules;
mod owner;
mod plan;
mod read;
mod rules;
mod scenario;
mod segment;
mod set;
mod settings;
mod share;
mod stage;
mod template;
mod thread;
mod threshold;
mod trigger;
mod undo;
mod unset;
mod until;
mod versions;
mod waive;
mod welcome;
mod what_if;

#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;

pub use ask::{answer_document, explained, looked_up, wording_of};
pub use desk::{
    Desk, DeskNeeds, Feedback, Kept, OpenedFile, QUESTION_KEPT, SUBJECT_KEPT, SentQuestion,
    SharedText, Tally, ThreadSubject, VOTE_KEPT, Vote,
};
pub use follow::{Against, Attention, Called, Due, Hushed};
pub use form::{
    Asks, CARRIED, Choice, Fault, Filled, Form, FormKind, Input, InputKind, LONGEST, Part, opening,
};
pub use handle::handle;
pub use inbound::{Inbound, Picked, Place, PlaceKind, Said};
pub use interview::{About, Answered as AnsweredQuestion, Asked, Interview, takes_unaddressed};
pub use needs::{Needs, needs};
pub use own_pages::{InForce, OwnPage, OwnPages, PageText, UnusedPage};
pub use permission::{Permission, Refusal, may};
pub use port::{
    AttentionDue, AttentionWrite, Commit, CommitError, Committed, DeadLetter, DedupKey, Delivered,
    Departed, Departure, Departures, DigestDue, DigestWrite, Directory, DirectoryError, Files,
    Followed, GivenUp, InboxRow, Lease, LeaseOn, Lookup, Meaning, Messenger, Model, ModelAbout,
    ModelCaps, ModelFailure, ModelUse, Moved, Moves, Origin, OutboxRow, OutboxState, PlanWrite,
    QueueDepth, Reader, Received, ReplyTo, SentReply, SnapshotWrite, Store, StoreError,
    StoreHealth, Swept, Target, ThreadAt, ThreadMessage, Threads, Transcript, Trigger, Unclear,
    Unread, Upkeep, Urgency,
};
pub use proposal::{
    Fate, Found, Gave, Ground, Heard, PlanText, Proposal, ProposedValue, ReadBy, ReadScope, Sought,
    Source, SourceState, Spoken, proposed,
};
pub use request::{Answered, Over, Turns};
pub use shortcut::Shortcut;
pub use since::Back;
pub use situation::{
    Actor, Hearing, PlanRecord, Readers, Reread, Role, SeenPlan, Situation, ThreadRead,
};
pub use turn::{Audience, Picture, Reply, Turn};
pub use wording::Wording;
pub use workspace::{ModelSwitch, Workspace, WorkspaceThreshold};
