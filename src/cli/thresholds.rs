//! `gtm-advisor thresholds`: the numbers that rules judge by, and which of them a plan sets itself.

use std::fmt::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use serde_json::{Value, json};

use super::Format;
use super::explain::no_rule;
use super::output::{print, refuse};
use super::pages::Own;
use super::rules::{thresholds_json, unit_and_range};
use crate::lint::{Rule, RuleSet};
use crate::plan::ThresholdSetting;

/// Which thresholds are asked for.
#[derive(Debug, clap::Args)]
pub(super) struct Words {
    /// Only those of this rule
    rule: Option<String>,
    /// Only those that this plan sets itself (.toml, .json, .md or .csv)
    #[arg(long, value_name = "FILE")]
    plan: Option<PathBuf>,
    #[command(flatten)]
    own: Own,
    /// How to print them
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

/// Prints the thresholds.
pub(super) fn run(words: &Words) -> ExitCode {
    match told(words) {
        Ok(told) => {
            print(told.trim_end());
            ExitCode::SUCCESS
        }
        Err(problem) => refuse(problem),
    }
}

fn told(words: &Words) -> Result<String, String> {
    let today = jiff::Zoned::now().date();
    let file = words.plan.as_deref();
    let plan = file
        .map(|file| super::check::read(file, today))
        .transpose()?;
    let rules = words.own.load()?;
    let only = words.rule.as_deref().map(|name| {
        let rule = rules.named(name);
        rule.ok_or_else(|| no_rule(name, &rules))
    });
    let only = only.transpose()?;
    let of_rule = |rule: &&Rule| only.is_none_or(|only| only.slug() == rule.slug());
    let wanted: Vec<_> = rules.rules().iter().filter(of_rule).collect();
    let Some(plan) = &plan else {
        return Ok(match words.format {
            Format::Text => all(&wanted),
            Format::Json => {
                let rows = wanted.iter().flat_map(|rule| all_json(rule));
                pretty(&rows.collect::<Vec<_>>())
            }
        });
    };
    let set = plan.thresholds();
    let set = set.filter(|own| only.is_none_or(|only| *only.slug() == own.rule));
    Ok(match words.format {
        Format::Text => of_plan(&set.collect::<Vec<_>>(), &rules),
        Format::Json => {
            let rows = set.map(|own| setting_json(own, &rules));
            pretty(&rows.collect::<Vec<_>>())
        }
    })
}

fn pretty(rows: &[Value]) -> String {
    format!("{:#}", json!({ "thresholds": rows }))
}

fn all(rules: &[&Rule]) -> String {
    let mut list = String::new();
    for rule in rules {
        for param in rule.params() {
            let (slug, name, default) = (rule.slug(), &param.name, &param.default);
            let range = unit_and_range(param);
            let _ = writeln!(list, "{slug}.{name} = {default} ({range})\n  {}", param.why);
        }
    }
    match (list.is_empty(), rules) {
        (true, [only]) => format!("{} has no threshold.", only.slug()),
        _ => list,
    }
}

fn all_json(rule: &Rule) -> Vec<Value> {
    let mut rows = thresholds_json(rule);
    for row in &mut rows {
        row["rule"] = json!(rule.slug());
    }
    rows
}

/// What the plan sets, each in the words of a check; one that cannot be used says why.
fn of_plan(set: &[&ThresholdSetting], rules: &RuleSet) -> String {
    if set.is_empty() {
        return "No threshold of the plan's own: the rules judge by theirs. To set one, write into its file:\n\n\
                [[threshold]]\nrule = \"field-acv-low\"\nparam = \"max_acv\"\nvalue = \"$80k\"\n\
                reason = \"our visits are short\""
            .to_owned();
    }
    let mut list = String::new();
    for own in set {
        let name = format!("{}.{}", own.rule, own.param);
        let default = default_of(own, rules).unwrap_or_default();
        let _ = match rules.read_threshold(own.rule.as_str(), &own.param, &own.value) {
            Ok(value) => writeln!(
                list,
                "{name} = {value} in place of {default}, because {}",
                own.reason
            ),
            Err(problem) => writeln!(list, "{name} = {} is not used: {problem}", own.value),
        };
    }
    list
}

fn default_of<'r>(own: &ThresholdSetting, rules: &'r RuleSet) -> Option<&'r str> {
    let rule = rules.get(own.rule.as_str())?;
    let mut params = rule.params().iter();
    let param = params.find(|param| param.name == own.param)?;
    Some(&param.default)
}

fn setting_json(own: &ThresholdSetting, rules: &RuleSet) -> Value {
    let read = rules.read_threshold(own.rule.as_str(), &own.param, &own.value);
    json!({
        "rule": own.rule,
        "name": own.param,
        "value": read.as_ref().unwrap_or(&own.value),
        "default": default_of(own, rules),
        "reason": own.reason,
        "problem": read.as_ref().err(),
    })
}
