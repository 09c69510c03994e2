//! Rich text: sections, lists, quotes, preformatted text, and the runs within them.

use serde_json::Value;

use super::checker::Checker;
use crate::playground::limits;

/// Rich text blocks, as a block of their own or as a table's cell.
pub(super) fn block(checker: &mut Checker, at: &str, block: &Value) {
    for (at, part) in list(checker, at, block) {
        match part.get("type").and_then(Value::as_str) {
            Some("rich_text_section" | "rich_text_quote" | "rich_text_preformatted") => {
                check_runs(checker, &at, part);
            }
            Some("rich_text_list") => check_list(checker, &at, part),
            other => unsupported(checker, &at, other),
        }
    }
}

fn check_list(checker: &mut Checker, at: &str, part: &Value) {
    if !matches!(
        part.get("style").and_then(Value::as_str),
        Some("bullet" | "ordered")
    ) {
        checker.problem(&format!("{at}/style"), "must be one of: bullet, ordered");
    }
    let indent = part.get("indent").map_or(Some(0), Value::as_u64);
    if indent.is_none_or(|indent| indent > limits::LIST_INDENT.max as u64) {
        let what = format!("must be a number from 0 to {}", limits::LIST_INDENT.max);
        checker.problem(&format!("{at}/indent"), &what);
    }
    for (at, item) in list(checker, at, part) {
        match item.get("type").and_then(Value::as_str) {
            Some("rich_text_section") => check_runs(checker, &at, item),
            other => unsupported(checker, &at, other),
        }
    }
}

fn check_runs(checker: &mut Checker, at: &str, part: &Value) {
    for (at, run) in list(checker, at, part) {
        let field = match run.get("type").and_then(Value::as_str) {
            Some("text") => "text",
            Some("link") => "url",
            Some("user") => "user_id",
            Some("channel") => "channel_id",
            Some("usergroup") => "usergroup_id",
            Some("emoji") => "name",
            Some("broadcast") => "range",
            Some("date") => {
                check_date(checker, &at, run);
                continue;
            }
            other => {
                unsupported(checker, &at, other);
                continue;
            }
        };
        checker.string(&at, run, field, (1, usize::MAX));
    }
}

fn check_date(checker: &mut Checker, at: &str, run: &Value) {
    if run.get("timestamp").and_then(Value::as_i64).is_none() {
        checker.problem(&format!("{at}/timestamp"), "must be a number");
    }
    checker.string(at, run, "format", (1, usize::MAX));
}

/// A list of parts; Slack takes an empty one here.
fn list<'v>(checker: &mut Checker, at: &str, part: &'v Value) -> Vec<(String, &'v Value)> {
    let Some(parts) = part.get("elements").and_then(Value::as_array) else {
        checker.missing(at, "elements");
        return Vec::new();
    };
    parts
        .iter()
        .enumerate()
        .map(|(n, part)| (format!("{at}/elements/{n}"), part))
        .collect()
}

fn unsupported(checker: &mut Checker, at: &str, kind: Option<&str>) {
    let kind = kind.unwrap_or("none");
    checker.problem(&format!("{at}/type"), &format!("unsupported type: {kind}"));
}
