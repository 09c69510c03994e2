//! The two gates before an answer: is it go-to-market at all, and does a held section answer it.
//!
//! Neither looks at the ranking's score. The first weighs the vocabulary, the second how much of
//! the question's meaning the best section covers.

use super::entry::EntryKind;
use super::index::Index;
use super::lookup::{Best, held};
use super::query::{Unit, UnitKind};
use super::scope::Field;
use super::tokens::tokens;

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

/// What the gates have weighed.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Evidence {
    /// What share of the words belongs to going to market, from 0 to 1.
    pub market: f32,
    /// What share belongs to another field.
    pub elsewhere: f32,
    /// What share no section and no list knows.
    pub unknown: f32,
    /// What share the best section covers.
    pub covered: f32,
    /// How like its best listed question is.
    pub question: f32,
    /// Whether the words order the bot about.
    pub is_order: bool,
    /// Whether they ask for a piece of writing.
    pub is_writing: bool,
}

/// What a listed question must be like for an answer, beside the coverage.
const ENOUGH: f32 = 0.52;
/// How the two count together.
const COVERED: f32 = 0.5;
const QUESTION: f32 = 0.5;
/// What is about going to market has at least this share of its words.
const MARKET: f32 = 0.25;

impl Evidence {
    /// Weighs a question against the index and its best section.
    pub(super) fn weigh(words: &str, units: &[Unit], index: &Index, best: Option<&Best>) -> Self {
        let tokens = tokens(words);
        let mut evidence = Self {
            is_order: index.scope.is_order(&tokens),
            is_writing: index.scope.is_writing(&tokens),
            question: best.map_or(0.0, |best| best.question),
            ..Self::default()
        };
        let mut total = 0.0;
        for unit in units {
            if matches!(unit.kind, UnitKind::Number { .. }) {
                continue;
            }
            let weight = index.weight(unit);
            total += weight;
            match unit.kind {
                UnitKind::Concept | UnitKind::Word(Some(Field::Market)) => {
                    evidence.market += weight;
                }
                UnitKind::Word(Some(Field::Elsewhere)) => evidence.elsewhere += weight,
                UnitKind::Word(None) if !index.knows(unit) => evidence.unknown += weight,
                _ => {}
            }
            if let Some(best) = best {
                evidence.covered += weight * covered(index, unit, best.section);
            }
        }
        if total > 0.0 {
            evidence.market /= total;
            evidence.elsewhere /= total;
            evidence.unknown /= total;
            evidence.covered /= total;
        }
        evidence
    }

    /// How surely the best section answers, from 0 to 1.
    pub fn answered(&self) -> f32 {
        COVERED * self.covered + QUESTION * self.question
    }
}

/// How well a section covers a unit.
fn covered(index: &Index, unit: &Unit, section: usize) -> f32 {
    let shares = unit.terms.iter().filter_map(|(term, share)| {
        let term = index.term(term)?;
        (held(index, term, section) > 0.0).then_some(*share)
    });
    shares.fold(0.0, f32::max)
}

/// What becomes of a question.
pub(super) fn decide(evidence: &Evidence, best: Option<EntryKind>) -> Outcome {
    if evidence.is_order || evidence.market < MARKET || evidence.elsewhere > evidence.market {
        return Outcome::OutOfScope;
    }
    let holds = evidence.answered() >= ENOUGH && !evidence.is_writing;
    if holds && best.is_some_and(|kind| kind != EntryKind::Gap) {
        Outcome::Held
    } else {
        Outcome::NotHeld
    }
}
