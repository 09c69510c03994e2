//! `conversations.history` and `conversations.replies`.

use serde_json::{Value, json};

use super::{Answer, Context};
use crate::playground::args::Refusal;
use crate::playground::limits::{self, History};
use crate::playground::model::Message;
use crate::playground::wire::{message_json, object};

pub(super) fn channel(context: &mut Context<'_>) -> Answer {
    let channel = context.joined_channel()?;
    let span = Span::read(context)?;
    let messages = context.state.workspace.messages(&channel.id).rev();
    let found: Vec<&Message> = messages
        .filter(|m| m.in_channel() && span.holds(&m.ts))
        .filter(|m| span.cursor.as_ref().is_none_or(|cursor| m.ts < *cursor))
        .collect();
    Ok(page(context, &channel.id, &found, span.limit))
}

pub(super) fn thread(context: &mut Context<'_>) -> Answer {
    let channel = context.joined_channel()?;
    let ts = context.args.required("ts")?;
    let span = Span::read(context)?;
    let named = context
        .state
        .workspace
        .message(&channel.id, &ts)
        .ok_or("thread_not_found")?;
    let root = named.thread_ts.clone().unwrap_or(ts);
    let messages = context.state.workspace.messages(&channel.id);
    let found: Vec<&Message> = messages
        .filter(|m| m.ts == root || (m.answers(&root) && span.holds(&m.ts)))
        .filter(|m| span.cursor.as_ref().is_none_or(|cursor| m.ts > *cursor))
        .collect();
    Ok(page(context, &channel.id, &found, span.limit))
}

/// Which messages are asked for.
struct Span {
    oldest: Option<String>,
    latest: Option<String>,
    inclusive: bool,
    cursor: Option<String>,
    limit: usize,
}

impl Span {
    fn read(context: &Context<'_>) -> Result<Self, Refusal> {
        let args = context.args;
        let asked = args.number("limit", limits::HISTORY_PAGE.max)?;
        let limit = match context.history {
            History::Internal => asked.unwrap_or(limits::HISTORY_DEFAULT),
            History::Limited => asked.unwrap_or(usize::MAX).min(limits::HISTORY_LIMITED),
        };
        let cursor = args.text("cursor").map(|cursor| {
            let after = cursor.strip_prefix("after:").map(str::to_owned);
            after.ok_or_else(|| Refusal::from("invalid_cursor"))
        });
        Ok(Self {
            oldest: args.text("oldest"),
            latest: args.text("latest"),
            inclusive: args.flag("inclusive"),
            cursor: cursor.transpose()?,
            limit,
        })
    }

    fn holds(&self, ts: &str) -> bool {
        let after = |oldest: &String| ts > oldest.as_str() || (self.inclusive && ts == oldest);
        let before = |latest: &String| ts < latest.as_str() || (self.inclusive && ts == latest);
        self.oldest.as_ref().is_none_or(after) && self.latest.as_ref().is_none_or(before)
    }
}

fn page(
    context: &Context<'_>,
    channel: &str,
    found: &[&Message],
    limit: usize,
) -> serde_json::Map<String, Value> {
    let with_metadata = context.args.flag("include_all_metadata");
    let shown: Vec<Value> = found
        .iter()
        .take(limit)
        .map(|message| {
            let mut json = message_json(context.state, channel, message);
            if let Some(metadata) = message.metadata.as_ref().filter(|_| with_metadata) {
                json.insert("metadata".to_owned(), metadata.clone());
            }
            json.into()
        })
        .collect();
    let has_more = found.len() > limit;
    let last = found.iter().take(limit).next_back();
    let cursor = last
        .filter(|_| has_more)
        .map(|m| format!("after:{}", m.ts))
        .unwrap_or_default();
    object([
        ("messages", shown.into()),
        ("has_more", has_more.into()),
        ("response_metadata", json!({"next_cursor": cursor})),
    ])
}
