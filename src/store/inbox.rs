//! The durable inbox: a delivery is on disk before it is acknowledged, and a repeat changes nothing.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::clock::LONGEST_WAIT;
use super::engine::Kind;
use super::expiry;
use super::key::Key;
use super::records::{Draft, Record, below, usable, usable_found};
use super::{RecordStore, dead, gone};
use crate::advisor::{DedupKey, InboxRow, Origin, Received, StoreError};
use crate::ident::{Channel, InboxId, Installation, OutboxId};

/// How long an event may wait for its turn before it is given up.
pub(super) const INBOX_KEPT: SignedDuration = SignedDuration::from_hours(24);
/// How long a repeat is recognised.
pub(super) const SEEN_KEPT: SignedDuration = SignedDuration::from_hours(7 * 24);

#[derive(Clone, Serialize, Deserialize)]
pub(super) struct InboxRecord {
    pub(super) row: InboxRow,
    /// When it is given up.
    pub(super) keep_until: Timestamp,
}

impl Record for InboxRecord {
    const KIND: Kind = Kind::Inbox;
}

/// That a dedup key was claimed; nothing of what it came with.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Seen {
    pub(super) keep_until: Timestamp,
    /// The effects of the commit that claimed it.
    pub(super) rows: Vec<OutboxId>,
}

impl Record for Seen {
    const KIND: Kind = Kind::Seen;
}

pub(super) fn key(installation: &Installation, id: &InboxId) -> Key {
    Key::of(Kind::Inbox, installation).words(id.as_str())
}

/// The beginning of the index entries of a channel's rows.
fn open_keys(installation: &Installation, channel: &Channel) -> Key {
    Key::of(Kind::InboxOpen, installation).words(channel.as_str())
}

fn open_key(installation: &Installation, row: &InboxRow) -> Key {
    open_keys(installation, &row.origin.inbound.place.channel).words(row.id.as_str())
}

/// The channel and the id in an entry of the index.
fn open_row(entry: &Key) -> Option<(Channel, InboxId)> {
    let mut segments = entry.after_installation();
    let channel = segments.words().map(Channel::new)?;
    Some((channel, segments.words().map(InboxId::new)?))
}

/// Hashed: of a bounded length, and sure to hold no text.
fn seen_key(installation: &Installation, claim: &DedupKey) -> Key {
    Key::of(Kind::Seen, installation).bytes(Sha256::digest(claim.0.as_bytes()).into())
}

/// The first of the claims that was made before.
pub(super) fn claimed(
    draft: &Draft<'_>,
    installation: &Installation,
    claims: &[DedupKey],
) -> Result<Option<Seen>, StoreError> {
    for claim in claims {
        if let Some(seen) = draft.records.get::<Seen>(seen_key(installation, claim))? {
            return Ok(Some(seen.value));
        }
    }
    Ok(None)
}

/// Makes the claims, once each.
pub(super) fn claim(
    draft: &mut Draft<'_>,
    installation: &Installation,
    claims: &[DedupKey],
    seen: &Seen,
) -> Result<(), StoreError> {
    let mut keys: Vec<Key> = claims
        .iter()
        .map(|claim| seen_key(installation, claim))
        .collect();
    keys.sort_unstable();
    keys.dedup();
    for key in keys {
        draft.insert(&key, seen)?;
        expiry::set(draft, &key, seen.keep_until)?;
    }
    Ok(())
}

/// Puts a row that is not there into the inbox.
pub(super) fn enter(draft: &mut Draft<'_>, record: &InboxRecord) -> Result<(), StoreError> {
    let installation = &record.row.origin.inbound.installation;
    let key = key(installation, &record.row.id);
    draft.insert(&key, record)?;
    draft.mark(&open_key(installation, &record.row))?;
    expiry::set(draft, &key, record.keep_until)
}

/// Takes a row out of the inbox; `None` if it is not there.
pub(super) fn leave(
    draft: &mut Draft<'_>,
    installation: &Installation,
    id: &InboxId,
) -> Result<Option<InboxRecord>, StoreError> {
    let key = key(installation, id);
    let Some(found) = draft.records.get::<InboxRecord>(key.clone())? else {
        return Ok(None);
    };
    draft.remove(&found)?;
    draft.delete(&open_key(installation, &found.value.row));
    expiry::clear(draft, &key, found.value.keep_until);
    Ok(Some(found.value))
}

impl RecordStore {
    pub(super) async fn take_in(
        &self,
        origin: Origin,
        now: Timestamp,
    ) -> Result<Received, StoreError> {
        if origin.dedup.is_empty() {
            return Err(StoreError::Refused(
                "a delivery without a dedup key".to_owned(),
            ));
        }
        let keep_until = later(now, INBOX_KEPT);
        let seen = Seen {
            keep_until: later(now, SEEN_KEPT),
            rows: Vec::new(),
        };
        let row = InboxRow {
            id: InboxId::new(self.ids.next(now).to_string()),
            origin,
            attempts: 0,
            due: now,
        };
        let record = InboxRecord { row, keep_until };
        let Origin { inbound, dedup, .. } = &record.row.origin;
        self.records
            .transact(|draft| {
                gone::admit(draft, &inbound.installation, inbound.at)?;
                if claimed(draft, &inbound.installation, dedup)?.is_some() {
                    draft.only_settle();
                    return Ok(Received::Duplicate);
                }
                claim(draft, &inbound.installation, dedup, &seen)?;
                enter(draft, &record)?;
                Ok(Received::New(record.row.id.clone()))
            })
            .await
    }

