//! What an operator asks of a running server, over a socket in the data folder that only its owner can
//! open: one line of JSON there, one line back.
//!
//! [`ask`] is the command line's way in: it asks the server that holds the store, and opens the store
//! itself only when there is none.

mod client;
mod server;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

pub use client::{AskError, ask, ask_server};
pub use server::{Socket, serve};

use crate::advisor::{DeadLetter, Departures, Store, StoreError};
use crate::clock::Clock;
use crate::ident::Installation;
use crate::store::{Exported, RecordStore};

/// The socket's name in the data folder.
pub const SOCKET: &str = "admin.sock";

/// How many dead letters an answer lists at most.
const LETTERS: usize = 1000;

/// What can be asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "ask", rename_all = "kebab-case")]
pub enum Ask {
    /// What was given up, newest first.
    DeadLetters {
        /// How many at most; 1,000 are listed in any case.
        limit: usize,
    },
    /// Puts a dead letter back into its queue.
    Replay {
        /// Its id.
        id: String,
    },
    /// How the server is.
    Doctor,
    /// Erases all that is kept for a workspace, as if it had removed the app now.
    Erase {
        /// The workspace's id.
        installation: Installation,
    },
    /// Writes a backup into a new file on the server's machine.
    Backup {
        /// The file, with its whole path; it must not exist.
        file: PathBuf,
    },
}

/// What is answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "answer", rename_all = "kebab-case")]
pub enum Answer {
    /// Ids and reasons, never text.
    DeadLetters {
        /// Newest first.
        letters: Vec<DeadLetter>,
    },
    /// What became of putting a dead letter back.
    Replayed {
        /// Whether there was one of that id.
        found: bool,
    },
    /// How the server is.
    Doctor {
        /// What it found, a line each.
        lines: Vec<String>,
    },
    /// All of the workspace is gone.
    Erased {
        /// How many records that were.
        records: usize,
    },
    /// The backup is on disk.
    BackedUp(Exported),
    /// It cannot be done.
    Refused {
        /// Why, and what would work.
        reason: String,
    },
}

impl Answer {
    fn refused(reason: impl Into<String>) -> Self {
        Self::Refused {
            reason: reason.into(),
        }
    }
}

/// Finds out how the server is.
#[async_trait]
pub trait Doctor: Send + Sync + 'static {
    /// What it found, a line each.
    async fn lines(&self) -> Vec<String>;
}

/// Answers what is asked.
pub struct Desk {
    /// The store.
    pub store: Arc<RecordStore>,
    /// The time of day.
    pub clock: Arc<dyn Clock>,
    /// The server's doctor; there is none without a server.
    pub doctor: Option<Arc<dyn Doctor>>,
}

impl Desk {
    /// Answers one question.
    pub async fn answer(&self, ask: Ask) -> Answer {
        match ask {
            Ask::DeadLetters { limit } => match self.store.dead_letters(limit.min(LETTERS)).await {
                Ok(letters) => Answer::DeadLetters { letters },
                Err(error) => Answer::refused(error.to_string()),
            },
            Ask::Replay { id } => match self.store.replay(&id, self.clock.now()).await {
                Ok(found) => Answer::Replayed { found },
                Err(error) => Answer::refused(error.to_string()),
            },
            Ask::Doctor => match &self.doctor {
                Some(doctor) => Answer::Doctor {
                    lines: doctor.lines().await,
                },
                None => Answer::refused("no server is running"),
            },
            Ask::Backup { file } => self.back_up(&file).await,
            Ask::Erase { installation } => match self.erase(&installation).await {
                Ok(records) => Answer::Erased { records },
                Err(error) => Answer::refused(error.to_string()),
            },
        }
    }

    async fn erase(&self, installation: &Installation) -> Result<usize, StoreError> {
        let now = self.clock.now();
        self.store.depart(installation, now).await?;
        self.store.erase(installation, now).await
    }

    async fn back_up(&self, file: &Path) -> Answer {
        if !file.is_absolute() {
            return Answer::refused(format!("give the whole path of `{}`", file.display()));
        }
        match self.store.export_to(file).await {
            Ok(exported) => Answer::BackedUp(exported),
            Err(error) => Answer::refused(error.to_string()),
        }
    }
}

#[cfg(test)]
mod tests;
