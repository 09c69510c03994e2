//! An index of when a channel is due, whatever it is due for.
//!
//! A key is `installation · instant · channel`, and `wake` knows which installations have any that is
//! due: looking for it costs what is due, however much is scheduled in however many.

use jiff::Timestamp;

use super::RecordStore;
use super::engine::Kind;
use super::key::Key;
use super::records::below;
use super::wake::{self, Awake, Queue};
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

/// The installation and the channel of an entry.
pub(super) fn place(entry: &Key) -> Option<(Installation, Channel)> {
    let mut segments = entry.after_installation();
    segments.instant()?;
    Some((entry.installation()?, Channel::new(segments.words()?)))
}

impl RecordStore {
    /// The installations that have anything in a queue due by now, the longest due first.
    pub(super) fn awake(&self, queue: Queue, now: Timestamp) -> Result<Vec<Awake>, StoreError> {
        let wakes = &self.records.wakes;
        if wakes.must_walk(queue, now) {
            for installation in self.records.installations(queue.kind)? {
                if let Some(first) = self.first(queue, &installation)? {
                    wakes.note(queue, &installation, first);
                }
            }
        }
        Ok(wakes.due(queue, now))
    }

    /// Notes what an installation's first entry is, after it was looked at.
    pub(super) fn looked_at(&self, queue: Queue, awake: &Awake) -> Result<(), StoreError> {
        let first = self.first(queue, &awake.installation)?;
        self.records.wakes.found(queue, awake, first);
        Ok(())
    }

    fn first(
        &self,
        queue: Queue,
        installation: &Installation,
    ) -> Result<Option<Timestamp>, StoreError> {
        let from = Key::of(queue.kind, installation);
        let from = match queue.kind {
            Kind::OutboxReady => from.byte(queue.part),
            _ => from,
        };
        let found = self.records.keys_of(&below(&from).limit(1))?.pop();
        Ok(found.as_ref().and_then(wake::entry).map(|(_, at)| at))
    }

    /// What is due by now, at most so many, the longest due first within an installation.
    pub(super) fn due(
        &self,
        kind: Kind,
        now: Timestamp,
        limit: usize,
    ) -> Result<Vec<(Installation, Channel, Timestamp)>, StoreError> {
        let queue = Queue { kind, part: 0 };
        let mut due = Vec::new();
        for awake in self.awake(queue, now)? {
            if self.leaving.has(&awake.installation) {
                continue;
            }
            if due.len() == limit {
                break;
            }
            let installation = &awake.installation;
            let from = Key::of(kind, installation);
            let scan = below(&from)
                .to(from.past(now).as_bytes().to_vec())
                .limit(limit - due.len());
            let entries = self.records.keys_of(&scan)?;
            if entries.is_empty() {
                self.looked_at(queue, &awake)?;
            }
            due.extend(entries.iter().filter_map(|entry| {
                let mut segments = entry.after_installation();
                let at = segments.instant()?;
                Some((installation.clone(), Channel::new(segments.words()?), at))
            }));
        }
        Ok(due)
    }
}
