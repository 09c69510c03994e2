//! What people say about the digest: on, off, when, quiet weeks, skip, snooze, now.

use jiff::SignedDuration;

use super::super::case::{Case, button, private, said};
use super::super::prose::{capitalised, sentence, stopped};
use super::super::{Audience, Turn};
use super::week::Week;
use crate::digest::schedule::{Context, Schedule, Zone};
use crate::digest::{Quiet, Seen, Standing};
use crate::intent::DigestRequest;
use crate::plan;
use crate::render::{Block, Document, Inline};

/// The schedule of a digest that was switched on without one.
const USUAL: &str = "mondays 9am";

/// Does what was asked for.
pub(in super::super) fn turn(case: &Case<'_>, request: &DigestRequest) -> Turn {
    match request {
        DigestRequest::On => switch_on(case),
        DigestRequest::When(words) => schedule(case, words),
        DigestRequest::Now => now(case),
        DigestRequest::Off => with(case, |standing| {
            standing.is_on = false;
            standing.next = None;
            "The digest is off; nothing is posted here by itself any more.".to_owned()
        }),
        DigestRequest::Always => with(case, |standing| {
            standing.quiet = Quiet::Always;
            "The digest is posted even when nothing changed.".to_owned()
        }),
        DigestRequest::OnChange => with(case, |standing| {
            standing.quiet = Quiet::Change;
            "The digest is posted when something changed, and in every fourth quiet week."
                .to_owned()
        }),
        DigestRequest::Skip => with(case, |standing| {
            standing.next = standing.next.and_then(|next| {
                let after = standing.schedule.next(next)?;
                Some(after.timestamp())
            });
            "The next digest is skipped.".to_owned()
        }),
        DigestRequest::Snooze(until) => snooze(case, until),
    }
}

/// The digest as it would be posted now; nothing is claimed by it.
pub(in super::super) fn preview(case: &Case<'_>) -> Document {
    let standing = standing(case);
    Week::since(case, &standing.seen).document(&standing, None)
}

/// The same for everybody; what its check found is kept as that of any shared check is.
fn now(case: &Case<'_>) -> Turn {
    let standing = standing(case);
    let week = Week::since(case, &standing.seen);
    let document = week.document(&standing, None);
    Turn {
        snapshot: week.snapshot,
        ..said(Audience::Everyone, document)
    }
}

/// All that the last digest and what has come since have to tell.
pub(in super::super) fn all(case: &Case<'_>) -> Document {
    let standing = standing(case);
    let before = standing.compared.as_ref().unwrap_or(&standing.seen);
    Week::since(case, before).full()
}

/// How the digest stands, or would.
fn standing(case: &Case<'_>) -> Standing {
    let standing = case.situation.digest.clone();
    standing.unwrap_or_else(|| fresh(case, usual(case)))
}

/// The zone of whoever asks; the world's where it is not known.
fn context(case: &Case<'_>) -> Context {
    let zone = case.situation.zone.as_deref().and_then(Zone::named);
    Context {
        zone: zone.unwrap_or_else(Zone::utc),
        now: case.situation.now,
    }
}

fn usual(case: &Case<'_>) -> Schedule {
    Schedule::read(USUAL, &context(case)).expect("the usual schedule is one")
}

/// A standing as it begins: what is there today is not news.
fn fresh(case: &Case<'_>, schedule: Schedule) -> Standing {
    let nothing = Seen::default();
    let seen = Week::since(case, &nothing).seen;
    let mut standing = Standing {
        schedule,
        is_on: true,
        quiet: Quiet::Change,
        set_by: case.situation.actor.person.clone(),
        set_at: case.situation.now,
        next: None,
        rests: None,
        last: None,
        seen,
        compared: None,
        asked: Vec::new(),
        quiet_in_a_row: 0,
        revision: 0,
    };
    standing.next = standing.next_after(case.situation.now);
    standing
}

