//! Works received events off: one after the other in a channel, side by side across channels.

use super::pump::{AT_ONCE, Queue};
use super::{IDLE, Workers, backoff};
use crate::advisor::{Commit, CommitError, InboxRow};
use crate::ident::{Channel, Installation};
use crate::metrics;
use crate::turns::TurnError;

/// A turn that has failed this often is given up, with an apology to whoever asked.
const MAX_FAILURES: u32 = 4;

/// The inbox as the pump sees it.
pub(super) struct Inbox<'a>(pub(super) &'a Workers);

impl Queue for Inbox<'_> {
    type Row = InboxRow;
    type Key = (Installation, Channel);

    async fn due(&self) -> Vec<InboxRow> {
        let ports = self.0.turns.ports();
        let due = ports.store.due_inbox(ports.clock.now(), AT_ONCE).await;
        due.unwrap_or_else(|error| {
            tracing::error!(%error, "the inbox could not be read");
            Vec::new()
        })
    }

    fn key(row: &InboxRow) -> Self::Key {
        let inbound = &row.origin.inbound;
        (inbound.installation.clone(), inbound.place.channel.clone())
    }

    async fn work(&self, row: InboxRow) {
        let Err(error) = self.0.turns.work_off(&row).await else {
            return;
        };
        if error.is_of_the_gone() {
            // The row is erased with all else of its workspace.
            return;
        }
        if let Err(error) = fail(self.0, &row, &error).await {
            tracing::error!(inbox = %row.id, %error, "a failed turn could not be put off");
            // The row is still due: without a pause a broken store would be asked without end.
            tokio::time::sleep(IDLE).await;
        }
    }
}

async fn fail(workers: &Workers, row: &InboxRow, error: &TurnError) -> Result<(), CommitError> {
    let ports = workers.turns.ports();
    let now = ports.clock.now();
    let failures = row.attempts + 1;
    if failures < MAX_FAILURES {
        tracing::warn!(inbox = %row.id, failures, %error, "a turn failed and is tried again");
        let due = now + backoff::wait(failures, None, row.id.as_str());
        return Ok(ports.store.put_off_inbox(row, due).await?);
    }
    let apology = workers.turns.apology_row(&row.origin, now);
    let is_waited_for = row.origin.inbound.said.is_waited_for();
    tracing::error!(inbox = %row.id, reference = %apology.reference, %error, "a turn is given up");
    let installation = apology.installation.clone();
    let commit = Commit {
        // Whom nobody asked must not apologise.
        outbox: if is_waited_for {
            vec![apology]
        } else {
            Vec::new()
        },
        since: row.origin.inbound.at,
        ..Commit::empty(installation, now)
    };
    ports.store.commit(commit).await?;
    ports.store.bury_inbox(row, &error.to_string(), now).await?;
    ports.metrics.dead_letter(metrics::Queue::Inbox);
    workers.turns.outbox_bell().notify_one();
    Ok(())
}
