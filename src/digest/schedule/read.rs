//! Reads a schedule word by word; what no other reader takes names the zone.

use std::collections::BTreeSet;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use super::place::Place;
use super::tokens::tokens;
use super::word::{self, day, is_month};
use super::{Day, Days, Nth, Schedule, ScheduleError, Zone, start, time};
use crate::text;

/// What words are read with.
#[derive(Debug, Clone)]
pub struct Context {
    /// The zone where the words name none.
    pub zone: Zone,
    /// The instant whose next digest is the first of "every other week" where the words do not say.
    pub now: Timestamp,
}

/// Words that say nothing about when.
#[rustfmt::skip]
const FILLERS: [&str; 71] = [
    "every", "each", "on", "at", "in", "the", "of", "and", "a", "time", "digest", "post", "send",
    "weekly", "please", "week", "weeks", "it", "zone", "timezone", "to", "me", "o'clock", "&", "+",
    "@", "my", "our", "local", "here", "this", "s", "when", "for", "by", "around", "about", "sharp",
    "o", "clock", "per", "single", "all", "can", "could", "you", "i", "i'd", "like", "want", "would",
    "should", "be", "is", "comes", "come", "run", "get", "give", "show", "tell", "let's", "lets",
    "have", "schedule", "summary", "report", "-", "/", "=", "pls",
];

/// Words before `us` that make it the team; behind others it is the country.
const TO_US: [&str; 12] = [
    "send", "give", "tell", "show", "to", "for", "with", "post", "let", "get", "bring", "remind",
];

/// Words for what comes once.
const ONCE: [&str; 5] = ["tomorrow", "today", "tonight", "next", "once"];

/// What people know the hour of, and nobody else.
const MEALS: [&str; 8] = [
    "lunch",
    "lunchtime",
    "breakfast",
    "dinner",
    "eod",
    "cob",
    "standup",
    "stand-up",
];

/// What has been read so far.
#[derive(Default)]
pub(super) struct Found {
    pub(super) days: BTreeSet<Day>,
    pub(super) nth: BTreeSet<Nth>,
    pub(super) of_month: Option<i8>,
    pub(super) every: Option<u8>,
    pub(super) part: Option<time::Part>,
    /// What the words say beside: that they name a month, a rhythm, …
    pub(super) said: BTreeSet<Beside>,
    pub(super) except: BTreeSet<Day>,
    pub(super) from: Option<Date>,
    pub(super) time: Option<time::Said>,
    pub(super) zone: Vec<String>,
}

/// What words say beside days and times.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Beside {
    /// `monthly`.
    Month,
    /// `weekly`, `every`: it is a rhythm, be no day named.
    Rhythm,
    /// `every morning`: it is each day, unless days are named.
    EachDay,
    /// `except`: the days that follow are left out.
    Except,
    /// `after lunch`: there is an hour that nobody named.
    SomeHour,
}

pub(super) fn schedule(words: &str, context: &Context) -> Result<Schedule, ScheduleError> {
    let folded = text::fold(words);
    let tokens = tokens(&folded);
    if tokens.is_empty() {
        return Err(ScheduleError::Empty);
    }
    // What a machine's table says is no words.
    if tokens.contains(&"*") {
        return Err(Found::default().unread(&folded));
    }
    let mut found = Found::default();
    let mut at = 0;
    while at < tokens.len() {
        at += found.take(&tokens, at, context)?;
    }
    if found.is_nothing() {
        return Err(found.unread(&folded));
    }
    found.schedule(context)
}

impl Found {
    /// Whether nothing was read but words that say nothing about when: "post it", "this week".
    fn is_nothing(&self) -> bool {
        let no_day = self.days.is_empty() && self.nth.is_empty() && self.of_month.is_none();
        let no_rhythm = self.said.is_empty() && self.every.is_none() && self.from.is_none();
        let no_time = self.time.is_none() && self.part.is_none();
        no_day && no_rhythm && no_time && self.zone.is_empty()
    }

