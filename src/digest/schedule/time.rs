//! Times of the day: `9am`, `16:30`, `9.30 am`, `noon`, `half past nine`, `8 in the evening`.

use jiff::ToSpan;
use jiff::civil::Time;

use super::ScheduleError;
use super::word::{NUMBERS, is_unit};

/// Where nobody says another one, a digest comes at this time.
const USUAL: Time = Time::constant(9, 0, 0, 0);

/// A bare hour up to this one may be meant for the afternoon.
const EARLY: i8 = 6;

/// Which half of the day was named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Half {
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
    Afternoon,
    Evening,
    Night,
    /// `pm` alone.
    Later,
}

/// A time as it was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Said {
    /// The time; where no half was named, as it stands.
    pub(super) time: Time,
    half: Half,
    /// Whether it is written as a clock of 24 hours shows it.
    is_exact: bool,
}

impl Half {
    /// The half that a word names.
    fn named(word: &str) -> Option<Self> {
        match word {
            "am" | "a.m." | "a.m" => Some(Self::Morning),
            "pm" | "p.m." | "p.m" => Some(Self::Afternoon),
            "h" | "hrs" | "uhr" | "o'clock" | "oclock" => Some(Self::Unsaid),
            _ => None,
        }
    }
}

impl Part {
    /// The part that a word names.
    pub(super) fn named(word: &str) -> Option<Self> {
        match word {
            "morning" | "mornings" | "am" | "a.m." | "a.m" => Some(Self::Morning),
            "afternoon" | "afternoons" => Some(Self::Afternoon),
            "evening" | "evenings" => Some(Self::Evening),
            "night" | "nights" | "nightly" => Some(Self::Night),
            "pm" | "p.m." | "p.m" => Some(Self::Later),
            _ => None,
        }
    }

    /// Whether a time lies in it.
    fn has(self, time: Time) -> bool {
        let hour = time.hour();
        match self {
            Self::Morning => hour < 12,
            Self::Afternoon => (12..19).contains(&hour),
            Self::Evening => hour >= 16,
            Self::Night => !(5..18).contains(&hour),
            Self::Later => hour >= 12,
        }
    }

    /// How a sentence says it.
    fn name(self) -> &'static str {
        match self {
            Self::Morning => "in the morning",
            Self::Afternoon | Self::Later => "in the afternoon",
            Self::Evening => "in the evening",
            Self::Night => "at night",
        }
    }
}

impl Said {
    /// The times that this may be.
    fn candidates(self) -> Vec<Time> {
        let other = self.time.wrapping_add(12.hours());
        let fits_both = self.half == Half::Unsaid && (1..=12).contains(&self.time.hour());
        if fits_both {
            vec![self.time, other]
        } else {
            vec![self.time]
        }
    }

    /// What both say, if that is the same time: `4pm (16:00)`, `12 noon`.
    pub(super) fn agreed(self, other: Self) -> Option<Self> {
        let (mine, others) = (self.candidates(), other.candidates());
        if !mine.iter().any(|time| others.contains(time)) {
            return None;
        }
        let is_surer = (mine.len(), !self.is_exact) <= (others.len(), !other.is_exact);
        Some(if is_surer { self } else { other })
    }
}

/// The time that `said` and `part` come to together.
pub(super) fn meant(said: Option<Said>, part: Option<Part>) -> Result<Time, ScheduleError> {
    let Some(said) = said else {
        return match part {
            Some(Part::Morning) | None => Ok(USUAL),
            Some(_) => Err(ScheduleError::WhichHour),
        };
    };
    let time = said.time;
    let which = || ScheduleError::WhichHalf(time.hour(), time.minute());
    let Some(part) = part else {
        let is_early = said.half == Half::Unsaid && (1..=EARLY).contains(&time.hour());
        return if is_early && !said.is_exact {
            Err(which())
        } else {
            Ok(time)
        };
    };
    match said.candidates()[..] {
        [time] if part.has(time) => Ok(time),
        [time] => Err(ScheduleError::NotThen(time, part.name())),
        // Some say noon by it, and some midnight.
        _ if time.hour() == 12 && part == Part::Morning => Err(which()),
        [one, other] if part.has(one) != part.has(other) => {
            Ok(if part.has(one) { one } else { other })
        }
        _ => Err(which()),
    }
}

/// The time that stands at the front of some words, and how many it took; `None` if there is none.
pub(super) fn read(rest: &[&str]) -> Option<Result<(Said, usize), ScheduleError>> {
    moved(rest).or_else(|| hour(rest))
}

/// A time that fits one half of the day only.
fn settled(hour: i8) -> Said {
    Said {
        time: Time::constant(hour, 0, 0, 0),
        half: Half::Morning,
        is_exact: true,
    }
}

fn hour(rest: &[&str]) -> Option<Result<(Said, usize), ScheduleError>> {
    match rest {
        ["noon" | "midday", ..] => Some(Ok((settled(12), 1))),
        ["midnight", ..] => Some(Ok((settled(0), 1))),
        _ => clock(rest),
    }
}

