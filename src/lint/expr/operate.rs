//! Operators on known values.

use jiff::civil::Date;

use super::ratio::Ratio;
use super::syntax::Binary;
use super::units::Unit;
use super::value::{Quantity, Unfit, V, too_large};

/// The value with the other sign.
pub(super) fn negated(value: &V) -> Result<V, Unfit> {
    let V::Quantity(quantity) = value else {
        return Err("`-` met something that is no quantity".to_owned().into());
    };
    let amount = quantity.amount.negated().ok_or_else(too_large)?;
    Ok(V::Quantity(Quantity {
        amount,
        ..*quantity
    }))
}

/// `left operator right`, or why there is no such value; `&&` and `||` are the evaluator's own.
pub(super) fn apply(operator: Binary, left: &V, right: &V) -> Result<V, Unfit> {
    match (operator, left, right) {
        (Binary::Minus, V::Date(one), V::Date(two)) => days_between(*two, *one),
        (Binary::Plus | Binary::Minus | Binary::Times | Binary::Over, _, _) => {
            let (V::Quantity(one), V::Quantity(two)) = (left, right) else {
                return Err("arithmetic met something that is no quantity"
                    .to_owned()
                    .into());
            };
            one.arithmetic(operator, *two).map(V::Quantity)
        }
        _ => holds(operator, left, right).map(V::Bool),
    }
}

/// Whether a comparison or membership holds, or why that cannot be said.
pub(super) fn holds(operator: Binary, left: &V, right: &V) -> Result<bool, Unfit> {
    let order = match (left, right) {
        (V::Choice(place), V::Set(choices)) if operator == Binary::In => {
            return Ok(choices.contains(*place));
        }
        (item, V::List(items)) if operator == Binary::In => return Ok(items.contains(item)),
        _ if operator == Binary::In => return Ok(false),
        (V::Quantity(one), V::Quantity(two)) => one.compare(*two)?,
        (V::Date(one), V::Date(two)) => one.cmp(two),
        (one, two) => {
            let unequal = operator == Binary::Unequal;
            return Ok((one == two) != unequal);
        }
    };
    Ok(match operator {
        Binary::Equal => order.is_eq(),
        Binary::Unequal => order.is_ne(),
        Binary::Less => order.is_lt(),
        Binary::LessOrEqual => order.is_le(),
        Binary::Greater => order.is_gt(),
        _ => order.is_ge(),
    })
}

fn days_between(from: Date, to: Date) -> Result<V, Unfit> {
    let days = from.until(to).map_err(|_| too_large())?.get_days();
    let amount = Ratio::whole(i128::from(days));
    Ok(V::Quantity(Quantity::new(amount, Unit::Days)))
}
