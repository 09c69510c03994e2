//! `set`: a field gets a value, at once and for everyone to see.

use super::Turn;
use super::case::{Case, button, changed, private};
use super::change::{self, one_line, shown};
use super::place;
use super::prose::{capitalised, cut, sentence, stopped};
use crate::intent::Given;
use crate::plan::{self, Answer, Field, Kind, Segment, Value, ValueError};
use crate::render::{Block, Document, Inline};

/// Sets the field, or says why not.
pub(super) fn turn(case: &Case<'_>, field: &'static Field, given: &Given) -> Turn {
    let (segment, value) = match read(case, field, given) {
        Ok(read) => read,
        Err(refusal) => return private(refusal),
    };
    let new = Answer::Known(value);
    if case.plan.answer(field, segment.as_ref()) == Some(&new) {
        return private(unchanged(case, field, segment.as_ref(), &new));
    }
    let changes = plan::set_answer(
        &case.plan,
        field,
        segment.as_ref(),
        Some(new),
        &case.author(),
    );
    match place::applied(case, &changes) {
        Ok(after) => {
            let document = change::document(case, &after, &changes, "");
            changed(changes, document)
        }
        Err(refusal) => private(refusal),
    }
}

/// The segment and the value that were meant.
pub(super) fn read(
    case: &Case<'_>,
    field: &'static Field,
    given: &Given,
) -> Result<(Option<Segment>, Value), Document> {
    let parse = |words: &str| field.parse(words, &case.context());
    let (words, named) = match given {
        Given::Whole(words) => (words, None),
        Given::For { value, segment } => (value, Some(segment)),
        Given::Either {
            whole,
            value,
            segment,
        } => {
            let is_free = matches!(field.kind, Kind::Text | Kind::List);
            let exists = case.plan.segments().contains(segment);
            let whole_fits = !exists && (is_free || parse(value).is_err() || parse(whole).is_ok());
            let of_the_plan = is_free && field.level == plan::Level::Plan;
            if whole_fits || of_the_plan {
                (whole, None)
            } else {
                (value, Some(segment))
            }
        }
    };
    let typed = format!("set {} {words}", field.name);
    let segment = place::target(case, field, named, &typed)?;
    let value = parse(words).map_err(|error| not_a_value(case, field, &error))?;
    Ok((segment, value))
}

fn not_a_value(case: &Case<'_>, field: &Field, error: &ValueError) -> Document {
    let blocks = vec![
        Block::Paragraph(sentence(&stopped(&format!(
            "I read {}: {}",
            error.understood, error.problem
        )))),
        Block::Paragraph(vec![
            Inline::plain("This works: "),
            case.code(&format!("set {} {}", field.name, error.example)),
        ]),
    ];
    Document {
        headline: format!(
            "That is not a value for {}, so nothing was changed.",
            field.label()
        ),
        blocks,
    }
}

fn unchanged(
    case: &Case<'_>,
    field: &Field,
    segment: Option<&Segment>,
    answer: &Answer,
) -> Document {
    let value = cut(&one_line(&shown(field, Some(answer))), 80);
    let name = capitalised(&field.label());
    Document {
        headline: format!("{name}{} is {value} already.", case.for_segment(segment)),
        blocks: vec![Block::Actions(vec![
            button("Check the plan", "check"),
            button("Next question", "next"),
        ])],
    }
}
