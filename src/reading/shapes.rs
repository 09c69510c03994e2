//! Which shapes of numbers are values of which fields, and how their parsers spell them.

use super::Found;
use super::sentence::Element;
use crate::plan::{self, Amount, Field, Holder, Period, Scan, Shape, Value};

/// Who an amount is for, where another field says that of this one: the price of a seat, the cost of a customer.
pub(super) fn holder_of(field: &Field, scan: &Scan) -> Option<Holder> {
    match &scan.shape {
        Shape::Money(amount) if field.name == "pricing.price" => amount.holder,
        Shape::Money(amount) if field.name == "economics.cac" => {
            amount.holder.filter(|it| *it == Holder::Account)
        }
        _ => None,
    }
}

/// What that other field says.
pub(super) fn holder_value(field: &Field, holder: Holder) -> Option<(&'static Field, Value)> {
    let (name, slug) = match holder {
        Holder::Account if field.name == "economics.cac" => ("economics.cac_per", "customer"),
        Holder::Account => ("pricing.per", "account"),
        Holder::Seat => ("pricing.per", "seat"),
        Holder::Unit => ("pricing.per", "unit"),
    };
    Some((plan::field(name)?, Value::Choice(slug.to_owned())))
}

/// Who a price is for that is paid for each of what is used: "2 cents per call".
pub(super) fn counted(found: &Found) -> Option<Holder> {
    match &found.value {
        Value::Price(price) if found.field.name == "pricing.price" && price.per == Period::Unit => {
            Some(Holder::Unit)
        }
        _ => None,
    }
}

/// Whether a number is a year: "the data is from 2021".
pub(super) fn is_year(elements: &[Element<'_>], at: usize) -> bool {
    let dates = |it: &Element<'_>| it.is_one_of(&["from", "in", "since", "until"]);
    let before = at.checked_sub(1).map(|before| &elements[before]);
    let number: Option<u32> = elements[at].text.parse().ok();
    before.is_some_and(dates) && number.is_some_and(|it| (1990..2100).contains(&it))
}

/// The words of a number as its field's parser takes them.
pub(super) fn spelled(scan: &Scan, field: &Field, typed: &str) -> String {
    match &scan.shape {
        Shape::Money(Amount {
            words, unit: true, ..
        }) => words.clone(),
        Shape::Money(Amount { words, .. }) if field.kind == plan::Kind::Count => words.clone(),
        Shape::Money(Amount { words, period, .. }) => {
            let fixed = field.kind == plan::Kind::Money && field.name != "plan.mrr";
            if period.is_empty() || fixed {
                words.clone()
            } else {
                format!("{words} {period}")
            }
        }
        _ => typed.to_owned(),
    }
}

/// Whether a number of that shape can be a value of the field.
pub(super) fn fits(scan: &Scan, field: &Field, typed: &str, labelled: bool) -> bool {
    use plan::Kind;
    match (&scan.shape, field.kind) {
        (Shape::Money(amount), Kind::MoneyPerYear | Kind::Money) => !amount.unit,
        (Shape::Plain { large }, Kind::MoneyPerYear | Kind::Money) => {
            let digits = typed.chars().filter(char::is_ascii_digit).count();
            // "CAC is 700".
            let cost = labelled && matches!(field.name, "economics.cac" | "economics.ltv");
            *large || digits >= 4 || (cost && digits >= 3)
        }
        (Shape::Money(_) | Shape::MoneyRange, Kind::Price)
        | (Shape::MoneyRange, Kind::MoneyPerYear | Kind::Money)
        | (Shape::Percent, Kind::Percent)
        | (Shape::Length, Kind::Days | Kind::Months)
        | (Shape::Plain { .. }, Kind::Count)
        | (Shape::Range, Kind::CountRange)
        | (Shape::MoneyRange | Shape::Range, Kind::MoneyRange) => true,
        // A range is refused by the field's parser, so that it is asked which amount it is.
        (Shape::Range, Kind::MoneyPerYear | Kind::Money) => typed.ends_with(['k', 'm']),
        (Shape::Plain { large: false }, Kind::Percent | Kind::Price) => labelled,
        (Shape::Length, Kind::Choice) => field.name == "pricing.commitment",
        (Shape::Money(amount), Kind::Count) => {
            field.name == "marketing.leads_per_month"
                && !amount.marked
                && amount.period == "a month"
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::reading::testing::check;

    #[test]
    fn of_what_a_cac_is_the_cost_stands_behind_it() {
        let office = [
            "economics.cac: \u{20ac}2,300",
            "economics.cac_per: customer",
        ];
        check("our CAC is 2.300 \u{20ac} per new office", &office);
    }

    #[test]
    fn a_price_for_each_of_a_thing_says_what_it_is_for() {
        check(
            "pricing is $30 per endpoint a month",
            &["pricing.price: $30 a month", "pricing.per: unit of use"],
        );
    }
}
