//! How fast the bot posts: what Slack advises, unless Slack itself has just said to wait.

use std::collections::HashMap;
use std::num::NonZeroU32;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use jiff::SignedDuration;
use tokio::time::Instant;

use crate::ident::{Channel, Installation};

/// Messages to a whole workspace in a minute, and at once.
const WORKSPACE: (u32, u32) = (240, 20);

/// From this many keys on, those that have not been used lately are forgotten.
const MANY_KEYS: usize = 1_000;

/// The pace of posts.
#[derive(Debug)]
pub struct Limits {
    channels: DefaultKeyedRateLimiter<(Installation, Channel)>,
    workspaces: DefaultKeyedRateLimiter<Installation>,
    held: Mutex<HashMap<(Installation, &'static str), Instant>>,
}

impl Default for Limits {
    fn default() -> Self {
        Self::every(Duration::from_secs(1))
    }
}

impl Limits {
    /// One message to a channel in each `period`.
    pub fn every(period: Duration) -> Self {
        let one = Quota::per_second(NonZeroU32::MIN);
        let (a_minute, at_once) = WORKSPACE;
        let count = |n| NonZeroU32::new(n).unwrap_or(NonZeroU32::MIN);
        let workspace = Quota::per_minute(count(a_minute)).allow_burst(count(at_once));
        Self {
            channels: RateLimiter::keyed(Quota::with_period(period).unwrap_or(one)),
            workspaces: RateLimiter::keyed(workspace),
            held: Mutex::default(),
        }
    }

    /// Waits until the next post to a channel is in order.
    pub async fn turn(&self, installation: &Installation, channel: &Channel) {
        self.forget();
        let key = (installation.clone(), channel.clone());
        self.channels.until_key_ready(&key).await;
        self.workspaces.until_key_ready(installation).await;
    }

    /// Holds a method back, as Slack has asked.
    pub fn hold(&self, installation: &Installation, method: &'static str, time: SignedDuration) {
        let time = Duration::try_from(time).unwrap_or_default();
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        held.insert((installation.clone(), method), Instant::now() + time);
    }

    /// How long a method is held back still.
    pub fn held(
        &self,
        installation: &Installation,
        method: &'static str,
    ) -> Option<SignedDuration> {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        held.retain(|_, until| *until > Instant::now());
        let until = held.get(&(installation.clone(), method))?;
        SignedDuration::try_from(until.saturating_duration_since(Instant::now())).ok()
    }

    fn forget(&self) {
        if self.channels.len() > MANY_KEYS {
            self.channels.retain_recent();
            self.workspaces.retain_recent();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn one_channel_waits_and_another_does_not() {
        let period = Duration::from_millis(200);
        let limits = Limits::every(period);
        let team = Installation::new("T1");
        let began = Instant::now();
        limits.turn(&team, &Channel::new("C1")).await;
        limits.turn(&team, &Channel::new("C2")).await;
        limits
            .turn(&Installation::new("T2"), &Channel::new("C1"))
            .await;
        let free = began.elapsed();
        limits.turn(&team, &Channel::new("C1")).await;
        assert!(began.elapsed() >= period);
        assert!(free < began.elapsed());
    }

    #[tokio::test]
    async fn many_channels_are_forgotten_again() {
        let limits = Limits::every(Duration::from_nanos(1));
        for n in 0..=MANY_KEYS {
            let key = (Installation::new("T1"), Channel::new(format!("C{n}")));
            assert!(limits.channels.check_key(&key).is_ok());
        }
        limits.forget();
        assert!(limits.channels.len() <= MANY_KEYS);
    }

    #[test]
    fn slacks_word_holds_a_method_back_for_its_workspace() {
        let limits = Limits::default();
        let (one, two) = (Installation::new("T1"), Installation::new("T2"));
        let week = SignedDuration::from_hours(168);
        limits.hold(&one, "chat.postMessage", week);
        let held = limits.held(&one, "chat.postMessage").expect("held");
        assert!(held <= week && held > week - SignedDuration::from_hours(1));
        assert_eq!(limits.held(&two, "chat.postMessage"), None);
        assert_eq!(limits.held(&one, "users.info"), None);
        limits.hold(&one, "chat.postMessage", SignedDuration::ZERO);
        assert_eq!(limits.held(&one, "chat.postMessage"), None);
    }
}
