//! The check: every rule on every segment, then softening and folding, then one fixed order.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::expr::{Evaluator, Gap, Gate};
use super::lenience;
use super::page::{Rule, Scope, in_order};
use super::relate::{fold, soften};
use super::source::PlanSource;
use super::subject::Subject;
use super::values_in_force::InForce;
use super::word;
use super::{Fix, FixSet, Outcome, RuleResult, RuleSet, Severity, Status, Thresholds};
use crate::plan::{Plan, Segment, Value, field};

/// Where an unanswered stage stands in the order of stages: at product-market fit.
const STAGE_IF_UNANSWERED: usize = 1;

/// Checks a plan as of a day: each rule on the plan or on each of its segments. The plan's own
/// thresholds go before `thresholds`, and its waivers and baseline say which findings are waived.
///
/// Findings stand first, the heavier before the lighter and those folded into another behind the
/// rest, then what is unknown, what passes and what does not apply; within that the order is that
/// of the rules and of the plan's segments. Equal input gives equal output.
pub fn check<'a>(
    rules: &RuleSet,
    subject: impl Into<Subject<'a>>,
    thresholds: &Thresholds,
    as_of: Date,
) -> Vec<RuleResult> {
    let subject = subject.into();
    let with_own;
    let thresholds = if subject.plan.thresholds().next().is_none() {
        thresholds
    } else {
        with_own = thresholds.and(subject.plan.thresholds());
        &with_own
    };
    let source = PlanSource::new(subject, as_of);
    let stage = stage(subject.plan);
    let mut results = Vec::new();
    for rule in rules.rules() {
        let in_force = InForce::new(rule, thresholds);
        let segments: Vec<Option<usize>> = match rule.scope {
            Scope::Plan => vec![None],
            Scope::Segment => (0..source.segments().len()).map(Some).collect(),
        };
        for segment in segments {
            let gate = match rule.absent_from {
                Some(from) if stage < from => Gate::TooEarly,
                _ => Gate::Open,
            };
            let evaluator = Evaluator::new(&source, &in_force.values, segment, gate);
            let one = One {
                rule,
                in_force: &in_force,
                segment: segment.and_then(|place| source.segments().get(place)),
                evaluator,
            };
            results.push(one.result());
        }
    }
    soften(rules, &mut results);
    fold(rules, &mut results);
    lenience::apply(subject.plan, &mut results, as_of);
    // A stable sort: what ranks alike keeps the order of rules and segments.
    results.sort_by_key(rank);
    results
}

fn rank(result: &RuleResult) -> (Outcome, bool, std::cmp::Reverse<Severity>) {
    let found = result.outcome == Outcome::Finding;
    let severity = if found {
        result.severity
    } else {
        Severity::Advice
    };
    (
        result.outcome,
        result.folded_into.is_some(),
        std::cmp::Reverse(severity),
    )
}

fn stage(plan: &Plan) -> usize {
    let stages = field("plan.stage").map_or(&[][..], |field| field.choices);
    match plan.value("plan.stage", &Segment::main()) {
        Some(Value::Choice(stage)) => stages
            .iter()
            .position(|choice| choice.slug == stage)
            .unwrap_or(STAGE_IF_UNANSWERED),
        _ => STAGE_IF_UNANSWERED,
    }
}

/// One rule on one segment.
struct One<'a> {
    rule: &'a Rule,
    in_force: &'a InForce,
    segment: Option<&'a Segment>,
    evaluator: Evaluator<'a>,
}

/// What the conditions say, before any words.
enum Decision {
    Finding,
    Pass,
    Unknown(Gap),
    NotApplicable(String),
}

