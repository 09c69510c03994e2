//! Threads, as far as the platform lets the bot read them.

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};

use crate::ident::{Channel, Installation, MessageTs, Person};

/// A message of a thread.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThreadMessage {
    /// The message.
    pub ts: MessageTs,
    /// Who said it; nobody where it was a bot.
    pub by: Option<Person>,
    /// When.
    pub at: Timestamp,
    /// The words, as their author sees them, without the bot's own mention.
    pub words: String,
    /// Whether it was said to the bot.
    pub to_bot: bool,
}

/// What was read of a thread, oldest first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Transcript {
    /// The messages, those of bots too.
    pub messages: Vec<ThreadMessage>,
    /// How many messages the thread has in all, where that is known.
    pub total: Option<usize>,
    /// Why it was not read to its end; nothing where it was.
    pub stopped: Option<Unread>,
}

/// Why a thread was not read, or not to its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unread {
    /// It is longer than one reading takes.
    Long,
    /// Too many readings: not before this time has passed.
    Throttled(SignedDuration),
    /// The bot may not read what is said here.
    NotAllowed,
    /// The bot is not in the channel.
    NotMember,
    /// The thread is gone.
    Gone,
    /// It did not work; the log has more.
    Failed,
}

/// Which messages of a thread are asked for.
#[derive(Debug, Clone, Copy)]
pub struct ThreadAt<'a> {
    /// The channel.
    pub channel: &'a Channel,
    /// The thread's first message.
    pub root: &'a MessageTs,
    /// None up to and with this one.
    pub after: Option<&'a MessageTs>,
}

/// Reads threads. What is read is kept nowhere.
#[async_trait]
pub trait Threads: Send + Sync + 'static {
    /// Reads a thread, [`Transcript::MOST`] messages at most.
    async fn read(&self, installation: &Installation, at: ThreadAt<'_>) -> Transcript;
}

impl Transcript {
    /// How many messages one reading takes.
    pub const MOST: usize = 1_000;
}
