//! Reads a schedule word by word; what no other reader takes names the zone.

use std::collections::BTreeSet;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use super::word::{counted, day, is_month, nth, numbered, span};
use super::{Day, Days, Nth, Schedule, ScheduleError, Zone, time};
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
const FILLERS: [&str; 33] = [
    "every", "each", "on", "at", "in", "the", "of", "and", "a", "time", "digest", "post", "send",
    "weekly", "please", "week", "weeks", "it", "zone", "timezone", "to", "me", "us", "o'clock",
    "&", "+", "@", "my", "our", "local", "here", "this", "s",
];

/// Words for what comes once.
const ONCE: [&str; 5] = ["tomorrow", "today", "tonight", "next", "once"];

/// Rhythms that a digest does not have.
const OFTENER_OR_RARER: [&str; 7] = [
    "hourly",
    "hour",
    "minute",
    "quarterly",
    "quarter",
    "yearly",
    "year",
];

/// What has been read so far.
#[derive(Default)]
struct Found {
    days: BTreeSet<Day>,
    nth: BTreeSet<Nth>,
    of_month: Option<i8>,
    is_monthly: bool,
    every: Option<u8>,
    from: Option<Date>,
    time: Option<time::Said>,
    part: Option<time::Part>,
    zone: Vec<String>,
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
    let mut rest = &tokens[..];
    while !rest.is_empty() {
        let taken = found.take(rest)?;
        rest = &rest[taken..];
    }
    let weekly = tokens
        .iter()
        .any(|word| ["weekly", "every", "each"].contains(word));
    if found.is_nothing() && !weekly {
        return Err(found.unread(&folded));
    }
    found.schedule(context)
}

/// Words without the marks between them; a slash or plus parts days, but not a zone's name.
fn tokens(folded: &str) -> Vec<&str> {
    let marked = folded.split([' ', ',', ';', '(', ')', '`']);
    let parts = marked.flat_map(|word| {
        let parts_days = word.split(['/', '+', '&']).all(|part| day(part).is_some());
        word.split(move |sign| matches!(sign, '/' | '+' | '&') && parts_days)
    });
    let trimmed = parts.map(|word| match word.trim_end_matches(['.', '!', '?']) {
        _ if matches!(word, "a.m." | "p.m.") => word,
        bare => bare,
    });
    trimmed.filter(|word| !word.is_empty()).collect()
}

impl Found {
    /// Whether nothing was read but words that say nothing about when: "post it", "this week".
    fn is_nothing(&self) -> bool {
        let no_day = self.days.is_empty() && self.nth.is_empty() && self.of_month.is_none();
        let no_rhythm = !self.is_monthly && self.every.is_none() && self.from.is_none();
        let no_time = self.time.is_none() && self.part.is_none();
        no_day && no_rhythm && no_time && self.zone.is_empty()
    }

    /// Reads what stands at the front of `rest`; how many words it took.
    fn take(&mut self, rest: &[&str]) -> Result<usize, ScheduleError> {
        if let Some(taken) = self.rhythm(rest)? {
            return Ok(taken);
        }
        if let Some(taken) = self.weekdays(rest) {
            return Ok(taken);
        }
        if let Some(taken) = self.place_in_month(rest)? {
            return Ok(taken);
        }
        if let Some(read) = time::read(rest) {
            let (said, taken) = read?;
            return match self.time.replace(said) {
                Some(other) if other != said => Err(ScheduleError::TwoTimes(other.time, said.time)),
                _ => Ok(taken),
            };
        }
        if let Some(part) = time::Part::named(rest[0]) {
            self.part = Some(part);
            return Ok(1);
        }
        if ONCE.contains(&rest[0]) {
            return Err(ScheduleError::Once(rest[0].to_owned()));
        }
        if matches!(rest[0], "twice" | "thrice") || rest.get(1) == Some(&"times") {
            return Err(ScheduleError::NoDays(rest[0].to_owned()));
        }
        if matches!(rest[0], "from" | "starting" | "since" | "beginning")
            && let Some(from) = rest.get(1).and_then(|word| word.parse().ok())
        {
            self.from = Some(from);
            return Ok(2);
        }
        if !FILLERS.contains(&rest[0]) {
            self.zone.push(rest[0].to_owned());
        }
        Ok(1)
    }

