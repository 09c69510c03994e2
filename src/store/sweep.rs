//! Removes what has been kept for its time. The times stand with what they are about: `SEEN_KEPT`,
//! `INBOX_KEPT`, `SENT_KEPT`, `DEAD_KEPT`, `PROPOSAL_KEPT`, `GONE_KEPT`.

use jiff::Timestamp;

use super::dead::Dead;
use super::engine::Kind;
use super::gone::Gone;
use super::inbox::{self, InboxRecord, Seen, later};
use super::key::Key;
use super::outbox::SENT_KEPT;
use super::records::{Draft, Record};
use super::{RecordStore, expiry, proposal};
use crate::advisor::{OutboxRow, OutboxState, SentQuestion, StoreError, ThreadSubject, Vote};

/// How many records go in one unit.
const CHUNK: usize = 64;

/// What a dead letter says of an event that nobody came to.
const TOO_LATE: &str = "it was not worked off within 24 hours";

impl RecordStore {
    pub(super) async fn sweep_all(&self, now: Timestamp) -> Result<usize, StoreError> {
        let mut gone = 0;
        for installation in self.records.installations(Kind::Expiry)? {
            for kind in expiry::kinds() {
                loop {
                    let scan = expiry::due(&installation, kind, now).limit(CHUNK);
                    let entries = self.records.keys_of(&scan)?;
                    if entries.is_empty() {
                        break;
                    }
                    gone += self
                        .records
                        .transact(|draft| {
                            let mut gone = 0;
                            for entry in &entries {
                                gone += usize::from(expire(draft, entry, kind, now)?);
                            }
                            Ok::<_, StoreError>(gone)
                        })
                        .await?;
                }
            }
        }
        Ok(gone)
    }
}

/// Works one entry off; says whether a record went. An entry whose record is gone or kept for longer
/// just goes itself.
fn expire(
    draft: &mut Draft<'_>,
    entry: &Key,
    kind: Kind,
    now: Timestamp,
) -> Result<bool, StoreError> {
    draft.delete(entry);
    let Some((_, key)) = expiry::record(entry, kind) else {
        return Ok(false);
    };
    match kind {
        Kind::Seen => remove(draft, key, |seen: &Seen| seen.keep_until <= now),
        Kind::Dead => remove(draft, key, |dead: &Dead| dead.keep_until() <= now),
        Kind::Proposal => proposal::expire(draft, &key, now),
        Kind::Outbox => remove(
            draft,
            key,
            |row: &OutboxRow| matches!(row.state, OutboxState::Sent { at, .. } if later(at, SENT_KEPT) <= now),
        ),
        Kind::Subject => remove(draft, key, |kept: &ThreadSubject| kept.until <= now),
        Kind::Vote => remove(draft, key, |kept: &Vote| kept.until <= now),
        Kind::SentQuestion => remove(draft, key, |kept: &SentQuestion| kept.until <= now),
        Kind::Gone => remove(draft, key, |gone: &Gone| gone.keep_until() <= now),
        _ => bury(draft, key, now),
    }
}

fn remove<T: Record>(
    draft: &mut Draft<'_>,
    key: Key,
    is_over: impl Fn(&T) -> bool,
) -> Result<bool, StoreError> {
    match read::<T>(draft, key)? {
        Expired::Whole(found) if is_over(&found.value) => draft.remove(&found).map(|()| true),
        Expired::Whole(_) | Expired::Gone => Ok(false),
        Expired::Unreadable(key) => {
            draft.delete(&key);
            Ok(true)
        }
    }
}

fn bury(draft: &mut Draft<'_>, key: Key, now: Timestamp) -> Result<bool, StoreError> {
    match read::<InboxRecord>(draft, key)? {
        Expired::Whole(found) if found.value.keep_until <= now => {
            let row = &found.value.row;
            inbox::bury(
                draft,
                &row.origin.inbound.installation,
                &row.id,
                TOO_LATE,
                now,
            )?;
            Ok(true)
        }
        Expired::Whole(_) | Expired::Gone => Ok(false),
        Expired::Unreadable(key) => {
            draft.delete(&key);
            Ok(true)
        }
    }
}

enum Expired<T> {
    Whole(super::records::Found<T>),
    Gone,
    /// Damaged, or sealed with a key that is no more: its time is over all the same.
    Unreadable(Key),
}

fn read<T: Record>(draft: &Draft<'_>, key: Key) -> Result<Expired<T>, StoreError> {
    match draft.records.get::<T>(key.clone()) {
        Ok(Some(found)) => Ok(Expired::Whole(found)),
        Ok(None) => Ok(Expired::Gone),
        Err(error @ (StoreError::Damaged(_) | StoreError::NoKey(_))) => {
            tracing::error!(%error, "a record that cannot be read has come to its end and is removed");
            Ok(Expired::Unreadable(key))
        }
        Err(error) => Err(error),
    }
}
