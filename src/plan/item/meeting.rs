//! What a team settles together: decisions, and the approval of the sheet.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A question that the team decides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// Its id, such as `d1`.
    pub id: String,
    /// The question.
    pub question: String,
    /// What one can vote for.
    pub options: Vec<String>,
    /// The votes, by who cast them; one may vote anew until it is decided.
    #[serde(default)]
    pub votes: BTreeMap<String, String>,
    /// When it was put up, where that was kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked: Option<Date>,
    /// What was decided, once it is.
    pub decided: Option<Decided>,
}

/// The end of a decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decided {
    /// The option.
    pub option: String,
    /// Who decided it.
    pub by: Option<String>,
    /// When.
    pub on: Option<Date>,
}

impl Decision {
    /// How many voted for each option, in the options' order.
    pub fn count(&self) -> Vec<(&str, usize)> {
        let options = self.options.iter().map(|option| {
            let votes = self.votes.values().filter(|vote| *vote == option).count();
            (option.as_str(), votes)
        });
        options.collect()
    }
}

/// The approval of a sheet: while it stands, the sheet does not change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approval {
    /// The content hash of the sheet that was approved.
    pub hash: String,
    /// Who approved it.
    pub by: String,
    /// When.
    pub on: Date,
    /// Who objects, and why.
    #[serde(default)]
    pub objections: Vec<Objection>,
}

/// A reason against an approval.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Objection {
    /// Who objects.
    pub by: String,
    /// Why.
    pub reason: String,
    /// When.
    pub on: Date,
}
