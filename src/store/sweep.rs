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
use crate::advisor::{
    OutboxRow, OutboxState, SentQuestion, StoreError, Swept, ThreadSubject, Vote,
};

/// How many records go in one unit.
const CHUNK: usize = 64;

/// What a dead letter says of an event that nobody came to.
const TOO_LATE: &str = "it was not worked off within 24 hours";

/// What became of a record whose time may be over.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    /// It went.
    Removed,
    /// It was gone already, or is kept for longer.
    Kept,
    /// A newer version of this program wrote it, which has to say.
    Left,
}

impl Fate {
    fn gone(is_gone: bool) -> Self {
        if is_gone { Self::Removed } else { Self::Kept }
    }
}

impl RecordStore {
    pub(super) async fn sweep_all(&self, now: Timestamp) -> Result<Swept, StoreError> {
        let cut = self.cut_all(now).await?;
        if cut > 0 {
            tracing::warn!(cut, "a clock ahead would have had these kept for too long");
        }
        let mut swept = Swept::default();
        for installation in self.records.installations(Kind::Expiry)? {
            for kind in expiry::kinds() {
                let mut scan = expiry::due(&installation, kind, now).limit(CHUNK);
                loop {
                    let entries = self.records.keys_of(&scan)?;
                    let Some(last) = entries.last() else {
                        break;
                    };
                    let beyond = [last.as_bytes(), &[0]].concat();
                    let part = self.sweep_some(&entries, kind, now).await?;
                    swept.removed += part.removed;
                    swept.left += part.left;
                    // What is left is not looked at again.
                    scan = scan.from(beyond);
                }
            }
        }
        Ok(swept)
    }

    async fn sweep_some(
        &self,
        entries: &[Key],
        kind: Kind,
        now: Timestamp,
    ) -> Result<Swept, StoreError> {
        self.records
            .transact(|draft| {
                let mut swept = Swept::default();
                for entry in entries {
                    let fate = expire(draft, entry, kind, now)?;
                    swept.removed += usize::from(fate == Fate::Removed);
                    swept.left += usize::from(fate == Fate::Left);
                }
                Ok::<_, StoreError>(swept)
            })
            .await
    }
}

/// Works one entry off. An entry whose record is gone or kept for longer just goes itself.
fn expire(
    draft: &mut Draft<'_>,
    entry: &Key,
    kind: Kind,
    now: Timestamp,
) -> Result<Fate, StoreError> {
    let fate = match expiry::record(entry, kind) {
        None => Fate::Kept,
        Some((_, key)) => match end(draft, key, kind, now) {
            Ok(is_gone) => Fate::gone(is_gone),
            Err(StoreError::TooNew(_)) => return Ok(Fate::Left),
            Err(error) => return Err(error),
        },
    };
    draft.delete(entry);
    Ok(fate)
}

/// Removes a record if its time is over; says whether it went.
fn end(draft: &mut Draft<'_>, key: Key, kind: Kind, now: Timestamp) -> Result<bool, StoreError> {
    match kind {
        Kind::Seen => remove(draft, key, |seen: &Seen| seen.keep_until <= now),
        Kind::Dead => remove(draft, key, |dead: &Dead| dead.keep_until() <= now),
        Kind::Proposal => proposal::expire(draft, &key, now),
        Kind::Outbox => remove(
            draft,
            key,
            |row: &OutboxRow| matches!(row.state, OutboxState::Sent { at, .. } | OutboxState::Withdrawn { at } if later(at, SENT_KEPT) <= now),
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
