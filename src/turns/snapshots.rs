//! What the last shared checks found, and what has changed since.

use super::{TurnError, Turns};
use crate::advisor::{self, PlanRecord};
use crate::digest::Standing;
use crate::ident::Installation;
use crate::plan::Change;
use crate::report::Snapshot;

impl Turns {
    /// The newest snapshots, and the changes since the oldest that movement is told from: the last
    /// one, or for a digest that of the digest before the last one, which "all of it" goes back to.
    pub(super) async fn gather_snapshots(
        &self,
        installation: &Installation,
        record: Option<&PlanRecord>,
        most: usize,
        digest: Option<&Standing>,
    ) -> Result<(Vec<Snapshot>, Vec<Change>), TurnError> {
        let Some(PlanRecord { plan, .. }) = record.filter(|_| most > 0) else {
            return Ok((Vec::new(), Vec::new()));
        };
        let store = &self.shared.ports.store;
        let snapshots = store.snapshots(installation, plan.id(), most).await?;
        let told = digest.map(|it| it.compared.as_ref().unwrap_or(&it.seen));
        let before = told.and_then(|told| told.snapshot(&snapshots));
        let oldest = before.or(snapshots.last());
        let Some(after) = oldest.and_then(|oldest| advisor::changes_needed(plan, oldest)) else {
            return Ok((snapshots, Vec::new()));
        };
        let changes = store
            .history(installation, plan.id(), after, usize::MAX)
            .await?;
        // A change that came between the two reads does not belong to this sheet.
        let belongs = |change: &Change| change.version <= plan.version();
        Ok((snapshots, changes.into_iter().filter(belongs).collect()))
    }
}
