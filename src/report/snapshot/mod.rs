//! What a shared check found, small enough to keep. Trends, the digest and what moved between two
//! checks are told from these and from nothing else.

mod movement;
mod outcomes;
mod thin;
mod trend;

#[cfg(test)]
mod tests;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

pub use movement::{MovedBy, Movement, Then, movement};
use outcomes::Outcomes;
pub use outcomes::{Mark, Moved};
pub use thin::{MOST_KEPT, RECENT, outlived};
pub use trend::{WeekPoint, trend};

use super::coverage::Share;
use super::{Ground, Report};
use crate::lint::Severity;
use crate::plan::{FindingKey, Plan, Version};

/// What one check found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    /// When it was made.
    pub at: Timestamp,
    /// The plan's version.
    pub version: Version,
    /// The hash of the rules: another one where a page is another.
    pub rules: String,
    /// The hash of the thresholds that the team had set.
    pub thresholds: String,
    /// How much of what the rules read was answered.
    pub coverage: Share,
    /// How much of what was decided fitted together, by weight; none while nothing was decided.
    pub coherence: Option<Share>,
    /// What each rule said for each segment.
    outcomes: Outcomes,
}

impl Snapshot {
    /// What `report`, the check of `plan` on that ground, comes to at `at`.
    pub fn of(plan: &Plan, report: &Report, ground: Ground<'_>, at: Timestamp) -> Self {
        Self {
            at,
            version: plan.version(),
            rules: ground.rules.hash().to_owned(),
            thresholds: hash(plan, ground),
            coverage: report.coverage.all,
            coherence: report.coherence.map(|coherence| coherence.weighted),
            outcomes: Outcomes::of(plan, report),
        }
    }

    /// The findings that were told, each with its weight: neither waived, nor folded into another,
    /// nor only counted as not answered yet. By rule, then by segment.
    pub fn open(&self) -> impl Iterator<Item = (FindingKey, Severity)> {
        let open = |mark: Mark| match mark {
            Mark::Open(severity) => Some(severity),
            _ => None,
        };
        self.marks()
            .filter_map(move |(key, mark)| Some((key, open(mark)?)))
    }

    /// What each rule said, where it applied: plan-wide rules first, then by segment.
    pub fn marks(&self) -> impl Iterator<Item = (FindingKey, Mark)> {
        self.outcomes.marks()
    }

    /// The findings that are open in `later` and were not here, and those that went.
    pub fn moved(&self, later: &Self) -> Moved {
        self.outcomes.moved(&later.outcomes)
    }

    /// Whether it is worth a row beside `last`: it says something else, or it is another day.
    pub fn is_news_after(&self, last: &Self) -> bool {
        let day = |at: Timestamp| at.to_zoned(TimeZone::UTC).date();
        let same = Self {
            at: last.at,
            ..self.clone()
        };
        same != *last || day(self.at) != day(last.at)
    }
}

/// The hash of the thresholds in force for a plan.
fn hash(plan: &Plan, ground: Ground<'_>) -> String {
    ground.thresholds.and(plan.thresholds()).hash()
}
