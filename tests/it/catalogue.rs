//! The whole catalogue, through the built binary: every rule of the design has a page, and a plan
//! that it finds, one that passes and one that it cannot judge yet or does not concern.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;
use std::process::Command;

use gtm_advisor::lint::{Example, Outcome, Rule, RuleSet, Scope, Severity};
use serde_json::Value;

use crate::harness::write as written;

/// The slugs of the design by category, with the severity of each.
const CATALOGUE: &str = include_str!("catalogue.txt");

/// The day on which the examples are read.
const TODAY: &str = "2026-03-04";

fn rules() -> RuleSet {
    RuleSet::built_in().unwrap_or_else(|errors| panic!("{}", errors[0]))
}

/// Category, slug and severity of each rule.
fn catalogue() -> Vec<(&'static str, &'static str, Severity)> {
    let mut category = "";
    let mut rows = Vec::new();
    let lines = CATALOGUE.lines().filter(|line| !line.starts_with('#'));
    for line in lines.filter(|line| !line.is_empty()) {
        match line.split_once(' ') {
            None => category = line,
            Some((slug, "E")) => rows.push((category, slug, Severity::Error)),
            Some((slug, "W")) => rows.push((category, slug, Severity::Warning)),
            Some((slug, "A")) => rows.push((category, slug, Severity::Advice)),
            Some(_) => panic!("{line}: a slug, then E, W or A"),
        }
    }
    rows
}

#[test]
fn every_rule_of_the_catalogue_has_a_page_of_its_category_and_severity() {
    let rules = rules();
    for (category, slug, severity) in catalogue() {
        let rule = rules
            .get(slug)
            .unwrap_or_else(|| panic!("no page for {slug}"));
        assert_eq!(
            (rule.category(), rule.severity()),
            (category, severity),
            "{slug}"
        );
    }
}

/// One example on its way through the binary: what is expected of which segment of which file.
struct Expected<'a> {
    rule: &'a Rule,
    example: &'a Example,
    segment: Option<String>,
}

/// Plan files by name, and what is expected of each.
type Files<'a> = BTreeMap<String, (String, Vec<Expected<'a>>)>;

/// The examples of a category in as few files as will do: what says the same about the whole plan
/// shares a file, each example as a segment of it.
fn files<'a>(rules: &'a RuleSet, category: &str) -> Files<'a> {
    let mut files = Files::new();
    let mut shared: BTreeMap<&str, String> = BTreeMap::new();
    for rule in rules
        .rules()
        .iter()
        .filter(|rule| rule.category() == category)
    {
        for (n, example) in rule.examples().iter().enumerate() {
            // A history cannot be told by a file; the other examples run in the unit tests.
            let is_first = rule.examples()[..n]
                .iter()
                .all(|before| before.outcome != example.outcome);
            if example.plan.contains("# @") || !is_first {
                continue;
            }
            let (whole, main) = match example.plan.split_once("[segment.main]\n") {
                Some((whole, main)) if can_share(rule) && !main.contains('[') => (whole, main),
                _ => {
                    let name = format!("{}-{n}.toml", rule.slug());
                    let alone = Expected {
                        rule,
                        example,
                        segment: None,
                    };
                    files.insert(name, (example.plan.clone(), vec![alone]));
                    continue;
                }
            };
            let n_shared = shared.len();
            let name = shared
                .entry(whole)
                .or_insert_with(|| format!("shared-{n_shared}.toml"));
            let (text, expected) = files
                .entry(name.clone())
                .or_insert_with(|| (whole.to_owned(), Vec::new()));
            let segment = format!("s{}", expected.len());
            let _ = write!(text, "[segment.{segment}]\n{main}");
            expected.push(Expected {
                rule,
                example,
                segment: Some(segment),
            });
        }
    }
    files
}

/// Whether other segments beside it change nothing for this rule.
fn can_share(rule: &Rule) -> bool {
    let tells_of_several = |example: &Example| example.plan.matches("[segment.").count() > 1;
    rule.scope() == Scope::Segment && !rule.examples().iter().any(tells_of_several)
}

fn results(folder: &Path, name: &str) -> Vec<Value> {
    let ended = Command::new(env!("CARGO_BIN_EXE_gtm-advisor"))
        .args(["check", name, "--format", "json", "--as-of", TODAY])
        .current_dir(folder)
        .output()
        .expect("the binary runs");
    let report: Value = serde_json::from_slice(&ended.stdout).unwrap_or_else(|error| {
        panic!(
            "{name}: {error}: {}",
            String::from_utf8_lossy(&ended.stderr)
        )
    });
    report["results"].as_array().expect("results").clone()
}

#[track_caller]
fn judge(expected: &Expected<'_>, results: &[Value]) {
    let slug = expected.rule.slug().as_str();
    let result = results
        .iter()
        .filter(|result| result["rule"] == slug)
        .find(|result| match &expected.segment {
            Some(segment) => result["segment"] == segment.as_str(),
            None => true,
        });
    let place = format!(
        "rules/{}/{slug}.md:{}",
        expected.rule.category(),
        expected.example.line
    );
    let result = result.unwrap_or_else(|| panic!("{place}: no result"));
    let outcome = expected.example.outcome.as_str();
    assert_eq!(result["outcome"], outcome, "{place}: {}", result["message"]);
    if let Some(severity) = expected.example.severity {
        assert_eq!(result["severity"], severity.as_str(), "{place}");
    }
}

/// The first example of each outcome of each rule of a category, through the binary.
fn check(category: &str) {
    let rules = rules();
    let folder = tempfile::tempdir().expect("a folder");
    for (name, (text, expected)) in files(&rules, category) {
        written(folder.path(), &name, &text);
        let results = results(folder.path(), &name);
        for expected in &expected {
            judge(expected, &results);
        }
    }
}

#[test]
fn every_rule_finds_and_passes_and_knows_what_it_does_not_know() {
    for rule in rules().rules() {
        let has = |outcome| {
            rule.examples()
                .iter()
                .any(|example| example.outcome == outcome)
        };
        let undecided = has(Outcome::Unknown) || has(Outcome::NotApplicable);
        assert!(
            has(Outcome::Finding) && has(Outcome::Pass) && undecided,
            "{}",
            rule.slug()
        );
    }
}

#[test]
fn the_examples_of_fit() {
    check("fit");
}

#[test]
fn the_examples_of_alignment() {
    check("alignment");
}

#[test]
fn the_examples_of_target() {
    check("target");
}

#[test]
fn the_examples_of_value() {
    check("value");
}

#[test]
fn the_examples_of_pricing() {
    check("pricing");
}

#[test]
fn the_examples_of_channels() {
    check("channels");
}

#[test]
fn the_examples_of_stage() {
    check("stage");
}

#[test]
fn the_examples_of_economics() {
    check("economics");
}

#[test]
fn the_examples_of_operations() {
    check("operations");
}
