//! "Flat or per building?": a unit that a question names is weighed by name.

use super::answer::Cited;
use super::lead::section;
use crate::knowledge::Hit;
use crate::text::{fold, words};

/// The entries that say what a price may count.
const ABOUT: [&str; 2] = ["pricing-models", "value-metric"];
/// What stands behind "per" and is no unit of a team's own.
const NOT_ITS_OWN: [&str; 22] = [
    "seat", "user", "person", "head", "employee", "licence", "license", "month", "year", "mo",
    "yr", "day", "week", "quarter", "account", "customer", "client", "se", "use", "usage", "cent",
    "unit",
];

/// When the unit that a question names is the one to charge by; nothing where it names none of its own or
/// is about something else.
pub(super) fn weighed(question: &str, hits: &[Hit<'static>]) -> Option<String> {
    let best = hits.first()?;
    if !ABOUT.contains(&best.entry.id.as_str()) {
        return None;
    }
    let folded = fold(question);
    let asked = words(&folded);
    let mut pairs = asked.windows(2).filter(|two| two[0] == "per");
    let unit = pairs
        .find(|two| !NOT_ITS_OWN.contains(&two[1]) && two[1].chars().all(char::is_alphabetic))
        .map(|two| two[1])?;
    let says = |some: &[&str]| asked.iter().any(|word| some.contains(word));
    let flat = says(&["flat", "fixed"]).then_some(
        "a flat fee is simpler, but whoever gets ten times the value then pays the same",
    );
    let seats = says(&["seat", "seats", "user", "users"])
        .then_some("seats are right only where value rises with the number of users");
    let others: Vec<&str> = flat.into_iter().chain(seats).collect();
    let beside = if others.is_empty() {
        String::new()
    } else {
        format!("; {}", others.join(", and "))
    };
    Some(format!(
        "Charge per {unit} if customers get more out of the product with every further {unit} and can foresee the bill{beside}."
    ))
}

/// The section that says by what to charge.
pub(super) fn section_on_units() -> Option<Cited> {
    section("value-metric", "what-to-charge-for")
}
