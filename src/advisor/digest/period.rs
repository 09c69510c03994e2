//! A period is due: the digest is posted, or a stated reason why not is kept.

use jiff::Timestamp;

use super::super::case::{Case, said, silent};
use super::super::{Audience, Picture, Turn, map};
use super::about::About;
use super::survey;
use super::week::Week;
use crate::digest::{GRACE, HEARTBEAT, Outcome, Quiet, Rest, Seen, Standing};
use crate::ident::Person;
use crate::intent::{Mode, Personal};
use crate::plan::Version;
use crate::render::{self, Document};

/// Why a period's digest is not posted.
pub(super) struct Kept {
    pub(super) outcome: Outcome,
    /// Who wanted that, where somebody did.
    pub(super) by: Option<Person>,
}

/// What keeps the digest of a period from being posted, whatever it had to tell: for one that is due
/// and for one that is foretold.
pub(super) fn kept_back(
    case: &Case<'_>,
    about: About,
    standing: &Standing,
    period: Timestamp,
) -> Option<Kept> {
    let kept = |outcome, by| Some(Kept { outcome, by });
    if let Some(left_out) = standing.leaves_out(period) {
        return kept(left_out.how.outcome(), Some(left_out.by.clone()));
    }
    if case.situation.now.duration_since(period) > GRACE {
        return kept(Outcome::Missed, None);
    }
    if about != About::Channel {
        return None;
    }
    let attention = &case.situation.attention;
    if attention.mode == Mode::Mute {
        let by = attention.set.as_ref().map(|(by, _)| by.clone());
        return kept(Outcome::Muted, by);
    }
    match case.situation.plan {
        Some(_) => None,
        None => kept(Outcome::NoPlan, None),
    }
}

/// Whether a week has nothing to tell, and nothing is told then, which is `at` that instant.
pub(super) fn is_kept_quiet(week: &Week<'_>, standing: &Standing, at: Timestamp) -> bool {
    week.is_quiet() && !speaks_when_quiet(standing, at)
}

/// What becomes of the period that was due at `period`.
pub(in super::super) fn turn(case: &Case<'_>, period: Timestamp) -> Turn {
    let standing = case.situation.digest.as_ref();
    // Switched off, moved or worked off by somebody else since it was found to be due.
    let Some(standing) = standing.filter(|it| it.is_on && it.next == Some(period)) else {
        return silent();
    };
    let now = case.situation.now;
    if let Some(kept) = kept_back(case, About::Channel, standing, period) {
        // What the check finds is kept all the same: the trend has no gap where nobody wanted a digest.
        let checked = case.situation.plan.is_some();
        let snapshot = checked.then(|| case.snapshot(&case.report())).flatten();
        return Turn {
            snapshot,
            ..not_posted(standing, period, kept, now)
        };
    }
    let week = Week::since(case, &standing.seen);
    let snapshot = week.snapshot.clone();
    if is_kept_quiet(&week, standing, now) {
        let quiet = Turn {
            snapshot,
            ..silent()
        };
        return ended(standing, period, Outcome::Quiet, now, quiet);
    }
    let document = named(standing, week.document(standing, None));
    let picture = week.moved_map().map(|map| Picture {
        document: map::document(case, &map),
        map,
    });
    let mut noted = standing.clone();
    week.told(&mut noted);
    let posted = Turn {
        snapshot,
        picture,
        ..said(Audience::Everyone, document)
    };
    ended(&noted, period, Outcome::Posted, now, posted)
}

/// The same of what goes to one person.
pub(in super::super) fn personal(case: &Case<'_>, about: Personal, period: Timestamp) -> Turn {
    let standing = case.situation.digest.as_ref();
    let Some(standing) = standing.filter(|it| it.is_on && it.next == Some(period)) else {
        return silent();
    };
    let now = case.situation.now;
    if let Some(kept) = kept_back(case, About::Personal(about), standing, period) {
        return not_posted(standing, period, kept, now);
    }
    let survey = survey::survey(case, about, &standing.seen);
    let is_wanted = !survey.is_empty && speaks_when_quiet(standing, now);
    if survey::is_quiet(&survey, about, standing) && !is_wanted {
        return ended(standing, period, Outcome::Quiet, now, silent());
    }
    let mut noted = standing.clone();
    let seen = Seen {
        at: now,
        due: survey.due,
        ..Seen::default()
    };
    noted.compared = Some(std::mem::replace(&mut noted.seen, seen));
    let posted = said(Audience::Asker, survey.document);
    ended(&noted, period, Outcome::Posted, now, posted)
}

/// A digest as its channel reads it: names ping where somebody has asked for that.
pub(super) fn named(standing: &Standing, document: Document) -> Document {
    match standing.pings {
        Some(_) => render::pinging(document),
        None => document,
    }
}

/// Whether a digest is posted although nothing changed: where the team wants that, or as a sign of life.
fn speaks_when_quiet(standing: &Standing, now: Timestamp) -> bool {
    // The last one may have come late, within its grace.
    let silence = now.duration_since(standing.seen.at) + GRACE;
    let is_silent = standing.quiet_in_a_row > 0 && silence >= HEARTBEAT;
    standing.quiet == Quiet::Always || is_silent
}

/// The end of a period that is not posted, whatever it had to tell.
fn not_posted(standing: &Standing, period: Timestamp, kept: Kept, now: Timestamp) -> Turn {
    let mut turn = ended(standing, period, kept.outcome, now, silent());
    if let Some(last) = turn.digest.as_mut().and_then(|it| it.last.as_mut()) {
        last.wanted_by = kept.by;
    }
    // Before the first change it waits for the plan; without a plan that was there it ends.
    if kept.outcome == Outcome::NoPlan && standing.seen.version > Version(0) {
        turn.digest = turn.digest.map(|it| it.resting(Rest::NoPlan));
    }
    turn
}

fn ended(
    standing: &Standing,
    period: Timestamp,
    outcome: Outcome,
    now: Timestamp,
    turn: Turn,
) -> Turn {
    Turn {
        digest: Some(standing.clone().after(period, outcome, now)),
        ..turn
    }
}
