//! Leaves a server alone that has failed again and again, and looks after a while whether it is back.

use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};

/// So many failures in a row.
const FAILURES: u32 = 5;

/// So long it rests.
const REST: SignedDuration = SignedDuration::from_secs(30);

#[derive(Debug, Clone, Copy)]
enum State {
    /// Calls go through; so many have failed in a row.
    Closed(u32),
    /// No call goes through until then.
    Open(Timestamp),
    /// One call, begun then, looks whether the server is back.
    Probing(Timestamp),
}

/// The state of one server.
#[derive(Debug)]
pub(super) struct Breaker(Mutex<State>);

impl Default for Breaker {
    fn default() -> Self {
        Self(Mutex::new(State::Closed(0)))
    }
}

impl Breaker {
    /// Whether a call may go through.
    pub(super) fn admits(&self, now: Timestamp) -> bool {
        self.with(|state| match *state {
            State::Closed(_) => true,
            // A probe that was dropped reports nothing: after a while another one may look.
            State::Open(until) if now >= until => {
                *state = State::Probing(now);
                true
            }
            State::Probing(since) if now.duration_since(since) >= REST => {
                *state = State::Probing(now);
                true
            }
            State::Open(_) | State::Probing(_) => false,
        })
    }

    /// A call came back.
    pub(super) fn succeeded(&self) {
        self.with(|state| *state = State::Closed(0));
    }

    /// A call was admitted and not made.
    pub(super) fn unasked(&self, now: Timestamp) {
        self.with(|state| {
            if let State::Probing(_) = *state {
                *state = State::Open(now);
            }
        });
    }

    /// A call failed.
    pub(super) fn failed(&self, now: Timestamp) {
        self.with(|state| {
            *state = match *state {
                State::Closed(failures) if failures + 1 < FAILURES => State::Closed(failures + 1),
                _ => State::Open(now.checked_add(REST).unwrap_or(now)),
            };
        });
    }

    fn with<T>(&self, act: impl FnOnce(&mut State) -> T) -> T {
        act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).expect("an instant")
    }

    fn opened() -> Breaker {
        let breaker = Breaker::default();
        for _ in 0..FAILURES {
            assert!(breaker.admits(at(0)));
            breaker.failed(at(0));
        }
        breaker
    }

    #[test]
    fn a_server_that_fails_again_and_again_rests() {
        let breaker = opened();
        assert!(!breaker.admits(at(0)) && !breaker.admits(at(29)));
        assert!(breaker.admits(at(30)), "one looks whether it is back");
        assert!(!breaker.admits(at(30)), "and only one");
        breaker.succeeded();
        assert!(breaker.admits(at(31)) && breaker.admits(at(31)));
    }

    #[test]
    fn one_that_is_not_back_rests_again() {
        let breaker = opened();
        assert!(breaker.admits(at(30)));
        breaker.failed(at(31));
        assert!(!breaker.admits(at(60)));
        assert!(breaker.admits(at(61)));
    }

    #[test]
    fn a_probe_that_never_reports_locks_nobody_out() {
        let breaker = opened();
        assert!(breaker.admits(at(30)));
        assert!(!breaker.admits(at(59)));
        assert!(breaker.admits(at(60)));
        breaker.unasked(at(60));
        assert!(breaker.admits(at(60)));
    }

    #[test]
    fn failures_with_successes_between_open_nothing() {
        let breaker = Breaker::default();
        for second in 0..20 {
            breaker.failed(at(second));
            breaker.failed(at(second));
            breaker.succeeded();
        }
        assert!(breaker.admits(at(20)));
    }
}
