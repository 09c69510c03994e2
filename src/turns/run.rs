//! One turn, from what was said to what is on disk.

use std::panic::AssertUnwindSafe;
use std::time::{Duration, Instant};

use futures_util::FutureExt;

use super::interview::carried;
use super::rows::{picture_row, reply_row};
use super::writes::{digest_write, plan_write};
use super::{TurnError, Turns};
use crate::advisor::{
    self, Asks, AttentionWrite, Audience, Commit, CommitError, Committed, DedupKey, Inbound,
    InboxRow, Lease, LeaseOn, Needs, Origin, OutboxRow, Over, Picture, SnapshotWrite, Sought,
    StoreError, Wording,
};
use crate::failpoint::{FailPoint, reach};
use crate::ident::{InboxId, PlanId};
use crate::metrics::TurnOutcome;

/// A turn whose plan moved on while it ran is run again on what the plan is now, this often at most.
const ATTEMPTS: usize = 5;

/// A lease is asked for after each of these waits, as long as another process holds it.
const LEASE_WAITS: [Duration; 7] = [
    Duration::ZERO,
    Duration::from_millis(10),
    Duration::from_millis(40),
    Duration::from_millis(160),
    Duration::from_millis(640),
    Duration::from_millis(2_500),
    Duration::from_secs(10),
];

/// What a turn has left on disk.
#[expect(
    clippy::large_enum_variant,
    reason = "it is taken apart where it was made, and never kept in numbers"
)]
pub(super) enum Outcome {
    /// This turn's own reply, and what a model may do about it.
    Fresh(OutboxRow, Aside),
    /// The form asks for more, or for other answers.
    Asks(Box<Asks>),
    /// The delivery is a repeat: the rows of the turn that came first, as far as they are kept.
    Repeat(Vec<OutboxRow>),
}

/// What a language model may do beside a turn whose reply stands without it.
pub(super) struct Aside {
    /// Word the reply.
    pub(super) wording: Option<Box<Wording>>,
    /// Look for what the reader missed.
    pub(super) sought: Option<Box<Sought>>,
}

impl Aside {
    fn new(wording: Option<Box<Wording>>, sought: Option<Box<Sought>>) -> Self {
        Self { wording, sought }
    }
}

/// What one turn is about.
#[derive(Clone, Copy)]
pub(super) struct Case<'a> {
    pub(super) origin: &'a Origin,
    /// The row that the turn works off; without one its commit claims the delivery's keys.
    inbox: Option<&'a InboxId>,
    pub(super) needs: &'a Needs,
    over: Over,
}

impl Case<'_> {
    fn claims(self) -> Vec<DedupKey> {
        let own = self.inbox.is_none().then(|| self.origin.dedup.clone());
        own.unwrap_or_default()
    }
}

impl Turns {
    /// Runs the turn of an event that was received before; its reply goes out through the outbox.
    pub async fn work_off(&self, row: &InboxRow) -> Result<(), TurnError> {
        if let Outcome::Fresh(reply, aside) = self
            .run(&row.origin, Some(&row.id), Over::Conversation)
            .await?
        {
            if let Some(wording) = aside.wording {
                self.word_aside(reply, wording);
            }
            self.seek_aside(&row.origin, aside.sought);
        }
        self.shared.outbox_bell.notify_one();
        Ok(())
    }

    /// Runs a turn, again where somebody else was quicker.
    pub(super) async fn run(
        &self,
        origin: &Origin,
        inbox: Option<&InboxId>,
        over: Over,
    ) -> Result<Outcome, TurnError> {
        let began = Instant::now();
        let outcome = self.run_there(origin, inbox, over).await;
        let counted = match &outcome {
            Ok(Outcome::Fresh(..) | Outcome::Asks(_)) => TurnOutcome::Committed,
            Ok(Outcome::Repeat(_)) => TurnOutcome::Repeated,
            Err(_) => TurnOutcome::Failed,
        };
        self.shared.ports.metrics.turn(counted, began.elapsed());
        outcome
    }

    /// Runs it where its channel is now, and again where that was found out on the way.
    async fn run_there(
        &self,
        origin: &Origin,
        inbox: Option<&InboxId>,
        over: Over,
    ) -> Result<Outcome, TurnError> {
        for _ in 0..ATTEMPTS {
            let origin = self.there(origin).await?;
            let needs = advisor::needs(&origin.inbound);
            let case = Case {
                origin: &origin,
                inbox,
                needs: &needs,
                over,
            };
            match self.run_in_lane(case).await {
                Err(TurnError::Commit(CommitError::Moved)) => {}
                outcome => return outcome,
            }
        }
        Err(TurnError::Contended)
    }

