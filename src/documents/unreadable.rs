//! Why a document is not learned.

use serde::{Deserialize, Serialize};

use super::limit;

/// Why a document is not learned; each says what would work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Unreadable {
    /// There is nothing in it.
    #[error("it is empty")]
    Empty,
    /// It has too many bytes.
    #[error("it is larger than {} MB; send the part that matters", limit::FILE / 1024 / 1024)]
    TooLarge,
    /// It is of another kind.
    #[error("it is no Markdown, text, PDF or Word (.docx) file; save it as one of them")]
    OtherKind,
    /// It is a compound file: an old format, or a locked one.
    #[error(
        "it is locked with a password or in Word's old format; save it as .docx without a password"
    )]
    OldOrLocked,
    /// It is locked.
    #[error("it is locked with a password; save a copy without one")]
    Locked,
    /// It carries macros.
    #[error("it carries macros, which I don't take in; save it as .docx without them")]
    Macros,
    /// It has more text, pages or parts than are taken.
    #[error(
        "it has more than {},000 characters, {} pages or too many parts; send the part that matters",
        limit::LETTERS / 1_000,
        limit::PAGES
    )]
    TooMuch,
    /// Reading it took too much time or memory.
    #[error("reading it took too long; save a copy as text and send that")]
    TooCostly,
    /// It is made of pictures.
    #[error("it has no text in it, only pictures perhaps; send one whose text can be selected")]
    NoText,
    /// It cannot be read.
    #[error("it is damaged or not made as its kind asks; open it, save it anew and send that")]
    Damaged,
    /// The bot may not read files.
    #[error(
        "I may not read files here (the permission `files:read` is missing); paste the text instead"
    )]
    NotAllowed,
    /// More files came with it than are taken at once.
    #[error("I take {} files at once; send it by itself", limit::FILES)]
    TooMany,
    /// It could not be fetched.
    #[error("the file could not be fetched; share it once more, or paste the text")]
    NotFetched,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_are_told_in_round_numbers() {
        let told = Unreadable::TooMuch.to_string();
        assert!(
            told.starts_with("it has more than 300,000 characters, 400 pages"),
            "{told}"
        );
        assert_eq!(limit::LETTERS % 1_000, 0);
    }
}