impl One<'_> {
    fn result(mut self) -> RuleResult {
        match self.decide() {
            Decision::Finding => {
                // What the words read besides is no part of the decision.
                let absent = in_order(&self.evaluator.trace.absent);
                let mut result = self.finding();
                if self.rule.absent_from.is_some() {
                    result.missing = absent;
                }
                result
            }
            Decision::Pass => {
                let words = self.rule.pass.fill(&mut self.evaluator).ok();
                let words = words.unwrap_or_else(|| self.rule.title().to_owned());
                self.worded(Outcome::Pass, words)
            }
            Decision::Unknown(gap) => {
                let mut result = self.worded(Outcome::Unknown, word::unknown(&gap));
                result.missing = in_order(&gap.missing);
                result
            }
            Decision::NotApplicable(words) => self.worded(Outcome::NotApplicable, words),
        }
    }

    /// An unknown "does it apply" matters only where the condition could still hold.
    fn decide(&mut self) -> Decision {
        let applies = match &self.rule.applies {
            Some(node) => self.evaluator.truth(node),
            None => Ok(true),
        };
        if applies == Ok(false) {
            return Decision::NotApplicable(word::ELSEWHERE.to_owned());
        }
        let when = self.evaluator.truth(&self.rule.when);
        let unless = self
            .rule
            .unless
            .as_ref()
            .map(|node| self.evaluator.truth(node));
        let found = if unless == Some(Ok(true)) {
            Ok(false)
        } else {
            when
        };
        match (applies, found) {
            (Ok(_), Ok(true)) => Decision::Finding,
            (Ok(_), Ok(false)) => Decision::Pass,
            (Err(_), Ok(false)) => Decision::NotApplicable(word::ELSEWHERE.to_owned()),
            (Err(gap), Ok(true)) | (Ok(_), Err(gap)) => undecided(gap),
            (Err(one), Err(two)) => undecided(one.and(two)),
        }
    }

    fn finding(&mut self) -> RuleResult {
        let mut notes = Vec::new();
        let severity = self.severity(&mut notes);
        let said = self
            .rule
            .say
            .iter()
            .find_map(|say| say.fill(&mut self.evaluator));
        let said = said.unwrap_or_else(|| self.rule.title().to_owned());
        let fix = self.fix();
        let mut result = self.worded(Outcome::Finding, said);
        result.severity = severity;
        result.fix = fix;
        notes.splice(0..0, result.note.take());
        result.note = word::joined(&notes);
        result
    }

    fn severity(&mut self, notes: &mut Vec<String>) -> Severity {
        let mut severity = self.rule.severity;
        for (escalated, node) in &self.rule.escalations {
            if self.evaluator.truth(node) == Ok(true) {
                severity = *escalated;
                break;
            }
        }
        if severity == Severity::Error {
            return severity;
        }
        let mut bands = self.rule.bands.iter();
        let evaluator = &mut self.evaluator;
        let Some(band) = bands.find(|band| evaluator.truth(&band.inside) == Ok(true)) else {
            return severity;
        };
        if self.in_force.is_own(&band.boundary) {
            return severity;
        }
        notes.push(word::near(self.in_force, band));
        Severity::Advice
    }

    fn fix(&mut self) -> Option<Fix> {
        let mut fixes = self.rule.fix.iter();
        let (variant, text) = fixes.find_map(|fix| Some((fix, fix.fill(&mut self.evaluator)?)))?;
        let set = variant.set.iter().map(|(name, value)| FixSet {
            field: name,
            segment: self.segment_of(name),
            value: value.clone(),
        });
        Some(Fix {
            text,
            set: set.collect(),
        })
    }

    fn segment_of(&self, name: &str) -> Option<Segment> {
        let of_plan = field(name).is_none_or(|field| field.level == crate::plan::Level::Plan);
        self.segment.filter(|_| !of_plan).cloned()
    }

    fn worded(&self, outcome: Outcome, message: String) -> RuleResult {
        let rule = self.rule;
        let trace = &self.evaluator.trace;
        let fields: BTreeSet<_> = trace.fields.iter().copied().collect();
        let notes = match outcome {
            Outcome::NotApplicable => Vec::new(),
            _ => self.in_force.notes(trace),
        };
        RuleResult {
            rule: rule.slug.clone(),
            category: rule.category.clone(),
            outcome,
            severity: rule.severity,
            segment: self.segment.cloned(),
            message,
            fix: None,
            fields: in_order(&fields),
            missing: Vec::new(),
            sources: rule.sources().to_vec(),
            confidence: rule.direction.min(rule.number),
            status: Status::Open,
            lenience: None,
            folded_into: None,
            note: word::joined(&notes),
        }
    }
}

fn undecided(gap: Gap) -> Decision {
    if gap.too_early {
        return Decision::NotApplicable(word::TOO_EARLY.to_owned());
    }
    if gap.no_history {
        return Decision::NotApplicable(word::NO_HISTORY.to_owned());
    }
    if gap.missing.is_empty() && !gap.not_applicable.is_empty() {
        return Decision::NotApplicable(word::not_applicable(&gap));
    }
    Decision::Unknown(gap)
}
