//! A plan's values as expressions see them.

use std::sync::Arc;

use crate::lint::expr::{Dates, Quantity, Ratio, Unit, V};
use crate::plan::{Choice, Field, Length, Money, Price, Range, Value};

/// The value of a field in the language's terms; `None` for a choice that the field does not have
/// any more.
pub(crate) fn from_plan(value: &Value, field: &'static Field) -> Option<V> {
    let place = |slug: &str| place(field.choices, slug);
    if let Some(quantity) = number(value) {
        return Some(V::Quantity(quantity));
    }
    Some(match value {
        Value::Price(price) => from_price(*price),
        Value::Date(date) => V::Date(*date),
        Value::CountRange(Range { low, high }) => {
            let end = |end: &Option<u64>| end.map(|n| quantity(n.into(), 1, Unit::Number));
            V::Range(Arc::new([end(low), end(high)]))
        }
        Value::MoneyRange(Range { low, high }) => {
            let end = |end: &Option<Money>| end.map(|amount| money(amount, Unit::MoneyPerYear));
            V::Range(Arc::new([end(low), end(high)]))
        }
        Value::Choice(slug) => choice(slug, field)?,
        Value::Text(words) => V::text(words),
        Value::Set(slugs) => V::Set(slugs.iter().filter_map(|slug| place(slug)).collect()),
        Value::List(items) => V::List(items.iter().map(V::text).collect()),
        Value::Prices(prices) => V::List(prices.iter().copied().map(from_price).collect()),
        Value::ChannelDates(dates) => {
            let given = dates.iter().map(|(slug, date)| Some((place(slug)?, *date)));
            V::Dates(Arc::new(Dates {
                choices: field.choices,
                given: given.flatten().collect(),
            }))
        }
        Value::YesNo(truth) => V::Bool(*truth),
        Value::Money(_)
        | Value::MoneyPerYear(_)
        | Value::Percent(_)
        | Value::Count(_)
        | Value::Days(_)
        | Value::Months(_) => return None,
    })
}

/// A value that is a number of something.
fn number(value: &Value) -> Option<Quantity> {
    Some(match value {
        Value::Money(amount) => money(*amount, Unit::Money),
        Value::MoneyPerYear(amount) => money(*amount, Unit::MoneyPerYear),
        Value::Percent(share) => quantity(share.0.into(), 10_000, Unit::Percent),
        Value::Count(number) => quantity((*number).into(), 1, Unit::Number),
        Value::Days(Length(length)) => quantity((*length).into(), 100, Unit::Days),
        Value::Months(Length(length)) => quantity((*length).into(), 100, Unit::Months),
        _ => return None,
    })
}

/// One of the choices of a field.
pub(crate) fn choice(slug: &str, field: &Field) -> Option<V> {
    place(field.choices, slug).map(V::Choice)
}

fn place(choices: &[Choice], slug: &str) -> Option<u8> {
    let found = choices.iter().position(|choice| choice.slug == slug);
    found.and_then(|place| u8::try_from(place).ok())
}

/// The exact number of a value that is one, as its unit counts it.
pub(crate) fn amount(value: &Value) -> Option<Ratio> {
    number(value).map(|quantity| quantity.amount)
}

/// Money a year, as expressions see it.
pub(crate) fn a_year(amount: Money) -> V {
    V::Quantity(money(amount, Unit::MoneyPerYear))
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
