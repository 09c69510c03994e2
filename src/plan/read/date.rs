//! Calendar dates: `2026-03-01`, `next Monday`, `March 2026`, `Q3`.
//!
//! A month or a quarter is its first day; without a year it is this year's.

use jiff::civil::{Date, Weekday};
use jiff::{Span, ToSpan};

use crate::plan::ValueError;
use crate::plan::field::Field;
use crate::plan::read::in_words;
use crate::text;

type Problem = String;

/// Reads a date for a field.
pub(super) fn parse_for(field: &Field, input: &str, today: Date) -> Result<Date, ValueError> {
    parse(input, today).map_err(|problem| field.refuse(input, problem))
}

/// Reads a date.
pub(super) fn parse(input: &str, today: Date) -> Result<Date, Problem> {
    let words = text::fold(input);
    let words = ["on ", "since ", "in ", "from ", "by "]
        .iter()
        .find_map(|lead| {
            words
                .strip_prefix(lead)
                .filter(|rest| !is_distance(lead, rest))
        })
        .unwrap_or(&words);
    let words = words.trim_end_matches(['.', ',']);
    let found = relative(words, today)
        .or_else(|| weekday(words, today))
        .or_else(|| numeric(words))
        .or_else(|| quarter(words, today))
        .or_else(|| with_month(words, today));
    let date = found.unwrap_or_else(|| Err("there is no date in it that I can read".to_owned()))?;
    if (1900..=2200).contains(&date.year()) {
        return Ok(date);
    }
    Err(format!(
        "the year {} is not one that a plan has",
        date.year()
    ))
}

/// Whether `in …` is a distance from today and not a month.
fn is_distance(lead: &str, rest: &str) -> bool {
    lead == "in " && step(rest.trim_end_matches(['.', ','])).is_some()
}

type Found = Option<Result<Date, Problem>>;

/// A date of these parts, or why there is none.
fn day_of(year: i16, month: i8, day: i8) -> Result<Date, Problem> {
    Date::new(year, month, day).map_err(|_| "the calendar has no such day".to_owned())
}

/// Days that are said by their distance from today.
fn relative(words: &str, today: Date) -> Found {
    let moved = |span: Span| {
        Some(
            today
                .checked_add(span)
                .map_err(|_| "that is too far away".to_owned()),
        )
    };
    match words {
        "today" | "now" => return Some(Ok(today)),
        "tomorrow" => return moved(1.day()),
        "yesterday" => return moved((-1).day()),
        "this month" => return Some(day_of(today.year(), today.month(), 1)),
        "next month" => return moved(1.month()).map(|d| d.map(Date::first_of_month)),
        "last month" => return moved((-1).month()).map(|d| d.map(Date::first_of_month)),
        "this quarter" => return Some(quarter_start(today)),
        "next quarter" => return moved(3.months()).map(|d| d.and_then(quarter_start)),
        "last quarter" => return moved((-3).months()).map(|d| d.and_then(quarter_start)),
        "this year" => return Some(day_of(today.year(), 1, 1)),
        "next year" => return Some(day_of(today.year().checked_add(1)?, 1, 1)),
        "last year" => return Some(day_of(today.year().checked_sub(1)?, 1, 1)),
        _ => {}
    }
    if let Some(rest) = words.strip_prefix("in ") {
        return moved(step(rest)?);
    }
    if let Some(rest) = words.strip_suffix(" from now") {
        return moved(step(rest)?);
    }
    moved(step(words.strip_suffix(" ago")?)?.negate())
}

/// `3 weeks`, `a month`.
fn step(words: &str) -> Option<Span> {
    if matches!(words, "half a year" | "half year" | "a half year") {
        return Some(6.months());
    }
    let (count, unit) = words.split_once(' ')?;
    let in_words = in_words::SMALL.iter().position(|word| *word == count);
    let count: i32 = match (count, in_words) {
        ("a" | "an", _) => 1,
        (_, Some(count)) => i32::try_from(count).ok()?,
        (count, None) => count
            .parse()
            .ok()
            .filter(|count| (0..=10_000).contains(count))?,
    };
    Some(match unit {
        "day" | "days" => count.days(),
        "week" | "weeks" => count.weeks(),
        "month" | "months" => count.months(),
        "quarter" | "quarters" => count.checked_mul(3)?.months(),
        "year" | "years" => count.checked_mul(12)?.months(),
        _ => return None,
    })
}

fn quarter_start(date: Date) -> Result<Date, Problem> {
    day_of(date.year(), (date.month() - 1) / 3 * 3 + 1, 1)
}

