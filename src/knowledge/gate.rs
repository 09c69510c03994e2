//! The two gates before an answer: is it go-to-market at all, and does a held section answer it.
//!
//! Neither looks at one score. What each sign counts is fitted to examples, the questions that the
//! sections list against those in `knowledge/declined/`, and stands in `knowledge/gate.toml`.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::entry::EntryKind;
use super::evidence::{Bar, Evidence, Sign};

/// Whether the library answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// A held section answers.
    Held,
    /// It is about going to market, but the library does not hold it.
    NotHeld,
    /// It is about something else.
    OutOfScope,
}

/// Both gates.
#[derive(Debug, Clone)]
pub(super) struct Gates {
    /// Is it about going to market?
    pub(super) market: Gate,
    /// Does a held section answer it?
    pub(super) held: Gate,
}

/// One gate: a logistic model of the signs.
#[derive(Debug, Clone)]
pub(super) struct Gate {
    /// The least chance that passes, from 0 to 1.
    pub(super) least: f32,
    pub(super) bias: f32,
    /// What each sign counts that this gate weighs.
    pub(super) weights: Vec<(Sign, f32)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    market: Written,
    held: Written,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    least: f32,
    bias: f32,
    weights: BTreeMap<String, f32>,
}

impl Gates {
    /// Reads both.
    pub(super) fn read(words: &str) -> Result<Self, String> {
        let file: File = toml::from_str(words).map_err(|error| error.to_string())?;
        Ok(Self {
            market: Gate::of(&file.market)?,
            held: Gate::of(&file.held)?,
        })
    }

    /// What becomes of a question whose best section is of that kind.
    pub(super) fn decide(&self, evidence: &Evidence, best: Option<EntryKind>) -> Outcome {
        // What somebody wants written is of the field if any of its words is.
        let is_of_field = match evidence.bar {
            Some(Bar::Order) => false,
            Some(Bar::Writing) if evidence.get(Sign::IsMarket) > 0.0 => true,
            _ => self.market.passes(evidence),
        };
        if !is_of_field {
            Outcome::OutOfScope
        } else if self.held.passes(evidence)
            && evidence.bar != Some(Bar::Writing)
            && !is_all_beside(evidence)
            && best.is_some_and(|kind| kind != EntryKind::Gap)
        {
            Outcome::Held
        } else {
            Outcome::NotHeld
        }
    }
}

/// So few words are about the topic beside the library that stands in them, and not a tale in which it
/// comes up.
const FEW: f32 = 5.0;

fn is_all_beside(evidence: &Evidence) -> bool {
    evidence.bar == Some(Bar::Beside) && evidence.get(Sign::Length) <= FEW.ln_1p()
}

impl Gate {
    fn of(written: &Written) -> Result<Self, String> {
        let named = written.weights.iter().map(|(name, weight)| {
            let sign = Sign::ALL.into_iter().find(|sign| sign.name() == name);
            let sign = sign.ok_or_else(|| format!("the gates weigh no `{name}`"))?;
            Ok((sign, *weight))
        });
        Ok(Self {
            least: written.least,
            bias: written.bias,
            weights: named.collect::<Result<_, String>>()?,
        })
    }

    fn passes(&self, evidence: &Evidence) -> bool {
        self.chance(evidence) >= self.least
    }

    /// How probable it is, from 0 to 1.
    pub(super) fn chance(&self, evidence: &Evidence) -> f32 {
        let weighed = self.weights.iter();
        let sum: f32 = weighed
            .map(|(sign, weight)| evidence.get(*sign) * weight)
            .sum();
        1.0 / (1.0 + (-(self.bias + sum)).exp())
    }
}
