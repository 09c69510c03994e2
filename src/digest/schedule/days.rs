//! Days: their names, and how a choice of them is written.

use std::fmt;

use super::{Day, Days, Nth};

/// The names of the days, Monday first.
pub(super) const NAMES: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];

/// How many days of the week are days of work.
pub(super) const WORKING: usize = 5;

impl fmt::Display for Days {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Weekly(on) => match on.len() {
                7 => f.write_str("every day"),
                WORKING if on.iter().copied().eq(Day::all().take(WORKING)) => {
                    f.write_str("every weekday")
                }
                _ => write!(f, "every {}", listed(on.iter().map(|day| day.name()))),
            },
            Self::Weeks { every, on, .. } => {
                let on = listed(on.iter().map(|day| day.name()));
                write!(f, "every {every} weeks on {on}")
            }
            Self::Nth { nth, day } => {
                let nth = listed(nth.iter().map(|nth| nth.name()));
                write!(f, "every {nth} {} of the month", day.name())
            }
            Self::OfMonth(31) => f.write_str("every last day of the month"),
            Self::OfMonth(day) => write!(f, "every {} of the month", ordinal(*day)),
        }
    }
}

impl Nth {
    /// The word for it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Second => "second",
            Self::Third => "third",
            Self::Fourth => "fourth",
            Self::Last => "last",
        }
    }
}

/// `Monday`, `Monday and Friday`, `Monday, Wednesday and Friday`.
fn listed(names: impl Iterator<Item = &'static str>) -> String {
    let names: Vec<_> = names.collect();
    match names.split_last() {
        Some((last, [])) => (*last).to_owned(),
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
        None => String::new(),
    }
}

/// `1st`, `2nd`, `23rd`.
fn ordinal(number: i8) -> String {
    let end = match (number % 10, number) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{end}")
}
