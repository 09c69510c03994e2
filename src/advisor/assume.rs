//! `assume`, `guess`, `fact`: how sure a value is, and until when it shall have been validated.

use super::Turn;
use super::act::{self, said};
use super::case::{Case, private};
use super::prose::capitalised;
use super::set::Around;
use super::{place, set, until};
use crate::intent::Given;
use crate::plan::{self, About, Answer, Certainty, Field, Segment, Value};
use crate::render::Document;

/// Notes how sure the value is; sets it, where it was given.
pub(super) fn turn(
    case: &Case<'_>,
    certainty: Certainty,
    field: &'static Field,
    value: Option<&Given>,
    until: Option<&str>,
) -> Turn {
    let noted = about(case, certainty, field, value, until);
    let (about, value) = match noted {
        Ok(noted) => noted,
        Err(refusal) => return private(refusal),
    };
    let made = plan::say_about(
        &case.plan,
        field,
        about,
        value.map(Answer::Known),
        &case.author(),
    );
    act::turn(case, made, "", "That is what the plan says already.")
}

fn about(
    case: &Case<'_>,
    certainty: Certainty,
    field: &'static Field,
    value: Option<&Given>,
    until: Option<&str>,
) -> Result<(About, Option<Value>), Document> {
    let tail = until.map_or_else(String::new, |date| format!(" until {date}"));
    let around = Around {
        lead: &format!("{} ", command(certainty)),
        tail: &tail,
    };
    let (segment, value) = place_and_value(case, field, value, around)?;
    let day = |words| until::day(case, words, "nothing was changed");
    let known = case.plan.about(field, segment.as_ref()).cloned();
    let mut about = known.unwrap_or_else(|| About::nothing(field.name, segment));
    about.certainty = Some(certainty);
    about.validate_by = until.map(day).transpose()?;
    Ok((about, value))
}

/// The segment that is meant, and the value where one is given.
fn place_and_value(
    case: &Case<'_>,
    field: &'static Field,
    value: Option<&Given>,
    around: Around<'_>,
) -> Result<(Option<Segment>, Option<Value>), Document> {
    if let Some(given) = value.filter(|given| segment_alone(case, given).is_none()) {
        let (segment, value) = set::read(case, field, given, around)?;
        return Ok((segment, Some(value)));
    }
    let named = value.and_then(|given| segment_alone(case, given));
    let Around { lead, tail } = around;
    let typed = place::Typed {
        before: &format!("{lead}{}", field.name),
        behind: tail,
    };
    let segment = place::target(case, field, named.as_ref(), typed)?;
    if case.plan.answer(field, segment.as_ref()).is_none() {
        let place = case.for_segment(segment.as_ref());
        let example = field.example();
        let works = case.typed(&format!("{lead}{} {example}{place}{tail}", field.name));
        return Err(said(
            &format!(
                "{} is not answered yet, so nothing was changed.",
                capitalised(&field.label())
            ),
            &format!("Say the value, too: `{works}`"),
        ));
    }
    Ok((segment, None))
}

/// The command that says so.
fn command(certainty: Certainty) -> &'static str {
    match certainty {
        Certainty::Fact => "fact",
        Certainty::Assumption => "assume",
        Certainty::Guess => "guess",
    }
}

/// `for smb` with no value before it.
fn segment_alone(case: &Case<'_>, given: &Given) -> Option<Segment> {
    let Given::Whole(words) = given else {
        return None;
    };
    let segment = Segment::parse(words.strip_prefix("for ")?).ok()?;
    case.plan.segments().contains(&segment).then_some(segment)
}
