//! JSON as it goes over the wire.

use serde_json::{Map, Value};

use super::model::{Message, Reaction};
use super::seed;
use super::state::State;

/// A JSON object from name-value pairs.
pub(super) fn object<const N: usize>(pairs: [(&str, Value); N]) -> Map<String, Value> {
    pairs
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}

/// A message as the Web API and payloads show it.
pub(super) fn message_json(state: &State, channel: &str, message: &Message) -> Map<String, Value> {
    let mut json = object([
        ("type", "message".into()),
        ("user", message.user.clone().into()),
        ("text", message.text.clone().into()),
        ("ts", message.ts.clone().into()),
        ("team", seed::TEAM.into()),
    ]);
    let mut add = |name: &str, value: Value| json.insert(name.to_owned(), value);
    if message.user == seed::BOT_USER {
        add("bot_id", seed::BOT.into());
        add("app_id", seed::APP.into());
    }
    if !message.blocks.is_empty() {
        add("blocks", message.blocks.clone().into());
    }
    if let Some(subtype) = &message.subtype {
        add("subtype", subtype.clone().into());
    }
    if let Some(ts) = &message.edited {
        add(
            "edited",
            serde_json::json!({"user": message.user, "ts": ts}),
        );
    }
    if !message.reactions.is_empty() {
        let reaction = |r: &Reaction| serde_json::json!({"name": r.name, "users": r.users, "count": r.users.len()});
        add(
            "reactions",
            message.reactions.iter().map(reaction).collect(),
        );
    }
    add_thread(state, channel, message, &mut json);
    json
}

fn add_thread(state: &State, channel: &str, message: &Message, json: &mut Map<String, Value>) {
    let mut add = |name: &str, value: Value| json.insert(name.to_owned(), value);
    if let Some(root) = &message.thread_ts {
        add("thread_ts", root.clone().into());
        if let Some(root) = state.workspace.message(channel, root) {
            add("parent_user_id", root.user.clone().into());
        }
        return;
    }
    let replies: Vec<_> = state
        .workspace
        .messages(channel)
        .filter(|m| m.answers(&message.ts))
        .collect();
    if let Some(latest) = replies.last() {
        add("thread_ts", message.ts.clone().into());
        add("reply_count", replies.len().into());
        add("latest_reply", latest.ts.clone().into());
    }
}
