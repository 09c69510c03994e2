//! `set`: a field gets a value, at once and for everyone to see.

use super::Turn;
use super::case::{Case, button, changed, private};
use super::change::{self, one_line, shown};
use super::place;
use super::prose::{capitalised, cut, sentence, stopped};
use crate::intent::Given;
use crate::plan::{self, Answer, Field, Kind, Segment, Value, ValueError};
use crate::render::{Block, Document, Inline};

/// How many readings of a word are offered as buttons.
const MOST_OFFERED: usize = 5;

/// Sets the field, or says why not.
pub(super) fn turn(case: &Case<'_>, field: &'static Field, given: &Given) -> Turn {
    let (segment, values) = match read_all(case, field, given) {
        Ok(read) => read,
        Err(refusal) => return private(refusal),
    };
    let segment = segment.as_ref();
    let new: Vec<_> = values
        .into_iter()
        .map(|(field, value)| (field, Some(Answer::Known(of_whom(case, field, value)))))
        .collect();
    let changes = plan::set_answers(&case.plan, segment, new, &case.author());
    if changes.is_empty() {
        return private(unchanged(case, field, segment));
    }
    match place::applied(case, &changes) {
        Ok(after) => {
            let document = change::document(case, &after, &changes, "");
            changed(changes, document)
        }
        Err(refusal) => private(refusal),
    }
}

/// Whoever owns the plan may say so of themselves.
fn of_whom(case: &Case<'_>, field: &Field, value: Value) -> Value {
    match value {
        Value::Text(words) if field.name == "plan.owner" => Value::Text(case.who(&words)),
        other => other,
    }
}

/// The command that a field and its value stand in, so that what a refusal offers is that command
/// again and no other.
#[derive(Debug, Clone, Copy)]
pub(super) struct Around<'w> {
    /// The words before the field, with the space behind them.
    pub(super) lead: &'w str,
    /// The words behind the value and its segment.
    pub(super) tail: &'w str,
}

impl Around<'static> {
    /// The command that sets a field.
    pub(super) const SET: Self = Self {
        lead: "set ",
        tail: "",
    };
}

/// The segment and the value that were meant.
pub(super) fn read(
    case: &Case<'_>,
    field: &'static Field,
    given: &Given,
    around: Around<'_>,
) -> Result<(Option<Segment>, Value), Document> {
    let (segment, words) = placed(case, field, given, around)?;
    match field.parse(words, &case.context()) {
        Ok(value) => Ok((segment, value)),
        Err(error) => {
            let place = case.for_segment(segment.as_ref());
            Err(not_a_value(case, field, &place, &error, around))
        }
    }
}

/// Fields with a value each.
type Values = Vec<(&'static Field, Value)>;

/// The same, with what the words say of another field: `$49/seat/mo` is a price, and one of a seat.
fn read_all(
    case: &Case<'_>,
    field: &'static Field,
    given: &Given,
) -> Result<(Option<Segment>, Values), Document> {
    let (segment, words) = placed(case, field, given, Around::SET)?;
    let error = match field.parse(words, &case.context()) {
        Ok(value) => return Ok((segment, vec![(field, value)])),
        Err(error) => error,
    };
    if let Some(both) = both(case, field, &error) {
        return Ok((segment, both));
    }
    let place = case.for_segment(segment.as_ref());
    Err(not_a_value(case, field, &place, &error, Around::SET))
}

fn both(case: &Case<'_>, field: &'static Field, error: &ValueError) -> Option<Values> {
    let beside = error.beside.as_deref()?;
    let read = |field: &'static Field, words: &str| {
        let value = field.parse(words, &case.context()).ok()?;
        Some((field, value))
    };
    let other = plan::field(beside.field)?;
    Some(vec![
        read(field, &error.example)?,
        read(other, beside.value)?,
    ])
}

/// The segment that is meant, and the words of the value.
fn placed<'g>(
    case: &Case<'_>,
    field: &'static Field,
    given: &'g Given,
    around: Around<'_>,
) -> Result<(Option<Segment>, &'g str), Document> {
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
    let Around { lead, tail } = around;
    let typed = format!("{lead}{} {words}", field.name);
    let typed = place::Typed {
        before: &typed,
        behind: tail,
    };
    let segment = place::target(case, field, named, typed)?;
    Ok((segment, words))
}

fn not_a_value(
    case: &Case<'_>,
    field: &Field,
    place: &str,
    error: &ValueError,
    Around { lead, tail }: Around<'_>,
) -> Document {
    let command = |value: &str| format!("{lead}{} {value}{place}{tail}", field.name);
    let mut blocks = vec![
        Block::Paragraph(sentence(&stopped(&format!(
            "I read {}: {}",
            error.understood, error.problem
        )))),
        Block::Paragraph(vec![
            Inline::plain("This works: "),
            case.code(&command(&error.example)),
        ]),
    ];
    if !error.meanings.is_empty() {
        let offered = error.meanings.iter().take(MOST_OFFERED);
        let buttons =
            offered.map(|meaning| button(cut(&meant(field, meaning), 30), command(meaning)));
        blocks.push(Block::Actions(buttons.collect()));
    }
    Document {
        headline: format!(
            "That is not a value for {}, so nothing was changed.",
            field.label()
        ),
        blocks,
    }
}

/// A reading as a button says it: a choice by its name.
fn meant(field: &Field, meaning: &str) -> String {
    let choice = field.choices.iter().find(|choice| choice.slug == meaning);
    choice.map_or(meaning, |choice| choice.label).to_owned()
}

fn unchanged(case: &Case<'_>, field: &Field, segment: Option<&Segment>) -> Document {
    let value = cut(
        &one_line(&shown(field, case.plan.answer(field, segment))),
        80,
    );
    let name = capitalised(&field.label());
    Document {
        headline: format!("{name}{} is {value} already.", case.for_segment(segment)),
        blocks: vec![Block::Actions(vec![
            button("Check the plan", "check"),
            button("Next question", "next"),
        ])],
    }
}
