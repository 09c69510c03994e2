//! A number that a question gives enough for: the calculator that it names works it out.

use super::Hypothesis;
use super::compose::Asking;
use crate::calc::{Calculator, Line, Request, Role, calculators, run};
use crate::knowledge::Form;
use crate::plan::ParseContext;
use crate::text::{fold, words};

/// Words by which a question asks what others have, and not what its own number comes to.
const OF_OTHERS: [&str; 7] = [
    "good",
    "typical",
    "normal",
    "average",
    "benchmark",
    "realistic",
    "usual",
];

/// What the numbers of a question come to, with the arithmetic; nothing where it names no
/// calculator, or not enough for one.
pub(super) fn worked_out(
    question: &str,
    form: Form,
    given: &[Hypothesis],
    asking: &Asking<'_>,
    context: ParseContext,
) -> Option<String> {
    let folded = fold(question);
    let asked = words(&folded);
    let is_asked = matches!(form, Form::Amount | Form::Compute | Form::Other);
    if !is_asked || asked.iter().any(|word| OF_OTHERS.contains(word)) {
        return None;
    }
    let line = calculators()
        .filter(|calculator| is_named(calculator, &asked))
        .filter_map(|calculator| request(calculator, given))
        .filter_map(|request| run(&request, Some(asking.plan), &context).ok())
        .find_map(|outcome| outcome.lines.into_iter().find(is_answer))?;
    Some(format!(
        "{}: {} {}.",
        line.label,
        line.arithmetic,
        line.equals()
    ))
}

fn is_answer(line: &Line) -> bool {
    line.role == Role::Answer
}

fn is_named(calculator: &Calculator, asked: &[&str]) -> bool {
    let title = fold(calculator.title);
    words(&title).iter().all(|word| asked.contains(word))
}

/// The calculator with those values of the question that it takes, if there is one.
fn request(calculator: &'static Calculator, given: &[Hypothesis]) -> Option<Request> {
    let typed: Vec<_> = given
        .iter()
        .filter_map(|one| {
            let takes = calculator
                .inputs
                .iter()
                .find(|input| input.from_plan().contains(&one.field.name))?;
            Some((takes, one.quote.clone()))
        })
        .collect();
    (!typed.is_empty()).then_some(Request {
        calculator,
        typed,
        segment: None,
    })
}
