//! Watches the clock: where it ran ahead and was set right, what it has put off is set right too.

use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use tokio_util::sync::CancellationToken;

use super::{IDLE, Workers};

/// A clock that goes back by less has put off nothing: only after hours is a period missed.
const SLACK: SignedDuration = SignedDuration::from_hours(1);

/// The latest instant that the clock has shown; none before the first look.
#[derive(Default)]
pub(super) struct Watch(Mutex<Option<Timestamp>>);

impl Watch {
    /// Whether the clock may have gone back since the last look. Before the first one it may: it ran
    /// while the bot did not.
    fn has_gone_back(&self, now: Timestamp) -> bool {
        let mut latest = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match *latest {
            Some(before) if now + SLACK >= before => {
                *latest = Some(before.max(now));
                false
            }
            _ => {
                *latest = Some(now);
                true
            }
        }
    }

    /// What the last look found has to be looked for again.
    fn forget(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

/// Looks at the clock once.
pub(super) async fn look(workers: &Workers) {
    let ports = workers.turns.ports();
    let now = ports.clock.now();
    if !workers.watch.has_gone_back(now) {
        return;
    }
    workers.resting.wake(now);
    match ports.store.set_right(now).await {
        Ok(0) => {}
        Ok(set_right) => tracing::warn!(set_right, "a clock ahead had put these off"),
        Err(error) => {
            tracing::error!(%error, "what a clock ahead has put off could not be set right");
            workers.watch.forget();
        }
    }
}

/// Looks at it again and again.
pub(super) async fn run(workers: &Workers, stop: &CancellationToken) {
    loop {
        look(workers).await;
        tokio::select! {
            () = tokio::time::sleep(IDLE) => {}
            () = stop.cancelled() => return,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_steps_back_count_once_they_come_to_much() {
        let watch = Watch::default();
        let hours = [0, 0, 400, 399, 398, 398, 399, 0, 1];
        let gone_back = hours.map(|hour| {
            let now = Timestamp::UNIX_EPOCH + SignedDuration::from_hours(hour);
            watch.has_gone_back(now)
        });
        let expected = [true, false, false, false, true, false, false, true, false];
        assert_eq!(gone_back, expected);
        watch.forget();
        assert!(watch.has_gone_back(Timestamp::UNIX_EPOCH));
    }
}
