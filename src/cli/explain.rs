//! `gtm-advisor explain`: a rule's page or a term of the library.

use std::fmt::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use jiff::civil::Date;
use serde_json::{Value, json};

use super::Format;
use super::output::{print, refuse};
use super::rules::unit_and_range;
use crate::advisor::explained;
use crate::ask::Cited;
use crate::lint::{Outcome, Rule, RuleSet, SourceRef, Thresholds, check};
use crate::plan::Plan;
use crate::report::{result_json, source_json};
use crate::text;

/// What is to be explained.
#[derive(Debug, clap::Args)]
pub(super) struct Words {
    /// The rule's name, such as field-acv-low, or a term, such as ACV
    rule: String,
    /// The plan whose thresholds, waivers and outcome are shown with the rule
    #[arg(long, value_name = "FILE")]
    plan: Option<PathBuf>,
    /// Rules of your own too: a folder of pages, or a page
    #[arg(long, value_name = "FOLDER")]
    rules: Option<PathBuf>,
    /// How to print it
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

/// Prints the page of a rule, with what holds in a plan, or what the library says of a term.
pub(super) fn run(words: &Words) -> ExitCode {
    match told(words, jiff::Zoned::now().date()) {
        Ok(told) => {
            print(told.trim_end());
            ExitCode::SUCCESS
        }
        Err(problem) => refuse(problem),
    }
}

fn told(words: &Words, today: Date) -> Result<String, String> {
    let plan = words.plan.as_deref();
    let plan = plan
        .map(|file| super::check::read(file, today))
        .transpose()?;
    let rules = super::pages::rules_with(words.rules.as_deref())?;
    let Some(rule) = rules.get(&words.rule) else {
        let found = explained(&words.rule).filter(|it| is_term(it, &words.rule, &rules));
        let cited = found.ok_or_else(|| no_rule(&words.rule, &rules))?;
        return Ok(match words.format {
            Format::Text => term(&cited, today),
            Format::Json => format!("{:#}", term_json(&cited, today)),
        });
    };
    Ok(match (words.format, &plan) {
        (Format::Json, plan) => format!("{:#}", rule_json(rule, &rules, plan.as_ref(), today)),
        (Format::Text, Some(plan)) => page(rule) + &in_plan(rule, &rules, plan, today),
        (Format::Text, None) => page(rule) + &thresholds(rule),
    })
}

/// The page of a rule as data: what `rules list` says of it, its sections, and what holds in a plan.
fn rule_json(rule: &Rule, rules: &RuleSet, plan: Option<&Plan>, today: Date) -> Value {
    let mut told = super::rules::row(rule);
    let sections = rule
        .sections()
        .map(|(heading, text)| json!({ "heading": heading, "text": text.trim() }));
    told["sections"] = sections.collect();
    if let Some(plan) = plan {
        let own = Thresholds::default().and(plan.thresholds());
        let in_force = rules.thresholds_in_force(rule, &own).into_iter();
        let in_force = in_force
            .map(|(name, value, reason)| json!({ "name": name, "value": value, "reason": reason.map(|own| &own.reason) }));
        let results = check(rules, plan, &Thresholds::default(), today);
        let results = results.iter().filter(|it| it.rule == *rule.slug());
        told["in_force"] = in_force.collect();
        told["results"] = results.map(result_json).collect();
    }
    told
}

/// What the library says of a term, as data.
fn term_json(cited: &Cited, today: Date) -> Value {
    let sources: Vec<_> = cited.section.sources.iter().map(source_json).collect();
    json!({
        "term": cited.title(),
        "entry": cited.name(),
        "text": cited.section.body,
        "sources": sources,
        "standing": cited.entry.standing(today),
    })
}

/// Whether what was found is meant: a word with hyphens is a rule's name, perhaps with a slip, unless
/// something is called just so.
fn is_term(found: &Cited, words: &str, rules: &RuleSet) -> bool {
    if !words.contains('-') || words.contains(char::is_whitespace) {
        return true;
    }
    let slugs = rules.rules().iter().map(|rule| rule.slug().as_str());
    text::nearest(words, slugs).is_empty() && found.is_called(words)
}

/// What the library says of a term.
fn term(cited: &Cited, today: Date) -> String {
    let sources = cited.section.sources.iter().map(SourceRef::label);
    format!(
        "{}\n\n{}\n\n{} · Source: {} · {}",
        cited.title(),
        cited.section.body,
        cited.name(),
        sources.collect::<Vec<_>>().join(", "),
        cited.entry.standing(today)
    )
}

fn page(rule: &Rule) -> String {
    let mut page = format!(
        "{} ({}, {})\n{}\n",
        rule.slug(),
        rule.category(),
        rule.severity().as_str(),
        rule.title()
    );
    for (heading, body) in rule.sections() {
        let _ = write!(page, "\n{heading}\n\n{}\n", body.trim());
    }
    page
}

/// The thresholds in force in a plan, what the rule says of it, and where it is waived.
fn in_plan(rule: &Rule, rules: &RuleSet, plan: &Plan, today: Date) -> String {
    let mut told = String::new();
    let thresholds = Thresholds::default().and(plan.thresholds());
    for (n, (name, value, own)) in rules
        .thresholds_in_force(rule, &thresholds)
        .into_iter()
        .enumerate()
    {
        if n == 0 {
            told.push_str("\nThresholds in force\n\n");
        }
        let param = &rule.params()[n];
        let _ = match own {
            Some(own) => writeln!(
                told,
                "- {name}: {value} in place of {} ({}), because {}",
                param.default,
                unit_and_range(param),
                own.reason
            ),
            None => writeln!(
                told,
                "- {name}: {value} ({}). {}",
                unit_and_range(param),
                param.why
            ),
        };
    }
    told.push_str("\nIn this plan\n\n");
    let results = check(rules, plan, &Thresholds::default(), today);
    for result in results.iter().filter(|it| it.rule == *rule.slug()) {
        let segment = result.segment.as_ref();
        let of = segment.filter(|_| plan.segments().len() > 1);
        let of = of.map_or_else(String::new, |segment| format!(" for {segment}"));
        let word = match result.outcome {
            Outcome::Finding => result.severity.as_str(),
            Outcome::Pass => "passes",
            Outcome::Unknown => "unknown",
            Outcome::NotApplicable => "does not apply",
        };
        let _ = writeln!(told, "- {word}{of}: {}", result.message);
    }
    for waiver in plan.waivers().filter(|it| it.rule == *rule.slug()) {
        let segment = waiver.segment.as_ref();
        let of = segment.map_or_else(String::new, |segment| format!(" for {segment}"));
        let until = waiver.until;
        let until = until.map_or_else(String::new, |date| format!(" until {date}"));
        let _ = writeln!(told, "- waived{of}{until}: {}", waiver.reason);
    }
    told
}

fn thresholds(rule: &Rule) -> String {
    let mut lines = String::new();
    for param in rule.params() {
        let _ = writeln!(
            lines,
            "- {}: {} ({}). {}",
            param.name,
            param.default,
            unit_and_range(param),
            param.why
        );
    }
    if lines.is_empty() {
        return lines;
    }
    format!("\nThresholds\n\n{lines}")
}

/// That there is no such rule, with those that may have been meant.
pub(super) fn no_rule(name: &str, rules: &RuleSet) -> String {
    let near: Vec<_> = rules
        .near(name)
        .iter()
        .map(|it| format!("`{it}`"))
        .collect();
    match near.as_slice() {
        [] => format!(
            "There is no rule of the name `{name}`. `gtm-advisor rules` lists them all; your own need `--rules FOLDER`"
        ),
        [one] => format!("There is no rule of the name `{name}`. Did you mean {one}?"),
        several => format!(
            "There is no rule of the name `{name}`. Near it are {}",
            several.join(", ")
        ),
    }
}
