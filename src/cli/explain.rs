//! `gtm-advisor explain`: a rule's page, as text.

use std::fmt::Write;
use std::process::ExitCode;

use super::output::{print, refuse};
use crate::lint::{Rule, RuleSet};

/// Prints the page of a rule.
pub(super) fn run(slug: &str) -> ExitCode {
    let rules = match RuleSet::built_in() {
        Ok(rules) => rules,
        Err(errors) => return refuse(super::rules::unusable(&errors)),
    };
    match rules.get(slug) {
        Some(rule) => {
            print(page(rule).trim_end());
            ExitCode::SUCCESS
        }
        None => refuse(unknown(slug, &rules)),
    }
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

fn unknown(slug: &str, rules: &RuleSet) -> String {
    match rules.near(slug).first() {
        Some(near) => format!("There is no rule `{slug}`. Did you mean `{near}`?"),
        None => format!("There is no rule `{slug}`. `gtm-advisor rules` lists them all."),
    }
}
