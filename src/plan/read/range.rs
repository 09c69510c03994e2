//! Ranges of counts and of money: `50-500`, `5 to 30`, `up to 200`, `500+`.

use super::amounts::whole;
use super::money::{self, Amount, take_amount};
use super::number::{self, Em, Read};
use super::refusal::Refusal;
use super::tail::{self, Tail};
use super::{ParseContext, common_lead};
use crate::plan::field::{Field, Kind};
use crate::plan::{Money, Range, Value, ValueError};
use crate::text;

type Problem = String;

/// One end as it was read: a number, or an amount.
#[derive(Debug, Clone, Copy)]
enum End {
    Count(Read),
    Money(Amount),
}

impl End {
    fn read(self) -> Read {
        match self {
            Self::Count(read) => read,
            Self::Money(amount) => amount.read,
        }
    }
}

/// The ends of a range as they were read, and what follows them.
struct Ends<'a> {
    low: Option<End>,
    high: Option<End>,
    /// One more or less than the end that was said: "over 500" begins at 501.
    strict: bool,
    rest: &'a str,
}

/// Reads a range.
pub(super) fn parse(
    field: &Field,
    input: &str,
    context: ParseContext,
) -> Result<Value, ValueError> {
    let words = text::fold(input);
    let refuse = |problem: Problem| field.refuse(input, problem);
    let ends = ends(field, &words).map_err(refuse)?;
    let tail = tail::read(ends.rest, field.units);
    if !tail.left.is_empty() {
        return Err(refuse(format!(
            "I do not understand {}",
            text::quote(tail.left)
        )));
    }
    if let Some(readings) = shared_factor(&ends) {
        return Err(refuse(readings));
    }
    let value = match field.kind {
        Kind::MoneyRange => of_money(&ends, &tail, context).map(Value::MoneyRange),
        _ => of_counts(&ends, &tail).map(Value::CountRange),
    };
    value.map_err(refuse)
}

/// Splits the words into their ends.
fn ends<'a>(field: &Field, words: &'a str) -> Result<Ends<'a>, Problem> {
    let words = common_lead(field, words);
    for (phrases, is_low, strict) in ONE_ENDED {
        for phrase in *phrases {
            if let Some(rest) = words.strip_prefix(phrase) {
                let (end, rest) = take_end(field, rest)?;
                let (low, high) = if *is_low {
                    (Some(end), None)
                } else {
                    (None, Some(end))
                };
                return Ok(Ends {
                    low,
                    high,
                    strict: *strict,
                    rest,
                });
            }
        }
    }
    let between = words.strip_prefix("between ");
    let from = words.strip_prefix("from ");
    let (low, rest) = take_end(field, between.or(from).unwrap_or(words))?;
    let rest = skip_nouns(field, rest);
    if let Some(open) = open_ended(low, rest) {
        return Ok(open);
    }
    let joined = ["-", "to ", "..", "until ", "through "]
        .iter()
        .find_map(|s| rest.strip_prefix(s));
    let joined = joined.or_else(|| between.and_then(|_| rest.strip_prefix("and ")));
    let Some(rest) = joined else {
        return Err(format!(
            "one number is not a range: it can mean exactly that, at least that (`{0}+`) or at most that (`up to {0}`)",
            spelled(low)
        ));
    };
    let (high, rest) = take_end(field, rest.trim_start_matches('.'))?;
    Ok(Ends {
        low: Some(low),
        high: Some(high),
        strict: false,
        rest,
    })
}

/// A range that an end and the words after it make: `500+`, `200 or less`.
fn open_ended(end: End, rest: &str) -> Option<Ends<'_>> {
    let after = |phrases: &[&str]| phrases.iter().find_map(|phrase| rest.strip_prefix(phrase));
    let more = ["+", "or more", "and more", "and up", "and above", "upwards"];
    if let Some(rest) = after(&more) {
        return Some(Ends {
            low: Some(end),
            high: None,
            strict: false,
            rest,
        });
    }
    let rest = after(&["or less", "or fewer", "at most", "maximum", "max"])?;
    Some(Ends {
        low: None,
        high: Some(end),
        strict: false,
        rest,
    })
}

