//! Clocks that a test moves.

use std::sync::atomic::{AtomicI64, Ordering};

use gtm_advisor::clock::Clock;
use jiff::{SignedDuration, Timestamp};

/// A clock that stands still until it is moved.
#[derive(Debug)]
pub(crate) struct MovableClock(AtomicI64);

impl MovableClock {
    pub(crate) fn new(at: &str) -> Self {
        let at: Timestamp = at.parse().expect("an instant");
        Self(AtomicI64::new(at.as_millisecond()))
    }

    /// Moves it, back too.
    pub(crate) fn move_by(&self, seconds: i64) {
        self.0.fetch_add(seconds * 1_000, Ordering::SeqCst);
    }
}

impl Clock for MovableClock {
    fn now(&self) -> Timestamp {
        let at = Timestamp::from_millisecond(self.0.load(Ordering::SeqCst));
        at.expect("an instant")
    }
}

/// The machine's clock, and some seconds more: for a workspace that waits on a process.
#[derive(Debug, Default)]
pub(crate) struct ShiftedClock(AtomicI64);

impl ShiftedClock {
    pub(crate) fn move_by(&self, seconds: i64) {
        self.0.fetch_add(seconds, Ordering::SeqCst);
    }
}

impl Clock for ShiftedClock {
    fn now(&self) -> Timestamp {
        Timestamp::now() + SignedDuration::from_secs(self.0.load(Ordering::SeqCst))
    }
}
