//! Why words are no schedule.

use jiff::civil::Time;

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
    /// Two times were named.
    #[error("{} and {} are two times; a digest has one, for example `mondays 9am`", .0.strftime("%H:%M"), .1.strftime("%H:%M"))]
    TwoTimes(Time, Time),
    /// The words name several zones.
    #[error("`{said}` is {}; write one of them, for example `mondays 9am {}`", .meant.join(" or "), .meant[0])]
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
