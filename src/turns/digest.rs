//! A digest that has come due is a turn like any other, which nobody asked for.

use super::{TurnError, Turns};
use crate::advisor::{DedupKey, DigestDue, Inbound, Origin, Place, PlaceKind, Said};

impl Turns {
    /// Runs the turn of a digest that is due: its period is claimed, and what is posted waits in the
    /// outbox, in one commit.
    pub async fn digest(&self, due: &DigestDue) -> Result<(), TurnError> {
        let ports = &self.shared.ports;
        let standing = ports.store.digest(&due.installation, &due.channel).await?;
        let Some(standing) = standing else {
            return Ok(());
        };
        let inbound = Inbound {
            installation: due.installation.clone(),
            place: Place {
                channel: due.channel.clone(),
                thread: None,
                kind: PlaceKind::Channel,
            },
            by: standing.set_by,
            said: Said::DigestDue { period: due.period },
            at: ports.clock.now(),
            files: Vec::new(),
        };
        let origin = Origin {
            inbound,
            dedup: vec![DedupKey(format!("digest:{}:{}", due.channel, due.period))],
            reply_to: None,
        };
        self.run(&origin, None).await?;
        self.shared.outbox_bell.notify_one();
        Ok(())
    }
}
