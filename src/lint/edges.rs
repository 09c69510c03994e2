//! Whether the examples of a rule stand at the edges of its thresholds: there a `<` that should be
//! `<=` shows, and nowhere else.

use jiff::civil::Date;

use super::expr::{Quantity, Ratio, V};
use super::page::{Param, Rule};
use super::{Example, Outcome, RuleSet, Thresholds, check};

/// By how much a threshold is moved, as one part of so many.
const PARTS: i128 = 1_000_000_000;

impl Rule {
    /// The thresholds at whose edge none of the rule's examples stands, each as `most`, 60%. An
    /// example stands there if the least move of the threshold gives it another outcome.
    pub fn edges_without_example(&self, today: Date) -> Vec<String> {
        let today = self.examples_on.unwrap_or(today);
        let shares: Vec<usize> = self.bands.iter().map(|band| band.share).collect();
        let params = self.params.iter().enumerate();
        let params = params.filter(|(place, _)| !shares.contains(place));
        let without = params.filter(|(place, param)| {
            let moved = moved(param);
            !moved.is_empty() && !moved.iter().any(|value| turns(self, *place, value, today))
        });
        without
            .map(|(_, param)| format!("`{}`, {}", param.name, param.default))
            .collect()
    }
}

/// The threshold a little lower and a little higher; none for a set.
fn moved(param: &Param) -> Vec<V> {
    let V::Quantity(quantity) = &param.value else {
        return Vec::new();
    };
    let Some(little) = Ratio::new(1, PARTS) else {
        return Vec::new();
    };
    let amounts = [quantity.amount.minus(little), quantity.amount.plus(little)];
    let moved = amounts.into_iter().flatten();
    moved
        .map(|amount| {
            V::Quantity(Quantity {
                amount,
                ..*quantity
            })
        })
        .collect()
}

/// Whether an example gets another outcome where the parameter at `place` has another value.
fn turns(rule: &Rule, place: usize, value: &V, today: Date) -> bool {
    let mut other = rule.clone();
    other.defaults[place] = value.clone();
    let decided = [Outcome::Finding, Outcome::Pass];
    let examples = rule.examples().iter();
    let mut examples = examples.filter(|example| decided.contains(&example.outcome));
    let (now, then) = (RuleSet::of_one(rule.clone()), RuleSet::of_one(other));
    examples.any(|example| {
        let then = outcome(&then, example, today);
        then.is_some_and(|(it, _)| decided.contains(&it)) && outcome(&now, example, today) != then
    })
}

fn outcome(rules: &RuleSet, example: &Example, today: Date) -> Option<(Outcome, super::Severity)> {
    let told = example.told(today).ok()?;
    let results = check(rules, told.subject(), &Thresholds::default(), today);
    let result = results.first()?;
    Some((result.outcome, result.severity))
}
