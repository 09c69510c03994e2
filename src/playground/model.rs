//! People, channels, messages, and the updates that all change comes by.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What somebody may do here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Runs the workspace.
    Admin,
    /// A full member.
    Member,
    /// Sees only the channels that they were added to.
    Guest,
    /// Of another organisation, here by a channel that both share.
    External,
    /// The bot that is being tried.
    App,
    /// Who speaks for the workspace: errors of commands, refusals.
    Slackbot,
}

/// Somebody who can be spoken as, or the bot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// `U…`.
    pub id: String,
    /// What one types after `@`.
    pub name: String,
    /// The full name.
    pub real_name: String,
    /// What they do.
    pub title: String,
    /// Their IANA time zone.
    pub tz: String,
    /// What they may do.
    pub role: Role,
}

/// The sort of a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Open to every full member.
    Public,
    /// Seen by its members only.
    Private,
    /// Between one person and the app.
    Direct,
}

/// A conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Channel {
    /// `C…`, or `D…` for a direct one.
    pub id: String,
    /// The name without `#`; empty for a direct one.
    pub name: String,
    /// What it is about.
    pub topic: String,
    /// Its sort.
    pub kind: Kind,
    /// Ids of who is in it.
    pub members: Vec<String>,
    /// Closed for good: read only.
    #[serde(default)]
    pub archived: bool,
}

/// An emoji that people put on a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reaction {
    /// The emoji's name without colons.
    pub name: String,
    /// Who put it.
    pub users: Vec<String>,
}

/// A message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// Its identity in the channel; sorts by time.
    pub ts: String,
    /// The author's id.
    pub user: String,
    /// The words, in Slack's own markup.
    pub text: String,
    /// Its blocks, with every id filled in; empty for plain words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub blocks: Vec<Value>,
    /// The thread's first message, for a reply.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thread_ts: Option<String>,
    /// `thread_broadcast` and the like.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subtype: Option<String>,
    /// When it was last edited, as a ts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edited: Option<String>,
    /// The app's metadata.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Value>,
    /// What people put on it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reactions: Vec<Reaction>,
    /// The files that were shared with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<File>,
}

/// A file of a message, without its bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// How many bytes it has.
    pub size: usize,
    /// What it shows, in words; empty where nobody said.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub alt: String,
}

impl Message {
    /// A message with words only.
    pub fn plain(ts: impl Into<String>, user: &str, text: &str) -> Self {
        Self {
            ts: ts.into(),
            user: user.to_owned(),
            text: text.to_owned(),
            blocks: Vec::new(),
            thread_ts: None,
            subtype: None,
            edited: None,
            metadata: None,
            reactions: Vec::new(),
            files: Vec::new(),
        }
    }

    /// Whether the channel itself shows it (and not only its thread).
    pub fn in_channel(&self) -> bool {
        self.thread_ts.is_none() || self.subtype.as_deref() == Some("thread_broadcast")
    }

    /// Whether it answers in that thread.
    pub fn answers(&self, root: &str) -> bool {
        self.thread_ts.as_deref() == Some(root)
    }
}

/// A modal view that one person has open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct View {
    /// Its id.
    pub id: String,
    /// Who has it open.
    pub person: String,
    /// Changes with each version of it.
    pub hash: String,
    /// What the app sent, with every id filled in.
    pub view: Value,
}

/// One thing that happened in the workspace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Update {
    /// Somebody is here, or changed.
    Person(Person),
    /// A conversation is here, or changed.
    Channel(Channel),
    /// A message is here, or changed.
    Message {
        /// Where.
        channel: String,
        /// What it is now.
        message: Message,
    },
    /// A message is gone.
    Gone {
        /// Where.
        channel: String,
        /// Which.
        ts: String,
    },
    /// Somebody has read a channel up to a message.
    Read {
        /// Who.
        person: String,
        /// Where.
        channel: String,
        /// Up to which message.
        ts: String,
    },
    /// One person alone sees a message; lost at a restart, as in Slack.
    Ephemeral {
        /// Who.
        person: String,
        /// Where.
        channel: String,
        /// What.
        message: Message,
    },
    /// An ephemeral message is gone.
    EphemeralGone {
        /// Whose.
        person: String,
        /// Where.
        channel: String,
        /// Which.
        ts: String,
    },
    /// A view is open, or changed; lost at a restart.
    View(View),
    /// A view is closed.
    ViewGone {
        /// Whose.
        person: String,
        /// Which.
        id: String,
    },
    /// Something went wrong between the playground and the bot; shown once, kept nowhere.
    Notice {
        /// Who is told.
        person: String,
        /// What happened.
        text: String,
    },
}

impl Update {
    /// Whether it outlives a restart.
    pub(super) fn is_kept(&self) -> bool {
        !matches!(
            self,
            Self::Ephemeral { .. }
                | Self::EphemeralGone { .. }
                | Self::View(_)
                | Self::ViewGone { .. }
                | Self::Notice { .. }
        )
    }
}
