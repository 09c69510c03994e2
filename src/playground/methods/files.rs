//! `files.*`: a file is announced, its bytes are sent to the address that this gives, and then it is
//! shown.

use super::{Answer, Context};
use crate::playground::files::fresh_id;
use crate::playground::lock;
use crate::playground::model::{File, Message};
use crate::playground::seed;
use crate::playground::wire::object;

pub(super) fn announce(context: &mut Context<'_>) -> Answer {
    let name = context.args.required("filename")?;
    let size = context.args.required("length")?;
    let size: usize = size.parse().map_err(|_| "invalid_arguments")?;
    if size == 0 {
        return Err("invalid_arguments".into());
    }
    let file = File {
        id: fresh_id(),
        name,
        size,
        alt: context.args.text("alt_txt").unwrap_or_default(),
    };
    let address = format!("{}/upload/{}", context.origin, file.id);
    let id = file.id.clone();
    lock(context.files).announce(file);
    Ok(object([
        ("upload_url", address.into()),
        ("file_id", id.into()),
    ]))
}

pub(super) fn complete(context: &mut Context<'_>) -> Answer {
    let wanted = context.args.nested("files", "invalid_arguments")?;
    let wanted = wanted.ok_or("invalid_arguments")?;
    let ids = wanted.as_array().ok_or("invalid_arguments")?.iter();
    let ids: Vec<String> = ids
        .filter_map(|it| it["id"].as_str().map(str::to_owned))
        .collect();
    let channel = context.open_channel_of("channel_id")?;
    let thread = super::chat::thread(context, &channel)?;
    let mut shown = Vec::new();
    for id in &ids {
        shown.push(lock(context.files).complete(id).ok_or("file_not_found")?);
    }
    if shown.is_empty() {
        return Err("invalid_arguments".into());
    }
    let ts = context.state.workspace.next_ts(context.now);
    let mut message = Message::plain(ts, seed::BOT_USER, "");
    message.subtype = Some("file_share".to_owned());
    message.thread_ts = thread;
    message.files = shown;
    context.state.post(&channel.id, message)?;
    let named = ids.iter().map(|id| serde_json::json!({"id": id}));
    Ok(object([("files", named.collect())]))
}
