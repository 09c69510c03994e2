//! Erases what was kept for workspaces that have removed the app; one that was cut short goes on here at
//! the next start.

use super::pump::Queue;
use super::{IDLE, Workers};
use crate::ident::Installation;

/// The erasures that have not ended, as the pump sees them.
pub(super) struct Erasures<'a>(pub(super) &'a Workers);

impl Queue for Erasures<'_> {
    type Row = Installation;
    type Key = Installation;

    async fn due(&self) -> Vec<Installation> {
        let departing = self.0.turns.ports().store.departing().await;
        departing.unwrap_or_else(|error| {
            tracing::error!(%error, "who has removed the app could not be read");
            Vec::new()
        })
    }

    fn key(row: &Installation) -> Installation {
        row.clone()
    }

    async fn work(&self, installation: Installation) {
        if let Err(error) = self.0.turns.erase(&installation).await {
            tracing::error!(%installation, %error, "an erasure failed and is tried again");
            // It is still due: without a pause a broken store would be asked without end.
            tokio::time::sleep(IDLE).await;
        }
    }
}
