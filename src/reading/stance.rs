//! Whether a message agrees with those before it, refuses them, or settles the matter.

use super::Finding;
use super::options;
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

/// Small pictures that are glad of what was said, where they are all of a message.
const GLAD: &[char] = &[
    '🔥', '🎉', '🙌', '👏', '💪', '👌', '🙏', '🥳', '🤩', '🚀', '❤',
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
            // "Ok and the total?" goes on to another matter.
            let goes_on = rest.starts_with(" and ");
            !votes && !harmless && !compares && !goes_on
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
    if ends_agreeing(folded) {
        return Stance::Agrees;
    }
    if begins(&english().agreeing)
        || folded.contains("'s right")
        || AGREES.iter().any(|it| has(folded, it))
        || (CHANGES.iter().any(|it| has(folded, it)) && !has(folded, "not"))
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
    let wordless = !typed.contains(char::is_alphanumeric);
    if wordless && GLAD.iter().any(|it| typed.contains(*it)) {
        return Stance::Agrees;
    }
    let picture = PICTURES
        .iter()
        .find(|(mark, _)| typed.trim_start().starts_with(mark));
    picture.map_or(Stance::Neutral, |&(_, stance)| stance)
}

/// Whether a message agrees in its last words: "killjoy. but yes".
fn ends_agreeing(folded: &str) -> bool {
    const BEFORE: &[&str] = &["but", "and", "ok", "so", "oh", "well", "fine", "hm"];
    let last = options::clauses(folded).last().unwrap_or_default();
    let mut words = last.split_whitespace().skip_while(|it| BEFORE.contains(it));
    let yes = ["yes", "yep", "yeah", "agreed", "true", "fair", "correct"];
    words.next().is_some_and(|it| yes.contains(&it)) && words.next().is_none()
}

/// Words that agree wherever they stand.
const AGREES: &[&str] = &[
    "works for me",
    "is right",
    "you're right",
    "youre right",
    "agree with",
    "i'm with",
    "let's go with that",
    "i'm ok with that",
];

/// Words of somebody who writes down what another has said.
const CHANGES: &[&str] = &[
    "changing it",
    "changing the",
    "fixing it",
    "fixing the",
    "updating it",
    "updating the",
    "correcting it",
    "correcting the",
    "writing it down",
    "i'll change it",
    "i'll fix it",
    "i'll update it",
    "i'll correct it",
];

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
    // "No tears from me".
    let own = ["from me", "from my side", "from us"];
    nouns.contains(&next)
        || own
            .iter()
            .any(|it| rest.trim_end_matches(['.', '!']).ends_with(it))
}

/// Whether a message only says no, and takes nothing back: "nah, the 412 is right".
pub(super) fn denies_only(folded: &str) -> bool {
    let refusing = english().refusing.standing_in(folded);
    let mut others = refusing.filter(|it| !matches!(*it, "no" | "nope" | "nah"));
    let named = ["ignore", "forget", "scrap", "scratch", "wrong"];
    others.next().is_none() && !named.iter().any(|it| has(folded, it))
}

/// Whether a message only asks whether what was said is sure: "final?", "you're sure?"
pub(super) fn is_doubt(folded: &str) -> bool {
    const DOUBTS: &[&str] = &[
        "sure",
        "final",
        "certain",
        "official",
        "signed",
        "really",
        "serious",
        "seriously",
        "confirmed",
        "settled",
        "positive",
    ];
    let last = folded
        .rsplit(['.', '!', ','])
        .next()
        .unwrap_or_default()
        .trim();
    let Some(asked) = last.strip_suffix('?') else {
        return false;
    };
    let words: Vec<&str> = asked.split_whitespace().collect();
    let beside = [
        "you",
        "you're",
        "are",
        "is",
        "it",
        "that",
        "and",
        "this",
        "100%",
        "absolutely",
        "for",
        "ok",
    ];
    words.iter().any(|it| DOUBTS.contains(it))
        && words
            .iter()
            .all(|it| DOUBTS.contains(it) || beside.contains(it))
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

/// Whether a clause takes a figure and says no more: "so yes, take 6.1".
pub(super) fn takes_amount(folded: &str) -> bool {
    let takes = |clause: &str| {
        let words = options::heavy(clause);
        let takes = ["take", "use", "put", "go with", "keep"]
            .iter()
            .any(|it| has(clause, it));
        takes && words.len() == 1 && words[0].starts_with(|it: char| it.is_ascii_digit())
    };
    options::clauses(folded).any(takes)
}

/// Whether a message settles what was argued.
pub(super) fn is_decision(folded: &str) -> bool {
    english().deciding.stand_in(folded)
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

/// Whether an amount is typed with its sign or unit: "$69", and no "69".
pub(super) fn is_marked(words: &str) -> bool {
    words.contains(|it: char| !it.is_ascii_digit() && it != '.')
}

/// What reading a value again depends on.
fn context_of(finding: &Finding) -> plan::ParseContext {
    plan::ParseContext {
        currency: match &finding.value {
            Value::Price(price) => price.amount.currency,
            Value::MoneyPerYear(money) | Value::Money(money) => money.currency,
            _ => plan::Currency::USD,
        },
        today: jiff::civil::date(2026, 1, 1),
    }
}

/// Whether words are the amount of a value, with its period left out or not.
pub(super) fn is_amount_of(words: &str, finding: &Finding) -> bool {
    let Some(field) = plan::field(finding.field.name) else {
        return false;
    };
    let context = context_of(finding);
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
