//! From a schedule to instants.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan, Zoned};

use super::{Day, Days, Nth, Schedule};

/// How many days ahead an instant is looked for: more than the rarest schedule leaves between two.
const HORIZON: usize = 400;

/// The instants of a schedule, strictly after a given one, soonest first.
#[derive(Debug, Clone)]
pub struct Instants<'a> {
    schedule: &'a Schedule,
    zone: TimeZone,
    after: Timestamp,
    day: Date,
}

/// What the clocks do at the time of a schedule on a day on which they are changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Jump {
    /// They skip it: it counts by the offset before.
    Skipped,
    /// They show it twice: the first one counts.
    Twice,
}

impl Schedule {
    /// The instants strictly after `after`.
    pub fn instants(&self, after: Timestamp) -> Instants<'_> {
        let zone = self.zone.time_zone();
        let today = after.to_zoned(zone.clone()).date();
        Instants {
            schedule: self,
            zone,
            after,
            // A skipped time of yesterday may count today.
            day: today.yesterday().unwrap_or(today),
        }
    }

    /// What the clocks do at one of its instants, if they jump there.
    pub fn jump(&self, instant: &Zoned) -> Option<Jump> {
        if instant.time() != self.at {
            return Some(Jump::Skipped);
        }
        let ambiguous = instant
            .time_zone()
            .to_ambiguous_timestamp(instant.datetime());
        ambiguous.is_ambiguous().then_some(Jump::Twice)
    }

    /// The first instant after `after`; none at the end of the calendar.
    pub fn next(&self, after: Timestamp) -> Option<Zoned> {
        self.instants(after).next()
    }
}

impl Iterator for Instants<'_> {
    type Item = Zoned;

    fn next(&mut self) -> Option<Zoned> {
        for _ in 0..HORIZON {
            let day = self.day;
            self.day = day.tomorrow().ok()?;
            if !self.schedule.days.include(day) {
                continue;
            }
            // `to_zoned` is RFC 5545's policy for skipped and repeated times.
            let at = day.to_datetime(self.schedule.at);
            let instant = at.to_zoned(self.zone.clone()).ok()?;
            if instant.timestamp() > self.after {
                return Some(instant);
            }
        }
        None
    }
}

impl Days {
    /// Whether a digest is posted on `day`.
    pub fn include(&self, day: Date) -> bool {
        match self {
            Self::Weekly(on) => on.contains(&Day::from(day.weekday())),
            Self::Weeks { every, on, from } => {
                let weeks = weeks_between(*from, day);
                on.contains(&Day::from(day.weekday()))
                    && weeks >= 0
                    && weeks % i64::from(*every) == 0
            }
            Self::Nth { nth, day: wanted } => {
                Day::from(day.weekday()) == *wanted && nth.iter().any(|nth| nth.is(day))
            }
            Self::OfMonth(number) => day.day() == (*number).min(day.days_in_month()),
        }
    }
}

impl Nth {
    /// Whether `day` is this one among the days of its name in its month.
    fn is(self, day: Date) -> bool {
        let place = (day.day() - 1) / 7;
        match self {
            Self::First => place == 0,
            Self::Second => place == 1,
            Self::Third => place == 2,
            Self::Fourth => place == 3,
            Self::Last => day.day() + 7 > day.days_in_month(),
        }
    }
}

/// Whole weeks from the week of `from` to the week of `day`, weeks beginning on Monday.
fn weeks_between(from: Date, day: Date) -> i64 {
    let monday = |day: Date| {
        let back = day.weekday().to_monday_zero_offset();
        day.saturating_sub(back.days())
    };
    let days = monday(day) - monday(from);
    i64::from(days.get_days()) / 7
}
