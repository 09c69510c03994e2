//! What people say of answers: counted by topic. A question's words are kept only if whoever asked
//! sends them on.

use super::case::{Case, button, private};
use super::desk::{Kept, QUESTION_KEPT, SentQuestion, VOTE_KEPT, Vote};
use super::learn::only_admins;
use super::prose::{counted, cut};
use super::{Role, Tally, Turn};
use crate::ask::Answer;
use crate::intent::{Rated, Rating};
use crate::knowledge::library;
use crate::render::{Block, Button, Document, Inline};
use sha2::{Digest, Sha256};

/// How much of a question its buttons carry.
const CARRIED: usize = 240;
/// How many sent questions are shown.
const SHOWN: usize = 10;

/// The buttons below an answer.
pub(super) fn buttons(case: &Case<'_>, question: &str, answer: &Answer) -> Vec<Button> {
    let entry = answer
        .citations()
        .first()
        .map(|cited| cited.entry.id.as_str());
    let tail = format!(
        "{} {} {}",
        id(case, question),
        entry.unwrap_or("none"),
        cut(&one_line(question), CARRIED)
    );
    let rated = Rating::ALL.into_iter();
    rated
        .map(|rating| button(rating.label(), format!("feedback {} {tail}", rating.word())))
        .collect()
}

fn one_line(words: &str) -> String {
    let words: Vec<_> = words.split_whitespace().collect();
    words.join(" ")
}

/// The answer's id: the same delivery has the same one, however often it is worked on.
fn id(case: &Case<'_>, question: &str) -> String {
    let mut hash = Sha256::new();
    let inbound = case.inbound;
    for part in [
        inbound.place.channel.as_str(),
        inbound.by.as_str(),
        &inbound.at.to_string(),
        question,
    ] {
        hash.update(part);
        hash.update([0]);
    }
    let digest = hash.finalize();
    hex::encode(&digest[..6])
}

/// The entry that a button names, if it is one.
fn entry(rated: &Rated) -> Option<String> {
    library().entry(&rated.entry).map(|entry| entry.id.clone())
}

/// Counts what somebody says of an answer.
pub(super) fn rate(case: &Case<'_>, rated: &Rated, rating: Rating) -> Turn {
    let vote = Vote {
        answer: rated.answer.clone(),
        entry: entry(rated),
        person: case.situation.actor.person.clone(),
        rating,
        until: case.situation.now + VOTE_KEPT,
    };
    let (headline, blocks) = match rating {
        Rating::Useful => ("Thank you. Noted as useful.", Vec::new()),
        Rating::Wrong => ("Thank you. Noted as wrong.", offer(rated, rating)),
        Rating::NotForUs => ("Thank you. Noted as not for you.", offer(rated, rating)),
    };
    Turn {
        kept: vec![Kept::Vote(vote)],
        ..private(Document {
            headline: headline.to_owned(),
            blocks,
        })
    }
}

fn offer(rated: &Rated, rating: Rating) -> Vec<Block> {
    let Rated {
        answer,
        entry,
        question,
    } = rated;
    if question.is_empty() {
        return Vec::new();
    }
    let words = format!(
        "feedback send {} {answer} {entry} {question}",
        rating.word()
    );
    vec![
        Block::Paragraph(vec![Inline::plain(
            "I count the topic and keep none of your words. If you like, send the question to the admins of this workspace, so that the answer can be made better.",
        )]),
        Block::Actions(vec![button("Send the question", words)]),
    ]
}

/// Keeps a question that somebody sends on.
pub(super) fn send(case: &Case<'_>, rated: &Rated, rating: Rating) -> Turn {
    if rated.question.is_empty() {
        return private(Document {
            headline: "There is no question to send.".to_owned(),
            blocks: Vec::new(),
        });
    }
    let now = case.situation.now;
    let sent = SentQuestion {
        answer: rated.answer.clone(),
        entry: entry(rated),
        rating,
        question: cut(&rated.question, CARRIED),
        person: case.situation.actor.person.clone(),
        at: now,
        until: now + QUESTION_KEPT,
    };
    Turn {
        kept: vec![Kept::Sent(sent)],
        ..private(Document {
            headline: "Sent. Admins of this workspace can read the question for 90 days."
                .to_owned(),
            blocks: Vec::new(),
        })
    }
}

/// What people said of the answers, for admins.
pub(super) fn list(case: &Case<'_>) -> Turn {
    if case.situation.actor.role != Role::Admin {
        return private(only_admins("What people say of answers"));
    }
    let feedback = case.situation.desk.feedback.clone().unwrap_or_default();
    if feedback.tallies.is_empty() && feedback.sent.is_empty() {
        return private(Document {
            headline: "Nobody has said anything of an answer yet.".to_owned(),
            blocks: vec![Block::Paragraph(vec![Inline::plain(
                "The buttons stand below each answer to a question: Useful, Wrong, Not for us.",
            )])],
        });
    }
    let mut tallies = feedback.tallies;
    tallies.sort_by_key(|(entry, tally)| {
        let bad = tally.wrong + tally.not_for_us;
        (
            std::cmp::Reverse(bad),
            std::cmp::Reverse(tally.total()),
            entry.clone(),
        )
    });
    let total: u32 = tallies.iter().map(|(_, tally)| tally.total()).sum();
    let mut blocks = vec![Block::Bullets(
        tallies.iter().take(SHOWN).map(counts).collect(),
    )];
    if !feedback.sent.is_empty() {
        blocks.push(Block::Heading("Sent on by those who asked".to_owned()));
        let shown = feedback.sent.iter().take(SHOWN);
        blocks.push(Block::Bullets(shown.map(sent_line).collect()));
    }
    private(Document {
        headline: format!(
            "{} on answers, and {} sent on.",
            counted(usize::try_from(total).unwrap_or(usize::MAX), "vote"),
            counted(feedback.sent.len(), "question")
        ),
        blocks,
    })
}

fn title(entry: Option<&String>) -> String {
    let known = entry.and_then(|id| library().entry(id));
    known.map_or_else(
        || "No entry answered".to_owned(),
        |entry| entry.title.clone(),
    )
}

fn counts((entry, tally): &(Option<String>, Tally)) -> Vec<Inline> {
    vec![
        Inline::strong(title(entry.as_ref())),
        Inline::plain(format!(
            ": {} useful, {} wrong, {} not for us",
            tally.useful, tally.wrong, tally.not_for_us
        )),
    ]
}

fn sent_line(sent: &SentQuestion) -> Vec<Inline> {
    vec![
        Inline::plain(format!(
            "“{}” ({}, {}) ",
            sent.question,
            sent.rating.label(),
            title(sent.entry.as_ref())
        )),
        Inline::Person(sent.person.clone()),
        Inline::plain(", "),
        Inline::When(sent.at),
    ]
}
