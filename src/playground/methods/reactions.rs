//! `reactions.add`.

use super::{Answer, Context};
use crate::playground::model::{Reaction, Update};
use crate::playground::seed;
use crate::playground::wire::object;

pub(super) fn add(context: &mut Context<'_>) -> Answer {
    let channel = context.open_channel()?;
    let ts = context.args.required("timestamp")?;
    let name = context.args.required("name")?;
    let is_name = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "_-+'".contains(c);
    if !name.chars().all(is_name) {
        return Err("invalid_name".into());
    }
    let found = context.state.workspace.message(&channel.id, &ts).cloned();
    let mut message = found.ok_or("message_not_found")?;
    let bot = seed::BOT_USER.to_owned();
    match message
        .reactions
        .iter_mut()
        .find(|reaction| reaction.name == name)
    {
        Some(reaction) if reaction.users.contains(&bot) => return Err("already_reacted".into()),
        Some(reaction) => reaction.users.push(bot),
        None => message.reactions.push(Reaction {
            name,
            users: vec![bot],
        }),
    }
    context.state.commit(Update::Message {
        channel: channel.id,
        message,
    })?;
    Ok(object([]))
}
