//! How digests stand, and an index of when they are due.

use jiff::Timestamp;

use super::RecordStore;
use super::due;
use super::engine::Kind;
use super::key::Key;
use super::records::{Draft, Record};
use crate::advisor::{CommitError, DigestDue, DigestWrite, GivenUp, OutboxRow, StoreError};
use crate::digest::{Outcome, Rest, Standing};
use crate::ident::{Channel, Installation};

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

impl RecordStore {
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
