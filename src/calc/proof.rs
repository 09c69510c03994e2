//! That what an error proposes does compute: it is run before it is told.

use jiff::civil::Date;

use super::CalcError;
use super::calculator::Calculator;
use super::outcome::{Outcome, attempt};
use super::words::{Asked, parse};
use crate::plan::{Currency, ParseContext, Plan};

/// How often a proposal that does not compute yet is completed by what its own error proposes.
const MOST_STEPS: usize = 8;

/// What a proposal is run with.
#[derive(Clone, Copy)]
pub(super) struct With<'a> {
    pub(super) plan: Option<&'a Plan>,
    pub(super) context: ParseContext,
}

impl With<'_> {
    /// Without a plan; no input is a day or needs one.
    pub(super) fn nothing() -> Self {
        let context = ParseContext {
            currency: Currency::USD,
            today: Date::constant(2026, 1, 1),
        };
        Self {
            plan: None,
            context,
        }
    }

    fn outcome(self, words: &str) -> Result<Option<Outcome>, CalcError> {
        match parse(words)? {
            Asked::List => Ok(None),
            Asked::Run(request) => attempt(&request, self.plan, self.context).map(Some),
        }
    }

    /// The words, completed until they compute and use all that they name; none if they never do.
    fn completed(self, words: &str) -> Option<String> {
        let mut words = words.to_owned();
        for _ in 0..MOST_STEPS {
            match self.outcome(&words) {
                Ok(Some(outcome)) if !outcome.unused.is_empty() => return None,
                Ok(_) => return Some(words),
                Err(error) if error.works == words => return None,
                Err(error) => words = error.works,
            }
        }
        None
    }

    /// An example of the calculator that computes beside the plan, whatever its currencies.
    fn example(self, calculator: &Calculator) -> Option<String> {
        let example = format!("{} {}", calculator.name, calculator.example);
        let codes = self.plan.into_iter().flat_map(Plan::currencies);
        let codes = codes.map(|amount| format!("{} ", String::from(amount.currency)));
        let mut signs = ["$".to_owned(), String::new()].into_iter().chain(codes);
        signs.find_map(|sign| {
            let words = example.replace('$', &sign);
            self.outcome(&words).is_ok().then_some(words)
        })
    }
}

impl CalcError {
    /// The error with a proposal that computes.
    pub(super) fn proven(mut self, calculator: Option<&Calculator>, with: With<'_>) -> Self {
        let example = || {
            let calculator = calculator?;
            let alone = || format!("{} {}", calculator.name, calculator.example);
            Some(with.example(calculator).unwrap_or_else(alone))
        };
        let completed = with.completed(&self.works);
        self.works = completed
            .or_else(example)
            .unwrap_or_else(|| "list".to_owned());
        self.suggestions
            .retain(|words| with.completed(words).is_some());
        self
    }
}
