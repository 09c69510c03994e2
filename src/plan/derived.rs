//! Values that follow from answers: never stored, always shown with their arithmetic.

use super::{Money, Period, Plan, Price, Segment, Value};

/// A value that follows from answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Derived {
    /// The value; `None` while an input is missing.
    pub value: Option<Money>,
    /// How it comes about, such as `$49 a month × 12 = $588 a year`; empty while it is unknown.
    pub arithmetic: String,
    /// The fields whose answers it waits for.
    pub missing: Vec<&'static str>,
}

impl Derived {
    fn known(value: Money, arithmetic: String) -> Self {
        Self {
            value: Some(value),
            arithmetic,
            missing: Vec::new(),
        }
    }

    fn unknown(missing: &[&'static str]) -> Self {
        Self {
            value: None,
            arithmetic: String::new(),
            missing: missing.to_vec(),
        }
    }

    /// The value would be larger than money can be here.
    fn too_large(arithmetic: &str) -> Self {
        Self {
            value: None,
            arithmetic: format!("{arithmetic} is too large"),
            missing: Vec::new(),
        }
    }
}

/// What a typical deal brings in its first year.
///
/// That is `pricing.acv`; where it is unknown, price × seats a year; where the price is for an
/// account, or nobody has said what it is for nor how many seats there are, the price a year. A
/// price for a seat or a unit with no count leaves it unknown.
pub fn deal_value(plan: &Plan, segment: &Segment) -> Derived {
    if let Some(Value::MoneyPerYear(acv)) = plan.value("pricing.acv", segment) {
        return Derived::known(*acv, format!("{acv} a year, the stated ACV"));
    }
    let Some(Value::Price(price)) = plan.value("pricing.price", segment) else {
        return Derived::unknown(&["pricing.acv", "pricing.price"]);
    };
    let per = match plan.value("pricing.per", segment) {
        Some(Value::Choice(slug)) => Some(slug.as_str()),
        _ => None,
    };
    let seats = match plan.value("pricing.seats", segment) {
        Some(Value::Count(seats)) => Some(*seats),
        _ => None,
    };
    let for_account = match per {
        Some("account") => true,
        Some(_) => false,
        None => seats.is_none(),
    };
    // What one use costs says nothing about an account before the uses are counted.
    let by_use = price.per == Period::Unit;
    match seats {
        _ if for_account && !by_use => yearly(*price, None),
        Some(count) => {
            let noun = if by_use || per == Some("unit") {
                "units"
            } else {
                "seats"
            };
            yearly(*price, Some((count, noun)))
        }
        None => Derived::unknown(&["pricing.seats"]),
    }
}

/// A price times a count, a year.
fn yearly(price: Price, count: Option<(u64, &str)>) -> Derived {
    let payments = if price.per == Period::Month { 12 } else { 1 };
    let mut factors = price.to_string();
    let mut total = Some(price.amount);
    if let Some((count, noun)) = count {
        let shown = Value::Count(count).spelled();
        factors = format!("{factors} × {shown} {noun}");
        let count = i64::try_from(count).ok();
        total = total
            .zip(count)
            .and_then(|(total, count)| total.times(count));
    }
    if payments > 1 {
        factors = format!("{factors} × {payments}");
        total = total.and_then(|total| total.times(payments));
    }
    match total {
        None => Derived::too_large(&factors),
        Some(total) if price.per == Period::Year && count.is_none() => {
            Derived::known(total, format!("{total} a year, the stated price"))
        }
        Some(total) if price.per == Period::Once && count.is_none() => {
            Derived::known(total, format!("{total} once, in the first year"))
        }
        Some(total) if price.per == Period::Once => Derived::known(
            total,
            format!("{factors} = {total} once, in the first year"),
        ),
        Some(total) => Derived::known(total, format!("{factors} = {total} a year")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::testing::plan_with;

    /// Checks the deal value of a plan with these answers: arithmetic, or what is missing.
    fn check(answers: &[(&str, &str)], expected: &str) {
        let derived = deal_value(&plan_with(answers), &Segment::main());
        let shown = match derived.value {
            Some(value) => format!("{value}: {}", derived.arithmetic),
            None if derived.missing.is_empty() => derived.arithmetic,
            None => format!("missing {}", derived.missing.join(", ")),
        };
        assert_eq!(shown, expected, "{answers:?}");
    }

    #[test]
    fn a_stated_acv_wins() {
        check(
            &[("pricing.acv", "$25k"), ("pricing.price", "$49/mo")],
            "$25,000: $25,000 a year, the stated ACV",
        );
    }

    #[test]
    fn a_price_is_taken_a_year() {
        check(&[], "missing pricing.acv, pricing.price");
        check(
            &[("pricing.price", "$49/mo")],
            "$588: $49 a month × 12 = $588 a year",
        );
        check(
            &[("pricing.price", "€499 a year")],
            "€499: €499 a year, the stated price",
        );
        check(
            &[("pricing.price", "$499 once")],
            "$499: $499 once, in the first year",
        );
    }

    #[test]
    fn seats_count_where_the_price_is_for_one() {
        let price = ("pricing.price", "$49/mo");
        check(
            &[price, ("pricing.seats", "10")],
            "$5,880: $49 a month × 10 seats × 12 = $5,880 a year",
        );
        check(
            &[price, ("pricing.seats", "10"), ("pricing.per", "seat")],
            "$5,880: $49 a month × 10 seats × 12 = $5,880 a year",
        );
        check(
            &[price, ("pricing.seats", "10"), ("pricing.per", "account")],
            "$588: $49 a month × 12 = $588 a year",
        );
        check(&[price, ("pricing.per", "seat")], "missing pricing.seats");
        check(&[price, ("pricing.per", "unit")], "missing pricing.seats");
        check(
            &[("pricing.price", "$499 a year"), ("pricing.seats", "3")],
            "$1,497: $499 a year × 3 seats = $1,497 a year",
        );
    }

    #[test]
    fn a_price_of_one_use_needs_the_count() {
        let price = ("pricing.price", "2 cents per call");
        check(&[price], "missing pricing.seats");
        check(
            &[price, ("pricing.per", "account")],
            "missing pricing.seats",
        );
        check(
            &[price, ("pricing.seats", "120,000")],
            "$2,400: $0.02 per unit × 120,000 units = $2,400 a year",
        );
    }

    #[test]
    fn too_large_is_said() {
        check(
            &[
                ("pricing.price", "$900,000,000,000/mo"),
                ("pricing.seats", "12k"),
            ],
            "$900,000,000,000 a month × 12,000 seats × 12 is too large",
        );
    }
}
