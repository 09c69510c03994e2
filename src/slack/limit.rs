//! How fast the bot posts: what Slack advises, unless Slack itself has just said to wait.

use std::collections::HashMap;
use std::num::NonZeroU32;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use governor::clock::{Clock, DefaultClock};
use governor::middleware::NoOpMiddleware;
use governor::state::keyed::DefaultKeyedStateStore;
use governor::{Quota, RateLimiter};
use jiff::SignedDuration;
use tokio::time::Instant;

use crate::advisor::Urgency;
use crate::ident::{Channel, Installation};

/// Messages to a whole workspace in a minute, and at once.
const WORKSPACE: (u32, u32) = (240, 20);

/// How many of them may be digests. What is left is for people: their answer never stands behind
/// thousands of digests that are due at the same minute.
pub const DIGESTS: (u32, u32) = (200, 10);

/// What a post has of what it needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Turn {
    channel: bool,
    digests: bool,
}

/// From this many keys on, those that have not been used lately are forgotten.
const MANY_KEYS: usize = 1_000;

type Limiter<K, C> =
    RateLimiter<K, DefaultKeyedStateStore<K>, C, NoOpMiddleware<<C as Clock>::Instant>>;

/// The pace of posts, on a clock.
#[derive(Debug)]
pub struct Limits<C: Clock + Clone = DefaultClock> {
    clock: C,
    channels: Limiter<(Installation, Channel), C>,
    workspaces: Limiter<Installation, C>,
    digests: Limiter<Installation, C>,
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
        Self::on(DefaultClock::default(), period)
    }
}

impl<C: Clock + Clone> Limits<C> {
    /// The same on a clock of one's own.
    pub fn on(clock: C, period: Duration) -> Self {
        let one = Quota::per_second(NonZeroU32::MIN);
        let count = |n| NonZeroU32::new(n).unwrap_or(NonZeroU32::MIN);
        let quota =
            |(a_minute, at_once)| Quota::per_minute(count(a_minute)).allow_burst(count(at_once));
        let channel = Quota::with_period(period).unwrap_or(one);
        Self {
            channels: RateLimiter::new(channel, DefaultKeyedStateStore::default(), clock.clone()),
            workspaces: RateLimiter::new(
                quota(WORKSPACE),
                DefaultKeyedStateStore::default(),
                clock.clone(),
            ),
            digests: RateLimiter::new(
                quota(DIGESTS),
                DefaultKeyedStateStore::default(),
                clock.clone(),
            ),
            clock,
            held: Mutex::default(),
        }
    }

    /// Waits until the next post to a channel is in order.
    pub async fn turn(&self, installation: &Installation, channel: &Channel, urgency: Urgency) {
        self.forget();
        let mut turn = Turn::default();
        while let Err(wait) = self.next(&mut turn, installation, channel, urgency) {
            tokio::time::sleep(wait).await;
        }
    }

    /// Takes what a post needs, one after the other; how long the next one lets wait, if it does.
    pub fn next(
        &self,
        turn: &mut Turn,
        installation: &Installation,
        channel: &Channel,
        urgency: Urgency,
    ) -> Result<(), Duration> {
        let now = self.clock.now();
        if !turn.channel {
            let key = (installation.clone(), channel.clone());
            let checked = self.channels.check_key(&key);
            checked.map_err(|not_until| not_until.wait_time_from(now))?;
            turn.channel = true;
        }
        if !turn.digests && urgency == Urgency::Digest {
            let checked = self.digests.check_key(installation);
            checked.map_err(|not_until| not_until.wait_time_from(now))?;
            turn.digests = true;
        }
        let checked = self.workspaces.check_key(installation);
        checked.map_err(|not_until| not_until.wait_time_from(now))
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
            self.digests.retain_recent();
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
        limits
            .turn(&team, &Channel::new("C1"), Urgency::Person)
            .await;
        limits
            .turn(&team, &Channel::new("C2"), Urgency::Person)
            .await;
        limits
            .turn(
                &Installation::new("T2"),
                &Channel::new("C1"),
                Urgency::Person,
            )
            .await;
        let free = began.elapsed();
        limits
            .turn(&team, &Channel::new("C1"), Urgency::Person)
            .await;
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
