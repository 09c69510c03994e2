//! Of whom and of when a clause tells: somebody by name, customers and others, the past.

use super::phrases::{find, has};
use super::sentence::Element;
use super::words::english;

/// What was done to a decision that holds: "this was fixed on Monday".
const SETTLED: &[&str] = &[
    "fixed",
    "chosen",
    "picked",
    "selected",
    "defined",
    "mapped",
    "designed",
    "agreed",
    "decided",
    "set",
    "signed",
    "confirmed",
    "settled",
    "approved",
    "ok'd",
    "revised",
    "corrected",
    "changed",
    "updated",
    "lowered",
    "raised",
    "moved",
    "put",
    "cut",
    "found",
    "switched",
    "estimated",
    "renamed",
    "voted",
    "chosen",
    "picked",
];

/// Whether a word is somebody else's name: "Globex's ACV".
pub(super) fn is_of_somebody(word: &str) -> bool {
    word.strip_suffix("'s").is_some_and(|name| {
        !matches!(
            name,
            "it" | "smb"
                | "enterprise"
                | "market"
                | "consumer"
                | "that"
                | "there"
                | "here"
                | "what"
                | "let"
                | "he"
                | "she"
                | "who"
                | "company"
                | "customer"
                | "today"
                | "plan"
                | "year"
                | "month"
                | "quarter"
                | "everyone"
                | "everybody"
                | "client"
                | "buyer"
                | "one"
                | "where"
                | "how"
                | "team"
                | "product"
                | "everything"
                | "this"
                | "nobody"
                | "why"
                | "when"
                | "something"
                | "nothing"
                | "somebody"
                | "someone"
        )
    })
}

/// "Hubspot starts at $20": whether a sentence begins with a product that is known to be somebody else's, and
/// what it does.
pub(super) fn is_of_vendor(elements: &[Element<'_>]) -> bool {
    let mut telling = elements.iter().filter(|it| !it.is_filler());
    let vendor = telling
        .next()
        .is_some_and(|it| english().vendors.contains(it.text));
    let word = |it: &Element<'_>| {
        it.text
            .split(' ')
            .next()
            .is_some_and(|it| english().verbs.contains(it))
    };
    vendor && elements.iter().skip(1).take(2).any(word)
}

/// Whether words tell of the past.
pub(super) fn is_past(part: &str) -> bool {
    (english().past.stand_in(part) && !is_settled(part)) || is_back_then(part)
}

/// Whether a sentence begins with "they", customers or others, and with nobody by name.
pub(super) fn is_of_group(elements: &[Element<'_>]) -> bool {
    const GROUPS: &[&str] = &[
        "they",
        "they're",
        "they've",
        "they'd",
        "he",
        "she",
        "their",
        "customers",
        "customer",
        "prospects",
        "prospect",
        "clients",
        "client",
        "people",
        "users",
        "buyers",
        "buyer",
        "nobody",
        "everybody",
        "everyone",
        "others",
        "else",
        "companies",
        "somebody",
        "vendors",
        "competitors",
        "competitor",
        "competition",
        "one",
    ];
    elements
        .iter()
        .take(5)
        .flat_map(|it| it.text.split(' '))
        .any(|word| GROUPS.contains(&word) || english().roles.contains(word))
}

/// "We moved the price to $89 yesterday": what was changed of late holds now.
fn is_settled(part: &str) -> bool {
    let settled = ["was", "were"].iter().any(|was| {
        find(part, was).is_some_and(|at| {
            let next = part[at + was.len()..].split_whitespace().next();
            next.is_some_and(|next| SETTLED.contains(&next))
        })
    });
    let recent = || english().recently.stand_in(part);
    settled || (recent() && english().settling.stand_in(part))
}

/// Whether words put something off to no date.
pub(super) fn is_for_someday(whole: &str) -> bool {
    let mut later = english().someday.standing_in(whole);
    later.any(|later| !is_length(whole, later))
}

/// "Sales calls back in one day" is no day to come.
fn is_length(whole: &str, later: &str) -> bool {
    later == "one day"
        && ["in one day", "within one day", "after one day"]
            .iter()
            .any(|it| has(whole, it))
}

/// "Back in 2022", "until 2024".
fn is_back_then(part: &str) -> bool {
    ["back in", "until", "till", "before", "up to"]
        .iter()
        .any(|words| {
            find(part, words).is_some_and(|at| {
                let rest = part[at + words.len()..].trim_start();
                let digits = rest.chars().take_while(char::is_ascii_digit).count();
                digits == 4 && rest.starts_with("20")
            })
        })
}
