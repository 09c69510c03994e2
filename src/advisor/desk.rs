//! What lies beside the plan: documents that were learned, what a thread was about, what people
//! said of answers.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::PageText;
use crate::ask::Subject;
use crate::documents::{Document, Format, Learned, Passage, SharedFile, Unreadable};
use crate::ident::{Channel, MessageTs, Person};
use crate::intent::Rating;
use crate::knowledge::{Nearness, Shelved};

/// What a turn finds beside the plan, as far as it asked for it.
#[derive(Debug, Clone, Default)]
pub struct Desk {
    /// The documents that are looked up in this channel, oldest first.
    pub documents: Vec<Document>,
    /// The same, ready to be looked up.
    pub shelf: Vec<Arc<Shelved>>,
    /// The files that came along, opened.
    pub files: Vec<OpenedFile>,
    /// The files that came along, as the text that they are.
    pub texts: Vec<SharedText>,
    /// What the thread was about.
    pub subject: Option<Subject>,
    /// What people said of answers.
    pub feedback: Option<Feedback>,
    /// How near the library's sections are to the question in meaning, where that was measured.
    pub near: Option<Nearness>,
}

/// What a turn asks for beside the plan.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is one thing to look at, in any combination"
)]
pub struct DeskNeeds {
    /// Which documents there are.
    pub documents: bool,
    /// What they say.
    pub shelf: bool,
    /// The files that came along.
    pub files: bool,
    /// The files that came along, word for word.
    pub texts: bool,
    /// What the thread was about.
    pub subject: bool,
    /// What people said of answers.
    pub feedback: bool,
}

/// A file that came along, and what is in it.
#[derive(Debug, Clone)]
pub struct OpenedFile {
    /// The file.
    pub file: SharedFile,
    /// What it says.
    pub read: Result<(Format, Vec<Passage>), Unreadable>,
}

/// A file that came along, word for word.
#[derive(Debug, Clone)]
pub struct SharedText {
    /// The file.
    pub file: SharedFile,
    /// Its text.
    pub text: Result<String, Unreadable>,
}

/// Something to be kept, or kept no more, beside the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kept {
    /// A document.
    Learned(Learned),
    /// A document is forgotten.
    Forgotten(Document),
    /// What a thread is about, from now on.
    Subject(ThreadSubject),
    /// What somebody says of an answer; it takes the place of what they said before.
    Vote(Vote),
    /// A question that somebody has sent on.
    Sent(SentQuestion),
    /// The text of a rule's page.
    Page(PageText),
    /// The text of the page of that id is kept no longer.
    PageGone(String),
}

/// What a thread is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ThreadSubject {
    /// The channel.
    pub channel: Channel,
    /// The thread's root.
    pub thread: MessageTs,
    /// What it is about.
    pub subject: Subject,
    /// Until when that is kept.
    pub until: Timestamp,
}

/// What somebody says of an answer: ids, and no words of theirs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vote {
    /// The answer.
    pub answer: String,
    /// The entry that answered; nothing where none did.
    pub entry: Option<String>,
    /// Who says so.
    pub person: Person,
    /// What they say.
    pub rating: Rating,
    /// Until when it is known who said so; the count stays.
    pub until: Timestamp,
}

/// A question that somebody has sent on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentQuestion {
    /// The answer.
    pub answer: String,
    /// The entry that answered; nothing where none did.
    pub entry: Option<String>,
    /// What they said of the answer.
    pub rating: Rating,
    /// The question.
    pub question: String,
    /// Who sent it.
    pub person: Person,
    /// When.
    pub at: Timestamp,
    /// Until when it is kept.
    pub until: Timestamp,
}

/// How often an entry's answers were said to be what.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Useful.
    pub useful: u32,
    /// Wrong.
    pub wrong: u32,
    /// Not for this company.
    pub not_for_us: u32,
}

/// What people said of answers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Feedback {
    /// By entry; nothing stands for answers that no entry gave.
    pub tallies: Vec<(Option<String>, Tally)>,
    /// The questions that were sent on, newest first.
    pub sent: Vec<SentQuestion>,
}

impl Tally {
    /// The count of a rating.
    pub fn of(&mut self, rating: Rating) -> &mut u32 {
        match rating {
            Rating::Useful => &mut self.useful,
            Rating::Wrong => &mut self.wrong,
            Rating::NotForUs => &mut self.not_for_us,
        }
    }

    /// All together.
    pub fn total(&self) -> u32 {
        self.useful + self.wrong + self.not_for_us
    }
}

/// How long it is known what a thread is about.
pub const SUBJECT_KEPT: SignedDuration = SignedDuration::from_hours(30 * 24);
/// How long it is known who said what of an answer.
pub const VOTE_KEPT: SignedDuration = SignedDuration::from_hours(30 * 24);
/// How long a question is kept that was sent on.
pub const QUESTION_KEPT: SignedDuration = SignedDuration::from_hours(90 * 24);
