//! What a message of a thread tells of somebody else without naming them: "Acme has 40 reps", "and a 9 month
//! cycle"; "how many reps did you have at Acme?", "25".

use super::clean::Clean;
use super::mood::{self, Mood};
use super::phrases::has;
use super::sentence::{self, Element, Kind, Sentence};
use super::thread::Said;
use super::token;
use super::words::english;
use crate::text;

/// Somebody goes on with what he said at most so many messages before,
const REACH: usize = 2;
/// and is asked about somebody who was spoken of at most so many before.
const TALK: usize = 6;
/// An answer has at most so many words.
const ANSWER: usize = 8;

/// Words with which a message goes on.
const JOINTS: [&str; 5] = ["and ", "plus ", "also ", "& ", "with "];

/// Whether a message goes on to tell of somebody else, or answers what was asked of them.
pub(super) fn is_of_others(message: &Said, folded: &str, before: &[Said]) -> bool {
    let own = [
        "we", "our", "us", "ours", "we're", "we've", "we'll", "let's",
    ];
    if folded.contains('?') || own.iter().any(|it| has(folded, it)) {
        return false;
    }
    goes_on(message, folded, before) || answers(message, folded, before)
}

/// "Acme has 40 reps", "and a 9 month cycle".
fn goes_on(message: &Said, folded: &str, before: &[Said]) -> bool {
    if !JOINTS.iter().any(|it| folded.starts_with(it)) {
        return false;
    }
    let mut near = before.iter().rev().take(REACH);
    let own = near.find(|it| it.speaker == message.speaker);
    own.is_some_and(|it| tells_of_others(&it.text) || is_of_one_customer(&it.text))
}

/// "And Acme?" "800, I think".
fn answers(message: &Said, folded: &str, before: &[Said]) -> bool {
    let Some((asked, earlier)) = before.split_last() else {
        return false;
    };
    let short = folded.split_whitespace().count() <= ANSWER;
    if !short || asked.speaker == message.speaker || !asked.text.contains('?') {
        return false;
    }
    let spoken_of = || {
        let mut near = earlier.iter().rev().take(TALK);
        near.any(|it| tells_of_others(&it.text))
    };
    asks_of_then(&asked.text) || (asks_of_name(&asked.text) && spoken_of())
}

/// Whether all that a message tells is of others, or their words.
fn tells_of_others(message: &str) -> bool {
    parsed(message, |text, sentences| {
        let moods = mood::of_sentences(text, sentences);
        let mut all = moods.iter().flatten();
        !moods.is_empty() && all.all(|it| matches!(it, Mood::Theirs | Mood::Idle))
    })
}

/// "And Acme?": a question that is a name.
fn asks_of_name(message: &str) -> bool {
    parsed(message, |_, sentences| {
        let [only] = sentences else { return false };
        let [first, name] = only.elements.as_slice() else {
            return false;
        };
        goes_on_with(first) && is_unknown(name)
    })
}

/// "And drivers at Plano?": whether a question goes on with something that no field is of.
pub(super) fn asks_of_other_things(sentences: &[Sentence<'_>]) -> bool {
    let Some(last) = sentences.last().filter(|it| it.is_question) else {
        return false;
    };
    let (first, rest) = match last.elements.split_first() {
        Some((first, rest)) if !rest.is_empty() => (first, rest),
        _ => return false,
    };
    goes_on_with(first) && is_unknown(&rest[0]) && rest.iter().all(|it| it.roles().is_empty())
}

fn goes_on_with(first: &Element<'_>) -> bool {
    first.is_one_of(&["and", "what about", "how about"])
}

/// Whether a word is no field's, and says something.
fn is_unknown(it: &Element<'_>) -> bool {
    let known = [&english().ours, &english().adjectives, &english().following];
    it.kind == Kind::Word && !it.is_filler() && !known.iter().any(|set| set.contains(it.text))
}

/// "How many reps did you have at Acme?": a question of what was elsewhere.
fn asks_of_then(message: &str) -> bool {
    let folded = text::fold(message);
    let named = |at: &str| {
        message
            .split(at)
            .skip(1)
            .any(|it| it.starts_with(char::is_uppercase))
    };
    english().asked_then.stand_in(&folded)
        && (named(" at ") || english().last_place.stand_in(&folded))
}

/// "Client X's CAC": whether a message is of one customer.
fn is_of_one_customer(message: &str) -> bool {
    let folded = text::fold(message);
    let mut words = folded.split(' ');
    let customer = words
        .next()
        .is_some_and(|it| english().customers.contains(it));
    customer && words.next().is_some_and(|it| it.ends_with("'s"))
}

fn parsed<T>(message: &str, tell: impl Fn(&str, &[Sentence<'_>]) -> T) -> T {
    let clean = Clean::new(message);
    let tokens = token::split(&clean.text);
    tell(&clean.text, &sentence::sentences(&clean.text, &tokens))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(said: &[(&str, &str)], expected: bool) {
        let said = said.iter().map(|(speaker, text)| Said {
            speaker: (*speaker).to_owned(),
            text: (*text).to_owned(),
        });
        let said: Vec<Said> = said.collect();
        let (last, before) = said.split_last().expect("a message");
        let folded = text::fold(&last.text);
        assert_eq!(is_of_others(last, &folded, before), expected, "{said:?}");
    }

    #[test]
    fn what_goes_on_about_somebody_else_is_not_ours() {
        let acme = [("kim", "Fennel has 40 reps"), ("leo", "wow")];
        let with = |last: (&'static str, &'static str)| [acme[0], acme[1], last];
        check(&with(("kim", "and a 9 month cycle")), true);
        check(&with(("kim", "and our cycle is 9 months")), false);
        check(&with(("leo", "and a 9 month cycle")), false);
        check(
            &[("kim", "we have 40 reps"), ("kim", "and a 9 month cycle")],
            false,
        );
        check(
            &[
                ("kim", "Client X's CAC dropped to 410"),
                ("leo", "wow"),
                ("kim", "and their win rate is 26% now"),
            ],
            true,
        );
    }

    #[test]
    fn what_answers_a_question_about_somebody_else_is_not_ours() {
        let told = ("kim", "the competitor charges $200 a month");
        check(
            &[
                told,
                ("leo", "and hubspot?"),
                ("kim", "$800 a month i think"),
            ],
            true,
        );
        check(
            &[told, ("leo", "and the price?"), ("kim", "$80 a month")],
            false,
        );
        check(&[("leo", "and hubspot?"), ("kim", "$80 a month")], false);
        check(
            &[
                ("leo", "how many reps did you have at Oracle?"),
                ("kim", "25"),
            ],
            true,
        );
        check(
            &[("leo", "how many interviews did you do?"), ("kim", "25")],
            false,
        );
    }
}
