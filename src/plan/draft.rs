//! A plan draft: which field holds which answer, plan-wide and for each segment.

use serde::{Deserialize, Serialize};

use super::{Value, Version};
use crate::ident::PlanId;

/// A segment's name as the team writes it in commands: lower case letters, digits, `-` and `_`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Segment(String);

/// What a team has said about a field; a field with no answer is unknown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// The value is this.
    Known(Value),
    /// The field does not apply to this plan, for this reason.
    NotApplicable(String),
}

/// The fold of a plan's history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    id: PlanId,
    version: Version,
}

impl Plan {
    /// A plan with no answers.
    pub fn new(id: PlanId) -> Self {
        Self {
            id,
            version: Version(0),
        }
    }

    /// Its id.
    pub fn id(&self) -> &PlanId {
        &self.id
    }

    /// Its version.
    pub fn version(&self) -> Version {
        self.version
    }

    /// Makes one change.
    pub fn apply(&mut self, change: &super::Change) -> Result<(), std::convert::Infallible> {
        self.version = change.version;
        Ok(())
    }
}
