//! Words as units of meaning: a spelling of the thesaurus, a word or a number, each with the terms
//! that stand for it.

use super::scope::{Field, Scope};
use super::thesaurus::Thesaurus;
use super::tokens::{Token, tokens};

/// How much a term counts that stands for a unit by its group.
const SYNONYM: f32 = 0.9;
/// … by a group near to its group.
const NEAR: f32 = 0.45;
/// … by the word that it seems to be a slip of.
const SLIP: f32 = 0.8;

/// One unit of a text.
#[derive(Debug, Clone)]
pub(super) struct Unit {
    /// As it was written.
    pub(super) surface: String,
    /// The terms that stand for it, the best first.
    pub(super) terms: Vec<(String, f32)>,
    /// What kind of unit it is.
    pub(super) kind: UnitKind,
}

/// What a unit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum UnitKind {
    /// A spelling of the thesaurus: go-to-market by definition.
    Concept,
    /// A word of a list, or of none.
    Word(Option<Field>),
    /// A number.
    Number {
        /// Whether it is an amount of money.
        money: bool,
    },
}

/// The units of a text, the longest spelling first at each place; words without meaning are left
/// out unless they are all that there is.
pub(super) fn units(tokens: &[Token], thesaurus: &Thesaurus, scope: &Scope) -> Vec<Unit> {
    let mut found: Vec<Unit> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let matches: Vec<_> = thesaurus.matches(&tokens[at..]).collect();
        let length = matches.iter().map(|found| found.length).max().unwrap_or(1);
        let here = &tokens[at..at + length];
        let groups: Vec<_> = matches
            .iter()
            .filter(|found| found.length == length)
            .map(|found| found.group)
            .collect();
        let unit = unit(here, &groups, thesaurus, scope);
        if let Some(unit) = unit.filter(|unit| {
            !found
                .iter()
                .any(|known| known.terms[0].0 == unit.terms[0].0)
        }) {
            found.push(unit);
        }
        at += length;
    }
    found
}

fn unit(here: &[Token], groups: &[usize], thesaurus: &Thesaurus, scope: &Scope) -> Option<Unit> {
    let first = &here[0];
    let surfaces: Vec<_> = here.iter().map(|token| token.surface.as_str()).collect();
    let mut terms = Vec::new();
    if here.len() == 1 {
        terms.push((first.stem.clone(), 1.0));
    }
    let own = if here.len() == 1 { SYNONYM } else { 1.0 };
    for group in groups {
        terms.push((thesaurus.term(*group).to_owned(), own));
    }
    for group in groups.iter().flat_map(|group| thesaurus.near(*group)) {
        let term = thesaurus.term(*group);
        if !terms.iter().any(|(known, _)| known == term) {
            terms.push((term.to_owned(), NEAR));
        }
    }
    let kind = if !groups.is_empty() {
        UnitKind::Concept
    } else if first.is_number {
        UnitKind::Number {
            money: first.is_money,
        }
    } else {
        UnitKind::Word(scope.field(first))
    };
    let is_stop = kind == UnitKind::Word(Some(Field::Stop));
    (!is_stop).then_some(Unit {
        surface: surfaces.join(" "),
        terms,
        kind,
    })
}

impl Unit {
    /// Takes the unit for the word that it seems to be a slip of.
    pub(super) fn corrected(&mut self, word: &str, thesaurus: &Thesaurus, scope: &Scope) {
        let Some(right) = units(&tokens(word), thesaurus, scope).into_iter().next() else {
            return;
        };
        self.kind = right.kind;
        self.terms = right
            .terms
            .into_iter()
            .map(|(term, share)| (term, share * SLIP))
            .collect();
    }
}
