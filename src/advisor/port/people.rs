//! The way out to people, and who they are.

use async_trait::async_trait;
use jiff::SignedDuration;

use super::{GivenUp, OutboxRow};
use crate::advisor::{Hearing, Role};
use crate::ident::{Channel, Installation, MessageTs, Person};

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
        /// The same, as far as something follows from it.
        why: GivenUp,
    },
}

/// What became of looking for an effect that may have happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lookup {
    /// It has happened.
    Found(MessageTs),
    /// It has not happened.
    Absent,
    /// It cannot be looked up now; try again after this time.
    Later {
        /// At least this long.
        after: Option<SignedDuration>,
        /// Why, for the log.
        reason: String,
    },
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

    /// The name of a person's time zone, where it is known.
    async fn zone(&self, installation: &Installation, person: &Person) -> Option<String>;

    /// The channels that a person is in at this moment, with their names, as far as the bot may know of
    /// them; `None` where nobody can say.
    async fn channels(
        &self,
        installation: &Installation,
        person: &Person,
    ) -> Option<Vec<(Channel, String)>>;

    /// Whether everybody of the workspace reads a channel; `None` where nobody can say.
    async fn is_for_all(&self, installation: &Installation, channel: &Channel) -> Option<bool>;

    /// Whether the bot may hear what is said in channels.
    async fn hearing(&self, installation: &Installation) -> Hearing;

    /// Forgets all that is remembered of an installation.
    fn forget(&self, installation: &Installation);
}
