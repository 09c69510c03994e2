//! Why an expression has no value, and what an evaluation has looked at.

use std::collections::BTreeSet;

use super::field_set::FieldSet;
use super::value::Unfit;
use crate::plan::Currency;

/// Why an expression has no value. It travels in a box, so that a value that is known, as most
/// are, is moved with few words.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Gap {
    /// Fields that nobody has answered.
    pub(crate) missing: FieldSet,
    /// Fields that do not apply to this plan.
    pub(crate) not_applicable: FieldSet,
    /// Whether an absence is not asked about yet at this stage.
    pub(crate) too_early: bool,
    /// Whether it reads a history that this plan does not come with.
    pub(crate) no_history: bool,
    /// The currencies of two amounts that would have to be in one.
    pub(crate) currencies: Option<(Currency, Currency)>,
    /// What cannot be computed, in words.
    pub(crate) notes: BTreeSet<String>,
}

#[expect(
    clippy::unnecessary_box_returns,
    clippy::boxed_local,
    reason = "a gap travels in its box"
)]
impl Gap {
    pub(super) fn missing(missing: FieldSet) -> Box<Self> {
        Box::new(Self {
            missing,
            ..Self::default()
        })
    }

    pub(super) fn not_applicable(not_applicable: FieldSet) -> Box<Self> {
        Box::new(Self {
            not_applicable,
            ..Self::default()
        })
    }

    pub(super) fn no_history() -> Box<Self> {
        Box::new(Self {
            no_history: true,
            ..Self::default()
        })
    }

    pub(super) fn note(words: String) -> Box<Self> {
        Box::new(Self {
            notes: BTreeSet::from([words]),
            ..Self::default()
        })
    }

    pub(super) fn unfit(why: Unfit) -> Box<Self> {
        match why {
            Unfit::Currencies(one, two) => Box::new(Self {
                currencies: Some((one, two)),
                ..Self::default()
            }),
            Unfit::Said(words) => Self::note(words),
        }
    }

    /// Both gaps in one.
    pub(crate) fn and(mut self: Box<Self>, mut other: Box<Self>) -> Box<Self> {
        self.missing.extend(other.missing);
        self.not_applicable.extend(other.not_applicable);
        self.too_early |= other.too_early;
        self.no_history |= other.no_history;
        self.currencies = self.currencies.or(other.currencies);
        self.notes.append(&mut other.notes);
        self
    }
}

/// What an evaluation has looked at.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Trace {
    /// The fields that were read.
    pub(crate) fields: FieldSet,
    /// The fields whose absence was an answer: `answered` said no to them.
    pub(crate) absent: FieldSet,
    /// The parameters that were used.
    pub(super) params: Params,
    /// The first by its code of the currencies, other than the dollar, of amounts that were read.
    pub(crate) foreign: Option<Currency>,
}

/// A set of parameters of a page, by place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Params(u64);

impl Params {
    /// The most parameters that a page may have.
    pub(crate) const MOST: usize = 64;

    /// Takes a parameter in.
    pub(super) fn insert(&mut self, place: usize) {
        self.0 |= 1 << (place % Self::MOST);
    }

    /// Takes all of `other` in.
    pub(super) fn extend(&mut self, other: Self) {
        self.0 |= other.0;
    }

    /// Whether the parameter at that place is in it.
    pub(super) fn contains(self, place: usize) -> bool {
        self.0 & (1 << (place % Self::MOST)) != 0
    }
}

impl Trace {
    /// Whether the parameter at that place was used.
    pub(crate) fn used(&self, place: usize) -> bool {
        self.params.contains(place)
    }

    pub(super) fn meet(&mut self, currency: Currency) {
        if currency != Currency::USD && self.foreign.is_none_or(|known| currency < known) {
            self.foreign = Some(currency);
        }
    }
}
