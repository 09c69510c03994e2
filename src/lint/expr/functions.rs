//! The named functions that pages call: literals of units, sets, and what an expression cannot say.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::ratio::Ratio;
use super::types::Type;
use super::units::Unit;
use super::value::{Quantity, V, too_large};
use crate::lint::wording::{Heard, Wording};
use crate::plan::Period;

/// A function of values; one row of [`TABLE`] each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Function {
    /// `size(set)`, `size(list)`, `size(text)`
    Size,
    /// `usd(100)` and its like: a quantity of this unit.
    Literal(Unit),
    /// `share(number)`: a number as a percentage.
    Share,
    /// `first_year(money a year)`: the money of twelve months.
    FirstYear,
    /// `per_year(price)`: what a price comes to in a year.
    PerYear,
    /// `low(range)`
    Low,
    /// `high(range)`
    High,
    /// `without(set, set)`
    Without,
    /// `overlap(set, set)`
    Overlap,
    /// `joined(set, set)`
    Joined,
    /// `smaller(a, b)`
    Smaller,
    /// `larger(a, b)`
    Larger,
    /// `age(dates, choice)`: months since the choice's date.
    Age,
    /// `months_since(date)`: months since a date; less than none for one to come.
    MonthsSince,
    /// `oldest_age(dates, set)`: the greatest age of the set's choices, each of which has a date.
    OldestAge,
    /// `shortest_days(text)`: the low end of the longest time that a text names.
    ShortestDays,
    /// `longest_days(text)`: its high end.
    LongestDays,
    /// `words(text)` and its like: what the wording of a text gives away.
    Wording(Wording),
}

const TABLE: [(&str, Function); 21] = [
    ("size", Function::Size),
    ("usd", Function::Literal(Unit::Money)),
    ("usd_per_year", Function::Literal(Unit::MoneyPerYear)),
    ("percent", Function::Literal(Unit::Percent)),
    ("days", Function::Literal(Unit::Days)),
    ("months", Function::Literal(Unit::Months)),
    ("share", Function::Share),
    ("first_year", Function::FirstYear),
    ("per_year", Function::PerYear),
    ("low", Function::Low),
    ("high", Function::High),
    ("without", Function::Without),
    ("overlap", Function::Overlap),
    ("joined", Function::Joined),
    ("smaller", Function::Smaller),
    ("larger", Function::Larger),
    ("age", Function::Age),
    ("months_since", Function::MonthsSince),
    ("oldest_age", Function::OldestAge),
    ("shortest_days", Function::ShortestDays),
    ("longest_days", Function::LongestDays),
];

