//! Running a calculator.

use super::calculator::{Calculator, Input, Need};
use super::inputs::{Given, Inputs};
use super::proof::With;
use super::refusal::{CalcError, Refusal, repaired};
use super::words::Request;
use super::working::{Line, Question, Working};
use crate::plan::{ParseContext, Plan, Segment};
use crate::text;

/// What a calculation comes to.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// The calculator.
    pub calculator: &'static Calculator,
    /// The inputs that it used.
    pub inputs: Vec<Given>,
    /// The results and the steps to them.
    pub lines: Vec<Line>,
    /// What must be known about this very result.
    pub remarks: Vec<String>,
    /// What would change the result.
    pub question: Option<Question>,
    /// The request as one types it behind `calc`.
    pub words: String,
    /// What was typed and not needed.
    pub(super) unused: Vec<&'static str>,
    /// The segment whose values were taken, where the plan has several.
    pub segment: Option<Segment>,
}

/// Computes what was asked for, with the plan's values where nothing was typed. What an error
/// proposes computes with the same plan.
pub fn run(
    request: &Request,
    plan: Option<&Plan>,
    context: &ParseContext,
) -> Result<Outcome, CalcError> {
    let with = With {
        plan,
        context: *context,
    };
    attempt(request, plan, *context).map_err(|error| error.proven(Some(request.calculator), with))
}

/// The same, with a proposal that nobody has tried.
pub(super) fn attempt(
    request: &Request,
    plan: Option<&Plan>,
    context: ParseContext,
) -> Result<Outcome, CalcError> {
    let segment = segment(request, plan)?;
    let inputs = Inputs::gather(request, plan, segment.as_ref(), context)?;
    let missing: Vec<_> = request
        .calculator
        .inputs
        .iter()
        .filter(|input| input.need == Need::Required && !inputs.has(input.name))
        .collect();
    if !missing.is_empty() {
        return Err(which_segment(request, plan, segment.as_ref(), context)
            .unwrap_or_else(|| needs(request, &missing, plan.is_some())));
    }
    let mut working = Working::new(inputs.currency);
    (request.calculator.compute)(&inputs, &mut working).map_err(|refusal| {
        let asks = matches!(refusal, Refusal::Missing(..));
        asks.then(|| which_segment(request, plan, segment.as_ref(), context))
            .flatten()
            .unwrap_or_else(|| refused(request, refusal))
    })?;
    let unused = inputs.unused();
    if !unused.is_empty() {
        working.remark(format!("Not needed here: `{}`", unused.join("`, `")));
    }
    let signless = inputs.signless();
    if !signless.is_empty() {
        working.remark(format!("Read as a percentage: {}", signless.join(", ")));
    }
    let several = plan.is_some_and(|plan| plan.only_segment().is_none());
    Ok(Outcome {
        calculator: request.calculator,
        inputs: inputs.used(),
        lines: working.lines,
        remarks: working.remarks,
        question: working.question,
        words: repaired(request.calculator, &request.typed, &[]),
        unused,
        segment: segment.filter(|_| several),
    })
}

/// The segment whose values are taken: the one that is named, else the only one.
fn segment(request: &Request, plan: Option<&Plan>) -> Result<Option<Segment>, CalcError> {
    let Some(typed) = &request.segment else {
        return Ok(plan.and_then(Plan::only_segment).cloned());
    };
    let works = repaired(request.calculator, &request.typed, &[]);
    let Some(plan) = plan else {
        let problem = format!(
            "There is no plan here with a segment {}",
            text::quote(typed)
        );
        return Err(CalcError::new(problem, works));
    };
    let wanted = Segment::parse(typed).map_err(|problem| CalcError::new(problem, &*works))?;
    if plan.segments().contains(&wanted) {
        return Ok(Some(wanted));
    }
    let names: Vec<_> = plan
        .segments()
        .iter()
        .take(10)
        .map(Segment::as_str)
        .collect();
    let problem = format!(
        "The plan has no segment \"{wanted}\"; it has {}",
        names.join(", ")
    );
    let works = format!("{works} for {}", names.first().unwrap_or(&"main"));
    Err(CalcError::new(problem, works))
}

/// Asks which segment is meant, where the plan has several and one of them would do.
fn which_segment(
    request: &Request,
    plan: Option<&Plan>,
    chosen: Option<&Segment>,
    context: ParseContext,
) -> Option<CalcError> {
    let plan = plan.filter(|_| chosen.is_none())?;
    let would_do = |segment: &&Segment| {
        let named = Request {
            segment: Some(segment.to_string()),
            ..request.clone()
        };
        attempt(&named, Some(plan), context).is_ok()
    };
    let able: Vec<&Segment> = plan.segments().iter().filter(would_do).take(5).collect();
    let typed = repaired(request.calculator, &request.typed, &[]);
    let suggestions: Vec<_> = able.iter().map(|it| format!("{typed} for {it}")).collect();
    let first = suggestions.first()?.clone();
    let names: Vec<_> = able.iter().map(|segment| segment.as_str()).collect();
    let mut error = CalcError::new(
        format!(
            "The plan has several segments; for which one: {}?",
            names.join(" or ")
        ),
        first,
    );
    error.suggestions = suggestions;
    Some(error)
}

fn needs(request: &Request, missing: &[&'static Input], has_plan: bool) -> CalcError {
    let named: Vec<_> = missing
        .iter()
        .map(|input| format!("{} (`{}`)", input.label(), input.name))
        .collect();
    let plan = match (
        has_plan,
        missing.iter().any(|it| !it.from_plan().is_empty()),
    ) {
        (true, true) if missing.len() > 1 => ", and the plan does not say them yet",
        (true, true) => ", and the plan does not say it yet",
        _ => "",
    };
    let examples: Vec<_> = missing.iter().map(|it| (it.name, it.example())).collect();
    let changes: Vec<_> = examples
        .iter()
        .map(|(name, it)| (*name, it.as_str()))
        .collect();
    let mut error = CalcError::new(
        format!(
            "`{}` needs {}{plan}",
            request.calculator.name,
            listed(&named)
        ),
        repaired(request.calculator, &request.typed, &changes),
    );
    error.missing = missing.iter().map(|input| input.name).collect();
    error
}

fn refused(request: &Request, refusal: Refusal) -> CalcError {
    let calculator = request.calculator;
    match refusal {
        Refusal::Missing(names, question) => {
            let first = names.first().copied().unwrap_or_default();
            let example = calculator.input(first).map(Input::example);
            let example = example.unwrap_or_default();
            let mut error = CalcError::new(
                question,
                repaired(calculator, &request.typed, &[(first, &example)]),
            );
            error.missing = names.to_vec();
            error
        }
        Refusal::Value(name, problem, example) => CalcError::new(
            problem,
            repaired(calculator, &request.typed, &[(name, &example)]),
        ),
        Refusal::TooLarge => CalcError::new(
            "The numbers are too large to be computed with exactly",
            format!("{} {}", calculator.name, calculator.example),
        ),
    }
}

/// `a`, `a and b`, `a, b and c`.
fn listed(words: &[String]) -> String {
    match words {
        [all @ .., last] if !all.is_empty() => format!("{} and {last}", all.join(", ")),
        _ => words.join(""),
    }
}
