//! Whom a team sells to, by its own word: "property managers" are its customers, and what the library says
//! to other teams of that trade is no nearer to its question.

use super::compose::Asking;
use crate::plan::{Answer, Value, field};
use crate::text::fold;

/// What stands in their place.
const CUSTOMERS: &str = "customers";
/// Heads of a trade's name that mean much else.
const OPEN: [&str; 22] = [
    "managers",
    "owners",
    "companies",
    "firms",
    "teams",
    "people",
    "businesses",
    "business",
    "software",
    "services",
    "tools",
    "products",
    "leaders",
    "directors",
    "users",
    "buyers",
    "sellers",
    "providers",
    "vendors",
    "organisations",
    "organizations",
    "sales",
];

/// A question with the team's customers called so.
pub(super) fn without(question: &str, asking: &Asking<'_>) -> String {
    let mut said = question.to_owned();
    for name in names(asking) {
        said = replaced(&said, &name);
        let head = name.rsplit(' ').next().unwrap_or_default();
        let is_plain = head.ends_with('s') && head.len() > 4 && !OPEN.contains(&head);
        if is_plain && !asking.library.has_a_term_in(head) {
            said = replaced(&said, head);
        }
    }
    said
}

/// The trades of the plan, folded.
fn names(asking: &Asking<'_>) -> Vec<String> {
    let segment = asking.plan.segment_or_default(None);
    let industry = field("icp.industry").and_then(|it| asking.plan.answer(it, Some(&segment)));
    match industry {
        Some(Answer::Known(Value::List(trades))) => {
            let names = trades.iter().map(|trade| fold(trade));
            names.filter(|name| name.len() > 4).collect()
        }
        _ => Vec::new(),
    }
}

/// The words with a name replaced wherever it stands as words of its own.
fn replaced(words: &str, name: &str) -> String {
    let lower = words.to_ascii_lowercase();
    let Some(at) = lower.find(name) else {
        return words.to_owned();
    };
    let end = at + name.len();
    let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let (before, after) = (&words[..at], &words[end..]);
    if is_letter(before.chars().next_back()) || is_letter(after.chars().next()) {
        return words.to_owned();
    }
    format!("{before}{CUSTOMERS}{}", replaced(after, name))
}
