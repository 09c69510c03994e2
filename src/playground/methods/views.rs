//! `views.open`, `views.update`.

use super::{Answer, Context};
use crate::playground::model::{Update, View};
use crate::playground::views::made;
use crate::playground::{secret, wire::object};

pub(super) fn open(context: &mut Context<'_>) -> Answer {
    let trigger = context.args.required("trigger_id")?;
    let given = context
        .args
        .nested("view", "invalid_arguments")?
        .ok_or("invalid_arguments")?;
    let id = format!("V{}", &secret::token().to_uppercase()[..10]);
    // A view that is refused uses no trigger up.
    let mut view = made(id, String::new(), &given, &context.scopes)?;
    view.person = context.state.triggers.take(&trigger, context.now)?;
    shown(context, view)
}

pub(super) fn update(context: &mut Context<'_>) -> Answer {
    let id = context.args.required("view_id")?;
    let given = context
        .args
        .nested("view", "invalid_arguments")?
        .ok_or("invalid_arguments")?;
    let old = context.state.workspace.view(&id).cloned();
    let old = old.ok_or("not_found")?;
    let view = made(id, old.person, &given, &context.scopes)?;
    shown(context, view)
}

fn shown(context: &mut Context<'_>, view: View) -> Answer {
    let json = view.json();
    context.state.commit(Update::View(view))?;
    Ok(object([("view", json.into())]))
}
