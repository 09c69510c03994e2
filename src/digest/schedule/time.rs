//! Times of the day: `9am`, `16:30`, `9.30 am`, `noon`, `half past nine`, `8 in the evening`.

use jiff::ToSpan;
use jiff::civil::Time;

use super::ScheduleError;

/// The hours that people spell out.
const HOURS: [&str; 12] = [
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve",
];

/// Where nobody says another one, a digest comes at this time.
const USUAL: Time = Time::constant(9, 0, 0, 0);

/// Which half of the day was named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Half {
    /// `am`
    Morning,
    /// `pm`
    Afternoon,
    /// Neither.
    Unsaid,
}

/// A part of the day, beside a time or instead of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Morning,
    Later,
}

/// A time as it was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Said {
    /// The time; where no half was named, the earlier one.
    pub(super) time: Time,
    half: Half,
    /// Whether it is written as a clock of 24 hours shows it.
    is_exact: bool,
}

impl Half {
    /// The half that a word names.
    pub(super) fn named(word: &str) -> Option<Self> {
        match word {
            "am" | "a.m." | "a.m" => Some(Self::Morning),
            "pm" | "p.m." | "p.m" => Some(Self::Afternoon),
            "h" | "hrs" | "o'clock" | "oclock" => Some(Self::Unsaid),
            _ => None,
        }
    }
}

impl Part {
    /// The part that a word names.
    pub(super) fn named(word: &str) -> Option<Self> {
        match word {
            "morning" | "mornings" => Some(Self::Morning),
            "afternoon" | "afternoons" | "evening" | "evenings" | "night" | "nights" => {
                Some(Self::Later)
            }
            _ => None,
        }
    }
}

/// The time that `said` and `part` come to together.
pub(super) fn meant(said: Option<Said>, part: Option<Part>) -> Result<Time, ScheduleError> {
    let Some(Said {
        time,
        half,
        is_exact,
    }) = said
    else {
        return match part {
            Some(Part::Later) => Err(ScheduleError::WhichHour),
            Some(Part::Morning) | None => Ok(USUAL),
        };
    };
    let is_early = half == Half::Unsaid && (1..12).contains(&time.hour());
    match part {
        Some(Part::Later) if is_early => Ok(time.wrapping_add(12.hours())),
        None if is_early && time.hour() <= 6 && !is_exact => {
            Err(ScheduleError::WhichHalf(time.hour(), time.minute()))
        }
        _ => Ok(time),
    }
}

/// The time that stands at the front of some words, and how many it took; `None` if there is none.
pub(super) fn read(rest: &[&str]) -> Option<Result<(Said, usize), ScheduleError>> {
    match rest {
        ["noon" | "midday", ..] => Some(Ok((settled(12), 1))),
        ["midnight", ..] => Some(Ok((settled(0), 1))),
        _ => moved(rest).or_else(|| clock(rest)),
    }
}

/// A time that fits one half of the day only.
fn settled(hour: i8) -> Said {
    Said {
        time: Time::constant(hour, 0, 0, 0),
        half: Half::Morning,
        is_exact: true,
    }
}

/// `half past nine`, `quarter to 9 am`.
fn moved(rest: &[&str]) -> Option<Result<(Said, usize), ScheduleError>> {
    let minutes = match rest {
        ["half", "past" | "after", ..] => 30,
        ["quarter", "past" | "after", ..] => 15,
        ["quarter", "to" | "before", ..] => -15,
        _ => return None,
    };
    let read = clock(&rest[2..])?;
    Some(read.map(|(said, taken)| {
        let time = said.time.wrapping_add(minutes.minutes());
        (Said { time, ..said }, taken + 2)
    }))
}

fn clock(rest: &[&str]) -> Option<Result<(Said, usize), ScheduleError>> {
    let (&word, next) = (rest.first()?, rest.get(1).copied());
    let behind = next.and_then(Half::named);
    let taken = 1 + usize::from(behind.is_some());
    if let Some(hour) = spelled(word, next) {
        let half = behind.unwrap_or(Half::Unsaid);
        return Some(of_day(word, (hour, 0), half, false).map(|said| (said, taken)));
    }
    let digits_end = word
        .find(|sign: char| !sign.is_ascii_digit() && !matches!(sign, ':' | '.' | 'h'))
        .unwrap_or(word.len());
    let (clock, tail) = word.split_at(digits_end);
    let clock = clock.trim_end_matches('.');
    let tail = tail.trim_start_matches('.');
    let clock = clock.strip_suffix('h').unwrap_or(clock);
    let (hour, minute, is_exact) = parts(clock)?;
    let (half, taken) = match tail {
        "" => (behind.unwrap_or(Half::Unsaid), taken),
        tail => (Half::named(tail)?, 1),
    };
    let is_exact = is_exact || word.contains('h') || next.is_some_and(|word| word == "hrs");
    Some(of_day(word, (hour, minute), half, is_exact).map(|said| (said, taken)))
}

/// The hour that a word names, unless it counts what stands behind it.
fn spelled(word: &str, next: Option<&str>) -> Option<i8> {
    let counts = [
        "week", "weeks", "day", "days", "month", "months", "times", "of",
    ];
    if next.is_some_and(|next| counts.contains(&next)) {
        return None;
    }
    let at = HOURS.iter().position(|hour| *hour == word)?;
    i8::try_from(at + 1).ok()
}

/// Hour, minute, and whether it is written as a clock of 24 hours shows it.
fn parts(clock: &str) -> Option<(i8, i8, bool)> {
    if let Some((hour, minute)) = clock.split_once([':', '.', 'h']) {
        let is_exact = clock.contains(':') || clock.contains('h') || hour.len() == 2;
        return (minute.len() == 2).then_some((hour.parse().ok()?, minute.parse().ok()?, is_exact));
    }
    match clock.len() {
        1 | 2 => Some((clock.parse().ok()?, 0, clock.len() == 2)),
        4 => Some((clock[..2].parse().ok()?, clock[2..].parse().ok()?, true)),
        _ => None,
    }
}

fn of_day(
    word: &str,
    (hour, minute): (i8, i8),
    half: Half,
    is_exact: bool,
) -> Result<Said, ScheduleError> {
    let no_time = || ScheduleError::NoTime(word.to_owned());
    let hour = match half {
        Half::Morning if (1..=12).contains(&hour) => hour % 12,
        Half::Afternoon if (1..=12).contains(&hour) => hour % 12 + 12,
        Half::Afternoon if hour < 24 => hour,
        Half::Unsaid => hour,
        _ => return Err(no_time()),
    };
    let time = Time::new(hour, minute, 0, 0).map_err(|_| no_time())?;
    Ok(Said {
        time,
        half,
        is_exact,
    })
}
