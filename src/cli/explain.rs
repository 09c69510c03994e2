//! `gtm-advisor explain`: a rule's page or a term of the library.

use std::fmt::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use jiff::civil::Date;
use serde_json::{Value, json};

use super::Format;
use super::output::{print, refuse};
use super::pages::Own;
use super::rules::unit_and_range;
use crate::advisor::explained;
use crate::ask::Cited;
use crate::lint::{Lenience, Outcome, Rule, RuleResult, RuleSet, SourceRef, Thresholds, check};
use crate::plan::{Plan, Waiver};
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
    /// The date that counts as today (default: this machine's)
    #[arg(long, value_name = "DATE", value_parser = super::date)]
    as_of: Option<Date>,
    #[command(flatten)]
    own: Own,
    /// How to print it
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

/// Prints the page of a rule, with what holds in a plan, or what the library says of a term.
pub(super) fn run(words: &Words) -> ExitCode {
    let today = words.as_of.unwrap_or_else(|| jiff::Zoned::now().date());
    match told(words, today) {
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
    let rules = words.own.load()?;
    let Some(rule) = rules.named(&words.rule) else {
        let found = explained(&words.rule).filter(|it| is_term(it, &words.rule, &rules));
        let cited = found.ok_or_else(|| nothing_called(&words.rule, &rules))?;
        return Ok(match words.format {
            Format::Text => term(&cited, today),
            Format::Json => format!("{:#}", term_json(&cited, today)),
        });
    };
    Ok(match (words.format, &plan) {
        (Format::Json, plan) => format!("{:#}", rule_json(rule, &rules, plan.as_ref(), today)),
        (Format::Text, Some(plan)) => {
            page(rule) + &expressions(rule) + &in_plan(rule, &rules, plan, today)
        }
        (Format::Text, None) => page(rule) + &expressions(rule) + &thresholds(rule),
    })
}

/// The page of a rule as data: what `rules list` says of it, its sections, and what holds in a plan.
fn rule_json(rule: &Rule, rules: &RuleSet, plan: Option<&Plan>, today: Date) -> Value {
    let mut told = super::rules::row(rule);
    let sections = rule
        .sections()
        .map(|(heading, text)| json!({ "heading": heading, "text": text.trim() }));
    told["sections"] = sections.collect();
    let written = rule.written().iter();
    let written = written.map(|(key, text)| json!({ "key": key, "text": text }));
    told["expressions"] = written.collect();
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
/// something is called just so; one behind a category is nothing else.
fn is_term(found: &Cited, words: &str, rules: &RuleSet) -> bool {
    if rules.names_a_category(words) {
        return false;
    }
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

/// What the rule goes by, as its page writes it.
fn expressions(rule: &Rule) -> String {
    let mut told = "\nExpressions\n\n".to_owned();
    for (key, text) in rule.written() {
        let _ = writeln!(told, "- {key}: {text}");
    }
    told
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
    let results: Vec<_> = results
        .iter()
        .filter(|it| it.rule == *rule.slug())
        .collect();
    for result in &results {
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
        let _ = writeln!(told, "- {}", waived(waiver, &results, today));
    }
    told
}

/// What holds of a waiver: that it does, or why no longer.
fn waived(waiver: &Waiver, results: &[&RuleResult], today: Date) -> String {
    let leniences = results.iter().filter_map(|it| it.lenience.as_deref());
    let mut of_it = leniences.filter(|lenience| lenience.waiver() == Some(waiver));
    if let Some(notice) = of_it.find_map(Lenience::notice) {
        return notice;
    }
    let segment = waiver.segment.as_ref();
    let of = segment.map_or_else(String::new, |segment| format!(" for {segment}"));
    match waiver.until {
        Some(until) if until < today => {
            format!("the waiver{of} ended on {until}: {}", waiver.reason)
        }
        Some(until) => format!("waived{of} until {until}: {}", waiver.reason),
        None => format!("waived{of}: {}", waiver.reason),
    }
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

/// That nothing is called so, neither a rule nor a term, with the rules that may have been meant.
fn nothing_called(name: &str, rules: &RuleSet) -> String {
    let no_rule = no_rule(name, rules);
    if name.contains(['-', '/']) {
        return no_rule;
    }
    format!(
        "{no_rule}\nThe library has no term of that name either; `gtm-advisor ask` takes whole questions."
    )
}

/// That there is no such rule, with those that may have been meant.
pub(super) fn no_rule(name: &str, rules: &RuleSet) -> String {
    let slug = name.rsplit('/').next().unwrap_or(name);
    let near: Vec<_> = rules
        .near(slug)
        .iter()
        .map(|it| format!("`{it}`"))
        .collect();
    let own = if rules.own() == 0 {
        "; your own need `--rules FOLDER` or GTM_RULES_DIR"
    } else {
        ""
    };
    match near.as_slice() {
        [] => format!(
            "There is no rule of the name `{name}`. `gtm-advisor rules` lists them all{own}"
        ),
        [one] => format!("There is no rule of the name `{name}`. Did you mean {one}?"),
        several => format!(
            "There is no rule of the name `{name}`. Near it are {}{own}",
            several.join(", ")
        ),
    }
}
