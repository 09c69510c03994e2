//! "Too low?": a rule that finds only what is too high has no word on it when it passes.

use super::Hypothesis;
use super::compose::Asking;
use super::judge::{WORTH, judge};
use crate::lint::{Outcome, RuleResult};
use crate::plan::{Length, Money, Price, Value};
use crate::text::{fold, words};

/// What may stand behind "too" of what is less than it should be,
const LESS: [&str; 8] = [
    "low", "cheap", "little", "few", "small", "short", "early", "thin",
];
/// … and of what is more.
const MORE: [&str; 8] = [
    "high",
    "expensive",
    "much",
    "many",
    "large",
    "big",
    "long",
    "late",
];
/// By how much a value is changed, to see whether a rule then finds something.
const FAR: i64 = 100;

/// Whether a question asks if a value is too low, or too high, and the rule that passes judges the other side of
/// it alone.
pub(super) fn is_the_other(
    question: &str,
    pass: &RuleResult,
    tried: &[Hypothesis],
    asking: &Asking<'_>,
) -> bool {
    let Some(is_less) = asked(question) else {
        return false;
    };
    let changed = |one: &Hypothesis| {
        let value = far(&one.value, is_less)?;
        Some(Hypothesis {
            value,
            ..one.clone()
        })
    };
    let is_read = |one: &&Hypothesis| pass.fields.contains(one.field.name);
    let circumstance = |one: &&Hypothesis| WORTH.contains(&one.field.name);
    let mut read: Vec<_> = tried.iter().filter(is_read).collect();
    read.sort_by_key(circumstance);
    let Some(changed) = read.into_iter().find_map(changed) else {
        return false;
    };
    let mut other = tried.to_vec();
    for one in &mut other {
        if one.field == changed.field {
            *one = changed.clone();
        }
    }
    let finds =
        |result: &RuleResult| result.rule == pass.rule && result.outcome == Outcome::Finding;
    !judge(asking, &other).results.iter().any(finds)
}

/// Whether a question asks if something is too low; nothing where it asks for neither side.
fn asked(question: &str) -> Option<bool> {
    let folded = fold(question);
    let said = words(&folded);
    let mut behind = said.windows(2).filter(|two| two[0] == "too");
    behind.find_map(|two| {
        let is_less = LESS.contains(&two[1]);
        (is_less || MORE.contains(&two[1])).then_some(is_less)
    })
}

/// A value that is far less, or far more.
fn far(value: &Value, is_less: bool) -> Option<Value> {
    let scaled = |number: i64| {
        if is_less {
            Some(number / FAR)
        } else {
            number.checked_mul(FAR)
        }
    };
    let money = |money: &Money| {
        Some(Money {
            ten_thousandths: scaled(money.ten_thousandths)?,
            ..*money
        })
    };
    Some(match value {
        Value::Money(sum) => Value::Money(money(sum)?),
        Value::MoneyPerYear(sum) => Value::MoneyPerYear(money(sum)?),
        Value::Price(price) => Value::Price(Price {
            amount: money(&price.amount)?,
            ..*price
        }),
        Value::Count(count) => {
            Value::Count(u64::try_from(scaled(i64::try_from(*count).ok()?)?).ok()?)
        }
        Value::Days(length) => Value::Days(Length(scaled(length.0)?)),
        Value::Months(length) => Value::Months(Length(scaled(length.0)?)),
        _ => return None,
    })
}
