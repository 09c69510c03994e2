//! Rules that mean harm: refused at load or stopped within a budget that the message names.

use super::*;
use crate::lint::{LARGEST_OWN, MOST_OWN};

fn page(front: &str) -> String {
    format!(
        "+++\nseverity = 'warning'\nconfidence = {{ direction = 'high', number = 'low' }}\n\
         pass = 'Fine.'\n{front}\n[[say]]\ntext = 'Found.'\n[[fix]]\ntext = 'Mend it.'\n+++\n\
         # Title\n\n## What it checks\n\nA.\n\n## Why it matters\n\nB.\n\n## What to change\n\nC.\n\n\
         ## Sources\n\n- `ours#title`: d\n\n## Examples\n\n```toml finding\n```\n\n\
         ```toml pass\n```\n\n```toml unknown\n```\n"
    )
}

#[track_caller]
fn refused(front: &str, budget: &str) {
    let page = page(front);
    let errors = RULES
        .with_own(&[("fit/ours.md", page.as_str())])
        .expect_err("it is refused");
    assert!(errors[0].message.contains(budget), "{}", errors[0]);
}

#[test]
fn what_is_too_deep_too_long_or_unknown_is_refused_at_load() {
    let nested = format!("when = '{}true{}'", "(".repeat(400), ")".repeat(400));
    refused(&nested, "nested deeper than 32 levels");
    let choices = "\"plg\", ".repeat(400);
    let list = format!("when = 'sales.motion in [{choices}\"plg\"]'");
    refused(&list, "at most 2000 characters");
    refused("when = 'icp.segment.matches(\"(a+)+$\")'", "found `(`");
    refused("when = 'matches(icp.industry, \"(a+)+$\")'", "`matches`");
}

#[test]
fn shorthands_that_double_each_other_are_refused_at_load() {
    let mut wide = String::from("when = 'a30 > 0'\n[let]\na0 = 'plan.customers'\n");
    let mut deep = String::from("when = 'a40 > 0'\n[let]\na0 = 'plan.customers'\n");
    for n in 0..40 {
        let next = n + 1;
        wide.extend([format!("a{next} = 'a{n} + a{n}'\n")]);
        deep.extend([format!("a{next} = 'a{n} + 1'\n")]);
    }
    refused(&wide, "more than 2000 parts");
    refused(&deep, "nested deeper than 32 levels");
}

#[test]
fn pages_have_a_size_and_a_number() {
    let long = format!("when = 'true' # {}", "x".repeat(LARGEST_OWN));
    refused(&long, "32768 are the most");
    let page = page("when = 'plan.customers > 3'");
    let paths: Vec<String> = (0..=MOST_OWN).map(|n| format!("fit/ours-{n}.md")).collect();
    let pages: Vec<_> = paths
        .iter()
        .map(|path| (path.as_str(), page.as_str()))
        .collect();
    let errors = RULES.with_own(&pages).expect_err("too many");
    assert!(
        errors[0].message.contains("50 are the most"),
        "{}",
        errors[0]
    );
}

#[test]
fn an_endless_comprehension_is_stopped_and_says_which_budget() {
    let items: Vec<String> = (0..20).map(|n| format!("item{n}")).collect();
    let plan = plan(&format!("icp.exclusions: {}", items.join(", ")));
    let front = "when = 'any(icp.exclusions, a, any(icp.exclusions, b, any(icp.exclusions, c, a == b && b == c && a != c)))'";
    let page = page(front);
    let rules = RULES
        .with_own(&[("fit/ours.md", page.as_str())])
        .expect("nothing is wrong with its form");
    let results = check(&rules, &plan, &Thresholds::default(), TODAY);
    let ours = results.iter().find(|it| it.rule.as_str() == "ours");
    let ours = ours.expect("it has a result");
    assert_eq!(ours.outcome, Outcome::Unknown);
    assert_eq!(
        ours.message,
        "Cannot be decided: it takes more than 20000 steps, the most that a rule has"
    );
}
