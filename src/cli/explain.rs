//! `gtm-advisor explain`: a rule's page or a term of the library, as text.

use std::fmt::Write;
use std::path::Path;
use std::process::ExitCode;

use jiff::civil::Date;

use super::output::{print, refuse};
use crate::advisor::explained;
use crate::ask::Cited;
use crate::lint::{Outcome, Rule, RuleSet, SourceRef, Thresholds, check};
use crate::plan::Plan;
use crate::text;

/// Prints the page of a rule, with what holds in the plan of `file`, or what the library says of a
/// term.
pub(super) fn run(slug: &str, file: Option<&Path>, own: Option<&Path>) -> ExitCode {
    let today = jiff::Zoned::now().date();
    let plan = match file.map(|file| super::check::read(file, today)).transpose() {
        Ok(plan) => plan,
        Err(problem) => return refuse(problem),
    };
    let rules = match super::pages::rules_with(own) {
        Ok(rules) => rules,
        Err(problem) => return refuse(problem),
    };
    match rules.get(slug) {
        Some(rule) => {
            let mut page = page(rule);
            match &plan {
                Some(plan) => page.push_str(&in_plan(rule, &rules, plan, today)),
                None => page.push_str(&thresholds(rule)),
            }
            print(page.trim_end());
            ExitCode::SUCCESS
        }
        None => match explained(slug).filter(|it| is_term(it, slug, &rules)) {
            Some(cited) => {
                print(term(&cited, today));
                ExitCode::SUCCESS
            }
            None => refuse(no_rule(slug, &rules)),
        },
    }
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
    let own = Thresholds::default().and(plan.thresholds());
    for (n, (name, value, reason)) in rules
        .thresholds_in_force(rule, &own)
        .into_iter()
        .enumerate()
    {
        if n == 0 {
            told.push_str("\nThresholds in force\n\n");
        }
        let param = &rule.params()[n];
        let _ = match reason {
            Some(reason) => writeln!(
                told,
                "- {name}: {value} in place of {}, because {reason}",
                param.default
            ),
            None => writeln!(told, "- {name}: {value} ({}). {}", param.unit, param.why),
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
            param.name, param.default, param.unit, param.why
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
