//! The machine's clock, as the composition root plugs it in.

use jiff::Timestamp;

use crate::clock::Clock;

/// The machine's clock.
#[derive(Debug, Clone, Copy)]
pub(super) struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}