impl Function {
    /// The function of this name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        let found = TABLE.iter().find(|(known, _)| *known == name);
        found
            .map(|(_, function)| *function)
            .or_else(|| Wording::named(name).map(Self::Wording))
    }

    /// All names, with those that the checker knows by itself.
    pub(crate) fn names() -> impl Iterator<Item = &'static str> {
        let special = [
            "answered",
            "has",
            "filled",
            "open",
            "twin",
            "first_known",
            "how",
            "any",
            "all",
            "count",
            "sum",
        ];
        let wordings = Wording::names();
        TABLE
            .iter()
            .map(|(name, _)| *name)
            .chain(wordings)
            .chain(special)
    }

    /// What a literal behind a first argument of this type may be.
    pub(crate) fn hint(first: &Type) -> Type {
        match first {
            Type::Dates(domain) => Type::Choice(domain.clone()),
            other => other.clone(),
        }
    }

    /// The type of the result, or what the function takes instead.
    pub(crate) fn result(self, given: &[Type]) -> Result<Type, &'static str> {
        let number = Type::Unit(Unit::Number);
        match (self, given) {
            (Self::Size, [Type::Set(_) | Type::List(_) | Type::Text]) => Ok(number),
            (Self::Size, _) => Err("takes a set, a list or a text"),
            (Self::Literal(unit), [Type::Unit(Unit::Number)]) => Ok(Type::Unit(unit)),
            (Self::Share, [Type::Unit(Unit::Number)]) => Ok(Type::Unit(Unit::Percent)),
            (Self::Literal(_) | Self::Share, _) => Err("takes one number"),
            (Self::FirstYear, [Type::Unit(Unit::MoneyPerYear)]) => Ok(Type::Unit(Unit::Money)),
            (Self::FirstYear, _) => Err("takes money a year"),
            (Self::PerYear, [Type::Price]) => Ok(Type::Unit(Unit::MoneyPerYear)),
            (Self::PerYear, _) => Err("takes a price"),
            (Self::Low | Self::High, [Type::Range(unit)]) => Ok(Type::Unit(*unit)),
            (Self::Low | Self::High, _) => Err("takes a range"),
            (Self::Without | Self::Overlap | Self::Joined, [Type::Set(one), Type::Set(two)])
                if one == two =>
            {
                Ok(given[0].clone())
            }
            (Self::Without | Self::Overlap | Self::Joined, _) => {
                Err("takes two sets of the same choices")
            }
            (Self::Smaller | Self::Larger, [Type::Unit(one), Type::Unit(two)]) if one == two => {
                Ok(given[0].clone())
            }
            (Self::Smaller | Self::Larger, _) => Err("takes two quantities of one unit"),
            (Self::Age, [Type::Dates(one), Type::Choice(two)]) if one == two => {
                Ok(Type::Unit(Unit::Months))
            }
            (Self::Age, _) => Err("takes dates and one of their choices"),
            (Self::MonthsSince, [Type::Date]) => Ok(Type::Unit(Unit::Months)),
            (Self::MonthsSince, _) => Err("takes a date"),
            (Self::OldestAge, [Type::Dates(one), Type::Set(two)]) if one == two => {
                Ok(Type::Unit(Unit::Months))
            }
            (Self::OldestAge, _) => Err("takes dates and a set of their choices"),
            (Self::ShortestDays | Self::LongestDays, [Type::Text]) => Ok(Type::Unit(Unit::Days)),
            (Self::Wording(wording), [Type::Text]) if wording.is_a_count() => Ok(number),
            (Self::Wording(_), [Type::Text]) => Ok(Type::Bool),
            (Self::ShortestDays | Self::LongestDays | Self::Wording(_), _) => Err("takes a text"),
        }
    }

    /// What a function that names a unit makes of a number.
    pub(super) fn of_a_number(self, number: &V) -> Option<V> {
        match (self, number) {
            (Self::Literal(unit), V::Quantity(number)) => literal(unit, number.amount).ok(),
            (Self::Share, V::Quantity(number)) => Some(quantity(number.amount, Unit::Percent)),
            _ => None,
        }
    }

    /// The result, or why these values have none.
    pub(crate) fn run(self, given: &[&V], today: Date) -> Result<V, String> {
        match (self, given) {
            (Self::Size, [value]) => Ok(V::number(to_number(value.n_items()))),
            (Self::Literal(unit), [V::Quantity(number)]) => literal(unit, number.amount),
            (Self::Share, [V::Quantity(number)]) => Ok(quantity(number.amount, Unit::Percent)),
            (Self::FirstYear, [V::Quantity(a_year)]) => Ok(V::Quantity(Quantity {
                unit: Unit::Money,
                ..*a_year
            })),
            (Self::PerYear, [V::Price(amount, period)]) => per_year(*amount, *period),
            (Self::Low, [V::Range(ends)]) => end_of(ends[0]),
            (Self::High, [V::Range(ends)]) => end_of(ends[1]),
            (Self::Without, [V::Set(one), V::Set(two)]) => Ok(V::Set(one - two)),
            (Self::Overlap, [V::Set(one), V::Set(two)]) => Ok(V::Set(one & two)),
            (Self::Joined, [V::Set(one), V::Set(two)]) => Ok(V::Set(one | two)),
            (Self::Smaller, [V::Quantity(one), V::Quantity(two)]) => {
                let smaller = if one.compare(*two)?.is_le() { one } else { two };
                Ok(V::Quantity(*smaller))
            }
            (Self::Larger, [V::Quantity(one), V::Quantity(two)]) => {
                let larger = if one.compare(*two)?.is_ge() { one } else { two };
                Ok(V::Quantity(*larger))
            }
            (Self::Age, [V::Dates(dates), V::Text(slug)]) => {
                age(dates, slug, today).map(V::Quantity)
            }
            (Self::MonthsSince, [V::Date(date)]) => months_since(*date, today).map(V::Quantity),
            (Self::OldestAge, [V::Dates(dates), V::Set(slugs)]) => oldest_age(dates, slugs, today),
            (Self::ShortestDays, [V::Text(words)]) => stated_days(words).map(|(low, _)| low),
            (Self::LongestDays, [V::Text(words)]) => stated_days(words).map(|(_, high)| high),
            (Self::Wording(wording), [V::Text(words)]) => Ok(match wording.of(words) {
                Heard::Truth(truth) => V::Bool(truth),
                Heard::Count(count) => V::number(to_number(count)),
            }),
            _ => Err("a function met values that it does not take".to_owned()),
        }
    }
}

