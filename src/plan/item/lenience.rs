//! Where a team departs from the rules: waivers, thresholds of its own, the baseline.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::rename;
use crate::ident::RuleSlug;
use crate::plan::Segment;

/// A rule that the team has waived. Whether there is such a rule is the rule engine's to say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiver {
    /// The rule.
    pub rule: RuleSlug,
    /// The segment that it is waived for; all where none is named.
    pub segment: Option<Segment>,
    /// Why.
    pub reason: String,
    /// Who answers for it.
    pub owner: Option<String>,
    /// Until when, that day included.
    pub until: Option<Date>,
    /// The answers that it was made against, spelled as files spell them and by where they stand
    /// (`pricing.price for smb`): once one of them is another, the finding returns. Empty where the
    /// waiver holds whatever changes.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub against: BTreeMap<String, String>,
}

impl Waiver {
    pub(super) fn rename(&mut self, from: &Segment, to: &Segment) {
        rename(&mut self.segment, from, to);
        let end = format!(" for {from}");
        let against = std::mem::take(&mut self.against).into_iter();
        let renamed = against.map(|(place, answer)| match place.strip_suffix(&end) {
            Some(field) => (format!("{field} for {to}"), answer),
            None => (place, answer),
        });
        self.against = renamed.collect();
    }
}

/// A threshold that the team has set itself. Its value is checked by the rule that has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ThresholdSetting {
    /// The rule.
    pub rule: RuleSlug,
    /// The rule's parameter.
    pub param: String,
    /// The value as it is spelled.
    pub value: String,
    /// Why.
    pub reason: String,
}

/// A finding, whatever it says today.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct FindingKey {
    /// The rule.
    pub rule: RuleSlug,
    /// The segment; none for the whole plan.
    pub segment: Option<Segment>,
}

impl std::fmt::Display for FindingKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.segment {
            Some(segment) => write!(f, "{} for {segment}", self.rule),
            None => self.rule.fmt(f),
        }
    }
}

/// The findings that stood when the team began to look for new ones only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Accepted", into = "Accepted")]
pub struct Baseline {
    /// When it was taken.
    pub on: Option<Date>,
    /// The findings, each with how much it weighed: one that weighs more by now is new.
    pub findings: BTreeMap<FindingKey, String>,
}

/// The baseline as it is stored: JSON has no keys of two parts.
#[derive(Serialize, Deserialize)]
struct Accepted {
    on: Option<Date>,
    findings: Vec<(FindingKey, String)>,
}

impl From<Accepted> for Baseline {
    fn from(accepted: Accepted) -> Self {
        Self {
            on: accepted.on,
            findings: accepted.findings.into_iter().collect(),
        }
    }
}

impl From<Baseline> for Accepted {
    fn from(baseline: Baseline) -> Self {
        Self {
            on: baseline.on,
            findings: baseline.findings.into_iter().collect(),
        }
    }
}

impl Baseline {
    pub(super) fn rename(&mut self, from: &Segment, to: &Segment) {
        let findings = std::mem::take(&mut self.findings).into_iter();
        let renamed = findings.map(|(mut key, severity)| {
            rename(&mut key.segment, from, to);
            (key, severity)
        });
        self.findings = renamed.collect();
    }
}
