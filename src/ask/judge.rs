//! The rules' word on a plan with what a question supposes.

use super::compose::Asking;
use super::{FollowUp, Hypothesis};
use crate::ident::Person;
use crate::knowledge::Form;
use crate::lint::{self, Outcome, RuleResult, RuleSet, Severity};
use crate::plan::{
    Answer, Author, Door, Field, Level, MessageLink, Plan, Segment, field, set_answer,
};

/// What the rules say about the hypotheses.
pub(super) struct Judgement {
    /// What touches them, the deciding one first: findings, then passes, then what is unknown.
    pub(super) results: Vec<RuleResult>,
    /// The plan with the hypotheses.
    pub(super) plan: Plan,
    /// What the question supposes, beside where somebody stands.
    supposed: Vec<&'static str>,
}

/// Runs the rules on the plan with the hypotheses, and keeps what they touch.
pub(super) fn judge(asking: &Asking<'_>, tried: &[Hypothesis]) -> Judgement {
    let plan = supposing(asking.plan, tried);
    let supposed = tried.iter().filter(|one| !one.is_setting());
    let supposed: Vec<_> = supposed.map(|one| one.field.name).collect();
    if supposed.is_empty() {
        return Judgement {
            results: Vec::new(),
            plan,
            supposed,
        };
    }
    let results = lint::check(asking.rules, &plan, asking.thresholds, asking.today);
    let touches = |result: &RuleResult| {
        let read = |one: &&Hypothesis| !one.is_setting() && result.fields.contains(one.field.name);
        tried.iter().filter(read).count()
    };
    let segment = plan.segment_or_default(None);
    let concerned = |result: &RuleResult| {
        result.segment.as_ref().is_none_or(|own| *own == segment)
            && result.outcome != Outcome::NotApplicable
            && !result.is_context()
            // What the plan does not say yet is asked for elsewhere, and judges nothing.
            && !result.is_absence()
            && result.folded_into.is_none()
            && touches(result) > 0
            && (touches(result) > 1 || is_about(result, tried))
    };
    let mut results: Vec<RuleResult> = results.into_iter().filter(concerned).collect();
    // What reads most of what the question supposes speaks for it; the rest is beside the point.
    let most = results.iter().map(touches).max().unwrap_or(0);
    results.retain(|result| touches(result) == most || result.outcome == Outcome::Finding);
    results.sort_by_key(|result| {
        let is_finding = result.outcome == Outcome::Finding;
        // Of what passes, that speaks most closely of the question which reads least beside it.
        let beside = if is_finding {
            0
        } else {
            result.fields.iter().count()
        };
        (
            !is_finding,
            result.outcome == Outcome::Unknown,
            std::cmp::Reverse(touches(result)),
            beside,
            std::cmp::Reverse(result.severity),
        )
    });
    Judgement {
        results,
        plan,
        supposed,
    }
}

/// Of so many fields, what a question supposes is at least one, for a rule to be about it: a rule that
/// reads half a plan passes whatever the question was.
const FEW: usize = 5;
/// What a deal is worth: of the question it says for which deal it is asked, and not what.
pub(super) const WORTH: [&str; 2] = ["pricing.acv", "pricing.price"];

/// Whether a rule that reads only one of the hypotheses judges it, and not something beside it.
fn is_about(result: &RuleResult, tried: &[Hypothesis]) -> bool {
    let category = &*result.category;
    let whole = ["fit", "alignment", "stage", "economics"].contains(&category);
    whole || tried.iter().any(|one| one.field.component() == category)
}

/// The plan with what a question supposes.
pub(super) fn supposing(plan: &Plan, given: &[Hypothesis]) -> Plan {
    let mut plan = plan.clone();
    for one in given {
        suppose(&mut plan, one);
    }
    plan
}

/// Writes a hypothesis into a copy of the plan; nobody's history sees it.
fn suppose(plan: &mut Plan, one: &Hypothesis) {
    let author = Author {
        by: Person::new("what-if"),
        at: jiff::Timestamp::UNIX_EPOCH,
        door: Door::Command,
        link: MessageLink {
            channel: crate::ident::Channel::new("what-if"),
            ts: None,
        },
    };
    let new = Some(Answer::Known(one.value.clone()));
    for change in set_answer(plan, one.field, None, new, &author) {
        // A value that was read for its field fits it; what does not apply stays unsaid.
        let _ = plan.apply(&change);
    }
}

impl Judgement {
    /// The finding that decides, where there is one.
    pub(super) fn finding(&self) -> Option<&RuleResult> {
        self.results
            .iter()
            .find(|result| result.outcome == Outcome::Finding)
    }

    /// The pass that answers the question, where one does.
    pub(super) fn pass(&self, form: Form) -> Option<&RuleResult> {
        let mut passes = self.results.iter();
        passes.find(|result| result.outcome == Outcome::Pass && self.is_asked_about(result, form))
    }

    /// Whether a pass answers the question: it judges what was asked about, and not a circumstance.
    fn is_asked_about(&self, pass: &RuleResult, form: Form) -> bool {
        let read = self
            .supposed
            .iter()
            .filter(|name| pass.fields.contains(name));
        let read = read.count();
        let is_circumstance = self.supposed.iter().all(|name| WORTH.contains(name));
        FEW * read >= pass.fields.len() && !(is_circumstance && form != Form::Enough)
    }

    /// The unanswered field whose answer would change the verdict: one that the deciding rule
    /// reads, else the one that most of what is open here waits for, else one of `others`.
    pub(super) fn follow_up(&self, rules: &RuleSet, others: &[String]) -> Option<FollowUp> {
        let deciding = self
            .results
            .iter()
            .find(|result| result.outcome != Outcome::Unknown);
        let rule = deciding.and_then(|result| rules.get(result.rule.as_str()));
        let read = rule.map_or(&[][..], |rule| rule.fields());
        let read = read
            .iter()
            .filter_map(|name| field(name))
            .find(|field| self.is_open(field));
        let other = || {
            let mut others = others.iter().filter_map(|name| field(name));
            others.find(|field| self.is_open(field))
        };
        let field = read.or_else(|| self.waited_for()).or_else(other)?;
        Some(FollowUp {
            field,
            segment: self.segment_to_name(field.level),
        })
    }

    fn is_open(&self, field: &Field) -> bool {
        let segment = self.plan.segment_or_default(None);
        let segment = (field.level == Level::Segment).then_some(segment);
        self.plan.answer(field, segment.as_ref()).is_none()
    }

    /// The field that most of what is unknown here waits for, by weight.
    fn waited_for(&self) -> Option<&'static Field> {
        let open = self
            .results
            .iter()
            .filter(|result| result.outcome == Outcome::Unknown);
        let mut weights: Vec<(&'static str, u32)> = Vec::new();
        for result in open {
            let weight = match result.severity {
                Severity::Error => 4,
                Severity::Warning => 2,
                Severity::Advice => 1,
            };
            for name in result.missing.iter() {
                match weights.iter_mut().find(|(known, _)| *known == name) {
                    Some((_, sum)) => *sum += weight,
                    None => weights.push((name, weight)),
                }
            }
        }
        let heaviest = weights.iter().rev().max_by_key(|(_, weight)| *weight);
        heaviest.and_then(|(name, _)| field(name))
    }

    fn segment_to_name(&self, level: Level) -> Option<Segment> {
        let is_one = self.plan.segments().len() < 2;
        (level == Level::Segment && !is_one).then(|| self.plan.segment_or_default(None))
    }
}
