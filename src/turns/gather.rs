//! All that a turn may look at, loaded before it is decided.

use uuid::Uuid;

use super::run::Case;
use super::{TurnError, Turns};
use crate::advisor::{
    Actor, Hearing, Inbound, Origin, Proposal, Role, Said, Situation, ThreadAt, ThreadRead,
};
use crate::digest::Standing;
use crate::ident::{PlanId, ProposalId};
use crate::lint::Thresholds;
use crate::plan::Version;

impl Turns {
    /// Loads all that the turn may look at.
    pub(super) async fn gather(
        &self,
        case: Case<'_>,
        current: Option<&PlanId>,
    ) -> Result<Situation<'_>, TurnError> {
        let inbound = &case.origin.inbound;
        let plan = match current.filter(|_| case.needs.plan) {
            Some(plan) => {
                self.shared
                    .ports
                    .store
                    .plan(&inbound.installation, plan)
                    .await?
            }
            None => None,
        };
        let (digest, zone) = if case.needs.digest {
            self.gather_digest(case.origin).await?
        } else {
            (None, None)
        };
        let history = match current.filter(|_| case.needs.history) {
            Some(plan) => {
                let store = &self.shared.ports.store;
                store
                    .history(&inbound.installation, plan, Version(0), usize::MAX)
                    .await?
            }
            None => Vec::new(),
        };
        let store = &self.shared.ports.store;
        let proposal = self.gather_proposal(case).await?;
        let attention = store
            .attention(&inbound.installation, &inbound.place.channel)
            .await?;
        let hearing = if case.needs.hearing {
            let directory = &self.shared.ports.directory;
            directory.hearing(&inbound.installation).await
        } else {
            Hearing::Unknown
        };
        Ok(Situation {
            attention: attention.unwrap_or_default(),
            hearing,
            history,
            installation: inbound.installation.clone(),
            actor: self.actor(case).await,
            plan,
            fresh_plan: PlanId::new(Uuid::now_v7().to_string()),
            proposal,
            thread: self.gather_thread(case).await?,
            fresh_proposal: fresh_proposal(),
            digest,
            zone,
            rules: &self.shared.rules,
            thresholds: Thresholds::default(),
            command: &self.shared.settings.command,
            now: self.shared.ports.clock.now(),
        })
    }

    /// The proposal that the words name.
    async fn gather_proposal(&self, case: Case<'_>) -> Result<Option<Proposal>, TurnError> {
        let installation = &case.origin.inbound.installation;
        let store = &self.shared.ports.store;
        match &case.needs.proposal {
            Some(id) => Ok(store.proposal(installation, id).await?),
            None => Ok(None),
        }
    }

    /// How the channel's digest stands, and the zone of whoever asks.
    async fn gather_digest(
        &self,
        origin: &Origin,
    ) -> Result<(Option<Standing>, Option<String>), TurnError> {
        let Inbound {
            installation,
            place,
            by,
            said,
            ..
        } = &origin.inbound;
        let ports = &self.shared.ports;
        let standing = ports.store.digest(installation, &place.channel).await?;
        let zone = match said {
            Said::DigestDue { .. } => None,
            _ => ports.directory.zone(installation, by).await,
        };
        Ok((standing, zone))
    }

    /// Who acts; somebody who cannot be looked up counts as a guest.
    async fn actor(&self, case: Case<'_>) -> Actor {
        let origin = case.origin;
        let person = origin.inbound.by.clone();
        if !case.needs.role {
            // Nothing of what such a turn may do depends on it.
            let role = Role::Guest;
            return Actor { person, role };
        }
        let role = self
            .shared
            .ports
            .directory
            .role(&origin.inbound.installation, &person)
            .await
            .unwrap_or_else(|error| {
                tracing::warn!(%error, "a person counts as a guest");
                Role::Guest
            });
        Actor { person, role }
    }

    /// The thread that it was said in, and what was read out of it before. Where that reading was cut
    /// short, this one goes on behind it.
    async fn gather_thread(&self, case: Case<'_>) -> Result<Option<ThreadRead>, TurnError> {
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
            transcript: crate::advisor::Transcript::default(),
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

/// An id that is short enough to be typed; the store refuses one that is taken.
fn fresh_proposal() -> ProposalId {
    let id = Uuid::now_v7().simple().to_string();
    ProposalId::new(&id[id.len() - 12..])
}
