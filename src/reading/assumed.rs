//! What is believed and not known: "assumption: 4,000 accounts", "I'd guess 5k", "what if it was $69?"

use std::ops::Range;

use super::asked::LABELLED;
use super::mood::slice;
use super::sentence::{Element, Sentence};
use super::words::english;

/// Within so many words behind a "nobody" stands what nobody has done.
const FOUND_OUT: usize = 4;

/// From which element on a sentence tries or assumes something, where what stands before says something itself.
pub(super) fn trial_from(text: &str, sentence: &Sentence<'_>) -> Option<usize> {
    let opens = |clause: &&Range<usize>| {
        let words = slice(text, &sentence.elements, (*clause).clone());
        let mut lists = [&english().supposing, &english().assuming].into_iter();
        lists.any(|it| it.stand_in(words)) || is_unproven(words)
    };
    let first = sentence.clauses.iter().find(opens)?;
    let (before, there) = (0..first.start, first.clone());
    let tells = |at: Range<usize>| tells(&sentence.elements[at]);
    (tells(before) && tells(there)).then_some(first.start)
}

/// Whether a figure or a choice stands among elements.
fn tells(elements: &[Element<'_>]) -> bool {
    // Nobody is nothing that is tried.
    let nobody = |it: &Element<'_>| matches!(it.text, "nobody" | "no one" | "none");
    let tells = |it: &Element<'_>| (it.is_number() || it.choice()) && !nobody(it);
    elements.iter().any(tells)
}

/// "Assumption: 4,000 companies", "we assume 4,000, nobody has counted": nobody has found it out.
pub(super) fn is_assumed(whole: &str, elements: &[Element<'_>]) -> bool {
    const SIGNS: [&str; 3] = [":", "=", "\u{2192}"];
    let label = elements
        .iter()
        .take(LABELLED)
        .take_while(|it| !it.is_sign(&SIGNS));
    let ends = elements.get(label.clone().count());
    let labelled = ends.is_some_and(|it| it.is_sign(&SIGNS))
        && label
            .flat_map(|it| it.text.split(' '))
            .any(|it| english().guesses.contains(it));
    let unproven = || whole.ends_with("not sure") || is_unproven(whole);
    let guessed = english().assuming.stand_in(whole) || (tells(elements) && unproven());
    (labelled || guessed) && !is_resolved(elements)
}

/// Whether words say that something is believed and not known.
pub(super) fn is_guess(folded: &str) -> bool {
    is_believed(folded) || is_unproven(folded)
}

fn is_believed(folded: &str) -> bool {
    english().assuming.stand_in(folded) || english().guesses.stand_in(folded)
}

/// Whether a message only owns that what was said is a guess: "just my gut tho".
pub(super) fn is_own_guess(folded: &str) -> bool {
    const WORDS: usize = 8;
    folded.split_whitespace().count() <= WORDS && is_believed(folded)
}

/// Whether words say that nobody has found something out: "not confirmed", "no one has ever calculated it".
fn is_unproven(words: &str) -> bool {
    english().unproven.stand_in(words) || words.split([',', '.', ';', '(', ')']).any(is_unfound)
}

/// Whether a clause says so of what was said before it, and of nothing that it names.
fn is_unfound(clause: &str) -> bool {
    let words: Vec<&str> = clause.split_whitespace().collect();
    let Some(done) = words.iter().position(|it| english().found_out.contains(it)) else {
        return false;
    };
    let before = &words[done.saturating_sub(FOUND_OUT)..done];
    let nobody = before.iter().any(|it| english().without.contains(it))
        || before
            .windows(2)
            .any(|pair| pair[0] == "no" && pair[1].starts_with("one"));
    let object = words.get(done + 1);
    nobody && object.is_none_or(|it| english().found_object.contains(it))
}

/// Whether a message of a thread only guesses: "maybe 700, not measured".
pub(super) fn guesses(folded: &str) -> bool {
    is_guess(folded) || folded.starts_with("maybe ")
}

/// "Decided: assume 30%" assumes nothing, but settles it.
pub(super) fn is_resolved(elements: &[Element<'_>]) -> bool {
    let head = elements.iter().take(4).position(|it| it.is_sign(&[":"]));
    head.is_some_and(|colon| {
        elements[..colon].iter().any(|it| {
            it.is_one_of(&[
                "decided", "decision", "agreed", "resolved", "final", "log", "logged",
            ])
        })
    })
}

#[cfg(test)]
mod tests {
    use crate::reading::testing::check_tried as check;

    #[test]
    fn what_nobody_has_found_out_is_a_hypothesis() {
        let cac = ["economics.cac: $140"];
        check(
            "we assume a CAC of about $140, nobody has measured it",
            &[],
            &cac,
        );
        check("assumption: CAC is $140", &[], &cac);
        check("hypothesis \u{2192} CAC of $140", &[], &cac);
        check("Decided: assume a CAC of $140", &cac, &[]);
        check("my gut says CAC is around $140", &[], &cac);
    }

    #[test]
    fn what_nobody_has_ever_calculated_is_one_too() {
        check(
            "I *think* payback is about 5 months but no one has ever calculated it",
            &[],
            &["economics.payback: 5 months"],
        );
        check(
            "2 reps on quota, the trainee not counted",
            &["sales.reps: 2"],
            &[],
        );
        check(
            "win rate is 22% of opportunities, and nobody tracked the demos",
            &["sales.win_rate: 22%", "sales.win_rate_basis: opportunities"],
            &[],
        );
    }

    #[test]
    fn that_nobody_has_measured_something_supposes_nothing() {
        check("Nobody has measured it since.", &[], &[]);
    }

    #[test]
    fn what_stands_before_a_trial_is_so() {
        check(
            "price is $59/mo today, perhaps $79/mo would be ok too",
            &["pricing.price: $59 a month"],
            &["pricing.price: $79 a month"],
        );
        check(
            "first target list has 600 accounts, i'd guess 5k companies fit the icp in total",
            &["market.first_list: 600"],
            &["market.accounts: 5,000"],
        );
    }

    #[test]
    fn what_is_assumed_of_two_segments_is_so_of_neither() {
        check(
            "lets assume smb is plg and enterprise is field, we validate in q2",
            &[],
            &[
                "sales.motion @smb: self-serve (PLG)",
                "sales.motion @enterprise: field sales",
            ],
        );
    }
}