fn end_of(range: Option<Quantity>) -> Result<V, String> {
    let end = range.map(V::Quantity);
    end.ok_or_else(|| "the range is open at that end".to_owned())
}

fn to_number(count: usize) -> i128 {
    i128::try_from(count).unwrap_or(i128::MAX)
}

fn quantity(amount: Ratio, unit: Unit) -> V {
    V::Quantity(Quantity::new(amount, unit))
}

fn literal(unit: Unit, number: Ratio) -> Result<V, String> {
    let amount = match unit {
        Unit::Percent => number.over(Ratio::whole(100)).ok_or_else(too_large)?,
        _ => number,
    };
    Ok(quantity(amount, unit))
}

fn per_year(amount: Quantity, period: Period) -> Result<V, String> {
    let payments = match period {
        Period::Month => 12,
        Period::Year => 1,
        Period::Once => return Err("a price paid once has no yearly amount".to_owned()),
        Period::Unit => return Err("a price for a unit of use has no yearly amount".to_owned()),
    };
    let amount_a_year = amount.amount.times(Ratio::whole(payments));
    Ok(V::Quantity(Quantity {
        amount: amount_a_year.ok_or_else(too_large)?,
        unit: Unit::MoneyPerYear,
        ..amount
    }))
}

fn age(dates: &BTreeMap<String, Date>, slug: &str, today: Date) -> Result<Quantity, String> {
    let start = dates
        .get(slug)
        .ok_or_else(|| format!("no start date is given for {slug}"))?;
    months_since(*start, today)
}

/// Whole months, and the days over as a share of 31, so that three calendar months are exactly 3.
fn months_since(start: Date, today: Date) -> Result<Quantity, String> {
    let span = start
        .until((jiff::Unit::Month, today))
        .map_err(|_| too_large())?;
    let months = i128::from(span.get_months()) * 31 + i128::from(span.get_days());
    let amount = Ratio::new(months, 31).ok_or_else(too_large)?;
    Ok(Quantity::new(amount, Unit::Months))
}

fn oldest_age(
    dates: &BTreeMap<String, Date>,
    slugs: &BTreeSet<String>,
    today: Date,
) -> Result<V, String> {
    let mut oldest: Option<Quantity> = None;
    for slug in slugs {
        let this = age(dates, slug, today)?;
        if oldest.is_none_or(|known| this.amount > known.amount) {
            oldest = Some(this);
        }
    }
    oldest
        .map(V::Quantity)
        .ok_or_else(|| "there is nothing whose age could be told".to_owned())
}

