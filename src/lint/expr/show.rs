//! Values in words, as messages show them: plan numbers as they were given, computed ones rounded.

use super::ratio::{Exactness, Ratio};
use super::types::Type;
use super::units::Unit;
use super::value::{Quantity, V};
use crate::plan::{Currency, Money, Period};

/// The value as people read it; `shown` is the type that the checker found.
pub(crate) fn show(value: &V, shown: &Type) -> String {
    match (value, shown) {
        (V::Bool(true), _) => "yes".to_owned(),
        (V::Bool(false), _) => "no".to_owned(),
        (V::Quantity(quantity), _) => show_quantity(*quantity),
        (V::Price(amount, period), _) => {
            format!("{}{}", show_quantity(*amount), payment(*period))
        }
        (V::Date(date), _) => date.to_string(),
        (V::Text(slug), Type::Choice(domain)) => domain.label(slug).to_owned(),
        (V::Text(words), _) => words.clone(),
        (V::Set(slugs), Type::Set(domain)) => {
            // In the domain's own order, which is the order that people know from the questions.
            let given = domain.slugs().filter(|slug| slugs.contains(*slug));
            join(given.map(|slug| domain.label(slug).to_owned()).collect())
        }
        (V::Set(slugs), _) => join(slugs.iter().cloned().collect()),
        (V::List(items), Type::List(item)) => {
            join(items.iter().map(|value| show(value, item)).collect())
        }
        (V::List(items), other) => join(items.iter().map(|value| show(value, other)).collect()),
        (V::Range(ends), _) => show_range(ends[0], ends[1]),
        (V::Dates(dates), _) => {
            let started = dates.iter().map(|(slug, date)| format!("{slug} {date}"));
            join(started.collect())
        }
    }
}

fn show_range(low: Option<Quantity>, high: Option<Quantity>) -> String {
    match (low.map(show_quantity), high.map(show_quantity)) {
        (Some(low), Some(high)) => format!("{low} to {high}"),
        (Some(low), None) => format!("{low} or more"),
        (None, Some(high)) => format!("up to {high}"),
        (None, None) => "any".to_owned(),
    }
}

/// `a, b and c`
pub(super) fn join(mut words: Vec<String>) -> String {
    match words.pop() {
        None => "none".to_owned(),
        Some(last) if words.is_empty() => last,
        Some(last) => format!("{} and {last}", words.join(", ")),
    }
}

fn payment(period: Period) -> &'static str {
    match period {
        Period::Month => " a month",
        Period::Year => " a year",
        Period::Once => " once",
        Period::Unit => " a unit",
    }
}

fn show_quantity(quantity: Quantity) -> String {
    match quantity.unit {
        Unit::Number => decimal(quantity.amount),
        Unit::Percent => {
            let hundredfold = quantity.amount.times(Ratio::whole(100));
            format!("{}%", decimal(hundredfold.unwrap_or(quantity.amount)))
        }
        Unit::Days => counted(quantity.amount, "day"),
        Unit::Months => counted(quantity.amount, "month"),
        Unit::Money => money(quantity),
        Unit::MoneyPerYear => format!("{} a year", money(quantity)),
    }
}

fn counted(amount: Ratio, noun: &str) -> String {
    let plural = if amount == Ratio::whole(1) { "" } else { "s" };
    format!("{} {noun}{plural}", decimal(amount))
}

/// Cents where there are cents; a computed amount from 100 up that does not end on a cent loses
/// them. The plan's own way of writing money does the rest.
fn money(quantity: Quantity) -> String {
    let amount = quantity.amount;
    let is_odd = exactly(amount, 2) == Exactness::Rounded
        && exactly(amount, 4) == Exactness::Rounded
        && amount >= Ratio::whole(100);
    let places = if amount.as_whole().is_some() || is_odd {
        0
    } else if exactly(amount, 4) == Exactness::Exact {
        4
    } else {
        2
    };
    let scaled = amount.times(Ratio::whole(10_i128.pow(places)));
    let units = scaled.and_then(|scaled| scaled.rounded().0.checked_mul(10_i128.pow(4 - places)));
    let currency = quantity.currency.unwrap_or(Currency::USD);
    match units.and_then(|units| i64::try_from(units).ok()) {
        Some(ten_thousandths) => Money {
            ten_thousandths,
            currency,
        }
        .to_string(),
        None => format!("{} {}", decimal(amount), String::from(currency)),
    }
}

/// At most two places, no zeros at the end.
fn decimal(amount: Ratio) -> String {
    if let Some(whole) = amount.as_whole() {
        return signed(whole);
    }
    let digits = fixed(
        amount,
        if exactly(amount, 2) == Exactness::Exact {
            2
        } else {
            1
        },
    );
    if digits.contains('.') {
        return digits
            .trim_end_matches('0')
            .trim_end_matches('.')
            .to_owned();
    }
    digits
}

fn exactly(amount: Ratio, places: u32) -> Exactness {
    let scaled = amount.times(Ratio::whole(10_i128.pow(places)));
    scaled.map_or(Exactness::Rounded, |scaled| scaled.rounded().1)
}

fn fixed(amount: Ratio, places: u32) -> String {
    let scale = 10_i128.pow(places);
    let scaled = amount.times(Ratio::whole(scale));
    let (scaled, scale) = match scaled {
        Some(scaled) => (scaled.rounded().0, scale.unsigned_abs()),
        // Too large for places: whole numbers will do.
        None => (amount.rounded().0, 1),
    };
    let sign = if scaled < 0 { "-" } else { "" };
    let whole = grouped(scaled.unsigned_abs() / scale);
    if scale == 1 {
        return format!("{sign}{whole}");
    }
    let width = usize::try_from(places).unwrap_or(0);
    format!("{sign}{whole}.{:0width$}", scaled.unsigned_abs() % scale)
}

fn signed(number: i128) -> String {
    let sign = if number < 0 { "-" } else { "" };
    format!("{sign}{}", grouped(number.unsigned_abs()))
}

fn grouped(number: u128) -> String {
    let digits = number.to_string();
    let mut words = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            words.push(',');
        }
        words.push(digit);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(numerator: i128, denominator: i128, unit: Unit, expected: &str) {
        let amount = Ratio::new(numerator, denominator).expect("a fraction");
        assert_eq!(show_quantity(Quantity::new(amount, unit)), expected);
    }

    #[test]
    fn amounts_read_as_people_write_them() {
        check(588, 1, Unit::MoneyPerYear, "$588 a year");
        check(1_000_000, 1, Unit::Money, "$1,000,000");
        check(4999, 100, Unit::Money, "$49.99");
        check(4, 10_000, Unit::Money, "$0.0004");
        check(480_000, 350, Unit::Money, "$1,371");
        check(100, 3, Unit::Money, "$33.33");
        check(-25, 2, Unit::Money, "-$12.50");
        check(40, 99, Unit::Percent, "40.4%");
        check(1, 4, Unit::Percent, "25%");
        check(1199, 100, Unit::Months, "11.99 months");
        check(1, 1, Unit::Days, "1 day");
        check(1200, 1, Unit::Number, "1,200");
        check(-1, 3, Unit::Number, "-0.3");
    }

    #[test]
    fn a_foreign_amount_keeps_its_currency() {
        let euro = Currency::try_from("EUR".to_owned()).ok();
        let franc = Currency::try_from("CHF".to_owned()).ok();
        let mut quantity = Quantity::new(Ratio::whole(20), Unit::Money);
        quantity.currency = euro;
        assert_eq!(show_quantity(quantity), "€20");
        quantity.currency = franc;
        assert_eq!(show_quantity(quantity), "CHF 20");
    }
}
