//! Works off the digests that are due: side by side, each channel one at a time.

use super::pump::{AT_ONCE, Queue};
use super::{IDLE, Workers};
use crate::advisor::DigestDue;
use crate::ident::{Channel, Installation};

/// The digests as the pump sees them.
pub(super) struct Digests<'a>(pub(super) &'a Workers);

impl Queue for Digests<'_> {
    type Row = DigestDue;
    type Key = (Installation, Channel);

    async fn due(&self) -> Vec<DigestDue> {
        let ports = self.0.turns.ports();
        let due = ports.store.due_digests(ports.clock.now(), AT_ONCE).await;
        due.unwrap_or_else(|error| {
            tracing::error!(%error, "the digests that are due could not be read");
            Vec::new()
        })
    }

    fn key(row: &DigestDue) -> Self::Key {
        (row.installation.clone(), row.channel.clone())
    }

    async fn work(&self, row: DigestDue) {
        if let Err(error) = self.0.turns.digest(&row).await
            && !error.is_of_the_gone()
        {
            tracing::error!(channel = %row.channel, %error, "a digest failed and is tried again");
            // It is still due: without a pause a broken store would be asked without end.
            tokio::time::sleep(IDLE).await;
        }
    }
}
