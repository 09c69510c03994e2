//! What Slack takes as blocks, checked on raw JSON: unknown types, missing fields, sizes, ids.

mod chart;
mod checker;
mod element;
mod rich_text;
mod table;
mod text;
pub(super) mod view;

use serde_json::Value;

use super::limits;
use checker::Checker;

/// Blocks that Slack knows and the playground does not draw; refused with a message of its own.
const NOT_DRAWN: &[&str] = &[
    "alert",
    "call",
    "card",
    "carousel",
    "container",
    "context_actions",
    "data_table",
    "file",
    "input",
    "plan",
    "task_card",
    "video",
];

/// Checks a message's blocks and fills in the ids that were left out, as Slack does; or says
/// everything that is wrong in Slack's words (`response_metadata.messages`).
pub(super) fn check(blocks: &[Value]) -> Result<Vec<Value>, Vec<String>> {
    let mut checker = Checker::default();
    if blocks.len() > limits::MESSAGE_BLOCKS.max {
        checker.too_many("/blocks", limits::MESSAGE_BLOCKS);
    }
    let charts = blocks
        .iter()
        .filter(|it| it["type"] == "data_visualization");
    if charts.count() > limits::CHARTS.max {
        checker.too_many("/blocks", limits::CHARTS);
    }
    for (index, block) in blocks.iter().enumerate() {
        check_block(&mut checker, &format!("/blocks/{index}"), block);
    }
    checker.finish()?;
    Ok(with_ids(blocks))
}

fn check_block(checker: &mut Checker, at: &str, block: &Value) {
    let Some(kind) = block.get("type").and_then(Value::as_str) else {
        return checker.missing(at, "type");
    };
    checker.block_id(at, block);
    match kind {
        "header" => {
            text::required(
                checker,
                at,
                block,
                ("text", limits::HEADER_TEXT),
                text::Form::Plain,
            );
        }
        "section" => check_section(checker, at, block),
        "divider" => {}
        "context" => check_context(checker, at, block),
        "actions" => check_actions(checker, at, block),
        "image" => element::image(checker, at, block),
        "rich_text" => rich_text::block(checker, at, block),
        "markdown" => check_markdown(checker, at, block),
        "table" => table::block(checker, at, block),
        "data_visualization" => chart::block(checker, at, block),
        known if NOT_DRAWN.contains(&known) => {
            checker.problem(
                at,
                &format!("the playground does not draw `{known}` blocks"),
            );
        }
        unknown => checker.problem(
            &format!("{at}/type"),
            &format!("unsupported type: {unknown}"),
        ),
    }
}

fn check_section(checker: &mut Checker, at: &str, block: &Value) {
    let (words, fields) = (block.get("text"), block.get("fields"));
    if words.is_none() && fields.is_none() {
        checker.missing(at, "text");
    }
    if words.is_some() {
        text::required(
            checker,
            at,
            block,
            ("text", limits::SECTION_TEXT),
            text::Form::Any,
        );
    }
    if fields.is_some() {
        for (at, field) in checker.items(at, block, "fields", limits::SECTION_FIELDS) {
            text::object(checker, &at, field, limits::SECTION_FIELD, text::Form::Any);
        }
    }
    if let Some(accessory) = block.get("accessory") {
        let at = format!("{at}/accessory");
        match accessory.get("type").and_then(Value::as_str) {
            Some("button") => element::button(checker, &at, accessory),
            Some("image") => element::image(checker, &at, accessory),
            other => element::unknown(checker, &at, other),
        }
    }
}

fn check_context(checker: &mut Checker, at: &str, block: &Value) {
    for (at, item) in checker.items(at, block, "elements", limits::CONTEXT_ELEMENTS) {
        if item.get("type").and_then(Value::as_str) == Some("image") {
            element::image(checker, &at, item);
        } else {
            text::object(checker, &at, item, limits::CONTEXT_TEXT, text::Form::Any);
        }
    }
}

fn check_actions(checker: &mut Checker, at: &str, block: &Value) {
    let mut seen = std::collections::HashSet::new();
    for (at, item) in checker.items(at, block, "elements", limits::ACTIONS_ELEMENTS) {
        match item.get("type").and_then(Value::as_str) {
            Some("button") => element::button(checker, &at, item),
            other => element::unknown(checker, &at, other),
        }
        if let Some(id) = item.get("action_id").and_then(Value::as_str)
            && !seen.insert(id)
        {
            let what = format!("`action_id` \"{id}\" already exists in this block");
            checker.problem(&format!("{at}/action_id"), &what);
        }
    }
}

fn check_markdown(checker: &mut Checker, at: &str, block: &Value) {
    if let Some(words) = checker.string(at, block, "text", (1, usize::MAX)) {
        checker.count_markdown(at, words);
    }
}

/// Gives every block and every button without an id one that is unique in the message.
fn with_ids(blocks: &[Value]) -> Vec<Value> {
    let mut blocks = blocks.to_vec();
    for (index, block) in blocks.iter_mut().enumerate() {
        fill(block, "block_id", &format!("~{index}"));
        if let Some(accessory) = block.get_mut("accessory") {
            fill_button(accessory, "~a");
        }
        let elements = block.get_mut("elements").and_then(Value::as_array_mut);
        for (nth, element) in elements.into_iter().flatten().enumerate() {
            fill_button(element, &format!("~{nth}"));
        }
    }
    blocks
}

fn fill_button(element: &mut Value, id: &str) {
    if element.get("type").and_then(Value::as_str) == Some("button") {
        fill(element, "action_id", id);
    }
}

fn fill(part: &mut Value, name: &str, id: &str) {
    if let Some(part) = part.as_object_mut()
        && part
            .get(name)
            .and_then(Value::as_str)
            .unwrap_or_default()
            .is_empty()
    {
        part.insert(name.to_owned(), id.into());
    }
}

/// The words of some blocks, for a message that came without `text`.
pub(super) fn words(blocks: &[Value]) -> String {
    let mut found = Vec::new();
    for block in blocks {
        gather(block, &mut found);
    }
    found.join(" ")
}

fn gather(part: &Value, found: &mut Vec<String>) {
    match part {
        Value::Object(fields) => {
            for (name, value) in fields {
                match (name.as_str(), value) {
                    ("accessory", _) => {}
                    ("text", Value::String(words)) => found.push(words.clone()),
                    (_, value) => gather(value, found),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| gather(item, found)),
        _ => {}
    }
}

#[cfg(test)]
mod tests;
