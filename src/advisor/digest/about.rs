//! What people set the times of: a channel's digest, or what goes to themselves.

use super::super::Audience;
use super::super::case::Case;
use super::survey;
use super::week::Week;
use crate::digest::Seen;
use crate::intent::Personal;
use crate::report::Snapshot;

/// What is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum About {
    /// The channel's digest.
    Channel,
    /// What goes to whoever acts.
    Personal(Personal),
}

impl About {
    /// What it is called where a sentence begins.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Channel => "The digest",
            Self::Personal(Personal::Rollup) => "The roll-up",
            Self::Personal(Personal::Nudge) => "The nudge",
        }
    }

    /// Its command.
    pub(super) fn command(self) -> &'static str {
        match self {
            Self::Channel => "digest",
            Self::Personal(about) => about.name(),
        }
    }

    /// Where it goes, behind its name.
    pub(super) fn comes(self) -> &'static str {
        match self {
            Self::Channel => "is posted here",
            Self::Personal(_) => "comes to you alone",
        }
    }

    /// Who reads that it was set.
    pub(super) fn audience(self) -> Audience {
        match self {
            Self::Channel => Audience::Everyone,
            Self::Personal(_) => Audience::Asker,
        }
    }

    /// The button that shows what it says now.
    pub(super) fn shows(self) -> &'static str {
        match self {
            Self::Channel => "digest preview",
            Self::Personal(Personal::Rollup) => "rollup now",
            Self::Personal(Personal::Nudge) => "nudge now",
        }
    }

    /// What there is to say today, so that it is no news tomorrow; and what is kept of the check.
    pub(super) fn begins(self, case: &Case<'_>) -> (Seen, Option<Snapshot>) {
        match self {
            Self::Channel => {
                let nothing = Seen::default();
                let week = Week::since(case, &nothing);
                (week.seen, week.snapshot)
            }
            Self::Personal(about) => {
                let nothing = Seen::default();
                let seen = Seen {
                    at: case.situation.now,
                    due: match about {
                        // The first one tells of all plans.
                        Personal::Rollup => nothing.due.clone(),
                        Personal::Nudge => survey::survey(case, about, &nothing).due,
                    },
                    ..Seen::default()
                };
                (seen, None)
            }
        }
    }
}
