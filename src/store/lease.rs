//! Leases: who may change what, until when. The fence of each grows with every grant, for good.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::engine::Kind;
use super::inbox::later;
use super::key::Key;
use super::records::{Draft, Found, Record};
use super::{RecordStore, gone};
use crate::advisor::{CommitError, Lease, LeaseOn, StoreError};
use crate::ident::Installation;

#[derive(Serialize, Deserialize)]
pub(super) struct LeaseRecord {
    /// The newest fence.
    fence: u64,
    until: Timestamp,
    /// Whether somebody has it.
    held: bool,
    /// The opening of the store that it was granted in. Whoever held it in an earlier one is gone:
    /// one process has the folder at a time.
    opening: u64,
}

impl Record for LeaseRecord {
    const KIND: Kind = Kind::Lease;
}

fn key(installation: &Installation, on: &LeaseOn) -> Key {
    let key = Key::of(Kind::Lease, installation);
    match on {
        LeaseOn::Plan(plan) => key.byte(b'p').words(plan.as_str()),
        LeaseOn::Channel(channel) => key.byte(b'c').words(channel.as_str()),
    }
}

impl RecordStore {
    pub(super) async fn take_lease(
        &self,
        installation: &Installation,
        on: LeaseOn,
        now: Timestamp,
        hold: SignedDuration,
    ) -> Result<Option<Lease>, StoreError> {
        let until = now
            .checked_add(hold)
            .map_err(|_| StoreError::Refused("a lease beyond the end of time".to_owned()))?;
        let key = key(installation, &on);
        let fence = self
            .records
            .transact(|draft| {
                gone::admit(draft, installation, now)?;
                let found = draft.records.get::<LeaseRecord>(key.clone())?;
                let last = found.as_ref().map(|found| &found.value);
                if last.is_some_and(|last| self.is_taken(last, now, hold)) {
                    return Ok::<_, StoreError>(None);
                }
                let fence = last.map_or(0, |last| last.fence) + 1;
                let lease = LeaseRecord {
                    fence,
                    until,
                    held: true,
                    opening: self.opening,
                };
                draft.set(&key, found.as_ref(), &lease)?;
                Ok(Some(fence))
            })
            .await?;
        Ok(fence.map(|fence| Lease {
            installation: installation.clone(),
            on,
            fence,
            until,
        }))
    }

    /// One that ends later than by far was granted by a clock that ran ahead: whoever holds it still
    /// is refused by its fence.
    fn is_taken(&self, lease: &LeaseRecord, now: Timestamp, hold: SignedDuration) -> bool {
        let is_held = lease.held && lease.opening == self.opening;
        is_held && now < lease.until && lease.until <= later(later(now, hold), hold)
    }

    pub(super) async fn let_go(&self, lease: &Lease) -> Result<(), StoreError> {
        self.records
            .transact(|draft| match held(draft, lease)? {
                None => Ok(()),
                Some(found) => end(draft, &found),
            })
            .await
    }
}

/// The lease's record if it is the newest grant and not let go.
fn held(draft: &Draft<'_>, lease: &Lease) -> Result<Option<Found<LeaseRecord>>, StoreError> {
    let found = draft
        .records
        .get::<LeaseRecord>(key(&lease.installation, &lease.on))?;
    Ok(found.filter(|found| found.value.held && found.value.fence == lease.fence))
}

fn end(draft: &mut Draft<'_>, found: &Found<LeaseRecord>) -> Result<(), StoreError> {
    let LeaseRecord {
        fence,
        until,
        opening,
        ..
    } = found.value;
    draft.replace(
        found,
        &LeaseRecord {
            fence,
            until,
            opening,
            held: false,
        },
    )
}

/// Holds only if nobody takes or spends the lease meanwhile.
pub(super) fn expect(
    draft: &mut Draft<'_>,
    installation: &Installation,
    on: &LeaseOn,
) -> Result<(), StoreError> {
    let key = key(installation, on);
    match draft.records.get::<LeaseRecord>(key.clone())? {
        Some(found) => draft.expect(&found),
        None => draft.expect_none(&key),
    }
    Ok(())
}

/// Lets the lease go as part of a commit, which is refused if somebody else took it.
pub(super) fn spend(draft: &mut Draft<'_>, lease: &Lease) -> Result<(), CommitError> {
    let found = held(draft, lease)?.ok_or(CommitError::StaleLease)?;
    end(draft, &found)?;
    Ok(())
}
