//! What a workspace's own documents say to a question.

use super::answer::{Answer, OwnCited, Reason, Said};
use super::compose::{Asking, REASONS, declined, sentence};
use crate::knowledge::{Form, Found, Outcome};
use crate::text::{fold, words};

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

/// Puts the best of the own documents behind the first reason, or before it where it is nearer to what
/// was asked.
pub(super) fn beside_the_library(reasons: &mut Vec<Reason>, own: Vec<Reason>, is_nearer: bool) {
    if let Some(best) = own.into_iter().next() {
        let behind = usize::from(!is_nearer);
        reasons.insert(behind.min(reasons.len()), best);
        reasons.truncate(REASONS);
    }
}

/// Whether the best of the own documents is nearer to what was asked than what the library holds: the
/// library explains words and ways, and only the team knows its own facts.
pub(super) fn is_nearer(
    question: &str,
    found: &Found<'static>,
    form: Form,
    asking: &Asking<'_>,
) -> bool {
    let is_of_library = matches!(form, Form::Define | Form::Compare | Form::Compute);
    let asks_a_fact = asks_a_fact_of_its_own(question);
    let hit = found.hits.first();
    let Some(hit) = hit.filter(|_| !is_of_library || asks_a_fact) else {
        return false;
    };
    let own = asking
        .library
        .look_up_in(question, found.outcome, asking.shelf);
    own.first()
        .is_some_and(|best| asks_a_fact || asking.library.is_nearer(question, best, hit))
}

/// Whether a question is for how it stands with the team, which no library knows: "where do we sell?", "what is
/// our ICP?" Who asks what to do, or what is usual, asks for advice.
fn asks_a_fact_of_its_own(question: &str) -> bool {
    const OPENS: [&str; 7] = ["who", "whom", "where", "what", "whats", "which", "how"];
    const OWN: [&str; 4] = ["we", "our", "ours", "us"];
    const ADVICE: [&str; 12] = [
        "should", "could", "would", "can", "need", "must", "good", "best", "right", "enough",
        "normal", "typical",
    ];
    // How something is done the library tells; how much, how long and how many there are, it does not.
    const COUNTED: [&str; 5] = ["much", "many", "long", "often", "far"];
    // Where a seller is, or a plan, and what is next: to be looked for, not looked up.
    const SOUGHT: [&str; 6] = ["find", "start", "begin", "choose", "decide", "next"];
    let folded = fold(question);
    let said = words(&folded);
    let says = |some: &[&str]| said.iter().any(|word| some.contains(word));
    let [first, second, ..] = said.as_slice() else {
        return false;
    };
    let is_open = OPENS.contains(first) && (*first != "how" || COUNTED.contains(second));
    is_open && says(&OWN) && !says(&ADVICE) && !says(&SOUGHT)
}

/// An answer from the own documents alone, where the library holds none.
pub(super) fn answer(form: Form, found: &Found<'static>, own: Vec<Reason>) -> Option<Answer> {
    let Said::Own(best) = &own.first()?.said else {
        return None;
    };
    let verdict = said(best);
    Some(Answer {
        outcome: Outcome::Held,
        reasons: own,
        ..declined(form, found, verdict)
    })
}

/// The verdict of the first reason, where it is an own document's.
pub(super) fn verdict(reasons: &[Reason]) -> Option<String> {
    match &reasons.first()?.said {
        Said::Own(own) => Some(said(own)),
        _ => None,
    }
}

fn said(own: &OwnCited) -> String {
    format!(
        "Your document “{}” says: {}",
        own.document.title,
        sentence(&own.passage.text)
    )
}
