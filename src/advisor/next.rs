//! `next`: the questions whose answers would decide most.

use super::case::{Case, button};
use super::prose::{counted, cut, sentence};
use crate::plan::{Field, Kind, Segment};
use crate::render::{Block, Button, Document, Inline};
use crate::report::{Question, next_questions};

/// A choice is offered as buttons where there are at most this many.
const MOST_CHOICES: usize = 6;

/// The next three questions; the first one's choices as buttons, where it has a few.
pub(super) fn document(case: &Case<'_>) -> Document {
    let questions = questions(case);
    let Some(first) = questions.first() else {
        return nothing_open(case);
    };
    let mut blocks = vec![Block::Bullets(
        questions
            .iter()
            .map(|question| lines(case, question))
            .collect(),
    )];
    let choices = choices(case, first);
    if !choices.is_empty() {
        blocks.push(Block::Actions(choices));
    }
    Document {
        headline: match questions.len() {
            1 => "One question is still worth answering:".to_owned(),
            n => format!("The {n} questions whose answers would decide most:"),
        },
        blocks,
    }
}

/// The best open questions of the channel's plan, best first.
pub(super) fn questions(case: &Case<'_>) -> Vec<Question> {
    next_questions(&case.plan, &case.results())
}

/// One question, and how to answer it.
pub(super) fn line(case: &Case<'_>, question: &Question) -> Vec<Inline> {
    vec![
        Inline::strong(question.field.question),
        Inline::plain(format!(
            "{} For example ",
            asked_for(case, question.segment.as_ref())
        )),
        case.code(&answer(case, question, &question.field.example())),
        Inline::plain(others(question.field)),
    ]
}

/// The choices beside the one that is the example, so that none is put into anybody's mouth.
fn others(field: &Field) -> String {
    let others: Vec<_> = field
        .choices
        .iter()
        .skip(1)
        .map(|choice| choice.slug)
        .collect();
    match (field.kind, others.as_slice()) {
        (Kind::Choice, [_, ..]) => format!(" (or {})", others.join(", ")),
        _ => String::new(),
    }
}

fn lines(case: &Case<'_>, question: &Question) -> Vec<Inline> {
    let mut words = line(case, question);
    let rules: Vec<_> = question
        .decides
        .iter()
        .take(3)
        .map(|rule| format!("`{rule}`"))
        .collect();
    let more = match question.decides.len() - rules.len() {
        0 => String::new(),
        n => format!(" and {n} more"),
    };
    words.push(Inline::plain("\n"));
    words.extend(sentence(&format!(
        "{} for it: {}{more}",
        match question.decides.len() {
            1 => "1 rule waits".to_owned(),
            n => format!("{} wait", counted(n, "rule")),
        },
        rules.join(", ")
    )));
    words
}

fn asked_for(case: &Case<'_>, segment: Option<&Segment>) -> String {
    match case.for_segment(segment).trim_start() {
        "" => String::new(),
        name => format!(" ({name})."),
    }
}

/// The command that answers the question with `value`.
fn answer(case: &Case<'_>, question: &Question, value: &str) -> String {
    let segment = case.for_segment(question.segment.as_ref());
    format!("set {} {value}{segment}", question.field.name)
}

fn choices(case: &Case<'_>, question: &Question) -> Vec<Button> {
    let choices = question.field.choices;
    if question.field.kind != Kind::Choice || choices.len() > MOST_CHOICES {
        return Vec::new();
    }
    choices
        .iter()
        .map(|choice| button(cut(choice.label, 28), answer(case, question, choice.slug)))
        .collect()
}

fn nothing_open(case: &Case<'_>) -> Document {
    Document {
        headline: "No rule waits for an answer.".to_owned(),
        blocks: vec![Block::Paragraph(vec![
            Inline::plain("What the answers add up to: "),
            case.code("check"),
        ])],
    }
}
