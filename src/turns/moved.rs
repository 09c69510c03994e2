//! Channels that go by another id by now: what was said under the old one is heard under the new one.

use std::borrow::Cow;

use super::Turns;
use crate::advisor::{Origin, OutboxRow, StoreError};

impl Turns {
    /// What was said, in the channel as it is called now.
    pub(super) async fn there<'a>(
        &self,
        origin: &'a Origin,
    ) -> Result<Cow<'a, Origin>, StoreError> {
        let inbound = &origin.inbound;
        let store = &self.shared.ports.store;
        let channel = &inbound.place.channel;
        let now = store.channel_now(&inbound.installation, channel).await?;
        if now == *channel {
            return Ok(Cow::Borrowed(origin));
        }
        let mut origin = origin.clone();
        origin.inbound.place.channel = now;
        Ok(Cow::Owned(origin))
    }

    /// What waits to be sent, to the channel as it is called now.
    pub async fn sent_there(&self, mut row: OutboxRow) -> Result<OutboxRow, StoreError> {
        let store = &self.shared.ports.store;
        row.channel = store.channel_now(&row.installation, &row.channel).await?;
        Ok(row)
    }
}
