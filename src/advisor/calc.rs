//! `calc`: a number, how it comes about, and where the formula stands.

use super::case::{Answer, Case, button};
use super::prose::{cut, sentence, stopped, unmarked};
use crate::calc::{self, Asked, CalcError, Request, Room};
use crate::render::{Block, Document};

/// The most things that an error offers to press.
const MOST_OFFERS: usize = 3;

/// The result of a calculation, with the plan's values where nothing was typed; or all calculators.
pub(super) fn answer(case: &Case<'_>, words: &str) -> Answer {
    match calc::read(words) {
        Ok(Asked::List) => Ok(calc::list(&case.typed("calc"), Room::Narrow)),
        Ok(Asked::Run(request)) => run(case, &request),
        Err(error) => Err(refusal(case, &error)),
    }
}

fn run(case: &Case<'_>, request: &Request) -> Answer {
    match calc::run(request, Some(&case.plan), &case.context()) {
        Ok(outcome) => Ok(calc::document(&outcome, Room::Narrow)),
        Err(error) if request.typed.is_empty() && !error.missing.is_empty() => {
            Err(explained(case, request, &error))
        }
        Err(error) => Err(refusal(case, &error)),
    }
}

/// Called with nothing to compute from: what it takes, with an example.
fn explained(case: &Case<'_>, request: &Request, error: &CalcError) -> Document {
    let plan = Some((&case.plan, case.context()));
    let mut document = calc::explanation(request.calculator, &case.typed("calc"), plan);
    document.headline = unmarked(&stopped(&error.problem));
    document
}

/// What is wrong, and what would work.
fn refusal(case: &Case<'_>, error: &CalcError) -> Document {
    let works = case.typed(&format!("calc {}", error.works));
    let mut blocks = vec![Block::Paragraph(sentence(&format!(
        "This works: `{works}`"
    )))];
    let offers: Vec<_> = error
        .suggestions
        .iter()
        .take(MOST_OFFERS)
        .map(|words| button(cut(words, 28), format!("calc {words}")))
        .collect();
    if !offers.is_empty() {
        blocks.push(Block::Actions(offers));
    }
    Document {
        headline: unmarked(&stopped(&error.problem)),
        blocks,
    }
}
