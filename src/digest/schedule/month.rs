//! Places in the month: `first Monday of the month`, `15th of the month`, `last day of the month`.

use super::read::{Beside, Found, names_month};
use super::word::{day, digits, is_month, nth, numbered, place};
use super::{Nth, ScheduleError};

/// Words between a place and its month, or its day.
const BETWEEN: [&str; 8] = ["of", "the", "each", "every", "a", "in", "per", "on"];

/// The words behind the first that stand between it and what it belongs to are left out.
fn behind<'a>(rest: &[&'a str]) -> Option<&'a str> {
    let mut words = rest.iter().skip(1);
    words.find(|word| !BETWEEN.contains(word)).copied()
}

impl Found {
    /// `first Monday of the month`, `15th of the month`, `monthly`.
    pub(super) fn place_in_month(
        &mut self,
        rest: &[&str],
        tokens: &[&str],
    ) -> Result<Option<usize>, ScheduleError> {
        if is_month(rest[0]) {
            self.said.insert(Beside::Month);
            return Ok(Some(1));
        }
        if let Some((number, taken)) = by_number(rest, tokens) {
            return self.on_day(number).map(|()| Some(taken));
        }
        from_the_end(rest)?;
        if let Some(nth) = nth(rest[0]).filter(|_| names_day(rest)) {
            self.nth.insert(nth);
            return Ok(Some(1));
        }
        no_fifth(rest)?;
        one_day(rest)?;
        // `on the 1st` is a day, `first` alone is not.
        let is_digit = rest[0].starts_with(|sign: char| sign.is_ascii_digit());
        let number = numbered(rest[0]).or_else(|| place(rest[0]).filter(|_| is_digit));
        let Some(number) = number else {
            return Ok(None);
        };
        self.on_day(number).map(|()| Some(1))
    }

    /// A day of the month by its number.
    fn on_day(&mut self, number: u32) -> Result<(), ScheduleError> {
        let of_month = i8::try_from(number)
            .ok()
            .filter(|day| (1..=31).contains(day));
        let of_month = of_month.ok_or(ScheduleError::NoDay(number))?;
        match self.of_month.replace(of_month) {
            Some(other) if other != of_month => {
                let both = format!("day {other} and day {number} of the month");
                Err(ScheduleError::Mixed(both))
            }
            _ => Ok(()),
        }
    }
}

/// The number of a day of the month, and how many words say it.
fn by_number(rest: &[&str], tokens: &[&str]) -> Option<(u32, usize)> {
    let is_monthly = || names_month(tokens);
    let before_month = || behind(rest).is_some_and(is_month);
    match rest {
        ["eom", ..] => Some((31, 1)),
        ["start" | "beginning", ..] if before_month() => Some((1, 1)),
        ["end", ..] if before_month() => Some((31, 1)),
        [word, "day", ..] if digits(word).is_none() => Some((place(word)?, 2)),
        ["day", number, ..] if is_monthly() => Some((digits(number).or_else(|| place(number))?, 2)),
        [number, "of", ..] if before_month() && digits(number).is_some() => {
            Some((digits(number)?, 1))
        }
        ["on", "the", number, ..] if is_monthly() && is_bare(&rest[2..]) => {
            Some((digits(number)?, 3))
        }
        ["on", number, ..] if is_monthly() && is_bare(&rest[1..]) => Some((digits(number)?, 2)),
        [word, ..] if before_month() && rest[1..].contains(&"of") => Some((place(word)?, 1)),
        _ => None,
    }
}

/// Whether a number says no time: nothing that belongs to one stands behind it.
fn is_bare(rest: &[&str]) -> bool {
    let of_time = [
        "am", "pm", "a.m.", "p.m.", "h", "hrs", "uhr", "o'clock", "oclock", "o", "past", "to",
    ];
    !rest.get(1).is_some_and(|next| of_time.contains(next))
}

/// Whether an ordinal belongs to a day of the week behind it.
fn names_day(rest: &[&str]) -> bool {
    let skipped = |word: &&str| {
        BETWEEN.contains(word) || matches!(*word, "and" | "&" | "+") || nth(word).is_some()
    };
    let next = rest.iter().skip(1).find(|word| !skipped(word));
    next.is_some_and(|word| day(word).is_some())
}

/// The last but one of a day is no place of ours.
fn from_the_end(rest: &[&str]) -> Result<(), ScheduleError> {
    let taken = match rest {
        ["penultimate", ..] => 1,
        ["last", "but", "one", ..] => 3,
        [word, "to", "last", ..] if *word == "next" || place(word).is_some() => 3,
        [word, "last", ..] if nth(word).is_some_and(|nth| nth != Nth::Last) => 2,
        _ => return Ok(()),
    };
    Err(ScheduleError::FromTheEnd(rest[..taken].join(" ")))
}

fn no_fifth(rest: &[&str]) -> Result<(), ScheduleError> {
    match rest {
        ["fifth" | "5th", word, ..] if day(word).is_some() => {
            let day = day(word).map_or("Monday", super::Day::name);
            Err(ScheduleError::NoFifth(day))
        }
        _ => Ok(()),
    }
}

/// An ordinal before several days.
fn one_day(rest: &[&str]) -> Result<(), ScheduleError> {
    let is_several = matches!(
        rest,
        [
            _,
            "weekday" | "workday" | "weekdays" | "workdays" | "weekend",
            ..
        ] | [
            _,
            "working" | "business" | "work" | "week",
            "day" | "days",
            ..
        ]
    );
    match nth(rest[0]) {
        Some(_) if is_several => Err(ScheduleError::OneDay(rest[0].to_owned())),
        _ => Ok(()),
    }
}
