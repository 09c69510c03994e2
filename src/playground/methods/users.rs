//! `auth.test` and `users.info`.

use serde_json::{Value, json};

use super::{Answer, Context};
use crate::playground::model::{Person, Role};
use crate::playground::seed;
use crate::playground::wire::object;

pub(super) fn auth_test(context: &mut Context<'_>) -> Answer {
    let bot = context
        .state
        .workspace
        .person(seed::BOT_USER)
        .ok_or("account_inactive")?;
    Ok(object([
        ("url", format!("{}/", context.origin).into()),
        ("team", seed::TEAM_NAME.into()),
        ("team_id", seed::TEAM.into()),
        ("user", bot.name.clone().into()),
        ("user_id", seed::BOT_USER.into()),
        ("bot_id", seed::BOT.into()),
        ("is_enterprise_install", false.into()),
    ]))
}

pub(super) fn info(context: &mut Context<'_>) -> Answer {
    let id = context.args.required("user")?;
    let person = context
        .state
        .workspace
        .person(&id)
        .ok_or("user_not_found")?;
    let mut user = user_json(context, person);
    if context.args.flag("include_locale") {
        user["locale"] = "en-GB".into();
    }
    Ok(object([("user", user)]))
}

fn user_json(context: &Context<'_>, person: &Person) -> Value {
    let zone = context.now.in_tz(&person.tz).ok();
    let is_external = person.role == Role::External;
    json!({
        "id": person.id,
        "team_id": if is_external { seed::ELSEWHERE } else { seed::TEAM },
        "is_stranger": is_external,
        "name": person.name,
        "real_name": person.real_name,
        "deleted": false,
        "tz": person.tz,
        "tz_offset": zone.map_or(0, |zoned| zoned.offset().seconds()),
        "profile": {
            "real_name": person.real_name,
            "display_name": person.real_name,
            "title": person.title,
        },
        "is_admin": person.role == Role::Admin,
        "is_owner": person.role == Role::Admin,
        "is_primary_owner": person.role == Role::Admin,
        "is_restricted": person.role == Role::Guest,
        "is_ultra_restricted": false,
        "is_bot": person.role == Role::App,
        "is_app_user": false,
    })
}
