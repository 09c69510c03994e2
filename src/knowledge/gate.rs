//! The two gates before an answer: is it go-to-market at all, and does a held section answer it.
//!
//! Neither looks at the ranking's score. The first weighs the vocabulary, the second how much of
//! the question's meaning the best section covers.

use super::entry::EntryKind;
use super::index::Index;
use super::lookup::Best;
use super::query::{Unit, UnitKind};
use super::scope::Field;
use super::score::held;
use super::tokens::{Token, tokens};

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

/// What bars an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bar {
    /// The words order the bot about.
    Order,
    /// They ask for a piece of writing.
    Writing,
    /// A topic beside the library stands in them and not in the best section.
    Beside,
}

/// What the gates have weighed.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Evidence {
    /// How many words it has.
    pub length: f32,
    /// What share of the words belongs to going to market, from 0 to 1.
    pub market: f32,
    /// Whether any word is of going to market by a list.
    pub is_market: bool,
    /// What share belongs to another field.
    pub elsewhere: f32,
    /// What share no section and no list knows.
    pub unknown: f32,
    /// What share the best section covers.
    pub covered: f32,
    /// How like its best listed question is.
    pub question: f32,
    /// What bars an answer, whatever the rest says.
    pub bar: Option<Bar>,
}

/// What a listed question must be like for an answer, beside the coverage: in a short question all
/// words count, in a tale most only tell how it came about.
const ENOUGH: Slide = Slide {
    short: 0.42,
    long: 0.18,
};
/// How the two count together.
const COVERED: f32 = 0.5;
const QUESTION: f32 = 0.5;
/// What a word counts for coverage that stands only in a section's text.
const IN_PASSING: f32 = 0.6;
/// What a word counts for the field that the listed questions use and no list has.
const ASKED: f32 = 0.5;
/// What a word of another field counts for that field if the listed questions use it too.
const KNOWN_ELSEWHERE: f32 = 0.4;
/// Words that are of no list's field are about it if a listed question is so like them.
const ALIKE: f32 = 0.55;
/// What is about going to market has at least this share of its words.
const MARKET: Slide = Slide {
    short: 0.25,
    long: 0.12,
};
/// So many words are a short question, so many a tale; between them it slides.
const SHORT: f32 = 12.0;
const LONG: f32 = 17.0;

/// A bound that sinks with the length of what was said.
struct Slide {
    short: f32,
    long: f32,
}

impl Slide {
    fn at(&self, length: f32) -> f32 {
        let share = ((length - SHORT) / (LONG - SHORT)).clamp(0.0, 1.0);
        self.short + (self.long - self.short) * share
    }
}

impl Evidence {
    /// Weighs a question against the index and its best section.
    pub(super) fn weigh(words: &str, units: &[Unit], index: &Index, best: Option<&Best>) -> Self {
        let tokens = tokens(words);
        let mut evidence = Self {
            bar: bar(&tokens, index, best),
            length: f32::from(u16::try_from(tokens.len()).unwrap_or(u16::MAX)),
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
                    evidence.is_market = true;
                }
                UnitKind::Word(Some(Field::Elsewhere)) if index.asks_with(unit) => {
                    evidence.elsewhere += KNOWN_ELSEWHERE * weight;
                }
                UnitKind::Word(Some(Field::Elsewhere)) => evidence.elsewhere += weight,
                UnitKind::Word(None) if !index.knows(unit) => evidence.unknown += weight,
                UnitKind::Word(_) if index.asks_with(unit) => evidence.market += ASKED * weight,
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
        if index.names(section, term) {
            return Some(*share);
        }
        (held(index, term, section) > 0.0).then_some(IN_PASSING * share)
    });
    shares.fold(0.0, f32::max)
}

/// What bars an answer to some words.
fn bar(tokens: &[Token], index: &Index, best: Option<&Best>) -> Option<Bar> {
    if index.scope.is_order(tokens) {
        Some(Bar::Order)
    } else if index.scope.is_writing(tokens) {
        Some(Bar::Writing)
    } else {
        is_beside(tokens, index, best).then_some(Bar::Beside)
    }
}

/// Whether a topic beside the library stands in the words and not in the best section.
fn is_beside(tokens: &[Token], index: &Index, best: Option<&Best>) -> bool {
    let named = |stem: &String| {
        let term = index.term(stem);
        best.zip(term)
            .is_some_and(|(best, term)| index.names(best.section, term))
    };
    let mut beside = index.scope.beside(tokens);
    beside.any(|phrase| !phrase.iter().all(named))
}

/// What becomes of a question.
pub(super) fn decide(evidence: &Evidence, best: Option<EntryKind>) -> Outcome {
    let is_elsewhere =
        evidence.market < MARKET.at(evidence.length) || evidence.elsewhere > evidence.market;
    let is_market = evidence.is_market || evidence.question >= ALIKE;
    let is_beside = evidence.bar == Some(Bar::Beside) && evidence.is_market;
    if evidence.bar == Some(Bar::Order) || !is_market || (is_elsewhere && !is_beside) {
        return Outcome::OutOfScope;
    }
    let holds = evidence.answered() >= ENOUGH.at(evidence.length) && evidence.bar.is_none();
    if holds && best.is_some_and(|kind| kind != EntryKind::Gap) {
        Outcome::Held
    } else {
        Outcome::NotHeld
    }
}
