//! The decisions of a check, before any words: every rule on every segment, then softening and
//! folding. Cheap enough to be made over and over; a consumer words what it shows.

use jiff::civil::Date;

use super::expr::{Evaluator, FieldSet, Gap, Gate, Trace};
use super::page::{Rule, Scope};
use super::source::PlanSource;
use super::subject::Subject;
use super::values_in_force::InForce;
use super::{Outcome, RuleSet, Severity, Thresholds};
use crate::ident::RuleSlug;
use crate::plan::{Plan, Segment, Value, field};

/// Where an unanswered stage stands in the order of stages: at product-market fit.
const STAGE_IF_UNANSWERED: usize = 1;

/// What all rules say about a plan: decided, and worded on demand.
pub struct Judged<'a> {
    pub(super) rules: &'a RuleSet,
    pub(super) source: PlanSource<'a>,
    pub(super) in_force: Vec<InForce<'a>>,
    pub(super) decisions: Vec<Decision>,
    stage: usize,
    /// Where each rule's decisions begin.
    first: Vec<usize>,
}

/// One rule's decision on one segment or the whole plan.
#[derive(Debug)]
pub(super) struct Decision {
    pub(super) rule: usize,
    pub(super) segment: Option<usize>,
    pub(super) why: Why,
    pub(super) severity: Severity,
    /// What was looked at.
    pub(super) trace: Trace,
    /// The fields whose absence was an answer of the conditions, whatever the words read besides.
    pub(super) absent: FieldSet,
    /// The soft band that made it advice, by place.
    pub(super) band: Option<usize>,
    /// The rules that lowered it: the softening rule, and the severity before.
    pub(super) softened: Vec<(usize, Severity)>,
    /// The rule that says the same more strongly.
    pub(super) folded_into: Option<usize>,
    /// The decision on the first of the segments that the rule judges alike, by place.
    pub(super) alike: Option<usize>,
}

/// What the conditions say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Why {
    Finding,
    Pass,
    Unknown(Box<Gap>),
    Elsewhere,
    TooEarly,
    NoHistory,
    NotApplicable(Box<Gap>),
}

/// One decision as others see it, without words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verdict<'a> {
    /// The rule.
    pub rule: &'a RuleSlug,
    /// The segment; `None` for a rule about the whole plan.
    pub segment: Option<&'a Segment>,
    /// What it says.
    pub outcome: Outcome,
    /// How much that weighs.
    pub severity: Severity,
    /// The stronger finding that says the same.
    pub folded_into: Option<&'a RuleSlug>,
}

/// Decides every rule on the plan or on each of its segments, as of a day. The plan's own thresholds
/// go before `thresholds`.
pub fn judge<'a>(
    rules: &'a RuleSet,
    subject: impl Into<Subject<'a>>,
    thresholds: &Thresholds,
    as_of: Date,
) -> Judged<'a> {
    let subject = subject.into();
    let with_own;
    let thresholds = if subject.plan.thresholds().next().is_none() {
        thresholds
    } else {
        with_own = thresholds.and(subject.plan.thresholds());
        &with_own
    };
    let source = PlanSource::new(subject, as_of);
    let in_force = rules.rules().iter();
    let mut judged = Judged {
        rules,
        source,
        in_force: in_force
            .map(|rule| InForce::new(rule, thresholds))
            .collect(),
        decisions: Vec::with_capacity(rules.rules().len() * subject.plan.segments().len()),
        stage: stage(subject.plan),
        first: Vec::with_capacity(rules.rules().len()),
    };
    for (place, rule) in rules.rules().iter().enumerate() {
        judged.first.push(judged.decisions.len());
        for n in 0..judged.times(rule) {
            let segment = (rule.scope == Scope::Segment).then_some(n);
            let decision = match judged.decided_alike(place, segment) {
                Some(first) => judged.again(first, segment),
                None => judged.decide(place, segment),
            };
            judged.decisions.push(decision);
        }
    }
    judged.soften();
    judged.fold();
    judged
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

