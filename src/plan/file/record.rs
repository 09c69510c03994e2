//! Small tables with fixed keys: a waiver, a threshold, what is known about a value.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::Problem;
use super::node::{Content, Entry, Node};
use crate::plan::parse_date;
use crate::text;

/// A table whose keys are taken one by one; what is left over in the end is a problem.
pub(super) struct Record<'p> {
    at: usize,
    /// What the table is, such as "waiver".
    noun: &'static str,
    keys: &'static [&'static str],
    entries: Vec<Entry>,
    problems: &'p mut Vec<Problem>,
}

/// A record that works, for whoever has left something out of theirs.
fn example(noun: &str) -> &'static str {
    match noun {
        "threshold" => {
            "; it is written like [[threshold]] rule = \"field-acv-low\", param = \"max_acv\", \
             value = \"$80k\", reason = \"our territories are dense\", each on a line of its own"
        }
        "waiver" => {
            "; it is written like [[waiver]] rule = \"icp-no-exclusions\", \
             reason = \"we learn first\", until = \"2026-12-31\", each on a line of its own"
        }
        "decision" => {
            "; it is written like [[decision]] question = \"Which price?\", \
             options = [\"$49\", \"$59\"], each on a line of its own"
        }
        _ => "",
    }
}

/// The items of a list as one text has them.
fn in_one(items: &[Node]) -> String {
    let words = items.iter().filter_map(|item| match &item.content {
        Content::Words(words) => Some(words.as_str()),
        _ => None,
    });
    let words: Vec<_> = words.collect();
    if words.is_empty() {
        return "$80k".to_owned();
    }
    words.join(", ")
}

impl<'p> Record<'p> {
    /// Opens a table; `None` (and a problem) if the node is none.
    pub(super) fn open(
        node: Node,
        noun: &'static str,
        keys: &'static [&'static str],
        problems: &'p mut Vec<Problem>,
    ) -> Option<Self> {
        match node.content {
            Content::Table(entries) => Some(Self {
                at: node.at,
                noun,
                keys,
                entries,
                problems,
            }),
            other => {
                let message = format!("a {noun} is a table, and this is {}", other.noun());
                problems.push(Problem::new(node.at, message));
                None
            }
        }
    }

    /// Whether a key is there and not taken yet.
    pub(super) fn has(&self, key: &str) -> bool {
        self.entries.iter().any(|entry| entry.key == key)
    }

    /// The value of a key that may be missing.
    pub(super) fn take(&mut self, key: &str) -> Option<Node> {
        let place = self.entries.iter().position(|entry| entry.key == key)?;
        Some(self.entries.remove(place).node)
    }

    /// The words of a key that may be missing.
    pub(super) fn words(&mut self, key: &str) -> Option<String> {
        let node = self.take(key)?;
        match node.content {
            Content::Words(words) if !words.trim().is_empty() => Some(words.trim().to_owned()),
            Content::Number(number) if key == "value" => Some(number),
            Content::YesNo(yes) if key == "value" => Some(yes.to_string()),
            Content::Words(_) => self.refuse(node.at, format!("`{key}` is empty")),
            Content::Array(items) if key == "value" => {
                let message = format!(
                    "`value` is one text: write `value = \"{}\"`",
                    in_one(&items)
                );
                self.refuse(node.at, message)
            }
            other => self.refuse(
                node.at,
                format!("`{key}` is text, and this is {}", other.noun()),
            ),
        }
    }

    /// The words of a key that is needed.
    pub(super) fn needed(&mut self, key: &str) -> Option<String> {
        if !self.has(key) {
            let noun = self.noun;
            let example = example(noun);
            return self.refuse(self.at, format!("the {noun} has no `{key}`{example}"));
        }
        self.words(key)
    }

    /// The date of a key that may be missing.
    pub(super) fn date(&mut self, key: &str, today: Date) -> Option<Date> {
        let node = self.take(key)?;
        match node.content {
            Content::Date(date) => Some(date),
            Content::Words(words) => match parse_date(&words, today) {
                Ok(date) => Some(date),
                Err(error) => self.refuse(node.at, format!("`{key}`: {error}")),
            },
            other => self.refuse(
                node.at,
                format!("`{key}` is a date, and this is {}", other.noun()),
            ),
        }
    }

    /// The words of a list that may be missing.
    pub(super) fn list(&mut self, key: &str) -> Vec<String> {
        let Some(node) = self.take(key) else {
            return Vec::new();
        };
        let Content::Array(items) = node.content else {
            let noun = node.content.noun();
            self.refuse::<()>(node.at, format!("`{key}` is a list, and this is {noun}"));
            return Vec::new();
        };
        let mut words = Vec::new();
        for item in items {
            match item.content {
                Content::Words(item) => words.push(item),
                other => {
                    let noun = other.noun();
                    self.refuse::<()>(
                        item.at,
                        format!("the items of `{key}` are text, and this is {noun}"),
                    );
                }
            }
        }
        words
    }

    /// The words of a table that may be missing, by their keys.
    pub(super) fn words_by_key(&mut self, key: &str) -> BTreeMap<String, String> {
        let Some(node) = self.take(key) else {
            return BTreeMap::new();
        };
        let Content::Table(entries) = node.content else {
            let noun = node.content.noun();
            self.refuse::<()>(node.at, format!("`{key}` is a table, and this is {noun}"));
            return BTreeMap::new();
        };
        let mut words = BTreeMap::new();
        for entry in entries {
            match entry.node.content {
                Content::Words(value) => drop(words.insert(entry.key, value)),
                other => {
                    let message = format!("`{}` is text, and this is {}", entry.key, other.noun());
                    self.refuse::<()>(entry.node.at, message);
                }
            }
        }
        words
    }

    /// Where the value of a key stands; the table, where it is missing.
    pub(super) fn place_of(&self, key: &str) -> usize {
        let entry = self.entries.iter().find(|entry| entry.key == key);
        entry.map_or(self.at, |entry| entry.node.at)
    }

    /// Reports a problem in this table.
    pub(super) fn refuse<T>(&mut self, at: usize, message: impl Into<String>) -> Option<T> {
        self.problems.push(Problem::new(at, message));
        None
    }

    /// Reports the keys that nobody took.
    pub(super) fn close(self) {
        for entry in self.entries {
            let near = text::nearest(&entry.key, self.keys.iter().copied());
            let hint = match near.first() {
                Some(near) => format!("the nearest is `{near}`"),
                None => format!("it has {}", self.keys.join(", ")),
            };
            let message = format!("a {} has no `{}`; {hint}", self.noun, entry.key);
            self.problems.push(Problem::new(entry.at, message));
        }
    }
}
