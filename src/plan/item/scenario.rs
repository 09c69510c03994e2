//! Scenarios: variants of the plan that hold the differing answers only.

use serde::{Deserialize, Serialize};

use super::rename;
use crate::plan::{Answer, Segment};

/// A variant of the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scenario {
    /// Its name, spelled as a segment's is.
    pub name: String,
    /// Where it differs, one answer a place.
    pub answers: Vec<ScenarioAnswer>,
}

/// One answer in which a scenario differs from the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScenarioAnswer {
    /// The field's name.
    pub field: String,
    /// The segment, for a field that is held for each segment.
    pub segment: Option<Segment>,
    /// The answer there; `None` is unknown.
    pub answer: Option<Answer>,
}

impl Scenario {
    /// Reads a scenario's name. The error says what a name is.
    pub fn parse_name(words: &str) -> Result<String, String> {
        Segment::parse(words)
            .map(|name| name.as_str().to_owned())
            .map_err(|problem| {
                let problem = problem.replace("for a segment", "for a scenario");
                problem
                    .replace("a segment", "a scenario")
                    .replace("`smb`", "`cheaper`")
            })
    }

    pub(super) fn rename(&mut self, from: &Segment, to: &Segment) {
        for answer in &mut self.answers {
            rename(&mut answer.segment, from, to);
        }
    }
}
