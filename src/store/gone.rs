//! Workspaces that have removed the app: what remembers it while all else of them is erased, in
//! bounded batches, and after that for as long as a repeat of the news may come or an older backup be
//! restored.
//!
//! The record lies outside of the workspace's own keys. From the instant it is on disk nothing of the
//! workspace is handed out or written; a process that dies in the middle goes on when it comes back.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::engine::Kind;
use super::inbox::later;
use super::key::Key;
use super::records::{Draft, Record, Records, below};
use super::{RecordStore, expiry};
use crate::advisor::{Departed, Departure, Departures, StoreError};
use crate::failpoint::{FailPoint, reach};
use crate::ident::Installation;

/// How many records go in one unit.
const CHUNK: usize = 256;

/// How long it is remembered that all is erased: as long as a backup is kept.
pub(super) const GONE_KEPT: SignedDuration = SignedDuration::from_hours(14 * 24);

/// That a workspace has removed the app, and how far its erasure has come.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Gone {
    installation: Installation,
    /// When the app was removed.
    removed: Timestamp,
    /// When the last of it was erased; until then nothing gets in.
    pub(super) erased: Option<Timestamp>,
}

impl Record for Gone {
    const KIND: Kind = Kind::Gone;
}

impl Gone {
    /// Whether something that was said at `since` came after all of this.
    fn is_past(&self, since: Timestamp) -> bool {
        self.erased.is_some_and(|erased| since > erased)
    }

    /// When it goes too.
    pub(super) fn keep_until(&self) -> Timestamp {
        self.erased
            .map_or(Timestamp::MAX, |erased| later(erased, GONE_KEPT))
    }
}

fn key(installation: &Installation) -> Key {
    Key::of_store(Kind::Gone).words(installation.as_str())
}

/// Refuses what comes of something that was said before the workspace was erased, or while it is.
pub(super) fn admit(
    draft: &mut Draft<'_>,
    installation: &Installation,
    since: Timestamp,
) -> Result<(), StoreError> {
    let key = key(installation);
    let Some(found) = draft.records.get::<Gone>(key.clone())? else {
        draft.expect_none(&key);
        return Ok(());
    };
    draft.expect(&found);
    if found.value.is_past(since) {
        return Ok(());
    }
    Err(StoreError::Gone)
}

/// Refuses where a record is missing because its workspace was erased.
pub(super) fn remains(draft: &Draft<'_>, installation: &Installation) -> Result<(), StoreError> {
    match draft.records.get::<Gone>(key(installation))? {
        None => Ok(()),
        Some(_) => Err(StoreError::Gone),
    }
}

/// The installations that are being erased, in memory.
#[derive(Default)]
pub(super) struct Leaving(Mutex<BTreeSet<Installation>>);

impl Leaving {
    /// Those that an earlier process did not come to the end of.
    pub(super) fn read(records: &Records) -> Result<Self, StoreError> {
        let all = records.scan::<Gone>(&below(&Key::of_store(Kind::Gone)))?;
        let open = all.into_iter().filter(|it| it.value.erased.is_none());
        let open = open.map(|it| it.value.installation).collect();
        Ok(Self(Mutex::new(open)))
    }

    /// Whether one is being erased.
    pub(super) fn has(&self, installation: &Installation) -> bool {
        self.with(|all| all.contains(installation))
    }

    /// Looks at the record anew. Of two who look, the second sees no older one than the first.
    fn look(&self, records: &Records, installation: &Installation) -> Result<(), StoreError> {
        self.with(|all| {
            let found = records.get::<Gone>(key(installation))?;
            if found.is_some_and(|found| found.value.erased.is_none()) {
                all.insert(installation.clone());
            } else {
                all.remove(installation);
            }
            Ok(())
        })
    }

    fn with<T>(&self, work: impl FnOnce(&mut BTreeSet<Installation>) -> T) -> T {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[async_trait]
impl Departures for RecordStore {
    async fn depart(
        &self,
        installation: &Installation,
        removed: Timestamp,
    ) -> Result<Departure, StoreError> {
        self.remove_app(installation, removed).await
    }

    async fn has_departed(
        &self,
        installation: &Installation,
        since: Timestamp,
    ) -> Result<bool, StoreError> {
        let found = self.records.get::<Gone>(key(installation))?;
        Ok(found.is_some_and(|found| !found.value.is_past(since)))
    }

    async fn departing(&self) -> Result<Vec<Installation>, StoreError> {
        Ok(self.leaving.with(|all| all.iter().cloned().collect()))
    }

    async fn erase(
        &self,
        installation: &Installation,
        now: Timestamp,
    ) -> Result<usize, StoreError> {
        self.erase_all(installation, now).await
    }
}

impl RecordStore {
    async fn remove_app(
        &self,
        installation: &Installation,
        removed: Timestamp,
    ) -> Result<Departure, StoreError> {
        let key = key(installation);
        let departure = self
            .records
            .transact(|draft| {
                let found = draft.records.get::<Gone>(key.clone())?;
                if let Some(known) = &found {
                    if known.value.removed >= removed {
                        draft.only_settle();
                        return Ok::<_, StoreError>(Departure::Known);
                    }
                    expiry::clear(draft, &key, known.value.keep_until());
                }
                let gone = Gone {
                    installation: installation.clone(),
                    removed,
                    erased: None,
                };
                draft.set(&key, found.as_ref(), &gone)?;
                Ok(Departure::Begun)
            })
            .await?;
        self.leaving.look(&self.records, installation)?;
        if departure == Departure::Begun {
            reach(FailPoint::ErasureBegun);
        }
        Ok(departure)
    }

    pub(super) fn all_departed(&self) -> Result<Vec<Departed>, StoreError> {
        let all = self
            .records
            .scan::<Gone>(&below(&Key::of_store(Kind::Gone)))?;
        let departed = all.into_iter().map(|found| Departed {
            installation: found.value.installation,
            removed: found.value.removed,
            erased: found.value.erased,
        });
        Ok(departed.collect())
    }

    /// Erases all there is, and says so in what remembers it, if anything does.
    async fn erase_all(
        &self,
        installation: &Installation,
        now: Timestamp,
    ) -> Result<usize, StoreError> {
        let mut gone = 0;
        for &kind in Kind::ALL {
            gone += self.erase_kind(kind, installation).await?;
        }
        reach(FailPoint::ErasureBeforeEnd);
        self.end_erasure(installation, now).await?;
        Ok(gone)
    }

    async fn erase_kind(
        &self,
        kind: Kind,
        installation: &Installation,
    ) -> Result<usize, StoreError> {
        let all = below(&Key::of(kind, installation)).limit(CHUNK);
        let mut gone = 0;
        loop {
            let keys = self.records.keys_of(&all)?;
            if keys.is_empty() {
                return Ok(gone);
            }
            gone += keys.len();
            self.records
                .transact(|draft| {
                    for key in &keys {
                        draft.delete(key);
                    }
                    Ok::<_, StoreError>(())
                })
                .await?;
            reach(FailPoint::ErasureBetween);
        }
    }

    async fn end_erasure(
        &self,
        installation: &Installation,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let key = key(installation);
        self.records
            .transact(|draft| {
                let Some(found) = draft.records.get::<Gone>(key.clone())? else {
                    return Ok(());
                };
                if found.value.erased.is_some() {
                    return Ok(());
                }
                let gone = Gone {
                    installation: installation.clone(),
                    removed: found.value.removed,
                    erased: Some(now),
                };
                expiry::set(draft, &key, gone.keep_until())?;
                draft.replace(&found, &gone)
            })
            .await?;
        self.leaving.look(&self.records, installation)
    }
}
