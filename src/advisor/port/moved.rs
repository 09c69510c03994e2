//! Channels that go by another id from now on, as Slack gives them one when they become shared or public.

use async_trait::async_trait;
use jiff::Timestamp;

use super::{DedupKey, StoreError};
use crate::ident::{Channel, Installation};

/// That a channel has another id from now on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// The installation.
    pub installation: Installation,
    /// What it went by until now.
    pub from: Channel,
    /// What it goes by from now on.
    pub to: Channel,
    /// When that was said.
    pub at: Timestamp,
    /// Either of these seen before makes it a repeat; at least one.
    pub dedup: Vec<DedupKey>,
}

/// What the news that a channel has another id came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Followed {
    /// All that was kept for it stands under its new id.
    Now,
    /// It was known before.
    Before,
}

/// The part of the store that follows channels to their new ids.
#[async_trait]
pub trait Moves: Send + Sync + 'static {
    /// Puts all that is kept for a channel under its new id, whole or not at all: the plan that it
    /// points to, its digest, how it is attended to, what waits for a decision, where values came from,
    /// its documents. From then on nothing is written under the old one.
    async fn follow_channel(&self, moved: &Moved, now: Timestamp) -> Result<Followed, StoreError>;

    /// What a channel goes by now: itself, where it has no other id.
    async fn channel_now(
        &self,
        installation: &Installation,
        channel: &Channel,
    ) -> Result<Channel, StoreError>;
}
