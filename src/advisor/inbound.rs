//! What reaches the bot, in the bot's own words: one type for every door.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Filled, Found, Shortcut};
use crate::documents::SharedFile;
use crate::ident::{Channel, Installation, MessageTs, Person};
use crate::intent::Personal;

/// Something that somebody said or did, decoded at the edge and verified before that.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inbound {
    /// The installation it belongs to.
    pub installation: Installation,
    /// Where it happened.
    pub place: Place,
    /// Who did it.
    pub by: Person,
    /// What was said or done.
    pub said: Said,
    /// When it happened.
    pub at: Timestamp,
    /// The files that came along.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<SharedFile>,
}

/// Where something happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The channel.
    pub channel: Channel,
    /// The root of the thread, where it happened in one.
    pub thread: Option<MessageTs>,
    /// What kind of channel it is.
    pub kind: PlaceKind,
}

/// The kinds of place, as far as they change what may be said there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlaceKind {
    /// A channel, public or private.
    Channel,
    /// A direct message with the bot.
    Direct,
}

/// A message that somebody has picked out of a conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picked {
    /// The words, without the bot's own mention.
    pub words: String,
    /// The message's identity.
    pub ts: MessageTs,
    /// Who said it; nobody where it was a bot.
    pub by: Option<Person>,
    /// When it was said.
    pub at: Timestamp,
    /// What it was picked for.
    #[serde(default)]
    pub shortcut: Shortcut,
    /// Where people open it, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
}

/// What was said or done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "door", rename_all = "snake_case")]
pub enum Said {
    /// A slash command; `words` is all that follows the command's name.
    Command {
        /// All that follows the command's name.
        words: String,
    },
    /// A message that mentions the bot; `words` is the message without that mention.
    Mention {
        /// The message without the bot's own mention.
        words: String,
        /// The message.
        ts: MessageTs,
    },
    /// A message in a direct conversation with the bot.
    Direct {
        /// The message.
        words: String,
        /// The message's identity.
        ts: MessageTs,
    },
    /// A button; it runs the command that it carries, as if whoever pressed it had typed it.
    Click {
        /// The button's command; untrusted, authorised again like any command.
        words: String,
        /// The message that holds the button, where it is not an ephemeral one.
        card: Option<MessageTs>,
    },
    /// A message that somebody has picked from its menu.
    Picked(Picked),
    /// A form that somebody has sent off.
    Filled(Filled),
    /// The bot was added to a channel by `Inbound::by`.
    Invited,
    /// A message in a channel that was not said to the bot.
    Overheard {
        /// The message.
        words: String,
        /// The message's identity.
        ts: MessageTs,
    },
    /// What was heard in a channel has come due; nobody said anything.
    FollowUp {
        /// The instant at which it was due.
        at: Timestamp,
    },
    /// A message of a person was changed by its author. It never runs a command.
    Edited {
        /// The message as it is now, without the bot's own mention.
        words: String,
        /// The message's identity.
        ts: MessageTs,
        /// Whether it mentions the bot, or is said to it in a direct conversation.
        addressed: bool,
    },
    /// A message of a person is gone.
    Deleted {
        /// The message's identity.
        ts: MessageTs,
    },
    /// What goes to one person by a schedule has come due; nobody said anything.
    PersonalDue {
        /// What it is.
        about: Personal,
        /// The instant at which it was due.
        period: Timestamp,
    },
    /// A language model has looked for what the reader missed in words that somebody had read.
    ReadByModel(Found),
    /// A digest has come due; nobody said anything.
    DigestDue {
        /// The instant at which it was due.
        period: Timestamp,
    },
}

impl Said {
    /// The period that it is about, of what comes by a schedule.
    pub fn period(&self) -> Option<Timestamp> {
        match self {
            Self::DigestDue { period } | Self::PersonalDue { period, .. } => Some(*period),
            _ => None,
        }
    }

    /// The message that it is, or is about.
    pub fn message(&self) -> Option<&MessageTs> {
        match self {
            Self::Mention { ts, .. }
            | Self::Direct { ts, .. }
            | Self::Overheard { ts, .. }
            | Self::Picked(Picked { ts, .. })
            | Self::Edited { ts, .. }
            | Self::Deleted { ts } => Some(ts),
            Self::Command { .. }
            | Self::Click { .. }
            | Self::Filled(_)
            | Self::Invited
            | Self::FollowUp { .. }
            | Self::PersonalDue { .. }
            | Self::ReadByModel(_)
            | Self::DigestDue { .. } => None,
        }
    }

    /// Whether somebody waits for an answer, or for anything at all to be said.
    pub fn is_waited_for(&self) -> bool {
        !matches!(
            self,
            Self::DigestDue { .. }
                | Self::PersonalDue { .. }
                | Self::FollowUp { .. }
                | Self::ReadByModel(_)
                | Self::Overheard { .. }
                | Self::Edited { .. }
                | Self::Deleted { .. }
        )
    }
}
