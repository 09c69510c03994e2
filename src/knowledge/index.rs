//! The inverted index: which sections and which of their questions hold a term.

use std::borrow::Cow;

use super::declined::Why;
use super::form::Form;
use super::gate::Gates;
use super::grams::{Grams, Sounds};
use super::hash::ByWord;
use super::query::{Unit, UnitKind, units};
use super::rows::Rows;
use super::scope::{Field, Scope};
use super::spelling::Spelling;
use super::thesaurus::Thesaurus;
use super::tokens::{Token, stem};

/// How fast a repeated term stops to add (BM25's k1).
pub(super) const SATURATION: f32 = 1.2;
/// How much a field's length counts against it (BM25's b).
pub(super) const LENGTH: f32 = 0.6;
/// What a word counts that fits any talk.
const GENERIC: f32 = 0.25;
/// What an everyday word counts.
const COMMON: f32 = 0.45;
/// What a number counts: it is rarely the library's, mostly the asker's own.
const NUMBER: f32 = 0.5;

/// What a unit counts for how much a section speaks of it, that fits any talk or is an everyday word:
/// strangers ask in them.
const PLAIN: f32 = 0.7;
/// How often a term has to stand in a section, as a share of the average of all, to count about as
/// much as its first standing there: the less the more count rare terms.
const USUAL: f32 = 0.5;

/// A field of a section, and what a term in it counts.
pub(super) const FIELDS: [f32; 6] = [2.5, 2.5, 0.8, 2.5, 1.5, 1.0];

/// Everything a lookup reads.
#[derive(Debug)]
pub(super) struct Index {
    pub(super) thesaurus: Thesaurus,
    pub(super) scope: Scope,
    pub(super) spelling: Spelling,
    pub(super) terms: ByWord<Box<str>, u32>,
    pub(super) idf: Vec<f32>,
    pub(super) unknown: f32,
    /// Entry and section of each section in the index.
    pub(super) sections: Vec<(usize, usize)>,
    pub(super) in_sections: Rows<Posting>,
    /// The terms of each section's names and listed questions, sorted.
    pub(super) names: Vec<Vec<u32>>,
    pub(super) in_questions: Rows<u32>,
    /// Those that sections list, and then those to decline.
    pub(super) questions: Vec<Asked>,
    /// How many of them sections list.
    pub(super) n_answered: usize,
    pub(super) grams: Grams,
    pub(super) gates: Gates,
}

/// A term in a section.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Posting {
    pub(super) section: u32,
    /// How much the section has of the term, below 1.
    pub(super) held: f32,
    /// How much more than all sections on average, as a logarithm.
    pub(super) spoken: f32,
}

/// Who lists a question.
#[derive(Debug, Clone, Copy)]
pub(super) enum Lists {
    /// A section, by its number in the index; the question by its place there.
    Section { section: u32, place: u32 },
    /// It has to be declined.
    Declined(Why),
}

/// One listed question.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked {
    pub(super) lists: Lists,
    /// What its words weigh together.
    pub(super) weight: f32,
    /// Its form.
    pub(super) form: Form,
}

impl Index {
    /// What a unit weighs: the rarer the heavier.
    pub(super) fn weight(&self, unit: &Unit) -> f32 {
        weight_of(unit.kind, self.rarity(unit))
    }

    fn rarity(&self, unit: &Unit) -> f32 {
        let full = unit.terms.iter().filter(|(_, share)| *share > 0.5);
        let known = full.filter_map(|(term, _)| self.idf_of(term));
        known.fold(self.unknown, f32::min)
    }

    fn idf_of(&self, term: &str) -> Option<f32> {
        let place = self.terms.get(term)?;
        Some(self.idf[*place as usize])
    }

    /// Whether any section has the unit.
    pub(super) fn knows(&self, unit: &Unit) -> bool {
        unit.terms
            .iter()
            .filter_map(|(term, _)| self.term(term))
            .any(|term| !self.in_sections(term).is_empty())
    }