    /// Reads what stands at `at` in `tokens`; how many words it took.
    fn take(
        &mut self,
        tokens: &[&str],
        at: usize,
        context: &Context,
    ) -> Result<usize, ScheduleError> {
        let (before, rest) = tokens.split_at(at);
        if let Some(taken) = self.start(rest, context) {
            return Ok(taken);
        }
        if let Some(taken) = self.once(rest)? {
            return Ok(taken);
        }
        if let Some(taken) = self.rhythm(rest, tokens)? {
            return Ok(taken);
        }
        // A place in the month may begin as a weekday does, and the other way round.
        if let Some(taken) = self.place_in_month(rest, tokens)? {
            return Ok(taken);
        }
        if !self.is_code(rest[0])
            && let Some(taken) = self.weekdays(rest)
        {
            return Ok(taken);
        }
        if let Some(read) = time::read(rest) {
            let (said, taken) = read?;
            return self.at(said).map(|()| taken);
        }
        Ok(self.other(before, rest))
    }

    /// What is neither day nor time: a part of the day, an offset, a place, or nothing.
    fn other(&mut self, before: &[&str], rest: &[&str]) -> usize {
        if let Some(part) = time::Part::named(rest[0]) {
            self.part = Some(part);
            return 1;
        }
        let is_meal = |word: &&str| MEALS.contains(word);
        let hours = match rest {
            ["first", "thing", ..] => 2,
            ["after" | "before", meal, ..] if is_meal(meal) => 2,
            [meal, ..] if is_meal(meal) => 1,
            _ => 0,
        };
        if hours > 0 {
            self.said.insert(Beside::SomeHour);
            return hours;
        }
        if let [zone @ ("utc" | "gmt"), sign @ ("+" | "-"), hours, ..] = rest {
            self.zone.push(format!("{zone}{sign}{hours}"));
            return 3;
        }
        if let [number, unit, ..] = rest
            && word::digits(number).is_some()
            && word::is_unit(unit)
        {
            self.zone.extend([(*number).to_owned(), (*unit).to_owned()]);
            return 2;
        }
        if matches!(rest[0], "weekly" | "every" | "each") {
            self.said.insert(Beside::Rhythm);
        }
        let is_team = rest[0] == "us" && before.last().is_some_and(|word| TO_US.contains(word));
        if !is_team && !FILLERS.contains(&rest[0]) {
            self.zone.push(rest[0].to_owned());
        }
        1
    }

    /// A time; one that was said before may be said again in another way.
    fn at(&mut self, said: time::Said) -> Result<(), ScheduleError> {
        let agreed = match self.time {
            Some(before) => before
                .agreed(said)
                .ok_or(ScheduleError::TwoTimes(before.time, said.time))?,
            None => said,
        };
        self.time = Some(agreed);
        Ok(())
    }

    /// `starting May 4`.
    fn start(&mut self, rest: &[&str], context: &Context) -> Option<usize> {
        let today = context.now.to_zoned(context.zone.time_zone()).date();
        let (date, taken) = start::date(rest, today)?;
        self.from = Some(date);
        Some(taken)
    }

    /// What comes once is no schedule, but `once a week` is.
    fn once(&mut self, rest: &[&str]) -> Result<Option<usize>, ScheduleError> {
        let once = |words: &[&str]| Err(ScheduleError::Once(words.join(" ")));
        match rest {
            ["next", "to", "last", ..] => Ok(None),
            [
                "once" | "1x",
                "a" | "per" | "every" | "each" | "weekly" | "monthly" | "daily" | "week" | "month"
                | "day",
                ..,
            ] => {
                self.said.insert(Beside::Rhythm);
                Ok(Some(1))
            }
            ["this", named, ..] if day(named).is_some() => once(&rest[..2]),
            [month, number, ..] | [number, month, ..]
                if text::month(month).is_some()
                    && word::place(number)
                        .or_else(|| word::digits(number))
                        .is_some() =>
            {
                once(&rest[..2])
            }
            [number, "of", month, ..]
                if text::month(month).is_some() && word::place(number).is_some() =>
            {
                once(&rest[..3])
            }
            [word, ..] if ONCE.contains(word) || word.parse::<Date>().is_ok() => once(&rest[..1]),
            _ => Ok(None),
        }
    }

