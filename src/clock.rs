//! The one door to the time of day, so that tests can move it.

use jiff::Timestamp;

/// Tells the time; the system's clock is plugged in by `cli`, a movable one by tests.
pub trait Clock: Send + Sync + 'static {
    /// The instant that the caller shall treat as now.
    fn now(&self) -> Timestamp;
}
