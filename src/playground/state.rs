//! The workspace with its journal and its feed: one place where things change.

use std::path::Path;

use jiff::Timestamp;

use super::feed::Feed;
use super::journal::Journal;
use super::model::{Message, Update};
use super::seed;
use super::views::Triggers;
use super::workspace::Workspace;

/// The playground's folder could not be read or written.
#[derive(Debug, thiserror::Error)]
#[error("the playground can't keep its messages: {0}")]
pub struct StorageError(#[from] std::io::Error);

/// The workspace, kept and followed.
#[derive(Debug)]
pub(super) struct State {
    pub(super) workspace: Workspace,
    pub(super) feed: Feed,
    pub(super) triggers: Triggers,
    journal: Option<Journal>,
}

impl State {
    /// Opens a folder's workspace, or one in memory; an empty one is seeded.
    pub(super) fn open(folder: Option<&Path>) -> Result<Self, StorageError> {
        let (journal, workspace) = match folder {
            Some(folder) => {
                let (journal, workspace) = Journal::open(folder)?;
                (Some(journal), workspace)
            }
            None => (None, Workspace::default()),
        };
        let mut state = Self {
            workspace,
            feed: Feed::new(),
            triggers: Triggers::default(),
            journal,
        };
        if state.workspace.is_empty() {
            seed::updates()
                .into_iter()
                .try_for_each(|update| state.commit(update))?;
        }
        Ok(state)
    }

    /// Keeps an update, takes it in and tells the pages.
    pub(super) fn commit(&mut self, update: Update) -> Result<(), StorageError> {
        if let Some(journal) = self.journal.as_mut().filter(|_| update.is_kept()) {
            journal.append(&update)?;
        }
        self.workspace.apply(&update);
        self.feed.push(update);
        Ok(())
    }

    /// Puts a message into a channel; the person who wrote it has read it.
    pub(super) fn post(&mut self, channel: &str, message: Message) -> Result<(), StorageError> {
        let read = Update::Read {
            person: message.user.clone(),
            channel: channel.to_owned(),
            ts: message.ts.clone(),
        };
        let counts = message.in_channel() && message.user != seed::BOT_USER;
        self.commit(Update::Message {
            channel: channel.to_owned(),
            message,
        })?;
        if counts { self.commit(read) } else { Ok(()) }
    }

    /// Shows one person a message.
    pub(super) fn whisper(
        &mut self,
        channel: &str,
        person: &str,
        message: Message,
    ) -> Result<(), StorageError> {
        let (channel, person) = (channel.to_owned(), person.to_owned());
        self.commit(Update::Ephemeral {
            person,
            channel,
            message,
        })
    }

    /// Shows one person what the workspace itself has to say.
    pub(super) fn slackbot(
        &mut self,
        channel: &str,
        person: &str,
        (words, now): (&str, Timestamp),
    ) -> Result<(), StorageError> {
        let ts = self.workspace.next_ts(now);
        self.whisper(channel, person, Message::plain(ts, seed::SLACKBOT, words))
    }
}