fn switch_on(case: &Case<'_>) -> Turn {
    let standing = match &case.situation.digest {
        Some(before) => Standing {
            is_on: true,
            next: before.next_after(case.situation.now),
            rests: None,
            ..by(case, before)
        },
        None => fresh(case, usual(case)),
    };
    announced(case, standing)
}

fn schedule(case: &Case<'_>, words: &str) -> Turn {
    let schedule = match Schedule::read(words, &context(case)) {
        Ok(schedule) => schedule,
        Err(error) => return private(unread(case, &error.to_string())),
    };
    let standing = match &case.situation.digest {
        Some(before) => {
            let mut standing = by(case, before);
            standing.schedule = schedule;
            standing.is_on = true;
            standing.rests = None;
            standing.next = standing.next_after(case.situation.now);
            standing
        }
        None => fresh(case, schedule),
    };
    announced(case, standing)
}

fn snooze(case: &Case<'_>, until: &str) -> Turn {
    let today = case.today();
    let date = match plan::parse_date(until, today) {
        Ok(date) if date > today => date,
        Ok(date) => {
            let problem = format!("{date} is not ahead; for example `digest snooze next month`");
            return private(unread(case, &problem));
        }
        Err(problem) => {
            let problem = format!("{problem}; for example `digest snooze next month`");
            return private(unread(case, &problem));
        }
    };
    with(case, |standing| {
        let zone = standing.schedule.zone.time_zone();
        let morning = date.to_zoned(zone).map(|zoned| zoned.timestamp());
        let before = morning.unwrap_or(case.situation.now) - SignedDuration::from_secs(1);
        standing.next = standing.next_after(before);
        format!("The digest rests until {date}.")
    })
}

/// Changes a standing that is there; without one there is nothing to change.
fn with(case: &Case<'_>, change: impl FnOnce(&mut Standing) -> String) -> Turn {
    let works = |it: &&Standing| it.is_on && it.rests.is_none();
    let Some(before) = case.situation.digest.as_ref().filter(works) else {
        return private(super::status::document(case));
    };
    let mut standing = by(case, before);
    let headline = change(&mut standing);
    outcome(case, standing, headline)
}

/// The standing as set by whoever acts now.
fn by(case: &Case<'_>, before: &Standing) -> Standing {
    Standing {
        set_by: case.situation.actor.person.clone(),
        set_at: case.situation.now,
        ..before.clone()
    }
}

fn announced(case: &Case<'_>, standing: Standing) -> Turn {
    let headline = format!("The digest is posted here {}.", standing.schedule);
    outcome(case, standing, headline)
}

fn outcome(case: &Case<'_>, standing: Standing, headline: String) -> Turn {
    let mut small = Vec::new();
    if let Some(next) = standing.next {
        small.extend([
            Inline::plain("Next: "),
            Inline::When(next),
            Inline::plain(" · "),
        ]);
    }
    small.push(Inline::plain("set by "));
    small.push(Inline::Person(standing.set_by.clone()));
    if case.situation.zone.is_none() && standing.schedule.zone == Zone::utc() {
        small.push(Inline::plain(
            ". I do not know your time zone; name a city to change it",
        ));
    }
    let buttons = vec![
        button("Preview", "digest preview"),
        button("Settings", "digest status"),
    ];
    let document = Document {
        headline,
        blocks: vec![Block::Note(small), Block::Actions(buttons)],
    };
    // What the first digest is compared with is what there is when it is switched on.
    let begins = case.situation.digest.is_none();
    Turn {
        snapshot: begins.then(|| case.snapshot(&case.report())).flatten(),
        digest: Some(standing),
        ..said(Audience::Everyone, document)
    }
}

fn unread(case: &Case<'_>, problem: &str) -> Document {
    let works = format!(
        "What works: `{}`, `{}`, `{}`.",
        case.typed("digest mondays 9am Berlin"),
        case.typed("digest off"),
        case.typed("digest now")
    );
    Document {
        headline: "The digest is as it was.".to_owned(),
        blocks: vec![
            Block::Paragraph(sentence(&stopped(&capitalised(problem)))),
            Block::Note(sentence(&works)),
        ],
    }
}
