//! How a channel's digest stands: when it comes next, who wanted it, and what the last one saw.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::schedule::Schedule;
use super::seen::Seen;
use crate::ident::{OutboxId, Person};

/// A period whose digest is later than this is not made up for: nobody reads Monday's on Wednesday.
pub const GRACE: jiff::SignedDuration = jiff::SignedDuration::from_hours(12);

/// After so long without a digest a sign of life is posted in a quiet week, be it one of seven days
/// or of one.
pub const HEARTBEAT: jiff::SignedDuration = jiff::SignedDuration::from_hours(4 * 7 * 24);

/// More periods than this are not counted when the bot comes back: that is years.
const MOST_COUNTED: usize = 1_000;

/// How a channel's digest stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// When digests are due.
    pub schedule: Schedule,
    /// Whether they are posted.
    pub is_on: bool,
    /// What happens in a week in which nothing changed.
    pub quiet: Quiet,
    /// Who switched it on or changed its schedule last.
    pub set_by: Person,
    /// When that was.
    pub set_at: Timestamp,
    /// When the next one is due; none while it is off or rests.
    pub next: Option<Timestamp>,
    /// Why it rests although it is on.
    #[serde(default)]
    pub rests: Option<Rest>,
    /// The period that came last, whatever became of it.
    pub last: Option<Last>,
    /// What the last digest that was posted has told, or what there was when it was switched on.
    pub seen: Seen,
    /// What the last digest that was posted was compared with, so that all of it can be shown later.
    #[serde(default)]
    pub compared: Option<Seen>,
    /// The fields that the last digests asked for, the newest last.
    #[serde(default)]
    pub asked: Vec<String>,
    /// How many periods in a row were quiet.
    pub quiet_in_a_row: u32,
    /// Grows with each write, so that two writers never miss each other.
    pub revision: u64,
}

/// What happens in a week in which nothing changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Quiet {
    /// Nothing is posted, but a sign of life after [`HEARTBEAT`].
    Change,
    /// A digest is posted all the same.
    Always,
}

/// A period that is over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Last {
    /// The instant at which it was due.
    pub period: Timestamp,
    /// What became of it.
    pub outcome: Outcome,
    /// The effect that carries it, where it was handed over for delivery.
    #[serde(default)]
    pub carried_by: Option<OutboxId>,
    /// How many periods after it were over as well when that was found.
    #[serde(default)]
    pub passed_over: usize,
}

/// What became of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// A digest was handed over for delivery.
    Posted,
    /// Nothing had changed, so nothing was posted.
    Quiet,
    /// The bot was away for longer than [`GRACE`].
    Missed,
    /// There was no plan to speak of.
    NoPlan,
    /// The channel was muted.
    Muted,
    /// It was sent, its answer was lost, and nobody may look whether it has arrived.
    Unknown,
    /// It was to be posted and could not be.
    Refused,
    /// It was to be posted and could not be while it was of use.
    TooLate,
    /// It was switched off, or its channel muted, before it was posted.
    Withdrawn,
}

/// Why a digest that is on is not posted for now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rest {
    /// The channel cannot be written to: archived, or the bot was removed.
    NoChannel,
    /// The bot was removed from the workspace.
    NoToken,
    /// The plan is gone.
    NoPlan,
}

impl Standing {
    /// A standing as it begins, switched on: the first period is the schedule's next.
    pub fn begun(schedule: Schedule, set_by: Person, set_at: Timestamp) -> Self {
        let begun = Self {
            schedule,
            is_on: true,
            quiet: Quiet::Change,
            set_by,
            set_at,
            next: None,
            rests: None,
            last: None,
            seen: Seen::default(),
            compared: None,
            asked: Vec::new(),
            quiet_in_a_row: 0,
            revision: 0,
        };
        Self {
            next: begun.next_after(set_at),
            ..begun
        }
    }

    /// The first instant of the schedule that is after `now` and belongs to a period of its own.
    pub fn next_after(&self, now: Timestamp) -> Option<Timestamp> {
        // After a jump of the clock the last period may lie ahead; it has had its digest.
        let last = self.last.as_ref();
        let after = last.map_or(now, |last| last.period.max(now));
        self.schedule.next(after).map(|zoned| zoned.timestamp())
    }

    /// The standing after a period: the next one is due, whatever lies between is not made up for.
    #[must_use]
    pub fn after(mut self, period: Timestamp, outcome: Outcome, now: Timestamp) -> Self {
        let passed_over = self.between(period, now);
        self.last = Some(Last {
            period,
            outcome,
            carried_by: None,
            passed_over,
        });
        self.next = self.next_after(now);
        self.quiet_in_a_row = match outcome {
            Outcome::Quiet => self.quiet_in_a_row + 1,
            _ => 0,
        };
        self
    }

    /// How many periods lie after `period` and are over by `now`.
    fn between(&self, period: Timestamp, now: Timestamp) -> usize {
        let next = |at: &Timestamp| self.schedule.next(*at).map(|zoned| zoned.timestamp());
        let later = std::iter::successors(next(&period), next);
        later.take_while(|at| *at <= now).take(MOST_COUNTED).count()
    }

    /// The standing after the digest that `carrier` carried has not been posted, with its `outcome`, and if nothing can
    /// be posted for now, why. `None` if that is not its last digest.
    #[must_use]
    pub fn delivered(
        mut self,
        carrier: &OutboxId,
        outcome: Outcome,
        rest: Option<Rest>,
    ) -> Option<Self> {
        let last = self.last.as_mut()?;
        if last.carried_by.as_ref() != Some(carrier) {
            return None;
        }
        last.outcome = outcome;
        // What nobody has read is news the next time.
        if outcome != Outcome::Unknown
            && let Some(before) = &self.compared
        {
            self.seen = before.clone();
        }
        Some(match rest {
            Some(rest) => self.resting(rest),
            None => self,
        })
    }

    /// The standing while nothing can be posted.
    #[must_use]
    pub fn resting(mut self, rest: Rest) -> Self {
        self.next = None;
        self.rests = Some(rest);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest::schedule::{Context, Zone};

    fn at(words: &str) -> Timestamp {
        words.parse().expect("tests name instants")
    }

    fn standing() -> Standing {
        let now = at("2026-03-02T10:00:00Z");
        let context = Context {
            zone: Zone::utc(),
            now,
        };
        let schedule = Schedule::read("mondays 9am", &context).expect("a schedule");
        Standing {
            revision: 1,
            ..Standing::begun(schedule, Person::new("U1"), now)
        }
    }

    #[test]
    fn what_was_missed_is_not_made_up_for() {
        let due = at("2026-03-09T09:00:00Z");
        let after = standing().after(due, Outcome::Missed, at("2026-04-01T12:00:00Z"));
        assert_eq!(after.next, Some(at("2026-04-06T09:00:00Z")));
        assert_eq!(after.last.map(|last| last.passed_over), Some(3));
    }

    #[test]
    fn a_clock_that_goes_back_brings_no_period_twice() {
        let due = at("2026-03-09T09:00:00Z");
        let after = standing().after(due, Outcome::Posted, at("2026-03-09T08:00:00Z"));
        assert_eq!(after.next, Some(at("2026-03-16T09:00:00Z")));
    }
}
