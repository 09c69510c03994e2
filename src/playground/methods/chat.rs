//! `chat.*`: posting, changing, whispering, linking.

use serde_json::Value;

use super::content::{self, Content};
use super::{Answer, Context};
use crate::playground::args::Refusal;
use crate::playground::limits;
use crate::playground::model::{Channel, Message, Update};
use crate::playground::seed;
use crate::playground::wire::{message_json, object};

pub(super) fn post_message(context: &mut Context<'_>) -> Answer {
    let channel = context.open_channel()?;
    let said = Content::read(context.args)?;
    let mut message = Message::plain(
        context.state.workspace.next_ts(context.now),
        seed::BOT_USER,
        &said.text,
    );
    message.blocks = said.blocks;
    message.metadata = read_metadata(context)?;
    message.thread_ts = thread(context, &channel)?;
    if message.thread_ts.is_some() && context.args.flag("reply_broadcast") {
        message.subtype = Some("thread_broadcast".to_owned());
    }
    context.state.post(&channel.id, message.clone())?;
    let shown = message_json(context.state, &channel.id, &message);
    Ok(object([
        ("channel", channel.id.into()),
        ("ts", message.ts.into()),
        ("message", shown.into()),
    ]))
}

/// The thread to answer in: it has to be there, and be a thread's first message.
pub(super) fn thread(context: &Context<'_>, channel: &Channel) -> Result<Option<String>, Refusal> {
    let Some(ts) = context.args.text("thread_ts") else {
        return Ok(None);
    };
    match context.state.workspace.message(&channel.id, &ts) {
        None => Err("thread_not_found".into()),
        Some(reply) if reply.thread_ts.is_some() => Err("cannot_reply_to_message".into()),
        Some(_) => Ok(Some(ts)),
    }
}

fn read_metadata(context: &Context<'_>) -> Result<Option<Value>, Refusal> {
    let wrong = "invalid_metadata_format";
    let metadata = context.args.nested("metadata", wrong)?;
    let is_whole = |m: &Value| {
        m.get("event_type").is_some_and(Value::is_string)
            && m.get("event_payload").is_some_and(Value::is_object)
    };
    match metadata {
        Some(metadata) if !is_whole(&metadata) => Err(wrong.into()),
        metadata => Ok(metadata),
    }
}

pub(super) fn update(context: &mut Context<'_>) -> Answer {
    let channel = context.open_channel()?;
    let ts = context.args.required("ts")?;
    let found = context.state.workspace.message(&channel.id, &ts).cloned();
    let mut message = found.ok_or("message_not_found")?;
    if message.user != seed::BOT_USER {
        return Err("cant_update_message".into());
    }
    apply_changes(context, &mut message)?;
    message.edited = Some(context.state.workspace.next_ts(context.now));
    let id = channel.id.clone();
    context.state.commit(Update::Message {
        channel: id,
        message: message.clone(),
    })?;
    let shown = message_json(context.state, &channel.id, &message);
    Ok(object([
        ("channel", channel.id.into()),
        ("ts", message.ts.into()),
        ("text", message.text.into()),
        ("message", shown.into()),
    ]))
}

/// What was not named stays as it was.
fn apply_changes(context: &Context<'_>, message: &mut Message) -> Result<(), Refusal> {
    let text = context.args.text("text").unwrap_or_default();
    if text.chars().count() > limits::UPDATE_TEXT.max {
        return Err("msg_too_long".into());
    }
    let blocks = content::read_blocks(context.args)?;
    if let (true, Some([])) = (text.is_empty(), blocks.as_deref()) {
        return Err("no_text".into());
    }
    let keeps_blocks = blocks.is_none() && !text.is_empty();
    let metadata = read_metadata(context)?;
    let said = if keeps_blocks && context.args.text("markdown_text").is_none() {
        Content {
            text,
            blocks: std::mem::take(&mut message.blocks),
        }
    } else {
        Content::read(context.args)?
    };
    message.text = said.text;
    message.blocks = said.blocks;
    message.metadata = metadata.or(message.metadata.take());
    Ok(())
}

pub(super) fn post_ephemeral(context: &mut Context<'_>) -> Answer {
    let channel = context.open_channel()?;
    let person = context.args.required("user")?;
    if !channel.members.contains(&person) {
        return Err("user_not_in_channel".into());
    }
    let said = Content::read(context.args)?;
    let ts = context.state.workspace.next_ts(context.now);
    let mut message = Message::plain(ts, seed::BOT_USER, &said.text);
    message.blocks = said.blocks;
    message.thread_ts = thread(context, &channel)?;
    let ts = message.ts.clone();
    context.state.whisper(&channel.id, &person, message)?;
    Ok(object([("message_ts", ts.into())]))
}

pub(super) fn permalink(context: &mut Context<'_>) -> Answer {
    let channel = context.joined_channel()?;
    let ts = context.args.required("message_ts")?;
    let message = context
        .state
        .workspace
        .message(&channel.id, &ts)
        .ok_or("message_not_found")?;
    let digits = ts.replace('.', "");
    let of_thread = |root| format!("?thread_ts={root}&cid={}", channel.id);
    let thread = message
        .thread_ts
        .as_ref()
        .map(of_thread)
        .unwrap_or_default();
    let link = format!(
        "{}/archives/{}/p{digits}{thread}",
        context.origin, channel.id
    );
    Ok(object([
        ("channel", channel.id.into()),
        ("permalink", link.into()),
    ]))
}
