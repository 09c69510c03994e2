//! Lengths of time, in days or months, with two decimals.
//!
//! Between days and months a month counts 30 days (so a quarter counts 90) and a year 365 days or
//! 12 months. A length that does not come out exact at two decimals is refused, never rounded.

use super::number::{self, Decimal, Em};
use super::refusal::Refusal;
use super::tail::Span;
use super::{common_lead, tail};
use crate::plan::field::{Field, Kind};
use crate::plan::{Length, Value, ValueError};
use crate::text;

/// Reads a length of time in the field's unit.
pub(super) fn parse(field: &Field, input: &str) -> Result<Value, ValueError> {
    let words = text::fold(input);
    let unit = match field.kind {
        Kind::Days => Unit::Days,
        _ => Unit::Months,
    };
    let length = length(field, &words, unit).map_err(|refusal| refusal.of(field, input))?;
    Ok(match unit {
        Unit::Days => Value::Days(length),
        Unit::Months => Value::Months(length),
    })
}

/// What a field counts lengths of time in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Unit {
    Days,
    Months,
}

fn length(field: &Field, words: &str, unit: Unit) -> Result<Length, Refusal> {
    let words = common_lead(field, words);
    let words = words.strip_prefix("every ").unwrap_or(words);
    if let Some(months) = cadence(words) {
        return fit(Decimal::from(months), Span::Month, unit);
    }
    let is_quarter = words.strip_prefix('q').is_some_and(|rest| {
        rest.starts_with(['1', '2', '3', '4']) && !rest[1..].starts_with(char::is_alphanumeric)
    });
    if is_quarter {
        let name = words[..2].to_uppercase();
        let problem = format!("{name} is a date; `a quarter` is a length");
        return Err(Refusal::new(problem).trying(["a quarter".to_owned()]));
    }
    // `quarter`, `year` alone: one of them.
    let (word, rest) = number::split_word(words);
    if let Some(span) = tail::span(word).filter(|_| word.len() > 2 && ending(rest)) {
        return fit(Decimal::from(1), span, unit);
    }
    let Some((read, rest)) = number::take(words, Em::Unread)? else {
        return Err(Refusal::new(
            "there is no length of time in it that I can read",
        ));
    };
    if read.number.is_negative() {
        return Err(Refusal::new("a length of time is zero or more"));
    }
    let rest = rest.trim_start_matches('-').trim_start();
    let (word, after) = number::split_word(rest);
    let own = match unit {
        Unit::Days => Span::Day,
        Unit::Months => Span::Month,
    };
    let span = match word {
        "" if ending(rest) => own,
        // A bare `m` is a month in a field of months; among days it could be minutes.
        "m" if unit == Unit::Days => {
            return Err(Refusal::new(
                "`m` can mean minutes or months; write `mo` for months",
            ));
        }
        "fortnight" | "fortnights" if ending(after) => {
            let weeks = read
                .number
                .times(2)
                .ok_or_else(|| Refusal::new("the length is too large"))?;
            return fit(weeks, Span::Week, unit);
        }
        _ => match tail::span(word).filter(|_| ending(after)) {
            Some(span) => span,
            None => return Err(Refusal::new(not_one_length(rest))),
        },
    };
    fit(read.number, span, unit)
}

/// How many days a word for a length of time stands for, such as `weeks` or `quarter`.
pub(crate) fn days_in(word: &str) -> Option<i64> {
    match word {
        "fortnight" | "fortnights" => Some(14),
        word => tail::span(word).map(days),
    }
}

fn days(span: Span) -> i64 {
    match span {
        Span::Day => 1,
        Span::Week => 7,
        Span::Month => 30,
        Span::Quarter => 90,
        Span::Year => 365,
        Span::Once => 0,
    }
}

/// How often something happens, in months.
fn cadence(words: &str) -> Option<i64> {
    Some(match words {
        "monthly" | "once a month" => 1,
        "quarterly" | "once a quarter" => 3,
        "half-yearly" | "half yearly" | "twice a year" => 6,
        "yearly" | "annually" | "once a year" => 12,
        _ => return None,
    })
}

/// Whether only the end of a sentence is left.
fn ending(rest: &str) -> bool {
    rest.trim_matches(|sign: char| sign.is_whitespace() || ".,;!".contains(sign))
        .is_empty()
}

fn not_one_length(rest: &str) -> String {
    if rest.starts_with(|sign: char| sign.is_ascii_digit()) || rest.starts_with("to ") {
        return "that is a range, and one length is needed".to_owned();
    }
    format!(
        "I do not understand {} as a unit of time",
        text::quote(rest)
    )
}

/// The length in the field's unit, where that is exact.
fn fit(number: Decimal, span: Span, unit: Unit) -> Result<Length, Refusal> {
    let too_large = || Refusal::new("the length is too large");
    // In days: how many a span has; in months: how many, or a thirtieth for spans of days.
    let (factor, thirtieths) = match (span, unit) {
        (Span::Once, _) => return Err(Refusal::new("`once` is not a length of time")),
        (span, Unit::Days) => (i128::from(days(span)), false),
        (Span::Month, Unit::Months) => (1, false),
        (Span::Day, Unit::Months) => (1, true),
        (Span::Week, Unit::Months) => (7, true),
        (Span::Quarter, Unit::Months) => (3, false),
        (Span::Year, Unit::Months) => (12, false),
    };
    let whole = number.times(factor).ok_or_else(too_large)?;
    let exact = if thirtieths {
        whole.divided(30)
    } else {
        Some(whole)
    };
    if let Some(length) = exact
        && length.has_decimals_at_most(2)
    {
        let hundredths = length.scaled(2).filter(|&hundredths| hundredths <= LONGEST);
        return hundredths.map(Length).ok_or_else(too_large);
    }
    if !thirtieths {
        let unit = match unit {
            Unit::Days => "days",
            Unit::Months => "months",
        };
        return Err(Refusal::new(format!(
            "a length has at most two decimals of {unit}"
        )));
    }
    let near = whole.scaled(2).map(|hundredths| (hundredths + 15) / 30);
    let near = near.filter(|&near| near <= LONGEST);
    let near = near.map(|near| Value::Months(Length(near)).spelled());
    let problem = "with 30 days to a month that is no exact number of months";
    Err(Refusal::new(problem).trying(near))
}

/// A thousand years of days, in hundredths: longer is a slip.
const LONGEST: i64 = 36_500_000;
