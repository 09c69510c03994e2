//! The values that a field can hold. Money is exact; nothing here is a float.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A currency by its ISO 4217 code, upper case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Currency([u8; 3]);

impl Currency {
    /// The US dollar, in which thresholds stand.
    pub const USD: Self = Self(*b"USD");

    /// The code.
    pub(super) fn as_str(&self) -> &str {
        str::from_utf8(&self.0).expect("a code has capital letters only")
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> Self {
        currency.as_str().to_owned()
    }
}

impl TryFrom<String> for Currency {
    type Error = String;

    fn try_from(code: String) -> Result<Self, String> {
        match code.as_bytes() {
            &[a, b, c] if code.bytes().all(|b| b.is_ascii_uppercase()) => Ok(Self([a, b, c])),
            _ => Err(format!("`{code}` is not a currency code")),
        }
    }
}

/// An amount of money: whole ten-thousandths of the currency's unit, so $0.0004 a call is exact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Money {
    /// The amount in ten-thousandths of the unit.
    pub ten_thousandths: i64,
    /// The currency; amounts of two currencies are never added or compared.
    pub currency: Currency,
}

impl Money {
    /// The amount so many times; `None` if that is too large.
    pub fn times(self, factor: i64) -> Option<Self> {
        let ten_thousandths = self.ten_thousandths.checked_mul(factor)?;
        Some(Self {
            ten_thousandths,
            ..self
        })
    }
}

/// What one payment of a price is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Period {
    /// Paid each month.
    Month,
    /// Paid each year.
    Year,
    /// Paid once.
    Once,
    /// Paid for each unit of use.
    Unit,
}

/// A price with its period kept, as people quote it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Price {
    /// The amount of one payment.
    pub amount: Money,
    /// What that payment is for.
    pub per: Period,
}

/// A percentage in hundredths of a percent: 25 % is 2,500.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Percent(pub i64);

/// A length of time in hundredths of its field's unit (days or months).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Length(pub i64);

/// A range whose ends are included; `None` is an open end. At least one end is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Range<T> {
    /// The lower end.
    pub low: Option<T>,
    /// The upper end.
    pub high: Option<T>,
}

/// A field's value; which variant a field takes is the field's kind in the catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", content = "value", rename_all = "snake_case")]
pub enum Value {
    /// An amount of money.
    Money(Money),
    /// An amount of money normalised to a year.
    MoneyPerYear(Money),
    /// A price with its period.
    Price(Price),
    /// A percentage.
    Percent(Percent),
    /// A whole number, zero or more.
    Count(u64),
    /// A duration in days.
    Days(Length),
    /// A duration in months.
    Months(Length),
    /// A calendar date.
    Date(Date),
    /// A range of whole numbers.
    CountRange(Range<u64>),
    /// A range of money a year.
    MoneyRange(Range<Money>),
    /// The slug of one choice of the field.
    Choice(String),
    /// The slugs of several choices of the field; empty means "none", which is an answer.
    Set(BTreeSet<String>),
    /// Free words.
    Text(String),
    /// Several free texts, in the order given; empty means "none".
    List(Vec<String>),
    /// The prices of several tiers, in the order given.
    Prices(Vec<Price>),
    /// The start date of each channel, by the channel's slug.
    ChannelDates(BTreeMap<String, Date>),
    /// Yes or no.
    YesNo(bool),
}
