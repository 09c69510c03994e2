//! How findings bear on one another: one softens another, one says what another says more weakly.

use super::word;
use super::{Outcome, RuleResult, RuleSet};
use crate::ident::RuleSlug;
use crate::plan::Segment;

/// Lowers the findings that another finding of the same segment softens, each once.
pub(crate) fn soften(rules: &RuleSet, results: &mut [RuleResult]) {
    for rule in rules.rules().iter().filter(|rule| !rule.softens.is_empty()) {
        let segments: Vec<Option<Segment>> = results
            .iter()
            .filter(|result| result.rule == rule.slug && result.outcome == Outcome::Finding)
            .map(|result| result.segment.clone())
            .collect();
        for result in results.iter_mut() {
            let concerned = result.outcome == Outcome::Finding
                && rule.softens.contains(&result.rule)
                && segments.contains(&result.segment);
            if concerned {
                let before = result.severity;
                result.severity = before.lowered();
                let note = word::softened(rule.slug(), before, result.severity);
                let notes: Vec<String> = result.note.take().into_iter().chain([note]).collect();
                result.note = word::joined(&notes);
            }
        }
    }
}

/// Puts each finding behind the strongest one of the same segment that says the same.
pub(crate) fn fold(rules: &RuleSet, results: &mut [RuleResult]) {
    let parents: Vec<Option<usize>> = (0..results.len())
        .map(|place| parent(rules, results, place))
        .collect();
    for place in 0..results.len() {
        let mut top = place;
        // `RuleSet` refuses rules that fold in a circle, so this ends.
        while let Some(next) = parents[top] {
            top = next;
        }
        if top != place {
            results[place].folded_into = Some(results[top].rule.clone());
        }
    }
}

fn parent(rules: &RuleSet, results: &[RuleResult], place: usize) -> Option<usize> {
    let weaker = &results[place];
    if weaker.outcome != Outcome::Finding {
        return None;
    }
    let stronger = results.iter().enumerate().filter(|(_, result)| {
        result.outcome == Outcome::Finding
            && result.segment == weaker.segment
            && result.severity >= weaker.severity
            && names(rules, &result.rule, &weaker.rule)
    });
    // Of equals the first: `max_by_key` would take the last.
    stronger
        .rev()
        .max_by_key(|(_, result)| result.severity)
        .map(|(place, _)| place)
}

fn names(rules: &RuleSet, stronger: &RuleSlug, weaker: &RuleSlug) -> bool {
    rules
        .get(stronger.as_str())
        .is_some_and(|rule| rule.folds().contains(weaker))
}
