//! `approve`, `unlock`, `object`: a sheet that the team stands by, and does not change by accident.

use super::Turn;
use super::act::{self, said};
use super::case::{Case, private};
use super::prose::cut;
use crate::plan::{self, Item, ItemKey, Objection};

/// The longest reason.
const LONGEST: usize = 500;

/// Approves the sheet as it is.
pub(super) fn turn(case: &Case<'_>) -> Turn {
    if let Some(approval) = case.plan.approval() {
        let headline = format!("The plan has been approved since {} already.", approval.on);
        return private(said(
            &headline,
            &format!("To change it: `{}`", case.typed("unlock")),
        ));
    }
    if case.plan.answered() == 0 {
        return private(said(
            "There is nothing to approve yet: the plan is empty.",
            "",
        ));
    }
    let by = format!("@{}", case.situation.actor.person);
    let made = plan::approve(&case.plan, by, case.today(), &case.author());
    act::turn(case, made, "", "The plan is approved already.")
}

/// Ends the approval, so that the plan can change.
pub(super) fn unlock(case: &Case<'_>) -> Turn {
    let made = plan::take_item(&case.plan, &ItemKey::Approval, &case.author());
    act::turn(
        case,
        made,
        "",
        "The plan is not approved, so nothing is locked.",
    )
}

/// Notes a reason against the approval; the plan stays approved.
pub(super) fn object(case: &Case<'_>, reason: &str) -> Turn {
    let Some(approval) = case.plan.approval() else {
        let works = case.typed("decide Do we approve this plan? yes | no");
        let headline = "The plan is not approved, so there is nothing to object to.";
        return private(said(headline, &format!("To settle it together: `{works}`")));
    };
    let mut approval = approval.clone();
    let (by, reason) = (
        format!("@{}", case.situation.actor.person),
        cut(reason, LONGEST),
    );
    let is_said = |it: &Objection| it.by == by && it.reason == reason;
    if !approval.objections.iter().any(is_said) {
        let on = case.today();
        approval.objections.push(Objection { by, reason, on });
    }
    let made = plan::put_item(&case.plan, Item::Approval(approval), &case.author());
    act::turn(case, made, "", "That is noted already.")
}
