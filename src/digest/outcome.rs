//! What became of a period, and what keeps those to come from being posted.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::ident::{OutboxId, Person};

/// A period that is over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Last {
    /// The instant at which it was due.
    pub period: Timestamp,
    /// What became of it.
    pub outcome: Outcome,
    /// The effect that carries it, where it was handed over for delivery.
    #[serde(default)]
    pub carried_by: Option<OutboxId>,
    /// How many periods after it were over as well when that was found.
    #[serde(default)]
    pub passed_over: usize,
    /// Who wanted that none be posted, where somebody did.
    #[serde(default)]
    pub wanted_by: Option<Person>,
}

/// What became of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// A digest was handed over for delivery.
    Posted,
    /// Nothing had changed, so nothing was posted.
    Quiet,
    /// The bot was away for longer than [`GRACE`](super::GRACE).
    Missed,
    /// There was no plan to speak of.
    NoPlan,
    /// The channel was muted.
    Muted,
    /// Somebody had this one left out.
    Skipped,
    /// Somebody had it rest until a day.
    Snoozed,
    /// It was sent, its answer was lost, and nobody may look whether it has arrived.
    Unknown,
    /// It was to be posted and could not be.
    Refused,
    /// It was to be posted and could not be while it was of use.
    TooLate,
    /// It was switched off, or its channel muted, before it was posted.
    Withdrawn,
}

/// Why a digest that is on is not posted for now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rest {
    /// The channel cannot be written to: archived, or the bot was removed.
    NoChannel,
    /// The bot was removed from the workspace.
    NoToken,
    /// The plan is gone.
    NoPlan,
}

/// Periods to come that somebody wants left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// The first instant whose period is posted again.
    pub until: Timestamp,
    /// What was asked for.
    pub how: Absence,
    /// Who asked for it.
    pub by: Person,
    /// When that was.
    pub at: Timestamp,
}

/// How somebody has periods left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Absence {
    /// The next one.
    Skip,
    /// All until a day.
    Snooze,
}

impl Absence {
    /// What becomes of a period that is left out so.
    pub fn outcome(self) -> Outcome {
        match self {
            Self::Skip => Outcome::Skipped,
            Self::Snooze => Outcome::Snoozed,
        }
    }
}

/// Periods in a row of which each had its outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// The first of them.
    pub from: Timestamp,
    /// The last of them.
    pub to: Timestamp,
}

impl Run {
    /// Whether a period is one of them.
    pub fn holds(&self, period: Timestamp) -> bool {
        (self.from..=self.to).contains(&period)
    }
}
