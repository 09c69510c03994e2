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
    let nobody = |it: &Element<'_>| english().no_one.contains(it.text) || it.text == "none";
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
            .any(|it| english().guesses.contains(it) || english().bets.contains(it));
    let unproven = || whole.ends_with("not sure") || is_unproven(whole);
    let guessed = english().assuming.stand_in(whole) || (tells(elements) && unproven());
    (labelled || guessed) && !is_resolved(elements)
}

/// Whether words say that something is believed and not known.
pub(super) fn is_guess(folded: &str) -> bool {
    let english = english();
    english.assuming.stand_in(folded) || english.guesses.stand_in(folded) || is_unproven(folded)
}

/// Whether a message only owns that what was said is a guess: "just my gut tho".
pub(super) fn owns_guess(folded: &str) -> bool {
    const WORDS: usize = 8;
    let mut words = folded.split([' ', ',']);
    let refuses = |it: &str| matches!(it, "no" | "none" | "nope" | "nah");
    let denies = words.any(|it| english().negating.contains(it) && !refuses(it));
    let asks = folded.contains('?');
    !asks
        && !denies
        && folded.split_whitespace().count() <= WORDS
        && english().owning.stand_in(folded)
}

/// Whether words say that nobody has found out the figure before them: "not confirmed", "no one has ever
/// calculated it".
fn is_unproven(words: &str) -> bool {
    english().unproven.stand_in(words) || is_unfound(words)
}

/// Whether a part says so of the figure before it, where no part behind it has another; where there is none at all,
/// of what was chosen.
fn is_unfound(words: &str) -> bool {
    let figure = |words: &str| words.contains(|it: char| it.is_ascii_digit());
    let ends = [',', '.', ';', '(', ')'];
    let parts: Vec<&str> = words.split(|it| ends.contains(&it)).collect();
    (0..parts.len()).any(|at| {
        let found = nobody_found(parts[at]);
        found.is_some_and(|before| {
            let told = parts[..at].iter().any(|it| figure(it)) || figure(before);
            let more = parts[at + 1..].iter().any(|it| figure(it));
            (told || !figure(words)) && !more
        })
    })
}

/// What stands in a part before "nobody has measured it", if it says so.
fn nobody_found(part: &str) -> Option<&str> {
    let words: Vec<&str> = part.split_whitespace().collect();
    let found = (0..words.len()).filter(|&at| english().found_out.contains(words[at]));
    let mut found = found.filter(|&at| {
        let object = words.get(at + 1);
        object.is_none_or(|it| english().found_object.contains(it))
    });
    found.find_map(|at| {
        let near = words[at.saturating_sub(FOUND_OUT)..at].join(" ");
        let nobody = english().no_one.standing_in(&near).next()?;
        part.find(nobody).map(|from| &part[..from])
    })
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
        for nobody in ["nobody's", "no one's", "no-one"] {
            check(
                &format!("payback is 5 months, {nobody} tracked it"),
                &[],
                &["economics.payback: 5 months"],
            );
        }
        for other in [
            "two of three pilots haven't confirmed",
            "we sell to hotels in Spain but none confirmed",
        ] {
            let message = format!("{other}, price is $49 a month");
            let read = crate::reading::testing::read(&message);
            let mut said = read.proposals.iter().map(crate::reading::testing::value);
            assert!(
                said.any(|it| it == "pricing.price: $49 a month"),
                "{message}"
            );
        }
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
