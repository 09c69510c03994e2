//! The check in full: every decision with its words, in one fixed order.

use std::borrow::Cow;
use std::sync::Arc;

use jiff::civil::Date;

use super::expr::{Evaluator, Trace};
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
        let order = ranked(&self.decisions);
        let mut told = Told {
            results: Vec::with_capacity(order.len()),
            alike: vec![None; self.decisions.len()],
        };
        for place in order {
            self.tell(&self.decisions[place], &mut told);
        }
        told.results
    }

    /// The words of a decision; those on segments that are judged alike are found once.
    fn words(&self, decision: &Decision, told: &Told) -> Words {
        if let Some(message) = fixed(&decision.why) {
            return Words {
                message: Cow::Borrowed(message),
                fix: None,
                trace: decision.trace.clone(),
            };
        }
        if let Some((place, trace)) = told.of_alike(decision) {
            return Words::on(self.segment(decision), &told.results[*place], trace);
        }
        let mut evaluator = self.evaluator(decision.rule, decision.segment);
        evaluator.trace = decision.trace.clone();
        let mut wording = Wording {
            rule: &self.rules.rules()[decision.rule],
            segment: self.segment(decision),
            plan: self.source.plan(),
            evaluator,
        };
        let (message, fix) = wording.words(&decision.why);
        Words {
            message,
            fix,
            trace: wording.evaluator.trace,
        }
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

    /// Puts a decision into words, behind those that were told before it.
    fn tell(&self, decision: &Decision, told: &mut Told) {
        let Words {
            message,
            fix,
            trace,
        } = self.words(decision, told);
        let result = self.worded(decision, (message, fix), &trace);
        if let Some(first) = decision.alike.filter(|_| fixed(&decision.why).is_none()) {
            told.alike[first].get_or_insert((told.results.len(), trace));
        }
        told.results.push(result);
    }

    fn worded(
        &self,
        decision: &Decision,
        (message, fix): (Cow<'static, str>, Option<Fix>),
        trace: &Trace,
    ) -> RuleResult {
        let rule = &self.rules.rules()[decision.rule];
        RuleResult {
            rule: rule.slug.clone(),
            category: rule.category.clone(),
            outcome: decision.outcome(),
            severity: decision.severity,
            segment: self.segment(decision).cloned(),
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
            note: self.note(decision, trace),
            lowered: self.lowered(decision),
        }
    }

    /// What a reader must know beside the message; of most results, nothing.
    fn note(&self, decision: &Decision, trace: &Trace) -> Option<String> {
        let in_force = &self.in_force[decision.rule];
        let mut notes = match decision.outcome() {
            Outcome::NotApplicable => Vec::new(),
            _ => in_force.notes(trace),
        };
        if let Some(place) = decision.band {
            let band = self.rules.rules()[decision.rule].bands.get(place);
            notes.extend(band.map(|band| word::near(in_force, band)));
        }
        for (by, before) in &decision.softened {
            let by = &self.rules.rules()[*by].slug;
            notes.push(word::softened(by, *before, before.lowered()));
        }
        word::joined(&notes)
    }
}

fn missing(rule: &Rule, decision: &Decision) -> Fields {
    match &decision.why {
        Why::Unknown(gap) => gap.missing.into(),
        Why::Finding if rule.absent_from.is_some() => decision.absent.into(),
        _ => Fields::default(),
    }
}

/// What is said of a decision, and what was looked at for it.
struct Words {
    message: Cow<'static, str>,
    fix: Option<Fix>,
    trace: Trace,
}

impl Words {
    /// What was told of another segment, of this one.
    fn on(segment: Option<&Segment>, told: &RuleResult, trace: &Trace) -> Self {
        let mut fix = told.fix.clone();
        let sets = fix.iter_mut().flat_map(|fix| &mut fix.set);
        for set in sets.filter(|set| set.segment.is_some()) {
            set.segment = segment.cloned();
        }
        Self {
            message: told.message.clone(),
            fix,
            trace: trace.clone(),
        }
    }
}

/// What is told already.
struct Told {
    results: Vec<RuleResult>,
    /// By the first decision on segments that are judged alike: the result that tells it, and what was
    /// looked at for that.
    alike: Vec<Option<(usize, Trace)>>,
}

impl Told {
    /// The result that tells the same.
    fn of_alike(&self, decision: &Decision) -> Option<&(usize, Trace)> {
        let first = decision
            .alike
            .filter(|_| !names_its_segment(&decision.why))?;
        self.alike[first].as_ref()
    }
}

/// What is said whatever the rule and the plan are.
fn fixed(why: &Why) -> Option<&'static str> {
    match why {
        Why::Elsewhere => Some(word::ELSEWHERE),
        Why::TooEarly => Some(word::TOO_EARLY),
        Why::NoHistory => Some(word::NO_HISTORY),
        Why::Finding | Why::Pass | Why::Unknown(_) | Why::NotApplicable(_) => None,
    }
}

/// Whether it is told of amounts where they stand.
fn names_its_segment(why: &Why) -> bool {
    matches!(why, Why::Unknown(gap) if gap.currencies.is_some())
}

/// The decisions in the order in which they are told, by place. There are few ranks, so they are
/// counted; what ranks alike keeps the order of rules and segments.
fn ranked(decisions: &[Decision]) -> Vec<usize> {
    let mut begins = [0; RANKS + 1];
    for decision in decisions {
        begins[rank(decision) + 1] += 1;
    }
    for rank in 1..=RANKS {
        begins[rank] += begins[rank - 1];
    }
    let mut order = vec![0; decisions.len()];
    for (place, decision) in decisions.iter().enumerate() {
        let next = &mut begins[rank(decision)];
        order[*next] = place;
        *next += 1;
    }
    order
}

/// Four outcomes, told by a stronger finding or not, in three severities.
const RANKS: usize = 4 * 2 * 3;

/// What is told first has the lowest.
fn rank(decision: &Decision) -> usize {
    let (outcome, weight) = match (decision.outcome(), decision.severity) {
        (Outcome::Finding, Severity::Error) => (0, 0),
        (Outcome::Finding, Severity::Warning) => (0, 1),
        (Outcome::Finding, Severity::Advice) => (0, 2),
        (Outcome::Unknown, _) => (1, 0),
        (Outcome::Pass, _) => (2, 0),
        (Outcome::NotApplicable, _) => (3, 0),
    };
    let folded = usize::from(decision.folded_into.is_some());
    (outcome * 2 + folded) * 3 + weight
}

/// The words of one decision.
struct Wording<'a> {
    rule: &'a Rule,
    segment: Option<&'a Segment>,
    plan: &'a Plan,
    evaluator: Evaluator<'a>,
}

impl<'a> Wording<'a> {
    fn words(&mut self, why: &Why) -> (Cow<'static, str>, Option<Fix>) {
        let words = match why {
            Why::Finding => {
                let mut says = self.rule.say.iter();
                let said = says.find_map(|say| say.fill(&mut self.evaluator));
                let said = said.unwrap_or_else(|| self.rule.title().to_owned());
                return (said.into(), self.fix());
            }
            Why::Pass => {
                let words = self.rule.pass.fill(&mut self.evaluator).ok();
                let words = words.unwrap_or_else(|| self.rule.title().to_owned());
                words.into()
            }
            Why::Unknown(gap) => word::unknown(gap, || self.money()).into(),
            Why::NotApplicable(gap) => word::not_applicable(gap).into(),
            Why::Elsewhere | Why::TooEarly | Why::NoHistory => {
                fixed(why).unwrap_or_default().into()
            }
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
