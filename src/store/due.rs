//! An index of when a channel is due, whatever it is due for.
//!
//! A key is `installation · instant · channel`, so that looking for what is due costs what is due,
//! however much is scheduled.

use jiff::Timestamp;

use super::RecordStore;
use super::engine::Kind;
use super::key::Key;
use super::records::below;
use crate::advisor::StoreError;
use crate::ident::{Channel, Installation};

/// The key of a channel that is due at an instant.
pub(super) fn key(
    kind: Kind,
    installation: &Installation,
    channel: &Channel,
    at: Timestamp,
) -> Key {
    Key::of(kind, installation)
        .instant(at)
        .words(channel.as_str())
}

impl RecordStore {
    /// What is due by now, at most so many, the longest due first within an installation.
    pub(super) fn due(
        &self,
        kind: Kind,
        now: Timestamp,
        limit: usize,
    ) -> Result<Vec<(Installation, Channel, Timestamp)>, StoreError> {
        let mut due = Vec::new();
        for installation in self.records.installations(kind)? {
            let from = Key::of(kind, &installation);
            let scan = below(&from)
                .to(from.past(now).as_bytes().to_vec())
                .limit(limit.saturating_sub(due.len()));
            let entries = self.records.keys_of(&scan)?;
            due.extend(entries.iter().filter_map(|entry| {
                let mut segments = entry.after_installation();
                let at = segments.instant()?;
                Some((installation.clone(), Channel::new(segments.words()?), at))
            }));
        }
        Ok(due)
    }
}