    async fn run_in_lane(&self, case: Case<'_>) -> Result<Outcome, TurnError> {
        let inbound = &case.origin.inbound;
        let _in_lane = if case.needs.changes {
            let lane = format!("{}/{}", inbound.installation, inbound.place.channel);
            Some(self.shared.lanes.enter(lane).await)
        } else {
            None
        };
        for _ in 0..ATTEMPTS {
            match self.attempt(case).await {
                Err(TurnError::Commit(
                    CommitError::StalePlan { .. }
                    | CommitError::StaleLease
                    | CommitError::StaleDigest
                    | CommitError::StaleWorkspace
                    | CommitError::StaleAttention
                    | CommitError::StaleProposal,
                )) => {}
                outcome => return outcome,
            }
        }
        Err(TurnError::Contended)
    }

    async fn attempt(&self, case: Case<'_>) -> Result<Outcome, TurnError> {
        let inbound = &case.origin.inbound;
        let store = &self.shared.ports.store;
        let current = store
            .current_plan(&inbound.installation, &inbound.place.channel)
            .await?;
        let lease = if case.needs.changes {
            Some(self.take_lease(case.origin, current.as_ref()).await?)
        } else {
            None
        };
        let turn = self.decide_and_commit(case, current.as_ref(), lease.clone());
        // A panic is a failed turn: neither a dead worker nor a lease that nobody lets go.
        let outcome = AssertUnwindSafe(turn)
            .catch_unwind()
            .await
            .unwrap_or_else(|_| Err(TurnError::Broken("it panicked".to_owned())));
        if let (Err(_) | Ok(Outcome::Repeat(_) | Outcome::Asks(_)), Some(lease)) =
            (&outcome, &lease)
        {
            store.release(lease).await?;
        }
        outcome
    }

    async fn decide_and_commit(
        &self,
        case: Case<'_>,
        current: Option<&PlanId>,
        lease: Option<Lease>,
    ) -> Result<Outcome, TurnError> {
        let Case { origin, inbox, .. } = case;
        let ground = self.ground(&origin.inbound, case.needs).await?;
        let situation = self.gather(case, current, &ground).await?;
        let turn = advisor::handle(&situation, &origin.inbound);
        if let (Over::Form, Some(asks)) = (case.over, turn.asks) {
            return Ok(Outcome::Asks(asks));
        }
        self.drop_forgotten(&situation.installation, &turn.kept);
        let id = self.shared.ids.next(situation.now);
        let audience = turn.reply.audience;
        let mut row = reply_row(origin, turn.reply, situation.now, id);
        if turn.wording.is_some() {
            row.due = self.stands_in(situation.now);
            row.aside = true;
        }
        let opened = self.opening(origin, turn.opened, situation.now);
        let attention = turn.attention.map(|it| carried(it, opened.as_ref()));
        let posted = self.posted(&row, audience, turn.picture);
        let commit = Commit {
            installation: situation.installation.clone(),
            now: situation.now,
            since: origin.inbound.at,
            lease,
            claims: case.claims(),
            inbox_done: inbox.cloned(),
            plan: plan_write(&situation, origin, turn.changes)?,
            kept: turn.kept,
            digest: turn.digest.map(|standing| {
                digest_write(&origin.inbound, case.needs, standing, posted.first())
            }),
            workspace: turn.workspace,
            snapshot: current
                .zip(turn.snapshot)
                .map(|(plan, snapshot)| SnapshotWrite {
                    plan: plan.clone(),
                    snapshot,
                }),
            attention: attention.map(|attention| AttentionWrite {
                channel: origin.inbound.place.channel.clone(),
                attention,
            }),
            proposals: turn.proposals,
            sources: turn.sources,
            outbox: opened.into_iter().chain(posted).collect(),
        };
        let aside = Aside::new(turn.wording, turn.sought);
        reach(FailPoint::TurnBeforeCommit);
        let committed = self.shared.ports.store.commit(commit).await?;
        reach(FailPoint::TurnAfterCommit);
        match committed {
            Committed::Done => Ok(Outcome::Fresh(row, aside)),
            Committed::Duplicate(rows) => Ok(Outcome::Repeat(rows)),
        }
    }

    /// The rows of a reply and of what is shown below it; none where nobody is to be told.
    fn posted(
        &self,
        row: &OutboxRow,
        audience: Audience,
        picture: Option<Picture>,
    ) -> Vec<OutboxRow> {
        if audience == Audience::Nobody {
            return Vec::new();
        }
        let shown = picture.map(|picture| picture_row(row, picture, self.shared.ids.next(row.due)));
        std::iter::once(row.clone()).chain(shown).collect()
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
        let Inbound {
            installation, at, ..
        } = &origin.inbound;
        for wait in LEASE_WAITS {
            tokio::time::sleep(wait).await;
            // In this order: an erasure that ends between the two refuses the lease.
            let now = ports.clock.now();
            if ports.store.has_departed(installation, *at).await? {
                return Err(StoreError::Gone.into());
            }
            let on = on.clone();
            let lease = ports.store.lease(installation, on, now, hold).await?;
            if let Some(lease) = lease {
                return Ok(lease);
            }
        }
        Err(TurnError::Contended)
    }
}
