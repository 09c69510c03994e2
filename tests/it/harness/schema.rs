//! Whether what the bot sends is what Slack's schema knows, by a library that is not ours.

use gtm_advisor::playground::Call;
use serde_json::Value;
use slack_morphism::prelude::SlackBlock;

/// Every message that was posted, answered or put into a response.
pub(super) fn check(calls: &[Call], acks: &[Value]) {
    let posted = calls
        .iter()
        .filter(|call| matches!(call.method.as_str(), "chat.postMessage" | "response_url"));
    for call in posted {
        check_message(&Value::Object(call.args.clone()));
    }
    acks.iter().for_each(check_message);
}

/// No call was refused: the workspace checks what Slack checks.
pub(super) fn check_none_refused(calls: &[Call]) {
    let refused: Vec<_> = calls
        .iter()
        .filter(|call| call.answer["ok"] != true)
        .collect();
    assert!(refused.is_empty(), "refused: {refused:#?}");
}

fn check_message(message: &Value) {
    let text = message["text"].as_str().unwrap_or_default();
    assert!(
        !text.trim().is_empty(),
        "no words for a screen reader: {message:#}"
    );
    let Some(blocks) = message.get("blocks") else {
        return;
    };
    let read: Vec<SlackBlock> = serde_json::from_value(blocks.clone())
        .unwrap_or_else(|error| panic!("{error}: {blocks:#}"));
    for block in &read {
        // An unknown element says so too, however deep it is.
        let shown = format!("{block:?}");
        assert!(
            !shown.contains("Unknown(Object"),
            "not in Slack's schema: {shown}"
        );
    }
    let written = serde_json::to_value(&read).expect("blocks are JSON");
    assert_eq!(&written, blocks, "something was lost on the way");
}