/// `half past nine`, `quarter to 9 am`, `10 minutes past 9`, `twenty to ten`; `half nine` is asked
/// about.
fn moved(rest: &[&str]) -> Option<Result<(Said, usize), ScheduleError>> {
    let (minutes, mut taken) = minutes(rest)?;
    taken += usize::from(matches!(
        rest.get(taken),
        Some(&("minutes" | "minute" | "min" | "mins"))
    ));
    let is_before = match *rest.get(taken)? {
        "past" | "after" => false,
        "to" | "before" | "til" | "till" => true,
        _ if rest[0] == "half" => return half_past(rest),
        _ => return None,
    };
    let read = hour(&rest[taken + 1..])?;
    Some(read.and_then(|(said, more)| {
        if said.time.minute() != 0 {
            return Err(ScheduleError::NoTime(rest[..=taken + more].join(" ")));
        }
        let signed = if is_before { -minutes } else { minutes };
        let time = said.time.wrapping_add(signed.minutes());
        // A quarter to one is said of noon as of midnight.
        let is_past_noon = said.half == Half::Unsaid && said.time.hour() == 1 && is_before;
        let hours = if is_past_noon { 12 } else { 0 };
        let time = time.wrapping_add(hours.hours());
        Ok((Said { time, ..said }, taken + 1 + more))
    }))
}

/// The minutes before `past` or `to`, and how many words they took.
fn minutes(rest: &[&str]) -> Option<(i64, usize)> {
    match rest {
        ["twenty", "five", ..] => return Some((25, 2)),
        ["half", ..] => return Some((30, 1)),
        ["quarter" | "15", ..] => return Some((15, 1)),
        _ => {}
    }
    let minutes = match *rest.first()? {
        "5" | "five" => 5,
        "10" | "ten" => 10,
        "20" | "twenty" => 20,
        "25" | "twenty-five" => 25,
        _ => return None,
    };
    Some((minutes, 1))
}

/// `half nine` is half past eight where German is spoken and half past nine in Britain.
fn half_past(rest: &[&str]) -> Option<Result<(Said, usize), ScheduleError>> {
    let (said, _) = clock(&rest[1..])?.ok()?;
    let hour = said.time.hour();
    let named = (1..=12).contains(&hour) && said.time.minute() == 0;
    let later = if hour <= EARLY { 12 } else { 0 };
    let said = format!("half {}", rest[1]);
    named.then(|| Err(ScheduleError::HalfPast(said, hour - 1 + later)))
}

fn clock(rest: &[&str]) -> Option<Result<(Said, usize), ScheduleError>> {
    let (&word, next) = (rest.first()?, rest.get(1).copied());
    if next.is_some_and(is_unit) {
        return None;
    }
    let behind = next.and_then(Half::named);
    let taken = 1 + usize::from(behind.is_some());
    let is_clock = matches!(next, Some("h" | "hrs" | "uhr"));
    if let Some(hour) = spelled(word, next) {
        // `nine thirty`, `nine fifteen am`.
        let minute = next.and_then(spelled_minute);
        let from = 1 + usize::from(minute.is_some());
        let behind = rest.get(from).copied().and_then(Half::named);
        let taken = from + usize::from(behind.is_some());
        let (half, time) = (behind.unwrap_or(Half::Unsaid), (hour, minute.unwrap_or(0)));
        return Some(of_day(word, time, half, is_clock).map(|said| (said, taken)));
    }
    let digits_end = word
        .find(|sign: char| !sign.is_ascii_digit() && !matches!(sign, ':' | '.' | 'h'))
        .unwrap_or(word.len());
    let (clock, tail) = word.split_at(digits_end);
    let clock = clock.trim_end_matches('.');
    let tail = tail.trim_start_matches('.');
    let clock = clock.strip_suffix('h').unwrap_or(clock);
    let Some((hour, minute, is_exact)) = parts(clock) else {
        return is_like_a_time(word).then(|| Err(ScheduleError::NoTime(word.to_owned())));
    };
    let (half, taken) = match tail {
        "" => (behind.unwrap_or(Half::Unsaid), taken),
        "a" => (Half::Morning, 1),
        "p" => (Half::Afternoon, 1),
        "rs" => (Half::Unsaid, 1),
        tail => match Half::named(tail) {
            Some(half) => (half, 1),
            None if is_like_a_time(word) => {
                return Some(Err(ScheduleError::NoTime(word.to_owned())));
            }
            None => return None,
        },
    };
    let is_exact = is_exact || word.contains('h') || is_clock;
    Some(of_day(word, (hour, minute), half, is_exact).map(|said| (said, taken)))
}

/// The minutes that people spell out behind an hour.
fn spelled_minute(word: &str) -> Option<i8> {
    match word {
        "fifteen" => Some(15),
        "thirty" => Some(30),
        "forty-five" => Some(45),
        _ => None,
    }
}

/// Whether a word that is no time was meant for one.
fn is_like_a_time(word: &str) -> bool {
    let begins_so = word.starts_with(|sign: char| sign.is_ascii_digit());
    begins_so && word.contains(':')
}

/// The hour that a word names, unless it counts what stands behind it.
fn spelled(word: &str, next: Option<&str>) -> Option<i8> {
    if next == Some("of") {
        return None;
    }
    let at = NUMBERS.iter().position(|hour| *hour == word)?;
    i8::try_from(at + 1).ok()
}

/// Hour, minute, and whether it is written as a clock of 24 hours shows it.
fn parts(clock: &str) -> Option<(i8, i8, bool)> {
    if let Some((hour, minute)) = clock.split_once([':', '.', 'h']) {
        let is_exact = clock.contains('h') || hour.len() == 2;
        return (minute.len() == 2).then_some((hour.parse().ok()?, minute.parse().ok()?, is_exact));
    }
    match clock.len() {
        1 | 2 => Some((clock.parse().ok()?, 0, clock.len() == 2)),
        3 => Some((clock[..1].parse().ok()?, clock[1..].parse().ok()?, false)),
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
