//! What hangs on a field: the rules that read it, the calculators that compute from it, the parts of
//! the plan that follow from it, and what the team has settled with it in mind.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::calc::{Calculator, Input, calculators};
use crate::ident::RuleSlug;
use crate::lint::{Outcome, RuleResult, RuleSet};
use crate::plan::{self, Field, Plan};
use crate::sources::SourceRef;

/// What hangs on a field.
#[derive(Debug, Clone)]
pub struct Impact {
    /// The rules that read it and find something now, the weightiest first.
    pub finding: Vec<RuleSlug>,
    /// Those that wait for an answer.
    pub waiting: Vec<RuleSlug>,
    /// Those that pass.
    pub passing: Vec<RuleSlug>,
    /// Those that do not concern the plan as it is.
    pub aside: Vec<RuleSlug>,
    /// The calculators that take it from the plan.
    pub calculators: Vec<&'static Calculator>,
    /// What follows from it.
    pub follows: Vec<&'static Follow>,
    /// The waivers that were made against it: they end when it changes.
    pub waivers: Vec<RuleSlug>,
    /// The scenarios in which it differs.
    pub scenarios: Vec<String>,
}

/// Parts of a plan that follow from others.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Follow {
    /// The components or fields that they follow from.
    pub from: Vec<String>,
    /// The fields that follow.
    pub to: Vec<String>,
    /// Why, as the end of a sentence with "because".
    pub why: String,
    source: String,
}

impl Follow {
    /// Where that stands.
    pub fn source(&self) -> Option<SourceRef> {
        let (id, section) = self.source.split_once('#')?;
        Some(SourceRef {
            id: id.to_owned(),
            section: section.to_owned(),
            url: crate::sources::source(id)?.address.clone(),
        })
    }

    fn is_from(&self, field: &Field) -> bool {
        let names = [field.name, field.component()];
        self.from.iter().any(|from| names.contains(&from.as_str()))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    follows: Vec<Follow>,
}

fn table() -> &'static [Follow] {
    static TABLE: LazyLock<Vec<Follow>> = LazyLock::new(|| {
        let table: Table = toml::from_str(include_str!("../../knowledge/follows.toml"))
            .expect("the table is part of the program, and a test reads it");
        table.follows
    });
    &TABLE
}

/// What hangs on `field` in a plan of which `results` is the check.
pub fn impact(plan: &Plan, rules: &RuleSet, results: &[RuleResult], field: &Field) -> Impact {
    let mut impact = Impact {
        finding: Vec::new(),
        waiting: Vec::new(),
        passing: Vec::new(),
        aside: Vec::new(),
        calculators: calculators().filter(|it| takes(it, field)).collect(),
        follows: table().iter().filter(|it| it.is_from(field)).collect(),
        waivers: waivers(plan, field),
        scenarios: scenarios(plan, field),
    };
    let mut readers: Vec<_> = rules
        .rules()
        .iter()
        .filter(|rule| rule.weighed_by().contains(&field.name))
        .collect();
    readers.sort_by_key(|rule| std::cmp::Reverse(rule.severity()));
    for rule in readers {
        let of_rule = || results.iter().filter(|result| result.rule == *rule.slug());
        let any = |outcome| of_rule().any(|result| result.outcome == outcome);
        let group = if of_rule().any(|it| it.outcome == Outcome::Finding && !it.is_absence()) {
            &mut impact.finding
        } else if any(Outcome::Unknown) || any(Outcome::Finding) {
            &mut impact.waiting
        } else if any(Outcome::Pass) {
            &mut impact.passing
        } else {
            &mut impact.aside
        };
        group.push(rule.slug().clone());
    }
    impact
}

impl Impact {
    /// How many rules read it.
    pub fn n_rules(&self) -> usize {
        self.finding.len() + self.waiting.len() + self.passing.len() + self.aside.len()
    }
}

fn takes(calculator: &Calculator, field: &Field) -> bool {
    let inputs = calculator.inputs.iter();
    inputs
        .flat_map(Input::from_plan)
        .any(|name| name == field.name)
}

fn waivers(plan: &Plan, field: &Field) -> Vec<RuleSlug> {
    let place = |key: &String| key.split(" for ").next() == Some(field.name);
    plan.waivers()
        .filter(|waiver| waiver.against.keys().any(place))
        .map(|waiver| waiver.rule.clone())
        .collect()
}

fn scenarios(plan: &Plan, field: &Field) -> Vec<String> {
    let differs =
        |answers: &[plan::ScenarioAnswer]| answers.iter().any(|it| it.field == field.name);
    plan.scenarios()
        .filter(|scenario| differs(&scenario.answers))
        .map(|scenario| scenario.name.clone())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_names_fields_components_and_sources_that_exist() {
        for follow in table() {
            for from in &follow.from {
                let mut fields = plan::fields().iter();
                assert!(
                    fields.any(|field| field.name == from || field.component() == from),
                    "{from}"
                );
            }
            for to in &follow.to {
                assert!(plan::field(to).is_some(), "{to}");
            }
            assert!(follow.source().is_some(), "{}", follow.why);
            assert!(!follow.why.ends_with('.'), "{}", follow.why);
        }
    }
}
