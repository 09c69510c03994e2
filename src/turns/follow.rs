//! What was heard in a followed channel comes due: a turn like any other, which nobody asked for.

use super::{TurnError, Turns};
use crate::advisor::{
    Against, Attention, AttentionDue, DedupKey, Due, Inbound, Origin, Over, Place, PlaceKind, Said,
};

impl Turns {
    /// Runs the turn of what is due: it is claimed, and what is said waits in the outbox, in one
    /// commit.
    pub async fn follow_up(&self, due: &AttentionDue) -> Result<(), TurnError> {
        let ports = &self.shared.ports;
        // Before anything is looked at: what was found before an erasure must not outlive it.
        let now = ports.clock.now();
        let attention = ports
            .store
            .attention(&due.installation, &due.channel)
            .await?;
        let newest = attention.and_then(|it| {
            let (_, due) = it.next()?;
            newest(&it, &due)
        });
        let Some(newest) = newest else {
            return Ok(());
        };
        let inbound = Inbound {
            installation: due.installation.clone(),
            place: Place {
                channel: due.channel.clone(),
                // It is said where it was said last: in that thread, or in one that this opens.
                thread: newest.heard.thread.clone().or(newest.heard.said.ts),
                kind: PlaceKind::Channel,
            },
            by: newest.heard.by,
            said: Said::FollowUp { at: due.at },
            files: Vec::new(),
            at: now,
        };
        let origin = Origin {
            inbound,
            dedup: vec![DedupKey(format!("follow-up:{}:{}", due.channel, due.at))],
            reply_to: None,
            trigger: None,
        };
        self.run(&origin, None, Over::Conversation).await?;
        self.shared.outbox_bell.notify_one();
        Ok(())
    }
}

/// What was said last of that which has come due.
fn newest(attention: &Attention, due: &Due) -> Option<Against> {
    match due {
        Due::Note => attention.waiting.last().cloned(),
        Due::Thread(root) => {
            let called = attention.called.iter().find(|it| it.root == *root)?;
            called.heard.last().cloned()
        }
    }
}
