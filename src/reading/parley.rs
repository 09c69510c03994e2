//! How people settle a matter, or do not: whose figure is taken, what is turned down, what is put off, and what
//! only a trial of numbers came to.

use super::assumed::is_guess;
use super::options;
use super::phrases::has;
use super::stance::is_decision;
use super::words::english;
use crate::text;

/// Whether a message proposes what it says and does not yet state it: "let's drop the fairs", "I'd do seats".
pub(super) fn proposes(folded: &str) -> bool {
    english().proposing.stand_in(folded)
}

/// Whether a message turns down what was proposed, without a "no": "procurement hates that".
pub(super) fn objects(folded: &str) -> bool {
    !folded.contains('?') && english().objecting.stand_in(folded)
}

/// Whether a message settles what it agrees with, and does not only nod.
pub(super) fn is_firm(folded: &str) -> bool {
    let settles = is_decision(folded) || english().firm.stand_in(folded);
    settles && !is_guess(folded)
}

/// Whether a message puts the matter off: "we leave it open", "parked until Thursday".
pub(super) fn parks(folded: &str) -> bool {
    let settles = ["go with", "going with", "for now", "until then"];
    english().parking.stand_in(folded) && !settles.iter().any(|it| has(folded, it))
}

/// Whether a message tells what a trial of numbers came to: "ran it: lose 4% of accounts".
pub(super) fn computes(folded: &str) -> bool {
    english().computing.stand_in(folded)
}

/// What one may call somebody's words by.
const WORDS: &[&str] = &[
    "number",
    "numbers",
    "figure",
    "figures",
    "version",
    "proposal",
    "suggestion",
    "option",
    "idea",
    "price",
    "count",
    "one",
    "value",
    "way",
    "variant",
];

/// Whose words a message takes: "use Anand's number", "Tom's version it is", "let's take yours".
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Chosen<'a> {
    /// That speaker's.
    Of(&'a str),
    /// Those of whoever spoke last, but for the one who says so.
    Yours,
}

/// Whose words a message takes, among those who spoke.
pub(super) fn chosen<'a>(
    folded: &str,
    mut speakers: impl Iterator<Item = &'a str>,
) -> Option<Chosen<'a>> {
    let takes = english().taking.stand_in(folded);
    let denies = ["not", "don't", "never", "why"]
        .iter()
        .any(|it| has(folded, it));
    if folded.contains('?') || denies {
        return None;
    }
    let alone = |clause: &str| {
        let words = options::heavy(clause);
        matches!(words.as_slice(), ["yours" | "hers" | "his" | "theirs"])
    };
    if options::clauses(folded).any(alone) {
        return Some(Chosen::Yours);
    }
    if !takes {
        return None;
    }
    if ["yours", "your number", "your figure", "your version"]
        .iter()
        .any(|it| has(folded, it))
    {
        return Some(Chosen::Yours);
    }
    speakers
        .find(|name| {
            let name = text::fold(name);
            let called = |word: &str| has(folded, &format!("{name}'s {word}"));
            let named = !name.is_empty() && folded.contains(&name);
            named && WORDS.iter().any(|word| called(word))
        })
        .map(Chosen::Of)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_a_speaker_are_taken() {
        let check = |folded: &str, expected: Option<Chosen<'_>>| {
            assert_eq!(
                chosen(folded, ["Tom", "Lucy"].into_iter()),
                expected,
                "{folded}"
            );
        };
        check("right, tom's version it is", Some(Chosen::Of("Tom")));
        check("use lucy's number pls", Some(Chosen::Of("Lucy")));
        check("ok let's use yours", Some(Chosen::Yours));
        check("let's not use tom's number", None);
        check("do we take tom's number?", None);
        check("tom's number is on the door", None);
        check("we take anna's number", None);
    }
}
