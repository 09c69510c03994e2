//! `digest skip` and `digest snooze`: periods that somebody wants left out. They come due all the
//! same, so that each of them says why nothing was posted.

use jiff::civil::{Date, Weekday};
use jiff::{SignedDuration, Span, Timestamp};

use super::super::Turn;
use super::super::case::{Case, private};
use super::about::About;
use super::settings::{as_it_was, outcome};
use crate::digest::{Absence, LeftOut, Standing};
use crate::plan;
use crate::render::Document;

/// The longest that a digest rests; for longer it is switched off.
fn longest_rest() -> Span {
    Span::new().years(1)
}

/// Leaves the next one out that would be posted.
pub(super) fn skip(case: &Case<'_>, about: About) -> Turn {
    let standing = case.situation.digest.as_ref();
    let Some((standing, next)) = standing.and_then(|it| Some((it, it.comes()?))) else {
        return private(super::status::document(case, about));
    };
    let day = next.to_zoned(standing.schedule.zone.time_zone()).date();
    let day = day.strftime("%A, %Y-%m-%d");
    let until = next + SignedDuration::from_secs(1);
    let headline = format!("{} of {day}, is skipped.", about.name());
    leave_out(case, about, (Absence::Skip, until), headline)
}

/// Has it rest until a day.
pub(super) fn snooze(case: &Case<'_>, about: About, until: &str) -> Turn {
    let Some(standing) = case
        .situation
        .digest
        .as_ref()
        .filter(|it| it.next.is_some())
    else {
        return private(super::status::document(case, about));
    };
    let date = match awake(case, about, until) {
        Ok(date) => date,
        Err(problem) => return private(unslept(case, about, &problem)),
    };
    let morning = date.to_zoned(standing.schedule.zone.time_zone());
    let until = morning.map_or(case.situation.now, |zoned| zoned.timestamp());
    let headline = format!("{} rests until {date}.", about.name());
    leave_out(case, about, (Absence::Snooze, until), headline)
}

/// Whoever leaves some out has not set when they come.
fn leave_out(
    case: &Case<'_>,
    about: About,
    (how, until): (Absence, Timestamp),
    headline: String,
) -> Turn {
    let by = case.situation.actor.person.clone();
    let left_out = LeftOut {
        until,
        how,
        by,
        at: case.situation.now,
    };
    let standing = case.situation.digest.clone();
    let standing = standing.map(|before| Standing {
        left_out: Some(left_out),
        ..before
    });
    match standing {
        Some(standing) => outcome(case, about, standing, headline),
        None => private(super::status::document(case, about)),
    }
}

/// The day on which it is awake again: one that is named, or so long from now.
fn awake(case: &Case<'_>, about: About, until: &str) -> Result<Date, String> {
    let today = case.today();
    let date = next_week(until, today)
        .map_or_else(|| plan::parse_date(until, today), Ok)
        .or_else(|_| plan::parse_date(&format!("in {until}"), today))
        .map_err(|_| format!("`{until}` is no day that I can read, and no length of time"))?;
    if date <= today {
        return Err(format!("{date} is not ahead"));
    }
    if date > today.saturating_add(longest_rest()) {
        let off = case.typed(&format!("{} off", about.command()));
        return Err(format!("{date} is more than a year ahead; `{off}` ends it"));
    }
    Ok(date)
}

/// `next week` begins on its Monday.
fn next_week(words: &str, today: Date) -> Option<Date> {
    let is_said = words.trim().eq_ignore_ascii_case("next week");
    let monday = today.nth_weekday(1, Weekday::Monday).ok();
    monday.filter(|_| is_said)
}

fn unslept(case: &Case<'_>, about: About, problem: &str) -> Document {
    let typed = |rest: &str| case.typed(&format!("{} {rest}", about.command()));
    let works = [
        typed("snooze 2 weeks"),
        typed("snooze until 1 June"),
        typed("skip"),
    ];
    as_it_was(case, about, problem, ("What works", &works))
}
