//! What a calculator computes with and answers: exact numbers, and how they are rounded to be read.

use std::ops::{Add, Div, Mul, Sub};

use serde_json::{Value as Json, json};

use crate::plan::{Currency, Money, Percent, Value};
use crate::ratio::{Exactness, Ratio};

/// What a number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Money of this time.
    Money(Per),
    /// A share; 25 % is a quarter.
    Percent,
    /// Months.
    Months,
    /// Days.
    Days,
    /// One amount as often as another.
    Times,
    /// Things.
    Count,
}

/// The time that an amount of money is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Per {
    /// None: an amount.
    Once,
    /// A day.
    Day,
    /// A month.
    Month,
    /// A year.
    Year,
}

impl Per {
    fn words(self) -> &'static str {
        match self {
            Self::Once => "",
            Self::Day => " a day",
            Self::Month => " a month",
            Self::Year => " a year",
        }
    }

    fn slug(self) -> Option<&'static str> {
        match self {
            Self::Once => None,
            Self::Day => Some("day"),
            Self::Month => Some("month"),
            Self::Year => Some("year"),
        }
    }
}

/// An exact number with what it counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quantity {
    pub(super) amount: Ratio,
    pub(super) unit: Unit,
    pub(super) currency: Currency,
}

/// A number as people read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Rounded {
    /// The words.
    pub(super) words: String,
    /// Whether they say all of it.
    pub(super) is: Exactness,
}

impl Quantity {
    /// The exact number, as its unit counts it; a share is a part of one.
    pub(crate) fn amount(&self) -> Ratio {
        self.amount
    }

    /// The number of a plan's value; `None` where the value is no single number.
    pub(super) fn of_value(value: &Value, fallback: Currency) -> Option<Self> {
        let (amount, unit, currency) = match value {
            Value::Money(money) => (of_money(money)?, Unit::Money(Per::Once), money.currency),
            Value::MoneyPerYear(money) => {
                (of_money(money)?, Unit::Money(Per::Year), money.currency)
            }
            Value::Percent(percent) => (
                Ratio::new(i128::from(percent.0), 10_000)?,
                Unit::Percent,
                fallback,
            ),
            Value::Count(count) => (Ratio::whole(i128::from(*count)), Unit::Count, fallback),
            Value::Days(length) => (Ratio::new(i128::from(length.0), 100)?, Unit::Days, fallback),
            Value::Months(length) => (
                Ratio::new(i128::from(length.0), 100)?,
                Unit::Months,
                fallback,
            ),
            _ => return None,
        };
        Some(Self {
            amount,
            unit,
            currency,
        })
    }

    /// The number alone, for the middle of an arithmetic; `None` if it is too large to be written.
    pub(super) fn bare(&self) -> Option<Rounded> {
        match self.unit {
            Unit::Money(_) => self.money(),
            Unit::Percent => {
                let hundredths = self.amount.times(Ratio::whole(10_000))?;
                let (hundredths, is) = hundredths.rounded();
                let words = Percent(i64::try_from(hundredths).ok()?).to_string();
                Some(Rounded { words, is })
            }
            _ => number(self.amount),
        }
    }

    /// The number with its unit; `None` if it is too large to be written.
    pub(super) fn full(&self) -> Option<Rounded> {
        let Rounded { words, is } = self.bare()?;
        let plural = if words == "1" { "" } else { "s" };
        let words = match self.unit {
            Unit::Money(per) => format!("{words}{}", per.words()),
            Unit::Months => format!("{words} month{plural}"),
            Unit::Days => format!("{words} day{plural}"),
            Unit::Percent | Unit::Times | Unit::Count => words,
        };
        Some(Rounded { words, is })
    }

    /// Exact where four decimals say it all; else whole units from a thousand up, and cents below.
    fn money(&self) -> Option<Rounded> {
        let (fine, is) = self.amount.times(Ratio::whole(10_000))?.rounded();
        let step = match (is, fine.unsigned_abs()) {
            (Exactness::Exact, _) => 1,
            (_, 10_000_000..) => 10_000,
            (_, 10_000..) => 100,
            _ => 1,
        };
        let (steps, _) = self.amount.times(Ratio::new(10_000, step)?)?.rounded();
        let money = Money {
            ten_thousandths: i64::try_from(steps.checked_mul(step)?).ok()?,
            currency: self.currency,
        };
        Some(Rounded {
            words: money.to_string(),
            is,
        })
    }