/// `next Monday`, `last Friday`; a weekday alone may be either.
fn weekday(words: &str, today: Date) -> Found {
    let (which, name) = match words.split_once(' ') {
        Some((which @ ("next" | "last" | "coming" | "this"), name)) => (which, name),
        Some(_) => return None,
        None => ("", words),
    };
    let day = weekday_named(name)?;
    let next = |count| {
        Some(
            today
                .nth_weekday(count, day)
                .map_err(|_| "that is too far away".to_owned()),
        )
    };
    match which {
        "next" | "coming" => next(1),
        "last" => next(-1),
        _ => {
            let (after, before) = (next(1)?.ok()?, next(-1)?.ok()?);
            Some(Err(format!("that can mean {after} or {before}")))
        }
    }
}

fn weekday_named(name: &str) -> Option<Weekday> {
    let days = [
        ("monday", Weekday::Monday),
        ("tuesday", Weekday::Tuesday),
        ("wednesday", Weekday::Wednesday),
        ("thursday", Weekday::Thursday),
        ("friday", Weekday::Friday),
        ("saturday", Weekday::Saturday),
        ("sunday", Weekday::Sunday),
    ];
    let known = days
        .into_iter()
        .find(|(day, _)| *day == name || (name.len() == 3 && day.starts_with(name)));
    known.map(|(_, day)| day)
}

/// Dates of digits alone: `2026-03-01`, `2026-03`, `1.3.2026`, `25/12/2026`.
fn numeric(words: &str) -> Found {
    let sign = ['-', '/', '.']
        .into_iter()
        .find(|&sign| words.contains(sign))?;
    let parts: Vec<&str> = words.split(sign).map(str::trim).collect();
    let digits = |part: &&str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if !parts.iter().all(digits) {
        return None;
    }
    match parts[..] {
        [year, month] if year.len() == 4 => {
            Some(day_of(year.parse().ok()?, month.parse().ok()?, 1))
        }
        [year, month, day] if year.len() == 4 => Some(day_of(
            year.parse().ok()?,
            month.parse().ok()?,
            day.parse().ok()?,
        )),
        [day, month, year] if year.len() == 4 && sign == '.' => Some(day_of(
            year.parse().ok()?,
            month.parse().ok()?,
            day.parse().ok()?,
        )),
        [one, other, year] if year.len() == 4 => Some(either_order(
            one.parse().ok()?,
            other.parse().ok()?,
            year.parse().ok()?,
        )),
        _ => Some(Err("the year needs four digits".to_owned())),
    }
}

/// A day and a month in an order that depends on the country.
fn either_order(one: i8, other: i8, year: i16) -> Result<Date, Problem> {
    if one == other || one > 12 {
        return day_of(year, other, one);
    }
    if other > 12 {
        return day_of(year, one, other);
    }
    let (european, american) = (day_of(year, other, one)?, day_of(year, one, other)?);
    Err(format!("that can mean {american} or {european}"))
}

/// `Q3`, `Q3 2026`, `2026 Q3`.
fn quarter(words: &str, today: Date) -> Found {
    let mut year = today.year();
    let mut number = None;
    let mut parts = 0;
    for part in words
        .split([' ', '/', '-', '\''])
        .filter(|part| !part.is_empty())
    {
        parts += 1;
        match part.strip_prefix('q').map(str::parse::<i8>) {
            Some(Ok(quarter @ 1..=4)) if number.is_none() => number = Some(quarter),
            None if part.len() == 4 => year = part.parse().ok()?,
            _ => return None,
        }
    }
    let quarter = number.filter(|_| parts <= 2)?;
    Some(day_of(year, (quarter - 1) * 3 + 1, 1))
}

/// `March 2026`, `1 March 2026`, `March 1st, 2026`, `March`.
fn with_month(words: &str, today: Date) -> Found {
    let (mut year, mut month, mut day) = (None, None, None);
    for part in words
        .split([' ', ',', '-', '/'])
        .filter(|part| !part.is_empty() && *part != "of")
    {
        if let Some(named) = text::month(part.trim_end_matches('.')) {
            month = Some(named).filter(|_| month.is_none());
            month?;
        } else if part.len() == 4 && part.bytes().all(|b| b.is_ascii_digit()) && year.is_none() {
            year = Some(part.parse().ok()?);
        } else {
            let bare = ["st", "nd", "rd", "th", "."]
                .iter()
                .find_map(|end| part.strip_suffix(end));
            let number: i8 = bare.unwrap_or(part).parse().ok()?;
            if day.replace(number).is_some() {
                return None;
            }
        }
    }
    let year = year.unwrap_or_else(|| today.year());
    Some(day_of(year, month?, day.unwrap_or(1)))
}
