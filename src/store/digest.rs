//! How digests stand, and an index of when they are due.

use jiff::Timestamp;

use super::RecordStore;
use super::due;
use super::engine::Kind;
use super::key::Key;
use super::records::{Draft, Record, below};
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
    /// Sets right the digests of an installation that a clock ahead has put off.
    pub(super) async fn set_digests_right(
        &self,
        installation: &Installation,
        now: Timestamp,
    ) -> Result<usize, StoreError> {
        let from = Key::of(Kind::DigestDue, installation);
        let scan = below(&from).from(from.past(now).as_bytes().to_vec());
        let mut set_right = 0;
        for entry in self.records.keys_of(&scan)? {
            let mut segments = entry.after_installation();
            let channel = segments.instant().and_then(|_| segments.words());
            let Some(channel) = channel.map(Channel::new) else {
                continue;
            };
            let standing = self.digest_of(installation, &channel)?;
            let Some(standing) = standing.and_then(|it| it.set_right(now)) else {
                continue;
            };
            let right = DigestWrite { channel, standing };
            let written = self
                .records
                .transact(|draft| write(draft, installation, &right));
            match written.await {
                Ok(()) => set_right += 1,
                Err(CommitError::Store(error)) => return Err(error),
                // Whoever was quicker has reckoned by the clock as it is now.
                Err(_) => {}
            }
        }
        Ok(set_right)
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
