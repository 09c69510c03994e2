//! What the table says of one command.

use super::cursor::Cursor;
use super::{Intent, ParseError};

/// One command.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    /// Its name: one or two words.
    pub name: &'static str,
    /// Other words for it.
    pub aliases: &'static [&'static str],
    /// Its grammar: `<needed>`, `[optional]`.
    pub usage: &'static str,
    /// What it does, in one line.
    pub help: &'static str,
    /// One spelling that works.
    pub example: &'static str,
    /// More spellings that work, each with what is special about it.
    pub more: &'static [(&'static str, &'static str)],
    /// Who sees the answer.
    pub reply: ReplyKind,
    /// What its turn looks at.
    pub reads: Reads,
    /// What may follow its name, for completion.
    pub(super) takes: Takes,
    /// Reads what follows its name.
    pub(super) read: fn(&mut Cursor<'_>) -> Result<Intent, ParseError>,
}

/// Who sees the answer to a command. Errors are private, whatever stands here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReplyKind {
    /// Whoever asked, with a button that shows it to the channel.
    Reading,
    /// Everyone: the plan changes.
    Change,
    /// Whoever asked.
    Private,
}

/// What the turn of a command looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reads {
    /// Nothing of the channel's.
    Nothing,
    /// The channel's plan.
    Plan,
    /// The channel's plan with its whole history.
    History,
    /// The channel's plan, and the thread that it was said in.
    Thread,
}

/// What may follow a command's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Takes {
    /// Nothing.
    Nothing,
    /// Words of one's own.
    Words,
    /// Another command.
    Command,
    /// Another command that only reads.
    ReadingCommand,
    /// A component of the plan.
    Component,
    /// A field.
    Field,
    /// A field and its value.
    FieldAndValue,
}
