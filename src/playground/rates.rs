//! Rate limits: a window of one minute per method, and one message a second per channel with room
//! for short bursts.

use std::collections::{HashMap, VecDeque};

use jiff::{SignedDuration, Timestamp};

/// How strictly calls are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rates {
    /// Not at all.
    Off,
    /// As Slack does; so many messages may come at once in a channel.
    Slack {
        /// Messages that one channel takes at once before one a second applies.
        burst: u32,
    },
}

const MINUTE: SignedDuration = SignedDuration::from_secs(60);

/// Counts calls.
#[derive(Debug, Default)]
pub(super) struct Meter {
    calls: HashMap<&'static str, VecDeque<Timestamp>>,
    /// When each channel's allowance would be whole again if nothing more came.
    full_again: HashMap<String, Timestamp>,
}

impl Meter {
    /// Counts a call of a method, or says how many seconds to wait.
    pub(super) fn call(
        &mut self,
        method: &'static str,
        per_minute: usize,
        now: Timestamp,
    ) -> Result<(), u64> {
        let calls = self.calls.entry(method).or_default();
        while calls
            .front()
            .is_some_and(|first| now.duration_since(*first) >= MINUTE)
        {
            calls.pop_front();
        }
        if let Some(first) = calls.front()
            && calls.len() >= per_minute
        {
            return Err(whole_seconds(MINUTE - now.duration_since(*first)));
        }
        calls.push_back(now);
        Ok(())
    }

    /// Counts a message to a channel, or says how many seconds to wait.
    pub(super) fn post(&mut self, channel: &str, burst: u32, now: Timestamp) -> Result<(), u64> {
        let room = SignedDuration::from_secs(i64::from(burst.max(1)));
        let full = self
            .full_again
            .get(channel)
            .copied()
            .unwrap_or(now)
            .max(now);
        let next = full + SignedDuration::from_secs(1);
        let ahead = next.duration_since(now);
        if ahead > room {
            return Err(whole_seconds(ahead - room));
        }
        self.full_again.insert(channel.to_owned(), next);
        Ok(())
    }
}

fn whole_seconds(wait: SignedDuration) -> u64 {
    let rounded_up = wait.as_millis().div_euclid(1_000) + i128::from(wait.as_millis() % 1_000 > 0);
    u64::try_from(rounded_up).unwrap_or(0).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(millis: i64) -> Timestamp {
        Timestamp::from_millisecond(1_700_000_000_000 + millis).unwrap()
    }

    #[test]
    fn a_method_takes_its_number_a_minute_and_not_one_more() {
        let mut meter = Meter::default();
        for n in 0..50 {
            assert_eq!(meter.call("users.info", 50, at(n)), Ok(()));
        }
        assert_eq!(meter.call("users.info", 50, at(10_000)), Err(50));
        assert_eq!(
            meter.call("chat.update", 50, at(10_000)),
            Ok(()),
            "counted apart"
        );
        assert_eq!(
            meter.call("users.info", 50, at(60_000)),
            Ok(()),
            "the window moved on"
        );
    }

    #[test]
    fn a_channel_takes_a_burst_then_one_message_a_second() {
        let mut meter = Meter::default();
        for _ in 0..3 {
            assert_eq!(meter.post("C1", 3, at(0)), Ok(()));
        }
        assert_eq!(meter.post("C1", 3, at(0)), Err(1));
        assert_eq!(
            meter.post("C2", 3, at(0)),
            Ok(()),
            "another channel is not slowed down"
        );
        assert_eq!(meter.post("C1", 3, at(1_000)), Ok(()));
        assert_eq!(meter.post("C1", 3, at(1_000)), Err(1));
    }
}
