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
        Some(total) => Derived::known(total, format!("{factors} = {total} a year")),
    }
}
