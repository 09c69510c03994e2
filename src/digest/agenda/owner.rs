//! Whom something waits for: who looks after it, else after its section, else after the plan.

use crate::plan::{Answer, Item, ItemKey, Plan, Value, field};

/// Who looks after a value: `own` where somebody is named for it.
pub(super) fn of_field(plan: &Plan, own: Option<&String>, field: &str) -> Option<String> {
    let section = field.split_once('.').map_or(field, |(section, _)| section);
    own.cloned()
        .or_else(|| of_section(plan, section))
        .or_else(|| of_plan(plan))
}

fn of_section(plan: &Plan, section: &str) -> Option<String> {
    match plan.item(&ItemKey::Owner(section.to_owned())) {
        Some(Item::Owner(owner)) => Some(owner.owner.clone()),
        _ => None,
    }
}

/// Who owns the whole plan.
pub(super) fn of_plan(plan: &Plan) -> Option<String> {
    let main = plan.segment_or_default(None);
    match plan.answer(field("plan.owner")?, Some(&main)) {
        Some(Answer::Known(Value::Text(owner))) => Some(owner.clone()),
        _ => None,
    }
}
