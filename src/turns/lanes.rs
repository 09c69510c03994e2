//! One lane a plan: turns of one plan run one after the other in this process, without polling.
//!
//! The store's lease keeps other processes out; a lane only spares this one the wait for it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::OwnedMutexGuard;

/// What a lane is for: an installation's channel or plan, as one key.
pub(super) type LaneKey = String;

/// The lanes that somebody is in or waits for; an empty lane is forgotten.
#[derive(Debug, Default)]
pub(super) struct Lanes {
    open: Mutex<HashMap<LaneKey, Arc<tokio::sync::Mutex<()>>>>,
}

/// The right to run a turn; dropped, the next in the lane goes on.
pub(super) struct InLane<'a> {
    lanes: &'a Lanes,
    key: LaneKey,
    guard: Option<OwnedMutexGuard<()>>,
}

impl Lanes {
    /// Waits until the lane is free. Waiters go in the order in which they came.
    pub(super) async fn enter(&self, key: LaneKey) -> InLane<'_> {
        let lane = {
            let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(open.entry(key.clone()).or_default())
        };
        let guard = Some(lane.lock_owned().await);
        InLane {
            lanes: self,
            key,
            guard,
        }
    }
}

impl Drop for InLane<'_> {
    fn drop(&mut self) {
        self.guard = None;
        let mut open = self
            .lanes
            .open
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        // Only the map's own handle is left: nobody waits.
        if open
            .get(&self.key)
            .is_some_and(|lane| Arc::strong_count(lane) == 1)
        {
            open.remove(&self.key);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_lane_holds_one_at_a_time_and_is_forgotten_when_empty() {
        let lanes = Lanes::default();
        let first = lanes.enter("T1/C1".to_owned()).await;
        let other = lanes.enter("T1/C2".to_owned()).await;
        let second = lanes.enter("T1/C1".to_owned());
        tokio::pin!(second);
        assert!(futures_util::poll!(second.as_mut()).is_pending());
        drop(first);
        drop(second.await);
        drop(other);
        assert!(lanes.open.lock().unwrap().is_empty());
    }
}
