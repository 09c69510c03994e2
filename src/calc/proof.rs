//! That what an error proposes does compute: it is run before it is told.

use jiff::civil::Date;

use super::CalcError;
use super::calculator::{Calculator, Input};
use super::outcome::{Outcome, attempt};
use super::words::{Asked, parse};
use crate::plan::{Currency, Kind, ParseContext, Plan};

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

    /// An example of the calculator that computes beside the plan, whatever its currencies, and what
    /// it gives.
    pub(super) fn example(self, calculator: &Calculator) -> Option<(String, Outcome)> {
        let example = format!("{} {}", calculator.name, calculator.example);
        // An amount of the plan's that is in the way is typed, too.
        let amounts = calculator.inputs.iter().filter(|input| {
            is_amount(input) && !calculator.example.contains(&format!("{}=", input.name))
        });
        let amounts = amounts.map(|input| format!(" {}={}", input.name, input.example()));
        let typed_too = format!("{example}{}", amounts.collect::<String>());
        let codes = self.plan.into_iter().flat_map(Plan::currencies);
        let codes = codes.map(|amount| format!("{} ", String::from(amount.currency)));
        let signs: Vec<String> = ["$".to_owned(), String::new()]
            .into_iter()
            .chain(codes)
            .collect();
        [example, typed_too].iter().find_map(|example| {
            signs.iter().find_map(|sign| {
                let words = example.replace('$', sign);
                let outcome = self.outcome(&words).ok()??;
                Some((words, outcome))
            })
        })
    }
}

/// Whether an input is held in a currency.
fn is_amount(input: &Input) -> bool {
    matches!(
        input.reader().kind,
        Kind::Money | Kind::MoneyPerYear | Kind::Price
    )
}

impl CalcError {
    /// The error with a proposal that computes.
    pub(super) fn proven(mut self, calculator: Option<&Calculator>, with: With<'_>) -> Self {
        let example = || {
            let calculator = calculator?;
            let alone = || format!("{} {}", calculator.name, calculator.example);
            Some(
                with.example(calculator)
                    .map_or_else(alone, |(words, _)| words),
            )
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

#[cfg(test)]
mod tests {
    use super::super::{calculators, explanation, read, run};
    use super::*;
    use crate::plan::{self, FileFormat};
    use crate::render::{Block, Document, Inline};

    const TODAY: Date = Date::constant(2026, 3, 4);

    fn plan_of(toml: &str) -> Plan {
        plan::read_file(toml, FileFormat::Toml, TODAY).expect("tests write plans that can be read")
    }

    fn results(outcome: &Outcome) -> Vec<String> {
        let lines = outcome.lines.iter();
        lines
            .map(|line| format!("{} {}", line.name, line.equals()))
            .collect()
    }

    /// The code of an explanation's example, and what it is said to give.
    fn example_of(explained: &Document) -> (String, String) {
        let works = explained.blocks.iter().find_map(|block| match block {
            Block::Paragraph(words) => match words.as_slice() {
                [
                    Inline::Words(..),
                    Inline::Code(words),
                    Inline::Words(gives, _),
                ] => Some((words.clone(), gives.clone())),
                _ => None,
            },
            _ => None,
        });
        works.expect("an example")
    }

    #[test]
    fn the_example_of_an_explanation_is_true_beside_the_plan() {
        let plans = [
            "[segment.main]\nsales.cycle = \"60 days\"\n",
            "plan.currency = \"EUR\"\n[segment.main]\nsales.motion = \"field\"\n",
            "[segment.main]\neconomics.meeting_cost = \"€90\"\neconomics.partner_share = \"20%\"\n",
            "[segment.main]\nsales.win_rate_basis = \"trials\"\neconomics.gross_margin = \"60%\"\n",
            "[segment.a]\nsales.quota = \"$1M\"\n[segment.b]\nsales.win_rate = \"20%\"\n",
        ];
        for toml in plans {
            let plan = plan_of(toml);
            let context = ParseContext {
                currency: plan.currency(),
                today: TODAY,
            };
            for calculator in calculators() {
                let explained = explanation(calculator, "calc", Some((&plan, context)));
                let (words, gives) = example_of(&explained);
                let words = words.trim_start_matches("calc ");
                let Ok(Asked::Run(request)) = read(words) else {
                    panic!("{words} is not read");
                };
                let outcome = run(&request, Some(&plan), &context)
                    .unwrap_or_else(|error| panic!("{words} beside {toml}: {error}"));
                for line in gives.trim_start_matches(" → ").split(", ") {
                    assert!(
                        results(&outcome).iter().any(|it| it == line),
                        "{words} beside {toml} gives {:?}, not {line}",
                        results(&outcome)
                    );
                }
            }
        }
    }
}
