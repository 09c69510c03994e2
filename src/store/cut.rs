//! Ends that a clock ahead has put too far off: nothing is kept for longer than its kind is.
//!
//! It is looked for with each sweep and not at the start: a clock that is behind when the machine comes
//! up, for which all lies ahead, has a minute to be set right.

use jiff::{SignedDuration, Timestamp};

use super::dead::{DEAD_KEPT, Dead};
use super::engine::Kind;
use super::gone::{GONE_KEPT, Gone};
use super::inbox::{INBOX_KEPT, InboxRecord, SEEN_KEPT, Seen, later};
use super::key::Key;
use super::outbox::SENT_KEPT;
use super::proposal::{self, PROPOSAL_KEPT};
use super::records::{Draft, Record};
use super::{RecordStore, expiry};
use crate::advisor::{
    OutboxRow, OutboxState, QUESTION_KEPT, SUBJECT_KEPT, SentQuestion, StoreError, ThreadSubject,
    VOTE_KEPT, Vote,
};

/// Clocks that differ by less have put nothing off.
const SLACK: SignedDuration = SignedDuration::from_hours(1);

/// How many ends are cut in one unit.
const CHUNK: usize = 64;

/// How long a record of a kind is kept at most.
fn longest(kind: Kind) -> SignedDuration {
    match kind {
        Kind::Seen => SEEN_KEPT,
        Kind::Outbox => SENT_KEPT,
        Kind::Dead => DEAD_KEPT,
        Kind::Proposal => PROPOSAL_KEPT,
        Kind::Subject => SUBJECT_KEPT,
        Kind::Vote => VOTE_KEPT,
        Kind::SentQuestion => QUESTION_KEPT,
        Kind::Gone => GONE_KEPT,
        _ => INBOX_KEPT,
    }
}

impl RecordStore {
    /// Cuts what would be kept for longer than its kind is; returns how much that was.
    pub(super) async fn cut_all(&self, now: Timestamp) -> Result<usize, StoreError> {
        let mut cut = 0;
        for installation in self.records.installations(Kind::Expiry)? {
            for kind in expiry::kinds() {
                let too_late = later(later(now, longest(kind)), SLACK);
                let mut scan = expiry::beyond(&installation, kind, too_late).limit(CHUNK);
                loop {
                    let entries = self.records.keys_of(&scan)?;
                    let Some(last) = entries.last() else {
                        break;
                    };
                    scan = scan.from([last.as_bytes(), &[0]].concat());
                    cut += entries.len();
                    self.cut_some(&entries, kind, now).await?;
                }
            }
        }
        Ok(cut)
    }

    async fn cut_some(
        &self,
        entries: &[Key],
        kind: Kind,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.records
            .transact(|draft| {
                for entry in entries {
                    cut(draft, entry, kind, now)?;
                }
                Ok(())
            })
            .await
    }
}

/// Has a record end as if it had been written now. An entry whose record is gone just goes; what cannot
/// be read is swept in its time, and what a newer version wrote is left alone.
fn cut(draft: &mut Draft<'_>, entry: &Key, kind: Kind, now: Timestamp) -> Result<(), StoreError> {
    let end = later(now, longest(kind));
    let record = expiry::record(entry, kind);
    let is_there = match record.clone() {
        None => false,
        Some((_, key)) => match shorten(draft, key, kind, now) {
            Ok(is_there) => is_there,
            Err(StoreError::Damaged(_) | StoreError::NoKey(_)) => true,
            Err(StoreError::TooNew(_)) => return Ok(()),
            Err(error) => return Err(error),
        },
    };
    draft.delete(entry);
    match record {
        Some((_, key)) if is_there => expiry::set(draft, &key, end),
        _ => Ok(()),
    }
}

fn shorten(
    draft: &mut Draft<'_>,
    key: Key,
    kind: Kind,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let end = later(now, longest(kind));
    match kind {
        Kind::Seen => change(draft, key, |it: &mut Seen| it.keep_until = end),
        Kind::Outbox => change(draft, key, |row: &mut OutboxRow| match &mut row.state {
            OutboxState::Sent { at, .. } | OutboxState::Withdrawn { at } => *at = now,
            _ => {}
        }),
        Kind::Dead => change(draft, key, |it: &mut Dead| it.letter.at = now),
        Kind::Proposal => proposal::date(draft, key, now),
        Kind::Subject => change(draft, key, |it: &mut ThreadSubject| it.until = end),
        Kind::Vote => change(draft, key, |it: &mut Vote| it.until = end),
        Kind::SentQuestion => change(draft, key, |it: &mut SentQuestion| it.until = end),
        Kind::Gone => change(draft, key, |it: &mut Gone| it.erased = Some(now)),
        _ => change(draft, key, |it: &mut InboxRecord| it.keep_until = end),
    }
}

/// Changes a record that is there; says whether it is.
fn change<T: Record + Clone>(
    draft: &mut Draft<'_>,
    key: Key,
    change: impl FnOnce(&mut T),
) -> Result<bool, StoreError> {
    let Some(found) = draft.records.get::<T>(key)? else {
        return Ok(false);
    };
    let mut cut = found.value.clone();
    change(&mut cut);
    draft.replace(&found, &cut)?;
    Ok(true)
}
