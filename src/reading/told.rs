//! Of whom and of when a clause tells: somebody by name, customers and others, the past.

use super::phrases::find;
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
