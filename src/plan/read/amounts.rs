//! Percentages and counts.

use super::common_lead;
use super::number::{self, Decimal, Em};
use super::refusal::Refusal;
use super::tail::{self, Span, Tail};
use crate::plan::field::Field;
use crate::plan::{Percent, Period, Value, ValueError};
use crate::text;

/// Reads a percentage: `25%`, `-135 %`, `1,900 percent`, and `25` where only that can be meant.
pub(super) fn parse_percent(field: &Field, input: &str) -> Result<Value, ValueError> {
    let words = text::fold(input);
    percent(field, &words).map_err(|refusal| refusal.of(field, input))
}

fn percent(field: &Field, words: &str) -> Result<Value, Refusal> {
    let words = common_lead(field, words);
    let Some((read, rest)) = number::take(words, Em::Unread)? else {
        return Err(Refusal::new("there is no percentage in it that I can read"));
    };
    let (signed, rest) = take_percent_sign(rest);
    check_tail(field, rest)?;
    if !signed {
        check_bare(field, read.number)?;
    }
    if !read.number.has_decimals_at_most(2) {
        return Err(Refusal::new("a percentage has at most two decimals"));
    }
    let (low, high) = field.percent;
    match read.number.scaled(2) {
        Some(hundredths) if (low * 100..=high * 100).contains(&hundredths) => {
            Ok(Value::Percent(Percent(hundredths)))
        }
        _ => {
            let bound = |bound: i64| crate::text::grouped(u128::from(bound.unsigned_abs()));
            let sign = if low < 0 { "-" } else { "" };
            let bounds = format!("{sign}{}% to {}%", bound(low), bound(high));
            Err(Refusal::new(format!("{} goes from {bounds}", field.label)))
        }
    }
}

fn take_percent_sign(rest: &str) -> (bool, &str) {
    for sign in ["%", "percent", "per cent", "pct"] {
        if let Some(rest) = rest.strip_prefix(sign) {
            return (true, rest);
        }
    }
    (false, rest)
}

/// A bare fraction may be a share: `0.25` is 0.25% or 25%.
fn check_bare(field: &Field, number: Decimal) -> Result<(), Refusal> {
    let share = number.times(100).and_then(|share| share.scaled(2));
    let whole = number.scaled(2);
    let (Some(share), Some(whole)) = (share, whole) else {
        return Ok(());
    };
    // Between -1 and 1 both readings are always possible; up to 2 only where a share above 100%
    // is, as for net revenue retention.
    let small = whole.abs() < 100;
    let near = whole.abs() < 200 && share <= field.percent.1 * 100;
    if number.is_zero() || number.is_whole() || !(small || near) {
        return Ok(());
    }
    let share = Value::Percent(Percent(share)).display(field);
    let exact = Value::Percent(Percent(whole)).display(field);
    let problem = format!("that can mean {exact} or {share}; write the % sign");
    Err(Refusal::new(problem).trying([share, exact]))
}

/// Checks what follows the number: nouns of the field, or the period that the field is for.
fn check_tail(field: &Field, rest: &str) -> Result<(), String> {
    let tail = tail::read(rest, field.units);
    if !tail.left.is_empty() {
        return Err(left_over(&tail));
    }
    check_span(field, &tail)
}

fn left_over(tail: &Tail<'_>) -> String {
    if tail.left.starts_with('-') || tail.left.starts_with("to ") || tail.left.starts_with("..") {
        return "that is a range, and one number is needed".to_owned();
    }
    format!(
        "I do not understand {} after the number",
        text::quote(tail.left)
    )
}

/// Whether the period that was said is the one that the field is for.
fn check_span(field: &Field, tail: &Tail<'_>) -> Result<(), String> {
    let fixed = match field.per {
        Some(Period::Month) => Some(Span::Month),
        Some(Period::Year) => Some(Span::Year),
        _ => None,
    };
    match (tail.span, fixed) {
        _ if tail.spans_clash => Err("two different periods are given".to_owned()),
        (None, _) => Ok(()),
        (said, fixed) if said == fixed => Ok(()),
        (Some(said), Some(fixed)) => Err(format!(
            "{} counts {}, not {}",
            field.label,
            fixed.words(),
            said.words()
        )),
        (Some(said), None) => Err(format!("{} is not counted {}", field.label, said.words())),
    }
}

/// Reads a whole number: `1,200`, `12k`, `a dozen`, `8 reps`.
pub(super) fn parse_count(field: &Field, input: &str) -> Result<Value, ValueError> {
    let words = text::fold(input);
    count(field, &words)
        .map(Value::Count)
        .map_err(|problem| field.refuse(input, problem))
}

fn count(field: &Field, words: &str) -> Result<u64, String> {
    let words = common_lead(field, words);
    let (word, rest) = number::split_word(words);
    if matches!(word, "none" | "no" | "nobody") {
        check_tail(field, rest)?;
        return Ok(0);
    }
    let Some((read, rest)) = number::take(words, Em::Million)? else {
        return Err("there is no number in it that I can read".to_owned());
    };
    // A unit of use such as "calls" is a plain noun where it is one of the field's own.
    check_tail(field, rest)?;
    whole(read.number)
}

/// The number as a count.
pub(super) fn whole(number: Decimal) -> Result<u64, String> {
    if number.is_negative() {
        return Err("a count is zero or more".to_owned());
    }
    if !number.is_whole() {
        return Err(format!("{number} is not a whole number"));
    }
    let count = number.scaled(0).and_then(|count| u64::try_from(count).ok());
    count.ok_or_else(|| "the number is too large".to_owned())
}
