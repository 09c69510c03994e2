//! The starter templates: each checks without an error, with the findings that its author meant.

use std::collections::BTreeSet;

use gtm_advisor::lint::{self, RuleSet, Thresholds};
use gtm_advisor::plan::{FileFormat, read_file, templates};
use gtm_advisor::report::{Report, State};
use jiff::civil::{Date, date};

const TODAY: Date = date(2026, 3, 4);

/// The findings of a template as `severity rule`, in the order of the report.
fn findings(name: &str) -> Vec<String> {
    let template = templates()
        .iter()
        .find(|template| template.name == name)
        .expect(name);
    let plan = read_file(template.text, FileFormat::Toml, TODAY).expect("a template can be read");
    let rules = RuleSet::built_in().expect("the built-in rules load");
    let results = lint::check(&rules, &plan, &Thresholds::default(), TODAY);
    let report = Report::new(&plan, results);
    assert_eq!(report.verdict.state, State::Gaps, "{name}");
    let open = report.open_findings().into_iter();
    open.map(|finding| format!("{} {}", finding.severity.as_str(), finding.rule))
        .collect()
}

#[test]
fn each_template_has_the_findings_that_its_author_meant() {
    let check = |name, expected: &[&str]| assert_eq!(findings(name), expected, "{name}");
    // Two grow their accounts, which is told only where another finding weighs less for it.
    check("enterprise-field", &[]);
    check("sales-assisted-mid-market", &[]);
    // A launch is a change, and nobody has looked at the whole plan since.
    check("feature-launch", &["warning review-trigger-fired"]);
    for name in ["self-serve-saas", "partner-led", "usage-priced-api"] {
        check(name, &[]);
    }
}

#[test]
fn there_are_six_and_each_says_what_it_is_for() {
    let names: BTreeSet<_> = templates().iter().map(|template| template.name).collect();
    let expected = [
        "enterprise-field",
        "feature-launch",
        "partner-led",
        "sales-assisted-mid-market",
        "self-serve-saas",
        "usage-priced-api",
    ];
    assert_eq!(names, BTreeSet::from(expected));
    for template in templates() {
        assert!(template.text.starts_with("# "), "{}", template.name);
        assert!(template.title().contains(": "), "{}", template.name);
    }
}
