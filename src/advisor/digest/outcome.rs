//! What became of a period, in words: one that is over, and one to come as things stand.

use super::super::prose::counted;
use super::about::About;
use super::period::Kept;
use crate::digest::{Last, Outcome, Standing};
use crate::ident::Person;
use crate::intent::Personal;
use crate::render::Inline;

/// How many periods before the last one are told.
const BEFORE: usize = 3;

/// What became of the last period.
pub(super) fn last(about: About, last: Option<&Last>) -> Vec<Inline> {
    let Some(last) = last else {
        return vec![Inline::plain("none yet")];
    };
    let mut words = vec![Inline::When(last.period), Inline::plain(", ")];
    if !is_posted(last.outcome) {
        words.push(Inline::plain("not posted: "));
    }
    words.extend(told(about, last.outcome, last.wanted_by.as_ref()));
    if last.passed_over > 0 {
        let more = counted(last.passed_over, "more period");
        words.push(Inline::plain(format!(", nor were {more} after it")));
    }
    words
}

/// What became of those before the last one, the newest first; none where there are none.
pub(super) fn before(about: About, standing: &Standing) -> Option<Vec<Inline>> {
    let mut words = Vec::new();
    for last in standing.earlier.iter().rev().take(BEFORE) {
        if !words.is_empty() {
            words.push(Inline::plain(" · "));
        }
        words.extend([Inline::When(last.period), Inline::plain(", ")]);
        words.extend(told(about, last.outcome, last.wanted_by.as_ref()));
    }
    (!words.is_empty()).then_some(words)
}

/// That a period to come would not be posted, and why.
pub(super) fn foretold(kept: &Kept) -> Vec<Inline> {
    let mut words = vec![Inline::plain("This would not be posted: ")];
    words.extend(match kept.outcome {
        Outcome::NoPlan => vec![Inline::plain("there is no plan yet")],
        Outcome::Muted => with("I am muted here", " by ", kept.by.as_ref()),
        Outcome::Skipped => with("the next one is skipped", " by ", kept.by.as_ref()),
        Outcome::Snoozed => with("the digest rests", ", snoozed by ", kept.by.as_ref()),
        other => told(About::Channel, other, kept.by.as_ref()),
    });
    words.push(Inline::plain("."));
    words
}

/// Whether it may have reached anybody.
fn is_posted(outcome: Outcome) -> bool {
    matches!(outcome, Outcome::Posted | Outcome::Unknown)
}

fn told(about: About, outcome: Outcome, by: Option<&Person>) -> Vec<Inline> {
    let words = match outcome {
        Outcome::Muted => return with("I was muted here", " by ", by),
        Outcome::Skipped => return with("skipped", " by ", by),
        Outcome::Snoozed => return with("snoozed", " by ", by),
        Outcome::Posted => "posted",
        Outcome::Quiet if about == About::Personal(Personal::Nudge) => {
            "nothing of yours was overdue"
        }
        Outcome::Quiet => "nothing had changed",
        Outcome::Missed => "I was away for more than 12 hours",
        Outcome::NoPlan => "there was no plan",
        Outcome::Unknown => {
            "outcome unknown: the answer was lost, and I may not look whether it arrived. It is not sent twice"
        }
        Outcome::Refused => "Slack did not take it",
        Outcome::TooLate => "Slack did not take it within 12 hours",
        Outcome::Withdrawn => "it was switched off or muted before it went out",
    };
    vec![Inline::plain(words)]
}

fn with(words: &str, lead: &str, by: Option<&Person>) -> Vec<Inline> {
    let mut told = vec![Inline::plain(words)];
    if let Some(by) = by {
        told.extend([Inline::plain(lead), Inline::Person(by.clone())]);
    }
    told
}
