//! What a turn has to know of what is said in its channel.

use super::{TurnError, Turns};
use crate::advisor::{
    Attention, Hearing, Inbound, Needs, Proposal, Reread, Said, Source, StoreError,
};
use crate::ident::MessageTs;

/// What a turn has to know of what is said in its channel.
pub(super) struct HeardOf {
    pub(super) attention: Attention,
    pub(super) hearing: Hearing,
    pub(super) source: Option<Source>,
    pub(super) quoting: Vec<Proposal>,
    pub(super) marked: Vec<Source>,
    pub(super) reread: Option<Reread>,
}

impl Turns {
    pub(super) async fn gather_heard(
        &self,
        inbound: &Inbound,
        needs: &Needs,
    ) -> Result<HeardOf, TurnError> {
        let ports = &self.shared.ports;
        let (installation, channel) = (&inbound.installation, &inbound.place.channel);
        let attention = ports.store.attention(installation, channel).await?;
        let hearing = if needs.hearing {
            ports.directory.hearing(installation).await
        } else {
            Hearing::Unknown
        };
        let ts = match &inbound.said {
            Said::Edited { ts, .. } | Said::Deleted { ts } if needs.source => Some(ts),
            _ => None,
        };
        let (source, quoting) = match ts {
            Some(ts) => (
                ports.store.source(installation, channel, ts).await?,
                self.quoting(inbound, ts).await?,
            ),
            None => (None, Vec::new()),
        };
        let marked = if needs.marked {
            ports.store.sources(installation, channel).await?
        } else {
            Vec::new()
        };
        let attention = attention.unwrap_or_default();
        let right = attention.set_right(ports.clock.now());
        let attention = right.unwrap_or(attention);
        let reread = self.reread(inbound, &attention, &marked).await;
        Ok(HeardOf {
            attention,
            hearing,
            source,
            quoting,
            marked,
            reread,
        })
    }

    /// The proposals that quote a message. One may gather what was said all over its channel.
    pub(super) async fn quoting(
        &self,
        inbound: &Inbound,
        ts: &MessageTs,
    ) -> Result<Vec<Proposal>, StoreError> {
        let store = &self.shared.ports.store;
        let (installation, channel) = (&inbound.installation, &inbound.place.channel);
        let mut found = store.proposals_of_channel(installation, channel).await?;
        found.retain(|proposal| proposal.quotes(ts));
        Ok(found)
    }
}
