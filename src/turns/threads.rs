//! The thread around what was said, read for one turn and kept nowhere.

use super::run::Case;
use super::{TurnError, Turns};
use crate::advisor::{Inbound, ThreadAt, ThreadRead, Transcript};

impl Turns {
    /// The thread that it was said in, and what was read out of it before. Where that reading was cut
    /// short, this one goes on behind it.
    pub(super) async fn gather_thread(
        &self,
        case: Case<'_>,
    ) -> Result<Option<ThreadRead>, TurnError> {
        let Inbound {
            installation,
            place,
            ..
        } = &case.origin.inbound;
        let Some(root) = place.thread.as_ref().filter(|_| case.needs.thread) else {
            return Ok(None);
        };
        let ports = &self.shared.ports;
        let proposals = ports
            .store
            .proposals(installation, &place.channel, root)
            .await?;
        let mut read = ThreadRead {
            transcript: Transcript::default(),
            after: None,
            proposals,
        };
        let cut_short = read.last().filter(|it| !it.read.is_whole);
        read.after = cut_short.and_then(|it| it.read.up_to.clone());
        let at = ThreadAt {
            channel: &place.channel,
            root,
            after: read.after.as_ref(),
        };
        read.transcript = ports.threads.read(installation, at).await;
        Ok(Some(read))
    }
}