impl Judged<'_> {
    /// All decisions, by rule and then by segment.
    pub fn verdicts(&self) -> impl Iterator<Item = Verdict<'_>> {
        let rules = self.rules.rules();
        self.decisions.iter().map(move |decision| Verdict {
            rule: &rules[decision.rule].slug,
            segment: self.segment(decision),
            outcome: decision.outcome(),
            severity: decision.severity,
            folded_into: decision.folded_into.map(|place| &rules[place].slug),
        })
    }

    pub(super) fn segment(&self, decision: &Decision) -> Option<&Segment> {
        let place = decision.segment?;
        self.source.segments().get(place)
    }

    /// An evaluator of a rule's expressions on a segment.
    pub(super) fn evaluator(&self, rule: usize, segment: Option<usize>) -> Evaluator<'_> {
        let gate = match self.rules.rules()[rule].absent_from {
            Some(from) if self.stage < from => Gate::TooEarly,
            Some(_) => Gate::Told,
            None => Gate::Open,
        };
        let evaluator = Evaluator::new(&self.source, &self.in_force[rule].values, segment, gate);
        if self.rules.rules()[rule].is_own {
            evaluator.sharing(self.rules.own_share(self.source.segments().len()))
        } else {
            evaluator
        }
    }

    /// How often a rule is asked: once for the plan, or once for each of its segments.
    fn times(&self, rule: &Rule) -> usize {
        match rule.scope {
            Scope::Plan => 1,
            Scope::Segment => self.source.segments().len(),
        }
    }

    pub(super) fn decide(&self, place: usize, segment: Option<usize>) -> Decision {
        let rule = &self.rules.rules()[place];
        let mut evaluator = self.evaluator(place, segment);
        let why = conditions(rule, &mut evaluator);
        let absent = evaluator.trace.absent;
        let (mut severity, mut band) = (rule.severity, None);
        if matches!(why, Why::Finding) {
            (severity, band) = weigh(rule, &self.in_force[place], &mut evaluator);
        }
        Decision {
            rule: place,
            segment,
            why,
            severity,
            trace: evaluator.trace,
            absent,
            band,
            softened: Vec::new(),
            folded_into: None,
            alike: None,
        }
    }

    /// The decision on an earlier segment that is the same in everything that the rule reads.
    fn decided_alike(&self, rule: usize, segment: Option<usize>) -> Option<usize> {
        let reads = self.rules.rules()[rule].known.reads?;
        let earlier = self.source.alike(segment?, reads)?;
        let earlier = self.first[rule] + earlier;
        Some(self.decisions[earlier].alike.unwrap_or(earlier))
    }

    /// The same decision on another segment.
    fn again(&mut self, first: usize, segment: Option<usize>) -> Decision {
        let decided = &mut self.decisions[first];
        decided.alike = Some(first);
        Decision {
            segment,
            why: decided.why.clone(),
            trace: decided.trace.clone(),
            softened: Vec::new(),
            ..*decided
        }
    }

    /// The decision of another rule on the same segment, if both speak about the same.
    fn beside(&self, decision: &Decision, other: usize) -> Option<usize> {
        let of_plan = self.rules.rules()[other].scope == Scope::Plan;
        (of_plan == decision.segment.is_none())
            .then(|| self.first[other] + decision.segment.unwrap_or(0))
    }

    /// Lowers the findings that another finding of the same segment softens, each once.
    fn soften(&mut self) {
        for rule in 0..self.rules.rules().len() {
            let softens = self.rules.softens(rule);
            if softens.is_empty() {
                continue;
            }
            let end = self.first.get(rule + 1).copied();
            for place in self.first[rule]..end.unwrap_or(self.decisions.len()) {
                if self.decisions[place].outcome() == Outcome::Finding {
                    for weaker in softens {
                        self.lower(place, *weaker);
                    }
                }
            }
        }
    }

    fn lower(&mut self, by: usize, weaker: usize) {
        let Some(place) = self.beside(&self.decisions[by], weaker) else {
            return;
        };
        let by = self.decisions[by].rule;
        let decision = &mut self.decisions[place];
        if decision.outcome() == Outcome::Finding {
            decision.softened.push((by, decision.severity));
            decision.severity = decision.severity.lowered();
        }
    }

    /// Puts each finding behind the strongest one of the same segment that says the same.
    fn fold(&mut self) {
        let places = 0..self.decisions.len();
        let parents: Vec<Option<usize>> = places.map(|place| self.parent(place)).collect();
        for place in 0..self.decisions.len() {
            let mut top = place;
            // `RuleSet` refuses rules that fold in a circle, so this ends.
            while let Some(next) = parents[top] {
                top = next;
            }
            if top != place {
                self.decisions[place].folded_into = Some(self.decisions[top].rule);
            }
        }
    }

    fn parent(&self, place: usize) -> Option<usize> {
        let weaker = &self.decisions[place];
        if weaker.outcome() != Outcome::Finding {
            return None;
        }
        let mut strongest: Option<usize> = None;
        for stronger in self.rules.folders(weaker.rule) {
            let Some(other) = self.beside(weaker, *stronger) else {
                continue;
            };
            let severity = self.decisions[other].severity;
            // Of equals the first.
            let is_stronger =
                strongest.is_none_or(|known| severity > self.decisions[known].severity);
            if self.decisions[other].outcome() == Outcome::Finding
                && severity >= weaker.severity
                && is_stronger
            {
                strongest = Some(other);
            }
        }
        strongest
    }
}

