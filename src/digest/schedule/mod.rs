//! When a channel's digest is posted: days, a wall-clock time and a zone, in people's own words.
//!
//! The time is that of the wall clock in the zone, so it stays at nine in summer and in winter.
//! Where the clocks jump, the policy is that of RFC 5545: a time that is skipped counts by the
//! offset before the jump (02:30 becomes 03:30), of a time that comes twice the first one counts.

mod days;
mod error;
mod gazetteer;
mod instants;
mod month;
mod named;
mod place;
mod read;
mod rhythm;
mod start;
#[cfg(test)]
mod tests;
mod time;
mod tokens;
mod word;
mod zone;

use std::collections::BTreeSet;
use std::fmt;

use jiff::Timestamp;
use jiff::civil::{Date, Time, Weekday};
use serde::{Deserialize, Serialize};

pub use error::ScheduleError;
pub use instants::{Instants, Jump};
pub use read::Context;
pub use zone::Zone;

/// When a digest is posted.
///
/// [`Schedule::read`] reads what its `Display` writes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Schedule {
    /// On which days.
    pub days: Days,
    /// At which time of the zone's wall clock.
    pub at: Time,
    /// In which zone.
    pub zone: Zone,
}

/// On which days a digest is posted; of days there is always at least one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Days {
    /// Each week on these days.
    Weekly(BTreeSet<Day>),
    /// Every few weeks on these days.
    Weeks {
        /// Every how many weeks, from 2 to 12.
        every: u8,
        /// On which days of the week.
        on: BTreeSet<Day>,
        /// A day of the first week that counts; weeks begin on Monday.
        from: Date,
    },
    /// The first, second, … or last of a day of the week in each month.
    Nth {
        /// Which of them.
        nth: BTreeSet<Nth>,
        /// Which day of the week.
        day: Day,
    },
    /// A day of each month by its number; the last day where a month is shorter.
    OfMonth(i8),
}

/// A day of the week, Monday first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(i8);

impl Day {
    /// The day of a digest where nobody names one.
    pub const MONDAY: Self = Self(0);

    /// All seven, Monday first.
    pub fn all() -> impl Iterator<Item = Self> + Clone {
        (0..7).map(Self)
    }

    /// The day as the calendar has it.
    pub fn weekday(self) -> Weekday {
        Weekday::from_monday_zero_offset(self.0).expect("a day is made of a weekday only")
    }

    /// Its English name.
    pub fn name(self) -> &'static str {
        days::NAMES[usize::from(self.0.unsigned_abs())]
    }
}

impl From<Weekday> for Day {
    fn from(day: Weekday) -> Self {
        Self(day.to_monday_zero_offset())
    }
}

/// Which one in a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Nth {
    /// The first.
    First,
    /// The second.
    Second,
    /// The third.
    Third,
    /// The fourth.
    Fourth,
    /// The last.
    Last,
}

impl Schedule {
    /// Reads a schedule from people's words, such as `mondays 9am Berlin`.
    pub fn read(words: &str, context: &Context) -> Result<Self, ScheduleError> {
        read::schedule(words, context)
    }
}

impl fmt::Display for Schedule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = self.at.strftime("%H:%M");
        write!(f, "{} at {at} {}", self.days, self.zone)?;
        match &self.days {
            Days::Weeks { from, .. } => write!(f, " from {from}"),
            _ => Ok(()),
        }
    }
}

impl From<Schedule> for String {
    fn from(schedule: Schedule) -> Self {
        schedule.to_string()
    }
}

impl TryFrom<String> for Schedule {
    type Error = ScheduleError;

    /// What a schedule writes names its zone and its first week, so nothing is left to the context.
    fn try_from(written: String) -> Result<Self, ScheduleError> {
        let context = Context {
            zone: Zone::utc(),
            now: Timestamp::UNIX_EPOCH,
        };
        Self::read(&written, &context)
    }
}
