//! The rules as they ship, and the engine that runs them.

mod alike;
mod boundaries;
mod claims;
mod engine;
mod format;
mod guide;
mod hostile;
mod messages;
mod named;
mod numbers;
mod pages;

use std::sync::LazyLock;

use jiff::civil::Date;

use super::*;
use crate::ident::{Channel, Person, PlanId};
use crate::plan::{
    Answer, Author, Currency, Door, MessageLink, ParseContext, Plan, Segment, field, set_answer,
};

/// The built-in rules, loaded once.
static RULES: LazyLock<RuleSet> = LazyLock::new(|| {
    RuleSet::built_in().unwrap_or_else(|errors| {
        let errors: Vec<String> = errors.iter().map(ToString::to_string).collect();
        panic!("{}", errors.join("\n"))
    })
});

const TODAY: Date = Date::constant(2026, 3, 4);

/// A plan from lines of `field: value`, all in the main segment; `n/a` is an answer too.
fn plan(lines: &str) -> Plan {
    let mut plan = Plan::new(PlanId::new("P1"));
    let (author, main) = (author(), Segment::main());
    let context = ParseContext {
        currency: Currency::USD,
        today: TODAY,
    };
    let lines = lines
        .split(['\n', ';'])
        .map(str::trim)
        .filter(|line| !line.is_empty());
    for (name, words) in lines.map(|line| line.split_once(": ").expect("`field: value`")) {
        let field = field(name).expect(name);
        let answer = match words {
            "n/a" => Answer::NotApplicable("not for us".to_owned()),
            words => Answer::Known(field.parse(words, &context).expect(words)),
        };
        for change in set_answer(&plan, field, Some(&main), Some(answer), &author) {
            plan.apply(&change).expect("a change made against the plan");
        }
    }
    plan
}

fn author() -> Author {
    Author {
        by: Person::new("U1"),
        at: jiff::Timestamp::UNIX_EPOCH,
        door: Door::Command,
        link: MessageLink {
            channel: Channel::new("C1"),
            ts: None,
        },
    }
}

fn results(lines: &str) -> Vec<RuleResult> {
    check(&RULES, &plan(lines), &Thresholds::default(), TODAY)
}

#[track_caller]
fn result(slug: &str, lines: &str) -> RuleResult {
    let found = results(lines)
        .into_iter()
        .find(|result| result.rule.as_str() == slug);
    found.unwrap_or_else(|| panic!("no result of {slug}"))
}

/// The outcome in one word: the severity of a finding, else `pass`, `unknown` or `-`.
fn word(result: &RuleResult) -> &'static str {
    match result.outcome {
        Outcome::Finding => result.severity.as_str(),
        Outcome::NotApplicable => "-",
        other => other.as_str(),
    }
}

#[track_caller]
fn expect(slug: &str, lines: &str, expected: &str) {
    let result = result(slug, lines);
    assert_eq!(
        word(&result),
        expected,
        "{slug} on `{lines}`: {}",
        result.message
    );
}
