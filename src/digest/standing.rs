//! How a channel's digest stands: when it comes next, who wanted it, and what the last one saw.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::changed::{self, Changed, Setting};
use super::outcome::{Last, LeftOut, Outcome, Rest, Run};
use super::schedule::Schedule;
use super::seen::Seen;
use crate::ident::{OutboxId, Person};

/// A period whose digest is later than this is not made up for: nobody reads Monday's on Wednesday.
pub const GRACE: jiff::SignedDuration = jiff::SignedDuration::from_hours(12);

/// The schedule names what comes after an instant; this much before it, the instant itself counts.
const AN_INSTANT: jiff::SignedDuration = jiff::SignedDuration::from_nanos(1);

/// What comes later than this says so.
const ON_TIME: jiff::SignedDuration = jiff::SignedDuration::from_mins(15);

/// Whether what was due at `period` is late by `now`.
pub fn is_late(period: Timestamp, now: Timestamp) -> bool {
    now.duration_since(period) > ON_TIME
}

/// After so long without a digest a sign of life is posted in a quiet week, be it one of seven days
/// or of one.
pub const HEARTBEAT: jiff::SignedDuration = jiff::SignedDuration::from_hours(4 * 7 * 24);

/// How many periods before the last one are remembered with what became of them.
const REMEMBERED: usize = 6;

/// So many rows of periods are remembered; there is more than one only where the bot was away, or its
/// clock wrong.
const RUNS: usize = 12;

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
    /// Who switched it on or changed its schedule last: who said when it comes.
    pub set_by: Person,
    /// When that was.
    pub set_at: Timestamp,
    /// What was changed about it beside that, the newest last.
    #[serde(default)]
    pub changes: Vec<Changed>,
    /// Who wants the persons pinged that it names, and since when; usually nobody does.
    #[serde(default)]
    pub pings: Option<(Person, Timestamp)>,
    /// When the next period is due, also of one that is left out; none while it is off or rests.
    pub next: Option<Timestamp>,
    /// What somebody wants left out.
    #[serde(default)]
    pub left_out: Option<LeftOut>,
    /// Why it rests although it is on.
    #[serde(default)]
    pub rests: Option<Rest>,
    /// The period that came last, whatever became of it.
    pub last: Option<Last>,
    /// The periods before that one, the newest last.
    #[serde(default)]
    pub earlier: Vec<Last>,
    /// The periods that had their outcome, the newest last: none of them has another, whatever the
    /// clock says.
    #[serde(default)]
    pub runs: Vec<Run>,
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

