//! `gtm-advisor check`: the same check as in Slack, for a plan in a file.

use std::io::Read;
use std::path::Path;
use std::process::ExitCode;

use jiff::civil::Date;

use super::Format;
use super::output::{print, refuse};
use crate::lint::{self, RuleSet, Thresholds};
use crate::plan::{FileFormat, Plan, read_file};
use crate::render;
use crate::report::{Report, Surface};

/// The exit status of a plan that contradicts itself.
const CONTRADICTS: u8 = 1;

/// No plan file is larger.
const MAX_BYTES: u64 = 1 << 20;

/// Prints the report on the plan in `file`.
pub(super) fn run(
    file: &Path,
    format: Format,
    as_of: Option<Date>,
    own: Option<&Path>,
) -> ExitCode {
    let today = as_of.unwrap_or_else(|| jiff::Zoned::now().date());
    let plan = match read(file, today) {
        Ok(plan) => plan,
        Err(problem) => return refuse(problem),
    };
    let rules = match rules_with(own) {
        Ok(rules) => rules,
        Err(problem) => return refuse(problem),
    };
    let results = lint::check(&rules, &plan, &Thresholds::default(), today);
    let report = Report::new(&plan, results).as_of(&plan, today);
    match format {
        Format::Json => print(format_args!("{:#}", report.to_json())),
        Format::Text => print(text(&report)),
    }
    if report.has_open_error() {
        ExitCode::from(CONTRADICTS)
    } else {
        ExitCode::SUCCESS
    }
}

fn text(report: &Report) -> String {
    let document = report.to_document(Surface::Terminal);
    render::text(&document, &|person| person.as_str().to_owned())
}

/// The built-in rules, with those of a folder beside them.
pub(super) fn rules_with(own: Option<&Path>) -> Result<RuleSet, String> {
    let built_in = RuleSet::built_in().map_err(|errors| super::rules::unusable(&errors))?;
    let Some(folder) = own else {
        return Ok(built_in);
    };
    let pages = super::rules::pages_below(folder)?;
    let pages = pages
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_str()));
    let pages: Vec<_> = pages.collect();
    let rules = built_in.with_own(&pages);
    rules.map_err(|errors| super::rules::unusable(&errors))
}

/// Reads the plan, or says in which line and column it cannot be read.
pub(super) fn read(file: &Path, today: Date) -> Result<Plan, String> {
    let name = file.display();
    if file.is_dir() {
        return Err(format!(
            "{name}: is a directory; name the plan in it, for example plan.toml"
        ));
    }
    let format = format_of(file)?;
    let text = bounded_text(file).map_err(|error| format!("{name}: {error}"))?;
    read_file(&text, format, today).map_err(|error| {
        let problems = error.problems.iter();
        let lines: Vec<_> = problems
            .map(|at| format!("{name}:{}:{}: {}", at.line, at.column, at.message))
            .collect();
        lines.join("\n")
    })
}

fn format_of(file: &Path) -> Result<FileFormat, String> {
    let name = file.to_str().unwrap_or_default();
    match FileFormat::of_name(name) {
        Some(format) => Ok(format),
        None if name == "-" => Ok(FileFormat::Toml),
        None => Err(format!(
            "{name}: its name does not say which format it is in; a plan ends in .toml, .json, .md or .csv, for example plan.toml"
        )),
    }
}

fn bounded_text(file: &Path) -> Result<String, String> {
    let mut bytes = Vec::new();
    let read = if file == Path::new("-") {
        std::io::stdin()
            .lock()
            .take(MAX_BYTES + 1)
            .read_to_end(&mut bytes)
    } else {
        std::fs::File::open(file)
            .and_then(|opened| opened.take(MAX_BYTES + 1).read_to_end(&mut bytes))
    };
    read.map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file".to_owned(),
        _ => format!("cannot be read: {error}"),
    })?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err("is larger than 1 MiB, which no plan is".to_owned());
    }
    String::from_utf8(bytes).map_err(|_| "is not text in UTF-8".to_owned())
}
