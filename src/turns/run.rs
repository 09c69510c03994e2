//! One turn, from what was said to what is on disk.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use uuid::Uuid;

use super::rows::reply_row;
use super::{TurnError, Turns};
use crate::advisor::{
    self, Actor, Commit, CommitError, Committed, InboxRow, Lease, LeaseOn, Needs, Origin,
    OutboxRow, PlanRecord, PlanWrite, Role, Situation, Turn,
};
use crate::ident::{InboxId, PlanId};
use crate::lint::Thresholds;
use crate::plan::Plan;

/// A turn whose plan moved on while it ran is run again on what the plan is now, this often at most.
const ATTEMPTS: usize = 5;

/// A lease that another process holds is asked for again after these waits.
const LEASE_WAITS: [Duration; 6] = [
    Duration::from_millis(10),
    Duration::from_millis(40),
    Duration::from_millis(160),
    Duration::from_millis(640),
    Duration::from_millis(2_500),
    Duration::from_secs(10),
];

/// What a turn has left on disk.
pub(super) enum Outcome {
    /// This turn's own reply.
    Fresh(OutboxRow),
    /// The delivery is a repeat: the rows of the turn that came first, as far as they are kept.
    Repeat(Vec<OutboxRow>),
}

impl Turns {
    /// Runs the turn of an event that was received before; its reply goes out through the outbox.
    pub async fn work_off(&self, row: &InboxRow) -> Result<(), TurnError> {
        self.run(&row.origin, Some(&row.id)).await?;
        self.shared.outbox_bell.notify_one();
        Ok(())
    }

    /// Runs a turn, again where somebody else was quicker. `inbox` is the row that it works off;
    /// without one the commit claims the delivery's dedup keys itself.
    pub(super) async fn run(
        &self,
        origin: &Origin,
        inbox: Option<&InboxId>,
    ) -> Result<Outcome, TurnError> {
        let needs = advisor::needs(&origin.inbound);
        let lane = format!(
            "{}/{}",
            origin.inbound.installation, origin.inbound.place.channel
        );
        let _in_lane = match needs.changes {
            true => Some(self.shared.lanes.enter(lane).await),
            false => None,
        };
        for _ in 0..ATTEMPTS {
            match self.attempt(origin, inbox, needs).await {
                Err(TurnError::Commit(CommitError::StalePlan { .. } | CommitError::StaleLease)) => {}
                outcome => return outcome,
            }
        }
        Err(TurnError::Contended)
    }

    async fn attempt(
        &self,
        origin: &Origin,
        inbox: Option<&InboxId>,
        needs: Needs,
    ) -> Result<Outcome, TurnError> {
        let inbound = &origin.inbound;
        let store = &self.shared.ports.store;
        let current = store
            .current_plan(&inbound.installation, &inbound.place.channel)
            .await?;
        let lease = match needs.changes {
            true => Some(self.take_lease(origin, current.as_ref()).await?),
            false => None,
        };
        let outcome = self
            .decide_and_commit(origin, inbox, current.as_ref(), lease.clone())
            .await;
        if let (Err(_), Some(lease)) = (&outcome, &lease) {
            store.release(lease).await?;
        }
        outcome
    }

    async fn decide_and_commit(
        &self,
        origin: &Origin,
        inbox: Option<&InboxId>,
        current: Option<&PlanId>,
        lease: Option<Lease>,
    ) -> Result<Outcome, TurnError> {
        let situation = self.gather(origin, current).await?;
        let turn = decide(&situation, origin)?;
        let row = reply_row(origin, turn.reply, situation.now);
        let commit = Commit {
            installation: situation.installation.clone(),
            now: situation.now,
            lease,
            claims: match inbox {
                Some(_) => Vec::new(),
                None => origin.dedup.clone(),
            },
            inbox_done: inbox.cloned(),
            plan: plan_write(&situation, origin, turn.changes)?,
            outbox: vec![row.clone()],
        };
        match self.shared.ports.store.commit(commit).await? {
            Committed::Done => Ok(Outcome::Fresh(row)),
            Committed::Duplicate(rows) => Ok(Outcome::Repeat(rows)),
        }
    }

    /// Loads all that the turn may look at.
    async fn gather(
        &self,
        origin: &Origin,
        current: Option<&PlanId>,
    ) -> Result<Situation<'_>, TurnError> {
        let inbound = &origin.inbound;
        let plan = match current {
            Some(plan) => {
                self.shared
                    .ports
                    .store
                    .plan(&inbound.installation, plan)
                    .await?
            }
            None => None,
        };
        Ok(Situation {
            installation: inbound.installation.clone(),
            actor: self.actor(origin).await,
            plan,
            fresh_plan: PlanId::new(Uuid::now_v7().to_string()),
            rules: &self.shared.rules,
            thresholds: Thresholds::default(),
            command: &self.shared.settings.command,
            now: self.shared.ports.clock.now(),
        })
    }

    /// Who acts; somebody who cannot be looked up counts as a guest.
    async fn actor(&self, origin: &Origin) -> Actor {
        let person = origin.inbound.by.clone();
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

    async fn take_lease(
        &self,
        origin: &Origin,
        current: Option<&PlanId>,
    ) -> Result<Lease, TurnError> {
        let on = match current {
            Some(plan) => LeaseOn::Plan(plan.clone()),
            None => LeaseOn::Channel(origin.inbound.place.channel.clone()),
        };
        let ports = &self.shared.ports;
        let hold = self.shared.settings.lease_hold;
        for wait in LEASE_WAITS {
            let now = ports.clock.now();
            let lease = ports
                .store
                .lease(&origin.inbound.installation, on.clone(), now, hold)
                .await?;
            if let Some(lease) = lease {
                return Ok(lease);
            }
            tokio::time::sleep(wait).await;
        }
        Err(TurnError::Contended)
    }
}

/// Asks the core. A panic there is a failed turn, not a dead process.
fn decide(situation: &Situation<'_>, origin: &Origin) -> Result<Turn, TurnError> {
    catch_unwind(AssertUnwindSafe(|| {
        advisor::handle(situation, &origin.inbound)
    }))
    .map_err(|_| TurnError::Broken("the core panicked".to_owned()))
}

fn plan_write(
    situation: &Situation<'_>,
    origin: &Origin,
    changes: Vec<crate::plan::Change>,
) -> Result<Option<PlanWrite>, TurnError> {
    if changes.is_empty() {
        return Ok(None);
    }
    let mut plan = match &situation.plan {
        Some(PlanRecord { plan, .. }) => plan.clone(),
        None => Plan::new(situation.fresh_plan.clone()),
    };
    let against = plan.version();
    for change in &changes {
        plan.apply(change)
            .map_err(|error| TurnError::Broken(error.to_string()))?;
    }
    Ok(Some(PlanWrite {
        channel: origin.inbound.place.channel.clone(),
        plan,
        against,
        changes,
    }))
}
