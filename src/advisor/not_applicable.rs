//! `na`: a field does not apply to this plan, for a reason.

use super::Turn;
use super::act;
use super::case::{Case, private};
use super::place;
use crate::plan::{self, Answer, Field, Segment};
use crate::render::Document;

/// Makes the field not applicable.
pub(super) fn turn(case: &Case<'_>, field: &'static Field, words: &str) -> Turn {
    let (segment, reason) = match parts(case, words) {
        Ok(parts) => parts,
        Err(refusal) => return private(refusal),
    };
    if reason.is_empty() {
        let example = case.typed(&format!(
            "na {} because we sell through partners only",
            field.name
        ));
        let document = act::said(
            "Why does it not apply? Nothing was changed yet.",
            &format!("The reason belongs to it: `{example}`"),
        );
        return private(document);
    }
    let typed = format!("na {} because {reason}", field.name);
    let segment = match place::target(case, field, segment.as_ref(), &typed) {
        Ok(segment) => segment,
        Err(refusal) => return private(refusal),
    };
    let answer = Answer::NotApplicable(reason.to_owned());
    let made = plan::set_answer(
        &case.plan,
        field,
        segment.as_ref(),
        Some(answer),
        &case.author(),
    );
    act::turn(case, Ok(made), "", "That is so already.")
}

/// The segment that is named first or last, and the reason without `because`.
fn parts<'w>(case: &Case<'_>, words: &'w str) -> Result<(Option<Segment>, &'w str), Document> {
    let (segment, rest) = place::before_reason(case, words)?;
    if segment.is_none()
        && let Some((before, name)) = rest.rsplit_once(" for ")
        && let Ok(named) = Segment::parse(name)
        && case.plan.segments().contains(&named)
    {
        return Ok((Some(named), place::reason(before).0));
    }
    Ok((segment, rest))
}
