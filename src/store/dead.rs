//! Dead letters: what was given up, kept sealed for a while so that an operator can put it back.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::engine::Kind;
use super::inbox::{INBOX_KEPT, InboxRecord, later};
use super::key::Key;
use super::records::{Draft, Found, Record, usable};
use super::{RecordStore, expiry, inbox, outbox};
use crate::advisor::{DeadLetter, InboxRow, OutboxRow, OutboxState, StoreError};
use crate::ident::Installation;

/// How long a dead letter is kept.
pub(super) const DEAD_KEPT: SignedDuration = SignedDuration::from_hours(7 * 24);
/// How long an effect that an operator has put back is worth making.
const REPLAY_USE: SignedDuration = SignedDuration::from_hours(1);

#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Body {
    Inbox(InboxRow),
    Outbox(OutboxRow),
}

#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Dead {
    pub(super) letter: DeadLetter,
    pub(super) body: Body,
}

impl Record for Dead {
    const KIND: Kind = Kind::Dead;
}

impl Dead {
    /// An event that was given up.
    pub(super) fn inbox(row: InboxRow, reason: &str, at: Timestamp) -> Self {
        let inbound = &row.origin.inbound;
        let letter = DeadLetter {
            installation: inbound.installation.clone(),
            id: row.id.as_str().to_owned(),
            queue: "inbox".to_owned(),
            channel: inbound.place.channel.clone(),
            at,
            reason: reason.to_owned(),
            attempts: row.attempts,
        };
        Self {
            letter,
            body: Body::Inbox(row),
        }
    }

    /// An effect that was given up.
    pub(super) fn outbox(row: OutboxRow, reason: &str, at: Timestamp) -> Self {
        let letter = DeadLetter {
            installation: row.installation.clone(),
            id: row.id.as_str().to_owned(),
            queue: "outbox".to_owned(),
            channel: row.channel.clone(),
            at,
            reason: reason.to_owned(),
            attempts: row.attempts,
        };
        Self {
            letter,
            body: Body::Outbox(row),
        }
    }

    fn key(&self) -> Key {
        key(&self.letter.installation, &self.letter.id)
    }

    pub(super) fn keep_until(&self) -> Timestamp {
        later(self.letter.at, DEAD_KEPT)
    }
}

pub(super) fn key(installation: &Installation, id: &str) -> Key {
    Key::of(Kind::Dead, installation).words(id)
}

/// Keeps a dead letter.
pub(super) fn enter(draft: &mut Draft<'_>, dead: &Dead) -> Result<(), StoreError> {
    draft.insert(&dead.key(), dead)?;
    expiry::set(draft, &dead.key(), dead.keep_until())
}

/// Removes a dead letter.
pub(super) fn leave(draft: &mut Draft<'_>, found: &Found<Dead>) -> Result<(), StoreError> {
    draft.remove(found)?;
    expiry::clear(draft, &found.value.key(), found.value.keep_until());
    Ok(())
}

impl RecordStore {
    pub(super) fn newest_dead(&self, limit: usize) -> Result<Vec<DeadLetter>, StoreError> {
        let mut newest = Vec::new();
        for installation in self.records.installations(Kind::Dead)? {
            let scan = expiry::latest(&installation, Kind::Dead).limit(limit);
            let entries = self.records.keys_of(&scan)?;
            newest.extend(
                entries
                    .iter()
                    .filter_map(|entry| expiry::record(entry, Kind::Dead)),
            );
        }
        newest.sort_unstable_by(|a, b| b.cmp(a));
        let mut letters = Vec::new();
        for (_, key) in newest.into_iter().take(limit) {
            let id = key.after_installation().words().unwrap_or_default();
            let found = self.records.get::<Dead>(key);
            letters.extend(usable(&id, found)?.map(|dead| dead.letter));
        }
        Ok(letters)
    }

    pub(super) async fn put_back(&self, id: &str, now: Timestamp) -> Result<bool, StoreError> {
        for installation in self.records.installations(Kind::Dead)? {
            let key = key(&installation, id);
            let replayed = self
                .records
                .transact(|draft| {
                    let Some(found) = draft.records.get::<Dead>(key.clone())? else {
                        return Ok::<_, StoreError>(false);
                    };
                    leave(draft, &found)?;
                    revive(draft, found.value.body.clone(), now)?;
                    Ok(true)
                })
                .await?;
            if replayed {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// Puts a body back as if it had just come: due at once, with all its attempts before it.
fn revive(draft: &mut Draft<'_>, body: Body, now: Timestamp) -> Result<(), StoreError> {
    match body {
        Body::Inbox(row) => {
            let row = InboxRow {
                attempts: 0,
                due: now,
                ..row
            };
            inbox::enter(
                draft,
                &InboxRecord {
                    row,
                    keep_until: later(now, INBOX_KEPT),
                },
            )
        }
        Body::Outbox(row) => {
            let use_by = row.use_by.max(later(now, REPLAY_USE));
            let state = OutboxState::Waiting;
            let row = OutboxRow {
                period: None,
                aside: false,
                attempts: 0,
                due: now,
                use_by,
                state,
                ..row
            };
            outbox::enter(draft, vec![row])
        }
    }
}
