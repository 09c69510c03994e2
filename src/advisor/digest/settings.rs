//! What people say about the digest: on, off, when, quiet weeks, skip, snooze, now.

use jiff::Timestamp;

use super::super::case::{Case, button, private, said};
use super::super::prose::{capitalised, sentence, stopped};
use super::super::{Audience, Readers, Turn};
use super::about::About;
use super::left_out;
use super::period;
use super::survey;
use super::week::Week;
use crate::digest::schedule::{Context, Schedule, Zone};
use crate::digest::{Absence, Changed, Setting, Standing};
use crate::ident::Person;
use crate::intent::{DigestRequest, Personal, PersonalRequest, Pinging};
use crate::render::{Block, Document, Inline};
use crate::report::Snapshot;

/// The schedule of a digest that was switched on without one.
const USUAL: &str = "mondays 9am";

/// Does what was asked for.
pub(in super::super) fn turn(case: &Case<'_>, request: &DigestRequest) -> Turn {
    match request {
        DigestRequest::Now => now(case),
        other => set(case, About::Channel, other),
    }
}

/// The same of what goes to whoever asks.
pub(in super::super) fn personal(
    case: &Case<'_>,
    about: Personal,
    request: &PersonalRequest,
) -> Turn {
    match request {
        PersonalRequest::Status => private(super::status::document(case, About::Personal(about))),
        PersonalRequest::Now => {
            let seen = case.situation.digest.as_ref().map(|it| it.seen.clone());
            private(survey::survey(case, about, &seen.unwrap_or_default()).document)
        }
        PersonalRequest::Set(request) => set(case, About::Personal(about), request),
    }
}

fn set(case: &Case<'_>, about: About, request: &DigestRequest) -> Turn {
    match request {
        DigestRequest::On => asked_first(case, about, "").unwrap_or_else(|| switch_on(case, about)),
        DigestRequest::When(words) => {
            asked_first(case, about, words).unwrap_or_else(|| schedule(case, about, words))
        }
        DigestRequest::Anyway(words) if words.is_empty() => switch_on(case, about),
        DigestRequest::Anyway(words) => schedule(case, about, words),
        // `now` is asked for before.
        DigestRequest::Now => private(super::status::document(case, about)),
        DigestRequest::Off => {
            let headline = match about {
                About::Channel => {
                    "The digest is off; nothing is posted here by itself any more.".to_owned()
                }
                other @ About::Personal(_) => {
                    format!("{} is off; I send you none any more.", other.name())
                }
            };
            change(case, about, Setting::Off, headline)
        }
        DigestRequest::Always | DigestRequest::OnChange
            if about == About::Personal(Personal::Nudge) =>
        {
            private(always_so(case))
        }
        DigestRequest::Always => {
            let (name, comes) = (about.name(), about.comes());
            let headline = format!("{name} {comes} even when nothing changed.");
            change(case, about, Setting::Always, headline)
        }
        DigestRequest::OnChange => {
            let (name, comes) = (about.name(), about.comes());
            let headline = format!(
                "{name} {comes} when something changed, and as a sign of life after four weeks in which nothing did."
            );
            change(case, about, Setting::OnChange, headline)
        }
        DigestRequest::Pinging(pinging) => names(case, about, *pinging),
        DigestRequest::Skip => left_out::skip(case, about),
        DigestRequest::Snooze(until) => left_out::snooze(case, about, until),
    }
}

/// Whether names ping; what goes to one person alone has nobody to ping.
fn names(case: &Case<'_>, about: About, pinging: Pinging) -> Turn {
    if about != About::Channel {
        return private(super::status::document(case, about));
    }
    let (to, headline) = match pinging {
        Pinging::Pings => (
            Setting::Pings,
            "From now on the digest pings whom it names.",
        ),
        Pinging::Plain => (
            Setting::Plain,
            "From now on the digest names people and pings nobody.",
        ),
    };
    change(case, about, to, headline.to_owned())
}

