//! A plan that came as text and waits for somebody's word, as the record of a proposal keeps it.

use serde::{Deserialize, Serialize};

use super::Fate;
use crate::plan::FileFormat;

/// A plan as text, and what it would change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanText {
    /// The text, without the fence that it was pasted in.
    pub text: String,
    /// The form that it was read in; not kept of older ones, which were read by how they begin.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub format: Option<FileFormat>,
    /// What it would change in the plan, one line each, as it was shown.
    pub differs: Vec<String>,
    /// What has become of it.
    pub fate: Fate,
}
