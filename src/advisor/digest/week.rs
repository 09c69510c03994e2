//! What a digest looks at: the plan now, what was told last, and what lies between.

use super::super::case::Case;
use crate::digest::{self, Entry, Known, Matter, Seen, Standing, Timing};
use crate::lint::RuleResult;
use crate::map::{self, Map};
use crate::plan::{self, Change, FindingKey, Net, Plan};
use crate::report::{
    Milestone, Moved, Movement, Question, Report, Snapshot, WeekPoint, milestones, open_questions,
    trend,
};

/// How many fields the digests remember to have asked for.
const ASKED: usize = 6;

/// How many weeks the trend goes back.
const TREND_WEEKS: i64 = 12;

/// The rule that finds what the agenda tells as a review whose day is over.
const REVIEW_OVERDUE: &str = "review-overdue";

/// All that a digest tells.
pub(super) struct Week<'a> {
    pub(super) case: &'a Case<'a>,
    pub(super) report: Report,
    /// What is kept of today's check; none where the last one said the same today.
    pub(super) snapshot: Option<Snapshot>,
    /// What moved since the check of the last digest; none where there was none.
    pub(super) movement: Option<Movement>,
    /// The plan as it was then, where it can be known.
    pub(super) earlier: Option<Plan>,
    /// What there is to tell now.
    pub(super) seen: Seen,
    pub(super) before: &'a Seen,
    /// What is different since, what was changed last first; each change on its own where the plan of
    /// then is not known.
    pub(super) changes: Vec<Net<'a>>,
    /// How much is different in all.
    pub(super) all_changes: usize,
    /// What has come up.
    pub(super) agenda: Vec<Entry>,
    /// The milestones.
    pub(super) milestones: Vec<Milestone>,
}

impl<'a> Week<'a> {
    /// What is different from `before`.
    pub(super) fn since(case: &'a Case<'a>, before: &'a Seen) -> Self {
        let report = case.report();
        let known = Known {
            changes: case.history(),
            begun: case.begun(),
        };
        let agenda = digest::agenda(&case.plan, known, case.ground(), &report.results);
        let seen = Seen::now(&case.plan, &agenda, case.situation.now);
        let then = before.snapshot(&case.situation.snapshots);
        let earlier = case.plan_at(before.version).map(|(plan, _)| plan);
        let changes = different(case, earlier.as_ref(), before);
        let all = seen.version.0.saturating_sub(before.version.0);
        let all = usize::try_from(all).unwrap_or(usize::MAX);
        Self {
            snapshot: case.snapshot(&report),
            movement: then.map(|then| case.movement_since(then, &report)),
            all_changes: match &earlier {
                Some(_) => changes.len(),
                None => all.max(changes.len()),
            },
            earlier,
            changes,
            milestones: milestones(&case.plan, case.ground()),
            case,
            report,
            seen,
            before,
            agenda,
        }
    }

    /// Whether nothing is different that a person would notice.
    pub(super) fn is_quiet(&self) -> bool {
        let findings = self.movement.as_ref().map(|it| &it.findings);
        self.all_changes == 0
            && findings.is_none_or(|moved| *moved == Moved::default())
            && self.seen.due.is_subset(&self.before.due)
    }

    /// Whether an open finding did not stand before.
    pub(super) fn is_new(&self, result: &RuleResult) -> bool {
        let Some(movement) = &self.movement else {
            return true;
        };
        movement.findings.appeared.contains(&result.key())
    }

    /// The open findings that did not stand before, weightiest first.
    pub(super) fn new_findings(&self) -> impl Iterator<Item = &RuleResult> {
        self.open_findings().filter(|result| self.is_new(result))
    }

    /// The open findings, weightiest first, but for what the agenda tells with its date.
    pub(super) fn open_findings(&self) -> impl Iterator<Item = &RuleResult> {
        let is_over = |it: &Entry| it.timing == Timing::Over;
        let mut reviews = self.agenda.iter();
        let is_told = reviews.any(|it| is_over(it) && matches!(it.matter, Matter::Review { .. }));
        let open = self.report.open_findings().into_iter();
        open.filter(move |it| !is_told || it.rule.as_str() != REVIEW_OVERDUE)
    }

    /// The findings that stood before and do not now.
    pub(super) fn gone(&self) -> &[FindingKey] {
        let movement = self.movement.as_ref();
        movement.map_or(&[], |it| &it.findings.gone)
    }

    /// The result about the same as a finding.
    pub(super) fn result_of(&self, finding: &FindingKey) -> Option<&RuleResult> {
        self.report.results.iter().find(|it| it.key() == *finding)
    }

    /// Whether a milestone has another figure than it had.
    pub(super) fn has_moved(&self, milestone: &Milestone) -> bool {
        let Some(earlier) = &self.earlier else {
            return true;
        };
        let before = milestones(earlier, self.case.ground());
        !before.contains(milestone)
    }

    /// The map, where a segment stands elsewhere than it did.
    pub(super) fn moved_map(&self) -> Option<Map> {
        let now = Map::new(&self.case.plan);
        let earlier = self.earlier.as_ref()?;
        // A picture is worth looking at with a segment on it, or with two ladders to compare.
        let shows = |mark: &map::Mark| {
            (mark.acv.is_some() && mark.deals.is_some()) || mark.distance().is_some()
        };
        let is_worth_it = now.segments.iter().any(shows);
        (is_worth_it && now != Map::new(earlier)).then_some(now)
    }

    /// How the plan has come along, a point a week, up to now.
    pub(super) fn trend(&self) -> Vec<WeekPoint> {
        let kept = self.case.situation.snapshots.iter();
        let all: Vec<_> = kept.chain(&self.snapshot).cloned().collect();
        let mut points = trend(&all);
        if let Some(last) = points.last().map(|point| point.week) {
            let first = last.saturating_sub(jiff::Span::new().weeks(TREND_WEEKS - 1));
            points.retain(|point| point.week >= first);
        }
        points
    }

    /// The best question that the last digests did not ask; the best one where they asked all.
    pub(super) fn question(&self, standing: &Standing) -> Option<Question> {
        let mut questions = open_questions(&self.case.plan, &self.report.results);
        let fresh = questions
            .iter()
            .position(|it| !standing.asked.iter().any(|name| name == it.field.name));
        (!questions.is_empty()).then(|| questions.swap_remove(fresh.unwrap_or(0)))
    }

    /// Notes on `standing` what this digest told and asked.
    pub(super) fn told(self, standing: &mut Standing) {
        if let Some(question) = self.question(standing) {
            standing.asked.push(question.field.name.to_owned());
            let over = standing.asked.len().saturating_sub(ASKED);
            standing.asked.drain(..over);
        }
        standing.compared = Some(std::mem::replace(&mut standing.seen, self.seen));
    }
}

/// What is different since `before`, from the plan as it was then; where that is not known, what was
/// changed as far as the history's end goes back.
fn different<'a>(case: &'a Case<'a>, earlier: Option<&Plan>, before: &Seen) -> Vec<Net<'a>> {
    let history = case.history();
    let newer = history.partition_point(|change| change.version <= before.version);
    let changes = &history[newer..];
    if let Some(earlier) = earlier {
        return plan::net(earlier, &case.plan, changes);
    }
    let alone = |change: &'a Change| {
        let parts = change.edit.parts().iter();
        parts.map(move |edit| Net {
            edit: edit.clone(),
            last: change,
            changes: 1,
        })
    };
    changes.iter().rev().flat_map(alone).collect()
}
