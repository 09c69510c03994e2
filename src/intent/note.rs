//! What is noted on a value or a section: how sure it is, whose it is, why it does not apply.

use super::cursor::Cursor;
use super::place::component;
use super::set::{field, given};
use super::{Given, Intent, ParseError};
use crate::plan::{Certainty, Field};
use crate::text;

/// A note on a value or a section.
#[derive(Debug, Clone)]
pub enum Note {
    /// A value is that sure.
    Sure {
        /// How sure.
        certainty: Certainty,
        /// The field.
        field: &'static Field,
        /// Its value and segment as they were typed, where they were.
        value: Option<Given>,
        /// Until when it is to be validated, as it was typed.
        until: Option<String>,
    },
    /// Somebody looks after a section.
    Owner {
        /// The component.
        component: &'static str,
        /// Who; nobody any more where it is left out.
        owner: Option<String>,
    },
    /// A field does not apply.
    NotApplicable {
        /// The field.
        field: &'static Field,
        /// Segment and reason as they were typed.
        words: String,
    },
}

impl Note {
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Sure { certainty, .. } => match certainty {
                Certainty::Fact => "fact",
                Certainty::Assumption => "assume",
                Certainty::Guess => "guess",
            },
            Self::Owner { .. } => "owner",
            Self::NotApplicable { .. } => "na",
        }
    }

    pub(super) fn words(&self) -> String {
        match self {
            Self::Sure {
                field,
                value,
                until,
                ..
            } => {
                let value = value.as_ref().map_or_else(String::new, Given::words);
                let until = until
                    .as_ref()
                    .map_or_else(String::new, |date| format!(" until {date}"));
                format!("{} {value}{until}", field.name)
            }
            Self::Owner { component, owner } => {
                format!("{component} {}", owner.as_deref().unwrap_or("nobody"))
            }
            Self::NotApplicable { field, words } => format!("{} {words}", field.name),
        }
    }
}

pub(super) fn assume(cursor: &mut Cursor<'_>) -> Result<Intent, ParseError> {
    sure(cursor, Certainty::Assumption)
}

pub(super) fn guess(cursor: &mut Cursor<'_>) -> Result<Intent, ParseError> {
    sure(cursor, Certainty::Guess)
}

pub(super) fn fact(cursor: &mut Cursor<'_>) -> Result<Intent, ParseError> {
    sure(cursor, Certainty::Fact)
}

fn sure(cursor: &mut Cursor<'_>, certainty: Certainty) -> Result<Intent, ParseError> {
    let field = field(cursor)?;
    cursor.understand(field.name);
    cursor.skip_any(&["=", ":", "is", "to"]);
    let until = cursor.cut_date();
    let value = if cursor.is_done() {
        None
    } else {
        Some(given(cursor, field)?)
    };
    let note = Note::Sure {
        certainty,
        field,
        value,
        until,
    };
    Ok(Intent::Note(note))
}

pub(super) fn owner(cursor: &mut Cursor<'_>) -> Result<Intent, ParseError> {
    cursor.skip_any(&["of"]);
    if cursor.is_done() {
        return Err(cursor.error(
            0,
            "`owner` needs a section and a person, such as `owner pricing @ana`",
        ));
    }
    let component = component(cursor)?;
    cursor.skip_any(&["=", ":", "is"]);
    let owner = cursor.raw_rest();
    let folded = text::fold(owner);
    let owner = match folded.trim_end_matches(['.', '!']) {
        "" => return Err(cursor.error(0, "`owner` needs a person behind the section, or `nobody`")),
        "nobody" | "none" | "no one" | "noone" | "no-one" => None,
        _ => Some(owner.to_owned()),
    };
    Ok(Intent::Note(Note::Owner { component, owner }))
}

pub(super) fn not_applicable(cursor: &mut Cursor<'_>) -> Result<Intent, ParseError> {
    let field = field(cursor)?;
    cursor.understand(field.name);
    if cursor.is_done() {
        return Err(cursor.error(0, "`na` needs the reason, behind `because`"));
    }
    let words = cursor.raw_rest().to_owned();
    Ok(Intent::Note(Note::NotApplicable { field, words }))
}
