//! "Our CAC explodes": who says what they notice is told what may be behind it in their plan.

use super::answer::{Answer, Cited, FollowUp, Reason, Said};
use super::compose::{Asking, REASONS, by_rule};
use crate::knowledge::{Form, Outcome, library};
use crate::lint;
use crate::report::{Shows, Suspect, diagnose, found_in, noticed};
use crate::text::{fold, words};

/// Words that begin a question which wants something else than a cause.
const ASKS: [&str; 22] = [
    "what", "whats", "how", "when", "which", "who", "where", "is", "are", "was", "do", "does",
    "did", "should", "can", "could", "would", "will", "may", "explain", "define", "compare",
];

/// What may be behind a symptom; nothing where the words state none.
pub(super) fn answer(question: &str, form: Form, asking: &Asking<'_>) -> Option<Answer> {
    let symptom = noticed(question).filter(|_| is_stated(question))?;
    let results = lint::check(asking.rules, asking.plan, asking.thresholds, asking.today);
    let suspects = diagnose(symptom, asking.plan, &results);
    let likely: Vec<_> = suspects
        .iter()
        .filter(|it| it.shows() != Shows::Cleared)
        .take(REASONS)
        .collect();
    let open = likely.iter().filter_map(|it| it.missing.as_ref());
    let follow_up = open.into_iter().next().map(|(field, segment)| FollowUp {
        field,
        segment: segment.clone().filter(|_| asking.plan.segments().len() > 1),
    });
    Some(Answer {
        outcome: Outcome::Held,
        form,
        verdict: found_in(symptom, &suspects),
        tried: Vec::new(),
        given: Vec::new(),
        reasons: likely.iter().filter_map(|it| reason(it)).collect(),
        dispute: None,
        follow_up,
        near: Vec::new(),
        is_diagnosis: true,
        results: likely.iter().filter_map(|it| it.found.cloned()).collect(),
    })
}

/// Whether something is stated, or asked why; a number in it wants a judgement of that number.
fn is_stated(question: &str) -> bool {
    let folded = fold(question).replace('\'', "");
    let first = words(&folded).into_iter().next();
    let asks = first.is_none_or(|first| ASKS.contains(&first));
    !asks && !folded.contains(|letter: char| letter.is_ascii_digit())
}

fn reason(suspect: &Suspect<'_>) -> Option<Reason> {
    if let Some(found) = suspect.found {
        return Some(by_rule(found));
    }
    let (entry, anchor) = suspect.cause.section.split_once('#')?;
    let (entry, section) = library().section(entry, anchor)?;
    Some(Reason {
        words: format!("{}.", suspect.cause.why),
        said: Said::Library(Cited { entry, section }),
    })
}
