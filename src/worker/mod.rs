//! The workers: the inbox is worked off, the outbox is sent, what has been kept its time is swept,
//! and whatever a workspace left that has removed the app is erased.
//!
//! Each wakes when a bell rings and, in case a ring was lost with a crash, at least once a second.

mod backoff;
mod clocked;
mod erasure;
mod inbox;
mod outbox;
mod pump;
#[cfg(test)]
mod rates;
mod resting;
mod sweep;
#[cfg(test)]
mod tests;
mod watch;
#[cfg(test)]
mod world;
#[cfg(test)]
mod year;

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use crate::advisor::Messenger;
use crate::turns::Turns;
use clocked::{Chores, Digests, FollowUps};
use erasure::Erasures;
use inbox::Inbox;
use outbox::Outbox;
use resting::Resting;
use watch::Watch;

/// How long a worker sleeps at most.
const IDLE: Duration = Duration::from_secs(1);

/// The workers of one process.
#[derive(Clone)]
pub struct Workers {
    turns: Turns,
    messenger: Arc<dyn Messenger>,
    resting: Arc<Resting>,
    watch: Arc<Watch>,
    bells: Arc<Bells>,
}

/// Ring when the clock was set ahead.
#[derive(Default)]
struct Bells {
    digests: Notify,
    follow_ups: Notify,
}

impl Workers {
    /// Workers that run `turns` and send through `messenger`.
    pub fn new(turns: Turns, messenger: Arc<dyn Messenger>) -> Self {
        Self {
            turns,
            messenger,
            resting: Arc::default(),
            watch: Arc::default(),
            bells: Arc::default(),
        }
    }

    /// The clock was set ahead: what has come due by that is worked at once.
    pub fn clock_went_ahead(&self) {
        self.bells.digests.notify_one();
        self.bells.follow_ups.notify_one();
        self.turns.outbox_bell().notify_one();
    }

    /// Works until `stop`, then finishes what is under way or due.
    pub async fn run(&self, stop: CancellationToken) {
        let (inbox, outbox) = (Inbox(self), Outbox(self));
        let erasures = Erasures(self);
        let (digests, follow_ups) = (Chores::<Digests>::of(self), Chores::<FollowUps>::of(self));
        // What the last turns leave to send is sent.
        let turns_ended = CancellationToken::new();
        let turns = async {
            tokio::join!(
                pump::run(&inbox, self.turns.inbox_bell(), &stop),
                pump::run(&digests, &self.bells.digests, &stop),
                pump::run(&follow_ups, &self.bells.follow_ups, &stop),
            );
            turns_ended.cancel();
        };
        tokio::join!(
            turns,
            pump::run(&outbox, self.turns.outbox_bell(), &turns_ended),
            pump::run(&erasures, self.turns.erasure_bell(), &stop),
            sweep::run(self, &stop),
            watch::run(self, &stop),
        );
    }

    /// Works off all that is due now, and what that makes due; returns how many rows that were.
    pub async fn run_due(&self) -> usize {
        let mut worked = 0;
        watch::look(self).await;
        loop {
            let inbox = pump::run_due(&Inbox(self)).await;
            let clock = pump::run_due(&Chores::<Digests>::of(self)).await
                + pump::run_due(&Chores::<FollowUps>::of(self)).await;
            let outbox = pump::run_due(&Outbox(self)).await;
            let erased = pump::run_due(&Erasures(self)).await;
            let now = inbox + clock + outbox + erased;
            if now == 0 {
                return worked;
            }
            worked += now;
        }
    }
}
