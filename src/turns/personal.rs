//! What goes to one person by a schedule: whose it is, and which plans they may see.

use super::{TurnError, Turns};
use crate::advisor::{Inbound, Needs, PlaceKind, Readers, SeenPlan};
use crate::digest::slot;
use crate::ident::Channel;
use crate::report::MOST_KEPT;

/// The name under which the standing of a turn is kept: a channel's, or a person's own.
pub(super) fn standing_of(inbound: &Inbound, needs: &Needs) -> Channel {
    match needs.personal {
        Some(about) => slot(about, &inbound.by),
        None => inbound.place.channel.clone(),
    }
}

impl Turns {
    /// Who reads the channel.
    pub(super) async fn readers(&self, inbound: &Inbound, needs: &Needs) -> Readers {
        let place = &inbound.place;
        if !needs.for_all || place.kind != PlaceKind::Channel {
            return Readers::Some;
        }
        let directory = &self.shared.ports.directory;
        let found = directory.is_for_all(&inbound.installation, &place.channel);
        match found.await {
            Some(true) => Readers::Everybody,
            Some(false) => Readers::Some,
            None => Readers::Unknown,
        }
    }

    /// The plans of the channels that whoever acts is in at this moment.
    pub(super) async fn gather_plans(
        &self,
        inbound: &Inbound,
        needs: &Needs,
    ) -> Result<Option<Vec<SeenPlan>>, TurnError> {
        if !needs.plans {
            return Ok(None);
        }
        let (ports, installation) = (&self.shared.ports, &inbound.installation);
        let channels = ports.directory.channels(installation, &inbound.by).await;
        let Some(channels) = channels else {
            return Ok(None);
        };
        let mut plans = Vec::new();
        for (channel, name) in channels {
            let Some(id) = ports.store.current_plan(installation, &channel).await? else {
                continue;
            };
            let Some(record) = ports.store.plan(installation, &id).await? else {
                continue;
            };
            let snapshots = ports.store.snapshots(installation, &id, MOST_KEPT).await?;
            let begun = self.begun(installation, &record, &record.tail).await?;
            plans.push(SeenPlan {
                channel,
                name,
                record,
                begun,
                snapshots,
            });
        }
        Ok(Some(plans))
    }
}
