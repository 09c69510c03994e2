//! Questions and conditions: what a sentence asks or depends on, with its mark or without.

use super::lexicon::Role;
use super::sentence::{Element, Sentence};
use super::words::english;

/// Whom a question without its mark may be about.
const SUBJECTS: &[&str] = &[
    "we",
    "i",
    "you",
    "they",
    "it",
    "our",
    "the",
    "this",
    "that",
    "there",
    "anyone",
    "he",
    "she",
    "these",
    "anybody",
    "someone",
    "somebody",
    "everyone",
    "everybody",
    "any",
    "my",
    "your",
    "us",
    "folks",
];

/// A label has its sign within so many elements.
pub(super) const LABELLED: usize = 9;

/// Whether a sentence asks, with its mark or without.
pub(super) fn is_asked(sentence: &Sentence<'_>) -> bool {
    let elements = &sentence.elements;
    let mut opening = elements.iter().take(LABELLED);
    let labels = opening.any(|it| it.is_sign(&[":", "="]));
    sentence.is_question || (begins_question(elements) && !labels) || leaves_open(elements)
}

/// "Would it help if the cycle was 30 days?": a condition that is asked about, and no "do you know if".
pub(super) fn tries(elements: &[Element<'_>]) -> bool {
    let knows = |word: &str| {
        matches!(
            word,
            "know" | "wonder" | "check" | "see" | "ask" | "sure" | "tell" | "remember" | "find"
        )
    };
    elements.iter().enumerate().any(|(at, element)| {
        element.text == "if"
            && at > 0
            && !elements[..at]
                .iter()
                .rev()
                .take(3)
                .any(|it| it.text.split(' ').any(knows))
    })
}

/// "… or did that die", "… or do we": a choice that is left to others.
fn leaves_open(elements: &[Element<'_>]) -> bool {
    let opens = |word: &str| {
        matches!(
            word,
            "did" | "do" | "does" | "is" | "are" | "should" | "was" | "not" | "nah" | "am" | "what"
        )
    };
    elements.iter().enumerate().any(|(at, element)| {
        let next = elements.get(at + 1).map_or("", |next| next.text);
        let first = next.split(' ').next().unwrap_or_default();
        let ends = at + 2 >= elements.len();
        element.text == "or"
            && at > 0
            && (opens(first) && (!matches!(first, "not" | "nah" | "what") || ends))
    })
}

/// "Is ACV 30k", "is 30k the new ACV": whether a figure is asked about behind an "is".
fn asks_whether(elements: &[Element<'_>]) -> bool {
    let [is, first, second, ..] = elements else {
        return false;
    };
    let named = first
        .roles()
        .iter()
        .any(|role| matches!(role, Role::Name(_)));
    is.is_one_of(&["is", "are"])
        && ((named && second.is_number()) || (first.is_number() && second.text == "the"))
}

/// Whether the first words are those of a question without its mark.
fn begins_question(elements: &[Element<'_>]) -> bool {
    let mut first = elements
        .iter()
        .flat_map(|element| element.text.split(' '))
        .filter(|word| {
            !matches!(
                *word,
                "so" | "and" | "hey" | "ok" | "hmm" | "but" | "," | "team" | "also"
            )
        });
    let (Some(first), Some(second)) = (first.next(), first.next()) else {
        return false;
    };
    match first {
        "what" | "how" | "why" | "who" | "which" | "what's" | "how's" | "wonder" => {
            let tells = matches!(
                second,
                "works"
                    | "worked"
                    | "drives"
                    | "sets"
                    | "makes"
                    | "matters"
                    | "brings"
                    | "sells"
                    | "converts"
            );
            let related =
                matches!(first, "what" | "how" | "who") && english().relating.contains(second);
            let asks = if first == "what" {
                !tells
            } else {
                !matches!(second, "if" | "about")
            };
            asks && !related
        }
        "any" | "anyone" => true,
        "is" | "are" if asks_whether(elements) => true,
        first => {
            english().asking.contains(first)
                && SUBJECTS.contains(&second)
                && first != "when"
                && first != "where"
        }
    }
}

/// "50 days until they sign" is a length of time, and no condition.
fn closes(verb: Option<&Element<'_>>) -> bool {
    verb.is_some_and(|it| {
        let first = it.text.split(' ').next().unwrap_or_default();
        matches!(
            first,
            "sign" | "close" | "buy" | "pay" | "commit" | "signed"
        )
    })
}

/// Where a condition begins, if the sentence has one: everything from the beginning on depends on
/// it, unless it is only politeness ("let me know if").
pub(super) fn condition(elements: &[Element<'_>]) -> Option<usize> {
    let at = elements.iter().enumerate().position(|(at, element)| {
        let next = elements.get(at + 1).map_or("", |next| next.text);
        let before = at.checked_sub(1).map_or("", |before| elements[before].text);
        let moment = (before.ends_with("at") || before == "for") && next.starts_with("moment");
        match element.text {
            _ if moment => false,
            "if" | "unless" | "provided" | "whenever" => true,
            word if word.starts_with("if ") || word.starts_with("unless ") => true,
            "in" => next == "case",
            "the" if at > 0 && elements[at - 1].text == "at" => false,
            "the" | "by" => {
                matches!(next, "day" | "moment" | "minute" | "second" | "time")
                    || matches!(next, "day that" | "moment that" | "the time")
            }
            "as" => matches!(next, "long" | "soon"),
            "until" | "till" if closes(elements.get(at + 2)) => false,
            "once" | "when" | "until" | "till" => {
                next.starts_with("we")
                    || next.starts_with("they")
                    || next == "i"
                    || next.starts_with("i ")
                    || next.starts_with("i'")
            }
            _ => false,
        }
    })?;
    let before: Vec<&str> = elements[..at]
        .iter()
        .rev()
        .take(3)
        .map(|it| it.text)
        .collect();
    let polite = before.iter().any(|word| {
        matches!(
            *word,
            "know" | "lmk" | "me" | "shout" | "complain" | "object"
        )
    });
    Some(if polite { at } else { 0 })
}
