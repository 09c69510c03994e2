//! How digests stand, and an index of when they are due.

use jiff::Timestamp;

use super::RecordStore;
use super::due;
use super::engine::Kind;
use super::key::Key;
use super::moved::{self, Way};
use super::records::{Draft, Record, below};
use crate::advisor::{CommitError, DigestDue, DigestWrite, GivenUp, OutboxRow, StoreError};
use crate::digest::{Outcome, Rest, Standing};
use crate::ident::{Channel, Installation};
use crate::intent::Personal;

impl Record for Standing {
    const KIND: Kind = Kind::Digest;
}

fn key(installation: &Installation, channel: &Channel) -> Key {
    Key::of(Kind::Digest, installation).words(channel.as_str())
}

/// Writes how a digest stands, if it stands as the writer read it.
pub(super) fn write(
    draft: &mut Draft<'_>,
    installation: &Installation,
    write: &DigestWrite,
) -> Result<(), CommitError> {
    let DigestWrite { channel, standing } = write;
    let key = key(installation, channel);
    let found = draft.records.get::<Standing>(key.clone())?;
    let before = found.as_ref().map(|found| &found.value);
    if before.map_or(0, |before| before.revision) != standing.revision {
        return Err(CommitError::StaleDigest);
    }
    if let Some(next) = before.and_then(|before| before.next) {
        draft.delete(&due::key(Kind::DigestDue, installation, channel, next));
    }
    if let Some(next) = standing.next {
        draft.mark(&due::key(Kind::DigestDue, installation, channel, next))?;
    }
    let standing = Standing {
        revision: standing.revision + 1,
        ..standing.clone()
    };
    draft.set(&key, found.as_ref(), &standing)?;
    Ok(())
}

/// Writes what became of a digest that will not be delivered.
pub(super) fn given_up(
    draft: &mut Draft<'_>,
    row: &OutboxRow,
    why: GivenUp,
) -> Result<(), StoreError> {
    let (outcome, rest) = match why {
        GivenUp::Unknown => (Outcome::Unknown, None),
        GivenUp::NoChannel => (Outcome::Refused, Some(Rest::NoChannel)),
        GivenUp::NoToken => (Outcome::Refused, Some(Rest::NoToken)),
        GivenUp::TooLate => (Outcome::TooLate, None),
        GivenUp::Other => (Outcome::Refused, None),
    };
    ended(draft, row, outcome, rest)
}

/// Writes that a digest is not delivered since nobody wants it any more.
pub(super) fn withdrawn(draft: &mut Draft<'_>, row: &OutboxRow) -> Result<(), StoreError> {
    ended(draft, row, Outcome::Withdrawn, None)
}

fn ended(
    draft: &mut Draft<'_>,
    row: &OutboxRow,
    outcome: Outcome,
    rest: Option<Rest>,
) -> Result<(), StoreError> {
    for of in row.standings() {
        let of = moved::now(draft.records, &row.installation, &of)?;
        let key = key(&row.installation, &of);
        let Some(found) = draft.records.get::<Standing>(key.clone())? else {
            continue;
        };
        let before = &found.value;
        let Some(mut after) = before.clone().delivered(&row.id, outcome, rest) else {
            continue;
        };
        if let Some(next) = before.next.filter(|_| after.next.is_none()) {
            draft.delete(&due::key(Kind::DigestDue, &row.installation, &of, next));
        }
        after.revision += 1;
        draft.set(&key, Some(&found), &after)?;
    }
    Ok(())
}

/// Has a channel's digest go on under its new id; one that rested since the channel seemed to be gone
/// rests no more.
pub(super) fn follow(
    draft: &mut Draft<'_>,
    way: Way<'_>,
    now: Timestamp,
) -> Result<(), StoreError> {
    renew_personal(draft, way)?;
    let (old, new) = (
        key(way.installation, way.from),
        key(way.installation, way.to),
    );
    let Some(found) = draft.records.get::<Standing>(old.clone())? else {
        draft.expect_none(&old);
        return Ok(());
    };
    let due = |channel, at| due::key(Kind::DigestDue, way.installation, channel, at);
    if let Some(next) = found.value.next {
        draft.delete(&due(way.from, next));
    }
    let there = draft.records.get::<Standing>(new.clone())?;
    if let Some(next) = there.as_ref().and_then(|it| it.value.next) {
        draft.delete(&due(way.to, next));
    }
    let mut standing = found.value.clone().found_again(now);
    let other = there.as_ref().map_or(0, |it| it.value.revision);
    standing.revision = standing.revision.max(other) + 1;
    if let Some(next) = standing.next {
        draft.mark(&due(way.to, next))?;
    }
    draft.remove(&found)?;
    draft.set(&new, there.as_ref(), &standing)
}

/// What people were told of the channel's plan by a schedule of their own is no news under its new id.
fn renew_personal(draft: &mut Draft<'_>, way: Way<'_>) -> Result<(), StoreError> {
    for about in Personal::ALL {
        let all = Key::of(Kind::Digest, way.installation);
        let all = all.rest(format!("{}:", about.name()).as_bytes());
        for found in draft.records.scan::<Standing>(&below(&all))? {
            let mut standing = found.value.clone();
            let seen = std::iter::once(&mut standing.seen).chain(&mut standing.compared);
            seen.for_each(|it| it.renamed(way.from, way.to));
            if standing != found.value {
                standing.revision += 1;
                draft.replace(&found, &standing)?;
            }
        }
    }
    Ok(())
}

impl RecordStore {
    /// Sets the digest right that an entry of the index stands for, if a clock ahead has put it off.
    pub(super) async fn set_digest_right(
        &self,
        entry: &Key,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let Some((installation, channel)) = due::place(entry) else {
            return Ok(false);
        };
        let standing = self.digest_of(&installation, &channel)?;
        let Some(standing) = standing.and_then(|it| it.set_right(now)) else {
            return Ok(false);
        };
        let right = DigestWrite { channel, standing };
        let written = self
            .records
            .transact(|draft| write(draft, &installation, &right));
        match written.await {
            Ok(()) => Ok(true),
            Err(CommitError::Store(error)) => Err(error),
            // Whoever was quicker has reckoned by the clock as it is now.
            Err(_) => Ok(false),
        }
    }

    pub(super) fn digest_of(
        &self,
        installation: &Installation,
        channel: &Channel,
    ) -> Result<Option<Standing>, StoreError> {
        let found = self.records.get::<Standing>(key(installation, channel))?;
        Ok(found.map(|found| found.value))
    }

    pub(super) fn digests_due(
        &self,
        now: Timestamp,
        limit: usize,
    ) -> Result<Vec<DigestDue>, StoreError> {
        let due = self.due(Kind::DigestDue, now, limit)?.into_iter();
        let due = due.map(|(installation, channel, period)| DigestDue {
            installation,
            channel,
            period,
        });
        Ok(due.collect())
    }
}
