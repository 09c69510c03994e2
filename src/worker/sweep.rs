//! Removes what has been kept for its time.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::Workers;
use crate::advisor::Swept;

/// How often the store is swept.
const EVERY: Duration = Duration::from_mins(1);

pub(super) async fn run(workers: &Workers, stop: &CancellationToken) {
    loop {
        tokio::select! {
            () = tokio::time::sleep(EVERY) => {}
            () = stop.cancelled() => return,
        }
        let ports = workers.turns.ports();
        match ports.store.sweep(ports.clock.now()).await {
            Ok(Swept { removed, left: 0 }) => tracing::debug!(removed, "swept"),
            Ok(Swept { removed, left }) => {
                tracing::warn!(removed, left, "swept, but for records of a newer version");
            }
            Err(error) => tracing::error!(%error, "the store could not be swept"),
        }
    }
}
