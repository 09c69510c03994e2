//! What holds for a whole workspace, and who decided it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{ModelAbout, OwnPages};
use crate::ident::Person;
use crate::lint::{SetFor, Thresholds};
use crate::plan::ThresholdSetting;

/// A workspace's settings. What nobody has ever set is off.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Workspace {
    /// Grows with every change; a change against an older one is refused.
    pub revision: u64,
    /// Every switch of the language model, the one in force last; at most [`Workspace::KEPT`].
    pub model: Vec<ModelSwitch>,
    /// The numbers in place of the rules' own in every plan that has set none itself; one for each
    /// parameter, sorted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub thresholds: Vec<WorkspaceThreshold>,
    /// The rules of its own, beside those of the program.
    #[serde(default, skip_serializing_if = "OwnPages::is_empty")]
    pub rules: OwnPages,
}

/// A number of the workspace's own in place of a rule's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkspaceThreshold {
    /// What it takes the place of, and why.
    pub setting: ThresholdSetting,
    /// Who set it.
    pub by: Person,
    /// When.
    pub at: Timestamp,
}

/// An admin has switched the language model on or off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModelSwitch {
    /// The host that text may be sent to; `None` switches it off.
    pub host: Option<String>,
    /// Who did it.
    pub by: Person,
    /// When.
    pub at: Timestamp,
}

impl Workspace {
    /// So many switches are kept.
    pub const KEPT: usize = 20;

    /// The switch in force.
    pub fn switch(&self) -> Option<&ModelSwitch> {
        self.model.last()
    }

    /// Whether that model may be asked. What was allowed for one host is not allowed for another:
    /// whoever runs the bot can change the host, and only an admin of the workspace may agree.
    pub fn allows(&self, model: &ModelAbout) -> bool {
        let switch = self.switch();
        switch.is_some_and(|switch| switch.host.as_ref() == Some(&model.host))
    }

    /// What stands in place of a rule's parameter.
    pub fn threshold(&self, rule: &str, param: &str) -> Option<&WorkspaceThreshold> {
        self.thresholds.iter().find(|it| it.is_of(rule, param))
    }

    /// The thresholds that hold in every plan that has set none itself.
    pub fn in_force(&self) -> Thresholds {
        let settings = self.thresholds.iter().map(|it| &it.setting);
        Thresholds::set_for(SetFor::Workspace, settings)
    }

    /// Changes exactly when the value of a threshold does; short enough to stand in a button.
    pub fn state_of_thresholds(&self) -> String {
        let mut hash = self.in_force().hash();
        hash.truncate(8);
        hash
    }

    /// The settings without a threshold.
    #[must_use]
    pub fn without(&self, rule: &str, param: &str) -> Self {
        let mut after = self.clone();
        after.thresholds.retain(|it| !it.is_of(rule, param));
        after
    }

    /// The settings with a threshold, in place of what stood there.
    #[must_use]
    pub fn with(&self, threshold: WorkspaceThreshold) -> Self {
        let setting = &threshold.setting;
        let mut after = self.without(setting.rule.as_str(), &setting.param);
        after.thresholds.push(threshold);
        let key = |it: &WorkspaceThreshold| (it.setting.rule.clone(), it.setting.param.clone());
        after.thresholds.sort_by_key(key);
        after
    }

    /// The settings after a switch.
    #[must_use]
    pub fn switched(&self, switch: ModelSwitch) -> Self {
        let mut after = self.clone();
        after.model.push(switch);
        let surplus = after.model.len().saturating_sub(Self::KEPT);
        after.model.drain(..surplus);
        after
    }
}

impl WorkspaceThreshold {
    fn is_of(&self, rule: &str, param: &str) -> bool {
        self.setting.rule.as_str() == rule && self.setting.param == param
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn about(host: &str) -> ModelAbout {
        ModelAbout {
            host: host.to_owned(),
            model: "m".to_owned(),
        }
    }

    fn switch(host: Option<&str>) -> ModelSwitch {
        ModelSwitch {
            host: host.map(str::to_owned),
            by: Person::new("U1"),
            at: Timestamp::UNIX_EPOCH,
        }
    }

    #[test]
    fn what_was_allowed_for_one_host_is_not_for_another() {
        let off = Workspace::default();
        assert!(!off.allows(&about("a.example")));
        let on = off.switched(switch(Some("a.example")));
        assert!(on.allows(&about("a.example")) && !on.allows(&about("b.example")));
        assert!(!on.switched(switch(None)).allows(&about("a.example")));
    }

    #[test]
    fn the_newest_switches_are_kept() {
        let mut workspace = Workspace::default();
        for _ in 0..50 {
            workspace = workspace.switched(switch(Some("a.example")));
        }
        workspace = workspace.switched(switch(None));
        assert_eq!(workspace.model.len(), Workspace::KEPT);
        assert_eq!(workspace.switch().unwrap().host, None);
    }
}
