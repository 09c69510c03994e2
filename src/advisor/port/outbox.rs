//! Effects that wait to happen, or have happened lately.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::ReplyTo;
use crate::digest::slot;
use crate::ident::{Channel, Installation, MessageTs, OutboxId, Person, Reference};
use crate::intent::Personal;
use crate::map::Map;
use crate::render::Document;

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
    /// In the thread of the message that another row of the channel has become; nothing where that one
    /// was not posted.
    Below {
        /// The other row.
        row: OutboxId,
    },
    /// A message to one person alone; the row's channel names whom.
    Person,
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
    /// It was taken back before it had happened: nobody wants it any more.
    Withdrawn {
        /// When.
        at: Timestamp,
    },
    /// It will not happen; the reason is one of ours, free of text.
    Dead {
        /// When it was given up.
        at: Timestamp,
        /// Why, in words for an operator.
        reason: String,
        /// The same, as far as something follows from it.
        #[serde(default)]
        why: GivenUp,
    },
}

/// Why an effect was given up, as far as something follows from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GivenUp {
    /// The call's answer was lost, and nobody may look whether it has happened.
    Unknown,
    /// The channel cannot be written to any more: archived, deleted, or left by the bot.
    NoChannel,
    /// The installation's token is no longer good.
    NoToken,
    /// It could not happen while it was of use.
    TooLate,
    /// Anything else.
    #[default]
    Other,
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
    /// The map that is shown as a picture in the place of the document, where the bot may share files.
    #[serde(default)]
    pub picture: Option<Map>,
    /// Who waits for it.
    pub urgency: Urgency,
    /// What to do after an unclear outcome.
    pub unclear: Unclear,
    /// Not before this instant.
    pub due: Timestamp,
    /// Useless from this instant on: it is then given up.
    pub use_by: Timestamp,
    /// When what it says was to be said, of what comes by a schedule: if it is late, it says so.
    #[serde(default)]
    pub period: Option<Timestamp>,
    /// Whether it stands beside its channel's order: its words are still being looked for, and nobody
    /// else waits for them.
    #[serde(default)]
    pub aside: bool,
    /// How many calls have failed. A wait that the other side asked for is none.
    pub attempts: u32,
    /// How far it has come.
    pub state: OutboxState,
    /// The id that a failure message shows and the log explains.
    pub reference: Reference,
}

impl OutboxRow {
    /// The names of the standings that it may carry a digest of.
    pub fn standings(&self) -> Vec<Channel> {
        match self.target {
            Target::Person => {
                let person = Person::new(self.channel.as_str());
                Personal::ALL.map(|about| slot(about, &person)).to_vec()
            }
            _ => vec![self.channel.clone()],
        }
    }
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

/// A reply that was made within a request, and the row that stands behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentReply {
    /// The row; mark it as sent when the reply has been written.
    pub row: OutboxRow,
}