impl Decision {
    pub(super) fn outcome(&self) -> Outcome {
        match self.why {
            Why::Finding => Outcome::Finding,
            Why::Pass => Outcome::Pass,
            Why::Unknown(_) => Outcome::Unknown,
            Why::Elsewhere | Why::TooEarly | Why::NoHistory | Why::NotApplicable(_) => {
                Outcome::NotApplicable
            }
        }
    }
}

/// An unknown "does it apply" matters only where the condition could still hold.
fn conditions<'a>(rule: &'a Rule, evaluator: &mut Evaluator<'a>) -> Why {
    let applies = match &rule.applies {
        Some(node) => evaluator.truth(node),
        None => Ok(true),
    };
    if applies == Ok(false) {
        return Why::Elsewhere;
    }
    let when = evaluator.truth(&rule.when);
    let found = match &rule.unless {
        Some(unless) if when != Ok(false) || !evaluator.spares(unless) => {
            let taken_back = evaluator.truth(&unless.node) == Ok(true);
            if taken_back { Ok(false) } else { when }
        }
        _ => when,
    };
    match (applies, found) {
        (Ok(_), Ok(true)) => Why::Finding,
        (Ok(_), Ok(false)) => Why::Pass,
        (Err(_), Ok(false)) => Why::Elsewhere,
        (Err(gap), Ok(true)) | (Ok(_), Err(gap)) => undecided(gap),
        (Err(one), Err(two)) => undecided(one.and(two)),
    }
}

fn undecided(gap: Box<Gap>) -> Why {
    if gap.too_early {
        return Why::TooEarly;
    }
    if gap.no_history {
        return Why::NoHistory;
    }
    if gap.missing.is_empty() && !gap.not_applicable.is_empty() {
        return Why::NotApplicable(gap);
    }
    Why::Unknown(gap)
}

/// How much a finding weighs, and the band that makes it advice.
fn weigh<'a>(
    rule: &'a Rule,
    in_force: &InForce<'_>,
    evaluator: &mut Evaluator<'a>,
) -> (Severity, Option<usize>) {
    let mut severity = rule.severity;
    for (escalated, node) in &rule.escalations {
        if evaluator.truth(node) == Ok(true) {
            severity = *escalated;
            break;
        }
    }
    if severity == Severity::Error {
        return (severity, None);
    }
    let mut bands = rule.bands.iter().enumerate();
    let near = bands.find(|(_, band)| evaluator.truth(&band.inside) == Ok(true));
    match near {
        Some((place, band)) if !in_force.is_own(band.boundary) => (Severity::Advice, Some(place)),
        _ => (severity, None),
    }
}
