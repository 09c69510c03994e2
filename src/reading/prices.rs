//! Prices in their many forms: tiers in a row, vague figures, what a customer pays a year, and what
//! is no price of ours.

use super::lexicon::Role;
use super::mood::Mood;
use super::numbers::{Clause, Pair};
use super::sentence::{Element, Kind};
use super::shapes::spelled;
use super::words::english;
use super::{Finding, Found, Question};
use crate::plan::{self, Field, Scan, Shape, Value};

/// From how much a year on what a customer pays is the value of a contract and no list price, in
/// units of the currency.
const CONTRACT: i64 = 2_000;

/// How a number is spelled for a field; a price of no period is paid once where its sentence says so:
/// "one-time price, $2,500".
pub(super) fn paid(elements: &[Element<'_>], scan: &Scan, field: &Field, typed: &str) -> String {
    let words = spelled(scan, field, typed);
    let open = match &scan.shape {
        Shape::Money(amount) => amount.period.is_empty() && !amount.unit,
        Shape::Plain { .. } => true,
        _ => false,
    };
    if field.kind != plan::Kind::Price || !open || !is_once(elements) {
        return words;
    }
    format!("{words} once")
}

/// Whether words say that something is paid once.
fn is_once(elements: &[Element<'_>]) -> bool {
    let words = elements.iter().flat_map(|it| it.text.split(' '));
    let words: Vec<&str> = words.filter(|it| *it != "-").collect();
    let once = words
        .windows(2)
        .any(|it| matches!(it, ["one", "time" | "off"]));
    once || words.contains(&"once")
}

/// The words of the prices that were read.
pub(super) fn quotes(findings: &[(Mood, Finding)]) -> Vec<String> {
    let prices = findings
        .iter()
        .filter(|(_, it)| it.field.name == "pricing.price");
    prices.map(|(_, it)| it.quote.clone()).collect()
}

/// Lets go of what a price is for where the price itself is gone.
pub(super) fn let_go_of_holders(findings: &mut Vec<(Mood, Finding)>, prices: &[String]) {
    let left = quotes(findings);
    findings.retain(|(_, it)| {
        let gone = prices.contains(&it.quote) && !left.contains(&it.quote);
        it.field.name != "pricing.per" || !gone
    });
}

impl Clause<'_> {
    /// A contract's value where customers are said to pay so much a year: "they pay us 7k a year".
    pub(super) fn paid(&self, pair: Pair, scan: &Scan) -> Pair {
        let yearly = match &scan.shape {
            Shape::Money(amount) => {
                amount.period == "a year" && amount.holder.is_none() && !amount.unit
            }
            _ => false,
        };
        let by_customers = self.range.clone().any(|at| {
            let mut words = self.elements[at].text.split(' ');
            words.any(|word| {
                matches!(
                    word,
                    "customer" | "customers" | "client" | "clients" | "they"
                )
            }) || (at < pair.cue && self.elements[at].choice_of("icp.segment").is_some())
        });
        if pair.field.name != "pricing.price" || !yearly || !by_customers {
            return pair;
        }
        let Some(acv) = plan::field("pricing.acv") else {
            return pair;
        };
        match acv.parse(&spelled(scan, acv, ""), &self.context) {
            Ok(Value::MoneyPerYear(money)) if money.ten_thousandths >= CONTRACT * 10_000 => {
                Pair { field: acv, ..pair }
            }
            _ => pair,
        }
    }

    /// Whether a price cue such as "costs" has something else for its subject: "the agency costs 2k".
    pub(super) fn is_cost_of_another(&self, cue: usize, field: &Field) -> bool {
        let verb = self.elements[cue]
            .text
            .split(' ')
            .any(|word| matches!(word, "cost" | "costs" | "costing"));
        if field.name != "pricing.price" || !verb {
            return false;
        }
        let mut before = self.range.start..cue;
        before.any(|at| {
            let element = &self.elements[at];
            let ours = element
                .text
                .split(' ')
                .any(|word| english().ours.contains(word));
            let named = element.roles().iter().any(|role| match role {
                Role::Name(field) | Role::Cue(field, _) => field.component() == "pricing",
                _ => false,
            });
            let sells = element.choice_of("icp.segment").is_some();
            matches!(element.kind, Kind::Word | Kind::Phrase(_))
                && !element.is_filler()
                && !ours
                && !named
                && !sells
                && !english().adjectives.contains(element.text)
        })
    }

    /// "Sell the starter for $15 a month": the verb stands a few words before.
    pub(super) fn sold_for(&self, at: usize, scan: &Scan) -> Option<Pair> {
        let Shape::Money(amount) = &scan.shape else {
            return None;
        };
        let preposition = at.checked_sub(1).and_then(|before| self.element(before))?;
        if !preposition.is_one_of(&["for", "at"]) || (amount.period.is_empty() && !amount.unit) {
            return None;
        }
        let start = at.saturating_sub(6).max(self.range.start);
        let verb = (start..at - 1).find(|&it| {
            let mut words = self.elements[it].text.split(' ');
            words.any(|word| {
                matches!(
                    word,
                    "sell" | "selling" | "offer" | "offering" | "list" | "price" | "priced"
                )
            })
        })?;
        let field = plan::field("pricing.price")?;
        let ours = self.may_begin(verb, field, at);
        ours.then_some(Pair {
            field,
            cue: verb,
            cost: 8,
        })
    }

    /// "Mid five figures" is no number: it is asked for.
    pub(super) fn figures(&self) -> Option<Question> {
        let at = self
            .range
            .clone()
            .find(|&at| matches!(self.elements[at].text, "figures" | "figure" | "digits"))?;
        let start = at.saturating_sub(3).max(self.range.start);
        let vague = (start..at).find(|&it| {
            matches!(
                self.elements[it].text,
                "low" | "mid" | "high" | "four" | "five" | "six" | "seven" | "4" | "5" | "6" | "7"
            )
        })?;
        let of_money = |field: &&'static Field| {
            matches!(
                field.kind,
                plan::Kind::Money | plan::Kind::MoneyPerYear | plan::Kind::Price
            )
        };
        let mut roles = self.range.clone().flat_map(|it| self.elements[it].roles());
        let named = roles.find_map(|role| match role {
            Role::Cue(field, _) | Role::Name(field) => Some(*field).filter(of_money),
            _ => None,
        });
        let field = named.or_else(|| self.topic.filter(of_money))?;
        Some(Question::vague(field, &self.span(vague, at)))
    }

    /// Several prices in a row behind a cue for tiers or prices.
    pub(super) fn tiers(&self, at: usize) -> Option<(usize, Option<Found>)> {
        let is_money = |it: usize| matches!(self.element(it).map(|it: &Element<'_>| &it.kind), Some(Kind::Number(scan)) if matches!(scan.shape, Shape::Money(_)));
        let joins = |it: usize| {
            self.element(it)
                .is_some_and(|it| it.is_sign(&[",", "/", "&", "+"]) || it.text == "and")
        };
        let mut last = at;
        let mut count = 1;
        loop {
            let mut next = last + 1;
            while joins(next) {
                next += 1;
            }
            if next == last + 1 || !is_money(next) {
                break;
            }
            (last, count) = (next, count + 1);
        }
        if count < 2 || !is_money(at) {
            return None;
        }
        let field = plan::field("pricing.tiers")?;
        let cue = (self.range.start..at).rev().find(|&it| {
            self.elements[it].roles().iter().any(|role| match role {
                Role::Cue(it, _) | Role::Name(it) => {
                    matches!(it.name, "pricing.tiers" | "pricing.price")
                }
                _ => false,
            })
        })?;
        let words = self.span(at, last);
        let value = field.parse(&words, &self.context).ok()?;
        let found = Found {
            field,
            value,
            elements: cue..last + 1,
            holder: None,
        };
        Some((last + 1, Some(found)))
    }
}

#[cfg(test)]
mod tests {
    use crate::reading::testing::check;

    #[test]
    fn what_is_paid_once_has_no_period() {
        check(
            "ok decided: it's 1,500 dollars, one time fee",
            &["pricing.price: $1,500 once"],
        );
        check("we charge $4,900 once", &["pricing.price: $4,900 once"]);
    }
}
