//! Times of the day: `9am`, `16:30`, `9.30 am`, `noon`.

use jiff::civil::Time;

use super::ScheduleError;

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

/// The time that a word names; `None` if it is no time at all.
pub(super) fn read(word: &str, next: Option<&str>) -> Option<Result<(Time, usize), ScheduleError>> {
    match word {
        "noon" | "midday" => return Some(Ok((Time::constant(12, 0, 0, 0), 1))),
        "midnight" => return Some(Ok((Time::constant(0, 0, 0, 0), 1))),
        "morning" | "mornings" => return Some(Ok((Time::constant(9, 0, 0, 0), 1))),
        _ => {}
    }
    let digits_end = word
        .find(|sign: char| !sign.is_ascii_digit() && !matches!(sign, ':' | '.' | 'h'))
        .unwrap_or(word.len());
    let (clock, tail) = word.split_at(digits_end);
    let clock = clock.trim_end_matches('.');
    let tail = tail.trim_start_matches('.');
    let clock = clock.strip_suffix('h').unwrap_or(clock);
    let (hour, minute, is_exact) = parts(clock)?;
    let (half, taken) = if tail.is_empty() {
        match next.and_then(Half::named) {
            Some(half) => (half, 2),
            None => (Half::Unsaid, 1),
        }
    } else {
        (Half::named(tail)?, 1)
    };
    let is_exact = is_exact || word.contains('h') || next.is_some_and(|word| word == "hrs");
    Some(of_day(word, (hour, minute), half, is_exact).map(|time| (time, taken)))
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
) -> Result<Time, ScheduleError> {
    let no_time = || ScheduleError::NoTime(word.to_owned());
    let hour = match half {
        Half::Morning if (1..=12).contains(&hour) => hour % 12,
        Half::Afternoon if (1..=12).contains(&hour) => hour % 12 + 12,
        Half::Afternoon if hour < 24 => hour,
        Half::Unsaid if (1..=6).contains(&hour) && !is_exact => {
            return Err(ScheduleError::WhichHalf(hour, minute));
        }
        Half::Unsaid => hour,
        _ => return Err(no_time()),
    };
    Time::new(hour, minute, 0, 0).map_err(|_| no_time())
}
