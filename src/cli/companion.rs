//! The bot beside whoever travels in time in the playground: where a journey stops, and when it goes on.

use std::sync::Arc;
use std::time::{Duration, Instant};

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};

use crate::advisor::{Store, StoreError};
use crate::clock::Clock;
use crate::playground;
use crate::worker::Workers;

/// A journey goes on after this long, whatever is still to do: it may never be done.
const AT_MOST: Duration = Duration::from_secs(15);

/// How often is looked whether anything is still to do.
const EVERY: Duration = Duration::from_millis(20);

/// What waits in the outbox for no longer than this is waited for.
const SOON: SignedDuration = SignedDuration::from_mins(1);

/// So many things that are due are looked through for the next one.
const ENOUGH: usize = 256;

/// The bot of a playground.
pub(super) struct Companion {
    pub(super) store: Arc<dyn Store>,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) workers: Workers,
}

#[async_trait]
impl playground::Companion for Companion {
    async fn next_stop(&self, until: Timestamp) -> Option<Timestamp> {
        match self.comes_due(until).await {
            Ok(stop) => stop,
            Err(error) => {
                tracing::error!(%error, "what comes due on a journey could not be read");
                None
            }
        }
    }

    async fn settled(&self) {
        self.workers.clock_went_ahead();
        let began = Instant::now();
        while began.elapsed() < AT_MOST {
            match self.is_idle().await {
                Ok(true) => return,
                Ok(false) => tokio::time::sleep(EVERY).await,
                Err(error) => {
                    tracing::error!(%error, "what is due on a journey could not be read");
                    return;
                }
            }
        }
        tracing::warn!("a journey goes on although something is still to do");
    }
}

impl Companion {
    /// The first instant after now and by `until` at which something comes due.
    async fn comes_due(&self, until: Timestamp) -> Result<Option<Timestamp>, StoreError> {
        let digests = self.store.due_digests(until, ENOUGH).await?;
        let notes = self.store.due_attention(until, ENOUGH).await?;
        let now = self.clock.now();
        let digests = digests.into_iter().map(|due| due.period);
        let all = digests.chain(notes.into_iter().map(|due| due.at));
        // What is due already and was not done, since it fails, is no stop ahead.
        Ok(all.filter(|at| *at > now).min())
    }

    async fn is_idle(&self) -> Result<bool, StoreError> {
        let now = self.clock.now();
        Ok(self.store.due_inbox(now, 1).await?.is_empty()
            && self.store.due_digests(now, 1).await?.is_empty()
            && self.store.due_attention(now, 1).await?.is_empty()
            && self
                .store
                .due_outbox(now + SOON, 1, usize::MAX)
                .await?
                .is_empty())
    }
}
