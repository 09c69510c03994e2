//! A workspace has removed the app: all that was kept for it goes.

use super::Turns;
use crate::advisor::StoreError;
use crate::ident::Installation;

impl Turns {
    /// Erases what was kept for an installation, on disk and in memory.
    pub async fn erase(&self, installation: &Installation) -> Result<(), StoreError> {
        let ports = &self.shared.ports;
        let records = ports.store.erase(installation, ports.clock.now()).await?;
        self.forget(installation);
        tracing::info!(%installation, records, "a workspace that removed the app is erased");
        Ok(())
    }

    /// Forgets what is remembered of an installation in memory.
    pub(super) fn forget(&self, installation: &Installation) {
        self.shared.shelves.clear(installation);
        self.shared.compiled.clear(installation);
        self.shared.ports.directory.forget(installation);
    }

    pub(super) async fn is_departing(
        &self,
        installation: &Installation,
    ) -> Result<bool, StoreError> {
        let departing = self.shared.ports.store.departing().await?;
        Ok(departing.contains(installation))
    }
}
