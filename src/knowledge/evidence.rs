//! What tells whether a question is about going to market, and whether the library answers it.

use super::index::Index;
use super::query::{Unit, UnitKind};
use super::scope::Field;
use super::score::{Compared, posting};
use super::tokens::Token;

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

/// One thing that the gates weigh.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// What share of the words belongs to going to market, from 0 to 1.
    Market,
    /// Whether any word is of going to market by a list: 0 or 1.
    IsMarket,
    /// What share belongs to another field.
    Elsewhere,
    /// What share no section and no list knows.
    Unknown,
    /// What share the best section covers.
    Covered,
    /// What share the best five sections cover together.
    CoveredByFive,
    /// How much of the words the best section's text has.
    Words,
    /// How like the best section's three nearest questions are.
    Questions,
    /// How like all its questions are, taken together.
    Together,
    /// The weightiest word that the best section leaves open, as a share of all.
    OpenShare,
    /// … by its own weight.
    OpenWeight,
    /// How many words, as a logarithm.
    Length,
    /// Whether a piece of writing is asked for.
    IsWriting,
    /// Whether a topic beside the library is asked for.
    IsBeside,
    /// How like the three nearest questions are that no section answers.
    NearNotHeld,
    /// … that are about something else.
    NearElsewhere,
    /// How much more often its words stand in such questions than in answered ones, as a sum of
    /// logarithms.
    SaysNotHeld,
    /// The same for questions about something else, against all about going to market.
    SaysElsewhere,
    /// … the word that says it most.
    MostElsewhere,
}

impl Sign {
    /// All of them, in the order of their places.
    pub(super) const ALL: [Self; 19] = [
        Self::Market,
        Self::IsMarket,
        Self::Elsewhere,
        Self::Unknown,
        Self::Covered,
        Self::CoveredByFive,
        Self::Words,
        Self::Questions,
        Self::Together,
        Self::OpenShare,
        Self::OpenWeight,
        Self::Length,
        Self::IsWriting,
        Self::IsBeside,
        Self::NearNotHeld,
        Self::NearElsewhere,
        Self::SaysNotHeld,
        Self::SaysElsewhere,
        Self::MostElsewhere,
    ];

    /// Its name in `knowledge/gate.toml`.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Market => "market",
            Self::IsMarket => "is_market",
            Self::Elsewhere => "elsewhere",
            Self::Unknown => "unknown",
            Self::Covered => "covered",
            Self::CoveredByFive => "covered_by_five",
            Self::Words => "words",
            Self::Questions => "questions",
            Self::Together => "together",
            Self::OpenShare => "open_share",
            Self::OpenWeight => "open_weight",
            Self::Length => "length",
            Self::IsWriting => "is_writing",
            Self::IsBeside => "is_beside",
            Self::NearNotHeld => "near_not_held",
            Self::NearElsewhere => "near_elsewhere",
            Self::SaysNotHeld => "says_not_held",
            Self::SaysElsewhere => "says_elsewhere",
            Self::MostElsewhere => "most_elsewhere",
        }
    }
}

/// What the gates weigh.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Evidence {
    signs: [f32; Sign::ALL.len()],
    /// What bars an answer.
    pub bar: Option<Bar>,
}

/// What a word counts for coverage that stands only in a section's text.
const IN_PASSING: f32 = 0.6;
/// What a word counts for the field that the listed questions use and no list has.
const ASKED: f32 = 0.5;
/// What a word of another field counts for that field if the listed questions use it too.
const KNOWN_ELSEWHERE: f32 = 0.4;
/// How many of the best sections are looked at together.
const BEST: usize = 5;

impl Evidence {
    /// One sign.
    pub fn get(&self, sign: Sign) -> f32 {
        self.signs[sign as usize]
    }

    fn set(&mut self, sign: Sign, value: f32) {
        self.signs[sign as usize] = value;
    }

    fn add(&mut self, sign: Sign, value: f32) {
        self.signs[sign as usize] += value;
    }

    fn raise(&mut self, sign: Sign, value: f32) {
        let known = &mut self.signs[sign as usize];
        *known = known.max(value);
    }

