//! What the last shared checks found, and what has changed since and since the last review.

use jiff::Timestamp;

use super::run::Case;
use super::{TurnError, Turns};
use crate::advisor::{Back, PlanRecord};
use crate::digest::Standing;
use crate::ident::Installation;
use crate::plan::{Change, Version};
use crate::report::Snapshot;

/// What a turn sees of the time before it.
#[derive(Default)]
pub(super) struct LookedBack {
    /// The newest snapshots, oldest first.
    pub(super) snapshots: Vec<Snapshot>,
    /// The changes, oldest first.
    pub(super) changes: Vec<Change>,
    /// When the first of all was made, where that was asked for.
    pub(super) begun: Option<Timestamp>,
}

impl Turns {
    /// The newest snapshots, and the changes since the oldest that movement is told from: the last
    /// one, or for a digest that of the digest before the last one, which "all of it" goes back to.
    /// Where it is asked what calls for a review, the changes since the last one, too.
    pub(super) async fn look_back(
        &self,
        case: Case<'_>,
        record: Option<&PlanRecord>,
        digest: Option<&Standing>,
    ) -> Result<LookedBack, TurnError> {
        let (needs, installation) = (case.needs, &case.origin.inbound.installation);
        let is_wanted = needs.snapshots > 0 || needs.review;
        let Some(record) = record.filter(|_| is_wanted) else {
            return Ok(LookedBack::default());
        };
        let PlanRecord { plan, tail } = record;
        let store = &self.shared.ports.store;
        let snapshots = match needs.snapshots {
            0 => Vec::new(),
            most => store.snapshots(installation, plan.id(), most).await?,
        };
        let told = digest.map(|it| it.compared.as_ref().unwrap_or(&it.seen));
        let before = told.and_then(|told| told.snapshot(&snapshots));
        let oldest = before.or(snapshots.last());
        let back = if needs.review {
            Back::to_digest(plan, oldest, told)
        } else {
            Back::to_check(plan, oldest)
        };
        // What is older than the end of the history belongs to this sheet for certain.
        let mut lately = tail.clone();
        while let Some((after, limit)) = back.next(&lately) {
            let mut older = store.history(installation, plan.id(), after, limit).await?;
            if older.is_empty() {
                break;
            }
            older.append(&mut lately);
            lately = older;
        }
        let begun = if needs.review {
            self.begun(installation, record, &lately).await?
        } else {
            None
        };
        Ok(LookedBack {
            snapshots,
            changes: lately,
            begun,
        })
    }

    /// When a plan's first change was made; `known` is the end of its history.
    pub(super) async fn begun(
        &self,
        installation: &Installation,
        record: &PlanRecord,
        known: &[Change],
    ) -> Result<Option<Timestamp>, TurnError> {
        if let Some(first) = known.first().filter(|it| it.version == Version(1)) {
            return Ok(Some(first.at));
        }
        let (store, plan) = (&self.shared.ports.store, record.plan.id());
        let first = store.history(installation, plan, Version(0), 1).await?;
        Ok(first.first().map(|change| change.at))
    }
}
