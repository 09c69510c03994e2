//! Lanes: the rows of one channel go out one after another, people's before digests.
//!
//! Only the first open row of a lane stands in the index of what is ready, so looking for due rows
//! costs what is due, whatever waits behind it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::engine::Kind;
use super::key::Key;
use super::outbox;
use super::records::{Draft, Record, below, usable};
use crate::advisor::{OutboxRow, StoreError, Urgency};
use crate::ident::{Channel, Installation, OutboxId};

/// An open row, as far as its place in line goes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Waiting {
    urgency: Urgency,
    id: OutboxId,
    /// When it is ready. One that was being sent when the process ended still has the instant at
    /// which it was begun.
    ready: Timestamp,
}

impl Waiting {
    /// A row's place in line.
    pub(super) fn of(row: &OutboxRow) -> Self {
        Self {
            urgency: row.urgency,
            id: row.id.clone(),
            ready: row.due,
        }
    }

    /// Its entry in the index of what is ready.
    pub(super) fn ready_key(&self, installation: &Installation) -> Key {
        ready_keys(installation, self.urgency)
            .instant(self.ready)
            .words(self.id.as_str())
    }
}

/// The beginning of the entries of what is ready.
pub(super) fn ready_keys(installation: &Installation, urgency: Urgency) -> Key {
    Key::of(Kind::OutboxReady, installation).byte(rank(urgency))
}

/// The place of an urgency in the order of rows.
pub(super) fn rank(urgency: Urgency) -> u8 {
    match urgency {
        Urgency::Person => 0,
        Urgency::Digest => 1,
    }
}

#[derive(Serialize, Deserialize)]
struct Lane {
    first: Waiting,
    /// Grows with every change of the lane, so that two writers never miss each other: one that
    /// joins behind, one that takes the first away.
    changes: u64,
}

impl Record for Lane {
    const KIND: Kind = Kind::Lane;
}

/// The beginning of the index entries of a lane's open rows.
pub(super) fn open_keys(installation: &Installation, channel: &Channel) -> Key {
    Key::of(Kind::OutboxOpen, installation)
        .byte(b'c')
        .words(channel.as_str())
}

/// The entry of an open row in its lane.
pub(super) fn open_key(row: &OutboxRow) -> Key {
    open_keys(&row.installation, &row.channel)
        .byte(rank(row.urgency))
        .words(row.id.as_str())
}

/// What changes in one lane.
#[derive(Default)]
pub(super) struct LaneChange {
    /// A row that is open no more.
    pub(super) gone: Option<OutboxId>,
    /// Rows that are new, or ready at another instant.
    pub(super) come: Vec<Waiting>,
}

/// Works out which row is first now. One call a lane and draft.
pub(super) fn change(
    draft: &mut Draft<'_>,
    installation: &Installation,
    channel: &Channel,
    change: LaneChange,
) -> Result<(), StoreError> {
    let key = Key::of(Kind::Lane, installation).words(channel.as_str());
    let found = draft.records.get::<Lane>(key.clone())?;
    let LaneChange {
        gone,
        come: mut candidates,
    } = change;
    let before = found.as_ref().map(|found| found.value.first.clone());
    if let Some(first) = &before {
        if gone.as_ref() == Some(&first.id) {
            candidates.extend(second(draft, installation, channel, &first.id)?);
        } else if candidates.iter().all(|other| other.id != first.id) {
            candidates.push(first.clone());
        }
    }
    let first = candidates.into_iter().min();
    if first != before {
        if let Some(before) = &before {
            draft.delete(&before.ready_key(installation));
        }
        if let Some(first) = &first {
            draft.mark(&first.ready_key(installation))?;
        }
    }
    let changes = found.as_ref().map_or(0, |found| found.value.changes) + 1;
    match (first, &found) {
        (Some(first), found) => draft.set(&key, found.as_ref(), &Lane { first, changes }),
        (None, Some(found)) => draft.remove(found),
        (None, None) => Ok(()),
    }
}

/// The open row behind the first one. One that cannot be read is left aside: what stands in front of it
/// could never be done otherwise.
fn second(
    draft: &Draft<'_>,
    installation: &Installation,
    channel: &Channel,
    first: &OutboxId,
) -> Result<Option<Waiting>, StoreError> {
    let mut scan = below(&open_keys(installation, channel)).limit(1);
    while let Some(entry) = draft.records.keys_of(&scan)?.pop() {
        scan = scan.from(entry.beyond());
        let Some(id) = open_id(&entry).filter(|id| id != first) else {
            continue;
        };
        let key = outbox::key(installation, &id);
        let found = draft.records.get::<OutboxRow>(key);
        if let Some(row) = usable(id.as_str(), found)? {
            return Ok(Some(Waiting::of(&row)));
        }
    }
    Ok(None)
}

/// The id in an entry of the index of open rows.
pub(super) fn open_id(key: &Key) -> Option<OutboxId> {
    open_entry(key).map(|(_, id)| id)
}

/// The channel and the id in an entry of a lane's open rows.
pub(super) fn open_entry(key: &Key) -> Option<(Channel, OutboxId)> {
    let mut segments = key.after_installation();
    let [_lane] = segments.bytes()?;
    let channel = segments.words().map(Channel::new)?;
    let [_rank] = segments.bytes()?;
    Some((channel, segments.words().map(OutboxId::new)?))
}
