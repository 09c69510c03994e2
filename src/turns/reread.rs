//! One thread that values came from, read again when the values are shown: where no event tells of
//! edits, and as fast as the platform lets the bot.

use std::time::Duration;

use super::Turns;
use crate::advisor::{Attention, Inbound, PlaceKind, Reread, Source, ThreadAt};
use crate::intent::Mode;

/// Whoever asked does not wait longer for it.
const WITHIN: Duration = Duration::from_secs(1);

impl Turns {
    /// The thread whose reading is the oldest, if it is a day old.
    pub(super) async fn reread(
        &self,
        inbound: &Inbound,
        attention: &Attention,
        sources: &[Source],
    ) -> Option<Reread> {
        let is_told = attention.mode == Mode::Follow || inbound.place.kind == PlaceKind::Direct;
        let ports = &self.shared.ports;
        let now = ports.clock.now();
        let stale = sources.iter().filter(|it| !is_told && it.is_stale(now));
        let oldest = stale.min_by_key(|it| it.read_at)?;
        let root = oldest.root().clone();
        let at = ThreadAt {
            channel: &inbound.place.channel,
            root: &root,
            after: None,
        };
        let read = ports.threads.read(&inbound.installation, at);
        let transcript = tokio::time::timeout(WITHIN, read).await.ok()?;
        Some(Reread { root, transcript })
    }
}
