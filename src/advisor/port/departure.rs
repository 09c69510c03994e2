//! Workspaces that remove the app, and all that was kept for them.

use async_trait::async_trait;
use jiff::Timestamp;

use super::StoreError;
use crate::ident::Installation;

/// What the news that an installation has removed the app came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Departure {
    /// All that is kept for it will be erased.
    Begun,
    /// It was known before.
    Known,
}

/// That an installation has removed the app.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Departed {
    /// The installation.
    pub installation: Installation,
    /// When the app was removed.
    pub removed: Timestamp,
    /// When the last of what was kept for it was erased.
    pub erased: Option<Timestamp>,
}

/// The part of the store that lets a workspace go.
#[async_trait]
pub trait Departures: Send + Sync + 'static {
    /// Remembers that an installation removed the app at `removed`: from now on nothing of it is handed
    /// out, and what comes of anything said before its erasure has ended is refused with
    /// [`StoreError::Gone`].
    async fn depart(
        &self,
        installation: &Installation,
        removed: Timestamp,
    ) -> Result<Departure, StoreError>;

    /// Whether something that was said in an installation at `since` came before its erasure ended.
    async fn has_departed(
        &self,
        installation: &Installation,
        since: Timestamp,
    ) -> Result<bool, StoreError>;

    /// The installations whose erasure has not ended.
    async fn departing(&self) -> Result<Vec<Installation>, StoreError>;

    /// Removes all that is kept for an installation, batch by batch, and remembers that it has ended;
    /// returns how many records went. What a crash cuts short is gone on with by calling it
    /// again.
    async fn erase(&self, installation: &Installation, now: Timestamp)
    -> Result<usize, StoreError>;
}
