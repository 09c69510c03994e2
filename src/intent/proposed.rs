//! What becomes of a proposal: its values are accepted, changed first, or dismissed. The buttons of
//! a card run these commands; people may type them, too.

use super::cursor::Cursor;
use super::entry::{Entry, Reads, ReplyKind, Takes};
use super::team::change;
use super::{Intent, ParseError};
use crate::ident::ProposalId;

/// The card of a proposal that a button stands on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardOf {
    /// The proposal.
    pub proposal: ProposalId,
    /// How often it had been renewed when the card was written; none where somebody typed it.
    pub edition: Option<u32>,
}

/// What becomes of a proposal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Proposed {
    /// A value is written into the plan, counted from 1; all that are open where none is named.
    Accept(CardOf, Option<usize>),
    /// A value, or all that are open, is laid aside.
    Dismiss(CardOf, Option<usize>),
    /// A value is written into the plan as somebody corrects it; without words, how to do that.
    Amend(CardOf, usize, String),
}

impl Proposed {
    /// The card that it is about.
    pub fn card(&self) -> &CardOf {
        match self {
            Self::Accept(card, _) | Self::Dismiss(card, _) | Self::Amend(card, ..) => card,
        }
    }

    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Accept(..) => "accept",
            Self::Dismiss(..) => "dismiss",
            Self::Amend(..) => "amend",
        }
    }

    pub(super) fn words(&self) -> String {
        match self {
            Self::Accept(card, value) | Self::Dismiss(card, value) => {
                let value = value.map_or_else(String::new, |n| format!(" {n}"));
                format!("{card}{value}")
            }
            Self::Amend(card, value, words) => format!("{card} {value} {words}"),
        }
    }
}

impl std::fmt::Display for CardOf {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.proposal)?;
        match self.edition {
            Some(edition) => write!(f, ".{edition}"),
            None => Ok(()),
        }
    }
}

pub(super) static PROPOSED: &[Entry] = &[
    Entry {
        aliases: &["read thread"],
        reply: ReplyKind::Private,
        reads: Reads::Thread,
        takes: Takes::Nothing,
        ..change(
            "read",
            [
                "read",
                "Reads the thread that I am mentioned in, and proposes what it decides",
                "read",
            ],
            read,
        )
    },
    Entry {
        aliases: &["apply"],
        more: &[("accept 3f2a91c0b7d4", "all that is open on that card")],
        ..change(
            "accept",
            [
                "accept <proposal> [value]",
                "Writes what was read out of a conversation into the plan",
                "accept 3f2a91c0b7d4 2",
            ],
            accept,
        )
    },
    Entry {
        aliases: &["correct"],
        ..change(
            "amend",
            [
                "amend <proposal> <value> <correction>",
                "The same, with a value of your own in the place of what was read",
                "amend 3f2a91c0b7d4 2 $59/mo",
            ],
            amend,
        )
    },
    Entry {
        aliases: &["decline"],
        more: &[("dismiss 3f2a91c0b7d4", "all that is open on that card")],
        ..change(
            "dismiss",
            [
                "dismiss <proposal> [value]",
                "Lays aside what was read out of a conversation",
                "dismiss 3f2a91c0b7d4 2",
            ],
            dismiss,
        )
    },
];

fn read(cursor: &mut Cursor<'_>) -> Result<Intent, ParseError> {
    while cursor.skip_any(&["this", "the", "thread", "again", "on", "it", "all"]) {}
    cursor.finish("no further words")?;
    Ok(Intent::Read)
}

fn accept(cursor: &mut Cursor<'_>) -> Result<Intent, ParseError> {
    let (card, value) = chosen(cursor)?;
    Ok(Intent::Proposed(Proposed::Accept(card, value)))
}

fn dismiss(cursor: &mut Cursor<'_>) -> Result<Intent, ParseError> {
    let (card, value) = chosen(cursor)?;
    Ok(Intent::Proposed(Proposed::Dismiss(card, value)))
}

fn amend(cursor: &mut Cursor<'_>) -> Result<Intent, ParseError> {
    let card = card(cursor)?;
    let Some(value) = value(cursor)? else {
        return Err(cursor.error(0, "`amend` needs the number of a value on the card"));
    };
    cursor.skip_any(&["=", ":", "to", "is"]);
    let words = cursor.raw_rest().to_owned();
    Ok(Intent::Proposed(Proposed::Amend(card, value, words)))
}

