//! Two shares with visible arithmetic: how much is answered, and how much of it fits together.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::next::holders;
use crate::lint::{Outcome, RuleResult, Severity};
use crate::plan::{self, Plan, Segment, Value};

/// So many of so many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Share {
    /// How many.
    pub have: usize,
    /// Of how many.
    pub of: usize,
}

impl Share {
    /// The share in whole percent, rounded down, so that 100 means all; 0 of 0 is 0.
    pub fn percent(self) -> usize {
        (self.have * 100).checked_div(self.of).unwrap_or(0)
    }

    fn add(&mut self, more: Self) {
        self.have += more.have;
        self.of += more.of;
    }
}

/// How much is answered of what is needed here: the fields that the rules which apply read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Coverage {
    /// All components together.
    pub all: Share,
    /// Each component alone, by its name.
    pub by: BTreeMap<&'static str, Share>,
}

impl Coverage {
    /// Counts each field once for each segment that holds it.
    pub(super) fn of(plan: &Plan, results: &[RuleResult]) -> Self {
        let needed: BTreeSet<_> = results
            .iter()
            .filter(|result| result.outcome != Outcome::NotApplicable)
            .flat_map(|result| fields_read(plan, result))
            .collect();
        let mut coverage = Self::default();
        for (name, segment) in needed {
            let Some(field) = plan::field(name) else {
                continue;
            };
            let have = usize::from(plan.answer(field, segment).is_some());
            let one = Share { have, of: 1 };
            coverage.all.add(one);
            coverage.by.entry(field.component()).or_default().add(one);
        }
        coverage
    }
}

fn fields_read<'p>(
    plan: &'p Plan,
    result: &'p RuleResult,
) -> impl Iterator<Item = (&'static str, Option<&'p Segment>)> {
    let held = |name: &'static str| {
        let holders = holders(plan, name, result).into_iter();
        holders.map(move |segment| (name, segment))
    };
    result.fields.iter().copied().flat_map(held)
}

/// How much of what could be decided fits: passes over decided rules, an error counting three
/// times, a warning twice, an advice once. What does not apply or is not answered is in neither
/// number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Coherence {
    /// Rules that pass, of rules that are decided.
    pub rules: Share,
    /// The same, weighted.
    pub weighted: Share,
}

impl Coherence {
    pub(super) fn of(results: &[RuleResult]) -> Option<Self> {
        let mut coherence = Self {
            rules: Share::default(),
            weighted: Share::default(),
        };
        // What only says how to read other findings is no fault of the plan's.
        for result in results.iter().filter(|result| !result.is_context()) {
            let have = match result.outcome {
                Outcome::Pass => 1,
                // What is not answered is a matter of coverage; of what a stronger finding tells,
                // one cause counts once; and what the team lives with is neither for nor against
                // the plan.
                Outcome::Finding if !result.is_absence() && result.is_open_finding() => 0,
                Outcome::Finding | Outcome::Unknown | Outcome::NotApplicable => continue,
            };
            coherence.rules.add(Share { have, of: 1 });
            let of = weight(result.severity);
            let have = have * of;
            coherence.weighted.add(Share { have, of });
        }
        (coherence.rules.of > 0).then_some(coherence)
    }
}

/// How much a rule counts.
pub(super) fn weight(severity: Severity) -> usize {
    match severity {
        Severity::Error => 3,
        Severity::Warning => 2,
        Severity::Advice => 1,
    }
}

/// The plan's own name.
pub(super) fn plan_name(plan: &Plan) -> Option<String> {
    match plan.value("plan.name", &Segment::main()) {
        Some(Value::Text(name)) => Some(name.clone()),
        _ => None,
    }
}
