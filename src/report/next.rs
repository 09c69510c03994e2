//! The next best questions: the fields whose answers would decide most.

use std::collections::BTreeMap;

use super::coverage::weight;
use crate::ident::RuleSlug;
use crate::lint::{Outcome, RuleResult};
use crate::plan::{self, Field, Level, Plan, Segment};

/// How many questions a report asks.
const QUESTIONS: usize = 3;

/// A field that is worth asking for.
#[derive(Debug, Clone)]
pub struct Question {
    /// The field.
    pub field: &'static Field,
    /// The segment that it is asked for.
    pub segment: Option<Segment>,
    /// The rules that wait for it, in order.
    pub decides: Vec<RuleSlug>,
}

impl PartialEq for Question {
    fn eq(&self, other: &Self) -> bool {
        (self.field.name, &self.segment, &self.decides)
            == (other.field.name, &other.segment, &other.decides)
    }
}

impl Eq for Question {}

/// A field, in one segment or in the plan.
type Asked<'a> = (&'static str, Option<&'a Segment>);

/// The three fields for which the most rules wait or whose absence they find, an error rule counting three times, a warning
/// twice. Where several fields would do, each gets an equal part of the rule's weight, so that a
/// field which decides alone comes first; one whose rules all wait for an earlier question too, or for the
/// same one of another segment, comes only where nothing else is left. Ties go by the catalogue's order,
/// then by the plan's segments.
pub fn next_questions(plan: &Plan, results: &[RuleResult]) -> Vec<Question> {
    let (mut asked, mut spare): (Vec<Question>, Vec<Question>) = (Vec::new(), Vec::new());
    for question in open_questions(plan, results) {
        let is_waited_for = |rule: &RuleSlug| {
            let mut earlier = asked.iter();
            // The same question of another segment is no other question.
            earlier.any(|it| {
                let is_here = it.segment.is_none() || it.segment == question.segment;
                (is_here || it.field.name == question.field.name) && it.decides.contains(rule)
            })
        };
        if question.decides.iter().all(is_waited_for) {
            spare.push(question);
        } else {
            asked.push(question);
        }
        if asked.len() == QUESTIONS {
            break;
        }
    }
    asked.extend(spare);
    asked.truncate(QUESTIONS);
    asked
}

/// All of them, in the same order.
pub fn open_questions(plan: &Plan, results: &[RuleResult]) -> Vec<Question> {
    let mut waiting: BTreeMap<Asked<'_>, (usize, Vec<RuleSlug>)> = BTreeMap::new();
    let waits =
        |r: &&RuleResult| r.outcome == Outcome::Unknown || (r.is_absence() && r.is_open_finding());
    for result in results.iter().filter(waits) {
        for name in result.missing.iter() {
            for segment in holders(plan, name, result) {
                let (weight_so_far, rules) = waiting.entry((name, segment)).or_default();
                *weight_so_far += weight(result.severity) * PART / result.missing.len();
                if !rules.contains(&result.rule) {
                    rules.push(result.rule.clone());
                }
            }
        }
    }
    let mut ranked: Vec<_> = waiting
        .into_iter()
        .filter_map(|((name, segment), (weight, decides))| {
            let field = plan::field(name).filter(|f| plan.answer(f, segment).is_none())?;
            let place = plan::fields().iter().position(|f| f.name == name)?;
            let of_plan = plan.segments().iter().position(|it| Some(it) == segment);
            let question = Question {
                field,
                segment: segment.cloned(),
                decides,
            };
            Some(((std::cmp::Reverse(weight), place, of_plan), question))
        })
        .collect();
    ranked.sort_by_key(|(rank, _)| *rank);
    ranked.into_iter().map(|(_, question)| question).collect()
}

/// Weights are divided in whole numbers; this many parts make one.
const PART: usize = 60;

/// Where a field stands that a result read: in the plan, in the result's segment, or in each
/// segment where the rule is about them all.
fn holders<'a>(plan: &'a Plan, name: &str, result: &'a RuleResult) -> Vec<Option<&'a Segment>> {
    match (plan::field(name).map(|field| field.level), &result.segment) {
        (Some(Level::Segment), None) => plan.segments().iter().map(Some).collect(),
        (Some(Level::Segment), Some(segment)) => vec![Some(segment)],
        (Some(Level::Plan) | None, _) => vec![None],
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::lint::{RuleSet, Thresholds, check};
    use crate::plan::{FileFormat, read_file};

    fn asked(toml: &str) -> Vec<String> {
        let today = date(2026, 3, 4);
        let plan = read_file(toml, FileFormat::Toml, today).expect("a plan");
        let rules = RuleSet::built_in().expect("the rules load");
        let results = check(&rules, &plan, &Thresholds::default(), today);
        let of = |question: &Question| {
            let segment = question.segment.as_ref().map_or("plan", Segment::as_str);
            format!("{} {segment}", question.field.name)
        };
        next_questions(&plan, &results).iter().map(of).collect()
    }

    #[test]
    fn three_segments_are_asked_three_questions_and_not_one_thrice() {
        let questions = asked("[segment.west]\n[segment.east]\n[segment.south]\n");
        let fields: Vec<_> = questions.iter().map(|it| it.split(' ').next()).collect();
        let mut distinct = fields.clone();
        distinct.dedup();
        assert_eq!(distinct, fields, "{questions:?}");
    }
}
