//! "Flat or per building?": a unit that a question names is weighed by name.

use super::answer::Cited;
use super::lead::section;
use crate::knowledge::{Hit, library};
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
    let unit = of_its_own(&asked).or_else(|| things(&asked))?;
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

/// The unit that stands behind "per".
fn of_its_own<'a>(asked: &[&'a str]) -> Option<&'a str> {
    let mut pairs = asked.windows(2).filter(|two| two[0] == "per");
    let is_own = |unit: &str| !NOT_ITS_OWN.contains(&unit) && unit.chars().all(char::is_alphabetic);
    pairs.find(|two| is_own(two[1])).map(|two| two[1])
}

/// The things that are priced, where seats are weighed for them: `per seat or flat for buildings`. Of people a
/// seat is the unit; what stands there is a thing if nothing shows that it acts.
fn things<'a>(asked: &[&'a str]) -> Option<&'a str> {
    const SEATS: [&str; 4] = ["seat", "seats", "user", "users"];
    const ACTING: [&str; 6] = ["er", "or", "ist", "ant", "ian", "ent"];
    if !asked.iter().any(|word| SEATS.contains(word)) {
        return None;
    }
    let [.., "for", things] = asked else {
        return None;
    };
    let thing = things.strip_suffix('s').filter(|thing| thing.len() > 3)?;
    let acts = ACTING.iter().any(|end| thing.ends_with(end));
    let is_known = NOT_ITS_OWN.contains(&thing) || library().has_a_term_in(things);
    (!acts && !is_known).then_some(thing)
}

/// The section that says by what to charge.
pub(super) fn section_on_units() -> Option<Cited> {
    section("value-metric", "what-to-charge-for")
}