/// The low and high end of the longest time that a text names, in days: "3 vendors, 30-60 days"
/// gives 30 and 60.
fn stated_days(words: &str) -> Result<(V, V), String> {
    let folded = words.to_lowercase();
    let mut parts = Vec::new();
    let is_part = |c: char| c.is_ascii_digit() || c == '.';
    for chunk in folded.split(|c: char| !(c.is_alphanumeric() || c == '.')) {
        let cut = chunk.find(|c| !is_part(c)).unwrap_or(chunk.len());
        let (digits, letters) = chunk.split_at(cut);
        parts.extend(
            [digits, letters]
                .into_iter()
                .filter(|part| !part.is_empty()),
        );
    }
    let mut longest: Option<(Ratio, Ratio)> = None;
    for (place, part) in parts.iter().enumerate() {
        let Some(days) = days_in(part) else { continue };
        let Some((low, high)) = numbers_before(&parts[..place]) else {
            continue;
        };
        let ends = low
            .times(days)
            .zip(high.times(days))
            .ok_or_else(too_large)?;
        if longest.is_none_or(|(_, known)| ends.1 > known) {
            longest = Some(ends);
        }
    }
    let (low, high) = longest.ok_or_else(|| "the text names no length of time".to_owned())?;
    Ok((quantity(low, Unit::Days), quantity(high, Unit::Days)))
}

fn days_in(word: &str) -> Option<Ratio> {
    Some(Ratio::whole(match word.trim_end_matches('.') {
        "day" | "days" | "d" => 1,
        "week" | "weeks" | "wk" | "wks" => 7,
        "month" | "months" | "mo" => 30,
        "quarter" | "quarters" => 91,
        "year" | "years" => 365,
        _ => return None,
    }))
}

/// `30`, `30 60`, `30 to 60`, `three`, `a`: the number or the range that ends these words.
fn numbers_before(parts: &[&str]) -> Option<(Ratio, Ratio)> {
    let high = number_word(parts.last()?)?;
    let mut before = parts[..parts.len() - 1].iter().rev();
    let before = before.find(|word| !matches!(**word, "to" | "or" | "and"));
    let before = before.and_then(|word| number_word(word));
    let low = before.filter(|low| *low < high).unwrap_or(high);
    Some((low, high))
}

fn number_word(word: &str) -> Option<Ratio> {
    const WORDS: [&str; 13] = [
        "a", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        "eleven", "twelve",
    ];
    if let Some(place) = WORDS.iter().position(|known| *known == word) {
        return Some(Ratio::whole(to_number(place.max(1))));
    }
    let (whole, fraction) = word.split_once('.').unwrap_or((word, ""));
    let digits = format!("{whole}{fraction}");
    let scale = 10_i128.checked_pow(u32::try_from(fraction.len()).ok()?)?;
    Ratio::new(digits.parse().ok()?, scale)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(words: &str, expected: Option<(i128, i128)>) {
        let days = |number| quantity(Ratio::whole(number), Unit::Days);
        let expected = expected.map(|(low, high)| (days(low), days(high)));
        assert_eq!(stated_days(words).ok(), expected, "{words}");
    }

    #[test]
    fn the_longest_time_in_a_text_is_found() {
        check("compares 3-5 vendors, 30-60 day cycle", Some((30, 60)));
        check("six weeks, then legal takes 10 days", Some((42, 42)));
        check("a quarter", Some((91, 91)));
        check("2 to 3 months with two approvals", Some((60, 90)));
        check("90days", Some((90, 90)));
        check("1.5 months", Some((45, 45)));
        check("compares four vendors", None);
        check("", None);
        check("99999999999999999999999999999999999999999999 days", None);
    }

    #[test]
    fn three_calendar_months_are_exactly_three() {
        let dates = BTreeMap::from([("seo".to_owned(), Date::constant(2026, 2, 28))]);
        let on = |today| age(&dates, "seo", today).ok();
        let months = |n, d| Ratio::new(n, d).map(|amount| Quantity::new(amount, Unit::Months));
        assert_eq!(on(Date::constant(2026, 5, 28)), months(3, 1));
        assert_eq!(on(Date::constant(2026, 5, 29)), months(94, 31));
        assert_eq!(age(&dates, "pr", Date::MAX).ok(), None);
    }
}
