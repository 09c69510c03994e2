//! Works off what comes due by the clock alone: digests, and what was heard in followed channels.
//! Side by side, each channel one at a time; one that fails rests, longer each time, and keeps none of
//! the others from their turn.

use std::collections::BTreeMap;
use std::future::Future;
use std::marker::PhantomData;
use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};

use super::pump::{AT_ONCE, Queue};
use super::{Workers, backoff};
use crate::advisor::{AttentionDue, DigestDue, StoreError};
use crate::ident::{Channel, Installation};
use crate::turns::TurnError;

/// Something that comes due by the clock.
pub(super) trait Clocked {
    /// What is due.
    type Row;
    /// What it is called in the log.
    const NAME: &'static str;

    /// Where it is due.
    fn place(row: &Self::Row) -> (Installation, Channel);

    /// What is due by `now`, those that have waited longest first.
    fn due(
        workers: &Workers,
        now: Timestamp,
        limit: usize,
    ) -> impl Future<Output = Result<Vec<Self::Row>, StoreError>>;

    /// Does it.
    fn work(workers: &Workers, row: &Self::Row) -> impl Future<Output = Result<(), TurnError>>;
}

/// Digests, and what goes to one person by a schedule.
pub(super) struct Digests;

impl Clocked for Digests {
    type Row = DigestDue;
    const NAME: &'static str = "digest";

    fn place(row: &DigestDue) -> (Installation, Channel) {
        (row.installation.clone(), row.channel.clone())
    }

    async fn due(
        workers: &Workers,
        now: Timestamp,
        limit: usize,
    ) -> Result<Vec<DigestDue>, StoreError> {
        workers.turns.ports().store.due_digests(now, limit).await
    }

    async fn work(workers: &Workers, row: &DigestDue) -> Result<(), TurnError> {
        workers.turns.digest(row).await
    }
}

/// Notes about what was heard in followed channels.
pub(super) struct FollowUps;

impl Clocked for FollowUps {
    type Row = AttentionDue;
    const NAME: &'static str = "note";

    fn place(row: &AttentionDue) -> (Installation, Channel) {
        (row.installation.clone(), row.channel.clone())
    }

    async fn due(
        workers: &Workers,
        now: Timestamp,
        limit: usize,
    ) -> Result<Vec<AttentionDue>, StoreError> {
        workers.turns.ports().store.due_attention(now, limit).await
    }

    async fn work(workers: &Workers, row: &AttentionDue) -> Result<(), TurnError> {
        workers.turns.follow_up(row).await
    }
}

/// How long what has failed is remembered after it might have been tried again.
const REMEMBERED: SignedDuration = SignedDuration::from_hours(1);

type Key = (&'static str, Installation, Channel);

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
    fn count(&self, now: Timestamp) -> usize {
        let mut rests = self.rests();
        rests.retain(|_, rest| {
            rest.until
                .saturating_add(REMEMBERED)
                .is_ok_and(|it| it > now)
        });
        rests.values().filter(|rest| rest.until > now).count()
    }

    fn is_resting(&self, key: &Key, now: Timestamp) -> bool {
        self.rests().get(key).is_some_and(|rest| rest.until > now)
    }

    fn failed(&self, key: Key, now: Timestamp) {
        let seed = key.2.to_string();
        let mut rests = self.rests();
        let rest = rests.entry(key).or_insert(Rest {
            failures: 0,
            until: now,
        });
        rest.failures += 1;
        rest.until = now + backoff::wait(rest.failures, None, &seed);
    }

    fn worked(&self, key: &Key) {
        self.rests().remove(key);
    }
}

/// One kind of what comes due, as the pump sees it.
pub(super) struct Chores<'a, C>(&'a Workers, PhantomData<C>);

impl<'a, C> Chores<'a, C> {
    pub(super) fn of(workers: &'a Workers) -> Self {
        Self(workers, PhantomData)
    }
}

fn key<C: Clocked>(row: &C::Row) -> Key {
    let (installation, channel) = C::place(row);
    (C::NAME, installation, channel)
}

impl<C: Clocked> Queue for Chores<'_, C> {
    type Row = C::Row;
    type Key = (Installation, Channel);

    async fn due(&self) -> Vec<C::Row> {
        let now = self.0.turns.ports().clock.now();
        let resting = &self.0.resting;
        let due = C::due(self.0, now, AT_ONCE + resting.count(now)).await;
        let mut due = due.unwrap_or_else(|error| {
            tracing::error!(what = C::NAME, %error, "what is due could not be read");
            Vec::new()
        });
        due.retain(|row| !resting.is_resting(&key::<C>(row), now));
        due
    }

    fn key(row: &C::Row) -> Self::Key {
        C::place(row)
    }

    async fn work(&self, row: C::Row) {
        let key = key::<C>(&row);
        match C::work(self.0, &row).await {
            Ok(()) => self.0.resting.worked(&key),
            // Of a workspace that is being erased nothing is due any more.
            Err(error) if error.is_of_the_gone() => self.0.resting.worked(&key),
            Err(error) => {
                tracing::error!(what = C::NAME, channel = %key.2, %error, "it failed and is tried again");
                self.0.resting.failed(key, self.0.turns.ports().clock.now());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fails_rests_longer_each_time_and_is_forgotten_when_it_worked() {
        let key = || ("digest", Installation::new("T1"), Channel::new("C1"));
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
        resting.worked(&key());
        resting.failed(key(), now);
        assert!(!resting.is_resting(&key(), now + SignedDuration::from_secs(2)));
        assert_eq!(resting.count(now + SignedDuration::from_hours(2)), 0);
    }
}
