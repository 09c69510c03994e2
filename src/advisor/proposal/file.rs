//! A plan that came as text and waits for somebody's word, as the record of a proposal keeps it.

use serde::{Deserialize, Serialize};

use super::Fate;

/// A plan as text, and what it would change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanText {
    /// The text, without the fence that it was pasted in.
    pub text: String,
    /// What it would change in the plan, one line each, as it was shown.
    pub differs: Vec<String>,
    /// What has become of it.
    pub fate: Fate,
}