    /// Weighs a question that was compared with everything the index holds, best section first.
    pub(super) fn weigh(
        tokens: &[Token],
        units: &[Unit],
        index: &Index,
        compared: &Compared,
    ) -> Self {
        let best = compared.sections.first().map(|best| best.section);
        let mut evidence = Self {
            bar: bar(tokens, index, best),
            ..Self::default()
        };
        evidence.set(
            Sign::IsWriting,
            f32::from(evidence.bar == Some(Bar::Writing)),
        );
        evidence.set(Sign::IsBeside, f32::from(evidence.bar == Some(Bar::Beside)));
        evidence.set(Sign::NearNotHeld, compared.not_held);
        evidence.set(Sign::NearElsewhere, compared.elsewhere);
        let sounds = &compared.sounds;
        evidence.set(Sign::SaysNotHeld, sounds.says.not_held);
        evidence.set(Sign::SaysElsewhere, sounds.says.elsewhere);
        evidence.set(Sign::MostElsewhere, sounds.most_elsewhere);
        if let Some(best) = compared.sections.first() {
            evidence.set(Sign::Words, best.words);
            evidence.set(Sign::Questions, best.others);
            evidence.set(Sign::Together, best.together);
        }
        let units: Vec<&Unit> = units
            .iter()
            .filter(|unit| !matches!(unit.kind, UnitKind::Number { .. }))
            .collect();
        let length = f32::from(u16::try_from(units.len()).unwrap_or(u16::MAX));
        evidence.set(Sign::Length, length.ln_1p());
        for unit in &units {
            evidence.weigh_field(unit, index);
            evidence.weigh_coverage(unit, index, compared);
        }
        let total: f32 = units.iter().map(|unit| index.weight(unit)).sum();
        for share in [
            Sign::Market,
            Sign::Elsewhere,
            Sign::Unknown,
            Sign::Covered,
            Sign::CoveredByFive,
        ] {
            evidence.signs[share as usize] /= total.max(f32::MIN_POSITIVE);
        }
        let open = evidence.get(Sign::OpenWeight) / total.max(f32::MIN_POSITIVE);
        evidence.set(Sign::OpenShare, open);
        evidence
    }

    /// Which field a unit belongs to.
    fn weigh_field(&mut self, unit: &Unit, index: &Index) {
        let weight = index.weight(unit);
        match unit.kind {
            UnitKind::Concept | UnitKind::Word(Some(Field::Market)) => {
                self.add(Sign::Market, weight);
                self.set(Sign::IsMarket, 1.0);
            }
            UnitKind::Word(Some(Field::Elsewhere)) if index.asks_with(unit) => {
                self.add(Sign::Elsewhere, KNOWN_ELSEWHERE * weight);
            }
            UnitKind::Word(Some(Field::Elsewhere)) => self.add(Sign::Elsewhere, weight),
            UnitKind::Word(None) if !index.knows(unit) => self.add(Sign::Unknown, weight),
            UnitKind::Word(_) if index.asks_with(unit) => self.add(Sign::Market, ASKED * weight),
            _ => {}
        }
    }

    /// How well the best sections cover a unit.
    fn weigh_coverage(&mut self, unit: &Unit, index: &Index, compared: &Compared) {
        let weight = index.weight(unit);
        let best = compared.sections.iter().take(BEST);
        let mut covers = best.map(|best| covered(index, unit, best.section));
        let first = covers.next().unwrap_or(0.0);
        let open = weight * (1.0 - first);
        self.add(Sign::Covered, weight * first);
        self.add(Sign::CoveredByFive, weight * covers.fold(first, f32::max));
        self.raise(Sign::OpenWeight, open);
    }
}

/// How well a section covers a unit.
fn covered(index: &Index, unit: &Unit, section: usize) -> f32 {
    let shares = unit.terms.iter().filter_map(|(term, share)| {
        let term = index.term(term)?;
        if index.names(section, term) {
            return Some(*share);
        }
        posting(index, term, section).map(|_| IN_PASSING * share)
    });
    shares.fold(0.0, f32::max)
}

/// What bars an answer to some words.
fn bar(tokens: &[Token], index: &Index, best: Option<usize>) -> Option<Bar> {
    if index.scope.is_order(tokens) {
        Some(Bar::Order)
    } else if index.scope.is_writing(tokens) {
        Some(Bar::Writing)
    } else {
        is_beside(tokens, index, best).then_some(Bar::Beside)
    }
}

/// Whether a topic beside the library stands in the words and not in the best section.
fn is_beside(tokens: &[Token], index: &Index, best: Option<usize>) -> bool {
    let named = |stem: &String| {
        let term = index.term(stem);
        best.zip(term)
            .is_some_and(|(best, term)| index.names(best, term))
    };
    let mut beside = index.scope.beside(tokens);
    beside.any(|phrase| !phrase.iter().all(named))
}
