//! A number that a question gives enough for: the calculator that it names works it out.

use super::Hypothesis;
use super::compose::{Asking, reading};
use crate::calc::{Calculator, Input, Line, Need, Request, Role, calculators, run};
use crate::knowledge::{EntryKind, Form, Hit};
use crate::sources::SourceRef;
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

/// What the numbers of a question come to.
pub(super) struct Worked {
    /// The result with its arithmetic, in a sentence.
    pub(super) words: String,
    calculator: &'static Calculator,
}

/// What the numbers of a question come to; nothing where it names no calculator and none of the
/// sections that answer has one, or where it does not give enough for one.
pub(super) fn worked_out(
    question: &str,
    form: Form,
    given: &[Hypothesis],
    asking: &Asking<'_>,
    hits: &[Hit<'static>],
) -> Option<Worked> {
    let folded = fold(question);
    let asked = words(&folded);
    let is_asked = matches!(
        form,
        Form::Amount | Form::Compute | Form::Enough | Form::Other
    );
    if !is_asked || asked.iter().any(|word| OF_OTHERS.contains(word)) {
        return None;
    }
    let context = reading(asking);
    let named = calculators()
        .filter(|calculator| is_named(calculator, &asked))
        .filter_map(|calculator| request(calculator, given, &folded));
    // A formula that answers is worked out where the question states all that it takes.
    let answering = calculators()
        .filter(|calculator| hits.iter().any(|hit| is_formula_of(hit, calculator)))
        .filter_map(|calculator| request(calculator, given, &folded))
        .filter(states_all);
    let outcome = named
        .chain(answering)
        .find_map(|request| Some((run(&request, Some(asking.plan), &context).ok()?, request)));
    let (outcome, request) = outcome?;
    let line = most_telling(&outcome.lines, &request)?;
    Some(Worked {
        words: format!("{}: {} {}.", line.label, line.arithmetic, line.equals()),
        calculator: request.calculator,
    })
}

impl Worked {
    /// The sections with the one first that holds the formula, where it answers nearly as well.
    pub(super) fn with_its_formula_first(&self, mut hits: Vec<Hit<'static>>) -> Vec<Hit<'static>> {
        let holds = |hit: &Hit<'static>| is_formula_of(hit, self.calculator);
        if let Some(place) = hits.iter().position(holds) {
            hits[..=place].rotate_right(1);
        }
        hits
    }
}

/// Whether a section holds the formula that the calculator computes.
fn is_formula_of(hit: &Hit<'static>, calculator: &Calculator) -> bool {
    let cites = |source: &SourceRef| {
        let named = format!("{}#{}", source.id, source.section);
        calculator.sources.contains(&named.as_str())
    };
    hit.entry.kind == EntryKind::Formula && hit.section.sources.iter().any(cites)
}

/// Whether what was typed is all that the calculator takes, and nothing is the plan's.
fn states_all(request: &Request) -> bool {
    let typed = |input: &Input| request.typed.iter().any(|(own, _)| own.name == input.name);
    let mut inputs = request.calculator.inputs.iter();
    inputs.all(|input| input.need != Need::Required || typed(input))
}

/// The answer that uses most of what was typed: with the margin, where one was.
fn most_telling<'a>(lines: &'a [Line], request: &Request) -> Option<&'a Line> {
    let uses = |line: &&Line| {
        let typed = request.typed.iter();
        typed
            .filter(|(_, quote)| line.arithmetic.contains(quote.as_str()))
            .count()
    };
    let answers = lines.iter().filter(|line| line.role == Role::Answer);
    answers.rev().max_by_key(uses)
}

fn is_named(calculator: &Calculator, asked: &[&str]) -> bool {
    let title = fold(calculator.title);
    words(&title).iter().all(|word| asked.contains(word))
}

/// The calculator with those values of the question that it takes, if there is one.
fn request(calculator: &'static Calculator, given: &[Hypothesis], asked: &str) -> Option<Request> {
    let said: Vec<&str> = asked.split([' ', ',', '?']).collect();
    let value = |input: &'static Input| {
        let of_plan = given
            .iter()
            .find(|one| input.from_plan().contains(&one.field.name));
        let quote = of_plan.map(|one| one.quote.clone());
        quote.or_else(|| beside(input, &said))
    };
    let inputs = calculator.inputs.iter();
    let typed: Vec<_> = inputs
        .filter_map(|input| Some((input, value(input)?)))
        .collect();
    (!typed.is_empty()).then_some(Request {
        calculator,
        typed,
        segment: None,
    })
}

/// The number that stands beside the name of an input which no plan holds: `160k OTE`.
fn beside(input: &Input, said: &[&str]) -> Option<String> {
    if !input.from_plan().is_empty() {
        return None;
    }
    let place = said.iter().position(|word| *word == input.name)?;
    let before = place.checked_sub(1).and_then(|place| said.get(place));
    let mut near = before.into_iter().chain(said.get(place + 1));
    let number = near.find(|word| word.contains(|c: char| c.is_ascii_digit()))?;
    Some((*number).to_owned())
}
