//! The values that an evaluation yields.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::ratio::Ratio;
use super::syntax::Binary;
use super::units::{Unit, combine};
use crate::plan::{Currency, Period};

/// An exact amount of a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Quantity {
    /// The amount.
    pub(crate) amount: Ratio,
    /// What is counted.
    pub(crate) unit: Unit,
    /// The currency of money from the plan; `None` for a threshold, which stands in US dollars and
    /// meets any currency at a rate of one.
    pub(crate) currency: Option<Currency>,
}

impl Quantity {
    /// An amount with no currency of its own.
    pub(crate) fn new(amount: Ratio, unit: Unit) -> Self {
        Self {
            amount,
            unit,
            currency: None,
        }
    }

    /// `self operator other`, or why there is no such amount.
    pub(crate) fn arithmetic(self, operator: Binary, other: Self) -> Result<Self, String> {
        let currency = self.common_currency(other)?;
        let (unit, factor) = combine(operator, self.unit, other.unit)
            .ok_or_else(|| "two units that do not go together".to_owned())?;
        let amount = match operator {
            Binary::Plus => self.amount.plus(other.amount),
            Binary::Minus => self.amount.minus(other.amount),
            Binary::Times => self.amount.times(other.amount),
            _ if other.amount.is_zero() => return Err("it would divide by zero".to_owned()),
            _ => self.amount.over(other.amount),
        };
        let amount = amount.and_then(|amount| amount.times(factor));
        Ok(Self {
            amount: amount.ok_or_else(too_large)?,
            unit,
            currency: currency.filter(|_| unit.has_currency()),
        })
    }

    /// How two amounts of one unit compare, or why they cannot.
    pub(crate) fn compare(self, other: Self) -> Result<Ordering, String> {
        self.common_currency(other)?;
        Ok(self.amount.cmp(&other.amount))
    }

    fn common_currency(self, other: Self) -> Result<Option<Currency>, String> {
        match (self.currency, other.currency) {
            (Some(one), Some(two)) if one != two => Err(format!(
                "amounts in {} and {} are not mixed",
                String::from(one),
                String::from(two)
            )),
            (one, two) => Ok(one.or(two)),
        }
    }
}

/// The note on a number that does not fit.
pub(crate) fn too_large() -> String {
    "a number in it is too large to compute with".to_owned()
}

/// A value; which variant an expression yields is its type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum V {
    /// True or false.
    Bool(bool),
    /// A quantity.
    Quantity(Quantity),
    /// A price: the amount of one payment, and its period.
    Price(Quantity, Period),
    /// A calendar date.
    Date(Date),
    /// Free words, or the slug of a choice.
    Text(String),
    /// Slugs of several choices.
    Set(BTreeSet<String>),
    /// Several values, in order.
    List(Vec<V>),
    /// A range from one end to the other; `None` is an open end.
    Range(Box<[Option<Quantity>; 2]>),
    /// A date for each of some choices.
    Dates(BTreeMap<String, Date>),
}

impl V {
    /// A bare number.
    pub(crate) fn number(number: i128) -> Self {
        Self::Quantity(Quantity::new(Ratio::whole(number), Unit::Number))
    }

    /// The items of a set or list.
    pub(crate) fn items(&self) -> Vec<V> {
        match self {
            Self::Set(slugs) => slugs.iter().cloned().map(V::Text).collect(),
            Self::List(items) => items.clone(),
            _ => Vec::new(),
        }
    }

    /// How many items a set or list has.
    pub(crate) fn n_items(&self) -> usize {
        match self {
            Self::Set(slugs) => slugs.len(),
            Self::List(items) => items.len(),
            Self::Text(words) => words.chars().count(),
            _ => 0,
        }
    }
}
