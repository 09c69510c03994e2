//! The one door to the time of day, so that tests can move it.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::{SignedDuration, Timestamp};

/// Tells the time; the system's clock is plugged in by `cli`, a movable one by tests.
pub trait Clock: Send + Sync + 'static {
    /// The instant that the caller shall treat as now.
    fn now(&self) -> Timestamp;
}

/// A clock that can be set ahead: the playground's, where weeks pass in minutes. It starts at the
/// time of the clock behind it and never goes back while the program runs.
pub struct TravelClock {
    behind: Arc<dyn Clock>,
    /// In milliseconds.
    ahead: AtomicI64,
}

/// Nanoseconds in a millisecond.
const NANOS_A_MILLI: i128 = 1_000_000;

impl TravelClock {
    /// How far it can be set ahead at once.
    pub const FARTHEST: SignedDuration = SignedDuration::from_hours(24 * 400);

    /// Shows the time of `behind` until it is set ahead.
    pub fn new(behind: Arc<dyn Clock>) -> Self {
        Self {
            behind,
            ahead: AtomicI64::new(0),
        }
    }

    /// Whether it can be set to `instant`, or is past it.
    pub fn reaches(&self, instant: Timestamp) -> bool {
        instant.duration_since(self.now()) <= Self::FARTHEST
    }

    /// Sets it to `instant`; whether it did: not to what is past, nor farther than
    /// [`Self::FARTHEST`].
    pub fn travel(&self, instant: Timestamp) -> bool {
        let distance = instant.duration_since(self.now());
        if distance <= SignedDuration::ZERO || distance > Self::FARTHEST {
            return false;
        }
        self.advance(distance);
        true
    }

    /// Goes on where an earlier run of the program had set it: it shows no time before `instant`.
    pub fn go_on(&self, instant: Timestamp) {
        let distance = instant.duration_since(self.now());
        if distance > SignedDuration::ZERO {
            self.advance(distance);
        }
    }

    /// By that much, and not a moment less: what is due at an instant is due when it was gone to.
    fn advance(&self, distance: SignedDuration) {
        let over = i128::from(distance.as_nanos().rem_euclid(NANOS_A_MILLI) > 0);
        let more = distance.as_nanos().div_euclid(NANOS_A_MILLI) + over;
        self.ahead
            .fetch_add(i64::try_from(more).unwrap_or(0), Ordering::SeqCst);
    }
}

impl Clock for TravelClock {
    fn now(&self) -> Timestamp {
        let ahead = SignedDuration::from_millis(self.ahead.load(Ordering::SeqCst));
        let now = self.behind.now();
        now.checked_add(ahead).unwrap_or(now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Still(Timestamp);

    impl Clock for Still {
        fn now(&self) -> Timestamp {
            self.0
        }
    }

    #[test]
    fn a_journey_goes_ahead_and_within_reason() {
        let at = |words: &str| words.parse::<Timestamp>().expect("an instant");
        let clock = TravelClock::new(Arc::new(Still(at("2026-03-02T10:00:00Z"))));
        assert!(clock.travel(at("2026-03-09T09:00:00Z")));
        assert_eq!(clock.now(), at("2026-03-09T09:00:00Z"));
        assert!(!clock.travel(at("2026-03-09T08:00:00Z")), "back");
        assert!(!clock.travel(at("2030-01-01T00:00:00Z")), "too far");
        assert!(!clock.reaches(at("2030-01-01T00:00:00Z")));
        assert!(clock.reaches(at("2026-03-09T08:00:00Z")), "it is past that");
        assert_eq!(clock.now(), at("2026-03-09T09:00:00Z"));
        clock.go_on(at("2026-03-01T09:00:00Z"));
        assert_eq!(
            clock.now(),
            at("2026-03-09T09:00:00Z"),
            "it is later already"
        );
        clock.go_on(at("2028-03-09T09:00:00.5Z"));
        assert_eq!(clock.now(), at("2028-03-09T09:00:00.5Z"));
    }

    #[test]
    fn whoever_goes_to_an_instant_is_not_there_before_it() {
        let at = |words: &str| words.parse::<Timestamp>().expect("an instant");
        let clock = TravelClock::new(Arc::new(Still(at("2026-03-02T10:00:00.123456Z"))));
        assert!(clock.travel(at("2026-03-09T09:00:00Z")));
        let late = clock.now().duration_since(at("2026-03-09T09:00:00Z"));
        let moment = SignedDuration::ZERO..SignedDuration::from_millis(1);
        assert!(moment.contains(&late), "{late:?}");
    }
}
