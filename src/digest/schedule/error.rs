//! Why words are no schedule.

use jiff::civil::{Date, Time};

/// Why words are no schedule; each ends in an input that works.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ScheduleError {
    /// Nothing was said.
    #[error("say on which day and when; for example `mondays 9am Berlin`")]
    Empty,
    /// A word that looks like a time is none.
    #[error("`{0}` is no time of the day; write it as `9am` or `16:30`")]
    NoTime(String),
    /// The time fits both halves of the day.
    #[error("{}", halves(*.0, *.1))]
    WhichHalf(i8, i8),
    /// `half nine`, which is half past another hour where German is spoken; the earlier one.
    #[error("`{0}` is {1:02}:30 to some and {next:02}:30 to others; write `{1:02}:30` or `{next:02}:30`", next = .1 + 1)]
    HalfPast(String, i8),
    /// A time outside the part of the day that was named with it.
    #[error("{at} is not {part}; say one of them, for example `mondays {at}`", at = .0.strftime("%H:%M"), part = .1)]
    NotThen(Time, &'static str),
    /// A part of the day has no hour.
    #[error("say at which hour; for example `mondays 6pm Berlin`")]
    WhichHour,
    /// A day that comes once.
    #[error("a digest comes again and again, not just `{0}`; for example `mondays 9am Berlin`")]
    Once(String),
    /// So many times, and no days.
    #[error("`{0}` names no days; for example `mondays and thursdays 9am Berlin`")]
    NoDays(String),
    /// So many times a month, and no places in it.
    #[error(
        "`{0}` does not say which days of the month; for example `first and third Monday of the month 9am Berlin`"
    )]
    WhichOfMonth(String),
    /// Every so many months, and as many weeks as come near.
    #[error(
        "a digest comes each month or every few weeks, not every {0}; for example `every {1} weeks on Monday 9am Berlin`"
    )]
    EveryMonths(String, u8),
    /// A first day for what comes each week, or one that is far away.
    #[error(
        "a first day ({0}) goes with every other week only and lies within a year; for example `every other Monday 9am from {1}`"
    )]
    Start(Date, Date),
    /// An offset that no zone's name has.
    #[error(
        "{0} is not a whole number of hours that a zone has; name a city there, for example `mondays 9am Kolkata`"
    )]
    Offset(String),
    /// Two times were named.
    #[error("{} and {} are two times and a digest has one; for example `mondays 9am`", .0.strftime("%H:%M"), .1.strftime("%H:%M"))]
    TwoTimes(Time, Time),
    /// The words name several zones.
    #[error("{said} can be {}; write one of them, for example `mondays 9am {}`", listed(.meant), .meant[0])]
    WhichZone {
        /// What was said, quoted.
        said: String,
        /// The zones' names.
        meant: Vec<String>,
    },
    /// The words name two places that have no zone in common; the zone of the first.
    #[error(
        "`{0}` and `{1}` are two time zones and a digest has one; for example `mondays 9am {2}`"
    )]
    TwoZones(String, String, String),
    /// Some words are neither day, time nor zone.
    #[error("{}{said} is neither a day, a time nor a city or time zone that I know{}; for example `mondays 9am Berlin`", understood(.read), did_you_mean(.near.as_deref()))]
    Unread {
        /// The words that cannot be read, quoted.
        said: String,
        /// What was understood beside them.
        read: String,
        /// The nearest name that is known.
        near: Option<String>,
    },
    /// More often than daily, or at a distance that is not offered.
    #[error(
        "a digest comes at most once a day and at least once in 12 weeks; for example `every 2 weeks on Monday 9am Berlin`"
    )]
    Rhythm,
    /// Every so many days: the days of the week would never be the same.
    #[error(
        "a digest comes on days of the week or of the month, not every {0}; for example `mondays and thursdays 9am Berlin`"
    )]
    EveryDays(String),
    /// A place in the month for several days, or for none.
    #[error(
        "`{0}` goes with one day of the week; for example `{0} Friday of the month 9am Berlin`"
    )]
    OneDay(String),
    /// A day of the week that some months have four times.
    #[error("not every month has a fifth {0}; for example `last {0} of the month 9am Berlin`")]
    NoFifth(&'static str),
    /// A place that is counted from the end.
    #[error(
        "I know the first to the fourth and the last of a day in the month, not the `{0}`; for example `last Friday of the month 9am Berlin`"
    )]
    FromTheEnd(String),
    /// All days that were named are left out.
    #[error(
        "no day is left when those are taken out; for example `weekdays except Friday 9am Berlin`"
    )]
    NoneLeft,
    /// Days that do not go together.
    #[error(
        "I read {0}, which do not go together; say one of them, for example `first Monday of the month 9am Berlin`"
    )]
    Mixed(String),
    /// The month has no such day.
    #[error(
        "no month has a day {0}; say one from 1 to 31, for example `15th of the month 9am Berlin`"
    )]
    NoDay(u32),
}

fn minutes(minute: i8) -> String {
    match minute {
        0 => String::new(),
        minute => format!(":{minute:02}"),
    }
}

/// Which of two halves of the day a time belongs to, as a question.
fn halves(hour: i8, minute: i8) -> String {
    if (hour, minute) == (12, 0) {
        return "`12:00` can be midnight or noon; write `midnight` or `noon`".to_owned();
    }
    let m = minutes(minute);
    format!(
        "`{hour}:{minute:02}` can be morning or afternoon; write `{hour}{m}am` or `{hour}{m}pm`"
    )
}

/// No more names than these are listed.
const MOST_LISTED: usize = 4;

/// `A or B`, `A, B or C`; the first few of many.
fn listed(names: &[String]) -> String {
    let names = &names[..names.len().min(MOST_LISTED)];
    match names.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
        None => String::new(),
    }
}

fn understood(read: &str) -> String {
    match read {
        "" => String::new(),
        read => format!("I read {read}, but "),
    }
}

fn did_you_mean(near: Option<&str>) -> String {
    near.map(|near| format!(" (did you mean `{near}`?)"))
        .unwrap_or_default()
}
