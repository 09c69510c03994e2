//! What has failed rests before it is tried again, longer each time.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};

use super::backoff;
use crate::ident::{Channel, Installation};

/// How long what has failed is remembered after it might have been tried again.
const REMEMBERED: SignedDuration = SignedDuration::from_hours(1);

/// What rests: what is done, for which workspace, and where in it.
pub(super) type Key = (&'static str, Installation, Option<Channel>);

struct Rest {
    failures: u32,
    until: Timestamp,
}

/// What has failed, how often, and until when it rests.
#[derive(Default)]
pub(super) struct Resting(Mutex<BTreeMap<Key, Rest>>);

impl Resting {
    fn rests(&self) -> std::sync::MutexGuard<'_, BTreeMap<Key, Rest>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How many rest at `now`. What is due no more is forgotten after a while.
    pub(super) fn count(&self, now: Timestamp) -> usize {
        let mut rests = self.rests();
        rests.retain(|_, rest| {
            rest.until
                .saturating_add(REMEMBERED)
                .is_ok_and(|it| it > now)
        });
        rests.values().filter(|rest| rest.until > now).count()
    }

    /// Whether it rests at `now`.
    pub(super) fn is_resting(&self, key: &Key, now: Timestamp) -> bool {
        self.rests().get(key).is_some_and(|rest| rest.until > now)
    }

    /// It has failed at `now`: it rests, longer each time.
    pub(super) fn failed(&self, key: Key, now: Timestamp) {
        let seed = key
            .2
            .as_ref()
            .map_or(key.1.as_str(), Channel::as_str)
            .to_owned();
        let mut rests = self.rests();
        let rest = rests.entry(key).or_insert(Rest {
            failures: 0,
            until: now,
        });
        rest.failures += 1;
        rest.until = now + backoff::wait(rest.failures, None, &seed);
    }

    /// The clock was set back: until when something rests was reckoned by another one.
    pub(super) fn wake(&self, now: Timestamp) {
        for rest in self.rests().values_mut() {
            rest.until = rest.until.min(now);
        }
    }

    /// It has worked, and what failed before is forgotten.
    pub(super) fn worked(&self, key: &Key) {
        self.rests().remove(key);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fails_rests_longer_each_time_and_is_forgotten_when_it_worked() {
        let key = || ("digest", Installation::new("T1"), Some(Channel::new("C1")));
        let (resting, start) = (Resting::default(), Timestamp::UNIX_EPOCH);
        let mut now = start;
        for least in [1, 2, 4, 8] {
            resting.failed(key(), now);
            assert_eq!(resting.count(now), 1);
            let last = now + SignedDuration::from_millis(least * 1_000 - 1);
            assert!(resting.is_resting(&key(), last), "{least} seconds");
            now += SignedDuration::from_secs(least * 2);
            assert!(!resting.is_resting(&key(), now));
        }
        resting.failed(key(), now + SignedDuration::from_hours(400));
        resting.wake(now);
        assert!(
            !resting.is_resting(&key(), now),
            "by the clock as it is now"
        );
        resting.worked(&key());
        resting.failed(key(), now);
        assert!(!resting.is_resting(&key(), now + SignedDuration::from_secs(2)));
        assert_eq!(resting.count(now + SignedDuration::from_hours(2)), 0);
    }
}
