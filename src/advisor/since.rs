//! What a check leaves behind, and what moved since one that did.

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::PlanRecord;
use super::case::Case;
use crate::digest::Seen;
use crate::plan::{Change, Past, Plan, Version};
use crate::report::{Ground, Movement, Report, Snapshot, Then, movement};

/// Over more changes than this no plan is taken back to say what moved since the last check.
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
        let history = self.history();
        let newer = history.partition_point(|change| change.version <= version);
        let (before, since) = history.split_at(newer);
        let plan = self.plan.before(since).ok()?;
        let known = before.len().saturating_sub(PlanRecord::TAIL);
        let past = Past::of(&plan, &before[known..]);
        (plan.version() == version).then_some((plan, past))
    }
}

/// How far back the changes of a plan have to be known, which are read from the newest on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Back {
    /// To the version after which they are needed.
    version: Version,
    /// To the last review, where that is asked for.
    review: Review,
}

/// Whether the last review has to be reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Review {
    Unasked,
    /// There was none: to the beginning.
    Never,
    On(Date),
}

impl Review {
    /// Whether more is needed than the changes since a day.
    fn is_before(self, day: Date) -> bool {
        match self {
            Self::Unasked => false,
            Self::Never => true,
            Self::On(last) => day > last,
        }
    }
}

impl Back {
    /// No history is read further back than so many changes.
    pub const MOST: usize = 10_000;

    /// What is read at once where the last review is looked for.
    const PAGE: u64 = 500;

    /// To what a check is told from that is compared with the one of `oldest`.
    pub fn to_check(plan: &Plan, oldest: Option<&Snapshot>) -> Self {
        let near = |since: &u64| usize::try_from(*since).is_ok_and(|it| it <= MOST_TAKEN_BACK);
        let since = oldest.and_then(|it| plan.version().0.checked_sub(it.version.0));
        let needed = since.filter(|it| *it > 0 && near(it)).and(oldest);
        Self {
            version: needed.map_or(plan.version(), before),
            review: Review::Unasked,
        }
    }

    /// To what a digest tells: what was changed since `told`, what moved since the check of `oldest`,
    /// and what calls for a review since the last one.
    pub fn to_digest(plan: &Plan, oldest: Option<&Snapshot>, told: Option<&Seen>) -> Self {
        let now = plan.version();
        let told = told.map_or(now, |it| it.version);
        Self {
            version: oldest.map_or(now, before).min(told).min(now),
            review: plan.last_review().map_or(Review::Never, Review::On),
        }
    }

    /// What is to be read next, before `known`: the version after which, and how many changes. None
    /// where all that is needed is known, or nobody looks further back.
    pub fn next(self, known: &[Change]) -> Option<(Version, usize)> {
        let first = known.first()?;
        let older = first.version.0.checked_sub(1).filter(|n| *n > 0)?;
        let day = first.at.to_zoned(TimeZone::UTC).date();
        let wanted = match older.checked_sub(self.version.0) {
            Some(more) if more > 0 => more,
            _ if self.review.is_before(day) => Self::PAGE,
            _ => return None,
        };
        let room = Self::MOST.saturating_sub(known.len());
        let wanted = wanted.min(older).min(u64::try_from(room).unwrap_or(0));
        let limit = usize::try_from(wanted).ok().filter(|n| *n > 0)?;
        Some((Version(older - wanted), limit))
    }
}

/// The version after which changes must be known for a plan as it was at a snapshot, with what its
/// history told then.
fn before(snapshot: &Snapshot) -> Version {
    let tail = u64::try_from(PlanRecord::TAIL).unwrap_or(0);
    Version(snapshot.version.0.saturating_sub(tail))
}
