//! `mode …`: how much of a channel the bot attends to.

use serde::{Deserialize, Serialize};

use super::cursor::Cursor;
use super::entry::{Entry, Reads, ReplyKind, Takes};
use super::place::tail;
use super::set::field;
use super::{Intent, ParseError};
use crate::plan::{Field, Segment};

/// How much of a channel the bot attends to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// What is said to it: commands, mentions, buttons, direct messages.
    #[default]
    Mention,
    /// That, and what is said in the channel, as far as it concerns the plan.
    Follow,
    /// Commands and buttons, answered privately.
    Mute,
}

impl Mode {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Mention, Self::Follow, Self::Mute];

    /// Its name, as one types it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Mention => "mention",
            Self::Follow => "follow",
            Self::Mute => "mute",
        }
    }
}

/// The commands that say how much the bot attends to.
pub(super) static MODES: &[Entry] = &[
    Entry {
        name: "mode",
        aliases: &["engagement"],
        usage: "mode mention|follow|mute",
        help: "Says how much of this channel I attend to",
        example: "mode follow",
        more: &[
            ("mode mention", "only what is said to me"),
            ("mode mute", "commands only, answered privately"),
        ],
        reply: ReplyKind::Change,
        reads: Reads::Nothing,
        takes: Takes::Words,
        read: mode,
    },
    Entry {
        name: "mode status",
        aliases: &[],
        usage: "mode status",
        help: "Says which mode this channel is in, and what each needs",
        example: "mode status",
        more: &[],
        reply: ReplyKind::Private,
        reads: Reads::Nothing,
        takes: Takes::Nothing,
        read: status,
    },
    Entry {
        name: "hush",
        aliases: &[],
        usage: "hush <field> [for <segment>]",
        help: "Keeps me from raising what is said against a value",
        example: "hush price",
        more: &[],
        reply: ReplyKind::Change,
        reads: Reads::Plan,
        takes: Takes::Field,
        read: hush,
    },
    Entry {
        name: "unhush",
        aliases: &[],
        usage: "unhush <field> [for <segment>]",
        help: "Lets me raise it again",
        example: "unhush price",
        more: &[],
        reply: ReplyKind::Change,
        reads: Reads::Plan,
        takes: Takes::Field,
        read: unhush,
    },
];

/// Reads what follows `mode`; without words its state is asked for.
fn mode(cursor: &mut Cursor<'_>) -> Result<Intent, ParseError> {
    while cursor.skip_any(&["to", "is", "=", "on"]) {}
    let Some(first) = cursor.peek().map(|word| word.folded.clone()) else {
        return Ok(Intent::ModeStatus);
    };
    let mode = match first.as_str() {
        "mention" | "mentions" | "default" | "normal" | "unmute" => Mode::Mention,
        "follow" | "following" | "listen" => Mode::Follow,
        "mute" | "muted" | "quiet" | "silent" => Mode::Mute,
        _ => {
            let problem = "A channel's mode is `mention`, `follow` or `mute`";
            let mut error = cursor.error(1, problem);
            "mode follow".clone_into(&mut error.example);
            return Err(error);
        }
    };
    cursor.skip(1);
    while cursor.skip_any(&["mode", "please"]) {}
    cursor.finish("no further words")?;
    Ok(Intent::Mode(mode))
}

/// Reads `mode status`.
fn status(cursor: &mut Cursor<'_>) -> Result<Intent, ParseError> {
    cursor.finish("no further words")?;
    Ok(Intent::ModeStatus)
}

fn hush(cursor: &mut Cursor<'_>) -> Result<Intent, ParseError> {
    let (field, segment) = about(cursor)?;
    Ok(Intent::Hush { field, segment })
}

fn unhush(cursor: &mut Cursor<'_>) -> Result<Intent, ParseError> {
    let (field, segment) = about(cursor)?;
    Ok(Intent::Unhush { field, segment })
}

fn about(cursor: &mut Cursor<'_>) -> Result<(&'static Field, Option<Segment>), ParseError> {
    let field = field(cursor)?;
    cursor.understand(field.name);
    let segment = tail(cursor)?;
    cursor.finish("a field and at most a segment")?;
    Ok((field, segment))
}
