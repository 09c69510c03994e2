//! The values that an evaluation yields.

use std::cmp::Ordering;
use std::sync::Arc;

use jiff::civil::Date;

use super::choices::Choices;
use super::ratio::Ratio;
use super::syntax::Binary;
use super::units::{Unit, combine};
use crate::lint::wording::Spoken;
use crate::plan::{Choice, Currency, Period};

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

/// Why there is no such value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Unfit {
    /// Amounts in two currencies, which are neither added nor compared.
    Currencies(Currency, Currency),
    /// Something else, in words.
    Said(String),
}

impl From<String> for Unfit {
    fn from(words: String) -> Self {
        Self::Said(words)
    }
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
    pub(crate) fn arithmetic(self, operator: Binary, other: Self) -> Result<Self, Unfit> {
        let currency = self.common_currency(other)?;
        let (unit, factor) = combine(operator, self.unit, other.unit)
            .ok_or_else(|| "two units that do not go together".to_owned())?;
        let amount = match operator {
            Binary::Plus => self.amount.plus(other.amount),
            Binary::Minus => self.amount.minus(other.amount),
            Binary::Times => self.amount.times(other.amount),
            _ if other.amount.is_zero() => return Err("it would divide by zero".to_owned().into()),
            _ => self.amount.over(other.amount),
        };
        let amount = match factor.as_whole() {
            Some(1) => amount,
            _ => amount.and_then(|amount| amount.times(factor)),
        };
        Ok(Self {
            amount: amount.ok_or_else(too_large)?,
            unit,
            currency: currency.filter(|_| unit.has_currency()),
        })
    }

    /// How two amounts of one unit compare, or why they cannot.
    pub(crate) fn compare(self, other: Self) -> Result<Ordering, Unfit> {
        self.common_currency(other)?;
        Ok(self.amount.cmp(&other.amount))
    }

    fn common_currency(self, other: Self) -> Result<Option<Currency>, Unfit> {
        match (self.currency, other.currency) {
            (Some(one), Some(two)) if one != two => Err(Unfit::Currencies(one, two)),
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
    /// Free words.
    Text(Arc<Spoken>),
    /// One of the choices, by its place among them.
    Choice(u8),
    /// Several of the choices.
    Set(Choices),
    /// Several values, in order.
    List(Arc<[V]>),
    /// A range from one end to the other; `None` is an open end.
    Range(Arc<[Option<Quantity>; 2]>),
    /// A date for each of some choices.
    Dates(Arc<Dates>),
}

/// A date for each of some choices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Dates {
    /// The choices.
    pub(crate) choices: &'static [Choice],
    /// The dates, each with the place of its choice, by the choices' names.
    pub(crate) given: Vec<(u8, Date)>,
}

impl Dates {
    /// The date of a choice, or the name of the choice that has none.
    pub(crate) fn of(&self, place: u8) -> Result<Date, &'static str> {
        let found = self.given.iter().find(|(known, _)| *known == place);
        let name = || {
            self.choices
                .get(usize::from(place))
                .map_or("", |choice| choice.slug)
        };
        found.map(|(_, date)| *date).ok_or_else(name)
    }
}

impl V {
    /// A bare number.
    pub(crate) fn number(number: i128) -> Self {
        Self::Quantity(Quantity::new(Ratio::whole(number), Unit::Number))
    }

    /// Words.
    pub(crate) fn text(words: impl Into<String>) -> Self {
        Self::Text(Arc::new(Spoken::new(words)))
    }

    /// The currencies of an amount, a price or a range.
    pub(crate) fn currencies(&self) -> [Option<Currency>; 2] {
        match self {
            Self::Quantity(quantity) | Self::Price(quantity, _) => [quantity.currency, None],
            Self::Range(ends) => ends.map(|end| end.and_then(|quantity| quantity.currency)),
            _ => [None, None],
        }
    }

    /// The items of a set or list.
    pub(crate) fn items(&self) -> impl Iterator<Item = V> {
        let (choices, items) = match self {
            Self::Set(choices) => (*choices, &[][..]),
            Self::List(items) => (Choices::default(), &items[..]),
            _ => (Choices::default(), &[][..]),
        };
        choices.places().map(V::Choice).chain(items.iter().cloned())
    }

    /// How many items a set or list has.
    pub(crate) fn n_items(&self) -> usize {
        match self {
            Self::Set(choices) => choices.len(),
            Self::List(items) => items.len(),
            Self::Text(spoken) => spoken.words().chars().count(),
            _ => 0,
        }
    }
}
