//! What a digest has told, small enough to keep. How the plan was checked then is not part of it: that
//! stands in the snapshot of that instant, and is read from there.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::agenda::Entry;
use crate::plan::{Plan, Version};
use crate::report::Snapshot;

/// What was told at one instant.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Seen {
    /// When that was.
    #[serde(default)]
    pub at: Timestamp,
    /// The plan's version.
    pub version: Version,
    /// What had come up, by its key.
    #[serde(default)]
    pub due: BTreeSet<String>,
}

impl Seen {
    /// What there is to tell at `at`; `agenda` is what has come up.
    pub fn now(plan: &Plan, agenda: &[Entry], at: Timestamp) -> Self {
        Self {
            at,
            version: plan.version(),
            due: agenda
                .iter()
                .filter(|entry| entry.speaks())
                .map(Entry::key)
                .collect(),
        }
    }

    /// What the check found by then, of snapshots in the order in which they were made. A check that
    /// found what the one before it had found, on the same day, has none of its own.
    pub fn snapshot<'a>(&self, made: &'a [Snapshot]) -> Option<&'a Snapshot> {
        made.iter().rev().find(|snapshot| snapshot.at <= self.at)
    }
}
