//! The verdict: one of four states, and the line that says it.

use std::collections::BTreeSet;

use super::Coverage;
use crate::lint::{RuleResult, Severity, Status};
use crate::plan::Plan;
use crate::text::counted;

/// Below this many answered fields there is nothing to judge yet.
const ENOUGH: usize = 5;

/// What a check comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// All that is needed is answered, and it fits.
    Consistent,
    /// Something is missing or usually a mistake.
    Gaps,
    /// The plan contradicts itself.
    Contradictions,
    /// Too little is answered.
    NotEnough,
}

impl State {
    /// The state's name in JSON.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Consistent => "consistent",
            Self::Gaps => "gaps",
            Self::Contradictions => "contradictions",
            Self::NotEnough => "not_enough",
        }
    }
}

/// The verdict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// The state.
    pub state: State,
    /// The state in one sentence.
    pub text: String,
    /// The same without how much is not answered, for where the progress is told beside it: to who is
    /// told each week, a hundred open questions are no news and no help.
    pub brief: String,
}

impl Verdict {
    pub(super) fn of(plan: &Plan, results: &[RuleResult], coverage: &Coverage) -> Self {
        let open = |severity| {
            let found = results
                .iter()
                .filter(move |result| result.is_open_finding() && result.severity == severity);
            let (absent, wrong): (Vec<_>, Vec<_>) = found.partition(|result| result.is_absence());
            Found {
                wrong: match severity {
                    // Each segment is a place where the plan contradicts itself.
                    Severity::Error => wrong.len(),
                    // What needs attention is told once for all segments.
                    _ => rules(&wrong),
                },
                absent: absent.len(),
            }
        };
        let (errors, warnings) = (open(Severity::Error), open(Severity::Warning));
        let unanswered = coverage.all.of - coverage.all.have;
        let state = if plan.answered() < ENOUGH {
            State::NotEnough
        } else if errors.any() {
            State::Contradictions
        } else if warnings.any() || unanswered > 0 {
            State::Gaps
        } else {
            State::Consistent
        };
        let text = match state {
            State::NotEnough => not_enough(plan.answered(), errors.wrong, warnings.wrong),
            State::Contradictions => contradictions(errors),
            State::Gaps => gaps(warnings.wrong, unanswered),
            State::Consistent => {
                "The plan fits together, and nothing that it needs is open.".to_owned()
            }
        };
        let brief = match (state, warnings.wrong) {
            (State::Gaps, 0) => "Nothing contradicts itself.".to_owned(),
            (State::Gaps, wrong) => gaps(wrong, 0),
            _ => text.clone(),
        };
        if matches!(state, State::Gaps | State::Consistent) && results.iter().any(is_accepted) {
            let [text, brief] = [text, brief].map(|claim| beside_what_is_accepted(&claim));
            return Self { state, text, brief };
        }
        Self { state, text, brief }
    }
}

/// Whether it says that something does not fit, with which the team lives.
fn is_accepted(result: &RuleResult) -> bool {
    result.is_finding_of_its_own()
        && result.status == Status::Waived
        && !result.is_absence()
        && matches!(result.severity, Severity::Error | Severity::Warning)
}

/// What was accepted does not fit together by that: the claim holds for the rest.
fn beside_what_is_accepted(claim: &str) -> String {
    let mut letters = claim.chars();
    let first = letters.next().map(char::to_lowercase);
    let rest = letters.as_str();
    let first: String = first.into_iter().flatten().collect();
    format!("Beside what the team accepts, {first}{rest}")
}

/// How many rules have found something.
fn rules(findings: &[&RuleResult]) -> usize {
    let rules: BTreeSet<_> = findings.iter().map(|finding| &finding.rule).collect();
    rules.len()
}

/// Open findings of one severity: what does not add up, and what is only not answered.
#[derive(Clone, Copy)]
struct Found {
    wrong: usize,
    absent: usize,
}

impl Found {
    fn any(self) -> bool {
        self.wrong + self.absent > 0
    }
}

fn contradictions(errors: Found) -> String {
    let places = counted(errors.wrong, "place");
    match (errors.wrong, errors.absent) {
        (_, 0) => format!("The plan contradicts itself in {places}."),
        (0, _) => "Something is missing on which the whole plan rests.".to_owned(),
        (_, _) => format!(
            "The plan contradicts itself in {places}, and something is missing on which it rests."
        ),
    }
}

fn not_enough(answered: usize, errors: usize, warnings: usize) -> String {
    let answers = counted(answered, "answer");
    let rest = format!("With {answers} it is too early to judge the rest.");
    match (answered, errors, warnings) {
        (0, _, _) => "Nothing is answered yet. One answer is enough to begin.".to_owned(),
        (_, 0, 0) => format!("{answers} so far: a start, and too early to judge the whole plan."),
        (_, 0, n) => format!("{} {} attention. {rest}", counted(n, "thing"), needs(n)),
        (_, n, _) => format!(
            "The plan contradicts itself in {}. {rest}",
            counted(n, "place")
        ),
    }
}

fn gaps(warnings: usize, unanswered: usize) -> String {
    let so_far = if unanswered > 0 { " so far" } else { "" };
    match warnings {
        0 => "What is answered so far fits together.".to_owned(),
        n => format!(
            "Nothing contradicts itself{so_far}, but {} {} attention.",
            counted(n, "thing"),
            needs(n)
        ),
    }
}

fn needs(n: usize) -> &'static str {
    if n == 1 { "needs" } else { "need" }
}
