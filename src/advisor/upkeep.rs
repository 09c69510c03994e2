//! What an operator and the metrics need of the store, beside the turns.

use async_trait::async_trait;
use jiff::Timestamp;

use super::{Store, StoreError};
use crate::ident::Installation;

/// How much waits in a queue.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct QueueDepth {
    /// How many rows.
    pub rows: usize,
    /// When the oldest of them was made, as far as its id tells.
    pub oldest: Option<Timestamp>,
}

/// How the store is, in numbers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct StoreHealth {
    /// Events that wait for their turn.
    pub inbox: QueueDepth,
    /// Effects that wait to happen.
    pub outbox: QueueDepth,
    /// What was given up.
    pub dead_letters: QueueDepth,
    /// What the records take on disk.
    pub bytes_on_disk: u64,
    /// Values that are too long for the engine; anything but 0 is a bug.
    pub overlong_values: usize,
}

/// What an operator and the metrics need of the store, beside the turns.
#[async_trait]
pub trait Upkeep: Store {
    /// How the store is.
    async fn health(&self) -> Result<StoreHealth, StoreError>;

    /// Removes all that is kept for an installation; returns how many records and blobs went.
    async fn erase(&self, installation: &Installation) -> Result<usize, StoreError>;
}
