//! `rollup …` and `nudge …`: what a person has sent to themselves, and when.

use serde::{Deserialize, Serialize};

use super::cursor::Cursor;
use super::digest;
use super::entry::{Entry, Reads, ReplyKind, Takes};
use super::{DigestRequest, Intent, ParseError};

/// What a person can have sent to themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Personal {
    /// All plans that they may see, a line each.
    Rollup,
    /// What is overdue and theirs.
    Nudge,
}

impl Personal {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Rollup, Self::Nudge];

    /// The command's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Rollup => "rollup",
            Self::Nudge => "nudge",
        }
    }
}

/// What is asked of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PersonalRequest {
    /// How it stands.
    Status,
    /// What it says now.
    Now,
    /// When it comes.
    Set(DigestRequest),
}

impl PersonalRequest {
    /// Words that read as this request.
    pub(super) fn words(&self) -> String {
        match self {
            Self::Status => "status".to_owned(),
            Self::Now => "now".to_owned(),
            Self::Set(request) => request.words(),
        }
    }
}

/// The commands, for the table.
pub(super) const PERSONAL: &[Entry] = &[
    Entry {
        name: "rollup",
        aliases: &["roll-up", "digest rollup", "digest roll-up"],
        usage: "rollup on|off|now|<when>",
        help: "Sends you, and nobody else, a line about each plan that you may see",
        example: "rollup mondays 8am",
        more: &[
            ("rollup on", "each Monday at nine, in your time zone"),
            ("rollup now", "what it says at the moment"),
        ],
        reply: ReplyKind::Private,
        reads: Reads::Nothing,
        takes: Takes::Words,
        read: rollup,
    },
    Entry {
        name: "nudge",
        aliases: &["nudges", "digest nudge", "digest nudges"],
        usage: "nudge on|off|now|<when>",
        help: "Reminds you, and nobody else, of what is overdue and yours",
        example: "nudge weekdays 9am",
        more: &[("nudge off", "no more reminders")],
        reply: ReplyKind::Private,
        reads: Reads::Nothing,
        takes: Takes::Words,
        read: nudge,
    },
];

fn rollup(cursor: &mut Cursor<'_>) -> Result<Intent, ParseError> {
    personal(Personal::Rollup, cursor)
}

fn nudge(cursor: &mut Cursor<'_>) -> Result<Intent, ParseError> {
    personal(Personal::Nudge, cursor)
}

fn personal(about: Personal, cursor: &mut Cursor<'_>) -> Result<Intent, ParseError> {
    if cursor.skip_any(&["status", "settings"]) {
        cursor.finish("no further words")?;
        return Ok(Intent::Personal(about, PersonalRequest::Status));
    }
    let request = match digest::scheduled(cursor, about.name())? {
        Intent::DigestStatus => PersonalRequest::Status,
        Intent::Digest(DigestRequest::Now) | Intent::DigestPreview => PersonalRequest::Now,
        Intent::Digest(request) => PersonalRequest::Set(request),
        other => return Ok(other),
    };
    Ok(Intent::Personal(about, request))
}
