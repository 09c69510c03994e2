//! `na`: a field does not apply to this plan, for a reason.

use super::Turn;
use super::act;
use super::case::{Case, private};
use super::place;
use crate::plan::{self, Answer, Field, Segment};

/// Makes the field not applicable.
pub(super) fn turn(case: &Case<'_>, field: &'static Field, words: &str) -> Turn {
    let (segment, reason) = parts(case, words);
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
fn parts<'w>(case: &Case<'_>, words: &'w str) -> (Option<Segment>, &'w str) {
    let known = |name: &str| {
        let segment = Segment::parse(name).ok()?;
        case.plan.segments().contains(&segment).then_some(segment)
    };
    let mut reason = words.trim();
    let mut segment = None;
    if let Some((name, rest)) = reason
        .strip_prefix("for ")
        .and_then(|it| it.split_once(' '))
        && let Some(found) = known(name)
    {
        (segment, reason) = (Some(found), rest.trim());
    } else if let Some((before, name)) = reason.rsplit_once(" for ")
        && let Some(found) = known(name)
    {
        (segment, reason) = (Some(found), before.trim());
    }
    let reason = ["because", ":", "since"]
        .into_iter()
        .find_map(|lead| reason.strip_prefix(lead))
        .unwrap_or(reason);
    (segment, reason.trim())
}
