//! One turn's outcome as one unit: lease, claims, inbox, plan and effects, whole or not at all.

use super::inbox::{self, SEEN_KEPT, Seen, later};
use super::records::Draft;
use super::{
    RecordStore, attention, desk, digest, gone, lease, model, moved, outbox, plan, proposal,
    snapshot, source,
};
use crate::advisor::{Commit, CommitError, Committed, OutboxRow, StoreError};
use crate::ident::{Installation, OutboxId};

/// What the first look at a commit finds.
enum Verdict {
    /// It can be stored.
    Fresh,
    /// Its delivery was worked off before; these effects came of it.
    Repeat(Vec<OutboxId>),
}

impl RecordStore {
    pub(super) async fn store_commit(&self, commit: Commit) -> Result<Committed, CommitError> {
        let alien = commit
            .outbox
            .iter()
            .any(|row| row.installation != commit.installation);
        let lease = commit.lease.as_ref();
        if alien || lease.is_some_and(|lease| lease.installation != commit.installation) {
            let what = "a commit that reaches into another installation".to_owned();
            return Err(StoreError::Refused(what).into());
        }
        let verdict = self
            .records
            .transact(|draft| decide(draft, &commit))
            .await?;
        match verdict {
            Verdict::Fresh => Ok(Committed::Done),
            Verdict::Repeat(ids) => {
                Ok(Committed::Duplicate(self.rows(&commit.installation, &ids)?))
            }
        }
    }

    fn rows(
        &self,
        installation: &Installation,
        ids: &[OutboxId],
    ) -> Result<Vec<OutboxRow>, StoreError> {
        ids.iter()
            .filter_map(|id| self.row(installation, id).transpose())
            .collect()
    }
}

fn decide(draft: &mut Draft<'_>, commit: &Commit) -> Result<Verdict, CommitError> {
    let installation = &commit.installation;
    gone::admit(draft, installation, commit.since)?;
    if let Some(seen) = inbox::claimed(draft, installation, &commit.claims)? {
        draft.only_settle();
        return Ok(Verdict::Repeat(seen.rows));
    }
    // Claimed before anything can be refused: a repeat that meets the first one is a repeat, not late.
    let seen = Seen {
        keep_until: later(commit.now, SEEN_KEPT),
        rows: commit.outbox.iter().map(|row| row.id.clone()).collect(),
    };
    inbox::claim(draft, installation, &commit.claims, &seen)?;
    if let Some(id) = &commit.inbox_done
        && inbox::leave(draft, installation, id)?.is_none()
    {
        // Another turn of the same event was first, and its effects are stored.
        draft.only_settle();
        return Ok(Verdict::Repeat(Vec::new()));
    }
    moved::admit(draft, commit)?;
    if let Some(lease) = &commit.lease {
        lease::spend(draft, lease)?;
    }
    if let Some(write) = &commit.plan {
        plan::write(draft, installation, write)?;
    }
    if let Some(write) = &commit.digest {
        digest::write(draft, installation, write)?;
    }
    if let Some(workspace) = &commit.workspace {
        model::write(draft, installation, workspace)?;
    }
    desk::write(draft, installation, &commit.kept)?;
    if let Some(write) = &commit.snapshot {
        snapshot::write(draft, installation, write)?;
    }
    if let Some(write) = &commit.attention {
        attention::write(draft, installation, write)?;
    }
    proposal::write(draft, installation, &commit.proposals)?;
    source::write(draft, installation, &commit.sources)?;
    outbox::enter(draft, commit.outbox.clone())?;
    Ok(Verdict::Fresh)
}
