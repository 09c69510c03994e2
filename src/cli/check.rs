//! `gtm-advisor check`: the same check as in Slack, for a plan in a file.

use std::io::Read;
use std::path::Path;
use std::process::ExitCode;

use jiff::civil::Date;

use super::basis::{Basis, Loaded};
use super::output::{note, print, refuse, unopened};
use super::{Format, explain};
use crate::lint::{self, Rule, RuleSet, Thresholds};
use crate::plan::{FileFormat, FileProblem, Plan, read_draft};
use crate::render;
use crate::report::{Notice, Report, Surface, Typed};

/// The exit status of a plan that contradicts itself.
const CONTRADICTS: u8 = 1;

/// No plan file is larger.
const MAX_BYTES: u64 = 1 << 20;

/// What is checked, and how.
#[derive(Debug, clap::Args)]
pub(super) struct Words {
    #[command(flatten)]
    basis: Basis,
    /// How to print the report
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// Only this rule: its outcome and the reason, also where it passes or waits for an answer
    #[arg(long, value_name = "NAME")]
    rule: Option<String>,
    /// Every finding in full, not only the weightiest
    #[arg(long, conflicts_with = "rule")]
    all: bool,
}

/// Prints the report on the plan in a file.
pub(super) fn run(words: &Words) -> ExitCode {
    match report(words) {
        Err(problem) => refuse(problem),
        Ok(report) => {
            match words.format {
                Format::Json => print(format_args!("{:#}", report.to_json())),
                Format::Text => print(text(&report, words)),
            }
            if report.has_open_error() {
                ExitCode::from(CONTRADICTS)
            } else {
                ExitCode::SUCCESS
            }
        }
    }
}

fn report(words: &Words) -> Result<Report, String> {
    let Loaded { plan, rules, today } = words.basis.load()?;
    let only = words.rule.as_deref();
    let only = only.map(|name| {
        let rule = rules.named(name);
        rule.ok_or_else(|| explain::no_rule(name, &rules))
    });
    let only = only.transpose()?;
    let results = lint::check(&rules, &plan, &Thresholds::default(), today);
    let own = rules.rules().iter().filter(|rule| rule.is_own());
    let mut report = Report::new(&plan, results)
        .under(&rules, &Thresholds::default(), &plan)
        .as_of(&plan, today)
        .telling_first(own.clone().map(|rule| rule.slug().clone()));
    say_where_own_rules_are(&mut report.notices, &rules);
    let places = words.basis.own().places();
    report
        .notices
        .extend(own.filter_map(|rule| unkept(rule, &rules, today, &places)));
    if words.all {
        report = report.telling_all();
    }
    Ok(match only {
        Some(rule) => report.only(rule.slug().as_str()),
        None => report,
    })
}

/// A plan that names a rule of one's own is often checked without it.
fn say_where_own_rules_are(notices: &mut [Notice], rules: &RuleSet) {
    let nameless = |notice: &&mut Notice| {
        let rule = notice.rule.as_deref();
        notice.kind == "unknown" && rule.is_some_and(|rule| rules.get(rule).is_none())
    };
    for notice in notices.iter_mut().filter(nameless) {
        if rules.own() == 0 && !notice.text.ends_with('?') {
            notice
                .text
                .push_str("; a rule of your own needs `--rules FOLDER`");
        }
    }
}

/// That a rule of one's own does not do what its page promises.
fn unkept(rule: &Rule, rules: &RuleSet, today: Date, folders: &str) -> Option<Notice> {
    if rules.broken_examples(rule, today).is_empty() {
        return None;
    }
    let slug = rule.slug();
    Some(Notice {
        kind: "examples",
        rule: Some(slug.as_str().to_owned()),
        field: None,
        segment: None,
        text: format!(
            "`{slug}` does not keep its examples; `gtm-advisor rules test{folders}` says which"
        ),
    })
}

fn text(report: &Report, words: &Words) -> String {
    let (plan, with) = (words.basis.plan(), words.basis.with());
    let surface = Surface::Terminal(Typed {
        plan: plan.as_deref(),
        with: &with,
    });
    let document = match &words.rule {
        Some(name) => report.of_rule(name.rsplit('/').next().unwrap_or(name), surface),
        None => report.to_document(surface),
    };
    render::text(&document, &|person| person.as_str().to_owned())
}

/// Reads the plan, or says in which line and column it cannot be read.
pub(super) fn read(file: &Path, today: Date) -> Result<Plan, String> {
    let name = file.display();
    if file.is_dir() {
        return Err(format!(
            "{name}: is a folder; name the plan in it, for example {}",
            file.join("plan.toml").display()
        ));
    }
    if !file.exists() && file != Path::new("-") {
        return Err(unopened(file, &std::io::ErrorKind::NotFound.into()));
    }
    let text = bounded_text(file)?;
    let format = format_of(file, &text)?;
    let told = |problems: &[FileProblem]| {
        let lines: Vec<_> = problems
            .iter()
            .map(|at| format!("{name}:{}:{}: {}", at.line, at.column, at.message))
            .collect();
        lines.join("\n")
    };
    let file = read_draft(&text, format, today).map_err(|error| told(&error.problems))?;
    if !file.left_open.is_empty() {
        note(told(&file.left_open));
    }
    Ok(file.plan)
}

/// The form that the name promises; on standard input, the one that the text begins like.
fn format_of(file: &Path, text: &str) -> Result<FileFormat, String> {
    let name = file.to_str().unwrap_or_default();
    match FileFormat::of_name(name) {
        Some(format) => Ok(format),
        None if name == "-" => Ok(FileFormat::of_text(text)),
        None => Err(format!(
            "{name}: its name does not say which format it is in; a plan ends in .toml, .json, .md or .csv, for example plan.toml"
        )),
    }
}

fn bounded_text(file: &Path) -> Result<String, String> {
    let name = file.display();
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
    read.map_err(|error| unopened(file, &error))?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(format!("{name}: is larger than 1 MiB, which no plan is"));
    }
    String::from_utf8(bytes).map_err(|error| {
        let good = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = good.split(|byte| *byte == b'\n').count();
        format!("{name}:{line}: is not text in UTF-8; save it as UTF-8")
    })
}