/// A nudge has no choice of quiet weeks.
fn always_so(case: &Case<'_>) -> Document {
    let now = case.typed("nudge now");
    Document {
        headline: "The nudge comes while something of yours is overdue, and never otherwise."
            .to_owned(),
        blocks: vec![Block::Note(sentence(&format!(
            "That cannot be chosen. What there is today: `{now}`."
        )))],
    }
}

/// The digest as it would be posted now, and whether it would be; nothing is claimed by it.
pub(in super::super) fn preview(case: &Case<'_>) -> Document {
    let standing = standing(case);
    let week = Week::since(case, &standing.seen);
    let fate = super::status::foretold(case, &week);
    week.document(&standing, Some(fate))
}

/// The same for everybody; what its check found is kept as that of any shared check is.
fn now(case: &Case<'_>) -> Turn {
    // Where there is no plan, whoever asks learns how to begin one, and nobody else is bothered.
    if case.plan.answered() == 0 {
        return private(preview(case));
    }
    let standing = standing(case);
    let week = Week::since(case, &standing.seen);
    let document = period::named(&standing, week.document(&standing, None));
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
    standing.unwrap_or_else(|| fresh(case, About::Channel, usual(case)).0)
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

/// A standing as it begins: what is there today is not news. With it what is kept of today's check.
fn fresh(case: &Case<'_>, about: About, schedule: Schedule) -> (Standing, Option<Snapshot>) {
    let (seen, snapshot) = about.begins(case);
    let by = case.situation.actor.person.clone();
    let standing = Standing {
        seen,
        ..Standing::begun(schedule, by, case.situation.now)
    };
    (standing, snapshot)
}

fn switch_on(case: &Case<'_>, about: About) -> Turn {
    let before = case.situation.digest.as_ref();
    let schedule = before.map_or_else(|| usual(case), |it| it.schedule.clone());
    begin(case, about, schedule)
}

fn schedule(case: &Case<'_>, about: About, words: &str) -> Turn {
    if let Some(problem) = for_others(case, about, words) {
        return private(unread(case, about, &problem));
    }
    match Schedule::read(words, &context(case)) {
        Ok(schedule) => begin(case, about, schedule),
        Err(error) => private(unread(case, about, &error.to_string())),
    }
}

/// Why words that name a channel or a person are no schedule.
fn for_others(case: &Case<'_>, about: About, words: &str) -> Option<String> {
    let named = |sign: char| {
        let mut words = words.split_whitespace();
        // `@9am` is a time.
        let is_name = |rest: &str| rest.starts_with(|letter: char| !letter.is_ascii_digit());
        words.find(|word| word.strip_prefix(sign).is_some_and(is_name))
    };
    match about {
        About::Channel => {
            if let Some(channel) = named('#') {
                return Some(format!(
                    "a digest is posted in the channel where it is switched on: type this in {channel}"
                ));
            }
            named('@').map(|_| {
                let (rollup, nudge) = (case.typed("rollup on"), case.typed("nudge on"));
                format!(
                    "a digest is for its whole channel. What goes to one person, that person switches on: `{rollup}` or `{nudge}`"
                )
            })
        }
        About::Personal(_) => named('@').or(named('#')).map(|_| {
            format!(
                "{} goes to whoever switches it on, and nobody can do that for somebody else",
                about.name()
            )
        }),
    }
}

/// A channel that the whole workspace reads gets no digest by a slip; one of which nobody can say who
/// reads it may be such a channel.
fn asked_first(case: &Case<'_>, about: About, words: &str) -> Option<Turn> {
    let headline = match case.situation.readers {
        _ if about != About::Channel => return None,
        Readers::Some => return None,
        Readers::Everybody => {
            "Nothing is switched on yet: everybody in the workspace reads this channel."
        }
        Readers::Unknown => "Nothing is switched on yet: Slack did not say who reads this channel.",
    };
    let reads = words.is_empty() || Schedule::read(words, &context(case)).is_ok();
    let question = Document {
        headline: headline.to_owned(),
        blocks: vec![
            Block::Paragraph(vec![Inline::plain(
                "A digest of one plan is of use to the team that works on it. Their own channel is a better place.",
            )]),
            Block::Actions(vec![button(
                "Post it here all the same",
                format!("digest anyway {words}").trim(),
            )]),
        ],
    };
    reads.then(|| private(question))
}

/// From now on it comes at these times.
fn begin(case: &Case<'_>, about: About, schedule: Schedule) -> Turn {
    let (standing, snapshot) = match &case.situation.digest {
        Some(before) => {
            let mut standing = Standing {
                schedule,
                is_on: true,
                left_out: None,
                rests: None,
                set_by: case.situation.actor.person.clone(),
                set_at: case.situation.now,
                ..before.clone()
            };
            standing.next = standing.next_after(case.situation.now);
            (standing, None)
        }
        None => fresh(case, about, schedule),
    };
    let headline = format!("{} {} {}.", about.name(), about.comes(), standing.schedule);
    Turn {
        snapshot,
        ..outcome(case, about, standing, headline)
    }
}

/// Changes something about a standing that is there; without one there is nothing to change. Who said
/// when it comes stays who said it.
fn change(case: &Case<'_>, about: About, to: Setting, headline: String) -> Turn {
    let works = |it: &&Standing| it.is_on && it.rests.is_none();
    let Some(before) = case.situation.digest.as_ref().filter(works) else {
        return private(super::status::document(case, about));
    };
    let change = Changed {
        to,
        by: case.situation.actor.person.clone(),
        at: case.situation.now,
    };
    outcome(case, about, before.clone().changed(change), headline)
}

pub(super) fn outcome(case: &Case<'_>, about: About, standing: Standing, headline: String) -> Turn {
    let mut small = Vec::new();
    if let Some(next) = standing.comes() {
        small.extend([
            Inline::plain("Next: "),
            Inline::When(next),
            Inline::plain(" · "),
        ]);
    }
    let (act, who) = done(&standing, case.situation.now);
    small.push(Inline::plain(act));
    small.push(Inline::Person(who.clone()));
    if standing.left_out.is_some() {
        let on = case.code(&format!("{} on", about.command()));
        small.extend([Inline::plain(" · "), on, Inline::plain(" takes it back")]);
    }
    if case.situation.zone.is_none() && standing.schedule.zone == Zone::utc() {
        small.push(Inline::plain(
            ". I do not know your time zone; name a city to change it",
        ));
    }
    let buttons = vec![
        button("Preview", about.shows()),
        button("Settings", format!("{} status", about.command())),
    ];
    let document = Document {
        headline,
        blocks: vec![Block::Note(small), Block::Actions(buttons)],
    };
    Turn {
        digest: Some(standing),
        ..said(about.audience(), document)
    }
}

/// What was done just now, and by whom.
fn done(standing: &Standing, now: Timestamp) -> (&'static str, &Person) {
    let newest = standing.changes.last().filter(|it| it.at == now);
    match (newest, &standing.left_out) {
        (Some(it), _) if it.to == Setting::Off => ("switched off by ", &it.by),
        (Some(it), _) => ("changed by ", &it.by),
        (None, Some(it)) if it.how == Absence::Skip => ("skipped by ", &it.by),
        (None, Some(it)) => ("snoozed by ", &it.by),
        (None, None) => ("set by ", &standing.set_by),
    }
}

fn unread(case: &Case<'_>, about: About, problem: &str) -> Document {
    let typed = |rest: &str| case.typed(&format!("{} {rest}", about.command()));
    let others = [typed("now"), typed("off"), typed("help")];
    as_it_was(case, about, problem, ("Also", &others))
}

/// Nothing was set: why, and what works.
pub(super) fn as_it_was(
    case: &Case<'_>,
    about: About,
    problem: &str,
    (lead, works): (&str, &[String]),
) -> Document {
    let works: Vec<_> = works.iter().map(|words| format!("`{words}`")).collect();
    let state = match &case.situation.digest {
        Some(_) => "is as it was",
        None => "was not switched on",
    };
    Document {
        headline: format!("{} {state}.", about.name()),
        blocks: vec![
            Block::Paragraph(sentence(&stopped(&capitalised(problem)))),
            Block::Note(sentence(&format!("{lead}: {}.", works.join(", ")))),
        ],
    }
}
