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
            let compares = phrase == "same" && is_same_thing(rest);
            !votes && !harmless && !compares
        })
    };
    let mut refusing = english().refusing.standing_in(folded);
    let endings = [
        " that",
        " it",
        " my number",
        " my numbers",
        " my figure",
        " what i said",
    ];
    let takes_back = refusing.any(|phrase| endings.iter().any(|end| phrase.ends_with(end)));
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

/// Whether "same" before these words only compares: "same trial as now".
fn is_same_thing(rest: &str) -> bool {
    let next = rest.strip_prefix(' ').unwrap_or_default();
    next.starts_with(char::is_alphanumeric)
        && !next.starts_with("here")
        && !next.starts_with("from me")
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

/// Whether a message only says no, and takes nothing back: "nah, the 412 is right".
pub(super) fn denies_only(folded: &str) -> bool {
    let refusing = english().refusing.standing_in(folded);
    let mut others = refusing.filter(|it| !matches!(*it, "no" | "nope" | "nah"));
    let named = ["ignore", "forget", "scrap", "scratch", "wrong"];
    others.next().is_none() && !named.iter().any(|it| has(folded, it))
}

/// Whether a message says that it puts something right: "so 14 months, changed".
pub(super) fn is_put_right(folded: &str) -> bool {
    let words = [
        "changed",
        "corrected",
        "i correct",
        "i'll correct",
        "updated",
        "in the deck now",
        "put right",
    ];
    folded.starts_with("so ") || words.iter().any(|it| has(folded, it))
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
