//! Plans: the sheet as one record, its history as one record a change, and what a channel points to.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::engine::{Kind, Scan};
use super::key::Key;
use super::moved::Way;
use super::records::{Draft, Record, below};
use super::{RecordStore, lease, moved};
use crate::advisor::{CommitError, LeaseOn, PlanRecord, PlanWrite, StoreError};
use crate::ident::{Channel, Installation, PlanId};
use crate::plan::{Change, Plan, Version};

#[derive(Serialize, Deserialize)]
struct Sheet {
    version: Version,
    plan: Plan,
}

/// Since version 2 there are items beside the answers, and acts of several edits; since version 3
/// triggers are among the items. What was written before reads as it is; a program of before must
/// not read what is written now.
const WITH_TRIGGERS: u16 = 3;

impl Record for Sheet {
    const KIND: Kind = Kind::Plan;
    const SCHEMA: u16 = WITH_TRIGGERS;

    fn migrate(_: u16, json: serde_json::Value) -> Result<serde_json::Value, String> {
        Ok(json)
    }
}

impl Record for Change {
    const KIND: Kind = Kind::Change;
    const SCHEMA: u16 = WITH_TRIGGERS;

    fn migrate(_: u16, json: serde_json::Value) -> Result<serde_json::Value, String> {
        Ok(json)
    }
}

/// What a channel points to.
#[derive(Serialize, Deserialize)]
struct Pointer {
    plan: PlanId,
}

impl Record for Pointer {
    const KIND: Kind = Kind::Pointer;
}

fn sheet_key(installation: &Installation, plan: &PlanId) -> Key {
    Key::of(Kind::Plan, installation).words(plan.as_str())
}

fn changes_key(installation: &Installation, plan: &PlanId) -> Key {
    Key::of(Kind::Change, installation).words(plan.as_str())
}

fn pointer_key(installation: &Installation, channel: &Channel) -> Key {
    Key::of(Kind::Pointer, installation).words(channel.as_str())
}

/// Writes a change of a plan, if the plan is where the writer thinks it is.
pub(super) fn write(
    draft: &mut Draft<'_>,
    installation: &Installation,
    write: &PlanWrite,
) -> Result<(), CommitError> {
    let id = write.plan.id();
    let key = sheet_key(installation, id);
    let found = draft.records.get::<Sheet>(key.clone())?;
    let current = found
        .as_ref()
        .map_or(Version(0), |found| found.value.version);
    if current != write.against {
        return Err(CommitError::StalePlan { current });
    }
    point(draft, installation, write)?;
    let mut version = write.against;
    for change in &write.changes {
        version = Version(version.0 + 1);
        if change.version != version {
            let what = format!("change {} where {} is next", change.version.0, version.0);
            return Err(StoreError::Refused(what).into());
        }
        draft.insert(&changes_key(installation, id).number(version.0), change)?;
    }
    if write.plan.version() != version {
        let what = format!(
            "a plan of version {} after change {}",
            write.plan.version().0,
            version.0
        );
        return Err(StoreError::Refused(what).into());
    }
    draft.set(
        &key,
        found.as_ref(),
        &Sheet {
            version,
            plan: write.plan.clone(),
        },
    )?;
    Ok(())
}

/// Points the channel at the plan if it points nowhere. A new plan for a channel that has one by now
/// comes too late: its maker saw no plan.
fn point(
    draft: &mut Draft<'_>,
    installation: &Installation,
    write: &PlanWrite,
) -> Result<(), CommitError> {
    let key = pointer_key(installation, &write.channel);
    let Some(found) = draft.records.get::<Pointer>(key.clone())? else {
        draft.insert(
            &key,
            &Pointer {
                plan: write.plan.id().clone(),
            },
        )?;
        return Ok(());
    };
    draft.expect(&found);
    if write.against == Version(0) && found.value.plan != *write.plan.id() {
        let other = draft
            .records
            .get::<Sheet>(sheet_key(installation, &found.value.plan))?;
        let current = other.map_or(Version(0), |other| other.value.version);
        return Err(CommitError::StalePlan { current });
    }
    Ok(())
}

/// Points a channel's new id at its plan; returns the plan that was begun there meanwhile, which gives
/// way.
pub(super) fn follow(draft: &mut Draft<'_>, way: Way<'_>) -> Result<Option<PlanId>, StoreError> {
    let old = pointer_key(way.installation, way.from);
    let Some(found) = draft.records.get::<Pointer>(old.clone())? else {
        draft.expect_none(&old);
        return Ok(None);
    };
    let on = LeaseOn::Plan(found.value.plan.clone());
    lease::expect(draft, way.installation, &on)?;
    let new = pointer_key(way.installation, way.to);
    let there = draft.records.get::<Pointer>(new.clone())?;
    way.carry(draft, &found, &new)?;
    Ok(there.map(|it| it.value.plan))
}

impl RecordStore {
    pub(super) fn pointed_plan(
        &self,
        installation: &Installation,
        channel: &Channel,
    ) -> Result<Option<PlanId>, StoreError> {
        let found = self
            .records
            .get::<Pointer>(pointer_key(installation, channel))?;
        Ok(found.map(|found| found.value.plan))
    }

    pub(super) fn plan_record(
        &self,
        installation: &Installation,
        id: &PlanId,
    ) -> Result<Option<PlanRecord>, StoreError> {
        let Some(found) = self.records.get::<Sheet>(sheet_key(installation, id))? else {
            return Ok(None);
        };
        let Sheet { version, plan } = found.value;
        let from = changes_key(installation, id);
        // A change that came between the two reads does not belong to this sheet.
        let end = from.clone().number(version.0.saturating_add(1));
        let scan = below(&from)
            .to(end.as_bytes().to_vec())
            .down()
            .limit(PlanRecord::TAIL);
        let mut tail = self.changes(installation, &scan)?;
        tail.reverse();
        Ok(Some(PlanRecord { plan, tail }))
    }

    pub(super) fn changes_after(
        &self,
        installation: &Installation,
        id: &PlanId,
        after: Version,
        limit: usize,
    ) -> Result<Vec<Change>, StoreError> {
        let all = changes_key(installation, id);
        let from = all.clone().number(after.0.saturating_add(1));
        let scan = below(&all).from(from.as_bytes().to_vec()).limit(limit);
        self.changes(installation, &scan)
    }

    /// Each with the id that the channel of its message goes by now, under which the message is found.
    fn changes(&self, installation: &Installation, scan: &Scan) -> Result<Vec<Change>, StoreError> {
        let found = self.records.scan::<Change>(scan)?;
        let mut changes: Vec<Change> = found.into_iter().map(|found| found.value).collect();
        let mut known: BTreeMap<Channel, Channel> = BTreeMap::new();
        for Change { link, .. } in &mut changes {
            let now = match known.get(&link.channel) {
                Some(now) => now.clone(),
                None => moved::now(&self.records, installation, &link.channel)?,
            };
            let before = std::mem::replace(&mut link.channel, now.clone());
            known.insert(before, now);
        }
        Ok(changes)
    }
}
