//! What Slack takes as a modal view.

use serde_json::Value;

use super::checker::Checker;
use super::text::{self, Form};
use super::{check_block, with_ids};
use crate::playground::limits;

/// Checks a view and fills in the ids that were left out; or says everything that is wrong.
pub(in crate::playground) fn check(view: &Value) -> Result<Value, Vec<String>> {
    let mut checker = Checker::default();
    if view["type"] != "modal" {
        checker.problem("/view/type", "the playground shows `modal` views only");
    }
    let title = ("title", limits::VIEW_TITLE);
    text::required(&mut checker, "/view", view, title, Form::Plain);
    for name in ["submit", "close"] {
        if view.get(name).is_some_and(|it| !it.is_null()) {
            let named = (name, limits::VIEW_TITLE);
            text::required(&mut checker, "/view", view, named, Form::Plain);
        }
    }
    for field in [
        ("callback_id", limits::CALLBACK_ID),
        ("private_metadata", limits::PRIVATE_METADATA),
    ] {
        checker.optional("/view", view, field);
    }
    let blocks = checker.items("/view", view, "blocks", limits::VIEW_BLOCKS);
    let mut asks = false;
    for (at, block) in &blocks {
        if block["type"] == "input" {
            asks = true;
            checker.block_id(at, block);
            input(&mut checker, at, block);
        } else {
            check_block(&mut checker, at, block);
        }
    }
    if asks && view.get("submit").is_none_or(Value::is_null) {
        checker.missing("/view", "submit");
    }
    if view.to_string().len() > limits::VIEW_BYTES.max {
        checker.problem("/view", "view_too_large");
    }
    checker.finish()?;
    let mut view = view.clone();
    let blocks = view["blocks"].as_array().map_or(&[][..], Vec::as_slice);
    view["blocks"] = with_ids(blocks).into();
    Ok(view)
}

fn input(checker: &mut Checker, at: &str, block: &Value) {
    let label = ("label", limits::INPUT_LABEL);
    text::required(checker, at, block, label, Form::Plain);
    if block.get("hint").is_some() {
        let hint = ("hint", limits::INPUT_LABEL);
        text::required(checker, at, block, hint, Form::Plain);
    }
    let element = &block["element"];
    let at = format!("{at}/element");
    checker.optional(&at, element, ("action_id", limits::ACTION_ID));
    match element["type"].as_str() {
        Some("plain_text_input") => typed(checker, &at, element),
        Some("datepicker") => {
            let initial = element.get("initial_date").and_then(Value::as_str);
            let is_day = |it: &str| it.parse::<jiff::civil::Date>().is_ok();
            if !initial.is_none_or(is_day) {
                checker.problem(&format!("{at}/initial_date"), "must be a valid date");
            }
        }
        Some("radio_buttons") => options(checker, &at, element, limits::RADIO_OPTIONS),
        Some("static_select") => options(checker, &at, element, limits::SELECT_OPTIONS),
        Some("file_input") => files(checker, &at, element),
        other => super::element::unknown(checker, &at, other),
    }
}

fn files(checker: &mut Checker, at: &str, element: &Value) {
    let most = limits::FILES_CHOSEN.max as u64;
    let is_number = |it: &Value| it.as_u64().is_some_and(|it| (1..=most).contains(&it));
    if !element.get("max_files").is_none_or(is_number) {
        let what = format!("must be between 1 and {most}");
        checker.problem(&format!("{at}/max_files"), &what);
    }
    let is_ending = |it: &Value| it.as_str().is_some_and(|it| !it.is_empty());
    let are_endings = |it: &Value| it.as_array().is_some_and(|all| all.iter().all(is_ending));
    if !element.get("filetypes").is_none_or(are_endings) {
        checker.problem(&format!("{at}/filetypes"), "must be a list of file endings");
    }
}

/// Whether the view asks for files, which an app may only do that may read them.
pub(in crate::playground) fn asks_for_files(view: &Value) -> bool {
    let blocks = view["blocks"].as_array().into_iter().flatten();
    blocks
        .map(|block| &block["element"]["type"])
        .any(|kind| kind == "file_input")
}

fn typed(checker: &mut Checker, at: &str, element: &Value) {
    let most = limits::INPUT_TEXT.max;
    let max_length = element.get("max_length").and_then(Value::as_u64);
    let bound = max_length.map_or(Some(most), |it| usize::try_from(it).ok());
    let Some(bound) = bound.filter(|it| (1..=most).contains(it)) else {
        return checker.problem(&format!("{at}/max_length"), "must be between 1 and 3000");
    };
    if element.get("initial_value").is_some() {
        checker.string(at, element, "initial_value", (0, bound));
    }
}

fn options(checker: &mut Checker, at: &str, element: &Value, limit: limits::Limit) {
    let listed = checker.items(at, element, "options", limit);
    for (at, option) in &listed {
        let words = ("text", limits::OPTION_TEXT);
        text::required(checker, at, option, words, Form::Any);
        checker.string(at, option, "value", (1, limits::OPTION_VALUE.max));
    }
    let initial = element.get("initial_option");
    let is_listed = |it: &Value| listed.iter().any(|(_, option)| *option == it);
    if !initial.is_none_or(is_listed) {
        checker.problem(
            &format!("{at}/initial_option"),
            "must be one of the options",
        );
    }
}