/// How ranges with one end begin: phrases, whether the end is the low one, whether it is excluded.
const ONE_ENDED: &[(&[&str], bool, bool)] = &[
    (
        &[
            "up to ",
            "at most ",
            "max ",
            "max. ",
            "maximum ",
            "no more than ",
            "<=",
            "≤",
        ],
        false,
        false,
    ),
    (
        &["under ", "below ", "less than ", "fewer than ", "<"],
        false,
        true,
    ),
    (
        &[
            "at least ",
            "min ",
            "min. ",
            "minimum ",
            "no less than ",
            ">=",
            "≥",
        ],
        true,
        false,
    ),
    (&["over ", "above ", "more than ", ">"], true, true),
];

/// Reads one end.
fn take_end<'a>(field: &Field, words: &'a str) -> Result<(End, &'a str), Problem> {
    let found = if field.kind == Kind::MoneyRange {
        take_amount(words)?.map(|(amount, rest)| (End::Money(amount), rest))
    } else {
        number::take(words, Em::Million)?.map(|(read, rest)| (End::Count(read), rest))
    };
    let (end, rest) = found.ok_or_else(|| "there is no range in it that I can read".to_owned())?;
    if end.read().number.is_negative() {
        return Err("a range of these begins at zero or more".to_owned());
    }
    Ok((end, rest.trim_start()))
}

/// Skips a noun between the ends: `5 people to 30 people`.
fn skip_nouns<'a>(field: &Field, rest: &'a str) -> &'a str {
    let (word, after) = number::split_word(rest);
    let is_noun = field
        .units
        .iter()
        .any(|noun| text::key(noun) == text::key(word));
    if !word.is_empty() && is_noun {
        after.trim_start()
    } else {
        rest
    }
}

/// The two readings of `5-10k`, where both are possible.
fn shared_factor(ends: &Ends<'_>) -> Option<Problem> {
    let (low, high) = (ends.low?.read(), ends.high?.read());
    if low.factor != 1 || high.factor == 1 || low.number.is_zero() {
        return None;
    }
    let scaled = low.number.times(high.factor)?;
    let larger = |one: number::Decimal, other: number::Decimal| {
        one.times(-1)
            .and_then(|minus| other.plus(minus))
            .is_some_and(number::Decimal::is_negative)
    };
    if larger(scaled, high.number) {
        return None;
    }
    Some(format!(
        "that can mean {low} to {high} or {scaled} to {high}; write both ends in full",
        low = low.number,
        high = high.number,
    ))
}

/// An end as it may be typed again.
fn spelled(end: End) -> String {
    end.read().number.to_string()
}

fn of_counts(ends: &Ends<'_>, tail: &Tail<'_>) -> Result<Range<u64>, Problem> {
    if tail.span.is_some() || tail.unit {
        return Err("a range of a count has no period".to_owned());
    }
    let count = |end: Option<End>| end.map(|end| whole(end.read().number)).transpose();
    let mut range = Range {
        low: count(ends.low)?,
        high: count(ends.high)?,
    };
    if ends.strict {
        range.low = range.low.map(|low| low.saturating_add(1));
        range.high = match range.high {
            Some(high) => Some(high.checked_sub(1).ok_or("nothing is below zero")?),
            None => None,
        };
    }
    ordered(range, |count| *count)
}

fn of_money(
    ends: &Ends<'_>,
    tail: &Tail<'_>,
    context: ParseContext,
) -> Result<Range<Money>, Problem> {
    if ends.strict {
        return Err("the ends of a range belong to it: write `up to` or `at least`".to_owned());
    }
    let amount = |end: Option<End>| match end {
        Some(End::Money(amount)) => Some(amount),
        _ => None,
    };
    let (low, high) = (amount(ends.low), amount(ends.high));
    let money = |end: Option<Amount>, other: Option<Amount>| -> Result<Option<Money>, Problem> {
        let Some(end) = end else { return Ok(None) };
        let money = end.money(other, context)?;
        money::a_year(money, tail)
            .map(Some)
            .map_err(Refusal::into_problem)
    };
    let range = Range {
        low: money(low, high)?,
        high: money(high, low)?,
    };
    if let (Some(low), Some(high)) = (range.low, range.high)
        && low.currency != high.currency
    {
        return Err("the ends of the range have two currencies".to_owned());
    }
    ordered(range, |money| money.ten_thousandths)
}

/// The range, unless its ends stand the wrong way round.
fn ordered<T, O: Ord>(range: Range<T>, by: impl Fn(&T) -> O) -> Result<Range<T>, Problem> {
    match (&range.low, &range.high) {
        (Some(low), Some(high)) if by(low) > by(high) => {
            Err("the range ends below its beginning".to_owned())
        }
        _ => Ok(range),
    }
}
