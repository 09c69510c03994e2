//! What a workspace teaches the bot: documents as titled passages of plain text.
//!
//! A document is data. Nothing in it is a command, and nothing of it is trusted: what makes
//! passages of bytes has the bounds of [`limit`], and says which of them was met
//! ([`Unreadable`]). Formats that need a parser are opened in `extract`.

pub mod limit;
mod markdown;
mod passage;
mod plain;
mod unreadable;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use markdown::markdown;
pub use passage::{Passage, Passages};
pub use plain::plain;
pub use unreadable::Unreadable;

use crate::ident::{Channel, DocumentId, Person};

/// How the names of the files end that are read; what they are, their bytes say.
pub const ENDINGS: [&str; 5] = ["md", "markdown", "txt", "pdf", "docx"];

/// A document, without its text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// Its id.
    pub id: DocumentId,
    /// Its title, as whoever taught it called it.
    pub title: String,
    /// What it was.
    pub format: Format,
    /// Who taught it.
    pub owner: Person,
    /// When.
    pub learned: Timestamp,
    /// The day that its text is of, where whoever taught it said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dated: Option<Date>,
    /// Where it is looked up.
    pub visible: Visible,
    /// The message or file that it came from, where there is a link to it.
    pub link: Option<String>,
    /// How many passages it has.
    pub passages: usize,
    /// How many characters they have.
    pub letters: usize,
}

/// A document with its text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Learned {
    /// What it is.
    pub document: Document,
    /// What it says.
    pub passages: Vec<Passage>,
}

/// Where a document is looked up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Visible {
    /// In the channel where it was learned.
    Channel(Channel),
    /// In every channel of the workspace.
    Workspace,
}

/// What a document was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// Words that were typed or pasted.
    Pasted,
    /// Plain text.
    Text,
    /// Markdown.
    Markdown,
    /// PDF.
    Pdf,
    /// Word, as .docx.
    Word,
}

/// A file that was shared with the bot; not yet looked into.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharedFile {
    /// The platform's id of it.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Where its bytes are, for those who have the bot's token.
    pub address: String,
    /// Where people open it.
    pub link: Option<String>,
    /// How many bytes it has, as far as the platform says.
    pub bytes: Option<u64>,
}

impl Visible {
    /// Whether a document is looked up in a channel.
    pub fn is_in(&self, channel: &Channel) -> bool {
        match self {
            Self::Channel(own) => own == channel,
            Self::Workspace => true,
        }
    }
}

impl Format {
    /// What people call it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Pasted => "pasted text",
            Self::Text => "text file",
            Self::Markdown => "Markdown",
            Self::Pdf => "PDF",
            Self::Word => "Word file",
        }
    }

    /// What the bytes of a file are, by how they begin; its name only tells kinds of text apart.
    pub fn of(name: &str, bytes: &[u8]) -> Result<Self, Unreadable> {
        if bytes.is_empty() {
            return Err(Unreadable::Empty);
        }
        if bytes.len() > limit::FILE {
            return Err(Unreadable::TooLarge);
        }
        let has = |beginning: &[u8]| bytes.starts_with(beginning);
        let head = &bytes[..bytes.len().min(1024)];
        if head.windows(5).any(|window| window == b"%PDF-") {
            return Ok(Self::Pdf);
        }
        if has(b"PK\x03\x04") {
            return Ok(Self::Word);
        }
        if has(b"\xD0\xCF\x11\xE0") {
            // A compound file: Word before 2007, or any locked Office file.
            return Err(Unreadable::OldOrLocked);
        }
        if bytes.contains(&0) || std::str::from_utf8(bytes).is_err() {
            return Err(Unreadable::OtherKind);
        }
        let end = name.rsplit('.').next().unwrap_or_default();
        let is_markdown = ["md", "markdown", "mdown"]
            .iter()
            .any(|known| end.eq_ignore_ascii_case(known));
        Ok(if is_markdown {
            Self::Markdown
        } else {
            Self::Text
        })
    }
}

/// The words of a file that is text as it stands.
pub fn text_of(name: &str, bytes: Vec<u8>) -> Result<String, Unreadable> {
    match Format::of(name, &bytes)? {
        Format::Pasted | Format::Text | Format::Markdown => {
            String::from_utf8(bytes).map_err(|_| Unreadable::OtherKind)
        }
        Format::Pdf | Format::Word => Err(Unreadable::OtherKind),
    }
}

/// A file's name as a title: without its end, its signs as spaces.
pub fn title_of(name: &str) -> String {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let words: Vec<_> = stem
        .split(|letter: char| letter.is_whitespace() || letter == '_' || letter.is_control())
        .filter(|word| !word.is_empty())
        .collect();
    let title: String = words.join(" ").chars().take(limit::TITLE).collect();
    if title.is_empty() {
        "Untitled".to_owned()
    } else {
        title
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_tell_what_a_file_is_and_its_name_does_not() {
        let check = |name: &str, bytes: &[u8], expected| {
            assert_eq!(Format::of(name, bytes), expected, "{name}");
        };
        check("plan.pdf", b"%PDF-1.7\n", Ok(Format::Pdf));
        check("plan.md", b"%PDF-1.7\n", Ok(Format::Pdf));
        check("notes.md", b"# Notes", Ok(Format::Markdown));
        check("notes.txt", b"Notes", Ok(Format::Text));
        check("notes.pdf", b"Notes", Ok(Format::Text));
        check("plan.docx", b"PK\x03\x04...", Ok(Format::Word));
        check(
            "plan.doc",
            b"\xD0\xCF\x11\xE0....",
            Err(Unreadable::OldOrLocked),
        );
        check("logo.png", b"\x89PNG\0", Err(Unreadable::OtherKind));
        check("umlaut.txt", b"\xE4", Err(Unreadable::OtherKind));
        check("empty.txt", b"", Err(Unreadable::Empty));
        let large = vec![b'a'; limit::FILE + 1];
        check("large.txt", &large, Err(Unreadable::TooLarge));
    }

    #[test]
    fn a_name_becomes_a_title() {
        assert_eq!(title_of("pricing_policy 2026.pdf"), "pricing policy 2026");
        assert_eq!(title_of(".md"), "Untitled");
        assert_eq!(title_of(""), "Untitled");
    }
}
