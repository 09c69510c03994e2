//! What a clock that ran ahead has put off, and is set right with it.

use jiff::Timestamp;

use super::RecordStore;
use super::engine::Kind;
use crate::advisor::StoreError;

impl RecordStore {
    /// Sets right, by a clock that was set back, what waits for longer than it would have; returns how
    /// much that was. It costs what waits.
    pub(super) async fn set_all_right(&self, now: Timestamp) -> Result<usize, StoreError> {
        let mut set_right = 0;
        for installation in self.records.installations(Kind::DigestDue)? {
            if !self.leaving.has(&installation) {
                set_right += self.set_digests_right(&installation, now).await?;
            }
            tokio::task::yield_now().await;
        }
        for installation in self.records.installations(Kind::OutboxReady)? {
            if !self.leaving.has(&installation) {
                set_right += self.set_outbox_right(&installation, now).await?;
            }
        }
        Ok(set_right)
    }
}
