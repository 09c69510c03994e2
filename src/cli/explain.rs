//! `gtm-advisor explain`: a rule's page or a term of the library, as text.

use std::fmt::Write;
use std::process::ExitCode;

use super::output::{print, refuse};
use crate::advisor::explained;
use crate::ask::Cited;
use crate::lint::{Rule, RuleSet, SourceRef};
use crate::text;

/// Prints the page of a rule, or what the library says of a term.
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
        None => match explained(slug).filter(|_| !is_slip(slug, &rules)) {
            Some(cited) => {
                print(term(&cited));
                ExitCode::SUCCESS
            }
            None => refuse(unknown(slug, &rules)),
        },
    }
}

/// Whether the words are a rule's name but for a slip.
fn is_slip(slug: &str, rules: &RuleSet) -> bool {
    let slugs = rules.rules().iter().map(|rule| rule.slug().as_str());
    !text::nearest(slug, slugs).is_empty()
}

/// What the library says of a term.
fn term(cited: &Cited) -> String {
    let sources = cited.section.sources.iter().map(SourceRef::label);
    format!(
        "{}\n\n{}\n\n{} · Source: {} · Confidence: {}",
        cited.title(),
        cited.section.body,
        cited.name(),
        sources.collect::<Vec<_>>().join(", "),
        cited.entry.confidence.as_str()
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

fn unknown(slug: &str, rules: &RuleSet) -> String {
    match rules.near(slug).first() {
        Some(near) => format!("There is no rule `{slug}`. Did you mean `{near}`?"),
        None => format!("There is no rule `{slug}`. `gtm-advisor rules` lists them all."),
    }
}
