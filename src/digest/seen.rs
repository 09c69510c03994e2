//! What a digest saw of the plan, small enough to keep: the next one tells what is different.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::agenda::Entry;
use super::milestones::milestones;
use crate::ident::RuleSlug;
use crate::lint::RuleResult;
use crate::plan::{Plan, Segment, Version};
use crate::report::Report;

/// What was seen at one instant.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Seen {
    /// The plan's version.
    pub version: Version,
    /// Changes exactly when a rule's page does.
    pub rules: String,
    /// The open findings.
    pub open: BTreeSet<Mark>,
    /// How much was answered, in percent.
    pub coverage: u8,
    /// How much of it fitted together, in percent; none where nothing was decided.
    pub coherence: Option<u8>,
    /// What had come up, by its key.
    #[serde(default)]
    pub due: BTreeSet<String>,
    /// What there was of each milestone of which something was known, by its name.
    #[serde(default)]
    pub milestones: BTreeMap<String, String>,
}

/// A finding by what it is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Mark {
    /// The rule.
    pub rule: RuleSlug,
    /// The segment; none for the whole plan.
    pub segment: Option<Segment>,
}

impl Mark {
    /// What a result is about.
    pub fn of(result: &RuleResult) -> Self {
        Self {
            rule: result.rule.clone(),
            segment: result.segment.clone(),
        }
    }
}

impl Seen {
    /// What there is to see now; `rules` is the hash of the rules in force, `agenda` what has come up.
    pub fn now(plan: &Plan, report: &Report, rules: &str, agenda: &[Entry]) -> Self {
        let percent = |percent: usize| u8::try_from(percent).unwrap_or(100);
        // What is only not answered yet is no news each week; coverage tells it.
        let shown = report.open_findings();
        Self {
            version: plan.version(),
            rules: rules.to_owned(),
            open: shown.into_iter().map(Mark::of).collect(),
            coverage: percent(report.coverage.all.percent()),
            coherence: report
                .coherence
                .as_ref()
                .map(|c| percent(c.weighted.percent())),
            due: agenda
                .iter()
                .filter(|entry| entry.speaks())
                .map(Entry::key)
                .collect(),
            milestones: reached(plan),
        }
    }

    /// Whether nothing is different that a person would notice.
    pub fn is_quiet_since(&self, before: &Self) -> bool {
        self.version == before.version
            && self.open == before.open
            && self.due.is_subset(&before.due)
    }
}

/// What there is of each milestone, by its stage and name.
fn reached(plan: &Plan) -> BTreeMap<String, String> {
    let mut reached = BTreeMap::new();
    for stage in milestones(plan) {
        for line in stage.lines {
            let name = format!("{}: {}", stage.name, line.name);
            reached.extend(line.have.map(|have| (name, have)));
        }
    }
    reached
}
