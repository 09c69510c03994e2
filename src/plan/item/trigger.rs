//! Triggers that have fired: what happened that calls for a review of the plan.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::plan::{Plan, Segment, Value};

/// Something that happened and calls for a review.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trigger {
    /// Its id, such as `t1`.
    pub id: String,
    /// What happened.
    pub what: String,
    /// When.
    pub on: Date,
    /// Who noted it.
    pub by: Option<String>,
}

impl Plan {
    /// The day on which it was last reviewed as a whole, where that is known.
    pub fn last_review(&self) -> Option<Date> {
        match self.value("plan.last_review", &Segment::main()) {
            Some(Value::Date(date)) => Some(*date),
            _ => None,
        }
    }

    /// The triggers that fired after the last review, in the order in which they were noted.
    pub fn open_triggers(&self) -> impl Iterator<Item = &Trigger> {
        let reviewed = self.last_review();
        self.triggers()
            .filter(move |trigger| reviewed.is_none_or(|date| date < trigger.on))
    }
}
