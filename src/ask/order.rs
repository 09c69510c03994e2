//! The order of what was found: by score, and among what scores alike by how well it answers.

use super::compose::{DISPUTED, sentence};
use crate::knowledge::{EntryKind, Form, Hit};
use crate::text::{fold, words};

/// Sections within this share of the best may change places for the form of the question.
const ALIKE: f32 = 0.94;

/// Among sections that score alike, those first that answer in the form of the question, and whose
/// heading the question names.
pub(super) fn fitting_first(
    question: &str,
    form: Form,
    mut hits: Vec<Hit<'static>>,
) -> Vec<Hit<'static>> {
    const OF_TIME: [&str; 5] = ["when", "once", "until", "after", "before"];
    let folded = fold(question);
    let asked = words(&folded);
    let best = hits.first().map_or(0.0, |hit| hit.score);
    let alike = hits
        .iter()
        .take_while(|hit| hit.score >= ALIKE * best)
        .count();
    let misfits = |hit: &Hit<'static>| {
        let heading = fold(&hit.section.heading);
        let is_headed = words(&heading).iter().all(|word| asked.contains(word));
        let first = fold(sentence(&hit.section.body));
        let fits = match form {
            Form::When => words(&first).iter().any(|word| OF_TIME.contains(word)),
            Form::Amount => hit.entry.kind == EntryKind::Benchmark,
            Form::HowTo => hit.entry.kind == EntryKind::HowTo,
            _ => true,
        };
        (!fits, !is_headed)
    };
    hits[..alike].sort_by_key(misfits);
    answer_first(&mut hits);
    hits
}

/// What sources say differently stands beside an answer: before it goes what answers nearly as well.
fn answer_first(hits: &mut [Hit<'static>]) {
    let is_dispute = |hit: &Hit<'static>| hit.entry.kind == EntryKind::Disagreement;
    let Some(best) = hits.first().filter(|best| is_dispute(best)) else {
        return;
    };
    let least = DISPUTED * best.score;
    let near = hits
        .iter()
        .position(|hit| !is_dispute(hit) && hit.score >= least);
    if let Some(answer) = near {
        hits[..=answer].rotate_right(1);
    }
}
