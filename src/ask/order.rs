//! The order of what was found: by score, and among what scores alike by how well it answers.

use super::compose::sentence;
use super::held::DISPUTED;
use crate::knowledge::{EntryKind, Form, Hit};
use crate::text::{fold, words};

/// Sections within this share of the best may change places for the form of the question.
const ALIKE: f32 = 0.94;
/// … where it asks for a time or a formula, which few first sentences give.
const ALIKE_IN_FEW: f32 = 0.85;
/// … and of what the question calls by the words of its heading.
const CALLED: f32 = 0.7;

/// Among sections that score alike, those first that answer in the form of the question; before them
/// what the question calls by its heading.
pub(super) fn fitting_first(
    question: &str,
    form: Form,
    mut hits: Vec<Hit<'static>>,
) -> Vec<Hit<'static>> {
    let folded = fold(question);
    let asked = words(&folded);
    let best = hits.first().map_or(0.0, |hit| hit.score);
    let share = match form {
        Form::When | Form::Compute => ALIKE_IN_FEW,
        Form::Compare if weighs(&asked) => ALIKE_IN_FEW,
        Form::Decide if asked.contains(&"should") => ALIKE_IN_FEW,
        _ => ALIKE,
    };
    let alike = hits
        .iter()
        .take_while(|hit| hit.score >= share * best)
        .count();
    hits[..alike].sort_by_key(|hit| {
        let is_passed = form != Form::Compare && tells_apart(hit) && is_left_behind(hit, &asked);
        (is_passed, !fits(hit, form, &asked), !is_headed(hit, &asked))
    });
    let is_called = |hit: &Hit<'static>| {
        hit.score >= CALLED * best
            && hit.section.heading.contains(' ')
            && is_headed(hit, &asked)
            && !is_left_behind(hit, &asked)
            && is_figure(hit) == (form == Form::Amount)
    };
    let is_first_called = hits.first().is_some_and(|first| is_headed(first, &asked));
    if let Some(called) = hits.iter().position(is_called).filter(|_| !is_first_called) {
        hits[..=called].rotate_right(1);
    }
    answer_first(&mut hits);
    hits
}

/// Whether a section answers in the form of the question.
fn fits(hit: &Hit<'static>, form: Form, asked: &[&str]) -> bool {
    const OF_TIME: [&str; 5] = ["when", "once", "until", "after", "before"];
    let first = fold(sentence(&hit.section.body));
    match form {
        Form::When => words(&first).iter().any(|word| OF_TIME.contains(word)),
        // Who asks what to do is not told first what others do.
        Form::Amount => is_figure(hit) != asked.contains(&"should"),
        Form::Compute => hit.entry.kind == EntryKind::Formula,
        Form::HowTo => hit.entry.kind == EntryKind::HowTo,
        Form::Decide => !(is_figure(hit) && asked.contains(&"should")),
        Form::Compare if weighs(asked) => weighs(&words(&fold(&hit.section.heading))),
        _ => true,
    }
}

/// Whether words weigh one thing against another: "flat or per seat?", "Which pricing model fits".
fn weighs(said: &[&str]) -> bool {
    let is_choice = said
        .iter()
        .any(|word| matches!(*word, "or" | "vs" | "versus"));
    is_choice || said.first() == Some(&"which")
}

fn is_figure(hit: &Hit<'static>) -> bool {
    hit.entry.kind == EntryKind::Benchmark
}

/// Whether every word of the heading stands in the question.
fn is_headed(hit: &Hit<'static>, asked: &[&str]) -> bool {
    let heading = fold(&hit.section.heading);
    words(&heading).iter().all(|word| asked.contains(word))
}

/// Whether the question asks for what lies before or behind the heading: "what comes after product-market
/// fit" is not answered by product-market fit.
fn is_left_behind(hit: &Hit<'static>, asked: &[&str]) -> bool {
    const BEYOND: [&str; 6] = ["after", "before", "beyond", "past", "without", "instead"];
    let heading = fold(&hit.section.heading).replace('-', " ");
    let first = words(&heading).first().copied().unwrap_or_default();
    let mut pairs = asked.windows(2);
    pairs.any(|two| {
        let begins = two[1].split('-').next().unwrap_or_default();
        BEYOND.contains(&two[0]) && begins == first
    })
}

/// Whether a section tells two things apart by its heading.
fn tells_apart(hit: &Hit<'static>) -> bool {
    hit.section.heading.contains(" or ")
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
