//! What shared checks found, one record each, and which of them a plan still has.
//!
//! A plan's list of what is kept is the record that two checks at once meet at: the second is decided
//! anew, so neither is lost.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::RecordStore;
use super::engine::Kind;
use super::key::Key;
use super::records::{Draft, Record, usable};
use crate::advisor::{SnapshotWrite, StoreError};
use crate::ident::{Installation, PlanId};
use crate::report::{Snapshot, outlived};

impl Record for Snapshot {
    const KIND: Kind = Kind::Snapshot;
}

/// The snapshots of one plan, oldest first.
#[derive(Default, Serialize, Deserialize)]
struct Kept {
    /// The number of the next one.
    next: u64,
    /// The number of each, and when it was made.
    made: Vec<(u64, Timestamp)>,
}

impl Record for Kept {
    const KIND: Kind = Kind::SnapshotsKept;
}

fn kept_key(installation: &Installation, plan: &PlanId) -> Key {
    Key::of(Kind::SnapshotsKept, installation).words(plan.as_str())
}

fn key(installation: &Installation, plan: &PlanId, number: u64) -> Key {
    let plan = Key::of(Kind::Snapshot, installation).words(plan.as_str());
    plan.number(number)
}

/// Adds a snapshot to those of its plan, and removes those that it outdates.
pub(super) fn write(
    draft: &mut Draft<'_>,
    installation: &Installation,
    write: &SnapshotWrite,
) -> Result<(), StoreError> {
    let SnapshotWrite { plan, snapshot } = write;
    let list = kept_key(installation, plan);
    let found = draft.records.get::<Kept>(list.clone())?;
    let before = found.as_ref().map(|found| &found.value);
    let number = before.map_or(0, |kept| kept.next);
    let mut made = before.map_or_else(Vec::new, |kept| kept.made.clone());
    made.push((number, snapshot.at));
    let instants: Vec<Timestamp> = made.iter().map(|(_, at)| *at).collect();
    // From the end, so that the places before it stay what they are.
    for place in outlived(&instants).into_iter().rev() {
        let (gone, _) = made.remove(place);
        let gone = key(installation, plan, gone);
        if let Some(found) = draft.records.get::<Snapshot>(gone)? {
            draft.remove(&found)?;
        }
    }
    draft.insert(&key(installation, plan, number), snapshot)?;
    let kept = Kept {
        next: number + 1,
        made,
    };
    draft.set(&list, found.as_ref(), &kept)
}

impl RecordStore {
    pub(super) fn snapshots_of(
        &self,
        installation: &Installation,
        plan: &PlanId,
        limit: usize,
    ) -> Result<Vec<Snapshot>, StoreError> {
        let kept = self.records.get::<Kept>(kept_key(installation, plan))?;
        let made = kept.map_or_else(Vec::new, |found| found.value.made);
        let newest = &made[made.len().saturating_sub(limit)..];
        let mut snapshots = Vec::with_capacity(newest.len());
        for (number, _) in newest {
            let key = key(installation, plan, *number);
            // One that cannot be read is a gap in a trend, and no reason to refuse a check.
            let found = usable(plan.as_str(), self.records.get::<Snapshot>(key))?;
            snapshots.extend(found);
        }
        Ok(snapshots)
    }
}
