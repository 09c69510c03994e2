//! Buttons with their confirmations, and images.

use serde_json::Value;

use super::checker::Checker;
use super::text::{self, Form};
use crate::playground::limits;

/// Elements that Slack knows and the playground does not draw.
const NOT_DRAWN: &[&str] = &[
    "channels_select",
    "checkboxes",
    "conversations_select",
    "datepicker",
    "datetimepicker",
    "external_select",
    "multi_channels_select",
    "multi_conversations_select",
    "multi_external_select",
    "multi_static_select",
    "multi_users_select",
    "overflow",
    "plain_text_input",
    "radio_buttons",
    "rich_text_input",
    "static_select",
    "timepicker",
    "users_select",
    "workflow_button",
];

pub(super) fn unknown(checker: &mut Checker, at: &str, kind: Option<&str>) {
    match kind {
        None => checker.missing(at, "type"),
        Some(known) if NOT_DRAWN.contains(&known) => {
            checker.problem(
                at,
                &format!("the playground does not draw `{known}` elements"),
            );
        }
        Some(kind) => checker.problem(&format!("{at}/type"), &format!("unsupported type: {kind}")),
    }
}

pub(super) fn button(checker: &mut Checker, at: &str, button: &Value) {
    text::required(
        checker,
        at,
        button,
        ("text", limits::BUTTON_TEXT),
        Form::Plain,
    );
    for field in [
        ("action_id", limits::ACTION_ID),
        ("value", limits::BUTTON_VALUE),
        ("url", limits::BUTTON_URL),
        ("accessibility_label", limits::BUTTON_LABEL),
    ] {
        checker.optional(at, button, field);
    }
    if let Some(style) = button.get("style")
        && !matches!(style.as_str(), Some("primary" | "danger"))
    {
        checker.problem(&format!("{at}/style"), "must be one of: primary, danger");
    }
    if let Some(confirm) = button.get("confirm") {
        check_confirm(checker, &format!("{at}/confirm"), confirm);
    }
}

fn check_confirm(checker: &mut Checker, at: &str, confirm: &Value) {
    text::required(
        checker,
        at,
        confirm,
        ("title", limits::CONFIRM_TITLE),
        Form::Plain,
    );
    text::required(
        checker,
        at,
        confirm,
        ("text", limits::CONFIRM_TEXT),
        Form::Any,
    );
    text::required(
        checker,
        at,
        confirm,
        ("confirm", limits::CONFIRM_YES),
        Form::Plain,
    );
    text::required(
        checker,
        at,
        confirm,
        ("deny", limits::CONFIRM_NO),
        Form::Plain,
    );
}

pub(super) fn image(checker: &mut Checker, at: &str, image: &Value) {
    checker.string(at, image, "image_url", (1, limits::IMAGE_URL.max));
    checker.string(at, image, "alt_text", (1, limits::IMAGE_ALT.max));
    if let Some(title) = image.get("title") {
        text::object(
            checker,
            &format!("{at}/title"),
            title,
            limits::IMAGE_TITLE,
            Form::Plain,
        );
    }
}
