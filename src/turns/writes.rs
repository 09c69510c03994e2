//! The parts of a turn's commit.

use uuid::Uuid;

use super::TurnError;
use super::personal::standing_of;
use crate::advisor::{
    DigestWrite, Inbound, Needs, Origin, OutboxRow, PlanRecord, PlanWrite, Said, Situation,
};
use crate::digest::Standing;
use crate::ident::ProposalId;
use crate::plan::{Change, Plan};

/// An id that is short enough to be typed; the store refuses one that is taken.
pub(super) fn fresh_proposal() -> ProposalId {
    let id = Uuid::now_v7().simple().to_string();
    ProposalId::new(&id[id.len() - 12..])
}

/// How the digest stands from now on, carried by the message that is sent, if one is.
pub(super) fn digest_write(
    inbound: &Inbound,
    needs: &Needs,
    mut standing: Standing,
    sent: Option<&OutboxRow>,
) -> DigestWrite {
    if let (Said::DigestDue { .. } | Said::PersonalDue { .. }, Some(row), Some(last)) =
        (&inbound.said, sent, &mut standing.last)
    {
        last.carried_by = Some(row.id.clone());
    }
    DigestWrite {
        channel: standing_of(inbound, needs),
        standing,
    }
}

/// The part of a commit that changes the plan.
pub(super) fn plan_write(
    situation: &Situation<'_>,
    origin: &Origin,
    changes: Vec<Change>,
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
