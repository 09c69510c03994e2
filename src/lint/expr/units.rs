//! Units, and what arithmetic makes of them.

use super::ratio::Ratio;
use super::syntax::Binary;

/// What a quantity is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Unit {
    /// A bare number or a count.
    Number,
    /// A share; 25 % is held as a quarter.
    Percent,
    /// Days.
    Days,
    /// Months.
    Months,
    /// An amount of money.
    Money,
    /// Money a year.
    MoneyPerYear,
}

impl Unit {
    /// The unit in words that fit behind "is".
    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::Number => "a number",
            Self::Percent => "a percentage",
            Self::Days => "a number of days",
            Self::Months => "a number of months",
            Self::Money => "an amount of money",
            Self::MoneyPerYear => "money a year",
        }
    }

    /// Every unit.
    pub(crate) const ALL: [Self; 6] = [
        Self::Number,
        Self::Percent,
        Self::Days,
        Self::Months,
        Self::Money,
        Self::MoneyPerYear,
    ];

    /// The word for it in a page's parameters.
    pub(crate) fn slug(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Percent => "percent",
            Self::Days => "days",
            Self::Months => "months",
            Self::Money => "money",
            Self::MoneyPerYear => "money_per_year",
        }
    }

    /// The function that writes a quantity of this unit in an expression.
    pub(crate) fn function(self) -> Option<&'static str> {
        match self {
            Self::Number => None,
            Self::Percent => Some("percent"),
            Self::Days => Some("days"),
            Self::Months => Some("months"),
            Self::Money => Some("usd"),
            Self::MoneyPerYear => Some("usd_per_year"),
        }
    }

    /// A number that is usual in this unit.
    pub(crate) fn example(self) -> &'static str {
        match self {
            Self::Number => "3",
            Self::Percent => "25",
            Self::Days => "30",
            Self::Months => "6",
            Self::Money => "100",
            Self::MoneyPerYear => "10000",
        }
    }

    /// Whether amounts of this unit have a currency.
    pub(crate) fn has_currency(self) -> bool {
        matches!(self, Self::Money | Self::MoneyPerYear)
    }
}

/// The unit of `left operator right` and the factor that its amount needs; `None` where the two do
/// not go together.
///
/// A share of something is that something again; money by money a year is a time in months.
pub(crate) fn combine(operator: Binary, left: Unit, right: Unit) -> Option<(Unit, Ratio)> {
    use Unit::{Money, MoneyPerYear, Months, Number, Percent};
    let once = Ratio::whole(1);
    let twelve = Ratio::whole(12);
    match (operator, left, right) {
        (Binary::Plus | Binary::Minus, a, b) if a == b => Some((a, once)),
        (Binary::Times, Number | Percent, other) | (Binary::Times, other, Number | Percent) => {
            Some((other, once))
        }
        (Binary::Times, MoneyPerYear, Months) | (Binary::Times, Months, MoneyPerYear) => {
            Some((Money, Ratio::new(1, 12)?))
        }
        (Binary::Over, a, b) if a == b => Some((Number, once)),
        (Binary::Over, other, Number | Percent) => Some((other, once)),
        (Binary::Over, Money, MoneyPerYear) => Some((Months, twelve)),
        (Binary::Over, Money, Months) => Some((MoneyPerYear, twelve)),
        _ => None,
    }
}
