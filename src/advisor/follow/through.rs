//! A statement that no value of the plan gainsays, but that cannot hold beside the others: tried on
//! the plan, it brings up a contradiction.

use super::super::case::Case;
use super::super::place;
use super::super::proposal::Heard;
use crate::lint::{RuleResult, Severity};
use crate::plan::{self, Answer};

/// What the check would find if the statement went into the plan, as far as it is a contradiction: an
/// error that reads the field, that nothing is missing for, and that is not found already. Nothing
/// where the plan has an answer there: then that is what the statement contradicts.
pub(super) fn through(case: &Case<'_>, heard: &Heard) -> Option<RuleResult> {
    let field = heard.field()?;
    let segment = heard.segment.as_ref();
    let is_known = segment.is_none_or(|it| case.plan.segments().contains(it));
    if !is_known || case.plan.answer(field, segment).is_some() {
        return None;
    }
    let new = Some(Answer::Known(heard.value.clone()));
    let changes = plan::set_answer(&case.plan, field, segment, new, &case.author());
    let after = place::applied(case, &changes).ok()?;
    let before = case.results();
    let is_old = |it: &RuleResult| {
        let mut all = before.iter();
        all.any(|was| was.rule == it.rule && was.segment == it.segment && was.is_open_finding())
    };
    let mut found = case.results_after(&after, &changes).into_iter();
    found.find(|it| {
        it.severity == Severity::Error
            && it.is_open_finding()
            && !it.is_absence()
            && it.fields.contains(field.name)
            && !is_old(it)
    })
}