    /// `every other week`, `every 3 weeks`, `fortnightly`.
    fn rhythm(&mut self, rest: &[&str]) -> Result<Option<usize>, ScheduleError> {
        let lead = usize::from(matches!(rest[0], "every" | "each"));
        let (every, taken) = match &rest[lead..] {
            ["quarter", "past" | "after" | "to" | "before", ..] => return Ok(None),
            [word, ..] if OFTENER_OR_RARER.contains(word) => return Err(ScheduleError::Rhythm),
            [number, "day" | "days", ..] if lead == 1 && counted(number).is_some_and(|n| n > 1) => {
                return Err(ScheduleError::EveryDays((*number).to_owned()));
            }
            ["1" | "one", "day", ..] if lead == 1 => return Ok(Some(lead + 1)),
            ["biweekly" | "bi-weekly" | "fortnightly" | "fortnight", ..] => (2, 1),
            [number, "week" | "weeks" | "wks", ..] if lead == 1 && counted(number).is_some() => {
                (counted(number).unwrap_or_default(), 2)
            }
            ["other" | "alternate", ..] => (2, 1),
            // `every second Friday` is every other one, unless a month is named behind it.
            ["second" | "2nd", word, ..] if lead == 1 && day(word).is_some() => {
                if rest.iter().any(|word| is_month(word)) {
                    return Ok(None);
                }
                (2, 1)
            }
            _ => return Ok(None),
        };
        if !(1..=12).contains(&every) {
            return Err(ScheduleError::Rhythm);
        }
        self.every = Some(every);
        Ok(Some(lead + taken))
    }

    /// `mondays`, `mon-fri`, `weekdays`, `daily`.
    fn weekdays(&mut self, rest: &[&str]) -> Option<usize> {
        if let [first, "to" | "till" | "through" | "until" | "-", last, ..] = rest
            && let (Some(first), Some(last)) = (day(first), day(last))
        {
            self.days.extend(span(first, last));
            return Some(3);
        }
        if let Some((first, last)) = rest[0].split_once('-')
            && let (Some(first), Some(last)) = (day(first), day(last))
        {
            self.days.extend(span(first, last));
            return Some(1);
        }
        match rest[0] {
            "daily" | "everyday" | "day" | "days" => self.days.extend(Day::all()),
            "weekday" | "weekdays" | "workday" | "workdays" => {
                self.days.extend(Day::all().take(super::days::WORKING));
            }
            "weekend" | "weekends" => self.days.extend(Day::all().skip(super::days::WORKING)),
            word => {
                self.days.insert(day(word)?);
            }
        }
        Some(1)
    }

    /// `first Monday of the month`, `15th of the month`, `monthly`.
    fn place_in_month(&mut self, rest: &[&str]) -> Result<Option<usize>, ScheduleError> {
        if is_month(rest[0]) {
            self.is_monthly = true;
            return Ok(Some(1));
        }
        if let ["last", "day", ..] = rest {
            self.of_month = Some(31);
            return Ok(Some(2));
        }
        if let ["first", "day", ..] = rest {
            self.of_month = Some(1);
            return Ok(Some(2));
        }
        let end = match rest[0] {
            "start" | "beginning" => Some(1),
            "end" => Some(31),
            _ => None,
        };
        if end.is_some() && rest[1..].iter().any(|word| is_month(word)) {
            self.of_month = end;
            return Ok(Some(1));
        }
        // An ordinal belongs to the day of the week behind it, if there is one.
        let of_day = rest
            .iter()
            .skip(1)
            .find(|word| !FILLERS.contains(word) && nth(word).is_none());
        let names_day = of_day.is_some_and(|word| day(word).is_some());
        if let Some(nth) = nth(rest[0]).filter(|_| names_day) {
            self.nth.insert(nth);
            return Ok(Some(1));
        }
        if let ["fifth", word, ..] = rest
            && let Some(day) = day(word)
        {
            return Err(ScheduleError::NoFifth(day.name()));
        }
        if let [
            word,
            "weekday" | "workday" | "weekdays" | "workdays" | "weekend",
            ..,
        ] = rest
            && nth(word).is_some()
        {
            return Err(ScheduleError::OneDay((*word).to_owned()));
        }
        let Some(number) = numbered(rest[0]) else {
            return Ok(None);
        };
        if !(1..=31).contains(&number) {
            return Err(ScheduleError::NoDay(number));
        }
        match self.of_month.replace(number) {
            Some(other) if other != number => {
                let both = format!("day {other} and day {number} of the month");
                Err(ScheduleError::Mixed(both))
            }
            _ => Ok(Some(1)),
        }
    }

