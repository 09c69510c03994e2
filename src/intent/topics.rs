//! The commands by what people want to do. Each stands under one topic; a test sees to it.

use super::entry::Entry;
use super::table::entry;

/// Commands that serve one purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Topic {
    /// The purpose, as a short phrase.
    pub title: &'static str,
    names: &'static [&'static str],
}

impl Topic {
    /// Its commands, the most used first.
    pub fn commands(&self) -> impl Iterator<Item = &'static Entry> {
        self.names.iter().filter_map(|name| entry(name))
    }
}

/// All topics, in the order in which a new team needs them.
pub fn topics() -> &'static [Topic] {
    TOPICS
}

const fn topic(title: &'static str, names: &'static [&'static str]) -> Topic {
    Topic { title, names }
}

static TOPICS: &[Topic] = &[
    topic(
        "Write the plan",
        &[
            "set",
            "unset",
            "undo",
            "start",
            "next",
            "template",
            "fields",
            "segment add",
            "segment rename",
            "segment remove",
        ],
    ),
    topic(
        "Look at it",
        &[
            "plan", "stage", "map", "history", "diff", "restore", "share",
        ],
    ),
    topic(
        "Find what does not add up",
        &[
            "check",
            "diagnose",
            "what-if",
            "sensitivity",
            "impact",
            "compare",
            "rules",
            "explain",
        ],
    ),
    topic(
        "Depart from a rule, add one",
        &[
            "waive",
            "unwaive",
            "baseline",
            "threshold",
            "thresholds",
            "rules list",
            "rules add",
            "rules use",
            "rules remove",
        ],
    ),
    topic(
        "Ask",
        &[
            "ask",
            "calc",
            "learn",
            "documents",
            "documents remove",
            "feedback",
        ],
    ),
    topic(
        "Say how sure it is, and whose",
        &["assume", "guess", "fact", "na", "owner"],
    ),
    topic(
        "Decide together",
        &[
            "decide",
            "vote",
            "decisions",
            "approve",
            "unlock",
            "object",
            "trigger",
            "trigger fired",
        ],
    ),
    topic(
        "Read what is said",
        &[
            "read",
            "accept",
            "amend",
            "dismiss",
            "mode",
            "mode status",
            "hush",
            "unhush",
        ],
    ),
    topic(
        "Keep variants, carry the plan",
        &[
            "scenario save",
            "scenario list",
            "scenario compare",
            "scenario adopt",
            "scenario drop",
            "fork",
            "plans",
            "export",
            "import",
        ],
    ),
    topic(
        "Each week",
        &[
            "digest",
            "digest status",
            "digest preview",
            "digest all",
            "rollup",
            "nudge",
        ],
    ),
    topic("The workspace, and me", &["settings", "help"]),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intent::table;

    #[test]
    fn each_command_stands_under_one_topic() {
        let mut named: Vec<_> = TOPICS.iter().flat_map(|topic| topic.names).collect();
        let mut all: Vec<_> = table().iter().map(|entry| &entry.name).collect();
        named.sort_unstable();
        all.sort_unstable();
        assert_eq!(named, all);
    }
}
