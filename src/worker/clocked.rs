//! Works off what comes due by the clock alone: digests, and what was heard in followed channels.
//! Side by side, each channel one at a time; one that fails rests, longer each time, and keeps none of
//! the others from their turn.

use std::future::Future;
use std::marker::PhantomData;

use jiff::Timestamp;

use super::pump::{AT_ONCE, Queue};
use super::resting::Key;
use super::{Workers, outbox};
use crate::advisor::{AttentionDue, DigestDue, StoreError};
use crate::digest::Round;
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

    /// Where it is read: of what is read in one place, one is worked at a time, and so it comes in the
    /// order in which it is due.
    fn read_in(row: &Self::Row) -> (Installation, Channel) {
        Self::place(row)
    }

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

    /// A roll-up and a nudge of one person are two things that are due, and come to one place.
    fn read_in(row: &DigestDue) -> (Installation, Channel) {
        let place = match Round::of(&row.channel) {
            Round::Channel(channel) => channel,
            Round::Personal(_, person) => Channel::new(person.as_str()),
        };
        (row.installation.clone(), place)
    }

    async fn due(
        workers: &Workers,
        now: Timestamp,
        limit: usize,
    ) -> Result<Vec<DigestDue>, StoreError> {
        workers.turns.ports().store.due_digests(now, limit).await
    }

    async fn work(workers: &Workers, row: &DigestDue) -> Result<(), TurnError> {
        outbox::end_before(workers, row).await?;
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

/// One kind of what comes due, as the pump sees it.
pub(super) struct Chores<'a, C>(&'a Workers, PhantomData<C>);

impl<'a, C> Chores<'a, C> {
    pub(super) fn of(workers: &'a Workers) -> Self {
        Self(workers, PhantomData)
    }
}

fn key<C: Clocked>(row: &C::Row) -> Key {
    let (installation, channel) = C::place(row);
    (C::NAME, installation, Some(channel))
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
        C::read_in(row)
    }

    async fn work(&self, row: C::Row) {
        let key = key::<C>(&row);
        match C::work(self.0, &row).await {
            Ok(()) => self.0.resting.worked(&key),
            // Of a workspace that is being erased nothing is due any more.
            Err(error) if error.is_of_the_gone() => self.0.resting.worked(&key),
            Err(error) => {
                tracing::error!(what = C::NAME, channel = ?key.2, %error, "it failed and is tried again");
                self.0.resting.failed(key, self.0.turns.ports().clock.now());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest::slot;
    use crate::ident::Person;
    use crate::intent::Personal;

    fn key_of(slot: Channel) -> (Installation, Channel) {
        let row = DigestDue {
            installation: Installation::new("T1"),
            channel: slot,
            period: Timestamp::UNIX_EPOCH,
        };
        Chores::<Digests>::key(&row)
    }

    #[test]
    fn what_one_person_reads_is_worked_in_its_order_and_keeps_nobody_else_waiting() {
        let letters = |person: &str| Personal::ALL.map(|it| key_of(slot(it, &Person::new(person))));
        let [rollup, nudge] = letters("U1");
        assert_eq!(rollup, nudge);
        assert_ne!(rollup, letters("U2")[0]);
        assert_ne!(key_of(Channel::new("C1")), key_of(Channel::new("C2")));
    }
}