    fn schedule(self, context: &Context) -> Result<Schedule, ScheduleError> {
        let zone = self.named_zone(context)?;
        let at = time::meant(self.time, self.part)?;
        let weekly = Schedule {
            days: Days::Weekly(self.days_of_week()),
            at,
            zone,
        };
        let days = self.chosen_days(&weekly, context.now)?;
        Ok(Schedule { days, ..weekly })
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
        if let Some(number) = self.of_month {
            return match (self.days.is_empty(), self.every) {
                (true, None) => Ok(Days::OfMonth(number)),
                _ => Err(ScheduleError::Mixed(self.read())),
            };
        }
        if !self.nth.is_empty() || self.is_monthly {
            let mut nth = self.nth.clone();
            if nth.is_empty() {
                nth.insert(Nth::First);
            }
            let mut days = self.days.iter().copied();
            let day = days.next().unwrap_or(Day::MONDAY);
            return match (days.next(), self.every) {
                (None, None) => Ok(Days::Nth { nth, day }),
                _ => Err(ScheduleError::Mixed(self.read())),
            };
        }
        let next = || weekly.next(now).map(|instant| instant.date());
        let (today, every) = (now.to_zoned(TimeZone::UTC).date(), self.every);
        let every = every.filter(|every| *every > 1);
        let is_far = |from: Date| from > today.saturating_add(1.year());
        if let Some(from) = self.from
            && (every.is_none() || (is_far(from) && now > Timestamp::UNIX_EPOCH))
        {
            return Err(ScheduleError::Start(from, next().unwrap_or(today)));
        }
        let Some(every) = every else {
            return Ok(weekly.days.clone());
        };
        Ok(Days::Weeks {
            every,
            on: self.days_of_week(),
            from: self.from.or_else(next).unwrap_or(Date::MAX),
        })
    }

    fn named_zone(&self, context: &Context) -> Result<Zone, ScheduleError> {
        if self.zone.is_empty() {
            return Ok(context.zone.clone());
        }
        let said = self.zone.join(" ");
        let mut meant = Zone::meant(&said);
        meant.dedup();
        match meant.len() {
            1 => Ok(meant.remove(0)),
            0 if Zone::is_offset(&said) => Err(ScheduleError::Offset(said)),
            0 => Err(self.unread(&self.beside_zone(&said))),
            _ => Err(ScheduleError::WhichZone {
                said,
                meant: meant.iter().map(|zone| zone.name().to_owned()).collect(),
            }),
        }
    }

    /// The words beside those that name a zone after all.
    fn beside_zone(&self, said: &str) -> String {
        let cuts = 1..self.zone.len();
        let parted = cuts.map(|cut| {
            let (before, after) = self.zone.split_at(cut);
            (before.join(" "), after.join(" "))
        });
        let is_zone = |words: &str| !Zone::meant(words).is_empty();
        let beside = parted.filter_map(|(before, after)| match () {
            () if is_zone(&after) => Some(before),
            () if is_zone(&before) => Some(after),
            () => None,
        });
        beside
            .min_by_key(String::len)
            .unwrap_or_else(|| said.to_owned())
    }

    /// The words that no reader takes: the one that is nearly a day, else all of them.
    fn unread(&self, said: &str) -> ScheduleError {
        let days = || Day::all().map(Day::name);
        let nearly = |word: &String| Some((word.clone(), *text::nearest(word, days()).first()?));
        let (said, near) = match self.zone.iter().find_map(nearly) {
            Some((word, day)) => (word, Some(day.to_owned())),
            None => (said.to_owned(), Zone::near(said)),
        };
        ScheduleError::Unread {
            said,
            read: self.read(),
            near,
        }
    }

    /// What was understood, for an error.
    fn read(&self) -> String {
        let mut parts: Vec<String> = Vec::new();
        parts.extend(self.every.map(|every| format!("every {every} weeks")));
        parts.extend(self.nth.iter().map(|nth| nth.name().to_owned()));
        match self.days.len() {
            0..super::days::WORKING => {
                parts.extend(self.days.iter().map(|day| day.name().to_owned()));
            }
            _ => parts.push(Days::Weekly(self.days.clone()).to_string()),
        }
        parts.extend(self.of_month.map(|day| format!("day {day} of the month")));
        parts.extend(
            self.time
                .map(|said| said.time.strftime("%H:%M").to_string()),
        );
        parts.join(", ")
    }
}