    /// The number as scripts read it, in the forms that a plan's values have.
    pub(super) fn to_json(self) -> Json {
        let decimals = |scale: i128, digits: usize| {
            let scaled = self.amount.times(Ratio::whole(scale));
            let (scaled, _) = scaled.map_or((0, Exactness::Rounded), Ratio::rounded);
            let sign = if scaled < 0 { "-" } else { "" };
            let scaled = scaled.unsigned_abs();
            let scale = scale.unsigned_abs();
            format!("{sign}{}.{:0digits$}", scaled / scale, scaled % scale)
        };
        match self.unit {
            Unit::Money(per) => {
                let long = decimals(10_000, 4);
                let amount = long.strip_suffix("00").unwrap_or(&long);
                let currency = String::from(self.currency);
                match per.slug() {
                    None => json!({ "amount": amount, "currency": currency }),
                    Some(per) => json!({ "amount": amount, "currency": currency, "per": per }),
                }
            }
            Unit::Percent => {
                let words = self.bare().map_or_else(String::new, |it| it.words);
                json!({ "percent": words.replace(['%', ','], "") })
            }
            Unit::Months => json!({ "months": plain(&decimals(100, 2)) }),
            Unit::Days => json!({ "days": plain(&decimals(100, 2)) }),
            Unit::Times | Unit::Count => plain(&decimals(100, 2)),
        }
    }
}

fn of_money(money: &Money) -> Option<Ratio> {
    Ratio::new(i128::from(money.ten_thousandths), 10_000)
}

/// A number with at most two decimals, grouped by thousands.
fn number(amount: Ratio) -> Option<Rounded> {
    let (hundredths, is) = amount.times(Ratio::whole(100))?.rounded();
    // A percentage is written as a number of hundredths with a sign behind it.
    let words = Percent(i64::try_from(hundredths).ok()?).to_string();
    let words = words.trim_end_matches('%').to_owned();
    Some(Rounded { words, is })
}

/// Decimal digits as a JSON number, without needless zeros.
fn plain(digits: &str) -> Json {
    let short = digits.trim_end_matches('0').trim_end_matches('.');
    short
        .parse::<serde_json::Number>()
        .map_or(Json::Null, Json::Number)
}

/// A number in the making: arithmetic that remembers if it left the range, so that a formula reads
/// like the formula.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Num(pub(super) Option<Ratio>);

impl Num {
    /// A whole number.
    pub(super) const fn of(number: i128) -> Self {
        Self(Some(Ratio::whole(number)))
    }

    /// What is left of one whole.
    pub(super) fn rest(self) -> Self {
        Self::of(1) - self
    }

    /// Whole things, of which none is had in part.
    pub(super) fn whole_up(self) -> Self {
        Self(self.0.map(|it| Ratio::whole(it.ceiling())))
    }

    /// Whether it is known to be zero.
    pub(super) fn is_zero(self) -> bool {
        self.0.is_some_and(Ratio::is_zero)
    }

    /// Whether it is known to be above `other`.
    pub(super) fn is_above(self, other: Self) -> bool {
        matches!((self.0, other.0), (Some(one), Some(two)) if one > two)
    }
}

macro_rules! operator {
    ($trait:ident, $method:ident, $ratio:ident) => {
        impl $trait for Num {
            type Output = Self;

            fn $method(self, other: Self) -> Self {
                Self(self.0.zip(other.0).and_then(|(one, two)| one.$ratio(two)))
            }
        }
    };
}

operator!(Add, add, plus);
operator!(Sub, sub, minus);
operator!(Mul, mul, times);
operator!(Div, div, over);

#[cfg(test)]
mod tests {
    use super::*;

    fn check(amount: (i128, i128), unit: Unit, expected: &str) {
        let quantity = Quantity {
            amount: Ratio::new(amount.0, amount.1).expect("a small fraction"),
            unit,
            currency: Currency::USD,
        };
        let Rounded { words, is } = quantity.full().expect("small enough");
        let sign = if is == Exactness::Exact { "=" } else { "≈" };
        assert_eq!(format!("{sign} {words}"), expected, "{amount:?}");
    }

    #[test]
    fn money_is_exact_or_rounded_to_what_its_size_needs() {
        let once = Unit::Money(Per::Once);
        check((5_000, 12), once, "≈ $416.67");
        check((1_250_000, 180), once, "≈ $6,944");
        check((24_690, 20), once, "= $1,234.50");
        check((1, 3_000), once, "≈ $0.0003");
        check((-12_500, 1), Unit::Money(Per::Month), "= -$12,500 a month");
    }

    #[test]
    fn other_numbers_have_two_decimals() {
        check((6_000, 3_500), Unit::Months, "≈ 1.71 months");
        check((1, 1), Unit::Months, "= 1 month");
        check((2153, 10_000), Unit::Percent, "= 21.53%");
        check((2, 3), Unit::Percent, "≈ 66.67%");
        check((16_000, 3), Unit::Count, "≈ 5,333.33");
        check((20, 3), Unit::Times, "≈ 6.67");
    }

    #[test]
    fn what_is_too_large_is_not_written() {
        let quantity = Quantity {
            amount: Ratio::whole(i128::MAX),
            unit: Unit::Money(Per::Once),
            currency: Currency::USD,
        };
        assert_eq!(quantity.full(), None);
        assert_eq!(Num::of(i128::MAX) * Num::of(2), Num(None));
        assert_eq!(Num::of(1) / Num::of(0), Num(None));
    }
}
