//! What the store knows of itself: numbers for the metrics, how often it was opened.

use std::sync::Arc;

use async_trait::async_trait;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::engine::{Kind, Scan};
use super::key::Key;
use super::records::Record;
use super::{RecordStore, blocking};
use crate::advisor::{Departed, QueueDepth, StoreError, StoreHealth, Upkeep};

/// How often it was opened.
#[derive(Serialize, Deserialize)]
pub(super) struct About {
    pub(super) opening: u64,
}

impl Record for About {
    const KIND: Kind = Kind::Meta;
}

#[async_trait]
impl Upkeep for RecordStore {
    async fn health(&self) -> Result<StoreHealth, StoreError> {
        let engine = Arc::clone(&self.records.engine);
        let stats = blocking(move || engine.stats()).await?;
        Ok(StoreHealth {
            inbox: self.depth(Kind::Inbox)?,
            outbox: self.depth(Kind::OutboxOpen)?,
            dead_letters: self.depth(Kind::Dead)?,
            bytes_on_disk: stats.bytes_on_disk,
            overlong_values: stats.overlong_values,
        })
    }

    async fn departed(&self) -> Result<Vec<Departed>, StoreError> {
        self.all_departed()
    }
}

impl RecordStore {
    /// Counts by keys alone; no record is opened.
    fn depth(&self, kind: Kind) -> Result<QueueDepth, StoreError> {
        let keys = self.records.keys_of(&Scan::all(kind, Vec::new()))?;
        let oldest = keys.iter().filter_map(made_at).min();
        Ok(QueueDepth {
            rows: keys.len(),
            oldest,
        })
    }
}

/// The instant in the id that a key ends with, where that is one of ours.
fn made_at(key: &Key) -> Option<Timestamp> {
    const ID: usize = 36;
    // The id is a segment of words and ends in two bytes.
    let id = key
        .as_bytes()
        .split_last_chunk::<2>()?
        .0
        .split_last_chunk::<ID>()?
        .1;
    let id = uuid::Uuid::try_parse_ascii(id).ok()?;
    let (seconds, nanoseconds) = id.get_timestamp()?.to_unix();
    Timestamp::new(
        i64::try_from(seconds).ok()?,
        i32::try_from(nanoseconds).ok()?,
    )
    .ok()
}
