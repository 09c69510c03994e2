//! `conversations.info`, `conversations.members` and `users.conversations`.

use serde_json::{Map, Value, json};

use super::{Answer, Context, is_member};
use crate::playground::args::Refusal;
use crate::playground::limits;
use crate::playground::model::{Channel, Kind};
use crate::playground::seed;
use crate::playground::wire::object;

pub(super) fn info(context: &mut Context<'_>) -> Answer {
    let channel = context.channel()?;
    let mut shown = channel_json(&channel);
    if context.args.flag("include_num_members") {
        shown.insert("num_members".to_owned(), channel.members.len().into());
    }
    Ok(object([("channel", shown.into())]))
}

/// The conversation of one person with the bot; there is one for everybody.
pub(super) fn open(context: &mut Context<'_>) -> Answer {
    let person = context.args.required("users")?;
    if context.state.workspace.person(&person).is_none() {
        return Err("user_not_found".into());
    }
    let id = seed::direct(&person);
    let found = context.state.workspace.channels().find(|c| c.id == id);
    let Some(channel) = found else {
        return Err("cannot_dm_bot".into());
    };
    let opened = object([("id", channel.id.clone().into())]);
    Ok(object([("channel", opened.into())]))
}

pub(super) fn members(context: &mut Context<'_>) -> Answer {
    let channel = context.channel()?;
    page(
        context,
        "members",
        channel.members.into_iter().map(Value::from).collect(),
    )
}

pub(super) fn of_user(context: &mut Context<'_>) -> Answer {
    let user = context
        .args
        .text("user")
        .unwrap_or_else(|| seed::BOT_USER.to_owned());
    if context.state.workspace.person(&user).is_none() {
        return Err("user_not_found".into());
    }
    let types = context
        .args
        .text("types")
        .unwrap_or_else(|| "public_channel".to_owned());
    let types: Vec<_> = types.split(',').map(str::trim).collect();
    if let Some(unknown) = types.iter().find(|t| !TYPES.contains(t)) {
        let what = format!("[ERROR] unknown type: {unknown}");
        return Err(Refusal::because("invalid_types", vec![what]));
    }
    let with_archived = !context.args.flag("exclude_archived");
    let is_wanted = |c: &&Channel| {
        c.members.contains(&user)
            && (is_member(c) || c.kind == Kind::Public)
            && types.contains(&type_of(c.kind))
            && (with_archived || !c.archived)
    };
    let found = context.state.workspace.channels().filter(is_wanted);
    let channels = found.map(|c| channel_json(c).into()).collect();
    page(context, "channels", channels)
}

const TYPES: &[&str] = &["public_channel", "private_channel", "im", "mpim"];

fn type_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Public => "public_channel",
        Kind::Private => "private_channel",
        Kind::Direct => "im",
    }
}

fn channel_json(channel: &Channel) -> Map<String, Value> {
    let is_direct = channel.kind == Kind::Direct;
    let mut shown = object([
        ("id", channel.id.clone().into()),
        ("is_channel", (channel.kind == Kind::Public).into()),
        ("is_group", (channel.kind == Kind::Private).into()),
        ("is_im", is_direct.into()),
        ("is_mpim", false.into()),
        ("is_private", (channel.kind != Kind::Public).into()),
        ("is_archived", channel.archived.into()),
        ("is_general", (channel.name == "general").into()),
        ("is_shared", false.into()),
        ("is_ext_shared", false.into()),
        ("is_org_shared", false.into()),
        ("context_team_id", seed::TEAM.into()),
    ]);
    let mut add = |name: &str, value: Value| shown.insert(name.to_owned(), value);
    if is_direct {
        let person = channel
            .members
            .iter()
            .find(|member| *member != seed::BOT_USER);
        add("user", json!(person));
    } else {
        add("name", channel.name.clone().into());
        add("name_normalized", channel.name.clone().into());
        add("is_member", is_member(channel).into());
        add(
            "topic",
            json!({"value": channel.topic, "creator": "", "last_set": 0}),
        );
        add(
            "purpose",
            json!({"value": "", "creator": "", "last_set": 0}),
        );
    }
    shown
}

/// One page of a list; a cursor is the place of the next item.
fn page(context: &Context<'_>, name: &str, items: Vec<Value>) -> Answer {
    let limit = context
        .args
        .number("limit", limits::MEMBERS_PAGE.max)?
        .unwrap_or(100);
    let start: usize = match context.args.text("cursor") {
        None => 0,
        Some(cursor) => cursor
            .parse()
            .map_err(|_| Refusal::from("invalid_cursor"))?,
    };
    let next = start.saturating_add(limit);
    let cursor = if next < items.len() {
        next.to_string()
    } else {
        String::new()
    };
    let shown: Vec<Value> = items.into_iter().skip(start).take(limit).collect();
    Ok(object([
        (name, shown.into()),
        ("response_metadata", json!({"next_cursor": cursor})),
    ]))
}