    pub(super) fn inbox_due(
        &self,
        now: Timestamp,
        limit: usize,
    ) -> Result<Vec<InboxRow>, StoreError> {
        let mut first = Vec::new();
        for installation in self.records.installations(Kind::InboxOpen)? {
            if self.leaving.has(&installation) {
                continue;
            }
            first.extend(self.first_of_channels(&installation)?);
        }
        first.retain(|row| row.due <= now);
        first.sort_unstable_by(|a, b| a.id.cmp(&b.id));
        first.truncate(limit);
        Ok(first)
    }

    /// The first row of each channel; what stands behind it costs nothing. One that cannot be read is
    /// left aside, and the next one is first.
    fn first_of_channels(&self, installation: &Installation) -> Result<Vec<InboxRow>, StoreError> {
        let mut first = Vec::new();
        let mut scan = below(&Key::of(Kind::InboxOpen, installation)).limit(1);
        while let Some(entry) = self.records.keys_of(&scan)?.pop() {
            scan = scan.from(entry.beyond());
            let Some((channel, id)) = open_row(&entry) else {
                continue;
            };
            let found = self.records.get::<InboxRecord>(key(installation, &id));
            if let Some(record) = usable(id.as_str(), found)? {
                scan = scan.from(open_keys(installation, &channel).beyond());
                first.push(record.row);
            }
        }
        Ok(first)
    }

    pub(super) fn waiting_in(
        &self,
        installation: &Installation,
        channel: &Channel,
    ) -> Result<Vec<InboxRow>, StoreError> {
        let mut rows = Vec::new();
        let entries = self
            .records
            .keys_of(&below(&open_keys(installation, channel)))?;
        for (_, id) in entries.iter().filter_map(open_row) {
            let found = self.records.get::<InboxRecord>(key(installation, &id));
            rows.extend(usable(id.as_str(), found)?.map(|record| record.row));
        }
        Ok(rows)
    }

    pub(super) async fn put_off(&self, row: &InboxRow, due: Timestamp) -> Result<(), StoreError> {
        let installation = &row.origin.inbound.installation;
        self.records
            .transact(|draft| {
                let found = draft
                    .records
                    .get::<InboxRecord>(key(installation, &row.id))?;
                let Some(found) = found else { return Ok(()) };
                let mut record = found.value.clone();
                record.row.attempts += 1;
                record.row.due = due;
                draft.replace(&found, &record)
            })
            .await
    }

    /// Makes the row due that an entry of the index stands for, if a clock ahead has put it off, and
    /// keeps it no longer than any.
    pub(super) async fn set_inbox_right(
        &self,
        entry: &Key,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let (Some(installation), Some((_, id))) = (entry.installation(), open_row(entry)) else {
            return Ok(false);
        };
        let key = key(&installation, &id);
        let kept = later(now, INBOX_KEPT);
        let too_late = later(now, LONGEST_WAIT);
        self.records
            .transact(|draft| {
                let found = draft.records.get::<InboxRecord>(key.clone());
                let Some(found) = usable_found(id.as_str(), found)? else {
                    return Ok(false);
                };
                let mut record = found.value.clone();
                if record.row.due > too_late {
                    record.row.due = now;
                }
                if record.keep_until > kept {
                    expiry::clear(draft, &key, record.keep_until);
                    expiry::set(draft, &key, kept)?;
                    record.keep_until = kept;
                }
                let is_other = record.row.due != found.value.row.due
                    || record.keep_until != found.value.keep_until;
                if is_other {
                    draft.replace(&found, &record)?;
                }
                Ok(is_other)
            })
            .await
    }

    pub(super) async fn bury_row(
        &self,
        row: &InboxRow,
        reason: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let installation = &row.origin.inbound.installation;
        self.records
            .transact(|draft| bury(draft, installation, &row.id, reason, now))
            .await
    }
}

/// Makes a row of the inbox a dead letter; nothing happens if it is not there.
pub(super) fn bury(
    draft: &mut Draft<'_>,
    installation: &Installation,
    id: &InboxId,
    reason: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    match leave(draft, installation, id)? {
        None => Ok(()),
        Some(record) => dead::enter(draft, &dead::Dead::inbox(record.row, reason, now)),
    }
}

/// Adds without an overflow: the end of time is late enough.
pub(super) fn later(at: Timestamp, by: SignedDuration) -> Timestamp {
    at.checked_add(by).unwrap_or(Timestamp::MAX)
}
