//! Who has changed what about a digest, beside when it comes.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::ident::Person;

/// So many changes are remembered.
const REMEMBERED: usize = 6;

/// What somebody has changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changed {
    /// What it is since then.
    pub to: Setting,
    /// Who did that.
    pub by: Person,
    /// When.
    pub at: Timestamp,
}

/// What a digest can be changed to, beside when it comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Setting {
    /// Off.
    Off,
    /// It comes when nothing changed, too.
    Always,
    /// It comes when something changed.
    OnChange,
    /// Whom it names, it pings.
    Pings,
    /// It names people and pings nobody.
    Plain,
}

/// Adds a change to those that are remembered; the newest stands last.
pub(super) fn remember(changes: &mut Vec<Changed>, change: Changed) {
    changes.push(change);
    let over = changes.len().saturating_sub(REMEMBERED);
    changes.drain(..over);
}
