//! The named functions that pages call: literals of units, sets, and what an expression cannot say.

use jiff::civil::Date;

use super::choices::Choices;
use super::ratio::Ratio;
use super::types::Type;
use super::units::Unit;
use super::value::{Dates, Quantity, Unfit, V, too_large};
use crate::lint::wording::{Heard, Spoken, Wording};
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

    /// Whether it goes by the day of the check.
    pub(crate) fn looks_at_today(self) -> bool {
        matches!(self, Self::Age | Self::MonthsSince | Self::OldestAge)
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
    pub(crate) fn run(self, given: &[&V], today: Date) -> Result<V, Unfit> {
        match (self, given) {
            (Self::Smaller, [V::Quantity(one), V::Quantity(two)]) => {
                let smaller = if one.compare(*two)?.is_le() { one } else { two };
                Ok(V::Quantity(*smaller))
            }
            (Self::Larger, [V::Quantity(one), V::Quantity(two)]) => {
                let larger = if one.compare(*two)?.is_ge() { one } else { two };
                Ok(V::Quantity(*larger))
            }
            _ => self.of_its_own(given, today).map_err(Unfit::Said),
        }
    }

    /// The result of those that compare no amounts.
    fn of_its_own(self, given: &[&V], today: Date) -> Result<V, String> {
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
            (Self::Without, [V::Set(one), V::Set(two)]) => Ok(V::Set(*one - *two)),
            (Self::Overlap, [V::Set(one), V::Set(two)]) => Ok(V::Set(*one & *two)),
            (Self::Joined, [V::Set(one), V::Set(two)]) => Ok(V::Set(*one | *two)),
            (Self::Age, [V::Dates(dates), V::Choice(place)]) => {
                let start = dates.of(*place).map_err(no_start)?;
                months_since(start, today).map(V::Quantity)
            }
            (Self::MonthsSince, [V::Date(date)]) => months_since(*date, today).map(V::Quantity),
            (Self::OldestAge, [V::Dates(dates), V::Set(choices)]) => {
                oldest_age(dates, *choices, today)
            }
            (Self::ShortestDays, [V::Text(spoken)]) => days(spoken, |(low, _)| low),
            (Self::LongestDays, [V::Text(spoken)]) => days(spoken, |(_, high)| high),
            (Self::Wording(wording), [V::Text(spoken)]) => Ok(match wording.of(spoken) {
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

/// An end of the longest time that a text names.
fn days(spoken: &Spoken, end: fn((Ratio, Ratio)) -> Ratio) -> Result<V, String> {
    Ok(quantity(end(spoken.days()?), Unit::Days))
}

fn no_start(name: &str) -> String {
    format!("no start date is given for {name}")
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

/// Of several choices without a date the first by name is told.
fn oldest_age(dates: &Dates, choices: Choices, today: Date) -> Result<V, String> {
    let starts = choices.places().map(|place| dates.of(place));
    let (mut oldest, mut without) = (None, None);
    for start in starts {
        match start {
            Ok(start) => oldest = Some(oldest.map_or(start, |known: Date| known.min(start))),
            Err(name) => without = Some(without.map_or(name, |known: &str| known.min(name))),
        }
    }
    match (without, oldest) {
        (Some(name), _) => Err(no_start(name)),
        (None, Some(start)) => months_since(start, today).map(V::Quantity),
        (None, None) => Err("there is nothing whose age could be told".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_calendar_months_are_exactly_three() {
        let start = Date::constant(2026, 2, 28);
        let on = |today| months_since(start, today).ok();
        let months = |n, d| Ratio::new(n, d).map(|amount| Quantity::new(amount, Unit::Months));
        assert_eq!(on(Date::constant(2026, 5, 28)), months(3, 1));
        assert_eq!(on(Date::constant(2026, 5, 29)), months(94, 31));
    }
}
