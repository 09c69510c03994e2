//! What holds for a whole workspace, and who decided it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::ModelAbout;
use crate::ident::Person;

/// A workspace's settings. What nobody has ever set is off.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Workspace {
    /// Grows with every change; a change against an older one is refused.
    pub revision: u64,
    /// Every switch of the language model, the one in force last; at most [`Workspace::KEPT`].
    pub model: Vec<ModelSwitch>,
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
