//! Erases what was kept for workspaces that have removed the app; one that was cut short goes on here at
//! the next start, and one that failed after a rest.

use super::Workers;
use super::pump::Queue;
use super::resting::Key;
use crate::ident::Installation;

/// The erasures that have not ended, as the pump sees them.
pub(super) struct Erasures<'a>(pub(super) &'a Workers);

fn key(installation: &Installation) -> Key {
    ("erasure", installation.clone(), None)
}

impl Queue for Erasures<'_> {
    type Row = Installation;
    type Key = Installation;

    async fn due(&self) -> Vec<Installation> {
        let ports = self.0.turns.ports();
        let departing = ports.store.departing().await;
        let mut departing = departing.unwrap_or_else(|error| {
            tracing::error!(%error, "who has removed the app could not be read");
            Vec::new()
        });
        let now = ports.clock.now();
        departing.retain(|it| !self.0.resting.is_resting(&key(it), now));
        departing
    }

    fn key(row: &Installation) -> Installation {
        row.clone()
    }

    async fn work(&self, installation: Installation) {
        let resting = &self.0.resting;
        match self.0.turns.erase(&installation).await {
            Ok(()) => resting.worked(&key(&installation)),
            Err(error) => {
                tracing::error!(%installation, %error, "an erasure failed and is tried again");
                resting.failed(key(&installation), self.0.turns.ports().clock.now());
            }
        }
    }
}
