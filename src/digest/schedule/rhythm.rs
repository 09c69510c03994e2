//! How often: `every other week`, `fortnightly`, `weekdays`, `daily`.

use super::read::{Beside, Found, names_month};
use super::word::{counted, day, is_month, letter_day, letter_days, span};
use super::{Day, ScheduleError, days, time};

/// The rarest rhythm, in weeks.
const MOST_WEEKS: u8 = 12;

/// Rhythms that a digest does not have.
#[rustfmt::skip]
const OFTENER_OR_RARER: [&str; 17] = [
    "hourly", "hour", "hours", "minute", "minutes", "min", "mins", "half-hour", "quarterly",
    "quarter", "quarters", "yearly", "annually", "annual", "year", "years", "half-yearly",
];

impl Found {
    /// `every other week`, `every 3 weeks`, `fortnightly`, and what is no rhythm of ours.
    pub(super) fn rhythm(
        &mut self,
        rest: &[&str],
        tokens: &[&str],
    ) -> Result<Option<usize>, ScheduleError> {
        let lead = usize::from(matches!(rest[0], "every" | "each"));
        let behind = &rest[lead..];
        if matches!(time::read(behind), Some(Ok((_, taken))) if taken > 1) {
            // `quarter past nine`, `10 minutes to 9`.
            return Ok(None);
        }
        refuse(behind, lead == 1, tokens)?;
        if lead == 1
            && let Some(part) = behind.first().and_then(|word| time::Part::named(word))
        {
            self.part = Some(part);
            self.said.insert(Beside::EachDay);
            return Ok(Some(2));
        }
        if let [
            "nightly" | "mornings" | "evenings" | "afternoons" | "nights",
            ..,
        ] = rest
        {
            self.part = time::Part::named(rest[0]);
            self.said.insert(Beside::EachDay);
            return Ok(Some(1));
        }
        if let ["1" | "one", "day" | "month", ..] = behind
            && lead == 1
        {
            return Ok(Some(2));
        }
        let Some((every, taken)) = weeks(behind, lead == 1, tokens) else {
            return Ok(None);
        };
        if !(1..=MOST_WEEKS).contains(&every) {
            return Err(ScheduleError::Rhythm);
        }
        if self.every.is_some_and(|before| before != every) {
            return Err(ScheduleError::Rhythm);
        }
        self.every = Some(every);
        Ok(Some(lead + taken))
    }

    /// `mondays`, `mon-fri`, `weekdays`, `daily`, `except sundays`.
    pub(super) fn weekdays(&mut self, rest: &[&str]) -> Option<usize> {
        match rest {
            ["from", first, ..] if day(first).is_some() => return Some(1),
            ["but", "not", ..] if !self.days.is_empty() => {
                self.said.insert(Beside::Except);
                return Some(2);
            }
            ["except" | "excluding" | "without" | "not", ..] if !self.days.is_empty() => {
                self.said.insert(Beside::Except);
                return Some(1);
            }
            [
                first,
                "to" | "till" | "through" | "thru" | "until" | "-",
                last,
                ..,
            ] => {
                if let (Some(first), Some(last)) = (day(first), day(last)) {
                    self.put(span(first, last));
                    return Some(3);
                }
            }
            _ => {}
        }
        if let Some((days, taken)) = week_part(rest) {
            self.put(days);
            return Some(taken);
        }
        let named = |word| day(word).or_else(|| letter_day(word));
        if let Some((first, last)) = rest[0].split_once('-')
            && let (Some(first), Some(last)) = (named(first), named(last))
        {
            self.put(span(first, last));
            return Some(1);
        }
        if let Some(days) = letter_days(rest[0]) {
            self.put(days.iter().map(|at| Day(*at)));
            return Some(1);
        }
        let is_listed = |word: &&str| day(word).or_else(|| letter_day(word)).is_some();
        let letter = letter_day(rest[0]).filter(|_| {
            // The first of `m/w/f` stands before a day, the last behind one.
            rest.get(1).is_some_and(is_listed) || !self.days.is_empty()
        });
        self.put([day(rest[0]).or(letter)?]);
        Some(1)
    }
}

