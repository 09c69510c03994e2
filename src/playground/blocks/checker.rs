//! The collector of what is wrong, with the sums that run over a whole message.

use std::collections::HashSet;

use serde_json::Value;

use crate::playground::limits::{self, Limit};

/// Collects problems in Slack's words, each with a pointer to its place.
#[derive(Debug, Default)]
pub(super) struct Checker {
    problems: Vec<String>,
    block_ids: HashSet<String>,
    markdown: usize,
    table: usize,
}

impl Checker {
    pub(super) fn finish(self) -> Result<(), Vec<String>> {
        if self.problems.is_empty() {
            Ok(())
        } else {
            Err(self.problems)
        }
    }

    pub(super) fn problem(&mut self, at: &str, what: &str) {
        self.problems
            .push(format!("[ERROR] {what} [json-pointer:{at}]"));
    }

    pub(super) fn missing(&mut self, at: &str, field: &str) {
        self.problem(at, &format!("missing required field: {field}"));
    }

    pub(super) fn too_many(&mut self, at: &str, limit: Limit) {
        self.problem(at, &format!("no more than {} items allowed", limit.max));
    }

    /// A string's length, between two bounds, in characters.
    pub(super) fn length(&mut self, at: &str, words: &str, (least, most): (usize, usize)) {
        let length = words.chars().count();
        if length < least {
            self.problem(at, &format!("must be more than {} characters", least - 1));
        } else if length > most {
            self.problem(at, &format!("must be less than {} characters", most + 1));
        }
    }

    /// A string that has to be there.
    pub(super) fn string<'v>(
        &mut self,
        at: &str,
        part: &'v Value,
        name: &str,
        bounds: (usize, usize),
    ) -> Option<&'v str> {
        match part.get(name) {
            None => self.missing(at, name),
            Some(Value::String(words)) => {
                self.length(&format!("{at}/{name}"), words, bounds);
                return Some(words);
            }
            Some(_) => self.problem(&format!("{at}/{name}"), "must be a string"),
        }
        None
    }

    /// A string that may be left out.
    pub(super) fn optional(&mut self, at: &str, part: &Value, (name, limit): (&str, Limit)) {
        if part.get(name).is_some() {
            self.string(at, part, name, (0, limit.max));
        }
    }

    /// The items of a list that has to be there and must not be empty, each with its pointer.
    pub(super) fn items<'v>(
        &mut self,
        at: &str,
        part: &'v Value,
        name: &str,
        limit: Limit,
    ) -> Vec<(String, &'v Value)> {
        let place = format!("{at}/{name}");
        let Some(list) = part.get(name) else {
            self.missing(at, name);
            return Vec::new();
        };
        let Some(list) = list.as_array() else {
            self.problem(&place, "must be an array");
            return Vec::new();
        };
        if list.is_empty() {
            self.problem(&place, "must contain at least 1 item");
        }
        if list.len() > limit.max {
            self.too_many(&place, limit);
        }
        list.iter()
            .enumerate()
            .map(|(n, item)| (format!("{place}/{n}"), item))
            .collect()
    }

    /// A block's own id: short enough and used once.
    pub(super) fn block_id(&mut self, at: &str, block: &Value) {
        self.optional(at, block, ("block_id", limits::BLOCK_ID));
        let id = block
            .get("block_id")
            .and_then(Value::as_str)
            .unwrap_or_default();
        if !id.is_empty() && !self.block_ids.insert(id.to_owned()) {
            let what = format!("`block_id` \"{id}\" already exists");
            self.problem(&format!("{at}/block_id"), &what);
        }
    }

    /// Adds to the message's sum of Markdown.
    pub(super) fn count_markdown(&mut self, at: &str, words: &str) {
        self.markdown += words.chars().count();
        if self.markdown > limits::MARKDOWN_BLOCKS.max {
            let max = limits::MARKDOWN_BLOCKS.max;
            self.problem(
                at,
                &format!("markdown blocks must be less than {} characters", max + 1),
            );
        }
    }

    /// Adds to the message's sum of table text.
    pub(super) fn count_table(&mut self, at: &str, length: usize) {
        self.table += length;
        if self.table > limits::TABLE_TEXT.max {
            let max = limits::TABLE_TEXT.max;
            self.problem(
                at,
                &format!("table cells must be less than {} characters", max + 1),
            );
        }
    }
}
