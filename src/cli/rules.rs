//! `gtm-advisor rules`: the rules by category, one line each.

use std::fmt::Write;
use std::process::ExitCode;

use super::output::{print, refuse};
use crate::lint::{PageError, Rule, RuleSet};

/// Lists the rules, or those of one category.
pub(super) fn run(category: Option<&str>) -> ExitCode {
    let rules = match RuleSet::built_in() {
        Ok(rules) => rules,
        Err(errors) => return refuse(unusable(&errors)),
    };
    let mut list = String::new();
    let mut previous = None;
    for rule in rules.rules() {
        if category.is_some_and(|wanted| wanted != rule.category()) {
            continue;
        }
        if previous.replace(rule.category()) != Some(rule.category()) {
            let _ = writeln!(list, "{}", rule.category());
        }
        let _ = writeln!(list, "  {:<28} {}", rule.slug().as_str(), rule.title());
    }
    if list.is_empty() {
        let categories: std::collections::BTreeSet<_> =
            rules.rules().iter().map(Rule::category).collect();
        let categories: Vec<_> = categories.into_iter().collect();
        return refuse(format!(
            "There is no category `{}`; there are {}",
            category.unwrap_or_default(),
            categories.join(", ")
        ));
    }
    print(list.trim_end());
    ExitCode::SUCCESS
}

/// Why the rules cannot be used.
pub(super) fn unusable(errors: &[PageError]) -> String {
    let errors: Vec<_> = errors.iter().map(ToString::to_string).collect();
    format!("The rules cannot be used:\n{}", errors.join("\n"))
}