impl Standing {
    /// A standing as it begins, switched on: the first period is the schedule's next.
    pub fn begun(schedule: Schedule, set_by: Person, set_at: Timestamp) -> Self {
        let begun = Self {
            schedule,
            is_on: true,
            quiet: Quiet::Change,
            set_by,
            set_at,
            changes: Vec::new(),
            next: None,
            pings: None,
            left_out: None,
            rests: None,
            last: None,
            earlier: Vec::new(),
            runs: Vec::new(),
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

    /// The first instant of the schedule that is after `now` and belongs to a period without an outcome.
    pub fn next_after(&self, now: Timestamp) -> Option<Timestamp> {
        let mut after = now;
        loop {
            let period = self.schedule.next(after)?.timestamp();
            // After the clock was set back, periods lie ahead that had their digest.
            let Some(run) = self.runs.iter().find(|run| run.holds(period)) else {
                return Some(period);
            };
            after = run.to;
        }
    }

    /// The standing with what somebody has changed about it.
    #[must_use]
    pub fn changed(mut self, change: Changed) -> Self {
        match change.to {
            Setting::Off => {
                self.is_on = false;
                self.next = None;
                self.left_out = None;
            }
            Setting::Always => self.quiet = Quiet::Always,
            Setting::OnChange => self.quiet = Quiet::Change,
            Setting::Pings => self.pings = Some((change.by.clone(), change.at)),
            Setting::Plain => self.pings = None,
        }
        changed::remember(&mut self.changes, change);
        self
    }

    /// When the next one is posted: what is left out is passed over.
    pub fn comes(&self) -> Option<Timestamp> {
        let next = self.next?;
        match self.left_out.as_ref().filter(|it| next < it.until) {
            Some(left_out) => self.next_after(left_out.until - AN_INSTANT),
            None => Some(next),
        }
    }

    /// Who wants a period left out, if anybody does.
    pub fn leaves_out(&self, period: Timestamp) -> Option<&LeftOut> {
        self.left_out.as_ref().filter(|it| period < it.until)
    }

    /// The standing after a period: the next one is due, whatever lies between is not made up for.
    #[must_use]
    pub fn after(mut self, period: Timestamp, outcome: Outcome, now: Timestamp) -> Self {
        let ended = Last {
            period,
            outcome,
            carried_by: None,
            passed_over: self.between(period, now),
            wanted_by: None,
        };
        let before = self.last.replace(ended);
        self.earlier.extend(before.filter(|it| it.period != period));
        let over = self.earlier.len().saturating_sub(REMEMBERED);
        self.earlier.drain(..over);
        // By a clock that runs ahead a period seems to be missed before it has come.
        if outcome != Outcome::Missed {
            self.note(period);
        }
        self.left_out = self.left_out.filter(|it| period < it.until);
        self.next = self.next_after(now);
        let is_left = self
            .next
            .is_some_and(|next| self.leaves_out(next).is_some());
        if !is_left {
            self.left_out = None;
        }
        self.quiet_in_a_row = match outcome {
            Outcome::Quiet => self.quiet_in_a_row + 1,
            _ => 0,
        };
        self
    }

    /// Remembers that a period had its outcome.
    fn note(&mut self, period: Timestamp) {
        let follows = |run: &&mut Run| {
            let next = self.schedule.next(run.to);
            next.is_some_and(|next| next.timestamp() == period)
        };
        match self.runs.last_mut().filter(follows) {
            Some(run) => run.to = period,
            None => self.runs.push(Run {
                from: period,
                to: period,
            }),
        }
        let over = self.runs.len().saturating_sub(RUNS);
        self.runs.drain(..over);
    }

    /// The standing as it is by a clock that was ahead and has been set right, where that makes a
    /// difference: what had not come yet was not missed, and what was passed over is to come.
    pub fn set_right(&self, now: Timestamp) -> Option<Self> {
        self.next.filter(|next| *next > now)?;
        let mut right = self.clone();
        let told = right.earlier.into_iter().chain(right.last);
        // What is still within its grace can be posted as well.
        let (missed, told): (Vec<_>, Vec<_>) =
            told.partition(|it| it.outcome == Outcome::Missed && it.period + GRACE > now);
        let missed = missed.iter().map(|it| it.period - AN_INSTANT);
        let after = missed.min().map_or(now, |it| it.min(now));
        right.earlier = told;
        right.last = right.earlier.pop();
        if let Some(mut last) = right.last.take() {
            last.passed_over = last.passed_over.min(right.between(last.period, now));
            right.last = Some(last);
        }
        right.next = right.next_after(after);
        // Or nothing would be news, and no silence long, until that instant.
        if right.seen.at > now + GRACE {
            right.seen.at = now;
        }
        (right != *self).then_some(right)
    }

    /// How many periods lie after `period` and are over by `now`.
    fn between(&self, period: Timestamp, now: Timestamp) -> usize {
        let next = |at: &Timestamp| self.schedule.next(*at).map(|zoned| zoned.timestamp());
        let later = std::iter::successors(next(&period), next);
        let over = later.take_while(|at| *at <= now).take(MOST_COUNTED);
        over.filter(|at| !self.runs.iter().any(|run| run.holds(*at)))
            .count()
    }

    /// The standing after the digest that `carrier` carried has not been posted, with its `outcome`, and if nothing can
    /// be posted for now, why. `None` if that is none of its last digests.
    #[must_use]
    pub fn delivered(
        mut self,
        carrier: &OutboxId,
        outcome: Outcome,
        rest: Option<Rest>,
    ) -> Option<Self> {
        let is_carried = |it: &Last| it.carried_by.as_ref() == Some(carrier);
        // Where the bot was away meanwhile, the next period may have ended first.
        let mut told = self.earlier.iter_mut().chain(&mut self.last);
        told.find(|it| is_carried(it))?.outcome = outcome;
        let newer = told.any(|it| it.carried_by.is_some());
        // What nobody has read is news the next time.
        if outcome != Outcome::Unknown
            && !newer
            && let Some(before) = &self.compared
        {
            self.seen = before.clone();
        }
        Some(match rest {
            Some(rest) => self.resting(rest),
            None => self,
        })
    }

    /// The standing once the channel is there again that nothing could be posted in.
    #[must_use]
    pub fn found_again(mut self, now: Timestamp) -> Self {
        if self.rests == Some(Rest::NoChannel) {
            self.rests = None;
            self.next = self.next_after(now).filter(|_| self.is_on);
        }
        self
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
    use crate::digest::Absence;
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

    fn jumped(now: &str, back: &str) -> Standing {
        let due = standing().next.expect("it is on");
        let ahead = standing().after(due, Outcome::Missed, at(now));
        ahead
            .set_right(at(back))
            .expect("there is something to set right")
    }

    #[test]
    fn a_clock_that_ran_ahead_and_is_set_right_costs_no_period() {
        let right = jumped("2027-04-06T10:00:00Z", "2026-03-02T10:05:00Z");
        assert_eq!(right.next, Some(at("2026-03-09T09:00:00Z")));
        assert_eq!(
            right.last, None,
            "it has not come yet, so it was not missed"
        );
        // Set right a while after the period: that one is over, and it alone.
        let right = jumped("2027-04-06T10:00:00Z", "2026-03-10T10:00:00Z");
        assert_eq!(right.next, Some(at("2026-03-16T09:00:00Z")));
        assert_eq!(right.last.map(|last| last.passed_over), Some(0));
        assert_eq!(standing().set_right(at("2026-03-03T00:00:00Z")), None);
    }

    #[test]
    fn what_was_posted_by_a_clock_ahead_is_not_posted_again_and_hides_nothing_else() {
        let mut ahead = standing();
        for (due, now) in [
            ("2026-03-09T09:00:00Z", "2026-03-09T09:00:00Z"),
            ("2026-03-16T09:00:00Z", "2027-04-06T10:00:00Z"),
            ("2027-04-12T09:00:00Z", "2027-04-12T09:00:00Z"),
            ("2027-04-19T09:00:00Z", "2027-04-19T09:00:00Z"),
        ] {
            assert_eq!(ahead.next, Some(at(due)));
            let outcome = match due {
                "2026-03-16T09:00:00Z" => Outcome::Missed,
                _ => Outcome::Posted,
            };
            ahead = ahead.after(at(due), outcome, at(now));
        }
        let right = ahead.set_right(at("2026-03-09T08:00:00Z"));
        let right = right.expect("there is something to set right");
        assert_eq!(right.next, Some(at("2026-03-16T09:00:00Z")));
        assert_eq!(
            right.next_after(at("2027-04-11T00:00:00Z")),
            Some(at("2027-04-26T09:00:00Z"))
        );
    }

    #[test]
    fn what_is_left_out_comes_due_and_says_why_it_was_not_posted() {
        let left_out = LeftOut {
            until: at("2026-03-20T00:00:00Z"),
            how: Absence::Snooze,
            by: Person::new("U2"),
            at: at("2026-03-03T00:00:00Z"),
        };
        let mut standing = Standing {
            left_out: Some(left_out),
            ..standing()
        };
        assert_eq!(standing.comes(), Some(at("2026-03-23T09:00:00Z")));
        for due in ["2026-03-09T09:00:00Z", "2026-03-16T09:00:00Z"] {
            assert_eq!(standing.next, Some(at(due)));
            assert!(standing.leaves_out(at(due)).is_some());
            standing = standing.after(at(due), Outcome::Snoozed, at(due));
        }
        assert_eq!(
            (standing.next, &standing.left_out),
            (Some(at("2026-03-23T09:00:00Z")), &None)
        );
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
