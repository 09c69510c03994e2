//! The outcome of a check, in one type for every surface: Slack, command line, web page, digest.

mod concerned;
mod coverage;
mod diagnosis;
mod document;
mod gain;
mod impact;
mod json;
mod lenience;
mod likeness;
mod milestones;
mod next;
mod one_rule;
mod sensitivity;
mod snapshot;
mod supposition;
mod swap;
mod trigger;
mod verdict;
mod what_if;

pub use coverage::{Coherence, Coverage, Share};
pub use diagnosis::{
    Cause, Shows, Suspect, Symptom, diagnose, found_in, noticed, read_symptom, symptoms,
};
pub use document::{Surface, Typed, cited};
pub use gain::{Doubt, Gain, GainState, gains, source_of_gains};
pub use impact::{Follow, Impact, impact};
pub use json::{result_json, source_json};
pub use lenience::Notice;
pub use milestones::{Line, Milestone, Stand, awaited, milestones, under_way};
pub use next::{Question, next_questions, open_questions};
pub use sensitivity::{Flip, Ground, Turned, sensitivity};
pub use snapshot::{
    MOST_KEPT, Mark, Moved, MovedBy, Movement, RECENT, Snapshot, Then, WeekPoint, movement,
    outlived, trend,
};
pub use supposition::{flips_to_document, flips_to_json};
pub use swap::{Swap, SwapStep, swaps};
pub use trigger::{Fired, TriggerKind, fired, read_trigger, trigger_kinds};
pub use verdict::{State, Verdict};
pub use what_if::{MOST_SUPPOSED, Supposed, WhatIf, read_parts, read_supposed, suppose};

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::ident::RuleSlug;
use crate::lint::{RuleResult, RuleSet, Severity, Thresholds};
use crate::plan::{Plan, ThresholdSetting};

/// What a check of one plan has found. Equal plans, rules, thresholds and dates give equal reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The plan's name, where it has one.
    pub plan: Option<String>,
    /// The plan's segments.
    pub segments: Vec<String>,
    /// The verdict.
    pub verdict: Verdict,
    /// How much of what the rules read is answered.
    pub coverage: Coverage,
    /// How much of what could be decided fits together; `None` while nothing is decided.
    pub coherence: Option<Coherence>,
    /// The outcome of every rule for every segment.
    pub results: Vec<RuleResult>,
    /// The questions whose answers would decide most.
    pub next: Vec<Question>,
    /// The thresholds that the plan puts in place of the rules' own, those in force.
    pub thresholds: Vec<ThresholdSetting>,
    /// Those of the workspace that hold here, because the plan puts nothing in their place.
    pub of_workspace: Vec<ThresholdSetting>,
    /// What no longer holds among waivers, thresholds, assumptions and the last review.
    pub notices: Vec<Notice>,
    /// What moved since the last shared check; none where there was none.
    pub movement: Option<Movement>,
    /// The rules whose findings are told before all others.
    first: BTreeSet<RuleSlug>,
    /// Whether every finding is told in full.
    tells_all: bool,
}

impl Report {
    /// The report on `plan`, of which `results` is the check.
    pub fn new(plan: &Plan, results: Vec<RuleResult>) -> Self {
        let coverage = Coverage::of(plan, &results);
        Self {
            plan: coverage::plan_name(plan),
            segments: plan
                .segments()
                .iter()
                .map(|segment| segment.as_str().to_owned())
                .collect(),
            verdict: Verdict::of(plan, &results, &coverage),
            coherence: Coherence::of(&results),
            next: next_questions(plan, &results),
            thresholds: Vec::new(),
            of_workspace: Vec::new(),
            notices: lenience::notices(plan, &results),
            movement: None,
            first: BTreeSet::new(),
            tells_all: false,
            coverage,
            results,
        }
    }

    /// The report that tells the findings of these rules before all others.
    #[must_use]
    pub fn telling_first(mut self, rules: impl IntoIterator<Item = RuleSlug>) -> Self {
        self.first.extend(rules);
        self
    }

    /// The report that tells every finding in full.
    #[must_use]
    pub fn telling_all(mut self) -> Self {
        self.tells_all = true;
        self
    }

    /// The report with the thresholds that hold in place of the rules' own: the plan's, and the
    /// workspace's where the plan puts nothing in their place. What a plan sets in vain is told.
    #[must_use]
    pub fn under(mut self, rules: &RuleSet, workspace: &Thresholds, plan: &Plan) -> Self {
        let is_own = |rule: &RuleSlug, param: &str| {
            plan.thresholds()
                .any(|own| own.rule == *rule && own.param == param)
        };
        let as_shown = |own: &ThresholdSetting| ThresholdSetting {
            value: rules.shown_threshold(own.rule.as_str(), &own.param, &own.value),
            ..own.clone()
        };
        let hold = workspace
            .iter()
            .filter(|(rule, param, _)| !is_own(rule, param));
        let hold = hold.map(|(rule, param, threshold)| ThresholdSetting {
            rule: rule.clone(),
            param: param.to_owned(),
            value: threshold.value.clone(),
            reason: threshold.reason.clone(),
        });
        for own in hold {
            match lenience::in_vain("your workspace's", &own, rules) {
                Some(notice) => self.notices.push(notice),
                None => self.of_workspace.push(as_shown(&own)),
            }
        }
        for own in plan.thresholds() {
            match lenience::in_vain("your", own, rules) {
                Some(notice) => self.notices.push(notice),
                None => self.thresholds.push(as_shown(own)),
            }
        }
        self
    }

    /// The report with what time adds to it: what was to be validated by a day that has
    /// passed, and triggers that fired since the last review.
    #[must_use]
    pub fn as_of(mut self, plan: &Plan, today: Date) -> Self {
        self.notices.extend(lenience::overdue(plan, today));
        self.notices.extend(lenience::fired(plan));
        self
    }

    /// The findings that are open, weightiest first: nobody waived them, no stronger finding stands
    /// for them, and they ask for more than an answer. An answer that is missing counts among them
    /// where the whole plan rests on it and there is enough to judge.
    pub fn open_findings(&self) -> Vec<&RuleResult> {
        self.open(|result| self.is_told(result))
    }

    /// What asks for nothing but an answer, weightiest first; a question is the place to tell it.
    pub fn unanswered(&self) -> Vec<&RuleResult> {
        self.open(|result| !self.is_told(result))
    }

    fn open(&self, wanted: impl Fn(&RuleResult) -> bool) -> Vec<&RuleResult> {
        let open = self.results.iter().filter(|it| it.is_open_finding());
        let mut open: Vec<_> = open.filter(|it| wanted(it)).collect();
        open.sort_by_key(|result| std::cmp::Reverse(result.severity));
        open
    }

    fn is_told(&self, result: &RuleResult) -> bool {
        let is_needed = !self.is_early() && result.severity == Severity::Error;
        !result.is_absence() || is_needed
    }

    /// Whether there is too little to judge.
    fn is_early(&self) -> bool {
        self.verdict.state == State::NotEnough
    }

    /// Whether the plan contradicts itself as far as it is answered: the command line's exit status.
    pub fn has_open_error(&self) -> bool {
        let open = self.open_findings();
        open.first()
            .is_some_and(|weightiest| weightiest.severity == Severity::Error)
    }
}
