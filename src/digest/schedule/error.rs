//! Why words are no schedule.

use jiff::civil::{Date, Time};

/// Why words are no schedule; each ends in an input that works.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ScheduleError {
    /// Nothing was said.
    #[error("say on which day and when, for example `mondays 9am Berlin`")]
    Empty,
    /// A word that looks like a time is none.
    #[error("`{0}` is no time of the day; write it as `9am` or `16:30`")]
    NoTime(String),
    /// The time fits both halves of the day.
    #[error("`{0}:{1:02}` can be morning or afternoon; write `{0}{m}am` or `{0}{m}pm`", m = minutes(*.1))]
    WhichHalf(i8, i8),
    /// A part of the day has no hour.
    #[error("say at which hour, for example `mondays 6pm Berlin`")]
    WhichHour,
    /// A day that comes once.
    #[error("a digest comes again and again, not just `{0}`; for example `mondays 9am Berlin`")]
    Once(String),
    /// So many times, and no days.
    #[error("`{0}` names no days; say which, for example `mondays and thursdays 9am Berlin`")]
    NoDays(String),
    /// A first day for what comes each week, or one that is far away.
    #[error(
        "a first day ({0}) goes with every other week only and lies within a year; for example `every other Monday 9am from {1}`"
    )]
    Start(Date, Date),
    /// An offset that no zone's name has.
    #[error(
        "`{0}` is not a whole number of hours that a zone has; name a city there, for example `mondays 9am Kolkata`"
    )]
    Offset(String),
    /// Two times were named.
    #[error("{} and {} are two times; a digest has one, for example `mondays 9am`", .0.strftime("%H:%M"), .1.strftime("%H:%M"))]
    TwoTimes(Time, Time),
    /// The words name several zones.
    #[error("`{said}` can be {}; write one of them, for example `mondays 9am {}`", listed(.meant), .meant[0])]
    WhichZone {
        /// What was said.
        said: String,
        /// The zones' names.
        meant: Vec<String>,
    },
    /// Some words are neither day, time nor zone.
    #[error("{}`{said}` is neither a day, a time nor a city or time zone that I know{}; for example `mondays 9am Berlin`", understood(.read), did_you_mean(.near.as_deref()))]
    Unread {
        /// The words that cannot be read.
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
        "a digest comes on days of the week or of the month, not every {0} days; for example `mondays and thursdays 9am Berlin`"
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
    /// Days that do not go together.
    #[error(
        "I read {0}, which do not go together; say one of them, for example `first Monday of the month 9am Berlin`"
    )]
    Mixed(String),
    /// The month has no such day.
    #[error(
        "no month has a day {0}; say one from 1 to 31, for example `15th of the month 9am Berlin`"
    )]
    NoDay(i8),
}

fn minutes(minute: i8) -> String {
    match minute {
        0 => String::new(),
        minute => format!(":{minute:02}"),
    }
}

/// `A or B`, `A, B or C`.
fn listed(names: &[String]) -> String {
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
