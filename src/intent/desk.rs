//! The commands about a workspace's own documents, and about answers that were good or not.

use super::cursor::Cursor;
use super::entry::{Entry, Reads, ReplyKind, Takes};
use super::{Intent, ParseError};
use crate::ident::DocumentId;

/// What is asked about documents and answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Desk {
    /// A document is to be learned: pasted words, or the files that came along.
    Learn {
        /// Whether it is meant for every channel.
        everywhere: bool,
        /// The words; empty where only files are meant.
        words: String,
    },
    /// Which documents are looked up here.
    Documents,
    /// A document is removed.
    Remove(DocumentId),
    /// What people said of the answers.
    Feedback,
    /// Somebody says what an answer was.
    Rate(Rated, Rating),
    /// Somebody sends a question on, that its answer can be made better.
    SendOn(Rated, Rating),
}

/// What an answer was.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Rating {
    /// It helped.
    Useful,
    /// It is not right.
    Wrong,
    /// It may be right, and does not fit this company.
    NotForUs,
}

/// The answer that is spoken of: what its buttons carry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rated {
    /// The answer's id.
    pub answer: String,
    /// The entry that answered, or `none`.
    pub entry: String,
    /// The question; kept only if it is sent on.
    pub question: String,
}

impl Rating {
    /// All, in the order of their buttons.
    pub const ALL: [Self; 3] = [Self::Useful, Self::Wrong, Self::NotForUs];

    /// The word that commands carry.
    pub fn word(self) -> &'static str {
        match self {
            Self::Useful => "useful",
            Self::Wrong => "wrong",
            Self::NotForUs => "not-for-us",
        }
    }

    /// What its button says.
    pub fn label(self) -> &'static str {
        match self {
            Self::Useful => "Useful",
            Self::Wrong => "Wrong",
            Self::NotForUs => "Not for us",
        }
    }
}

impl Desk {
    /// The name of the command.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Learn { .. } => "learn",
            Self::Documents => "documents",
            Self::Remove(_) => "documents remove",
            Self::Feedback | Self::Rate(..) | Self::SendOn(..) => "feedback",
        }
    }

    /// What stands behind it.
    pub(super) fn words(&self) -> String {
        match self {
            Self::Learn { everywhere, words } => {
                let whom = if *everywhere { "everywhere: " } else { "" };
                format!("{whom}{words}")
            }
            Self::Documents | Self::Feedback => String::new(),
            Self::Remove(id) => id.as_str().to_owned(),
            Self::Rate(rated, rating) => format!("{} {}", rating.word(), rated.words()),
            Self::SendOn(rated, rating) => format!("send {} {}", rating.word(), rated.words()),
        }
    }
}

impl Rated {
    fn words(&self) -> String {
        format!("{} {} {}", self.answer, self.entry, self.question)
    }
}

pub(super) static DESK: &[Entry] = &[
    Entry {
        name: "learn",
        aliases: &["teach"],
        usage: "learn [everywhere:] <text>",
        help: "Learns a document of yours, which answers then cite",
        example: "learn Discounts above 20 % are approved by the head of sales.",
        more: &[(
            "learn everywhere: We sell in Germany only.",
            "for all channels; needs an admin",
        )],
        reply: ReplyKind::Change,
        reads: Reads::Nothing,
        takes: Takes::Words,
        read: learn,
    },
    Entry {
        name: "documents",
        aliases: &["docs", "document"],
        usage: "documents",
        help: "Lists the documents that answers here may cite",
        example: "documents",
        more: &[],
        reply: ReplyKind::Reading,
        reads: Reads::Nothing,
        takes: Takes::Nothing,
        read: documents,
    },
    Entry {
        name: "documents remove",
        aliases: &["documents delete", "docs remove"],
        usage: "documents remove <id>",
        help: "Forgets a document, text and all",
        example: "documents remove 3f2a91c0",
        more: &[],
        reply: ReplyKind::Change,
        reads: Reads::Nothing,
        takes: Takes::Words,
        read: remove,
    },
    Entry {
        name: "feedback",
        aliases: &[],
        usage: "feedback",
        help: "Shows admins which answers were useful or wrong, by topic",
        example: "feedback",
        more: &[],
        reply: ReplyKind::Private,
        reads: Reads::Nothing,
        takes: Takes::Nothing,
        read: feedback,
    },
];

/// Takes all that is left, as it was typed.
fn all(cursor: &mut Cursor<'_>) -> String {
    let words = cursor.raw_rest().trim().to_owned();
    cursor.skip(cursor.rest().len());
    words
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "the table holds readers of one form"
)]
fn learn(cursor: &mut Cursor<'_>) -> Result<Intent, ParseError> {
    let everywhere = cursor.skip_any(&["everywhere:", "everywhere"]);
    if everywhere {
        cursor.skip_any(&[":"]);
    }
    Ok(Intent::Desk(Desk::Learn {
        everywhere,
        words: all(cursor),
    }))
}

fn documents(cursor: &mut Cursor<'_>) -> Result<Intent, ParseError> {
    cursor.finish("no further words")?;
    Ok(Intent::Desk(Desk::Documents))
}

fn remove(cursor: &mut Cursor<'_>) -> Result<Intent, ParseError> {
    let Some(id) = cursor.peek().map(|word| word.folded.clone()) else {
        return Err(cursor.error(0, "`documents remove` needs the id that `documents` lists"));
    };
    cursor.skip(1);
    cursor.finish("one id")?;
    Ok(Intent::Desk(Desk::Remove(DocumentId::new(id))))
}

fn feedback(cursor: &mut Cursor<'_>) -> Result<Intent, ParseError> {
    if cursor.is_done() {
        return Ok(Intent::Desk(Desk::Feedback));
    }
    let sends = cursor.skip_any(&["send"]);
    let rating = Rating::ALL
        .into_iter()
        .find(|rating| cursor.skip_any(&[rating.word()]));
    let Some(rating) = rating else {
        return Err(cursor.error(
            1,
            "the buttons below an answer say `useful`, `wrong` or `not-for-us`",
        ));
    };
    let mut word = || {
        let word = cursor.peek().map(|word| word.folded.clone());
        cursor.skip(1);
        word.unwrap_or_default()
    };
    let (answer, entry) = (word(), word());
    let is_id = answer.len() == 12 && answer.bytes().all(|b| b.is_ascii_hexdigit());
    if !is_id {
        return Err(cursor.error(
            0,
            "which answer is meant stands in its buttons; press one of them",
        ));
    }
    let rated = Rated {
        answer,
        entry,
        question: all(cursor),
    };
    Ok(Intent::Desk(if sends {
        Desk::SendOn(rated, rating)
    } else {
        Desk::Rate(rated, rating)
    }))
}

#[cfg(test)]
mod tests {
    use super::super::parse;

    #[test]
    fn what_a_command_says_reads_back() {
        let check = |words: &str| {
            let intent = parse(words).expect(words);
            assert_eq!(intent.words(), words);
        };
        check("learn We sell to banks.");
        check("learn everywhere: We sell to banks.");
        check("documents");
        check("documents remove 3f2a91c0");
        check("feedback");
        check("feedback wrong 3f2a91c0b7d4 motion-fit is $49 enough?");
        check("feedback send not-for-us 3f2a91c0b7d4 none what about us?");
    }

    #[test]
    fn what_no_button_carries_is_refused() {
        for words in [
            "feedback great",
            "feedback useful x none q",
            "documents remove",
            "documents of mine",
        ] {
            assert!(parse(words).is_err(), "{words}");
        }
    }
}