    /// Whether any listed question or name has the unit: then it is a word of the field.
    pub(super) fn asks_with(&self, unit: &Unit) -> bool {
        let asked = |term: &str| {
            let first = self
                .term(term)
                .and_then(|term| self.in_questions(term).first());
            first.is_some_and(|first| (*first as usize) < self.n_answered)
        };
        unit.terms
            .iter()
            .any(|(term, share)| *share > 0.5 && asked(term))
    }

    /// The units of a question, with typing errors mended.
    pub(super) fn read(&self, tokens: &[Token]) -> Vec<Unit> {
        let mut units = units(tokens, &self.thesaurus, &self.scope);
        let of_another = |unit: &Unit| unit.kind == UnitKind::Word(Some(Field::Elsewhere));
        let of_market = |unit: &Unit| {
            matches!(
                unit.kind,
                UnitKind::Concept | UnitKind::Word(Some(Field::Market))
            )
        };
        // Beside words of another field alone, what looks like a slip is a word of that field.
        if units.iter().any(of_another) && !units.iter().any(of_market) {
            return units;
        }
        for unit in &mut units {
            if unit.kind == UnitKind::Word(None)
                && !self.knows(unit)
                && let Some(word) = self.spelling.correct(&unit.surface)
            {
                unit.corrected(word, &self.thesaurus, &self.scope);
            }
        }
        units
    }

    /// What some words sound like, with typing errors mended.
    pub(super) fn sounds(&self, tokens: &[Token]) -> Sounds {
        let mended = |token: &'_ Token| -> Option<&str> {
            let is_known = token.is_number || self.grams.knows(&token.stem);
            (!is_known).then(|| self.spelling.correct(&token.surface))?
        };
        let stems = tokens.iter().map(|token| match mended(token) {
            Some(word) => stem(word),
            None => Cow::Borrowed(token.stem.as_str()),
        });
        self.grams.hear(stems)
    }

    /// The number of a term.
    pub(super) fn term(&self, term: &str) -> Option<usize> {
        self.terms.get(term).map(|place| *place as usize)
    }

    /// The sections that hold a term, by number, with its weight there.
    pub(super) fn in_sections(&self, term: usize) -> &[Posting] {
        self.in_sections.get(term)
    }

    /// Whether a section's names or listed questions have a term.
    pub(super) fn names(&self, section: usize, term: usize) -> bool {
        let term = u32::try_from(term).unwrap_or(u32::MAX);
        self.names[section].binary_search(&term).is_ok()
    }

    /// The questions that hold a term, by number.
    pub(super) fn in_questions(&self, term: usize) -> &[u32] {
        self.in_questions.get(term)
    }

    /// How many bytes the index takes, about.
    pub(super) fn bytes(&self) -> usize {
        let names: usize = self.names.iter().map(Vec::len).sum();
        let terms: usize = self.terms.keys().map(|term| term.len() + 24).sum();
        self.in_sections.bytes()
            + self.in_questions.bytes()
            + names * size_of::<u32>()
            + self.questions.len() * size_of::<Asked>()
            + terms
            + self.spelling.bytes()
            + self.grams.bytes()
    }
}

/// How much more a section has of a term than all have on average, as a logarithm.
pub(super) fn spoken(here: f32, average: f32) -> f32 {
    (here / (USUAL * average)).ln_1p()
}

/// What a unit of a kind counts for how much a section speaks of it.
pub(super) fn counts(kind: UnitKind) -> f32 {
    match kind {
        UnitKind::Number { .. } => NUMBER,
        UnitKind::Word(Some(Field::Generic | Field::Common)) => PLAIN,
        _ => 1.0,
    }
}

/// What a unit of a kind weighs that is so rare.
pub(super) fn weight_of(kind: UnitKind, rarity: f32) -> f32 {
    match kind {
        UnitKind::Number { .. } => NUMBER,
        UnitKind::Word(Some(Field::Generic)) => GENERIC * rarity,
        UnitKind::Word(Some(Field::Common)) => COMMON * rarity,
        _ => rarity,
    }
}