    /// Whether a word that is short for a day stands behind a city whose country or state it names:
    /// `Paris FR`, `St. Louis MO`.
    fn is_code(&self, word: &str) -> bool {
        if word.len() != 2 || self.zone.is_empty() {
            return false;
        }
        let mut placed = self.zone.clone();
        placed.push(word.to_owned());
        Place::is_known(&placed)
    }

    /// Puts days among those that were said, or that were left out.
    pub(super) fn put(&mut self, days: impl IntoIterator<Item = Day>) {
        if self.said.contains(&Beside::Except) {
            self.except.extend(days);
        } else {
            self.days.extend(days);
        }
    }

    fn schedule(mut self, context: &Context) -> Result<Schedule, ScheduleError> {
        let zone = self.named_zone(&context.zone)?;
        if self.time.is_none() && self.said.contains(&Beside::SomeHour) {
            return Err(ScheduleError::WhichHour);
        }
        let at = time::meant(self.time, self.part)?;
        self.settle_days()?;
        let weekly = Schedule {
            days: Days::Weekly(self.days_of_week()),
            at,
            zone,
        };
        let days = self.chosen_days(&weekly, context.now)?;
        let schedule = Schedule { days, ..weekly };
        self.starts(&schedule, context.now)?;
        Ok(schedule)
    }

    /// The days that are left when all is said.
    fn settle_days(&mut self) -> Result<(), ScheduleError> {
        let is_free = self.nth.is_empty() && self.of_month.is_none() && self.every.is_none();
        let is_daily = self.said.contains(&Beside::EachDay) && !self.said.contains(&Beside::Month);
        if self.days.is_empty() && is_free && is_daily {
            self.days.extend(Day::all());
        }
        if self.except.is_empty() {
            return Ok(());
        }
        let left: BTreeSet<Day> = self.days.difference(&self.except).copied().collect();
        if left.is_empty() {
            return Err(ScheduleError::NoneLeft);
        }
        self.days = left;
        Ok(())
    }

    fn days_of_week(&self) -> BTreeSet<Day> {
        if self.days.is_empty() {
            BTreeSet::from([Day::MONDAY])
        } else {
            self.days.clone()
        }
    }

    /// The days that were said; `weekly` has their days of the week.
    fn chosen_days(&self, weekly: &Schedule, now: Timestamp) -> Result<Days, ScheduleError> {
        let mixed = || Err(ScheduleError::Mixed(self.read()));
        if let Some(number) = self.of_month {
            let is_alone = self.days.is_empty() && self.nth.is_empty() && self.every.is_none();
            return if is_alone {
                Ok(Days::OfMonth(number))
            } else {
                mixed()
            };
        }
        if !self.nth.is_empty() || self.said.contains(&Beside::Month) {
            let mut nth = self.nth.clone();
            if nth.is_empty() {
                nth.insert(Nth::First);
            }
            let mut days = self.days.iter().copied();
            let day = days.next().unwrap_or(Day::MONDAY);
            return match (days.next(), self.every) {
                (None, None) => Ok(Days::Nth { nth, day }),
                _ => mixed(),
            };
        }
        let Some(every) = self.every.filter(|every| *every > 1) else {
            return Ok(weekly.days.clone());
        };
        let next = || weekly.next(now).map(|instant| instant.date());
        Ok(Days::Weeks {
            every,
            on: self.days_of_week(),
            from: self.from.or_else(next).unwrap_or(Date::MAX),
        })
    }

    /// Whether the first day that was named can be kept: only every few weeks are counted from one,
    /// and a digest rests no longer than a year before it begins.
    fn starts(&self, schedule: &Schedule, now: Timestamp) -> Result<(), ScheduleError> {
        let Some(from) = self.from else {
            return Ok(());
        };
        let today = now.to_zoned(TimeZone::UTC).date();
        let counts = matches!(schedule.days, Days::Weeks { .. });
        let next = schedule.next(now).map_or(today, |instant| instant.date());
        let is_far = from > today.saturating_add(1.year()) && now > Timestamp::UNIX_EPOCH;
        if (counts && !is_far) || (!counts && from <= next) {
            return Ok(());
        }
        Err(ScheduleError::Start(from, next))
    }
}

/// Whether the words name a month as what a digest comes by.
pub(super) fn names_month(tokens: &[&str]) -> bool {
    tokens.iter().any(|word| is_month(word))
}
