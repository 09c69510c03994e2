//! Thresholds that a team has set itself, in place of the rules' own, each with its reason.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::ident::RuleSlug;
use crate::plan::ThresholdSetting;

/// For whom a threshold was set. The plan's goes before the workspace's, and that before the rule's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SetFor {
    /// For every plan of the workspace.
    Workspace,
    /// For the one plan of a channel or a file.
    Plan,
}

/// One parameter's value in place of the rule's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Threshold {
    /// For whom it was set.
    pub set_for: SetFor,
    /// The value, in the spelling of the parameter's unit (`$15k`, `30 days`).
    pub value: String,
    /// Why the team set it.
    pub reason: String,
}

/// The thresholds of a workspace or a plan file; by default there are none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Thresholds(BTreeMap<(RuleSlug, String), Threshold>);

impl Thresholds {
    /// Puts `threshold` in place of the parameter's own value.
    pub fn set(&mut self, rule: RuleSlug, param: impl Into<String>, threshold: Threshold) {
        self.0.insert((rule, param.into()), threshold);
    }

    /// The team's value of a parameter, if it has set one.
    pub fn get(&self, rule: &RuleSlug, param: &str) -> Option<&Threshold> {
        self.0.get(&(rule.clone(), param.to_owned()))
    }

    /// These, and `own` in place of those that it sets anew.
    #[must_use]
    pub fn and<'a>(&self, own: impl Iterator<Item = &'a ThresholdSetting>) -> Self {
        let mut all = self.clone();
        all.0.extend(own.collect::<Self>().0);
        all
    }

    /// Those of a rule, by parameter.
    pub(crate) fn of<'t>(
        &'t self,
        rule: &'t RuleSlug,
    ) -> impl Iterator<Item = (&'t str, &'t Threshold)> {
        let all = self.iter().filter(move |(of, ..)| *of == rule);
        all.map(|(_, param, own)| (param, own))
    }

    /// Changes exactly when a value does; the reasons do not count.
    pub fn hash(&self) -> String {
        let mut digest = Sha256::new();
        for (rule, param, threshold) in self.iter() {
            for part in [rule.as_str(), param, threshold.value.as_str()] {
                digest.update(part.len().to_be_bytes());
                digest.update(part);
            }
        }
        hex::encode(&digest.finalize()[..8])
    }

    /// Whether the rules' own values hold throughout.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All of them, by rule and parameter.
    pub fn iter(&self) -> impl Iterator<Item = (&RuleSlug, &str, &Threshold)> {
        self.0
            .iter()
            .map(|((rule, param), threshold)| (rule, param.as_str(), threshold))
    }
}

impl<'a> FromIterator<&'a ThresholdSetting> for Thresholds {
    /// The thresholds of a plan file.
    fn from_iter<I: IntoIterator<Item = &'a ThresholdSetting>>(settings: I) -> Self {
        Self::set_for(SetFor::Plan, settings)
    }
}

impl Thresholds {
    /// The settings of a plan or of a workspace.
    pub fn set_for<'a>(
        set_for: SetFor,
        settings: impl IntoIterator<Item = &'a ThresholdSetting>,
    ) -> Self {
        let mut thresholds = Self::default();
        for setting in settings {
            let threshold = Threshold {
                set_for,
                value: setting.value.clone(),
                reason: setting.reason.clone(),
            };
            thresholds.set(setting.rule.clone(), &setting.param, threshold);
        }
        thresholds
    }
}
