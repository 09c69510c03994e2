//! What is read of one message, for tests.

use jiff::civil::date;

use super::{Context, Finding, Reading, read_message};
use crate::plan::{Currency, ParseContext};

/// Reads a message that nothing else is known of.
pub(super) fn read(message: &str) -> Reading {
    let parse = ParseContext {
        currency: Currency::USD,
        today: date(2026, 3, 2),
    };
    read_message(message, &Context { plan: None, parse })
}

/// A proposal as `field: value`, with its segment where it has one.
pub(super) fn value(it: &Finding) -> String {
    let segment = it.segment.as_ref().filter(|it| !it.is_main());
    let segment = segment.map_or(String::new(), |it| format!(" @{}", it.as_str()));
    format!("{}{segment}: {}", it.field.name, it.value.display(it.field))
}

/// Compares what a message proposes with what it must.
#[track_caller]
pub(super) fn check(message: &str, expected: &[&str]) {
    let reading = read(message);
    let shown: Vec<_> = reading.proposals.iter().map(value).collect();
    assert_eq!(shown, expected, "{message}");
}

/// Compares what a message proposes and what it only tries out with what it must.
#[track_caller]
pub(super) fn check_tried(message: &str, proposals: &[&str], hypotheses: &[&str]) {
    check(message, proposals);
    let shown: Vec<String> = read(message).hypotheses.iter().map(value).collect();
    assert_eq!(shown, hypotheses, "{message}");
}
