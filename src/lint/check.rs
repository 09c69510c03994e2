//! The check in full: every decision with its words, in one fixed order.

use std::sync::Arc;

use jiff::civil::Date;

use super::expr::Evaluator;
use super::judge::{Decision, Judged, Why, judge};
use super::lenience;
use super::page::Rule;
use super::subject::Subject;
use super::word;
use super::{Fields, Fix, FixSet, Outcome, RuleResult, RuleSet, Severity, Status, Thresholds};
use crate::plan::{InCurrency, Level, Plan, Segment, field};

/// Checks a plan as of a day: each rule on the plan or on each of its segments. The plan's waivers
/// and its baseline say which findings are waived.
///
/// Findings stand first, the heavier before the lighter and those folded into another behind the
/// rest, then what is unknown, what passes and what does not apply; within that the order is that
/// of the rules and of the plan's segments. Equal input gives equal output.
pub fn check<'a>(
    rules: &'a RuleSet,
    subject: impl Into<Subject<'a>>,
    thresholds: &Thresholds,
    as_of: Date,
) -> Vec<RuleResult> {
    let subject = subject.into();
    let mut results = judge(rules, subject, thresholds, as_of).results();
    lenience::apply(subject.plan, &mut results, as_of);
    results
}

impl Judged<'_> {
    /// All results with their words.
    pub fn results(&self) -> Vec<RuleResult> {
        let mut order: Vec<&Decision> = self.decisions.iter().collect();
        // A stable sort: what ranks alike keeps the order of rules and segments.
        order.sort_by_key(|decision| rank(decision));
        order
            .into_iter()
            .map(|decision| self.worded(decision))
            .collect()
    }

    /// How many findings of the segment a finding has lowered, if its rule is there for that.
    fn lowered(&self, decision: &Decision) -> Option<usize> {
        let rule = &self.rules.rules()[decision.rule];
        if rule.softens.is_empty() || decision.outcome() != Outcome::Finding {
            return None;
        }
        let by_this = |other: &&Decision| {
            other.segment == decision.segment
                && other.softened.iter().any(|(by, _)| *by == decision.rule)
        };
        Some(self.decisions.iter().filter(by_this).count())
    }

    fn worded(&self, decision: &Decision) -> RuleResult {
        let mut evaluator = self.evaluator(decision.rule, decision.segment);
        evaluator.trace = decision.trace.clone();
        let mut wording = Wording {
            rule: &self.rules.rules()[decision.rule],
            segment: self.segment(decision),
            plan: self.source.plan(),
            evaluator,
        };
        let (message, fix) = wording.words(&decision.why);
        let rule = wording.rule;
        let trace = &wording.evaluator.trace;
        let mut notes = match decision.outcome() {
            Outcome::NotApplicable => Vec::new(),
            _ => self.in_force[decision.rule].notes(trace),
        };
        let band = decision.band.and_then(|place| rule.bands.get(place));
        notes.extend(band.map(|band| word::near(&self.in_force[decision.rule], band)));
        notes.extend(decision.softened.iter().map(|(by, before)| {
            let by = &self.rules.rules()[*by].slug;
            word::softened(by, *before, before.lowered())
        }));
        RuleResult {
            rule: rule.slug.clone(),
            category: rule.category.clone(),
            outcome: decision.outcome(),
            severity: decision.severity,
            segment: wording.segment.cloned(),
            message,
            fix,
            fields: trace.fields.into(),
            missing: missing(rule, decision),
            sources: Arc::clone(&rule.body.sources),
            confidence: rule.direction.min(rule.number),
            status: Status::Open,
            lenience: None,
            folded_into: decision
                .folded_into
                .map(|place| self.rules.rules()[place].slug.clone()),
            note: word::joined(&notes),
            lowered: self.lowered(decision),
        }
    }
}

fn missing(rule: &Rule, decision: &Decision) -> Fields {
    match &decision.why {
        Why::Unknown(gap) => gap.missing.into(),
        Why::Finding if rule.absent_from.is_some() => decision.absent.into(),
        _ => Fields::default(),
    }
}

fn rank(decision: &Decision) -> (Outcome, bool, std::cmp::Reverse<Severity>) {
    let found = decision.outcome() == Outcome::Finding;
    let severity = if found {
        decision.severity
    } else {
        Severity::Advice
    };
    (
        decision.outcome(),
        decision.folded_into.is_some(),
        std::cmp::Reverse(severity),
    )
}

/// The words of one decision.
struct Wording<'a> {
    rule: &'a Rule,
    segment: Option<&'a Segment>,
    plan: &'a Plan,
    evaluator: Evaluator<'a>,
}

impl<'a> Wording<'a> {
    fn words(&mut self, why: &Why) -> (String, Option<Fix>) {
        let words = match why {
            Why::Finding => {
                let mut says = self.rule.say.iter();
                let said = says.find_map(|say| say.fill(&mut self.evaluator));
                let said = said.unwrap_or_else(|| self.rule.title().to_owned());
                return (said, self.fix());
            }
            Why::Pass => {
                let words = self.rule.pass.fill(&mut self.evaluator).ok();
                words.unwrap_or_else(|| self.rule.title().to_owned())
            }
            Why::Unknown(gap) => word::unknown(gap, || self.money()),
            Why::Elsewhere => word::ELSEWHERE.to_owned(),
            Why::TooEarly => word::TOO_EARLY.to_owned(),
            Why::NoHistory => word::NO_HISTORY.to_owned(),
            Why::NotApplicable(gap) => word::not_applicable(gap),
        };
        (words, None)
    }

    /// The amounts that were looked at, each where it stands.
    fn money(&self) -> Vec<InCurrency<'a>> {
        let read: Fields = self.evaluator.trace.fields.into();
        let amounts = self.plan.currencies();
        let amounts = amounts.filter(|amount| read.contains(amount.field.name));
        let here = self.segment;
        let is_here = |amount: &InCurrency<'a>| {
            here.is_none() || amount.segment.is_none() || amount.segment == here
        };
        amounts.filter(is_here).collect()
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
        let of_plan = field(name).is_none_or(|field| field.level == Level::Plan);
        self.segment.filter(|_| !of_plan).cloned()
    }
}
