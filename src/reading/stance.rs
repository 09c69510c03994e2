//! Whether a message agrees with those before it, refuses them, or settles the matter.

use super::Finding;
use super::phrases::{Phrases, has};
use super::words::english;
use crate::plan::{self, Kind, Period, Value};

/// What a message does with the messages before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stance {
    /// Agrees with them.
    Agrees,
    /// Refuses them or takes them back.
    Refuses,
    /// Neither.
    Neutral,
}

/// Small pictures that agree or refuse.
const PICTURES: &[(&str, Stance)] = &[
    (":+1:", Stance::Agrees),
    (":thumbsup:", Stance::Agrees),
    (":white_check_mark:", Stance::Agrees),
    (":heavy_check_mark:", Stance::Agrees),
    ("👍", Stance::Agrees),
    ("✅", Stance::Agrees),
    (":100:", Stance::Agrees),
    (":ok_hand:", Stance::Agrees),
    (":-1:", Stance::Refuses),
    (":thumbsdown:", Stance::Refuses),
    ("👎", Stance::Refuses),
];

/// What a message does with the messages before it.
pub(super) fn stance(typed: &str, folded: &str) -> Stance {
    if folded.contains('?') {
        return Stance::Neutral;
    }
    let begins = |phrases: &Phrases| {
        phrases.beginning(folded).any(|phrase| {
            let rest = &folded[phrase.len()..];
            let votes = phrase == "+1" && rest.trim_start().starts_with("for ");
            let harmless = phrase == "no" && is_harmless(rest);
            !votes && !harmless
        })
    };
    let mut refusing = english().refusing.standing_in(folded);
    let takes_back = refusing.any(|phrase| phrase.ends_with(" that") || phrase.ends_with(" it"));
    if begins(&english().refusing) || takes_back {
        return Stance::Refuses;
    }
    if begins(&english().agreeing)
        || has(folded, "works for me")
        || has(folded, "is right")
        || folded.contains("'s right")
        || has(folded, "you're right")
        || has(folded, "youre right")
        || has(folded, "agree with")
        || has(folded, "i'm with")
        || has(folded, "let's go with that")
        || has(folded, "i'm ok with that")
    {
        let hedged = [" but ", "not sure", "unless", "if "]
            .iter()
            .any(|hedge| folded.contains(hedge));
        return if hedged {
            Stance::Neutral
        } else {
            Stance::Agrees
        };
    }
    let picture = PICTURES
        .iter()
        .find(|(mark, _)| typed.trim_start().starts_with(mark));
    picture.map_or(Stance::Neutral, |&(_, stance)| stance)
}

/// Whether a "no" before these words refuses nothing: "no idea", "no problem".
fn is_harmless(rest: &str) -> bool {
    let next = rest.split_whitespace().next().unwrap_or_default();
    let next = next.trim_matches(|c: char| !c.is_alphanumeric());
    let nouns = [
        "idea",
        "clue",
        "problem",
        "problems",
        "worries",
        "doubt",
        "objection",
        "objections",
        "rush",
        "strong",
        "opinion",
        "concerns",
        "issue",
        "issues",
        "notes",
        "complaints",
    ];
    nouns.contains(&next)
}

/// Whether a message settles what was argued.
pub(super) fn is_decision(folded: &str) -> bool {
    [
        "decided",
        "decision:",
        "agreed",
        "it is",
        "final",
        "settled",
        "we'll go with",
        "we go with",
        "let's go with",
        "going with",
        "lock in",
        "to summarize",
        "summary",
        "to recap",
        "recap",
        "tl;dr",
        "conclusion",
        "then",
        "instead",
    ]
    .iter()
    .any(|phrase| has(folded, phrase.trim_end_matches(':')))
}

/// The amounts of money in folded words, as typed.
pub(super) fn amounts(folded: &str) -> Vec<String> {
    let mut amounts = Vec::new();
    let mut at = 0;
    while at < folded.len() {
        let rest = &folded[at..];
        let begins = at == 0 || folded[..at].ends_with(|c: char| !c.is_alphanumeric() && c != '.');
        if begins && let Some(found) = plan::scan(rest).filter(|found| found.length > 0) {
            amounts.push(rest[..found.length].to_owned());
            at += found.length;
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    amounts
}

/// Whether words are the amount of a value, with its period left out or not.
pub(super) fn is_amount_of(words: &str, finding: &Finding) -> bool {
    let Some(field) = plan::field(finding.field.name) else {
        return false;
    };
    let context = plan::ParseContext {
        currency: match &finding.value {
            Value::Price(price) => price.amount.currency,
            Value::MoneyPerYear(money) | Value::Money(money) => money.currency,
            _ => plan::Currency::USD,
        },
        today: jiff::civil::date(2026, 1, 1),
    };
    let whole = match (&finding.value, field.kind) {
        (Value::Price(price), Kind::Price) => {
            let period = match price.per {
                Period::Month => "a month",
                Period::Year => "a year",
                Period::Once => "once",
                Period::Unit => "per unit",
            };
            format!("{words} {period}")
        }
        _ => words.to_owned(),
    };
    field
        .parse(&whole, &context)
        .or_else(|_| field.parse(words, &context))
        .is_ok_and(|value| value == finding.value)
}
