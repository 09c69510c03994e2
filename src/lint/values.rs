//! A plan's values as expressions see them.

use crate::lint::expr::{Quantity, Ratio, Unit, V};
use crate::plan::{Length, Money, Price, Range, Value};

/// The value in the language's terms.
pub(crate) fn from_plan(value: &Value) -> V {
    match value {
        Value::Money(amount) => V::Quantity(money(*amount, Unit::Money)),
        Value::MoneyPerYear(amount) => V::Quantity(money(*amount, Unit::MoneyPerYear)),
        Value::Price(price) => from_price(*price),
        Value::Percent(share) => V::Quantity(quantity(share.0.into(), 10_000, Unit::Percent)),
        Value::Count(number) => V::number((*number).into()),
        Value::Days(Length(length)) => V::Quantity(quantity((*length).into(), 100, Unit::Days)),
        Value::Months(Length(length)) => V::Quantity(quantity((*length).into(), 100, Unit::Months)),
        Value::Date(date) => V::Date(*date),
        Value::CountRange(Range { low, high }) => {
            let end = |end: &Option<u64>| end.map(|n| quantity(n.into(), 1, Unit::Number));
            V::Range(Box::new([end(low), end(high)]))
        }
        Value::MoneyRange(Range { low, high }) => {
            let end = |end: &Option<Money>| end.map(|amount| money(amount, Unit::MoneyPerYear));
            V::Range(Box::new([end(low), end(high)]))
        }
        Value::Choice(words) | Value::Text(words) => V::Text(words.clone()),
        Value::Set(slugs) => V::Set(slugs.clone()),
        Value::List(items) => V::List(items.iter().cloned().map(V::Text).collect()),
        Value::Prices(prices) => V::List(prices.iter().copied().map(from_price).collect()),
        Value::ChannelDates(dates) => V::Dates(dates.clone()),
        Value::YesNo(truth) => V::Bool(*truth),
    }
}

/// The exact number of a value that is one, as its unit counts it.
pub(crate) fn amount(value: &Value) -> Option<Ratio> {
    match from_plan(value) {
        V::Quantity(quantity) => Some(quantity.amount),
        _ => None,
    }
}

fn from_price(price: Price) -> V {
    V::Price(money(price.amount, Unit::Money), price.per)
}

fn money(amount: Money, unit: Unit) -> Quantity {
    Quantity {
        currency: Some(amount.currency),
        ..quantity(amount.ten_thousandths.into(), 10_000, unit)
    }
}

fn quantity(number: i128, scale: i128, unit: Unit) -> Quantity {
    let amount = Ratio::new(number, scale).expect("a field's number over a small scale fits");
    Quantity::new(amount, unit)
}
