//! The rules: loading their pages, and checking plans of growing size.

use std::hint::black_box;

use gtm_advisor::lint::{RuleResult, RuleSet, Thresholds, check, judge};
use gtm_advisor::plan::Plan;

use super::plans::{TODAY, plan, varied};
use super::subject::{Routine, Subject};

pub(crate) fn subjects() -> Vec<Subject> {
    vec![
        Subject::new("load all pages", |_| {
            Box::new(|| {
                black_box(rules());
            })
        }),
        Subject::new("decide, 1 segment", |_| deciding(1)),
        Subject::new("decide, 3 segments", |_| deciding(3)),
        Subject::new("decide, 10 segments", |_| deciding(10)),
        Subject::new("decide, 50 segments", |_| deciding(50)),
        Subject::new("check, 1 segment", |_| checking(1)),
        Subject::new("check, 3 segments", |_| checking(3)),
        Subject::new("check, 3 other segments", |_| checking_varied(3)),
        Subject::new("check, 5 segments", |_| checking(5)),
        Subject::new("check, 10 segments", |_| checking(10)),
        Subject::new("check, 50 segments", |_| checking(50)),
        Subject::new("check, 50 other segments", |_| checking_varied(50)),
    ]
}

/// The rules that ship.
fn rules() -> RuleSet {
    RuleSet::built_in().unwrap_or_else(|errors| {
        let errors: Vec<String> = errors.iter().map(ToString::to_string).collect();
        panic!("{}", errors.join("\n"))
    })
}

/// Every outcome, and no words.
fn deciding(segments: usize) -> Routine {
    let (rules, plan) = (rules(), plan(segments));
    Box::new(move || {
        let judged = judge(&rules, black_box(&plan), &Thresholds::default(), TODAY);
        black_box(judged.verdicts().count());
    })
}

fn checking(segments: usize) -> Routine {
    checked_over(plan(segments))
}

/// Segments that differ, so that none is judged as another was.
fn checking_varied(segments: usize) -> Routine {
    checked_over(varied(segments))
}

fn checked_over(plan: Plan) -> Routine {
    let rules = rules();
    Box::new(move || {
        black_box(check(
            &rules,
            black_box(&plan),
            &Thresholds::default(),
            TODAY,
        ));
    })
}

/// A plan of three segments, and what the check says of it.
pub(crate) fn checked() -> (Plan, Vec<RuleResult>) {
    let plan = plan(3);
    let results = check(&rules(), &plan, &Thresholds::default(), TODAY);
    (plan, results)
}
