//! Values in words, as messages show them: plan numbers as they were given, computed ones rounded.

use super::ratio::{Exactness, Ratio};
use super::types::Type;
use super::units::Unit;
use super::value::{Quantity, V};
use crate::plan::{Currency, Money, Period};
use crate::text::write_grouped;

/// The value as people read it; `shown` is the type that the checker found.
pub(crate) fn show(value: &V, shown: &Type) -> String {
    let mut words = String::new();
    write(&mut words, value, shown);
    words
}

/// Writes the value as people read it behind what stands there.
pub(crate) fn write(out: &mut String, value: &V, shown: &Type) {
    match (value, shown) {
        (V::Bool(truth), _) => out.push_str(if *truth { "yes" } else { "no" }),
        (V::Quantity(quantity), _) => write_quantity(out, *quantity),
        (V::Price(amount, period), _) => {
            write_quantity(out, *amount);
            out.push_str(payment(*period));
        }
        (V::Date(date), _) => out.push_str(&date.to_string()),
        (V::Choice(place), Type::Choice(domain)) => out.push_str(domain.label(*place)),
        (V::Text(spoken), _) => out.push_str(spoken.words()),
        (V::Set(choices), Type::Set(domain)) => {
            // In the domain's own order, which is the order that people know from the questions.
            let labels = choices.places().map(|place| domain.label(place));
            out.push_str(&join(labels.collect()));
        }
        (V::List(items), Type::List(item)) => {
            let words: Vec<_> = items.iter().map(|value| show(value, item)).collect();
            out.push_str(&join(words.iter().map(String::as_str).collect()));
        }
        (V::Range(ends), _) => out.push_str(&show_range(ends[0], ends[1])),
        (V::Dates(dates), _) => {
            let given = dates.given.iter().map(|(place, date)| {
                let choice = dates.choices.get(usize::from(*place));
                format!("{} {date}", choice.map_or("", |choice| choice.slug))
            });
            let words: Vec<_> = given.collect();
            out.push_str(&join(words.iter().map(String::as_str).collect()));
        }
        // The checker gives a choice, a set and a list no other type.
        (V::Choice(_) | V::Set(_) | V::List(_), _) => {}
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
pub(super) fn join(mut words: Vec<&str>) -> String {
    match words.pop() {
        None => "none".to_owned(),
        Some(last) if words.is_empty() => last.to_owned(),
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
    let mut words = String::new();
    write_quantity(&mut words, quantity);
    words
}

fn write_quantity(out: &mut String, quantity: Quantity) {
    match quantity.unit {
        Unit::Number => write_decimal(out, quantity.amount),
        Unit::Percent => {
            let hundredfold = quantity.amount.times(Ratio::whole(100));
            write_decimal(out, hundredfold.unwrap_or(quantity.amount));
            out.push('%');
        }
        Unit::Days => write_counted(out, quantity.amount, " day"),
        Unit::Months => write_counted(out, quantity.amount, " month"),
        Unit::Money => write_money(out, quantity),
        Unit::MoneyPerYear => {
            write_money(out, quantity);
            out.push_str(" a year");
        }
    }
}

fn write_counted(out: &mut String, amount: Ratio, noun: &str) {
    write_decimal(out, amount);
    out.push_str(noun);
    if amount != Ratio::whole(1) {
        out.push('s');
    }
}

/// Cents where there are cents; a computed amount from 100 up that does not end on a cent loses
/// them. The plan's own way of writing money does the rest.
fn write_money(out: &mut String, quantity: Quantity) {
    let amount = quantity.amount;
    let currency = quantity.currency.unwrap_or(Currency::USD);
    let units = ten_thousandths(amount).and_then(|units| i64::try_from(units).ok());
    if let Some(ten_thousandths) = units {
        let money = Money {
            ten_thousandths,
            currency,
        };
        money.write(out);
    } else {
        write_decimal(out, amount);
        out.push(' ');
        out.push_str(&String::from(currency));
    }
}

/// An amount of money as it is shown, in ten-thousandths.
fn ten_thousandths(amount: Ratio) -> Option<i128> {
    if let Some(whole) = amount.as_whole() {
        return whole.checked_mul(10_000);
    }
    let places = match (exactly(amount, 2), exactly(amount, 4)) {
        (Exactness::Rounded, Exactness::Exact) => 4,
        (Exactness::Rounded, Exactness::Rounded) if amount >= Ratio::whole(100) => 0,
        _ => 2,
    };
    let scaled = amount.times(Ratio::whole(10_i128.pow(places)))?;
    scaled.rounded().0.checked_mul(10_i128.pow(4 - places))
}

/// How many places a number that is not whole is shown with.
fn places(amount: Ratio) -> u32 {
    const MOST: u32 = 6;
    if exactly(amount, 2) == Exactness::Exact {
        return 2;
    }
    let shown = |places: u32| {
        let scaled = amount.times(Ratio::whole(10_i128.pow(places)))?;
        Some(scaled.rounded().0.unsigned_abs())
    };
    let whole = shown(0).unwrap_or(0);
    let is_small = amount < Ratio::whole(1) && amount > Ratio::whole(-1);
    if is_small {
        // Two digits that say something; a share of nearly nothing is not nothing.
        let says = |places: &u32| shown(*places).is_none_or(|it| it >= 10);
        return (1..=MOST).find(says).unwrap_or(MOST);
    }
    // What is not quite 250 must not read as 250, which may be the bound that it misses.
    let reads_whole = shown(1) == whole.checked_mul(10);
    if reads_whole { 2 } else { 1 }
}

/// At most two places from 1 up, no zeros at the end.
fn write_decimal(out: &mut String, amount: Ratio) {
    if let Some(whole) = amount.as_whole() {
        return write_signed(out, whole);
    }
    let places = places(amount);
    let scale = 10_i128.pow(places);
    let Some(scaled) = amount.times(Ratio::whole(scale)) else {
        // Too large for places: whole numbers will do.
        return write_signed(out, amount.rounded().0);
    };
    let scaled = scaled.rounded().0;
    if scaled < 0 {
        out.push('-');
    }
    write_grouped(out, scaled.unsigned_abs() / scale.unsigned_abs());
    let rest = scaled.unsigned_abs() % scale.unsigned_abs();
    if rest > 0 {
        let digits = format!(".{rest:0width$}", width = places as usize);
        out.push_str(digits.trim_end_matches('0'));
    }
}

fn exactly(amount: Ratio, places: u32) -> Exactness {
    let scaled = amount.times(Ratio::whole(10_i128.pow(places)));
    scaled.map_or(Exactness::Rounded, |scaled| scaled.rounded().1)
}

fn write_signed(out: &mut String, number: i128) {
    if number < 0 {
        out.push('-');
    }
    write_grouped(out, number.unsigned_abs());
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
        check(-1, 3, Unit::Number, "-0.33");
        check(1, 30, Unit::Number, "0.033");
        check(29_999, 10_000_000, Unit::Number, "0.003");
        check(1, 1_000_000_000, Unit::Number, "0");
        check(250_008, 1_000, Unit::Number, "250.01");
        check(137_102, 100_000, Unit::Months, "1.4 months");
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
