//! What a check leaves behind, and what moved since one that did.

use super::PlanRecord;
use super::case::Case;
use crate::plan::{Change, Past, Plan, Version};
use crate::report::{Ground, Movement, Report, Snapshot, Then, movement};

/// Over more changes than this no plan is taken back to say what moved.
const MOST_TAKEN_BACK: usize = 500;

impl Case<'_> {
    /// What a check runs on here, beside the plan.
    pub(super) fn ground(&self) -> Ground<'_> {
        Ground {
            rules: self.situation.rules,
            thresholds: &self.situation.thresholds,
            as_of: self.today(),
        }
    }

    /// What is kept of a check of the channel's plan: nothing where there is no plan, or where the
    /// last one said the same today.
    pub(super) fn snapshot(&self, report: &Report) -> Option<Snapshot> {
        self.situation.plan.as_ref()?;
        let snapshot = Snapshot::of(&self.plan, report, self.ground(), self.situation.now);
        let last = self.situation.snapshots.last();
        last.is_none_or(|last| snapshot.is_news_after(last))
            .then_some(snapshot)
    }

    /// What moved from a snapshot to `report`, the check of the channel's plan.
    pub(super) fn movement_since(&self, snapshot: &Snapshot, report: &Report) -> Movement {
        let earlier = self.plan_at(snapshot.version);
        let then = Then {
            snapshot,
            plan: earlier.as_ref().map(|(plan, past)| (plan, past)),
        };
        movement(then, &self.plan, report, self.ground())
    }

    /// The plan as it was at a version, with what its history told then; `None` where it cannot be
    /// taken back that far.
    pub(super) fn plan_at(&self, version: Version) -> Option<(Plan, Past)> {
        if version == self.plan.version() {
            let past = Past::of(&self.plan, self.tail());
            return Some((self.plan.clone(), past));
        }
        let lately = &self.situation.lately;
        let (before, since): (Vec<&Change>, Vec<&Change>) =
            lately.iter().partition(|change| change.version <= version);
        let since: Vec<Change> = since.into_iter().cloned().collect();
        let plan = self.plan.before(&since).ok()?;
        let known = before.len().saturating_sub(PlanRecord::TAIL);
        let past = Past::of(&plan, before[known..].iter().copied());
        (plan.version() == version).then_some((plan, past))
    }
}

/// From which version on changes must be known to tell what moved since `oldest`; none where they
/// need not or cannot be.
pub fn changes_needed(plan: &Plan, oldest: &Snapshot) -> Option<Version> {
    let since = plan.version().0.checked_sub(oldest.version.0)?;
    let is_near = usize::try_from(since).is_ok_and(|since| since <= MOST_TAKEN_BACK);
    let tail = u64::try_from(PlanRecord::TAIL).unwrap_or(0);
    (since > 0 && is_near).then(|| Version(oldest.version.0.saturating_sub(tail)))
}
