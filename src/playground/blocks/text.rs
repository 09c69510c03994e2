//! Text objects.

use serde_json::Value;

use super::checker::Checker;
use crate::playground::limits::Limit;

/// Which kinds of text a place takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// `plain_text` only.
    Plain,
    /// `plain_text` or `mrkdwn`.
    Any,
}

/// A text object that has to be there.
pub(super) fn required(
    checker: &mut Checker,
    at: &str,
    part: &Value,
    (name, limit): (&str, Limit),
    form: Form,
) {
    match part.get(name) {
        None => checker.missing(at, name),
        Some(words) => object(checker, &format!("{at}/{name}"), words, limit, form),
    }
}

/// A text object.
pub(super) fn object(checker: &mut Checker, at: &str, words: &Value, limit: Limit, form: Form) {
    if !words.is_object() {
        return checker.problem(at, "must provide an object");
    }
    match (words.get("type").and_then(Value::as_str), form) {
        (None, _) => checker.missing(at, "type"),
        (Some("plain_text"), _) => {
            if words.get("verbatim").is_some() {
                checker.problem(
                    &format!("{at}/verbatim"),
                    "no more properties allowed: verbatim",
                );
            }
        }
        (Some("mrkdwn"), Form::Any) => {
            if words.get("emoji").is_some() {
                checker.problem(&format!("{at}/emoji"), "no more properties allowed: emoji");
            }
        }
        (Some(_), _) => checker.problem(&format!("{at}/type"), "unsupported type of text"),
    }
    checker.string(at, words, "text", (1, limit.max));
}
