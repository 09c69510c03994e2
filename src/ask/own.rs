//! What a workspace's own documents say to a question.

use super::answer::{Answer, OwnCited, Reason, Said};
use super::compose::{Asking, REASONS, declined, sentence};
use crate::knowledge::{Form, Found, Outcome};

/// What the workspace's own documents say, the best first.
pub(super) fn reasons(question: &str, outcome: Outcome, asking: &Asking<'_>) -> Vec<Reason> {
    let found = asking.library.look_up_in(question, outcome, asking.shelf);
    let told = found.into_iter().take(REASONS).map(|passed| Reason {
        words: passed.passage.text.clone(),
        said: Said::Own(Box::new(OwnCited {
            document: passed.learned.document.clone(),
            passage: passed.passage.clone(),
        })),
    });
    told.collect()
}

/// Puts the best of the own documents behind the first reason.
pub(super) fn beside_the_library(reasons: &mut Vec<Reason>, own: Vec<Reason>) {
    if let Some(best) = own.into_iter().next() {
        reasons.insert(1.min(reasons.len()), best);
        reasons.truncate(REASONS);
    }
}

/// An answer from the own documents alone, where the library holds none.
pub(super) fn answer(form: Form, found: &Found<'static>, own: Vec<Reason>) -> Option<Answer> {
    let Said::Own(best) = &own.first()?.said else {
        return None;
    };
    let verdict = format!(
        "Your document “{}” says: {}",
        best.document.title,
        sentence(&best.passage.text)
    );
    Some(Answer {
        outcome: Outcome::Held,
        reasons: own,
        ..declined(form, found, verdict)
    })
}
