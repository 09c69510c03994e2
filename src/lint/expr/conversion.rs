//! What to write where two sides do not go together as they stand: the conversion by name.

use std::fmt::Display;

use super::refusal::Sides;
use super::syntax::{Binary, Expr, ExprKind};
use super::types::Type;
use super::units::Unit;
use super::written::within;

/// Days of a month, where a length is written down.
const DAYS_A_MONTH: u32 = 30;

/// One side, and the operator that stands between the two.
type Side<'a> = (&'a Expr, &'a Type);

/// What to write in place of `left operator right`; `None` where nothing makes them meet.
pub(super) fn conversion(sides: &Sides<'_>) -> Option<String> {
    let (left, right) = (sides.left, sides.right);
    match (left.1, right.1) {
        (Type::Set(_) | Type::List(_), Type::Set(_) | Type::List(_))
            if sides.operator == Binary::In =>
        {
            Some(set_in_set(left, right))
        }
        (Type::Date, Type::Unit(Unit::Days | Unit::Months))
        | (Type::Unit(Unit::Days | Unit::Months), Type::Date) => Some(age_of_a_date(sides)),
        (Type::Price, Type::Unit(unit)) if unit.has_currency() => {
            Some(write(&yearly(left.0, *unit), sides.operator, right.0))
        }
        (Type::Unit(unit), Type::Price) if unit.has_currency() => {
            Some(write(left.0, sides.operator, &yearly(right.0, *unit)))
        }
        (Type::Price, Type::Unit(_)) => of_a_price(sides.operator, left.0, right.0),
        (Type::Unit(one), Type::Unit(two)) => units(sides, *one, *two),
        _ => None,
    }
}

/// A price beside a number or a percentage.
fn of_a_price(operator: Binary, price: &Expr, other: &Expr) -> Option<String> {
    let written = write(&yearly(price, Unit::MoneyPerYear), operator, other);
    if !operator.compares() {
        return Some(written);
    }
    parameter(other)?;
    let unit = Unit::MoneyPerYear.slug();
    Some(format!(
        "{written}, and give `{other}` the `unit = \"{unit}\"`"
    ))
}

fn write(left: &dyn Display, operator: Binary, right: &dyn Display) -> String {
    format!("write `{left} {} {right}`", operator.sign())
}

/// What a price comes to in a year, as money or as money a year.
fn yearly(price: &Expr, unit: Unit) -> String {
    match unit {
        Unit::Money => format!("first_year(per_year({price}))"),
        _ => format!("per_year({price})"),
    }
}

fn set_in_set((left, _): Side<'_>, (right, _): Side<'_>) -> String {
    let (set, those) = if matches!(left.kind, ExprKind::List(_)) {
        (right, left)
    } else {
        (left, right)
    };
    let shared = if matches!(those.kind, ExprKind::List(_)) {
        String::new()
    } else {
        format!("; what the two share is `overlap({set}, {those})`")
    };
    format!(
        "`in` asks for one item; whether one of several is in it says `any({set}, c, c in {those})`{shared}"
    )
}

/// `today - plan.last_review > months(6)`, `plan.last_review < today - months(6)`.
fn age_of_a_date(sides: &Sides<'_>) -> String {
    let named = [sides.left.0, sides.right.0].into_iter().find_map(|side| {
        let ExprKind::Name(name) = &side.kind else {
            return None;
        };
        (name != "today" && !name.starts_with("params.")).then_some(name.as_str())
    });
    let date = named.unwrap_or("plan.last_review");
    format!(
        "how long ago a date is says `months_since(…)`, such as `months_since({date}) > months(6)`"
    )
}

fn units(sides: &Sides<'_>, one: Unit, two: Unit) -> Option<String> {
    let (left, operator, right) = (sides.left.0, sides.operator, sides.right.0);
    match (one, two) {
        (Unit::Number, Unit::Percent) => share(left, operator, right),
        (Unit::Percent, Unit::Number) => share_on_the_right(left, operator, right),
        _ if operator.compares() && parameter(left).is_some() => Some(in_unit(left, two)),
        _ if operator.compares() && parameter(right).is_some() => Some(in_unit(right, one)),
        (Unit::MoneyPerYear, Unit::Money) if operator != Binary::Times => {
            Some(write(&format!("first_year({left})"), operator, right))
        }
        (Unit::Money, Unit::MoneyPerYear) if operator != Binary::Times => {
            Some(write(left, operator, &format!("first_year({right})")))
        }
        (Unit::Days, Unit::Months) | (Unit::Months, Unit::Days) => lengths(sides, one),
        _ => None,
    }
}

/// The name of a parameter of the page.
fn parameter(expr: &Expr) -> Option<&str> {
    match &expr.kind {
        ExprKind::Name(name) => name.strip_prefix("params."),
        _ => None,
    }
}

fn in_unit(param: &Expr, unit: Unit) -> String {
    format!("give `{param}` the `unit = \"{}\"`", unit.slug())
}

/// A number that is none that is written down, beside a percentage.
fn share(number: &Expr, operator: Binary, percentage: &Expr) -> Option<String> {
    if matches!(number.kind, ExprKind::Number(_)) || !operator.compares() {
        return None;
    }
    let share = write(&format!("share({number})"), operator, percentage);
    Some(match &number.kind {
        ExprKind::Binary(Binary::Over, part, whole) => {
            let (whole, percentage) = (within(whole, 5), within(percentage, 6));
            let sign = operator.sign();
            format!("{share}, or `{part} {sign} {whole} * {percentage}`")
        }
        _ => share,
    })
}

fn share_on_the_right(percentage: &Expr, operator: Binary, number: &Expr) -> Option<String> {
    if matches!(number.kind, ExprKind::Number(_)) || !operator.compares() {
        return None;
    }
    Some(write(percentage, operator, &format!("share({number})")))
}

/// Days beside months: by the age of a date, by a length that is written down, else by both as
/// numbers.
fn lengths(sides: &Sides<'_>, one: Unit) -> Option<String> {
    let (left, operator, right) = (sides.left.0, sides.operator, sides.right.0);
    if let ExprKind::Binary(Binary::Minus, now, date) = &left.kind
        && now.kind == ExprKind::Name("today".to_owned())
        && operator.compares()
    {
        return Some(write(&format!("months_since({date})"), operator, right));
    }
    if let Some(length) = written_down(right) {
        return Some(write(left, operator, &length));
    }
    if let Some(length) = written_down(left) {
        return Some(write(&length, operator, right));
    }
    let as_number = |expr: &Expr, unit: Unit| match unit {
        Unit::Days => format!("{} / days({DAYS_A_MONTH})", within(expr, 5)),
        _ => format!("{} / months(1)", within(expr, 5)),
    };
    let two = if one == Unit::Days {
        Unit::Months
    } else {
        Unit::Days
    };
    operator
        .compares()
        .then(|| write(&as_number(left, one), operator, &as_number(right, two)))
}

/// `months(3)` as `days(90)`, `days(90)` as `months(3)`.
fn written_down(expr: &Expr) -> Option<String> {
    let ExprKind::Call(name, _, arguments) = &expr.kind else {
        return None;
    };
    let [
        Expr {
            kind: ExprKind::Number(digits),
            ..
        },
    ] = arguments.as_slice()
    else {
        return None;
    };
    let length: u32 = digits.parse().ok()?;
    match name.as_str() {
        "months" => Some(format!("days({})", length.checked_mul(DAYS_A_MONTH)?)),
        "days" if length.is_multiple_of(DAYS_A_MONTH) => {
            Some(format!("months({})", length / DAYS_A_MONTH))
        }
        _ => None,
    }
}