/// Words for several days, or for an end of the week; how many they are.
fn week_part(rest: &[&str]) -> Option<(Vec<Day>, usize)> {
    let working = || Day::all().take(days::WORKING).collect();
    let friday = || vec![Day(4)];
    Some(match rest {
        ["business" | "working" | "work" | "week", "day" | "days", ..] => (working(), 2),
        ["weekday" | "weekdays" | "workday" | "workdays", ..] => (working(), 1),
        ["daily" | "everyday" | "day" | "days", ..] => (Day::all().collect(), 1),
        ["weekend" | "weekends", ..] => (Day::all().skip(days::WORKING).collect(), 1),
        ["eow", ..] => (friday(), 1),
        ["end", "of", "the" | "each" | "every", "week", ..] => (friday(), 4),
        ["end", "of", "week", ..] => (friday(), 3),
        [
            "start" | "beginning",
            "of",
            "the" | "each" | "every",
            "week",
            ..,
        ] => (vec![Day::MONDAY], 4),
        ["start" | "beginning", "of", "week", ..] => (vec![Day::MONDAY], 3),
        _ => return None,
    })
}

/// Every how many weeks, and how many words say so.
fn weeks(behind: &[&str], is_every: bool, tokens: &[&str]) -> Option<(u8, usize)> {
    Some(match behind {
        ["biweekly" | "bi-weekly" | "fortnightly" | "fortnight", ..] => (2, 1),
        ["bi", "weekly" | "week", ..] => (2, 2),
        [number, "week" | "weeks" | "wk" | "wks", ..] if is_every => (counted(number)?, 2),
        [number, "day" | "days", ..] if is_every => match counted(number)? {
            number if number % 7 == 0 => (number / 7, 2),
            _ => return None,
        },
        ["other" | "alternate" | "alternating", ..] => (2, 1),
        // `every 2 fridays`.
        [number, word, ..] if is_every && few(number) && day(word).is_some() => {
            (counted(number)?, 1)
        }
        // `every second Friday` is every other one, unless a month is named as well.
        ["second" | "2nd", word, ..] if is_every && day(word).is_some() => {
            if names_month(tokens) {
                return None;
            }
            (2, 1)
        }
        _ => return None,
    })
}

/// Refuses what no digest comes by.
fn refuse(behind: &[&str], is_every: bool, tokens: &[&str]) -> Result<(), ScheduleError> {
    let said = |taken: usize| behind[..taken].join(" ");
    let is_x = |word: &str| {
        let count = word.strip_suffix('x');
        count.is_some_and(|count| count.parse::<u8>().is_ok_and(|count| count > 1))
    };
    let oftener = |said: String| {
        if names_month(tokens) {
            Err(ScheduleError::WhichOfMonth(said))
        } else {
            Err(ScheduleError::NoDays(said))
        }
    };
    match behind {
        [number, unit, ..] if OFTENER_OR_RARER.contains(unit) && counted(number).is_some() => {
            Err(ScheduleError::Rhythm)
        }
        [word, ..] if OFTENER_OR_RARER.contains(word) => Err(ScheduleError::Rhythm),
        ["bimonthly" | "bi-monthly", ..] | ["bi", "monthly" | "month", ..] => {
            Err(ScheduleError::EveryMonths("2 months".to_owned(), 8))
        }
        ["semimonthly" | "semi-monthly", ..] => Err(ScheduleError::WhichOfMonth(said(1))),
        ["twice" | "thrice", ..] => oftener(said(1)),
        [_, "times", ..] => oftener(said(2)),
        [word, ..] if is_x(word) => oftener(said(1)),
        [number, word, ..]
            if names_month(tokens) && !is_every && few(number) && day(word).is_some() =>
        {
            Err(ScheduleError::WhichOfMonth(said(2)))
        }
        [number, unit, ..] if is_month(unit) && (is_every || *number == "other") => {
            match counted(number) {
                Some(2..=3) => {
                    let weeks = counted(number).unwrap_or_default() * 4;
                    Err(ScheduleError::EveryMonths(said(2), weeks))
                }
                Some(0 | 4..) => Err(ScheduleError::Rhythm),
                _ => Ok(()),
            }
        }
        ["other" | "alternate" | "alternating", "day" | "days", ..] => {
            Err(ScheduleError::EveryDays(said(2)))
        }
        [number, "day" | "days", ..] if is_every => match counted(number) {
            Some(number) if number != 1 && (number == 0 || number % 7 != 0) => {
                Err(ScheduleError::EveryDays(said(2)))
            }
            _ => Ok(()),
        },
        _ => Ok(()),
    }
}

/// Two to five, as a count of days: ordinals are places.
fn few(number: &str) -> bool {
    let is_ordinal = super::word::place(number).is_some();
    !is_ordinal && counted(number).is_some_and(|number| (2..=5).contains(&number))
}
