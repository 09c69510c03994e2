//! What a digest has told, small enough to keep. How the plan was checked then is not part of it: that
//! stands in the snapshot of that instant, and is read from there.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::agenda::Entry;
use crate::ident::Channel;
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

    /// The key of what has come up in one of several channels.
    pub fn key_in(channel: &Channel, entry: &Entry) -> String {
        format!("{channel}|{}", entry.key())
    }

    /// What was told of a channel was told of it under its new id.
    pub fn renamed(&mut self, from: &Channel, to: &Channel) {
        let renamed = |key: &String| match key.strip_prefix(from.as_str()) {
            Some(entry) if entry.starts_with(['|', ':']) => format!("{to}{entry}"),
            _ => key.clone(),
        };
        self.due = self.due.iter().map(renamed).collect();
    }

    /// What the check found by then, of snapshots in the order in which they were made. A check that
    /// found what the one before it had found, on the same day, has none of its own.
    pub fn snapshot<'a>(&self, made: &'a [Snapshot]) -> Option<&'a Snapshot> {
        made.iter().rev().find(|snapshot| snapshot.at <= self.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_told_of_a_channel_is_no_news_under_its_new_id() {
        let due = ["C1|decision:d1", "C1:7:0:2", "C12|decision:d1", "review"];
        let mut seen = Seen {
            due: due.map(str::to_owned).into(),
            ..Seen::default()
        };
        seen.renamed(&Channel::new("C1"), &Channel::new("C9"));
        let renamed = ["C9|decision:d1", "C9:7:0:2", "C12|decision:d1", "review"];
        assert_eq!(seen.due, renamed.map(str::to_owned).into());
    }
}
