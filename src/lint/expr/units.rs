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

    /// The function that writes a literal of this unit.
    pub(crate) fn literal(self) -> Option<&'static str> {
        match self {
            Self::Number => None,
            Self::Percent => Some("percent(25)"),
            Self::Days => Some("days(30)"),
            Self::Months => Some("months(6)"),
            Self::Money => Some("usd(100)"),
            Self::MoneyPerYear => Some("usd_per_year(10000)"),
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
