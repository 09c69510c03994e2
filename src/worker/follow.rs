//! Works off what was heard in followed channels and has come due: side by side, each channel one at
//! a time.

use super::pump::{AT_ONCE, Queue};
use super::{IDLE, Workers};
use crate::advisor::AttentionDue;
use crate::ident::{Channel, Installation};

/// What is due in followed channels, as the pump sees it.
pub(super) struct FollowUps<'a>(pub(super) &'a Workers);

impl Queue for FollowUps<'_> {
    type Row = AttentionDue;
    type Key = (Installation, Channel);

    async fn due(&self) -> Vec<AttentionDue> {
        let ports = self.0.turns.ports();
        let due = ports.store.due_attention(ports.clock.now(), AT_ONCE).await;
        due.unwrap_or_else(|error| {
            tracing::error!(%error, "what is due in followed channels could not be read");
            Vec::new()
        })
    }

    fn key(row: &AttentionDue) -> Self::Key {
        (row.installation.clone(), row.channel.clone())
    }

    async fn work(&self, row: AttentionDue) {
        if let Err(error) = self.0.turns.follow_up(&row).await
            && !error.is_of_the_gone()
        {
            tracing::error!(channel = %row.channel, %error, "a note failed and is tried again");
            // It is still due: without a pause a broken store would be asked without end.
            tokio::time::sleep(IDLE).await;
        }
    }
}
