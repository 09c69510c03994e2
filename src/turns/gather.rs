//! All that a turn may look at, loaded before it is decided.

use uuid::Uuid;

use super::own_rules::Ground;
use super::personal::standing_of;
use super::run::Case;
use super::writes::fresh_proposal;
use super::{TurnError, Turns};
use crate::advisor::{Actor, Inbound, Origin, Proposal, Role, Situation};
use crate::digest::Standing;
use crate::ident::PlanId;
use crate::plan::Version;

impl Turns {
    /// Loads all that the turn may look at.
    pub(super) async fn gather<'a>(
        &'a self,
        case: Case<'_>,
        current: Option<&PlanId>,
        ground: &'a Ground,
    ) -> Result<Situation<'a>, TurnError> {
        let inbound = &case.origin.inbound;
        let store = &self.shared.ports.store;
        let plan = match current.filter(|_| case.needs.plan) {
            Some(plan) => store.plan(&inbound.installation, plan).await?,
            None => None,
        };
        let (digest, zone) = self.gather_digest(case).await?;
        let history = self.gather_history(case, current).await?;
        let mut actor = self.actor(case.origin, case.needs.role).await;
        let desk = self
            .gather_desk(case.origin, case.needs.desk, &mut actor)
            .await?;
        let (record, most, now) = (plan.as_ref(), case.needs.snapshots, digest.as_ref());
        let found = self.gather_snapshots(&inbound.installation, record, most, now);
        let (snapshots, lately) = found.await?;
        let heard = self.gather_heard(inbound, case.needs).await?;
        let proposal = self.gather_proposal(case).await?;
        let workspace = ground.workspace.clone();
        let pages = self.gather_pages(inbound, case.needs, &workspace).await?;
        Ok(Situation {
            thresholds: workspace.in_force(),
            workspace,
            model: self.shared.ports.model.as_ref().map(|model| model.about()),
            attention: heard.attention,
            hearing: heard.hearing,
            source: heard.source,
            quoting: heard.quoting,
            marked: heard.marked,
            reread: heard.reread,
            history,
            snapshots,
            lately,
            installation: inbound.installation.clone(),
            actor,
            desk,
            plan,
            fresh_plan: PlanId::new(Uuid::now_v7().to_string()),
            proposal,
            readers: self.readers(inbound, case.needs).await,
            plans: self.gather_plans(inbound, case.needs).await?,
            thread: self.gather_thread(case).await?,
            fresh_proposal: fresh_proposal(),
            digest,
            zone,
            rules: &ground.in_force.rules,
            base: &self.shared.everywhere.rules,
            unused: &ground.in_force.unused,
            pages,
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

    async fn gather_history(
        &self,
        case: Case<'_>,
        current: Option<&PlanId>,
    ) -> Result<Vec<crate::plan::Change>, TurnError> {
        let inbound = &case.origin.inbound;
        let Some(plan) = current.filter(|_| case.needs.history) else {
            return Ok(Vec::new());
        };
        let store = &self.shared.ports.store;
        let all = store.history(&inbound.installation, plan, Version(0), usize::MAX);
        Ok(all.await?)
    }

    /// How the channel's digest stands, and the zone of whoever asks.
    async fn gather_digest(
        &self,
        case: Case<'_>,
    ) -> Result<(Option<Standing>, Option<String>), TurnError> {
        if !case.needs.digest {
            return Ok((None, None));
        }
        let inbound = &case.origin.inbound;
        let Inbound {
            installation, by, ..
        } = inbound;
        let ports = &self.shared.ports;
        let of = standing_of(inbound, case.needs);
        let standing = ports.store.digest(installation, &of).await?;
        let zone = if case.needs.zone {
            ports.directory.zone(installation, by).await
        } else {
            None
        };
        Ok((standing, zone))
    }

    /// Who acts; somebody who cannot be looked up counts as a guest.
    pub(super) async fn actor(&self, origin: &Origin, is_needed: bool) -> Actor {
        let person = origin.inbound.by.clone();
        if !is_needed {
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
}
