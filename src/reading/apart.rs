//! Numbers beside which nothing names their field: it is named at a distance, was spoken of before, or
//! the number itself says enough.

use super::Found;
use super::lexicon::{Role, Side};
use super::numbers::{Clause, Pair};
use super::rejoined::is_figure;
use super::sentence::{Element, Kind};
use super::shapes::fits;
use crate::plan::{self, Field, Scan, Shape};

/// How many elements may stand between a field's name and a number, and how many of these may be
/// words that are not known to say nothing.
const ACROSS: usize = 7;
const UNKNOWN: usize = 3;

impl Clause<'_> {
    /// "NRR 105%, target 115%", "35% in SMB, 15% in enterprise": the field that was spoken of last,
    /// or its target.
    pub(super) fn twin(&self, at: usize, scan: &Scan, last: Option<&Found>) -> Option<Pair> {
        let (start, end) = self.chunk(at);
        let is_segment = |it: usize| self.elements[it].choice_of("icp.segment").is_some();
        let quiet = (start..end).all(|it| {
            let element = &self.elements[it];
            it == at
                || element.is_filler()
                || element.kind == Kind::Sign
                || is_segment(it)
                || element.is_one_of(&["customers", "clients", "companies", "accounts"])
        });
        let field = last?.field;
        let aimed = self.targeted(Pair {
            field,
            cue: at,
            cost: 9,
        });
        let aimed = self.paid(aimed, scan);
        let apart = aimed.field.name != field.name || (start..end).any(is_segment);
        let fits = fits(scan, aimed.field, self.elements[at].text, false);
        (quiet && apart && fits).then_some(aimed)
    }

    /// A field that is named by itself earlier in the clause, across a few words that name nothing
    /// else: "churn has settled down at 2%".
    pub(super) fn across(&self, at: usize, scan: &Scan) -> Option<Pair> {
        let compared = self.element(at + 1).is_some_and(|it| {
            it.is_one_of(&[
                "higher", "lower", "more", "less", "better", "worse", "off", "discount",
            ])
        });
        if compared {
            return None;
        }
        let mut unknown = 0;
        for cue in (self.range.start..at).rev().take(ACROSS) {
            let element = &self.elements[cue];
            let mut roles = element.roles().iter();
            let named = roles.find_map(|role| match role {
                Role::Cue(field, Side::Around) | Role::Name(field) => Some(*field),
                _ => None,
            });
            if let Some(field) = named {
                let single = field.kind != plan::Kind::Count;
                let fits = single && fits(scan, field, self.elements[at].text, false);
                let ours = fits
                    && self.may_begin(cue, field, at)
                    && !self.is_cost_of_another(cue, field)
                    && !self.is_of_something(cue + 1, at)
                    && !self.is_of_something(at + 1, self.range.end);
                return ours.then_some(Pair {
                    field,
                    cue,
                    cost: 9,
                });
            }
            let quiet = element.is_filler() || element.choice_of("icp.segment").is_some();
            unknown += usize::from(!quiet);
            if unknown > UNKNOWN || element.kind != Kind::Word && !quiet {
                return None;
            }
        }
        None
    }

    /// Whether the words name something that the cue is of: "the price of lunch", "churn at Acme".
    fn is_of_something(&self, from: usize, to: usize) -> bool {
        const OF: &[&str] = &["of", "for", "with", "from", "by", "at", "in", "on", "about"];
        let noun = |it: usize| {
            let mut rest = (it + 1..to).map(|it| &self.elements[it]);
            let named = rest.find(|it| !it.is_one_of(&["the", "a", "an", "our", "my", "this"]));
            named.is_some_and(|it| {
                let says = matches!(it.kind, Kind::Word | Kind::Phrase(_)) && !it.is_filler();
                says && it.choice_of("icp.segment").is_none()
            })
        };
        (from..to).any(|it| self.elements[it].is_one_of(OF) && noun(it))
    }

    /// "CAC is 700": whether a word is the name of a figure that the talk is not of, and no choice alone.
    fn names_another_figure(&self, it: &Element<'_>) -> bool {
        let another = |field: &Field| is_figure(field.kind) && Some(field) != self.topic;
        it.roles().iter().any(|role| match role {
            Role::Name(field) => another(field),
            _ => false,
        })
    }

    /// A price that stands alone among words that say nothing, or the value of the talk's topic.
    pub(super) fn bare(&self, at: usize, scan: &Scan) -> Option<Pair> {
        let (start, end) = self.chunk(at);
        let others = (start..end)
            .filter(|&it| it != at)
            .map(|it| &self.elements[it]);
        let quiet = |it: &Element<'_>| {
            let silent =
                it.is_filler() || it.is_number() || it.kind == Kind::Sign || it.text.len() == 1;
            let chosen = || it.choice() && !self.names_another_figure(it);
            silent || it.choice_of("icp.segment").is_some() || it.leads_in() || chosen()
        };
        if !others.into_iter().all(quiet) || self.unknown_words() > 2 {
            return None;
        }
        let is_price = match &scan.shape {
            Shape::Money(amount) => amount.marked && (!amount.period.is_empty() || amount.unit),
            _ => false,
        };
        // "18k per customer per year" is what a contract is worth.
        let is_contract = match &scan.shape {
            Shape::Money(amount) => {
                amount.period == "a year" && amount.holder == Some(plan::Holder::Account)
            }
            _ => false,
        };
        if is_contract {
            let field = plan::field("pricing.acv")?;
            return Some(Pair {
                field,
                cue: at,
                cost: 9,
            });
        }
        let price = plan::field("pricing.price").filter(|_| is_price);
        let topic = self
            .topic
            .filter(|topic| fits(scan, topic, self.elements[at].text, true));
        let field = match (topic, price) {
            (Some(topic), Some(price)) if topic.kind != plan::Kind::Price => price,
            (topic, price) => topic.or(price)?,
        };
        Some(Pair {
            field,
            cue: at,
            cost: 9,
        })
    }
}
