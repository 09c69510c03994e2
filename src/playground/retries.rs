//! Events that the bot did not take wait here for Slack's later attempts.

use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};

/// An attempt to come.
#[derive(Debug, Clone)]
pub(super) struct Retry {
    pub(super) body: String,
    pub(super) number: u8,
    pub(super) reason: &'static str,
    due: Timestamp,
}

/// The attempts to come; the oldest are dropped when there are too many.
#[derive(Debug, Default)]
pub(super) struct Retries {
    waiting: Mutex<Vec<Retry>>,
}

const MOST: usize = 1_000;

/// How long Slack waits before its second and third retry; the first comes at once.
const WAITS: [(u8, SignedDuration); 2] = [
    (2, SignedDuration::from_mins(1)),
    (3, SignedDuration::from_mins(5)),
];

impl Retries {
    /// Plans a retry by its number; there is none after the third.
    pub(super) fn plan(&self, body: String, number: u8, reason: &'static str, now: Timestamp) {
        let Some((_, wait)) = WAITS.iter().find(|(of, _)| *of == number) else {
            return;
        };
        let retry = Retry {
            body,
            number,
            reason,
            due: now + *wait,
        };
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.push(retry);
        let surplus = waiting.len().saturating_sub(MOST);
        waiting.drain(..surplus);
    }

    /// Takes out what is due.
    pub(super) fn take_due(&self, now: Timestamp) -> Vec<Retry> {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let (due, later) = waiting.drain(..).partition(|retry| retry.due <= now);
        *waiting = later;
        due
    }
}
