//! `gtm-advisor calc`: the calculators, with a plan file's values where nothing is typed.

use std::path::Path;
use std::process::ExitCode;

use jiff::civil::Date;

use super::Format;
use super::output::{print, refuse};
use crate::calc::{self, Asked, CalcError, Outcome, Request, Room};
use crate::plan::{Currency, ParseContext, Plan};
use crate::render::{self, Document};

/// What one types before a calculator's name.
const CALC: &str = "gtm-advisor calc";

/// Computes what the words ask for.
pub(super) fn run(words: &[String], file: Option<&Path>, format: Format) -> ExitCode {
    let today = jiff::Zoned::now().date();
    let plan = match file.map(|file| super::check::read(file, today)).transpose() {
        Ok(plan) => plan,
        Err(problem) => return refuse(problem),
    };
    match calc::read(&words.join(" ")) {
        Ok(Asked::List) => {
            print(text(&calc::list(CALC, Room::Wide)));
            ExitCode::SUCCESS
        }
        Ok(Asked::Run(request)) => match compute(&request, plan.as_ref(), today, format) {
            Ok(()) => ExitCode::SUCCESS,
            // What is proposed computes with the same plan.
            Err(error) => refuse(said(&error, file)),
        },
        Err(error) => refuse(said(&error, None)),
    }
}

fn compute(
    request: &Request,
    plan: Option<&Plan>,
    today: Date,
    format: Format,
) -> Result<(), CalcError> {
    let context = ParseContext {
        currency: plan.map_or(Currency::USD, Plan::currency),
        today,
    };
    match calc::run(request, plan, &context) {
        Ok(outcome) => {
            show(&outcome, format);
            Ok(())
        }
        // A name alone asks what it takes.
        Err(error) if request.typed.is_empty() && plan.is_none() && !error.missing.is_empty() => {
            print(text(&calc::explanation(request.calculator, CALC, None)));
            Ok(())
        }
        Err(error) => Err(error),
    }
}

fn show(outcome: &Outcome, format: Format) {
    match format {
        Format::Json => print(format_args!("{:#}", calc::json(outcome))),
        Format::Text => print(text(&calc::document(outcome, Room::Wide))),
    }
}

fn text(document: &Document) -> String {
    render::text(document, &|person| person.as_str().to_owned())
}

/// What is wrong, and what would work, as a shell takes it.
fn said(error: &CalcError, plan: Option<&Path>) -> String {
    let works: Vec<_> = error.works.split(' ').map(quoted).collect();
    let plan = plan.map_or_else(String::new, |file| {
        let file = file.display().to_string();
        let is_plain = |sign: char| sign.is_alphanumeric() || "-_./".contains(sign);
        if file.chars().all(is_plain) {
            format!(" --plan {file}")
        } else {
            format!(" --plan '{}'", file.replace('\'', "'\\''"))
        }
    });
    format!(
        "{}\nThis works: {CALC} {}{plan}",
        error.problem,
        works.join(" ")
    )
}

/// A word in quotes where a shell would make something else of it.
fn quoted(word: &str) -> String {
    if word.contains(['$', '*', '&', ';', '(', ')', '<', '>', '|', '`', '"']) {
        format!("'{}'", word.replace('\'', ""))
    } else {
        word.to_owned()
    }
}
