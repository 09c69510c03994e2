//! A period is due: the digest is posted, or a stated reason why not is kept.

use jiff::{SignedDuration, Timestamp};

use super::super::case::{Case, said, silent};
use super::super::{Audience, Picture, Turn, map};
use super::survey;
use super::week::Week;
use crate::digest::{GRACE, HEARTBEAT, Outcome, Quiet, Rest, Seen, Standing};
use crate::intent::{Mode, Personal};
use crate::plan::Version;
use crate::render::Inline;

/// A digest that comes later than this says so.
const ON_TIME: SignedDuration = SignedDuration::from_mins(15);

/// What becomes of the period that was due at `period`.
pub(in super::super) fn turn(case: &Case<'_>, period: Timestamp) -> Turn {
    let standing = case.situation.digest.as_ref();
    // Switched off, moved or worked off by somebody else since it was found to be due.
    let Some(standing) = standing.filter(|it| it.is_on && it.next == Some(period)) else {
        return silent();
    };
    let now = case.situation.now;
    let late = now.duration_since(period);
    if late > GRACE {
        return ended(standing, period, Outcome::Missed, now, silent());
    }
    if case.situation.attention.mode == Mode::Mute {
        return ended(standing, period, Outcome::Muted, now, silent());
    }
    if case.situation.plan.is_none() {
        let mut turn = ended(standing, period, Outcome::NoPlan, now, silent());
        // Before the first change it waits for the plan; without a plan that was there it ends.
        if standing.seen.version > Version(0) {
            turn.digest = turn.digest.map(|it| it.resting(Rest::NoPlan));
        }
        return turn;
    }
    let week = Week::since(case, &standing.seen);
    let snapshot = week.snapshot.clone();
    if week.is_quiet() && !speaks_when_quiet(standing, now) {
        let quiet = Turn {
            snapshot,
            ..silent()
        };
        return ended(standing, period, Outcome::Quiet, now, quiet);
    }
    let is_late = late > ON_TIME;
    let note = is_late.then(|| {
        vec![
            Inline::plain("This digest is late: it was due "),
            Inline::When(period),
            Inline::plain("."),
        ]
    });
    let document = week.document(standing, note);
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
    if now.duration_since(period) > GRACE {
        return ended(standing, period, Outcome::Missed, now, silent());
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

/// Whether a digest is posted although nothing changed: where the team wants that, or as a sign of life.
fn speaks_when_quiet(standing: &Standing, now: Timestamp) -> bool {
    // The last one may have come late, within its grace.
    let silence = now.duration_since(standing.seen.at) + GRACE;
    let is_silent = standing.quiet_in_a_row > 0 && silence >= HEARTBEAT;
    standing.quiet == Quiet::Always || is_silent
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
