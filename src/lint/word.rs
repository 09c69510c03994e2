//! The engine's own words: what is unknown, what does not apply, what a reader must know besides.

use super::Severity;
use super::expr::{Gap, Quantity, V, show};
use super::page::{Band, in_order};
use super::values_in_force::InForce;
use crate::ident::RuleSlug;
use crate::plan::{self, Field, InCurrency, field};

/// A rule about somebody else.
pub(crate) const ELSEWHERE: &str = "Does not concern this plan as it stands";

/// An absence rule before its stage.
pub(crate) const TOO_EARLY: &str = "Need not be answered at this stage yet";

/// A rule about the history of a plan that comes without one.
pub(crate) const NO_HISTORY: &str = "Reads who changed what and when, which is not known here";

/// Why a rule cannot decide.
///
/// `money` are the amounts that were looked at, for where two of them stand in two currencies.
pub(crate) fn unknown<'a>(gap: &Gap, money: impl FnOnce() -> Vec<InCurrency<'a>>) -> String {
    let mut labels = labels(&in_order(gap.missing));
    let notes: Vec<String> = gap.notes.iter().cloned().collect();
    if let Some((one, two)) = gap.currencies {
        let amounts = plan::in_two_currencies(&money());
        let amounts = amounts.unwrap_or_else(|| {
            let [one, two] = [one, two].map(String::from);
            format!("amounts in {one} and {two} are not mixed")
        });
        let for_them = if labels.is_empty() { "" } else { " and for " };
        labels = format!("{labels}{for_them}one currency ({amounts})");
    }
    match (labels.as_str(), notes.is_empty()) {
        ("", _) => format!("Cannot be decided: {}", notes.join("; ")),
        (labels, true) => format!("Waits for {labels}"),
        (labels, false) => format!("Waits for {labels}: {}", notes.join("; ")),
    }
}

/// Why a rule has nothing to read.
pub(crate) fn not_applicable(gap: &Gap) -> String {
    let labels = labels(&in_order(gap.not_applicable));
    format!("The plan says that this does not apply: {labels}")
}

/// Why a finding near a boundary is only advice.
pub(crate) fn near(in_force: &InForce<'_>, band: &Band) -> String {
    let words = [band.share, band.boundary].map(|place| quantity(&in_force.values[place]));
    let [share, boundary] = words;
    format!("Within {share} of {boundary}, a boundary that its source calls approximate: advice")
}

/// Why a finding weighs less than its rule says.
pub(crate) fn softened(by: &RuleSlug, before: Severity, after: Severity) -> String {
    if before == after {
        return format!("Already advice; `{by}` speaks for it too");
    }
    let (before, after) = (before.as_str(), after.as_str());
    format!("Lowered from {before} to {after}: the account is expected to grow (`{by}`)")
}

/// Several notes as one, or none.
pub(crate) fn joined(notes: &[String]) -> Option<String> {
    if notes.is_empty() {
        return None;
    }
    Some(notes.join(". "))
}

fn quantity(value: &V) -> String {
    match value {
        V::Quantity(Quantity { unit, .. }) => show(value, &super::expr::Type::Unit(*unit)),
        _ => String::new(),
    }
}

fn labels(names: &[&'static str]) -> String {
    let label = |name: &&str| field(name).map_or_else(|| (*name).to_owned(), Field::label);
    let mut labels: Vec<String> = names.iter().map(label).collect();
    match labels.pop() {
        None => String::new(),
        Some(last) if labels.is_empty() => last,
        Some(last) => format!("{} and {last}", labels.join(", ")),
    }
}