/// `card 3f2a91c0b7d4` behind the versions of an undo.
pub(super) fn undone_card(cursor: &mut Cursor<'_>) -> Result<Option<ProposalId>, ParseError> {
    if !cursor.skip_any(&["card"]) {
        return Ok(None);
    }
    Ok(Some(card(cursor)?.proposal))
}

fn chosen(cursor: &mut Cursor<'_>) -> Result<(CardOf, Option<usize>), ParseError> {
    let card = card(cursor)?;
    cursor.skip_any(&["all", "everything"]);
    let value = value(cursor)?;
    cursor.finish("a proposal and the number of a value")?;
    Ok((card, value))
}

/// The next word as a proposal, with the edition of the card behind a dot.
fn card(cursor: &mut Cursor<'_>) -> Result<CardOf, ParseError> {
    let Some(word) = cursor.peek() else {
        let problem = "The proposal is missing: its card's buttons name it";
        return Err(cursor.error(0, problem));
    };
    let (id, edition) = match word.folded.split_once('.') {
        Some((id, edition)) => (id, edition.parse().ok().map(Some)),
        None => (word.folded.as_str(), Some(None)),
    };
    let is_id = id.len() == ID_LETTERS && id.chars().all(|c| c.is_ascii_hexdigit());
    let Some(edition) = edition.filter(|_| is_id) else {
        let problem = "A proposal's id has twelve digits and letters from a to f";
        return Err(cursor.error(1, problem));
    };
    let card = CardOf {
        proposal: ProposalId::new(id),
        edition,
    };
    cursor.skip(1);
    cursor.understand(card.proposal.as_str());
    Ok(card)
}

/// How long a proposal's id is.
const ID_LETTERS: usize = 12;

/// The next word as the number of a value, where there is one.
fn value(cursor: &mut Cursor<'_>) -> Result<Option<usize>, ParseError> {
    let Some(word) = cursor.peek() else {
        return Ok(None);
    };
    match word.folded.trim_start_matches('#').parse() {
        Ok(number @ 1..) => {
            cursor.skip(1);
            Ok(Some(number))
        }
        _ => Err(cursor.error(1, "The values of a card are counted from 1")),
    }
}

#[cfg(test)]
mod tests {
    use crate::intent::parse;

    fn check(words: &str, expected: &str) {
        let read = match parse(words) {
            Ok(intent) => intent.words(),
            Err(error) => format!("! {}", error.problem),
        };
        assert_eq!(read, expected, "{words}");
    }

    #[test]
    fn a_button_names_its_card_and_value() {
        check("accept 3f2a91c0b7d4.2 1", "accept 3f2a91c0b7d4.2 1");
        check("apply 3f2a91c0b7d4 all", "accept 3f2a91c0b7d4");
        check("Dismiss 3F2A91C0B7D4 #3", "dismiss 3f2a91c0b7d4 3");
        check(
            "amend 3f2a91c0b7d4 2 to $59/mo",
            "amend 3f2a91c0b7d4 2 $59/mo",
        );
        check("amend 3f2a91c0b7d4 2", "amend 3f2a91c0b7d4 2");
        check("undo 3-6", "undo 3-6");
        check(
            "undo versions v3-6 card 3f2a91c0b7d4",
            "undo 3-6 card 3f2a91c0b7d4",
        );
        check("undo 3 card 3f2a91c0b7d4", "undo 3 card 3f2a91c0b7d4");
    }

    #[test]
    fn what_is_no_card_is_said() {
        check(
            "accept",
            "! The proposal is missing: its card's buttons name it",
        );
        let no_id = "! A proposal's id has twelve digits and letters from a to f";
        check("accept the offer", no_id);
        check("accept 3f2a91c0b7d4.x", no_id);
        check(
            "accept 3f2a91c0b7d4 0",
            "! The values of a card are counted from 1",
        );
        check(
            "amend 3f2a91c0b7d4",
            "! `amend` needs the number of a value on the card",
        );
    }
}
