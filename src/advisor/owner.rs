//! `owner`: who looks after a section of the plan.

use super::Turn;
use super::act;
use super::case::Case;
use super::prose::cut;
use crate::plan::{self, Item, ItemKey, SectionOwner};

/// The longest name of an owner.
const LONGEST: usize = 80;

/// Gives the section an owner, or takes the owner away.
pub(super) fn turn(case: &Case<'_>, component: &str, owner: Option<&str>) -> Turn {
    let key = ItemKey::Owner(component.to_owned());
    let new = owner.map(|owner| {
        Item::Owner(SectionOwner {
            component: component.to_owned(),
            owner: cut(&case.who(owner.trim()), LONGEST),
        })
    });
    let made = plan::set_item(&case.plan, &key, new, &case.author());
    act::turn(case, made, "", "That is so already.")
}
